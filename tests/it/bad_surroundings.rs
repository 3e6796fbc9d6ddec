//! The catalogue of bad inputs, items 97 to 100: clocks, files, disks and terminals that are not as they should be.

use std::fs;
use std::process::{Command, Stdio};

use crate::cli_desk::TestDesk;
use crate::pty_tui::world;
use crate::terminal::Terminal;

/// The clock a month back, ten years on, in the night when an hour comes twice; time zones that are none.
#[test]
fn item_97_clocks_and_time_zones() {
    let desk = TestDesk::filled();
    let token = desk.issued();
    for (now, rule) in
        [("2026-10-20T09:00:00Z", "nbf"), ("2036-11-20T09:00:00Z", "exp"), ("1970-01-01T00:00:00Z", "nbf")]
    {
        let verdict = desk.at(now, &["--json", "verify", &token]);
        assert_eq!((verdict.code, verdict.json()["rule"].as_str()), (4, Some(rule)), "{now}");
    }
    // A real desk refuses a clock that went back (`cli_accepted.rs`); a rehearsal's may stand anywhere, and a clock that
    // jumps writes a log that still verifies: leaves are ordered by number.
    desk.at("2026-10-20T09:00:00Z", &["note", "R-02", "a month back"]).ok();
    desk.at("2036-11-20T09:00:00Z", &["note", "R-02", "ten years on"]).ok();
    desk.at("2026-10-25T00:30:00Z", &["note", "R-02", "an hour that comes twice"]).ok();
    desk.at("2026-10-25T01:30:00Z", &["note", "R-02", "and again"]).ok();
    assert_eq!(desk.run(&["audit", "verify"]).code, 0);
    let list = |zone: Option<&str>| {
        let mut command = desk.command(&["--json", "tickets"]);
        match zone {
            Some(zone) => command.env("TZ", zone),
            None => command.env_remove("TZ"),
        };
        desk.ran(&mut command).ok()
    };
    for zone in ["Europe/Moscow", "", "No/Such_Zone", "../../etc/passwd", ":\u{1b}[2J", "UTC-99"] {
        assert_eq!(list(Some(zone)), list(None), "times are UTC whatever TZ={zone:?} says");
    }
}

/// The write-ahead log beside a database gone or another's: what was committed before is there, nothing is made up.
#[test]
fn item_98_a_missing_or_foreign_wal() {
    let (desk, other) = (TestDesk::filled(), TestDesk::filled());
    let size = |desk: &TestDesk| desk.run(&["--json", "audit", "verify"]).json()["size"].as_u64().unwrap();
    desk.run(&["note", "R-02", "kept"]).ok();
    let before = size(&desk);
    other.run(&["note", "R-02", "another desk's"]).ok();
    for (beside, from) in [("desk.db-wal", Some("desk.db")), ("desk.db-wal", None), ("desk.db-shm", None)] {
        let path = desk.path("desk").join(beside);
        match from {
            // Frames that carry no salt of this file's are not replayed.
            Some(from) => drop(fs::copy(other.path("desk").join(from), &path).unwrap()),
            None => drop(fs::remove_file(&path)),
        }
        let verdict = desk.run(&["--json", "audit", "verify"]);
        assert_eq!((verdict.code, verdict.json()["size"].as_u64()), (0, Some(before)), "{beside} {from:?}");
    }
}

/// A disk that is full at any moment (a file that may not grow any more stands for it): the act is done or it is not,
/// the answer says which, and the desk is whole afterwards.
#[test]
fn item_99_a_disk_that_is_full_at_any_size() {
    let desk = TestDesk::filled();
    let row = |n: usize| format!("unbind,n{n}@post.example,86753090000001{}\n", n % 10);
    let rows: Vec<String> = (0..400).map(row).collect();
    let file = desk.write("many.csv", format!("request,claimant_email,imei\n{}", rows.concat()));
    let notes = || desk.run(&["--json", "tickets"]).json()["total"].as_u64().unwrap();
    let (mut done, mut full) = (0, 0);
    // Blocks of 512 bytes: from less than the desk has already to room enough.
    for blocks in [0, 1, 8, 64, 200, 400, 600, 800, 1000, 1200, 1600, 2000, 2600, 3200, 4000, 6000, 20_000] {
        let before = notes();
        let command = desk.command(&["import", "cases", &file]);
        let program = command.get_program().to_owned();
        let mut limited = Command::new("sh");
        limited
            .args(["-c", "trap '' XFSZ; ulimit -f \"$1\"; shift; exec \"$@\"", "sh", &blocks.to_string()])
            .arg(program)
            .args(command.get_args())
            .env_clear()
            .current_dir(desk.path(""));
        for (name, value) in command.get_envs() {
            limited.env(name, value.unwrap_or_default());
        }
        let output = limited.output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        let after = notes();
        if output.status.success() {
            assert!(after >= before, "{blocks}");
            done += 1;
        } else {
            assert!(output.status.code().is_some(), "{blocks}: ended by a signal: {said}");
            assert!(said.contains("error:"), "{blocks}: {said}");
            assert_eq!(after, before, "{blocks}: {said}");
            full += 1;
        }
        assert_eq!(desk.run(&["audit", "verify"]).code, 0, "{blocks}: {said}");
    }
    assert!(full >= 3 && done >= 1, "{full} full, {done} done");
}

/// No home, no terminal worth the name, no input, another locale: an answer, and never a panic.
#[test]
fn item_100_poor_surroundings() {
    let desk = TestDesk::filled();
    for (name, value) in [
        ("LC_ALL", "C"),
        ("LC_ALL", "xx_XX.KOI8-R"),
        ("LANG", ""),
        ("TERM", "dumb"),
        ("TERM", "\u{1b}[2J"),
        ("COLUMNS", "0"),
        ("COLUMNS", "-5"),
        ("COLUMNS", "20"),
    ] {
        let mut command = desk.command(&["tickets"]);
        let shown = desk.ran(command.env(name, value));
        assert_eq!(shown.code, 0, "{name}={value:?}: {shown}");
        assert!(!shown.stdout.contains('\u{1b}'), "{name}={value:?}");
    }
    // Input that is closed: no form begins, nothing waits.
    let mut closed = Command::new(env!("CARGO_BIN_EXE_latchkey"));
    let output = closed
        .args(["--desk", desk.path("desk").to_str().unwrap(), "import", "cases", "-"])
        .env("LATCHKEY_NOW", "2026-11-20T09:00:00Z")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(output.status.code().is_some_and(|code| code == 1), "{output:?}");
    let mut homeless = desk.command(&["tickets"]);
    assert_eq!(desk.ran(homeless.env_remove("HOME").env_remove("XDG_DATA_HOME")).code, 0);
}

/// A window of twenty by five, and a terminal that says it can do nothing: it draws what fits and quits.
#[test]
fn item_100_a_window_of_twenty_by_five() {
    let world = world();
    for term in ["xterm-256color", "dumb"] {
        let mut t = Terminal::start_sized((20, 5), &world.folder(), &[("TERM", term), ("LC_ALL", "C")], &[]);
        assert!(crate::terminal::soon(|| t.text().trim().len() > 5), "{term}: {:?}", t.text());
        t.resize(80, 24);
        t.see("Enter open");
        t.send("q");
        assert_eq!(t.code(), 0, "{term}");
    }
}
