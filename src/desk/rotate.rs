//! Another key for somebody who is here, the old one ended or lost; another passphrase for the same key.

use std::path::{Path, PathBuf};

use super::agents::read_public;
use super::{Desk, Failure};
use crate::audit::Draft;
use crate::authority::{KeyError, KeysetClaims, Protection, public_to_pem, replace_key, stage_key};
use crate::domain::Role;

impl Desk {
    /// The keyset that gives somebody another key. The old one's signatures stand; it signs no more, and if it is
    /// `lost` nothing that it signed is believed where the log is not at hand. With `public`, the new key is one that
    /// they made themselves (PEM).
    pub fn plan_rotate(
        &mut self,
        name: &str,
        lost: bool,
        public: Option<&Path>,
    ) -> Result<KeysetClaims, Failure> {
        self.require(&[Role::Custodian], "change keys")?;
        let roles = self.somebody(name)?.roles.clone();
        let key = if let Some(path) = public {
            self.unknown_key(read_public(path)?)?
        } else {
            let (private, public) = self.next_key(name);
            let key = self.own_key(name, &private)?;
            let io = |e: std::io::Error| super::tiles::io(&public, &e);
            std::fs::write(&public, public_to_pem(&key)).map_err(io)?;
            key
        };
        let mut next = self.next();
        let now = next.iat;
        // Keys that ended before are neither lost nor to be ended.
        for agent in next.agents.iter_mut().filter(|a| a.name == name && !a.disabled && a.exp > now + 1) {
            if lost {
                (agent.disabled, agent.disabled_at) = (true, Some(now));
            } else {
                // What was signed this very second stands.
                agent.exp = now.max(agent.nbf) + 1;
            }
        }
        let entry = self.new_entry(name, &key, &roles);
        next.agents.push(entry);
        Ok(next)
    }

    /// Puts the key of who acts under another passphrase. What is said of a failure is true of the file: it has the old
    /// passphrase, or it has the new one.
    pub fn change_passphrase(&mut self) -> Result<(), Failure> {
        if self.rehearsal {
            return Err(Failure::state("The keys of a rehearsal have no passphrase."));
        }
        let name = self.agent()?;
        let key = self.signing_key()?;
        let new = (self.ask_passphrase)(&format!("{name} (new)"))?;
        super::passphrase::must_hold(&new, &name)?;
        let path = self.folder.key(&name);
        let unchanged = |e: KeyError| {
            Failure::state(e.phrase()).hint("Nothing was changed: the key has the passphrase that it had.")
        };
        let staged = stage_key(&key, &path, Protection::Passphrase(&new)).map_err(unchanged)?;
        // The log first: a change that it does not know of must not be.
        self.sign_alone(|act, _| act.log(Draft::new("key.passphrase", act.actor), None))?;
        match staged.place().map_err(unchanged)? {
            None => Ok(()),
            Some(e) => Err(Failure::state(e.phrase()).hint(
                "The key has the new passphrase already; keep the old one in mind until the disk is mended: a power cut may bring it back.",
            )),
        }
    }

    /// Where a new key lies until the root has signed it: the private half and the public one.
    fn next_key(&self, name: &str) -> (PathBuf, PathBuf) {
        (
            self.folder.keys().join(format!("{name}.next.pem")),
            self.folder.keys().join(format!("{name}.next.pub.pem")),
        )
    }

    /// Puts a new key in its place once the root has signed it.
    pub(super) fn adopt_key(&self, name: &str) -> Result<(), Failure> {
        let (private, public) = self.next_key(name);
        if self.readonly || !private.exists() || !public.exists() {
            return Ok(());
        }
        let key = read_public(&public)?;
        let newest = self.keyset.claims().agents.iter().rfind(|a| a.name == name);
        if newest.is_none_or(|newest| newest.kid != key.kid()) {
            return Ok(());
        }
        replace_key(&private, &self.folder.key(name)).map_err(|e| Failure::state(e.phrase()))?;
        std::fs::remove_file(&public).map_err(|e| super::tiles::io(&public, &e))
    }
}
