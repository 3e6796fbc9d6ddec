//! A restore at a real desk, whose people have passphrases: it is signed like any other act.

use rusqlite::Connection;

use crate::cli_desk::{Ran, TestDesk, fixture};
use crate::cli_real::{PASSPHRASE, RealSeat};

fn acts(seat: &RealSeat, act: &str) -> i64 {
    let log = Connection::open(seat.path("desk/desk.db")).unwrap();
    let sql = format!("SELECT count(*) FROM leaf WHERE line LIKE '%\"{act}\"%'");
    log.query_row(&sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn a_real_desk_is_restored_in_place_by_its_custodians_passphrase_alone() {
    let seat = RealSeat::new();
    let clara = |args: &[&str]| seat.by("clara", args);
    clara(&["backup", "plain.backup"]).ok();
    clara(&["backup", "sealed.age", "--encrypt"]).ok();
    let (log, head) = (seat.path("desk/desk.db"), seat.path("desk/keys/clara.head"));
    let before = (std::fs::read(&log).unwrap(), std::fs::read(&head).unwrap());
    seat.write("wrong", "not this one\n");
    for file in ["plain.backup", "sealed.age"] {
        let wrong = clara(&["--passphrase-file", "wrong", "restore", file, "--reason", "the disk died"]);
        assert!(wrong.code == 5 && wrong.stderr.contains("passphrase"), "{wrong}");
        assert!(!seat.path("desk.before-1").exists(), "nothing was changed");
    }
    std::fs::write(&log, &before.0).unwrap();
    std::fs::write(&head, &before.1).unwrap();
    for (n, file) in ["plain.backup", "sealed.age"].into_iter().enumerate() {
        // Read once, wherever it comes from: standard input has it only one time.
        let restore = ["restore", file, "--reason", "the disk died", "--passphrase-file", "-"];
        seat.fed("clara", &restore, PASSPHRASE).ok();
        assert!(seat.path(&format!("desk.before-{}", n + 1)).exists());
        assert_eq!((acts(&seat, "log.rollback-accepted"), acts(&seat, "desk.restored")), (1, 1), "{file}");
        assert_eq!(clara(&["audit", "verify"]).code, 0, "{file}");
        clara(&["backup", &format!("after-{n}.backup")]).ok();
    }
}

/// Whatever cannot be taken back waits for the lists that the log knows of: an empty registry knows of no thief.
#[test]
fn without_its_lists_a_restored_desk_uses_nothing_up_and_closes_nothing() {
    let desk = TestDesk::filled();
    let token = desk.issued();
    desk.by("clara", &["backup", "one.backup"]).ok();
    let new = desk.path("new");
    let at_new = |agent: &str, args: &[&str]| -> Ran {
        let all = [&["--desk", new.to_str().unwrap(), "--agent", agent][..], args].concat();
        desk.ran(&mut desk.command(&all))
    };
    let restored = at_new("clara", &["--json", "restore", "one.backup"]);
    assert!(restored.stderr.contains("import the lists again"), "{restored}");
    assert_eq!(restored.json()["lists"], "empty");
    std::fs::copy(desk.path("desk/keys/anna.pem"), new.join("keys/anna.pem")).unwrap();
    std::fs::copy(desk.path("desk/keys/clara.pem"), new.join("keys/clara.pem")).unwrap();
    let waits = |missing: &str| {
        for args in [
            &["redeem", &token][..],
            &["decide", "R-02", "approve", "--reason", "x", "--override"],
            &["decide", "R-02", "refuse", "--reason", "x"],
            &["issue", "R-01"],
            &["approve", "R-02"],
        ] {
            let who = if args[0] == "approve" { "boris" } else { "anna" };
            let ran = at_new(who, args);
            assert!(ran.code == 1 && ran.stderr.contains(missing), "{args:?} {missing}: {ran}");
        }
    };
    std::fs::copy(desk.path("desk/keys/boris.pem"), new.join("keys/boris.pem")).unwrap();
    waits("tacs");
    // What only notes something does not wait.
    at_new("anna", &["note", "R-02", "the customer called"]).ok();
    at_new("anna", &["decide", "R-02", "hold", "--reason", "the lists are away"]).ok();
    let lists = desk.run(&["--json", "registry", "status"]).json()["lists"].as_array().unwrap().clone();
    let names: Vec<String> = lists
        .iter()
        .filter(|list| !list["imported_at"].is_null())
        .map(|list| list["list"].as_str().unwrap().to_owned())
        .collect();
    let (last, first) = names.split_last().unwrap();
    for list in first {
        at_new("clara", &["import", list, &fixture(&format!("registry/{list}.csv"))]).ok();
    }
    waits(last);
    at_new("clara", &["import", last, &fixture(&format!("registry/{last}.csv"))]).ok();
    let used = at_new("anna", &["--json", "redeem", &token]);
    assert_eq!(used.code, 0, "{used}");
    assert_ne!(used.json()["applied"], serde_json::json!([]), "and something is released");
}

#[test]
fn a_restore_in_place_keeps_the_lists_and_what_was_typed() {
    let desk = TestDesk::filled();
    desk.by("clara", &["backup", "one.backup"]).ok();
    let token = desk.issued();
    desk.by("clara", &["backup", "two.backup"]).ok();
    desk.write("desk/drafts/of-anna/1.note.json", "half typed");
    let standing = |desk: &TestDesk| desk.run(&["--json", "registry", "status"]).json()["lists"].clone();
    let before = standing(&desk);
    let restore = ["--json", "restore", "two.backup", "--reason", "the disk died"];
    let done = desk.by("clara", &restore);
    assert_eq!(done.json()["lists"], "kept");
    assert_eq!(standing(&desk), before);
    let typed = std::fs::read_to_string(desk.path("desk/drafts/of-anna/1.note.json")).unwrap();
    assert_eq!(typed, "half typed");
    desk.by("anna", &["audit", "accept-rollback", "--reason", "clara restored it"]).ok();
    let used = desk.run(&["--json", "redeem", &token]).json();
    assert_ne!(used["applied"], serde_json::json!([]));
    // Lists that cannot be read whole are none, and the desk says so.
    let registry = desk.path("desk/registry.db");
    let bytes = std::fs::read(&registry).unwrap();
    std::fs::write(&registry, &bytes[..bytes.len() / 2]).unwrap();
    let done = desk.by("clara", &restore);
    assert!(done.code == 0 && done.stderr.contains("could not be kept"), "{done}");
    assert_eq!(done.json()["lists"], "lost");
    desk.by("anna", &["audit", "accept-rollback", "--reason", "clara restored it"]).ok();
    let waits = desk.run(&["redeem", &token]);
    assert!(waits.code == 1 && waits.stderr.contains("header alone"), "{waits}");
}

/// The owner was quicker, or the bindings are older than the grant: nothing is released, so nothing is used up.
#[test]
fn an_authorization_that_would_release_nothing_is_not_used() {
    let desk = TestDesk::filled();
    let token = desk.issued();
    let bindings = std::fs::read_to_string(fixture("registry/bindings.csv")).unwrap();
    let header = bindings.lines().next().unwrap();
    let file = desk.write("bindings.csv", format!("{header}\n"));
    desk.by("clara", &["import", "bindings", &file, "--mode", "replace", "--allow-shrink"]).ok();
    let refused = desk.run(&["redeem", &token]);
    assert!(refused.code == 1 && refused.stderr.contains("was not used"), "{refused}");
    desk.by("clara", &["import", "bindings", &fixture("registry/bindings.csv")]).ok();
    assert_ne!(desk.run(&["--json", "redeem", &token]).json()["applied"], serde_json::json!([]));
}
