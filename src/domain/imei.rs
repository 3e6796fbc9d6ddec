//! International mobile equipment identities: 3GPP TS 23.003 clause 6 and annex B.

use super::chars::{CodePoint, debug_masked, is_foreign_digit, serialize_as_text};
use super::luhn;
use super::reporting_body::ReportingBody;
use std::fmt;

/// One past the largest 14-digit body.
const BODIES: u64 = 100_000_000_000_000;
/// Fourteen ones: every body of one repeated digit is a multiple of it below ten.
const ONES: u64 = 11_111_111_111_111;
/// The longest accepted form: 15 digits, a slash and 2 of software version.
const MOST_DIGITS: usize = 17;

/// A device identity: the first 14 digits (TAC and serial number). The check digit is never
/// stored, since IMEI, IMEISV and network forms of one device must be equal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Imei(u64);

/// Why a text is no IMEI. Sentences hold no digits of it: they are logged.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ImeiError {
    /// Nothing was given.
    #[error("no IMEI; dial *#06# on the phone to see it")]
    Empty,
    /// Neither 14, 15 nor 16 digits.
    #[error(
        "an IMEI has 15 digits (14 without the check digit, 16 with the software version); this has {digits}"
    )]
    Length {
        /// Digits counted.
        digits: usize,
    },
    /// The 15th digit does not follow from the others.
    #[error(
        "the check digit does not fit: the last digit should be {expected}; one digit is wrong, or two are swapped"
    )]
    CheckDigit {
        /// The digit that would fit.
        expected: u8,
    },
    /// Letters among the digits.
    #[error("an IMEI has digits only; this has the letter '{letter}'")]
    Letters {
        /// The first letter.
        letter: char,
    },
    /// `*` or `#`.
    #[error("'*' and '#' are no part of an IMEI; *#06# is the code that shows it")]
    StarHash,
    /// `3.54E+14`, or digits with a decimal fraction.
    #[error(
        "a spreadsheet turned this IMEI into a number and its digits are lost; format the column as text and copy it again"
    )]
    Spreadsheet,
    /// Fourteen zeros.
    #[error("all digits are zero: a placeholder, not a device")]
    AllZero,
    /// One digit repeated.
    #[error("one digit repeated ({digit}): a placeholder, not a device")]
    Repeated {
        /// That digit.
        digit: u8,
    },
    /// 0123456789… or 123456789….
    #[error("counting digits: a placeholder, not a device")]
    Counting,
    /// TAC starting 00.
    #[error("a type code that starts with 00 is the test range, not a sold device")]
    TestRange,
    /// Digits of another script.
    #[error("digits must be 0 to 9; {} is a digit of another script", CodePoint(*.character))]
    ForeignDigits {
        /// The first of them.
        character: char,
    },
    /// `'354…`, a spreadsheet's mark for text.
    #[error("a leading apostrophe is a spreadsheet's mark, not part of the IMEI; remove it")]
    Apostrophe,
    /// Two numbers in one cell.
    #[error("two IMEIs in one field; a phone with two SIM slots has one for each: use imei and imei2")]
    Two,
    /// Hexadecimal or 18-digit decimal MEID (3GPP2 S.R0048).
    #[error("this is a MEID (CDMA), not an IMEI; such a phone is found by its serial number")]
    Meid,
    /// Any other character.
    #[error("an IMEI has digits only; this has {}", CodePoint(*.character))]
    Character {
        /// The first of them.
        character: char,
    },
}

impl Imei {
    /// Reads an IMEI as people and papers give it: 14 digits, 15 with the right check digit,
    /// 16 (IMEISV), or 15 and the software version after a slash. Space, `-`, `/` and `.` are
    /// stripped. Placeholders and the test range are refused (JUDGEMENT `imei.form`).
    pub fn parse(text: &str) -> Result<Imei, ImeiError> {
        Imei::read(text, false)
    }

    /// Reads an IMEI as networks give it: as [`Imei::parse`], and a 15th digit of 0 is the spare
    /// digit that phones transmit in place of the check digit.
    pub fn parse_seen(text: &str) -> Result<Imei, ImeiError> {
        Imei::read(text, true)
    }

    fn read(text: &str, network: bool) -> Result<Imei, ImeiError> {
        let text = text.trim();
        let digits = Digits::scan(text).ok_or_else(|| diagnose(text))?;
        let version = digits.slash == Some(15);
        match digits.count {
            14 => checked(digits.body()),
            16 if is_float(text) => Err(ImeiError::Spreadsheet),
            16 if !version => checked(digits.body()),
            15 | 17 if digits.count == 15 || version => {
                let imei = checked(digits.body())?;
                let expected = imei.check_digit();
                let given = digits.at(14);
                if given == expected || network && given == 0 {
                    Ok(imei)
                } else {
                    Err(ImeiError::CheckDigit { expected })
                }
            }
            _ => Err(length_error(text, digits.count)),
        }
    }

    /// The identity with these 14 digits, unless they are a placeholder, of the test range, or
    /// too many: what [`Imei::body`] gave comes back.
    pub fn from_body(body: u64) -> Option<Imei> {
        if body < BODIES { checked(body).ok() } else { None }
    }

    /// The first 14 digits as a number.
    pub const fn body(self) -> u64 {
        self.0
    }

    /// The type allocation code: the first 8 digits.
    #[expect(clippy::cast_possible_truncation, reason = "a body has 14 digits, so 8 are left")]
    pub const fn tac(self) -> u32 {
        (self.0 / 1_000_000) as u32
    }

    /// The serial number within the type: digits 9 to 14.
    pub const fn serial_number(self) -> u32 {
        (self.0 % 1_000_000) as u32
    }

    /// The 15th digit: Luhn over the 14.
    pub const fn check_digit(self) -> u8 {
        luhn::check_digit(self.0)
    }

    /// The last four of the 15 digits, for screens that hide the rest: `…5675`.
    pub fn masked(self) -> String {
        format!("…{:03}{}", self.0 % 1000, self.check_digit())
    }

    /// Who allocated the type code.
    pub const fn reporting_body(self) -> ReportingBody {
        ReportingBody::of(self.0 / 1_000_000_000_000)
    }
}

impl fmt::Display for Imei {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:014}{}", self.0, self.check_digit())
    }
}

debug_masked!(Imei);
serialize_as_text!(Imei);

/// All IMEIs one wrong digit or one swap of neighbours away from a damaged text, in ascending
/// order: the text's own reading is not among them. 15 digits (or 15 and a software version) give
/// about 20, since the check digit must fit; 14 digits, which have none, give up to 139. Any other
/// text gives none.
pub fn near_misses(text: &str) -> Vec<Imei> {
    let Some(digits) = Digits::scan(text.trim()) else { return Vec::new() };
    let length = match (digits.count, digits.slash) {
        (14, _) => 14,
        (15, _) | (17, Some(15)) => 15,
        _ => return Vec::new(),
    };
    let given = digits.values;
    let mut found = Vec::new();
    let mut consider = |candidate: &Digits| {
        if let Ok(imei) = checked(candidate.body())
            && (length == 14 || imei.check_digit() == candidate.at(14))
        {
            found.push(imei);
        }
    };
    for place in 0..length {
        for value in (0..10).filter(|v| *v != given[place]) {
            let mut other = Digits { values: given, ..digits };
            other.values[place] = value;
            consider(&other);
        }
        if place + 1 < length && given[place] != given[place + 1] {
            let mut other = Digits { values: given, ..digits };
            other.values.swap(place, place + 1);
            consider(&other);
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The reading with the leading zero that a spreadsheet drops: 14 digits starting with 1 which,
/// behind a 0, have the right check digit. An offer to the agent; never applied silently.
pub fn with_lost_zero(text: &str) -> Option<Imei> {
    let digits = Digits::scan(text.trim()).filter(|d| d.count == 14 && d.at(0) == 1)?;
    let imei = checked(digits.body() / 10).ok()?;
    (imei.check_digit() == digits.at(13)).then_some(imei)
}

/// The digits of a text without its separators.
#[derive(Clone, Copy)]
struct Digits {
    values: [u8; MOST_DIGITS],
    count: usize,
    /// How many digits stand before the last slash.
    slash: Option<usize>,
}

impl Digits {
    /// `None` at the first character that is neither digit nor separator, and for no digits.
    fn scan(text: &str) -> Option<Digits> {
        let mut digits = Digits { values: [0; MOST_DIGITS], count: 0, slash: None };
        for b in text.bytes() {
            match b {
                b'0'..=b'9' => {
                    if let Some(value) = digits.values.get_mut(digits.count) {
                        *value = b - b'0';
                    }
                    digits.count += 1;
                }
                b'/' => digits.slash = Some(digits.count),
                b' ' | b'-' | b'.' => {}
                _ => return None,
            }
        }
        (digits.count > 0).then_some(digits)
    }

    fn body(&self) -> u64 {
        self.values.iter().take(14).fold(0, |sum, d| sum * 10 + u64::from(*d))
    }

    fn at(&self, place: usize) -> u8 {
        self.values.get(place).copied().unwrap_or(0)
    }
}

/// Refuses what no sold device has.
const fn checked(body: u64) -> Result<Imei, ImeiError> {
    if body == 0 {
        return Err(ImeiError::AllZero);
    }
    if body.is_multiple_of(ONES) {
        // The first digit is the repeated one.
        #[expect(clippy::cast_possible_truncation, reason = "one digit")]
        return Err(ImeiError::Repeated { digit: (body / ONES) as u8 });
    }
    // 0123456789 as the first ten digits, or 123456789 as the first nine.
    if body / 10_000 == 123_456_789 || body / 100_000 == 123_456_789 {
        return Err(ImeiError::Counting);
    }
    if body / 1_000_000_000_000 == 0 {
        return Err(ImeiError::TestRange);
    }
    Ok(Imei(body))
}

/// `354178036859789.0`: a spreadsheet's float, which must not pass as an IMEISV.
fn is_float(text: &str) -> bool {
    let mut parts = text.split('.');
    matches!((parts.next(), parts.next(), parts.next()), (Some(whole), Some("0"), None)
        if whole.len() == 15 && whole.bytes().all(|b| b.is_ascii_digit()))
}

/// What is wrong with digits and separators of no accepted count.
fn length_error(text: &str, digits: usize) -> ImeiError {
    if holds_two(text) || (28..=34).contains(&digits) && text.bytes().any(|b| !b.is_ascii_digit()) {
        return ImeiError::Two;
    }
    // A decimal MEID: 10 digits of 32 bits that start with A0 or more, 8 digits of 24 bits.
    if digits == 18
        && let Ok(value) = text.chars().filter(char::is_ascii_digit).collect::<String>().parse::<u64>()
        && (0xA000_0000..=0xFFFF_FFFF).contains(&(value / 100_000_000))
        && value % 100_000_000 <= 0x00FF_FFFF
    {
        return ImeiError::Meid;
    }
    ImeiError::Length { digits }
}

fn holds_two(text: &str) -> bool {
    let long = |part: &&str| {
        let digits = part.bytes().filter(u8::is_ascii_digit).count();
        (14..=16).contains(&digits)
    };
    text.split([',', ';', '|', '\n', '\t', '/', '&', '+']).filter(long).count() >= 2
        || text.split(|c: char| !c.is_ascii_digit()).filter(long).count() >= 2
}

/// What is wrong with a text that is more than digits and separators.
#[cold]
fn diagnose(text: &str) -> ImeiError {
    if text.is_empty() {
        return ImeiError::Empty;
    }
    if text.chars().any(|c| matches!(c, '*' | '#')) {
        return ImeiError::StarHash;
    }
    if let Some(character) = text.chars().find(|c| is_foreign_digit(*c)) {
        return ImeiError::ForeignDigits { character };
    }
    if text.starts_with(['\'', '\u{2019}', '`']) {
        return ImeiError::Apostrophe;
    }
    if is_spreadsheet(text) {
        return ImeiError::Spreadsheet;
    }
    if holds_two(text) {
        return ImeiError::Two;
    }
    if is_hex_meid(text) {
        return ImeiError::Meid;
    }
    if let Some(letter) = text.chars().find(|c| c.is_alphabetic()) {
        return ImeiError::Letters { letter };
    }
    let odd = text.chars().find(|c| !matches!(c, '0'..='9' | ' ' | '-' | '/' | '.'));
    // Nothing odd: separators alone.
    odd.map_or(ImeiError::Empty, |character| ImeiError::Character { character })
}

/// `3.54E+14`, `3,54E14`, also with a Cyrillic Е.
fn is_spreadsheet(text: &str) -> bool {
    let mut parts = text.split(['E', 'e', 'Е', 'е']);
    let (Some(mantissa), Some(exponent), None) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    let mut halves = mantissa.split(['.', ',']);
    let whole = halves.next().unwrap_or_default();
    whole.len() == 1
        && digits(whole)
        && halves.next().is_none_or(digits)
        && halves.next().is_none()
        && exponent.len() <= 2
        && digits(exponent)
}

/// 14 hexadecimal digits, or 15 with a check digit, at least one of them a letter.
fn is_hex_meid(text: &str) -> bool {
    let (mut digits, mut letters) = (0, 0);
    for b in text.bytes() {
        match b {
            b'0'..=b'9' => digits += 1,
            b'A'..=b'F' | b'a'..=b'f' => letters += 1,
            b' ' | b'-' | b'/' | b'.' => {}
            _ => return false,
        }
    }
    letters > 0 && matches!(digits + letters, 14 | 15)
}

#[cfg(test)]
#[path = "tests/imei.rs"]
mod tests;
