//! What is too old goes, what is needed stays, and the file does not grow without end.

use crate::cli_desk::TestDesk;
use crate::store_rows::{DAY, Desk, binding, by_imei, by_serial, device, notice, sighting};
use latchkey::domain::*;
use latchkey::store::registry::*;
use std::time::{Duration, Instant};

fn replace(desk: &Desk, list: List, rows: &[ListRow], day: i64) -> Summary {
    let mut import = ListImport::begin(&desk.conn, list, Mode::Replace, Time(day * DAY)).unwrap();
    import.allow_shrink(true);
    for (line, row) in (2..).zip(rows) {
        import.put(line, row).unwrap();
    }
    let meta = ImportMeta { file_name: "t.csv".into(), sha256: [9; 32], actor: "clara".into() };
    import.finish(&meta).unwrap()
}

/// Prunes all; gives how many went of each, and the longest step.
fn prune(desk: &Desk, keep: &Keep, dry: bool) -> (Vec<u64>, Duration) {
    let mut longest = Duration::ZERO;
    let counts = Prune::ALL.iter().map(|what| {
        let (mut pruning, mut sum) = (Pruning::new(*what, keep), 0);
        loop {
            let began = Instant::now();
            let step = pruning.step(&desk.conn, dry, &mut unsigned).unwrap();
            longest = longest.max(began.elapsed());
            sum += step.removed;
            if !step.more {
                return sum;
            }
        }
    });
    (counts.collect(), longest)
}

fn count(desk: &Desk, sql: &str) -> i64 {
    desk.conn.query_row(sql, [], |r| r.get(0)).unwrap()
}

#[test]
fn only_what_is_too_old_or_named_by_nobody_goes() {
    let desk = Desk::new();
    desk.import(&[device(&[1], None), device(&[2], None)]);
    let seen = |n, last| sighting(n, None, Some(79_000_000_001), last - 5, last);
    desk.import(&[seen(1, 100), seen(1, 600), seen(2, 300)]);
    let (stands, drops) = (
        notice(by_imei(1), NoticeStatus::Confirmed, Some("K1")),
        notice(by_serial("ZZ9"), NoticeStatus::Confirmed, Some("K2")),
    );
    let cleared = notice(by_imei(2), NoticeStatus::Cleared, Some("K3"));
    replace(&desk, List::Notices, &[stands.clone(), drops, cleared.clone()], 400);
    replace(&desk, List::Notices, &[stands, cleared], 450);
    replace(&desk, List::Bindings, &[binding("5", by_serial("AB12"), DAY, None)], 400);
    replace(&desk, List::Bindings, &[binding("6", by_serial("CD34"), DAY, None)], 450);
    let all = (vec![0, 0, 0, 1, 1], Keep::default());
    assert_eq!(prune(&desk, &all.1, true).0, all.0, "a dry run counts");
    assert_eq!(prune(&desk, &all.1, false).0, all.0, "kept for ever but for what nobody names");
    let keep = Keep {
        sightings: Some(Day(500)),
        sim_changes: Some(Time(500 * DAY)),
        dropped_notices: Some(Time(500 * DAY)),
    };
    // The serial of the notice goes with it.
    assert_eq!(prune(&desk, &keep, false).0, [2, 0, 1, 0, 1]);
    assert_eq!(prune(&desk, &keep, false).0, [0; 5], "nothing is left to do");
    assert_eq!(count(&desk, "SELECT count(*) FROM notice"), 2, "what the list has stays, cleared or not");
    assert_eq!(count(&desk, "SELECT row_count FROM list_state WHERE list = 'sightings'"), 1);
    assert_eq!(count(&desk, "SELECT sum(sightings) FROM device"), 1, "records tell what is there");
    assert_eq!(count(&desk, "SELECT count(*) FROM account"), 1);
}

#[test]
fn lists_replaced_night_after_night_keep_the_file_bounded() {
    let desk = Desk::new();
    let rows = 4_000;
    let pages = |desk: &Desk| count(desk, "PRAGMA page_count");
    let mut sizes = Vec::new();
    for night in 0..12_u64 {
        let first = night * 700;
        let day = 1000 + night.cast_signed();
        let devices: Vec<_> = (first..first + rows).map(|n| device(&[n], None)).collect();
        replace(&desk, List::Devices, &devices, day);
        let owners: Vec<_> = (first..first + rows)
            .map(|n| binding(&n.to_string(), by_serial(&format!("S{n}")), day * DAY, None))
            .collect();
        replace(&desk, List::Bindings, &owners, day);
        let stolen: Vec<_> = (first..first + rows)
            .map(|n| notice(by_imei(n), NoticeStatus::Confirmed, Some(&format!("K{n}"))))
            .collect();
        replace(&desk, List::Notices, &stolen, day);
        let keep = Keep { dropped_notices: Some(Time((day - 2) * DAY)), ..Keep::default() };
        prune(&desk, &keep, false);
        sizes.push(pages(&desk));
    }
    let (early, late) = (sizes[..6].iter().max().unwrap(), sizes.last().unwrap());
    assert!(late * 100 <= early * 108, "{sizes:?}");
    let ok: String = desk.conn.query_row("PRAGMA integrity_check", [], |r| r.get(0)).unwrap();
    assert_eq!(ok, "ok");
}

#[test]
fn pruning_is_in_the_log_and_small_steps_let_others_in() {
    let desk = TestDesk::empty();
    std::fs::write(desk.path("desk/config.toml"), "[retention]\nsightings_days = 400\n").unwrap();
    let mut text = String::from("imei,imsi,msisdn,first_seen,last_seen\n");
    for n in 0..5_000 {
        use std::fmt::Write as _;
        let last = if n % 2 == 0 { "2024-01-02" } else { "2026-11-02" };
        let _ = writeln!(text, "{:014},250011234567890,,2024-01-01,{last}", 35_123_456_000_000_i64 + n);
    }
    let file = desk.write("seen.csv", text);
    desk.run(&["import", "sightings", &file]).ok();
    assert_eq!(
        desk.run(&["--agent", "clara", "--json", "registry", "prune", "--dry-run"]).json()["sightings"],
        2_500
    );
    let done = desk.run(&["--agent", "clara", "--json", "registry", "prune"]).json();
    assert_eq!(done["sightings"], 2_500);
    assert_eq!(desk.run(&["--agent", "clara", "--json", "registry", "prune"]).json()["sightings"], 0);
    let status = desk.run(&["--json", "registry", "status"]).json();
    assert_eq!(status["lists"][5]["rows"], 2_500);
    assert_eq!(desk.run(&["audit", "verify"]).code, 0);
    let conn = rusqlite::Connection::open(desk.path("desk/desk.db")).unwrap();
    let sql = "SELECT count(*) FROM leaf WHERE line LIKE '%registry.pruned%'";
    assert_eq!(conn.query_row(sql, [], |r| r.get::<_, i64>(0)).unwrap(), 2);
}
