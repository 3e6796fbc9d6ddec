//! Files of evidence: opened elsewhere as a private copy, and reported wherever they are shown once they are harmed.

use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use crate::cli_desk::TestDesk;

/// A desk with a receipt's file on R-01: item 18.
fn desk() -> TestDesk {
    let desk = TestDesk::filled();
    let file = desk.write("-rf $(x) .pdf", "%PDF-1.7 receipt");
    desk.run(&["evidence", "add", "R-01", "receipt", "--file", &file]).ok();
    desk
}

type Harming = fn(&PathBuf);

fn blob(desk: &TestDesk) -> PathBuf {
    let shown = desk.run(&["--json", "show", "R-01"]).json();
    let items = shown["evidence"].as_array().unwrap().clone();
    let sum = items.iter().find_map(|e| e["attachment"]["sha256"].as_str()).unwrap().to_owned();
    desk.path("desk").join("attachments").join(sum.get(..2).unwrap()).join(sum)
}

#[test]
fn a_viewer_gets_a_private_copy_under_a_name_of_ours() {
    let desk = desk();
    insta::assert_snapshot!(desk.run(&["evidence", "open", "R-01", "18"]), @"
    ------- stderr
    error: No viewer is set for files of evidence.
    Hint: `[viewer]` in config.toml names one; `latchkey config template` shows how.
    ------- 1
    ");
    let viewer = desk.write(
        "viewer",
        "#!/bin/sh\nstat -c '%a %F' \"$2\" > seen\necho \"$1 $2\" >> seen\ncat \"$2\" >> seen\n",
    );
    std::fs::set_permissions(&viewer, std::fs::Permissions::from_mode(0o755)).unwrap();
    desk.write("desk/config.toml", format!("[viewer]\ncommand = [\"{viewer}\", \"a; b\"]\n"));
    insta::assert_snapshot!(desk.run(&["evidence", "open", "R-01", "18"]), @"
    -rf $(x) .pdf was open in $HOME/viewer.
    ------- 0
    ");
    let seen = std::fs::read_to_string(desk.path("seen")).unwrap();
    let lines: Vec<&str> = seen.lines().collect();
    assert_eq!((lines[0], lines[2]), ("400 regular file", "%PDF-1.7 receipt"), "{seen}");
    assert!(lines[1].starts_with("a; b ") && lines[1].ends_with("/evidence-18.pdf"), "{seen}");
    assert_eq!(std::fs::read_dir(desk.path("desk/viewing")).unwrap().count(), 0, "the copy is gone");
    assert!(desk.run(&["--json", "show", "R-01"]).ok().contains("evidence.opened"));
    desk.write("desk/config.toml", "[viewer]\ncommand = [\"./no-such-viewer\"]\n");
    insta::assert_snapshot!(desk.run(&["evidence", "open", "R-01", "18"]), @"
    ------- stderr
    error: The viewer ./no-such-viewer did not show the file: no such file or directory.
    Hint: `[viewer] command` in config.toml is what was run.
    ------- 1
    ");
    insta::assert_snapshot!(desk.run(&["evidence", "open", "R-01", "1"]), @"
    ------- stderr
    error: Evidence 1 of ticket 1 has no file.
    Hint: `e` adds one with its file.
    ------- 1
    ");
}

#[test]
fn a_missing_or_changed_file_is_reported_wherever_it_is_shown() {
    let desk = desk();
    insta::assert_snapshot!(desk.run(&["evidence", "verify"]), @"
    ✓ every file is what was taken in: 2 files, 861 bytes
    ------- 0
    ");
    let blob = blob(&desk);
    let harms: [(&str, &str, Harming); 4] = [
        ("changed", "NOT WHAT WAS TAKEN IN", |blob| std::fs::write(blob, "%PDF-1.7 another").unwrap()),
        ("missing", "MISSING", |blob| std::fs::remove_file(blob).unwrap()),
        ("changed", "NOT WHAT WAS TAKEN IN", |blob| {
            std::os::unix::fs::symlink("/etc/passwd", blob).unwrap();
        }),
        ("changed", "NOT WHAT WAS TAKEN IN", |blob| {
            std::fs::remove_file(blob).unwrap();
            std::process::Command::new("mkfifo").arg(blob).status().unwrap();
        }),
    ];
    for (harm, says, harming) in harms {
        harming(&blob);
        for command in ["show", "check"] {
            assert!(desk.run(&[command, "R-01"]).ok().contains(says), "{harm}: {command}");
        }
        let verdict = desk.run(&["--json", "evidence", "verify"]);
        assert_eq!(verdict.code, 4, "{verdict}");
        let verdict: serde_json::Value = serde_json::from_str(&verdict.stdout).unwrap();
        assert_eq!(
            (&verdict["ok"], &verdict["harmed"][0]["harm"]),
            (&false.into(), &harm.into()),
            "{verdict}"
        );
        assert_eq!(desk.run(&["evidence", "open", "R-01", "18"]).code, 1);
    }
    insta::assert_snapshot!(desk.run(&["evidence", "verify"]), @"
    ✗ files are missing or changed: 2 files, 845 bytes
      ticket 1, evidence 18: changed ([DIGEST])
    Bring them back from a backup; the evidence cannot be judged without them.
    ------- 4
    ");
    // Given once more, it is put right.
    std::fs::remove_file(&blob).unwrap();
    std::fs::write(&blob, "half").unwrap();
    let file = desk.write("again.pdf", "%PDF-1.7 receipt");
    desk.run(&["evidence", "add", "R-02", "document", "--file", &file]).ok();
    assert!(desk.run(&["evidence", "verify"]).ok().contains("every file is what was taken in"));
}
