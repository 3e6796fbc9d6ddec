//! What stands for a later program in tests: further steps for the desk's file, and where the program is killed.

use std::borrow::Cow;
use std::cell::Cell;

use rusqlite::Connection;

use super::{FileKind, SCHEMA, section, upgrade, upgrades, version};
use crate::store::shape::Things;
use crate::store::{Purpose, StoreError, open};

thread_local! {
    static STEPS: Cell<&'static [&'static str]> = const { Cell::new(&[]) };
    static KILLED_AT: Cell<&'static str> = const { Cell::new("") };
}

/// What `upgrades` is where nothing stands for a later program.
pub fn steps(kind: FileKind) -> Vec<&'static str> {
    let later: &[&str] = if kind == FileKind::Desk { STEPS.get() } else { &[] };
    upgrades(kind).iter().chain(later).copied().collect()
}

/// Ends what stands for a later program: the next test may run in the same thread.
pub struct Later;

impl Drop for Later {
    fn drop(&mut self) {
        STEPS.set(&[]);
    }
}

/// This thread's program knows that many steps more.
pub fn is_later_by(steps: &'static [&'static str]) {
    STEPS.set(steps);
}

/// This thread's program is killed there.
pub fn is_killed_at(stage: &'static str) {
    KILLED_AT.set(stage);
}

pub fn reached(stage: &str) {
    if KILLED_AT.get() == stage {
        let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
    }
}

/// Steps as a later program may have them: `ticket`, which nearly all others name, is built anew (sqlite.org, "Making
/// Other Kinds Of Table Schema Changes"), then a table is added, with a row for each time that this was done.
pub fn later_steps() -> &'static [&'static str] {
    let (before, rest) = section(FileKind::Desk).split_once("CREATE TABLE ticket (").unwrap();
    let (columns, _) = rest.split_once("\n) STRICT;").unwrap();
    assert!(!before.contains("CREATE INDEX ticket_"));
    let indexes: String = section(FileKind::Desk)
        .split_inclusive(';')
        .filter(|sql| sql.contains("INDEX") && sql.contains(" ON ticket ("))
        .collect();
    let anew = format!(
        "CREATE TABLE ticket_new ({columns}\n) STRICT;
         INSERT INTO ticket_new SELECT * FROM ticket;
         DROP TABLE ticket;
         ALTER TABLE ticket_new RENAME TO ticket;
         {indexes}"
    );
    let added = "CREATE TABLE later (n INTEGER) STRICT; INSERT INTO later VALUES (7)";
    Vec::leak(vec![&*String::leak(anew), added])
}

/// What these steps add to the shape of a file.
pub fn and_later(kind: FileKind, mut things: Cow<'static, Things>) -> Cow<'static, Things> {
    if kind == FileKind::Desk && !STEPS.get().is_empty() {
        let made = "CREATE TABLE later (n INTEGER) STRICT".to_owned();
        let made = [made.clone(), made];
        things.to_mut().insert("later".to_owned(), ("table", "later".to_owned(), made));
    }
    things
}

/// Every table and index with its columns, whatever the text that made it looked like.
fn shape(conn: &Connection) -> Vec<String> {
    let mut shape: Vec<String> = Vec::new();
    for (sql, parts) in [
        ("SELECT name, '' FROM sqlite_schema", 2),
        (
            "SELECT s.name, c.name, c.type, c.\"notnull\", c.dflt_value, c.pk FROM sqlite_schema s, pragma_table_xinfo(s.name) c",
            6,
        ),
        (
            "SELECT s.name, f.\"from\", f.\"table\", f.\"to\" FROM sqlite_schema s, pragma_foreign_key_list(s.name) f",
            4,
        ),
        (
            "SELECT s.name, i.name, i.\"unique\", i.partial FROM sqlite_schema s, pragma_index_list(s.name) i",
            4,
        ),
        ("SELECT s.name, x.seqno, x.name FROM sqlite_schema s, pragma_index_info(s.name) x", 3),
    ] {
        let mut stmt = conn.prepare(sql).unwrap();
        let rows = stmt.query_map([], |row| {
            let text = |n| row.get::<_, rusqlite::types::Value>(n).map(|v| format!("{v:?}"));
            (0..parts).map(text).collect::<Result<Vec<_>, _>>()
        });
        shape.extend(rows.unwrap().map(|row| row.unwrap().join(" ")));
    }
    shape.sort();
    shape
}

fn made(dir: &tempfile::TempDir) -> std::path::PathBuf {
    let path = dir.path().join("desk.db");
    drop(open(&path, Purpose::Create, FileKind::Desk).unwrap());
    path
}

fn names(dir: &tempfile::TempDir) -> Vec<String> {
    let entries = std::fs::read_dir(dir.path()).unwrap();
    let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| !name.ends_with("-wal") && !name.ends_with("-shm"));
    names.sort();
    names
}

#[test]
fn an_upgraded_file_is_shaped_as_a_new_one() {
    let _ends = Later;
    assert!(SCHEMA.contains("-- file: desk.db\n"));
    let dir = tempfile::tempdir().unwrap();
    let path = made(&dir);
    let new = shape(&open(&path, Purpose::Read, FileKind::Desk).unwrap().conn);
    assert!(new.len() > 200, "{}", new.len());
    is_later_by(later_steps());
    let mut opened = open(&path, Purpose::Write, FileKind::Desk).unwrap();
    let done = opened.upgraded.take().unwrap();
    assert_eq!((done.from, done.to), (1, 3));
    assert_eq!(done.kept.file_name().unwrap(), "desk.db.before-3");
    let on: bool = opened.conn.pragma_query_value(None, "foreign_keys", |r| r.get(0)).unwrap();
    assert!(on, "names are looked after again");
    let mut upgraded = shape(&opened.conn);
    upgraded.retain(|line| !line.contains("later"));
    assert_eq!(upgraded, new);
    drop(opened);
    assert!(open(&path, Purpose::Write, FileKind::Desk).unwrap().upgraded.is_none(), "once");
    assert_eq!(names(&dir), ["desk.db", "desk.db.before-3"]);
}

#[test]
fn a_step_that_fails_changes_nothing() {
    let _ends = Later;
    for (steps, why) in [
        (
            &["CREATE TABLE good (n INTEGER); CREATE TABLE good (n INTEGER)"] as &'static [&str],
            "already exists",
        ),
        (&["CREATE TABLE good (n INTEGER)", "INSERT INTO nowhere VALUES (1)"], "no such table"),
        (
            &["INSERT INTO note (ticket, id, at, by, text) VALUES (77, 1, 1, 'anna', 'x')"],
            "names one of ticket",
        ),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let path = made(&dir);
        is_later_by(steps);
        let refused = open(&path, Purpose::Write, FileKind::Desk).unwrap_err().to_string();
        assert!(refused.contains(why), "{refused}");
        is_later_by(&[]);
        let old = open(&path, Purpose::Write, FileKind::Desk).unwrap();
        assert_eq!(super::found(&old.conn).unwrap(), 1);
        assert!(old.conn.prepare("SELECT * FROM good").is_err());
        let notes: i64 = old.conn.query_row("SELECT count(*) FROM note", [], |r| r.get(0)).unwrap();
        assert_eq!(notes, 0);
    }
}

#[test]
fn an_older_file_is_not_read_as_a_newer_one_and_no_copy_that_differs_is_lost() {
    let _ends = Later;
    let dir = tempfile::tempdir().unwrap();
    let path = made(&dir);
    std::fs::write(dir.path().join("desk.db.before-3"), "of another time").unwrap();
    is_later_by(later_steps());
    let older = open(&path, Purpose::Read, FileKind::Desk).unwrap_err();
    assert!(matches!(older, StoreError::Older { found: 1, known: 3, .. }), "{older}");
    drop(open(&path, Purpose::Write, FileKind::Desk).unwrap());
    assert_eq!(names(&dir), ["desk.db", "desk.db.before-3", "desk.db.before-3.1"]);
    assert_eq!(version(FileKind::Desk), 3);
    // What was unpacked from a backup needs no other copy.
    let unpacked = dir.path().join("unpacked.db");
    std::fs::copy(dir.path().join("desk.db.before-3.1"), &unpacked).unwrap();
    drop(open(&unpacked, Purpose::Unpacked, FileKind::Desk).unwrap());
    assert!(open(&unpacked, Purpose::Read, FileKind::Desk).is_ok());
    assert!(!names(&dir).iter().any(|name| name.starts_with("unpacked.db.")));
}

#[test]
fn a_damaged_file_is_not_upgraded() {
    let _ends = Later;
    let dir = tempfile::tempdir().unwrap();
    let path = made(&dir);
    let raw = Connection::open(&path).unwrap();
    raw.execute_batch("PRAGMA foreign_keys = OFF; INSERT INTO contributor VALUES (999999, 'anna')").unwrap();
    drop(raw);
    is_later_by(later_steps());
    let refused = open(&path, Purpose::Write, FileKind::Desk).unwrap_err();
    assert!(matches!(&refused, StoreError::NotKept { .. }), "{refused}");
    assert!(refused.to_string().contains("names one of ticket"), "{refused}");
    assert_eq!(names(&dir), ["desk.db"]);
    let conn = Connection::open(&path).unwrap();
    assert!(upgrade(&conn, &path, FileKind::Registry, true).unwrap().is_none(), "the lists are up to date");
}
