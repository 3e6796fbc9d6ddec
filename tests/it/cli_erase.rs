//! One person is erased: not a byte of what they wrote is left in the desk, and the log still proves everything.

use std::path::Path;

use rusqlite::Connection;
use serde_json::Value;

use crate::cli_desk::TestDesk;

/// What only the person's tickets say. ASCII is looked for whatever its case, as the search's index has it.
const CANARIES: [&str; 13] = [
    "quixot",
    "zorro",
    "цапелькин",
    "5550777",
    "moon.example",
    "dn-canary",
    "oddity",
    "marginalia",
    "canary-slip",
    "inside-the-file",
    "snipe-serial",
    "half-typed",
    "whereupon",
];

const EMAIL: &str = "zorro.quixot@moon.example";
const PHONE: &str = "+79035550777";

/// Where a canary still stands, in any file below.
fn found(folder: &Path, canaries: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().to_lowercase();
        found.extend(
            canaries
                .iter()
                .filter(|c| name.contains(**c))
                .map(|c| format!("{c} is a name: {}", path.display())),
        );
        if path.is_dir() {
            found.extend(self::found(&path, canaries));
            continue;
        }
        let mut bytes = std::fs::read(&path).unwrap();
        bytes.make_ascii_lowercase();
        for canary in canaries {
            // A capital of another script is another letter.
            let capital = {
                let mut letters = canary.chars();
                letters.next().unwrap().to_uppercase().collect::<String>() + letters.as_str()
            };
            for form in [*canary, capital.as_str()] {
                if bytes.windows(form.len()).any(|w| w == form.as_bytes()) {
                    found.push(format!("{form} in {}", path.display()));
                }
            }
        }
    }
    found
}

fn person(desk: &TestDesk) -> String {
    desk.write("in/canary-slip.pdf", "%PDF-1.4\n% inside-the-file\n");
    let cases = "reference,request,claimant_name,claimant_email,claimant_phone,access,imei,serial,receipt_retailer,\
        receipt_no,receipt_date,sim_msisdn,facts,attachments,note\n\
        P-1,unbind,Zorro Quixotish Цапелькин,zorro.quixot@moon.example,+79035550777,none,867530900000017,SNIPE-SERIAL,\
        DNS,DN-CANARY-7,2024-01-02,+79035550777,name=Zorro,receipt:canary-slip.pdf,An oddity\n\
        P-2,lost-report,Zorro,zorro.quixot@moon.example,,none,490154203237518,,,,,,,,\n\
        Q-1,unbind,Somebody Else,else@post.example,+79160000001,none,867530900000041,,,,,,,,\n";
    let file = desk.write("in/cases.csv", cases);
    desk.run(&["import", "cases", &file]).ok();
    let mail = format!(
        "From: Zorro <{EMAIL}>\nMessage-ID: <m1@moon.example>\nSubject: [#1] oddity\nDate: Fri, 20 Nov 2026 10:12:00 \
         +0300\n\nWhereupon I write again about 867530900000017.\n"
    );
    let mail = desk.write("in/a.eml", mail);
    desk.run(&["import", "cases", &mail]).ok();
    desk.run(&["note", "P-1", "Marginalia on Quixotish"]).ok();
    desk.run(&["reply", "P-1", "--send"]).ok();
    desk.run(&["code", "send", "P-1", "sim"]).ok();
    desk.run(&["decide", "P-1", "refuse", "--reason", "Quixotish is an oddity"]).ok();
    desk.run(&["search", "quixot"]).ok();
    let drafts = desk.path("desk/drafts/of-anna");
    std::fs::create_dir_all(&drafts).unwrap();
    std::fs::write(
        drafts.join("1.note.json"),
        "{\"ticket\":1,\"form\":\"note\",\"at\":1,\"fields\":{\"text\":\"half-typed\"}}",
    )
    .unwrap();
    std::fs::write(drafts.join("9.note.json"), "{\"fields\":{\"text\":\"call +79035550777\"}}").unwrap();
    std::fs::write(drafts.join("8.note.json"), "{\"fields\":{\"text\":\"another\"}}").unwrap();
    let conn = Connection::open(desk.path("desk/desk.db")).unwrap();
    conn.execute(
        "INSERT INTO kept VALUES ('anna', 'find', 'open Quixot@moon.example zorro.quixot@moon.example')",
        [],
    )
    .unwrap();
    conn.execute("INSERT INTO kept VALUES ('anna', 'other', 'state:open')", []).unwrap();
    mail
}

fn close(desk: &TestDesk) {
    let all = desk.run(&["--json", "tickets", "--limit", "50"]).json();
    for ticket in all["tickets"].as_array().unwrap() {
        if ticket["reference"] == "Q-1" {
            continue;
        }
        let number = ticket["ticket"].to_string();
        if ticket["state"] != "closed" {
            desk.run(&["close", &number]).ok();
        }
    }
}

fn totals(desk: &TestDesk) -> Value {
    let mut report = desk.run(&["--json", "report", "--from", "2026-01-01", "--to", "2027-01-01"]).json();
    report.as_object_mut().unwrap().remove("signs");
    report
}

#[test]
fn not_a_byte_of_an_erased_person_is_left_and_the_log_still_proves() {
    let desk = crate::cli_mail::desk();
    person(&desk);
    let before = found(&desk.path("desk"), &CANARIES);
    for canary in CANARIES {
        let known = before.iter().any(|f| f.to_lowercase().contains(canary));
        assert!(known, "{canary} is nowhere to begin with: {before:#?}");
    }
    // Nothing is taken from under a case that is still worked on.
    let refused = desk.by("clara", &["erase", EMAIL]);
    assert!(refused.code == 1 && refused.stderr.contains("is open"), "{refused}");
    let refused = desk.run(&["erase", EMAIL]);
    assert!(refused.code == 5 && refused.stderr.contains("custodian"), "{refused}");
    close(&desk);
    let dry = desk.by("clara", &["--json", "erase", EMAIL, "--dry-run"]).json();
    assert_eq!(dry["blocked"], serde_json::json!([]), "{dry:#}");
    assert_eq!(found(&desk.path("desk"), &CANARIES).len(), before.len(), "a dry run changes nothing");
    // What cannot be looked through may hold the person: nothing is said to be gone then.
    let (drafts, aside) = (desk.path("desk/drafts"), desk.path("desk/aside"));
    std::fs::rename(&drafts, &aside).unwrap();
    std::fs::write(&drafts, "a file where a folder should be").unwrap();
    let unseen = desk.by("clara", &["erase", EMAIL]);
    assert!(unseen.code == 1 && unseen.stderr.contains("cannot be seen"), "{unseen}");
    std::fs::remove_file(&drafts).unwrap();
    std::fs::rename(&aside, &drafts).unwrap();
    assert_eq!(found(&desk.path("desk"), &CANARIES).len(), before.len(), "nothing was changed");
    let (report, proof) = (totals(&desk), desk.run(&["audit", "prove", "P-1"]).ok());

    let done = desk.by("clara", &["--json", "erase", EMAIL, PHONE]).json();
    assert_eq!(done["rewritten"], true, "{done:#}");
    assert_eq!(
        (&done["evidence"], &done["notes"], &done["mails"]),
        (&dry["evidence"], &dry["notes"], &dry["mails"])
    );
    assert_eq!((&done["drafts"], &done["kept"]), (&serde_json::json!(2), &serde_json::json!(1)));
    assert_eq!(found(&desk.path("desk"), &CANARIES), [""; 0]);

    // The log is whole, proves the acts of before and of after, and names nobody.
    let verified = desk.run(&["--json", "audit", "verify"]);
    assert!(verified.code == 0, "{verified}");
    assert_eq!(desk.run(&["evidence", "verify"]).code, 0);
    let file = desk.write("after.tlog-proof", desk.run(&["audit", "prove", "P-1"]).ok());
    assert!(!proof.is_empty() && std::fs::metadata(file).unwrap().len() > 0);
    let conn = Connection::open(desk.path("desk/desk.db")).unwrap();
    let line: String = conn
        .query_row("SELECT line FROM leaf WHERE line LIKE '%person.erased%'", [], |row| row.get(0))
        .unwrap();
    assert!(line.contains("\"actor\":\"clara\"") && line.contains("\"tickets\":"), "{line}");
    drop(conn);
    // Totals hold, and every command goes on.
    assert_eq!(totals(&desk), report);
    for number in done["tickets"].as_array().unwrap() {
        let number = &number.to_string();
        for args in [vec!["show", number], vec!["--json", "show", number], vec!["links", number]] {
            let shown = desk.run(&args);
            assert!(shown.code == 0, "{args:?}: {shown}");
        }
        for args in [vec!["reopen", number], vec!["note", number, "again"], vec!["object", number]] {
            let refused = desk.run(&args);
            assert!(refused.code == 1 && refused.stderr.contains("was emptied"), "{args:?}: {refused}");
        }
        let undo = desk.by("clara", &["undo", number]);
        assert_eq!(undo.code, 1, "{undo}");
    }
    assert_eq!(desk.run(&["--json", "search", "quixot"]).json()["tickets"], serde_json::json!([]));
    assert_eq!(desk.run(&["--json", "show", "Q-1"]).json()["claimant"]["name"], "Somebody Else");
    assert!(desk.path("desk/drafts/of-anna/8.note.json").exists());
    assert_eq!(desk.run(&["policy", "replay", "-"]).code, 1, "no policy, but no fault either");
    desk.by("clara", &["backup", "b.backup"]).ok();
    assert_eq!(desk.run(&["backup", "verify", "b.backup"]).code, 0);
    // Nobody is left to erase.
    let again = desk.by("clara", &["--json", "erase", EMAIL]).json();
    assert_eq!(again["tickets"], serde_json::json!([]));
}

#[test]
fn whoever_edits_an_erased_ticket_is_still_caught() {
    let desk = TestDesk::filled();
    let token = desk.issued();
    desk.run(&["redeem", &token]).ok();
    let other = desk.run(&["--json", "show", "R-02"]).json()["ticket"].clone();
    desk.run(&["decide", "R-02", "refuse", "--reason", "not theirs"]).ok();
    desk.by("clara", &["erase", "R-01", "--dry-run"]).ok();
    let done = desk.by("clara", &["--json", "erase", "R-01"]).json();
    assert_eq!(done["tickets"].as_array().unwrap().len(), 1, "{done:#}");
    assert_eq!(desk.run(&["audit", "verify"]).code, 0);
    let again = desk.run(&["redeem", &token]);
    assert!(again.code == 4 && again.stderr.contains("`used`"), "{again}");
    // Only what the log says was emptied may lack its signatures.
    let conn = Connection::open(desk.path("desk/desk.db")).unwrap();
    conn.execute("UPDATE decision SET jws = '' WHERE ticket = $1", [other.as_i64().unwrap()]).unwrap();
    let broken = desk.run(&["audit", "verify"]);
    assert!(broken.code == 4, "{broken}");
}

#[test]
fn what_is_in_force_is_not_erased() {
    let desk = TestDesk::filled();
    let token = desk.issued();
    let dry = desk.by("clara", &["erase", "R-01", "--dry-run"]);
    assert!(dry.code == 1 && dry.stdout.contains("latchkey revoke"), "{dry}");
    desk.run(&["redeem", &token]).ok();
    // A rival or whoever shared a receipt is judged by it.
    let claimant = desk.run(&["--json", "show", "R-01"]).json()["claimant"].clone();
    let rows = format!(
        "reference,request,claimant_email,imei,access\nRIVAL,unbind,rival@post.example,{},none\n",
        desk.run(&["--json", "show", "R-01"]).json()["device"]["imeis"][0].as_str().unwrap()
    );
    let file = desk.write("rival.csv", rows);
    desk.run(&["import", "cases", &file]).ok();
    let email = claimant["email"].as_str().unwrap();
    let refused = desk.by("clara", &["erase", email]);
    assert!(refused.code == 1 && refused.stderr.contains("is judged by what ticket"), "{refused}");
    // An owner's objection makes a notice, which outlives the ticket.
    desk.run(&["object", "RIVAL"]).ok();
    desk.run(&["close", "RIVAL"]).ok();
    desk.by("clara", &["erase", email]).ok();
    let refused = desk.by("clara", &["erase", "rival@post.example"]);
    assert!(refused.code == 1 && refused.stderr.contains("a notice that ticket"), "{refused}");
}

/// The owner was written to about a ticket of somebody else's. Without them it is no ticket that was edited.
#[test]
fn a_ticket_of_others_on_which_somebody_was_erased_is_whole() {
    let desk = TestDesk::filled();
    desk.run(&["code", "send", "R-04", "contact"]).ok();
    desk.run(&["close", "R-04"]).ok();
    let db = rusqlite::Connection::open(desk.path("desk/desk.db")).unwrap();
    let owner: String = db.query_row("SELECT value FROM code", [], |row| row.get(0)).unwrap();
    desk.by("clara", &["erase", &owner]).ok();
    let left: String = db.query_row("SELECT value FROM code", [], |row| row.get(0)).unwrap();
    assert_ne!(left, owner);
    let verified = desk.run(&["--json", "audit", "verify"]);
    assert!(verified.code == 0, "{verified}");
    desk.run(&["reopen", "R-04"]).ok();
    desk.run(&["take", "R-04"]).ok();
}

#[test]
fn the_lists_are_taken_from_when_that_is_asked() {
    let desk = crate::cli_mail::desk();
    let write = |name: &str, text: &str| desk.write(name, text);
    let lists = [
        (
            "accounts",
            "account_id,email,phone,name,state\n777,zorro.quixot@moon.example,+79035550777,Zorro Цапелькин,active\n",
        ),
        ("contacts", "account_id,kind,value,verified_at\n777,email,zorro.quixot@moon.example,2024-01-01\n"),
        ("sim-changes", "msisdn,changed_at\n+79035550777,2024-01-01\n"),
    ];
    for (list, text) in lists {
        desk.run(&["import", list, &write(&format!("{list}.csv"), text)]).ok();
    }
    let dry = desk.by("clara", &["--json", "erase", EMAIL, PHONE, "--dry-run"]).json();
    assert_eq!(dry["lists"], 4, "{dry:#}");
    desk.by("clara", &["erase", EMAIL, PHONE]).ok();
    let found_there = desk.run(&["--json", "lookup", EMAIL]).json()["found"].clone();
    assert_eq!(found_there, true, "lists are others': they stay unless one says so");
    let done = desk.by("clara", &["--json", "erase", EMAIL, PHONE, "--lists"]).json();
    assert_eq!(done["lists"], 4, "{done:#}");
    assert_eq!(found(&desk.path("desk"), &["quixot", "zorro", "5550777", "цапелькин"]), [""; 0]);
    assert_eq!(desk.run(&["--json", "registry", "status"]).code, 0);
}
