//! What tickets are compared by when rings and insiders are looked for, a bounded number at a time.

use std::ops::ControlFlow;

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::evidence::Columns;
use super::links::{self, Link};
use crate::domain::Time;
use crate::store::StoreError;

/// Decisions that are looked through for those of one agent, the newest first.
const MOST_DECISIONS: i64 = 2_000;

/// A ticket as it was submitted.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// Its number.
    pub ticket: i64,
    /// When it came.
    pub at: Time,
    /// The claim's columns, as given.
    pub given: Columns,
    /// What it may share with others.
    pub links: Vec<Link>,
}

const CLAIMED: &str = "SELECT id, received_at, given, links FROM ticket";

fn read(row: &Row<'_>) -> Result<Claimed, StoreError> {
    let given: String = row.get(2)?;
    Ok(Claimed {
        ticket: row.get(0)?,
        at: Time(row.get(1)?),
        given: serde_json::from_str(&given).map_err(|_| StoreError::Nonsense { what: "claim" })?,
        links: links::unpack(row.get_ref(3)?.as_blob().unwrap_or_default()).collect(),
    })
}

/// One ticket; nothing where it lives on in another.
pub fn claimed(conn: &Connection, ticket: i64) -> Result<Option<Claimed>, StoreError> {
    conn.prepare_cached(&format!("{CLAIMED} WHERE id = $1 AND merged_into IS NULL"))?
        .query_row([ticket], |row| Ok(read(row)))
        .optional()?
        .transpose()
}

/// Tickets that came in a time, the newest first, until `each` has enough.
pub fn each_claimed(
    conn: &Connection,
    (from, to): (Time, Time),
    mut each: impl FnMut(Claimed) -> ControlFlow<()>,
) -> Result<(), StoreError> {
    let mut stmt = conn.prepare(&format!(
        "{CLAIMED} WHERE merged_into IS NULL AND received_at >= $1 AND received_at < $2 ORDER BY id DESC"
    ))?;
    let mut rows = stmt.query([from.0, to.0])?;
    while let Some(row) = rows.next()? {
        if each(read(row)?).is_break() {
            break;
        }
    }
    Ok(())
}

/// Retailer and number of each receipt of a ticket, as given.
pub fn receipts(conn: &Connection, ticket: i64) -> Result<Vec<(String, String)>, StoreError> {
    let mut stmt =
        conn.prepare_cached("SELECT given FROM evidence WHERE ticket = $1 AND kind = 'receipt'")?;
    let mut rows = stmt.query([ticket])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let given: String = row.get(0)?;
        let given: Columns =
            serde_json::from_str(&given).map_err(|_| StoreError::Nonsense { what: "evidence text" })?;
        let text = |column: &str| given.get(column).cloned().unwrap_or_default();
        found.push((text("receipt_retailer"), text("receipt_no")));
    }
    Ok(found)
}

/// What customers wrote with tickets of these numbers: the first note that came with each, and its mails.
pub fn texts(conn: &Connection, (from, to): (i64, i64)) -> Result<Vec<(i64, String)>, StoreError> {
    let mut found = Vec::new();
    for sql in [
        "SELECT ticket, text FROM note WHERE ticket BETWEEN $1 AND $2 AND id = 1 AND removed_at IS NULL",
        "SELECT ticket, text FROM mail WHERE ticket BETWEEN $1 AND $2",
    ] {
        let mut stmt = conn.prepare_cached(sql)?;
        let mut rows = stmt.query([from, to])?;
        while let Some(row) = rows.next()? {
            found.push((row.get(0)?, row.get(1)?));
        }
    }
    Ok(found)
}

/// Tickets that an agent lately decided to grant, with the moment, the newest first.
pub fn granting(conn: &Connection, agent: &str) -> Result<Vec<(i64, Time)>, StoreError> {
    let mut stmt = conn.prepare_cached(
        "SELECT ticket, at FROM (SELECT ticket, at, by, word FROM decision WHERE cancelled_at IS NULL
           ORDER BY id DESC LIMIT $1)
         WHERE by = $2 AND (word = 'approve' OR word = 'approve-second')",
    )?;
    let rows = stmt.query_map(params![MOST_DECISIONS, agent], |row| Ok((row.get(0)?, Time(row.get(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether a code was read back on a ticket.
pub fn any_code_read(conn: &Connection, ticket: i64) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM code WHERE ticket = $1 AND confirmed_at IS NOT NULL";
    Ok(conn.prepare_cached(sql)?.exists([ticket])?)
}
