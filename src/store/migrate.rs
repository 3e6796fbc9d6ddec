//! The schema and its versions. `user_version` counts them: 1 is `schema.sql` as first published, and every
//! entry of the lists below is one more. A file of a later version is never written.
//!
//! An upgrade is one transaction that begins before the copy is made: nobody writes between the copy and the upgrade,
//! and whoever comes meanwhile waits and finds it done. Killed at any moment, the file is the old one or the new one.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::open::{self, begin_within};
use super::whole::{Depth, faults};
use super::{FileKind, StoreError, cipher, copy, place, shape};

/// The whole current schema of both files.
pub const SCHEMA: &str = include_str!("../../schema.sql");

/// Upgrades of the registry from one version to the next; `schema.sql` always holds the result of all.
const REGISTRY: &[&str] = &[];
/// Upgrades of the desk.
const DESK: &[&str] = &[];

/// How long somebody waits who finds another upgrading.
const PATIENCE: Duration = Duration::from_mins(30);

/// What an upgrade did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upgraded {
    /// The version it was.
    pub from: i64,
    /// The version it is.
    pub to: i64,
    /// Where the file lies as it was before.
    pub kept: PathBuf,
}

const fn upgrades(kind: FileKind) -> &'static [&'static str] {
    match kind {
        FileKind::Registry => REGISTRY,
        FileKind::Desk => DESK,
    }
}

#[cfg(test)]
use upgrade_tests::steps;
#[cfg(not(test))]
use upgrades as steps;

/// Where a test may end the program.
#[cfg(not(test))]
const fn reached(_stage: &str) {}
#[cfg(test)]
use upgrade_tests::reached;

/// The schema version this program writes.
pub fn version(kind: FileKind) -> i64 {
    1 + i64::try_from(steps(kind).len()).unwrap_or(i64::MAX - 1)
}

/// The schema version of an open file; 0 in a file whose creation was cut short.
pub fn found(conn: &Connection) -> Result<i64, StoreError> {
    Ok(conn.pragma_query_value(None, "user_version", |r| r.get(0))?)
}

/// One file's part of [`SCHEMA`].
pub fn section(kind: FileKind) -> &'static str {
    let mark = |kind: FileKind| match kind {
        FileKind::Registry => "-- file: registry.db\n",
        FileKind::Desk => "-- file: desk.db\n",
    };
    let rest = SCHEMA.split_once(mark(kind)).map_or("", |(_, rest)| rest);
    rest.split_once("\n-- file: ").map_or(rest, |(own, _)| own)
}

/// Writes the schema, the mark and the version into a new file, all or nothing.
pub(super) fn create(conn: &Connection, kind: FileKind) -> Result<(), StoreError> {
    let tx = super::open::begin_immediate(conn)?;
    tx.execute_batch(section(kind))?;
    tx.pragma_update(None, "application_id", kind.application_id())?;
    tx.pragma_update(None, "user_version", version(kind))?;
    Ok(tx.commit()?)
}

/// Brings an older file up to date. Unless `copied` says that a copy lies elsewhere, one is kept beside it first, read
/// back and flushed; where that cannot be made, nothing is upgraded.
pub(super) fn upgrade(
    conn: &Connection,
    path: &Path,
    kind: FileKind,
    copied: bool,
) -> Result<Option<Upgraded>, StoreError> {
    let to = version(kind);
    if found(conn)? >= to {
        return Ok(None);
    }
    // A step may build a table anew that others name; whether all names still lead somewhere is asked at the end.
    conn.pragma_update(None, "foreign_keys", false)?;
    let done = upgrade_alone(conn, path, kind, to, copied);
    conn.pragma_update(None, "foreign_keys", true)?;
    done
}

fn upgrade_alone(
    conn: &Connection,
    path: &Path,
    kind: FileKind,
    to: i64,
    copied: bool,
) -> Result<Option<Upgraded>, StoreError> {
    let tx = begin_within(conn, PATIENCE)?;
    let from = found(&tx)?;
    if from >= to {
        return Ok(None);
    }
    if from < 1 {
        return Err(StoreError::Foreign { path: path.to_path_buf(), expected: kind.file_name() });
    }
    reached("begun");
    let kept = if copied {
        path.to_path_buf()
    } else {
        keep_beside(path, kind, from, to).map_err(|why| StoreError::NotKept {
            path: path.to_path_buf(),
            found: from,
            known: to,
            why: Box::new(why),
        })?
    };
    reached("kept");
    for step in steps(kind).iter().skip(usize::try_from(from - 1).unwrap_or(0)) {
        tx.execute_batch(step)?;
    }
    if let Some(fault) = faults(&tx, Depth::Pages)?.into_iter().next() {
        return Err(StoreError::Damaged(fault.said));
    }
    tx.pragma_update(None, "user_version", to)?;
    // What somebody put in before is no part of the new file either: it stays the old one.
    shape::is_ours(&tx, kind)?;
    reached("changed");
    tx.commit()?;
    reached("committed");
    Ok(Some(Upgraded { from, to, kept }))
}

/// `FILE.before-N`, where N is the version to come: the file as it was, in a place that nothing else had.
fn keep_beside(path: &Path, kind: FileKind, from: i64, to: i64) -> Result<PathBuf, StoreError> {
    let named = |end: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".before-{to}{end}"));
        PathBuf::from(name)
    };
    let part = named(".part");
    let made = copy_of(path, &part, kind, from).and_then(|()| {
        let kept = (0..).map(|n| named(&if n == 0 { String::new() } else { format!(".{n}") }));
        for kept in kept {
            if !kept.exists() {
                std::fs::rename(&part, &kept).map_err(StoreError::io(&kept, "store-io-naming"))?;
                place::sync_folder(&kept)?;
                return Ok(kept);
            }
            // Of one that was killed after it had made its copy.
            if same(&part, &kept).map_err(StoreError::io(&kept, "store-io-looking"))? {
                return Ok(kept);
            }
        }
        Err(StoreError::Exists { path: part.clone() })
    });
    // Gone already where it got its name.
    let _ = std::fs::remove_file(&part);
    made
}

/// A copy that was read back and outlives a power cut.
fn copy_of(path: &Path, part: &Path, kind: FileKind, version: i64) -> Result<(), StoreError> {
    let _ = std::fs::remove_file(part);
    copy::copy_whole(path, part, kind)?;
    reached("copied");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let read = Connection::open_with_flags(part, flags)?;
    open::nothing_runs(&read)?;
    cipher::unlock(&read, kind)?;
    let id: i32 = read.pragma_query_value(None, "application_id", |r| r.get(0))?;
    if id != kind.application_id() || found(&read)? != version {
        return Err(StoreError::Foreign { path: part.to_path_buf(), expected: kind.file_name() });
    }
    if let Some(fault) = faults(&read, Depth::Pages)?.into_iter().next() {
        return Err(StoreError::Damaged(fault.said));
    }
    drop(read);
    File::open(part).and_then(|f| f.sync_all()).map_err(StoreError::io(part, "store-io-backup"))
}

/// Whether two files hold the same bytes.
fn same(one: &Path, other: &Path) -> io::Result<bool> {
    let (one, other) = (File::open(one)?, File::open(other)?);
    if one.metadata()?.len() != other.metadata()?.len() {
        return Ok(false);
    }
    let (mut one, mut other) = (BufReader::new(one), BufReader::new(other));
    let (mut a, mut b) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    loop {
        let n = one.read(&mut a)?;
        let Some((here, there)) = a.get(..n).zip(b.get_mut(..n)) else { return Ok(false) };
        other.read_exact(there)?;
        if n == 0 {
            return Ok(true);
        }
        if here != there {
            return Ok(false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Purpose, open::open};
    use super::*;

    #[test]
    fn a_new_file_has_the_current_version_and_each_section_stands_alone() {
        let dir = tempfile::tempdir().unwrap();
        for kind in [FileKind::Registry, FileKind::Desk] {
            let made = open(&dir.path().join(kind.file_name()), Purpose::Create, kind).unwrap();
            assert_eq!(found(&made.conn).unwrap(), version(kind));
            assert!(!section(kind).contains("-- file:"));
        }
    }

    #[test]
    fn a_later_version_is_read_with_a_sentence_and_never_written() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("registry.db");
        let made = open(&path, Purpose::Create, FileKind::Registry).unwrap();
        made.conn.pragma_update(None, "user_version", 99).unwrap();
        drop(made);
        let refused = open(&path, Purpose::Write, FileKind::Registry).unwrap_err();
        assert!(matches!(refused, StoreError::Newer { found: 99, known: 1, .. }), "{refused}");
        let read = open(&path, Purpose::Read, FileKind::Registry).unwrap();
        assert!(read.newer.unwrap().to_string().contains("install the newer Latchkey"));
    }
}

#[cfg(test)]
#[path = "upgrade_tests.rs"]
pub(crate) mod upgrade_tests;
