//! A copy of a file that others are writing to.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::{FileKind, StoreError, cipher, open::nothing_runs, place};

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
