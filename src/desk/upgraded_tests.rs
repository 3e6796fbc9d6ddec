//! A desk meets a later program (`store::migrate::upgrade_tests`): upgraded once, with a copy beside it, by one of many
//! who open it, killed at any step.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use rusqlite::Connection;

use super::Upgraded;
use crate::desk::backup;
use crate::desk::demo::{self, PRESENT};
use crate::desk::{Desk, Failure, Folder, Options, doctor};
use crate::env::Env;
use crate::store::migrate::upgrade_tests::{Later, is_killed_at, is_later_by, later_steps};

/// For the program of another process: which folder, and where it is killed.
const TOLD: &str = "LATCHKEY_TEST_UPGRADES";
const STAGES: &[&str] = &["begun", "copied", "kept", "changed", "committed"];

fn template() -> &'static Path {
    static MADE: OnceLock<tempfile::TempDir> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        demo::fill(&dir.path().join("desk"), PRESENT).unwrap();
        // One file without a log of its own, as a program that ended leaves it.
        assert!(crate::store::copy::close_for_all(&dir.path().join("desk/desk.db")).unwrap());
        dir
    });
    made.path()
}

/// A desk of the first version in a folder of its own.
fn older() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("desk");
    // Modes too: keys are their owner's alone.
    let done = Command::new("cp").arg("-a").arg(template().join("desk")).arg(&folder).status().unwrap();
    assert!(done.success());
    (dir, folder)
}

fn options(folder: &Path) -> Options {
    Options {
        folder: Folder::new(folder),
        agent: Some("clara".to_owned()),
        readonly: false,
        env: Env::fixed(PRESENT),
        ask_passphrase: Box::new(|_| Err(Failure::fault("A rehearsal asks for no passphrase."))),
    }
}

fn number(db: &Path, sql: &str) -> Option<i64> {
    Connection::open(db).unwrap().query_row(sql, [], |row| row.get(0)).ok()
}

fn copies(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
    entries.filter(|name| name.contains(".before-")).collect()
}

/// What holds of a desk that was upgraded, however that went.
fn upgraded_once(folder: &Path) {
    is_later_by(later_steps());
    let mut desk = Desk::open(options(folder)).unwrap();
    assert!(desk.audit_verify(&[]).unwrap().ok);
    assert_eq!(desk.find("R-01").unwrap(), 1);
    drop(desk);
    let db = folder.join("desk.db");
    assert_eq!(number(&db, "SELECT user_version FROM pragma_user_version"), Some(3));
    assert_eq!(number(&db, "SELECT count(*) FROM later"), Some(1), "the steps ran once");
    assert_eq!(number(&db, "SELECT count(*) FROM leaf WHERE line LIKE '%desk.upgraded%'"), Some(1));
    // The copy is a desk for the older program.
    assert_eq!(copies(folder), ["desk.db.before-3"]);
    is_later_by(&[]);
    std::fs::rename(folder.join("desk.db.before-3"), &db).unwrap();
    for beside in ["desk.db-wal", "desk.db-shm"] {
        let _ = std::fs::remove_file(folder.join(beside));
    }
    // Whoever saw the upgraded one is told that this is an older one.
    let mut before = Desk::open(options(folder)).unwrap();
    assert!(before.rolled_back().is_some() || before.audit_verify(&[]).unwrap().ok);
    assert_eq!(before.find("R-01").unwrap(), 1);
}

/// Another process with a later program, which opens the desk and may be killed; under a shell that may limit it.
fn elsewhere(folder: &Path, stage: &str, shell: &str) -> Command {
    let mut command = Command::new("sh");
    let exe = std::env::current_exe().unwrap();
    command.args(["-c", &format!("{shell} exec \"$0\" \"$@\"")]).arg(exe);
    command.args(["desk::upgraded::tests::a_later_program", "--exact", "--ignored", "--nocapture"]);
    command.env(TOLD, format!("{}|{stage}", folder.display()));
    command
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
#[ignore = "the others run it, each in a process of its own"]
fn a_later_program() {
    let Ok(told) = std::env::var(TOLD) else { return };
    let (folder, stage) = told.split_once('|').unwrap();
    is_later_by(later_steps());
    is_killed_at(STAGES.iter().find(|s| **s == stage).unwrap_or(&""));
    let desk = Desk::open(options(Path::new(folder))).unwrap_or_else(|e| panic!("{e}"));
    println!("upgraded {}", desk.upgraded.len());
}

#[test]
fn a_desk_is_upgraded_by_whoever_opens_it_and_says_where_it_lies_as_it_was() {
    let _ends = Later;
    let (dir, folder) = older();
    let file = dir.path().join("old.backup");
    Desk::open(options(&folder)).unwrap().backup(&file, None).unwrap();
    is_later_by(later_steps());
    let reading = Desk::open(Options { readonly: true, ..options(&folder) });
    let refused = reading.err().unwrap().to_string();
    assert!(refused.contains("version 1") && copies(&folder).is_empty(), "{refused}");
    let named = || {
        let told = doctor::examine(options(&folder), false).unwrap().problems;
        told.iter().map(|p| (p.problem, p.fixed)).collect::<Vec<_>>()
    };
    assert_eq!(named(), [("schema", true)]);
    assert_eq!(named(), [("copy", false)]);
    assert!(Desk::open(options(&folder)).unwrap().upgraded.is_empty(), "the doctor opened it");
    // What an older program backed up is verified and restored by a later one, without another copy.
    assert!(backup::verify(&file, &[]).unwrap().ok);
    let new = dir.path().join("new");
    backup::restore(&file, &[], options(&new), None).unwrap();
    assert!(copies(&new).is_empty());
    assert_eq!(number(&new.join("desk.db"), "SELECT count(*) FROM later"), Some(1));
    upgraded_once(&folder);
    let (_dir, folder) = older();
    is_later_by(later_steps());
    let upgraded = Desk::open(options(&folder)).unwrap().upgraded.clone();
    let kept = folder.canonicalize().unwrap().join("desk.db.before-3");
    assert_eq!(upgraded, [Upgraded { from: 1, to: 3, kept: kept.clone() }]);
    let mode = std::os::unix::fs::MetadataExt::mode(&kept.metadata().unwrap());
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn killed_at_any_step_the_next_start_goes_on() {
    let _ends = Later;
    for first in STAGES {
        let (_dir, folder) = older();
        for stage in [first, *STAGES.last().unwrap_or(first)] {
            // Once more at the same step, then at the last.
            for stage in [*first, stage] {
                let output = elsewhere(&folder, stage, "").output().unwrap();
                let done = *first == "committed" && said(&output).contains("upgraded 0");
                assert!(done || !output.status.success(), "{stage}: {}", said(&output));
                let version = number(&folder.join("desk.db"), "SELECT user_version FROM pragma_user_version");
                assert!(matches!(version, Some(1 | 3)), "{stage}: {version:?}");
                if *first == "committed" {
                    break;
                }
            }
        }
        upgraded_once(&folder);
    }
}

#[test]
fn of_many_who_start_at_once_one_upgrades() {
    let _ends = Later;
    let (_dir, folder) = older();
    let many: Vec<_> = (0..6)
        .map(|_| {
            let mut command = elsewhere(&folder, "", "");
            command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap()
        })
        .collect();
    let mut upgrades = 0;
    for one in many {
        let output = one.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
        upgrades += usize::from(said(&output).contains("upgraded 1"));
    }
    assert_eq!(upgrades, 1);
    upgraded_once(&folder);
}

#[test]
fn without_room_for_the_copy_nothing_is_upgraded() {
    let _ends = Later;
    let (_dir, folder) = older();
    let before = std::fs::read(folder.join("desk.db")).unwrap();
    // Blocks of 512 bytes: a file that may not grow any more stands for a full disk.
    let output = elsewhere(&folder, "", "trap '' XFSZ; ulimit -f 600;").output().unwrap();
    let said = said(&output);
    assert!(!output.status.success() && said.contains("only once a copy lies beside it"), "{said}");
    assert!(copies(&folder).is_empty());
    assert_eq!(number(&folder.join("desk.db"), "SELECT user_version FROM pragma_user_version"), Some(1));
    assert!(before.len() > 600 * 512, "{}", before.len());
    upgraded_once(&folder);
}
