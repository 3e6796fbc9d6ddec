//! Sealing what changed comes to the same as sealing everything anew, and whatever was not sealed is found.

use std::collections::BTreeSet;

use proptest::prelude::*;
use rusqlite::{Connection, params};

use super::check::{self, Part};
use super::{FIRST, Sealed, Seals, Strand, hash, mark, seal_all, sealed};
use crate::store::registry::unsigned;
use crate::store::{FileKind, Purpose, StoreError, open, write_tx};

type Rows = Vec<(i64, i64, Vec<u8>)>;

fn registry() -> (tempfile::TempDir, Connection) {
    let dir = tempfile::tempdir().unwrap();
    let conn = open(&dir.path().join("registry.db"), Purpose::Create, FileKind::Registry).unwrap().conn;
    conn.pragma_update(None, "synchronous", "OFF").unwrap();
    (dir, conn)
}

fn seals(conn: &Connection) -> (Rows, Rows) {
    let read = |table: &str| -> Rows {
        let sql = format!("SELECT strand, first, hash FROM {table} ORDER BY strand, first");
        let mut statement = conn.prepare(&sql).unwrap();
        let rows = statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?))).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    };
    (read("seal"), read("seal_group"))
}

/// Puts changes of a number's SIM in and takes them out, and seals what that touched.
fn change(conn: &Connection, edits: &[(i64, i64, bool)]) -> Sealed {
    write_tx(conn, |tx| {
        let mut seals = Seals::begin(tx)?;
        for (number, at, there) in edits {
            seals.touch(tx, Strand::SimChange, *number)?;
            if *there {
                tx.execute(
                    "INSERT INTO sim_change (msisdn, changed_at) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                    [number, at],
                )?;
            } else {
                tx.execute("DELETE FROM sim_change WHERE msisdn = $1 AND changed_at = $2", [number, at])?;
            }
        }
        seals.seal(tx, &mut unsigned)
    })
    .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn sealing_what_changed_is_sealing_everything(
        acts in proptest::collection::vec(
            proptest::collection::vec((1..400_i64, 0..3_i64, proptest::bool::weighted(0.6)), 1..120), 1..6),
    ) {
        let (_dir, conn) = registry();
        for edits in &acts {
            let root = change(&conn, edits).root;
            let stepwise = seals(&conn);
            prop_assert!(stepwise.0.iter().all(|(_, first, _)| *first == FIRST || hash::begins_range(*first)));
            seal_all(&conn, &mut unsigned).unwrap();
            prop_assert_eq!(&seals(&conn), &stepwise);
            prop_assert_eq!(sealed(&conn).unwrap().unwrap().root, root);
        }
        let firsts: BTreeSet<i64> = seals(&conn).0.iter().filter(|s| s.0 == Strand::SimChange as i64).map(|s| s.1).collect();
        let mut numbers = conn.prepare("SELECT DISTINCT msisdn FROM sim_change").unwrap();
        let numbers = numbers.query_map([], |r| r.get(0)).unwrap().collect::<Result<Vec<i64>, _>>().unwrap();
        let wanted = numbers.into_iter().filter(|n| hash::begins_range(*n)).chain([FIRST]).collect();
        prop_assert_eq!(firsts, wanted);
    }
}

#[test]
fn every_edit_of_many_rows_is_found_where_it_is() {
    let (_dir, conn) = registry();
    let numbers: Vec<(i64, i64, bool)> = (1..=3000).map(|n| (n, 7, true)).collect();
    change(&conn, &numbers);
    let ranges = seals(&conn).0.iter().filter(|s| s.0 == Strand::SimChange as i64).count();
    assert!((60..140).contains(&ranges), "{ranges}");
    assert_eq!(check::whole(&conn, &mut |_| true).unwrap(), None);
    for n in [1_i64, 2, 31, 32, 1000, 1777, 2999, 3000] {
        for (edit, back) in [
            ("DELETE FROM sim_change WHERE msisdn = $1", "INSERT INTO sim_change VALUES ($1, 7, NULL)"),
            (
                "UPDATE sim_change SET changed_at = 8 WHERE msisdn = $1",
                "UPDATE sim_change SET changed_at = 7 WHERE msisdn = $1",
            ),
            (
                "UPDATE sim_change SET iccid = 5 WHERE msisdn = $1",
                "UPDATE sim_change SET iccid = NULL WHERE msisdn = $1",
            ),
            (
                "INSERT INTO sim_change VALUES ($1, 9, 1)",
                "DELETE FROM sim_change WHERE msisdn = $1 AND changed_at = 9",
            ),
        ] {
            conn.execute(edit, [n]).unwrap();
            let misfit = check::whole(&conn, &mut |_| true).unwrap().unwrap();
            assert_eq!((misfit.part, misfit.table), (Part::Rows, "sim_change"), "{edit} {n}");
            assert!(
                (misfit.keys.0..=misfit.keys.1).contains(&n) || hash::begins_range(n),
                "{edit} {n}: {misfit:?}"
            );
            conn.execute(back, [n]).unwrap();
        }
    }
    assert_eq!(check::whole(&conn, &mut |_| true).unwrap(), None);
}

/// Rows of which one was put in past the program: whoever touches its range is told, and signs nothing.
#[test]
fn nobody_signs_what_somebody_else_put_in() {
    let (_dir, conn) = registry();
    let numbers: Vec<(i64, i64, bool)> = (1..=500).map(|n| (n, 7, true)).collect();
    let before = change(&conn, &numbers);
    for edit in [
        "DELETE FROM sim_change WHERE msisdn = 250",
        "UPDATE seal SET hash = zeroblob(32)",
        "UPDATE seal_group SET hash = zeroblob(32)",
        "UPDATE sealed SET root = zeroblob(32)",
        "UPDATE generation SET number = 99",
    ] {
        let kept: (Rows, Sealed) = (seals(&conn).0, before.clone());
        let groups = seals(&conn).1;
        conn.execute(edit, []).unwrap();
        let done = write_tx(&conn, |tx| {
            let mut seals = Seals::begin(tx)?;
            seals.touch(tx, Strand::SimChange, 250)?;
            tx.execute("INSERT INTO sim_change VALUES (250, 11, NULL)", [])?;
            seals.seal(tx, &mut unsigned)
        });
        assert!(matches!(done, Err(StoreError::Tampered { .. })), "{edit}: {done:?}");
        // All back as it was.
        conn.execute("INSERT INTO sim_change VALUES (250, 7, NULL) ON CONFLICT DO NOTHING", []).unwrap();
        for (table, rows) in [("seal", &kept.0), ("seal_group", &groups)] {
            for (strand, first, hash) in rows {
                let sql = format!("UPDATE {table} SET hash = $1 WHERE strand = $2 AND first = $3");
                conn.execute(&sql, params![hash, strand, first]).unwrap();
            }
        }
        conn.execute("UPDATE sealed SET root = $1", [kept.1.root.as_slice()]).unwrap();
        conn.execute("UPDATE generation SET number = 0", []).unwrap();
        assert_eq!(check::whole(&conn, &mut |_| true).unwrap(), None, "{edit}");
    }
    // What lies elsewhere stands in nobody's way, and is found all the same.
    conn.execute("DELETE FROM sim_change WHERE msisdn = 1", []).unwrap();
    change(&conn, &[(499, 8, true)]);
    assert_eq!(check::whole(&conn, &mut |_| true).unwrap().unwrap().table, "sim_change");
}

#[test]
fn lists_that_nobody_sealed_are_no_ground_to_build_on() {
    let (_dir, conn) = registry();
    conn.execute("INSERT INTO sim_change VALUES (5, 7, NULL)", []).unwrap();
    let done = write_tx(&conn, |tx| {
        let mut seals = Seals::begin(tx)?;
        seals.touch(tx, Strand::SimChange, 6)?;
        seals.seal(tx, &mut unsigned)
    });
    assert!(matches!(done, Err(StoreError::Unsealed)), "{done:?}");
    assert_eq!(check::whole(&conn, &mut |_| true).unwrap().unwrap().part, Part::Root);
    write_tx(&conn, |tx| mark::seal_strand(tx, Strand::SimChange)).unwrap();
    assert!(check::whole(&conn, &mut |_| true).unwrap().is_some(), "seals without a root are none");
    seal_all(&conn, &mut unsigned).unwrap();
    assert_eq!(check::whole(&conn, &mut |_| true).unwrap(), None);
}

/// No row of one table, or in one place, has the hash of another.
#[test]
fn hashes_say_where_they_are_of() {
    let (_dir, conn) = registry();
    seal_all(&conn, &mut unsigned).unwrap();
    let (ranges, groups) = seals(&conn);
    let all: BTreeSet<&Vec<u8>> = ranges.iter().chain(&groups).map(|(.., hash)| hash).collect();
    assert_eq!(all.len(), ranges.len() + groups.len(), "empty tables differ, too");
    assert_eq!(ranges.len(), Strand::ALL.len());
}
