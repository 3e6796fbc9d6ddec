//! Search over every ticket: by what it finds things, and that it finds what is committed and nothing else, whatever of
//! it the index holds.

use latchkey::desk::search::Asked;
use latchkey::domain::EvidenceKind;
use latchkey::store::desk::search::{behind, step};
use latchkey::store::{self, FileKind, Purpose};

use crate::desk_rehearsal::Rehearsal;

const ANNA: &str = "anna";

/// References of what is found, the newest first.
fn found(world: &Rehearsal, text: &str) -> String {
    found_by(world, text, false)
}

fn found_by(world: &Rehearsal, text: &str, open: bool) -> String {
    let asked = Asked { text: text.to_owned(), open, most: 100 };
    let found = world.desk(ANNA).search(&asked, false).unwrap();
    let names = found.tickets.iter().map(|t| t.reference.clone().unwrap_or_default());
    names.collect::<Vec<_>>().join(" ")
}

/// Everything goes into the index.
fn catch_up(world: &Rehearsal) {
    let db = store::open(&world.folder().join("desk.db"), Purpose::Write, FileKind::Desk).unwrap().conn;
    while behind(&db).unwrap() > 0 {
        store::write_tx(&db, |tx| step(tx, 3)).unwrap();
    }
}

/// The same before the index has caught up and after.
fn both(world: &Rehearsal, table: &[(&str, &str)]) {
    for when in ["before", "after"] {
        for (text, expected) in table {
            assert_eq!(found(world, text), *expected, "{when}: {text}");
        }
        catch_up(world);
    }
}

fn asks(world: &Rehearsal, reference: &str, columns: &[(&str, &str)]) {
    let mut all = vec![("request", "unbind"), ("access", "none")];
    all.extend_from_slice(columns);
    world.case(reference, &all);
}

fn three() -> Rehearsal {
    let world = Rehearsal::new();
    asks(
        &world,
        "A-1",
        &[
            ("claimant_name", "Пётр Ильин"),
            ("claimant_email", "petr.ilyin@post.example"),
            ("claimant_phone", "+79035551234"),
            ("imei", "867530900000017"),
            ("receipt_retailer", "DNS"),
            ("receipt_no", "DN-0000123"),
            ("note", "Перезвонил: коробка у жены"),
        ],
    );
    asks(
        &world,
        "A-2",
        &[
            ("claimant_name", "Zoë Brown"),
            ("claimant_email", "zoe@post.example"),
            ("serial", "22222/A2"),
            ("sim_msisdn", "+79160000001"),
            ("sim_iccid", "8970101000000000004"),
        ],
    );
    asks(
        &world,
        "A-3",
        &[
            ("claimant_name", "李雷"),
            ("account_id", "2000000001"),
            ("imei", "867530900000025"),
            ("box_imei", "867530900000017"),
            ("note", "收据丢了"),
        ],
    );
    world
}

#[test]
fn words_and_identifiers_find_their_tickets() {
    let world = three();
    both(
        &world,
        &[
            ("ильин", "A-1"),
            ("ИЛЬ ПЕТ", "A-1"),
            ("петр перезвон", "A-1"),
            ("zoe", "A-2"),
            ("雷", "A-3"),
            ("李雷 收据", "A-3"),
            ("post", "A-2 A-1"),
            ("petr.ilyin@post.example", "A-1"),
            ("ilyin@", "A-1"),
            ("903555", "A-1"),
            ("8 903 555 12 34", "A-1"),
            ("1234", "A-1"),
            ("0017", "A-3 A-1"),
            ("867530", "A-3 A-1"),
            ("867530900000025", "A-3"),
            ("0025", "A-3"),
            ("dn-0000123", "A-1"),
            ("0123", "A-1"),
            ("dns", "A-1"),
            ("22222/a2", "A-2"),
            ("2A2", "A-2"),
            ("89701010", "A-2"),
            ("0004", "A-2"),
            ("79160000001", "A-2"),
            ("200000", "A-3"),
            ("unbind a-", "A-3 A-2 A-1"),
            ("a-3", "A-3"),
            ("#2", "A-2"),
            ("2", "A-2 A-3"),
            ("zoe ильин", ""),
            ("льин", ""),
            ("none", ""),
            ("nobody", ""),
        ],
    );
}

#[test]
fn a_number_that_is_a_tickets_comes_first() {
    let world = three();
    // Two begins a serial, an account and the number of a ticket.
    assert_eq!(found(&world, "2"), "A-2 A-3");
    assert_eq!(found(&world, "3"), "A-3");
    assert_eq!(found(&world, "#9"), "");
}

#[test]
fn where_a_ticket_stands_is_asked_by_name() {
    let world = three();
    world.desk(ANNA).take("A-2", None).unwrap();
    world.desk(ANNA).close("A-1", "withdrawn").unwrap();
    both(
        &world,
        &[
            ("state:closed", "A-1"),
            ("state:open post", "A-2"),
            ("by:anna", "A-2"),
            ("by:none", "A-3 A-1"),
            ("by:nn", "A-2"),
            ("by:no", ""),
            ("by:anna no:2", "A-2"),
            ("no:3 by:anna", ""),
            ("by:none no:3", "A-3"),
            ("no:2-3 no:1-2", "A-2"),
            ("no:3-1", ""),
            ("no:three", ""),
            ("state:gone", ""),
            ("state:gone by:anna", ""),
            ("says:nothing", ""),
            ("request:unb no:1-2", "A-2 A-1"),
            ("post state:closed", "A-1"),
            ("nowhere:closed", ""),
        ],
    );
    assert_eq!(found_by(&world, "post", true), "A-2", "without what is closed");
    assert_eq!(found(&world, "post"), "A-2 A-1", "closed tickets are found");
}

#[test]
fn what_changes_is_found_as_it_is_at_once() {
    let world = three();
    // Once with nothing in the index, then with all of it.
    for round in 0..3 {
        let word = ["friday", "saturday", "sunday"][round];
        assert_eq!(found(&world, word), "");
        world.desk(ANNA).note("A-2", &format!("Calls back on {word}")).unwrap();
        assert_eq!(found(&world, word), "A-2", "{round}");
        world.desk(ANNA).undo("A-2").unwrap();
        assert_eq!(found(&world, word), "", "{round}: a note taken back is not found");
        asks(&world, "A-2", &[("claimant_name", ["Zoë Grey", "Zoë White", "Zoë Black"][round])]);
        assert_eq!(found(&world, "zoe brown"), "", "{round}: what was said before is not found");
        assert_eq!(found(&world, ["grey", "white", "black"][round]), "A-2");
        let receipt = [("receipt_no".to_owned(), format!("AB-77{round}55"))].into();
        let item = world.desk(ANNA).add_evidence("A-3", EvidenceKind::Receipt, &receipt, None).unwrap();
        assert_eq!(found(&world, &format!("ab-77{round}")), "A-3");
        world.desk(ANNA).remove_evidence("A-3", item).unwrap();
        assert_eq!(found(&world, &format!("{round}55")), "", "{round}: a removed item is not found");
        catch_up(&world);
    }
    assert!(world.desk("clara").audit_verify(&[]).unwrap().ok);
}

#[test]
fn nothing_of_a_note_that_was_taken_back_stays_in_the_index() {
    let world = three();
    world.desk(ANNA).note("A-2", "Zanzibar").unwrap();
    catch_up(&world);
    let holds = |word: &[u8]| {
        let db = rusqlite::Connection::open(world.folder().join("desk.db")).unwrap();
        let mut stmt = db.prepare("SELECT entries FROM search_sheet").unwrap();
        let sheets = stmt.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap();
        sheets.into_iter().any(|sheet| sheet.unwrap().windows(word.len()).any(|w| w == word))
    };
    // What a term shares with the one before is not written again: "zoe" goes before it.
    assert!(holds(b"anzibar"));
    world.desk(ANNA).undo("A-2").unwrap();
    catch_up(&world);
    assert!(!holds(b"anzibar"));
    assert_eq!(found(&world, "zan"), "");
}

#[test]
fn merged_tickets_are_found_where_their_things_are() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    let twin = [
        ("request", "unbind"),
        ("claimant_email", "claimant@post.example"),
        ("claimant_name", "Anna Petrova"),
        ("access", "none"),
        ("imei", "867530900000017"),
        ("sim_msisdn", "+79160000044"),
        ("note", "called twice"),
    ];
    world.case("C-2", &twin);
    let moved = [("petrova", "C-2 C-1"), ("twice", "C-1"), ("0044", "C-1"), ("state:closed called", "")];
    let apart = [("petrova", "C-2"), ("twice", "C-2"), ("0044", "C-2"), ("claimant@", "C-2 C-1")];
    both(&world, &apart);
    world.desk(ANNA).merge("C-1", "C-2").unwrap();
    both(&world, &moved);
    world.desk(ANNA).undo("C-1").unwrap();
    both(&world, &apart);
}

#[test]
fn a_search_is_logged_and_names_nobody() {
    let world = three();
    let leaves = || {
        let db = rusqlite::Connection::open(world.folder().join("desk.db")).unwrap();
        let mut stmt = db.prepare("SELECT line FROM leaf WHERE line LIKE '%search.%' ORDER BY seq").unwrap();
        let lines = stmt.query_map([], |row| row.get::<_, String>(0)).unwrap();
        lines.map(Result::unwrap).collect::<Vec<_>>()
    };
    found(&world, "ильин");
    let asked = Asked { text: "ильин".into(), open: true, most: 5 };
    world.desk(ANNA).search(&asked, true).unwrap();
    let lines = leaves();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[0].contains("search.read") && lines[1].contains("search.revealed"), "{lines:?}");
    assert!(lines.iter().all(|line| !line.to_lowercase().contains("ильин")), "{lines:?}");
    let mut reader = world.desk_readonly(ANNA);
    assert_eq!(reader.search(&asked, false).unwrap().tickets.len(), 1);
    assert!(reader.search(&asked, true).is_err(), "revealing is logged, and here nothing is");
    assert_eq!(leaves().len(), 2);
    for text in ["", " ", "-", &"x".repeat(2000)] {
        let asked = Asked { text: text.to_owned(), ..asked.clone() };
        assert!(world.desk(ANNA).search(&asked, false).is_err(), "{text}");
    }
}
