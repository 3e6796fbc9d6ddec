//! The desk's people and their keys, on a rehearsal desk and on a real one.

use crate::cli_desk::{Ran, TestDesk};

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
    dora added: agent, approver. The keyset is version 2 now; give verifiers `latchkey keyset export`.
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
    error: dora is disabled at this desk and cannot look things up.
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

    dora: auditor, disabled
      [KID]
    ------- 0
    ");
    let csv = desk.run(&["agents", "list", "--format", "csv"]).ok();
    assert!(csv.starts_with("name,roles,kid,valid_from,valid_until,disabled,key_here\nanna,agent,"), "{csv}");
    assert_eq!(desk.run(&["--json", "audit", "verify"]).json()["ok"], true);
}

#[test]
fn an_agent_may_keep_their_private_key_to_themselves() {
    let desk = TestDesk::empty();
    let key = std::fs::read_to_string(desk.path("desk/keys/root.pub.pem")).unwrap();
    let file = desk.write("pub.pem", key);
    // Any public key will do here; the root's own is at hand.
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

/// A real desk: grace is its custodian.
fn real(desk: &TestDesk, passphrases: &str, args: &[&str]) -> Ran {
    let file = desk.write("passphrases", passphrases);
    let all: Vec<&str> = ["--passphrase-file", &file].into_iter().chain(args.iter().copied()).collect();
    desk.ran(desk.command(&all).env_remove("LATCHKEY_NOW"))
}

#[test]
fn a_real_desk_has_passphrases_and_the_true_time() {
    let desk = TestDesk::bare();
    insta::assert_snapshot!(real(&desk, "", &["init"]), @"
    ------- stderr
    error: $HOME/passphrases: The passphrase file is empty.
    ------- 2
    ");
    insta::assert_snapshot!(real(&desk, "secret one\n", &["init"]), @"
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
    insta::assert_snapshot!(real(&desk, "grace's own\nthe root's\n", &["--agent", "grace", "init"]), @"
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
    insta::assert_snapshot!(real(&desk, "wrong\nhers\n", &["agents", "add", "heidi", "--role", "agent"]), @r#"
    ------- stderr
    error: key file "$HOME/desk/keys/root.pem": the passphrase does not open it; try again
    Hint: Only the root key signs who may do what; put root.pem here for this act.
    ------- 5
    "#);
    insta::assert_snapshot!(real(&desk, "the root's\n\n", &["agents", "add", "heidi", "--role", "agent"]), @r#"
    ------- stderr
    error: key file "$HOME/desk/keys/heidi.pem": the passphrase is empty; choose one
    ------- 1
    "#);
    insta::assert_snapshot!(real(&desk, "the root's\nhers\n", &["agents", "add", "heidi", "--role", "agent"]), @"
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
