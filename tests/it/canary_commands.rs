//! Personal-data canaries through every command: a desk is worked from its first case to its restoring, once with plain
//! answers and once with JSON. What each may tell stands beside it; nothing else may, no message and no file.

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt as _;

use rusqlite::types::ValueRef;

use crate::canary_world::{
    ALL, Canary, DEVICE, GIVEN, NONE, OWNER, REJECTED, SHOWN, THINGS, WORDS, canaries, files, opened, told,
    world,
};
use crate::cli_desk::{NOW, TestDesk};

/// A desk at work, and what was told that should not be.
struct Story {
    desk: TestDesk,
    json: bool,
    now: &'static str,
    canaries: Vec<Canary>,
    ran: BTreeSet<String>,
    faults: Vec<String>,
}

impl Story {
    fn new(json: bool) -> Self {
        let desk = world();
        std::fs::create_dir(desk.path("tmp")).unwrap();
        let viewer = desk.write("viewer", "#!/bin/sh\nenv > viewer.seen\necho \"$@\" >> viewer.seen\n");
        std::fs::set_permissions(&viewer, std::fs::Permissions::from_mode(0o755)).unwrap();
        desk.write("desk/config.toml", format!("[viewer]\ncommand = [\"{viewer}\"]\n"));
        let policy = include_str!("../../policy.toml").replace("codes = false", "codes = true");
        desk.write("desk/policy.toml", policy);
        Self { desk, json, now: NOW, canaries: canaries(), ran: BTreeSet::new(), faults: Vec::new() }
    }

    /// Carries a command out as somebody; its answer may tell these kinds.
    fn go(&mut self, agent: &str, command: &str, rest: &[&str], code: i32, may: u8) -> String {
        let mut args: Vec<&str> = if self.json { vec!["--json"] } else { Vec::new() };
        args.extend(command.split(' ').chain(rest.iter().copied()));
        let mut ran = self.desk.command(&args);
        ran.env("LATCHKEY_AGENT", agent)
            .env("LATCHKEY_NOW", self.now)
            .env("TMPDIR", self.desk.path("tmp"))
            .env("RUST_LOG", "trace")
            .env("RUST_BACKTRACE", "full");
        let ran = self.desk.ran(&mut ran);
        self.ran.insert(command.to_owned());
        let line = args.join(" ");
        if ran.code != code {
            self.faults.push(format!("{agent}: {line} ended with {} and not {code}: {ran}", ran.code));
        }
        for (what, text, may) in [("answers", &ran.stdout, may), ("says beside it", &ran.stderr, NONE)] {
            let told = told(&self.canaries, text.as_bytes(), may);
            if !told.is_empty() {
                self.faults.push(format!("{agent}: {line} {what} {told:?}:\n{text}"));
            }
        }
        ran.stdout
    }

    /// What an answer names: a value of its JSON, or what stands behind some words of its text.
    fn named(&self, answer: &str, key: &str, behind: &str) -> String {
        if self.json {
            let value: serde_json::Value = serde_json::from_str(answer).unwrap_or_default();
            return value[key].as_str().unwrap_or_default().to_owned();
        }
        let rest = answer.split_once(behind).map_or("", |(_, rest)| rest);
        rest.split([' ', '\n', ',']).next().unwrap_or_default().trim_end_matches('.').to_owned()
    }

    /// Words of ours that are in no file to begin with are none that were looked for.
    fn needs(&mut self, what: &str, text: &str, wanted: &str) {
        if !text.to_lowercase().contains(wanted) {
            self.faults.push(format!("{what} never told {wanted}: {text}"));
        }
    }
}

fn brought_in(s: &mut Story) {
    // The file's own name and a row's wrong word are told to whoever brings it; nothing else of the row is.
    s.go("anna", "import", &["cases", "in/cases.csv", "--rejects", "rejects.csv"], 3, NONE);
    s.go("anna", "import", &["cases", "in/V.csv", "--dry-run"], 0, NONE);
    s.go("anna", "import", &["cases", "in/V.csv"], 0, NONE);
    s.go("anna", "import", &["cases", "in/a.eml"], 0, NONE);
    s.go("anna", "new", &["in/one.json"], 0, SHOWN);
    let accounts = include_str!("../../fixtures/registry/accounts.csv");
    s.desk.write(
        "in/accounts.csv",
        accounts.to_owned() + "2000009999,not an address,,Rejecta Vestibule,,,active,,\n",
    );
    s.go("anna", "import", &["accounts", "in/accounts.csv", "--rejects", "accounts.rejects"], 3, NONE);
    s.go("anna", "registry status", &["--size"], 0, NONE);
    s.go("clara", "registry seal", &[], 0, NONE);
}

fn looked_at(s: &mut Story) {
    let shown = s.go("anna", "show", &["Z-1"], 0, SHOWN);
    for word in ["quixotish", "moon.example", "dn-canary7", "canary-slip"] {
        s.needs("show", &shown, word);
    }
    for ticket in ["R-01", "R-02", "R-06", "R-11", "R-12", "R-13", "R-14"] {
        s.go("anna", "show", &[ticket], 0, SHOWN);
        s.go("anna", "check", &[ticket], 0, SHOWN);
    }
    s.go("anna", "show", &["R-01", "--reveal"], 0, ALL);
    let shown = s.go("anna", "lookup", &["2000000101", "--reveal"], 0, ALL);
    s.needs("lookup --reveal", &shown, "m.sokolova@mail.example");
    for format in ["table", "json", "jsonl", "csv"] {
        s.go("anna", "tickets", &["--all", "--format", format], 0, NONE);
        s.go("anna", "search", &["quixotish", "--format", format], 0, NONE);
        s.go("anna", "authorizations", &["--format", format], 0, NONE);
        s.go("anna", "registry status", &["--format", format], 0, NONE);
    }
    s.go("anna", "tickets", &["--search", "Соколова"], 0, NONE);
    s.go("anna", "tickets", &["--reveal"], 0, ALL);
    s.go("anna", "search", &["+79035550777", "--reveal"], 0, ALL);
    for text in [
        "zorro.quixot@moon.example",
        "490154203237518",
        "867530900001015",
        "m.sokolova@mail.example",
        "+79161110101",
        "Z-1",
    ] {
        s.go("anna", "lookup", &[text], 0, NONE);
        s.go("anna", "lookup", &[text, "--reveal"], 0, ALL);
        s.go("clara", "audit reads", &[text], 0, NONE);
    }
    s.go("anna", "links", &["Z-1"], 0, NONE);
    s.go("anna", "links", &["Z-1", "Z-2"], 0, NONE);
    s.go("anna", "links", &["R-06", "R-07"], 0, NONE);
}

fn worked(s: &mut Story) {
    s.go("anna", "take", &["Z-1", "Z-2"], 0, SHOWN);
    s.go("anna", "note", &["Z-1", "Marginalia on Quixotish"], 0, SHOWN);
    s.go("anna", "wait", &["Z-2"], 0, SHOWN);
    s.go("anna", "release", &["Z-2"], 0, SHOWN);
    s.go("boris", "take", &["Z-1", "--steal", "--reason", "drumlin"], 0, SHOWN);
    s.go("anna", "take", &["Z-1", "--steal", "--reason", "drumlin"], 0, SHOWN);
    let more = ["Z-1", "receipt", "receipt_no=DN-CANARY7", "--file", "in/canary-slip.pdf"];
    s.go("anna", "evidence add", &more, 0, SHOWN);
    let shown = s.desk.run(&["--json", "show", "Z-1"]).json();
    let item = shown["evidence"].as_array().unwrap().last().unwrap()["id"].to_string();
    s.go("anna", "evidence open", &["Z-1", &item], 0, WORDS);
    s.go("anna", "evidence remove", &["Z-1", &item], 0, SHOWN);
    s.go("anna", "undo", &["Z-1"], 0, SHOWN);
    s.go("anna", "evidence read", &["R-02"], 0, THINGS);
    s.go("anna", "evidence look", &[&crate::cli_desk::fixture("photos/box-r02.png")], 0, THINGS);
    s.go("anna", "evidence verify", &[], 0, NONE);
    s.go("anna", "facts", &["R-13", "name=Quagmire", "phone=+79035550777"], 1, NONE);
    s.go("anna", "merge", &["Z-1", "Z-3"], 0, SHOWN);
    s.go("anna", "close", &["Z-2", "R-09"], 0, SHOWN);
    s.go("anna", "reopen", &["Z-2"], 0, SHOWN);
    let conn = rusqlite::Connection::open(s.desk.path("desk/desk.db")).unwrap();
    let mail: i64 = conn.query_row("SELECT ticket FROM mail", [], |row| row.get(0)).unwrap();
    let mail = format!("#{mail}");
    drop(conn);
    let shown = s.go("anna", "mail show", &[&mail], 0, GIVEN);
    s.needs("mail show", &shown, "whereupon");
    s.go("anna", "mail confirm", &[&mail, "1"], 0, SHOWN);
    s.go("anna", "mail dismiss", &[&mail, "1"], 0, SHOWN);
    s.go("anna", "mail request", &[&mail, "device-reset"], 0, SHOWN);
    s.go("anna", "mail original", &[&mail, "1"], 0, GIVEN);
    s.go("anna", "mail heard", &[&mail], 1, NONE);
}

fn written(s: &mut Story) {
    for (ticket, channel) in [("R-01", "sim"), ("R-14", "contact"), ("R-13", "contact")] {
        let sent = s.desk.run(&["show", ticket]);
        drop(sent);
        s.go("anna", "code send", &[ticket, channel], 0, NONE);
    }
    let code = s.go("anna", "code send", &["R-01", "sim"], 0, NONE);
    let code: String = if s.json {
        s.named(&code, "code", "")
    } else {
        let digits = |word: &&str| word.len() == 6 && word.bytes().all(|b| b.is_ascii_digit());
        code.split(|c: char| !c.is_ascii_digit()).find(digits).unwrap_or_default().to_owned()
    };
    s.go("anna", "code confirm", &["R-01", "sim", "000000"], 1, NONE);
    s.go("anna", "code confirm", &["R-01", "sim", &code], 0, NONE);
    s.go("anna", "reply", &["Z-1", "--lang", "en"], 0, NONE);
    s.go("anna", "reply", &["Z-1", "--send"], 0, NONE);
    s.go("anna", "outbox list", &["--all"], 0, NONE);
    s.go("anna", "outbox list", &["--all", "--format", "csv"], 0, NONE);
    for message in ["1", "2", "3", "4", "5"] {
        s.go("anna", "outbox show", &[message], 0, NONE);
    }
    s.go("anna", "outbox run", &[], 0, NONE);
    s.go("anna", "outbox retry", &["1"], 1, NONE);
    s.go("anna", "outbox drop", &["1", "--reason", "drumlin"], 1, NONE);
    s.go("anna", "letters show", &["en"], 0, NONE);
    let letters = s.desk.run(&["letters", "show", "ru"]).ok();
    let file = s.desk.write("in/ru.ftl", letters);
    s.go("anna", "letters check", &[&file], 0, NONE);
}

fn granted(s: &mut Story) -> (String, String) {
    s.go("anna", "decide", &["R-02", "approve-second"], 0, SHOWN);
    s.go("boris", "send-back", &["R-02", "--reason", "drumlin"], 0, SHOWN);
    s.go("anna", "decide", &["R-02", "approve-second"], 0, SHOWN);
    s.go("boris", "approve", &["R-02", "--saw-number"], 0, SHOWN);
    s.go("anna", "decide", &["Z-1", "refuse", "--reason", "drumlin"], 0, SHOWN);
    s.go("anna", "object", &["R-08", "--reason", "drumlin"], 0, SHOWN);
    s.go("boris", "clear", &["V-1", "ticket.rival", "--against", "R-06", "--reason", "drumlin"], 0, SHOWN);
    s.go("anna", "decide", &["R-12", "approve-second"], 0, SHOWN);
    s.go("boris", "notice confirm", &["R-12"], 0, SHOWN);
    s.go("anna", "notice clear", &["R-12"], 0, SHOWN);
    s.go("anna", "decide", &["R-01", "approve"], 0, SHOWN);
    // The authorization names its device, signed and to whoever made it.
    let issued = s.go("anna", "issue", &["R-01", "--qr", "r.svg", "--proof", "r.tlog-proof"], 0, SHOWN);
    let token = if s.json { s.named(&issued, "token", "") } else { issued.trim().to_owned() };
    s.go("anna", "verify", &[&token], 0, SHOWN);
    s.go("clara", "centres add", &["north", "--out", "north.json"], 0, NONE);
    s.go("clara", "centres list", &[], 0, NONE);
    s.go("clara", "centres share", &["north"], 0, NONE);
    // At the centre stands the device that was typed there.
    let secret = ["--secret", "north.json"];
    let asked = s.go("north", "centre challenge", &[&["867530900001015"][..], &secret].concat(), 0, DEVICE);
    let asked = if s.json {
        s.named(&asked, "challenge", "")
    } else {
        asked.lines().next().unwrap_or_default().to_owned()
    };
    // Both compare the device on the telephone.
    let said = s.go("anna", "speak", &["R-01", "--centre", "north", &asked], 0, DEVICE);
    let said =
        if s.json { s.named(&said, "code", "") } else { said.lines().next().unwrap_or_default().to_owned() };
    let taken = s.go("north", "centre check", &[&[asked.as_str(), &said][..], &secret].concat(), 0, DEVICE);
    let back = s.named(&taken, "acceptance", "Read back to the desk: ");
    s.go("north", "centre list", &secret, 0, DEVICE);
    s.go("anna", "redeem", &["R-01", "--accepted", &back], 0, SHOWN);
    s.now = "2026-11-23T10:00:00Z";
    s.go("anna", "issue", &["R-02"], 0, SHOWN);
    let all = s.desk.run(&["--json", "authorizations"]).json();
    let all = all["authorizations"].as_array().unwrap();
    let jti =
        all.iter().find(|a| a["state"] == "valid").map_or("", |a| a["jti"].as_str().unwrap()).to_owned();
    s.go("anna", "revoke", &[&jti, "--reason", "drumlin"], 0, NONE);
    s.go("anna", "authorizations", &[], 0, NONE);
    s.go("anna", "revocations export", &[], 0, NONE);
    s.go("clara", "centres end", &["north"], 0, NONE);
    (token, jti)
}

fn proven(s: &mut Story, jti: &str) {
    s.go("anna", "keyset show", &[], 0, NONE);
    let keys = s.go("anna", "keyset export", &["--log-keys"], 0, NONE);
    let keys = if s.json { s.desk.run(&["keyset", "export", "--log-keys"]).ok() } else { keys };
    let keys = s.desk.write("keys", keys);
    s.go("anna", "audit verify", &[], 0, NONE);
    let one = s.go("anna", "audit checkpoint", &["--qr", "head.svg"], 0, NONE);
    s.desk.write("head", &one);
    s.go("anna", "audit checkpoint", &["--out", "head.later"], 0, NONE);
    s.go("anna", "audit prove", &["R-01", "--out", "a.proof"], 0, NONE);
    s.go("anna", "audit prove", &[jti], 0, NONE);
    s.go("anna", "audit prove", &["--leaf", "3"], 0, NONE);
    s.go("anna", "audit check-proof", &["a.proof", "--key", &keys], 0, NONE);
    s.go("anna", "audit export", &["tiles"], 0, NONE);
    s.go("anna", "audit prove-fork", &["head", "head.later", "--key", &keys], 4, NONE);
    s.go("anna", "audit check-fork", &["head", "--key", &keys], 4, NONE);
    s.desk.write("pass", "the passphrase of the witness\n");
    let pass = ["--passphrase-file", "pass"];
    s.go("anna", "witness init", &[&["witness.example/w1"][..], &pass].concat(), 0, NONE);
    s.go("anna", "witness trust", &[&keys], 0, NONE);
    s.go("anna", "witness cosign", &[&["head", "--out", "cosigned"][..], &pass].concat(), 0, NONE);
    s.go("anna", "witness list", &[], 0, NONE);
}

fn kept(s: &mut Story) {
    s.go("clara", "agents list", &[], 0, NONE);
    s.go("clara", "agents add", &["dora", "--role", "agent"], 0, NONE);
    s.go("clara", "agents role", &["dora", "auditor"], 0, NONE);
    s.go("clara", "agents rotate", &["dora"], 0, NONE);
    s.go("clara", "agents passphrase", &[], 1, NONE);
    s.go("clara", "agents disable", &["dora", "--request", "asked"], 0, NONE);
    s.go("clara", "keyset sign", &["asked", "--root", "desk/keys/root.pem", "--out", "keyset.jws"], 0, NONE);
    s.go("clara", "keyset apply", &["keyset.jws"], 0, NONE);
    s.go("clara", "agents disable", &["nobody"], 1, NONE);
    s.go("anna", "policy show", &[], 0, NONE);
    s.go("anna", "policy check", &["desk/policy.toml"], 0, NONE);
    s.go("anna", "policy replay", &["desk/policy.toml"], 0, NONE);
    s.go("clara", "policy accept", &[], 0, NONE);
    s.go("clara", "config accept", &[], 0, NONE);
    s.go("clara", "audit accept-clock", &[], 1, NONE);
    s.go("anna", "config show", &[], 0, NONE);
    s.go("anna", "config template", &[], 0, NONE);
    s.go("anna", "report", &[], 0, NONE);
    s.go("clara", "doctor", &[], 0, NONE);
    s.go("clara", "export", &[], 0, NONE);
    s.go("clara", "export", &["--format", "csv", "--out", "masked.csv"], 0, NONE);
    s.go("clara", "export", &["--reveal", "--out", "full.jsonl"], 0, NONE);
    s.go("clara", "export", &["--reveal", "--format", "csv"], 0, ALL);
    s.go("clara", "backup", &["one.backup"], 0, NONE);
    s.go("clara", "backup", &["two.age", "--encrypt"], 0, NONE);
    s.go("clara", "backup verify", &["one.backup"], 0, NONE);
    s.go("clara", "backup verify", &["two.age"], 0, NONE);
    s.go("anna", "note", &["Z-2", "half-typed"], 0, SHOWN);
    s.go("clara", "restore", &["one.backup", "--reason", "letterbox"], 0, NONE);
    s.go("anna", "audit accept-rollback", &["--reason", "letterbox"], 0, NONE);
    s.go("clara", "doctor", &["--fix"], 4, NONE);
    s.go("clara", "prune", &["--dry-run"], 0, NONE);
    s.go("clara", "prune", &[], 0, NONE);
    s.go("clara", "registry prune", &[], 0, NONE);
    s.go("clara", "erase", &["zorro.quixot@moon.example", "--dry-run"], 1, NONE);
    s.go("clara", "erase", &["R-01", "--lists"], 0, NONE);
    s.go("anna", "audit verify", &[], 0, NONE);
    s.go("anna", "init", &["--rehearsal", "--desk", "another"], 0, NONE);
    // Its people are the shipped ones.
    s.go("anna", "demo", &["shown"], 0, DEVICE);
    s.go("anna", "completions", &["bash"], 0, NONE);
    s.go("anna", "man", &[], 0, NONE);
}

/// What may lie where, by how a file's name begins. What is not named may hold nothing.
const PLACES: [(&str, u8); 13] = [
    ("desk/desk.db", ALL),
    ("desk.before-1/desk.db", ALL),
    ("desk/registry.db", OWNER | DEVICE | THINGS),
    ("desk.before-1/registry.db", OWNER | DEVICE | THINGS),
    // Files of evidence under their digests, and mails as they came.
    ("desk/attachments/", GIVEN),
    ("desk.before-1/attachments/", GIVEN),
    ("one.backup", ALL),
    ("full.jsonl", ALL),
    // What was brought in, and a desk that the program ships.
    ("in/", ALL | REJECTED),
    ("shown/", ALL),
    ("data/latchkey/centre/", DEVICE),
    ("rejects.csv", REJECTED),
    ("accounts.rejects", REJECTED),
];

/// Tables of `desk.db` that hold what is told of people; whatever is not named holds nothing.
const TABLES: [(&str, u8); 16] = [
    ("ticket", GIVEN | DEVICE),
    ("evidence", GIVEN | DEVICE),
    ("note", GIVEN),
    ("joined", GIVEN),
    ("code", ALL),
    ("message", ALL),
    ("decision", ALL),
    ("clearing", WORDS),
    ("objection", GIVEN),
    ("authorization", GIVEN | DEVICE),
    ("owner_notice", OWNER),
    ("desk_notice", DEVICE),
    ("mail", GIVEN),
    ("offer", GIVEN),
    ("search_sheet", GIVEN | DEVICE),
    ("setting", WORDS),
];

fn look_through_files(s: &mut Story) {
    let mut all = Vec::new();
    files(&s.desk.path(""), "", &mut all);
    for (name, bytes) in &all {
        let may = PLACES.iter().find(|(begins, _)| name.starts_with(begins)).map_or(NONE, |(_, may)| *may);
        let found = told(&s.canaries, bytes, may);
        let called =
            if name.starts_with("in/") { Vec::new() } else { told(&s.canaries, name.as_bytes(), NONE) };
        if !found.is_empty() || !called.is_empty() {
            s.faults.push(format!("{name} holds {found:?}, is called {called:?}"));
        }
        let mode = std::fs::metadata(s.desk.path(name)).unwrap().permissions().mode();
        let brought = ["in/", "shown/"].iter().any(|begins| name.starts_with(begins));
        if mode & 0o077 != 0 && !brought && !told(&s.canaries, bytes, NONE).is_empty() {
            s.faults.push(format!("{name} is of mode {mode:o}"));
        }
    }
    // What must have been among them: kept heads and places, signed notes, proofs, what was masked or sealed.
    for wanted in [
        ".places",
        "tiles/tile/",
        "a.proof",
        "r.tlog-proof",
        "two.age",
        "masked.csv",
        "viewer.seen",
        "cosigned",
    ] {
        if !all.iter().any(|(name, _)| name.contains(wanted)) {
            s.faults.push(format!("there is no {wanted} to look through"));
        }
    }
    for (begins, may) in PLACES {
        if may != NONE && !all.iter().any(|(name, _)| name.starts_with(begins)) {
            s.faults.push(format!("there is no {begins} to look through"));
        }
    }
}

fn look_through_tables(s: &mut Story) {
    let conn = rusqlite::Connection::open(s.desk.path("desk/desk.db")).unwrap();
    let mut names = conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").unwrap();
    let names: Vec<String> = names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert!(names.len() > 30);
    for name in names {
        let may = TABLES.iter().find(|(table, _)| *table == name).map_or(NONE, |(_, may)| *may);
        let mut rows = conn.prepare(&format!("SELECT * FROM {name}")).unwrap();
        let columns = rows.column_count();
        let (mut plain, mut signed) = (Vec::new(), Vec::new());
        let mut rows = rows.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                if let ValueRef::Text(bytes) | ValueRef::Blob(bytes) = row.get_ref(column).unwrap() {
                    plain.extend_from_slice(bytes);
                    plain.push(b'\n');
                    signed.extend(opened(&String::from_utf8_lossy(bytes)));
                }
            }
        }
        let found = told(&s.canaries, &plain, may);
        // What is signed names devices and accounts, and nobody.
        let behind = told(&s.canaries, &signed, THINGS | DEVICE);
        if !found.is_empty() || !behind.is_empty() {
            s.faults.push(format!("table {name} holds {found:?}, signed {behind:?}"));
        }
    }
}

fn tell(json: bool) {
    let mut s = Story::new(json);
    brought_in(&mut s);
    looked_at(&mut s);
    worked(&mut s);
    written(&mut s);
    let (_, jti) = granted(&mut s);
    proven(&mut s, &jti);
    // Before anything of it is let go.
    look_through_tables(&mut s);
    kept(&mut s);
    look_through_files(&mut s);
    look_through_tables(&mut s);
    let known = crate::cli_help::commands();
    let (known, ran): (BTreeSet<_>, _) = (known.into_iter().collect(), s.ran);
    let never: Vec<_> = known.difference(&ran).collect();
    if !never.is_empty() {
        s.faults.push(format!("no row is there for {never:?}"));
    }
    assert!(s.faults.is_empty(), "{}", s.faults.join("\n\n"));
}

#[test]
fn no_command_and_no_file_tells_what_it_should_not() {
    tell(false);
}

#[test]
fn no_json_tells_what_it_should_not() {
    tell(true);
}
