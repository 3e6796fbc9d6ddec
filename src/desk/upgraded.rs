//! A desk that an older program wrote: its files are brought up to date by whoever opens it next, which the log keeps,
//! and as they were they lie beside.

use super::{Desk, Failure, Folder, newer};
use crate::audit::{Draft, Info};
use crate::store::desk::journal::Journal;
use crate::store::desk::settings;
use crate::store::migrate;
pub use crate::store::migrate::Upgraded;
use crate::store::registry::Registry;
use crate::store::{self, FileKind, Purpose, Statements, StoreError};

/// Up to which version the log knows.
pub(super) const LOGGED: &str = "schema_logged";

/// Brings a desk's files up to date where they are older, and says what was done. Whoever opens a desk does this anyway;
/// it is for those who have no place to say so later.
pub fn bring_up(folder: &Folder) -> Result<Vec<Upgraded>, Failure> {
    let desk =
        store::open(&folder.desk_db(), Purpose::Write, FileKind::Desk).map_err(newer::refused)?.upgraded;
    let (_, lists, _) = open_lists(folder, false)?;
    Ok(desk.into_iter().chain(lists).collect())
}

/// The lists to read, brought up to date where they are older and that is allowed; and whether they are newer.
pub(super) fn open_lists(
    folder: &Folder,
    readonly: bool,
) -> Result<(Registry, Option<Upgraded>, Option<StoreError>), Failure> {
    let path = folder.registry_db();
    let read = || store::open(&path, Purpose::Read, FileKind::Registry);
    let (opened, upgraded) = match read() {
        Err(StoreError::Older { .. }) if !readonly => {
            let upgraded = store::open(&path, Purpose::Write, FileKind::Registry)?.upgraded;
            (read()?, upgraded)
        }
        opened => (opened?, None),
    };
    Ok((Registry::new(opened.conn), upgraded, opened.newer))
}

impl Desk {
    /// The leaf of an upgrade. It is written after it, by whoever finds that the log does not know of it yet: the program
    /// may have been killed in between.
    pub(super) fn log_upgrade(&self) -> Result<(), Failure> {
        let version = migrate::version(FileKind::Desk);
        let logged = |conn: &store::Db| -> Result<Option<i64>, Failure> {
            // A desk of the first version may know nothing of versions.
            let text = settings::get(conn, LOGGED)?.unwrap_or_else(|| "1".to_owned());
            Ok(text.parse().ok().filter(|n| *n < version))
        };
        if self.readonly || self.rolled_back.is_some() || logged(&self.db)?.is_none() {
            return Ok(());
        }
        let (now, actor) = (self.now(), self.agent().unwrap_or_default());
        store::write_tx(&self.db, |tx| {
            if let Some(from) = logged(tx)? {
                let mut journal = Journal::open(tx)?;
                let draft = Draft::new("desk.upgraded", &actor)
                    .info("from", Info::Number(from))
                    .info("to", Info::Number(version));
                journal.append(&Statements::new(tx), draft, now, None)?;
                journal.close(tx)?;
                settings::set(tx, LOGGED, &version.to_string())?;
            }
            Ok(())
        })
    }
}

#[cfg(test)]
#[path = "upgraded_tests.rs"]
mod tests;
