//! Working the list: marks and acts on many, columns and searches that are kept, the approver's pane.

use latchkey::desk::show::Privacy;
use latchkey::domain::{Recommendation, Time};
use latchkey::tui::probe::Probe;
use latchkey::words::Language;

use crate::desk_rehearsal::{Rehearsal, noon};

fn screen(world: &Rehearsal, agent: &str) -> Probe {
    Probe::new(world.desk(agent), 80, 24, true).unwrap()
}

/// A desk with four cases, of which Boris holds one.
fn four() -> Rehearsal {
    let world = Rehearsal::new();
    (1..=4).for_each(|n| world.stranger(n));
    world.desk("boris").take("A-03", None).unwrap();
    world
}

/// A decision that waits for Boris: an override with a reason.
fn decided() -> Rehearsal {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    let mut anna = world.desk("anna");
    anna.decide("C-1", Recommendation::ApproveSecond, Some("the police vouches"), true).unwrap();
    world
}

fn tick(probe: &mut Probe, now: Time) {
    (0..2).for_each(|_| probe.tick(now));
}

#[test]
fn one_act_on_many_tickets_tells_what_came_of_each() {
    let world = four();
    let mut probe = screen(&world, "anna");
    probe.keys(&["space", "space", "space", "space"]);
    assert!(probe.text().contains("● 4 marked"), "{}", probe.text());
    insta::assert_snapshot!("queue_marked_80x24", probe.text());
    probe.key("w");
    insta::assert_snapshot!("queue_bulk_form_80x24", probe.text());
    probe.key("ctrl+s");
    insta::assert_snapshot!("queue_results_80x24", probe.text());
    for (name, expected) in [("A-01", "waiting"), ("A-02", "waiting"), ("A-03", "open"), ("A-04", "waiting")]
    {
        assert_eq!(world.state(name), expected, "{name}");
    }
    // It stays until it is closed, and what failed stays marked.
    tick(&mut probe, noon());
    assert!(probe.text().contains("3 of 4 done"), "{}", probe.text());
    probe.key("esc");
    assert!(probe.text().contains("● 1 marked"), "{}", probe.text());
    probe.key("B");
    assert!(probe.text().contains("3 of 4 done"), "{}", probe.text());
    probe.keys(&["esc", "t"]);
    probe.type_text("he went home");
    probe.key("ctrl+s");
    assert!(probe.text().contains("1 of 1 done"), "{}", probe.text());
    probe.keys(&["esc", "esc"]);
    assert!(!probe.text().contains("marked"), "{}", probe.text());
}

#[test]
fn ranges_and_everything_can_be_marked_and_single_acts_say_so() {
    let world = Rehearsal::new();
    (1..=30).for_each(|n| world.stranger(n));
    let mut probe = screen(&world, "anna");
    for (keys, marked) in [
        (&["space", "down", "down", "V"][..], "● 4 marked"),
        (&["ctrl+a"], "● 30 marked"),
        (&["ctrl+a"], "Enter open"),
        (&["ctrl+a", "esc"], "Enter open"),
    ] {
        probe.keys(keys);
        assert!(probe.text().contains(marked), "{keys:?}: {}", probe.text());
    }
    probe.keys(&["space", "e"]);
    assert!(probe.text().contains("one ticket at a time"), "{}", probe.text());
    probe.keys(&["ctrl+a", "d", "ctrl+s"]);
    assert!(probe.text().contains("decide: 30 of 30 done"), "{}", probe.text());
    probe.keys(&["esc", "4"]);
    assert!(probe.text().contains("Wait 30"), "{}", probe.text());
}

#[test]
fn columns_are_chosen_ordered_and_there_again() {
    let world = four();
    let mut probe = screen(&world, "anna");
    probe.keys(&["|"]);
    insta::assert_snapshot!("queue_columns_80x24", probe.text());
    // No request; the due time first.
    probe.keys(&["down", "down", "space", "end", "up", "up", "up", "left", "left", "left"]);
    probe.key("esc");
    tick(&mut probe, noon());
    let titles = probe.text().lines().nth(2).unwrap().to_owned();
    assert!(!titles.contains("request"), "{titles}");
    let again = screen(&world, "anna");
    assert_eq!(again.text().lines().nth(2).unwrap(), titles);
    assert!(screen(&world, "boris").text().contains("request"), "columns are each agent's own");
}

#[test]
fn where_one_was_and_searches_with_a_name_are_there_again() {
    let world = four();
    let mut probe = screen(&world, "anna");
    probe.keys(&["8", "/"]);
    probe.type_text("by:boris");
    probe.keys(&["enter", "*"]);
    probe.type_text("with Boris");
    probe.keys(&["enter", "down", "ctrl+s"]);
    assert!(probe.text().contains("*with Boris 1"), "{}", probe.text());
    tick(&mut probe, noon());
    let mut again = screen(&world, "anna");
    assert!(again.text().contains("/by:boris") && again.text().contains("A-03"), "{}", again.text());
    again.keys(&["esc", "2"]);
    assert!(again.text().contains("Decide 4"), "{}", again.text());
    again.key("shift+tab");
    again.key("shift+tab");
    assert!(again.text().contains("/by:boris"), "the tab behind the last view: {}", again.text());
    let boris = screen(&world, "boris");
    assert!(boris.text().contains("*with"), "it is everybody's: {}", boris.text());
    again.key("-");
    assert!(again.text().contains("with Boris is forgotten"), "{}", again.text());
}

#[test]
fn the_approver_sees_what_is_to_be_known_and_sends_it_back() {
    let world = decided();
    world.desk("clara").note("C-1", "he called again, very angry").unwrap();
    for (name, width, height, language) in [
        ("approver_80x24", 80, 24, Language::English),
        ("approver_120x40", 120, 40, Language::English),
        ("approver_80x24_ru", 80, 24, Language::Russian),
        ("approver_60x15", 60, 15, Language::English),
    ] {
        let probe = Probe::new(world.desk("boris"), width, height, true).unwrap().speaking(language);
        insta::assert_snapshot!(name, probe.text());
    }
    let mut boris = screen(&world, "boris");
    boris.resize(80, 18);
    let mut seen = boris.text();
    assert!(seen.contains("J shows"), "{seen}");
    for _ in 0..8 {
        boris.key("J");
        seen.push_str(&boris.text());
    }
    for part in ["anna decided", "very angry", "would do"] {
        assert!(seen.contains(part), "{part}:\n{seen}");
    }
    boris.key("J");
    assert!(boris.text().contains("All of it is shown.") || !boris.text().contains("J shows"));
    boris.keys(&["K", "K", "K", "K", "K"]);
    boris.resize(80, 24);
    boris.keys(&["b", "ctrl+s"]);
    assert!(boris.text().contains("Reason is needed."), "{}", boris.text());
    boris.type_text("ask for the receipt first");
    boris.key("ctrl+s");
    let shown = world.desk("anna").show("C-1", Privacy::Work).unwrap();
    assert_eq!(shown["state"], "open", "{}", boris.text());
    let notes = shown["notes"].as_array().unwrap();
    assert_eq!(notes.last().unwrap()["text"], "ask for the receipt first");
    let acts: Vec<&str> =
        shown["history"].as_array().unwrap().iter().filter_map(|leaf| leaf["act"].as_str()).collect();
    assert!(acts.contains(&"decision.sent_back") && acts.contains(&"decision.cancelled"), "{acts:?}");
}

#[test]
fn only_an_approver_who_did_not_decide_sends_back() {
    let world = decided();
    assert!(world.desk("anna").send_back("C-1", "no").is_err(), "anna is no approver");
    assert!(world.desk("boris").send_back("C-1", " ").is_err(), "a reason is needed");
    world.desk("boris").send_back("C-1", "no").unwrap();
    assert!(world.desk("boris").send_back("C-1", "no").is_err(), "nothing stands any more");
}

#[test]
fn a_merge_is_seen_before_it_is_done_and_rivals_are_only_looked_at() {
    let world = Rehearsal::new();
    let twin = |reference: &str, more: &[(&str, &str)]| {
        let same = [("request", "unbind"), ("access", "none"), ("imei", "867530900000017")];
        world.case(reference, &[&same[..], more].concat());
    };
    twin(
        "C-1",
        &[("claimant_email", "claimant@post.example"), ("model", "Orbit 11"), ("receipt_no", "DN-0000001")],
    );
    let sim = [("sim_msisdn", "+79160000001"), ("sim_iccid", "8970101000000000004")];
    let also =
        [("claimant_email", "claimant@post.example"), ("model", "Orbit Pad"), ("claimant_name", "Пётр")];
    twin("C-2", &[&also[..], &sim[..]].concat());
    twin("C-3", &[("claimant_email", "stranger@post.example")]);
    let mut probe = Probe::new(world.desk("anna"), 80, 24, true).unwrap();
    probe.keys(&["s", "s", "s", "home", "m", "ctrl+s"]);
    insta::assert_snapshot!("merge_80x24", probe.text());
    // To look leaves both as they are.
    probe.key("esc");
    assert_eq!((world.state("C-1"), world.state("C-2")), ("open".into(), "open".into()));
    // A rival is shown, and cannot be merged.
    probe.keys(&["m", "down", "ctrl+s"]);
    insta::assert_snapshot!("merge_rivals_80x24", probe.text());
    probe.keys(&["y", "esc"]);
    assert_eq!(world.state("C-3"), "open");
    // What the rules allow instead is a key away.
    probe.keys(&["m", "down", "ctrl+s", "C"]);
    assert!(probe.text().contains("Clearing a check takes an approver."), "{}", probe.text());
    probe.keys(&["m", "down", "ctrl+s", "o"]);
    assert!(probe.text().contains("C-3 "), "{}", probe.text());
    probe.key("esc");
    probe.keys(&["m", "ctrl+s", "y"]);
    assert_eq!(world.state("C-2"), "closed", "{}", probe.text());
    let merged = world.desk("anna").show("C-1", Privacy::Work).unwrap();
    assert_eq!(merged["claimed"]["model"], "Orbit 11");
    assert_eq!(merged["claimed"]["claimant_name"], "Пётр");
    assert_eq!(merged["evidence"].as_array().unwrap().len(), 2);
}
