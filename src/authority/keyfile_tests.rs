//! Key files: every way one can be wrong, each with its own words.

use std::os::unix::fs::symlink;
use std::process::{Command, Stdio};

use super::*;

fn phrase(text: &str) -> SecretString {
    SecretString::from(text.to_owned())
}

fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    set_mode(dir.path(), 0o700);
    dir
}

/// Puts any text in a key file of mode 0600 and reads it.
fn read_text(text: &[u8], protection: Protection<'_>) -> Result<AgentKey, KeyProblem> {
    let dir = folder();
    let path = dir.path().join("anna.pem");
    std::fs::write(&path, text).unwrap();
    set_mode(&path, 0o600);
    read_key(&path, "anna", protection).map_err(|e| {
        assert!(e.to_string().contains("anna.pem"), "the file is named: {e}");
        e.problem
    })
}

#[test]
fn a_key_comes_back_from_its_file() {
    let dir = folder();
    let path = dir.path().join("keys/anna.pem");
    let key = AgentKey::generate("anna").unwrap();
    let secret = phrase("correct horse");
    write_key(&key, &path, Protection::Passphrase(&secret)).unwrap();
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o7777, 0o600);
    assert_eq!(path.parent().unwrap().metadata().unwrap().permissions().mode() & 0o7777, 0o700);
    assert!(is_encrypted(&path).unwrap());
    let back = read_key(&path, "anna", Protection::Passphrase(&secret)).unwrap();
    assert_eq!((back.kid(), back.sign(b"x")), (key.kid(), key.sign(b"x")));

    let wrong = read_key(&path, "anna", Protection::Passphrase(&phrase("wrong"))).unwrap_err();
    assert!(matches!(wrong.problem, KeyProblem::WrongPassphrase), "{wrong}");
    let none = read_key(&path, "anna", Protection::Rehearsal).unwrap_err();
    assert!(matches!(none.problem, KeyProblem::NeedsPassphrase), "{none}");
    let again = write_key(&key, &path, Protection::Passphrase(&secret)).unwrap_err();
    assert!(matches!(again.problem, KeyProblem::Exists), "{again}");
    let left: Vec<_> = std::fs::read_dir(path.parent().unwrap()).unwrap().collect();
    assert_eq!(left.len(), 1, "no temporary file stays");

    let plain = dir.path().join("plain.pem");
    write_key(&key, &plain, Protection::Rehearsal).unwrap();
    assert!(!is_encrypted(&plain).unwrap());
    assert_eq!(read_key(&plain, "anna", Protection::Rehearsal).unwrap().kid(), key.kid());
    let on_a_real_desk = read_key(&plain, "anna", Protection::Passphrase(&secret)).unwrap_err();
    assert!(matches!(on_a_real_desk.problem, KeyProblem::Unprotected), "{on_a_real_desk}");
    let nowhere = write_key(&key, &dir.path().join("no/folder/e.pem"), Protection::Rehearsal).unwrap_err();
    let made = matches!(nowhere.problem, KeyProblem::Io { action: "keyfile-io-make-folder", .. });
    assert!(made, "one folder is made, not two: {nowhere}");
    let empty = write_key(&key, &dir.path().join("e.pem"), Protection::Passphrase(&phrase("")));
    assert!(matches!(empty.unwrap_err().problem, KeyProblem::EmptyPassphrase));
}

#[test]
fn what_the_file_is_decides_before_what_it_says() {
    let dir = folder();
    let path = dir.path().join("anna.pem");
    let problem = |path: &Path| read_key(path, "anna", Protection::Rehearsal).unwrap_err().problem;
    assert!(matches!(problem(&path), KeyProblem::NotFound));
    assert!(matches!(problem(&dir.path().join("no/anna.pem")), KeyProblem::NotFound));
    std::fs::write(dir.path().join("file"), "").unwrap();
    assert!(
        matches!(problem(&dir.path().join("file/anna.pem")), KeyProblem::NotFound),
        "a file as its folder"
    );
    write_key(&AgentKey::from_seed("anna", &[1; 32]), &path, Protection::Rehearsal).unwrap();
    for mode in [0o604, 0o640, 0o660, 0o666, 0o610, 0o601, 0o644, 0o777] {
        set_mode(&path, mode);
        assert!(matches!(problem(&path), KeyProblem::LooseMode { mode: m } if m == mode), "{mode:o}");
    }
    for mode in [0o600, 0o400, 0o700] {
        set_mode(&path, mode);
        assert!(read_key(&path, "anna", Protection::Rehearsal).is_ok(), "{mode:o}");
    }
    let link = dir.path().join("link.pem");
    symlink(&path, &link).unwrap();
    assert!(matches!(problem(&link), KeyProblem::Symlink));
    symlink(dir.path().join("nowhere"), dir.path().join("dangling.pem")).unwrap();
    assert!(matches!(problem(&dir.path().join("dangling.pem")), KeyProblem::Symlink));
    std::fs::create_dir(dir.path().join("folder.pem")).unwrap();
    assert!(matches!(problem(&dir.path().join("folder.pem")), KeyProblem::NotRegular));
    let fifo = dir.path().join("fifo.pem");
    rustix::fs::mknodat(rustix::fs::CWD, &fifo, FileType::Fifo, Mode::from_raw_mode(0o600), 0).unwrap();
    assert!(matches!(problem(&fifo), KeyProblem::NotRegular), "and it does not hang");
    if rustix::process::geteuid().is_root() {
        std::os::unix::fs::chown(&path, Some(65534), None).unwrap();
        assert!(matches!(problem(&path), KeyProblem::ForeignOwner { owner: 65534 }));
        std::os::unix::fs::chown(&path, Some(0), None).unwrap();
    }
    for mode in [0o720, 0o702, 0o777] {
        set_mode(dir.path(), mode);
        assert!(matches!(problem(&path), KeyProblem::LooseFolder { .. }), "{mode:o}");
        let other = dir.path().join("new.pem");
        let write = write_key(&AgentKey::from_seed("b", &[2; 32]), &other, Protection::Rehearsal);
        assert!(matches!(write.unwrap_err().problem, KeyProblem::LooseFolder { .. }));
    }
    if rustix::process::geteuid().is_root() {
        set_mode(dir.path(), 0o700);
        std::os::unix::fs::chown(dir.path(), Some(65534), None).unwrap();
        assert!(matches!(problem(&path), KeyProblem::LooseFolder { owner: 65534, .. }));
    }
}

#[test]
fn a_folder_is_ours_or_roots() {
    for (owner, me, strangers) in [(0, 0, false), (7, 7, false), (0, 7, false), (8, 7, true), (8, 0, true)] {
        assert_eq!(is_strangers(owner, me), strangers, "{owner} for {me}");
    }
    assert_eq!(folder_of(Path::new("anna.pem")), Path::new("."), "a name alone stands here");
    assert_eq!(folder_of(Path::new("keys/anna.pem")), Path::new("keys"));
}

#[test]
fn another_passphrase_takes_the_place_of_the_old_file() {
    let dir = folder();
    let (old, new) = (dir.path().join("anna.pem"), dir.path().join("next.pem"));
    let [anna, next] = [1, 2].map(|seed| AgentKey::from_seed("anna", &[seed; 32]));
    write_key(&anna, &old, Protection::Rehearsal).unwrap();
    let staged = stage_key(&next, &old, Protection::Rehearsal).unwrap();
    assert_eq!(read_key(&old, "anna", Protection::Rehearsal).unwrap().kid(), anna.kid(), "not yet");
    assert!(staged.place().unwrap().is_none());
    assert_eq!(read_key(&old, "anna", Protection::Rehearsal).unwrap().kid(), next.kid());
    write_key(&anna, &new, Protection::Rehearsal).unwrap();
    replace_key(&new, &old).unwrap();
    assert_eq!(read_key(&old, "anna", Protection::Rehearsal).unwrap().kid(), anna.kid());
    assert!(!new.exists());
}

#[test]
fn a_public_key_in_the_file_must_be_the_private_ones() {
    let key = AgentKey::from_seed("anna", &[1; 32]);
    let with = |public: &AgentKey| {
        let public = ed25519_dalek::pkcs8::PublicKeyBytes(public.public().to_bytes());
        let pair = KeypairBytes { secret_key: *key.seed(), public_key: Some(public) };
        let pem = pair.to_pkcs8_der().unwrap().to_pem(PLAIN, LineEnding::LF).unwrap();
        read_text(pem.as_bytes(), Protection::Rehearsal)
    };
    assert_eq!(with(&key).unwrap().kid(), key.kid());
    let refused = with(&AgentKey::from_seed("eve", &[2; 32])).unwrap_err();
    assert!(matches!(refused, KeyProblem::Damaged(_)), "{refused}");
}

#[test]
fn what_it_says_is_refused_with_the_reason() {
    let plain = to_pem(&AgentKey::from_seed("anna", &[1; 32]), Protection::Rehearsal).unwrap();
    let twice = format!("{}{}", plain.as_str(), plain.as_str());
    let public = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----\n";
    let openssh = "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n";
    let x25519 = plain.replace("MC4CAQAwBQYDK2Vw", "MC4CAQAwBQYDK2Vu");
    let cut: String = plain.chars().take(60).collect();
    let long = format!("{}{}", plain.as_str(), " ".repeat(16_385 - plain.len()));
    let cases: [(&[u8], &str); 11] = [
        (b"", "empty"),
        (b" \n\r\n", "empty"),
        (b"hello", "not PEM"),
        (b"\xff\xfe", "not PEM"),
        (twice.as_bytes(), "2 PEM blocks"),
        (public.as_bytes(), "a public key"),
        (openssh.as_bytes(), "OPENSSH PRIVATE KEY"),
        (x25519.as_bytes(), "not Ed25519"),
        (cut.as_bytes(), "damaged"),
        (b"-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n", "damaged"),
        (long.as_bytes(), "longer than a key"),
    ];
    for (text, says) in cases {
        let problem = read_text(text, Protection::Rehearsal).unwrap_err();
        assert!(problem.to_string().contains(says), "{says}: {problem}");
    }
    let full = format!("{}{}", plain.as_str(), " ".repeat(16_384 - plain.len()));
    let read = read_text(full.as_bytes(), Protection::Rehearsal);
    assert!(!matches!(read, Err(KeyProblem::TooLong)), "as long as a file may be");
    let crlf = plain.replace('\n', "\r\n");
    assert!(read_text(crlf.as_bytes(), Protection::Rehearsal).is_ok(), "mail and Windows editors do that");
}

#[test]
fn a_costly_file_is_refused_before_the_work() {
    let key = AgentKey::from_seed("anna", &[1; 32]);
    let pair = KeypairBytes { secret_key: *key.seed(), public_key: None };
    let der = pair.to_pkcs8_der().unwrap();
    let secret = phrase("x");
    let mut params = pbes2::Parameters::generate_scrypt_aes256cbc(
        scrypt::Params::new(4, 8, 1).unwrap(),
        &[0; 16],
        [0; 16],
    )
    .unwrap();
    let sealed = PrivateKeyInfoRef::try_from(der.as_bytes())
        .unwrap()
        .encrypt_with_params(params.clone(), b"x")
        .unwrap();
    let data = EncryptedPrivateKeyInfoRef::try_from(sealed.as_bytes()).unwrap().encrypted_data;
    let pbes2::Kdf::Scrypt(cost) = &mut params.kdf else { panic!("scrypt was asked for") };
    cost.cost_parameter = 1 << 20;
    let hostile = EncryptedPrivateKeyInfoRef { encryption_algorithm: params.into(), encrypted_data: data };
    let pem = SecretDocument::try_from(hostile).unwrap().to_pem(ENCRYPTED, LineEnding::LF).unwrap();
    let problem = read_text(pem.as_bytes(), Protection::Passphrase(&secret)).unwrap_err();
    assert!(matches!(problem, KeyProblem::TooCostly("scrypt")), "{problem}");
}

#[test]
fn the_work_a_file_may_ask_for_has_its_bounds() {
    let sealed = |kdf: pbes2::Kdf| {
        let mut params = pbes2::Parameters::generate_scrypt_aes256cbc(
            scrypt::Params::new(4, 8, 1).unwrap(),
            &[0; 16],
            [0; 16],
        )
        .unwrap();
        params.kdf = kdf;
        let info = EncryptedPrivateKeyInfoRef {
            encryption_algorithm: params.into(),
            encrypted_data: pkcs8::der::asn1::OctetStringRef::new(&[0; 16]).unwrap(),
        };
        check_cost(&info).is_ok()
    };
    // 128 bytes times N times r: 32 MiB are reached at N = 2^15.
    for (log_n, r, p, borne) in [
        (14, 8, 5, true),
        (15, 8, 16, true),
        (15, 9, 1, false),
        (16, 8, 1, false),
        (14, 8, 17, false),
        (14, 8, 30, false),
    ] {
        let mut cost =
            pbes2::ScryptParams::from_params_and_salt(scrypt::Params::new(14, 8, 1).unwrap(), &[0; 16])
                .unwrap();
        (cost.cost_parameter, cost.block_size, cost.parallelization) = (1 << log_n, r, p);
        assert_eq!(sealed(cost.into()), borne, "scrypt {log_n} {r} {p}");
    }
    for (rounds, borne) in [(1, true), (10_000_000, true), (10_000_001, false), (100_000_000, false)] {
        let cost = pbes2::Pbkdf2Params::hmac_sha256(rounds, &[0; 16]).unwrap();
        assert_eq!(sealed(cost.into()), borne, "PBKDF2 {rounds}");
    }
}

/// Debian 12's OpenSSL 3.0 opens our files and we open its. Skipped, loudly, where it is absent.
#[test]
fn openssl_and_we_read_each_others_keys() {
    let openssl = |args: &[&str]| {
        let run = Command::new("openssl").args(args).stdin(Stdio::null()).output();
        run.ok()
            .map(|out| (out.status.success(), String::from_utf8_lossy(&out.stdout).into_owned(), out.stderr))
    };
    if openssl(&["version"]).is_none() {
        println!("SKIPPED: no openssl here, key files not compared with it");
        return;
    }
    let dir = folder();
    let ours = dir.path().join("ours.pem");
    let key = AgentKey::generate("anna").unwrap();
    let secret = phrase("correct horse");
    write_key(&key, &ours, Protection::Passphrase(&secret)).unwrap();
    let pass = "pass:correct horse";
    let (ok, public, error) =
        openssl(&["pkey", "-in", ours.to_str().unwrap(), "-passin", pass, "-pubout"]).unwrap();
    assert!(ok, "{}", String::from_utf8_lossy(&error));
    assert_eq!(public_from_pem(&public).unwrap(), *key.public());

    for (name, kdf) in [("scrypt", vec!["-scrypt"]), ("pbkdf2", vec!["-v2", "aes-256-cbc"])] {
        let (plain, theirs) = (dir.path().join("plain.pem"), dir.path().join(format!("{name}.pem")));
        let (plain, theirs_text) = (plain.to_str().unwrap(), theirs.to_str().unwrap());
        assert!(openssl(&["genpkey", "-algorithm", "ed25519", "-out", plain]).unwrap().0);
        let mut args = vec!["pkcs8", "-topk8", "-in", plain, "-out", theirs_text, "-passout", pass];
        args.extend(kdf);
        assert!(openssl(&args).unwrap().0, "{name}");
        set_mode(&theirs, 0o600);
        let read = read_key(&theirs, "anna", Protection::Passphrase(&secret)).unwrap();
        let public = openssl(&["pkey", "-in", plain, "-pubout"]).unwrap().1;
        assert_eq!(public_from_pem(&public).unwrap(), *read.public(), "{name}");
    }
}
