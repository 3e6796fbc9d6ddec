//! What the screens look like, at three sizes. The text of every line, and for some the look of every cell.

use latchkey::tui::probe::Probe;

use crate::desk_rehearsal::Rehearsal;

/// One case of each kind that an agent meets.
fn world() -> Rehearsal {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    world.case(
        "C-2",
        &[
            ("request", "unbind"),
            ("claimant_name", "Ольга Смирнова"),
            ("claimant_phone", "+79165550011"),
            ("access", "none"),
            ("imei", "867530900000018"),
            ("model", "Orbit 11"),
        ],
    );
    world.case(
        "C-3",
        &[
            ("request", "device-reset"),
            ("claimant_name", "李雷"),
            ("claimant_email", "li@post.example"),
            ("access", "signed-in"),
            ("imei", "867530900000025"),
            ("model", "Orbit Pad 6"),
            ("receipt_retailer", "DNS"),
            ("receipt_no", "DN-0000001"),
            ("receipt_date", "2025-01-29"),
        ],
    );
    world
}

fn probe(world: &Rehearsal, width: u16, height: u16) -> Probe {
    Probe::new(world.desk("anna"), width, height, true).unwrap()
}

macro_rules! screens {
    ($($name:ident: $width:literal x $height:literal, $keys:expr;)+) => {$(
        #[test]
        fn $name() {
            let world = world();
            let mut probe = probe(&world, $width, $height);
            probe.keys(&$keys);
            insta::assert_snapshot!(stringify!($name), probe.text());
        }
    )+};
}

screens! {
    queue_80x24: 80 x 24, [];
    queue_120x40: 120 x 40, [];
    queue_60x15: 60 x 15, [];
    queue_160x45: 160 x 45, [];
    ticket_80x24: 80 x 24, ["enter"];
    ticket_120x40: 120 x 40, ["enter"];
    ticket_60x15: 60 x 15, ["enter"];
    decide_80x24: 80 x 24, ["d"];
    evidence_80x24: 80 x 24, ["e"];
    help_80x24: 80 x 24, ["?"];
    palette_80x24: 80 x 24, ["ctrl+p", "s", "e", "n"];
    filter_80x24: 80 x 24, ["/", "C", "-", "2"];
}

#[test]
fn the_queue_in_its_looks() {
    let world = world();
    insta::assert_snapshot!("queue_looks", probe(&world, 80, 24).styled());
    let plain = Probe::new(world.desk("anna"), 80, 24, false).unwrap();
    insta::assert_snapshot!("queue_looks_without_colours", plain.styled());
}

/// Meaning never rests on colour: without colours not a single cell may have one.
#[test]
fn the_colourless_theme_has_no_colours() {
    let world = world();
    let mut probe = Probe::new(world.desk("anna"), 120, 40, false).unwrap();
    for key in ["enter", "d", "esc", "?", "esc", "esc", "/"] {
        probe.key(key);
        for cell in probe.buffer().content() {
            assert_eq!(
                (cell.fg, cell.bg),
                (ratatui::style::Color::Reset, ratatui::style::Color::Reset),
                "{key}"
            );
        }
    }
}

#[test]
fn lists_are_masked_and_a_rehearsal_is_named_on_every_screen() {
    let world = world();
    let mut probe = probe(&world, 120, 40);
    let text = probe.text();
    for secret in ["Смирнова", "867530900000018", "+79165550011", "li@post.example", "李雷"] {
        assert!(!text.contains(secret), "{secret}:\n{text}");
    }
    for key in ["enter", "d", "esc", "n", "esc", "e", "esc", "?", "esc", ":", "esc", "esc", "/", "esc"] {
        probe.key(key);
        assert!(probe.text().contains("REHEARSAL"), "{key}:\n{}", probe.text());
    }
    // In the ticket the claim stands as it was given, and the registry's persons stay masked.
    probe.keys(&["enter"]);
    let text = probe.text();
    assert!(!text.contains("owner@mail.example") && !text.contains("Иван Петров"), "{text}");
}

/// No size, however odd, stops the program or leaves a line too long.
#[test]
fn every_size_can_be_drawn() {
    let world = world();
    let mut probe = probe(&world, 80, 24);
    for keys in [&["esc"][..], &["enter"], &["d"], &["esc", "e"], &["esc", "?"], &["esc", ":"]] {
        probe.keys(keys);
        for (width, height) in [
            (1, 1),
            (5, 2),
            (20, 4),
            (21, 5),
            (60, 15),
            (59, 14),
            (60, 15),
            (79, 23),
            (100, 9),
            (300, 100),
            (2, 90),
        ] {
            probe.resize(width, height);
            assert_eq!(probe.text().lines().count(), usize::from(height), "{width}x{height}");
        }
        probe.resize(80, 24);
    }
}

#[test]
fn what_was_given_can_be_scrolled_to_its_end() {
    let world = world();
    let mut probe = probe(&world, 80, 24);
    probe.key("enter");
    let mut seen = probe.text();
    for _ in 0..40 {
        probe.key("pgdn");
        seen.push_str(&probe.text());
    }
    for part in ["Claimant", "Claim and registry", "Findings", "Evidence", "Timeline", "came in with a batch"]
    {
        assert!(seen.contains(part), "{part}");
    }
    let end = probe.text();
    probe.key("down");
    assert_eq!(probe.text(), end, "there is nothing below the end");
}

/// The same screens in Russian: nothing is left in English but the contract's own names, and it fits.
#[test]
fn the_screens_speak_russian() {
    let world = world();
    let russian = |width, height, keys: &[&str]| {
        let mut probe = probe(&world, width, height).speaking(latchkey::words::Language::Russian);
        probe.keys(keys);
        probe.text()
    };
    for (name, width, height, keys) in [
        ("queue_80x24_ru", 80, 24, &[][..]),
        ("queue_120x40_ru", 120, 40, &[]),
        ("ticket_80x24_ru", 80, 24, &["enter"]),
        ("ticket_120x40_ru", 120, 40, &["enter"]),
        ("decide_80x24_ru", 80, 24, &["d"]),
        ("evidence_80x24_ru", 80, 24, &["e"]),
        ("help_80x24_ru", 80, 24, &["?"]),
        ("palette_80x24_ru", 80, 24, &["ctrl+p"]),
    ] {
        insta::assert_snapshot!(name, russian(width, height, keys));
    }
}
