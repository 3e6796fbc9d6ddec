//! Service centres that codes are read out to. A custodian makes one: its secret goes into a file for the centre, and
//! into the desk sealed for each agent's key, so that a copy of the desk's folder opens none of it.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::json;

use super::super::keysets::chained;
use super::super::signed::Leaf;
use super::super::{Act, Desk, Failure, digest};
use crate::audit::{Draft, Info};
use crate::authority::{AgentEntry, AgentKey, CentreSecret, PublicKey, name_is_valid, write_secret};
use crate::domain::{Role, Shown, Time};
use crate::store::Db;
use crate::store::desk::journal::CENTRES;
use crate::store::desk::{centres as store, leaves};
use crate::words::Phrase;

/// A service centre.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Centre {
    /// Its name: the audience of tokens.
    pub name: String,
    /// Which secret it has, without saying anything about it.
    pub secret: String,
    /// Who made it what it is now.
    pub by: String,
    /// Since when.
    pub at: Time,
    /// No codes are read out to it any more.
    pub ended: bool,
    /// Who can read codes out to it.
    pub readers: Vec<String>,
    /// Who works here and cannot: `centres share` changes that.
    pub without: Vec<String>,
}

/// What the log says last of a centre.
pub(super) struct Standing {
    seq: u64,
    line: String,
    leaf: Leaf,
}

impl Standing {
    pub fn ended(&self) -> bool {
        self.leaf.act == "centre.ended"
    }

    pub fn secret(&self) -> &str {
        self.leaf.text("secret").unwrap_or_default()
    }
}

/// What the log says last of each centre, by name.
fn standing(db: &Db) -> Result<BTreeMap<String, Standing>, Failure> {
    let mut all = BTreeMap::new();
    for (seq, line) in leaves::of_ticket(db, CENTRES)? {
        let Some(leaf) = Leaf::read(&line) else { continue };
        let Some(name) = leaf.text("centre").map(str::to_owned) else { continue };
        if !chained(db, seq, &line)? {
            return Err(tampered(&name));
        }
        all.entry(name).or_insert(Standing { seq, line, leaf });
    }
    Ok(all)
}

fn tampered(name: &str) -> Failure {
    Failure::verification(Phrase::of("fail-centre-tampered").with("name", name))
        .hint(Phrase::of("hint-tampered"))
}

pub(super) fn unknown(name: &str) -> Failure {
    Failure::state(Phrase::of("fail-no-centre").with("name", Shown(name).clip(64)))
        .hint(Phrase::of("hint-no-centre"))
}

fn keys_of(sealed: &str) -> BTreeMap<String, String> {
    serde_json::from_str(sealed).unwrap_or_default()
}

impl Desk {
    /// Every centre, by name.
    pub fn centres(&self) -> Result<Vec<Centre>, Failure> {
        self.require(Role::ALL, "make service centres")?;
        let now = self.now().0;
        let mut found = Vec::new();
        for (name, standing) in standing(self.db())? {
            let row = store::at(self.db(), standing.seq)?.ok_or_else(|| tampered(&name))?;
            let keys = keys_of(&row.sealed);
            let works = |a: &&AgentEntry| may_read(a, now);
            let (readers, without): (Vec<_>, Vec<_>) = (self.keyset.claims().agents.iter().filter(works))
                .partition(|a| !standing.ended() && keys.contains_key(&a.kid));
            let names = |all: Vec<&AgentEntry>| all.into_iter().map(|a| a.name.clone()).collect();
            found.push(Centre {
                secret: standing.secret().to_owned(),
                by: standing.leaf.actor.clone(),
                at: Time::parse(&standing.leaf.at).unwrap_or(Time(0)),
                ended: standing.ended(),
                readers: names(readers),
                without: names(without),
                name,
            });
        }
        Ok(found)
    }

    /// Names of the centres that codes are read out to.
    pub fn open_centres(&self) -> Vec<String> {
        let all = if self.policy.spoken { self.centres().unwrap_or_default() } else { Vec::new() };
        all.into_iter().filter(|c| !c.ended).map(|c| c.name).collect()
    }

    /// Makes a centre, and the file that it works with: nobody sees the secret again.
    pub fn make_centre(&mut self, name: &str, file: &Path) -> Result<Centre, Failure> {
        self.require(&[Role::Custodian], "make service centres")?;
        if !self.policy.spoken {
            return Err(off());
        }
        if !name_is_valid(name) || name == crate::authority::ANY_AUDIENCE {
            return Err(Failure::usage(
                "A centre's name is 1 to 64 of a-z, 0-9, `.`, `_`, `-`, the first a letter or digit, and not `any`.",
            ));
        }
        if standing(self.db())?.get(name).is_some_and(|s| !s.ended()) {
            return Err(Failure::state(format!("There is a centre {name} already.")).hint(
                "`latchkey centres end NAME` ends it; then it can be made anew, with another secret.",
            ));
        }
        self.signing_key()?;
        let secret = CentreSecret::generate().map_err(|e| Failure::internal(e.phrase()))?;
        let text = secret.to_text();
        let contents = zeroize::Zeroizing::new(format!(
            "{:#}\n",
            json!({
                "latchkey_centre": 1,
                "desk": self.id,
                "centre": name,
                "rehearsal": self.rehearsal,
                "id": secret.id(),
                "secret": *text,
            })
        ));
        // The file comes first: a centre whose secret nobody has could never be told anything.
        write_secret(&contents, file).map_err(|e| Failure::state(e.phrase()))?;
        let made = self.sign_and_act(|act, _| act.centre("centre.made", name, Some(&secret)));
        if let Err(failure) = made {
            let _ = std::fs::remove_file(file);
            return Err(failure);
        }
        self.centre_named(name)
    }

    /// Seals a centre's secret for everybody who works here now.
    pub fn share_centre(&mut self, name: &str) -> Result<Centre, Failure> {
        self.require(&[Role::Custodian], "make service centres")?;
        self.sign_and_act(|act, key| {
            let (secret, _) = act.open_centre(name, key)?;
            act.centre("centre.shared", name, Some(&secret))
        })?;
        self.centre_named(name)
    }

    /// No codes are read out to a centre any more, and those that were read out cannot be reported with this secret
    /// after it is made anew.
    pub fn end_centre(&mut self, name: &str) -> Result<Centre, Failure> {
        self.require(&[Role::Custodian], "make service centres")?;
        self.sign_and_act(|act, _| {
            let standing = standing(act.conn)?;
            match standing.get(name) {
                None => Err(unknown(name)),
                Some(s) if s.ended() => Err(Failure::state(format!("The centre {name} was ended before."))),
                Some(_) => act.centre("centre.ended", name, None),
            }
        })?;
        self.centre_named(name)
    }

    fn centre_named(&self, name: &str) -> Result<Centre, Failure> {
        self.centres()?.into_iter().find(|c| c.name == name).ok_or_else(|| unknown(name))
    }
}

/// That the policy does not want it.
pub(super) fn off() -> Failure {
    Failure::refused(Phrase::of("fail-spoken-off")).hint(Phrase::of("hint-spoken-off"))
}

/// Whether a key is of somebody who reads codes out.
fn may_read(a: &AgentEntry, now: i64) -> bool {
    !a.disabled && a.valid_at(now) && a.has_role(&[Role::Agent, Role::Approver])
}

impl Act<'_> {
    /// Writes down what a centre is from now on.
    fn centre(&mut self, what: &str, name: &str, secret: Option<&CentreSecret>) -> Result<(), Failure> {
        let mut sealed = BTreeMap::new();
        let now = self.now.0;
        // Custodians too: one of them seals it for whoever comes later.
        let holds = |a: &&AgentEntry| {
            may_read(a, now) || (!a.disabled && a.valid_at(now) && a.has_role(&[Role::Custodian]))
        };
        if let Some(secret) = secret {
            for entry in self.keyset.claims().agents.iter().filter(holds) {
                let public = PublicKey::from_jwk(&entry.jwk).map_err(Failure::fault)?;
                let text = secret.seal(&public).map_err(Failure::fault)?;
                sealed.insert(entry.kid.clone(), text);
            }
        }
        let sealed = serde_json::to_string(&sealed).map_err(Failure::fault)?;
        let id = secret.map_or_else(String::new, CentreSecret::id);
        let sum = digest::sum(sealed.as_bytes());
        let draft = Draft::new(what, self.actor)
            .info("centre", Info::Text(name))
            .info("secret", Info::Text(&id))
            .info("sealed", Info::Text(&sum));
        let leaf = self.log(draft, Some(CENTRES))?;
        Ok(store::add(self.conn, leaf, name, &sealed)?)
    }

    /// What the log says last of a centre.
    pub(super) fn standing_centre(&self, name: &str) -> Result<Standing, Failure> {
        standing(self.conn)?.remove(name).ok_or_else(|| unknown(name))
    }

    /// Opens a centre's secret with the key of who acts, after everything that the log and its signatures say of it.
    pub(super) fn open_centre(
        &self,
        name: &str,
        key: &AgentKey,
    ) -> Result<(CentreSecret, Standing), Failure> {
        let standing = self.standing_centre(name)?;
        if standing.ended() {
            return Err(Failure::state(Phrase::of("fail-centre-ended").with("name", name)));
        }
        let signed = self.is_signed(standing.seq, &standing.line)?;
        let row = store::at(self.conn, standing.seq)?.filter(|row| row.name == name);
        let row =
            row.filter(|row| standing.leaf.text("sealed") == Some(&*digest::sum(row.sealed.as_bytes())));
        let Some(row) = row.filter(|_| signed) else { return Err(tampered(name)) };
        let sealed = keys_of(&row.sealed);
        let Some(sealed) = sealed.get(key.kid()) else {
            return Err(Failure::refused(Phrase::of("fail-centre-unshared").with("name", name))
                .hint(Phrase::of("hint-centre-unshared").with("name", name)));
        };
        let secret = CentreSecret::unseal(sealed, key).filter(|secret| secret.id() == standing.secret());
        Ok((secret.ok_or_else(|| tampered(name))?, standing))
    }
}

/// The first row that is not what the log says of a centre, with its leaf.
pub(in crate::desk) fn misfit(db: &Db) -> Result<Option<(Option<u64>, Phrase)>, Failure> {
    let told = |seq| Some((Some(seq), Phrase::of("chain-centre").with("leaf", u64::to_string(&seq))));
    let mut logged: BTreeMap<u64, Leaf> = leaves::of_ticket(db, CENTRES)?
        .into_iter()
        .filter_map(|(seq, line)| Leaf::read(&line).map(|leaf| (seq, leaf)))
        .collect();
    for row in store::all(db)? {
        let fits = logged.remove(&row.leaf).is_some_and(|leaf| {
            leaf.text("centre") == Some(&*row.name)
                && leaf.text("sealed") == Some(&*digest::sum(row.sealed.as_bytes()))
        });
        if !fits {
            return Ok(told(row.leaf));
        }
    }
    Ok(logged.into_keys().next().and_then(told))
}
