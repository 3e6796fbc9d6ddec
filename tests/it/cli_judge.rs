//! Codes, decisions and second persons.

use crate::cli_desk::{TestDesk, fixture};

#[test]
fn a_code_is_sent_and_read_back() {
    let desk = TestDesk::filled();
    let sent = desk.run(&["--json", "code", "send", "R-01", "sim"]).json();
    let code = sent["code"].as_str().unwrap().to_owned();
    assert_eq!((&sent["to"], &sent["expires_at"]), (&"+***01".into(), &"2026-11-20T09:10:00Z".into()));
    let wrong = if code == "000000" { "000001" } else { "000000" };
    insta::assert_snapshot!(desk.run(&["code", "confirm", "R-01", "sim", wrong]), @"
    The code is wrong; 2 tries are left. Recommendation: ask
    ------- 1
    ");
    insta::assert_snapshot!(desk.run(&["code", "confirm", "R-01", "sim", "12"]), @"
    ------- stderr
    error: A code is six digits; nothing was counted.
    ------- 2
    ");
    insta::assert_snapshot!(desk.run(&["code", "confirm", "R-01", "sim", &code]), @"
    The code is right. Recommendation: approve
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["code", "confirm", "R-01", "contact", &code]), @"
    ------- stderr
    error: No code was sent to the contact of ticket 1.
    Hint: `latchkey code send 1 contact` sends one.
    ------- 1
    ");
    insta::assert_snapshot!(desk.run(&["code", "send", "R-05", "sim"]), @"
    ------- stderr
    error: The ticket names no telephone number that a code could go to.
    Hint: Add the SIM first: `latchkey evidence add TICKET sim sim_msisdn=+7…`.
    ------- 1
    ");
    insta::assert_snapshot!(desk.run(&["code", "send", "R-14", "contact", "--to", "fax"]), @"
    ------- stderr
    error: The account has no such verified contact.
    Hint: It has z***@m***, +***78.
    ------- 1
    ");
}

#[test]
fn a_decision_is_signed_and_never_easier_than_the_policy() {
    let desk = TestDesk::filled();
    insta::assert_snapshot!(desk.run(&["decide", "R-01", "approve"]), @"
    ------- stderr
    error: The recommendation is ask; approve hands over more.
    Hint: An override takes --override, --reason TEXT and a second person.
    ------- 5
    ");
    insta::assert_snapshot!(desk.run(&["decide", "R-01", "approve", "--override"]), @"
    ------- stderr
    error: the following required arguments were not provided:
      --reason <TEXT>

    Usage: latchkey decide --reason <TEXT> --override --desk <DIR> <TICKET>... <RECOMMENDATION>

    For more information, try '--help'.
    ------- 2
    ");
    insta::assert_snapshot!(desk.run(&["decide", "R-01", "approve", "--override", "--reason", "police vouch"]), @"
    #1 R-01: approve-second (override), decided
      A second person says yes: `latchkey approve 1`.
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["decide", "R-04", "approve", "--override", "--reason", "he cried"]), @"
    ------- stderr
    error: Ticket 4 cannot be decided approve: a confirmed notice stands on the device, and nobody may override that.
    ------- 5
    ");
    insta::assert_snapshot!(desk.run(&["decide", "R-07", "refuse"]), @"
    ------- stderr
    error: The recommendation is investigate (receipt.unique); deciding refuse takes a reason.
    Hint: --reason TEXT
    ------- 2
    ");
    insta::assert_snapshot!(desk.run(&["decide", "R-07", "investigate"]), @"
    #7 R-07: investigate, held
      It is with the fraud queue.
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["decide", "R-05", "guide"]), @"
    #5 R-05: guide, closed, guided
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["decide", "R-11", "approve", "--reason", "x"]), @"
    ------- stderr
    error: A request for account-deletion ends in guidance, not in a grant.
    Hint: `latchkey decide 11 guide`
    ------- 5
    ");
    insta::assert_snapshot!(desk.by("clara", &["decide", "R-02", "approve-second"]), @"
    ------- stderr
    error: clara is custodian here; to decide takes agent or approver.
    ------- 5
    ");
    let many = desk.run(&["--json", "decide", "R-04", "R-09", "R-77", "refuse", "--reason", "as found"]);
    assert_eq!(many.code, 1);
    let many = many.json();
    assert_eq!((&many[0]["state"], &many[2]["ok"]), (&"closed".into(), &false.into()));
}

#[test]
fn the_second_person_is_another_one() {
    let desk = TestDesk::filled();
    insta::assert_snapshot!(desk.by("boris", &["approve", "R-02"]), @"
    ------- stderr
    error: Ticket 2 is open and waits for no second yes.
    ------- 1
    ");
    desk.run(&["decide", "R-02", "approve-second"]).ok();
    insta::assert_snapshot!(desk.run(&["approve", "R-02"]), @"
    ------- stderr
    error: anna is agent here; to approve takes approver.
    ------- 5
    ");
    insta::assert_snapshot!(desk.by("boris", &["approve", "R-02"]), @"
    ------- stderr
    error: This rests on a picture of the box from which no barcode was read.
    Hint: Open the picture, read the number in it, then approve with --saw-number.
    ------- 5
    ");
    insta::assert_snapshot!(desk.by("boris", &["approve", "R-02", "--saw-number"]), @"
    #2 R-02: approve-second, approved
      `latchkey issue 2` signs the authorization once any cool-down has ended.
    ------- 0
    ");
    let shown = desk.run(&["show", "R-02"]).ok();
    let decision = shown.split("\nDecision\n").nth(1).unwrap().split("\n\n").next().unwrap();
    insta::assert_snapshot!(decision, @"
    decided     approve-second by anna, 2026-11-20 09:00 (in 0 s)
    owner told  2026-11-20 09:00 (in 0 s)
    approved    by boris, 2026-11-20 09:00 (in 0 s)
    ");
}

#[test]
fn the_owner_s_no_ends_it() {
    let desk = TestDesk::filled();
    desk.run(&["decide", "R-02", "approve-second"]).ok();
    insta::assert_snapshot!(desk.run(&["object", "R-02", "--reason", "I sold nothing"]), @"
    #2 R-02: open, refuse
    ------- 0
    ");
    insta::assert_snapshot!(desk.by("boris", &["approve", "R-02", "--saw-number"]), @"
    ------- stderr
    error: Ticket 2 is open and waits for no second yes.
    ------- 1
    ");
}

#[test]
fn a_failing_check_is_cleared_against_one_other_ticket() {
    let desk = TestDesk::filled();
    let rival = desk.write(
        "rival.csv",
        "reference,request,received_at,claimant_email,imei\nV-1,unbind,2026-11-20T08:00:00Z,husband@post.example,860123450006019\n",
    );
    desk.run(&["import", "cases", &rival]).ok();
    insta::assert_snapshot!(desk.run(&["clear", "V-1", "ticket.rival", "--against", "R-06", "--reason", "a couple"]), @"
    ------- stderr
    error: anna is agent here; to clear checks takes approver.
    ------- 5
    ");
    insta::assert_snapshot!(desk.by("boris", &["clear", "V-1", "ticket.rival", "--against", "R-06", "--reason", "a couple"]), @"
    #15 V-1: open, ask
    ------- 0
    ");
    insta::assert_snapshot!(desk.by("boris", &["clear", "V-1", "ticket.rival", "--against", "R-01", "--reason", "x"]), @"
    ------- stderr
    error: ticket.rival of ticket 15 does not fail against ticket 1.
    Hint: `latchkey show 15` names the tickets it fails against.
    ------- 1
    ");
    insta::assert_snapshot!(desk.by("boris", &["clear", "V-1", "device.notice", "--against", "R-06", "--reason", "x"]), @"
    ------- stderr
    error: invalid value 'device.notice' for '<CHECK>'
      [possible values: receipt.unique, box.unique, claimant.rate, ticket.rival]

    For more information, try '--help'.
    ------- 2
    ");
}

#[test]
fn a_lost_report_makes_a_notice_that_two_people_confirm() {
    let desk = TestDesk::filled();
    insta::assert_snapshot!(desk.run(&["decide", "R-12", "approve-second"]), @"
    #12 R-12: approve-second, decided
      A second person confirms the notice: `latchkey notice confirm 12`.
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["notice", "confirm", "R-12"]), @"
    ------- stderr
    error: anna is agent here; to confirm notices takes approver.
    ------- 5
    ");
    insta::assert_snapshot!(desk.by("boris", &["notice", "confirm", "R-12"]), @"
    #12 R-12: closed, guide, confirmed
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["notice", "clear", "R-12"]), @"
    #12 R-12: closed, guide, confirmed
      It stands until a second person clears it too: `latchkey notice clear 12`.
    ------- 0
    ");
    insta::assert_snapshot!(desk.by("boris", &["notice", "clear", "R-12"]), @"
    #12 R-12: closed, approve-second, confirmed
      Its notice is cleared.
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["notice", "clear", "R-01"]), @"
    ------- stderr
    error: A notice is cleared only when the claimant has brought an accepted set of proofs.
    Hint: `latchkey show 1` lists what is missing.
    ------- 5
    ");
}

#[test]
fn a_policy_is_shown_checked_and_replayed() {
    let desk = TestDesk::filled();
    let shown = desk.run(&["policy", "show"]).ok();
    assert!(shown.contains("(shipped)\n") && shown.contains("[accept.unbind]"));
    insta::assert_snapshot!(desk.run(&["policy", "check", &fixture("bad/policy-weak.toml")]), @"
    ------- stderr
    error: $FIXTURES/bad/policy-weak.toml:41: The policy is not valid: password-reset: a password reset always takes two people; move the set to `two`.
    Hint: `latchkey policy show` prints one that is.
    ------- 1
    ");
    let stricter = include_str!("../../policy.toml")
        .replace("idle_days = 14 ", "idle_days = 200 ")
        .replace("one = [[\"purchase\", \"sim\"], [\"consent\"]]\ntwo = [[\"purchase\", \"box\"], [\"purchase\", \"facts\"]", "one = [[\"consent\"]]\ntwo = [[\"purchase\", \"sim\"], [\"purchase\", \"box\"], [\"purchase\", \"facts\"]");
    let file = desk.write("stricter.toml", stricter);
    insta::assert_snapshot!(desk.run(&["policy", "check", &file]), @"
    The policy is valid: sha256:[DIGEST]
      idle_days = 200 (shipped: 14)
      [accept.unbind] is not the shipped one
    ------- 0
    ");
    let token = desk.issued();
    desk.at("2026-11-20T09:05:00Z", &["redeem", &token]).ok();
    desk.run(&["decide", "R-05", "guide"]).ok();
    insta::assert_snapshot!(desk.run(&["policy", "replay", &file]), @"
    ticket  reference  request  from     to              because
         1  R-01       unbind   approve  approve-second  account.idle
    1 of 2 closed tickets would end differently.
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["policy", "replay", "--format", "csv", &file]), @"
    ticket,reference,request,closed_as,decided,from,to,because
    1,R-01,unbind,redeemed,approve,approve,approve-second,account.idle
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["policy", "check", "nowhere.toml"]), @"
    ------- stderr
    error: nowhere.toml: The policy cannot be read: no such file or directory.
    ------- 1
    ");
    let own = desk.path("desk/policy.toml");
    std::fs::copy(&file, &own).unwrap();
    assert!(desk.run(&["policy", "show"]).ok().contains("policy.toml)"));
    std::fs::write(&own, "[thresholds]\n").unwrap();
    insta::assert_snapshot!(desk.run(&["tickets"]), @"
    ------- stderr
    error: $HOME/desk/policy.toml:1: The policy is not valid: missing field `accept`.
    Hint: `latchkey policy check FILE` checks a file before it is laid here.
    ------- 1
    ");
}

#[test]
fn settings_are_shown_and_have_a_template() {
    let desk = TestDesk::filled();
    insta::assert_snapshot!(desk.run(&["config", "show"]), @r#"
    # defaults
    region = "RU"
    lease_minutes = 30
    origin = "latchkey/[ID]"

    [dispatch]
    command = []
    timeout_seconds = 30
    ------- 0
    "#);
    let template = desk.run(&["config", "template"]).ok();
    std::fs::write(desk.path("desk/config.toml"), &template).unwrap();
    assert!(desk.run(&["config", "show"]).ok().contains("config.toml"));
    std::fs::write(desk.path("desk/config.toml"), "lease_minutes = 0\n").unwrap();
    insta::assert_snapshot!(desk.run(&["tickets"]), @"
    ------- stderr
    error: $HOME/desk/config.toml:1: The config is not valid: lease_minutes may be 1 to 1440.
    Hint: `latchkey config template` prints one that is.
    ------- 1
    ");
}
