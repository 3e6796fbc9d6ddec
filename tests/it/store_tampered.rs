//! Somebody with the `sqlite3` shell and the right to write `desk.db`: every column of every row that means something is
//! edited, every row deleted, every row doubled. Each is caught, and the answer names where.
//!
//! Tables and columns come from the schema itself, so that a new one is not forgotten: it is caught, or it stands in
//! [`NOTHING_HANGS_ON`] with the reason.

use std::collections::BTreeMap;

use latchkey::desk::Kind;
use latchkey::desk::import::ImportOptions;
use latchkey::desk::spoken::service::Service;
use latchkey::domain::{Channel, EvidenceKind, Recommendation, Request};
use latchkey::judgement::Check;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::desk_rehearsal::{Rehearsal, noon};

/// Table, column (`*`: all), and why an edit of it gives nobody anything.
const NOTHING_HANGS_ON: &[(&str, &str, &str)] = &[
    ("keyset", "version", "the signed text says its own version, and whose it is"),
    ("kept", "*", "columns, searches and places that people keep for their screens"),
    ("search_state", "*", "the index of the search, made anew from tickets, evidence and notes"),
    ("search_todo", "*", "the index of the search"),
    ("search_sheet", "*", "the index of the search"),
    (
        "joined",
        "*",
        "what undoing a merge writes back, with a leaf; a grant is judged by what then stands there",
    ),
    ("reading", "*", "a mark: when a sitting's leaf was written; without it there is one leaf more"),
    (
        "looked_for",
        "*",
        "salts: without one it cannot be told what a lookup was of, as after an erasure; its leaf stays",
    ),
    ("case_file", "*", "files that came before: forgetting one lets it come again, and change nothing"),
    ("note", "*", "words for colleagues: nothing is judged or granted by one"),
    ("message", "tries", "the outbox's own count"),
    ("message", "due_at", "when the outbox tries next"),
    ("message", "claim", "who carries it now"),
    ("message", "why", "shown in the outbox"),
    ("ticket", "id", "a ticket of another number is one that no leaf knows: see the deleted rows"),
    ("ticket", "state", "a grant goes by the signed decision and approvals, whatever the state says"),
    ("ticket", "due_at", "worked out from the policy"),
    ("ticket", "paused_at", "the ticket's clock"),
    ("ticket", "assignee", "a lease: who works on it; signatures say who did"),
    ("ticket", "lease_until", "a lease"),
    ("ticket", "held_until", "when it comes up in the queue; the cool-down is worked out from the decision"),
    ("ticket", "closed_as", "how the queue calls it"),
    ("ticket", "recommendation", "what the last check led to"),
    ("ticket", "verdict", "what the last check led to"),
    ("ticket", "rank", "its place in the queue"),
    ("ticket", "checked_at", "when the last check was"),
    ("ticket", "valid_until", "when it is judged anew at the latest; every act judges anew"),
    ("ticket", "stale", "whether it is judged anew by itself; every act judges anew"),
    ("ticket", "revision", "tells two screens of one change"),
    ("evidence", "wrong", "what the last check led to: answers are compared anew"),
    ("authorization", "revoked_why", "words; that and when it was withdrawn is compared"),
    ("checkpoint", "by", "whose the note is says its signature"),
    ("checkpoint", "at", "shown; the note holds what is signed"),
    ("checkpoint", "size", "which note it is; the note holds what is signed"),
    (
        "leaf",
        "ticket",
        "finds a ticket's leaves; `audit verify` and whoever grants go by the line (`store_hidden.rs`)",
    ),
];

/// Settings that may be edited: what they are for.
const IDLE_SETTINGS: &[(&str, &str)] = &[
    ("registry_generation", "a mark: all is judged anew where it differs"),
    ("policy_digest", "a mark: all is judged anew where it differs"),
    ("list_logged", "a mark: which import the log holds"),
    ("schema_logged", "a mark: which upgrade the log holds"),
    ("revocations_version", "verifiers refuse a list that is older than one they saw"),
    ("outbox_secret", "codes that left do not fit any more: nothing is granted by one"),
    ("head_sent_at", "when the head is due again"),
    (
        "lists_known",
        "a mark: what a restored desk waits for; whether lists may be believed is asked elsewhere",
    ),
];

/// What a desk holds after a full day: rows in every table that means something.
fn a_full_day() -> Rehearsal {
    let world = Rehearsal::new();
    // A grant that is used, with a wrong code on the way and an item that was taken away.
    world.owner_case("C-1");
    let sent = world.desk("anna").send_code("C-1", Channel::Sim, None).unwrap().code.unwrap();
    let wrong = if sent == "000000" { "000001" } else { "000000" };
    assert!(!world.desk("anna").confirm_code("C-1", Channel::Sim, wrong).unwrap().confirmed);
    assert!(world.desk("anna").confirm_code("C-1", Channel::Sim, &sent).unwrap().confirmed);
    let columns = [("box_imei".to_owned(), "867530900000017".to_owned())].into_iter().collect();
    let photo = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/photos/box-r02.png");
    let item = world.desk("anna").add_evidence("C-1", EvidenceKind::Box, &columns, Some(&photo)).unwrap();
    world.desk("anna").remove_evidence("C-1", item).unwrap();
    world.desk("anna").decide("C-1", Recommendation::Approve, None, false).unwrap();
    world.desk("anna").issue("C-1", None, None).unwrap();
    // A service centre that is told a code for it, and takes it.
    let centre = world.path().join("north.json");
    let on = latchkey::judgement::DEFAULT_POLICY.replace("codes = false", "codes = true");
    std::fs::write(world.folder().join("policy.toml"), on).unwrap();
    world.desk("clara").make_centre("north", &centre).unwrap();
    world.desk("clara").share_centre("north").unwrap();
    let service = Service::open(&centre, world.path()).unwrap();
    let asked = service.challenge("867530900000017", noon()).unwrap().challenge;
    let code = world.desk("anna").read_out("C-1", "north", &asked).unwrap().code;
    let back = service.check(&asked, &code, noon()).unwrap().challenge.acceptance.unwrap();
    world.desk("anna").redeem_accepted("C-1", &back).unwrap();
    // A lost device: a notice that two people raised and confirmed, and one of two asks to clear.
    world.list("devices", "imei,serial,model\n867530900000033,33333/A3,Orbit 11\n");
    world.list("bindings", "account_id,imei,bound_at\n2000000001,867530900000033,2025-02-08T09:00:00Z\n");
    world.case(
        "L-1",
        &[
            ("request", Request::LostReport.as_str()),
            ("claimant_email", "claimant@post.example"),
            ("imei", "867530900000033"),
            ("facts", "name=Иван Петров;region=RU;registered=2024"),
        ],
    );
    world.desk("anna").decide("L-1", Recommendation::Approve, None, false).unwrap();
    world.desk("boris").confirm_notice("L-1").unwrap();
    world.desk("anna").clear_notice("L-1").unwrap();
    // A decision of two, the owner told, the owner's no.
    world.list("devices", "imei,serial,model\n867530900000041,44444/A4,Orbit 11\n");
    world.list("bindings", "account_id,imei,bound_at\n2000000001,867530900000041,2025-02-08T09:00:00Z\n");
    for (reference, claimant) in [("T-1", "third@post.example"), ("T-2", "fourth@post.example")] {
        let columns = [
            ("request", "unbind"),
            ("claimant_email", claimant),
            ("imei", "867530900000041"),
            ("receipt_retailer", "DNS"),
            ("receipt_no", "DN-0000007"),
            ("receipt_date", "2025-01-30"),
        ];
        world.case(reference, &columns);
    }
    world.desk("boris").clear("T-1", Check::ReceiptUnique, "T-2", "one family").unwrap();
    world.desk("anna").decide("T-2", Recommendation::ApproveSecond, Some("vouched"), true).unwrap();
    world.desk("boris").approve("T-2", true).unwrap();
    world.desk("anna").deliver(|_| true).unwrap();
    let later = noon().plus_hours(80);
    world.desk_at("anna", later).issue("T-2", None, None).unwrap();
    world.desk_at("anna", later).object("T-2", Some("that is not me")).unwrap();
    // A mail with something in it.
    let mail = "From: Ann <ann@post.example>\nTo: desk@latchkey.example\nMessage-ID: <1@post.example>\n\
        Date: Thu, 19 Nov 2026 12:00:00 +0300\nSubject: my phone\n\n\
        My phone 867530900000025 is locked, receipt DN-0000009, call +79161112233.\n";
    let path = world.path().join("a.eml");
    std::fs::write(&path, mail).unwrap();
    let done = world.desk("anna").import_cases(&path, &ImportOptions::default(), &mut |_| true).unwrap();
    let ticket = done.landed[0].to_string();
    let offers = offers(&world);
    world.desk("anna").confirm_offer(&ticket, offers[0], None).unwrap();
    world.desk("anna").dismiss_offer(&ticket, offers[1]).unwrap();
    world.desk("clara").audit_checkpoint().unwrap();
    world
}

fn offers(world: &Rehearsal) -> Vec<i64> {
    let conn = Connection::open(world.folder().join("desk.db")).unwrap();
    let mut stmt = conn.prepare("SELECT id FROM offer ORDER BY id").unwrap();
    stmt.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

/// One table as it stands.
pub struct Table {
    pub name: String,
    pub columns: Vec<String>,
    /// Which columns name a row.
    pub key: Vec<bool>,
    pub rows: Vec<Vec<Value>>,
}

pub fn tables(conn: &Connection) -> Vec<Table> {
    let texts = |sql: &str| -> Vec<String> {
        let mut stmt = conn.prepare(sql).unwrap();
        stmt.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    let names = texts(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    );
    names
        .into_iter()
        .map(|name| {
            let columns = texts(&format!("SELECT name FROM pragma_table_info('{name}') ORDER BY cid"));
            let key =
                texts(&format!("SELECT iif(pk > 0, 'y', 'n') FROM pragma_table_info('{name}') ORDER BY cid"));
            let mut stmt = conn.prepare(&format!("SELECT {} FROM \"{name}\"", columns.join(", "))).unwrap();
            let rows = stmt
                .query_map([], |row| {
                    (0..columns.len()).map(|n| row.get(n)).collect::<Result<Vec<Value>, _>>()
                })
                .unwrap()
                .collect::<Result<_, _>>()
                .unwrap();
            drop(stmt);
            Table { key: key.iter().map(|k| k == "y").collect(), name, columns, rows }
        })
        .collect()
}

impl Table {
    /// Makes the table hold these rows, as somebody may who switched every guard off.
    /// `false` where the schema itself has no room for them.
    pub fn write(&self, conn: &Connection, rows: &[Vec<Value>]) -> bool {
        conn.execute_batch(
            "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; BEGIN IMMEDIATE",
        )
        .unwrap();
        conn.execute(&format!("DELETE FROM \"{}\"", self.name), []).unwrap();
        let marks: Vec<String> = (1..=self.columns.len()).map(|n| format!("${n}")).collect();
        let sql = format!(
            "INSERT INTO \"{}\" ({}) VALUES ({})",
            self.name,
            self.columns.join(", "),
            marks.join(", ")
        );
        let written = rows.iter().all(|row| conn.execute(&sql, params_from_iter(row)).is_ok());
        conn.execute_batch(if written { "COMMIT" } else { "ROLLBACK" }).unwrap();
        written
    }

    fn exempt(&self, column: &str) -> bool {
        NOTHING_HANGS_ON.iter().any(|(t, c, _)| *t == self.name && (*c == column || *c == "*"))
    }

    fn exempt_whole(&self) -> bool {
        NOTHING_HANGS_ON.iter().any(|(t, c, _)| *t == self.name && *c == "*")
    }

    /// Whether a row is one of those nothing hangs on.
    fn idle(&self, row: &[Value]) -> bool {
        match self.name.as_str() {
            "setting" => IDLE_SETTINGS.iter().any(|(name, _)| row[0] == Value::Text((*name).to_owned())),
            // A head that goes to an address, a code or a reply: only what tells an owner counts.
            "message" => row[self.at("kind")] != Value::Text("owner-notice".to_owned()),
            _ => false,
        }
    }

    fn at(&self, column: &str) -> usize {
        self.columns.iter().position(|c| c == column).unwrap()
    }
}

/// The value, a little different.
pub fn changed(value: &Value) -> Value {
    match value {
        Value::Null => Value::Integer(1),
        Value::Integer(n) => Value::Integer(n.wrapping_add(1)),
        Value::Real(n) => Value::Real(n + 1.0),
        Value::Text(text) => Value::Text(format!("{text}x")),
        Value::Blob(bytes) => {
            let mut bytes = bytes.clone();
            match bytes.last_mut() {
                Some(last) => *last ^= 1,
                None => bytes.push(1),
            }
            Value::Blob(bytes)
        }
    }
}

/// What a verifier says who comes now: the answer's words, or why the desk does not even open.
pub fn told(world: &Rehearsal) -> Result<(), String> {
    let options = latchkey::desk::Options {
        folder: latchkey::desk::Folder::new(world.folder()),
        agent: Some("dora".into()),
        readonly: true,
        env: latchkey::env::Env::fixed(noon().plus_hours(90)),
        ask_passphrase: Box::new(|_| Err(latchkey::desk::Failure::refused("none"))),
    };
    match latchkey::desk::Desk::open(options).and_then(|mut desk| desk.audit_verify(&[])) {
        Ok(verdict) if verdict.ok => Ok(()),
        Ok(verdict) => Err(verdict.reason.to_string()),
        Err(failure) => {
            assert!(matches!(failure.kind, Kind::Verification | Kind::State | Kind::Internal), "{failure}");
            Err(failure.to_string())
        }
    }
}

/// Words of which the answer has one, by table.
fn names(table: &str) -> Vec<&str> {
    match table {
        "leaf" | "tree" => vec!["leaf", "log", "head", "tree"],
        "checkpoint" => vec!["checkpoint", "head"],
        "authorization" => vec!["authorization", "operation"],
        "clearing" => vec!["clearing", "statement"],
        "decision" => vec!["decision", "approval"],
        "release" => vec!["released"],
        "keyset" => vec!["keyset", "key", "root"],
        "setting" => vec!["setting", "desk", "keyset"],
        // A ticket that is gone takes its salt with it.
        "ticket" | "link" | "link_more" | "look" => vec!["ticket"],
        table => vec![table],
    }
}

#[test]
fn every_row_that_means_something_is_caught_and_named_when_edited() {
    let world = a_full_day();
    assert_eq!(told(&world), Ok(()));
    let conn = Connection::open(world.folder().join("desk.db")).unwrap();
    let (mut missed, mut edits) = (BTreeMap::new(), 0);
    for table in tables(&conn).iter().filter(|t| !t.exempt_whole()) {
        let mut kept = Vec::new();
        for (n, row) in table.rows.iter().enumerate().filter(|(_, row)| !table.idle(row)) {
            // Of a long log each hundredth byte is enough here: `audit::flips` turns every bit of one.
            if table.name == "leaf" && n % 9 != 0 {
                continue;
            }
            for (c, column) in table.columns.iter().enumerate().filter(|(_, c)| !table.exempt(c)) {
                let mut rows = table.rows.clone();
                rows[n][c] = changed(&row[c]);
                kept.push((format!("{column} of row {n}"), rows));
            }
            // A signed head that is gone says nothing: those that left the house count.
            if table.name != "checkpoint" {
                let mut rows = table.rows.clone();
                rows.remove(n);
                kept.push((format!("row {n} deleted"), rows));
            }
            let mut rows = table.rows.clone();
            let mut twin = row.clone();
            let named: Vec<usize> = (0..twin.len()).filter(|c| table.key[*c]).collect();
            for c in named {
                twin[c] = match &twin[c] {
                    Value::Integer(n) => Value::Integer(n + 1000),
                    other => changed(other),
                };
            }
            // What must be there once.
            for unique in ["mark", "about", "known", "jti", "code_hash", "reference"] {
                if let Some(c) = table.columns.iter().position(|c| c == unique).filter(|c| !table.key[*c]) {
                    twin[c] = changed(&twin[c]);
                }
            }
            if table.name == "approval" {
                twin[table.at("by")] = Value::Text("dora".into());
            }
            if !["leaf", "checkpoint", "keyset", "setting", "tree"].contains(&table.name.as_str()) {
                rows.push(twin);
                kept.push((format!("row {n} doubled"), rows));
            }
        }
        assert!(!kept.is_empty(), "the day leaves nothing in {}: add to it what does", table.name);
        for (what, rows) in kept {
            if !table.write(&conn, &rows) {
                continue;
            }
            edits += 1;
            match told(&world) {
                Ok(()) => _ = missed.insert(format!("{}: {what}", table.name), "not caught".to_owned()),
                Err(reason) if names(&table.name).iter().any(|word| reason.contains(word)) => {}
                Err(reason) => _ = missed.insert(format!("{}: {what}", table.name), reason),
            }
        }
        assert!(table.write(&conn, &table.rows));
    }
    assert_eq!(told(&world), Ok(()), "all is as it was");
    assert!(missed.is_empty(), "{} of {edits}: {missed:#?}", missed.len());
    assert!(edits > 300, "{edits}");
}

/// A table or column that nobody decided about fails the test above; one that is gone fails this one.
#[test]
fn what_is_exempt_is_there_and_says_why() {
    let world = Rehearsal::new();
    let conn = Connection::open(world.folder().join("desk.db")).unwrap();
    let tables = tables(&conn);
    for (table, column, why) in NOTHING_HANGS_ON {
        let found = tables.iter().find(|t| t.name == *table).unwrap_or_else(|| panic!("no table {table}"));
        assert!(*column == "*" || found.columns.iter().any(|c| c == column), "no {table}.{column}");
        assert!(why.len() > 6, "{table}.{column}");
    }
    assert!(IDLE_SETTINGS.iter().all(|(_, why)| why.len() > 10));
}
