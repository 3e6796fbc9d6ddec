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

/// The settings whose names begin so.
pub fn beginning(conn: &Connection, with: &str) -> Result<Vec<(String, String)>, StoreError> {
    let mut stmt =
        conn.prepare_cached("SELECT name, value FROM setting WHERE substr(name, 1, length($1)) = $1")?;
    let rows = stmt.query_map([with], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Forgets a setting.
pub fn remove(conn: &Connection, name: &str) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM setting WHERE name = $1")?.execute([name])?;
    Ok(())
}

/// The newest keyset's signed text.
pub fn keyset(conn: &Connection) -> Result<Option<String>, StoreError> {
    Ok(newest_keyset(conn)?.map(|(_, jws)| jws))
}

/// The newest keyset: the version by which it is kept, and its signed text.
pub fn newest_keyset(conn: &Connection) -> Result<Option<(u64, String)>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT version, jws FROM keyset ORDER BY version DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get::<_, i64>(0)?.unsigned_abs(), row.get(1)?)))
        .optional()?)
}

/// The version of the newest keyset.
pub fn keyset_version(conn: &Connection) -> Result<u64, StoreError> {
    let newest: Option<i64> =
        conn.prepare_cached("SELECT max(version) FROM keyset")?.query_row([], |row| row.get(0))?;
    Ok(newest.unwrap_or(0).unsigned_abs())
}

/// Every keyset by its version, the oldest first.
pub fn keysets(conn: &Connection) -> Result<Vec<(u64, String)>, StoreError> {
    let mut stmt = conn.prepare_cached("SELECT version, jws FROM keyset ORDER BY version")?;
    let rows = stmt.query_map([], |row| Ok((row.get::<_, i64>(0)?.unsigned_abs(), row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Adds a keyset; versions only rise.
pub fn add_keyset(conn: &Connection, version: u64, jws: &str) -> Result<(), StoreError> {
    conn.prepare_cached("INSERT INTO keyset (version, jws) VALUES ($1, $2)")?
        .execute(params![i64::try_from(version).unwrap_or(i64::MAX), jws])?;
    Ok(())
}
