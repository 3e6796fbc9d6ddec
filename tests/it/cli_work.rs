//! Working a ticket: taking, evidence, notes, ends.

use crate::cli_desk::{TestDesk, fixture};

#[test]
fn a_ticket_is_taken_given_back_and_stolen() {
    let desk = TestDesk::filled();
    insta::assert_snapshot!(desk.run(&["take", "R-01", "R-02", "R-77"]), @"
    #1 is with anna until 2026-11-20 09:30.
    #2 is with anna until 2026-11-20 09:30.
    ------- stderr
    error: R-77: There is no ticket R-77.
    Hint: Did you mean R-07?
    ------- 1
    ");
    insta::assert_snapshot!(desk.by("boris", &["take", "R-01"]), @"
    ------- stderr
    error: Ticket 1 is with anna until 2026-11-20T09:30:00Z.
    Hint: Wait, or `latchkey take 1 --steal --reason TEXT`.
    ------- 1
    ");
    insta::assert_snapshot!(desk.by("boris", &["take", "R-01", "--steal"]), @"
    ------- stderr
    error: the following required arguments were not provided:
      --reason <TEXT>

    Usage: latchkey take --steal --reason <TEXT> --desk <DIR> --agent <NAME> <TICKET>...

    For more information, try '--help'.
    ------- 2
    ");
    insta::assert_snapshot!(desk.by("boris", &["--json", "take", "R-01", "--steal", "--reason", "anna is ill"]), @r#"
    {
      "assignee": "boris",
      "lease_until": "2026-11-20T09:30:00Z",
      "ticket": 1
    }
    ------- 0
    "#);
    insta::assert_snapshot!(desk.run(&["release", "R-01"]), @"
    ------- stderr
    error: Ticket 1 is with boris until 2026-11-20T09:30:00Z.
    Hint: Wait, or `latchkey take 1 --steal --reason TEXT`.
    ------- 1
    ");
    insta::assert_snapshot!(desk.run(&["release", "R-02"]), @"
    #2 is back in the queue.
    ------- 0
    ");
}

#[test]
fn evidence_is_added_and_taken_away() {
    let desk = TestDesk::filled();
    insta::assert_snapshot!(desk.run(&["evidence", "add", "R-01", "facts", "name=Мария Соколова", "region=RU", "registered=2024"]), @"
    Evidence 18 added. #1 R-01: open, approve-second
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["evidence", "add", "R-14", "box", "serial=BAND-77QX-2041", "--file", &fixture("photos/box-r02.png")]), @"
    Evidence 19 added. Picture: no barcode could be read. #14 R-14: open, investigate
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["evidence", "add", "R-01", "sim", "number=1"]), @"
    ------- stderr
    error: Evidence of kind sim has no column `number`.
    Hint: It has sim_msisdn, sim_iccid.
    ------- 2
    ");
    insta::assert_snapshot!(desk.run(&["evidence", "add", "R-01", "sim", "sim"]), @"
    ------- stderr
    error: `sim` is not COLUMN=VALUE.
    Hint: Columns: sim_msisdn, sim_iccid.
    ------- 2
    ");
    insta::assert_snapshot!(desk.run(&["evidence", "add", "R-01", "code"]), @"
    ------- stderr
    error: A code is not typed in as evidence.
    Hint: Use `code send` and `code confirm`.
    ------- 2
    ");
    insta::assert_snapshot!(desk.run(&["evidence", "add", "R-01", "box", "--file", "none.png"]), @"
    ------- stderr
    error: none.png: attachment `none.png` cannot be read: no such file or directory; check the name; it is relative to the case file
    ------- 1
    ");
    let items = desk.run(&["--json", "show", "R-01"]).json();
    let item = items["evidence"].as_array().unwrap().last().unwrap()["id"].to_string();
    let ran = desk.run(&["evidence", "remove", "R-01", &item]);
    insta::assert_snapshot!(ran, @"
    Evidence 18 removed. #1 R-01: open, ask
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["evidence", "remove", "R-01", "9999"]), @"
    ------- stderr
    error: Ticket 1 has no standing evidence 9999.
    Hint: `latchkey show 1` lists it.
    ------- 1
    ");
    insta::assert_snapshot!(desk.by("clara", &["evidence", "add", "R-01", "document", "--file", &fixture("photos/box-r02.png")]), @"
    ------- stderr
    error: clara is custodian here; to add evidence takes agent or approver.
    ------- 5
    ");
}

#[test]
fn notes_are_kept_with_the_ticket() {
    let desk = TestDesk::filled();
    insta::assert_snapshot!(desk.run(&["note", "R-01", "Перезвонить в 15:00"]), @"
    Noted on #1.
    ------- 0
    ");
    let mut command = desk.command(&["note", "R-01", "-"]);
    desk.ran(command.write_stdin("two\nlines\u{1b}[31m\n")).ok();
    let shown = desk.run(&["show", "R-01"]).ok();
    assert!(shown.contains("anna: Перезвонить в 15:00") && shown.contains("lines‹U+001B›[31m"), "{shown}");
    insta::assert_snapshot!(desk.run(&["note", "R-01", " "]), @"
    ------- stderr
    error: The note is empty.
    ------- 2
    ");
}

#[test]
fn a_case_is_entered_by_hand() {
    let desk = TestDesk::filled();
    let one = desk.write(
        "one.json",
        "{\"reference\":\"H-1\",\"request\":\"activation\",\"claimant_email\":\"new@post.example\"}",
    );
    insta::assert_snapshot!("new", desk.run(&["new", &one]));
    insta::assert_snapshot!(desk.run(&["new", &one]), @"
    ------- stderr
    error: $HOME/one.json: A ticket has this reference already.
    Hint: Give another reference, or import the file as cases to update the ticket.
    ------- 1
    ");
    insta::assert_snapshot!(desk.run(&["new", &fixture("cases.csv")]), @"
    ------- stderr
    error: $FIXTURES/cases.csv: The file holds 14 cases, not one.
    Hint: `latchkey import cases FILE` takes in many.
    ------- 2
    ");
    let mut command = desk.command(&["new", "-"]);
    command.write_stdin("request,claimant_email\nunbnd,a@post.example\n");
    insta::assert_snapshot!(desk.ran(&mut command), @"
    ------- stderr
    error: standard input, line 2, column request: `request`: `unbnd` is none of unbind, device-reset, password-reset, login-recovery, account-deletion, activation, lost-report; did you mean `unbind`?
    Hint: Nothing was entered. Correct the row and enter it again.
    ------- 1
    ");
    let mut command = desk.command(&["new", "-"]);
    insta::assert_snapshot!(desk.ran(command.write_stdin("request,claimant_email\n")), @"
    ------- stderr
    error: standard input: The file holds no case.
    Hint: Give a header and one row, or one JSON object.
    ------- 1
    ");
    assert_eq!(desk.run(&["--json", "tickets"]).json()["total"], 15);
}

#[test]
fn the_checks_run_again_on_demand() {
    let desk = TestDesk::filled();
    insta::assert_snapshot!(desk.run(&["check", "R-10"]), @"
    #10 R-10  unbind  open

    Recommendation: ask
      imei.form: The IMEI 867530900410016 cannot be right: the check digit does not
        fit: the last digit should be 8; one digit is wrong, or two are swapped. One
        slip away in the registry: 867530900010016. Ask, do not guess.
      missing     consent
      or          sim and purchase
      or          facts and purchase
      or          box and purchase
      or          sim and facts and box
      next        Ask for what is missing; `latchkey evidence add` takes it in.

    Findings
      ✗ fail    imei.form         The IMEI 867530900410016 cannot be right: the
                                  check digit does not fit: the last digit should be
                                  8; one digit is wrong, or two are swapped. One
                                  slip away in the registry: 867530900010016. Ask,
                                  do not guess. → correct
      ? unknown sim.seen          No network has reported a SIM in this device in
                                  the 180 days before the claim.
      ✓ pass    self.service      The claimant cannot help themselves.
      ✓ pass    sim.form          Number and card number of the SIM have the right
                                  form.
      ✓ pass    sim.age           The SIM of +***01 has not been changed for 240
                                  hours or more.
      ✓ pass    claimant.rate     This claimant asks for 0 devices within 30 days.
      ✓ pass    claim.tries       Not too many wrong answers were given on this
                                  device or account.
      ○ missing contact.code, account.facts, receipt.form, receipt.known,
                receipt.device, receipt.date, receipt.unique, sim.held, box.match,
                box.unique
    ------- 0
    ");
    let json = desk.run(&["--json", "check", "R-01", "R-04"]).json();
    assert_eq!((&json[0]["recommendation"], &json[1]["recommendation"]), (&"ask".into(), &"refuse".into()));
}

#[test]
fn tickets_wait_close_and_open_again() {
    let desk = TestDesk::filled();
    insta::assert_snapshot!(desk.run(&["wait", "R-01", "R-02"]), @"
    #1 R-01: waiting, ask
    #2 R-02: waiting, approve-second
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["close", "R-01"]), @"
    #1 R-01: closed, ask, withdrawn
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["close", "R-02", "--as", "guided"]), @"
    #2 R-02: closed, approve-second, guided
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["close", "R-02"]), @"
    ------- stderr
    error: Ticket 2 is closed.
    Hint: `latchkey reopen 2` opens it again.
    ------- 1
    ");
    insta::assert_snapshot!(desk.run(&["close", "R-03", "--as", "lost"]), @"
    ------- stderr
    error: invalid value 'lost' for '--as <WORD>'
      [possible values: withdrawn, refused, guided, duplicate]

    For more information, try '--help'.
    ------- 2
    ");
    insta::assert_snapshot!(desk.run(&["take", "R-02"]), @"
    ------- stderr
    error: Ticket 2 is closed.
    Hint: `latchkey reopen 2` opens it again.
    ------- 1
    ");
    insta::assert_snapshot!(desk.run(&["reopen", "R-02", "R-03"]), @"
    #2 R-02: open, approve-second
    ------- stderr
    error: R-03: Ticket 3 is open and need not be reopened.
    ------- 1
    ");
    let listed = desk.run(&["--json", "tickets", "--all"]).json();
    assert_eq!(listed["total"], 14);
}

#[test]
fn only_twins_are_merged() {
    let desk = TestDesk::filled();
    insta::assert_snapshot!(desk.run(&["merge", "R-06", "R-07"]), @"
    ------- stderr
    error: Tickets 6 and 7 are not twins.
    Hint: Only open tickets of one claimant on one device or account are merged.
    ------- 5
    ");
    let twin = desk.write(
        "twin.csv",
        "reference,request,received_at,claimant_email,imei\nT-1,unbind,2026-11-20T08:00:00Z,maria.new@post.example,867530900001015\n",
    );
    desk.run(&["import", "cases", &twin]).ok();
    insta::assert_snapshot!(desk.run(&["merge", "R-01", "T-1"]), @"
    #1 R-01: open, ask
    ------- 0
    ");
    let gone = desk.run(&["--json", "show", "T-1"]).json();
    assert_eq!((&gone["closed_as"], &gone["merged_into"]), (&"merged".into(), &1.into()));
}

#[test]
fn the_last_act_is_undone_and_final_ones_say_why() {
    let desk = TestDesk::filled();
    desk.run(&["take", "R-01"]).ok();
    desk.run(&["wait", "R-02"]).ok();
    insta::assert_snapshot!(desk.run(&["undo", "R-01", "R-02", "R-03"]));
    insta::assert_snapshot!(desk.run(&["--json", "undo", "R-02"]));
}
