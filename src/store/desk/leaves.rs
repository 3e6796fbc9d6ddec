//! Leaves as others are handed them: by number, by hash, many at a time.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, params};

use crate::audit::Hash;
use crate::store::StoreError;

/// The hashes of all leaves, in order. Of a million it takes about a second.
pub fn hashes(conn: &Connection) -> Result<Vec<Hash>, StoreError> {
    let mut stmt = conn.prepare("SELECT seq, hash FROM leaf ORDER BY seq")?;
    let mut rows = stmt.query([])?;
    let mut hashes: Vec<Hash> = Vec::new();
    while let Some(row) = rows.next()? {
        let hash = row.get_ref(1)?.as_blob().ok().and_then(|bytes| bytes.try_into().ok());
        let whole = row.get::<_, i64>(0)? == i64::try_from(hashes.len()).unwrap_or(i64::MAX);
        let nonsense = StoreError::Nonsense { what: "hash of a leaf" };
        hashes.push(hash.filter(|_| whole).ok_or(nonsense)?);
    }
    Ok(hashes)
}

/// The hash of one leaf.
pub fn hash_at(conn: &Connection, seq: u64) -> Result<Option<Hash>, StoreError> {
    let hash: Option<Vec<u8>> = conn
        .prepare_cached("SELECT hash FROM leaf WHERE seq = $1")?
        .query_row([i64::try_from(seq).unwrap_or(i64::MAX)], |row| row.get(0))
        .optional()?;
    Ok(hash.and_then(|bytes| bytes.try_into().ok()))
}

/// The leaves from `from` up to `to`, without it, as they are stored.
pub fn lines(conn: &Connection, from: u64, to: u64) -> Result<Vec<Vec<u8>>, StoreError> {
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let mut stmt = conn.prepare_cached("SELECT line FROM leaf WHERE seq >= $1 AND seq < $2 ORDER BY seq")?;
    let rows = stmt.query_map([number(from), number(to)], |row| {
        Ok(match row.get_ref(0)? {
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes.to_vec(),
            _ => Vec::new(),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The leaves that speak of one ticket with their numbers, newest first.
pub fn of_ticket(conn: &Connection, ticket: i64) -> Result<Vec<(u64, String)>, StoreError> {
    let mut stmt = conn.prepare_cached("SELECT seq, line FROM leaf WHERE ticket = $1 ORDER BY seq DESC")?;
    let rows =
        stmt.query_map([ticket], |row| Ok((u64::try_from(row.get::<_, i64>(0)?).unwrap_or(0), row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The newest leaf that has this in the place of a ticket's number, with its own.
pub fn last_of(conn: &Connection, ticket: i64) -> Result<Option<(u64, String)>, StoreError> {
    let read = |row: &rusqlite::Row<'_>| Ok((u64::try_from(row.get::<_, i64>(0)?).unwrap_or(0), row.get(1)?));
    Ok(conn
        .prepare_cached("SELECT seq, line FROM leaf WHERE ticket = $1 ORDER BY seq DESC LIMIT 1")?
        .query_row([ticket], read)
        .optional()?)
}

/// Signed heads of at least this size, the longest first.
pub fn checkpoints_from(conn: &Connection, size: u64) -> Result<Vec<String>, StoreError> {
    let mut stmt = conn.prepare_cached(
        "SELECT note FROM checkpoint WHERE size >= $1 ORDER BY size DESC, at DESC LIMIT $2",
    )?;
    let rows = stmt.query_map(params![i64::try_from(size).unwrap_or(i64::MAX), 16], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One leaf as it is stored: its line, and the hash beside it.
pub fn at(conn: &Connection, seq: u64) -> Result<Option<(String, Option<Hash>)>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT line, hash FROM leaf WHERE seq = $1")?
        .query_row([i64::try_from(seq).unwrap_or(i64::MAX)], |row| {
            let line = row.get_ref(0)?.as_str().unwrap_or_default().to_owned();
            Ok((line, row.get_ref(1)?.as_blob().ok().and_then(|bytes| bytes.try_into().ok())))
        })
        .optional()?)
}

/// The newest leaves that have this in the place of a ticket's number, newest first.
pub fn newest_of(conn: &Connection, ticket: i64, most: usize) -> Result<Vec<String>, StoreError> {
    let mut stmt =
        conn.prepare_cached("SELECT line FROM leaf WHERE ticket = $1 ORDER BY seq DESC LIMIT $2")?;
    let rows = stmt.query_map(params![ticket, i64::try_from(most).unwrap_or(i64::MAX)], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
