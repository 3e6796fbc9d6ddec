//! Encrypted backups: for the custodians and nobody else, never in clear where the backup goes, whole or refused.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use rusqlite::Connection;

use crate::cli_desk::{NOW, Ran, TestDesk};
use crate::cli_real::RealSeat;

/// A chunk of the payload with its tag.
const CHUNK: usize = 65_536 + 16;

/// A pair as `age-keygen` prints them.
const PUBLIC: &str = "age1mp0q0mpzkzkcs9fhct6y6e3drg2re7psc4av5sc9mpw84y8kkchq6r9kjp";
const SECRET: &str = "AGE-SECRET-KEY-1XP7G8PJ09QEUKSN69MCUQZSP8N7L7FMGMXQVPGA9YRCQDYZDA98STDSL3D";

fn sealed() -> (TestDesk, PathBuf) {
    let desk = TestDesk::filled();
    let file = desk.path("one.age");
    let made = desk.by("clara", &["--json", "backup", "one.age", "--encrypt"]).ok();
    assert!(made.contains("\"encrypted\": true") && made.contains("\"clara\""), "{made}");
    (desk, file)
}

/// A file that is its owner's alone.
fn private(desk: &TestDesk, name: &str, text: impl AsRef<[u8]>) -> String {
    use std::os::unix::fs::PermissionsExt as _;
    let path = desk.write(name, text);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    path
}

/// What a machine without a desk says of a file.
fn elsewhere(desk: &TestDesk, file: &Path, identity: Option<&str>) -> Ran {
    let mut args = vec!["--json", "backup", "verify", file.to_str().unwrap()];
    args.extend(identity.iter().flat_map(|path| ["--identity", path]));
    desk.ran(desk.command(&args).env_remove("LATCHKEY_DESK"))
}

/// Where the head ends and the payload begins.
fn head_of(bytes: &[u8]) -> usize {
    let at = bytes.windows(5).position(|w| w == b"\n--- ").unwrap();
    at + 1 + bytes[at + 1..].iter().position(|b| *b == b'\n').unwrap() + 1
}

/// Temporary folders that are still there.
fn left(place: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(place).unwrap().map(|e| e.unwrap().path());
    entries.filter(|p| p.file_name().unwrap().to_str().unwrap().starts_with(".latchkey")).collect()
}

#[test]
fn custodians_open_it_and_nobody_else() {
    let desk = TestDesk::filled();
    desk.by("clara", &["agents", "add", "dora", "--role", "custodian"]).ok();
    desk.by("clara", &["agents", "add", "eve", "--role", "custodian"]).ok();
    desk.by("clara", &["agents", "disable", "eve"]).ok();
    let made = desk.by("clara", &["--json", "backup", "one.age", "--encrypt"]);
    let file = desk.path("one.age");
    assert_eq!(made.json()["readers"], serde_json::json!(["clara", "dora"]));
    let bytes = std::fs::read(&file).unwrap();
    assert!(bytes.starts_with(b"age-encryption.org/v1\n"));
    for word in ["SQLite format 3", "attachments/", "latchkey-backup.json", "clara"] {
        assert!(!bytes.windows(word.len()).any(|w| w == word.as_bytes()), "{word} stands in it");
    }
    for name in ["clara", "dora"] {
        let key = desk.path(&format!("desk/keys/{name}.pem"));
        let opened = elsewhere(&desk, &file, key.to_str());
        assert_eq!(opened.code, 0, "{opened}");
        assert_eq!(opened.json()["encrypted"], true);
        assert_eq!(desk.by(name, &["backup", "verify", "one.age"]).code, 0, "{name} at the desk");
    }
    for name in ["anna", "boris", "eve", "root"] {
        let key = desk.path(&format!("desk/keys/{name}.pem"));
        let refused = elsewhere(&desk, &file, key.to_str());
        assert!(refused.code == 4 && refused.stdout.contains("does not open"), "{name}: {refused}");
    }
    assert_eq!(desk.by("anna", &["backup", "verify", "one.age"]).code, 4);
    let none = elsewhere(&desk, &file, None);
    assert!(none.code == 2 && none.stderr.contains("--identity"), "{none}");
    // The log knows for whom; no folder keeps anything of it.
    let line: String = Connection::open(desk.path("desk/desk.db"))
        .unwrap()
        .query_row("SELECT line FROM leaf WHERE line LIKE '%desk.backed-up%'", [], |r| r.get(0))
        .unwrap();
    assert!(line.contains(r#""readers":["clara","dora"]"#), "{line}");
    assert!(left(&desk.path("")).is_empty() && left(&desk.path("desk")).is_empty());
    let refused = desk.by("anna", &["backup", "two.age", "--encrypt"]);
    assert!(refused.code == 5 && !desk.path("two.age").exists(), "{refused}");
}

#[test]
fn a_key_kept_elsewhere_opens_it_too_and_what_is_no_key_is_refused() {
    let desk = TestDesk::filled();
    let made = desk.by("clara", &["--json", "backup", "one.age", "--encrypt", "--recipient", PUBLIC]);
    assert_eq!(made.json()["readers"], serde_json::json!(["clara", PUBLIC]));
    let file = desk.path("one.age");
    let key =
        private(&desk, "owner.txt", format!("# created: 2026-11-20\n# public key: {PUBLIC}\n{SECRET}\n"));
    assert_eq!(elsewhere(&desk, &file, Some(&key)).code, 0);
    // A key that others may read is not one.
    let open = desk.write("open.txt", SECRET);
    assert_eq!(elsewhere(&desk, &file, Some(&open)).code, 5);
    let wrong = private(&desk, "wrong.txt", format!("{SECRET}\nssh-ed25519 AAAA\n"));
    let refused = elsewhere(&desk, &file, Some(&wrong));
    assert!(refused.code == 2 && refused.stderr.contains("wrong.txt:2"), "{refused}");
    for bad in ["age1", "ssh-ed25519", &PUBLIC.replace("kjp", "kjq"), SECRET] {
        let refused = desk.by("clara", &["backup", "two.age", "--encrypt", "--recipient", bad]);
        assert!(refused.code == 2 && !desk.path("two.age").exists(), "{bad}: {refused}");
    }
    let alone = desk.by("clara", &["backup", "two.age", "--recipient", PUBLIC]);
    assert!(alone.code == 2 && alone.stderr.contains("--encrypt"), "{alone}");
}

#[test]
fn a_rotated_key_opens_what_was_made_before() {
    let (desk, file) = sealed();
    let old = private(&desk, "clara.pem", std::fs::read(desk.path("desk/keys/clara.pem")).unwrap());
    desk.by("clara", &["agents", "rotate", "clara"]).ok();
    let refused = desk.by("clara", &["backup", "verify", "one.age"]);
    assert!(refused.code == 4 && refused.stderr.contains("the old one"), "{refused}");
    assert_eq!(elsewhere(&desk, &file, Some(&old)).code, 0);
    desk.by("clara", &["backup", "two.age", "--encrypt"]).ok();
    assert_eq!(elsewhere(&desk, &desk.path("two.age"), Some(&old)).code, 4);
    assert_eq!(desk.by("clara", &["backup", "verify", "two.age"]).code, 0);
}

#[test]
fn whatever_is_cut_off_or_changed_is_refused_and_nothing_is_half_done() {
    let (desk, file) = sealed();
    let whole = std::fs::read(&file).unwrap();
    let head = head_of(&whole);
    let key = desk.path("desk/keys/clara.pem");
    let bad = desk.path("bad.age");
    let refused = |bytes: &[u8], what: &str| {
        std::fs::write(&bad, bytes).unwrap();
        let ran = elsewhere(&desk, &bad, key.to_str());
        assert!(ran.code == 4 && !ran.stderr.contains("panicked"), "{what}: {ran}");
    };
    let payload = head + 16;
    let chunks = (whole.len() - payload).div_ceil(CHUNK);
    assert!(chunks > 3, "{chunks}");
    let mut cuts = vec![0, 1, 21, 22, 23, head / 2, head - 1, head, head + 15, payload, whole.len() - 1];
    for chunk in [0, 1, chunks / 2, chunks - 1] {
        let at = payload + chunk * CHUNK;
        cuts.extend([at + 1, at + 16, at + 17].into_iter().chain((chunk > 0).then_some(at - 1)));
        cuts.push(at);
    }
    for cut in cuts {
        refused(&whole[..cut], &format!("cut at {cut} of {}", whole.len()));
    }
    refused(&[&whole[..], &[0]].concat(), "a byte more");
    refused(&[&whole[..], &whole[payload..payload + CHUNK]].concat(), "a chunk more");
    refused(&[&whole[..payload + CHUNK], &whole[payload + 2 * CHUNK..]].concat(), "a chunk taken out");
    // Every line of the head, first and last byte, and each part of the payload.
    let mut places: Vec<usize> = (0..head).filter(|at| *at == 0 || whole[at - 1] == b'\n').collect();
    places.extend((0..head).filter(|at| whole[*at] == b'\n').flat_map(|at| [at - 1, at]));
    places.extend([
        head,
        head + 15,
        payload,
        payload + CHUNK - 1,
        payload + CHUNK,
        whole.len() / 2,
        whole.len() - 1,
    ]);
    for at in places {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        refused(&bytes, &format!("byte {at}"));
    }
    // A restore leaves its folder as it was.
    let new = desk.path("new");
    desk.write("cut.age", &whole[..whole.len() - 1]);
    let args = ["--desk", new.to_str().unwrap(), "--agent", "clara", "restore", "cut.age", "--identity"];
    let args = [&args[..], &[key.to_str().unwrap()]].concat();
    let ran = desk.ran(&mut desk.command(&args));
    assert!(ran.code == 4 && !new.exists(), "{ran}");
    assert!(left(&desk.path("")).is_empty());
}

#[test]
fn it_is_restored_on_another_machine_by_a_key_that_is_brought() {
    let (desk, _) = sealed();
    let key = private(&desk, "stick/clara.pem", std::fs::read(desk.path("desk/keys/clara.pem")).unwrap());
    let new = desk.path("new");
    let at_new = |args: &[&str]| {
        let all = [&["--desk", new.to_str().unwrap(), "--agent", "clara"][..], args].concat();
        desk.ran(&mut desk.command(&all))
    };
    let none = at_new(&["restore", "one.age"]);
    assert!(none.code == 2 && none.stderr.contains("--identity") && !new.exists(), "{none}");
    let anna = desk.path("desk/keys/anna.pem");
    let wrong = at_new(&["restore", "one.age", "--identity", anna.to_str().unwrap()]);
    assert!(wrong.code == 4 && !new.exists(), "{wrong}");
    let done = at_new(&["restore", "one.age", "--identity", &key]);
    assert!(done.code == 0 && done.stderr.contains("no key of yours"), "{done}");
    assert_eq!(at_new(&["audit", "verify"]).code, 0);
    assert_eq!(at_new(&["show", "R-01"]).code, 0);
    assert_eq!(at_new(&["evidence", "verify"]).code, 0);
    // In place of the desk that has the key nothing is named.
    desk.run(&["note", "R-01", "lost by the restore"]).ok();
    desk.by("clara", &["restore", "one.age", "--reason", "the disk died"]).ok();
    assert_eq!(desk.by("clara", &["audit", "verify"]).code, 0);
}

#[test]
fn a_real_key_is_asked_for_its_passphrase_and_a_wrong_one_is_a_leaf() {
    let seat = RealSeat::new();
    let clara = |args: &[&str]| seat.by("clara", args);
    clara(&["backup", "one.age", "--encrypt"]).ok();
    assert_eq!(clara(&["backup", "verify", "one.age"]).code, 0);
    let wrong = seat.path("wrong");
    std::fs::write(&wrong, "not this one\n").unwrap();
    let refused = clara(&["--passphrase-file", "wrong", "backup", "verify", "one.age"]);
    assert_eq!(refused.code, 5, "{refused}");
    let key = seat.path("desk/keys/clara.pem");
    let brought = ["backup", "verify", "one.age", "--identity", key.to_str().unwrap()];
    let refused = clara(&[&["--passphrase-file", "wrong"][..], &brought].concat());
    assert!(refused.code == 5 && refused.stderr.contains("passphrase"), "{refused}");
    assert_eq!(clara(&brought).code, 0);
    let log = Connection::open(seat.path("desk/desk.db")).unwrap();
    let count = |act: &str| -> i64 {
        let sql = format!("SELECT count(*) FROM leaf WHERE line LIKE '%\"{act}\"%'");
        log.query_row(&sql, [], |row| row.get(0)).unwrap()
    };
    assert_eq!(count("login.failed"), 1);
}

/// Killed at any moment: where the backup goes there is never a byte of the desk in clear, and the next one clears up.
#[test]
fn what_a_killed_one_leaves_is_sealed_and_the_next_clears_it() {
    let desk = TestDesk::filled();
    let out = desk.path("stick");
    std::fs::create_dir(&out).unwrap();
    let backup = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_latchkey"));
        command.env("LATCHKEY_NOW", NOW).arg("--desk").arg(desk.path("desk"));
        command.args(["--agent", "clara", "backup"]).arg(out.join("one")).args(args);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let began = std::time::Instant::now();
    assert!(backup(&["--encrypt"]).status().unwrap().success());
    let whole = began.elapsed().max(Duration::from_millis(20));
    let mut seen = 0;
    for part in 0..16_u32 {
        let _ = std::fs::remove_file(out.join("one"));
        let mut child = backup(&["--encrypt"]).spawn().unwrap();
        std::thread::sleep(whole * part / 16);
        let _ = child.kill();
        child.wait().unwrap();
        for folder in left(&out) {
            for file in std::fs::read_dir(folder).unwrap() {
                let bytes = std::fs::read(file.unwrap().path()).unwrap();
                assert!(bytes.is_empty() || bytes.starts_with(b"age-encryption.org/v1\n"));
                seen += 1;
            }
        }
    }
    assert!(seen > 0, "nothing was killed in time");
    // A plain one that was killed there left the desk itself.
    std::fs::create_dir(out.join(".latchkey-backup-plain")).unwrap();
    std::fs::copy(desk.path("desk/desk.db"), out.join(".latchkey-backup-plain/desk.db")).unwrap();
    let held = out.join(".latchkey-backup-held");
    std::fs::create_dir(&held).unwrap();
    let lock = std::fs::File::open(&held).unwrap();
    lock.lock().unwrap();
    let _ = std::fs::remove_file(out.join("one"));
    assert!(backup(&["--encrypt"]).status().unwrap().success());
    assert_eq!(left(&out), [held], "only what somebody holds stays");
    assert!(left(&desk.path("desk")).is_empty());
    assert_eq!(desk.run(&["audit", "verify"]).code, 0);
}
