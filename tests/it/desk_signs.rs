//! Rings and insiders: told in the report, on the ticket and to the approver, and deciding nothing.

use latchkey::desk::import::ImportOptions;
use latchkey::desk::report::Period;
use latchkey::desk::show::Privacy;
use latchkey::domain::{Channel, Recommendation};
use latchkey::tui::probe::Probe;
use serde_json::{Value, json};

use crate::desk_rehearsal::Rehearsal;

/// Four claims of one claimant for devices with numbers in a row, with receipts in a row and one text; and a stranger.
fn ring() -> Rehearsal {
    let world = Rehearsal::new();
    let mut rows =
        "reference,request,received_at,claimant_email,imei,receipt_retailer,receipt_no,note".to_owned();
    for n in 0..4 {
        let text =
            format!("Good day. I bought this telephone in shop {n} and it asks for somebody's account.");
        rows += &format!(
            "\nR-{n},unbind,2026-11-20T0{n}:00:00Z,shop@post.example,8675309001000{n},DNS,DN-100{},{text}",
            n * 3
        );
    }
    rows += "\nS-1,unbind,2026-11-20T06:00:00Z,other@post.example,86753090010003,Kupi,K-1,My own phone\n";
    let path = world.path().join("ring.csv");
    std::fs::write(&path, rows).unwrap();
    let done = world.desk("anna").import_cases(&path, &ImportOptions::default(), &mut |_| true).unwrap();
    assert_eq!((done.rows, done.rejected), (5, 0));
    world
}

fn signs(shown: &Value) -> Vec<(String, i64)> {
    let signs = shown["signs"].as_array().unwrap().iter();
    signs.map(|s| (s["kind"].as_str().unwrap().to_owned(), s["count"].as_i64().unwrap())).collect()
}

fn shown(world: &Rehearsal, reference: &str) -> Value {
    world.desk("anna").show(reference, Privacy::Work).unwrap()
}

#[test]
fn claims_in_a_row_are_named_on_each_ticket_and_in_the_report() {
    let world = ring();
    let ticket = shown(&world, "R-2");
    let expected = [("near-imeis", 4), ("near-receipts", 4), ("same-text", 4)];
    assert_eq!(signs(&ticket), expected.map(|(kind, n)| (kind.to_owned(), n)));
    assert_eq!(ticket["signs"][0]["tickets"], json!([1, 2, 3, 4]));
    assert_eq!(ticket["signs"][0]["claimant"], "s***@p***");
    assert!(signs(&shown(&world, "S-1")).is_empty());
    let mut desk = world.desk("clara");
    let period = Period::last_days(desk.now(), &desk.config.calendar.clone(), 30);
    let report = desk.report(period, &mut |_, _| true).unwrap();
    let found: Vec<_> = report.signs.iter().map(|s| (s.kind.as_str(), s.count)).collect();
    assert_eq!(found, expected);
    assert!(report.every_ticket);
    let long_ago = Period { from: latchkey::domain::Time(0), to: period.from };
    assert!(desk.report(long_ago, &mut |_, _| true).unwrap().signs.is_empty());
}

/// A desk says itself from where on; and a sign moves no recommendation.
#[test]
fn thresholds_are_the_policy_s_and_a_sign_refuses_nobody() {
    let world = ring();
    let before = shown(&world, "R-2");
    let policy = latchkey::judgement::DEFAULT_POLICY
        .replace("near_imeis = 3 ", "near_imeis = 5 ")
        .replace("near_receipt_gap = 20 ", "near_receipt_gap = 2 ")
        .replace("same_text = 4 ", "same_text = 9 ")
        .replace("burst = 10 ", "burst = 3 ")
        .replace("burst_hours = 1 ", "burst_hours = 3 ");
    std::fs::write(world.folder().join("policy.toml"), policy).unwrap();
    let after = shown(&world, "R-2");
    assert_eq!(signs(&after), [("burst".to_owned(), 3)]);
    for part in ["recommendation", "because", "also", "cautions", "proofs"] {
        assert_eq!(before[part], after[part], "{part}");
    }
}

/// Two grants of anna to one claimant, one right after the other: boris and the report are told. They are written by
/// hand, so that nobody works on the tickets after it; `before` is done before.
fn granted_twice(before: impl FnOnce(&Rehearsal)) -> Rehearsal {
    let world = Rehearsal::new();
    for (reference, imei) in [("G-1", "867530900000017"), ("G-2", "867530900000025")] {
        world.case(
            reference,
            &[
                ("request", "unbind"),
                ("claimant_email", "friend@post.example"),
                ("access", "none"),
                ("imei", imei),
                ("account_id", "2000000001"),
            ],
        );
    }
    before(&world);
    world.tamper(
        "desk.db",
        "INSERT INTO decision (ticket, word, override, by, at, jti, jws, snapshot)
         SELECT id, 'approve-second', 0, 'anna', 1795165200 + id, 'j' || id, 'x', '{}' FROM ticket",
    );
    world
}

#[test]
fn how_the_deciding_agent_works_is_told_to_the_second_person() {
    let world = granted_twice(|_| {});
    let ticket = shown(&world, "G-2");
    let found = signs(&ticket);
    assert_eq!(
        found,
        [("grants-apart", 2), ("blind-grants", 1), ("grants-to-one", 2)]
            .map(|(kind, n)| (kind.to_owned(), n))
    );
    assert_eq!((&ticket["signs"][0]["seconds"], &ticket["signs"][0]["agent"]), (&json!(1), &json!("anna")));
    assert_eq!(ticket["signs"][0]["reason"], "anna granted two within 1 s.");
    // A code read back is not blind.
    let world = granted_twice(|world| world.prove("G-1", Channel::Contact));
    assert!(!signs(&shown(&world, "G-1")).iter().any(|(kind, _)| kind == "blind-grants"));
}

#[test]
fn the_screens_tell_what_is_worth_a_look() {
    let world = ring();
    for (name, width, height) in [("80x24", 80, 24), ("120x40", 120, 40)] {
        let mut probe = Probe::new(world.desk("anna"), width, height, true).unwrap();
        probe.key("enter");
        insta::assert_snapshot!(format!("signs_ticket_{name}"), probe.text());
        let mut probe = Probe::new(world.desk("clara"), width, height, true).unwrap();
        probe.keys(&["f7", "tab", "tab"]);
        insta::assert_snapshot!(format!("signs_report_{name}"), probe.text());
    }
    let mut probe = Probe::new(world.desk("anna"), 80, 24, true).unwrap();
    probe = probe.speaking(latchkey::words::Language::Russian);
    probe.key("enter");
    insta::assert_snapshot!("signs_ticket_russian", probe.text());
}

#[test]
fn an_honest_claim_has_no_signs() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    world.prove("C-1", Channel::Sim);
    world.desk("anna").decide("C-1", Recommendation::Approve, None, false).unwrap();
    assert!(signs(&shown(&world, "C-1")).is_empty());
}
