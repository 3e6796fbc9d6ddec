//! Verification of a whole log, one leaf at a time, naming the first leaf that is wrong.
//!
//! What a log cannot show by itself is that it was cut short or written anew from some leaf on by
//! someone who holds the file: only a head kept elsewhere can. Give every one there is.

use base64ct::{Base64, Encoding as _};
use serde::Serialize;

use super::canonical;
use super::leaf::{Head, MAX_LEAF};
use super::tree::{EMPTY_ROOT, Hash, leaf_hash};
use crate::words::{Part, Phrase};

/// The answer, as `audit verify --json` prints it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LogVerdict {
    /// Whether the log is whole.
    pub ok: bool,
    /// How many leaves were read.
    pub size: u64,
    /// Root over the leaves as read, base64.
    pub root: String,
    /// Index of the first leaf that is wrong; where only a head tells, the first that can be.
    pub first_bad: Option<u64>,
    /// What is wrong, in words.
    pub reason: Phrase,
}

#[derive(Clone)]
struct Fault {
    index: u64,
    reason: Phrase,
}

/// Reads a log in order and compares it with what is known of it.
#[derive(Clone)]
pub struct LogVerifier {
    /// Heads known from signed checkpoints, the smallest last.
    heads: Vec<(u64, Hash)>,
    read: Head,
    /// Every leaf before this one is vouched for by a head that agreed.
    vouched: u64,
    fault: Option<Fault>,
    /// A head that disagreed: only leaves from `vouched` (then) on can be wrong.
    fork: Option<(Fault, u64)>,
    /// This leaf and the one before disagree on the latter's hash; the next tells which is wrong.
    doubt: Option<u64>,
}

impl LogVerifier {
    /// A verifier that knows these heads (size and root) from checkpoints whose signatures hold.
    pub fn new(heads: impl IntoIterator<Item = (u64, Hash)>) -> Self {
        let mut heads: Vec<_> = heads.into_iter().collect();
        heads.sort_unstable_by_key(|(size, _)| std::cmp::Reverse(*size));
        let mut verifier =
            Self { heads, read: Head::new(), vouched: 0, fault: None, fork: None, doubt: None };
        verifier.compare_heads();
        verifier
    }

    /// Takes the next leaf: its number in the store, its line without newline, its stored hash.
    pub fn feed(&mut self, seq: u64, leaf: &[u8], stored: &Hash) {
        let hash = leaf_hash(leaf);
        if self.fault.is_none() {
            self.check(seq, leaf, stored, &hash);
        }
        self.read.push(&hash);
        self.compare_heads();
    }

    fn check(&mut self, seq: u64, leaf: &[u8], stored: &Hash, hash: &Hash) {
        let index = self.read.size();
        let outline = canonical::outline(leaf);
        let chained =
            outline.as_ref().is_ok_and(|o| o.prev.is_some_and(|prev| is_base64_of(prev, self.read.last())));
        let own = match &outline {
            _ if seq != index => Some(of_leaf("chain-missing", index).with("found", seq.to_string())),
            _ if leaf.len() > MAX_LEAF => Some(of_leaf("chain-long", index)),
            Err(why) => Some(of_leaf("chain-form", index).with("why", why.to_string())),
            Ok(o) if o.seq != Some(index) => Some(of_leaf("chain-number", index)),
            Ok(_) if hash != stored => Some(of_leaf("chain-hash", index)),
            Ok(_) => None,
        };
        if let Some(doubted) = self.doubt.take() {
            // If this leaf is sound and disagrees too, the one between its neighbours is the wrong one.
            let between = own.is_none() && !chained;
            self.blame(if between { doubted } else { doubted - 1 });
        } else if let Some(reason) = own {
            self.fault = Some(Fault { index, reason });
        } else if !chained {
            match index {
                0 => self.blame(0),
                _ => self.doubt = Some(index),
            }
        }
    }

    fn blame(&mut self, index: u64) {
        let reason = of_leaf("chain-neighbours", index);
        self.fault = Some(Fault { index, reason });
    }

    fn compare_heads(&mut self) {
        let size = self.read.size();
        while let Some((_, root)) = self.heads.pop_if(|(head, _)| *head == size) {
            let agrees = if size == 0 { root == EMPTY_ROOT } else { root == self.read.root() };
            if agrees {
                self.vouched = size;
            } else if self.fork.is_none() {
                let reason = of_leaf("chain-fork", self.vouched).with("size", size.to_string());
                self.fork = Some((Fault { index: self.vouched, reason }, size));
            }
        }
    }

    /// Ends the log. `stored` is the head the store keeps beside it, where there is one.
    pub fn finish(mut self, stored: Option<&Head>) -> LogVerdict {
        let size = self.read.size();
        let last_holds = stored.is_none_or(|head| head.size() != size || head.last() == self.read.last());
        if let Some(doubted) = self.doubt.take() {
            self.blame(if last_holds { doubted - 1 } else { doubted });
        }
        // A leaf that is wrong by itself comes first if it lies before the head that disagrees.
        let fault = match (self.fault, self.fork) {
            (Some(fault), Some((fork, end))) => Some(if fault.index < end { fault } else { fork }),
            (Some(fault), None) | (None, Some((fault, _))) => Some(fault),
            (None, None) => None,
        };
        let fault = fault.or_else(|| {
            let signed = self.heads.first().map(|(size, _)| (*size, "chain-signed-head"));
            let kept = stored.map(|head| (head.size(), "chain-stored-head"));
            let longest = [signed, kept].into_iter().flatten().max_by_key(|(size, _)| *size);
            let (wanted, whose) = longest.filter(|(wanted, _)| *wanted > size)?;
            let reason = Phrase::of("chain-cut")
                .with("size", size.to_string())
                .with("whose", Part::Word(whose))
                .with("wanted", wanted.to_string());
            Some(Fault { index: size, reason })
        });
        let fault = fault.or_else(|| match stored {
            Some(head) if head.size() < size => {
                let reason = of_leaf("chain-beyond", head.size());
                Some(Fault { index: head.size(), reason })
            }
            Some(_) if !last_holds => {
                let index = size.saturating_sub(1);
                Some(Fault { index, reason: of_leaf("chain-last", index) })
            }
            Some(head) if head.root() != self.read.root() => {
                let index = self.vouched;
                Some(Fault { index, reason: of_leaf("chain-stored-root", index) })
            }
            _ => None,
        });
        let root = Base64::encode_string(&self.read.root());
        match fault {
            None => LogVerdict { ok: true, size, root, first_bad: None, reason: Phrase::of("chain-whole") },
            Some(Fault { index, reason }) => {
                LogVerdict { ok: false, size, root, first_bad: Some(index), reason }
            }
        }
    }
}

/// A sentence about a leaf.
fn of_leaf(id: &'static str, leaf: u64) -> Phrase {
    Phrase::Said(id, vec![("leaf", leaf.to_string().into())])
}

fn is_base64_of(text: &str, hash: &Hash) -> bool {
    let mut buffer = [0; 44];
    Base64::encode(hash, &mut buffer).is_ok_and(|encoded| encoded == text)
}

#[cfg(test)]
#[path = "verify_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "flip_tests.rs"]
mod flips;
