//! Who works here: agents, their roles from the signed keyset, their keys.

use std::sync::Arc;

use super::failure::{Failure, Kind};
use super::keysets::{self, Own, Waits};
use super::{Act, Desk};
use crate::audit::{Draft, Info};
use crate::authority::{AgentEntry, AgentKey, Keyset, Protection, read_key};
use crate::domain::{Role, Time};
use crate::store::Statements;
use crate::store::desk::journal::Journal;
use crate::store::desk::settings;
use crate::words::{Joint, Part, Phrase, terms};

impl Desk {
    /// The agent who acts: as named, or the only one whose key lies here.
    pub fn agent(&self) -> Result<String, Failure> {
        if let Some(name) = &self.agent {
            return known(&self.keyset, name).map(|entry| entry.name.clone());
        }
        let mut names: Vec<&str> = self.keyset.claims().agents.iter().map(|a| a.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        if self.rehearsal && names.contains(&"anna") {
            return Ok("anna".into());
        }
        let mine: Vec<&str> = names.into_iter().filter(|n| self.folder.key(n).exists()).collect();
        match mine.as_slice() {
            [one] => Ok((*one).to_owned()),
            [] => Err(Failure::usage(Phrase::of("fail-no-agent")).hint(Phrase::of("hint-no-agent"))),
            many => Err(Failure::usage(Phrase::of("fail-many-agents").with("names", many.join(", ")))
                .hint(Phrase::of("hint-many-agents"))),
        }
    }

    /// Reads people and keys again if somebody changed them meanwhile.
    pub(super) fn refresh(&mut self) -> Result<(), Failure> {
        if let Some((keyset, waits)) = self.changed_people()? {
            (self.keyset, self.waits) = (keyset, waits);
        }
        Ok(())
    }

    /// The newest people and keys, if they are others than those that are known.
    fn changed_people(&self) -> Result<Option<(Keyset, Waits)>, Failure> {
        if settings::keyset_version(self.db())? == self.keyset.claims().version {
            return Ok(None);
        }
        let own = Own { id: &self.id, rehearsal: self.rehearsal };
        let new = keysets::trusted(self.db(), &self.folder, own)?;
        match new.doubt {
            None => Ok(Some((new.keyset, new.waits))),
            Some(doubt) => Err(doubt),
        }
    }

    /// Refuses unless who acts has one of the roles now; the log keeps the refusal.
    pub fn require(&self, roles: &[Role], what: &str) -> Result<(), Failure> {
        let name = self.agent()?;
        let refused = self.role_of(&name, roles, what);
        if refused.is_err() {
            self.log_refusal(&name, what);
        }
        refused
    }

    /// Whether who acts has one of the roles now.
    pub fn may(&self, roles: &[Role]) -> bool {
        self.agent().is_ok_and(|name| self.role_of(&name, roles, "").is_ok())
    }

    fn role_of(&self, name: &str, roles: &[Role], what: &str) -> Result<(), Failure> {
        match self.changed_people()? {
            None => self.allowed(&self.keyset, &self.waits, name, roles, what),
            Some((keyset, waits)) => self.allowed(&keyset, &waits, name, roles, what),
        }
    }

    fn allowed(
        &self,
        keyset: &Keyset,
        waits: &Waits,
        name: &str,
        roles: &[Role],
        what: &str,
    ) -> Result<(), Failure> {
        let entry = known(keyset, name)?;
        let now = self.now();
        if entry.disabled {
            let words = match entry.disabled_at {
                Some(at) => Phrase::of("fail-disabled-since").with("at", Time(at).to_string()),
                None => Phrase::of("fail-disabled"),
            };
            return Err(Failure::refused(words.with("name", name).with("what", terms::doing(what))));
        }
        if !entry.valid_at(now.0) {
            return Err(Failure::refused(
                Phrase::of("fail-key-time").with("name", name).with("what", terms::doing(what)),
            ));
        }
        // What an agent may do as well, a new approver may do at once; what takes an approver waits.
        let waiting = !roles.contains(&Role::Agent) && !waits.approves_at(entry, now);
        if entry.roles.iter().any(|r| roles.contains(r) && !(waiting && *r == Role::Approver)) {
            return Ok(());
        }
        if entry.has_role(roles) {
            let from = waits.approves_from(entry).to_string();
            let words = Phrase::of("fail-approver-new").with("name", name).with("from", from);
            return Err(Failure::refused(words.with("what", terms::doing(what)))
                .hint(Phrase::of("hint-approver-new")));
        }
        let words = Phrase::of("fail-role").with("name", name).with("what", terms::doing(what));
        let words = words.with("roles", Part::several(entry.roles.iter().copied(), Joint::And));
        Err(Failure::refused(words.with("needed", Part::several(roles.iter().copied(), Joint::Or))))
    }

    /// Writes down that somebody was refused. A log that cannot be written must not turn a refusal into
    /// something else.
    pub(super) fn log_refusal(&self, name: &str, what: &str) {
        if self.readonly {
            return;
        }
        let now = self.now();
        let _ = crate::store::write_tx(self.db(), |tx| {
            let mut journal = Journal::open(tx)?;
            journal.append(
                &Statements::new(tx),
                Draft::new("act.refused", name).info("what", Info::Text(what)),
                self.dated(tx, now)?,
                None,
            )?;
            Ok::<_, Failure>(journal.close(tx)?)
        });
    }

    /// Whether a passphrase opens the key of who acts; a rehearsal's key needs none.
    pub fn opens_key(&self, passphrase: &secrecy::SecretString) -> Result<bool, Failure> {
        if self.rehearsal {
            return Ok(true);
        }
        let name = self.agent()?;
        let wrong = |e: &Failure| e.kind == Kind::Refused && e.hint.is_none();
        match self.try_passphrase(&name, passphrase) {
            Ok(_) => Ok(true),
            Err(e) if wrong(&e) => Ok(false),
            Err(e) => Err(e),
        }
    }

    /// The key of who acts, opened once.
    pub fn signing_key(&mut self) -> Result<Arc<AgentKey>, Failure> {
        self.refresh()?;
        let name = self.agent()?;
        let counts = &known(&self.keyset, &name)?.kid;
        if self.key.as_ref().is_some_and(|key| key.kid() != counts) {
            // It was rotated since it was opened: what it signs now would not be believed.
            self.key = None;
        }
        if self.key.is_none() {
            let name = self.agent()?;
            self.adopt_key(&name)?;
            let path = self.folder.key(&name);
            let key = if self.rehearsal {
                read_key(&path, &name, Protection::Rehearsal).map_err(|e| Failure::refused(e.phrase()))?
            } else {
                let passphrase = (self.ask_passphrase)(&name)?;
                self.try_passphrase(&name, &passphrase)?
            };
            let entry = known(&self.keyset, &name)?;
            if entry.kid != key.kid() {
                return Err(Failure::refused(Phrase::of("fail-other-key").with("name", name.as_str()))
                    .at(path.display().to_string())
                    .hint(Phrase::of("hint-other-key")));
            }
            self.key = Some(Arc::new(key));
        }
        self.key.clone().ok_or_else(|| Failure::fault("The key was opened and is gone."))
    }
}

impl Act<'_> {
    /// Refuses a key that no longer is the one of who acts: it was opened before it was rotated, or ran out.
    pub(super) fn signs_by(&self, key: &AgentKey) -> Result<(), Failure> {
        let entry = known(self.keyset, self.actor)?;
        // It may have run out while its passphrase was typed.
        if entry.kid == key.kid() && entry.valid_at(self.now.0) {
            return Ok(());
        }
        Err(Failure::refused(Phrase::of("fail-other-key").with("name", self.actor))
            .hint(Phrase::of("hint-other-key")))
    }
}

/// The newest key of somebody.
fn known<'k>(keyset: &'k Keyset, name: &str) -> Result<&'k AgentEntry, Failure> {
    let agents = &keyset.claims().agents;
    agents.iter().rfind(|a| a.name == name).ok_or_else(|| {
        let mut names: Vec<&str> = agents.iter().map(|a| a.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        Failure::refused(Phrase::of("fail-nobody").with("name", name))
            .hint(Phrase::of("hint-people").with("names", names.join(", ")))
    })
}
