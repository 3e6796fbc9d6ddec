//! The clock of a ticket: it stands still while the ticket waits.

use rusqlite::{Connection, params};

use crate::domain::Time;
use crate::store::StoreError;

/// Late at the moment bound as `moment`; the same as `desk::due::overdue`.
pub(super) fn overdue(moment: &str) -> String {
    format!(
        "(due_at < coalesce(paused_at, {moment}) AND state <> 'issued' AND state <> 'closed'
         AND (state <> 'approved' OR coalesce(held_until, 0) <= {moment}))"
    )
}

/// Stops the clock.
pub fn pause(conn: &Connection, id: i64, at: Time) -> Result<(), StoreError> {
    conn.prepare_cached("UPDATE ticket SET paused_at = $1 WHERE id = $2")?.execute(params![at.0, id])?;
    Ok(())
}

/// Lets the clock go on; the ticket is due at a new moment.
pub fn resume(conn: &Connection, id: i64, due_at: Time) -> Result<(), StoreError> {
    conn.prepare_cached("UPDATE ticket SET paused_at = NULL, due_at = $1 WHERE id = $2")?
        .execute(params![due_at.0, id])?;
    Ok(())
}
