//! Looking closer at a ticket: findings opened to row and rule, the timeline, the acts, forms that ask the
//! registry, files of the evidence.

use latchkey::domain::EvidenceKind;
use latchkey::tui::probe::Probe;
use latchkey::words::Language;

use crate::desk_rehearsal::{Rehearsal, noon};

fn world() -> Rehearsal {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    world
}

fn screen(world: &Rehearsal, width: u16, height: u16) -> Probe {
    Probe::new(world.desk("anna"), width, height, true).unwrap()
}

/// Presses Tab until a line is selected, and Down until it is the one with this text.
fn select(probe: &mut Probe, tabs: usize, text: &str) {
    (0..tabs).for_each(|_| {
        probe.key("tab");
    });
    for _ in 0..40 {
        let styled = probe.styled();
        let lines: Vec<&str> = styled.lines().collect();
        let selected = lines.windows(2).find(|w| w[1].contains("rrrrrrrrrr") && w[0].contains(text));
        if selected.is_some() {
            return;
        }
        probe.key("down");
    }
    panic!("{text} cannot be selected:\n{}", probe.text());
}

#[test]
fn a_finding_opens_to_the_row_and_the_rule() {
    let world = world();
    let mut probe = screen(&world, 80, 24);
    probe.key("enter");
    select(&mut probe, 1, "receipt.date");
    probe.key("enter");
    insta::assert_snapshot!("finding_80x24", probe.text());
    probe.key("]");
    assert!(probe.text().contains("receipt.unique —"), "{}", probe.text());
    probe.keys(&["[", "["]);
    assert!(probe.text().contains("receipt.device —"), "{}", probe.text());
    assert!(probe.text().contains("867530900000017"), "{}", probe.text());
    probe.keys(&["esc", "esc"]);
    assert!(
        probe.text().contains("Enter next step"),
        "the first Esc lets the selection go: {}",
        probe.text()
    );
}

#[test]
fn a_finding_in_russian_and_on_a_wide_screen() {
    let world = world();
    let mut probe = screen(&world, 120, 40).speaking(Language::Russian);
    probe.key("enter");
    select(&mut probe, 1, "не меняли");
    probe.key("enter");
    insta::assert_snapshot!("finding_120x40_russian", probe.text());
    let mut small = screen(&world, 60, 15);
    small.keys(&["enter", "tab", "enter"]);
    insta::assert_snapshot!("finding_60x15", small.text());
}

#[test]
fn a_policy_of_the_desk_is_named_by_file_and_line() {
    let world = world();
    let shipped = include_str!("../../policy.toml");
    std::fs::write(world.folder().join("policy.toml"), format!("# ours\n{shipped}")).unwrap();
    let mut probe = screen(&world, 120, 40);
    probe.key("enter");
    select(&mut probe, 1, "has not been changed");
    probe.key("enter");
    let number = 2 + shipped.lines().position(|l| l.starts_with("sim_change_hours")).unwrap();
    let text = probe.text();
    assert!(
        text.contains("desk/policy.toml") && text.contains(&format!("{number}  sim_change_hours = 240")),
        "{text}"
    );
}

#[test]
fn persons_stay_masked_in_the_rows_until_they_are_revealed() {
    let world = world();
    let mut probe = screen(&world, 120, 40);
    probe.key("enter");
    select(&mut probe, 1, "The account exists");
    probe.key("enter");
    assert!(probe.text().contains("2000000001") && !probe.text().contains("Иван Петров"), "{}", probe.text());
    probe.keys(&["esc", "R", "y"]);
    select(&mut probe, 0, "The account exists");
    probe.key("enter");
    assert!(probe.text().contains("Иван Петров"), "{}", probe.text());
}

#[test]
fn the_timeline_is_filtered_by_kind_and_text() {
    let world = world();
    let mut desk = world.desk("anna");
    desk.note("C-1", "rang back, no answer").unwrap();
    desk.note("C-1", "will send the card").unwrap();
    desk.send_code("C-1", latchkey::domain::Channel::Sim, None).unwrap();
    let mut probe = screen(&world, 80, 24);
    probe.keys(&["enter", "/"]);
    probe.type_text("card");
    probe.key("enter");
    let text = probe.text();
    assert!(text.contains("will send the card") && !text.contains("rang back"), "{text}");
    assert!(text.contains("1 of"), "{text}");
    insta::assert_snapshot!("timeline_80x24", text);
    probe.keys(&["/", "esc", "T", "T"]);
    let text = probe.text();
    assert!(text.contains(" codes ") && text.contains("code sent"), "{text}");
    probe.key("enter");
    assert!(probe.text().contains("code.sent") && probe.text().contains("log entry"), "{}", probe.text());
}

#[test]
fn the_list_of_acts_says_why_the_rest_cannot_be_done() {
    let world = world();
    let mut probe = screen(&world, 80, 24);
    probe.keys(&["enter", "A"]);
    insta::assert_snapshot!("acts_80x24", probe.text());
    probe.key("enter");
    assert!(probe.text().contains("Send a code for C-1"), "Enter does what comes first: {}", probe.text());
}

#[test]
fn forms_ask_the_registry_while_they_are_filled() {
    let world = world();
    let mut probe = screen(&world, 100, 40);
    probe.keys(&["e", "left", "tab"]);
    let typed: &[(&str, &str)] = &[("DNSS", "did you mean DNS?"), ("DNS", "this retailer sends its sales")];
    for (text, said) in typed {
        probe.key("ctrl+u");
        probe.type_text(text);
        assert!(!probe.text().contains(said), "not before the fingers rest: {}", probe.text());
        probe.tick(noon());
        assert!(probe.text().contains(said), "{text}: {}", probe.text());
    }
    probe.key("tab");
    probe.type_text("DN-0000002");
    probe.tick(noon());
    assert!(probe.text().contains("feed has no such number"), "{}", probe.text());
    probe.key("backspace");
    assert!(!probe.text().contains("feed has no such number"), "an answer about another text is not shown");
    probe.type_text("1");
    probe.key("tab");
    probe.type_text("2025-02-14");
    probe.tick(noon());
    let text = probe.text();
    assert!(
        text.contains("in the feed, names this device") && text.contains("not the day of the sale"),
        "{text}"
    );
    assert!(!text.contains("2025-01-29"), "the day itself is the caller's to say: {text}");
    probe.key("tab");
    probe.type_text("867530900000018");
    probe.tick(noon());
    assert!(probe.text().contains("one slip away: 867530900000017"), "{}", probe.text());
    probe.keys(&["ctrl+u"]);
    probe.type_text("867530900000025");
    probe.tick(noon());
    insta::assert_snapshot!("evidence_asked_100x40", probe.text());
}

#[test]
fn answers_about_the_account_are_never_judged_while_they_are_typed() {
    let world = world();
    let mut desk = world.desk("anna");
    let columns = [("facts".to_owned(), "name=Иван Петров; registered=2024".to_owned())].into();
    assert!(desk.assist(1, &columns).unwrap().is_empty());
}

/// A photo of 60 by 40 pixels, half dark and half bright.
fn photo(world: &Rehearsal, name: &str) -> std::path::PathBuf {
    let path = world.dir.path().join(name);
    image::GrayImage::from_fn(60, 40, |x, _| image::Luma([if x < 30 { 20 } else { 220 }]))
        .save(&path)
        .unwrap();
    path
}

#[test]
fn files_are_shown_as_pictures_and_what_is_none_says_so() {
    let world = world();
    let mut desk = world.desk("anna");
    let broken = world.dir.path().join("broken.png");
    let whole = std::fs::read(photo(&world, "box.png")).unwrap();
    std::fs::write(&broken, &whole[..whole.len() / 2]).unwrap();
    let text = world.dir.path().join("letter\u{202e}.txt");
    std::fs::write(&text, "\x1b[2Jhello").unwrap();
    let imei = [("box_imei".to_owned(), "867530900000017".to_owned())].into();
    desk.add_evidence("C-1", EvidenceKind::Box, &imei, Some(&world.dir.path().join("box.png"))).unwrap();
    let none = std::collections::BTreeMap::new();
    desk.add_evidence("C-1", EvidenceKind::Document, &none, Some(&broken)).unwrap();
    desk.add_evidence("C-1", EvidenceKind::Document, &none, Some(&text)).unwrap();
    let mut probe = screen(&world, 80, 24);
    probe.keys(&["enter", "I"]);
    insta::assert_snapshot!("picture_80x24", probe.text());
    assert!(probe.buffer().content().iter().any(|c| c.bg == ratatui::style::Color::Rgb(220, 220, 220)));
    probe.key("]");
    assert!(probe.text().contains("cannot be decoded"), "{}", probe.text());
    probe.key("]");
    let text = probe.text();
    assert!(text.contains("no PNG and no JPEG") && text.contains("letter‹U+202E›.txt"), "{text}");
    // Without colours nothing could be told apart.
    let mut plain = Probe::new(world.desk("anna"), 80, 24, false).unwrap();
    plain.keys(&["enter", "I"]);
    assert!(plain.text().contains("Without colours"), "{}", plain.text());
    assert!(plain.buffer().content().iter().all(|c| c.bg == ratatui::style::Color::Reset));
}

#[test]
fn a_file_that_was_changed_on_disk_is_not_shown() {
    let world = world();
    let path = photo(&world, "box.png");
    let imei = [("box_imei".to_owned(), "867530900000017".to_owned())].into();
    world.desk("anna").add_evidence("C-1", EvidenceKind::Box, &imei, Some(&path)).unwrap();
    let folder = world.folder().join("attachments");
    let sub = std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
    let blob = std::fs::read_dir(sub).unwrap().next().unwrap().unwrap().path();
    std::fs::write(&blob, "something else").unwrap();
    let mut probe = screen(&world, 80, 24);
    probe.keys(&["enter", "I"]);
    assert!(probe.text().contains("is not the one that was taken in"), "{}", probe.text());
}
