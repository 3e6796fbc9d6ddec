//! Subscriber identities: ITU-T E.212.

use super::chars::{CodePoint, debug_masked, serialize_as_text};
use std::fmt;

/// A subscriber identity of 6 to 15 digits: country (3), network (2 or 3), subscriber. Kept with a
/// 1 in front, since an identity may start with 0 (the test networks, 001).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Imsi(u64);

/// Why a text is no IMSI. Sentences hold no digits of it: they are logged.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ImsiError {
    /// Nothing was given.
    #[error("no IMSI")]
    Empty,
    /// Not 6 to 15 digits.
    #[error("an IMSI has 6 to 15 digits; this has {digits}")]
    Length {
        /// Digits counted.
        digits: usize,
    },
    /// Only zeros.
    #[error("all digits are zero: a placeholder, not a subscriber")]
    AllZero,
    /// Anything but digits.
    #[error("an IMSI has digits only; this has {}", CodePoint(*.character))]
    Character {
        /// The first of them.
        character: char,
    },
}

impl Imsi {
    /// Reads 6 to 15 digits; spaces and `-` are stripped.
    pub fn parse(text: &str) -> Result<Imsi, ImsiError> {
        let (mut value, mut digits) = (1_u64, 0_usize);
        for c in text.trim().chars() {
            match c {
                '0'..='9' => {
                    value = value.wrapping_mul(10).wrapping_add(u64::from(u32::from(c) - 0x30));
                    digits += 1;
                }
                ' ' | '-' => {}
                character => return Err(ImsiError::Character { character }),
            }
        }
        match digits {
            0 => Err(ImsiError::Empty),
            6..=15 => Imsi::from_packed(value).ok_or(ImsiError::AllZero),
            _ => Err(ImsiError::Length { digits }),
        }
    }

    /// The digits behind a 1, as a database integer.
    pub const fn packed(self) -> u64 {
        self.0
    }

    /// What [`Imsi::packed`] gave; `None` for any other number.
    pub fn from_packed(packed: u64) -> Option<Imsi> {
        let places = packed.checked_ilog10()?;
        let subscriber = packed.checked_sub(10_u64.pow(places))?;
        ((6..=15).contains(&places) && (1..10_u64.pow(places)).contains(&subscriber)).then_some(Imsi(packed))
    }

    /// The mobile country code: the first three digits.
    pub fn country(self) -> u16 {
        let places = self.0.ilog10();
        u16::try_from(self.0 / 10_u64.pow(places - 3) % 1000).unwrap_or(0)
    }

    /// The last four digits, for screens that hide the rest.
    pub fn masked(self) -> String {
        format!("…{:04}", self.0 % 10_000)
    }
}

impl fmt::Display for Imsi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = self.0.ilog10();
        write!(f, "{:0width$}", self.0 - 10_u64.pow(places), width = places as usize)
    }
}

debug_masked!(Imsi);
serialize_as_text!(Imsi);
