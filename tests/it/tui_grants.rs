//! The authorizations of the desk: listed, opened, handed over, withdrawn, used.

use latchkey::domain::{Channel, Time};
use latchkey::tui::probe::Probe;
use latchkey::words::Language;

use crate::desk_rehearsal::{Rehearsal, noon};

/// One authorization revoked, one out.
fn world() -> Rehearsal {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    world.prove("C-1", Channel::Sim);
    let mut desk = world.desk("anna");
    let approve = latchkey::domain::Recommendation::Approve;
    desk.decide("C-1", approve, None, false).unwrap();
    let first = desk.issue("C-1", Some("centre-3"), None).unwrap();
    desk.revoke(&first.jti, "sent to the wrong centre").unwrap();
    desk.decide("C-1", approve, None, false).unwrap();
    desk.issue("C-1", Some("centre-7"), None).unwrap();
    world
}

fn screen(world: &Rehearsal, width: u16, height: u16) -> Probe {
    Probe::new(world.desk("anna"), width, height, true).unwrap()
}

#[test]
fn what_is_out_is_listed_by_where_it_stands() {
    let world = world();
    let mut probe = screen(&world, 80, 24);
    probe.key("f11");
    insta::assert_snapshot!("grants_80x24", probe.text());
    probe.keys(&["tab", "tab"]);
    let text = probe.text();
    assert!(text.contains("✗ revoked") && text.contains("centre-3"), "{text}");
    assert!(text.contains("sent to the wrong centre") && !text.contains("centre-7"), "{text}");
    probe.keys(&["tab", "tab", "/"]);
    probe.type_text("centre-7");
    probe.key("enter");
    let text = probe.text();
    assert!(text.contains("centre-7") && !text.contains("centre-3"), "{text}");
    probe.key("esc");
    assert!(probe.text().contains("centre-3"), "Esc takes the filter off first: {}", probe.text());
    // The life of a token is over after a week.
    probe.tick(Time(noon().0 + 8 * 86_400));
    probe.keys(&["shift+tab"]);
    assert!(probe.text().contains("– expired"), "{}", probe.text());
    let mut wide = screen(&world, 120, 40).speaking(Language::Russian);
    wide.key("f11");
    insta::assert_snapshot!("grants_120x40_russian", wide.text());
    let mut small = screen(&world, 40, 12);
    small.key("f11");
    insta::assert_snapshot!("grants_40x12", small.text());
}

#[test]
fn one_is_opened_copied_printed_and_used_from_the_list() {
    let world = world();
    let mut probe = screen(&world, 120, 40);
    probe.keys(&["f11", "enter"]);
    assert!(probe.text().contains("unbind on device:imei:867530900000017"), "{}", probe.text());
    insta::assert_snapshot!("grant_120x40", hide_token(&probe.text()));
    probe.key("c");
    let token = probe.copied.pop().unwrap();
    assert!(probe.text().contains("cannot be told"), "{}", probe.text());
    let path = world.dir.path().join("page.txt");
    probe.keys(&["p", "ctrl+u"]);
    probe.type_text(path.to_str().unwrap());
    probe.key("enter");
    let page = std::fs::read_to_string(&path).unwrap();
    let joined: String = page.lines().collect();
    assert!(joined.contains(&token), "the token is on the page in pieces:\n{page}");
    assert!(page.contains("REHEARSAL") && page.contains("centre-7") && page.contains('▀'), "{page}");
    probe.key("U");
    probe.type_text("redeem");
    probe.key("ctrl+s");
    let text = probe.text();
    assert!(!text.contains("Token"), "what is used up is no longer in hand: {text}");
    assert!(text.contains("out 0") && text.contains("redeemed 1"), "{text}");
}

#[test]
fn one_is_withdrawn_from_the_list_and_its_ticket_opened() {
    let world = world();
    let mut probe = screen(&world, 80, 24);
    probe.keys(&["f11", "X"]);
    probe.type_text("lost in the mail");
    probe.key("tab");
    probe.type_text("revoke");
    probe.key("ctrl+s");
    assert!(probe.text().contains("revoked 2"), "{}", probe.text());
    probe.keys(&["tab", "tab", "U"]);
    assert!(probe.text().contains("no longer out"), "{}", probe.text());
    probe.key("t");
    assert!(probe.text().contains("C-1  unbind"), "{}", probe.text());
    probe.key("esc");
    assert!(probe.text().contains("revoked 2"), "Esc leads back: {}", probe.text());
}

#[test]
fn the_code_takes_the_whole_window_or_says_what_it_needs() {
    let world = world();
    let mut probe = screen(&world, 80, 24);
    probe.keys(&["f11", "enter", "v"]);
    assert!(probe.text().contains("this window has 80 and 23"), "{}", probe.text());
    probe.resize(140, 70);
    let text = probe.text();
    assert!(text.contains('▀') && text.contains("Esc goes back"), "{text}");
    let before = text;
    probe.key("i");
    assert_ne!(probe.text(), before, "light and dark are swapped");
    probe.keys(&["esc"]);
    assert!(probe.text().contains("Token"), "{}", probe.text());
}

/// The token and its id are drawn at random.
fn hide_token(text: &str) -> String {
    let fits = |line: &&str| {
        let bare: String = line.chars().filter(|c| !" │".contains(*c)).collect();
        bare.len() < 60 && !line.contains("number")
    };
    text.lines().filter(fits).collect::<Vec<_>>().join("\n")
}
