//! What leaves the screens past the screen: titles, the clipboard, a panic's words, the arguments and the environment of
//! programs that the site named.

use std::os::unix::fs::PermissionsExt as _;

use base64ct::{Base64, Encoding as _};
use latchkey::desk::{Desk, Failure, Folder, Options};
use latchkey::domain::Time;
use latchkey::env::Env;
use latchkey::tui::probe::Probe;

use crate::canary_world::{Canary, DEVICE, NONE, THINGS, canaries, told, world};
use crate::cli_desk::{NOW, TestDesk};
use crate::cli_real::RealSeat;
use crate::terminal::Terminal;

/// Every command for the terminal itself (OSC) in what a program wrote: its number, and what it hands over.
fn handed_over(raw: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut out = Vec::new();
    let mut rest = raw;
    while let Some(at) = memchr::memmem::find(rest, b"\x1b]") {
        rest = &rest[at + 2..];
        let end = rest.iter().position(|b| [0x07, 0x1b].contains(b)).unwrap_or(rest.len());
        let said = &rest[..end];
        let cut = said.iter().position(|b| *b == b';').unwrap_or(said.len());
        out.push((String::from_utf8_lossy(&said[..cut]).into_owned(), said[cut..].to_vec()));
    }
    out
}

/// A desk with one authorization out and one case of a claimant of ours.
fn desk() -> (TestDesk, String) {
    let desk = world();
    desk.run(&["import", "cases", "in/V.csv"]).ok();
    let file =
        desk.write("in/alone.csv", crate::canary_world::CASES.lines().take(2).collect::<Vec<_>>().join("\n"));
    desk.run(&["import", "cases", &file]).ok();
    let token = desk.issued();
    (desk, token)
}

fn start(desk: &TestDesk, set: &[(&str, &str)]) -> Terminal {
    Terminal::start_sized((120, 40), &desk.path("desk"), set, &["--agent", "anna"])
}

/// Opens the ticket of our claimant, whom it names in full.
fn open(t: &mut Terminal) {
    t.send("/zorro\r");
    t.gone("R-07");
    t.send("\r");
    t.see("Quixotish");
}

#[test]
fn no_title_is_set_and_the_clipboard_gets_what_is_copied_and_nothing_else() {
    let (desk, token) = desk();
    let mut t = start(&desk, &[]);
    t.see("REHEARSAL");
    t.see("Z-1");
    // Every screen, a ticket in full and what leads out of it.
    for key in ["\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[15~", "\x1b[17~", "\x1b[18~", "\x1b[19~", "\x1b[20~"] {
        t.press(key);
        t.press("\x1b");
    }
    open(&mut t);
    for key in ["\t", "\t", "Y", "\x1b"] {
        t.press(key);
    }
    let raw = t.raw.lock().unwrap().clone();
    let before = handed_over(&raw);
    assert!(before.iter().all(|(number, _)| !["0", "1", "2", "52"].contains(&number.as_str())), "{before:?}");
    let all: Vec<Canary> = canaries();
    for (number, text) in &before {
        assert!(told(&all, text, NONE).is_empty(), "OSC {number}: {text:?}");
    }
    // Only who asks for it hands it over: the token of an authorization, as it is.
    t.press("\x1b[23~");
    t.see("R-01");
    t.press("\r");
    t.see("unbind on device");
    t.press("c");
    let copied = || handed_over(&t.raw.lock().unwrap()).into_iter().find(|(number, _)| number == "52");
    assert!(crate::terminal::soon(|| copied().is_some()));
    assert_eq!(copied().unwrap().1, format!(";c;{}", Base64::encode_string(token.as_bytes())).into_bytes());
    t.send("\x11");
    assert_eq!(t.code(), 0);
    let last = handed_over(&t.raw.lock().unwrap()).into_iter().filter(|(number, _)| *number != "52").count();
    assert_eq!(last, before.len(), "nothing is set on leaving");
}

#[test]
fn a_panic_names_nobody() {
    let (desk, _) = desk();
    let mut t =
        start(&desk, &[("LATCHKEY_TRIP", "screen"), ("RUST_BACKTRACE", "full"), ("RUST_LOG", "trace")]);
    t.see("Z-1");
    open(&mut t);
    t.send("\x1b[200~x\x1b[201~");
    assert_eq!(t.code(), 101);
    t.given_back();
    let raw = t.raw.lock().unwrap().clone();
    let back = memchr::memmem::rfind(&raw, b"\x1b[?1049l").unwrap();
    let said = &raw[back..];
    assert!(memchr::memmem::find(said, b"tripped on purpose").is_some(), "{}", String::from_utf8_lossy(said));
    assert_eq!(told(&canaries(), said, NONE), [""; 0], "{}", String::from_utf8_lossy(said));
}

#[test]
fn no_screen_beside_the_ticket_names_anybody() {
    let (desk, _) = desk();
    let options = Options {
        folder: Folder::new(desk.path("desk")),
        agent: Some("anna".to_owned()),
        readonly: false,
        env: Env::fixed(Time::parse(NOW).unwrap()),
        ask_passphrase: Box::new(|_| Err(Failure::refused("a rehearsal asks for no passphrase"))),
    };
    let mut probe = Probe::new(Desk::open(options).unwrap(), 140, 60, true).unwrap();
    let all = canaries();
    // Lists on the screens name nobody either.
    for key in ["f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f11", "f12"] {
        probe.keys(&["esc", "esc", "esc", key]);
        assert_eq!(told(&all, probe.text().as_bytes(), NONE), [""; 0], "{key}: {}", probe.text());
    }
    // Help, the palette and what is typed there.
    for keys in [&["f1"][..], &["?"], &["ctrl+p"], &["f5"], &["1"], &["8"]] {
        probe.keys(&["esc", "esc", "esc"]);
        probe.keys(keys);
        assert_eq!(told(&all, probe.text().as_bytes(), NONE), [""; 0], "{keys:?}: {}", probe.text());
    }
    assert!(probe.copied.is_empty(), "{:?}", probe.copied);
}

/// What others on the machine see of a program that we run: its name, its arguments, what it is called with.
#[test]
fn programs_of_the_site_are_told_nothing_by_argument_or_environment() {
    let seat = RealSeat::new();
    let script = seat.write("send.sh", "env >> seen\necho \"$@\" >> seen\ncat >> given\n");
    seat.write(
        "desk/config.toml",
        format!("[dispatch]\ncommand = [\"/bin/sh\", '{script}', \"{{kind}}\", \"{{id}}\"]\n"),
    );
    seat.by("clara", &["config", "accept"]).ok();
    let rows = "reference,request,claimant_name,claimant_email,claimant_phone,access,imei,sim_msisdn,sim_iccid,note\n\
        A,unbind,Zorro Quixotish,zorro.quixot@moon.example,+79035550777,none,867530900000017,+79160000001,\
        8970101000000000004,an oddity\n";
    let file = seat.write("c.csv", rows);
    seat.run(&["import", "cases", &file]).ok();
    seat.run(&["code", "send", "A", "sim"]).ok();
    seat.run(&["code", "send", "A", "contact"]).ok();
    seat.run(&["reply", "A", "--send"]).ok();
    let seen = std::fs::read(seat.path("seen")).unwrap();
    let given = std::fs::read_to_string(seat.path("given")).unwrap();
    for canary in ["owner@mail.example", "9160000001", "moon.example"] {
        assert!(given.contains(canary), "{canary}: {given}");
    }
    let mut all = canaries();
    for text in [
        "owner@mail.example",
        "9160000001",
        "9031234567",
        "867530900000017",
        "8970101000000000004",
        "Иван Петров",
    ] {
        all.push(Canary { text: text.to_owned(), kinds: THINGS | DEVICE });
    }
    let codes: Vec<String> = given
        .lines()
        .filter_map(|line| {
            serde_json::from_str::<serde_json::Value>(line).ok()?["code"].as_str().map(str::to_owned)
        })
        .collect();
    assert!(!codes.is_empty(), "{given}");
    all.extend(codes.into_iter().map(|text| Canary { text, kinds: THINGS }));
    assert_eq!(told(&all, &seen, NONE), [""; 0], "{}", String::from_utf8_lossy(&seen));
}

/// An editor gets the text in a file that only its owner reads, and nothing of it by its name.
#[test]
fn an_editor_is_told_nothing_by_argument_or_environment() {
    let (desk, _) = desk();
    let editor = desk.write(
        "editor",
        format!(
            "#!/bin/sh\nD={}\nenv > $D/seen\necho \"$@\" >> $D/seen\nstat -c %a \"$1\" > $D/mode\n",
            desk.path("").display()
        ),
    );
    std::fs::set_permissions(&editor, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut t = start(&desk, &[("EDITOR", &editor), ("PATH", "/usr/bin:/bin")]);
    t.see("Z-1");
    open(&mut t);
    t.send("n");
    t.see("Note on Z-1");
    t.send("Marginalia");
    t.see("Marginalia");
    t.send("\x0f");
    assert!(crate::terminal::soon(|| desk.path("mode").exists()));
    t.see("Marginalia");
    t.send("\x11");
    t.code();
    let seen = std::fs::read(desk.path("seen")).unwrap();
    assert_eq!(told(&canaries(), &seen, NONE), [""; 0], "{}", String::from_utf8_lossy(&seen));
    assert_eq!(std::fs::read_to_string(desk.path("mode")).unwrap().trim(), "600");
}
