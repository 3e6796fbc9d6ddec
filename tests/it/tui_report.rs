//! The report, on the screen and on the command line: what was done, and what an insider would leave behind.

use latchkey::desk::report::Period;
use latchkey::domain::Time;
use latchkey::tui::probe::Probe;
use latchkey::words::Language;

use crate::desk_rehearsal::{Rehearsal, noon};

/// One honest grant; and three of one agent to one claimant, seconds apart, with no code and no look.
fn world() -> Rehearsal {
    let world = Rehearsal::new();
    let token = world.granted("C-1");
    let mut desk = world.desk("anna");
    desk.redeem(&token).unwrap();
    for (n, reference) in ["D-1", "D-2", "D-3"].into_iter().enumerate() {
        world.case(
            reference,
            &[
                ("request", "unbind"),
                ("claimant_email", "Friend@Post.example"),
                ("access", "none"),
                ("imei", &format!("86753090000{:04}", n + 100)),
            ],
        );
    }
    let conn = rusqlite::Connection::open(world.folder().join("desk.db")).unwrap();
    conn.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    for (n, at) in [(2, 0), (3, 1), (4, 30)] {
        conn.execute(
            "INSERT INTO authorization (jti, ticket, decision, op, sub, aud, issued_by, issued_at, expires_at, token)
             VALUES ($1, $2, $3, 'unbind', 'device:imei:1', 'any', 'boris', $4, $5, 'x')",
            rusqlite::params![format!("j{n}"), n, 100 + n, noon().0 + 3600 + at, noon().0 + 99_999],
        )
        .unwrap();
    }
    desk.lookup("867530900000017", false).unwrap();
    desk.lookup("nobody@nowhere.example", true).unwrap();
    world
}

fn screen(world: &Rehearsal, width: u16, height: u16) -> Probe {
    let mut probe = Probe::new(world.desk_at("anna", Time(noon().0 + 7200)), width, height, true).unwrap();
    probe.key("f7");
    probe
}

#[test]
fn the_parts_of_a_report_at_every_size() {
    let world = world();
    for (width, height) in [(80, 24), (120, 40), (60, 15)] {
        let mut probe = screen(&world, width, height);
        for part in ["work", "decisions", "insider"] {
            insta::assert_snapshot!(format!("report_{part}_{width}x{height}"), probe.text());
            probe.key("tab");
        }
    }
    let mut probe = screen(&world, 80, 24).speaking(Language::Russian);
    insta::assert_snapshot!("report_work_russian", probe.text());
    probe.key("shift+tab");
    insta::assert_snapshot!("report_insider_russian", probe.text());
}

#[test]
fn what_an_insider_leaves_behind_is_counted() {
    let world = world();
    let mut desk = world.desk("clara");
    let period = Period::last_days(desk.now(), &desk.config.calendar.clone(), 30);
    let report = desk.report(period, &mut |_, _| true).unwrap();
    let of = |name: &str| report.insider.agents.iter().find(|a| a.agent == name).unwrap();
    let (boris, anna) = (of("boris"), of("anna"));
    assert_eq!((boris.grants, boris.without_code, boris.without_look, boris.without_both), (3, 3, 3, 3));
    assert_eq!((boris.gaps, boris.least_gap, boris.hours[10]), ([1, 0, 1, 0], Some(1), 3));
    assert_eq!((anna.grants, anna.without_code, anna.without_look), (1, 0, 0));
    assert_eq!((anna.lookups, anna.revealed, anna.without_ticket), (2, 1, 1));
    let close: Vec<_> = report.insider.close.iter().map(|c| (c.seconds, c.first, c.second)).collect();
    assert_eq!(close, [(1, 2, 3), (29, 3, 4)]);
    let pairs: Vec<_> =
        report.insider.pairs.iter().map(|p| (p.claimant.as_str(), p.tickets.clone())).collect();
    assert_eq!(pairs, [("F***@P***", vec![2, 3, 4])]);
    assert_eq!((report.decisions, report.overrides, report.open), (1, 0, 3));
    assert_eq!(report.days.len(), 30);
    let today = report.days.last().unwrap();
    assert_eq!((today.arrived, today.closed), (4, 1));
    // Nothing of it is outside the time.
    let before = Period { from: Time(0), to: period.from };
    let report = desk.report(before, &mut |_, _| true).unwrap();
    assert_eq!((report.decisions, report.insider.agents.len()), (0, 0));
}

#[test]
fn a_line_of_the_insider_view_leads_to_its_ticket() {
    let world = world();
    let mut probe = screen(&world, 80, 40);
    probe.keys(&["tab", "tab", "enter"]);
    assert!(probe.text().contains("D-2"), "{}", probe.text());
    probe.keys(&["esc", "+", "+"]);
    assert!(probe.text().contains("last 365 days"), "{}", probe.text());
}
