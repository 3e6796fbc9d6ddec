//! Something in a desk's files that this program never made: it does nothing, everything refuses, and it is named.

use crate::cli_desk::TestDesk;
use crate::desk_rehearsal::Rehearsal;
use latchkey::desk::Kind;
use latchkey::domain::{Channel, Recommendation};
use rusqlite::Connection;

/// The code that anna sends confirms itself.
const TRIGGER: &str =
    "CREATE TRIGGER sqlx AFTER INSERT ON code BEGIN UPDATE code SET confirmed_at = sent_at + 1; END";

/// A trigger by a name that SQLite keeps for itself, as `CREATE TRIGGER` would not make it.
const HIDDEN: &str = "PRAGMA writable_schema = ON; INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES \
    ('trigger', 'sqlite_autoindex_contact_2', 'contact', 0, 'CREATE TRIGGER sqlite_autoindex_contact_2 AFTER INSERT ON \
    contact BEGIN UPDATE contact SET replaced_at = NULL; END'); PRAGMA schema_version = 9999";

#[test]
fn a_desk_with_something_foreign_in_it_is_used_for_nothing_and_says_what_it_is() {
    let desk = TestDesk::filled();
    for (file, plant, remove, named) in [
        ("desk.db", TRIGGER, "DROP TRIGGER sqlx", "sqlx"),
        ("desk.db", "CREATE VIEW sqlv AS SELECT 1", "DROP VIEW sqlv", "sqlv"),
        ("desk.db", "CREATE TABLE sqlt (a)", "DROP TABLE sqlt", "sqlt"),
        ("registry.db", "CREATE INDEX sqli ON contact (verified_at)", "DROP INDEX sqli", "sqli"),
        (
            "registry.db",
            HIDDEN,
            "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE type = 'trigger'; PRAGMA schema_version = 10000",
            "sqlite_autoindex_contact_2",
        ),
    ] {
        let sql =
            |sql: &str| Connection::open(desk.path("desk").join(file)).unwrap().execute_batch(sql).unwrap();
        sql(plant);
        for args in [
            &["code", "send", "R-01", "sim"][..],
            &["note", "R-01", "x"],
            &["show", "R-01"],
            &["audit", "verify"],
            &["registry", "seal"],
            &["backup", "copy"],
            &["--readonly", "tickets"],
        ] {
            let refused = desk.by("clara", args);
            assert_eq!(refused.code, 4, "{args:?} {plant} {refused}");
            assert!(refused.stderr.contains(named) && refused.stderr.contains("doctor"), "{refused}");
        }
        let told = desk.run(&["--json", "doctor"]);
        assert!(told.code != 0 && told.stdout.contains(named), "{told}");
        sql(remove);
        desk.run(&["audit", "verify"]).ok();
    }
}

/// The screens of somebody who opened the desk before: neither does it work there, nor is anything done beside it.
#[test]
fn what_is_put_in_while_a_desk_is_open_does_nothing_there() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    let (mut anna, mut clara) = (world.desk("anna"), world.desk("clara"));
    let sql = |file: &str, sql: &str| {
        Connection::open(world.folder().join(file)).unwrap().execute_batch(sql).unwrap();
    };
    sql("desk.db", TRIGGER);
    let refused = anna.send_code("C-1", Channel::Sim, None).unwrap_err();
    assert_eq!(refused.kind, Kind::Verification, "{refused}");
    assert!(refused.to_string().contains("sqlx"), "{refused}");
    assert!(clara.audit_verify(&[]).unwrap_err().to_string().contains("sqlx"));
    sql("desk.db", "DROP TRIGGER sqlx");
    anna.send_code("C-1", Channel::Sim, None).unwrap();
    assert!(clara.audit_verify(&[]).unwrap().ok);
    // In the lists: nobody signs for them, nothing is granted.
    world.prove("C-1", Channel::Sim);
    sql("registry.db", HIDDEN);
    let refused = anna.decide("C-1", Recommendation::Approve, None, false).unwrap_err();
    assert!(refused.to_string().contains("sqlite_autoindex_contact_2"), "{refused}");
    let refused = clara.seal_lists().unwrap_err();
    assert!(refused.to_string().contains("sqlite_autoindex_contact_2"), "{refused}");
}
