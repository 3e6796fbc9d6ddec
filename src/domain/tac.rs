//! Type allocation codes: GSMA TS.06.

use super::chars::serialize_as_text;
use std::fmt;

/// A type allocation code: the first 8 digits of an IMEI, the same for every device of a model.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Tac(u32);

/// Why a text is no TAC.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum TacError {
    /// Nothing was given.
    #[error("no type code")]
    Empty,
    /// 7 digits.
    #[error("a type code (TAC) has 8 digits; this has 7: a spreadsheet drops a leading zero")]
    LostZero,
    /// Any other count.
    #[error("a type code (TAC) has 8 digits; this has {digits}")]
    Length {
        /// Digits counted.
        digits: usize,
    },
    /// Anything but digits.
    #[error("a type code (TAC) has the digits 0 to 9 only")]
    Character,
}

impl Tac {
    /// Reads exactly 8 digits; white space around them is ignored.
    pub fn parse(text: &str) -> Result<Tac, TacError> {
        let text = text.trim();
        let mut value = 0_u32;
        for b in text.bytes() {
            if !b.is_ascii_digit() {
                return Err(TacError::Character);
            }
            value = value.wrapping_mul(10).wrapping_add(u32::from(b - b'0'));
        }
        match text.len() {
            0 => Err(TacError::Empty),
            7 => Err(TacError::LostZero),
            8 => Ok(Tac(value)),
            digits => Err(TacError::Length { digits }),
        }
    }

    /// The code with this number; `None` above 8 digits.
    pub const fn from_number(number: u32) -> Option<Tac> {
        if number < 100_000_000 { Some(Tac(number)) } else { None }
    }

    /// The code as a number.
    pub const fn number(self) -> u32 {
        self.0
    }
}

impl From<super::Imei> for Tac {
    fn from(imei: super::Imei) -> Tac {
        Tac(imei.tac())
    }
}

impl fmt::Display for Tac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08}", self.0)
    }
}

serialize_as_text!(Tac);
