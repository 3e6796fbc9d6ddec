//! Leaves: one act at the desk, one line of canonical JSON.
//!
//! ```text
//! {"act":"decide","actor":"anna","at":"2027-01-15T08:00:00Z","commit":{…},"digest":{…},"info":{…},
//!  "prev":"<base64 of the leaf before>","seq":41,"ticket":17}
//! ```
//! No personal data in clear: of what could name a person a leaf holds a salted [`commitment`] only,
//! and once the salt is erased nobody can tell any more what was committed to.

use base64ct::{Base64, Base64UrlUnpadded, Encoding as _};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::canonical::{is_key, write_string};
use super::checkpoint::Checkpoint;
use super::tree::{Frontier, FrontierError, Hash, leaf_hash};
use crate::words::Phrase;

/// Most bytes of a leaf: tlog-tiles gives the length two bytes.
pub const MAX_LEAF: usize = 65_535;

/// 9999-12-31T23:59:59Z: the last second RFC 3339 can write.
const LAST_SECOND: i64 = 253_402_300_799;

/// Why a leaf cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.phrase())]
pub enum LeafError {
    /// Longer than [`MAX_LEAF`].
    TooLong(usize),
    /// A key that is not of `a-z 0-9 _ . -`, or one given twice in its group.
    Key(String),
    /// Before 1970 or after 9999.
    Time(i64),
}

impl LeafError {
    /// Why, as a part of a sentence.
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::TooLong(bytes) => {
                Phrase::of("leaf-long").with("bytes", bytes.to_string()).with("most", MAX_LEAF.to_string())
            }
            Self::Key(key) => Phrase::of("leaf-key").with("key", key.as_str()),
            Self::Time(time) => Phrase::of("leaf-time").with("time", time.to_string()),
        }
    }
}

/// A value that names nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Info<'a> {
    /// A word of ours: a state, a rule, a list's name.
    Text(&'a str),
    /// Several such words.
    Texts(&'a [&'a str]),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
}

/// A salted commitment: `HMAC-SHA256(salt, value)`. The salt is the ticket's own and is erased to
/// forget a person; without it the value cannot be guessed and tried.
pub fn commitment(salt: &[u8; 32], value: &[u8]) -> Hash {
    // A key of any length is taken by HMAC; the other arm cannot be reached.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(salt) else { return [0; 32] };
    mac.update(value);
    mac.finalize().into_bytes().into()
}

/// A leaf to be: everything but its place in the log.
#[derive(Debug, Clone)]
pub struct Draft<'a> {
    act: &'a str,
    actor: &'a str,
    ticket: Option<u64>,
    commits: Vec<(&'a str, Hash)>,
    digests: Vec<(&'a str, Hash)>,
    info: Vec<(&'a str, Info<'a>)>,
}

impl<'a> Draft<'a> {
    /// An act (`decide`, `import`, `reveal`, …) by an agent.
    pub fn new(act: &'a str, actor: &'a str) -> Self {
        Self { act, actor, ticket: None, commits: Vec::new(), digests: Vec::new(), info: Vec::new() }
    }

    /// What was done.
    pub fn act(&self) -> &str {
        self.act
    }

    /// The ticket's number.
    #[must_use]
    pub fn ticket(mut self, number: u64) -> Self {
        self.ticket = Some(number);
        self
    }

    /// A [`commitment`] to something that could name a person.
    #[must_use]
    pub fn commit(mut self, key: &'a str, salt: &[u8; 32], value: &[u8]) -> Self {
        self.commits.push((key, commitment(salt, value)));
        self
    }

    /// The SHA-256 of an object: evidence, findings, policy, file, token.
    #[must_use]
    pub fn digest(mut self, key: &'a str, hash: &Hash) -> Self {
        self.digests.push((key, *hash));
        self
    }

    /// A value that names nobody.
    #[must_use]
    pub fn info(mut self, key: &'a str, value: Info<'a>) -> Self {
        self.info.push((key, value));
        self
    }

    /// Appends the line (without newline) to `out`.
    fn write(mut self, seq: u64, at: i64, prev: &Hash, out: &mut String) -> Result<(), LeafError> {
        out.push_str("{\"act\":");
        write_string(self.act, out);
        out.push_str(",\"actor\":");
        write_string(self.actor, out);
        out.push_str(",\"at\":\"");
        write_time(at, out)?;
        out.push('"');
        write_group("commit", &mut self.commits, out, |hash, out| {
            let mut buffer = [0; 43];
            out.push('"');
            out.push_str(Base64UrlUnpadded::encode(hash, &mut buffer).unwrap_or_default());
            out.push('"');
        })?;
        write_group("digest", &mut self.digests, out, |hash, out| {
            out.push_str("\"sha256:");
            for byte in hash {
                for nibble in [byte >> 4, byte & 15] {
                    out.push(char::from(if nibble < 10 { b'0' + nibble } else { b'a' - 10 + nibble }));
                }
            }
            out.push('"');
        })?;
        write_group("info", &mut self.info, out, |value, out| write_info(*value, out))?;
        let mut buffer = [0; 44];
        out.push_str(",\"prev\":\"");
        out.push_str(Base64::encode(prev, &mut buffer).unwrap_or_default());
        out.push_str("\",\"seq\":");
        write_number(i128::from(seq), out);
        if let Some(ticket) = self.ticket {
            out.push_str(",\"ticket\":");
            write_number(i128::from(ticket), out);
        }
        out.push('}');
        Ok(())
    }
}

fn write_group<T>(
    name: &str,
    entries: &mut [(&str, T)],
    out: &mut String,
    write: impl Fn(&T, &mut String),
) -> Result<(), LeafError> {
    if entries.is_empty() {
        return Ok(());
    }
    entries.sort_unstable_by_key(|(key, _)| *key);
    out.push_str(",\"");
    out.push_str(name);
    out.push_str("\":");
    let mut last = "";
    for (n, (key, value)) in entries.iter().enumerate() {
        if !is_key(key) || *key == last {
            return Err(LeafError::Key((*key).to_owned()));
        }
        last = key;
        out.push_str(if n == 0 { "{\"" } else { ",\"" });
        out.push_str(key);
        out.push_str("\":");
        write(value, out);
    }
    out.push('}');
    Ok(())
}

fn write_info(value: Info<'_>, out: &mut String) {
    match value {
        Info::Text(text) => write_string(text, out),
        Info::Number(number) => write_number(i128::from(number), out),
        Info::Flag(flag) => out.push_str(if flag { "true" } else { "false" }),
        Info::Texts(texts) => {
            out.push('[');
            for (n, text) in texts.iter().enumerate() {
                if n > 0 {
                    out.push(',');
                }
                write_string(text, out);
            }
            out.push(']');
        }
    }
}

fn write_number(number: i128, out: &mut String) {
    use std::fmt::Write as _;
    // Writing to a String cannot fail.
    let _ = write!(out, "{number}");
}

/// RFC 3339 in UTC, to the second. By hand: a calendar crate takes longer than the rest of the leaf.
fn write_time(at: i64, out: &mut String) -> Result<(), LeafError> {
    use std::fmt::Write as _;
    if !(0..=LAST_SECOND).contains(&at) {
        return Err(LeafError::Time(at));
    }
    let (days, second) = (at / 86_400, at % 86_400);
    // Howard Hinnant's civil_from_days: years that begin in March, eras of 400 years.
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    let _ = write!(out, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z");
    Ok(())
}

/// The head of the log: all that appending needs, stored in the same transaction as the leaves.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    frontier: Frontier,
    last: Hash,
}

impl Head {
    /// The head of the empty log; the first leaf's `prev` is 32 zero bytes.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many leaves there are; the next leaf's `seq`.
    pub fn size(&self) -> u64 {
        self.frontier.size()
    }

    /// The root of the tree.
    pub fn root(&self) -> Hash {
        self.frontier.root()
    }

    /// The hash of the last leaf.
    pub fn last(&self) -> &Hash {
        &self.last
    }

    /// Writes the next leaf at `at` (Unix seconds) into `line`, which is emptied first and may be
    /// used again and again; gives the leaf's hash. After an error the head is as it was.
    pub fn append(&mut self, draft: Draft<'_>, at: i64, line: &mut String) -> Result<Hash, LeafError> {
        line.clear();
        draft.write(self.size(), at, &self.last, line)?;
        if line.len() > MAX_LEAF {
            return Err(LeafError::TooLong(line.len()));
        }
        let hash = leaf_hash(line.as_bytes());
        self.push(&hash);
        Ok(hash)
    }

    pub(super) fn push(&mut self, hash: &Hash) {
        self.frontier.append(hash);
        self.last = *hash;
    }

    /// The unsigned checkpoint of this head.
    pub fn checkpoint(&self, origin: &str) -> Checkpoint {
        Checkpoint { origin: origin.to_owned(), size: self.size(), root: self.root() }
    }

    /// The last hash and the frontier, to store.
    pub fn to_bytes(&self) -> Vec<u8> {
        [&self.last[..], &self.frontier.to_bytes()].concat()
    }

    /// The head of [`Self::to_bytes`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FrontierError> {
        let damaged = FrontierError { bytes: bytes.len(), size: 0 };
        let (last, frontier) = bytes.split_first_chunk::<32>().ok_or(damaged)?;
        Ok(Self { frontier: Frontier::from_bytes(frontier)?, last: *last })
    }
}

#[cfg(test)]
#[path = "leaf_tests.rs"]
mod tests;
