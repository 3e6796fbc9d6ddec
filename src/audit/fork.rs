//! Two signed heads of one log that cannot both be: the proof that whoever signs it tells different stories.
//!
//! ```text
//! latchkey/fork-proof@v1
//! prefix CsUYapGG…                  (only for two sizes: the root over the longer log's first leaves)
//! PlRNCrwH…                         (and the consistency proof from it to the longer head)
//!                                   (blank)
//! …                                 (the shorter checkpoint, blank line and signatures included)
//!                                   (blank)
//! …                                 (the longer one)
//! ```
//! Of two heads of one size the roots alone decide. Of two sizes the proof shows the longer log's own root
//! at the shorter size: where it is another than the one that was signed, one of the two was written anew.

use base64ct::{Base64, Encoding as _};

use super::checkpoint::{Checkpoint, CheckpointError};
use super::proof::verify_consistency;
use super::request::MOST_HASHES;
use super::tlog_proof::hash_of;
use super::tree::Hash;
use super::vkey::VerifierKey;
use crate::words::{Part, Phrase};

const FIRST: &str = "latchkey/fork-proof@v1";

/// Why nothing is proven.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.phrase())]
pub enum ForkError {
    /// Not a well-formed proof: the id of the reason.
    Form(&'static str),
    /// One of the heads does not hold.
    Head(CheckpointError),
    /// The heads are of two logs.
    TwoLogs,
    /// Both can be: nothing here says otherwise.
    Agree,
    /// The root that is named is not the longer log's at the shorter size.
    Path,
}

impl ForkError {
    /// Why, as a part of a sentence.
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::Form(why) => Phrase::of("forked-form").with("why", Part::Word(why)),
            Self::Head(why) => why.phrase(),
            Self::TwoLogs => Phrase::of("forked-two-logs"),
            Self::Agree => Phrase::of("forked-agree"),
            Self::Path => Phrase::of("forked-path"),
        }
    }
}

impl From<CheckpointError> for ForkError {
    fn from(error: CheckpointError) -> Self {
        Self::Head(error)
    }
}

/// What a proof shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fork {
    /// The shorter of the two signed heads.
    pub old: Checkpoint,
    /// The longer one, or the other of the same size.
    pub new: Checkpoint,
    /// The root that the longer log has at the shorter size.
    pub instead: Hash,
}

/// Two heads, and what shows that they exclude each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForkProof {
    /// The signed heads, the shorter first.
    pub notes: [String; 2],
    /// For two sizes: the longer log's root at the shorter size, and its way to the longer head.
    pub prefix: Option<(Hash, Vec<Hash>)>,
}

impl ForkProof {
    /// As text.
    pub fn to_text(&self) -> String {
        let prefix = self.prefix.as_ref().map(|(root, path)| {
            let lines: String = path.iter().map(|h| Base64::encode_string(h) + "\n").collect();
            format!("prefix {}\n{lines}", Base64::encode_string(root))
        });
        let [old, new] = &self.notes;
        format!("{FIRST}\n{}\n{old}\n{new}", prefix.unwrap_or_default())
    }

    /// Reads a proof; believes nothing of it yet.
    pub fn parse(text: &str) -> Result<Self, ForkError> {
        // Neither a head's text nor its signatures hold a blank line.
        let mut parts = text.split("\n\n");
        let (Some(head), Some(a), Some(b), Some(c), Some(d), None) =
            (parts.next(), parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(ForkError::Form("forked-parts"));
        };
        let mut lines = head.split('\n');
        if lines.next() != Some(FIRST) {
            return Err(ForkError::Form("forked-first"));
        }
        let prefix = match lines.next() {
            None => None,
            Some(line) => {
                let root = line.strip_prefix("prefix ").and_then(hash_of);
                let path: Option<Vec<Hash>> = lines.map(hash_of).collect();
                let path = path.filter(|p| p.len() <= MOST_HASHES);
                Some(root.zip(path).ok_or(ForkError::Form("forked-prefix"))?)
            }
        };
        Ok(Self { notes: [format!("{a}\n\n{b}\n"), format!("{c}\n\n{d}")], prefix })
    }

    /// Whether keys of one log signed both heads, and both cannot be.
    pub fn verify(&self, keys: &[VerifierKey]) -> Result<Fork, ForkError> {
        let [old, new] = &self.notes;
        let (old, new) = (Checkpoint::open_by(old, keys)?, Checkpoint::open_by(new, keys)?);
        if old.origin != new.origin {
            return Err(ForkError::TwoLogs);
        }
        let instead = match &self.prefix {
            None if old.size == new.size => new.root,
            None => return Err(ForkError::Agree),
            Some((root, path)) => {
                if !verify_consistency(old.size, new.size, root, &new.root, path) {
                    return Err(ForkError::Path);
                }
                *root
            }
        };
        if instead == old.root { Err(ForkError::Agree) } else { Ok(Fork { old, new, instead }) }
    }
}
