//! Whether a file holds what it says. Whoever writes a file can build one of its indexes over something else and put its
//! text back: rows are there then for who reads the table, and gone for who asks by the index.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension as _};

use super::{FileKind, Purpose, StoreError, open};
use crate::words::Phrase;

/// Faults that are asked of SQLite: each row that an index lacks is one.
const MOST_ASKED: u32 = 100;
/// Faults that are named; more say nothing new.
const MOST_NAMED: usize = 5;
/// Steps of SQLite, or pages, between two looks at whether to go on.
const STEPS: i32 = 10_000;
/// Between two looks at whether a thread has come to its end.
const BREATH: Duration = Duration::from_millis(20);

/// Something that is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// In SQLite's words, which name no values.
    pub said: String,
    /// The index that is not what its table holds, with the table.
    pub index: Option<(String, String)>,
}

impl Fault {
    /// In words, of this file.
    pub fn phrase(&self, kind: FileKind) -> Phrase {
        let words = match &self.index {
            Some((index, table)) => {
                Phrase::of("chain-index").with("index", index.as_str()).with("table", table.as_str())
            }
            None => Phrase::of("chain-file"),
        };
        words.with("file", kind.file_name()).with("said", self.said.as_str())
    }
}

/// How closely a file is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Its pages, and what each row may hold.
    Pages,
    /// Whether each index is what its table holds, too.
    Indexes,
}

/// What SQLite finds wrong with a file: its pages and indexes, then rows that name rows that are not there.
pub fn faults(conn: &Connection, depth: Depth) -> Result<Vec<Fault>, StoreError> {
    let mut found = match depth {
        Depth::Pages => asked(conn, &format!("PRAGMA quick_check({MOST_NAMED})"))?,
        Depth::Indexes => asked(conn, &format!("PRAGMA integrity_check({MOST_ASKED})"))?,
    };
    let mut stmt = conn.prepare("PRAGMA foreign_key_check")?;
    let mut rows = stmt.query([])?;
    while let Some(row) = rows.next()? {
        if found.len() >= MOST_NAMED {
            break;
        }
        let (table, named): (String, String) = (row.get(0)?, row.get(2)?);
        let said = format!("a row of {table} names one of {named} that is not there");
        found.push(Fault { said, index: None });
    }
    Ok(found)
}

/// The first fault of a table and its indexes, for who is about to go by one of them.
pub fn of_table(conn: &Connection, table: &str) -> Result<Option<Fault>, StoreError> {
    Ok(asked(conn, &format!("PRAGMA integrity_check({table})"))?.into_iter().next())
}

/// What SQLite says, each index once.
fn asked(conn: &Connection, pragma: &str) -> Result<Vec<Fault>, StoreError> {
    let mut found: Vec<Fault> = Vec::new();
    let mut stmt = conn.prepare(pragma)?;
    let mut rows = stmt.query([])?;
    while let Some(row) = rows.next()? {
        let said: String = row.get(0)?;
        if said == "ok" || found.len() >= MOST_NAMED {
            continue;
        }
        let index = index_of(conn, &said)?;
        if index.is_none() || found.iter().all(|fault| fault.index != index) {
            found.push(Fault { said, index });
        }
    }
    Ok(found)
}

/// The index that SQLite speaks of ("row 3 missing from index NAME"), and its table.
fn index_of(conn: &Connection, said: &str) -> Result<Option<(String, String)>, StoreError> {
    let Some((_, name)) = said.rsplit_once(" index ") else { return Ok(None) };
    let sql = "SELECT tbl_name FROM sqlite_schema WHERE type = 'index' AND name = $1";
    let table = conn.prepare_cached(sql)?.query_row([name], |row| row.get(0)).optional()?;
    Ok(table.map(|table| (name.to_owned(), table)))
}

/// What was found: nothing, or the first fault and its file.
type Found = Option<(FileKind, Fault)>;

/// A look at whole files in a thread of its own, while others read them. Dropped, it ends.
#[derive(Debug)]
pub struct Look {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<Result<Found, StoreError>>>,
}

impl Look {
    /// Begins with the first of these files.
    pub fn begin(files: [(PathBuf, FileKind); 2]) -> Result<Self, StoreError> {
        let stop = Arc::new(AtomicBool::new(false));
        let mut opened = Vec::new();
        for (path, kind) in files {
            let mut conn = open(&path, Purpose::Read, kind)?.conn;
            let stop = Arc::clone(&stop);
            conn.progress_handler(STEPS, Some(move || stop.load(Ordering::Relaxed)))?;
            opened.push((kind, conn));
        }
        let look = move || -> Result<Found, StoreError> {
            for (kind, conn) in opened {
                let found = asked(&conn, &format!("PRAGMA integrity_check({MOST_NAMED})"))?;
                if let Some(fault) = found.into_iter().next() {
                    return Ok(Some((kind, fault)));
                }
            }
            Ok(None)
        };
        let thread = std::thread::Builder::new().name("indexes".to_owned()).spawn(look);
        Ok(Self { stop, thread: Some(thread.map_err(|_| StoreError::Memory)?) })
    }

    /// Waits for it to be done, as long as `go_on` says so; `None` where that ended it.
    pub fn end(mut self, go_on: &mut dyn FnMut() -> bool) -> Result<Option<Found>, StoreError> {
        let Some(thread) = self.thread.take() else { return Ok(None) };
        while !thread.is_finished() {
            if !go_on() {
                self.thread = Some(thread);
                return Ok(None);
            }
            std::thread::sleep(BREATH);
        }
        thread.join().map_err(|_| StoreError::Memory)?.map(Some)
    }
}

impl Drop for Look {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An index over something else under its own text, and one that lacks a row: named once, with its table.
    #[test]
    fn an_index_that_is_not_what_its_table_holds_is_named() {
        let dir = tempfile::tempdir().unwrap();
        for (n, (kind, index, table, otherwise)) in [
            (
                FileKind::Registry,
                "sighting_msisdn",
                "sighting",
                "sighting (-msisdn, last_seen) WHERE msisdn > 0",
            ),
            (
                FileKind::Registry,
                "sighting_msisdn",
                "sighting",
                "sighting (msisdn, last_seen) WHERE msisdn > 7",
            ),
        ]
        .into_iter()
        .enumerate()
        {
            let path = dir.path().join(format!("{n}.db"));
            let conn = open(&path, Purpose::Create, kind).unwrap().conn;
            for number in 1..200 {
                let put = "INSERT INTO sighting (device, first_seen, iccid, imsi, msisdn, key, last_seen) \
                           VALUES ($1, 1, $1, 1, $1, $1, 2)";
                conn.execute(put, [number]).unwrap();
            }
            drop(conn);
            let whole = || {
                let conn = open(&path, Purpose::Read, kind).unwrap().conn;
                (faults(&conn, Depth::Pages).unwrap(), faults(&conn, Depth::Indexes).unwrap())
            };
            assert_eq!(whole(), (Vec::new(), Vec::new()));
            rebuilt(&path, index, otherwise);
            let (pages, indexes) = whole();
            assert_eq!(pages, Vec::new(), "it is this that nobody saw");
            assert_eq!(indexes.len(), 1, "{indexes:?}");
            assert_eq!(indexes[0].index, Some((index.to_owned(), table.to_owned())), "{otherwise}");
        }
    }

    fn rebuilt(path: &std::path::Path, index: &str, otherwise: &str) {
        let put = |sql: &str, then: &str| {
            let conn = Connection::open(path).unwrap();
            let version: i64 = conn.pragma_query_value(None, "schema_version", |r| r.get(0)).unwrap();
            conn.execute_batch("PRAGMA writable_schema = ON").unwrap();
            conn.execute("UPDATE sqlite_schema SET sql = $1 WHERE name = $2", [sql, index]).unwrap();
            conn.execute_batch(&format!("PRAGMA schema_version = {}", version + 1)).unwrap();
            drop(conn);
            Connection::open(path).unwrap().execute_batch(then).unwrap();
        };
        let read = "SELECT sql FROM sqlite_schema WHERE name = $1";
        let sql: String = Connection::open(path).unwrap().query_row(read, [index], |r| r.get(0)).unwrap();
        put(&format!("CREATE INDEX {index} ON {otherwise}"), &format!("REINDEX {index}"));
        put(&sql, "");
    }

    #[test]
    fn a_look_ends_when_it_is_told_to() {
        let dir = tempfile::tempdir().unwrap();
        let files = [FileKind::Desk, FileKind::Registry].map(|kind| {
            let path = dir.path().join(kind.file_name());
            drop(open(&path, Purpose::Create, kind).unwrap());
            (path, kind)
        });
        assert_eq!(Look::begin(files.clone()).unwrap().end(&mut || true).unwrap(), Some(None));
        let look = Look::begin(files).unwrap();
        look.stop.store(true, Ordering::Relaxed);
        drop(look);
    }
}
