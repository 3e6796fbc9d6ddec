//! Somebody with the `sqlite3` shell and the right to write `registry.db`: whatever they change in the lists is named by
//! `audit verify`, and no case that was judged by it is granted. Tables and columns come from the schema itself.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use latchkey::authority::{AgentKey, Authored as _, Protection, StatementClaims, read_key};
use latchkey::desk::Kind;
use latchkey::desk::import::ImportOptions;
use latchkey::domain::{Channel, List, ListMode, Recommendation, Time};
use latchkey::store::registry::{ImportMeta, ListImport};
use latchkey::store::{FileKind, Purpose, open};
use rusqlite::Connection;
use rusqlite::types::Value;

use crate::cli_real::RealSeat;
use crate::desk_rehearsal::Rehearsal;
use crate::store_tampered::{changed, tables, told};

/// Tables of which nothing is asked, and why.
const NOTHING_HANGS_ON: &[(&str, &str)] = &[
    ("import_seen", "keys of a file that is being imported; empty outside of it"),
    ("landed", "an import whose leaf is owed: without a custodian's signature it gets none"),
];

/// Rows in every table of the lists.
fn with_all_lists() -> Rehearsal {
    let world = Rehearsal::new();
    world.list("devices", "imei,imei2,serial,model\n867530900000033,867530900000058,33333/A3,Orbit 11\n");
    world.list(
        "sim-changes",
        "msisdn,iccid,changed_at\n+79160000001,8970101000000000004,2025-03-30T09:00:00Z\n",
    );
    world.list(
        "repairs",
        "order_no,old_imei,new_imei,repaired_on,centre\nR-1,867530900000025,867530900000041,2025-05-05,North\n",
    );
    world.list(
        "notices",
        "imei,kind,status,reference,reported_at,cleared_at,source\n\
         867530900000017,stolen,cleared,K-1,2025-06-01T09:00:00Z,2025-07-01T09:00:00Z,police\n",
    );
    world.list("bindings", "account_id,serial,bound_at\n2000000001,ZZ/9,2025-02-08T09:00:00Z\n");
    world
}

fn registry(world: &Rehearsal) -> PathBuf {
    world.folder().join("registry.db")
}

/// The lists as they are, to be put back.
fn keep(path: &Path) -> Vec<u8> {
    let conn = Connection::open(path).unwrap();
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    drop(conn);
    std::fs::read(path).unwrap()
}

fn put_back(path: &Path, bytes: &[u8]) {
    for end in ["-wal", "-shm"] {
        let mut beside = path.as_os_str().to_owned();
        beside.push(end);
        let _ = std::fs::remove_file(beside);
    }
    std::fs::write(path, bytes).unwrap();
}

#[test]
fn every_row_of_the_lists_is_caught_and_named_when_edited() {
    let world = with_all_lists();
    assert_eq!(told(&world), Ok(()));
    let conn = Connection::open(registry(&world)).unwrap();
    let (mut missed, mut edits) = (BTreeMap::new(), 0);
    for table in tables(&conn).iter().filter(|t| NOTHING_HANGS_ON.iter().all(|(name, _)| *name != t.name)) {
        assert!(!table.rows.is_empty(), "the lists leave nothing in {}: add to them what does", table.name);
        let mut kept = Vec::new();
        // Of seals a few say as much as all.
        for (n, row) in table.rows.iter().enumerate().take(12) {
            for (c, column) in table.columns.iter().enumerate() {
                let mut rows = table.rows.clone();
                rows[n][c] = changed(&row[c]);
                kept.push((format!("{column} of row {n}"), rows));
            }
            let mut rows = table.rows.clone();
            rows.remove(n);
            kept.push((format!("row {n} deleted"), rows));
            let mut twin = row.clone();
            for (c, value) in twin.iter_mut().enumerate() {
                let unique = ["text", "folded"].contains(&table.columns[c].as_str());
                if table.key[c] || unique {
                    *value = match &*value {
                        Value::Integer(n) => Value::Integer(n.wrapping_add(1000)),
                        other => changed(other),
                    };
                }
            }
            // Nobody asks for seals of tables that there are not.
            if !["seal", "sealed"].contains(&table.name.as_str()) {
                let mut rows = table.rows.clone();
                rows.push(twin);
                kept.push((format!("row {n} doubled"), rows));
            }
        }
        for (what, rows) in kept {
            if !table.write(&conn, &rows) {
                continue;
            }
            edits += 1;
            let named = |reason: &str| {
                match table.name.as_str() {
                    // Whoever counts imports meets it first.
                    "generation" => reason.contains("registry.db") || reason.contains("store"),
                    "list_state" | "sealed" | "seal" | "seal_group" => reason.contains("registry.db"),
                    name => reason.contains("registry.db") && reason.contains(name),
                }
            };
            match told(&world) {
                Ok(()) => _ = missed.insert(format!("{}: {what}", table.name), "not caught".to_owned()),
                Err(reason) if named(&reason) => {}
                Err(reason) => _ = missed.insert(format!("{}: {what}", table.name), reason),
            }
        }
        assert!(table.write(&conn, &table.rows));
    }
    assert_eq!(told(&world), Ok(()), "all is as it was");
    assert!(missed.is_empty(), "{} of {edits}: {missed:#?}", missed.len());
    assert!(edits > 150, "{edits}");
}

/// A case that is decided and could be granted at once.
fn about_to_be_granted() -> Rehearsal {
    let world = with_all_lists();
    world.owner_case("C-1");
    world.prove("C-1", Channel::Sim);
    world.desk("anna").decide("C-1", Recommendation::Approve, None, false).unwrap();
    world
}

#[test]
fn nothing_is_granted_by_a_row_that_no_custodian_signed() {
    let world = about_to_be_granted();
    let whole = keep(&registry(&world));
    for sql in [
        // A device under notice, the list of it gone, or another in its place.
        "DELETE FROM notice",
        "UPDATE notice SET cleared_at = cleared_at - 1",
        "UPDATE notice SET reference = 'K-2'",
        "INSERT INTO notice (device, key, kind, reference, told_at, status, reported_at) \
         VALUES (86753090000001, 86753090000001, 'lost', 'K-9', 0, 'pending', 1)",
        // The device, bound to somebody else or to nobody.
        "UPDATE binding SET bound_at = bound_at + 1",
        "DELETE FROM binding",
        "UPDATE device SET first_bound_at = first_bound_at + 1 WHERE id = 86753090000001",
        "UPDATE device SET bindings = 0, account = NULL, bound_at = NULL, first_bound_at = NULL WHERE id = 86753090000001",
        "UPDATE device SET made_on = made_on - 1 WHERE id = 86753090000001",
        "UPDATE device SET serial = '11111/A9' WHERE id = 86753090000001",
        "UPDATE device SET imei2 = 86753090000009 WHERE id = 86753090000001",
        "INSERT INTO repair VALUES ('R-9', 86753090000001, 86753090000007, 86753090000001, 86753090000007, 20000, NULL)",
        // Its owner, and how they are reached.
        "UPDATE account SET name = 'Somebody'",
        "UPDATE account SET registered_at = registered_at - 1",
        "INSERT INTO contact VALUES (2000000001, 'friend@post.example', 1, NULL, 1, 0)",
        "UPDATE contact SET value = 'friend@post.example' WHERE value LIKE '%@%'",
        "DELETE FROM contact WHERE value LIKE '%@%'",
        // Its SIM and its receipt.
        "UPDATE sighting SET last_seen = last_seen - 1",
        "UPDATE device SET last_seen = last_seen - 1 WHERE id = 86753090000001",
        "UPDATE sim_change SET changed_at = changed_at - 1",
        "DELETE FROM sim_change",
        "UPDATE sale SET sold_on = sold_on - 1",
        "UPDATE sale SET amount = '1'",
        "UPDATE tac SET allocated_on = allocated_on - 1",
        "UPDATE word SET text = text || 'x'",
        "UPDATE retailer SET name = 'Somebody'",
        // The seals.
        "UPDATE seal SET hash = zeroblob(32)",
        "DELETE FROM seal",
        "UPDATE seal_group SET hash = zeroblob(32)",
        "DELETE FROM seal_group",
        "UPDATE sealed SET root = zeroblob(32)",
        "UPDATE sealed SET number = number + 1",
        "UPDATE sealed SET statement = NULL",
        "UPDATE sealed SET statement = statement || 'A'",
        "DELETE FROM sealed",
        "UPDATE list_state SET row_count = row_count + 1",
        "UPDATE generation SET number = number + 1",
    ] {
        let conn = Connection::open(registry(&world)).unwrap();
        conn.execute_batch(&format!(
            "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; {sql}"
        ))
        .unwrap();
        drop(conn);
        let mut desk = world.desk("anna");
        let refused = desk.issue("C-1", None, None).unwrap_err();
        assert_eq!(refused.kind, Kind::Verification, "{sql}: {refused}");
        assert!(refused.to_string().contains("custodian signed"), "{sql}: {refused}");
        drop(desk);
        put_back(&registry(&world), &whole);
    }
    world.desk("anna").issue("C-1", None, None).unwrap();
}

/// A stolen phone is in the night's list: taking that row out again lets nobody use what was granted before.
#[test]
fn nothing_is_used_by_a_row_that_no_custodian_signed() {
    let world = about_to_be_granted();
    let token = world.desk("anna").issue("C-1", None, None).unwrap().token;
    world.list(
        "notices",
        "imei,kind,status,reference,reported_at\n867530900000017,stolen,confirmed,K-7,2026-11-01T09:00:00Z\n",
    );
    let whole = keep(&registry(&world));
    assert_eq!(world.desk("boris").redeem(&token).unwrap_err().kind, Kind::Refused);
    world.tamper("registry.db", "DELETE FROM notice WHERE reference = 'K-7'");
    let refused = world.desk("boris").redeem(&token).unwrap_err();
    assert_eq!(refused.kind, Kind::Verification, "{refused}");
    assert!(refused.to_string().contains("custodian signed"), "{refused}");
    put_back(&registry(&world), &whole);
    assert_eq!(told(&world), Ok(()));
}

/// Nor is a notice cleared by proofs that rest on one.
#[test]
fn no_notice_is_cleared_by_a_row_that_no_custodian_signed() {
    let world = with_all_lists();
    world.case(
        "L-1",
        &[
            ("request", "lost-report"),
            ("claimant_email", "claimant@post.example"),
            ("imei", "867530900000017"),
            ("facts", "name=Иван Петров;region=RU;registered=2024"),
        ],
    );
    world.desk("anna").decide("L-1", Recommendation::Approve, None, false).unwrap();
    world.desk("boris").confirm_notice("L-1").unwrap();
    let whole = keep(&registry(&world));
    world.tamper("registry.db", "UPDATE binding SET bound_at = bound_at + 1");
    let refused = world.desk("anna").clear_notice("L-1").unwrap_err();
    assert!(
        refused.kind == Kind::Verification && refused.to_string().contains("custodian signed"),
        "{refused}"
    );
    put_back(&registry(&world), &whole);
    world.desk("anna").clear_notice("L-1").unwrap();
}

/// The case has nothing to do with the row: it is granted, and `audit verify` tells of the row all the same.
#[test]
fn what_does_not_bear_on_the_case_does_not_hold_it_up() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    world.prove("C-1", Channel::Sim);
    world.desk("anna").decide("C-1", Recommendation::Approve, None, false).unwrap();
    world.tamper("registry.db", "INSERT INTO serial_text (key, text) VALUES (-5, 'Q')");
    world.desk("anna").issue("C-1", None, None).unwrap();
    let named = told(&world).unwrap_err();
    assert!(named.contains("serial_text"), "{named}");
}

#[test]
fn an_older_registry_put_back_is_caught() {
    let world = about_to_be_granted();
    let older = keep(&registry(&world));
    world.list(
        "notices",
        "imei,kind,status,reference,reported_at\n867530900000025,stolen,confirmed,K-7,2026-11-01T09:00:00Z\n",
    );
    put_back(&registry(&world), &older);
    let refused = world.desk("anna").issue("C-1", None, None).unwrap_err();
    assert!(refused.to_string().contains("older"), "{refused}");
    assert!(told(&world).unwrap_err().contains("older"));
    // Nor does anybody build on it.
    let file = world.path().join("more.csv");
    std::fs::write(&file, "msisdn,changed_at\n+79160000009,2025-03-30T09:00:00Z\n").unwrap();
    let options = ImportOptions::default();
    let refused =
        world.desk("anna").import_list(List::SimChanges, &file, &options, &mut |_| true).unwrap_err();
    assert!(refused.to_string().contains("registry seal"), "{refused}");
    // An empty one is no forgery, and grants nothing.
    put_back(&registry(&world), &[]);
    std::fs::remove_file(registry(&world)).unwrap();
    drop(open(&registry(&world), Purpose::Create, FileKind::Registry).unwrap());
    assert_eq!(told(&world), Ok(()));
    let refused = world.desk("anna").issue("C-1", None, None).unwrap_err();
    assert!(matches!(refused.kind, Kind::State | Kind::Verification), "{refused}");
    // Nor does one list stand for all that were there.
    world.list("bindings", "account_id,imei,bound_at\n2000000001,867530900000017,2025-02-08T09:00:00Z\n");
    let refused = world.desk("anna").issue("C-1", None, None).unwrap_err();
    assert!(
        ["accounts", "contacts", "devices", "notices"].iter().all(|l| refused.to_string().contains(l)),
        "{refused}"
    );
    assert_eq!(told(&world), Ok(()));
}

#[test]
fn a_custodian_may_sign_for_what_is_there_and_is_told_what_differed() {
    let world = about_to_be_granted();
    world.tamper("registry.db", "UPDATE account SET registered_at = registered_at - 1");
    assert!(world.desk("anna").issue("C-1", None, None).is_err());
    let differed = world.desk("clara").seal_lists().unwrap().unwrap().to_string();
    assert!(differed.contains("account"), "{differed}");
    assert_eq!(told(&world), Ok(()));
    world.desk("anna").issue("C-1", None, None).unwrap();
    assert!(world.desk("clara").seal_lists().unwrap().is_none());
    assert_eq!(told(&world), Ok(()));
}

#[test]
fn killed_between_the_lists_and_the_log_it_is_still_the_custodians_word() {
    let world = about_to_be_granted();
    let desk = Connection::open(world.folder().join("desk.db")).unwrap();
    // The leaf cannot be written: its place is taken.
    let taken = "INSERT INTO leaf (seq, line, hash) SELECT count(*), 'taken', zeroblob(32) FROM leaf";
    desk.execute_batch(taken).unwrap();
    let file = world.path().join("more.csv");
    std::fs::write(&file, "msisdn,changed_at\n+79160000009,2025-03-30T09:00:00Z\n").unwrap();
    let options = ImportOptions::default();
    let mut clara = world.desk("clara");
    clara.import_list(List::SimChanges, &file, &options, &mut |_| true).unwrap_err();
    desk.execute_batch("DELETE FROM leaf WHERE line = 'taken'").unwrap();
    // Read-only nobody logs anything, and yet the lists are signed.
    assert_eq!(told(&world), Ok(()));
    drop(clara);
    world.desk("anna").issue("C-1", None, None).unwrap();
    let last: String = desk
        .query_row("SELECT line FROM leaf WHERE ticket = -4 ORDER BY seq DESC LIMIT 1", [], |r| r.get(0))
        .unwrap();
    assert!(last.contains("\"actor\":\"clara\"") && last.contains("\"list\":\"sim-changes\""), "{last}");
    assert_eq!(told(&world), Ok(()));
}

/// Signs a root as somebody with a key of the desk and a program of their own.
fn signed_by(key: &AgentKey, desk: &str, who: &str, number: u64, root: &[u8; 32]) -> String {
    use std::fmt::Write as _;
    let hex = root.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    });
    let facts = [("lists", String::new()), ("number", number.to_string()), ("root", format!("sha256:{hex}"))];
    let claims = StatementClaims {
        iss: desk.to_owned(),
        by: who.to_owned(),
        act: "lists.sealed".to_owned(),
        ticket: None,
        sub: None,
        facts: facts.map(|(name, value)| (name.to_owned(), value)).into_iter().collect(),
        iat: 1_700_000_000,
    };
    claims.sign(key).unwrap()
}

#[test]
fn an_agent_who_seals_with_a_program_of_their_own_is_not_believed() {
    let seat = RealSeat::new();
    let verified = |why: &str| {
        let ran = seat.run_without_passphrase(&["audit", "verify"]);
        (ran.code, ran.stdout.contains(why) || ran.stderr.contains(why))
    };
    assert_eq!(verified("").0, 0);
    let logged = seat.logged();
    let secret = secrecy::SecretString::from("long and secret".to_owned());
    let key = read_key(&seat.path("desk/keys/anna.pem"), "anna", Protection::Passphrase(&secret)).unwrap();
    let id = seat.setting("desk_id");
    let conn = open(&seat.path("desk/registry.db"), Purpose::Write, FileKind::Registry).unwrap().conn;
    let mut import = ListImport::begin(&conn, List::Bindings, ListMode::Merge, Time(1_800_000_000)).unwrap();
    let account = latchkey::domain::AccountId::parse("2000000009").unwrap();
    let imei = latchkey::domain::Imei::parse("867530900000025").unwrap();
    let row = latchkey::domain::BindingRow {
        account_id: account,
        device: latchkey::domain::DeviceName::Imei(imei),
        bound_at: Time(1_700_000_000),
        released_at: None,
        lost_mode_since: None,
    };
    import.put(2, &latchkey::domain::ListRow::Binding(row)).unwrap();
    let meta = ImportMeta { file_name: "b.csv".into(), sha256: [7; 32], actor: "clara".into() };
    import
        .finish_signed(&meta, &mut |before, root| {
            let number = before.unwrap().number + 1;
            Ok((number, Some(signed_by(&key, &id, "anna", number, &root.hash))))
        })
        .unwrap();
    drop(conn);
    // The log takes nothing in, whoever comes.
    assert_eq!(seat.by("clara", &["registry", "status"]).code, 0);
    assert_eq!(seat.logged(), logged);
    assert_eq!(verified("custodian"), (4, true));
    let case = seat.write(
        "case.csv",
        "reference,request,claimant_email,imei\nC-1,unbind,claimant@post.example,867530900000017\n",
    );
    seat.run(&["import", "cases", &case]).ok();
    let told = seat.run(&["decide", "C-1", "approve-second", "--override", "--reason", "vouched"]);
    assert!(told.code != 0 && told.stderr.contains("custodian"), "{}", told.stderr);
    // The custodian looks, and signs for it or not.
    seat.by("clara", &["registry", "seal"]).ok();
    assert_eq!(verified("").0, 0);
}
