//! The schema and its versions. `user_version` counts them: 1 is `schema.sql` as first published, and every
//! entry of the lists below is one more. A file of a later version is never written.

use super::{FileKind, StoreError, cipher, open::begin_immediate, place};
use rusqlite::Connection;
use std::path::Path;

/// The whole current schema of both files.
pub const SCHEMA: &str = include_str!("../../schema.sql");

/// Upgrades of the registry from one version to the next; `schema.sql` always holds the result of all.
const REGISTRY: &[&str] = &[];
/// Upgrades of the desk.
const DESK: &[&str] = &[];

const fn upgrades(kind: FileKind) -> &'static [&'static str] {
    match kind {
        FileKind::Registry => REGISTRY,
        FileKind::Desk => DESK,
    }
}

/// The schema version this program writes.
pub fn version(kind: FileKind) -> i64 {
    1 + i64::try_from(upgrades(kind).len()).unwrap_or(i64::MAX - 1)
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
    let tx = begin_immediate(conn)?;
    tx.execute_batch(section(kind))?;
    tx.pragma_update(None, "application_id", kind.application_id())?;
    tx.pragma_update(None, "user_version", version(kind))?;
    Ok(tx.commit()?)
}

/// Brings an older file up to date: a copy of it is kept beside it first.
pub(super) fn upgrade(conn: &Connection, path: &Path, kind: FileKind) -> Result<(), StoreError> {
    upgrade_by(conn, path, kind, upgrades(kind))
}

fn upgrade_by(conn: &Connection, path: &Path, kind: FileKind, steps: &[&str]) -> Result<(), StoreError> {
    let known = 1 + i64::try_from(steps.len()).unwrap_or(i64::MAX - 1);
    let before = found(conn)?;
    if before >= known {
        return Ok(());
    }
    if before < 1 {
        return Err(StoreError::Foreign { path: path.to_path_buf(), expected: kind.file_name() });
    }
    backup_beside(conn, path, before, kind)?;
    let tx = begin_immediate(conn)?;
    // Another process may have upgraded while we waited.
    let from = usize::try_from(found(&tx)? - 1).unwrap_or(0);
    for step in steps.iter().skip(from) {
        tx.execute_batch(step)?;
    }
    tx.pragma_update(None, "user_version", known)?;
    Ok(tx.commit()?)
}

/// Copies the file page by page to `FILE.v1.bak` (the old version), through a temporary name.
fn backup_beside(conn: &Connection, path: &Path, version: i64, kind: FileKind) -> Result<(), StoreError> {
    let named = |end: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".v{version}.{end}"));
        std::path::PathBuf::from(name)
    };
    let (part, whole) = (named("part"), named("bak"));
    if whole.exists() {
        return Ok(());
    }
    let _ = std::fs::remove_file(&part);
    place::make_private(&part)?;
    let mut copy = Connection::open(&part)?;
    cipher::unlock(&copy, kind)?;
    rusqlite::backup::Backup::new(conn, &mut copy)?.run_to_completion(
        1024,
        std::time::Duration::ZERO,
        None,
    )?;
    // One plain file: no log of its own beside it.
    copy.pragma_update(None, "journal_mode", "DELETE")?;
    copy.close().map_err(|(_, e)| e)?;
    std::fs::File::open(&part)
        .and_then(|f| f.sync_all())
        .map_err(StoreError::io(&part, "store-io-backup"))?;
    std::fs::rename(&part, &whole).map_err(StoreError::io(&whole, "store-io-naming"))?;
    place::sync_folder(&whole)
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

    #[test]
    fn an_upgrade_keeps_a_copy_and_runs_once() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("registry.db");
        let made = open(&path, Purpose::Create, FileKind::Registry).unwrap();
        let steps = ["CREATE TABLE later (x INTEGER) STRICT"];
        for _ in 0..2 {
            upgrade_by(&made.conn, &path, FileKind::Registry, &steps).unwrap();
            assert_eq!(found(&made.conn).unwrap(), 2);
        }
        let kept = Connection::open(dir.path().join("registry.db.v1.bak")).unwrap();
        assert_eq!(found(&kept).unwrap(), 1);
        let bad = ["", "CREATE TABLE good (x INTEGER) STRICT; CREATE TABLE later (x INTEGER)"];
        upgrade_by(&made.conn, &path, FileKind::Registry, &bad).unwrap_err();
        assert_eq!(found(&made.conn).unwrap(), 2);
        let left = "SELECT count(*) FROM sqlite_schema WHERE name = 'good'";
        assert_eq!(made.conn.query_row(left, [], |r| r.get::<_, i64>(0)).unwrap(), 0);
    }
}
