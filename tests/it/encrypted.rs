//! Encryption at rest: `cargo test --features sqlcipher --test it encrypted`. Without the feature: that a key is refused
//! and never ignored.

use std::os::unix::fs::PermissionsExt as _;

use crate::cli_desk::{Ran, TestDesk};

const KEY: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/// Writes a key file beside the desk.
fn key_file(desk: &TestDesk, name: &str, text: &str, mode: u32) -> String {
    let file = desk.write(name, text);
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
    file
}

fn with_key(desk: &TestDesk, agent: &str, args: &[&str]) -> Ran {
    let mut command = desk.command(args);
    desk.ran(command.env("LATCHKEY_DB_KEY_FILE", desk.path("key")).env("LATCHKEY_AGENT", agent))
}

#[cfg(not(feature = "sqlcipher"))]
#[test]
fn a_build_that_cannot_encrypt_says_so_and_makes_nothing() {
    let desk = TestDesk::bare();
    key_file(&desk, "key", KEY, 0o600);
    insta::assert_snapshot!(with_key(&desk, "anna", &["init", "--rehearsal"]), @"
    ------- stderr
    error: $HOME/key: this Latchkey cannot encrypt: it was built without `sqlcipher`; nothing was changed
    Hint: Build it with `cargo build --release --features sqlcipher`, or leave --db-key-file out.
    ------- 2
    ");
    assert!(!desk.path("desk").exists());
    // What such a file begins with; the rest is noise to whoever has no key.
    let desk = TestDesk::empty();
    std::fs::write(desk.path("desk/desk.db"), b"latchkey01234567".repeat(4096)).unwrap();
    insta::assert_snapshot!(desk.run(&["tickets"]), @"
    ------- stderr
    error: $HOME/desk/desk.db: the file is encrypted, and no key was given; name the key's file with `--db-key-file`, to a Latchkey that was built with `sqlcipher`
    ------- 1
    ");
}

#[cfg(feature = "sqlcipher")]
mod locked {
    use super::*;
    use crate::cli_desk::fixture;
    use rusqlite::{Connection, OpenFlags};
    use std::path::Path;

    /// A rehearsal desk with the shipped lists and cases, encrypted.
    fn filled() -> TestDesk {
        let desk = TestDesk::bare();
        key_file(&desk, "key", &format!("{KEY}\n"), 0o600);
        with_key(&desk, "anna", &["demo", desk.path("desk").to_str().unwrap()]).ok();
        desk
    }

    /// As somebody with the `sqlcipher` shell would open it.
    fn outsider(path: &Path, page: i64) -> Connection {
        let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        conn.pragma_update(None, "key", format!("x'{KEY}'")).unwrap();
        conn.pragma_update(None, "cipher_page_size", page).unwrap();
        conn
    }

    /// Which of these texts a file has in clear.
    fn in_clear(path: &Path, texts: &[&'static str]) -> Vec<&'static str> {
        let bytes = std::fs::read(path).unwrap();
        let has = |text: &&&str| memchr::memmem::find(&bytes, text.as_bytes()).is_some();
        texts.iter().filter(has).copied().collect()
    }

    #[test]
    fn nothing_of_either_file_or_its_log_is_in_clear_and_the_key_opens_it() {
        let (plain, desk) = (TestDesk::filled(), filled());
        let texts = ["SQLite format 3", "CREATE TABLE", "desk.made", "anna", "R-02"];
        assert_eq!(in_clear(&plain.path("desk/desk.db"), &texts), texts, "this test would see it");
        let sightings = fixture("registry/sightings.csv");
        for (file, page, id) in [("desk.db", 32_768, 0x4C4B_444B), ("registry.db", 4096, 0x4C4B_5247)] {
            let path = desk.path("desk").join(file);
            let conn = outsider(&path, page);
            let marked = conn.pragma_query_value(None, "application_id", |r| r.get::<_, i64>(0)).unwrap();
            assert_eq!(marked, id);
            // With somebody who reads, the log outlives the command.
            with_key(&desk, "anna", &["note", "R-03", "R-02 is a friend's"]).ok();
            with_key(&desk, "clara", &["import", "sightings", &sightings]).ok();
            for end in ["", "-wal"] {
                let path = desk.path("desk").join(format!("{file}{end}"));
                assert!(std::fs::metadata(&path).unwrap().len() > 4096, "{}", path.display());
                assert_eq!(in_clear(&path, &texts), [""; 0], "{}", path.display());
            }
        }
    }

    #[test]
    fn a_key_that_does_not_fit_is_refused_and_nothing_is_changed() {
        let (desk, plain) = (filled(), TestDesk::empty());
        key_file(&plain, "key", KEY, 0o600);
        key_file(&desk, "other", &KEY.replace("00", "ff"), 0o600);
        key_file(&desk, "shared", KEY, 0o640);
        key_file(&desk, "desk/inside", KEY, 0o600);
        key_file(&desk, "short", &KEY.replacen("00", "", 1), 0o600);
        key_file(&desk, "twice", &format!("{KEY}\n{KEY}"), 0o600);
        let before = std::fs::read(desk.path("desk/desk.db")).unwrap();
        let by = |name: &str| desk.run(&["--db-key-file", desk.path(name).to_str().unwrap(), "tickets"]);
        let mut said = format!("no key\n{}", desk.run(&["tickets"]));
        said += &format!("a key for a plain desk\n{}", with_key(&plain, "anna", &["tickets"]));
        for name in ["other", "shared", "desk/inside", "short", "twice", "nowhere"] {
            said += &format!("{name}\n{}", by(name));
        }
        insta::assert_snapshot!(said, @"
        no key
        ------- stderr
        error: $HOME/desk/desk.db: the file is encrypted, and no key was given; name the key's file with `--db-key-file`, to a Latchkey that was built with `sqlcipher`
        ------- 1
        a key for a plain desk
        ------- stderr
        error: $HOME/desk/desk.db: the file is not encrypted, and the key of an encrypted one was given; leave the key out, or restore a backup of this desk under it
        ------- 1
        other
        ------- stderr
        error: $HOME/desk/desk.db: the file is encrypted with the key 7a8437e1d44bd131, and 25468f801285cb05 was given; name the right key's file
        ------- 1
        shared
        ------- stderr
        error: $HOME/shared: Others may read the key file (mode 0640).
        Hint: `chmod 600` it.
        ------- 2
        desk/inside
        ------- stderr
        error: $HOME/desk/inside: The key lies in the desk's folder: whoever has the one has the other.
        Hint: Move it to another medium: a secret store, a credential of the service, a stick.
        ------- 2
        short
        ------- stderr
        error: $HOME/short: The key file holds no key: 64 hexadecimal digits on one line.
        Hint: `(umask 077; openssl rand -hex 32 > FILE)` makes a new one.
        ------- 2
        twice
        ------- stderr
        error: $HOME/twice: The key file holds no key: 64 hexadecimal digits on one line.
        Hint: `(umask 077; openssl rand -hex 32 > FILE)` makes a new one.
        ------- 2
        nowhere
        ------- stderr
        error: $HOME/nowhere: The key file cannot be read: No such file or directory (os error 2).
        ------- 2
        ");
        assert_eq!(std::fs::read(desk.path("desk/desk.db")).unwrap(), before);
    }

    #[test]
    fn a_changed_bit_is_damage_and_the_doctor_names_the_file() {
        let desk = filled();
        with_key(&desk, "anna", &["doctor"]).ok();
        let path = desk.path("desk/desk.db");
        let whole = std::fs::read(&path).unwrap();
        // In the first page, in the middle, and in the tag of the last page.
        for at in [20, whole.len() / 2, whole.len() - 1] {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            std::fs::write(&path, bytes).unwrap();
            let ran = with_key(&desk, "anna", &["--json", "doctor"]);
            assert_eq!(ran.code, 4, "{at}: {ran}");
            let problems = ran.json()["problems"].to_string();
            assert!(problems.contains("\"store\"") && problems.contains("damaged"), "{at}: {problems}");
        }
    }

    #[test]
    fn a_case_goes_its_whole_way_and_a_person_is_erased() {
        let desk = TestDesk::bare();
        key_file(&desk, "key", KEY, 0o600);
        let by = |agent: &str, args: &[&str]| with_key(&desk, agent, args);
        by("anna", &["init", "--rehearsal"]).ok();
        for list in std::fs::read_dir(fixture("registry")).unwrap() {
            let path = list.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap();
            by("clara", &["import", name, path.to_str().unwrap()]).ok();
        }
        by("anna", &["import", "cases", &fixture("cases.csv")]).ok();
        by("anna", &["take", "R-01"]).ok();
        let sent = by("anna", &["--json", "code", "send", "R-01", "sim"]).json();
        by("anna", &["code", "confirm", "R-01", "sim", sent["code"].as_str().unwrap()]).ok();
        by("anna", &["decide", "R-01", "approve"]).ok();
        let token = by("anna", &["issue", "R-01"]).ok();
        by("anna", &["verify", token.trim()]).ok();
        by("anna", &["redeem", token.trim()]).ok();
        assert!(by("anna", &["search", "R-01"]).ok().contains("R-01"));
        by("clara", &["registry", "prune"]).ok();
        by("clara", &["audit", "verify"]).ok();
        by("clara", &["doctor"]).ok();
    }

    #[test]
    fn a_backup_is_under_the_key_and_one_of_a_plain_desk_is_restored_under_it() {
        let desk = filled();
        with_key(&desk, "clara", &["backup", "locked.backup"]).ok();
        assert_eq!(in_clear(&desk.path("locked.backup"), &["R-02", "CREATE TABLE"]), [""; 0]);
        let refused = desk.run(&["backup", "verify", "locked.backup"]);
        assert!(refused.code == 4 && refused.stderr.contains("--db-key-file"), "{refused}");
        with_key(&desk, "clara", &["backup", "verify", "locked.backup"]).ok();
        with_key(&desk, "clara", &["restore", "locked.backup", "--reason", "a drill"]).ok();
        with_key(&desk, "clara", &["audit", "verify"]).ok();

        let plain = TestDesk::filled();
        key_file(&plain, "key", KEY, 0o600);
        plain.by("clara", &["backup", "plain.backup"]).ok();
        let tickets = plain.run(&["--json", "tickets"]).json();
        with_key(&plain, "clara", &["restore", "plain.backup", "--reason", "encrypted from now on"]).ok();
        assert_eq!(in_clear(&plain.path("desk/desk.db"), &["R-02", "CREATE TABLE"]), [""; 0]);
        let conn = outsider(&plain.path("desk/desk.db"), 32_768);
        assert_eq!(conn.pragma_query_value(None, "quick_check", |r| r.get::<_, String>(0)).unwrap(), "ok");
        drop(conn);
        with_key(&plain, "clara", &["audit", "verify"]).ok();
        let now = with_key(&plain, "anna", &["--json", "tickets"]).json();
        assert_eq!(now["tickets"].as_array().unwrap().len(), tickets["tickets"].as_array().unwrap().len());
    }
}
