//! Who works here: agents, their roles from the signed keyset, their keys.

use super::failure::Failure;
use super::{Desk, Folder};
use crate::audit::{Draft, Info};
use crate::authority::{AgentEntry, AgentKey, Keyset, Protection, Trust, public_from_pem, read_key};
use crate::domain::Role;
use crate::store::desk::journal::Journal;
use crate::store::desk::settings;
use crate::store::{Db, Statements};
use crate::words::{Joint, Part, Phrase, terms};

/// The newest keyset, verified against the root's public key that lies in the keys folder.
pub(super) fn trusted_keyset(db: &Db, folder: &Folder) -> Result<Keyset, Failure> {
    let path = folder.keys().join("root.pub.pem");
    let pem = std::fs::read_to_string(&path).map_err(|e| {
        Failure::state(Phrase::of("fail-root-unread").with("why", &e))
            .at(path.display().to_string())
            .hint(Phrase::of("hint-root-unread"))
    })?;
    let root = public_from_pem(&pem).map_err(|e| {
        Failure::state(Phrase::of("fail-root-damaged").with("why", e.phrase())).at(path.display().to_string())
    })?;
    let text = settings::keyset(db)?
        .ok_or_else(|| Failure::state(Phrase::of("fail-no-keyset")).hint(Phrase::of("hint-no-keyset")))?;
    Keyset::verify(&text, Trust::Pinned(&root), 0).map_err(|e| {
        Failure::verification(Phrase::of("fail-keyset").with("why", e.phrase()))
            .hint(Phrase::of("hint-keyset"))
    })
}

impl Desk {
    /// The agent who acts: as named, or the only one whose key lies here.
    pub fn agent(&self) -> Result<String, Failure> {
        if let Some(name) = &self.agent {
            return self.known(name).map(|entry| entry.name.clone());
        }
        let mut names: Vec<&str> = self.keyset.claims().agents.iter().map(|a| a.name.as_str()).collect();
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

    fn known(&self, name: &str) -> Result<&AgentEntry, Failure> {
        self.keyset.claims().agents.iter().rfind(|a| a.name == name).ok_or_else(|| {
            let names: Vec<&str> = self.keyset.claims().agents.iter().map(|a| a.name.as_str()).collect();
            Failure::refused(Phrase::of("fail-nobody").with("name", name))
                .hint(Phrase::of("hint-people").with("names", names.join(", ")))
        })
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
        let entry = self.known(name)?;
        if entry.disabled {
            return Err(Failure::refused(
                Phrase::of("fail-disabled").with("name", name).with("what", terms::doing(what)),
            ));
        }
        if !entry.valid_at(self.now().0) {
            return Err(Failure::refused(
                Phrase::of("fail-key-time").with("name", name).with("what", terms::doing(what)),
            ));
        }
        if entry.has_role(roles) {
            return Ok(());
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
                now,
                None,
            )?;
            journal.close(tx)
        });
    }

    /// Whether a passphrase opens the key of who acts; a rehearsal's key needs none.
    pub fn opens_key(&self, passphrase: &secrecy::SecretString) -> Result<bool, Failure> {
        if self.rehearsal {
            return Ok(true);
        }
        let name = self.agent()?;
        let read = read_key(&self.folder.key(&name), &name, Protection::Passphrase(passphrase));
        Ok(read.is_ok())
    }

    /// The key of who acts, opened once.
    pub fn signing_key(&mut self) -> Result<&AgentKey, Failure> {
        if self.key.is_none() {
            let name = self.agent()?;
            let path = self.folder.key(&name);
            let key = if self.rehearsal {
                read_key(&path, &name, Protection::Rehearsal)
            } else {
                let passphrase = (self.ask_passphrase)(&name)?;
                read_key(&path, &name, Protection::Passphrase(&passphrase))
            }
            .map_err(|e| Failure::refused(e.phrase()))?;
            let entry = self.known(&name)?;
            if entry.kid != key.kid() {
                return Err(Failure::refused(Phrase::of("fail-other-key").with("name", name.as_str()))
                    .at(path.display().to_string())
                    .hint(Phrase::of("hint-other-key")));
            }
            self.key = Some(key);
        }
        self.key.as_ref().ok_or_else(|| Failure::fault("The key was opened and is gone."))
    }
}
