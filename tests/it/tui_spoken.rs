//! A code is read out from the authorization on the screen, and what the centre reads back is entered there.

use latchkey::tui::probe::Probe;
use latchkey::words::Language;

use crate::desk_rehearsal::{Rehearsal, noon};
use crate::desk_spoken::{asked, centre, speaking};

fn granted() -> (Rehearsal, String) {
    let world = speaking();
    world.granted("C-1");
    let challenge = asked(&world, "north", noon());
    (world, challenge)
}

fn screen(world: &Rehearsal, width: u16, height: u16) -> Probe {
    let mut probe = Probe::new(world.desk("anna"), width, height, true).unwrap();
    probe.keys(&["f11", "enter"]);
    probe
}

/// Groups of the code that a line of the screen has.
fn group(line: &str) -> Option<String> {
    let rest = line.strip_prefix("│    ")?;
    let cells: String = rest.chars().take(11).filter(|c| *c != ' ').collect();
    (!rest.starts_with(' ') && matches!(cells.chars().count(), 1 | 4)).then_some(cells)
}

fn code_on(text: &str) -> String {
    text.lines().filter_map(group).collect::<Vec<_>>().join("-")
}

/// Codes are drawn by lot, and so are tokens below a form.
fn steady(text: &str) -> String {
    let steady = |line: &str| match group(line) {
        Some(cells) if cells.len() == 1 => "│    ?           [how the check symbol is said]".to_owned(),
        Some(_) => "│    ? ? ? ?     [how the four symbols are said]".to_owned(),
        None => line.trim_end().to_owned(),
    };
    text.lines().map(steady).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_code_is_read_out_and_its_acceptance_entered() {
    let (world, challenge) = granted();
    let mut probe = screen(&world, 80, 24);
    probe.key("t");
    assert!(probe.text().contains("north"), "{}", probe.text());
    probe.key("tab");
    probe.type_text("28T5-CY4T-KQFF-A");
    assert!(probe.text().contains("changed places"), "a slip is named while it is typed: {}", probe.text());
    probe.key("ctrl+u");
    probe.type_text(&challenge.to_lowercase());
    let text = probe.text().replace(&challenge.to_lowercase(), "[the challenge] ");
    let form: Vec<&str> = text.lines().skip_while(|l| !l.contains("Read a code out")).take(11).collect();
    insta::assert_snapshot!("spoken_form_80x24", form.join("\n"));
    probe.key("ctrl+s");
    let text = probe.text();
    let code = code_on(&text);
    insta::assert_snapshot!("spoken_code_80x24", steady(&text));
    let answer = centre(&world, "north").check(&challenge, &code, noon()).unwrap();
    assert!(answer.accepted, "{code} {}\n{text}", answer.reason);
    probe.key("esc");
    assert!(probe.text().contains("Token"), "{}", probe.text());
    probe.key("b");
    probe.type_text(&answer.challenge.acceptance.unwrap());
    probe.key("ctrl+s");
    let text = probe.text();
    assert!(text.contains("redeemed 1") && !text.contains("Token"), "{text}");
}

#[test]
fn it_is_said_in_russian_and_on_a_small_window() {
    let (world, challenge) = granted();
    for (name, width, height) in [("120x40", 120, 40), ("60x15", 60, 15)] {
        let mut probe =
            Probe::new(world.desk("anna"), width, height, true).unwrap().speaking(Language::Russian);
        probe.keys(&["f11", "enter", "t", "tab"]);
        probe.type_text(&challenge);
        probe.key("ctrl+s");
        let text = probe.text();
        assert!(text.contains("north"), "{text}");
        insta::assert_snapshot!(format!("spoken_code_{name}_russian"), steady(&text));
    }
}

#[test]
fn where_no_codes_are_read_out_it_says_so() {
    let world = Rehearsal::new();
    world.granted("C-1");
    let mut probe = screen(&world, 80, 24);
    probe.key("t");
    assert!(probe.text().contains("No codes are read out here"), "{}", probe.text());
}
