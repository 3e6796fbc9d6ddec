//! What agents sign: authorizations, approvals, decisions and other statements (CONTRACT.md §6).
//!
//! Each is a plain struct to fill in and a `sign` that refuses what our own verifier would refuse.

use std::collections::BTreeMap;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use serde::{Deserialize, Serialize};

use super::device;
use super::jws::{self, Document, SignError};
use super::keys::{AgentKey, RandomError, random};
use super::keyset::{AgentEntry, Keyset};
use super::rule::{Refusal, Rule, key_disabled, key_ended, require};
use crate::domain::Op;
use crate::words::Phrase;

/// The audience of a token that any service centre may act on.
pub const ANY_AUDIENCE: &str = "any";
/// Longest life of a token, in seconds: seven days.
pub const MAX_LIFE: i64 = 7 * 24 * 3600;
/// Longest life of a token bound to a device's challenge, in seconds: one day.
pub const MAX_LIFE_WITH_CHALLENGE: i64 = 24 * 3600;
/// How far two honest clocks may differ, in seconds.
pub const SKEW: i64 = 120;

/// A new token id: 128 random bits in unpadded base64url (22 characters).
pub fn new_jti() -> Result<String, RandomError> {
    loop {
        let jti = jti_of(&random()?);
        // An id that begins like an option cannot be typed as an argument.
        if !jti.starts_with('-') {
            return Ok(jti);
        }
    }
}

/// The token id of 128 given bits, for a repeatable source of randomness.
pub fn jti_of(bits: &[u8; 16]) -> String {
    Base64UrlUnpadded::encode_string(bits)
}

pub(super) fn jti_is_valid(jti: &str) -> bool {
    Base64UrlUnpadded::decode_vec(jti).is_ok_and(|bits| bits.len() == 16)
}

/// Where in which log the grant is written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogPosition {
    /// The log's origin, as in its checkpoints.
    pub origin: String,
    /// The leaf's index, from 0.
    pub index: u64,
}

/// A signed grant (`typ` `latchkey-auth+jwt`). Times are whole Unix seconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorizationClaims {
    /// The desk's id.
    pub iss: String,
    /// What is granted on: `device:` and an entry of `dev`, or `account:` and `acc`.
    pub sub: String,
    /// The one service centre, or [`ANY_AUDIENCE`].
    pub aud: String,
    /// What is granted.
    pub op: Op,
    /// Every identifier of the device: `imei:` and 14 to 16 digits, or `serial:` and the serial.
    pub dev: Vec<String>,
    /// The account's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acc: Option<String>,
    /// Token id, drawn at the decision ([`new_jti`]).
    pub jti: String,
    /// The ticket's number.
    pub ticket: u64,
    /// Digest of evidence and findings.
    pub evd: String,
    /// Digest of the policy.
    pub pol: String,
    /// Signed at.
    pub iat: i64,
    /// Valid from.
    pub nbf: i64,
    /// Valid until, exclusive.
    pub exp: i64,
    /// The device's one-time challenge, in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chal: Option<String>,
    /// Where the log has it.
    pub log: LogPosition,
    /// Approvals: each a compact JWS of [`ApprovalClaims`].
    pub apv: Vec<String>,
}

impl Document for AuthorizationClaims {
    const TYP: &'static str = "latchkey-auth+jwt";
}

impl AuthorizationClaims {
    /// Signs the grant. Whether approvals are needed and present is [`super::verify`]'s to say.
    pub fn sign(&self, key: &AgentKey) -> Result<String, SignError> {
        self.check_form()?;
        self.check_subject()?;
        self.check_life()?;
        jws::encode(self, key)
    }

    /// Rule `form`: what the types alone do not promise.
    pub(super) fn check_form(&self) -> Result<(), Refusal> {
        let filled = [&self.iss, &self.sub, &self.aud, &self.evd, &self.pol, &self.log.origin];
        require(filled.iter().all(|text| !text.is_empty()), Rule::Form, || {
            Phrase::of("refusal-empty-claim")
        })?;
        require(jti_is_valid(&self.jti), Rule::Form, || Phrase::of("refusal-jti"))?;
        require(self.iat >= 0 && self.nbf >= 0 && self.exp >= 0, Rule::Form, || {
            Phrase::of("refusal-negative-time")
        })?;
        let hex = |text: &String| !text.is_empty() && text.bytes().all(|b| b.is_ascii_hexdigit());
        require(self.chal.as_ref().is_none_or(hex), Rule::Form, || Phrase::of("refusal-chal-hex"))
    }

    /// Rules `sub` and `dev`, as far as the token alone answers them.
    pub(super) fn check_subject(&self) -> Result<(), Refusal> {
        let named = match (self.op, self.sub.split_once(':')) {
            (Op::Unbind | Op::ResetDevice, Some(("device", rest))) => {
                device::entry(rest).is_some_and(|id| self.identifiers().any(|d| d.as_ref() == Some(&id)))
            }
            (Op::ResetAccount, Some(("account", rest))) => {
                !rest.is_empty() && self.acc.as_deref() == Some(rest)
            }
            _ => false,
        };
        require(named, Rule::Sub, || match self.op {
            Op::ResetAccount => Phrase::of("refusal-sub-account"),
            _ => Phrase::of("refusal-sub-device"),
        })?;
        require(self.identifiers().all(|id| id.is_some()), Rule::Dev, || Phrase::of("refusal-dev"))
    }

    pub(super) fn identifiers(&self) -> impl Iterator<Item = Option<device::Identifier>> {
        self.dev.iter().map(|id| device::entry(id))
    }

    /// Rule `exp`, as far as the token alone answers it. A life counted from `iat` means that a
    /// stolen key is worth nothing a week after it ran out, however it dates what it signs.
    pub(super) fn check_life(&self) -> Result<(), Refusal> {
        let most = if self.chal.is_some() { MAX_LIFE_WITH_CHALLENGE } else { MAX_LIFE };
        let life = self.exp.saturating_sub(self.iat);
        require(self.exp > self.nbf && life > 0, Rule::Exp, || Phrase::of("refusal-ends-early"))?;
        require(life <= most, Rule::Exp, || {
            Phrase::of("refusal-life").with("life", life.to_string()).with("most", most.to_string())
        })
    }
}

/// A document whose claims say who signed it.
pub trait Authored: Document {
    /// The desk's id.
    fn iss(&self) -> &str;
    /// The agent's name; must be the key's owner.
    fn by(&self) -> &str;
    /// When it was signed (Unix seconds).
    fn iat(&self) -> i64;

    /// Signs it; `by` must be the key's owner.
    fn sign(&self, key: &AgentKey) -> Result<String, SignError> {
        if self.by() != key.name() {
            return Err(SignError::OtherSigner { by: self.by().to_owned(), key: key.name().to_owned() });
        }
        jws::encode(self, key)
    }

    /// Verifies one: form, header, a key of the keyset that is not disabled and was valid at `iat`,
    /// signature, the same desk, and `by` the key's owner. What the agent *may* do is the caller's
    /// to ask of the entry returned.
    fn open<'k>(text: &str, keyset: &'k Keyset) -> Result<(Self, &'k AgentEntry), Refusal> {
        let jws = jws::decode(text, Self::LIMIT)?;
        let kid = jws.kid::<Self>()?;
        let (agent, key) =
            keyset.find(kid).ok_or_else(|| Refusal::new(Rule::Kid, Phrase::of("refusal-key-unknown")))?;
        require(!agent.disabled, Rule::Kid, || key_disabled(agent))?;
        jws.verify(key)?;
        let claims = jws.shape::<Self>()?;
        require(agent.valid_at(claims.iat()), Rule::Kid, || key_ended(agent))?;
        require(claims.by() == agent.name, Rule::Kid, || Phrase::of("refusal-other-signer"))?;
        require(claims.iss() == keyset.claims().iss, Rule::Keyset, || Phrase::of("refusal-other-desk"))?;
        Ok((claims, agent))
    }
}

macro_rules! authored {
    ($claims:ty, $typ:literal) => {
        impl Document for $claims {
            const TYP: &'static str = $typ;
        }

        impl Authored for $claims {
            fn iss(&self) -> &str {
                &self.iss
            }
            fn by(&self) -> &str {
                &self.by
            }
            fn iat(&self) -> i64 {
                self.iat
            }
        }
    };
}

/// The only answer an approval can hold: a no is not an approval of another kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Approve {
    /// Yes.
    Approve,
}

/// A second person's yes (`typ` `latchkey-approval+jwt`), over exactly one grant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalClaims {
    /// The desk's id.
    pub iss: String,
    /// The grant's token id.
    pub jti: String,
    /// The grant's operation.
    pub op: Op,
    /// The grant's subject.
    pub sub: String,
    /// The grant's digest of evidence and findings.
    pub evd: String,
    /// The approver's name.
    pub by: String,
    /// Signed at (Unix seconds).
    pub iat: i64,
    /// The yes.
    pub decision: Approve,
}
authored!(ApprovalClaims, "latchkey-approval+jwt");

/// An agent's decision (`typ` `latchkey-decision+jwt`), with what it was made on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionClaims {
    /// The desk's id.
    pub iss: String,
    /// The agent's name.
    pub by: String,
    /// The ticket's number.
    pub ticket: u64,
    /// What the tool recommended.
    pub recommendation: String,
    /// What the agent decided.
    pub decision: String,
    /// Whether it is weaker than the recommendation.
    #[serde(rename = "override")]
    pub overrides: bool,
    /// Digest of the reason's text, where one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The id of the token that may come of it.
    pub jti: String,
    /// The operation it would grant; none for a refusal or a guidance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub op: Option<Op>,
    /// The subject, as in the token.
    pub sub: String,
    /// Digest of evidence and findings.
    pub evd: String,
    /// Digest of the findings alone.
    pub fnd: String,
    /// Digest of the policy.
    pub pol: String,
    /// Signed at (Unix seconds).
    pub iat: i64,
}
authored!(DecisionClaims, "latchkey-decision+jwt");

/// Any other act an agent stands for (`typ` `latchkey-statement+jwt`): a clearing, a notice
/// confirmed, a sale entered, a revocation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementClaims {
    /// The desk's id.
    pub iss: String,
    /// The agent's name.
    pub by: String,
    /// The act, in the words of the log.
    pub act: String,
    /// The ticket's number, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<u64>,
    /// What it is about, where it is about one thing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub: Option<String>,
    /// The act's own particulars: texts and digests, no personal data.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, String>,
    /// Signed at (Unix seconds).
    pub iat: i64,
}
authored!(StatementClaims, "latchkey-statement+jwt");
