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
    let mut small = screen(&world, 60, 15);
    small.key("f11");
    insta::assert_snapshot!("grants_60x15", small.text());
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

/// As many authorizations as no screen holds at once; every third was redeemed.
fn many(world: &Rehearsal, n: u32) {
    let path = world.folder().join("desk.db");
    let conn = rusqlite::Connection::open(path).unwrap();
    let given = "SELECT id FROM ticket LIMIT 1";
    conn.execute_batch(&format!(
        "PRAGMA foreign_keys = OFF;
         WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {n})
         INSERT INTO authorization (jti, ticket, decision, op, sub, aud, issued_by, issued_at, expires_at, token,
           redeemed_at, redeemed_by)
         SELECT printf('many-%06d', n), ({given}), 1000 + n, 'unbind', printf('device:imei:%015d', n), 'any', 'anna',
           1700000000 + n, 1999999999, 'x', iif(n % 3 = 0, 1700000000 + n, NULL), iif(n % 3 = 0, 'anna', NULL) FROM n;"
    ))
    .unwrap();
}

#[test]
fn the_list_turns_its_pages_however_many_there_are() {
    let world = world();
    many(&world, 9_000);
    let mut probe = screen(&world, 80, 24);
    probe.key("f11");
    assert!(
        probe.text().contains(" out 6001 ") && probe.text().contains(" redeemed 3000 "),
        "{}",
        probe.text()
    );
    probe.key("end");
    assert!(probe.text().contains("6001/6001") && probe.text().contains("imei …001"), "{}", probe.text());
    probe.keys(&["home", "pgdn", "pgdn", "pgdn", "pgdn", "pgdn", "pgdn", "pgdn", "pgdn", "pgdn", "down"]);
    let text = probe.text();
    assert!(!text.contains(" 1/6001"), "{text}");
    // A filter finds what lies far beyond the page.
    probe.key("/");
    probe.type_text("many-000014");
    probe.key("enter");
    assert!(probe.text().contains(" 1/1 ") && probe.text().contains("imei …014"), "{}", probe.text());
    probe.key("tab");
    assert!(probe.text().contains("redeemed 0"), "{}", probe.text());
}
