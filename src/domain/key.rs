//! Database keys of devices and accounts: integers, the same on every machine and in every version.

use super::chars::{CodePoint, first_hidden, serialize_as_text};
use super::{DeviceName, Imei, Serial};
use sha2::{Digest, Sha256};
use std::fmt;

/// A device's key: the 14 digits of an IMEI as they are (positive), or a serial number's hash
/// (negative). The two never meet.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeviceKey(pub i64);

/// An account's key: its id where that is a plain decimal number (positive), else the id's hash
/// (negative).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct AccountKey(pub i64);

/// The id an account has in the accounts system: 1 to 64 visible characters, case kept.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct AccountId(String);

/// Why a text is no account id.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum AccountIdError {
    /// Nothing was given.
    #[error("no account id")]
    Empty,
    /// More than 64 characters.
    #[error("too long for an account id: {characters} characters, at most 64")]
    Long {
        /// Characters counted.
        characters: usize,
    },
    /// A character that cannot be seen.
    #[error("an account id with the invisible character {}", CodePoint(*.character))]
    Hidden {
        /// The first of them.
        character: char,
    },
}

impl DeviceKey {
    /// It stands for an IMEI, not for a serial number.
    pub const fn is_imei(self) -> bool {
        self.0 > 0
    }

    /// The IMEI it stands for.
    pub fn imei(self) -> Option<Imei> {
        u64::try_from(self.0).ok().and_then(Imei::from_body)
    }
}

impl From<Imei> for DeviceKey {
    fn from(imei: Imei) -> DeviceKey {
        // A body has 14 digits: 47 bits.
        DeviceKey(imei.body().cast_signed())
    }
}

impl From<&Serial> for DeviceKey {
    fn from(serial: &Serial) -> DeviceKey {
        DeviceKey(-stable_hash(&["serial", serial.as_str()]))
    }
}

impl From<&DeviceName> for DeviceKey {
    fn from(name: &DeviceName) -> DeviceKey {
        match name {
            DeviceName::Imei(imei) => DeviceKey::from(*imei),
            DeviceName::Serial(serial) => DeviceKey::from(serial),
        }
    }
}

impl fmt::Debug for DeviceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.imei() {
            Some(imei) => write!(f, "DeviceKey({})", imei.masked()),
            None => write!(f, "DeviceKey({})", self.0),
        }
    }
}

impl AccountId {
    /// Reads an account id; white space around it is ignored.
    pub fn parse(text: &str) -> Result<AccountId, AccountIdError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(AccountIdError::Empty);
        }
        if let Some(character) = first_hidden(text) {
            return Err(AccountIdError::Hidden { character });
        }
        if text.len() > 64 {
            let characters = text.chars().count();
            if characters > 64 {
                return Err(AccountIdError::Long { characters });
            }
        }
        Ok(AccountId(text.to_owned()))
    }

    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its key.
    pub fn key(&self) -> AccountKey {
        AccountKey::from(self)
    }
}

impl From<&AccountId> for AccountKey {
    fn from(id: &AccountId) -> AccountKey {
        let digits = id.0.as_bytes();
        // Only the one canonical spelling of a number: 7 and 007 are different accounts.
        let canonical = digits.len() <= 18
            && digits.first().is_some_and(|b| (b'1'..=b'9').contains(b))
            && digits.iter().all(u8::is_ascii_digit);
        if canonical {
            AccountKey(digits.iter().fold(0, |sum, b| sum * 10 + i64::from(b - b'0')))
        } else {
            AccountKey(-stable_hash(&["account", &id.0]))
        }
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

serialize_as_text!(AccountId);

/// 62 bits of SHA-256 over the parts, each behind its length (8 bytes, little-endian); always
/// positive, never 0, the same on every machine and in every version.
pub fn stable_hash(parts: &[&str]) -> i64 {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    first_bits(&hash.finalize(), 62).max(1)
}

/// The first 8 bytes of a digest, big-endian, as an unsigned number of at most 63 bits.
pub(super) fn first_bits(digest: &[u8], bits: u32) -> i64 {
    let head = digest.iter().take(8).fold(0_u64, |sum, b| sum << 8 | u64::from(*b));
    (head & ((1_u64 << bits) - 1)).cast_signed()
}

#[cfg(test)]
#[path = "tests/key.rs"]
mod tests;
