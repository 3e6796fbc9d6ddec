//! Every screen of a demonstration desk in Russian: no line is English that is not somebody's data.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use latchkey::desk::Desk;
use latchkey::desk::demo;
use latchkey::desk::show::Privacy;
use latchkey::tui::probe::Probe;
use latchkey::words::Language;

/// Latin words that stand on a Russian screen as they are: names of things, and what must be typed as it is.
const LEFT: &[&str] = &[
    // What it is called everywhere, and what a person reads off a device or a paper.
    "latchkey",
    "imei",
    "sim",
    "iccid",
    "imsi",
    "meid",
    "tac",
    "qr",
    "osc",
    "utc",
    "iso",
    "utf",
    "csv",
    "jsonl",
    "json",
    "png",
    "jpeg",
    "svg",
    "toml",
    "policy.toml",
    "config.toml",
    "sqlite",
    "ssh",
    "pem",
    "pkcs",
    "tmux",
    "gnu",
    "screen",
    "no_color",
    "visual",
    "editor",
    "vi",
    "hex",
    "svg",
    "rfc",
    "us",
    // Keys.
    "enter",
    "esc",
    "tab",
    "ctrl",
    "shift",
    "alt",
    "pgup",
    "pgdn",
    "home",
    "end",
    "del",
    "space",
    "backspace",
    "up",
    "down",
    "left",
    "right",
    "f",
    // The desk's own names in files, and people.
    "anna",
    "boris",
    "clara",
    "root",
    "rehearsal",
    "demo",
];

/// English words that no name of a device, shop or file is made of.
const ENGLISH: &[&str] = &[
    "the",
    "a",
    "an",
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "not",
    "no",
    "of",
    "to",
    "in",
    "on",
    "at",
    "by",
    "for",
    "with",
    "and",
    "or",
    "it",
    "its",
    "this",
    "that",
    "has",
    "have",
    "had",
    "can",
    "cannot",
    "from",
    "there",
    "than",
    "ticket",
    "claim",
    "evidence",
    "device",
    "account",
    "seen",
    "line",
    "column",
    "nothing",
    "never",
    "row",
    "rows",
    "must",
    "may",
    "after",
    "before",
    "known",
    "unknown",
    "open",
    "closed",
    "waiting",
    "held",
    "approve",
    "refuse",
    "ask",
    "agent",
    "approver",
    "custodian",
    "auditor",
    "reason",
    "file",
    "days",
    "hours",
    "receipt",
    "number",
];

/// A demonstration desk, and files to import beside it.
struct World(tempfile::TempDir);

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let desk = folder.path().join("desk");
        demo::fill(&desk, demo::present()).unwrap();
        // Somebody has worked here: what was granted, and what waits for a second yes.
        demo::play(&desk, demo::present()).unwrap();
        Self(folder)
    }

    fn desk(&self, agent: &str) -> Desk {
        demo::open(&self.0.path().join("desk"), agent, demo::present()).unwrap()
    }

    fn screen(&self, agent: &str, width: u16, height: u16) -> Probe {
        Probe::new(self.desk(agent), width, height, true).unwrap().speaking(Language::Russian)
    }
}

/// What a frame says in English.
#[derive(Default)]
struct Found(BTreeMap<String, String>);

impl Found {
    fn look(&mut self, place: &str, probe: &Probe) {
        for line in probe.text().lines() {
            if let Some(what) = english(line) {
                self.0.entry(line.trim().to_owned()).or_insert_with(|| format!("{place}: {what}"));
            }
        }
    }
}

/// What of a line is English: a word of the language alone, or two small words that are nobody's name.
fn english(line: &str) -> Option<String> {
    // Between these stands what is to be typed as it is, or what somebody wrote.
    let plain: String = line.split('`').step_by(2).collect::<Vec<_>>().join(" ` ");
    let token = |c: char| c.is_alphanumeric() || "._-@/+…*:#=‹›'".contains(c);
    let mut before = false;
    for word in plain.split(|c| !token(c)) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let latin = !bare.is_empty() && bare.chars().all(|c| c.is_ascii_lowercase());
        let lower = bare.to_ascii_lowercase();
        if bare == word.trim_end_matches(['.', ':']) && ENGLISH.contains(&lower.as_str()) && bare.len() > 1 {
            return Some(bare.to_owned());
        }
        let small = latin && bare.len() > 1 && !LEFT.contains(&lower.as_str());
        if small && before {
            return Some(bare.to_owned());
        }
        before = small;
    }
    None
}

/// The words of the checks' own sentences.
fn sentences(world: &World) -> BTreeSet<String> {
    let mut desk = world.desk("anna");
    let mut words = BTreeSet::new();
    for id in 1..60 {
        let Ok(ticket) = desk.show(&format!("#{id}"), Privacy::Work) else { continue };
        for finding in ticket["findings"].as_array().unwrap() {
            let reason = finding["reason"].as_str().unwrap();
            words.extend(reason.split(|c: char| !c.is_alphabetic()).map(str::to_owned));
        }
    }
    words
}

#[test]

fn no_screen_of_a_russian_desk_has_a_line_of_english() {
    let world = World::new();
    let mut found = Found::default();
    queue(&world, &mut found);
    tickets(&world, &mut found);
    screens(&world, &mut found);
    imports(&world, &mut found);
    refusals(&world, &mut found);
    let of_checks = sentences(&world);
    found.0.retain(|line, _| {
        line.split(|c: char| !c.is_alphabetic())
            .filter(|w| w.chars().all(|c| c.is_ascii_alphabetic()))
            .any(|w| w.chars().any(|c| c.is_ascii_lowercase()) && !of_checks.contains(w))
    });
    let lines: Vec<String> = found.0.into_iter().map(|(line, at)| format!("{at}: {line}")).collect();
    assert!(lines.is_empty(), "{} lines:\n{}", lines.len(), lines.join("\n"));
}

fn queue(world: &World, found: &mut Found) {
    for (width, height) in [(80, 24), (160, 45), (40, 12)] {
        for agent in ["anna", "boris", "clara"] {
            let mut probe = world.screen(agent, width, height);
            for view in ["1", "2", "3", "4", "5", "6", "7", "8"] {
                probe.key(view);
                found.look(&format!("{agent}, view {view}"), &probe);
                probe.keys(&["down", "down"]);
                found.look(&format!("{agent}, view {view}"), &probe);
            }
            for keys in [&["?"][..], &["ctrl+p"], &["M"], &["C"], &["/"], &["g"]] {
                probe.keys(keys);
                found.look(&format!("{agent}, {keys:?}"), &probe);
                probe.keys(&["pgdn"]);
                found.look(&format!("{agent}, {keys:?}"), &probe);
                probe.keys(&["esc", "esc"]);
            }
        }
    }
}

/// Each ticket, each pane of it, each thing that opens over it.
fn tickets(world: &World, found: &mut Found) {
    let mut probe = world.screen("anna", 110, 200);
    probe.keys(&["8", "enter"]);
    for n in 0..30 {
        let place = format!("ticket {n}");
        probe.key("f");
        found.look(&place, &probe);
        for key in ["A", "a", "l"] {
            probe.key(key);
            found.look(&format!("{place}, {key}"), &probe);
            probe.keys(&["esc"]);
        }
        for _ in 0..3 {
            probe.keys(&["tab", "down", "space"]);
            found.look(&format!("{place}, looked into"), &probe);
            probe.keys(&["esc"]);
        }
        for key in
            ["d", "c", "v", "e", "E", "n", "x", "w", "O", "L", "o", "m", "t", "i", "b", "C", "U", "X", "R"]
        {
            probe.key(key);
            found.look(&format!("{place}, {key}"), &probe);
            probe.keys(&["esc", "esc"]);
            if !probe.text().contains("Ход дела") {
                probe.key("enter");
            }
        }
        probe.key("]");
    }
}

fn screens(world: &World, found: &mut Found) {
    for agent in ["anna", "boris", "clara"] {
        for key in ["f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f11"] {
            // What a message says is in its reader's language; a low window lists messages alone.
            let mut probe = world.screen(agent, 120, if key == "f3" { 16 } else { 60 });
            probe.key(key);
            found.look(&format!("{agent}, {key}"), &probe);
            for more in ["tab", "pgdn", "end", "v", "w", "enter"] {
                if key == "f3" && more == "enter" {
                    continue;
                }
                probe.key(more);
                found.look(&format!("{agent}, {key} {more}"), &probe);
            }
        }
    }
    for text in ["867530912345678", "867530900000018", "+79161234567", "R-01", "nobody@example.com", "zzz"] {
        let mut probe = world.screen("anna", 120, 60);
        probe.key("f2");
        probe.paste(text);
        probe.key("enter");
        found.look(&format!("lookup {text}"), &probe);
        probe.key("R");
        found.look(&format!("lookup {text}, revealed"), &probe);
    }
}

/// Good and bad files, and what is wrong with them.
fn imports(world: &World, found: &mut Found) {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let files = |folder: &Path| -> Vec<PathBuf> {
        std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_file()).collect()
    };
    let all = files(&fixtures)
        .into_iter()
        .chain(files(&fixtures.join("bad")))
        .chain(files(&fixtures.join("registry")));
    for file in all.chain([fixtures.join("nowhere.csv"), fixtures.clone()]) {
        let mut probe = world.screen("clara", 160, 60);
        probe.key("f4");
        probe.paste(file.to_str().unwrap());
        probe.key("enter");
        found.look(&format!("import {}", file.file_name().unwrap().to_string_lossy()), &probe);
        for _ in 0..3 {
            probe.key("tab");
            found.look(
                &format!("import {} as another list", file.file_name().unwrap().to_string_lossy()),
                &probe,
            );
        }
    }
    let mut probe = world.screen("clara", 120, 60);
    probe.keys(&["f10", "r"]);
    probe.paste(fixtures.join("bad/policy-weak.toml").to_str().unwrap());
    probe.key("enter");
    found.look("a policy below the floor", &probe);
}

/// What cannot be done says so in Russian, with the reason.
fn refusals(world: &World, found: &mut Found) {
    let mut desk = world.desk("anna");
    let mut failures = vec![
        desk.show("nobody", Privacy::Work).map(drop).unwrap_err(),
        desk.approve("R-01", true).map(drop).unwrap_err(),
        desk.merge("R-01", "R-01").unwrap_err(),
        desk.redeem("no token").map(drop).unwrap_err(),
        desk.revoke("no-such", "why").map(drop).unwrap_err(),
        desk.note("R-01", " ").unwrap_err(),
        desk.close("R-01", "sung").unwrap_err(),
        desk.undo("R-02").map(drop).unwrap_err(),
    ];
    let mut clara = world.desk("clara");
    failures.push(clara.take("R-03", None).map(drop).unwrap_err());
    failures.push(clara.approve("R-03", true).map(drop).unwrap_err());
    for failure in failures {
        let said = failure.said(Language::Russian);
        if let Some(what) = english(&said) {
            found.0.insert(said, format!("a failure: {what}"));
        }
    }
}
