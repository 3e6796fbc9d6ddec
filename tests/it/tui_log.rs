//! The log on the screen: newest first, filtered, on to its tickets; and whether it holds.

use latchkey::tui::probe::Probe;
use latchkey::words::Language;

use crate::desk_rehearsal::Rehearsal;

fn world() -> Rehearsal {
    let world = Rehearsal::new();
    world.granted("C-1");
    world.desk("anna").lookup("867530900000017", true).unwrap();
    world
}

fn screen(world: &Rehearsal, width: u16, height: u16) -> Probe {
    let mut probe = Probe::new(world.desk("boris"), width, height, true).unwrap();
    probe.key("f8");
    probe
}

#[test]
fn the_log_at_every_size() {
    let world = world();
    for (width, height) in [(80, 24), (120, 40), (60, 15)] {
        insta::assert_snapshot!(format!("log_{width}x{height}"), screen(&world, width, height).text());
    }
    let probe = screen(&world, 80, 24).speaking(Language::Russian);
    insta::assert_snapshot!("log_russian", probe.text());
}

#[test]
fn the_filter_narrows_at_once_and_enter_searches_the_whole_log() {
    let world = world();
    let mut probe = screen(&world, 100, 24);
    probe.keys(&["/"]);
    probe.type_text("anna #1 decision");
    let shown = probe.text();
    assert!(shown.contains("decided approve") && !shown.contains("looked up"), "{shown}");
    probe.key("enter");
    let shown = probe.text();
    assert!(shown.contains("1/1") && shown.contains("decided approve"), "{shown}");
    probe.key("enter");
    assert!(probe.text().contains("C-1") && !probe.text().contains("› Log"), "{}", probe.text());
    probe.keys(&["esc", "x"]);
    assert!(probe.text().contains("looked up in full"), "{}", probe.text());
    // A hash is nothing to be found by chance.
    probe.keys(&["/"]);
    probe.type_text("prev");
    assert!(probe.text().contains("No leaf has these words"), "{}", probe.text());
}

#[test]
fn a_log_that_was_edited_is_named_by_its_leaf() {
    let world = world();
    let mut probe = screen(&world, 100, 24);
    assert!(probe.text().contains("not verified"), "{}", probe.text());
    probe.key("v");
    assert!(probe.text().contains("✓ the log holds"), "{}", probe.text());
    world.tamper("desk.db", "UPDATE leaf SET line = replace(line, 'approve', 'refuse') WHERE seq = 13");
    probe.key("v");
    let text = probe.text();
    assert!(text.contains("✗ THE LOG DOES NOT HOLD #13"), "{text}");
}
