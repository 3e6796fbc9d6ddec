//! A copy of a file that others are writing to, and what SQLite itself says about a file.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::{FileKind, StoreError, cipher, open::nothing_runs, place};

/// Problems that are named; more say nothing new.
const MOST_NAMED: usize = 5;

/// Copies the file as it is at one moment, while others read and write; nothing deleted is in the copy. There must be
/// no file `to`; it is made for its owner alone. The copy is not flushed.
pub fn copy_whole(from: &Path, to: &Path, kind: FileKind) -> Result<(), StoreError> {
    place::make_private(to)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    // A connection of its own: the defences of `open` forbid what VACUUM INTO does.
    let conn = Connection::open_with_flags(from, flags)?;
    nothing_runs(&conn)?;
    cipher::unlock(&conn, kind)?;
    cipher::copies_as(&conn, kind)?;
    conn.busy_timeout(std::time::Duration::from_secs(30))?;
    conn.execute("VACUUM INTO $1", [to.to_string_lossy()])?;
    Ok(())
}

/// Writes the whole `desk.db` anew, without what was deleted from it, while others read; who writes waits. `false` where
/// somebody still reads the old pages, so that the write-ahead log keeps them until they are done.
pub fn rewrite(path: &Path) -> Result<bool, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    nothing_runs(&conn)?;
    cipher::unlock(&conn, FileKind::Desk)?;
    conn.busy_timeout(std::time::Duration::from_secs(30))?;
    for (name, value) in [("secure_delete", "ON"), ("synchronous", "FULL"), ("fullfsync", "ON")] {
        conn.pragma_update(None, name, value)?;
    }
    conn.execute_batch("VACUUM")?;
    let busy: i64 = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    Ok(busy == 0)
}

/// What SQLite finds wrong with a file: its pages, then rows that name rows that are not there.
pub fn faults(conn: &Connection) -> Result<Vec<String>, StoreError> {
    let mut found = Vec::new();
    let mut stmt = conn.prepare("PRAGMA quick_check(5)")?;
    let mut rows = stmt.query([])?;
    while let Some(row) = rows.next()? {
        let said: String = row.get(0)?;
        if said != "ok" {
            found.push(said);
        }
    }
    let mut stmt = conn.prepare("PRAGMA foreign_key_check")?;
    let mut rows = stmt.query([])?;
    while let Some(row) = rows.next()? {
        let (table, named): (String, String) = (row.get(0)?, row.get(2)?);
        found.push(format!("a row of {table} names one of {named} that is not there"));
        if found.len() >= MOST_NAMED {
            break;
        }
    }
    Ok(found)
}

/// Whether nobody else has `desk.db` open: it then leaves write-ahead logging, and is one file that can be moved.
pub fn close_for_all(path: &Path) -> Result<bool, StoreError> {
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    nothing_runs(&conn)?;
    cipher::unlock(&conn, FileKind::Desk)?;
    let mode = conn.pragma_update_and_check(None, "journal_mode", "DELETE", |r| r.get::<_, String>(0));
    match mode.map_err(StoreError::from) {
        Ok(mode) => Ok(mode == "delete"),
        Err(StoreError::Busy) => Ok(false),
        Err(e) => Err(e),
    }
}
