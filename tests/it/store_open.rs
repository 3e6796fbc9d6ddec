//! The open policy, read back setting by setting, and every refusal with its way out.

use latchkey::store::{FileKind, Purpose, StoreError, open, write_bulk_tx, write_tx};
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, types::Value};
use std::path::Path;

fn pragma(conn: &Connection, name: &str) -> String {
    match conn.pragma_query_value(None, name, |r| r.get::<_, Value>(0)).unwrap() {
        Value::Integer(i) => i.to_string(),
        Value::Text(t) => t,
        other => panic!("{name}: {other:?}"),
    }
}

fn settings_hold(conn: &Connection, kind: FileKind, purpose: Purpose) {
    let registry = kind == FileKind::Registry;
    for (name, value) in [
        ("journal_mode", "wal"),
        ("page_size", if registry { "4096" } else { "32768" }),
        ("synchronous", "2"),
        ("fullfsync", "1"),
        ("checkpoint_fullfsync", "1"),
        ("busy_timeout", "5000"),
        ("foreign_keys", "1"),
        ("trusted_schema", "0"),
        ("cell_size_check", "1"),
        ("temp_store", "2"),
        ("cache_size", if registry && purpose == Purpose::Read { "-8192" } else { "-262144" }),
        ("mmap_size", "0"),
        ("wal_autocheckpoint", if registry { "1000" } else { "500" }),
        ("automatic_index", if registry { "0" } else { "1" }),
        ("secure_delete", if registry { "0" } else { "1" }),
        ("query_only", if purpose == Purpose::Read { "1" } else { "0" }),
        ("application_id", if registry { "1280004679" } else { "1280001099" }),
        ("user_version", "1"),
    ] {
        assert_eq!(pragma(conn, name), value, "{name} of {kind:?} for {purpose:?}");
    }
    for (config, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_ATTACH_CREATE, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_ATTACH_WRITE, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true),
    ] {
        assert_eq!(conn.db_config(config).unwrap(), on);
    }
    for (limit, most) in [
        (Limit::SQLITE_LIMIT_LENGTH, 16 << 20),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 100_000),
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 10),
    ] {
        assert_eq!(conn.limit(limit).unwrap(), most);
    }
}

#[test]
fn every_setting_takes_on_both_files_for_every_purpose() {
    let dir = tempfile::tempdir().unwrap();
    for kind in [FileKind::Registry, FileKind::Desk] {
        let path = dir.path().join(kind.file_name());
        for purpose in [Purpose::Create, Purpose::Write, Purpose::Read] {
            let opened = open(&path, purpose, kind).unwrap();
            settings_hold(&opened.conn, kind, purpose);
            assert!(opened.newer.is_none());
        }
    }
}

#[cfg(unix)]
#[test]
fn files_are_their_owners_alone_and_links_are_refused() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("desk.db");
    let opened = open(&path, Purpose::Create, FileKind::Desk).unwrap();
    let mode = |p: &Path| std::fs::metadata(p).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o600);
    for beside in ["desk.db-wal", "desk.db-shm"] {
        assert_eq!(mode(&dir.path().join(beside)), 0o600, "{beside}");
    }
    drop(opened);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    open(&path, Purpose::Write, FileKind::Desk).unwrap();
    assert_eq!(mode(&path), 0o600);
    std::os::unix::fs::symlink(&path, dir.path().join("link.db")).unwrap();
    open(&dir.path().join("link.db"), Purpose::Write, FileKind::Desk).unwrap_err();
}

#[test]
fn what_is_not_ours_is_refused_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name);
    let refused = |name: &str, purpose| open(&path(name), purpose, FileKind::Registry).unwrap_err();
    assert!(matches!(refused("none.db", Purpose::Write), StoreError::Missing { .. }));
    assert!(matches!(refused("no/folder.db", Purpose::Create), StoreError::Missing { .. }));
    std::fs::write(path("empty.db"), b"").unwrap();
    assert!(matches!(refused("empty.db", Purpose::Write), StoreError::Empty { .. }));
    assert!(matches!(refused("empty.db", Purpose::Create), StoreError::Exists { .. }));
    std::fs::write(path("text.db"), "imei,model\n".repeat(1000)).unwrap();
    assert!(matches!(refused("text.db", Purpose::Write), StoreError::Foreign { .. }));
    Connection::open(path("other.db")).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    assert!(matches!(refused("other.db", Purpose::Write), StoreError::Foreign { .. }));
    open(&path("desk.db"), Purpose::Create, FileKind::Desk).unwrap();
    assert!(matches!(refused("desk.db", Purpose::Read), StoreError::Foreign { .. }));
    let other = Connection::open(path("other.db")).unwrap();
    assert_eq!(pragma(&other, "journal_mode"), "delete", "a refused file keeps its journal");
}

#[test]
fn readers_cannot_write_and_failed_writes_leave_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("registry.db");
    let writer = open(&path, Purpose::Create, FileKind::Registry).unwrap().conn;
    let reader = open(&path, Purpose::Read, FileKind::Registry).unwrap().conn;
    let insert = "INSERT INTO word (id, text) VALUES (1, 'x')";
    reader.execute(insert, []).unwrap_err();
    let failed: Result<(), StoreError> = write_tx(&writer, |tx| {
        tx.execute(insert, [])?;
        Err(StoreError::Busy)
    });
    assert!(failed.is_err());
    let count =
        |c: &Connection| c.query_row("SELECT count(*) FROM word", [], |r| r.get::<_, i64>(0)).unwrap();
    assert_eq!(count(&reader), 0);
    write_tx::<_, StoreError>(&writer, |tx| Ok(tx.execute(insert, [])?)).unwrap();
    assert_eq!(count(&reader), 1);
}

#[test]
fn writers_in_turn_wait_for_each_other() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("registry.db");
    open(&path, Purpose::Create, FileKind::Registry).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let conn = open(&path, Purpose::Write, FileKind::Registry).unwrap().conn;
                for _ in 0..20 {
                    let bump = "UPDATE generation SET number = number + 1";
                    write_tx::<_, StoreError>(&conn, |tx| Ok(tx.execute(bump, [])?)).unwrap();
                }
            });
        }
    });
    let conn = open(&path, Purpose::Read, FileKind::Registry).unwrap().conn;
    assert_eq!(latchkey::store::registry::generation(&conn).unwrap(), 60);
}

/// A page and more of text, so that the commit has something to copy.
const BULK: &str = "INSERT INTO word (id, text)
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
    SELECT i, printf('%0400d', i) FROM n";

fn words(conn: &Connection) -> i64 {
    conn.query_row("SELECT count(*) FROM word", [], |r| r.get(0)).unwrap()
}

#[test]
fn a_bulk_write_is_there_after_a_kill_and_after_an_error_nothing_of_it() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("registry.db");
    let writer = open(&path, Purpose::Create, FileKind::Registry).unwrap().conn;
    let failed: Result<(), StoreError> = write_bulk_tx(&writer, |tx| {
        tx.execute(BULK, [])?;
        Err(StoreError::Busy)
    });
    assert!(failed.is_err());
    assert_eq!(words(&writer), 0);
    assert_eq!(pragma(&writer, "wal_autocheckpoint"), "1000", "small commits move their pages as before");
    // A failure leaves no transaction behind that the next one would stand in.
    assert_eq!(write_bulk_tx::<_, StoreError>(&writer, |tx| Ok(tx.execute(BULK, [])?)).unwrap(), 2000);
    assert_eq!(pragma(&writer, "wal_autocheckpoint"), "1000");
    // What a kill leaves: both files as they lie there now, nothing of them folded or closed.
    let killed = tempfile::tempdir().unwrap();
    for file in ["registry.db", "registry.db-wal"] {
        std::fs::copy(dir.path().join(file), killed.path().join(file)).unwrap();
    }
    let after = open(&killed.path().join("registry.db"), Purpose::Write, FileKind::Registry).unwrap().conn;
    assert_eq!(words(&after), 2000);
    assert_eq!(pragma(&after, "integrity_check"), "ok");
}

#[test]
fn a_writer_waits_for_a_bulk_write_and_sees_all_of_it() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("registry.db");
    let bulk = open(&path, Purpose::Create, FileKind::Registry).unwrap().conn;
    let (begun, wait) = std::sync::mpsc::channel();
    let (looked, ready) = std::sync::mpsc::channel();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            write_bulk_tx::<_, StoreError>(&bulk, |tx| {
                begun.send(()).unwrap();
                let written = tx.execute(BULK, [])?;
                // Not committed before the other one has looked.
                ready.recv().unwrap();
                Ok(written)
            })
            .unwrap();
        });
        wait.recv().unwrap();
        let second = open(&path, Purpose::Write, FileKind::Registry).unwrap().conn;
        assert_eq!(words(&second), 0, "seen before it was committed");
        looked.send(()).unwrap();
        let seen = write_tx::<_, StoreError>(&second, |tx| Ok(words(tx))).unwrap();
        assert_eq!(seen, 2000);
    });
}
