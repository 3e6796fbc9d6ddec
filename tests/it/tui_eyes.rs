//! Photos of boxes on the screen: what their barcodes say is offered in the form and told beside the picture.

use latchkey::domain::EvidenceKind;
use latchkey::tui::probe::Probe;
use latchkey::words::Language;

use crate::desk_rehearsal::{Rehearsal, noon};
use crate::import_eyes::GOOD;
use crate::import_eyes::photos::{Dice, Label, Trouble};

const OURS: &str = "867530900000017";

/// A ticket, and a photo of its box on disk.
fn world() -> (Rehearsal, String) {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    let label = Label::with(vec![OURS.into()], "31234/A00000001".into(), 5, false);
    let jpeg = Trouble { tilt: -8.0, ..GOOD }.shoot(&label, &mut Dice::new(3));
    let path = world.dir.path().join("box.jpg");
    std::fs::write(&path, jpeg).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (world, path)
}

/// The form for evidence, at the file of a box.
fn form(world: &Rehearsal, width: u16, height: u16) -> Probe {
    let mut probe = Probe::new(world.desk("anna"), width, height, true).unwrap();
    probe.keys(&["e", "left", "right", "right", "tab", "tab", "tab"]);
    probe
}

/// The path differs from run to run.
fn steady(text: &str, path: &str) -> String {
    let cut: Vec<&str> =
        text.lines().filter(|line| !line.contains("File") && !line.contains("Файл")).collect();
    cut.join("\n").replace(path, "box.jpg")
}

#[test]
fn a_photo_fills_in_what_its_barcodes_say_for_the_agent_to_compare() {
    let (world, path) = world();
    let mut probe = form(&world, 100, 40);
    probe.type_text(&path);
    assert!(!probe.text().contains(OURS), "not before the fingers rest: {}", probe.text());
    probe.tick(noon());
    probe.tick(noon());
    insta::assert_snapshot!("barcodes_100x40", steady(&probe.text(), &path));
    // Another number typed over it is told from the picture's.
    probe.keys(&["shift+tab", "shift+tab", "ctrl+u"]);
    probe.type_text("867530900000025");
    assert!(probe.text().contains("the barcode on the picture says 867530900000017"), "{}", probe.text());
}

#[test]
fn what_cannot_be_read_is_said_and_what_was_typed_stays() {
    let (world, path) = world();
    let blank = path.replace("box.jpg", "blank.png");
    std::fs::write(&blank, include_bytes!("../../fixtures/photos/box-r02.png")).unwrap();
    let mut probe = form(&world, 100, 40).speaking(Language::Russian);
    probe.keys(&["shift+tab", "shift+tab"]);
    probe.type_text("867530900000025");
    probe.keys(&["tab", "tab"]);
    probe.type_text(&blank);
    probe.tick(noon());
    assert!(probe.text().contains("штрихкоды не прочитаны"), "{}", probe.text());
    probe.key("ctrl+u");
    probe.type_text(&path);
    probe.tick(noon());
    let text = probe.text();
    assert!(text.contains("867530900000025"), "{text}");
    assert!(text.contains(&format!("штрихкод на снимке говорит {OURS}")), "{text}");
}

#[test]
fn the_picture_of_a_box_says_what_was_read_off_it() {
    let (world, path) = world();
    let none = std::collections::BTreeMap::new();
    let mut desk = world.desk("anna");
    desk.add_evidence("C-1", EvidenceKind::Box, &none, Some(path.as_ref())).unwrap();
    let mut probe = Probe::new(world.desk("anna"), 80, 24, true).unwrap();
    probe.keys(&["enter", "I"]);
    let text = probe.text();
    assert!(text.contains("barcodes: IMEI 867530900000017"), "{text}");
}
