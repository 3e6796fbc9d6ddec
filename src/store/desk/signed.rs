//! What agents signed of their acts, by the leaf that names it.

use rusqlite::{Connection, OptionalExtension, params};

use crate::store::StoreError;

/// Keeps what was signed of the act of a leaf.
pub fn add(conn: &Connection, leaf: u64, jws: &str) -> Result<(), StoreError> {
    conn.prepare_cached("INSERT INTO statement (leaf, jws) VALUES ($1, $2)")?
        .execute(params![i64::try_from(leaf).unwrap_or(i64::MAX), jws])?;
    Ok(())
}

/// What was signed of the act of a leaf.
pub fn of(conn: &Connection, leaf: u64) -> Result<Option<String>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT jws FROM statement WHERE leaf = $1")?
        .query_row([i64::try_from(leaf).unwrap_or(i64::MAX)], |row| row.get(0))
        .optional()?)
}

/// Everything that was signed, in the order of the log.
pub fn all(conn: &Connection) -> Result<Vec<(u64, String)>, StoreError> {
    let mut stmt = conn.prepare("SELECT leaf, jws FROM statement ORDER BY leaf")?;
    let rows = stmt
        .query_map([], |row| Ok((u64::try_from(row.get::<_, i64>(0)?).unwrap_or(u64::MAX), row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
