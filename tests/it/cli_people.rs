//! The desk's people and their keys, on a rehearsal desk and on a real one.

use crate::cli_desk::{Ran, TestDesk};
use crate::cli_real::RealSeat;

#[test]
fn the_custodian_adds_changes_and_disables_people() {
    let desk = TestDesk::empty();
    insta::assert_snapshot!(desk.run(&["agents", "list"]), @"
    name   roles      state   private key
    anna   agent      active  here
    boris  approver   active  here
    clara  custodian  active  here
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["agents", "add", "dora", "--role", "agent"]), @"
    ------- stderr
    error: anna is agent here; to add agents takes custodian.
    ------- 5
    ");
    insta::assert_snapshot!(desk.by("clara", &["agents", "add", "dora", "--role", "approver", "--role", "agent"]), @"
    dora added: agent, approver. dora approves from 2026-11-21T09:00:00Z on. The keyset is version 2 now; give verifiers `latchkey keyset export`.
    ------- 0
    ");
    insta::assert_snapshot!(desk.by("clara", &["agents", "add", "dora", "--role", "agent"]), @"
    ------- stderr
    error: dora works at this desk already.
    Hint: `latchkey agents role dora --role …` changes what dora may do.
    ------- 1
    ");
    insta::assert_snapshot!(desk.by("clara", &["agents", "add", "Eva", "--role", "agent"]), @"
    ------- stderr
    error: An agent's name is 1 to 64 of a-z, 0-9, `.`, `_`, `-`, the first a letter or digit, and not `root`.
    ------- 2
    ");
    insta::assert_snapshot!(desk.by("clara", &["agents", "add", "eva", "--role", "custodian", "--role", "approver"]), @"
    ------- stderr
    error: Nobody is custodian and approver: who keeps the keys approves nothing.
    Hint: Give the two roles to two people.
    ------- 5
    ");
    insta::assert_snapshot!(desk.by("clara", &["agents", "role", "dora", "auditor"]), @"
    dora changed: auditor. The keyset is version 3 now; give verifiers `latchkey keyset export`.
    ------- 0
    ");
    insta::assert_snapshot!(desk.by("dora", &["import", "cases", "x.csv"]), @"
    ------- stderr
    error: dora is auditor here; to import cases takes agent or approver or custodian.
    ------- 5
    ");
    insta::assert_snapshot!(desk.by("clara", &["agents", "disable", "dor"]), @"
    ------- stderr
    error: Nobody called dor works at this desk.
    Hint: Did you mean dora?
    ------- 1
    ");
    insta::assert_snapshot!(desk.by("clara", &["agents", "disable", "dora"]), @"
    dora disabled: auditor. The keyset is version 4 now; give verifiers `latchkey keyset export`.
    ------- 0
    ");
    insta::assert_snapshot!(desk.by("dora", &["lookup", "x"]), @"
    ------- stderr
    error: dora is disabled at this desk since 2026-11-20T09:00:00Z and cannot look things up.
    ------- 5
    ");
    insta::assert_snapshot!(desk.by("clara", &["agents", "disable", "clara"]), @"
    ------- stderr
    error: clara is the only custodian of this desk.
    Hint: Make somebody else custodian first.
    ------- 1
    ");
    insta::assert_snapshot!(desk.by("clara", &["agents", "role", "clara", "agent"]), @"
    ------- stderr
    error: clara is the only custodian of this desk.
    Hint: Make somebody else custodian first.
    ------- 1
    ");
    insta::assert_snapshot!(desk.run(&["keyset", "show"]), @"
    keyset version 4 of desk [ID] (rehearsal)
    root   [KID]
    alone  unbind, reset-device

    anna: agent
      [KID]

    boris: approver
      [KID]

    clara: custodian
      [KID]

    dora: auditor, disabled since 2026-11-20T09:00:00Z
      [KID]
    ------- 0
    ");
    let csv = desk.run(&["agents", "list", "--format", "csv"]).ok();
    assert!(
        csv.starts_with(
            "name,roles,kid,valid_from,valid_until,disabled,key_here,disabled_at,approves_from\nanna,agent,"
        ),
        "{csv}"
    );
    assert_eq!(desk.run(&["--json", "audit", "verify"]).json()["ok"], true);
}

const KEY: &str = "MCowBQYDK2VwAyEA6s0giD7D7Ijr1Q8AH3IQ3HZ1lRrbbQfyUTv/88E5lKI=";

#[test]
fn an_agent_may_keep_their_private_key_to_themselves() {
    let desk = TestDesk::empty();
    let root = std::fs::read_to_string(desk.path("desk/keys/root.pub.pem")).unwrap();
    let file = desk.write("root.pem", root);
    insta::assert_snapshot!(desk.by("clara", &["agents", "add", "fred", "--role", "agent", "--public-key", &file]), @"
    ------- stderr
    error: That is the root key; nobody works with it.
    ------- 5
    ");
    // Of `openssl genpkey -algorithm ed25519 | openssl pkey -pubout`.
    let key = format!("-----BEGIN PUBLIC KEY-----\n{KEY}\n-----END PUBLIC KEY-----\n");
    let file = desk.write("pub.pem", key);
    desk.by("clara", &["agents", "add", "fred", "--role", "agent", "--public-key", &file]).ok();
    assert!(!desk.path("desk/keys/fred.pem").exists());
    let listed = desk.run(&["--json", "agents", "list"]).json();
    assert_eq!(
        (&listed["agents"][3]["name"], &listed["agents"][3]["key_here"]),
        (&"fred".into(), &false.into())
    );
    let wrong = desk.write("wrong.pem", "not a key");
    insta::assert_snapshot!(desk.by("clara", &["agents", "add", "gus", "--role", "agent", "--public-key", &wrong]), @"
    ------- stderr
    error: $HOME/wrong.pem: This is no public key: its content is damaged (PEM error: PEM preamble contains invalid data (NUL byte)); restore it from your copy.
    Hint: `openssl pkey -in KEY.pem -pubout` prints one.
    ------- 1
    ");
}

/// The root key never comes to the desk: what it signs leaves as a file and comes back as one.
#[test]
fn the_root_signs_on_another_machine_that_has_no_desk() {
    let desk = TestDesk::empty();
    let elsewhere = TestDesk::bare();
    let root = elsewhere.path("root.pem");
    std::fs::rename(desk.path("desk/keys/root.pem"), &root).unwrap();
    let root = root.to_str().unwrap();
    insta::assert_snapshot!(desk.by("clara", &["agents", "add", "dora", "--role", "approver"]), @r#"
    ------- stderr
    error: key file "$HOME/desk/keys/root.pem": there is no such file; copy the agent's key there, or name another with --agent
    Hint: Only the root key signs who may do what. Put root.pem here for this act, or write a --request and sign it elsewhere: `latchkey keyset sign`.
    ------- 5
    "#);
    insta::assert_snapshot!(desk.by("anna", &["agents", "add", "dora", "--role", "approver", "--request", "r.json"]), @"
    ------- stderr
    error: anna is agent here; to add agents takes custodian.
    ------- 5
    ");
    insta::assert_snapshot!(desk.by("clara", &["agents", "add", "dora", "--role", "approver", "--request", "r.json"]), @"
    Wrote what the root is to sign to r.json. Nothing has changed yet.
    There: latchkey keyset sign r.json --root root.pem --out keyset.jws
    Here:  latchkey keyset apply keyset.jws
    ------- 0
    ");
    insta::assert_snapshot!(desk.by("clara", &["agents", "role", "anna", "auditor", "--request", "other.json"]), @"
    Wrote what the root is to sign to other.json. Nothing has changed yet.
    There: latchkey keyset sign other.json --root root.pem --out keyset.jws
    Here:  latchkey keyset apply keyset.jws
    ------- 0
    ");
    let take = |name: &str| elsewhere.write(name, std::fs::read(desk.path(name)).unwrap());
    let (request, other) = (take("r.json"), take("other.json"));
    // A machine with nothing on it but the key; three hours later.
    let sign = |request: &str, out: &str| {
        let args = ["keyset", "sign", request, "--root", root, "--out", out];
        elsewhere.ran(
            elsewhere.command(&args).env_remove("LATCHKEY_DESK").env("LATCHKEY_NOW", "2026-11-20T12:00:00Z"),
        )
    };
    insta::assert_snapshot!(sign(&request, "signed.jws"), @"
    Signed. Bring signed.jws back to the desk.
    ------- stderr
    clara of desk [ID] asked on 2026-11-20T09:00:00Z: agent.added dora (approver), approves from 2026-11-21T12:00:00Z on; keyset version 2.
    ------- 0
    ");
    insta::assert_snapshot!(sign(&other, "other.jws"), @"
    Signed. Bring other.jws back to the desk.
    ------- stderr
    clara of desk [ID] asked on 2026-11-20T09:00:00Z: agent.role anna (auditor); keyset version 2.
    ------- 0
    ");
    let bring = |name: &str| desk.write(name, std::fs::read(elsewhere.path(name)).unwrap());
    let (signed, other) = (bring("signed.jws"), bring("other.jws"));
    let apply = |file: &str, by: &str, now: &str| {
        desk.ran(desk.command(&["keyset", "apply", file]).env("LATCHKEY_AGENT", by).env("LATCHKEY_NOW", now))
    };
    insta::assert_snapshot!(apply(&signed, "anna", "2026-11-20T13:00:00Z"), @"
    ------- stderr
    error: anna is agent here; to change who may do what takes custodian.
    ------- 5
    ");
    insta::assert_snapshot!(apply(&signed, "clara", "2026-11-20T11:00:00Z"), @"
    ------- stderr
    error: The keyset cannot be taken: it was signed in the future.
    Hint: Nothing was changed. Write a new --request and have it signed.
    ------- 4
    ");
    insta::assert_snapshot!(apply(&signed, "clara", "2026-12-20T13:00:00Z"), @"
    ------- stderr
    error: The keyset cannot be taken: it was signed more than 14 days ago.
    Hint: Nothing was changed. Write a new --request and have it signed.
    ------- 4
    ");
    insta::assert_snapshot!(apply(&signed, "clara", "2026-11-20T13:00:00Z"), @"
    dora added: approver. dora approves from 2026-11-21T13:00:00Z on. The keyset is version 2 now; give verifiers `latchkey keyset export`.
    ------- 0
    ");
    // Once; and what was signed beside it no longer follows.
    insta::assert_snapshot!(apply(&signed, "clara", "2026-11-20T13:00:00Z"), @"
    ------- stderr
    error: The keyset cannot be taken: version 2 does not follow version 2 (rule keyset).
    Hint: Nothing was changed. Write a new --request and have it signed.
    ------- 4
    ");
    insta::assert_snapshot!(apply(&other, "clara", "2026-11-20T13:00:00Z"), @"
    ------- stderr
    error: The keyset cannot be taken: version 2 does not follow version 2 (rule keyset).
    Hint: Nothing was changed. Write a new --request and have it signed.
    ------- 4
    ");
    // The log lets nobody approve sooner than a day after it heard of it.
    let dora = &desk.run(&["--json", "agents", "list"]).json()["agents"][3];
    assert_eq!(dora["approves_from"], "2026-11-21T13:00:00Z");
    let verdict = desk.at("2026-11-20T13:00:00Z", &["--json", "audit", "verify"]).json();
    assert_eq!(verdict["ok"], true, "{verdict}");
}

type Edit = fn(&mut serde_json::Value);

/// Whoever keeps the root key is shown what it signs, and signs nothing else than that.
#[test]
fn the_root_signs_nothing_that_is_no_good_request() {
    let desk = TestDesk::empty();
    desk.by("clara", &["agents", "role", "anna", "approver", "--request", "r.json"]).ok();
    let good: serde_json::Value =
        serde_json::from_slice(&std::fs::read(desk.path("r.json")).unwrap()).unwrap();
    let root = desk.path("desk/keys/root.pem");
    let table: [(&str, Edit, &str); 6] = [
        (
            "another change than was asked for",
            |r| edit(r, "next", "approver", "custodian"),
            "asked for something else",
        ),
        (
            "a sooner approval",
            |r| edit(r, "next", "\"approves_from\":1", "\"approves_from\":0"),
            "asked for something else",
        ),
        ("nobody asked", |r| r["asked"] = "x.y.z".into(), "not to be signed"),
        ("a keyset that nobody signed", |r| edit(r, "follows", ".", ".."), "not to be signed"),
        ("more in it", |r| r["more"] = 1.into(), "no request"),
        ("nothing", |r| *r = serde_json::Value::Null, "no request"),
    ];
    for (what, edits, reason) in table {
        let mut request = good.clone();
        edits(&mut request);
        let file = desk.write("bad.json", request.to_string());
        let ran = desk.run(&["keyset", "sign", &file, "--root", root.to_str().unwrap()]);
        assert!(ran.code != 0 && ran.stdout.is_empty() && ran.stderr.contains(reason), "{what}: {ran}");
    }
    let file = desk.write("r2.json", good.to_string());
    let wrong = desk.path("desk/keys/clara.pem");
    insta::assert_snapshot!(desk.run(&["keyset", "sign", &file, "--root", wrong.to_str().unwrap()]), @"
    ------- stderr
    clara of desk [ID] asked on 2026-11-20T09:00:00Z: agent.role anna (approver), approves from 2026-11-21T09:00:00Z on; keyset version 2.
    error: $HOME/desk/keys/clara.pem: That is not the root key of this desk.
    Hint: Nothing was signed.
    ------- 5
    ");
}

fn edit(request: &mut serde_json::Value, field: &str, from: &str, to: &str) {
    let text = request[field].as_str().unwrap().replacen(from, to, 1);
    request[field] = text.into();
}

/// A handful of the matrix (`desk_roles`) by exit code.
#[test]
fn a_role_is_an_exit_code() {
    let desk = TestDesk::filled();
    for (who, args, code) in [
        ("anna", &["take", "R-01"][..], 0),
        ("boris", &["take", "R-01"], 1),
        ("clara", &["take", "R-01"], 5),
        ("nobody", &["take", "R-01"], 5),
        ("anna", &["approve", "R-01"], 5),
        ("boris", &["approve", "R-01"], 1),
        ("clara", &["approve", "R-01"], 5),
        ("clara", &["release", "R-01"], 5),
        ("anna", &["release", "R-01"], 0),
        ("boris", &["agents", "add", "zoe", "--role", "agent"], 5),
        ("boris", &["backup", "b.backup"], 5),
        ("clara", &["backup", "b.backup"], 0),
    ] {
        let ran = desk.by(who, args);
        assert_eq!(ran.code, code, "{who} {args:?}: {ran}");
    }
}

/// A key that is lost is disabled, one that is merely changed ends; the log knows both, and what stood stands.
#[test]
fn a_key_is_changed_or_lost_and_the_log_still_verifies() {
    let desk = TestDesk::filled();
    let token = desk.issued();
    let keyset = |name: &str| desk.write(name, desk.run(&["keyset", "export"]).ok());
    let verify =
        |keyset: &str| desk.run(&["--json", "verify", &token, "--keyset", keyset]).json()["rule"].clone();
    let before = std::fs::read(desk.path("desk/keys/anna.pem")).unwrap();
    insta::assert_snapshot!(desk.run(&["agents", "rotate", "anna"]), @"
    ------- stderr
    error: anna is agent here; to change keys takes custodian.
    ------- 5
    ");
    insta::assert_snapshot!(desk.by("clara", &["agents", "rotate", "anna"]), @"
    anna has a new key: agent. The keyset is version 2 now; give verifiers `latchkey keyset export`.
    ------- 0
    ");
    assert_ne!(std::fs::read(desk.path("desk/keys/anna.pem")).unwrap(), before);
    assert!(!desk.path("desk/keys/anna.next.pem").exists());
    // What the key signed till then is good.
    assert_eq!(verify(&keyset("changed.jws")), serde_json::Value::Null);
    insta::assert_snapshot!(desk.by("clara", &["agents", "rotate", "boris", "--lost"]), @"
    boris has a new key: approver. boris approves from 2026-11-21T09:00:00Z on. The keyset is version 3 now; give verifiers `latchkey keyset export`.
    ------- 0
    ");
    insta::assert_snapshot!(desk.by("clara", &["agents", "list"]), @"
    name   roles      valid until  state     private key
    anna   agent      2026-11-20   active    elsewhere
    boris  approver                disabled  elsewhere
    clara  custodian               active    here
    anna   agent                   active    here
    boris  approver                active    here
    ------- 0
    ");
    insta::assert_snapshot!(desk.by("boris", &["approve", "R-02"]), @"
    ------- stderr
    error: boris is new as an approver, or by a new key, and approves from 2026-11-21T09:00:00Z on; until then boris cannot approve.
    Hint: `approve_after_hours` in policy.toml says how long a new approver waits.
    ------- 5
    ");
    // The new key works, and the log is whole, also what the old one signed.
    desk.run(&["audit", "checkpoint"]).ok();
    assert_eq!(desk.run(&["--json", "audit", "verify"]).json()["ok"], true);
    // A token that a lost key signed opens nothing any more.
    desk.by("clara", &["agents", "rotate", "anna", "--lost"]).ok();
    assert_eq!(verify(&keyset("lost.jws")), serde_json::Value::Null, "anna's first key merely ended");
}

/// Guessing: after five wrong passphrases everybody waits, whatever is restarted meanwhile; the right one ends it.
#[test]
fn wrong_passphrases_are_counted_in_the_log_and_cost_time() {
    let desk = TestDesk::bare();
    real(&desk, "grace's own words\nthe root's own words\n", &["--agent", "grace", "init"]).ok();
    for _ in 0..5 {
        let ran = real(&desk, "guess\n", &["audit", "checkpoint"]);
        assert!(ran.code == 5 && ran.stderr.contains("does not open it"), "{ran}");
    }
    let ran = real(&desk, "grace's own words\n", &["audit", "checkpoint"]);
    assert!(ran.code == 5 && ran.stderr.contains("Too many wrong passphrases for the key of grace"), "{ran}");
    // Another key is another count, and the log is whole: every try is a leaf.
    real(
        &desk,
        "the root's own words\nhers and nobody's\n",
        &["--agent", "grace", "agents", "add", "heidi", "--role", "agent"],
    )
    .ok();
    let log = rusqlite::Connection::open(desk.path("desk/desk.db")).unwrap();
    let count = |act: &str| -> i64 {
        log.query_row("SELECT count(*) FROM leaf WHERE line LIKE '{\"act\":\"' || $1 || '%'", [act], |r| {
            r.get(0)
        })
        .unwrap()
    };
    assert_eq!((count("login.failed"), count("login.done")), (5, 1));
    // Taking tries out of the log, or out of sight, is seen.
    log.execute("UPDATE leaf SET ticket = NULL WHERE line LIKE '%login.failed%'", []).unwrap();
    let verdict = real(&desk, "x\n", &["--json", "--agent", "grace", "audit", "verify"]).json();
    assert_eq!((&verdict["ok"], &verdict["first_bad"]), (&false.into(), &1.into()), "{verdict}");
    log.execute("DELETE FROM leaf WHERE line LIKE '%login.failed%'", []).unwrap();
    let verdict = real(&desk, "x\n", &["--json", "--agent", "grace", "audit", "verify"]).json();
    assert_eq!((&verdict["ok"], &verdict["first_bad"]), (&false.into(), &1.into()), "{verdict}");
}

#[test]
fn a_passphrase_is_changed_by_whoever_knows_it() {
    let desk = TestDesk::bare();
    real(&desk, "grace's own words\nthe root's own words\n", &["--agent", "grace", "init"]).ok();
    insta::assert_snapshot!(real(&desk, "wrong\nlonger and newer\n", &["agents", "passphrase"]), @r#"
    ------- stderr
    error: key file "$HOME/desk/keys/grace.pem": the passphrase does not open it; try again
    ------- 5
    "#);
    insta::assert_snapshot!(real(&desk, "grace's own words\nshort\n", &["agents", "passphrase"]), @"
    ------- stderr
    error: A passphrase has at least 15 characters: nothing else protects the key.
    Hint: Several words that nobody says together are easy to keep.
    ------- 2
    ");
    insta::assert_snapshot!(real(&desk, "grace's own words\nlonger and newer\n", &["agents", "passphrase"]), @"
    The key of grace has a new passphrase. Copies of the file still have the old one.
    ------- 0
    ");
    insta::assert_snapshot!(real(&desk, "grace's own words\n", &["audit", "checkpoint"]), @r#"
    ------- stderr
    error: key file "$HOME/desk/keys/grace.pem": the passphrase does not open it; try again
    ------- 5
    "#);
    real(&desk, "longer and newer\n", &["audit", "checkpoint"]).ok();
    insta::assert_snapshot!(TestDesk::empty().run(&["agents", "passphrase"]), @"
    ------- stderr
    error: The keys of a rehearsal have no passphrase.
    ------- 1
    ");
}

/// A real desk: grace is its custodian.
fn real(desk: &TestDesk, passphrases: &str, args: &[&str]) -> Ran {
    let file = desk.write("passphrases", passphrases);
    let all: Vec<&str> = ["--passphrase-file", &file].into_iter().chain(args.iter().copied()).collect();
    desk.ran(desk.command(&all).env_remove("LATCHKEY_NOW"))
}

/// A name is no proof of who acts. Looking takes none: whoever reads the desk's files sees as much.
#[test]
fn on_a_real_desk_whatever_is_done_takes_the_passphrase_of_whoever_does_it() {
    let desk = RealSeat::new();
    let cases = desk.write("cases.csv", "reference,request,imei\nA-1,unbind,867530900000017\n");
    let list = desk.write("devices.csv", "imei,serial,model\n867530900000041,44444/A4,Orbit 11\n");
    desk.run(&["import", "cases", &cases]).ok();
    let before = desk.run(&["--json", "show", "1"]).json();
    for line in [
        "take 1",
        "note 1 hello",
        "evidence add 1 receipt retailer=DNS",
        "wait 1",
        "close 1",
        "decide 1 refuse",
        "code send 1 sim",
        "undo 1",
        &format!("import cases {cases} --rejects x"),
        &format!("--agent clara import devices {list}"),
        "--agent clara registry prune",
        "--agent clara erase claimant@post.example",
    ] {
        let ran = desk.run_without_passphrase(&line.split(' ').collect::<Vec<_>>());
        assert!(ran.code == 2 && ran.stderr.contains("The passphrase of"), "{line}: {ran}");
    }
    assert_eq!(desk.run(&["--json", "show", "1"]).json(), before);
    for line in ["show 1", "check 1", "tickets", "lookup 867530900000017", "audit verify", "outbox run"] {
        assert_eq!(desk.run_without_passphrase(&line.split(' ').collect::<Vec<_>>()).code, 0, "{line}");
    }
}

#[test]
fn a_real_desk_has_passphrases_and_the_true_time() {
    let desk = TestDesk::bare();
    insta::assert_snapshot!(real(&desk, "", &["init"]), @"
    ------- stderr
    error: $HOME/passphrases: The passphrase file is empty.
    ------- 2
    ");
    insta::assert_snapshot!(real(&desk, "one secret of hers\n", &["init"]), @"
    ------- stderr
    error: A desk needs its first agent's name.
    Hint: latchkey --agent NAME init
    ------- 2
    ");
    insta::assert_snapshot!(desk.run(&["--agent", "grace", "init"]), @"
    ------- stderr
    error: The passphrase of grace cannot be asked for: No such device or address.
    Hint: There is no terminal here: use --passphrase-file FILE (`-` for standard input).
    ------- 2
    ");
    insta::assert_snapshot!(real(&desk, "grace's own words\nthe root's own words\n", &["--agent", "grace", "init"]), @"
    Made a desk in $HOME/desk.
      grace: custodian
    ------- stderr
    Hint: copy keys/root.pem to a safe place and remove it here; `latchkey agents add` asks for it.
    ------- 0
    ");
    for name in ["grace.pem", "root.pem"] {
        let pem = std::fs::read_to_string(desk.path("desk/keys").join(name)).unwrap();
        assert!(pem.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----"), "{name}");
    }
    insta::assert_snapshot!(real(&desk, "wrong\nhers and nobody's\n", &["agents", "add", "heidi", "--role", "agent"]), @r#"
    ------- stderr
    error: key file "$HOME/desk/keys/root.pem": the passphrase does not open it; try again
    Hint: Only the root key signs who may do what. Put root.pem here for this act, or write a --request and sign it elsewhere: `latchkey keyset sign`.
    ------- 5
    "#);
    insta::assert_snapshot!(real(&desk, "the root's own words\n\n", &["agents", "add", "heidi", "--role", "agent"]), @"
    ------- stderr
    error: A passphrase has at least 15 characters: nothing else protects the key.
    Hint: Several words that nobody says together are easy to keep.
    ------- 2
    ");
    insta::assert_snapshot!(real(&desk, "the root's own words\nhers and nobody's\n", &["agents", "add", "heidi", "--role", "agent"]), @"
    heidi added: agent. The keyset is version 2 now; give verifiers `latchkey keyset export`.
    ------- 0
    ");
    // Two keys are here now, so who acts must be said.
    insta::assert_snapshot!(real(&desk, "x\n", &["tickets", "--assignee", "me"]), @"
    ------- stderr
    error: Several agents work here: grace, heidi.
    Hint: Name who acts with --agent NAME or LATCHKEY_AGENT.
    ------- 2
    ");
    let moved = desk.at("2001-01-01T00:00:00Z", &["--json", "--agent", "grace", "registry", "status"]);
    assert_eq!(moved.code, 0, "{moved}");
    let leaf = real(&desk, "x\n", &["--agent", "heidi", "import", "tacs", "x.csv"]);
    insta::assert_snapshot!(leaf, @"
    ------- stderr
    error: heidi is agent here; to import lists takes custodian.
    ------- 5
    ");
}
