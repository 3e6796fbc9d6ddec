//! The root key on another machine: what it is to sign leaves the desk as a file, is signed by whoever keeps the key
//! with nothing but the key and this program, and comes back.
//!
//! The request says whose it is: a custodian signs it, so that nobody else has the root sign something. It holds the
//! keyset that it follows, by which the other machine, which has no desk, sees who is who and what is to change.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Desk, Failure};
use crate::audit::{Draft, Info};
use crate::authority::change::{Change, LEAST_WAIT, follow};
use crate::authority::{
    Authored as _, Keyset, KeysetClaims, Protection, StatementClaims, Trust, is_encrypted, read_key,
};
use crate::domain::{Role, Time};
use crate::env::Env;
use crate::words::Phrase;

/// The act that a custodian's signature under a request stands for.
const ACT: &str = "keyset.requested";

/// A change of people that the root is to sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// The signed keyset that it follows.
    follows: String,
    /// The claims of the next one, as JSON: their digest is signed.
    next: String,
    /// The custodian's signature over that digest.
    asked: String,
}

/// What the root signed.
#[derive(Clone, Debug)]
pub struct Signed {
    /// The keyset, to be taken in by the desk.
    pub keyset: String,
    /// Whose desk.
    pub desk: String,
    /// Its version.
    pub version: u64,
    /// What it changes.
    pub change: Change,
    /// The custodian who asked.
    pub asked_by: String,
    /// When.
    pub asked_at: Time,
}

impl Desk {
    /// Writes down what the root is to sign.
    pub fn request_keyset(&mut self, next: &KeysetClaims) -> Result<Request, Failure> {
        self.require(&[Role::Custodian], "change who may do what")?;
        let follows = self.keyset_text()?;
        let next_text = serde_json::to_string(next).map_err(Failure::fault)?;
        let asked = self.sign_alone(|act, key| {
            let statement = StatementClaims {
                iss: act.desk_id.to_owned(),
                by: act.actor.to_owned(),
                act: ACT.to_owned(),
                ticket: None,
                sub: None,
                facts: [("next".to_owned(), super::digest::sum(next_text.as_bytes()))].into_iter().collect(),
                iat: act.now.0,
            };
            let jws = statement.sign(key).map_err(|e| Failure::internal(e.phrase()))?;
            let number = i64::try_from(next.version).unwrap_or(i64::MAX);
            let draft = Draft::new(ACT, act.actor)
                .digest("request", &super::decide::sha(&jws))
                .info("version", Info::Number(number));
            act.log(draft, None)?;
            Ok(jws)
        })?;
        Ok(Request { follows, next: next_text, asked })
    }
}

impl Request {
    /// As a file.
    pub fn to_text(&self) -> Result<String, Failure> {
        Ok(serde_json::to_string_pretty(self).map_err(Failure::fault)? + "\n")
    }

    /// Reads a file; believes nothing of it yet.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        serde_json::from_str(text).map_err(|e| {
            Failure::state(format!("This is no request for a keyset: {e}."))
                .hint("`latchkey agents … --request FILE` writes one.")
        })
    }

    /// Has the root key of a file sign it, on a machine that needs no desk. `tell` hears what is going to be signed
    /// before the key is opened. The time is this machine's: a new approver waits from now on.
    pub fn sign(
        &self,
        key: &Path,
        env: &Env,
        ask: &dyn Fn(&str) -> Result<secrecy::SecretString, Failure>,
        tell: &mut dyn FnMut(&Signed),
    ) -> Result<Signed, Failure> {
        let refused = |why: Phrase| {
            Failure::verification(format!("This is not to be signed: {why}."))
                .hint("Nothing was signed. Ask the desk's custodian for a new request.")
        };
        let old = Keyset::verify(&self.follows, Trust::Carried, 0).map_err(|e| refused(e.phrase()))?;
        let (asked, entry) = StatementClaims::open(&self.asked, &old).map_err(|e| refused(e.phrase()))?;
        let digest = super::digest::sum(self.next.as_bytes());
        if asked.act != ACT || asked.facts.get("next") != Some(&digest) {
            return Err(refused("the custodian asked for something else".into()));
        }
        if !entry.has_role(&[Role::Custodian]) {
            return Err(refused(format!("{} who asks is no custodian", entry.name).into()));
        }
        let mut next: KeysetClaims =
            serde_json::from_str(&self.next).map_err(|e| refused(e.to_string().into()))?;
        follow(old.claims(), &next, LEAST_WAIT).map_err(|e| refused(e.phrase()))?;
        let now = env.now(next.rehearsal);
        restamp(&mut next, old.claims(), now);
        let change = follow(old.claims(), &next, LEAST_WAIT).map_err(|e| refused(e.phrase()))?;
        let mut signed = Signed {
            keyset: String::new(),
            desk: next.iss.clone(),
            version: next.version,
            change,
            asked_by: entry.name.clone(),
            asked_at: Time(asked.iat),
        };
        tell(&signed);
        let plain = !is_encrypted(key).map_err(|e| Failure::refused(e.phrase()))? && next.rehearsal;
        let passphrase = if plain { None } else { Some(ask("root")?) };
        let protection = passphrase.as_ref().map_or(Protection::Rehearsal, Protection::Passphrase);
        let root = read_key(key, "root", protection).map_err(|e| Failure::refused(e.phrase()))?;
        if root.public() != old.root() {
            return Err(Failure::refused("That is not the root key of this desk.")
                .at(key.display().to_string())
                .hint("Nothing was signed."));
        }
        signed.keyset = Keyset::sign(&next, &root).map_err(|e| refused(e.phrase()))?;
        Ok(signed)
    }
}

/// Moves what was to begin when it was asked for to when it is signed.
fn restamp(next: &mut KeysetClaims, old: &KeysetClaims, now: Time) {
    let (asked, signed) = (next.iat, now.0.max(next.iat));
    let known: Vec<(&str, i64, Option<i64>, i64)> =
        old.agents.iter().map(|a| (a.kid.as_str(), a.approves_from, a.disabled_at, a.exp)).collect();
    for agent in &mut next.agents {
        let before = known.iter().find(|(kid, ..)| *kid == agent.kid);
        if agent.approves_from > asked && before.is_none_or(|b| b.1 != agent.approves_from) {
            agent.approves_from += signed - asked;
        }
        if agent.disabled_at == Some(asked) && before.is_some_and(|b| b.2 != agent.disabled_at) {
            agent.disabled_at = Some(signed);
        }
        if agent.exp == asked && before.is_some_and(|b| b.3 != agent.exp) {
            agent.exp = signed;
        }
    }
    next.iat = signed;
}
