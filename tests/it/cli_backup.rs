//! Backups: consistent while others work, whole or not there, and restored with nothing forgotten.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::cli_desk::{NOW, TestDesk};
use crate::store_indexes::{How, made_otherwise};
use rusqlite::Connection;

fn backed_up() -> (TestDesk, PathBuf) {
    let desk = TestDesk::filled();
    let file = desk.path("one.backup");
    desk.by("clara", &["backup", "one.backup"]).ok();
    (desk, file)
}

/// What the verification says of a file: its exit code, and why.
fn verdict(desk: &TestDesk, file: &Path) -> (i32, String) {
    let ran = desk.ran(
        desk.command(&["--json", "backup", "verify", file.to_str().unwrap()]).env_remove("LATCHKEY_DESK"),
    );
    (ran.code, if ran.code == 0 { String::new() } else { ran.stdout.clone() + &ran.stderr })
}

fn names(file: &Path) -> Vec<String> {
    let mut archive = tar::Archive::new(std::fs::File::open(file).unwrap());
    let entries = archive.entries().unwrap();
    entries.map(|e| e.unwrap().path().unwrap().to_str().unwrap().to_owned()).collect()
}

/// The archive again, with each entry as `change` wants it.
fn rewritten(file: &Path, to: &Path, change: impl Fn(&str, Vec<u8>) -> Option<Vec<u8>>) {
    let mut archive = tar::Archive::new(std::fs::File::open(file).unwrap());
    let mut out = tar::Builder::new(std::fs::File::create(to).unwrap());
    for entry in archive.entries().unwrap() {
        let mut entry = entry.unwrap();
        let name = entry.path().unwrap().to_str().unwrap().to_owned();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
        if let Some(bytes) = change(&name, bytes) {
            let mut header = tar::Header::new_gnu();
            header.set_size(bytes.len() as u64);
            header.set_mode(0o600);
            out.append_data(&mut header, name, bytes.as_slice()).unwrap();
        }
    }
    out.into_inner().unwrap();
}

#[test]
fn a_backup_holds_the_desk_and_no_private_key_and_the_log_knows_of_it() {
    let (desk, file) = backed_up();
    let names = names(&file);
    assert_eq!(names.first().map(String::as_str), Some("desk.db"));
    assert_eq!(names.last().map(String::as_str), Some("latchkey-backup.json"));
    let keys: Vec<&String> = names.iter().filter(|n| n.starts_with("keys/")).collect();
    assert_eq!(keys, ["keys/root.pub.pem"]);
    assert!(names.iter().any(|n| n.starts_with("attachments/")), "{names:?}");
    assert_eq!(verdict(&desk, &file), (0, String::new()));
    let line: String = Connection::open(desk.path("desk/desk.db"))
        .unwrap()
        .query_row("SELECT line FROM leaf ORDER BY seq DESC", [], |r| r.get(0))
        .unwrap();
    assert!(line.contains("desk.backed-up") && line.contains("clara"), "{line}");
    let again = desk.by("clara", &["backup", "one.backup"]);
    assert!(again.code == 1 && again.stderr.contains("already"), "{again}");
    for agent in ["anna", "boris"] {
        let refused = desk.by(agent, &["backup", "two.backup"]);
        assert!(refused.code == 5 && !desk.path("two.backup").exists(), "{refused}");
    }
    let left: Vec<_> = std::fs::read_dir(desk.path("."))
        .unwrap()
        .filter(|e| e.as_ref().unwrap().file_name().to_str().unwrap().starts_with(".latchkey"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn every_kind_of_damage_to_a_backup_is_named() {
    let (desk, file) = backed_up();
    let whole = std::fs::read(&file).unwrap();
    let bad = desk.path("bad.backup");
    let says = |what: &str| {
        let (code, said) = verdict(&desk, &bad);
        assert!(code == 4 && said.contains(what), "{what}: {said}");
    };
    for (at, what) in [(0, "cut short"), (700, "damaged"), (whole.len() / 2, ""), (whole.len() - 2048, "")] {
        std::fs::write(&bad, &whole[..at]).unwrap();
        says(what);
    }
    std::fs::write(&bad, [&whole[..], &[0; 4096]].concat()).unwrap();
    assert_eq!(verdict(&desk, &bad), (0, String::new()), "zeros, as tapes have them");
    std::fs::write(&bad, [&whole[..], &[0; 4096], b"x"].concat()).unwrap();
    says("stands behind its end");
    std::fs::write(&bad, "no archive at all, but long enough to be looked at".repeat(100)).unwrap();
    says("damaged or no backup");
    let blob = names(&file).into_iter().find(|n| n.starts_with("attachments/")).unwrap();
    for name in ["desk.db", "keys/root.pub.pem", &blob] {
        rewritten(&file, &bad, |n, bytes| (n != name).then_some(bytes));
        says(&format!("{name} is missing"));
        rewritten(&file, &bad, |n, mut bytes| {
            if n == name {
                let middle = bytes.len() / 2;
                bytes[middle] ^= 1;
            }
            Some(bytes)
        });
        says(&format!("{name} was changed"));
    }
    // Whoever changes the list too is found by what the files say of each other.
    rewritten(&file, &bad, |n, bytes| {
        let text = String::from_utf8_lossy(&bytes).replace("\"leaves\": ", "\"leaves\": 1");
        Some(if n == "latchkey-backup.json" { text.into_bytes() } else { bytes })
    });
    says("its log is not the one");
    let sql = [
        ("UPDATE leaf SET line = line || ' ' WHERE seq = 0", "log is broken"),
        ("DELETE FROM leaf WHERE seq > 5", "log is broken"),
        ("DELETE FROM keyset", "no desk can be opened"),
    ];
    for (sql, what) in sql {
        let edited = edited(&desk, &file, &bad, sql);
        assert!(edited > 0, "{sql}");
        says(what);
    }
    edited(&desk, &file, &bad, "CREATE TRIGGER sqlx AFTER INSERT ON code BEGIN DELETE FROM objection; END");
    says("`sqlx`");
    let refused = desk.by("clara", &["--desk", "elsewhere", "restore", "bad.backup"]);
    assert!(refused.code == 4 && refused.stderr.contains("sqlx"), "{refused}");
    assert!(!desk.path("elsewhere").exists());
    edited_by(&desk, &file, &bad, |db| made_otherwise(db, "desk_notice_key", How::By("(-key)")));
    assert_eq!(verdict(&desk, &bad).0, 0, "there is no notice that it could hide");
    edited_by(&desk, &file, &bad, |db| made_otherwise(db, "leaf_ticket", How::By("(-ticket)")));
    says("leaf_ticket");
}

/// The backup with its database edited, and a list that fits.
fn edited(desk: &TestDesk, file: &Path, bad: &Path, sql: &str) -> usize {
    let changed = std::cell::Cell::new(0);
    edited_by(desk, file, bad, |place| {
        let db = Connection::open(place).unwrap();
        db.pragma_update(None, "foreign_keys", false).unwrap();
        changed.set(db.execute(sql, []).unwrap());
    });
    changed.get()
}

fn edited_by(desk: &TestDesk, file: &Path, bad: &Path, edit: impl Fn(&Path)) {
    use sha2::Digest as _;
    let place = desk.path("edited.db");
    let old = std::cell::RefCell::new(String::new());
    let sum = |bytes: &[u8]| {
        sha2::Sha256::digest(bytes).iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
    };
    rewritten(file, bad, |n, bytes| match n {
        "desk.db" => {
            *old.borrow_mut() = sum(&bytes);
            std::fs::write(&place, bytes).unwrap();
            edit(&place);
            Some(std::fs::read(&place).unwrap())
        }
        "latchkey-backup.json" => {
            let new = sum(&std::fs::read(&place).unwrap());
            Some(String::from_utf8(bytes).unwrap().replace(&*old.borrow(), &new).into_bytes())
        }
        _ => Some(bytes),
    });
}

#[test]
fn a_backup_that_is_killed_leaves_nothing_that_passes_for_one() {
    let desk = TestDesk::filled();
    let backup = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_latchkey"));
        command.env("LATCHKEY_NOW", NOW).arg("--desk").arg(desk.path("desk"));
        command.args(["--agent", "clara", "backup"]).arg(desk.path("killed.backup"));
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let began = std::time::Instant::now();
    assert!(backup().status().unwrap().success());
    let whole = began.elapsed().max(Duration::from_millis(20));
    let mut killed = BTreeSet::new();
    for part in 0..24_u32 {
        let _ = std::fs::remove_file(desk.path("killed.backup"));
        let mut child = backup().spawn().unwrap();
        std::thread::sleep(whole * part / 20);
        let _ = child.kill();
        let done = child.wait().unwrap().success();
        let there = desk.path("killed.backup").exists();
        assert!(there || !done);
        if there {
            assert_eq!(verdict(&desk, &desk.path("killed.backup")), (0, String::new()), "{part}");
        }
        killed.insert(there);
    }
    assert!(killed.contains(&false), "nothing was killed in time");
    assert_eq!(desk.run(&["audit", "verify"]).code, 0);
}

#[test]
fn a_backup_beside_somebody_who_works_is_of_one_moment() {
    let desk = TestDesk::filled();
    std::thread::scope(|scope| {
        let works = scope.spawn(|| {
            for n in 0..12 {
                desk.run(&["note", "R-01", &format!("note {n}")]).ok();
            }
        });
        for n in 0..3 {
            let name = format!("{n}.backup");
            desk.by("clara", &["backup", &name]).ok();
            assert_eq!(verdict(&desk, &desk.path(&name)), (0, String::new()));
        }
        works.join().unwrap();
    });
    assert_eq!(desk.run(&["audit", "verify"]).code, 0);
}

#[test]
fn a_restored_desk_trips_the_roll_back_check_until_its_reason_is_logged() {
    let (desk, _) = backed_up();
    desk.run(&["note", "R-01", "lost by the restore"]).ok();
    let before = desk.run(&["--json", "audit", "verify"]).json()["size"].as_u64().unwrap();
    let why = desk.by("clara", &["restore", "one.backup"]);
    assert!(why.code == 2 && why.stderr.contains("--reason"), "{why}");
    let anna = desk.run(&["restore", "one.backup", "--reason", "x"]);
    assert_eq!(anna.code, 5, "{anna}");
    assert_eq!(desk.run(&["--json", "audit", "verify"]).json()["size"], before, "nothing was changed");
    let open = Connection::open(desk.path("desk/desk.db")).unwrap();
    open.query_row("SELECT count(*) FROM leaf", [], |r| r.get::<_, i64>(0)).unwrap();
    let busy = desk.by("clara", &["restore", "one.backup", "--reason", "x"]);
    assert!(busy.code == 1 && busy.stderr.contains("has the desk open"), "{busy}");
    drop(open);
    let done = desk.by("clara", &["--json", "restore", "one.backup", "--reason", "the disk died"]);
    assert_eq!(done.code, 0, "{done}");
    let done = done.json();
    assert_eq!((&done["rollback_accepted"], &done["has_key"]), (&true.into(), &true.into()));
    let kept = PathBuf::from(done["kept"].as_str().unwrap());
    let size: i64 = Connection::open(kept.join("desk.db"))
        .unwrap()
        .query_row("SELECT count(*) FROM leaf", [], |r| r.get(0))
        .unwrap();
    assert_eq!(size, i64::try_from(before).unwrap());
    // It lies there with its keys until somebody takes it away, and is named as long.
    for _ in 0..2 {
        let found = desk.by("clara", &["--json", "doctor", "--fix"]).json()["problems"].clone();
        let named: Vec<_> = found.as_array().unwrap().iter().map(|p| (&p["problem"], &p["where"])).collect();
        assert_eq!(named, [(&"replaced".into(), &kept.display().to_string().into())]);
    }
    // Clara accepted; anna's own memory still says no.
    assert_eq!(desk.by("clara", &["--json", "audit", "verify"]).json()["ok"], true);
    assert_eq!(desk.run(&["note", "R-01", "x"]).code, 4);
    desk.run(&["audit", "accept-rollback", "--reason", "clara restored it"]).ok();
    desk.run(&["note", "R-01", "x"]).ok();
    let db = Connection::open(desk.path("desk/desk.db")).unwrap();
    // Its words are kept where they can be forgotten; the log commits to them.
    let count = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count("SELECT count(*) FROM leaf WHERE line LIKE '%disk died%'"), 0);
    assert_eq!(count("SELECT count(*) FROM leaf WHERE line LIKE '%\"commit\":{\"reason\":%'"), 3);
    assert_eq!(count("SELECT count(*) FROM setting WHERE value LIKE '%the disk died'"), 2);
    assert_eq!(desk.run(&["evidence", "verify"]).code, 0);
}

/// A real desk: who lets it go back signs that, with the key of the desk that is there.
#[test]
fn a_real_desk_goes_back_only_by_a_custodian_s_signature() {
    let desk = TestDesk::bare();
    let (pass, wrong) = (desk.write("pass", "a long passphrase of mine\n"), desk.write("wrong", "another\n"));
    let by = |pass: &str, args: &[&str]| {
        desk.ran(&mut desk.command(&[&["--agent", "clara", "--passphrase-file", pass][..], args].concat()))
    };
    by(&pass, &["init"]).ok();
    by(&pass, &["backup", "one.backup"]).ok();
    desk.write("case.csv", "reference,request,claimant_email\nA-1,unbind,a@post.example\n");
    by(&pass, &["import", "cases", "case.csv"]).ok();
    let leaves = || by(&pass, &["--json", "audit", "verify"]).json()["size"].as_u64().unwrap();
    let (before, back) = (leaves(), ["restore", "one.backup", "--reason", "the disk died"]);
    let refused = by(&wrong, &back);
    assert!(refused.code == 5 && refused.stderr.contains("passphrase"), "{refused}");
    // The try is one at the desk that stays, and stands in its log.
    let last = || -> String {
        let db = Connection::open(desk.path("desk/desk.db")).unwrap();
        db.query_row("SELECT line FROM leaf ORDER BY seq DESC LIMIT 1", [], |row| row.get(0)).unwrap()
    };
    assert_eq!(leaves(), before + 1);
    assert!(last().contains("login.failed"), "{}", last());
    let (key, away) = (desk.path("desk/keys/clara.pem"), desk.path("clara.pem"));
    std::fs::rename(&key, &away).unwrap();
    insta::assert_snapshot!(by(&pass, &back), @"
    ------- stderr
    error: $HOME/desk/keys: More was seen of this desk than the backup holds: clara signs that it goes back, and no key of clara is here.
    Hint: Nothing was changed. Put clara.pem there and try again; into an empty folder (--desk) it goes without.
    ------- 5
    ");
    std::fs::rename(&away, &key).unwrap();
    assert_eq!(leaves(), before + 1, "nothing was changed");
    let done = by(&pass, &back);
    assert!(done.code == 0 && done.stdout.contains("The desk before it lies in"), "{done}");
    let verdict = by(&pass, &["--json", "audit", "verify"]).json();
    assert!(verdict["ok"] == true && verdict["size"].as_u64().unwrap() != before, "{verdict}");
    by(&pass, &["import", "cases", "case.csv"]).ok();
    // Whoever tries again and again waits, here as everywhere.
    for _ in 0..5 {
        assert_eq!(by(&wrong, &back).code, 5);
    }
    let waits = by(&pass, &back);
    assert!(waits.code == 5 && waits.stderr.contains("wrong passphrases"), "{waits}");
    assert!(last().contains("login.failed"), "{}", last());
}

/// The backup is of a time when she was a custodian; the desk that it would replace knows better.
#[test]
fn nobody_goes_back_to_when_they_were_a_custodian() {
    let desk = TestDesk::empty();
    desk.by("clara", &["agents", "add", "dora", "--role", "custodian"]).ok();
    desk.by("clara", &["backup", "one.backup"]).ok();
    desk.by("dora", &["agents", "disable", "clara"]).ok();
    let leaves = || desk.run(&["--json", "audit", "verify"]).json()["size"].as_u64().unwrap();
    let before = leaves();
    let refused = desk.by("clara", &["restore", "one.backup", "--reason", "the disk died"]);
    assert!(refused.code == 5 && refused.stderr.contains("disabled"), "{refused}");
    assert_eq!(leaves(), before + 1, "and the desk that stays has the refusal in its log");
    desk.by("dora", &["restore", "one.backup", "--reason", "the disk died"]).ok();
}

#[test]
fn a_backup_is_restored_into_an_empty_folder_and_into_no_other() {
    let (desk, file) = backed_up();
    let new = desk.path("new");
    let restore = |args: &[&str]| {
        let all = [&["--desk", new.to_str().unwrap(), "--agent", "clara"][..], args].concat();
        desk.ran(&mut desk.command(&all))
    };
    desk.write("new/something", "of somebody's");
    let refused = restore(&["restore", "one.backup"]);
    assert!(refused.code == 1 && refused.stderr.contains("no desk"), "{refused}");
    std::fs::remove_file(new.join("something")).unwrap();
    // A backup that does not hold changes nothing.
    let bytes = std::fs::read(&file).unwrap();
    desk.write("half.backup", &bytes[..bytes.len() / 2]);
    assert_eq!(restore(&["restore", "half.backup"]).code, 4);
    assert_eq!(std::fs::read_dir(&new).unwrap().count(), 0);
    let done = restore(&["restore", "one.backup"]);
    assert!(done.code == 0 && done.stderr.contains("no key of yours"), "{done}");
    assert_eq!(restore(&["audit", "verify"]).code, 0);
    assert_eq!(restore(&["show", "R-01"]).code, 0);
}

#[test]
fn a_folder_that_cannot_be_read_is_not_taken_for_an_empty_one() {
    let (desk, _) = backed_up();
    desk.write("desk/letters", "a file where a folder should be");
    let letters = desk.by("clara", &["backup", "two.backup"]);
    assert_ne!(letters.code, 0, "{letters}");
    assert!(!desk.path("two.backup").exists());
    std::fs::remove_file(desk.path("desk/letters")).unwrap();
    // Keys that would be left behind would be lost.
    std::fs::rename(desk.path("desk/keys"), desk.path("keys")).unwrap();
    desk.write("desk/keys", "a file where a folder should be");
    let keys = desk.by("clara", &["restore", "one.backup", "--reason", "x"]);
    assert!(keys.code != 0 && keys.stderr.contains("key"), "{keys}");
    std::fs::remove_file(desk.path("desk/keys")).unwrap();
    std::fs::rename(desk.path("keys"), desk.path("desk/keys")).unwrap();
    assert_eq!(desk.by("clara", &["audit", "verify"]).code, 0, "nothing was changed");
    assert_eq!(desk.by("clara", &["restore", "one.backup", "--reason", "x"]).code, 0);
    assert!(desk.path("desk/keys/clara.pem").exists());
}
