//! Lists replaced and changed by deltas: what goes, what stays, and what is refused.

use crate::store_rows::{
    DAY, Desk, account_row, binding, by_imei, by_serial, contact, device, email, notice, repair, sale,
    sighting,
};
use latchkey::domain::*;
use latchkey::store::registry::*;

/// Puts rows in; gives what was done, or the rule that kept the file out, and the rules that rows broke.
fn try_mode(
    desk: &Desk,
    (list, mode, shrink): (List, Mode, bool),
    rows: &[(Option<Change>, ListRow)],
) -> (Result<Summary, &'static str>, Vec<&'static str>) {
    let mut import = ListImport::begin(&desk.conn, list, mode, Time(2000 * DAY)).unwrap();
    import.allow_shrink(shrink);
    let mut problems = Vec::new();
    for (line, (change, row)) in (2..).zip(rows) {
        let put = match change {
            Some(change) => import.change(line, *change, row),
            None => import.put(line, row),
        };
        match put {
            Ok(_) => {}
            Err(ImportError::Row(problem)) => problems.push(problem.rule),
            Err(other) => panic!("{other}"),
        }
    }
    let meta = ImportMeta { file_name: "t.csv".into(), sha256: [9; 32], actor: "clara".into() };
    let done = import.finish(&meta).map_err(|e| match e {
        ImportError::File(problem) => problem.rule,
        other => panic!("{other}"),
    });
    (done, problems)
}

fn replace(desk: &Desk, list: List, rows: &[ListRow]) -> Summary {
    let rows: Vec<_> = rows.iter().map(|row| (None, row.clone())).collect();
    let (done, problems) = try_mode(desk, (list, Mode::Replace, true), &rows);
    assert!(problems.is_empty(), "{problems:?}");
    done.unwrap()
}

const fn counts(s: Summary) -> (u64, u64, u64, u64) {
    (s.added, s.updated, s.unchanged, s.removed)
}

fn rows_of(desk: &Desk, list: List) -> u64 {
    status(&desk.conn, false).unwrap().lists.iter().find(|l| l.list == list).unwrap().rows
}

/// Two rows of each list, and the second one with other data where it has any beside its key.
fn samples() -> Vec<(List, [ListRow; 2], Option<ListRow>)> {
    let tac = |n, model: &str| {
        ListRow::Tac(TacRow {
            tac: Tac::parse(n).unwrap(),
            brand: None,
            model: model.into(),
            device_type: None,
            imei_slots: None,
            allocated_on: None,
        })
    };
    let change = |msisdn, iccid: Option<&str>| {
        ListRow::SimChange(SimChangeRow {
            msisdn: Phone::from_digits(msisdn).unwrap(),
            changed_at: Time(DAY),
            iccid: iccid.map(|i| Iccid::parse(i).unwrap()),
        })
    };
    let open = account_row("2", AccountState::Active, None, Some(79_000_000_002));
    vec![
        (List::Tacs, [tac("35123456", "A"), tac("35123457", "B")], Some(tac("35123457", "C"))),
        (List::Devices, [device(&[1], None), device(&[2], None)], Some(device(&[2, 3], None))),
        (
            List::Accounts,
            [account_row("1", AccountState::Active, Some("a@b.example"), None), open],
            Some(account_row("2", AccountState::Suspended, None, None)),
        ),
        (
            List::Contacts,
            [contact("1", email("a@b.example"), None, None), contact("2", email("c@d.example"), None, None)],
            Some(contact("2", email("c@d.example"), Some(DAY), None)),
        ),
        (
            List::Bindings,
            [binding("1", by_imei(1), DAY, None), binding("2", by_imei(2), DAY, None)],
            Some(binding("2", by_imei(2), DAY, Some(2 * DAY))),
        ),
        (
            List::Sightings,
            [sighting(1, None, Some(79_000_000_001), 1, 2), sighting(2, None, Some(79_000_000_002), 1, 2)],
            Some(sighting(2, None, Some(79_000_000_002), 1, 3)),
        ),
        (
            List::SimChanges,
            [change(79_000_000_001, None), change(79_000_000_002, None)],
            Some(change(79_000_000_002, Some("8970101000000000004"))),
        ),
        (
            List::Sales,
            [sale("R1", Some(by_imei(1)), 10), sale("R2", Some(by_imei(2)), 10)],
            Some(sale("R2", Some(by_imei(2)), 11)),
        ),
        (List::Repairs, [repair("O1", 1, 11, 10), repair("O2", 2, 12, 10)], Some(repair("O2", 2, 12, 11))),
        (
            List::Notices,
            [
                notice(by_imei(1), NoticeStatus::Confirmed, Some("K1")),
                notice(by_imei(2), NoticeStatus::Pending, Some("K2")),
            ],
            Some(notice(by_imei(2), NoticeStatus::Confirmed, Some("K2"))),
        ),
    ]
}

#[test]
fn every_list_can_be_replaced_whole() {
    for (list, [first, second], changed) in samples() {
        let desk = Desk::new();
        assert_eq!(counts(replace(&desk, list, &[first.clone(), second.clone()])), (2, 0, 0, 0), "{list}");
        assert_eq!(counts(replace(&desk, list, &[first.clone(), second.clone()])), (0, 0, 2, 0), "{list}");
        let changed = changed.unwrap();
        assert_eq!(counts(replace(&desk, list, std::slice::from_ref(&changed))), (0, 1, 0, 1), "{list}");
        assert_eq!(rows_of(&desk, list), 1, "{list}");
        assert_eq!(counts(replace(&desk, list, &[first, changed])), (1, 0, 1, 0), "{list}");
        assert_eq!(rows_of(&desk, list), 2, "{list}");
    }
}

#[test]
fn a_delta_does_what_each_row_says_and_nothing_else() {
    use Change::{Add, Remove, Update};
    for (list, [first, second], changed) in samples() {
        let changed = changed.unwrap();
        let desk = Desk::new();
        let delta = |rows: &[(Change, &ListRow)]| {
            let rows: Vec<_> = rows.iter().map(|(c, r)| (Some(*c), (*r).clone())).collect();
            let (done, problems) = try_mode(&desk, (list, Mode::Delta, false), &rows);
            (counts(done.unwrap()), problems)
        };
        assert_eq!(delta(&[(Add, &first), (Add, &second)]), ((2, 0, 0, 0), vec![]), "{list}");
        assert_eq!(delta(&[(Add, &first)]), ((0, 0, 0, 0), vec!["delta.exists"]), "{list}");
        assert_eq!(delta(&[(Update, &changed), (Remove, &first)]), ((0, 1, 0, 1), vec![]), "{list}");
        let missing = vec!["delta.missing", "delta.missing"];
        let other = samples().into_iter().find(|s| s.0 == list).unwrap().1[0].clone();
        assert_eq!(delta(&[(Remove, &first), (Update, &other)]), ((0, 0, 0, 0), missing), "{list}");
        assert_eq!(delta(&[(Remove, &changed), (Add, &second)]).1, ["key.twice"], "{list}");
        assert_eq!(rows_of(&desk, list), 0, "{list}");
        assert_eq!(delta(&[(Add, &second), (Add, &second)]), ((1, 0, 1, 0), vec![]), "{list}");
        let twice = [(Some(Add), second), (Some(Add), changed)];
        let (done, problems) = try_mode(&Desk::new(), (list, Mode::Delta, false), &twice);
        assert_eq!((counts(done.unwrap()), problems), ((1, 0, 0, 0), vec!["key.twice"]), "{list}");
    }
}

#[test]
fn a_file_cut_short_does_not_replace_a_list() {
    let desk = Desk::new();
    let rows: Vec<ListRow> = (0..100).map(|n| device(&[n], None)).collect();
    replace(&desk, List::Devices, &rows);
    let some = |n: usize| rows.iter().take(n).map(|r| (None, r.clone())).collect::<Vec<_>>();
    let how = (List::Devices, Mode::Replace, false);
    assert_eq!(try_mode(&desk, how, &some(74)).0, Err("replace.shrink"));
    assert_eq!(rows_of(&desk, List::Devices), 100);
    assert_eq!(counts(try_mode(&desk, how, &some(75)).0.unwrap()), (0, 0, 75, 25));
    // Other rows in the place of those that went are no cut.
    let others: Vec<_> = (200..275).map(|n| (None, device(&[n], None))).collect();
    assert_eq!(counts(try_mode(&desk, how, &others).0.unwrap()), (75, 0, 0, 75));
    let allowed = (List::Devices, Mode::Replace, true);
    assert_eq!(counts(try_mode(&desk, allowed, &[]).0.unwrap()), (0, 0, 0, 75));
}

#[test]
fn a_notice_that_is_dropped_counts_as_cleared_that_day() {
    let desk = Desk::new();
    let (kept, gone) = (
        notice(by_imei(1), NoticeStatus::Confirmed, Some("K1")),
        notice(by_imei(2), NoticeStatus::Confirmed, Some("K2")),
    );
    replace(&desk, List::Notices, &[kept.clone(), gone.clone()]);
    replace(&desk, List::Notices, std::slice::from_ref(&kept));
    let stands = || {
        let sql = "SELECT status, coalesce(cleared_at, 0) FROM notice ORDER BY device";
        let mut statement = desk.conn.prepare(sql).unwrap();
        let rows = statement.query_map([], |r| Ok((r.get::<_, String>(0)?, r.get::<_, i64>(1)?))).unwrap();
        rows.collect::<Result<Vec<_>, _>>().unwrap()
    };
    let cleared = ("cleared".to_owned(), 2000 * DAY);
    assert_eq!(stands(), [("confirmed".to_owned(), 0), cleared]);
    assert_eq!(counts(replace(&desk, List::Notices, &[kept, gone])), (1, 0, 1, 0));
    assert_eq!(stands(), [("confirmed".to_owned(), 0), ("confirmed".to_owned(), 0)]);
}

#[test]
fn what_other_lists_say_stays_when_a_record_goes_and_comes_back() {
    let desk = Desk::new();
    let record = device(&[1, 2], Some("AB12"));
    replace(&desk, List::Devices, &[record.clone(), device(&[9], None)]);
    desk.import(&[binding("7", by_imei(2), DAY, None), binding("8", by_serial("AB12"), 2 * DAY, None)]);
    desk.import(&[sighting(1, None, Some(79_000_000_001), 1, 2)]);
    replace(&desk, List::Devices, &[device(&[9], None)]);
    let held = || -> i64 {
        let sql = "SELECT count(*) FROM binding b JOIN device d ON d.id = b.device";
        desk.conn.query_row(sql, [], |r| r.get(0)).unwrap()
    };
    assert_eq!(held(), 0);
    replace(&desk, List::Devices, &[record, device(&[9], None)]);
    assert_eq!(held(), 2);
    let folded = "SELECT account, bindings, sightings FROM device WHERE serial = 'AB12'";
    let told = desk.conn.query_row(folded, [], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?))).unwrap();
    assert_eq!(told, (8_i64, 2_i64, 1_i64));
    // An account that is gone from its list still has the name that bindings give it.
    let accounts = [account_row("7", AccountState::Active, Some("a@b.example"), None)];
    replace(&desk, List::Accounts, &accounts);
    replace(&desk, List::Accounts, &[]);
    let left = "SELECT state IS NULL AND name IS NULL FROM account WHERE account_id = '7'";
    assert!(desk.conn.query_row(left, [], |r| r.get::<_, bool>(0)).unwrap());
    let contacts: i64 = desk.conn.query_row("SELECT count(*) FROM contact", [], |r| r.get(0)).unwrap();
    assert_eq!(contacts, 0);
}

#[test]
fn an_identifier_may_move_between_devices_within_one_whole_list() {
    type Moved = (&'static str, Vec<ListRow>, Vec<ListRow>, &'static [&'static str]);
    let cases: [Moved; 5] = [
        ("from a record that goes", vec![device(&[5, 6], None)], vec![device(&[1, 6], None)], &[]),
        ("a first identifier becomes a second", vec![device(&[6], None)], vec![device(&[1, 6], None)], &[]),
        ("a second becomes a first", vec![device(&[5, 6], None)], vec![device(&[6], None)], &[]),
        (
            "from a record that changes",
            vec![device(&[5, 6], Some("S1"))],
            vec![device(&[1, 6], Some("S1")), device(&[5], None)],
            &[],
        ),
        (
            "claimed by two",
            vec![device(&[5, 6], None)],
            vec![device(&[1, 6], None), device(&[5, 6], None)],
            &["identifier.taken"],
        ),
    ];
    for (what, before, after, expected) in cases {
        let desk = Desk::new();
        replace(&desk, List::Devices, &before);
        let rows: Vec<_> = after.iter().map(|r| (None, r.clone())).collect();
        let (done, problems) = try_mode(&desk, (List::Devices, Mode::Replace, true), &rows);
        assert_eq!(problems, expected, "{what}");
        let done = done.unwrap();
        if problems.is_empty() {
            let fresh = Desk::new();
            replace(&fresh, List::Devices, &after);
            let dump = |desk: &Desk| {
                let sql = "SELECT group_concat(id || ':' || coalesce(serial, '') || ':' || coalesce(imei2, ''), ' ') \
                           FROM (SELECT * FROM device ORDER BY id)";
                let devices: String = desk.conn.query_row(sql, [], |r| r.get(0)).unwrap();
                let sql = "SELECT coalesce(group_concat(key || '>' || device, ' '), '') \
                           FROM (SELECT * FROM alias ORDER BY key)";
                (devices, desk.conn.query_row(sql, [], |r| r.get::<_, String>(0)).unwrap())
            };
            assert_eq!(dump(&desk), dump(&fresh), "{what}");
            assert_eq!(rows_of(&desk, List::Devices), after.len() as u64, "{what}: {done:?}");
        }
    }
}
