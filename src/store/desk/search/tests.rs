//! Against a search that reads everything; and that every statement goes by a key.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rusqlite::Connection;

use super::*;
use crate::audit::Draft;
use crate::domain::search::Sort;
use crate::store::desk::journal::Journal;
use crate::store::{FileKind, Purpose, Statements, open, write_tx};

/// Numbers far enough apart that three blocks are begun.
const APART: i64 = 2500;

#[derive(Clone, Debug)]
enum Deed {
    /// A new ticket: a name and an identifier.
    Add(String, String),
    /// Another name for the ticket at a place.
    Rename(usize, String),
    /// A note, and the last one taken back.
    Note(usize, String),
    Unnote(usize),
    /// The index takes a step.
    Index(i64),
    /// Whoever reads this has other words.
    Outdate,
}

fn deed() -> impl Strategy<Value = Deed> {
    let words = "[абё李雷xyz]{1,4}( [абё李雷xyz]{1,16})?";
    let number = "[01]{3,6}(-[012]{1,12})?";
    prop_oneof![
        4 => (words, number).prop_map(|(name, number)| Deed::Add(name, number)),
        1 => (any::<usize>(), words).prop_map(|(at, name)| Deed::Rename(at, name)),
        2 => (any::<usize>(), words).prop_map(|(at, text)| Deed::Note(at, text)),
        1 => any::<usize>().prop_map(Deed::Unnote),
        2 => (1..3 * APART).prop_map(Deed::Index),
        1 => Just(Deed::Outdate),
    ]
}

/// What the naive search reads: name, identifier, notes.
type Model = BTreeMap<i64, (String, String, Vec<String>)>;

fn given(name: &str) -> String {
    serde_json::json!({ "claimant_name": name }).to_string()
}

/// Every write leaves a leaf, as acts do.
fn act(conn: &Connection, ticket: i64, work: impl FnOnce(&Connection)) {
    write_tx(conn, |tx| {
        work(tx);
        let mut journal = Journal::open(tx)?;
        journal.append(&Statements::new(tx), Draft::new("case.updated", "anna"), Time(0), Some(ticket))?;
        journal.close(tx)
    })
    .unwrap();
}

fn run(conn: &Connection, model: &mut Model, deed: &Deed) {
    let at = |model: &Model, n: usize| model.keys().nth(n % model.len().max(1)).copied();
    match deed {
        Deed::Add(name, number) => {
            let id = i64::try_from(model.len()).unwrap() * APART + 1;
            act(conn, id, |tx| {
                tx.execute(
                    "INSERT INTO ticket (id, request, state, received_at, due_at, given, salt)
                     VALUES ($1, 'unbind', 'open', 0, 0, $2, zeroblob(32))",
                    params![id, given(name)],
                )
                .unwrap();
                tx.execute(
                    "INSERT INTO evidence (ticket, kind, given, added_by, added_at) VALUES ($1, 'box', $2, 'anna', 0)",
                    params![id, serde_json::json!({ "box_imei": number }).to_string()],
                )
                .unwrap();
            });
            model.insert(id, (name.clone(), number.clone(), Vec::new()));
        }
        Deed::Rename(n, name) => {
            let Some(id) = at(model, *n) else { return };
            act(conn, id, |tx| {
                tx.execute("UPDATE ticket SET given = $1 WHERE id = $2", params![given(name), id]).unwrap();
            });
            model.get_mut(&id).unwrap().0.clone_from(name);
        }
        Deed::Note(n, text) => {
            let Some(id) = at(model, *n) else { return };
            act(conn, id, |tx| {
                super::super::case_files::add_note(tx, id, Time(0), "anna", text).unwrap();
            });
            model.get_mut(&id).unwrap().2.push(text.clone());
        }
        Deed::Unnote(n) => {
            let Some(id) = at(model, *n) else { return };
            act(conn, id, |tx| {
                tx.execute(
                    "UPDATE note SET removed_by = 'anna', removed_at = 0 WHERE ticket = $1
                     AND id = (SELECT max(id) FROM note WHERE ticket = $1 AND removed_at IS NULL)",
                    [id],
                )
                .unwrap();
            });
            model.get_mut(&id).unwrap().2.pop();
        }
        Deed::Index(most) => {
            write_tx(conn, |tx| step(tx, *most)).unwrap();
        }
        Deed::Outdate => {
            conn.execute("UPDATE search_state SET version = version - 1", []).unwrap();
        }
    }
}

fn naive(model: &Model, query: &Query) -> Vec<i64> {
    let has = |(id, (name, number, notes)): &(&i64, &(String, String, Vec<String>))| {
        let mut texts =
            vec![(Sort::Words, "unbind"), (Sort::Words, name), (Sort::Identifier, number.as_str())];
        texts.extend(notes.iter().map(|note| (Sort::Words, note.as_str())));
        query.words.is_empty() && query.number.is_none()
            || query.finds(&texts)
            || query.number.as_ref() == Some(*id)
    };
    let mut found: Vec<i64> = model.iter().filter(has).map(|(id, _)| *id).rev().collect();
    if let Some(at) = query.number.and_then(|id| found.iter().position(|other| *other == id)) {
        let id = found.remove(at);
        found.insert(0, id);
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn it_finds_what_a_look_at_everything_finds(
        deeds in prop::collection::vec((deed(), "([абе李雷xyz]{1,18}|[01]{1,9}|#1|1|unb)( [абxyz李])?"), 1..24),
    ) {
        let conn = Connection::open_in_memory().unwrap();
        crate::store::migrate::create(&conn, FileKind::Desk).unwrap();
        let mut model = Model::new();
        for (deed, text) in &deeds {
            run(&conn, &mut model, deed);
            let query = Query::parse(text);
            let expected = naive(&model, &query);
            let hits = find(&conn, &query, None, 100, &mut || true).unwrap();
            prop_assert_eq!(&hits.tickets, &expected, "{}", text);
            prop_assert!(!hits.more);
            let few = find(&conn, &query, None, 2, &mut || true).unwrap();
            prop_assert_eq!(few.tickets.as_slice(), expected.get(..2).unwrap_or(&expected));
            prop_assert_eq!(few.more, expected.len() > 2);
        }
    }
}

#[test]
fn every_statement_goes_by_a_key() {
    let dir = tempfile::tempdir().unwrap();
    let conn = open(&dir.path().join("desk.db"), Purpose::Create, FileKind::Desk).unwrap().conn;
    let all = [
        STATE,
        FIND,
        TOUCH,
        HIGHEST,
        STANDING,
        NEWEST,
        texts::CLAIMS,
        texts::EVIDENCE,
        texts::NOTES,
        index::SHEETS,
    ];
    for sql in all {
        let mut plan = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let mut rows = plan.raw_query();
        while let Some(row) = rows.next().unwrap() {
            let step: String = row.get(3).unwrap();
            assert!(!step.contains("SCAN") && !step.contains("TEMP B-TREE"), "{sql}\n{step}");
        }
        let mut next = 1;
        for part in sql.split('$').skip(1) {
            let number: usize =
                part.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap();
            assert!(number <= next, "{sql}");
            next = next.max(number + 1);
        }
    }
    let plan = |sql| -> String {
        let mut plan = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        plan.raw_query().next().unwrap().unwrap().get(3).unwrap()
    };
    // This walks a whole table, in its own order: what waits is little.
    let changed = plan(CHANGED);
    assert!(changed.starts_with("SCAN") && !changed.contains("TEMP B-TREE"), "{changed}");
    // What is held is little as well, and put in order.
    assert!(plan(HELD).contains("ticket_held"), "{}", plan(HELD));
}

#[test]
fn a_search_can_be_stopped_and_says_so() {
    let conn = Connection::open_in_memory().unwrap();
    crate::store::migrate::create(&conn, FileKind::Desk).unwrap();
    let mut model = Model::new();
    for n in 0..8 {
        run(&conn, &mut model, &Deed::Add(format!("name{n}"), "000".into()));
    }
    let query = Query::parse("name0");
    let hits = find(&conn, &query, None, 9, &mut || false).unwrap();
    assert!(hits.stopped && hits.tickets.is_empty());
    while behind(&conn).unwrap() > 0 {
        write_tx(&conn, |tx| step(tx, 100_000)).unwrap();
    }
    assert!(find(&conn, &query, None, 9, &mut || false).unwrap().stopped);
    assert_eq!(find(&conn, &query, None, 9, &mut || true).unwrap().tickets, [1]);
}
