//! Mail on the screen: what it says and offers, and the key by which an agent says what of it is meant.

use latchkey::desk::import::ImportOptions;
use latchkey::tui::probe::Probe;
use latchkey::words::Language;

use crate::cli_mail::MAIL;
use crate::desk_rehearsal::Rehearsal;

fn world() -> Rehearsal {
    let world = Rehearsal::new();
    let path = world.dir.path().join("a.eml");
    std::fs::write(&path, MAIL).unwrap();
    world.desk("anna").import_cases(&path, &ImportOptions::default(), &mut |_| true).unwrap();
    world
}

#[test]
fn a_mail_is_read_and_what_it_offers_is_confirmed_by_a_key() {
    let world = world();
    let mut probe = Probe::new(world.desk("anna"), 80, 24, true).unwrap();
    probe.key("enter");
    insta::assert_snapshot!("mail_80x24", probe.text());
    // Enter leads to the mail first, so that it is read; then to the form, and on to the next.
    probe.key("enter");
    insta::assert_snapshot!("mail_offer_80x24", probe.text());
    probe.key("enter");
    insta::assert_snapshot!("mail_form_80x24", probe.text());
    probe.key("ctrl+s");
    let ticket = world.desk("anna").screen(1).unwrap();
    assert_eq!(ticket.judged.ticket.given.get("imei").map(String::as_str), Some("867530900000017"));
    assert!(probe.text().contains("Confirmed as IMEI of the device"), "{}", probe.text());
    for _ in 0..3 {
        probe.keys(&["y", "ctrl+s"]);
    }
    insta::assert_snapshot!("mail_confirmed_80x24", probe.text());
    probe.keys(&["enter", "down", "ctrl+s", "enter", "down", "down", "ctrl+s"]);
    assert!(!probe.text().contains("Read the mail"), "{}", probe.text());
    let mut wide = Probe::new(world.desk("anna"), 120, 40, true).unwrap();
    wide.key("enter");
    insta::assert_snapshot!("mail_120x40", wide.text());
}

#[test]
fn an_offer_is_chosen_looked_at_and_put_aside() {
    let world = world();
    let mut probe = Probe::new(world.desk("anna"), 100, 40, true).unwrap().speaking(Language::Russian);
    probe.keys(&["enter", "tab", "tab"]);
    probe.keys(&["down", "down", "down", "down", "down"]);
    insta::assert_snapshot!("mail_offer_ru_100x40", probe.text());
    probe.key("I");
    assert!(probe.text().contains("box.png") && probe.text().contains("не подтверждено"), "{}", probe.text());
    probe.keys(&["esc", "enter"]);
    insta::assert_snapshot!("mail_form_ru_100x40", probe.text());
    probe.keys(&["right", "right"]);
    probe.key("ctrl+s");
    let item = world.desk("anna").screen(1).unwrap().judged.evidence.pop().unwrap();
    assert_eq!(
        (item.kind, item.attachment.unwrap().name.as_str()),
        (latchkey::domain::EvidenceKind::Box, "box.png")
    );
    // Enter on what is confirmed takes it out again.
    probe.keys(&["end", "enter", "ctrl+s"]);
    assert!(world.desk("anna").screen(1).unwrap().judged.evidence[0].removed_at.is_some());
    assert!(probe.text().contains("отклонено"), "{}", probe.text());
}

#[test]
fn what_a_mail_asks_for_is_said_anew() {
    let world = world();
    let mut probe = Probe::new(world.desk("anna"), 80, 24, true).unwrap();
    probe.keys(&["enter", "W"]);
    insta::assert_snapshot!("mail_request_80x24", probe.text());
    probe.key("ctrl+s");
    assert!(probe.text().contains("#1  device-reset"), "{}", probe.text());
}

#[test]
fn a_maildir_and_an_mbox_are_chosen_on_the_import_screen() {
    let world = Rehearsal::new();
    let at = |name: &str| world.dir.path().join("post").join(name);
    for part in ["inbox/new", "inbox/cur", "inbox/tmp"] {
        std::fs::create_dir_all(at(part)).unwrap();
    }
    std::fs::write(at("inbox/new/1.host"), MAIL).unwrap();
    std::fs::write(
        at("inbox/cur/2.host:2,S"),
        "From: a@post.example\nMessage-ID: <2>\n\nlost my phone, IMEI 867530900000025",
    )
    .unwrap();
    std::fs::write(at("inbox/cur/3.host:2,S"), "Subject: from nobody\n\nhello").unwrap();
    let mut probe = Probe::new(world.desk("anna"), 100, 30, true).unwrap();
    probe.key("f4");
    probe.paste(&format!("{}/", at("").display().to_string().trim_end_matches('/')));
    let text = probe.text();
    assert!(text.contains("inbox"), "{text}");
    probe.key("enter");
    let steady = |text: &str| {
        // A busy machine takes a moment more.
        let text = text.replace(&world.dir.path().display().to_string(), "$HOME");
        (1..10).fold(text, |text, n| text.replace(&format!(" in 0.{n} s"), " in 0.0 s"))
    };
    insta::assert_snapshot!("mail_import_looked", blanked(&steady(&probe.text())));
    probe.key("enter");
    insta::assert_snapshot!("mail_import_landed", blanked(&steady(&probe.text())));
}

/// Without what differs from run to run: the path's length and how long it took.
fn blanked(text: &str) -> String {
    text.lines().filter(|l| !l.contains("$HOME") && !l.contains(" s ")).collect::<Vec<_>>().join("\n")
}
