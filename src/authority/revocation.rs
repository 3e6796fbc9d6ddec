//! The revocation list: token ids withdrawn before they ran out, for verifiers with no connection.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::jws::{Document, LIST_LIMIT, SignError};
use super::keys::AgentKey;
use super::keyset::Keyset;
use super::rule::{Refusal, Rule, require};
use super::token::{Authored, SKEW, jti_is_valid};
use crate::domain::Role;
use crate::words::Phrase;

/// The claims of a revocation list (`typ` `latchkey-revocations+jwt`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevocationClaims {
    /// The desk's id.
    pub iss: String,
    /// The agent who signed it.
    pub by: String,
    /// Rises with every list.
    pub version: u64,
    /// Signed at (Unix seconds).
    pub iat: i64,
    /// When the next list is due (Unix seconds).
    pub next_update: i64,
    /// The withdrawn token ids. One that ran out may be left out.
    pub jtis: Vec<String>,
}

impl Document for RevocationClaims {
    const TYP: &'static str = "latchkey-revocations+jwt";
    const LIMIT: usize = LIST_LIMIT;
}

impl Authored for RevocationClaims {
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

/// A verified revocation list.
#[derive(Debug, Clone)]
pub struct RevocationList {
    version: u64,
    next_update: i64,
    jtis: HashSet<String>,
}

impl RevocationList {
    /// Signs a list.
    pub fn sign(claims: &RevocationClaims, key: &AgentKey) -> Result<String, SignError> {
        check(claims)?;
        Authored::sign(claims, key)
    }

    /// Verifies a list: a key of the keyset, of anyone but an auditor; not from the future; no
    /// version lower than `floor`. No surrounding white space: trim what comes from a file.
    pub fn verify(text: &str, keyset: &Keyset, now: i64, floor: u64) -> Result<Self, Refusal> {
        let (claims, agent) = RevocationClaims::open(text, keyset)?;
        require(agent.has_role(&[Role::Agent, Role::Approver, Role::Custodian]), Rule::Kid, || {
            Phrase::of("refusal-list-signer").with("name", agent.name.as_str())
        })?;
        check(&claims)?;
        require(claims.iat <= now.saturating_add(SKEW), Rule::Nbf, || Phrase::of("refusal-list-future"))?;
        require(claims.version >= floor, Rule::Revoked, || {
            Phrase::of("refusal-old-list")
                .with("version", claims.version.to_string())
                .with("floor", floor.to_string())
        })?;
        let RevocationClaims { version, next_update, jtis, .. } = claims;
        Ok(Self { version, next_update, jtis: jtis.into_iter().collect() })
    }

    /// Whether this token id was withdrawn.
    pub fn contains(&self, jti: &str) -> bool {
        self.jtis.contains(jti)
    }

    /// Whether a newer list is due: a token may have been withdrawn since.
    pub fn is_stale(&self, now: i64) -> bool {
        now >= self.next_update
    }

    /// Its version, to remember as the next floor.
    pub fn version(&self) -> u64 {
        self.version
    }
}

fn check(claims: &RevocationClaims) -> Result<(), Refusal> {
    require(claims.iat >= 0 && claims.next_update > claims.iat, Rule::Form, || {
        Phrase::of("refusal-list-time")
    })?;
    require(claims.jtis.iter().all(|jti| jti_is_valid(jti)), Rule::Form, || Phrase::of("refusal-list-jti"))
}
