//! One leaf, proven to whoever has nothing but a key of the log (C2SP tlog-proof, `.tlog-proof`).
//!
//! ```text
//! c2sp.org/tlog-proof@v1
//! extra eyJhY3QiOi…                                 (the leaf itself, base64)
//! index 73894
//! gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=      (an inclusion proof, one hash a line)
//!                                                   (blank)
//! latchkey.example/desk/…                           (a checkpoint, as it is)
//! ```
//! `extra` is not signed, and need not be: it is believed only once its hash leads to the signed root.

use base64ct::{Base64, Encoding as _};

use super::checkpoint::{Checkpoint, CheckpointError};
use super::leaf::MAX_LEAF;
use super::proof::verify_inclusion;
use super::request::MOST_HASHES;
use super::tree::{Hash, leaf_hash};
use super::vkey::VerifierKey;
use crate::words::{Part, Phrase};

const FIRST: &str = "c2sp.org/tlog-proof@v1";
/// Most bytes of a proof that are read: a leaf in base64, the hashes, a note.
const MAX_TEXT: usize = 128 * 1024;

/// Why a proof proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.phrase())]
pub enum ProofError {
    /// Not a well-formed proof: the id of the reason.
    Form(&'static str),
    /// Its checkpoint does not hold.
    Head(CheckpointError),
    /// It holds no leaf.
    NoLeaf,
    /// The leaf with these hashes does not lead to the signed root.
    Path,
}

impl ProofError {
    /// Why, as a part of a sentence.
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::Form(why) => Phrase::of("proven-form").with("why", Part::Word(why)),
            Self::Head(why) => why.phrase(),
            Self::NoLeaf => Phrase::of("proven-no-leaf"),
            Self::Path => Phrase::of("proven-path"),
        }
    }
}

impl From<CheckpointError> for ProofError {
    fn from(error: CheckpointError) -> Self {
        Self::Head(error)
    }
}

/// A leaf with its way to a signed root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlogProof {
    /// The leaf's bytes, where the proof carries them.
    pub leaf: Option<Vec<u8>>,
    /// The leaf's place in the log.
    pub index: u64,
    /// From the leaf's sibling up to the root's child.
    pub path: Vec<Hash>,
    /// The signed head.
    pub note: String,
}

impl TlogProof {
    /// As C2SP writes it.
    pub fn to_text(&self) -> String {
        let extra = self.leaf.as_ref().map(|leaf| format!("extra {}\n", Base64::encode_string(leaf)));
        let path: String = self.path.iter().map(|h| Base64::encode_string(h) + "\n").collect();
        format!("{FIRST}\n{}index {}\n{path}\n{}", extra.unwrap_or_default(), self.index, self.note)
    }

    /// Reads a proof; believes nothing of it yet: see [`Self::verify`].
    pub fn parse(text: &str) -> Result<Self, ProofError> {
        if text.len() > MAX_TEXT {
            return Err(ProofError::Form("proven-long"));
        }
        let (head, note) = text.split_once("\n\n").ok_or(ProofError::Form("proven-no-blank"))?;
        let mut lines = head.split('\n').peekable();
        if lines.next() != Some(FIRST) {
            return Err(ProofError::Form("proven-first"));
        }
        let leaf = match lines.next_if(|line| line.starts_with("extra ")) {
            None => None,
            Some(line) => {
                let encoded = line.strip_prefix("extra ").unwrap_or_default();
                Some(Base64::decode_vec(encoded).map_err(|_| ProofError::Form("proven-extra"))?)
            }
        };
        let index = lines.next().and_then(|line| line.strip_prefix("index ")).and_then(number_of);
        let index = index.ok_or(ProofError::Form("proven-index"))?;
        let path: Option<Vec<Hash>> = lines.map(hash_of).collect();
        let path = path.ok_or(ProofError::Form("proven-hash"))?;
        if path.len() > MOST_HASHES {
            return Err(ProofError::Form("proven-hashes"));
        }
        Ok(Self { leaf, index, path, note: note.to_owned() })
    }

    /// Whether one of these keys signed a log in which the leaf stands at its place: the head, and the leaf.
    pub fn verify(&self, keys: &[VerifierKey]) -> Result<(Checkpoint, &[u8]), ProofError> {
        let head = Checkpoint::open_by(&self.note, keys)?;
        let leaf = self.leaf.as_deref().filter(|leaf| leaf.len() <= MAX_LEAF).ok_or(ProofError::NoLeaf)?;
        if verify_inclusion(&leaf_hash(leaf), self.index, head.size, &self.path, &head.root) {
            Ok((head, leaf))
        } else {
            Err(ProofError::Path)
        }
    }
}

/// A plain number: digits, no zero before others.
pub(super) fn number_of(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    text.parse().ok().filter(|_| plain)
}

/// A hash in base64.
pub(super) fn hash_of(line: &str) -> Option<Hash> {
    Base64::decode_vec(line).ok()?.try_into().ok()
}
