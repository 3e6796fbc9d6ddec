//! What is not done after all leaves everything as it was, and what is done is remembered.

use std::collections::BTreeSet;
use std::os::unix::fs::MetadataExt as _;
use std::process::{Command, Stdio};

use rusqlite::Connection;

use crate::cli_desk::{NOW, TestDesk};
use crate::cli_real::{PASSPHRASE, RealSeat};

fn draft(seat: &RealSeat, name: &str, text: &str) -> std::path::PathBuf {
    let path = format!("desk/drafts/of-anna/{name}");
    seat.write(&path, format!("{{\"fields\":{{\"text\":\"{text}\"}}}}")).into()
}

#[test]
fn an_erasure_that_does_not_come_about_takes_no_draft() {
    let seat = RealSeat::new();
    let cases = seat.write(
        "cases.csv",
        "reference,request,claimant_email,imei\nA-1,unbind,zorro@moon.example,867530900000017\n",
    );
    seat.run(&["import", "cases", &cases]).ok();
    seat.run(&["close", "A-1"]).ok();
    let own =
        [draft(&seat, "1.note.json", "half"), draft(&seat, "9.note.json", "write to zorro@moon.example")];
    let others = draft(&seat, "8.note.json", "another");
    seat.write("wrong", "not this one\n");
    let erase = ["erase", "zorro@moon.example"];
    let refused = seat.by("clara", &[&["--passphrase-file", "wrong"][..], &erase].concat());
    assert_eq!(refused.code, 5, "{refused}");
    assert!(own.iter().all(|draft| draft.exists()), "nothing was erased");
    let erased = seat.by("clara", &[&["--json"][..], &erase].concat()).json();
    assert_eq!(erased["drafts"], 2, "{erased:#}");
    assert!(others.exists() && !own.iter().any(|draft| draft.exists()));
}

/// Killed after the rows went: the drafts that were meant go with the rest, and what was typed since stays.
#[test]
fn drafts_that_an_erasure_still_owes_go_and_no_others() {
    let desk = TestDesk::empty();
    let [meant, retyped] = ["1.note.json", "2.note.json"].map(|name| {
        let path = desk.path("desk/drafts/of-anna").join(name);
        desk.write(&format!("desk/drafts/of-anna/{name}"), "{}");
        path
    });
    let typed = |path: &std::path::Path| {
        let found = path.metadata().unwrap();
        (found.ino(), found.mtime(), found.mtime_nsec())
    };
    let owes = |owed: &str| {
        let log = Connection::open(desk.path("desk/desk.db")).unwrap();
        let sql = "INSERT INTO setting (name, value) VALUES ('erasing', $1) ON CONFLICT (name) DO UPDATE SET value = $1";
        log.execute(sql, [owed]).unwrap();
    };
    let (ino, seconds, nanos) = typed(&retyped);
    let owed = (Vec::<u8>::new(), Vec::<u8>::new(), [typed(&meant), (ino, seconds - 1, nanos)]);
    // As a version of before noted it, and as this one does.
    for owed in ["[[],[]]".to_owned(), serde_json::to_string(&owed).unwrap()] {
        owes(&owed);
        let fixed = desk.by("clara", &["--json", "doctor", "--fix"]);
        assert!(fixed.stdout.contains("\"erasing\""), "{fixed}");
        assert!(!desk.by("clara", &["--json", "doctor"]).stdout.contains("\"erasing\""));
    }
    assert!(!meant.exists() && retyped.exists());
}

#[test]
fn a_change_of_passphrase_that_fails_has_changed_nothing() {
    let seat = RealSeat::new();
    let log = Connection::open(seat.path("desk/desk.db")).unwrap();
    seat.write("both", format!("{PASSPHRASE}\nanother long one\n"));
    let change = ["--passphrase-file", "both", "agents", "passphrase"];
    // The last thing that is written cannot be: its place is taken.
    log.execute_batch(
        "PRAGMA foreign_keys = OFF; INSERT INTO statement SELECT count(*) + 1, 'taken' FROM leaf",
    )
    .unwrap();
    let failed = seat.run(&change);
    assert_ne!(failed.code, 0, "{failed}");
    log.execute_batch("DELETE FROM statement WHERE jws = 'taken'").unwrap();
    let left = || std::fs::read_dir(seat.path("desk/keys")).unwrap().map(|e| e.unwrap().file_name());
    assert!(left().all(|name| !name.to_string_lossy().starts_with(".key-")));
    seat.write("cases.csv", "reference,request,imei\nA-1,unbind,867530900000017\n");
    seat.run(&["import", "cases", "cases.csv"]).ok();
    seat.run(&change).ok();
    assert_eq!(seat.run(&["note", "A-1", "with the old one"]).code, 5);
    seat.write("new", "another long one\n");
    seat.run(&["--passphrase-file", "new", "note", "A-1", "with the new one"]).ok();
}

#[test]
fn whoever_changes_people_remembers_that_they_did() {
    let desk = TestDesk::empty();
    let head = || {
        let text = std::fs::read_to_string(desk.path("desk/keys/clara.head")).unwrap();
        let keyset = text.lines().nth(4).unwrap_or_default().to_owned();
        keyset.split(' ').nth(1).unwrap().parse::<u64>().unwrap()
    };
    desk.by("clara", &["registry", "status"]).ok();
    let before = head();
    desk.by("clara", &["agents", "disable", "boris"]).ok();
    assert_eq!(head(), before + 1);
}

/// A share that another machine serves takes a file, and no database.
#[test]
fn no_database_is_made_where_a_backup_goes() {
    let desk = TestDesk::filled();
    let out = desk.path("nas");
    std::fs::create_dir(&out).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_latchkey"));
    command
        .env("LATCHKEY_NOW", NOW)
        .arg("--desk")
        .arg(desk.path("desk"))
        .args(["--agent", "clara", "backup"]);
    let mut child = command.arg(out.join("one")).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let mut seen = BTreeSet::new();
    let ended = loop {
        let ended = child.try_wait().unwrap();
        for part in std::fs::read_dir(&out).unwrap().flatten() {
            for file in std::fs::read_dir(part.path()).into_iter().flatten().flatten() {
                seen.insert(file.file_name().to_string_lossy().into_owned());
            }
        }
        if let Some(ended) = ended {
            break ended;
        }
    };
    assert!(ended.success() && !seen.is_empty(), "{seen:?}");
    assert!(!seen.iter().any(|name| name.contains("desk")), "{seen:?}");
    assert_eq!(desk.run(&["backup", "verify", out.join("one").to_str().unwrap()]).code, 0);
}

/// What a crash leaves in memory is keys and people.
#[test]
fn no_crash_leaves_a_core_whatever_the_shell_allows() {
    let mut child = Command::new("/bin/sh")
        .args(["-c", "ulimit -c unlimited 2>/dev/null; exec \"$0\" verify -", env!("CARGO_BIN_EXE_latchkey")])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let limits = format!("/proc/{}/limits", child.id());
    let core = || {
        let text = std::fs::read_to_string(&limits).unwrap();
        let line = text.lines().find(|line| line.starts_with("Max core file size")).unwrap().to_owned();
        line.split_whitespace().skip(4).take(2).map(str::to_owned).collect::<Vec<_>>()
    };
    let until = std::time::Instant::now() + std::time::Duration::from_mins(1);
    while core() != ["0", "0"] && std::time::Instant::now() < until {
        std::thread::yield_now();
    }
    let limit = core();
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(limit, ["0", "0"]);
}

/// It is read as far as it is understood, and what is not is no fault of this program.
#[test]
fn a_desk_of_a_newer_program_is_read_and_says_so() {
    let desk = TestDesk::filled();
    let newer = |file: &str| {
        let conn = Connection::open(desk.path("desk").join(file)).unwrap();
        let version: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
        conn.pragma_update(None, "user_version", version + 1).unwrap();
        conn
    };
    let conn = newer("desk.db");
    let refused = desk.run(&["take", "R-01"]);
    assert!(refused.code == 1 && refused.stderr.contains("install the newer"), "{refused}");
    assert!(refused.stderr.contains("--readonly"), "{refused}");
    let read = desk.run(&["--readonly", "--json", "tickets"]);
    assert!(read.code == 0 && read.stderr.contains("warning") && read.stderr.contains("version"), "{read}");
    assert!(read.json()["total"].as_u64().unwrap() > 0);
    conn.pragma_update(None, "legacy_alter_table", true).unwrap();
    conn.execute_batch("ALTER TABLE evidence RENAME COLUMN given TO told").unwrap();
    for command in [["show", "R-01"], ["links", "R-01"], ["search", "DNS"], ["evidence", "verify"]] {
        let ran = desk.run(&[&["--readonly"][..], &command].concat());
        let says = |word: &str| ran.stderr.contains(word);
        assert!(ran.code != 70 && !says("SELECT") && !says("no such column"), "{command:?}: {ran}");
    }
    assert_eq!(desk.run(&["--readonly", "show", "R-01"]).code, 1);
    // Lists of a newer program beside a desk of this one are said, too.
    let desk = TestDesk::filled();
    let conn = Connection::open(desk.path("desk/registry.db")).unwrap();
    let version: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    conn.pragma_update(None, "user_version", version + 1).unwrap();
    let read = desk.run(&["tickets"]);
    assert!(read.code == 0 && read.stderr.contains("registry.db: its schema is version"), "{read}");
}
