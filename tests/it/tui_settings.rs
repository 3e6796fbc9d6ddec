//! What the agent sets: colours, language, keys, the lock.

use latchkey::tui::probe::Probe;
use latchkey::words::Language;

use crate::desk_rehearsal::Rehearsal;

fn world() -> Rehearsal {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    world
}

fn configured(config: &str) -> (Rehearsal, Probe) {
    let world = world();
    std::fs::write(world.folder().join("config.toml"), config).unwrap();
    let probe = Probe::new(world.desk("anna"), 80, 24, true).unwrap();
    (world, probe)
}

#[test]
fn config_says_how_the_screens_begin() {
    let (_world, probe) = configured("[screen]\nlanguage = \"ru\"\ntheme = \"dark\"\n");
    assert!(probe.text().contains("УЧЕНИЯ"), "{}", probe.text());
    // The dark theme has a ground of its own: every cell is painted.
    let buffer = probe.buffer();
    assert!(buffer.content.iter().all(|cell| cell.bg != ratatui::style::Color::Reset));
}

#[test]
fn language_and_colours_are_switched_while_the_screens_run() {
    let world = world();
    let mut probe = Probe::new(world.desk("anna"), 80, 24, true).unwrap();
    probe.key("f12");
    assert!(probe.text().contains("Экраны говорят по-русски"), "{}", probe.text());
    probe.key("f12");
    assert!(probe.text().contains("The screens speak English"), "{}", probe.text());
    for name in ["light", "dark", "high contrast", "none", "the terminal's own"] {
        probe.key("alt+c");
        assert!(probe.text().contains(&format!("Colours: {name}.")), "{}", probe.text());
    }
}

#[test]
fn what_was_switched_is_so_again_the_next_time() {
    let world = world();
    let mut probe = Probe::new(world.desk("anna"), 80, 24, true).unwrap();
    probe.keys(&["f12", "alt+c", "alt+c"]);
    let now = world.desk("anna").now();
    for _ in 0..20 {
        probe.tick(now);
    }
    let again = Probe::new(world.desk("anna"), 80, 24, true).unwrap();
    assert!(again.text().contains("УЧЕНИЯ"), "{}", again.text());
    assert_eq!(again.buffer().cell((79, 20)).unwrap().bg, probe.buffer().cell((79, 20)).unwrap().bg);
    let other = Probe::new(world.desk("boris"), 80, 24, true).unwrap();
    assert!(other.text().contains("REHEARSAL"), "another person's screen: {}", other.text());
}

#[test]
fn keys_are_remapped_and_what_does_not_fit_is_named_by_its_line() {
    let config =
        "[keys]\ndecide = \"D\"\nclose = [\"alt+9\"]\nnote = \"w\"\nfrobnicate = \"x\"\nwait = \"hyper+w\"\n";
    let (_world, mut probe) = configured(config);
    let text = probe.text();
    assert!(text.contains("config.toml:4") && text.contains("`w` is the key of `wait`"), "{text}");
    probe.keys(&["esc"]);
    let text = probe.text();
    assert!(text.contains("config.toml:5") && text.contains("is no action. Did you mean"), "{text}");
    probe.keys(&["esc"]);
    let text = probe.text();
    assert!(text.contains("config.toml:6") && text.contains("is no key"), "{text}");
    probe.keys(&["esc", "d"]);
    assert!(!probe.text().contains("Decide C-1"), "{}", probe.text());
    assert!(probe.text().contains("D decide"), "the bar shows the key: {}", probe.text());
    probe.key("D");
    assert!(probe.text().contains("Decide C-1"), "{}", probe.text());
}

#[test]
fn a_locked_screen_shows_nothing_and_drops_keys() {
    let world = world();
    let mut probe = Probe::new(world.desk("anna"), 80, 24, true).unwrap();
    probe.keys(&["n", "h", "i", "alt+l"]);
    let locked = probe.text();
    assert!(locked.contains("Locked") && locked.contains("REHEARSAL"), "{locked}");
    assert!(!locked.contains("C-1"), "{locked}");
    probe.keys(&["esc", "x", "d", "ctrl+s", "?", "ctrl+p"]);
    assert_eq!(probe.text(), locked, "keys do nothing");
    probe.key("enter");
    assert!(probe.text().contains("Note on C-1") && probe.text().contains("hi"), "{}", probe.text());
}

#[test]
fn the_screen_locks_by_itself() {
    let (world, mut probe) = configured("[screen]\nlock_minutes = 1\n");
    let now = world.desk("anna").now();
    for _ in 0..239 {
        probe.tick(now);
    }
    assert!(probe.text().contains("C-1"));
    probe.key("down");
    for _ in 0..239 {
        probe.tick(now);
    }
    assert!(probe.text().contains("C-1"), "a key is a sign of life");
    probe.tick(now);
    assert!(probe.text().contains("Locked"), "{}", probe.text());
}

#[test]
fn the_mouse_chooses_opens_and_presses_what_the_bar_names() {
    let world = world();
    world.case("C-2", &[("request", "unbind"), ("imei", "867530900000018")]);
    let mut probe = Probe::new(world.desk("anna"), 80, 24, true).unwrap();
    let line_of = |probe: &Probe, text: &str| {
        u16::try_from(probe.text().lines().position(|l| l.contains(text)).unwrap()).unwrap()
    };
    let y = line_of(&probe, "C-2");
    probe.click(20, y);
    assert!(!probe.text().contains("Claim and registry"), "one click chooses: {}", probe.text());
    probe.click(20, y);
    assert!(probe.text().contains(" C-2  unbind"), "the second opens: {}", probe.text());
    probe.wheel(20, 10, true);
    probe.keys(&["esc", "alt+l"]);
    probe.click(20, y);
    assert!(probe.text().contains("Locked"), "nothing gets through the lock: {}", probe.text());
    probe.key("enter");
    let bar = probe.text().lines().last().unwrap().to_owned();
    let at = bar.chars().take(bar.find("help").unwrap()).count();
    probe.click(u16::try_from(at).unwrap(), 23);
    assert!(probe.text().contains("Help"), "{}", probe.text());
}

/// Text, and below each line a letter for the look of each cell; the looks are told at the end.
fn looks(probe: &Probe) -> String {
    let buffer = probe.buffer();
    let mut seen = Vec::new();
    let mut out = String::new();
    for (y, line) in (0..buffer.area.height).zip(probe.text().lines()) {
        let cells = (0..buffer.area.width).filter_map(|x| buffer.cell((x, y)));
        let letters: String = cells
            .map(|cell| {
                let look = format!("{:?} on {:?} {:?}", cell.fg, cell.bg, cell.modifier);
                let place = seen.iter().position(|s| *s == look).unwrap_or_else(|| {
                    seen.push(look);
                    seen.len() - 1
                });
                char::from(b'a' + u8::try_from(place).unwrap())
            })
            .collect();
        out.push_str(&format!("{line}\n{}\n", letters.trim_end_matches('a')));
    }
    for (n, look) in seen.iter().enumerate() {
        out.push_str(&format!("{}: {look}\n", char::from(b'a' + u8::try_from(n).unwrap())));
    }
    out
}

/// Each theme once, and both languages: text, and the look of every cell.
#[test]
fn every_theme_in_its_looks() {
    let world = world();
    let mut probe = Probe::new(world.desk("anna"), 80, 24, true).unwrap();
    for name in ["light", "dark", "high-contrast", "colourless", "terminal"] {
        probe.key("alt+c");
        insta::assert_snapshot!(format!("theme_{name}"), looks(&probe));
    }
    insta::assert_snapshot!("theme_terminal_ru", looks(&probe.speaking(Language::Russian)));
}

#[test]
fn sentences_name_the_agents_own_keys_and_forms_follow_them() {
    let (world, mut probe) =
        configured("[keys]\nmessages = [\"alt+9\"]\nsubmit = [\"ctrl+d\"]\nreopen = [\"alt+o\"]\n");
    probe.key("n");
    assert!(probe.text().contains("Ctrl+D does it from anywhere"), "{}", probe.text());
    probe.type_text("he called");
    probe.key("ctrl+s");
    assert!(probe.text().contains("he called"), "the old key does nothing: {}", probe.text());
    probe.key("ctrl+d");
    assert!(probe.text().contains("note written"), "{}", probe.text());
    probe.key("enter");
    world.desk("anna").close("C-1", "withdrawn").unwrap();
    probe.key("ctrl+r");
    assert!(probe.text().contains("Alt+O opens it again."), "{}", probe.text());
}

#[test]
fn a_window_that_is_too_small_says_what_is_needed_and_keeps_what_was_typed() {
    let (_world, mut probe) = configured("");
    probe.key("n");
    probe.type_text("half a no");
    probe.resize(40, 12);
    insta::assert_snapshot!("small_40x12", probe.text());
    // Nobody types or acts blindly.
    probe.type_text("xyz");
    probe.keys(&["esc", "ctrl+s"]);
    probe.paste("more");
    probe.resize(59, 15);
    assert!(probe.text().contains("59 columns and 15 lines"), "{}", probe.text());
    probe.resize(80, 24);
    assert!(probe.text().contains("half a no") && !probe.text().contains("xyz"), "{}", probe.text());
    let mut russian = configured("").1.speaking(Language::Russian);
    russian.resize(30, 10);
    insta::assert_snapshot!("small_30x10_ru", russian.text());
    assert!(!russian.quit);
    russian.key("ctrl+q");
    assert!(russian.quit);
}
