//! The rules a verifier goes by, in the order it goes by them (CONTRACT.md §6).

use std::fmt;

use serde::Serialize;

use super::keyset::AgentEntry;
use crate::words::Phrase;

/// One rule of verification. The order is the order of checking: the first that fails is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Rule {
    /// Compact form, strict base64url, strict JSON, the claims there and of the right type.
    Form,
    /// `alg` is `EdDSA`: the key fixes the algorithm, the header may only agree.
    Alg,
    /// `typ` is exactly this document's.
    Typ,
    /// `kid` names a key of the keyset whose owner may sign this.
    Kid,
    /// The signature is that key's.
    Signature,
    /// The token is for this audience.
    Aud,
    /// The operation is known, the one asked for, and one the signer may grant.
    Op,
    /// The subject fits the operation and the device or account.
    Sub,
    /// The device is one the token names.
    Dev,
    /// The device's challenge and the token's are the same, or neither is there.
    Chal,
    /// The token is valid already (120 s of skew).
    Nbf,
    /// The token is valid still (120 s of skew), and lives no longer than a token may.
    Exp,
    /// The needed second person's yes is there, and every yes in the token is a real one.
    Approvals,
    /// The keyset is the token's desk's and no older than one seen before.
    Keyset,
    /// The token was not withdrawn.
    Revoked,
    /// The token is no rehearsal's.
    Rehearsal,
    /// The token was not used before.
    Used,
}

impl Rule {
    /// The rule's name in `verify --json`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Alg => "alg",
            Self::Typ => "typ",
            Self::Kid => "kid",
            Self::Signature => "signature",
            Self::Aud => "aud",
            Self::Op => "op",
            Self::Sub => "sub",
            Self::Dev => "dev",
            Self::Chal => "chal",
            Self::Nbf => "nbf",
            Self::Exp => "exp",
            Self::Approvals => "approvals",
            Self::Keyset => "keyset",
            Self::Revoked => "revoked",
            Self::Rehearsal => "rehearsal",
            Self::Used => "used",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A signed document was refused: the first rule that failed, and why in words.
///
/// The words hold no personal data, and text of the document only escaped and cut.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.phrase())]
pub struct Refusal {
    /// Which rule.
    pub rule: Rule,
    /// Why.
    pub reason: Phrase,
}

impl Refusal {
    pub(super) const fn new(rule: Rule, reason: Phrase) -> Self {
        Self { rule, reason }
    }

    /// Both, as a part of a sentence.
    pub fn phrase(&self) -> Phrase {
        Phrase::of("refusal-rule").with("reason", self.reason.clone()).with("rule", self.rule.as_str())
    }
}

/// `Err` of a refusal unless `holds`; the reason is made only when needed.
pub(super) fn require(holds: bool, rule: Rule, reason: impl FnOnce() -> Phrase) -> Result<(), Refusal> {
    if holds { Ok(()) } else { Err(Refusal::new(rule, reason())) }
}

/// Why a key counts for nothing.
pub(super) fn key_disabled(agent: &AgentEntry) -> Phrase {
    Phrase::of("refusal-key-disabled").with("name", agent.name.as_str())
}

/// Why a key did not count then.
pub(super) fn key_ended(agent: &AgentEntry) -> Phrase {
    Phrase::of("refusal-key-ended").with("name", agent.name.as_str())
}

/// Why a keyset is not believed any more.
pub(super) fn old_keyset(version: u64, floor: u64) -> Phrase {
    Phrase::of("refusal-old-keyset").with("version", version.to_string()).with("floor", floor.to_string())
}
