//! Somebody who writes `desk.db` and sets something back in it: rows of a ticket from before, its newer leaves hidden by
//! the column that finds them, rows of other tickets gone that stand in the way. Nothing is granted over that.

use std::path::{Path, PathBuf};

use latchkey::desk::{Failure, Kind};
use latchkey::domain::{Channel, Recommendation, Request};
use rusqlite::Connection;

use crate::desk_rehearsal::{Rehearsal, noon};

/// A copy of the desk's file, to put rows back from.
fn kept(world: &Rehearsal) -> PathBuf {
    let to = world.path().join("before.db");
    let conn = Connection::open(world.folder().join("desk.db")).unwrap();
    conn.execute("VACUUM INTO $1", [to.to_str().unwrap()]).unwrap();
    to
}

fn edit(world: &Rehearsal, sql: &str) {
    let conn = Connection::open(world.folder().join("desk.db")).unwrap();
    conn.execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}")).unwrap();
}

/// Puts every row of ticket 1 back as it was, and hides the leaves that came since.
fn set_back(world: &Rehearsal, before: &Path) {
    let mut conn = Connection::open(world.folder().join("desk.db")).unwrap();
    conn.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    conn.execute("ATTACH $1 AS old", [before.to_str().unwrap()]).unwrap();
    let tx = conn.transaction().unwrap();
    let names: Vec<String> = tx
        .prepare("SELECT name FROM main.sqlite_schema WHERE type = 'table'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    for name in names.iter().filter(|name| !["leaf", "reading", "search_todo"].contains(&&***name)) {
        let key = if name == "ticket" { "id" } else { "ticket" };
        let has: bool = tx
            .prepare("SELECT 1 FROM pragma_table_info($1) WHERE name = $2")
            .unwrap()
            .exists([&**name, key])
            .unwrap();
        if has {
            tx.execute(&format!("DELETE FROM main.{name} WHERE {key} = 1"), []).unwrap();
            tx.execute(&format!("INSERT INTO main.{name} SELECT * FROM old.{name} WHERE {key} = 1"), [])
                .unwrap();
        }
    }
    let hide =
        "UPDATE main.leaf SET ticket = NULL WHERE ticket = 1 AND seq > (SELECT max(seq) FROM old.leaf)";
    assert!(tx.execute(hide, []).unwrap() > 0);
    tx.commit().unwrap();
}

/// Refused because the desk was edited, which the answer says.
fn caught<T: std::fmt::Debug>(done: Result<T, Failure>, word: &str) {
    let failure = done.unwrap_err();
    assert_eq!(failure.kind, Kind::Verification, "{failure}");
    assert!(failure.to_string().contains(word), "{failure}");
    let hint = failure.hint.as_ref().map(ToString::to_string).unwrap_or_default();
    assert!(hint.contains("audit verify"), "{hint}");
}

/// A lost report on the device of every owner's case, confirmed by two.
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
    world.desk("boris").confirm_notice("L-1").unwrap();
}

#[test]
fn a_ticket_set_back_behind_an_objection_is_not_issued() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    world.prove("C-1", Channel::Sim);
    world.desk("anna").decide("C-1", Recommendation::Approve, None, false).unwrap();
    let before = kept(&world);
    world.desk("anna").object("C-1", Some("that is not me")).unwrap();
    set_back(&world, &before);
    // What was remembered of the log is gone, too: it is read again.
    for forgotten in [false, true] {
        if forgotten {
            std::fs::remove_file(world.folder().join("keys/anna.places")).unwrap();
        }
        // The objection raised a notice, which is asked for first.
        caught(world.desk("anna").issue("C-1", None, None), "a notice raised of ticket 1");
    }
    let told = world.desk("dora").audit_verify(&[]).unwrap();
    assert!(!told.ok);
}

#[test]
fn an_authorization_set_back_behind_its_use_is_not_used_again() {
    let world = Rehearsal::new();
    let token = world.granted("C-1");
    let before = kept(&world);
    world.desk("anna").redeem(&token).unwrap();
    set_back(&world, &before);
    edit(&world, "DELETE FROM release");
    caught(world.desk("anna").redeem(&token), "speaks of something else");
}

#[test]
fn what_others_were_told_of_a_device_blocks_though_its_rows_are_gone() {
    for (edits, word) in [
        ("DELETE FROM desk_notice", "a notice raised"),
        ("UPDATE desk_notice SET status = 'cleared', cleared_at = 1, cleared_by = 'anna'", "a notice raised"),
        ("UPDATE desk_notice SET key = key + 1", "a notice raised"),
        (
            "DELETE FROM desk_notice; UPDATE leaf SET ticket = NULL WHERE line LIKE '{\"act\":\"notice.%'",
            "a notice raised",
        ),
    ] {
        let world = Rehearsal::new();
        reported(&world);
        world.owner_case("C-1");
        world.prove("C-1", Channel::Sim);
        let refused = world.desk("anna").decide("C-1", Recommendation::Approve, None, false).unwrap_err();
        assert_eq!(refused.kind, Kind::Refused, "{refused}");
        edit(&world, edits);
        caught(world.desk("anna").decide("C-1", Recommendation::Approve, None, false), word);
    }
}

#[test]
fn wrong_codes_on_another_ticket_count_though_their_rows_are_gone() {
    let world = Rehearsal::new();
    world.owner_case("C-2");
    let sent = world.desk("anna").send_code("C-2", Channel::Sim, None).unwrap().code.unwrap();
    let wrong = if sent == "000000" { "000001" } else { "000000" };
    assert!(!world.desk("anna").confirm_code("C-2", Channel::Sim, wrong).unwrap().confirmed);
    world.desk("anna").close("C-2", "withdrawn").unwrap();
    world.owner_case("C-1");
    world.prove("C-1", Channel::Sim);
    edit(&world, "DELETE FROM wrong_code");
    caught(world.desk("anna").decide("C-1", Recommendation::Approve, None, false), "one-time codes");
}

#[test]
fn a_ticket_that_stands_in_the_way_is_as_the_log_has_it() {
    for (edits, word) in [
        ("UPDATE ticket SET state = 'closed', closed_as = 'withdrawn' WHERE id = 1", "closed"),
        ("UPDATE evidence SET given = replace(given, 'DN-', 'DX-') WHERE ticket = 1", "evidence"),
        ("DELETE FROM evidence WHERE ticket = 1", "evidence"),
    ] {
        let world = Rehearsal::new();
        world.owner_case("R-1");
        world.owner_case("C-1");
        world.prove("C-1", Channel::Sim);
        edit(&world, edits);
        let done = world.desk("anna").decide("C-1", Recommendation::Approve, Some("known"), true);
        caught(done, word);
    }
}

#[test]
fn people_set_back_by_a_hidden_leaf_grant_nothing() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    world.prove("C-1", Channel::Sim);
    let mut clara = world.desk("clara");
    let root = clara.open_root("disable agents").unwrap();
    let next = clara.plan_disable("anna").unwrap();
    clara.sign_here(&next, &root).unwrap();
    drop(clara);
    edit(
        &world,
        "DELETE FROM keyset WHERE version = (SELECT max(version) FROM keyset); \
         UPDATE leaf SET ticket = NULL WHERE line LIKE '{\"act\":\"agent.disabled%'",
    );
    for name in ["anna", "clara"] {
        let _ = std::fs::remove_file(world.folder().join(format!("keys/{name}.head")));
    }
    caught(
        world.desk("anna").decide("C-1", Recommendation::Approve, None, false),
        "speaks of something else",
    );
}

#[test]
fn a_log_that_was_edited_behind_what_was_read_is_told() {
    let world = Rehearsal::new();
    let token = world.granted("C-1");
    for edits in [
        "UPDATE leaf SET line = replace(line, 'anna', 'emma') WHERE seq = (SELECT max(seq) FROM leaf)",
        "UPDATE leaf SET line = replace(line, 'case.imported', 'case.emported') WHERE ticket = 1",
        "UPDATE leaf SET ticket = 7 WHERE ticket = 1",
        "DELETE FROM leaf WHERE seq = (SELECT max(seq) FROM leaf WHERE ticket = 1)",
    ] {
        let before = std::fs::read(kept_at(&world, "whole.db")).unwrap();
        edit(&world, edits);
        let refused = world.desk("anna").redeem(&token).unwrap_err();
        assert!(
            matches!(refused.kind, Kind::Verification | Kind::Internal | Kind::State),
            "{edits}: {refused}"
        );
        for rest in ["desk.db-wal", "desk.db-shm"] {
            let _ = std::fs::remove_file(world.folder().join(rest));
        }
        std::fs::write(world.folder().join("desk.db"), before).unwrap();
    }
    world.desk("anna").redeem(&token).unwrap();
}

fn kept_at(world: &Rehearsal, name: &str) -> PathBuf {
    let to = world.path().join(name);
    let _ = std::fs::remove_file(&to);
    std::fs::rename(kept(world), &to).unwrap();
    to
}

/// What is remembered of the log is somebody's own file: damaged, of another log or unwritable, it costs a reading.
#[test]
fn a_memory_of_the_log_that_does_not_fit_is_made_anew() {
    let world = Rehearsal::new();
    let file = world.folder().join("keys/anna.places");
    world.owner_case("C-1");
    world.prove("C-1", Channel::Sim);
    let mut desk = world.desk("anna");
    desk.decide("C-1", Recommendation::Approve, None, false).unwrap();
    let whole = std::fs::read(&file).unwrap();
    assert!(!whole.is_empty() && whole.len().is_multiple_of(32));
    for bytes in [
        vec![],
        vec![0; whole.len()],
        vec![7; whole.len()],
        whole[..whole.len() - 5].to_vec(),
        whole.repeat(9),
    ] {
        std::fs::write(&file, &bytes).unwrap();
        world.desk("anna").decide("C-1", Recommendation::Approve, None, false).unwrap();
        let now = std::fs::read(&file).unwrap();
        assert_eq!(now.get(..whole.len()), Some(&*whole), "{} bytes", bytes.len());
    }
    assert!(world.desk("clara").audit_verify(&[]).unwrap().ok);
    let done = world.desk_at("anna", noon().plus_hours(1)).issue("C-1", None, None);
    assert!(done.is_ok(), "{done:?}");
}

/// What an older program marked in the file of places is not asked: it knew less of what blocks.
#[test]
fn places_of_another_version_are_read_anew() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    let mut desk = world.desk("anna");
    let sent = desk.send_code("C-1", Channel::Contact, None).unwrap();
    desk.confirm_code("C-1", Channel::Contact, &sent.code.unwrap()).unwrap();
    drop(desk);
    world.desk("anna").decide("C-1", Recommendation::Approve, None, false).unwrap();
    let file = world.folder().join("keys/anna.places");
    let whole = std::fs::read(&file).unwrap();
    let (head, records) = whole.split_at(32);
    assert!(head.starts_with(b"latchkey places") && records.len() % 32 == 0);
    let unmarked: Vec<u8> = records.chunks(32).flat_map(|record| [&record[..24], &[0; 8]].concat()).collect();
    assert_ne!(unmarked, records, "a code is marked");
    let other = head.iter().map(|b| if *b == b'2' { b'1' } else { *b }).collect::<Vec<_>>();
    for (what, bytes) in [
        ("no version", unmarked.clone()),
        ("another", [&*other, &unmarked].concat()),
        ("cut short", head[..20].to_vec()),
    ] {
        std::fs::write(&file, bytes).unwrap();
        // Decided already, which it says after it has looked.
        let _ = world.desk("anna").decide("C-1", Recommendation::Approve, None, false);
        let now = std::fs::read(&file).unwrap();
        assert!(now.starts_with(&whole), "{what}: {} bytes of {}", now.len(), whole.len());
    }
}
