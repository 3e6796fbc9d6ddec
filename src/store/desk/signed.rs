//! What agents signed of their acts, by the last leaf of each.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::store::StoreError;

/// Keeps what was signed of the act that ends with a leaf.
pub fn add(conn: &Connection, leaf: u64, jws: &str) -> Result<(), StoreError> {
    conn.prepare_cached("INSERT INTO statement (leaf, jws) VALUES ($1, $2)")?
        .execute(params![i64::try_from(leaf).unwrap_or(i64::MAX), jws])?;
    Ok(())
}

/// What was signed of the act that a leaf belongs to, if anything was: the first statement that ends with it or behind it.
pub fn at_or_after(conn: &Connection, leaf: u64) -> Result<Option<(u64, String)>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT leaf, jws FROM statement WHERE leaf >= $1 ORDER BY leaf LIMIT 1")?
        .query_row([i64::try_from(leaf).unwrap_or(i64::MAX)], read)
        .optional()?)
}

/// What was signed behind a leaf, in the order of the log; from the beginning where none is named.
pub fn after(conn: &Connection, leaf: Option<u64>, most: usize) -> Result<Vec<(u64, String)>, StoreError> {
    let after = leaf.map_or(-1, |leaf| i64::try_from(leaf).unwrap_or(i64::MAX));
    let mut stmt =
        conn.prepare_cached("SELECT leaf, jws FROM statement WHERE leaf > $1 ORDER BY leaf LIMIT $2")?;
    let rows = stmt.query_map(params![after, i64::try_from(most).unwrap_or(i64::MAX)], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<(u64, String)> {
    Ok((u64::try_from(row.get::<_, i64>(0)?).unwrap_or(u64::MAX), row.get(1)?))
}
