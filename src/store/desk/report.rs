//! What a report counts: open tickets by age, leaves of a time, grants with what stands behind them.

use std::ops::ControlFlow;

use rusqlite::{Connection, params};

use crate::domain::Time;
use crate::store::StoreError;

/// A grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The ticket.
    pub ticket: i64,
    /// Who signed it.
    pub by: String,
    /// When.
    pub at: Time,
    /// A code was read back on the ticket before that.
    pub with_code: bool,
    /// Leaves about the ticket by the same person before that, the decision itself and its consequences apart.
    pub looks: i64,
    /// The ticket's columns as they came (JSON).
    pub given: String,
}

/// When each ticket that is not closed was received, from the queue's own index.
pub fn open_received(conn: &Connection, mut each: impl FnMut(Time)) -> Result<(), StoreError> {
    let mut stmt = conn.prepare("SELECT received_at FROM ticket WHERE state <> 'closed'")?;
    let mut rows = stmt.query([])?;
    while let Some(row) = rows.next()? {
        each(Time(row.get(0)?));
    }
    Ok(())
}

/// When a ticket was received.
pub fn received_at(conn: &Connection, ticket: i64) -> Result<Option<Time>, StoreError> {
    let mut stmt = conn.prepare_cached("SELECT received_at FROM ticket WHERE id = $1")?;
    let mut rows = stmt.query([ticket])?;
    Ok(rows.next()?.map(|row| row.get(0).map(Time)).transpose()?)
}

/// How many leaves the log has.
pub fn leaves(conn: &Connection) -> Result<u64, StoreError> {
    let last: Option<i64> =
        conn.prepare_cached("SELECT max(seq) FROM leaf")?.query_row([], |row| row.get(0))?;
    Ok(last.map_or(0, |seq| seq.unsigned_abs() + 1))
}

/// The leaves with their tickets, the newest first, until `each` has enough.
pub fn leaves_back(
    conn: &Connection,
    mut each: impl FnMut(u64, Option<i64>, &str) -> ControlFlow<()>,
) -> Result<(), StoreError> {
    let mut stmt = conn.prepare("SELECT seq, ticket, line FROM leaf ORDER BY seq DESC")?;
    let mut rows = stmt.query([])?;
    while let Some(row) = rows.next()? {
        let seq: i64 = row.get(0)?;
        // Edited bytes need not be text; `audit verify` is what finds them.
        let line = row.get_ref(2)?.as_str().unwrap_or_default();
        let ticket = row.get::<_, Option<i64>>(1)?.filter(|ticket| *ticket > 0);
        if each(seq.unsigned_abs(), ticket, line).is_break() {
            break;
        }
    }
    Ok(())
}

/// Acts that show nobody looked: they happen to every ticket that is granted.
pub const NO_LOOK: [&str; 5] =
    ["case.imported", "case.updated", "decision.made", "owner.told", "authorization.issued"];

/// Grants of a time, by person and moment.
pub fn grants(conn: &Connection, from: Time, to: Time) -> Result<Vec<Grant>, StoreError> {
    let no_look = NO_LOOK.map(|act| format!("'{act}'")).join(", ");
    let sql = format!(
        "SELECT a.ticket, a.issued_by, a.issued_at,
            EXISTS (SELECT 1 FROM code c WHERE c.ticket = a.ticket AND c.confirmed_at <= a.issued_at),
            (SELECT count(*) FROM leaf l WHERE l.ticket = a.ticket
                AND json_extract(l.line, '$.actor') = a.issued_by
                AND json_extract(l.line, '$.act') NOT IN ({no_look})
                AND l.seq < (SELECT min(i.seq) FROM leaf i WHERE i.ticket = a.ticket
                    AND json_extract(i.line, '$.act') = 'authorization.issued')),
            t.given
         FROM authorization a JOIN ticket t ON t.id = a.ticket
         WHERE a.issued_at >= $1 AND a.issued_at < $2 ORDER BY a.issued_by, a.issued_at, a.jti"
    );
    let mut stmt = conn.prepare(&sql)?;
    let rows = stmt.query_map(params![from.0, to.0], |row| {
        Ok(Grant {
            ticket: row.get(0)?,
            by: row.get(1)?,
            at: Time(row.get(2)?),
            with_code: row.get(3)?,
            looks: row.get(4)?,
            given: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
