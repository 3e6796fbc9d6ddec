//! The keyset: who may sign what, signed by the desk's offline root.
//!
//! Roles are read from here and nowhere else: whoever can write the desk's database still cannot
//! make himself an approver.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::jws::{self, Document, LIST_LIMIT, SignError};
use super::keys::{AgentKey, Jwk, PublicKey, name_is_valid};
use super::rule::{Refusal, Rule, old_keyset, require};
use crate::domain::{Op, Role};
use crate::words::Phrase;

/// What a desk lets one agent sign alone unless it says otherwise; never `reset-account`, which gives access
/// to data.
pub const DEFAULT_SOLO: [Op; 2] = [Op::Unbind, Op::ResetDevice];

/// One key of one agent. An agent changing keys has two entries of one name for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentEntry {
    /// The agent: a name as [`name_is_valid`] has it.
    pub name: String,
    /// RFC 7638 thumbprint of the key.
    pub kid: String,
    /// The public key.
    pub jwk: Jwk,
    /// What the agent is.
    pub roles: Vec<Role>,
    /// Which operations this key may sign or approve.
    pub ops: Vec<Op>,
    /// Signs from then on (Unix seconds).
    pub nbf: i64,
    /// Signs until then, exclusive (Unix seconds).
    pub exp: i64,
    /// Nothing this key signs is believed any more; what the log holds from before stands in it.
    pub disabled: bool,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled_at: Option<i64>,
    /// Approves from then on (Unix seconds): who is new as an approver, or by a new key, waits. Left out where zero.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub approves_from: i64,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde asks by reference
const fn is_zero(number: &i64) -> bool {
    *number == 0
}

impl AgentEntry {
    /// Whether the agent has one of these roles.
    pub fn has_role(&self, roles: &[Role]) -> bool {
        self.roles.iter().any(|role| roles.contains(role))
    }

    /// Whether the key could sign at that time (Unix seconds).
    pub fn valid_at(&self, time: i64) -> bool {
        (self.nbf..self.exp).contains(&time)
    }

    /// Whether what this key approves counts at that time (Unix seconds).
    pub fn approves_at(&self, time: i64) -> bool {
        self.has_role(&[Role::Approver]) && time >= self.approves_from
    }
}

/// The claims of a keyset (`typ` `latchkey-keyset+jwt`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeysetClaims {
    /// The desk's id.
    pub iss: String,
    /// Rises with every change; verifiers refuse one lower than they have seen.
    pub version: u64,
    /// Whether the desk is a rehearsal: what it signs opens nothing real.
    pub rehearsal: bool,
    /// When it was signed (Unix seconds).
    pub iat: i64,
    /// The root's public key.
    pub root: Jwk,
    /// Operations one agent may sign alone; never `reset-account`.
    pub solo: Vec<Op>,
    /// The agents' keys.
    pub agents: Vec<AgentEntry>,
}

impl Document for KeysetClaims {
    const TYP: &'static str = "latchkey-keyset+jwt";
    const LIMIT: usize = LIST_LIMIT;
}

/// Why a keyset is believed.
#[derive(Debug, Clone, Copy)]
pub enum Trust<'a> {
    /// It must be signed by this root, known from before.
    Pinned(&'a PublicKey),
    /// It is signed by the root it names, and the *file* came by a way that is trusted.
    Carried,
}

/// A keyset whose signature and content were verified; nothing else can make one.
#[derive(Debug, Clone)]
pub struct Keyset {
    claims: KeysetClaims,
    keys: Vec<PublicKey>, // beside claims.agents
    root: PublicKey,
}

impl Keyset {
    /// Signs a keyset with the root key, after the checks a verifier would make.
    pub fn sign(claims: &KeysetClaims, root: &AgentKey) -> Result<String, SignError> {
        let keyset = Self::check(claims.clone())?;
        if keyset.root != *root.public() {
            let (by, key) = (keyset.root.kid().to_owned(), root.kid().to_owned());
            return Err(SignError::OtherSigner { by, key });
        }
        jws::encode(claims, root)
    }

    /// Verifies a keyset. `floor` is the highest version seen before (0: none): a lower one is an
    /// old keyset played back, perhaps with a key since withdrawn.
    ///
    /// No surrounding white space: trim what comes from a file.
    pub fn verify(text: &str, trust: Trust<'_>, floor: u64) -> Result<Self, Refusal> {
        let jws = jws::decode(text, LIST_LIMIT)?;
        let kid = jws.kid::<KeysetClaims>()?;
        let keyset = Self::check(jws.shape::<KeysetClaims>()?)?;
        let root = match trust {
            Trust::Pinned(root) => root,
            Trust::Carried => &keyset.root,
        };
        require(kid == root.kid() && keyset.root == *root, Rule::Kid, || Phrase::of("refusal-keyset-root"))?;
        jws.verify(root)?;
        require(keyset.claims.version >= floor, Rule::Keyset, || old_keyset(keyset.claims.version, floor))?;
        Ok(keyset)
    }

    /// What the signature alone does not promise.
    fn check(claims: KeysetClaims) -> Result<Self, Refusal> {
        let wrong = |reason: Phrase| Refusal::new(Rule::Keyset, reason);
        require(!claims.iss.is_empty() && claims.iat >= 0, Rule::Keyset, || {
            Phrase::of("refusal-keyset-nameless")
        })?;
        require(!claims.solo.contains(&Op::ResetAccount), Rule::Keyset, || {
            Phrase::of("refusal-keyset-solo")
        })?;
        let root = PublicKey::from_jwk(&claims.root)
            .map_err(|e| wrong(Phrase::of("refusal-keyset-root-key").with("why", e.phrase())))?;
        let mut seen = HashSet::new();
        let mut keys = Vec::with_capacity(claims.agents.len());
        for (n, agent) in claims.agents.iter().enumerate() {
            let wrong = |why: Phrase| {
                wrong(Phrase::of("refusal-keyset-agent").with("n", (n + 1).to_string()).with("why", why))
            };
            let key = PublicKey::from_jwk(&agent.jwk).map_err(|e| wrong(e.phrase()))?;
            if !name_is_valid(&agent.name) {
                return Err(wrong(Phrase::of("refusal-agent-name")));
            }
            if key.kid() != agent.kid {
                return Err(wrong(Phrase::of("refusal-agent-kid")));
            }
            if !seen.insert(agent.kid.clone()) {
                return Err(wrong(Phrase::of("refusal-agent-twice")));
            }
            if agent.nbf < 0 || agent.exp <= agent.nbf || agent.approves_from < 0 {
                return Err(wrong(Phrase::of("refusal-agent-time")));
            }
            if agent.disabled_at.is_some() && !agent.disabled {
                return Err(wrong(Phrase::of("refusal-agent-disabled")));
            }
            let of_name = claims.agents.iter().filter(|other| other.name == agent.name && !other.disabled);
            let held = |role| of_name.clone().any(|other| other.has_role(&[role]));
            if held(Role::Custodian) && held(Role::Approver) {
                return Err(wrong(Phrase::of("refusal-agent-hats")));
            }
            keys.push(key);
        }
        Ok(Self { claims, keys, root })
    }

    /// The claims.
    pub fn claims(&self) -> &KeysetClaims {
        &self.claims
    }

    /// The root's public key, to pin.
    pub fn root(&self) -> &PublicKey {
        &self.root
    }

    /// The agent of a key id, and the key.
    pub fn find(&self, kid: &str) -> Option<(&AgentEntry, &PublicKey)> {
        self.claims.agents.iter().zip(&self.keys).find(|(agent, _)| agent.kid == kid)
    }

    /// Whether this operation takes a second person.
    pub fn needs_approval(&self, op: Op) -> bool {
        op == Op::ResetAccount || !self.claims.solo.contains(&op)
    }

    /// The keys that are not disabled, as a JWK Set (RFC 7517) for other clients.
    ///
    /// A JWK Set says nothing of roles, `solo` or versions: what those clients verify is the
    /// signature and the plain claims.
    pub fn jwks(&self) -> Value {
        let keys: Vec<_> = self.claims.agents.iter().filter(|a| !a.disabled).map(|a| &a.jwk).collect();
        json!({ "keys": keys })
    }
}
