//! What people keep for their screens: columns, saved searches, where they were.

use rusqlite::{Connection, params};

use crate::store::StoreError;

/// Something kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Everybody at the desk has it; else the agent alone.
    pub everybody: bool,
    /// What it is.
    pub name: String,
    /// The text kept.
    pub value: String,
}

/// What an agent has, their own before everybody's.
pub fn of(conn: &Connection, agent: &str) -> Result<Vec<Kept>, StoreError> {
    let mut stmt = conn.prepare_cached(
        "SELECT agent = '', name, value FROM kept WHERE agent = $1 OR agent = '' ORDER BY agent = '', name",
    )?;
    let rows = stmt.query_map([agent], |row| {
        Ok(Kept { everybody: row.get(0)?, name: row.get(1)?, value: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Keeps a text under a name, for an agent or (empty) for everybody.
pub fn put(conn: &Connection, agent: &str, name: &str, value: &str) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO kept (agent, name, value) VALUES ($1, $2, $3)
         ON CONFLICT (agent, name) DO UPDATE SET value = excluded.value",
    )?
    .execute(params![agent, name, value])?;
    Ok(())
}

/// Forgets what was kept under a name.
pub fn drop(conn: &Connection, agent: &str, name: &str) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM kept WHERE agent = $1 AND name = $2")?.execute(params![agent, name])?;
    Ok(())
}
