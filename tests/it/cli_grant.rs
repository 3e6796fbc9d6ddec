//! Authorizations: issued, verified, used, withdrawn; and the log that records them.

use crate::cli_desk::TestDesk;

#[test]
fn an_authorization_is_issued_verified_and_used_once() {
    let desk = TestDesk::filled();
    insta::assert_snapshot!(desk.run(&["issue", "R-01"]), @"
    ------- stderr
    error: Ticket 1 has no standing decision to grant anything.
    Hint: `latchkey decide 1 approve` comes first.
    ------- 1
    ");
    desk.prove_sim("R-01");
    insta::assert_snapshot!(desk.run(&["decide", "R-01", "approve"]), @"
    #1 R-01: approve, approved
      `latchkey issue 1` signs the authorization once any cool-down has ended.
    ------- 0
    ");
    let issued = desk.run(&["issue", "R-01", "--qr", "token.svg"]);
    insta::assert_snapshot!(issued, @"
    [SIGNED].[SIGNED].[SIGNED]
    ------- stderr
    unbind on device:imei:…015 for any, id [JTI]; it runs out in 7 d.
    ------- 0
    ");
    let token = issued.stdout.trim();
    assert!(std::fs::read_to_string(desk.path("token.svg")).unwrap().contains("<svg"));
    // Whoever gets the code gets the proof of its issue.
    let proof = std::fs::read_to_string(desk.path("token.tlog-proof")).unwrap();
    assert!(proof.starts_with("c2sp.org/tlog-proof@v1\n") && proof.contains("latchkey/"), "{proof}");
    insta::assert_snapshot!(desk.run(&["issue", "R-01"]), @"
    ------- stderr
    error: The authorization of ticket 1 is out already.
    ------- 1
    ");
    insta::assert_snapshot!(desk.run(&["verify", token]), @"
    ✓ valid: unbind on device:imei:867530900001015, for any, until 2026-11-27T09:00:00Z
      id [JTI], ticket 1
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["verify", token, "--device", "86954704-000201-6"]), @"
    ✗ not valid (rule dev): it is for another device
    ------- 4
    ");
    insta::assert_snapshot!(desk.run(&["redeem", token]), @"
    Redeemed [JTI].
      binding of device:imei:867530900001015 since 2024-12-21 released
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["redeem", token]), @"
    ------- stderr
    error: The token is refused by rule `used`: it was used before; each opens once.
    ------- 4
    ");
    insta::assert_snapshot!(desk.run(&["--json", "verify", "eyJ.not.one"]), @r#"
    {
      "claims": null,
      "reason": "its header is not strict unpadded base64url",
      "rule": "form",
      "valid": false
    }
    ------- 4
    "#);
    insta::assert_snapshot!(desk.run(&["authorizations"]), @"
    id                      ticket  grants  on         for  state     until
    [JTI]       1  unbind  imei:…015  any  redeemed  2026-11-27
    ------- 0
    ");
    let listed = desk.run(&["--json", "authorizations"]).json();
    assert_eq!((&listed["total"], &listed["authorizations"][0]["state"]), (&1.into(), &"redeemed".into()));
}

#[test]
fn a_keyset_is_enough_to_verify_but_a_rehearsal_s_opens_nothing() {
    let desk = TestDesk::filled();
    let token = desk.write("token.txt", desk.issued());
    let keyset = desk.write("keyset.jws", desk.run(&["keyset", "export"]).ok());
    let alone = |more: &[&str]| {
        let mut command = desk.command(&["verify", &token, "--keyset", &keyset]);
        desk.ran(command.args(more).env_remove("LATCHKEY_DESK"))
    };
    insta::assert_snapshot!(alone(&[]), @"
    ✗ not valid (rule rehearsal): it is a rehearsal's and opens nothing real
    ------- 4
    ");
    let folder = desk.path("desk");
    assert_eq!(alone(&["--desk", folder.to_str().unwrap()]).code, 0);
    let mut piped = desk.command(&["--json", "verify", "-", "--keyset", &keyset]);
    let piped = desk.ran(piped.write_stdin(std::fs::read_to_string(&token).unwrap())).json();
    assert_eq!((&piped["valid"], &piped["claims"]["op"]), (&true.into(), &"unbind".into()));
    let damaged = desk.write("damaged.jws", std::fs::read_to_string(&keyset).unwrap().replace('a', "b"));
    let refused = desk.run(&["verify", &token, "--keyset", &damaged]);
    assert_eq!(refused.code, 4, "{refused}");
    let nowhere = desk.ran(desk.command(&["verify", &token]).env("LATCHKEY_DESK", desk.path("none")));
    insta::assert_snapshot!(nowhere, @"
    ------- stderr
    error: There is no desk in $HOME/none.
    Hint: Give the keyset with --keyset FILE, or the desk with --desk DIR.
    ------- 1
    ");
    let keys = desk.run(&["keyset", "export", "--jwks"]).json();
    assert_eq!(keys["keys"].as_array().map(Vec::len), Some(3));
    assert_eq!(keys["keys"][0]["kty"], "OKP");
}

#[test]
fn audience_and_challenge_bind_a_token() {
    let desk = TestDesk::filled();
    desk.prove_sim("R-01");
    desk.run(&["decide", "R-01", "approve"]).ok();
    insta::assert_snapshot!(desk.run(&["issue", "R-01", "--challenge", "xyz"]), @"
    ------- stderr
    error: The challenge is 8 to 128 hexadecimal digits, as the device shows it.
    ------- 2
    ");
    let issued =
        desk.run(&["--json", "issue", "R-01", "--audience", "centre-7", "--challenge", "00AABBCC"]).json();
    assert_eq!((&issued["aud"], &issued["exp"]), (&"centre-7".into(), &"2026-11-21T09:00:00Z".into()));
    let token = issued["token"].as_str().unwrap();
    insta::assert_snapshot!(desk.run(&["verify", token]), @"
    ✗ not valid (rule aud): it is for one service centre; say with --audience which one verifies
    ------- 4
    ");
    insta::assert_snapshot!(desk.run(&["verify", token, "--audience", "centre-7"]), @"
    ✗ not valid (rule chal): it answers a challenge; give the device's with --challenge
    ------- 4
    ");
    let held = desk.run(&["verify", token, "--audience", "centre-7", "--challenge", "00aabbcc"]);
    assert_eq!(held.code, 0, "{held}");
}

#[test]
fn a_withdrawn_authorization_is_refused_everywhere() {
    let desk = TestDesk::filled();
    let token = desk.issued();
    let jti = desk.run(&["--json", "authorizations"]).json()["authorizations"][0]["jti"]
        .as_str()
        .unwrap()
        .to_owned();
    insta::assert_snapshot!(desk.run(&["revoke", &jti]), @"
    ------- stderr
    error: the following required arguments were not provided:
      --reason <TEXT>

    Usage: latchkey revoke --reason <TEXT> --desk <DIR> <JTI>

    For more information, try '--help'.
    ------- 2
    ");
    insta::assert_snapshot!(desk.run(&["revoke", &jti, "--reason", "sent to the wrong centre"]), @"
    Revoked [JTI]. `latchkey revocations export` tells verifiers.
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["revoke", &jti, "--reason", "again"]), @"
    ------- stderr
    error: The authorization [JTI] was revoked at 2026-11-20T09:00:00Z: sent to the wrong centre.
    ------- 1
    ");
    insta::assert_snapshot!(desk.run(&["revoke", "AAAAAAAAAAAAAAAAAAAAAA", "--reason", "x"]), @"
    ------- stderr
    error: This desk issued no authorization AAAAAAAAAAAAAAAAAAAAAA.
    Hint: `latchkey authorizations` lists them.
    ------- 1
    ");
    insta::assert_snapshot!(desk.run(&["redeem", &token]), @"
    ------- stderr
    error: The token is refused by rule `revoked`: it was withdrawn.
    ------- 4
    ");
    let list = desk.write("revoked.jws", desk.run(&["revocations", "export"]).ok());
    let keyset = desk.write("keyset.jws", desk.run(&["keyset", "export"]).ok());
    let refused = desk.run(&["--json", "verify", &token, "--keyset", &keyset, "--revoked", &list]);
    assert_eq!(refused.code, 4);
    assert_eq!(refused.json()["rule"], "revoked");
}

#[test]
fn the_cool_down_is_kept() {
    let desk = TestDesk::filled();
    desk.run(&["decide", "R-02", "approve-second"]).ok();
    desk.by("boris", &["approve", "R-02", "--saw-number"]).ok();
    insta::assert_snapshot!(desk.run(&["issue", "R-02"]), @"
    ------- stderr
    error: The owner has until 2026-11-23T09:00:00Z to object; nothing is issued before.
    Hint: Issue it then. The second person may approve meanwhile.
    ------- 1
    ");
    let ran = desk.at("2026-11-23T09:00:00Z", &["--json", "issue", "R-02"]);
    assert_eq!(ran.code, 0, "{ran}");
}

#[test]
fn the_log_is_verified_and_its_head_signed() {
    let desk = TestDesk::filled();
    let note = desk.run(&["audit", "checkpoint"]);
    assert_eq!(note.code, 0, "{note}");
    assert!(note.stderr.starts_with("verifier key: latchkey/"), "{note}");
    let note = desk.write("head.txt", &note.stdout);
    desk.run(&["take", "R-01"]).ok();
    let verdict = desk.run(&["--json", "audit", "verify", "--against", &note]).json();
    assert_eq!((&verdict["ok"], &verdict["first_bad"]), (&true.into(), &serde_json::Value::Null));
    let words = desk.run(&["audit", "verify"]).ok();
    assert!(words.starts_with("✓ the log holds: "), "{words}");
    let db = rusqlite::Connection::open(desk.path("desk/desk.db")).unwrap();
    db.execute("UPDATE leaf SET line = replace(line, 'clara', 'klara') WHERE seq = 3", []).unwrap();
    let broken = desk.run(&["--json", "audit", "verify"]);
    assert_eq!(broken.code, 4);
    assert_eq!(broken.json()["first_bad"], 3);
    let refused = desk.run(&["audit", "checkpoint"]);
    assert_eq!(refused.code, 4, "{refused}");
}

#[test]
fn what_was_used_or_withdrawn_stays_so_whatever_its_row_says() {
    for revoked in [true, false] {
        let desk = TestDesk::filled();
        let token = desk.issued();
        let jti = desk.run(&["--json", "authorizations"]).json()["authorizations"][0]["jti"].clone();
        let jti = jti.as_str().unwrap();
        if revoked {
            desk.run(&["revoke", jti, "--reason", "wrong centre"]).ok();
        } else {
            desk.run(&["redeem", &token]).ok();
        }
        let db = rusqlite::Connection::open(desk.path("desk/desk.db")).unwrap();
        let act = if revoked { "authorization.revoked" } else { "authorization.redeemed" };
        db.execute("UPDATE authorization SET redeemed_at = NULL, revoked_at = NULL, revoked_why = NULL", [])
            .unwrap();
        let again = desk.run(&["redeem", &token]);
        assert!(again.code == 4 && again.stderr.contains(jti), "{act}: {again}");
        assert_eq!(desk.run(&["audit", "verify"]).code, 4, "{act}");
    }
}
