//! Lookup on the screen: from anywhere, in any form, on from each finding, masked until it is revealed.

use latchkey::desk::show::Privacy;
use latchkey::domain::Time;
use latchkey::tui::probe::Probe;

use crate::desk_rehearsal::{Rehearsal, noon};

fn world() -> Rehearsal {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    world.case(
        "C-2",
        &[
            ("request", "password-reset"),
            ("claimant_name", "Ольга Смирнова"),
            ("claimant_phone", "+79165550011"),
            ("access", "none"),
            ("account_id", "2000000001"),
        ],
    );
    world
}

fn screen(world: &Rehearsal, width: u16, height: u16) -> Probe {
    Probe::new(world.desk("anna"), width, height, true).unwrap()
}

fn looked_up(world: &Rehearsal, text: &str) -> Probe {
    let mut probe = screen(world, 80, 40);
    probe.key("f2");
    probe.paste(text);
    probe
}

#[test]
fn lookup_at_three_sizes() {
    let world = world();
    for (width, height) in [(80, 24), (120, 40), (60, 15)] {
        let mut probe = screen(&world, width, height);
        probe.key("f2");
        probe.type_text("86753090 000001 7");
        probe.key("enter");
        insta::assert_snapshot!(format!("lookup_{width}x{height}"), probe.text());
    }
    let mut probe = screen(&world, 80, 24).speaking(latchkey::words::Language::Russian);
    probe.key("f2");
    probe.paste("867530900000017");
    insta::assert_snapshot!("lookup_russian", probe.text());
    let mut probe = screen(&world, 80, 24);
    probe.key("f2");
    insta::assert_snapshot!("lookup_empty", probe.text());
    probe.keys(&["esc", "ctrl+g"]);
    insta::assert_snapshot!("go_to", probe.text());
}

#[test]
fn anything_that_names_a_case_finds_it() {
    let world = world();
    for text in [
        "867530900000017",
        " 86-753090-000001-7\n",
        "11111/a1",
        "8970101000000000004",
        "+7 916 000-00-01",
        "OWNER@mail.example",
        "2000000001",
        "DN-0000001",
        "C-1",
        "#1",
        "1",
    ] {
        let probe = looked_up(&world, text);
        let shown = probe.text();
        assert!(shown.contains("C-1"), "{text}: {shown}");
        assert!(!shown.contains("867530900000017"), "{text} is shown in full: {shown}");
    }
}

#[test]
fn an_authorization_leads_to_its_ticket() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    world.prove("C-1", latchkey::domain::Channel::Sim);
    let mut desk = world.desk("anna");
    desk.decide("C-1", latchkey::domain::Recommendation::Approve, None, false).unwrap();
    let jti = desk.issue("C-1", None, None).unwrap().jti;
    let shown = looked_up(&world, &jti).text();
    assert!(shown.contains("authorization, ticket") && shown.contains("C-1"), "{shown}");
}

#[test]
fn from_a_device_to_its_account_to_the_ticket_and_back() {
    let world = world();
    let mut probe = looked_up(&world, "867530900000017");
    // The binding comes first.
    probe.key("enter");
    assert!(probe.text().contains("account · "), "{}", probe.text());
    assert!(!probe.text().contains("2000000001"), "{}", probe.text());
    probe.keys(&["end", "enter"]);
    let ticket = probe.text();
    assert!(ticket.contains("unbind") && !ticket.contains("› Lookup"), "{ticket}");
    probe.key("esc");
    assert!(probe.text().contains("› Lookup"), "{}", probe.text());
    probe.key("backspace");
    assert!(probe.text().contains("IMEI · "), "{}", probe.text());
    probe.key("esc");
    assert!(!probe.text().contains("› Lookup"), "{}", probe.text());
}

#[test]
fn what_is_revealed_is_masked_again_and_both_are_logged() {
    let world = world();
    let mut probe = looked_up(&world, "2000000001");
    assert!(!probe.text().contains("owner@mail.example"), "{}", probe.text());
    probe.key("R");
    assert!(probe.text().contains("owner@mail.example"), "{}", probe.text());
    probe.tick(Time(noon().0 + 61));
    assert!(!probe.text().contains("owner@mail.example"), "{}", probe.text());
    let leaves = world.desk("clara").log_lines(10).unwrap();
    for kind in ["lookup.read", "lookup.revealed"] {
        assert!(leaves.iter().any(|(_, leaf)| leaf.contains(kind)), "{kind}: {leaves:?}");
    }
}

#[test]
fn lookup_is_at_hand_in_a_ticket_and_in_a_form() {
    let world = world();
    let mut probe = screen(&world, 80, 24);
    probe.keys(&["enter", "n"]);
    probe.type_text("half a note");
    probe.key("f2");
    assert!(probe.text().contains("› Lookup"), "{}", probe.text());
    probe.keys(&["esc", "n"]);
    assert!(probe.text().contains("half a note"), "{}", probe.text());
    assert!(world.desk("anna").show("C-1", Privacy::Work).is_ok());
}

#[test]
fn a_damaged_imei_offers_its_neighbour() {
    let world = world();
    let mut probe = looked_up(&world, "867530900000018");
    let shown = probe.text();
    assert!(shown.contains("damaged") && shown.contains("near it"), "{shown}");
    probe.key("enter");
    assert!(probe.text().contains("Orbit 11"), "{}", probe.text());
}

#[test]
fn what_a_ticket_shares_and_the_way_to_another() {
    let world = world();
    for (reference, sim) in [("C-3", "+79160000001"), ("C-4", "+79165550011")] {
        let columns = [("request", "unbind"), ("claimant_phone", "+79160009999"), ("sim_msisdn", sim)];
        world.case(reference, &columns);
    }
    for (width, height) in [(80, 24), (120, 40), (40, 12)] {
        let mut probe = screen(&world, width, height);
        probe.keys(&["end", "enter", "="]);
        insta::assert_snapshot!(format!("links_{width}x{height}"), probe.text());
        // Back to the ticket, as with any screen that was called.
        probe.key("esc");
        assert!(!probe.text().contains("Lookup"), "{}", probe.text());
    }
    for (name, text) in [("way", "C-1 C-2"), ("way_none", "1 C-77")] {
        insta::assert_snapshot!(format!("links_{name}"), looked_up(&world, text).text());
    }
    let mut probe = screen(&world, 80, 24).speaking(latchkey::words::Language::Russian);
    probe.keys(&["f2"]);
    probe.paste("C-1 C-2");
    insta::assert_snapshot!("links_russian", probe.text());
}
