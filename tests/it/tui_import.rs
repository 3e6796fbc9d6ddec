//! Importing on the screen: choose, see what would come of it, let it in, go on to what it brought.

use latchkey::tui::probe::Probe;
use latchkey::words::Language;

use crate::desk_rehearsal::Rehearsal;

const CASES: &str = "reference,request,received_at,claimant_name,claimant_phone,access,imei\n\
    N-1,unbind,2026-11-20T07:00:00Z,Ольга Смирнова,+79165550011,none,867530900000018\n\
    N-2,unbind,2026-11-20T07:00:00Z,Пётр Ильин,+79165550012,none,867530900000025\n\
    N-3,sing,2026-11-20T07:00:00Z,Пётр Ильин,+79165550013,none,867530900000025\n\
    N-4,unbind,tomorrow,Пётр Ильин,+79165550014,none,867530900000025\n";

fn world() -> Rehearsal {
    let world = Rehearsal::new();
    let inbox = world.path().join("inbox");
    std::fs::create_dir(&inbox).unwrap();
    std::fs::create_dir(inbox.join("older")).unwrap();
    std::fs::write(inbox.join("cases-monday.csv"), CASES).unwrap();
    std::fs::write(
        inbox.join("sales.csv"),
        "retailer,receipt_no,sold_on,imei\nDNS,DN-9,2025-01-29,867530900000025\n",
    )
    .unwrap();
    std::fs::write(inbox.join("letter.pdf"), "no list").unwrap();
    world
}

fn screen(world: &Rehearsal, width: u16, height: u16) -> Probe {
    let mut probe = Probe::new(world.desk("anna"), width, height, true).unwrap();
    probe.key("f4");
    probe.paste(&format!("{}/inbox/", world.path().display()));
    probe
}

/// The screen without what changes from run to run.
fn steady(world: &Rehearsal, probe: &Probe) -> String {
    let folder = world.path().file_name().unwrap().to_string_lossy().into_owned();
    probe.text().replace(&folder, &"x".repeat(folder.len()))
}

#[test]
fn a_file_is_chosen_looked_through_and_let_in() {
    let world = world();
    let mut probe = screen(&world, 80, 24);
    // How old the files are depends on the day; their names and sizes do not.
    let text = probe.text();
    let place = |name: &str| text.find(name).unwrap_or_else(|| panic!("{name}: {text}"));
    assert!(
        place("older/") < place("cases-monday.csv") && place("sales.csv") < place("letter.pdf"),
        "{text}"
    );
    probe.type_text("cas");
    probe.keys(&["tab", "enter"]);
    insta::assert_snapshot!("import_looked_80x24", steady(&world, &probe));
    assert!(!world.path().join("inbox/cases-monday.rejects.csv").exists());
    assert!(world.desk("anna").find("N-1").is_err(), "a dry run changes nothing");
    probe.key("enter");
    let landed = steady(&world, &probe);
    let (head, rest) = landed.split_once(" in 0.").unwrap();
    let (_, rest) = rest.split_once(" s\n").unwrap();
    insta::assert_snapshot!("import_landed_80x24", format!("{head} in …\n{rest}"));
    let rejects = std::fs::read_to_string(world.path().join("inbox/cases-monday.rejects.csv")).unwrap();
    assert!(rejects.contains("sing"), "{rejects}");
    // On to the new tickets, and back.
    probe.keys(&["end", "enter"]);
    assert!(probe.text().contains("N-2"), "{}", probe.text());
    probe.key("esc");
    assert!(probe.text().contains("› Import"), "{}", probe.text());
    // The queue with these alone; from a recommendation, with those of it.
    probe.key("o");
    let text = probe.text();
    assert!(text.contains("no:1-2") && text.contains("N-1") && text.contains("N-2"), "{text}");
    probe.keys(&["f4", "home", "enter"]);
    let text = probe.text();
    assert!(text.contains("says:") && (text.contains("N-1") != text.contains("N-2")), "{text}");
}

#[test]
fn it_is_readable_in_every_size_and_language() {
    let world = world();
    for (width, height, language) in
        [(120, 40, Language::English), (60, 15, Language::English), (110, 24, Language::Russian)]
    {
        let mut probe = screen(&world, width, height).speaking(language);
        probe.type_text("cases");
        probe.key("enter");
        insta::assert_snapshot!(
            format!("import_{width}x{height}_{}", language.code()),
            steady(&world, &probe)
        );
    }
}

#[test]
fn what_a_file_holds_is_told_by_its_header_and_can_be_said_otherwise() {
    let world = world();
    std::fs::write(
        world.path().join("inbox/nightly.csv"),
        "account_id,kind,value\n2000000001,phone,+79031234567\n",
    )
    .unwrap();
    let mut probe = screen(&world, 100, 30);
    probe.type_text("nightly");
    probe.key("enter");
    assert!(probe.text().contains(" contacts "), "{}", probe.text());
    probe.key("tab");
    let text = probe.text();
    assert!(text.contains(" bindings ") && text.contains("✗"), "{text}");
    probe.key("enter");
    assert!(probe.text().contains("Nothing of this file would come in"), "{}", probe.text());
    probe.key("shift+tab");
    assert!(probe.text().contains("updated"), "{}", probe.text());
}

#[test]
fn a_file_that_is_no_list_says_so_where_it_was_chosen() {
    let world = world();
    let mut probe = screen(&world, 80, 24);
    probe.type_text("letter");
    probe.key("enter");
    assert!(probe.text().contains("cannot be told from its header"), "{}", probe.text());
    probe.keys(&["/"]);
    probe.paste(&format!("{}/nowhere/", world.path().display()));
    assert!(probe.text().contains("cannot be read"), "{}", probe.text());
    probe.key("esc");
    assert!(!probe.text().contains("› Import"), "{}", probe.text());
}

#[test]
fn a_path_typed_from_its_root_is_meant_whole() {
    let world = world();
    let mut probe = screen(&world, 80, 24);
    for typed in
        [format!("{}/inbox/", world.path().display()), format!("~/..{}/inbox/", up_from_home(&world))]
    {
        probe.paste("/usr/");
        assert!(!probe.text().contains("cases-monday.csv"), "{}", probe.text());
        probe.type_text(&typed);
        assert!(probe.text().contains("cases-monday.csv"), "{typed}: {}", probe.text());
    }
}

/// The way from the folder above one's own to the root, and from there to the world.
fn up_from_home(world: &Rehearsal) -> String {
    let home = std::env::var("HOME").unwrap_or_default();
    let up = "/..".repeat(home.split('/').count());
    format!("{up}{}", world.path().display())
}

#[test]
fn names_that_fight_the_terminal_are_made_visible() {
    let world = world();
    std::fs::write(world.path().join("inbox/a\u{202e}b\u{1b}[2J.csv"), "x").unwrap();
    let probe = screen(&world, 80, 24);
    assert!(probe.text().contains("‹U+202E›") && !probe.text().contains('\u{1b}'), "{}", probe.text());
}

#[test]
fn a_list_is_merged_unless_it_is_said_to_replace_or_to_be_a_delta() {
    let world = world();
    let mut clara = Probe::new(world.desk("clara"), 120, 40, true).unwrap();
    clara.key("f4");
    clara.paste(&format!("{}/inbox/sales.csv", world.path().display()));
    clara.key("enter");
    let merged = clara.text();
    clara.key("m");
    let replaced = clara.text();
    assert!(replaced.contains("replaces the list") && !merged.contains("replaces the list"), "{replaced}");
    let removed = |text: &str| text.lines().find(|l| l.contains("removed")).map(str::to_owned);
    assert_ne!(removed(&merged), removed(&replaced), "the dry run says what would go: {replaced}");
    clara.key("m");
    assert!(clara.text().contains("each row says"), "{}", clara.text());
    // Every file begins as the mildest.
    clara.key("m");
    assert!(
        !clara.text().contains("each row says") && !clara.text().contains("replaces"),
        "{}",
        clara.text()
    );
}
