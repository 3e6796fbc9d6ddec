//! What a desk hands to outsiders: proofs, tiles, forks; and how it notices that it was rolled back.

use std::collections::BTreeMap;
use std::path::Path;

use crate::cli_desk::{Ran, TestDesk};

/// Every file under a folder, by its path.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, dir: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, found);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, folder, &mut found);
    found
}

/// Acts that each write a leaf.
fn grow(desk: &TestDesk, times: usize) {
    for _ in 0..times {
        desk.run(&["note", "R-01", "seen"]).ok();
    }
}

/// Leaves of any number, without a command each.
fn grow_by_store(desk: &TestDesk, times: usize) {
    use latchkey::audit::Draft;
    use latchkey::domain::Time;
    use latchkey::store::desk::journal::Journal;
    use latchkey::store::{self, FileKind, Purpose, Statements};
    let db = store::open(&desk.path("desk/desk.db"), Purpose::Write, FileKind::Desk).unwrap().conn;
    store::write_tx(&db, |tx| {
        let mut journal = Journal::open(tx)?;
        for _ in 0..times {
            journal.append(
                &Statements::new(tx),
                Draft::new("ticket.taken", "anna"),
                Time(1_800_000_000),
                None,
            )?;
        }
        journal.close(tx)
    })
    .unwrap();
}

#[test]
fn an_authorization_is_proven_to_somebody_without_a_desk() {
    let desk = TestDesk::filled();
    let token = desk.write("token.jws", desk.issued());
    grow(&desk, 2);
    let ran = desk.run(&["audit", "prove", "R-01", "--out", "r01.tlog-proof"]);
    assert_eq!(ran.code, 0, "{ran}");
    assert!(ran.stderr.starts_with("leaf "), "{ran}");
    let by_ticket = std::fs::read_to_string(desk.path("r01.tlog-proof")).unwrap();
    let jti = desk.run(&["--json", "authorizations"]).json()["authorizations"][0]["jti"].clone();
    let by_id = desk.run(&["audit", "prove", jti.as_str().unwrap()]).ok();
    assert_eq!(by_ticket, by_id, "one leaf, one head: one proof");
    assert!(by_id.starts_with("c2sp.org/tlog-proof@v1\nextra "), "{by_id}");
    let keyset = desk.write("keyset.jws", desk.run(&["keyset", "export"]).ok());
    let keys = desk.write("keys", desk.run(&["keyset", "export", "--log-keys"]).ok());
    let away = |args: &[&str]| desk.ran(desk.command(args).env_remove("LATCHKEY_DESK"));
    let shows =
        away(&["--json", "audit", "check-proof", "r01.tlog-proof", "--keyset", &keyset, "--token", &token]);
    assert_eq!(shows.code, 0, "{shows}");
    let shows = shows.json();
    assert_eq!(
        (&shows["leaf"]["act"], &shows["leaf"]["info"]["jti"]),
        (&"authorization.issued".into(), &jti)
    );
    let said = away(&["audit", "check-proof", "r01.tlog-proof", "--key", &keys]).ok();
    assert!(said.starts_with("✓ it stands in the log latchkey/"), "{said}");

    let other = TestDesk::filled();
    let strange = desk.write("strange", other.run(&["keyset", "export", "--log-keys"]).ok());
    let strange_keyset = desk.write("strange.jws", other.run(&["keyset", "export"]).ok());
    let wrong = desk.write("wrong.jws", other.issued());
    let decision = desk.write("decision.tlog-proof", desk.run(&["audit", "prove", "--leaf", "3"]).ok());
    for (name, args) in [
        ("another desk's keys", vec!["r01.tlog-proof", "--key", &strange]),
        ("another desk's keyset", vec!["r01.tlog-proof", "--keyset", &strange_keyset]),
        ("another desk's token", vec!["r01.tlog-proof", "--key", &keys, "--token", &wrong]),
        ("another leaf", vec![&decision, "--key", &keys, "--token", &token]),
    ] {
        let ran = away(&[&["audit", "check-proof"][..], &args].concat());
        assert_eq!(ran.code, 4, "{name}: {ran}");
    }
    for (at, piece) in ["index 3", "extra eyJ", "\n\nlatchkey/", "— latchkey/"].into_iter().enumerate() {
        assert!(by_id.contains(piece), "{by_id}");
        let changed = desk.write("changed", by_id.replacen(piece, &piece.replace(['3', 'J', 'l'], "x"), 1));
        let ran = away(&["--json", "audit", "check-proof", &changed, "--key", &keys]);
        assert_eq!((ran.code, &ran.json()["ok"]), (4, &false.into()), "part {at}");
    }
}

#[test]
fn what_cannot_be_proven_is_said() {
    let desk = TestDesk::filled();
    let proven = desk.run(&["audit", "prove", "R-02"]);
    assert!(proven.code == 0 && proven.stderr.contains("leaf "), "{proven}");
    insta::assert_snapshot!(desk.run(&["audit", "prove", "--leaf", "999999"]), @"
    ------- stderr
    error: The log has no leaf 999999: it has 27, numbered from 0.
    ------- 1
    ");
    insta::assert_snapshot!(desk.run(&["audit", "checkpoint", "--since", "5000"]), @"
    ------- stderr
    error: The log has only 27 leaves: nothing leads on from 5000. If somebody has seen 5000, it was cut short.
    Hint: `latchkey audit verify` names the first leaf that does not fit.
    ------- 1
    ");
    let db = rusqlite::Connection::open(desk.path("desk/desk.db")).unwrap();
    db.execute("UPDATE leaf SET line = replace(line, 'clara', 'klara') WHERE seq = 3", []).unwrap();
    insta::assert_snapshot!(desk.run(&["audit", "prove", "--leaf", "3"]), @"
    ------- stderr
    error: The log does not lead to its own head: somebody edited the desk's file. Nothing was proven or written.
    Hint: `latchkey audit verify` names the first leaf that does not fit.
    ------- 4
    ");
    assert_eq!(desk.run(&["audit", "prove", "--leaf", "4"]).code, 0, "the hashes still lead to the head");
    db.execute("UPDATE leaf SET hash = zeroblob(32) WHERE seq = 3", []).unwrap();
    assert_eq!(desk.run(&["audit", "prove", "--leaf", "4"]).code, 4);
    assert_eq!(desk.run(&["audit", "export", "tiles"]).code, 4);
    assert!(!desk.path("tiles/checkpoint").exists());
}

#[test]
fn an_export_only_adds_and_is_complete_at_every_size() {
    let desk = TestDesk::empty();
    let dir = desk.path("tiles");
    let mut before = BTreeMap::new();
    let mut size = 0;
    for more in [1, 1, 250, 3, 1, 256, 300] {
        grow_by_store(&desk, more);
        let done = desk.run(&["--json", "audit", "export", "tiles"]).json();
        assert_eq!(done["before"], size, "{done}");
        size = done["size"].as_u64().unwrap();
        let now = files(&dir);
        for (name, bytes) in &before {
            assert!(name == "checkpoint" || now.get(name) == Some(bytes), "{name} was changed at {size}");
        }
        assert!(now.keys().all(|name| name == "checkpoint" || name.starts_with("tile/")), "{:?}", now.keys());
        let (full, part) = (size / 256, size % 256);
        for kind in ["0", "entries"] {
            for n in 0..full {
                assert!(now.contains_key(&format!("tile/{kind}/{n:03}")), "{kind} {n} of {size}");
            }
            assert_eq!(now.contains_key(&format!("tile/{kind}/{full:03}.p/{part}")), part > 0, "{size}");
        }
        assert_eq!(now.contains_key(&format!("tile/1/000.p/{full}")), full > 0, "{size}");
        let keys = desk.write("keys", desk.run(&["keyset", "export", "--log-keys"]).ok());
        let key = std::fs::read_to_string(&keys).unwrap();
        let keys: Vec<_> = key.lines().map(|k| latchkey::audit::VerifierKey::parse(k).unwrap()).collect();
        let (_, head, hashes) = latchkey::desk::tiles::open_folder(&dir, &keys).unwrap();
        assert_eq!((head.size, hashes.len() as u64), (size, size));
        before = now;
    }
    // Nothing new: nothing but the checkpoint is looked at.
    let again = desk.run(&["audit", "export", "tiles"]).ok();
    assert!(again.contains("0 new leaves"), "{again}");
    // What a killed export left is swept, and what is missing is written again.
    std::fs::create_dir_all(dir.join(".new")).unwrap();
    std::fs::write(dir.join(".new/half"), "x").unwrap();
    std::fs::remove_file(dir.join("tile/0/001")).unwrap();
    desk.run(&["audit", "export", "tiles"]).ok();
    assert_eq!(files(&dir), before);
}

#[test]
fn an_export_refuses_a_folder_that_it_does_not_go_on_from() {
    let (desk, other) = (TestDesk::filled(), TestDesk::filled());
    desk.run(&["audit", "export", "tiles"]).ok();
    let tiles = desk.path("tiles").to_str().unwrap().to_owned();
    let strange = other.run(&["audit", "export", &tiles]);
    assert!(strange.code == 4 && strange.stderr.contains("is not this desk's"), "{strange}");
    // The same desk, rolled back by somebody who also forgot what was seen of it.
    std::fs::copy(desk.path("desk/desk.db"), desk.path("old.db")).unwrap();
    grow(&desk, 3);
    desk.run(&["audit", "export", "tiles"]).ok();
    let kept = files(&desk.path("tiles"));
    put_back(&desk);
    std::fs::remove_file(desk.path("desk/keys/anna.head")).unwrap();
    desk.run(&["take", "R-02"]).ok();
    grow(&desk, 5);
    let forked = desk.run(&["audit", "export", "tiles"]);
    assert!(forked.code == 4 && forked.stderr.contains("does not go on from"), "{forked}");
    assert_eq!(files(&desk.path("tiles")), kept, "nothing was written");
}

/// The desk's file as it was at a copy.
fn put_back(desk: &TestDesk) {
    for more in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(desk.path(&format!("desk/desk.db{more}")));
    }
    std::fs::copy(desk.path("old.db"), desk.path("desk/desk.db")).unwrap();
}

#[test]
fn a_fork_is_proven_to_others() {
    let desk = TestDesk::filled();
    std::fs::copy(desk.path("desk/desk.db"), desk.path("old.db")).unwrap();
    grow(&desk, 2);
    let one = desk.write("one", desk.run(&["audit", "checkpoint"]).ok());
    desk.run(&["audit", "export", "first"]).ok();
    put_back(&desk);
    std::fs::remove_file(desk.path("desk/keys/anna.head")).unwrap();
    desk.run(&["take", "R-02"]).ok();
    desk.run(&["release", "R-02"]).ok();
    let same = desk.write("same", desk.run(&["audit", "checkpoint"]).ok());
    grow(&desk, 4);
    let longer = desk.write("longer", desk.run(&["audit", "checkpoint"]).ok());
    let keys = desk.write("keys", desk.run(&["keyset", "export", "--log-keys"]).ok());
    let away = |args: &[&str]| desk.ran(desk.command(args).env_remove("LATCHKEY_DESK"));
    // Of one size the heads are enough.
    let proof = desk.write("fork", away(&["audit", "prove-fork", &one, &same, "--key", &keys]).ok());
    let said = away(&["audit", "check-fork", &proof, "--key", &keys]);
    assert!(said.code == 0 && said.stdout.contains("signed two logs"), "{said}");
    // Of two sizes the longer log's leaves are needed: the desk has them.
    let refused = away(&["audit", "prove-fork", &longer, &one, "--key", &keys]);
    assert!(refused.code == 4 && refused.stderr.contains("--tiles"), "{refused}");
    let ran = desk.run(&["audit", "prove-fork", &longer, &one, "--out", "fork2"]);
    assert!(ran.code == 0 && ran.stderr.contains("signed two logs"), "{ran}");
    let shown = away(&["--json", "audit", "check-fork", "fork2", "--key", &keys]).json();
    assert_eq!(shown["ok"], true);
    assert_ne!(shown["roots"][0], shown["roots"][1]);
    // Its export shows it to somebody else.
    desk.run(&["audit", "export", "second"]).ok();
    let head = desk.path("second/checkpoint");
    let ran =
        away(&["audit", "prove-fork", &one, head.to_str().unwrap(), "--tiles", "second", "--key", &keys]);
    assert_eq!(ran.code, 0, "{ran}");
    // Two heads of one log are no fork, and a damaged proof is none.
    let honest = desk.run(&["audit", "prove-fork", &same, &longer]);
    assert!(honest.code == 4 && honest.stderr.contains("both checkpoints can be"), "{honest}");
    let text = std::fs::read_to_string(desk.path("fork2")).unwrap();
    let damaged = desk.write("damaged", text.replacen("prefix ", "prefix A", 1));
    assert_eq!(away(&["audit", "check-fork", &damaged, "--key", &keys]).code, 4);
    let strange = desk.write("strange", TestDesk::empty().run(&["keyset", "export", "--log-keys"]).ok());
    assert_eq!(away(&["audit", "check-fork", "fork2", "--key", &strange]).code, 4);
}

#[test]
fn a_desk_that_was_rolled_back_says_so_until_somebody_accepts_it() {
    let desk = TestDesk::filled();
    desk.run(&["take", "R-02"]).ok();
    std::fs::copy(desk.path("desk/desk.db"), desk.path("old.db")).unwrap();
    grow(&desk, 3);
    put_back(&desk);
    let verdict = desk.run(&["--json", "audit", "verify"]);
    assert_eq!((verdict.code, &verdict.json()["ok"]), (4, &false.into()));
    insta::assert_snapshot!(desk.run(&["note", "R-01", "later"]), @"
    ------- stderr
    error: The desk was rolled back: 31 leaves were seen before, 28 are here.
    Hint: Find out first why: a restored backup, or somebody's doing. `latchkey audit accept-rollback --reason TEXT` goes on from here, and writes it down.
    ------- 4
    ");
    assert_eq!(desk.run(&["audit", "checkpoint"]).code, 4, "no second head of one size is signed");
    assert_eq!(desk.run(&["audit", "prove", "R-02"]).code, 4);
    let shown = desk.run(&["show", "R-01"]);
    assert!(shown.code == 0 && shown.stderr.contains("rolled back"), "looking is possible: {shown}");
    // The others' memory is their own.
    assert_eq!(desk.by("boris", &["--json", "audit", "verify"]).json()["ok"], true, "boris has seen no more");
    assert_eq!(desk.run(&["audit", "accept-rollback", "--reason", " "]).code, 2);
    // Whoever only works here goes on where a custodian has looked, and not before.
    let alone = desk.run(&["audit", "accept-rollback", "--reason", "the disk of Monday was restored"]);
    assert!(alone.code == 5 && alone.stderr.contains("custodian"), "{alone}");
    let clara = desk.path("desk/keys/clara.head");
    std::fs::copy(desk.path("desk/keys/anna.head"), &clara).unwrap();
    desk.by("clara", &["audit", "accept-rollback", "--reason", "the disk of Monday was restored"]).ok();
    desk.run(&["audit", "accept-rollback", "--reason", "clara has looked"]).ok();
    desk.run(&["note", "R-01", "later"]).ok();
    assert_eq!(desk.run(&["--json", "audit", "verify"]).json()["ok"], true);
    let again = desk.run(&["audit", "accept-rollback", "--reason", "x"]);
    assert_eq!(again.code, 1, "{again}");
    let db = rusqlite::Connection::open(desk.path("desk/desk.db")).unwrap();
    let sql = "SELECT count(*) FROM leaf WHERE line LIKE '%log.rollback-accepted%'";
    assert_eq!(db.query_row(sql, [], |row| row.get::<_, i64>(0)), Ok(2));
}

/// As long as before, and another log all the same.
#[test]
fn a_log_written_anew_is_noticed_at_any_length() {
    for more in [1, 3, 8] {
        let desk = TestDesk::filled();
        std::fs::copy(desk.path("desk/desk.db"), desk.path("old.db")).unwrap();
        grow(&desk, 3);
        let seen = std::fs::read(desk.path("desk/keys/anna.head")).unwrap();
        put_back(&desk);
        std::fs::remove_file(desk.path("desk/keys/anna.head")).unwrap();
        for n in 0..more {
            desk.run(&["note", "R-01", &format!("forged {n}")]).ok();
        }
        std::fs::write(desk.path("desk/keys/anna.head"), seen).unwrap();
        let refused = desk.run(&["note", "R-01", "x"]);
        assert!(refused.code == 4 && refused.stderr.contains("rolled back"), "{more}: {refused}");
        assert_eq!(desk.run(&["audit", "verify"]).code, 4, "{more}");
    }
}

/// A command of the custodian of a real desk.
fn as_clara(desk: &TestDesk, pass: &str, args: &[&str]) -> Ran {
    desk.ran(&mut desk.command(&[&["--passphrase-file", pass, "--agent", "clara"][..], args].concat()))
}

/// A whole folder can be put back, keys and all; what lies in the user's own state folder cannot be with it.
#[test]
fn a_real_desk_is_remembered_outside_of_its_folder() {
    let desk = TestDesk::bare();
    let pass = desk.write("pass", "a long passphrase of mine\n");
    let real = |args: &[&str]| as_clara(&desk, &pass, args);
    real(&["init"]).ok();
    let copy = |from: &str, to: &str| {
        let _ = std::fs::remove_dir_all(desk.path(to));
        let status =
            std::process::Command::new("cp").arg("-a").args([desk.path(from), desk.path(to)]).status();
        assert!(status.unwrap().success());
    };
    copy("desk", "yesterday");
    real(&["agents", "add", "anna", "--role", "agent"]).ok();
    copy("yesterday", "desk");
    let verdict = real(&["--json", "audit", "verify"]);
    assert_eq!((verdict.code, &verdict.json()["ok"]), (4, &false.into()));
    let refused = real(&["agents", "add", "anna", "--role", "agent"]);
    assert_eq!(refused.code, 4, "{refused}");
    assert_eq!(std::fs::read_dir(desk.path(".local/state/latchkey/heads")).unwrap().count(), 1);
}

const DAILY: &str =
    "[audit]\ncheckpoint = \"1 d\"\nto = [\"auditor@post.example\", \"police@post.example\"]\n";

#[test]
fn a_signed_head_leaves_by_schedule() {
    let desk = TestDesk::filled();
    desk.write("desk/config.toml", DAILY);
    let sent = |now: &str| {
        desk.at(now, &["outbox", "run"]).ok();
        let all = desk.run(&["--json", "outbox", "list", "--all", "--limit", "1000"]).json();
        let of = |m: &&serde_json::Value| m["kind"] == "checkpoint";
        all["messages"].as_array().unwrap().iter().filter(of).cloned().collect::<Vec<_>>()
    };
    let first = sent("2026-11-20T09:00:00Z");
    assert_eq!(first.len(), 2, "one for each");
    assert_eq!((&first[0]["ticket"], &first[0]["state"]), (&serde_json::Value::Null, &"sent".into()));
    assert_eq!(sent("2026-11-21T08:59:59Z").len(), 2, "not due yet");
    // Whoever signs anything once it is due signs the head too.
    desk.prove_sim("R-01");
    let ran = desk.at("2026-11-21T09:00:01Z", &["decide", "R-01", "approve"]);
    assert!(ran.code == 0 || ran.code == 1, "{ran}");
    let second = sent("2026-11-21T09:00:02Z");
    assert_eq!(second.len(), 4);
    let shown = desk.run(&["outbox", "show", &second[0]["message"].to_string()]).ok();
    assert!(shown.contains("Subject: Checkpoint of latchkey/") && !shown.contains("for ticket"), "{shown}");
    let (_, text) = shown.split_once("\n\n").unwrap();
    let note = desk.write("note", text);
    assert_eq!(desk.run(&["--json", "audit", "verify", "--against", &note]).json()["ok"], true);
}

#[test]
fn a_real_desk_lays_the_head_where_its_mail_goes() {
    let desk = TestDesk::bare();
    let pass = desk.write("pass", "a long passphrase of mine\n");
    let real = |args: &[&str]| as_clara(&desk, &pass, args);
    real(&["init"]).ok();
    std::fs::create_dir(desk.path("out")).unwrap();
    let out = desk.path("out");
    desk.write("desk/config.toml", format!("{DAILY}[dispatch]\nfolder = \"{}\"\n", out.display()));
    real(&["config", "accept"]).ok();
    // Without the passphrase nothing is signed, and what else waits leaves all the same.
    let blind = desk.ran(desk.command(&["--agent", "clara", "outbox", "run"]).write_stdin(""));
    assert!(blind.stderr.contains("checkpoint is due"), "{blind}");
    let ran = real(&["outbox", "run"]);
    assert!(ran.code == 0 && ran.stdout.contains("checkpoint to"), "{ran}");
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), 2);
    let again = real(&["outbox", "run"]);
    assert!(again.stdout.starts_with("0 sent. In the outbox 0 wait"), "{again}");
}

#[test]
fn a_token_is_issued_with_its_proof_beside_it() {
    let desk = TestDesk::filled();
    desk.prove_sim("R-01");
    desk.run(&["decide", "R-01", "approve"]).ok();
    desk.write("there", "x");
    let refused = desk.run(&["issue", "R-01", "--proof", "there"]);
    assert_eq!(refused.code, 1, "{refused}");
    let token = desk.write("token", desk.run(&["issue", "R-01", "--proof", "r01.tlog-proof"]).ok());
    desk.run(&["audit", "check-proof", "r01.tlog-proof", "--token", &token]).ok();
}
