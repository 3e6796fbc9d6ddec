//! Rows that are certainly new are written many at a time; that changes nothing of what stands there.

use crate::store_rows::{Desk, account_row, binding, by_imei, device, sale, sighting};
use latchkey::domain::*;
use latchkey::intake::order;
use rusqlite::types::Value;

/// Two loads of one statement and a rest.
const MANY: u64 = 75;

const TABLES: [&str; 9] =
    ["device", "alias", "account", "contact", "binding", "sighting", "sim_change", "sale", "seal"];

/// Everything that stands in a registry, seals included.
fn all(desk: &Desk) -> Vec<(&'static str, Vec<Vec<Value>>)> {
    let rows = |table| {
        let mut statement = desk.conn.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let width = statement.column_count();
        let rows = statement.query_map([], |r| (0..width).map(|at| r.get(at)).collect()).unwrap();
        rows.collect::<Result<Vec<Vec<Value>>, _>>().unwrap()
    };
    TABLES.iter().map(|table| (*table, rows(table))).collect()
}

/// Rows of each list that is written so, in the order of its table; `other` gives each other data under the same key.
fn rows(list: List, other: bool) -> Vec<ListRow> {
    let row = |n: u64| match list {
        List::Devices => {
            let mut row = device(if n == 60 { &[60, 1060] } else { std::slice::from_ref(&n) }, None);
            if let (true, ListRow::Device(row)) = (other, &mut row) {
                row.region = None;
            }
            row
        }
        List::Accounts => {
            let (mail, phone) = (format!("owner{n}@example.org"), 79_000_000_000 + n);
            let state = if other { AccountState::Suspended } else { AccountState::Active };
            account_row(
                &n.to_string(),
                state,
                Some(&mail).filter(|_| !n.is_multiple_of(3)).map(String::as_str),
                Some(phone),
            )
        }
        List::Bindings => {
            let until = if other { Some(800_000) } else { n.is_multiple_of(5).then_some(900_000) };
            // Two of one device, two accounts of one moment.
            binding(&(n % 7 + 1).to_string(), by_imei(n / 2 + 1), (500 + n).cast_signed(), until)
        }
        List::Sightings => {
            let number = (!n.is_multiple_of(4)).then_some(79_000_000_000 + n);
            let card = Iccid::parse("8970101000000000004").unwrap();
            let first = i32::try_from(n).unwrap();
            sighting(n / 2 + 1, Some(card), number, first, first + if other { 9 } else { 3 })
        }
        List::SimChanges => ListRow::SimChange(SimChangeRow {
            msisdn: Phone::from_digits(79_000_000_000 + n / 2).unwrap(),
            changed_at: Time(n.cast_signed()),
            iccid: (!other).then(|| Iccid::parse("8970101000000000004").unwrap()),
        }),
        _ => sale(&format!("R{n}"), (!n.is_multiple_of(6)).then(|| by_imei(n)), if other { 12 } else { 10 }),
    };
    let mut rows: Vec<ListRow> = (1..=MANY).map(row).collect();
    rows.sort_by_key(order);
    rows
}

/// A registry that has what rows of other lists name.
fn registry(list: List) -> Desk {
    let desk = Desk::new();
    if matches!(list, List::Bindings | List::Sightings) {
        desk.import(&rows(List::Devices, false));
        desk.import(&rows(List::Accounts, false));
    }
    desk
}

#[test]
fn rows_written_together_stand_there_as_rows_written_one_by_one() {
    let lists =
        [List::Devices, List::Accounts, List::Bindings, List::Sightings, List::SimChanges, List::Sales];
    for list in lists {
        let (rows, other) = (rows(list, false), rows(list, true));
        let one_by_one = registry(list);
        one_by_one.import(&rows.iter().rev().cloned().collect::<Vec<_>>());
        let expected = all(&one_by_one);

        let together = registry(list);
        assert_eq!(together.import(&rows).added, MANY, "{list}");
        assert_eq!(all(&together), expected, "{list}");

        // A row that stands there twice, one that comes late, and one that says something else of a key.
        for at in [0, 31, 32, 40, 74] {
            let mut mixed = rows.clone();
            mixed.insert(at + 1, rows[at].clone());
            let late = mixed.remove(5);
            mixed.push(late);
            mixed.insert(at + 2, other[at].clone());
            let desk = registry(list);
            let (done, problems) = desk.try_import(&mixed);
            assert_eq!(problems, ["key.twice"], "{list} {at}");
            assert_eq!((done.added, done.unchanged), (MANY, 1), "{list} {at}");
            assert_eq!(all(&desk), expected, "{list} {at}");
        }
    }
}
