//! Whether other connections have written.

use rusqlite::Connection;

use crate::store::StoreError;

/// A counter that changes whenever another connection has committed to the file; it costs next to nothing.
pub fn others_writes(conn: &Connection) -> Result<i64, StoreError> {
    Ok(conn.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?)
}
