//! How a database file is opened: one policy for both files (DESIGN.md §5.1).

use super::{StoreError, cipher, migrate, place, shape};
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use std::fs::File;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Older write-ahead logs lose commits in a rare case (sqlite.org, 3.51.3).
const OLDEST_SQLITE: i32 = 3_051_003;
/// How long one statement waits for another process before we hear of it.
const BUSY: Duration = Duration::from_secs(5);
/// How long a write is tried again.
const PATIENCE: Duration = Duration::from_secs(30);
/// Between two syncs of a log that grows.
const BREATH: Duration = Duration::from_millis(4);
/// Statements kept ready; gathering and importing use about seventy.
const STATEMENTS: usize = 256;

/// Which of the two files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// `registry.db`: the lists as others sent them.
    Registry,
    /// `desk.db`: what we must never lose.
    Desk,
}

impl FileKind {
    /// The mark in the file's header: `LKRG` or `LKDK` in ASCII.
    pub const fn application_id(self) -> i32 {
        match self {
            Self::Registry => 0x4C4B_5247,
            Self::Desk => 0x4C4B_444B,
        }
    }

    /// The file's name inside a desk's folder.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Registry => "registry.db",
            Self::Desk => "desk.db",
        }
    }
}

/// What a file is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A new file; there must be none.
    Create,
    /// An existing file, upgraded if it is older; a copy of it is kept beside it then.
    Write,
    /// A file that was just taken out of a backup: upgraded if it is older, and that backup is its copy.
    Unpacked,
    /// An existing file, never changed.
    Read,
}

/// An open file.
#[derive(Debug)]
pub struct Opened {
    /// The connection, with every setting in place.
    pub conn: Connection,
    /// The file is of a newer version than this program: it is read as far as it is understood. The sentence
    /// to show.
    pub newer: Option<StoreError>,
    /// The file was of an older version until just now.
    pub upgraded: Option<migrate::Upgraded>,
}

/// Opens a file for a purpose, under the one policy.
pub fn open(path: &Path, purpose: Purpose, kind: FileKind) -> Result<Opened, StoreError> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        return Err(StoreError::OldSqlite { found: rusqlite::version() });
    }
    let path = &place::settle(path)?;
    place::refuse_network(path)?;
    match purpose {
        Purpose::Create => place::make_private(path)?,
        Purpose::Write | Purpose::Unpacked => {
            refuse_empty(path)?;
            place::keep_private(path)?;
        }
        Purpose::Read => refuse_empty(path)?,
    }
    let access = match purpose {
        Purpose::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
        _ => OpenFlags::SQLITE_OPEN_READ_WRITE,
    };
    let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let conn = Connection::open_with_flags(path, flags)?;
    cipher::unlock(&conn, kind)?;
    defences(&conn)?;
    if purpose != Purpose::Create {
        refuse_foreign(&conn, path, kind)?;
    }
    settings(&conn, kind, purpose)?;
    let (mut newer, mut upgraded) = (None, None);
    if purpose == Purpose::Create {
        conn.pragma_update(None, "page_size", page_size(kind))?;
        journal(&conn)?;
        migrate::create(&conn, kind)?;
        place::sync_folder(path)?;
    } else {
        newer = version_of(&conn, path, purpose, kind)?;
    }
    if matches!(purpose, Purpose::Write | Purpose::Unpacked) {
        journal(&conn)?;
        upgraded = migrate::upgrade(&conn, path, kind, purpose == Purpose::Unpacked)?;
    }
    shape::is_ours(&conn, kind)?;
    if purpose == Purpose::Read {
        conn.pragma_update(None, "query_only", true)?;
    }
    Ok(Opened { conn, newer, upgraded })
}

/// A look-up in the registry wants one small page; a batch of cases appends to the desk's tables, and an eighth of
/// the pages makes it a sixth faster (measured).
pub(super) const fn page_size(kind: FileKind) -> i64 {
    match kind {
        FileKind::Registry => 4096,
        FileKind::Desk => 32_768,
    }
}

/// Moves from the write-ahead log into the file what no reader stands in the way of; nobody waits. Durable it was
/// before: this is for those who read next. Where the disk has no room for it, the next one does it: what landed has
/// landed, and is not told as a failure.
pub fn tidy_log(conn: &Connection) {
    let _ = conn.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
}

/// Moves everything from the write-ahead log into the file and empties the log: after a big import readers
/// would look every page up in it. A reader that is still at work is not waited for.
pub fn fold_log(conn: &Connection) -> Result<(), StoreError> {
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(())
}

fn refuse_empty(path: &Path) -> Result<(), StoreError> {
    match std::fs::metadata(path) {
        Ok(found) if found.len() == 0 => Err(StoreError::Empty { path: path.to_path_buf() }),
        Ok(_) => Ok(()),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            Err(StoreError::Missing { path: path.to_path_buf() })
        }
        Err(e) => Err(StoreError::io(path, "store-io-looking")(e)),
    }
}

/// Refuses what is no SQLite file, and what another program (or our other file's code) wrote.
fn refuse_foreign(conn: &Connection, path: &Path, kind: FileKind) -> Result<(), StoreError> {
    let foreign = || StoreError::Foreign { path: path.to_path_buf(), expected: kind.file_name() };
    match conn.pragma_query_value(None, "application_id", |r| r.get::<_, i32>(0)) {
        Ok(id) if id == kind.application_id() => Ok(()),
        Ok(_) => Err(foreign()),
        Err(e) if e.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
            Err(cipher::why_unread(path).unwrap_or_else(foreign))
        }
        Err(e) => Err(e.into()),
    }
}

/// The sentence for a newer file opened to read; an error where the version forbids the purpose.
fn version_of(
    conn: &Connection,
    path: &Path,
    purpose: Purpose,
    kind: FileKind,
) -> Result<Option<StoreError>, StoreError> {
    let (found, known) = (migrate::found(conn)?, migrate::version(kind));
    let path = path.to_path_buf();
    if found > known {
        let newer = StoreError::Newer { path, found, known };
        return if purpose == Purpose::Read { Ok(Some(newer)) } else { Err(newer) };
    }
    if found < known && purpose == Purpose::Read {
        return Err(StoreError::Older { path, found, known });
    }
    Ok(None)
}

fn journal(conn: &Connection) -> Result<(), StoreError> {
    let mode: String = conn.pragma_update_and_check(None, "journal_mode", "WAL", |r| r.get(0))?;
    if mode == "wal" { Ok(()) } else { Err(StoreError::Setting { setting: "journal_mode=WAL" }) }
}

/// Nothing of the file runs by itself: we make neither triggers nor views, and one that somebody else made would work in
/// our transactions. On every connection, whatever it is for.
pub(super) fn nothing_runs(conn: &Connection) -> Result<(), StoreError> {
    switch(conn, DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    switch(conn, DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    switch(conn, DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)
}

fn switch(conn: &Connection, config: DbConfig, on: bool) -> Result<(), StoreError> {
    if conn.set_db_config(config, on)? == on {
        Ok(())
    } else {
        Err(StoreError::Setting { setting: "a safety switch (sqlite3_db_config)" })
    }
}

/// What protects us from the file; none of it reads the file.
fn defences(conn: &Connection) -> Result<(), StoreError> {
    conn.busy_timeout(BUSY)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS);
    nothing_runs(conn)?;
    for (config, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_ATTACH_CREATE, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_ATTACH_WRITE, false),
        // Without it, STAT4 plans a query anew at every bind.
        (DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true),
    ] {
        switch(conn, config, on)?;
    }
    for (limit, most) in [
        (Limit::SQLITE_LIMIT_LENGTH, 16 << 20),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 100_000),
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 10),
    ] {
        conn.set_limit(limit, most)?;
    }
    Ok(())
}

fn settings(conn: &Connection, kind: FileKind, purpose: Purpose) -> Result<(), StoreError> {
    let registry = kind == FileKind::Registry;
    // A reader of the registry asks for pages all over a file far larger than any cache of ours: the system keeps them
    // better. Decrypting one again is dearer than keeping it.
    let little = registry && purpose == Purpose::Read && !cipher::in_use();
    for (name, value) in [
        ("synchronous", "FULL"),
        ("fullfsync", "ON"),
        ("checkpoint_fullfsync", "ON"),
        ("foreign_keys", "ON"),
        ("cell_size_check", "ON"),
        ("temp_store", "MEMORY"),
        // Reading into memory of our own costs no more (measured), and a file that is cut short under us is an error,
        // where a mapping would end the process. Read at random from a cold disk, a mapping brought 25 times as much in.
        ("mmap_size", "0"),
        // Room that an import fills and a short write does not; a batch that spills into the log reads it back.
        ("cache_size", if little { "-8192" } else { "-262144" }),
        // 4 and 16 MiB: what a reader has to look up in the log beside the file.
        ("wal_autocheckpoint", if registry { "1000" } else { "500" }),
        // An automatic index over ten million rows for one query takes minutes.
        ("automatic_index", if registry { "OFF" } else { "ON" }),
        ("secure_delete", if registry { "OFF" } else { "ON" }),
    ] {
        // Some of these answer with a row, some do not.
        conn.pragma_update(None, name, value)?;
    }
    Ok(())
}

/// One write: `BEGIN IMMEDIATE`, `work`, `COMMIT`; nothing of it stays if anything fails. Waits up to 30
/// seconds for another process, at uneven intervals so that two waiting ones do not march in step.
pub fn write_tx<T, E: From<StoreError>>(
    conn: &Connection,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let tx = begin_immediate(conn)?;
    let done = work(&tx)?;
    tx.commit().map_err(StoreError::from)?;
    Ok(done)
}

/// The same for a batch of many megabytes: while the commit copies them into the write-ahead log, the disk already
/// writes what is there, so that the commit's own sync, which alone counts, finds little left to do. It stays in the
/// log; once whoever waits for it was answered, [`tidy_log`].
pub fn write_bulk_tx<T, E: From<StoreError>>(
    conn: &Connection,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let pages = moves_after(conn, 0)?;
    let done = synced_ahead(conn, work);
    moves_after(conn, pages)?;
    done
}

fn synced_ahead<T, E: From<StoreError>>(
    conn: &Connection,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let log = conn.path().map(|path| format!("{path}-wal"));
    let tx = begin_immediate(conn)?;
    let done = work(&tx)?;
    let committed = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let ahead = || {
            let Some(Ok(log)) = log.map(File::open) else { return };
            while !committed.load(Ordering::Acquire) && log.sync_data().is_ok() {
                std::thread::sleep(BREATH);
            }
        };
        // Without a second thread it only takes longer.
        let _ = std::thread::Builder::new().name("sync".to_owned()).spawn_scoped(scope, ahead);
        let result = tx.commit().map_err(StoreError::from);
        committed.store(true, Ordering::Release);
        result
    })?;
    Ok(done)
}

/// After how many pages in the write-ahead log a commit moves them into the file (0: never); how many it was before.
fn moves_after(conn: &Connection, pages: i64) -> Result<i64, StoreError> {
    let before = conn.pragma_query_value(None, "wal_autocheckpoint", |row| row.get(0))?;
    conn.pragma_update(None, "wal_autocheckpoint", pages)?;
    Ok(before)
}

/// The same, where nobody else is writing; `None` where somebody is: for what can wait.
pub fn write_tx_if_free<T, E: From<StoreError>>(
    conn: &Connection,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
) -> Result<Option<T>, E> {
    conn.busy_timeout(Duration::ZERO).map_err(StoreError::from)?;
    let begun = Transaction::new_unchecked(conn, TransactionBehavior::Immediate).map_err(StoreError::from);
    conn.busy_timeout(BUSY).map_err(StoreError::from)?;
    let tx = match begun {
        Err(StoreError::Busy) => return Ok(None),
        begun => begun?,
    };
    let done = work(&tx)?;
    tx.commit().map_err(StoreError::from)?;
    Ok(Some(done))
}

/// Holds on to the file as it is now, for a reading of several steps; `false` where that was so already. Whoever is
/// answered `true` calls [`end_view`], and writes nothing before.
pub fn begin_view(conn: &Connection) -> Result<bool, StoreError> {
    let begins = conn.is_autocommit();
    if begins {
        conn.execute_batch("BEGIN DEFERRED")?;
    }
    Ok(begins)
}

/// Lets the file go that [`begin_view`] held.
pub fn end_view(conn: &Connection) -> Result<(), StoreError> {
    Ok(conn.execute_batch("COMMIT")?)
}

/// Begins a write transaction, waiting its turn.
pub(super) fn begin_immediate(conn: &Connection) -> Result<Transaction<'_>, StoreError> {
    begin_within(conn, PATIENCE)
}

/// The same with another patience.
pub(super) fn begin_within(conn: &Connection, patience: Duration) -> Result<Transaction<'_>, StoreError> {
    let start = Instant::now();
    loop {
        // `unchecked`: the connection is borrowed shared; SQLite itself refuses a transaction inside another.
        match Transaction::new_unchecked(conn, TransactionBehavior::Immediate).map_err(StoreError::from) {
            Err(StoreError::Busy) if start.elapsed() < patience => std::thread::sleep(jitter()),
            other => return other,
        }
    }
}

fn jitter() -> Duration {
    let mut byte = [0_u8; 1];
    // Without randomness the pause is merely even.
    let _ = getrandom::fill(&mut byte);
    Duration::from_millis(20 + u64::from(byte.first().copied().unwrap_or(0)))
}
