//! A witness: what it cosigns, and by which rule it refuses everything else.

use latchkey::audit::{KeyKind, VerifierKey, cosignatures};

use crate::cli_desk::{Ran, TestDesk};

/// A desk, and a witness somewhere else.
struct Two {
    desk: TestDesk,
    witness: TestDesk,
    key: String,
}

impl Two {
    fn new() -> Self {
        let (desk, witness) = (TestDesk::filled(), TestDesk::bare());
        witness.write("pass", "the passphrase of the witness\n");
        let two = Self { desk, witness, key: String::new() };
        let key = two.w(&["init", "witness.example/w1"]).ok().trim().to_owned();
        let keys = two.desk.run(&["keyset", "export", "--log-keys"]).ok();
        let keys = two.witness.write("keys", keys);
        two.w(&["trust", &keys]).ok();
        Self { key, ..two }
    }

    fn w(&self, args: &[&str]) -> Ran {
        let all = [&["--json", "--passphrase-file", "pass", "witness"][..], args].concat();
        // The answer in plain words where there is one.
        let all = if args[0] == "init" { [&all[1..]].concat() } else { all };
        self.witness.ran(self.witness.command(&all).env_remove("LATCHKEY_DESK").env_remove("LATCHKEY_NOW"))
    }

    /// What the witness says to this text.
    fn asked(&self, text: &str) -> (Option<String>, i32) {
        let file = self.witness.write("asked", text);
        let ran = self.w(&["cosign", &file]);
        let code = ran.code;
        (ran.json()["rule"].as_str().map(str::to_owned), code)
    }

    fn refuses(&self, text: &str, rule: &str) {
        assert_eq!(self.asked(text), (Some(rule.to_owned()), 4), "{rule}");
    }

    fn size(&self) -> u64 {
        self.w(&["list"]).json()["heads"][0]["size"].as_u64().unwrap_or(0)
    }

    fn grow(&self) {
        self.desk.run(&["note", "R-01", "seen"]).ok();
    }
}

#[test]
fn a_longer_head_is_cosigned_with_its_proof_and_refused_without() {
    let two = Two::new();
    let first = two.desk.run(&["audit", "checkpoint"]).ok();
    assert_eq!(two.asked(&first), (None, 0), "nothing was seen yet");
    let seen = two.size();
    assert_eq!(two.asked(&first), (None, 0), "the same again");
    two.grow();
    let longer = two.desk.run(&["audit", "checkpoint"]).ok();
    two.refuses(&longer, "old");
    let asked = two.desk.run(&["audit", "checkpoint", "--since", &seen.to_string()]).ok();
    let wrong = two.desk.run(&["audit", "checkpoint", "--since", &(seen - 1).to_string()]).ok();
    two.refuses(&wrong, "old");
    // A bit of the proof, a hash too few, a hash too many.
    let proof: Vec<&str> = asked.lines().take_while(|line| !line.is_empty()).skip(1).collect();
    assert!(!proof.is_empty(), "{asked}");
    for (from, to) in [
        (format!("{}\n", proof[0]), String::new()),
        (format!("{}\n", proof[0]), format!("{0}\n{0}\n", proof[0])),
        (proof[0].to_owned(), "CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=".to_owned()),
    ] {
        two.refuses(&asked.replacen(&from, &to, 1), "consistency");
    }
    assert_eq!(two.size(), seen, "a refusal keeps nothing");
    let file = two.witness.write("asked", &asked);
    let ran = two.w(&["cosign", &file, "--out", "cosigned"]);
    assert_eq!(ran.code, 0, "{ran}");
    assert_eq!(two.size(), seen + 1);
    let note = std::fs::read_to_string(two.witness.path("cosigned")).unwrap();
    let key = VerifierKey::parse(&two.key).unwrap();
    assert_eq!((key.kind, key.name.as_str()), (KeyKind::Witness, "witness.example/w1"));
    assert_eq!(cosignatures(&note, &[key]).unwrap().len(), 1);
    two.refuses(&first, "rollback");
}

#[test]
fn a_folder_of_tiles_is_proof_enough() {
    let two = Two::new();
    let tiles = two.desk.path("tiles").to_str().unwrap().to_owned();
    two.desk.run(&["audit", "export", &tiles]).ok();
    assert_eq!(two.w(&["cosign", &tiles]).code, 0);
    two.grow();
    two.desk.run(&["audit", "export", &tiles]).ok();
    assert_eq!(two.w(&["cosign", &tiles]).code, 0);
    assert_eq!(two.w(&["cosign", &tiles]).code, 0, "again");
    two.grow();
    two.desk.run(&["audit", "export", &tiles]).ok();
    let seen = two.size();
    let tile = two.desk.path(&format!("tiles/tile/0/000.p/{}", seen + 1));
    let bytes = std::fs::read(&tile).unwrap();
    for at in [0, bytes.len() / 2, bytes.len() - 1] {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        std::fs::write(&tile, changed).unwrap();
        let ran = two.w(&["cosign", &tiles]).json();
        assert_eq!((&ran["ok"], &ran["rule"]), (&false.into(), &"consistency".into()), "byte {at}");
    }
    std::fs::write(&tile, &bytes[1..]).unwrap();
    assert_eq!(two.w(&["cosign", &tiles]).code, 4);
    std::fs::write(&tile, &bytes).unwrap();
    assert_eq!(two.w(&["cosign", &tiles]).code, 0);
}

#[test]
fn strangers_forks_and_nonsense_are_refused_by_name() {
    let two = Two::new();
    let stranger = TestDesk::filled();
    two.refuses(&stranger.run(&["audit", "checkpoint"]).ok(), "unknown");
    for nonsense in ["", "hello", "old 1\n\n", "old x\n\nlatchkey/x\n1\nx\n\n— a b\n"] {
        two.refuses(nonsense, "form");
    }
    let note = two.desk.run(&["audit", "checkpoint"]).ok();
    let (text, line) = note.split_once("\n\n").unwrap();
    let (name, signature) = line.trim_end().rsplit_once(' ').unwrap();
    // A key that is not trusted, in the right name; and the right one over something else.
    let other = format!("AAAA{}", signature.chars().skip(4).collect::<String>());
    two.refuses(&format!("{text}\n\n{name} {other}\n"), "signature");
    let (size, root) = text.split_once('\n').unwrap().1.split_once('\n').unwrap();
    // The origin may hold the same digits.
    two.refuses(&note.replacen(&format!("\n{size}\n"), "\n1\n", 1), "signature");
    let other = "CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=";
    two.refuses(&note.replacen(root, other, 1), "signature");
    assert_eq!(two.asked(&note), (None, 0));
    // The desk is rolled back, forgets what was seen of it, and goes on otherwise.
    std::fs::copy(two.desk.path("desk/desk.db"), two.desk.path("old.db")).unwrap();
    two.grow();
    let seen = two.size();
    let asked = two.desk.run(&["audit", "checkpoint", "--since", &seen.to_string()]).ok();
    assert_eq!(two.asked(&asked), (None, 0));
    for more in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(two.desk.path(&format!("desk/desk.db{more}")));
    }
    std::fs::copy(two.desk.path("old.db"), two.desk.path("desk/desk.db")).unwrap();
    std::fs::remove_file(two.desk.path("desk/keys/anna.head")).unwrap();
    two.desk.run(&["note", "R-01", "another story"]).ok();
    two.refuses(&two.desk.run(&["audit", "checkpoint"]).ok(), "fork");
    two.grow();
    let asked = two.desk.run(&["audit", "checkpoint", "--since", &(seen + 1).to_string()]).ok();
    two.refuses(&asked, "consistency");
    let tiles = two.desk.path("tiles").to_str().unwrap().to_owned();
    two.desk.run(&["audit", "export", &tiles]).ok();
    let ran = two.w(&["cosign", &tiles]).json();
    assert_eq!(ran["rule"], "consistency");
}

#[test]
fn a_proof_may_have_to_be_seen_by_a_witness() {
    let two = Two::new();
    let tiles = two.desk.path("tiles").to_str().unwrap().to_owned();
    let keys = two.desk.write("keys", two.desk.run(&["keyset", "export", "--log-keys"]).ok());
    let plain = two.desk.run(&["audit", "prove", "--leaf", "5"]).ok();
    two.desk.run(&["audit", "export", &tiles]).ok();
    two.w(&["cosign", &tiles, "--out", "cosigned"]).ok();
    let note = std::fs::read_to_string(two.witness.path("cosigned")).unwrap();
    let (proof, _) = plain.split_once("\n\n").unwrap();
    let seen = two.desk.write("seen.tlog-proof", format!("{proof}\n\n{note}"));
    let plain = two.desk.write("plain.tlog-proof", &plain);
    let check = |file: &str, witness: &str| {
        two.desk.run(&["--json", "audit", "check-proof", file, "--key", &keys, "--witness", witness])
    };
    let good = check(&seen, &two.key);
    assert_eq!(good.code, 0, "{good}");
    assert_eq!(good.json()["witnesses"][0]["by"], "witness.example/w1");
    assert_eq!(check(&plain, &two.key).code, 4, "nobody saw it");
    let other = Two::new();
    assert_eq!(check(&seen, &other.key).code, 4, "a cosignature by another key");
}

#[test]
fn a_witness_that_lost_its_memory_says_so() {
    let two = Two::new();
    let note = two.desk.run(&["audit", "checkpoint"]).ok();
    assert_eq!(two.asked(&note), (None, 0));
    let heads = two.witness.path("data/latchkey/witness/heads");
    let head = std::fs::read_dir(&heads).unwrap().next().unwrap().unwrap().path();
    std::fs::write(&head, "").unwrap();
    let file = two.witness.write("asked", &note);
    let ran = two.w(&["cosign", &file]);
    assert!(ran.code == 4 && ran.stderr.contains("damaged"), "{ran}");
    let ran = two.w(&["init", "witness.example/w2"]);
    assert!(ran.code == 1 && ran.stderr.contains("already"), "{ran}");
    let nowhere = two.w(&["--state", "none", "cosign", &file]);
    assert!(nowhere.code == 1 && nowhere.stderr.contains("witness init"), "{nowhere}");
}

/// Two that ask at once take turns: the head only ever grows.
#[test]
fn two_at_once_take_turns() {
    let two = Two::new();
    let note = two.desk.run(&["audit", "checkpoint"]).ok();
    assert_eq!(two.asked(&note), (None, 0));
    let seen = two.size().to_string();
    let mut asked = Vec::new();
    for n in 0..3 {
        two.grow();
        let text = two.desk.run(&["audit", "checkpoint", "--since", &seen]).ok();
        asked.push(two.witness.write(&format!("asked{n}"), text));
    }
    let codes: Vec<i32> = std::thread::scope(|scope| {
        let at_once = asked.iter().map(|file| scope.spawn(|| two.w(&["cosign", file]).code));
        at_once.collect::<Vec<_>>().into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(
        codes.iter().filter(|code| **code == 0).count(),
        1,
        "all three start from one head: {codes:?}"
    );
    let now = two.size();
    assert!(now > seen.parse().unwrap(), "{now}");
}
