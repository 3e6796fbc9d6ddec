//! Names and values a desk has once, and its signed keysets.

use rusqlite::{Connection, OptionalExtension, params};

use crate::store::StoreError;

/// Reads a setting.
pub fn get(conn: &Connection, name: &str) -> Result<Option<String>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT value FROM setting WHERE name = $1")?
        .query_row([name], |row| row.get(0))
        .optional()?)
}

/// Writes a setting.
pub fn set(conn: &Connection, name: &str, value: &str) -> Result<(), StoreError> {
    conn.prepare_cached("INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value")?
        .execute(params![name, value])?;
    Ok(())
}

/// The newest keyset's signed text.
pub fn keyset(conn: &Connection) -> Result<Option<String>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT jws FROM keyset ORDER BY version DESC LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?)
}

/// Adds a keyset; versions only rise.
pub fn add_keyset(conn: &Connection, version: u64, jws: &str) -> Result<(), StoreError> {
    conn.prepare_cached("INSERT INTO keyset (version, jws) VALUES ($1, $2)")?
        .execute(params![i64::try_from(version).unwrap_or(i64::MAX), jws])?;
    Ok(())
}
