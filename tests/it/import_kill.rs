//! An import that is killed: the list is the old one or the new one, and the log knows which.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::cli_desk::{NOW, TestDesk};
use rusqlite::Connection;
use rusqlite::types::Value;

const ROWS: i64 = 6_000;

/// A list of devices of one model.
fn list(model: &str, first: i64) -> String {
    use std::fmt::Write as _;
    let mut text = String::from("imei,model\n");
    for n in first..first + ROWS {
        let _ = writeln!(text, "{:014},{model}", 35_123_456_000_000 + n);
    }
    text
}

/// How many devices there are of each model, the lowest and the highest.
fn stands(desk: &TestDesk) -> Vec<(String, i64, i64, i64)> {
    let conn = Connection::open(desk.path("desk/registry.db")).unwrap();
    let sql = "SELECT w.text, count(*), min(d.id), max(d.id) FROM device d JOIN word w ON w.id = d.model GROUP BY 1";
    let mut statement = conn.prepare(sql).unwrap();
    let rows = statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?))).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

fn leaves(desk: &TestDesk) -> i64 {
    let conn = Connection::open(desk.path("desk/desk.db")).unwrap();
    conn.query_row("SELECT count(*) FROM leaf WHERE line LIKE '%list.imported%'", [], |r| r.get(0)).unwrap()
}

fn landed(desk: &TestDesk) -> i64 {
    let conn = Connection::open(desk.path("desk/registry.db")).unwrap();
    conn.query_row("SELECT count(*) FROM landed", [], |r| r.get(0)).unwrap()
}

#[test]
fn a_killed_replace_leaves_the_old_list_or_the_new_one_and_a_leaf_for_what_landed() {
    let desk = TestDesk::empty();
    let files = [desk.write("a.csv", list("Aster", 0)), desk.write("b.csv", list("Birch", ROWS / 4))];
    let model = ["Aster", "Birch"];
    let import = |file: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_latchkey"));
        command.env("LATCHKEY_NOW", NOW).arg("--desk").arg(desk.path("desk"));
        command.args(["import", "devices", file, "--mode", "replace", "--allow-shrink"]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let began = Instant::now();
    assert!(import(&files[0]).status().unwrap().success());
    let whole = began.elapsed();
    let (mut now, mut imports) = (0, 1);
    for cycle in 1_u32..=14 {
        let next = 1 - now;
        let mut child = import(&files[next]).spawn().unwrap();
        // Spread over the whole of it, the end most: there the two files are written.
        let part = if cycle % 2 == 0 { cycle * 7 } else { 80 + cycle * 2 };
        std::thread::sleep(whole * part / 100);
        child.kill().unwrap();
        child.wait().unwrap();
        let found = stands(&desk);
        let [(name, count, low, high)] = found.as_slice() else { panic!("half of each: {found:?}") };
        assert_eq!((*count, high - low), (ROWS, ROWS - 1), "cycle {cycle}: {found:?}");
        if *name == model[next] {
            (now, imports) = (next, imports + 1);
        }
        // Opening the desk completes what is owed, once.
        desk.run(&["registry", "status"]).ok();
        assert_eq!((leaves(&desk), landed(&desk)), (imports, 0), "cycle {cycle}");
    }
    assert_eq!(desk.run(&["audit", "verify"]).code, 0);
}

#[test]
fn a_crash_between_list_and_log_is_completed_once_by_whoever_opens_the_desk() {
    let desk = TestDesk::empty();
    let file = desk.write("a.csv", "imei,model\n35123456000001,Aster\n");
    desk.run(&["import", "devices", &file]).ok();
    assert_eq!((leaves(&desk), landed(&desk)), (1, 0));
    let registry = || Connection::open(desk.path("desk/registry.db")).unwrap();
    let log = Connection::open(desk.path("desk/desk.db")).unwrap();
    let case = desk.write("c.csv", "reference,request,imei\nA-1,unbind,35123456000001\n");
    desk.run(&["import", "cases", &case]).ok();
    // The leaf cannot be written: its place is taken.
    let taken = "INSERT INTO leaf (seq, line, hash) SELECT count(*), 'taken', zeroblob(32) FROM leaf";
    log.execute_batch(taken).unwrap();
    let file = desk.write("b.csv", "imei,model\n35123456000002,Aster\n");
    let failed = desk.by("clara", &["import", "devices", &file]);
    assert!(failed.code != 0 && landed(&desk) == 1, "{failed}");
    log.execute_batch("DELETE FROM leaf WHERE line = 'taken'").unwrap();
    let columns = "token, list, mode, actor, sha256, added, updated, removed, number, root, statement";
    let owed: Vec<Value> = registry()
        .query_row(&format!("SELECT {columns} FROM landed"), [], |r| (0..11).map(|n| r.get(n)).collect())
        .unwrap();
    let owe = |row: &[Value]| {
        let sql = format!("INSERT INTO landed ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        registry().execute(&sql, rusqlite::params_from_iter(row)).unwrap();
    };
    desk.run(&["--readonly", "registry", "status"]).ok();
    assert_eq!((leaves(&desk), landed(&desk)), (1, 1), "who only reads completes nothing");
    desk.run(&["registry", "status"]).ok();
    assert_eq!((leaves(&desk), landed(&desk)), (2, 0));
    // Killed after the leaf and before the list's own note was gone.
    owe(&owed);
    desk.run(&["registry", "status"]).ok();
    assert_eq!((leaves(&desk), landed(&desk)), (2, 0));
    // What nobody signed is owed nothing: a file that says so was edited.
    for (column, value) in [
        (0, Value::Integer(43)),
        (1, Value::Text("notices".into())),
        (4, Value::Blob(vec![1; 32])),
        (8, Value::Integer(77)),
        (9, Value::Blob(vec![1; 32])),
        (10, Value::Null),
    ] {
        let mut row = owed.clone();
        row[0] = Value::Integer(1000 + i64::try_from(column).unwrap());
        row[column] = value;
        owe(&row);
        desk.run(&["registry", "status"]).ok();
        assert_eq!((leaves(&desk), landed(&desk)), (2, 0), "{column}");
    }
    assert_eq!(desk.run(&["audit", "verify"]).code, 0);
    let last: String = log
        .query_row("SELECT line FROM leaf WHERE line LIKE '%list.imported%' ORDER BY seq DESC", [], |r| {
            r.get(0)
        })
        .unwrap();
    assert!(last.contains(r#""actor":"clara""#), "{last}");
    assert!(
        last.contains(
            r#""info":{"added":1,"list":"devices","mode":"merge","number":2,"removed":0,"statement":"#
        ),
        "{last}"
    );
}

#[test]
fn while_a_list_is_loaded_somebody_else_opens_the_desk_without_waiting() {
    let desk = TestDesk::empty();
    let conn = Connection::open(desk.path("desk/registry.db")).unwrap();
    conn.execute_batch("BEGIN IMMEDIATE").unwrap();
    let began = Instant::now();
    desk.run(&["registry", "status"]).ok();
    assert!(began.elapsed() < Duration::from_secs(4));
}
