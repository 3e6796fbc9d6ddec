//! The desk's people: who they are, what they may do, and how the root changes it.

use std::path::Path;

use super::init::entry;
use super::{Desk, Failure};
use crate::audit::{Draft, Info};
use crate::authority::{
    AgentEntry, AgentKey, Keyset, KeysetClaims, Protection, PublicKey, Trust, name_is_valid, public_from_pem,
    read_key, write_key,
};
use crate::domain::{Op, Role, Time};
use crate::store::desk::settings;
use crate::words::Phrase;

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
    /// Nothing this key signed is believed any more.
    pub disabled: bool,
    /// The private key lies in this desk's folder.
    pub key_here: bool,
}

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
        agents
            .iter()
            .map(|a| Person {
                name: a.name.clone(),
                roles: a.roles.clone(),
                kid: a.kid.clone(),
                valid_from: Time(a.nbf),
                valid_until: Time(a.exp),
                disabled: a.disabled,
                key_here: self.folder.key(&a.name).exists(),
            })
            .collect()
    }

    /// Adds somebody. With `public`, the key they made themselves (PEM); else a new key is written to the
    /// desk's folder.
    pub fn add_agent(&mut self, name: &str, roles: &[Role], public: Option<&Path>) -> Result<(), Failure> {
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
        let public = public.map(read_public).transpose()?;
        let written = public.is_none();
        let root = self.root_key()?;
        let path = self.folder.key(name);
        let (now, rehearsal) = (self.now(), self.rehearsal);
        let new = AgentKey::generate(name).map_err(|e| Failure::internal(e.phrase()))?;
        let mut added = entry(&new, &roles, now, rehearsal);
        if let Some(key) = public {
            (added.kid, added.jwk) = (key.kid().to_owned(), key.to_jwk());
        } else if rehearsal {
            write_key(&new, &path, Protection::Rehearsal).map_err(|e| Failure::state(e.phrase()))?;
        } else {
            let passphrase = (self.ask_passphrase)(name)?;
            write_key(&new, &path, Protection::Passphrase(&passphrase))
                .map_err(|e| Failure::state(e.phrase()))?;
        }
        let kid = added.kid.clone();
        let done = self.sign_keyset(&root, "agent.added", name, |claims| claims.agents.push(added));
        if written && done.is_err() && self.keyset.find(&kid).is_none() {
            // A key that no keyset names is of no use, and in the way of the next try.
            let _ = std::fs::remove_file(&path);
        }
        done
    }

    /// Changes what somebody may do.
    pub fn set_roles(&mut self, name: &str, roles: &[Role]) -> Result<(), Failure> {
        self.require(&[Role::Custodian], "change roles")?;
        let roles = allowed(roles)?;
        self.somebody(name)?;
        if !roles.contains(&Role::Custodian) {
            self.another_custodian(name)?;
        }
        let root = self.root_key()?;
        let signs = roles.iter().any(|r| matches!(r, Role::Agent | Role::Approver));
        self.sign_keyset(&root, "agent.role", name, |claims| {
            for agent in claims.agents.iter_mut().filter(|a| a.name == name) {
                agent.roles.clone_from(&roles);
                agent.ops = if signs { Op::ALL.to_vec() } else { Vec::new() };
            }
        })
    }

    /// Nothing that somebody's key signed is believed any more.
    pub fn disable_agent(&mut self, name: &str) -> Result<(), Failure> {
        self.require(&[Role::Custodian], "disable agents")?;
        self.somebody(name)?;
        self.another_custodian(name)?;
        let root = self.root_key()?;
        self.sign_keyset(&root, "agent.disabled", name, |claims| {
            for agent in claims.agents.iter_mut().filter(|a| a.name == name) {
                agent.disabled = true;
            }
        })
    }

    fn somebody(&self, name: &str) -> Result<&AgentEntry, Failure> {
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

    fn root_key(&self) -> Result<AgentKey, Failure> {
        let path = self.folder.key("root");
        let read = if self.rehearsal {
            read_key(&path, "root", Protection::Rehearsal)
        } else {
            let passphrase = (self.ask_passphrase)("root")?;
            read_key(&path, "root", Protection::Passphrase(&passphrase))
        };
        let key = read.map_err(|e| {
            Failure::refused(e.phrase())
                .hint("Only the root key signs who may do what; put root.pem here for this act.")
        })?;
        if key.public() != self.keyset.root() {
            return Err(
                Failure::refused("That is not the root key of this desk.").at(path.display().to_string())
            );
        }
        Ok(key)
    }

    /// Signs the next keyset, keeps it with its leaf, and goes by it.
    fn sign_keyset(
        &mut self,
        root: &AgentKey,
        act: &'static str,
        name: &str,
        change: impl FnOnce(&mut KeysetClaims),
    ) -> Result<(), Failure> {
        let mut claims = self.keyset.claims().clone();
        claims.version += 1;
        claims.iat = self.now().0;
        change(&mut claims);
        let jws = Keyset::sign(&claims, root).map_err(|e| Failure::internal(e.phrase()))?;
        let version = claims.version;
        self.act(|a| {
            settings::add_keyset(a.conn, version, &jws)?;
            let roles: Vec<&str> = claims
                .agents
                .iter()
                .rfind(|agent| agent.name == name)
                .map(|agent| agent.roles.iter().map(|r| r.as_str()).collect())
                .unwrap_or_default();
            let draft = Draft::new(act, a.actor)
                .info("agent", Info::Text(name))
                .info("roles", Info::Texts(&roles))
                .info("version", Info::Number(i64::try_from(version).unwrap_or(i64::MAX)));
            a.log(draft, None)
        })?;
        self.keyset = Keyset::verify(&jws, Trust::Pinned(root.public()), version)
            .map_err(|e| Failure::internal(e.phrase()))?;
        Ok(())
    }
}

fn read_public(path: &Path) -> Result<PublicKey, Failure> {
    let place = path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|e| Failure::state(Phrase::of("fail-public-unread").with("why", &e)).at(place.clone()))?;
    public_from_pem(&text).map_err(|e| {
        Failure::state(format!("This is no public key: {e}."))
            .at(place)
            .hint("`openssl pkey -in KEY.pem -pubout` prints one.")
    })
}
