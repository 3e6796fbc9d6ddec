//! Owner notices, objections, notices on devices raised here, releases and clearings.

use rusqlite::{Connection, OptionalExtension, params};

use super::links;
use crate::domain::{NoticeKind, NoticeStatus, Time};
use crate::store::{Statements, StoreError};

/// Records that the owner was told of a decision.
pub fn add_owner_notice(
    conn: &Connection,
    ticket: i64,
    decision: i64,
    at: Time,
    contacts: &str,
) -> Result<(), StoreError> {
    conn.prepare_cached("INSERT INTO owner_notice (ticket, decision, at, contacts) VALUES ($1, $2, $3, $4)")?
        .execute(params![ticket, decision, at.0, contacts])?;
    Ok(())
}

/// When the owner was told of a decision; the row must agree with the decision for the cool-down to count.
pub fn owner_told_at(conn: &Connection, decision: i64) -> Result<Option<Time>, StoreError> {
    let at: Option<i64> = conn
        .prepare_cached("SELECT max(at) FROM owner_notice WHERE decision = $1")?
        .query_row([decision], |row| row.get(0))?;
    Ok(at.map(Time))
}

/// Records the owner's no; a second one changes nothing.
pub fn add_objection(
    conn: &Connection,
    ticket: i64,
    at: Time,
    by: &str,
    reason: Option<&str>,
) -> Result<bool, StoreError> {
    let added = conn
        .prepare_cached(
            "INSERT INTO objection (ticket, at, by, reason) VALUES ($1, $2, $3, $4) ON CONFLICT (ticket) DO NOTHING",
        )?
        .execute(params![ticket, at.0, by, reason])?;
    Ok(added == 1)
}

/// A notice raised here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskNotice {
    /// Its number.
    pub id: i64,
    /// The identifier's registry key.
    pub key: i64,
    /// The identifier.
    pub name: String,
    /// Why.
    pub kind: NoticeKind,
    /// How far it has come.
    pub status: NoticeStatus,
    /// When it lapses unless confirmed.
    pub lapses_at: Option<Time>,
    /// Who raised it.
    pub raised_by: String,
    /// Who confirmed it.
    pub confirmed_by: Option<String>,
    /// The first who asked to clear it.
    pub clear_asked_by: Option<String>,
}

/// Raises a pending notice on an identifier; its number.
#[allow(clippy::too_many_arguments)]
pub fn raise(
    conn: &Connection,
    ticket: i64,
    key: i64,
    name: &str,
    kind: NoticeKind,
    at: Time,
    lapses_at: Option<Time>,
    by: &str,
) -> Result<i64, StoreError> {
    conn.prepare_cached(
        "INSERT INTO desk_notice (key, name, kind, status, reported_at, lapses_at, ticket, raised_by)
         VALUES ($1, $2, $3, 'pending', $4, $5, $6, $7)",
    )?
    .execute(params![key, name, kind.as_str(), at.0, lapses_at.map(|t| t.0), ticket, by])?;
    Ok(conn.last_insert_rowid())
}

/// Notices that a ticket raised.
pub fn raised_by(conn: &Connection, ticket: i64) -> Result<Vec<DeskNotice>, StoreError> {
    let mut stmt = conn.prepare_cached(
        "SELECT id, key, name, kind, status, lapses_at, raised_by, confirmed_by, clear_asked_by
         FROM desk_notice WHERE ticket = $1 ORDER BY id",
    )?;
    let mut rows = stmt.query([ticket])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let nonsense = |what| StoreError::Nonsense { what };
        found.push(DeskNotice {
            id: row.get(0)?,
            key: row.get(1)?,
            name: row.get(2)?,
            kind: row.get::<_, String>(3)?.parse().map_err(|_| nonsense("kind of notice"))?,
            status: row.get::<_, String>(4)?.parse().map_err(|_| nonsense("status of a notice"))?,
            lapses_at: row.get::<_, Option<i64>>(5)?.map(Time),
            raised_by: row.get(6)?,
            confirmed_by: row.get(7)?,
            clear_asked_by: row.get(8)?,
        });
    }
    Ok(found)
}

/// A second person confirms a notice.
pub fn confirm(conn: &Connection, id: i64, by: &str) -> Result<(), StoreError> {
    conn.prepare_cached(
        "UPDATE desk_notice SET status = 'confirmed', confirmed_by = $1, lapses_at = NULL WHERE id = $2",
    )?
    .execute(params![by, id])?;
    Ok(())
}

/// The first of two asks to clear a notice.
pub fn ask_clear(conn: &Connection, id: i64, by: &str) -> Result<(), StoreError> {
    conn.prepare_cached("UPDATE desk_notice SET clear_asked_by = $1 WHERE id = $2")?
        .execute(params![by, id])?;
    Ok(())
}

/// The second clears it.
pub fn clear(conn: &Connection, id: i64, by: &str, at: Time) -> Result<(), StoreError> {
    conn.prepare_cached(
        "UPDATE desk_notice SET status = 'cleared', cleared_by = $1, cleared_at = $2, lapses_at = NULL WHERE id = $3",
    )?
    .execute(params![by, at.0, id])?;
    Ok(())
}

/// Whether any notice of this desk stands on the device of a ticket: its numbers disturb every ticket on it.
pub fn tickets_on(conn: &Connection, key: i64) -> Result<Vec<i64>, StoreError> {
    // No ticket has the number 0, so none is left out.
    links::sharing(&Statements::new(conn), (links::kind::DEVICE, key), 0)
}

/// A binding is released by a redeemed grant.
pub fn release(
    conn: &Connection,
    record: i64,
    account: i64,
    bound_at: Time,
    at: Time,
    jti: &str,
) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO release (record, account, bound_at, released_at, jti) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (record, account, bound_at) DO UPDATE SET released_at = excluded.released_at, jti = excluded.jti",
    )?
    .execute(params![record, account, bound_at.0, at.0, jti])?;
    Ok(())
}

/// A failing check that an approver clears against one other ticket.
pub struct Clearing<'a> {
    /// The ticket whose check is cleared.
    pub ticket: i64,
    /// Against this ticket.
    pub other: i64,
    /// The check.
    pub check: &'a str,
    /// The approver.
    pub by: &'a str,
    /// When.
    pub at: Time,
    /// Why.
    pub reason: &'a str,
    /// The signed text.
    pub jws: &'a str,
}

/// Keeps a clearing.
pub fn add_clearing(conn: &Connection, c: &Clearing<'_>) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO clearing (ticket, other, name, by, at, reason, jws) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (ticket, other, name) DO UPDATE SET
           by = excluded.by, at = excluded.at, reason = excluded.reason, jws = excluded.jws",
    )?
    .execute(params![c.ticket, c.other, c.check, c.by, c.at.0, c.reason, c.jws])?;
    Ok(())
}

/// Every clearing with its signed text, to be verified with the log.
pub fn clearings(conn: &Connection) -> Result<Vec<(Cleared, String)>, StoreError> {
    let mut stmt =
        conn.prepare("SELECT ticket, other, name, by, jws FROM clearing ORDER BY ticket, other, name")?;
    let rows = stmt.query_map([], |row| {
        let cleared =
            Cleared { ticket: row.get(0)?, other: row.get(1)?, check: row.get(2)?, by: row.get(3)? };
        Ok((cleared, row.get(4)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A check of a ticket that somebody cleared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleared {
    /// The ticket.
    pub ticket: i64,
    /// The one that its check failed against.
    pub other: i64,
    /// Which check.
    pub check: String,
    /// Who cleared it.
    pub by: String,
}

/// Clearings of a ticket against others and of others against it.
pub fn clearings_of(conn: &Connection, ticket: i64) -> Result<Vec<Cleared>, StoreError> {
    let mut stmt = conn.prepare_cached(
        "SELECT ticket, other, name, by FROM clearing WHERE ticket = $1
         UNION ALL SELECT ticket, other, name, by FROM clearing WHERE other = $1 AND ticket <> $1",
    )?;
    let rows = stmt.query_map([ticket], |row| {
        Ok(Cleared { ticket: row.get(0)?, other: row.get(1)?, check: row.get(2)?, by: row.get(3)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The owner's objection reason, if one was written down.
pub fn objection_reason(conn: &Connection, ticket: i64) -> Result<Option<String>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT reason FROM objection WHERE ticket = $1")?
        .query_row([ticket], |row| row.get(0))
        .optional()?
        .flatten())
}
