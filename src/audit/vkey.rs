//! The keys by which others know who signs a head: C2SP signed-note verifier keys, `name+id+base64`.

use std::fmt;

use base64ct::{Base64, Encoding as _};
use sha2::{Digest as _, Sha256};

use super::checkpoint::{CheckpointError, is_name};
use super::tree::Hash;
use crate::authority::PublicKey;

/// What a key signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    /// Heads of a log (Ed25519, type 0x01).
    Log,
    /// Cosignatures of a witness (timestamped Ed25519, type 0x04).
    Witness,
}

impl KeyKind {
    const fn byte(self) -> u8 {
        match self {
            Self::Log => 1,
            Self::Witness => 4,
        }
    }
}

/// A key with the name it signs under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    /// The log's origin, or the witness's name.
    pub name: String,
    /// What it signs.
    pub kind: KeyKind,
    /// The key.
    pub key: PublicKey,
}

impl VerifierKey {
    /// Reads `name+id+base64(type ‖ key)`; the id must be the key's.
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let bad = CheckpointError::Key;
        let mut pieces = text.trim().splitn(3, '+');
        let (Some(name), Some(id), Some(encoded)) = (pieces.next(), pieces.next(), pieces.next()) else {
            return Err(bad);
        };
        let bytes = Base64::decode_vec(encoded).map_err(|_| CheckpointError::Key)?;
        let kind = match bytes.first() {
            Some(1) => KeyKind::Log,
            Some(4) => KeyKind::Witness,
            _ => return Err(bad),
        };
        let key = bytes.get(1..).and_then(|b| <&[u8; 32]>::try_from(b).ok());
        let key = key.and_then(|b| PublicKey::from_bytes(b).ok()).ok_or(CheckpointError::Key)?;
        let read = Self { name: name.to_owned(), kind, key };
        if is_name(name) && format!("{:08x}", u32::from_be_bytes(read.id())) == id {
            Ok(read)
        } else {
            Err(bad)
        }
    }

    /// The four bytes before each of its signatures.
    pub fn id(&self) -> [u8; 4] {
        key_id(&self.name, self.kind, &self.key)
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = u32::from_be_bytes(self.id());
        write!(f, "{}+{id:08x}+{}", self.name, Base64::encode_string(&tagged(self.kind, &self.key)))
    }
}

fn tagged(kind: KeyKind, key: &PublicKey) -> Vec<u8> {
    [&[kind.byte()][..], &key.to_bytes()].concat()
}

/// First four bytes of `SHA-256(name ‖ "\n" ‖ type ‖ key)` (C2SP signed-note).
pub(super) fn key_id(name: &str, kind: KeyKind, key: &PublicKey) -> [u8; 4] {
    let hash: Hash =
        Sha256::new().chain_update(name).chain_update("\n").chain_update(tagged(kind, key)).finalize().into();
    [hash[0], hash[1], hash[2], hash[3]]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authority::AgentKey;

    #[test]
    fn a_key_comes_back_and_every_changed_letter_is_refused() {
        for kind in [KeyKind::Log, KeyKind::Witness] {
            let key = AgentKey::from_seed("w", &[3; 32]).public().clone();
            let key = VerifierKey { name: "witness.example/w1".into(), kind, key };
            let text = key.to_string();
            assert_eq!(VerifierKey::parse(&text), Ok(key));
            for at in 0..text.len() {
                let mut bytes = text.clone().into_bytes();
                bytes[at] ^= 1;
                let changed = String::from_utf8(bytes).unwrap();
                assert!(VerifierKey::parse(&changed).is_err(), "{changed}");
            }
        }
        for bad in ["", "a", "a+b", "a+b+c", "a+00000000+AQ==", "+00000000+AAAA"] {
            assert_eq!(VerifierKey::parse(bad), Err(CheckpointError::Key), "{bad}");
        }
    }
}
