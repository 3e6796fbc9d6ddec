//! A desk for tests of the command line: a world of its own, and the program run in it.

use std::fmt;
use std::path::{Path, PathBuf};

use latchkey::desk::demo;

/// The moment at which every command runs, unless a test says otherwise.
pub const NOW: &str = "2026-11-20T09:00:00Z";

/// A home, a desk in it, and nothing of the machine it runs on.
pub struct TestDesk {
    dir: tempfile::TempDir,
}

/// What a command printed, and how it ended.
#[must_use]
pub struct Ran {
    pub stdout: String,
    pub stderr: String,
    pub code: i32,
    home: String,
}

impl TestDesk {
    /// A home without a desk.
    pub fn bare() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    /// A rehearsal desk with no lists and no cases.
    pub fn empty() -> Self {
        let made = Self::bare();
        made.run(&["init", "--rehearsal"]).ok();
        made
    }

    /// A rehearsal desk with the shipped lists and cases.
    pub fn filled() -> Self {
        let made = Self::bare();
        demo::fill(&made.path("desk"), demo::PRESENT).unwrap();
        made
    }

    /// A path in the home.
    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Writes a file in the home and names it.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// The program, in this home.
    pub fn command(&self, args: &[&str]) -> assert_cmd::Command {
        let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_latchkey"));
        let home = self.dir.path();
        command
            .env_clear()
            .env("HOME", home)
            .env("XDG_DATA_HOME", home.join("data"))
            .env("TMPDIR", home)
            .env("LATCHKEY_DESK", home.join("desk"))
            .env("LATCHKEY_NOW", NOW)
            .env("COLUMNS", "80")
            .current_dir(home)
            .args(args);
        command
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        self.ran(&mut self.command(args))
    }

    /// The same as somebody else than anna.
    pub fn by(&self, agent: &str, args: &[&str]) -> Ran {
        self.ran(self.command(args).env("LATCHKEY_AGENT", agent))
    }

    /// The same at another time.
    pub fn at(&self, now: &str, args: &[&str]) -> Ran {
        self.ran(self.command(args).env("LATCHKEY_NOW", now))
    }

    pub fn ran(&self, command: &mut assert_cmd::Command) -> Ran {
        let output = command.output().unwrap();
        Ran {
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
            code: output.status.code().unwrap_or(-1),
            home: self.dir.path().to_str().unwrap().to_owned(),
        }
    }

    /// Sends a code to the claimed number and reads it back.
    pub fn prove_sim(&self, ticket: &str) {
        let sent = self.run(&["--json", "code", "send", ticket, "sim"]).json();
        self.run(&["code", "confirm", ticket, "sim", sent["code"].as_str().unwrap()]).ok();
    }

    /// Brings R-01 to its authorization and returns the token.
    pub fn issued(&self) -> String {
        self.prove_sim("R-01");
        self.run(&["decide", "R-01", "approve"]).ok();
        self.run(&["issue", "R-01"]).ok().trim().to_owned()
    }
}

/// A file among the shipped fixtures.
pub fn fixture(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name).to_str().unwrap().to_owned()
}

impl Ran {
    /// The answer of a command that must have succeeded.
    pub fn ok(self) -> String {
        assert_eq!(self.code, 0, "{self}");
        self.stdout
    }

    /// The answer as JSON, however the command ended.
    pub fn json(self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|e| panic!("{e}: {self}"))
    }
}

impl fmt::Display for Ran {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let steady =
            |text: &str| steady(&text.replace(&self.home, "$HOME").replace(&fixture(""), "$FIXTURES/"));
        write!(f, "{}", steady(&self.stdout))?;
        if !self.stderr.is_empty() {
            write!(f, "------- stderr\n{}", steady(&self.stderr))?;
        }
        writeln!(f, "------- {}", self.code)
    }
}

/// The text without what differs from run to run: random ids, keys, tokens, durations.
pub fn steady(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    let in_word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    while let Some(start) = rest.find(in_word) {
        let (before, word) = rest.split_at(start);
        let end = word.find(|c| !in_word(c)).unwrap_or(word.len());
        let (word, after) = word.split_at(end);
        out.push_str(before);
        out.push_str(blank(word));
        rest = after;
    }
    out.push_str(rest);
    seconds(&out)
}

fn blank(word: &str) -> &str {
    let mixed = word.bytes().any(|b| b.is_ascii_lowercase()) && word.bytes().any(|b| b.is_ascii_uppercase());
    let hex = word.bytes().all(|b| b.is_ascii_hexdigit());
    match word.len() {
        64 if hex => "[DIGEST]",
        36 if word.split('-').map(str::len).eq([8, 4, 4, 4, 12]) => "[ID]",
        22 if mixed => "[JTI]",
        43 if mixed => "[KID]",
        n if n > 64 && mixed => "[SIGNED]",
        _ if word.starts_with("eyJ") => "[SIGNED]",
        _ if word.starts_with("latchkey-demo-") => "latchkey-demo-[DIR]",
        _ => word,
    }
}

/// `in 0.1 s` and `"seconds": 0.1`, which are never the same twice.
fn seconds(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.split('\n') {
        if let Some((before, _)) = line.split_once("\"seconds\": ") {
            lines.push(format!("{before}\"seconds\": [S]"));
            continue;
        }
        let mut pieces: Vec<String> = Vec::new();
        for piece in line.split(" in ") {
            let number: String = piece.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
            let after = piece.strip_prefix(&number).unwrap_or(piece);
            let timed = number.contains('.') && after.starts_with(" s");
            pieces.push(if timed { format!("[S]{after}") } else { piece.to_owned() });
        }
        lines.push(pieces.join(" in "));
    }
    lines.join("\n")
}
