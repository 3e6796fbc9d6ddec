//! Nothing typed is ever lost: not by leaving a form, a crash, a colleague who takes the ticket, or an editor.

use latchkey::desk::show::Privacy;
use latchkey::domain::Time;
use latchkey::tui::probe::Probe;

use crate::desk_rehearsal::{Rehearsal, noon};

fn screen(world: &Rehearsal, agent: &str) -> Probe {
    Probe::new(world.desk(agent), 80, 24, true).unwrap()
}

fn world() -> Rehearsal {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    world
}

/// Files in the folder of drafts.
fn kept(world: &Rehearsal) -> Vec<String> {
    fn walk(dir: &std::path::Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
            if entry.path().is_dir() {
                walk(&entry.path(), found);
            } else {
                found.push(entry.file_name().into_string().unwrap());
            }
        }
    }
    let mut found = Vec::new();
    walk(&world.folder().join("drafts"), &mut found);
    found
}

#[test]
fn what_was_typed_outlives_a_crash_and_is_gone_once_it_is_sent() {
    let world = world();
    let mut probe = screen(&world, "anna");
    probe.key("n");
    probe.type_text("the caller knows");
    probe.key("enter");
    probe.type_text("the colour of the box");
    probe.tick(noon());
    // The program is gone without a word.
    drop(probe);
    assert_eq!(kept(&world), ["1.note.json"]);
    let mut again = screen(&world, "anna");
    again.tick(Time(noon().0 + 600));
    again.key("n");
    let text = again.text();
    assert!(text.contains("the caller knows") && text.contains("colour of the box"), "{text}");
    assert!(text.contains("What you typed 10 min ago"), "{text}");
    // A colleague does not see it.
    let mut boris = screen(&world, "boris");
    boris.keys(&["1", "n"]);
    assert!(!boris.text().contains("the caller knows"), "{}", boris.text());
    again.key("ctrl+s");
    let notes = world.desk("anna").show("C-1", Privacy::Work).unwrap()["notes"].to_string();
    assert!(notes.contains("the caller knows\\nthe colour of the box"), "{notes}");
    assert!(kept(&world).is_empty());
}

#[test]
fn every_kind_of_evidence_keeps_its_own() {
    let world = world();
    let mut probe = screen(&world, "anna");
    // The proof that is missing comes first: the SIM.
    probe.keys(&["e", "left", "tab"]);
    probe.type_text("Эльдорадо");
    probe.keys(&["shift+tab", "right", "tab"]);
    probe.type_text("+7916");
    probe.keys(&["esc", "e", "left"]);
    assert!(probe.text().contains("Эльдорадо"), "{}", probe.text());
    probe.key("right");
    assert!(probe.text().contains("+7916"), "{}", probe.text());
    probe.key("ctrl+l");
    assert!(!probe.text().contains("+7916"), "{}", probe.text());
    assert_eq!(kept(&world), ["1.evidence-receipt.json"]);
}

#[test]
fn a_ticket_taken_over_while_its_form_is_open_keeps_what_was_typed() {
    let world = world();
    let mut anna = screen(&world, "anna");
    anna.keys(&["t", "e", "tab"]);
    anna.type_text("DNS");
    world.desk("boris").take("C-1", Some("the caller rang again")).unwrap();
    (0..12).for_each(|_| anna.tick(noon()));
    assert!(anna.text().contains("boris has taken this ticket over"), "{}", anna.text());
    assert!(anna.text().contains("DNS"), "{}", anna.text());
    anna.key("ctrl+s");
    assert!(anna.text().contains("is with boris") && anna.text().contains("DNS"), "{}", anna.text());
    anna.key("esc");
    drop(anna);
    world.desk("anna").take("C-1", Some("back")).unwrap();
    let mut anna = screen(&world, "anna");
    anna.key("e");
    assert!(anna.text().contains("DNS"), "{}", anna.text());
}

#[test]
fn a_note_goes_through_the_editor_and_back() {
    let world = world();
    let mut probe = screen(&world, "anna");
    probe.key("n");
    probe.type_text("short");
    probe.key("ctrl+o");
    assert_eq!(probe.editing.as_deref(), Some("short"));
    probe.edited(Ok("first line\n\tsecond \u{1b}[2Jline"));
    assert!(
        probe.text().contains("first line") && probe.text().contains("second [2Jline"),
        "{}",
        probe.text()
    );
    probe.edited(Err("The editor ended with an error."));
    assert!(probe.text().contains("ended with an error") && probe.text().contains("first line"));
    // A form without a text of several lines has nothing for an editor.
    probe.keys(&["esc", "e", "ctrl+o"]);
    assert_eq!(probe.editing, None);
}

#[test]
fn a_draft_that_cannot_be_kept_is_said_where_it_is_typed() {
    let world = world();
    let mut probe = screen(&world, "anna");
    // Where the folder should be, there is a file.
    std::fs::write(world.folder().join("drafts"), "").unwrap();
    probe.key("n");
    probe.type_text("the caller knows");
    assert!(probe.text().contains("What you type is not being kept"), "{}", probe.text());
    std::fs::remove_file(world.folder().join("drafts")).unwrap();
    probe.type_text(" the colour");
    assert!(!probe.text().contains("not being kept"), "{}", probe.text());
    assert_eq!(kept(&world), ["1.note.json"]);
}

#[test]
fn a_text_for_many_tickets_is_kept_until_one_of_them_has_it() {
    let world = world();
    let mut probe = screen(&world, "anna");
    probe.keys(&["space", "n"]);
    assert!(probe.text().contains("1 "), "{}", probe.text());
    probe.type_text("the whole batch is from one shop");
    probe.keys(&["esc"]);
    drop(probe);
    assert_eq!(kept(&world).len(), 1);
    let mut probe = screen(&world, "anna");
    probe.keys(&["space", "n"]);
    assert!(probe.text().contains("from one shop"), "{}", probe.text());
    probe.key("ctrl+s");
    assert!(kept(&world).is_empty(), "{:?}\n{}", kept(&world), probe.text());
}
