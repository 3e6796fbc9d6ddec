//! Undo on the screen: `u` takes back what was done last, and says what that was, or why it cannot be.

use latchkey::desk::show::Privacy;
use latchkey::tui::probe::Probe;
use latchkey::words::Language;

use crate::desk_rehearsal::Rehearsal;

fn three() -> (Rehearsal, Probe) {
    let world = Rehearsal::new();
    (1..=3).for_each(|n| world.stranger(n));
    let probe = Probe::new(world.desk("anna"), 80, 24, true).unwrap();
    (world, probe)
}

fn seen(world: &Rehearsal, name: &str, key: &str) -> String {
    world.desk("clara").show(name, Privacy::Work).unwrap()[key].to_string()
}

#[track_caller]
fn says(probe: &Probe, text: &str) {
    assert!(probe.text().contains(text), "no “{text}” in\n{}", probe.text());
}

#[test]
fn what_was_done_last_is_taken_back_first() {
    let (world, mut probe) = three();
    probe.key("u");
    says(&probe, "Nothing of this session is left to undo.");
    probe.key("t");
    says(&probe, "A-01 is yours.");
    probe.key("n");
    probe.type_text("he called");
    probe.key("ctrl+s");
    probe.keys(&["/", "i", "l", "enter", "s"]);
    for (key, said) in [
        ("u", "The list is filtered and sorted as before."),
        ("u", "The list is filtered and sorted as before."),
        ("u", "A-01: the note is taken back."),
        ("u", "A-01 is back in the queue."),
        ("u", "Nothing of this session is left to undo."),
    ] {
        probe.key(key);
        says(&probe, said);
    }
    assert_eq!(seen(&world, "A-01", "notes"), "[]");
    assert_eq!(seen(&world, "A-01", "assignee"), "null");
}

#[test]
fn a_decision_is_asked_about_and_what_is_final_says_why() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    let mut probe = Probe::new(world.desk("anna"), 80, 24, true).unwrap();
    probe.keys(&["enter", "d"]);
    probe.keys(&["down", "down", "tab"]);
    probe.type_text("the shop is asked");
    probe.key("ctrl+s");
    probe.key("u");
    insta::assert_snapshot!("undo_decision_80x24", probe.text());
    probe.keys(&["esc", "u", "y"]);
    says(&probe, "is taken back");
    assert_eq!(seen(&world, "C-1", "state"), "\"open\"");
    probe.keys(&["enter", "c", "ctrl+s", "esc"]);
    probe.key("u");
    says(&probe, "cannot be called back");
    let mut probe = probe.speaking(Language::Russian);
    probe.keys(&["c", "ctrl+s", "esc", "u"]);
    says(&probe, "не отозвать");
}

#[test]
fn an_act_on_many_is_taken_back_on_each() {
    let (world, mut probe) = three();
    probe.keys(&["ctrl+a", "w", "ctrl+s", "esc"]);
    world.desk("boris").note("A-02", "I know him").unwrap();
    probe.keys(&["u", "y"]);
    insta::assert_snapshot!("undo_many_80x24", probe.text());
    for (name, state) in [("A-01", "\"open\""), ("A-02", "\"waiting\""), ("A-03", "\"open\"")] {
        assert_eq!(seen(&world, name, "state"), state, "{name}");
    }
}

#[test]
fn marks_columns_and_saved_searches_come_back() {
    let (_world, mut probe) = three();
    probe.keys(&["space", "ctrl+a", "u"]);
    says(&probe, "The marks are as before.");
    says(&probe, "●? ask            A-01");
    assert_eq!(probe.text().matches("●?").count(), 1, "{}", probe.text());
    probe.keys(&["ctrl+a", "esc"]);
    assert!(!probe.text().contains("marked"), "{}", probe.text());
    probe.keys(&["|", "space", "esc"]);
    assert!(!probe.text().contains("recommended"), "{}", probe.text());
    probe.key("u");
    says(&probe, "The columns are as before.");
    probe.keys(&["/", "x", "enter", "*"]);
    probe.type_text("kept");
    probe.key("ctrl+s");
    probe.keys(&["-", "u"]);
    says(&probe, "The saved search is back.");
    says(&probe, "kept");
}

#[test]
fn marked_twins_become_one_and_can_be_opened_again() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    let twin = [
        ("request", "unbind"),
        ("claimant_email", "claimant@post.example"),
        ("access", "none"),
        ("imei", "867530900000017"),
    ];
    world.case("C-2", &twin);
    world.case("C-3", &twin);
    world.stranger(4);
    let mut probe = Probe::new(world.desk("anna"), 80, 24, true).unwrap();
    probe.keys(&["ctrl+a", "m"]);
    insta::assert_snapshot!("undo_bulk_merge_80x24", probe.text());
    probe.key("ctrl+s");
    says(&probe, "2 of 3 done");
    for (name, state) in [("C-1", "\"open\""), ("C-2", "\"closed\""), ("C-3", "\"closed\"")] {
        assert_eq!(seen(&world, name, "state"), state, "{name}");
    }
    // The mark left on the stranger's ticket, then the merges.
    probe.keys(&["esc", "esc", "u", "u", "y"]);
    says(&probe, "2 of 2 done");
    assert_eq!(seen(&world, "C-2", "state"), "\"open\"");
    // What is about one ticket alone says so.
    probe.keys(&["esc", "ctrl+a"]);
    for (key, why) in [
        ("v", "their own code"),
        ("e", "Evidence belongs to one claim"),
        ("C", "cleared against one other"),
        ("o", "objects to one grant"),
    ] {
        probe.key(key);
        says(&probe, why);
    }
}
