//! What is there already, asked from another thread than the one that writes.

use crate::domain::ListRow;
use crate::store::{Db, FileKind, Purpose, StoreError, open};
use rusqlite::OptionalExtension;
use std::path::Path;

pub(super) const ACCOUNT_ID: &str = "SELECT account_id FROM account WHERE no = $1";

/// The accounts that the registry had when an import began. Nobody but that import writes meanwhile, and it takes none
/// away before its rows are read.
pub struct Accounts(Db);

impl Accounts {
    /// Begins to look; after the import began.
    pub fn look(registry: &Path) -> Result<Self, StoreError> {
        let conn = open(registry, Purpose::Read, FileKind::Registry)?.conn;
        // One moment for all looks: a look of its own each would pay for the file's locks.
        conn.execute_batch("BEGIN")?;
        Ok(Self(conn))
    }

    /// Whether the account that a row names is there.
    pub fn has(&self, row: &ListRow) -> Result<bool, StoreError> {
        let id = match row {
            ListRow::Contact(row) => &row.account_id,
            ListRow::Binding(row) => &row.account_id,
            _ => return Ok(false),
        };
        let known: Option<String> =
            self.0.prepare_cached(ACCOUNT_ID)?.query_row([id.key().0], |r| r.get(0)).optional()?;
        // Another id with the same key is for the writing thread to refuse.
        Ok(known.is_some_and(|known| known == id.as_str()))
    }
}
