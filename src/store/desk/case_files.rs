//! Files of cases that came in, and what they brought.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use crate::domain::Time;
use crate::store::{Statements, StoreError};

/// How many of these tickets have each recommendation.
pub fn recommendations(conn: &Connection, tickets: &[i64]) -> Result<BTreeMap<String, u64>, StoreError> {
    let mut stmt = conn.prepare_cached("SELECT recommendation FROM ticket WHERE id = $1")?;
    let mut counts = BTreeMap::new();
    for id in tickets {
        let word: Option<String> = stmt.query_row([id], |row| row.get(0))?;
        if let Some(word) = word {
            *counts.entry(word).or_insert(0) += 1;
        }
    }
    Ok(counts)
}

/// Whether these very bytes came in before.
pub fn known(conn: &Connection, sha256: &[u8; 32]) -> Result<bool, StoreError> {
    Ok(conn.prepare_cached("SELECT 1 FROM case_file WHERE sha256 = $1")?.exists([&sha256[..]])?)
}

/// Remembers a file that came in.
pub fn add(conn: &Connection, sha256: &[u8; 32], name: &str, at: Time, by: &str) -> Result<(), StoreError> {
    conn.prepare_cached("INSERT INTO case_file (sha256, name, at, by) VALUES ($1, $2, $3, $4)")?
        .execute(params![&sha256[..], name, at.0, by])?;
    Ok(())
}

/// Adds a note to a ticket, and says its number there.
pub fn add_note(conn: &Connection, ticket: i64, at: Time, by: &str, text: &str) -> Result<i64, StoreError> {
    let id = conn
        .prepare_cached(
            "INSERT INTO note (ticket, id, at, by, text)
             VALUES ($1, (SELECT coalesce(max(id), 0) + 1 FROM note WHERE ticket = $1), $2, $3, $4)
             RETURNING id",
        )?
        .query_row(params![ticket, at.0, by, text], |row| row.get(0))?;
    Ok(id)
}

const FIRST_NOTE: &str = "INSERT INTO note (ticket, id, at, by, text) VALUES ($1, 1, $2, $3, $4)";

/// Adds the first note of a new ticket.
pub fn add_first_note(
    statements: &Statements<'_>,
    ticket: i64,
    at: Time,
    by: &str,
    text: &str,
) -> Result<(), StoreError> {
    statements.statement(FIRST_NOTE)?.execute(params![ticket, at.0, by, text])?;
    Ok(())
}

/// Notes of a ticket, oldest first.
pub fn notes(conn: &Connection, ticket: i64) -> Result<Vec<Note>, StoreError> {
    let mut stmt = conn.prepare_cached(
        "SELECT at, by, text FROM note WHERE ticket = $1 AND removed_at IS NULL ORDER BY at, id",
    )?;
    let rows = stmt
        .query_map([ticket], |row| Ok(Note { at: Time(row.get(0)?), by: row.get(1)?, text: row.get(2)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What an agent, or the caller of a batch, wrote.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Note {
    /// When.
    pub at: Time,
    /// Who.
    pub by: String,
    /// What, as written.
    pub text: String,
}

/// Moves every note of one ticket to another (a merge of twins).
pub fn move_notes(conn: &Connection, from: i64, to: i64) -> Result<(), StoreError> {
    conn.prepare_cached(
        "UPDATE note SET ticket = $1, id = id + (SELECT coalesce(max(id), 0) FROM note WHERE ticket = $1)
         WHERE ticket = $2",
    )?
    .execute(params![to, from])?;
    Ok(())
}
