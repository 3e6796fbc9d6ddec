//! Who has read what: when an agent last read a ticket, so that one sitting is one leaf; and the salts by which the log
//! speaks of what was looked up.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::links::{self, Link};
use crate::domain::Time;
use crate::store::StoreError;

/// When an agent's reading of a ticket was last written down.
pub fn last(conn: &Connection, ticket: i64, agent: &str) -> Result<Option<Time>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT at FROM reading WHERE ticket = $1 AND agent = $2")?
        .query_row(params![ticket, agent], |row| row.get(0).map(Time))
        .optional()?)
}

/// Writes it down.
pub fn set(conn: &Connection, ticket: i64, agent: &str, at: Time) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO reading (ticket, agent, at) VALUES ($1, $2, $3)
         ON CONFLICT (ticket, agent) DO UPDATE SET at = excluded.at",
    )?
    .execute(params![ticket, agent, at.0])?;
    Ok(())
}

/// The salt of a thing that was looked up, if it ever was.
pub fn salt(conn: &Connection, link: Link) -> Result<Option<[u8; 32]>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT salt FROM looked_for WHERE thing = $1")?
        .query_row([links::thing(link)], |row| row.get(0))
        .optional()?)
}

/// The same, drawn at the first time.
pub fn salt_of(conn: &Connection, link: Link) -> Result<[u8; 32], StoreError> {
    if let Some(salt) = salt(conn, link)? {
        return Ok(salt);
    }
    let mut new = [0; 32];
    getrandom::fill(&mut new).map_err(|_| StoreError::Nonsense { what: "random number" })?;
    conn.prepare_cached("INSERT INTO looked_for (thing, salt) VALUES ($1, $2)")?
        .execute(params![links::thing(link), &new[..]])?;
    Ok(new)
}

/// Nobody can tell any more whether this was looked up.
pub fn forget(conn: &Connection, link: Link) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM looked_for WHERE thing = $1")?.execute([links::thing(link)])?;
    Ok(())
}
