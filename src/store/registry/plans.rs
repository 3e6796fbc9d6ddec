//! Every statement of gathering is a point look-up: no scan of a table that grows, no automatic index, no
//! statement that numbers its parameters out of order.

use super::{accounts, facts, lookup, names, prune, reader, repairs, resolve, row_key, sims, sweep, there};
use crate::store::{FileKind, Purpose, open};

const STATEMENTS: &[&str] = &[
    names::WORD,
    names::SERIAL,
    names::DEVICE_SERIAL,
    names::ALIAS,
    resolve::RECORD,
    repairs::BY_OLD,
    repairs::BY_NEW,
    repairs::SOLD,
    repairs::RECEIPTS,
    repairs::BOUND,
    repairs::SEEN,
    facts::BINDINGS,
    facts::SIGHTINGS,
    facts::NOTICES,
    reader::TAC,
    reader::RETAILER,
    facts::SALES,
    facts::IS_DEVICE,
    accounts::ACCOUNT,
    accounts::CONTACTS,
    accounts::DEVICES,
    accounts::BY_CONTACT,
    sims::LAST_CHANGE,
    sims::BY_NUMBER,
    sims::BY_ICCID,
    sims::NUMBER_OF,
    lookup::SALES_OF_DEVICE,
    lookup::SALES_OF_RECEIPT,
    lookup::CHANGES,
    lookup::ACCOUNT_TEXT,
];

/// What an import asks and walks: pages of a table in its own order, never a place counted from the start.
const IMPORTING: &[&str] = &[
    there::ACCOUNT_ID,
    there::NUMBERS,
    row_key::TAC,
    row_key::DEVICE,
    row_key::ACCOUNT,
    row_key::CONTACT,
    row_key::BINDING,
    row_key::SIGHTING,
    row_key::SIM_CHANGE,
    row_key::SALE,
    row_key::REPAIR,
    row_key::NOTICE,
    sweep::TACS,
    sweep::DEVICES,
    sweep::ACCOUNTS,
    sweep::CONTACTS,
    sweep::BINDINGS,
    sweep::SIGHTINGS,
    sweep::SIM_CHANGES,
    sweep::SALES,
    sweep::REPAIRS,
    sweep::NOTICES,
    prune::SIGHTINGS,
    prune::SIM_CHANGES,
    prune::NOTICES,
    prune::ACCOUNTS,
    prune::SERIALS,
];

#[test]
fn every_statement_of_gathering_uses_a_key() {
    let dir = tempfile::tempdir().unwrap();
    let conn = open(&dir.path().join("registry.db"), Purpose::Create, FileKind::Registry).unwrap().conn;
    for sql in STATEMENTS.iter().chain(IMPORTING) {
        let mut plan = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        // Unbound parameters are NULL: with QPSG the plan does not depend on them.
        let mut rows = plan.raw_query();
        let mut steps = 0;
        while let Some(row) = rows.next().unwrap() {
            let step: String = row.get(3).unwrap();
            assert!(!step.contains("SCAN") && !step.contains("AUTOMATIC"), "{sql}\n{step}");
            steps += 1;
        }
        assert!(steps > 0, "{sql}");
    }
}

#[test]
fn every_statement_of_gathering_is_at_hand_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let conn = open(&dir.path().join("registry.db"), Purpose::Create, FileKind::Registry).unwrap().conn;
    let statements = crate::store::Statements::new(&conn);
    for sql in STATEMENTS {
        statements.statement(sql).unwrap();
    }
    let open: Vec<_> = STATEMENTS.iter().map(|sql| statements.statement(sql).unwrap()).collect();
    assert!(statements.statement(STATEMENTS[0]).is_err(), "one that is being read cannot be had again");
    drop(open);
}

#[test]
fn parameters_are_numbered_in_the_order_in_which_they_appear() {
    let sources = [
        include_str!("accounts.rs"),
        include_str!("canon.rs"),
        include_str!("facts.rs"),
        include_str!("fold.rs"),
        include_str!("import.rs"),
        include_str!("landed.rs"),
        include_str!("lookup.rs"),
        include_str!("names.rs"),
        include_str!("prune.rs"),
        include_str!("put_accounts.rs"),
        include_str!("put_devices.rs"),
        include_str!("put_events.rs"),
        include_str!("reader.rs"),
        include_str!("remove.rs"),
        include_str!("repairs.rs"),
        include_str!("resolve.rs"),
        include_str!("row_key.rs"),
        include_str!("seals/check.rs"),
        include_str!("seals/hash.rs"),
        include_str!("seals/mark.rs"),
        include_str!("seals/mod.rs"),
        include_str!("seen.rs"),
        include_str!("sims.rs"),
        include_str!("status.rs"),
        include_str!("sweep.rs"),
    ];
    let mut statements = 0;
    for text in sources.iter().flat_map(|s| s.split('"').skip(1).step_by(2)).filter(|t| t.contains('$')) {
        statements += 1;
        let mut next = 1;
        for part in text.split('$').skip(1) {
            let number: usize =
                part.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap();
            assert!(number <= next, "{text}");
            next = next.max(number + 1);
        }
        assert!(!text.contains("REPLACE"), "{text}");
    }
    assert!(statements > 60, "{statements}");
}

#[test]
fn a_range_over_a_bound_value_is_planned_once() {
    let dir = tempfile::tempdir().unwrap();
    let conn = open(&dir.path().join("registry.db"), Purpose::Create, FileKind::Registry).unwrap().conn;
    for n in 1..200 {
        conn.execute("INSERT INTO sim_change (msisdn, changed_at) VALUES ($1, $2)", [n, n * 7]).unwrap();
    }
    conn.execute_batch("ANALYZE").unwrap();
    let mut statement =
        conn.prepare("SELECT count(*) FROM sim_change WHERE msisdn > $1 AND changed_at < $2").unwrap();
    for n in 0..50 {
        let _: i64 = statement.query_row([n, n * 100], |r| r.get(0)).unwrap();
    }
    assert_eq!(statement.get_status(rusqlite::StatementStatus::RePrepare), 0);
    let automatic: i64 = conn.pragma_query_value(None, "automatic_index", |r| r.get(0)).unwrap();
    assert_eq!(automatic, 0, "an index over ten million rows for one query takes minutes");
}

#[test]
fn gathering_takes_the_file_lock_once_a_batch() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("registry.db");
    drop(open(&path, Purpose::Create, FileKind::Registry).unwrap());
    let mut registry = super::Registry::new(open(&path, Purpose::Read, FileKind::Registry).unwrap().conn);
    let reader = registry.begin().unwrap();
    assert!(!reader.statements().conn().is_autocommit(), "one read transaction, whatever is asked");
    drop(reader);
    assert!(registry.conn().is_autocommit());
}

#[test]
fn no_page_of_any_list_is_found_by_counting_from_its_start() {
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src/store"))];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
                continue;
            }
            let text = std::fs::read_to_string(entry.path()).unwrap();
            files += 1;
            let word = ["OFF", "SET $"].concat();
            // Authorizations turn pages so, over an index that holds all that is asked: measured, and few.
            let measured = entry.path().ends_with("desk/outgoing.rs");
            assert!(measured || !text.contains(&word), "{}", entry.path().display());
        }
    }
    assert!(files > 50);
}
