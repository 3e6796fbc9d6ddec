//! Service centres, by the leaf that made them what they are.

use rusqlite::{Connection, OptionalExtension, params};

use crate::store::StoreError;

/// What a centre is from a leaf on.
pub struct CentreRow {
    /// The leaf.
    pub leaf: u64,
    /// The centre.
    pub name: String,
    /// Its secret, once for each key (JSON).
    pub sealed: String,
}

/// Keeps what a centre is from a leaf on.
pub fn add(conn: &Connection, leaf: u64, name: &str, sealed: &str) -> Result<(), StoreError> {
    conn.prepare_cached("INSERT INTO centre (leaf, name, sealed) VALUES ($1, $2, $3)")?.execute(params![
        i64::try_from(leaf).unwrap_or(i64::MAX),
        name,
        sealed
    ])?;
    Ok(())
}

/// What a leaf made of a centre.
pub fn at(conn: &Connection, leaf: u64) -> Result<Option<CentreRow>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT name, sealed FROM centre WHERE leaf = $1")?
        .query_row([i64::try_from(leaf).unwrap_or(i64::MAX)], |row| {
            Ok(CentreRow { leaf, name: row.get(0)?, sealed: row.get(1)? })
        })
        .optional()?)
}

/// Every row, oldest first.
pub fn all(conn: &Connection) -> Result<Vec<CentreRow>, StoreError> {
    let mut stmt = conn.prepare("SELECT leaf, name, sealed FROM centre ORDER BY leaf")?;
    let rows = stmt.query_map([], |row| {
        let leaf = u64::try_from(row.get::<_, i64>(0)?).unwrap_or(u64::MAX);
        Ok(CentreRow { leaf, name: row.get(1)?, sealed: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
