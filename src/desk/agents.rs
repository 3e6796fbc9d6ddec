//! The desk's people: who they are, what they may do, and how the root changes it.

use std::path::Path;

use super::act::people_changed;
use super::init::entry;
use super::{Desk, Failure};
use crate::audit::{Draft, Info};
use crate::authority::change::{Change, Kind, follow};
use crate::authority::{
    AgentEntry, AgentKey, Keyset, KeysetClaims, Protection, PublicKey, SKEW, Trust, name_is_valid,
    public_from_pem, read_key, write_key,
};
use crate::domain::{Op, Role, Time};
use crate::store::desk::journal::PEOPLE;
use crate::store::desk::settings;
use crate::words::Phrase;

/// A keyset that was signed longer ago is signed again before a desk takes it, in seconds.
const STALE: i64 = 14 * 86_400;

/// One key of one of the desk's people.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Person {
    /// As the keyset and every leaf name them.
    pub name: String,
    /// What they may do.
    pub roles: Vec<Role>,
    /// RFC 7638 thumbprint of the key.
    pub kid: String,
    /// The key signs from then on.
    pub valid_from: Time,
    /// The key signs until then, exclusive.
    pub valid_until: Time,
    /// Nothing this key signs is believed any more.
    pub disabled: bool,
    /// Since when.
    pub disabled_at: Option<Time>,
    /// What they approve counts from then on, where they are an approver who has to wait or had to.
    pub approves_from: Option<Time>,
    /// The private key lies in this desk's folder.
    pub key_here: bool,
}

/// The desk's root key, opened.
pub struct Root(pub(super) AgentKey);

/// Roles that one person may hold together: an approver who keeps the keys could approve as anybody.
fn allowed(roles: &[Role]) -> Result<Vec<Role>, Failure> {
    let mut roles = roles.to_vec();
    roles.sort_unstable();
    roles.dedup();
    if roles.is_empty() {
        return Err(Failure::usage("An agent has at least one role.")
            .hint("--role agent|approver|custodian|auditor (can be repeated)"));
    }
    if roles.contains(&Role::Custodian) && roles.contains(&Role::Approver) {
        return Err(Failure::refused(
            "Nobody is custodian and approver: who keeps the keys approves nothing.",
        )
        .hint("Give the two roles to two people."));
    }
    Ok(roles)
}

impl Desk {
    /// Everybody in the newest keyset.
    pub fn people(&self) -> Vec<Person> {
        let agents = &self.keyset.claims().agents;
        let approver = |a: &&AgentEntry| a.has_role(&[Role::Approver]) && !a.disabled;
        agents
            .iter()
            .map(|a| Person {
                name: a.name.clone(),
                roles: a.roles.clone(),
                kid: a.kid.clone(),
                valid_from: Time(a.nbf),
                valid_until: Time(a.exp),
                disabled: a.disabled,
                disabled_at: a.disabled_at.map(Time),
                approves_from: Some(a).filter(approver).map(|a| self.waits.approves_from(a)),
                key_here: agents.iter().rfind(|b| b.name == a.name) == Some(a)
                    && self.folder.key(&a.name).exists(),
            })
            .collect()
    }

    /// The keyset that adds somebody. With `public`, the key they made themselves (PEM); else a new key is written to
    /// the desk's folder.
    pub fn plan_add(
        &mut self,
        name: &str,
        roles: &[Role],
        public: Option<&Path>,
    ) -> Result<KeysetClaims, Failure> {
        self.require(&[Role::Custodian], "add agents")?;
        let roles = allowed(roles)?;
        if !name_is_valid(name) || name == "root" {
            return Err(Failure::usage(
                "An agent's name is 1 to 64 of a-z, 0-9, `.`, `_`, `-`, the first a letter or digit, and not `root`.",
            ));
        }
        if self.keyset.claims().agents.iter().any(|a| a.name == name && !a.disabled) {
            return Err(Failure::state(format!("{name} works at this desk already."))
                .hint(format!("`latchkey agents role {name} --role …` changes what {name} may do.")));
        }
        let key = match public {
            Some(path) => self.unknown_key(read_public(path)?)?,
            None => self.own_key(name, &self.folder.key(name))?,
        };
        let mut next = self.next();
        next.agents.push(self.new_entry(name, &key, &roles));
        Ok(next)
    }

    /// Adds somebody, signed by the root key that lies here.
    pub fn add_agent(
        &mut self,
        name: &str,
        roles: &[Role],
        public: Option<&Path>,
    ) -> Result<Change, Failure> {
        let root = self.open_root("add agents")?;
        let next = self.plan_add(name, roles, public)?;
        self.sign_here(&next, &root)
    }

    /// The keyset that changes what somebody may do.
    pub fn plan_roles(&mut self, name: &str, roles: &[Role]) -> Result<KeysetClaims, Failure> {
        self.require(&[Role::Custodian], "change roles")?;
        let roles = allowed(roles)?;
        self.somebody(name)?;
        if !roles.contains(&Role::Custodian) {
            self.another_custodian(name)?;
        }
        let signs = roles.iter().any(|r| matches!(r, Role::Agent | Role::Approver));
        let (mut next, waits_until) = (self.next(), self.now().0 + self.policy.people.wait());
        for agent in next.agents.iter_mut().filter(|a| a.name == name && !a.disabled) {
            if roles.contains(&Role::Approver) && !agent.has_role(&[Role::Approver]) {
                agent.approves_from = waits_until;
            }
            agent.roles.clone_from(&roles);
            agent.ops = if signs { Op::ALL.to_vec() } else { Vec::new() };
        }
        Ok(next)
    }

    /// The keyset by which nothing that somebody signs is believed any more.
    pub fn plan_disable(&mut self, name: &str) -> Result<KeysetClaims, Failure> {
        self.require(&[Role::Custodian], "disable agents")?;
        self.somebody(name)?;
        self.another_custodian(name)?;
        let mut next = self.next();
        let now = next.iat;
        for agent in next.agents.iter_mut().filter(|a| a.name == name && !a.disabled) {
            (agent.disabled, agent.disabled_at) = (true, Some(now));
        }
        Ok(next)
    }

    /// The keyset that follows this one, before anything is changed in it.
    pub(super) fn next(&self) -> KeysetClaims {
        let mut claims = self.keyset.claims().clone();
        claims.version += 1;
        claims.iat = self.now().0.max(claims.iat);
        claims
    }

    /// A line of the keyset for a key that is new.
    pub(super) fn new_entry(&self, name: &str, key: &PublicKey, roles: &[Role]) -> AgentEntry {
        let mut new = entry(name, key, roles, self.now(), self.rehearsal);
        if roles.contains(&Role::Approver) {
            new.approves_from = self.now().0 + self.policy.people.wait();
        }
        new
    }

    /// Makes a key in a new file, or opens the one that lies there from a try that came to nothing.
    pub(super) fn own_key(&self, name: &str, path: &Path) -> Result<PublicKey, Failure> {
        let passphrase = if self.rehearsal { None } else { Some((self.ask_passphrase)(name)?) };
        let protection = passphrase.as_ref().map_or(Protection::Rehearsal, Protection::Passphrase);
        if let Some(new) = passphrase.as_ref().filter(|_| !path.exists()) {
            super::passphrase::must_hold(new, name)?;
        }
        let key = if path.exists() {
            read_key(path, name, protection).map_err(|e| Failure::state(e.phrase()))?
        } else {
            let key = AgentKey::generate(name).map_err(|e| Failure::internal(e.phrase()))?;
            write_key(&key, path, protection).map_err(|e| Failure::state(e.phrase()))?;
            key
        };
        self.unknown_key(key.public().clone())
    }

    /// A key that nobody has yet.
    pub(super) fn unknown_key(&self, key: PublicKey) -> Result<PublicKey, Failure> {
        if &key == self.keyset.root() {
            return Err(Failure::refused("That is the root key; nobody works with it."));
        }
        match self.keyset.find(key.kid()) {
            None => Ok(key),
            Some((entry, _)) => Err(Failure::state(format!("That key is or was {}'s.", entry.name))
                .hint("Make a new one: nobody gets a key twice.")),
        }
    }

    pub(super) fn somebody(&self, name: &str) -> Result<&AgentEntry, Failure> {
        let agents = &self.keyset.claims().agents;
        agents.iter().rfind(|a| a.name == name && !a.disabled).ok_or_else(|| {
            let names: Vec<&str> = agents.iter().filter(|a| !a.disabled).map(|a| a.name.as_str()).collect();
            let near = super::near::nearest(name, names.iter().copied());
            let hint = near.map_or_else(
                || format!("Its people are {}.", names.join(", ")),
                |near| format!("Did you mean {near}?"),
            );
            Failure::state(format!("Nobody called {name} works at this desk.")).hint(hint)
        })
    }

    /// A desk without a custodian could never change its people again.
    fn another_custodian(&self, name: &str) -> Result<(), Failure> {
        let now = self.now().0;
        let mut others =
            self.keyset.claims().agents.iter().filter(|a| a.name != name && !a.disabled && a.valid_at(now));
        if others.any(|a| a.has_role(&[Role::Custodian])) {
            return Ok(());
        }
        Err(Failure::state(format!("{name} is the only custodian of this desk."))
            .hint("Make somebody else custodian first."))
    }

    /// Has the root key sign the next keyset, and goes by it.
    pub fn sign_here(&mut self, next: &KeysetClaims, root: &Root) -> Result<Change, Failure> {
        let jws = Keyset::sign(next, &root.0).map_err(|e| Failure::internal(e.phrase()))?;
        self.take_keyset(&jws)
    }

    /// Opens the root key that lies here, for a custodian.
    pub fn open_root(&self, what: &str) -> Result<Root, Failure> {
        self.require(&[Role::Custodian], what)?;
        let path = self.folder.key("root");
        let read = if self.rehearsal {
            read_key(&path, "root", Protection::Rehearsal).map_err(|e| Failure::refused(e.phrase()))
        } else {
            let passphrase = (self.ask_passphrase)("root")?;
            self.try_passphrase("root", &passphrase)
        };
        let key = read.map_err(|e| {
            if e.hint.is_some() {
                return e;
            }
            e.hint(
                "Only the root key signs who may do what. Put root.pem here for this act, or write a --request and \
                 sign it elsewhere: `latchkey keyset sign`.",
            )
        })?;
        if key.public() != self.keyset.root() {
            return Err(
                Failure::refused("That is not the root key of this desk.").at(path.display().to_string())
            );
        }
        Ok(Root(key))
    }

    /// Takes in a keyset that the root signed, here or elsewhere, after every check; keeps it with its leaf, and
    /// goes by it.
    pub fn take_keyset(&mut self, jws: &str) -> Result<Change, Failure> {
        self.require(&[Role::Custodian], "change who may do what")?;
        self.refresh()?;
        let refused = |why: Phrase| {
            Failure::verification(Phrase::of("fail-keyset-taken").with("why", why))
                .hint("Nothing was changed. Write a new --request and have it signed.")
        };
        let old = self.keyset.claims();
        // Whether it is the next one, or an older one again, is a matter of what it follows.
        let root = self.keyset.root();
        let keyset = Keyset::verify(jws, Trust::Pinned(root), 0).map_err(|e| refused(e.phrase()))?;
        let new = keyset.claims();
        let now = self.now();
        if new.iat > now.0.saturating_add(SKEW) {
            return Err(refused(Phrase::of("keyset-ahead")));
        }
        if new.iat < now.0.saturating_sub(STALE) {
            return Err(refused(Phrase::of("keyset-stale").with("days", (STALE / 86_400).to_string())));
        }
        let wait = self.policy.people.wait();
        let change = follow(old, new, wait).map_err(|e| refused(e.phrase()))?;
        let version = new.version;
        self.record(|a| {
            // It was compared with the one before it, and that must still be so.
            if a.keyset.claims().version.checked_add(1) != Some(version) {
                return Err(Failure::state(people_changed()));
            }
            settings::add_keyset(a.conn, version, jws)?;
            let roles: Vec<&str> = change.roles.iter().map(|r| r.as_str()).collect();
            let mut draft = Draft::new(change.kind.act(), a.actor)
                .digest("keyset", &super::decide::sha(jws))
                .info("agent", Info::Text(&change.name))
                .info("roles", Info::Texts(&roles))
                .info("version", Info::Number(i64::try_from(version).unwrap_or(i64::MAX)));
            if change.approves_from.is_some() {
                draft = draft.info("wait", Info::Number(wait));
            }
            a.log(draft, Some(PEOPLE))
        })?;
        self.refresh()?;
        if change.kind == Kind::Key {
            self.adopt_key(&change.name)?;
        }
        Ok(change)
    }
}

pub(super) fn read_public(path: &Path) -> Result<PublicKey, Failure> {
    let place = path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|e| Failure::state(Phrase::of("fail-public-unread").with("why", &e)).at(place.clone()))?;
    public_from_pem(&text).map_err(|e| {
        Failure::state(format!("This is no public key: {e}."))
            .at(place)
            .hint("`openssl pkey -in KEY.pem -pubout` prints one.")
    })
}
