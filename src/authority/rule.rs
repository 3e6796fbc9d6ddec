//! The rules a verifier goes by, in the order it goes by them (CONTRACT.md §6).

use std::fmt;

use serde::Serialize;

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
#[error("{reason} (rule {rule})")]
pub struct Refusal {
    /// Which rule.
    pub rule: Rule,
    /// Why.
    pub reason: String,
}

impl Refusal {
    pub(super) fn new(rule: Rule, reason: impl Into<String>) -> Self {
        Self { rule, reason: reason.into() }
    }
}

/// `Err` of a refusal unless `holds`; the reason is made only when needed.
pub(super) fn require<S: Into<String>>(
    holds: bool,
    rule: Rule,
    reason: impl FnOnce() -> S,
) -> Result<(), Refusal> {
    if holds { Ok(()) } else { Err(Refusal::new(rule, reason())) }
}
