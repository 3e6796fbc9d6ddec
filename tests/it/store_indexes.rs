//! An index of one of the files that is not what its table holds: built over something else, its own text put back, or its
//! place taken by the index of an altered copy. Rows are there then for who compares them, and gone for who asks by it.

use std::path::Path;

use latchkey::desk::doctor::{Examined, examine};
use latchkey::desk::{Failure, Folder, Kind, Options};
use latchkey::domain::{Channel, Recommendation, Request};
use latchkey::env::Env;
use rusqlite::Connection;

use crate::desk_rehearsal::{Rehearsal, noon};

/// How an index comes to hold something else.
#[derive(Clone, Copy)]
pub enum How {
    /// It is made anew by another text.
    By(&'static str),
    /// The index of a copy takes its place, in which this is set.
    Of { copy: &'static str, on: &'static str },
}

fn connect(file: &Path) -> Connection {
    let conn = Connection::open(file).unwrap();
    conn.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    conn
}

/// Edits `sqlite_schema`, so that whoever opens the file next reads it anew.
fn edit_schema(file: &Path, sql: &str, values: impl rusqlite::Params) {
    let conn = connect(file);
    let version: i64 = conn.pragma_query_value(None, "schema_version", |r| r.get(0)).unwrap();
    conn.execute_batch("PRAGMA writable_schema = ON").unwrap();
    assert!(conn.execute(sql, values).unwrap() > 0, "{sql}");
    conn.execute_batch(&format!("PRAGMA schema_version = {}", version + 1)).unwrap();
}

fn text_of(file: &Path, name: &str) -> (String, String) {
    let sql = "SELECT sql, tbl_name FROM sqlite_schema WHERE name = $1";
    connect(file).query_row(sql, [name], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
}

/// Makes an index hold something else, under its own text.
pub fn made_otherwise(file: &Path, index: &str, how: How) {
    let (own, table) = text_of(file, index);
    let put = "UPDATE sqlite_schema SET sql = $1 WHERE name = $2";
    match how {
        How::By(text) => {
            edit_schema(file, put, [&format!("CREATE INDEX {index} ON {table} {text}"), index]);
            connect(file).execute_batch(&format!("REINDEX {index}")).unwrap();
            edit_schema(file, put, [&own, index]);
        }
        How::Of { copy, on } => {
            let made = text_of(file, &table).0.replacen(&table, "other", 1);
            let fill = format!(
                "{made}; INSERT INTO other SELECT * FROM {table}; UPDATE other SET {copy}; CREATE INDEX other_index ON other {on}"
            );
            connect(file).execute_batch(&fill).unwrap();
            let swap = "UPDATE sqlite_schema SET rootpage = (SELECT sum(rootpage) FROM sqlite_schema WHERE name IN \
                        ($1, 'other_index')) - rootpage WHERE name IN ($1, 'other_index')";
            edit_schema(file, swap, [index]);
            connect(file).execute_batch("DROP TABLE other").unwrap();
        }
    }
    assert_eq!(text_of(file, index).0, own);
}

fn doctor(world: &Rehearsal) -> Examined {
    let options = Options {
        folder: Folder::new(world.folder()),
        agent: Some("clara".to_owned()),
        readonly: false,
        env: Env::fixed(noon()),
        ask_passphrase: Box::new(|_| Err(Failure::refused("a rehearsal asks for no passphrase"))),
    };
    examine(options, false).unwrap()
}

/// Both who verify the desk and who ask the doctor hear which index it is, of which table and file.
fn named(world: &Rehearsal, file: &str, index: &str, table: &str) {
    let told = world.desk("dora").audit_verify(&[]).unwrap();
    let reason = told.reason.to_string();
    assert!(!told.ok && [file, index, table].iter().all(|word| reason.contains(word)), "{index}: {reason}");
    let examined = doctor(world);
    let problem =
        examined.problems.iter().find(|p| p.problem == "index").unwrap_or_else(|| panic!("{examined:?}"));
    assert!(problem.place.ends_with(file) && problem.what.contains(index), "{problem:?}");
    assert!(problem.what.contains(table) && problem.next.contains("latchkey"), "{problem:?}");
    assert!(!examined.ok);
}

/// Refused, and told which index it is.
fn caught<T: std::fmt::Debug>(done: Result<T, Failure>, index: &str) {
    let failure = done.unwrap_err();
    assert_eq!(failure.kind, Kind::Verification, "{failure}");
    assert!(failure.to_string().contains(index), "{failure}");
    assert!(failure.hint.unwrap().to_string().contains("doctor"));
}

/// A lost report on the device of every owner's case, decided.
fn reported(world: &Rehearsal) {
    world.case(
        "L-1",
        &[
            ("request", Request::LostReport.as_str()),
            ("claimant_email", "claimant@post.example"),
            ("imei", "867530900000017"),
            ("facts", "name=Иван Петров;region=RU;registered=2024"),
        ],
    );
    world.desk("anna").decide("L-1", Recommendation::Approve, None, false).unwrap();
}

#[test]
fn a_notice_that_an_index_hides_blocks() {
    for how in
        [How::By("(-key)"), How::By("(key) WHERE key < 0"), How::Of { copy: "key = key + 1", on: "(key)" }]
    {
        let world = Rehearsal::new();
        reported(&world);
        world.desk("boris").confirm_notice("L-1").unwrap();
        world.owner_case("C-1");
        world.prove("C-1", Channel::Sim);
        let decide = || world.desk("anna").decide("C-1", Recommendation::Approve, None, false);
        assert_eq!(decide().unwrap_err().kind, Kind::Refused);
        made_otherwise(&world.folder().join("desk.db"), "desk_notice_key", how);
        caught(decide(), "desk_notice_key");
        named(&world, "desk.db", "desk_notice_key", "desk_notice");
        // A copy has its indexes made anew.
        connect(&world.folder().join("desk.db")).execute_batch("REINDEX").unwrap();
        assert!(doctor(&world).ok);
        assert_eq!(decide().unwrap_err().kind, Kind::Refused);
    }
}

#[test]
fn a_notice_that_an_index_hides_holds_a_grant_up() {
    let world = Rehearsal::new();
    let token = world.granted("C-1");
    reported(&world);
    assert_eq!(world.desk("boris").redeem(&token).unwrap_err().kind, Kind::Refused);
    made_otherwise(&world.folder().join("desk.db"), "desk_notice_key", How::By("(-key)"));
    caught(world.desk("boris").redeem(&token), "desk_notice_key");
}

#[test]
fn a_code_is_burnt_though_an_index_hides_its_wrong_tries() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    let sent = world.desk("anna").send_code("C-1", Channel::Sim, None).unwrap().code.unwrap();
    let wrong = if sent == "000000" { "000001" } else { "000000" };
    let file = world.folder().join("desk.db");
    for left in [2, 1, 0] {
        let back = world.desk("anna").confirm_code("C-1", Channel::Sim, wrong).unwrap();
        assert_eq!((back.confirmed, back.tries_left), (false, left));
        made_otherwise(&file, "wrong_code_code", How::By("(-code)"));
    }
    let refused = world.desk("anna").confirm_code("C-1", Channel::Sim, &sent).unwrap_err();
    assert_eq!(refused.kind, Kind::Refused, "{refused}");
    named(&world, "desk.db", "wrong_code_code", "wrong_code");
    // Nor is anything granted while it is so.
    caught(world.desk("anna").decide("C-1", Recommendation::Refuse, None, false), "wrong_code_code");
}

/// The lists are asked by second keys, too: of these whoever verifies and the doctor hear, not the moment of a grant.
#[test]
fn an_index_of_the_lists_that_hides_rows_is_named() {
    for (index, table, how) in [
        (
            "sighting_msisdn",
            "sighting",
            How::Of { copy: "msisdn = msisdn + 1", on: "(msisdn, last_seen) WHERE msisdn > 0" },
        ),
        (
            "contact_value",
            "contact",
            How::By("(value, replaced_at, verified_at) WHERE value <> 'owner@mail.example'"),
        ),
        ("sale_device", "sale", How::By("(-device, sold_on) WHERE device <> 0")),
        ("binding_account", "binding", How::By("(account) WHERE account < 0")),
    ] {
        let world = Rehearsal::new();
        assert!(doctor(&world).ok);
        made_otherwise(&world.folder().join("registry.db"), index, how);
        named(&world, "registry.db", index, table);
    }
}

#[test]
fn a_verification_that_is_stopped_while_indexes_are_looked_at_says_so() {
    let world = Rehearsal::new();
    let stopped = world.desk("dora").audit_verify_while(&[], &mut |_| false).unwrap_err();
    assert!(stopped.to_string().contains("stopped"), "{stopped}");
}
