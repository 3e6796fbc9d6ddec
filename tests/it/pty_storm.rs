//! What a terminal may throw at the screen: sizes, pastes, hostile text; and the lock, as the terminal holds it.

use std::time::{Duration, Instant};

use crate::cli_desk::TestDesk;
use crate::pty_tui::world;
use crate::terminal::{Terminal, soon};
use crate::tui_hostile::{Hostile, desk, is_bad};

/// Leaves what is open, one thing after the other.
fn to_queue(t: &mut Terminal) {
    let home = |t: &Terminal| t.text().contains("q quit") || t.text().contains("Enter open");
    for _ in 0..20 {
        if home(t) {
            return;
        }
        // Esc as terminals send it that tell it from the beginning of another key (CSI u): a person pauses after it.
        t.press("\x1b[27u");
    }
    assert!(soon(|| home(t)), "{}", t.text());
}

#[test]
fn the_window_may_change_its_size_at_any_time() {
    const SIZES: [(u16, u16); 7] = [(120, 40), (40, 12), (1, 1), (200, 60), (61, 16), (10, 3), (99, 30)];
    let world = world();
    let mut t = Terminal::start(&world, &[], &[]);
    t.see("Enter open");
    for n in 0..50 {
        let (cols, rows) = SIZES[n % SIZES.len()];
        t.resize(cols, rows);
        // Open and leave, choose, page: keys that leave nothing switched, wherever they land.
        t.send(["\r", "\x1b[B", "h", "f", "\x1b[6~", "\r", "h", "\t", "\x1b[A"][n % 9]);
        // Sometimes two come together, sometimes the first is half drawn.
        std::thread::sleep(Duration::from_millis(4));
    }
    t.resize(80, 24);
    // The lock is there from everywhere; behind it, every key before it has been taken.
    t.send("\x1bl");
    t.see("Locked");
    t.send("\r");
    t.gone("Locked");
    to_queue(&mut t);
    t.send("2");
    // What the keys chose may differ by where they landed; the frame is whole again and takes keys.
    let shown = t.see("Enter open");
    assert!(shown.contains("Latchkey  anna") && shown.contains("C-1"), "{shown}");
    t.send("\r");
    t.see("Claim and registry");
    t.send("\x1b");
    t.see("Enter open");
    t.send("q");
    assert_eq!(t.code(), 0);
    t.given_back();
}

/// Sends a megabyte as one paste, full of keys.
fn bomb(t: &mut Terminal) {
    t.send("\x1b[200~");
    let line = "qdX\x1a\x03\x1b[B the quick brown fox\r\n".repeat(1000);
    for _ in 0..34 {
        t.send(&line);
    }
    t.send("\x1b[201~");
}

#[test]
fn a_paste_of_a_megabyte_is_text_bounded_and_soon_over() {
    let world = world();
    let acts = || -> i64 {
        let desk = rusqlite::Connection::open(world.folder().join("desk.db")).unwrap();
        // Whoever sees a ticket has read it.
        let sql = "SELECT count(*) FROM leaf WHERE line NOT LIKE '%ticket.read%'";
        desk.query_row(sql, [], |row| row.get(0)).unwrap()
    };
    let before = acts();
    let mut t = Terminal::start(&world, &[], &["--agent", "anna"]);
    t.see("C-1");
    t.send("n");
    t.see("Note on C-1");
    let begun = Instant::now();
    bomb(&mut t);
    t.see("quick brown fox");
    t.send("zebra");
    t.send("\x1b");
    t.see("Enter open");
    // Over the list it is looked for, and nothing of it is a key.
    bomb(&mut t);
    t.see("qdX");
    t.send("\x1b");
    t.gone("qdX");
    assert!(begun.elapsed() < Duration::from_secs(15), "two pastes took {:?}", begun.elapsed());
    t.see("C-1");
    assert_eq!(acts(), before, "something of the paste was done");
    t.send("q");
    assert_eq!(t.code(), 0);
    t.given_back();
    let drafts: u64 = walk(&world.folder().join("drafts"));
    assert!(drafts < 256 * 1024, "{drafts} bytes were kept of what was pasted");
}

/// Bytes of all files in a folder.
fn walk(folder: &std::path::Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries
        .flatten()
        .map(|e| match e.metadata() {
            Ok(about) if about.is_dir() => walk(&e.path()),
            Ok(about) => about.len(),
            Err(_) => 0,
        })
        .sum()
}

#[test]
fn a_locked_rehearsal_shows_nothing_of_the_ticket_and_enter_opens_it() {
    let world = world();
    let mut t = Terminal::start(&world, &[], &["--agent", "anna"]);
    t.see("C-1");
    t.send("\r");
    t.see("Claim and registry");
    t.send("n");
    t.see("Note on C-1");
    t.send("my words");
    t.see("my words");
    t.send("\x1bl");
    let locked = t.see("Locked");
    for part in ["C-1", "my words", "8675309", "Orbit", "DNS", "unbind"] {
        assert!(!locked.contains(part), "{part}: {locked}");
    }
    t.press("qdx\x13");
    // Nothing of that is anything here; the key after it is.
    t.press("\x1b[200~y\r\x1b[201~");
    assert_eq!(t.text(), locked);
    t.send("\r");
    assert!(t.see("Note on C-1").contains("my words"), "{}", t.text());
    t.send("\x1b");
    t.gone("Note on C-1");
    t.send("\x03");
    assert_eq!(t.code(), 0);
    t.given_back();
}

#[test]
fn a_locked_desk_opens_with_the_passphrase_and_with_nothing_else() {
    let made = TestDesk::bare();
    let words = made.write("passphrases", "grace's own words\nthe root's own words\n");
    let mut init = made.command(&["--passphrase-file", &words, "--agent", "grace", "init"]);
    made.ran(init.env_remove("LATCHKEY_NOW")).ok();
    let cases = made.write("cases.csv", "reference,request,imei\nC-9,unbind,867530900000017\n");
    let args = ["--passphrase-file", &words, "--agent", "grace", "import", "cases", &cases];
    made.ran(made.command(&args).env_remove("LATCHKEY_NOW")).ok();
    let mut t = Terminal::start_at(&made.path("desk"), &[], &["--agent", "grace"]);
    t.see("C-9");
    t.send("\r");
    t.see("Claim and registry");
    t.send("\x1bl");
    let locked = t.see("Locked");
    assert!(!locked.contains("C-9") && !locked.contains("8675309"), "{locked}");
    t.send("\r");
    t.see("does not open");
    t.send("the root's own words");
    t.see("••••••••••");
    t.send("\r");
    t.gone("••");
    t.see("does not open");
    t.send("grace's own words");
    t.see("•••••••••••");
    assert!(!t.text().contains("grace's own words"), "{}", t.text());
    t.send("\r");
    t.see("Claim and registry");
    t.send("\x03");
    assert_eq!(t.code(), 0);
    t.given_back();
}

/// Whatever a text says, the terminal is told nothing but what places and colours cells.
#[test]
fn no_text_from_outside_becomes_a_command_to_the_terminal() {
    let world = desk(&mut Hostile::new());
    let mut t = Terminal::start(&world, &[], &["--agent", "anna"]);
    t.see("h00");
    for keys in ["\x1b[B", "\x1b[B", "\r", "R", "\x1b[6~", "\x1b[6~"] {
        t.press(keys);
    }
    to_queue(&mut t);
    t.send("\x03");
    assert_eq!(t.code(), 0);
    t.given_back();
    let raw = t.raw.lock().unwrap().clone();
    let text = String::from_utf8(raw).unwrap();
    let mut left = text.chars();
    while let Some(c) = left.next() {
        if c != '\x1b' {
            assert!(
                !is_bad(c) || matches!(c, '\r' | '\n'),
                "{c:?} before {:?}",
                left.take(60).collect::<String>()
            );
            continue;
        }
        assert_eq!(left.next(), Some('['), "before {:?}", left.take(60).collect::<String>());
        let mut given = String::new();
        let last = loop {
            match left.next().unwrap() {
                last @ '@'..='~' => break last,
                c => given.push(c),
            }
        };
        assert!(places_or_colours(&given, last), "ESC[{given}{last}");
    }
}

/// The sequences that crossterm writes for a frame, and for taking the terminal and giving it back.
fn places_or_colours(given: &str, last: char) -> bool {
    const MODES: &[&str] = &["25", "1000", "1002", "1003", "1006", "1015", "1049", "2004", "2026"];
    match last {
        'H' | 'm' | 'G' | 'A' | 'B' | 'C' | 'D' | 'J' | 'K' => {
            given.chars().all(|c| c.is_ascii_digit() || matches!(c, ';' | ':'))
        }
        'h' | 'l' => {
            given.strip_prefix('?').is_some_and(|modes| modes.split(';').all(|m| MODES.contains(&m)))
        }
        _ => false,
    }
}
