//! Marking every open ticket as out of date, a few at a time.

use rusqlite::{Connection, params};

use crate::store::StoreError;

pub(super) const MARK: &str =
    "UPDATE ticket SET stale = 1 WHERE id > $1 AND id <= $2 AND state <> 'closed' AND stale = 0";
pub(super) const LAST: &str = "SELECT coalesce(max(id), 0) FROM ticket";

/// The highest number of a ticket.
pub fn last_ticket(conn: &Connection) -> Result<i64, StoreError> {
    Ok(conn.prepare_cached(LAST)?.query_row([], |row| row.get(0))?)
}

/// Marks the open tickets above `after` and up to `to`.
pub fn mark_between(conn: &Connection, after: i64, to: i64) -> Result<(), StoreError> {
    conn.prepare_cached(MARK)?.execute(params![after, to])?;
    Ok(())
}
