//! What a witness is asked with (C2SP tlog-witness, the body of `add-checkpoint`): a signed head, and the
//! proof that it goes on from one that the witness knows.
//!
//! ```text
//! old 20852014
//! PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=      (a consistency proof, one hash a line)
//!                                                   (blank)
//! latchkey.example/desk/…                           (the checkpoint, as it is)
//! ```

use base64ct::{Base64, Encoding as _};

use super::tlog_proof::{ProofError, hash_of, number_of};
use super::tree::Hash;

/// Most hashes of a proof: a tree has no more levels.
pub(super) const MOST_HASHES: usize = 63;

/// A head for a witness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsistencyRequest {
    /// The size that the proof starts from; zero where the witness has seen nothing yet.
    pub old: u64,
    /// From there to the head.
    pub path: Vec<Hash>,
    /// The signed head.
    pub note: String,
}

impl ConsistencyRequest {
    /// As C2SP writes it.
    pub fn to_text(&self) -> String {
        let lines: String = self.path.iter().map(|h| Base64::encode_string(h) + "\n").collect();
        format!("old {}\n{lines}\n{}", self.old, self.note)
    }

    /// Reads a request; believes nothing of it yet.
    pub fn parse(text: &str) -> Result<Self, ProofError> {
        let (head, note) = text.split_once("\n\n").ok_or(ProofError::Form("proven-no-blank"))?;
        let mut lines = head.split('\n');
        let old = lines.next().and_then(|l| l.strip_prefix("old ")).ok_or(ProofError::Form("proven-old"))?;
        let old = number_of(old).ok_or(ProofError::Form("proven-old"))?;
        let path: Option<Vec<Hash>> = lines.map(hash_of).collect();
        let path = path.ok_or(ProofError::Form("proven-hash"))?;
        if path.len() > MOST_HASHES || (old == 0 && !path.is_empty()) {
            return Err(ProofError::Form("proven-hashes"));
        }
        Ok(Self { old, path, note: note.to_owned() })
    }
}
