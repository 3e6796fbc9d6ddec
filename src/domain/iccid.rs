//! SIM card numbers: ITU-T E.118.

use super::chars::{CodePoint, debug_masked, is_foreign_digit, serialize_as_text};
use super::luhn;
use std::fmt;

/// A SIM card's number, check digit included: 19 or 20 digits starting with 89. Kept as the digits
/// after 89, doubled, plus one for 20 digits, so that it fits a database integer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Iccid(u64);

/// Why a text is no ICCID. Sentences hold no digits of it: they are logged.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum IccidError {
    /// Nothing was given.
    #[error("no SIM card number")]
    Empty,
    /// Neither 19 nor 20 digits.
    #[error("a SIM card number has 19 or 20 digits; this has {digits}")]
    Length {
        /// Digits counted.
        digits: usize,
    },
    /// 18 digits: many lists drop the check digit.
    #[error("a SIM card number has 19 or 20 digits; this has 18: the check digit at its end is missing")]
    NoCheckDigit,
    /// 13 digits: some cards print the end only.
    #[error("only the 13 digits printed on some cards; the whole number starts with 89 and has 19 or 20")]
    Printed,
    /// Not the telecommunication prefix of E.118.
    #[error("a SIM card number starts with 89")]
    Prefix,
    /// The last digit does not follow from the others.
    #[error(
        "the check digit does not fit: the last digit should be {expected}; one digit is wrong, or two are swapped"
    )]
    CheckDigit {
        /// The digit that would fit.
        expected: u8,
    },
    /// `8.97E+18`.
    #[error(
        "a spreadsheet turned this number into a rounded one and its digits are lost; format the column as text"
    )]
    Spreadsheet,
    /// Letters among the digits.
    #[error("a SIM card number has digits only; this has the letter '{letter}'")]
    Letters {
        /// The first letter.
        letter: char,
    },
    /// Digits of another script.
    #[error("digits must be 0 to 9; {} is a digit of another script", CodePoint(*.character))]
    ForeignDigits {
        /// The first of them.
        character: char,
    },
    /// Any other character.
    #[error("a SIM card number has digits only; this has {}", CodePoint(*.character))]
    Character {
        /// The first of them.
        character: char,
    },
}

impl Iccid {
    /// Reads 19 or 20 digits starting with 89 and passing Luhn. Space, `-`, `/`, `.` and the
    /// trailing `F` that fills the last octet on the card (3GPP TS 31.102 EF-ICCID) are stripped.
    pub fn parse(text: &str) -> Result<Iccid, IccidError> {
        let text = text.trim();
        let number = text.strip_suffix(['F', 'f']).unwrap_or(text);
        let (mut value, mut digits, mut prefix) = (0_u64, 0_usize, 0_u64);
        for b in number.bytes() {
            match b {
                b'0'..=b'9' => {
                    let digit = u64::from(b - b'0');
                    if digits < 2 {
                        prefix = prefix * 10 + digit;
                    } else {
                        // More than 20 digits are refused below, whatever they wrapped to.
                        value = value.wrapping_mul(10).wrapping_add(digit);
                    }
                    digits += 1;
                }
                b' ' | b'-' | b'/' | b'.' => {}
                _ => return Err(diagnose(text)),
            }
        }
        match digits {
            0 => Err(IccidError::Empty),
            13 => Err(IccidError::Printed),
            18 if prefix == 89 => Err(IccidError::NoCheckDigit),
            19 | 20 if prefix != 89 => Err(IccidError::Prefix),
            19 | 20 => {
                let long = digits == 20;
                let expected = check_digit(value, long);
                if value % 10 != u64::from(expected) {
                    return Err(IccidError::CheckDigit { expected });
                }
                Ok(Iccid(value * 2 + u64::from(long)))
            }
            _ => Err(IccidError::Length { digits }),
        }
    }

    /// The number as a database integer; fits 62 bits.
    pub const fn packed(self) -> u64 {
        self.0
    }

    /// What [`Iccid::packed`] gave; `None` for any other number.
    pub fn from_packed(packed: u64) -> Option<Iccid> {
        let (value, long) = (packed / 2, packed % 2 == 1);
        let limit = if long { 1_000_000_000_000_000_000 } else { 100_000_000_000_000_000 };
        (value < limit && value % 10 == u64::from(check_digit(value, long))).then_some(Iccid(packed))
    }

    /// The last four digits, for screens that hide the rest.
    pub fn masked(self) -> String {
        format!("…{:04}", self.0 / 2 % 10_000)
    }
}

/// The last digit that fits: `value` is what follows 89, with its last digit.
const fn check_digit(value: u64, long: bool) -> u8 {
    let places: u64 = if long { 100_000_000_000_000_000 } else { 10_000_000_000_000_000 };
    luhn::check_digit(89 * places + value / 10)
}

impl fmt::Display for Iccid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = if self.0 % 2 == 1 { 18 } else { 17 };
        write!(f, "89{:0width$}", self.0 / 2)
    }
}

debug_masked!(Iccid);
serialize_as_text!(Iccid);

#[cold]
fn diagnose(text: &str) -> IccidError {
    if let Some(character) = text.chars().find(|c| is_foreign_digit(*c)) {
        return IccidError::ForeignDigits { character };
    }
    let spreadsheet = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | 'E' | 'e' | '+');
    if text.contains(['E', 'e']) && text.chars().all(spreadsheet) {
        return IccidError::Spreadsheet;
    }
    if let Some(letter) = text.chars().find(|c| c.is_alphabetic()) {
        return IccidError::Letters { letter };
    }
    let odd = text.chars().find(|c| !matches!(c, '0'..='9' | ' ' | '-' | '/' | '.'));
    odd.map_or(IccidError::Empty, |character| IccidError::Character { character })
}

#[cfg(test)]
#[path = "tests/sim.rs"]
mod tests;
