//! The laws of the house (ARCHITECTURE.md), read off the sources.

use std::path::{Path, PathBuf};

/// Which rooms each room may name.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("words", &["domain"]),
    ("domain", &[]),
    ("config", &["domain", "words"]),
    ("judgement", &["domain", "words"]),
    ("intake", &["domain", "words"]),
    ("authority", &["domain", "words"]),
    ("audit", &["domain", "authority", "words"]),
    ("store", &["domain", "judgement", "audit", "words"]),
    ("desk", &["domain", "config", "env", "judgement", "intake", "authority", "audit", "store", "words"]),
    ("cli", &["domain", "config", "env", "judgement", "intake", "authority", "audit", "desk", "words"]),
    ("tui", &["domain", "config", "env", "judgement", "intake", "authority", "audit", "desk", "words"]),
];

/// Words that only some rooms may say.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("rusqlite", &["store"]),
    ("ratatui", &["tui"]),
    ("crossterm", &["tui"]),
    ("fluent", &["words"]),
    ("ed25519", &["authority", "audit"]),
];

/// What pure rooms must not do.
const PURE: &[(&str, &[&str])] = &[
    ("domain", &["std::fs", "std::net", "SystemTime", "Utc::now", "Instant::now", "std::env", "println!"]),
    ("judgement", &["std::fs", "std::net", "SystemTime", "Utc::now", "Instant::now", "std::env", "println!"]),
    ("audit", &["std::fs", "SystemTime", "Utc::now", "Instant::now"]),
];

/// Longest file that is still read in one sitting, tests apart.
const LONGEST: usize = 500;

pub fn sources(under: &str) -> Vec<(PathBuf, String)> {
    fn walk(dir: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(under), &mut found);
    found.sort();
    found
}

/// Code lines with their numbers: no comments, nothing from the tests at the end of a file.
pub fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    // Tests in a file of their own leave code below the line that names them.
    let ends = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    let lines = text.get(..ends).unwrap_or_default().lines().enumerate().map(|(n, line)| (n + 1, line));
    lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn is_test(path: &Path) -> bool {
    let name = path.file_stem().and_then(|n| n.to_str()).unwrap_or_default();
    let dir = path.components().any(|c| c.as_os_str() == "tests" || c.as_os_str() == "hostile");
    dir || name == "tests" || name.ends_with("_tests") || name == "sample"
}

fn breaches(room: &str, forbidden: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in sources(&format!("src/{room}")).into_iter().filter(|(p, _)| !is_test(p)) {
        for (line, code) in code(&text) {
            found.extend(forbidden(code).map(|what| format!("{}:{line}: {what}", path.display())));
        }
    }
    found
}

#[test]
fn a_room_names_only_the_rooms_below_it() {
    let mut found = Vec::new();
    for (room, allowed) in MAY_NAME {
        found.extend(breaches(room, |line| {
            let (_, rest) = line.split_once("crate::")?;
            let named: String = rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            let is_room = named == "env" || MAY_NAME.iter().any(|(r, _)| *r == named);
            (is_room && named != *room && !allowed.contains(&named.as_str()))
                .then(|| format!("{room} names {named}"))
        }));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn only_the_store_speaks_sql_and_only_the_screen_draws() {
    let mut found = Vec::new();
    for (room, _) in MAY_NAME {
        for (word, rooms) in ONLY_IN.iter().filter(|(_, rooms)| !rooms.contains(room)) {
            found.extend(breaches(room, |line| {
                line.contains(word).then(|| format!("{room} names {word}, {rooms:?} alone may"))
            }));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn what_judges_does_no_io_and_knows_no_clock() {
    let mut found = Vec::new();
    for (room, words) in PURE {
        for word in *words {
            found.extend(breaches(room, |line| line.contains(word).then(|| format!("{room} names {word}"))));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_file_can_be_read_in_one_sitting() {
    let long: Vec<String> = sources("src")
        .into_iter()
        .filter(|(path, _)| !is_test(path))
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST)
        .map(|(path, lines)| format!("{}: {lines} lines", path.display()))
        .collect();
    assert!(long.is_empty(), "longer than {LONGEST} lines:\n{}", long.join("\n"));
}

#[test]
fn no_test_file_is_forgotten() {
    let main = include_str!("main.rs");
    let forgotten: Vec<String> = sources("tests/it")
        .into_iter()
        .filter_map(|(path, _)| path.file_stem().and_then(|n| n.to_str()).map(str::to_owned))
        .filter(|name| name != "main" && !main.contains(&format!("mod {name};")))
        .collect();
    assert!(forgotten.is_empty(), "not in tests/it/main.rs: {forgotten:?}");
}

#[test]
fn every_part_says_why_it_is_here() {
    let manifest = include_str!("../../Cargo.toml");
    let mut inside = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]");
        } else if inside && line.contains(" = ") {
            assert!(line.contains(" # "), "no reason in one line: {line}");
        }
    }
}

/// SQLite numbers `$n` by first appearance, so a statement whose numbers do not rise binds the wrong values.
#[test]
fn placeholders_of_a_statement_rise() {
    let mut wrong = Vec::new();
    for (path, text) in sources("src/store").into_iter().filter(|(p, _)| !is_test(p)) {
        for literal in text.split('"').skip(1).step_by(2).filter(|l| l.contains("$1") && !l.contains("${")) {
            let mut highest = 0;
            for piece in literal.split('$').skip(1) {
                let digits: String = piece.chars().take_while(char::is_ascii_digit).collect();
                let Ok(number) = digits.parse::<u32>() else { continue };
                if number > highest + 1 {
                    wrong.push(format!("{}: ${number} before ${}: {literal}", path.display(), highest + 1));
                }
                highest = highest.max(number);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
