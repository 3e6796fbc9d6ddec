//! Serial numbers as makers print them.

use super::chars::{CodePoint, debug_masked, serialize_as_text};
use std::fmt;

/// The longest serial number, in characters.
const LONGEST: usize = 64;
/// What forms and factories write where no serial number is.
const PLACEHOLDERS: [&str; 8] =
    ["N/A", "NA", "NAN", "NONE", "NULL", "UNKNOWN", "DEFAULT", "0123456789ABCDEF"];

/// A serial number: 1 to 64 ASCII letters, digits, `/`, `-`, `.`, `_` or `+`, upper-cased.
/// O and 0, I and 1 stay different: makers use both.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Serial(String);

/// Why a text is no serial number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SerialError {
    /// Nothing was given.
    #[error("no serial number")]
    Empty,
    /// More than 64 characters.
    #[error("too long for a serial number: {characters} characters, at most 64")]
    Long {
        /// Characters counted.
        characters: usize,
    },
    /// `N/A`, `NULL`, only zeros, only punctuation.
    #[error("a placeholder, not a serial number")]
    Placeholder,
    /// A letter that looks like a Latin one, or any other letter that is not ASCII.
    #[error("'{character}' ({}) is not a Latin letter; type the serial number as printed on the device", CodePoint(*.character))]
    Letter {
        /// The first of them.
        character: char,
    },
    /// Any other character: spaces, invisible ones, other signs.
    #[error("a serial number cannot hold {}", CodePoint(*.character))]
    Character {
        /// The first of them.
        character: char,
    },
}

impl Serial {
    /// Reads a serial number; white space around it is ignored, lower case is raised.
    pub fn parse(text: &str) -> Result<Serial, SerialError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(SerialError::Empty);
        }
        let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'.' | b'_' | b'+');
        if !text.bytes().all(allowed) {
            return Err(odd_character(text));
        }
        if text.len() > LONGEST {
            return Err(SerialError::Long { characters: text.len() });
        }
        let upper = text.to_ascii_uppercase();
        let says_nothing = upper.bytes().all(|b| b == b'0' || !b.is_ascii_alphanumeric());
        if says_nothing || PLACEHOLDERS.contains(&upper.as_str()) {
            return Err(SerialError::Placeholder);
        }
        Ok(Serial(upper))
    }

    /// The serial number, upper-cased.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last four characters, for screens that hide the rest; of a short one, the last.
    pub fn masked(&self) -> String {
        let shown = if self.0.len() > 8 { 4 } else { 1 };
        format!("…{}", self.0.get(self.0.len().saturating_sub(shown)..).unwrap_or_default())
    }
}

#[cold]
fn odd_character(text: &str) -> SerialError {
    let odd = |c: &char| !c.is_ascii_alphanumeric() && !matches!(c, '/' | '-' | '.' | '_' | '+');
    match text.chars().find(odd) {
        Some(character) if character.is_alphabetic() && !super::chars::is_hidden(character) => {
            SerialError::Letter { character }
        }
        Some(character) => SerialError::Character { character },
        None => SerialError::Empty,
    }
}

impl fmt::Display for Serial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

debug_masked!(Serial);
serialize_as_text!(Serial);

#[cfg(test)]
#[path = "tests/serial.rs"]
mod tests;
