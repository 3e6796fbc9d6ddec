//! Looking for any ticket from the queue: closed ones too, as one types.

use latchkey::tui::probe::Probe;
use latchkey::words::Language;

use crate::desk_rehearsal::{Rehearsal, noon};

/// Six open tickets and three that were closed.
fn nine() -> Rehearsal {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    (1..=8).for_each(|n| world.stranger(n));
    for (name, word) in [("C-1", "withdrawn"), ("A-03", "refused"), ("A-06", "guided")] {
        world.desk("anna").close(name, word).unwrap();
    }
    world.desk("anna").note("A-03", "Перезвонил: чек у жены").unwrap();
    world
}

fn screen(world: &Rehearsal, width: u16, height: u16) -> Probe {
    Probe::new(world.desk("anna"), width, height, true).unwrap()
}

fn searches(world: &Rehearsal) -> i64 {
    let db = rusqlite::Connection::open(world.folder().join("desk.db")).unwrap();
    db.query_row("SELECT count(*) FROM leaf WHERE line LIKE '%search.read%'", [], |row| row.get(0)).unwrap()
}

#[test]
fn one_key_widens_the_filter_to_every_ticket_and_back() {
    let world = nine();
    let mut probe = screen(&world, 80, 24);
    probe.key("/");
    probe.type_text("0017");
    assert!(probe.text().contains("Tab while typing"), "{}", probe.text());
    probe.key("tab");
    let text = probe.text();
    assert!(text.contains("C-1") && text.contains("withdrawn") && !text.contains("A-01"), "{text}");
    insta::assert_snapshot!("everywhere_80x24", text);
    probe.key("tab");
    assert!(!probe.text().contains("C-1 "), "{}", probe.text());
    probe.keys(&["tab", "enter", "enter"]);
    assert!(probe.text().contains("867530") || probe.text().contains("0017"), "{}", probe.text());
    probe.keys(&["esc", "esc"]);
    assert!(probe.text().contains("A-01") && !probe.text().contains("C-1 "), "{}", probe.text());
}

#[test]
fn every_ticket_is_listed_the_newest_first_and_found_letter_by_letter() {
    let world = nine();
    let mut probe = screen(&world, 120, 40);
    probe.key("9");
    insta::assert_snapshot!("everywhere_120x40", probe.text());
    probe.key("s");
    assert!(probe.text().contains("newest come first"), "{}", probe.text());
    probe.key("/");
    for (letters, found) in [("ч", 1), ("ек", 1), (" жен", 1), ("щ", 0)] {
        probe.type_text(letters);
        let text = probe.text();
        assert_eq!(
            text.lines().filter(|line| line.contains("A-0")).count().min(1),
            found,
            "{letters}\n{text}"
        );
    }
    assert!(probe.text().contains("open or closed"), "{}", probe.text());
    probe.key("backspace");
    assert!(probe.text().contains("A-03"), "{}", probe.text());
    // A view is one key away, and what was typed stays.
    probe.keys(&["enter", "8"]);
    assert!(!probe.text().contains("A-03"), "{}", probe.text());
    let mut narrow = screen(&world, 60, 15);
    narrow.key("9");
    insta::assert_snapshot!("everywhere_60x15", narrow.text());
    let mut russian = screen(&world, 80, 24).speaking(Language::Russian);
    russian.keys(&["9", "/"]);
    russian.type_text("пет");
    insta::assert_snapshot!("everywhere_russian", russian.text());
}

#[test]
fn a_search_is_logged_once_it_rests_or_is_left_and_not_letter_by_letter() {
    let world = nine();
    let mut probe = screen(&world, 80, 24);
    probe.keys(&["9", "/"]);
    probe.type_text("post");
    assert_eq!(searches(&world), 0);
    (0..6).for_each(|_| probe.tick(noon()));
    assert_eq!(searches(&world), 1);
    (0..6).for_each(|_| probe.tick(noon()));
    probe.key("esc");
    assert_eq!(searches(&world), 1, "once for the same words");
    probe.keys(&["9", "/"]);
    probe.type_text("some");
    probe.key("esc");
    assert_eq!(searches(&world), 2, "what was seen and left is logged too");
    probe.key("/");
    probe.type_text("some");
    (0..6).for_each(|_| probe.tick(noon()));
    assert_eq!(searches(&world), 2, "the queue is the agent's own work");
}

#[test]
fn what_happens_meanwhile_is_seen_and_the_search_is_kept_under_a_name() {
    let world = nine();
    let mut probe = screen(&world, 80, 24);
    probe.keys(&["9", "/"]);
    probe.type_text("state:closed a-");
    assert!(probe.text().contains("1/2"), "{}", probe.text());
    world.desk("anna").close("A-01", "withdrawn").unwrap();
    probe.keys(&["enter", "f5"]);
    assert!(probe.text().contains("1/3"), "{}", probe.text());
    probe.key("*");
    probe.type_text("closed");
    probe.key("ctrl+s");
    probe.key("8");
    assert!(!probe.text().contains("A-03"), "{}", probe.text());
    let mut again = screen(&world, 80, 24);
    again.key("shift+tab");
    assert!(again.text().contains("*closed"), "{}", again.text());
}
