//! Telephone numbers: ITU-T E.164, national forms read with libphonenumber's tables.

use super::chars::{CodePoint, debug_masked, is_foreign_digit, serialize_as_text};
use phonenumber::{Metadata, country::Id, metadata::DATABASE};
use std::fmt;

/// A number in international form: up to 15 digits, country code first, without the `+`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(u64);

/// The country whose dialling habits decide how a number without country code is read (ISO 3166-1
/// alpha-2).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Region(Id);

/// Not a country libphonenumber knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not a country code; write the two letters of ISO 3166-1, for example RU")]
pub struct RegionError;

/// Why a text is no telephone number. Sentences hold no digits of it: they are logged.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PhoneError {
    /// Nothing was given.
    #[error("no telephone number")]
    Empty,
    /// Letters.
    #[error("a telephone number has digits only; this has the letter '{letter}'")]
    Letters {
        /// The first letter.
        letter: char,
    },
    /// A `+` after the first digit, or two of them.
    #[error("'+' stands only at the start of a telephone number; are these two numbers?")]
    Plus,
    /// `ext. 12`, `доб. 12`, `#12`.
    #[error("a number with an extension cannot receive a code; give the number alone")]
    Extension,
    /// Too few digits.
    #[error("too short for a telephone number: {digits} digits")]
    Short {
        /// Digits counted.
        digits: usize,
    },
    /// More than 15 digits.
    #[error("too long for a telephone number: {digits} digits, at most 15 with the country code")]
    Long {
        /// Digits counted.
        digits: usize,
    },
    /// A country code cannot start with 0.
    #[error("no country code starts with 0; write + and the country code, for example +7")]
    Zero,
    /// Without country code and not of this region.
    #[error("not a number of {region}; write + and the country code, for example +7")]
    NotInRegion {
        /// The region it was read in.
        region: Region,
    },
    /// Digits of another script.
    #[error("digits must be 0 to 9; {} is a digit of another script", CodePoint(*.character))]
    ForeignDigits {
        /// The first of them.
        character: char,
    },
    /// `7.92E+10`.
    #[error(
        "a spreadsheet turned this number into a rounded one and its digits are lost; format the column as text"
    )]
    Spreadsheet,
    /// Any other character.
    #[error("a telephone number has digits only; this has {}", CodePoint(*.character))]
    Character {
        /// The first of them.
        character: char,
    },
}

impl Region {
    /// Russia, the region of a rehearsal.
    pub const RU: Region = Region(Id::RU);

    /// Reads the two letters, in either case.
    pub fn parse(text: &str) -> Result<Region, RegionError> {
        let text = text.trim();
        if text.len() != 2 {
            return Err(RegionError);
        }
        text.to_ascii_uppercase().parse().map(Region).map_err(|_| RegionError)
    }
}

impl Default for Region {
    fn default() -> Region {
        Region::RU
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_ref())
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Region({self})")
    }
}

serialize_as_text!(Region);

impl Phone {
    /// Reads a number as people write it. Behind `+` (or 00) any 5 to 15 digits not starting with 0
    /// are accepted (CAMARA's `^\+[1-9][0-9]{4,14}$`); without a country code it must be a valid
    /// number of `region`. Space, `-`, `.`, `/` and brackets are stripped, and so is `(0)`.
    pub fn parse(text: &str, region: Region) -> Result<Phone, PhoneError> {
        let scan = Scan::of(text)?;
        if scan.plus {
            return international(scan.value, scan.digits, scan.leading_zeros);
        }
        national(&scan, region)
    }

    /// Reads a number as networks and lists write it: as [`Phone::parse`], and digits that are no
    /// number of `region` are taken as an international number without its `+`.
    pub fn parse_seen(text: &str, region: Region) -> Result<Phone, PhoneError> {
        match Phone::parse(text, region) {
            Err(error @ PhoneError::NotInRegion { .. }) => {
                let scan = Scan::of(text)?;
                if scan.digits < 8 {
                    return Err(error);
                }
                international(scan.value, scan.digits, scan.leading_zeros).map_err(|_| error)
            }
            result => result,
        }
    }

    /// The number with these digits (country code first); `None` unless there are 5 to 15.
    pub const fn from_digits(digits: u64) -> Option<Phone> {
        if digits >= 10_000 && digits < 1_000_000_000_000_000 { Some(Phone(digits)) } else { None }
    }

    /// The digits as a number, country code first.
    pub const fn digits(self) -> u64 {
        self.0
    }

    /// `+79161234567`. Personal data: a method, so that it is never printed by accident.
    pub fn plain(self) -> String {
        format!("+{}", self.0)
    }

    /// The last two digits, for screens that hide the rest: `+***67`.
    pub fn masked(self) -> String {
        format!("+***{:02}", self.0 % 100)
    }
}

debug_masked!(Phone);

/// The digits of a text without its separators.
struct Scan {
    plus: bool,
    digits: usize,
    leading_zeros: usize,
    value: u64,
}

impl Scan {
    fn of(text: &str) -> Result<Scan, PhoneError> {
        let text = text.trim();
        let mut scan = Scan { plus: false, digits: 0, leading_zeros: 0, value: 0 };
        let mut rest = text.as_bytes();
        while let [b, tail @ ..] = rest {
            rest = tail;
            match b {
                b'0'..=b'9' => {
                    if *b == b'0' && scan.leading_zeros == scan.digits {
                        scan.leading_zeros += 1;
                    }
                    scan.value = scan.value.saturating_mul(10).saturating_add(u64::from(b - b'0'));
                    scan.digits += 1;
                }
                b'+' if scan.digits == 0 && !scan.plus => scan.plus = true,
                // The trunk zero that is not dialled from abroad: +44 (0)20 …
                b'(' if scan.plus && scan.digits > 0 && matches!(tail, [b'0', b')', ..]) => {
                    rest = tail.get(2..).unwrap_or_default();
                }
                b' ' | b'-' | b'(' | b')' | b'.' | b'/' => {}
                // A no-break space, as web pages and spreadsheets put it.
                0xC2 if matches!(tail, [0xA0, ..]) => rest = tail.get(1..).unwrap_or_default(),
                _ => return Err(diagnose(text, scan.digits)),
            }
        }
        if scan.digits == 0 { Err(PhoneError::Empty) } else { Ok(scan) }
    }
}

const fn international(value: u64, digits: usize, leading_zeros: usize) -> Result<Phone, PhoneError> {
    match digits {
        ..5 => Err(PhoneError::Short { digits }),
        16.. => Err(PhoneError::Long { digits }),
        _ if leading_zeros > 0 => Err(PhoneError::Zero),
        _ => Ok(Phone(value)),
    }
}

fn national(scan: &Scan, region: Region) -> Result<Phone, PhoneError> {
    let digits = scan.digits;
    if digits > 18 {
        return Err(PhoneError::Long { digits });
    }
    if scan.leading_zeros == 2 {
        return international(scan.value, digits - 2, 0);
    }
    if region == Region::RU && scan.leading_zeros == 0 {
        match (digits, scan.value / 1_000_000_000) {
            // Russian mobiles are 9xx: 89…, 79… and 9… without any prefix.
            (11, 79 | 89) => return Ok(Phone(scan.value % 10_000_000_000 + 70_000_000_000)),
            (10, 9) => return Ok(Phone(scan.value + 70_000_000_000)),
            _ => {}
        }
        // 8 10 is Russia's way abroad, if at least 8 digits follow.
        if digits >= 11 && scan.value / 10_u64.pow(u32::try_from(digits).unwrap_or(18) - 3) == 810 {
            let rest = digits - 3;
            let value = scan.value % 10_u64.pow(u32::try_from(rest).unwrap_or(15));
            if value >= 10_u64.pow(u32::try_from(rest).unwrap_or(15) - 1) {
                return international(value, rest, 0);
            }
        }
    }
    by_tables(scan, region)
}

/// The slow way, by libphonenumber's patterns. They see nothing but digits.
fn by_tables(scan: &Scan, region: Region) -> Result<Phone, PhoneError> {
    let digits = scan.digits;
    if digits < 5 {
        return Err(PhoneError::Short { digits });
    }
    let text = format!("{:0digits$}", scan.value);
    by_patterns(&text, region).or_else(|| by_library(&text, region)).ok_or(PhoneError::NotInRegion { region })
}

/// The number as it is, without its trunk prefix, or without its country code: the first of these
/// that is valid. The library's own reading cannot be asked first: it takes a second 8 away from
/// Russian numbers such as 8 812 … and 8 800 … and finds the rest invalid (phonenumber 0.3.10).
fn by_patterns(text: &str, region: Region) -> Option<Phone> {
    let meta = DATABASE.by_id(region.0.as_ref())?;
    let code = meta.country_code();
    let code_text = code.to_string();
    let prefix = meta.national_prefix().filter(|p| !p.is_empty());
    let candidates =
        [Some(text), prefix.and_then(|p| text.strip_prefix(p)), text.strip_prefix(code_text.as_str())];
    // Several countries may share a code, and people call their neighbours by national forms.
    let countries = DATABASE.by_code(&code)?;
    let national =
        candidates.into_iter().flatten().find(|n| countries.iter().any(|country| is_valid(country, n)))?;
    digits_of(&format!("{code}{national}"))
}

/// For countries whose national forms are rewritten (Argentina, Brazil, Mexico).
fn by_library(text: &str, region: Region) -> Option<Phone> {
    let number = phonenumber::parse(Some(region.0), text).ok().filter(phonenumber::is_valid)?;
    digits_of(&number.format().mode(phonenumber::Mode::E164).to_string())
}

fn is_valid(country: &Metadata, national: &str) -> bool {
    let d = country.descriptors();
    let kinds = [
        d.mobile(),
        d.fixed_line(),
        d.toll_free(),
        d.voip(),
        d.personal_number(),
        d.shared_cost(),
        d.premium_rate(),
        d.uan(),
        d.pager(),
    ];
    d.general().is_match(national) && kinds.into_iter().flatten().any(|kind| kind.is_match(national))
}

fn digits_of(text: &str) -> Option<Phone> {
    let value = text
        .bytes()
        .filter(u8::is_ascii_digit)
        .try_fold(0_u64, |sum, b| sum.checked_mul(10)?.checked_add(u64::from(b - b'0')));
    value.and_then(Phone::from_digits)
}

/// What is wrong with a text that is more than digits and separators.
#[cold]
fn diagnose(text: &str, digits: usize) -> PhoneError {
    if let Some(character) = text.chars().find(|c| is_foreign_digit(*c)) {
        return PhoneError::ForeignDigits { character };
    }
    let lower = text.to_lowercase();
    let spreadsheet = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | 'e' | '+');
    if lower.contains('e') && lower.chars().all(spreadsheet) {
        return PhoneError::Spreadsheet;
    }
    if digits >= 5 && ["ext", "x", "#", "доб", "вн", ";"].iter().any(|mark| lower.contains(mark)) {
        return PhoneError::Extension;
    }
    if let Some(letter) = text.chars().find(|c| c.is_alphabetic()) {
        return PhoneError::Letters { letter };
    }
    if text.chars().filter(|c| *c == '+').count() > usize::from(text.starts_with('+')) {
        return PhoneError::Plus;
    }
    let odd = |c: &char| !matches!(c, '0'..='9' | ' ' | '-' | '(' | ')' | '.' | '/' | '+' | '\u{A0}');
    text.chars().find(odd).map_or(PhoneError::Empty, |character| PhoneError::Character { character })
}

#[cfg(test)]
#[path = "tests/phone.rs"]
mod tests;
