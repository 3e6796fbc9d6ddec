//! Readings of several steps that must all see the same desk, whatever others write meanwhile.

use std::cell::OnceCell;

use super::{Act, Desk, Failure};
use crate::store::desk::journal::Journal;
use crate::store::{self, Db, Statements};

/// A reading that sees the file as it is now from its first step to its last. It writes nothing.
pub(super) fn of<T>(db: &Db, read: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    let held = store::begin_view(db)?;
    let done = read();
    if held {
        store::end_view(db)?;
    }
    done
}

impl Desk {
    /// The same, where the reading takes the whole desk.
    pub(super) fn in_one_view<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let held = store::begin_view(&self.db)?;
        let done = read(self);
        if held {
            store::end_view(&self.db)?;
        }
        done
    }

    /// Looks without writing: the same view of desk and registry as an act has.
    pub fn read<T>(&mut self, work: impl FnOnce(&mut Act<'_>) -> Result<T, Failure>) -> Result<T, Failure> {
        let (now, origin, places_file) = (self.now(), self.origin(), self.places_file());
        of(&self.db, || {
            let mut act = Act {
                conn: &self.db,
                statements: Statements::new(&self.db),
                registry: self.registry.begin()?,
                policy: &self.policy,
                folder: &self.folder,
                config: &self.config,
                files: &self.files,
                letters: &self.letters,
                keyset: &self.keyset,
                waits: &self.waits,
                now,
                actor: "",
                desk_id: &self.id,
                origin: &origin,
                rehearsal: self.rehearsal,
                key: None,
                journal: Journal::open(&self.db)?,
                first: u64::MAX,
                unsigned: u64::MAX,
                history: OnceCell::new(),
                places: OnceCell::new(),
                places_file: places_file.clone(),
                aside: None,
                tally: None,
            };
            work(&mut act)
        })
    }
}
