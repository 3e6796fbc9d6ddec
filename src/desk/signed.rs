//! Acts that carry their agent's signature: a statement of what was done, named by the digest in the act's leaf, and
//! kept beside it. Whoever writes into the desk's file past the program can write a leaf, but not what it must name.

use std::collections::BTreeMap;

use serde_json::Value;

use super::keysets::{Fault, History};
use super::{Act, Desk, Failure};
use crate::audit::{Draft, Info};
use crate::authority::{AgentKey, Authored as _, StatementClaims};
use crate::domain::{Role, Time};
use crate::store::desk::signed as store;
use crate::words::Phrase;

/// Acts whose leaves name a statement, and who may sign it.
const SIGNED: [(&str, &[Role]); 7] = [
    ("authorization.accepted", WORK),
    ("authorization.redeemed", WORK),
    ("authorization.revoked", &[Role::Agent, Role::Approver, Role::Custodian]),
    ("authorization.spoken", WORK),
    ("centre.ended", &[Role::Custodian]),
    ("centre.made", &[Role::Custodian]),
    ("centre.shared", &[Role::Custodian]),
];
const WORK: &[Role] = &[Role::Agent, Role::Approver];

/// What an agent says of an act besides whose it is: names and values, which the leaf has too.
pub(super) type Facts<'a> = &'a [(&'a str, &'a str)];

impl Act<'_> {
    /// Signs an act and appends its leaf, which names the signature and says the same.
    pub(super) fn log_signed(
        &mut self,
        draft: Draft<'_>,
        ticket: Option<i64>,
        facts: Facts<'_>,
        key: &AgentKey,
    ) -> Result<u64, Failure> {
        let claims = StatementClaims {
            iss: self.desk_id.to_owned(),
            by: self.actor.to_owned(),
            act: draft.act().to_owned(),
            ticket: ticket.and_then(|ticket| u64::try_from(ticket).ok()),
            sub: None,
            facts: facts.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            iat: self.now.0,
        };
        let jws = claims.sign(key).map_err(|e| Failure::internal(e.phrase()))?;
        let digest = super::decide::sha(&jws);
        let draft = facts.iter().fold(draft, |draft, (name, value)| draft.info(name, Info::Text(value)));
        let leaf = self.log(draft.digest("statement", &digest), ticket)?;
        store::add(self.conn, leaf, &jws)?;
        Ok(leaf)
    }
}

/// What a leaf says of a signed act.
#[derive(serde::Deserialize)]
pub(super) struct Leaf {
    pub act: String,
    pub actor: String,
    pub at: String,
    #[serde(default)]
    pub ticket: Option<u64>,
    #[serde(default)]
    digest: BTreeMap<String, String>,
    #[serde(default)]
    info: BTreeMap<String, Value>,
}

impl Leaf {
    /// Reads a line of the log.
    pub fn read(line: &str) -> Option<Self> {
        serde_json::from_str(line).ok()
    }

    /// A text that it has.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.info.get(name)?.as_str()
    }

    /// Whether somebody must have signed it: what falls with an objection or a notice falls without anybody's key, and opens
    /// nothing.
    fn needs_a_key(&self) -> bool {
        let fell = self.act == "authorization.revoked" && self.text("cause").is_some();
        self.digest.contains_key("statement") || !fell
    }

    /// Whether a signed text is the one that it names and says what it says.
    fn is_signed(&self, jws: &str, claims: &StatementClaims) -> bool {
        let same = |(name, value): (&String, &String)| self.text(name) == Some(value.as_str());
        self.digest.get("statement") == Some(&super::digest::sum(jws.as_bytes()))
            && claims.act == self.act
            && claims.by == self.actor
            && claims.ticket == self.ticket
            && Time::parse(&self.at).is_ok_and(|at| at.0 == claims.iat)
            && claims.facts.iter().all(same)
    }
}

impl Act<'_> {
    /// The statement of a leaf, where it holds by who works here now and is by one of the roles.
    pub(super) fn statement(&self, seq: u64, leaf: &Leaf, roles: &[Role]) -> Option<StatementClaims> {
        let jws = store::of(self.conn, seq).ok()??;
        let (claims, entry) = StatementClaims::open(&jws, self.keyset).ok()?;
        (leaf.is_signed(&jws, &claims) && entry.has_role(roles)).then_some(claims)
    }
}

/// What the log says of signed acts.
#[derive(Default)]
pub(super) struct Statements {
    leaves: BTreeMap<u64, Leaf>,
}

impl Statements {
    /// Takes the next leaf.
    pub fn read(&mut self, seq: u64, line: &str) {
        let Some(act) = line.strip_prefix("{\"act\":\"").and_then(|rest| rest.split('"').next()) else {
            return;
        };
        if SIGNED.iter().any(|(signed, _)| *signed == act) {
            self.leaves.extend(Leaf::read(line).filter(Leaf::needs_a_key).map(|leaf| (seq, leaf)));
        }
    }

    /// The first act whose signature is missing, is no agent's who may do it, or says something else than its leaf.
    pub fn compare(mut self, desk: &Desk, history: &History) -> Result<Option<Fault>, Failure> {
        for (seq, jws) in store::all(desk.db())? {
            let fault = || Some((Some(seq), Phrase::of("chain-statement").with("leaf", seq.to_string())));
            let (Some(leaf), Some(era)) = (self.leaves.remove(&seq), history.at(seq)) else {
                return Ok(fault());
            };
            let roles = SIGNED.iter().find(|(act, _)| *act == leaf.act).map_or(&[][..], |(_, roles)| *roles);
            let holds = StatementClaims::open(&jws, &era.keyset)
                .is_ok_and(|(claims, entry)| leaf.is_signed(&jws, &claims) && entry.has_role(roles));
            if !holds {
                return Ok(fault());
            }
        }
        let unsigned = self.leaves.into_keys().next();
        Ok(unsigned.map(|seq| (Some(seq), Phrase::of("chain-statement").with("leaf", seq.to_string()))))
    }
}
