//! The mouse on the screens: what is under the pointer is meant, and nothing else.

use latchkey::tui::probe::Probe;

use crate::desk_rehearsal::Rehearsal;

fn world() -> Rehearsal {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    world.case("C-2", &[("request", "unbind"), ("imei", "867530900000018")]);
    world
}

/// A screen of so many columns and lines on that desk.
fn at(width: u16, height: u16) -> (Rehearsal, Probe) {
    let world = world();
    let probe = Probe::new(world.desk("anna"), width, height, true).unwrap();
    (world, probe)
}

/// Column and line of a text on the screen.
fn place(probe: &Probe, text: &str) -> (u16, u16) {
    let shown = probe.text();
    let found = shown.lines().enumerate().find_map(|(y, line)| Some((y, line.find(text)?, line)));
    let (y, byte, line) = found.unwrap_or_else(|| panic!("no {text:?} on\n{shown}"));
    let x = unicode_width::UnicodeWidthStr::width(line.get(..byte).unwrap());
    (u16::try_from(x).unwrap(), u16::try_from(y).unwrap())
}

fn click(probe: &mut Probe, text: &str) {
    let (x, y) = place(probe, text);
    probe.click(x, y);
}

#[track_caller]
fn sees(probe: &Probe, text: &str) {
    assert!(probe.text().contains(text), "no {text:?} on\n{}", probe.text());
}

#[track_caller]
fn lacks(probe: &Probe, text: &str) {
    assert!(!probe.text().contains(text), "{text:?} is on\n{}", probe.text());
}

#[test]
fn tabs_titles_and_lines_of_the_queue() {
    let (_world, mut probe) = at(120, 40);
    click(&mut probe, "Mine");
    sees(&probe, "Nothing here");
    click(&mut probe, "All");
    sees(&probe, "C-2");
    click(&mut probe, "due   taken");
    sees(&probe, "by due");
    click(&mut probe, "due   taken");
    sees(&probe, "the other way round");
    let before = probe.text();
    let (x, y) = place(&probe, "── C-");
    probe.wheel(x, y + 1, true);
    assert_eq!(probe.text(), before, "the preview has nothing to scroll");
    click(&mut probe, "C-1  ");
    lacks(&probe, "Claim and registry");
    click(&mut probe, "C-1  ");
    sees(&probe, "Claim and registry");
}

#[test]
fn a_ticket_is_worked_without_a_key() {
    let (_world, mut probe) = at(120, 24);
    click(&mut probe, "C-1");
    if !probe.text().contains("Claim and registry") {
        click(&mut probe, "C-1");
    }
    // Each pane scrolls by itself, and what is selected stays.
    let (x, y) = place(&probe, "Claim and registry");
    probe.wheel(x, y, true);
    lacks(&probe, "E-mail claimant");
    sees(&probe, "── Findings");
    probe.wheel(x, y, false);
    sees(&probe, "E-mail claimant");
    // A finding: once to select it, twice to open it, beside it to leave it.
    click(&mut probe, "feed has this receipt");
    lacks(&probe, "Registry rows it was compared with");
    click(&mut probe, "feed has this receipt");
    sees(&probe, "Registry rows it was compared with");
    click(&mut probe, "] next finding");
    sees(&probe, "The sale under this receipt names this device.");
    probe.click(0, 3);
    lacks(&probe, "Registry rows it was compared with");
    // What comes next, by its line in the head; then the form.
    click(&mut probe, "▶ Enter");
    sees(&probe, "Send a code for C-1");
    probe.click(0, 3);
    sees(&probe, "Send a code for C-1");
    click(&mut probe, "Cancel");
    lacks(&probe, "Send a code for C-1");
}

#[test]
fn fields_choices_and_buttons_of_a_form() {
    let (_world, mut probe) = at(80, 30);
    click(&mut probe, "C-1");
    probe.keys(&["d"]);
    sees(&probe, "(•) ");
    let shown = probe.text();
    let (x, y) = place(&probe, "( ) refuse");
    probe.wheel(x, y, true);
    assert_eq!(probe.text(), shown, "the wheel chooses nothing");
    probe.click(x, y);
    sees(&probe, "(•) refuse");
    probe.keys(&["esc", "n"]);
    probe.type_text("by hand");
    click(&mut probe, "submit");
    sees(&probe, "note written");
}

#[test]
fn lists_over_the_screen_take_one_click() {
    let (_world, mut probe) = at(80, 24);
    click(&mut probe, "Latchkey");
    click(&mut probe, "Lookup");
    sees(&probe, "› Lookup");
    probe.keys(&["esc", "esc"]);
    click(&mut probe, "palette");
    let (x, y) = place(&probe, "send code");
    probe.wheel(x, y, true);
    probe.click(x, y);
    lacks(&probe, "Palette");
    probe.key("esc");
    click(&mut probe, "help");
    sees(&probe, "Help");
    probe.click(0, 12);
    sees(&probe, "Help");
}

#[test]
fn screens_beside_the_queue() {
    let (_world, mut probe) = at(80, 24);
    probe.key("f2");
    probe.type_text("867530900000017");
    probe.key("enter");
    let (x, y) = place(&probe, "device      …0017");
    for _ in 0..3 {
        probe.wheel(x, y, true);
    }
    click(&mut probe, "C-1  ");
    if probe.text().contains("› Lookup") {
        click(&mut probe, "C-1  ");
    }
    sees(&probe, "Claim and registry");
    probe.keys(&["esc", "esc", "f11"]);
    click(&mut probe, "redeemed");
    sees(&probe, "Nothing");
    probe.key("f7");
    click(&mut probe, "Insider");
    sees(&probe, "less than a minute apart");
}

#[test]
fn a_click_in_a_text_puts_the_cursor_there_and_the_wheel_turns_it() {
    let (_world, mut probe) = at(100, 30);
    probe.key("n");
    probe.type_text("one two three");
    probe.key("enter");
    probe.type_text("пять шесть");
    let (x, y) = place(&probe, "two");
    probe.click(x, y);
    probe.type_text("and ");
    sees(&probe, "one and two three");
    let (x, y) = place(&probe, "шесть");
    probe.click(x + 2, y);
    probe.type_text("-");
    sees(&probe, "пять ше-сть");
    probe.wheel(x, y, false);
    probe.type_text("0");
    sees(&probe, "0one and two three");
    probe.click(x + 30, y);
    probe.type_text(".");
    sees(&probe, "пять ше-сть.");
    // A field of one line.
    probe.keys(&["esc", "e"]);
    let (x, y) = place(&probe, "Phone number");
    probe.click(x + 40, y);
    probe.type_text("+7916 0001");
    let (x, y) = place(&probe, "0001");
    probe.click(x, y);
    probe.type_text("000");
    sees(&probe, "+7916 0000001");
    // A form that is longer than the window shows its end.
    probe.resize(60, 15);
    lacks(&probe, "ICCID   ");
    for _ in 0..9 {
        probe.wheel(20, 6, true);
    }
    sees(&probe, "ICCID");
    probe.key("enter");
    sees(&probe, "Evidence for C-1");
}
