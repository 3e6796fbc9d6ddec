//! Every fault that can be made is named, with where, why and what next; a healthy desk has none.

use std::os::unix::fs::{FileExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use rusqlite::Connection;
use serde_json::Value;

use latchkey::desk::doctor::examine;
use latchkey::desk::{Folder, Options};
use latchkey::env::Env;

use crate::cli_desk::{NOW, TestDesk};
use crate::cli_real::RealSeat;

/// How a desk is broken, and at what time it is looked at.
struct Fault {
    what: &'static str,
    /// The problems that are named.
    named: &'static [&'static str],
    /// Those that `--fix` puts right.
    fixed: bool,
    now: &'static str,
    make: fn(&Path),
}

fn old(path: &Path) {
    let long_ago = SystemTime::now() - Duration::from_hours(48);
    std::fs::File::open(path).unwrap().set_modified(long_ago).unwrap();
}

fn sql(desk: &Path, file: &str, text: &str) {
    Connection::open(desk.join(file)).unwrap().execute_batch(text).unwrap();
}

fn mode(path: PathBuf, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

fn attachment(desk: &Path) -> PathBuf {
    let parts = std::fs::read_dir(desk.join("attachments")).unwrap();
    parts.flat_map(|part| std::fs::read_dir(part.unwrap().path()).unwrap()).next().unwrap().unwrap().path()
}

/// Bytes over the second half of a file.
fn spoil(path: &Path) {
    let file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
    let length = file.metadata().unwrap().len();
    for at in (length / 2..length - 64).step_by(512) {
        file.write_all_at(&[0xA5; 64], at).unwrap();
    }
}

/// Bytes that are free where a desk lies.
fn free(desk: &Path) -> u64 {
    let told = Command::new("df").args(["--output=avail", "-B1"]).arg(desk).output().unwrap().stdout;
    String::from_utf8(told).unwrap().lines().nth(1).unwrap().trim().parse().unwrap()
}

const WAITING: &str = "UPDATE message SET state = 'waiting', due_at = queued_at - 90000, ended_at = NULL";

const FAULTS: &[Fault] = &[
    Fault { what: "nothing", named: &[], fixed: true, now: NOW, make: |_| {} },
    Fault {
        what: "a key others can read",
        named: &["permissions"],
        fixed: true,
        now: NOW,
        make: |d| {
            mode(d.join("keys/boris.pem"), 0o644);
        },
    },
    Fault {
        what: "a desk others can read",
        named: &["permissions"],
        fixed: true,
        now: NOW,
        make: |d| {
            mode(d.join("desk.db"), 0o664);
        },
    },
    Fault {
        what: "keys in an open folder",
        named: &["permissions"],
        fixed: true,
        now: NOW,
        make: |d| {
            mode(d.join("keys"), 0o755);
        },
    },
    Fault {
        what: "half a backup",
        named: &["leftover"],
        fixed: true,
        now: NOW,
        make: |d| {
            let left = d.join(".latchkey-backup-x1");
            std::fs::create_dir(&left).unwrap();
            old(&left);
        },
    },
    Fault {
        what: "a backup under way",
        named: &[],
        fixed: true,
        now: NOW,
        make: |d| {
            let place = d.join(".latchkey-backup-x1");
            std::fs::create_dir(&place).unwrap();
            old(&place);
            let held = std::fs::File::open(&place).unwrap();
            held.lock().unwrap();
            // As long as the test runs.
            std::mem::forget(held);
        },
    },
    Fault {
        what: "half a restore beside the desk, with all that was in it",
        named: &["leftover"],
        fixed: true,
        now: NOW,
        make: |d| {
            let left = d.parent().unwrap().join(".latchkey-backup-x2/desk");
            std::fs::create_dir_all(&left).unwrap();
            std::fs::copy(d.join("desk.db"), left.join("desk.db")).unwrap();
            old(left.parent().unwrap());
        },
    },
    Fault {
        what: "a copy that a viewer left",
        named: &["leftover"],
        fixed: true,
        now: NOW,
        make: |d| {
            let copy = d.join("viewing/view-x");
            std::fs::create_dir_all(&copy).unwrap();
            mode(d.join("viewing"), 0o700);
            std::fs::write(copy.join("evidence-1.png"), "a photo").unwrap();
            old(&copy);
        },
    },
    Fault {
        what: "the desk as it was before an upgrade",
        named: &["copy"],
        fixed: false,
        now: NOW,
        make: |d| {
            std::fs::copy(d.join("desk.db"), d.join("desk.db.before-2")).unwrap();
        },
    },
    Fault {
        what: "two copies of one upgrade",
        named: &["copy"],
        fixed: false,
        now: NOW,
        make: |d| {
            std::fs::copy(d.join("desk.db"), d.join("desk.db.before-2")).unwrap();
            std::fs::copy(d.join("desk.db"), d.join("desk.db.before-2.1")).unwrap();
        },
    },
    Fault {
        what: "the desk that a restore replaced",
        named: &["replaced"],
        fixed: false,
        now: NOW,
        make: |d| {
            let kept = d.with_file_name("desk.before-3");
            std::fs::create_dir_all(kept.join("keys")).unwrap();
            std::fs::copy(d.join("keys/anna.pem"), kept.join("keys/anna.pem")).unwrap();
            // Neither is one.
            std::fs::write(d.with_file_name("desk.before-4"), "a file").unwrap();
            std::fs::create_dir(d.with_file_name("desk.before-the-war")).unwrap();
        },
    },
    Fault {
        what: "half a copy of an upgrade that was cut off",
        named: &["leftover"],
        fixed: true,
        now: NOW,
        make: |d| {
            let part = d.join("registry.db.before-2.part");
            std::fs::copy(d.join("registry.db"), &part).unwrap();
            old(&part);
        },
    },
    Fault {
        what: "drafts that nobody can look through",
        named: &["unread"],
        fixed: false,
        now: NOW,
        make: |d| {
            let _ = std::fs::remove_dir_all(d.join("drafts"));
            std::fs::write(d.join("drafts"), "a file where a folder should be").unwrap();
            mode(d.join("drafts"), 0o600);
        },
    },
    Fault {
        what: "attachments that nobody can look through",
        named: &["unread"],
        fixed: false,
        now: NOW,
        make: |d| {
            std::fs::rename(d.join("attachments"), d.join("elsewhere")).unwrap();
            std::fs::write(d.join("attachments"), "a file where a folder should be").unwrap();
        },
    },
    Fault {
        what: "lists that want more room than there is",
        named: &["room"],
        fixed: false,
        now: NOW,
        make: |d| {
            // Empty space behind the last page, of which the disk keeps nothing.
            let room = free(d);
            let lists = std::fs::OpenOptions::new().write(true).open(d.join("registry.db")).unwrap();
            lists.set_len(room.next_multiple_of(4096) + (1 << 30)).unwrap();
        },
    },
    Fault {
        what: "half an attachment",
        named: &["leftover", "strays"],
        fixed: true,
        now: NOW,
        make: |d| {
            let part = attachment(d).parent().unwrap().join(".tmpAbc");
            std::fs::write(&part, "half").unwrap();
            old(&part);
        },
    },
    Fault {
        what: "a file nobody names",
        named: &["strays"],
        fixed: true,
        now: NOW,
        make: |d| {
            let stray = attachment(d).parent().unwrap().join("00".repeat(32));
            std::fs::write(&stray, "left").unwrap();
            old(&stray);
        },
    },
    Fault {
        what: "no registry",
        named: &["store"],
        fixed: true,
        now: NOW,
        make: |d| {
            std::fs::remove_file(d.join("registry.db")).unwrap();
        },
    },
    Fault {
        what: "a registry that is none",
        named: &["store"],
        fixed: false,
        now: NOW,
        make: |d| {
            std::fs::write(d.join("registry.db"), "no database at all, but long enough to be looked at")
                .unwrap();
        },
    },
    Fault {
        what: "a damaged desk",
        named: &["store"],
        fixed: false,
        now: NOW,
        make: |d| spoil(&d.join("desk.db")),
    },
    Fault {
        what: "no desk",
        named: &["store"],
        fixed: false,
        now: NOW,
        make: |d| {
            std::fs::remove_file(d.join("desk.db")).unwrap();
        },
    },
    Fault {
        what: "a row without its ticket",
        named: &["store", "log"],
        fixed: false,
        now: NOW,
        make: |d| {
            sql(d, "desk.db", "PRAGMA foreign_keys = OFF; INSERT INTO contributor VALUES (999999, 'anna')");
        },
    },
    Fault {
        what: "a desk of tomorrow",
        named: &["schema"],
        fixed: false,
        now: NOW,
        make: |d| {
            sql(d, "desk.db", "PRAGMA user_version = 99");
        },
    },
    Fault {
        what: "a list without its leaf",
        named: &["import"],
        fixed: true,
        now: NOW,
        make: |d| {
            sql(
                d,
                "registry.db",
                "INSERT INTO landed VALUES (NULL, 7, 'sales', 'merge', 'clara', zeroblob(32), 1, 0, 0, 1, zeroblob(32), '')",
            );
        },
    },
    Fault {
        what: "a list that somebody edited",
        named: &["lists"],
        fixed: false,
        now: NOW,
        make: |d| sql(d, "registry.db", "UPDATE account SET name = 'Somebody else'"),
    },
    Fault {
        what: "a policy that does not hold",
        named: &["desk"],
        fixed: false,
        now: NOW,
        make: |d| {
            std::fs::write(d.join("policy.toml"), "nonsense = 1").unwrap();
        },
    },
    Fault {
        what: "no root key",
        named: &["desk"],
        fixed: false,
        now: NOW,
        make: |d| {
            std::fs::remove_file(d.join("keys/root.pub.pem")).unwrap();
        },
    },
    Fault {
        what: "an edited leaf",
        named: &["log"],
        fixed: false,
        now: NOW,
        make: |d| {
            sql(d, "desk.db", "UPDATE leaf SET line = replace(line, 'act', 'acted') WHERE seq = 12");
        },
    },
    Fault {
        what: "a head of a longer log",
        named: &["rollback"],
        fixed: false,
        now: NOW,
        make: |d| {
            for entry in std::fs::read_dir(d.join("keys")).unwrap().map(Result::unwrap) {
                if entry.path().extension().is_some_and(|e| e == "head") {
                    let text = std::fs::read_to_string(entry.path()).unwrap();
                    let mut lines: Vec<&str> = text.lines().collect();
                    lines[1] = "999999";
                    std::fs::write(entry.path(), lines.join("\n") + "\n").unwrap();
                }
            }
        },
    },
    Fault {
        what: "a head that says nothing",
        named: &["head"],
        fixed: false,
        now: NOW,
        make: |d| {
            std::fs::write(d.join("keys/clara.head"), "what").unwrap();
        },
    },
    Fault {
        what: "a clock that went back",
        named: &["clock"],
        fixed: false,
        now: "2026-11-19T09:00:00Z",
        make: |_| {},
    },
    Fault {
        what: "no key of one's own",
        named: &["key"],
        fixed: false,
        now: NOW,
        make: |d| {
            std::fs::remove_file(d.join("keys/clara.pem")).unwrap();
        },
    },
    Fault {
        what: "a changed file of evidence",
        named: &["evidence"],
        fixed: false,
        now: NOW,
        make: |d| {
            let path = attachment(d);
            mode(path.clone(), 0o600);
            std::fs::write(path, "another").unwrap();
        },
    },
    Fault {
        what: "a message that failed",
        named: &["outbox"],
        fixed: false,
        now: NOW,
        make: |d| {
            sql(d, "desk.db", "UPDATE message SET state = 'failed'");
        },
    },
    Fault {
        what: "messages that wait",
        named: &["outbox"],
        fixed: false,
        now: NOW,
        make: |d| sql(d, "desk.db", WAITING),
    },
    Fault {
        what: "a reading that is owed",
        named: &["owed"],
        fixed: false,
        now: NOW,
        make: |d| {
            let own = d.join("drafts/of-boris");
            std::fs::create_dir_all(&own).unwrap();
            mode(d.join("drafts"), 0o700);
            let file = own.join(".tmp1.looked");
            std::fs::write(&file, "{\"at\":1,\"ticket\":1}").unwrap();
            old(&file);
        },
    },
    Fault {
        what: "an erasure cut off",
        named: &["erasing"],
        fixed: true,
        now: NOW,
        make: |d| {
            sql(d, "desk.db", "INSERT INTO setting VALUES ('erasing', '[[],[1]]')");
        },
    },
];

fn copied(from: &TestDesk) -> TestDesk {
    let desk = TestDesk::bare();
    let done = Command::new("cp").arg("-a").arg(from.path("desk")).arg(desk.path("desk")).status().unwrap();
    assert!(done.success());
    desk
}

fn said(desk: &TestDesk, now: &str, fix: bool) -> (Vec<(String, bool)>, i32) {
    let mut args = vec!["--agent", "clara", "--json", "doctor"];
    args.extend(fix.then_some("--fix"));
    let ran = desk.at(now, &args);
    let code = ran.code;
    let value = ran.json();
    let problems = value["problems"].as_array().unwrap();
    for problem in problems {
        for key in ["what", "where", "why", "next"] {
            let text = problem[key].as_str().unwrap_or_default();
            assert!(!text.is_empty() && !text.contains('\n'), "{key}: {problem}");
        }
    }
    assert_eq!(value["ok"], Value::Bool(code == 0));
    let name = |p: &Value| (p["problem"].as_str().unwrap().to_owned(), p["fixed"] == true);
    (problems.iter().map(name).collect(), code)
}

#[test]
fn every_fault_is_named_and_a_healthy_desk_has_none() {
    let whole = TestDesk::filled();
    whole.run(&["code", "send", "R-01", "sim"]).ok();
    for name in ["anna", "boris", "clara"] {
        whole.by(name, &["tickets"]).ok();
    }
    for fault in FAULTS {
        let desk = copied(&whole);
        (fault.make)(&desk.path("desk"));
        let (named, code) = said(&desk, fault.now, false);
        let mut names: Vec<&str> = named.iter().map(|(name, _)| name.as_str()).collect();
        names.dedup_by(|a, b| a == b && *a != "key");
        assert_eq!(
            names.iter().filter(|n| **n != "desk" || fault.named == ["desk"]).copied().collect::<Vec<_>>(),
            fault.named,
            "{}: {named:?}",
            fault.what
        );
        let open = named.iter().any(|(_, fixed)| !fixed);
        assert_eq!(code, if open { 4 } else { 0 }, "{}", fault.what);
        if fault.fixed && open {
            let (_, code) = said(&desk, fault.now, true);
            assert_eq!(code, 0, "{}", fault.what);
            assert_eq!(said(&desk, fault.now, false), (vec![], 0), "{}", fault.what);
        }
    }
}

#[test]
fn keys_that_end_are_named_before_and_after() {
    let seat = RealSeat::new();
    let day = |days: i64| Env::real().now(false).plus_days(days);
    let keys = |days: i64| {
        let options = Options {
            folder: Folder::new(seat.path("desk")),
            agent: Some("clara".to_owned()),
            readonly: false,
            env: Env::fixed(day(days)),
            ask_passphrase: Box::new(|_| panic!("nothing is signed")),
        };
        let found = examine(options, false).unwrap();
        let keys = found.problems.into_iter().filter(|p| p.problem == "key");
        keys.map(|key| key.what.split(" on ").next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert!(keys(0).is_empty());
    assert_eq!(keys(720), ["the key of clara ends", "the key of anna ends"]);
    assert_eq!(keys(731), ["the key of clara ended", "the key of anna ended"]);
}

#[test]
fn a_problem_is_one_line_and_says_what_to_do() {
    let desk = TestDesk::filled();
    mode(desk.path("desk/keys/anna.pem"), 0o644);
    insta::assert_snapshot!("doctor", desk.run(&["doctor"]));
    let refused = desk.run(&["doctor", "--fix"]);
    assert_eq!(refused.code, 5, "{refused}");
    insta::assert_snapshot!("doctor_fix", desk.by("clara", &["doctor", "--fix"]));
    insta::assert_snapshot!("doctor_well", desk.run(&["doctor"]));
    let none = TestDesk::bare();
    assert_eq!(none.run(&["doctor"]).code, 4);
}
