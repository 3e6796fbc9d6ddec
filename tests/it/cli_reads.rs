//! Who looked: every reading leaves a trace, one a sitting, and is found by device, person, account or ticket. Exports
//! are masked unless that is said, and logged.

use rusqlite::Connection;
use serde_json::Value;

use crate::cli_desk::{NOW, TestDesk};

const IMEI: &str = "867530900000017";

fn desk() -> TestDesk {
    let desk = crate::cli_mail::desk();
    let rows = format!(
        "reference,request,claimant_name,claimant_email,claimant_phone,access,imei,note\n\
         A,unbind,Canaria Quill,canaria@quill.example,+79035550777,none,{IMEI},Quill wrote\n\
         B,unbind,Other Person,other@post.example,,none,867530900000041,\n"
    );
    let file = desk.write("c.csv", rows);
    desk.run(&["import", "cases", &file]).ok();
    desk
}

/// Who did what, as `audit reads` says, the newest first.
fn looks(desk: &TestDesk, what: &str) -> Vec<(String, String)> {
    let said = desk.by("clara", &["--json", "audit", "reads", what]).json();
    let text = |look: &Value, key: &str| look[key].as_str().unwrap().to_owned();
    said["looks"].as_array().unwrap().iter().map(|l| (text(l, "actor"), text(l, "act"))).collect()
}

fn pairs(said: &[(&str, &str)]) -> Vec<(String, String)> {
    said.iter().map(|(who, what)| ((*who).to_owned(), (*what).to_owned())).collect()
}

#[test]
fn whoever_looked_at_a_device_is_named() {
    let desk = desk();
    assert_eq!(looks(&desk, IMEI), []);
    let asked = [("clara", "lookup.read")];
    desk.run(&["show", "A"]).ok();
    desk.run(&["show", "A"]).ok();
    desk.run(&["--json", "check", "A"]).ok();
    desk.by("boris", &["show", "A"]).ok();
    desk.run(&["show", "B"]).ok();
    let seen = [("boris", "ticket.read"), ("anna", "ticket.read"), asked[0]];
    assert_eq!(looks(&desk, IMEI), pairs(&seen), "one sitting is one leaf, and B is another device");
    // A look-up that shows no ticket is found by the device too, whatever it was asked by.
    desk.by("boris", &["lookup", IMEI]).ok();
    assert_eq!(looks(&desk, IMEI)[..2], pairs(&[("boris", "lookup.read"), ("clara", "lookup.read")]));
    let later = "2026-11-20T11:30:00Z";
    desk.at(later, &["show", "A"]).ok();
    desk.run(&["show", "A", "--reveal"]).ok();
    let found = looks(&desk, "A");
    assert_eq!(found[..2], pairs(&[("anna", "ticket.revealed"), ("anna", "ticket.read")]), "another sitting");
    // By the person and the ticket as well; of somebody else nothing.
    assert!(looks(&desk, "canaria@quill.example").contains(&("boris".to_owned(), "ticket.read".to_owned())));
    assert!(!looks(&desk, "B").iter().any(|(who, _)| who == "boris"));
    assert_eq!(looks(&desk, "nobody@else.example"), []);
    assert_eq!(looks(&desk, "nobody@else.example"), pairs(&asked), "asking is looking");
    let refused = desk.run(&["audit", "reads", IMEI]);
    assert!(refused.code == 5, "{refused}");
    // Neither the queue nor the ticket's history hears of it, and the leaves name nobody.
    let shown = desk.run(&["--json", "show", "A"]).json();
    assert!(!shown["history"].to_string().contains("ticket.read"));
    let log = log(&desk);
    for canary in ["canaria", "quill", "5550777", IMEI] {
        assert!(!log.to_lowercase().contains(canary), "{canary}");
    }
    assert_eq!(desk.run(&["audit", "verify"]).code, 0);
    insta::assert_snapshot!("reads", desk.by("clara", &["audit", "reads", IMEI]));
}

fn log(desk: &TestDesk) -> String {
    let conn = Connection::open(desk.path("desk/desk.db")).unwrap();
    let mut stmt = conn.prepare("SELECT line FROM leaf").unwrap();
    let lines: Vec<String> = stmt.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    lines.join("\n")
}

/// What an import holds up is written down all the same, before anything is shown.
#[test]
fn a_reading_while_somebody_writes_is_owed_and_paid() {
    let desk = desk();
    let other = Connection::open(desk.path("desk/desk.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert!(desk.run(&["show", "A"]).ok().contains("Canaria"));
    assert!(!log(&desk).contains("ticket.read"));
    other.execute_batch("COMMIT").unwrap();
    drop(other);
    desk.run(&["show", "B"]).ok();
    desk.run(&["show", "A"]).ok();
    assert!(looks(&desk, IMEI).contains(&("anna".to_owned(), "ticket.read".to_owned())));
}

#[test]
fn exports_are_masked_and_logged() {
    let desk = desk();
    desk.run(&["close", "B"]).ok();
    for args in [
        vec!["export"],
        vec!["export", "--format", "csv"],
        vec!["--json", "tickets", "--all"],
        vec!["tickets", "--format", "jsonl"],
    ] {
        let told = desk.by("clara", &args).ok();
        for canary in ["Canaria", "Quill", "canaria@", "5550777", IMEI] {
            assert!(!told.contains(canary), "{args:?} tells {canary}: {told}");
        }
        assert_eq!(
            told.contains("\"B\"") || told.contains(",B,"),
            args[0] == "export" || args.contains(&"--all")
        );
    }
    let full = desk.by("clara", &["export", "--reveal", "--state", "open"]).ok();
    assert!(full.contains("Canaria Quill") && full.lines().count() == 1, "{full}");
    let told = desk.by("clara", &["export", "--out", "e.csv", "--format", "csv", "--reveal"]);
    assert!(told.code == 0 && told.stderr.contains("2 tickets, in full"), "{told}");
    let mode = std::os::unix::fs::PermissionsExt::mode(
        &std::fs::metadata(desk.path("e.csv")).unwrap().permissions(),
    );
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(desk.by("clara", &["export", "--out", "e.csv"]).code, 1, "a file is never replaced");
    assert_eq!(desk.run(&["export"]).code, 5, "agents work tickets");
    let lists = desk.by("clara", &["--json", "audit", "reads", IMEI]).json()["lists"].clone();
    assert_eq!(lists.as_array().unwrap().len(), 4, "whatever was exported may have held it: {lists:#}");
    assert!(NOW.starts_with("2026") && desk.run(&["audit", "verify"]).code == 0);
    let none = desk.by("clara", &["export", "--from", "2030-01-01"]).ok();
    assert_eq!(none, "");
}
