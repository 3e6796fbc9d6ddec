//! `import` and `registry status`.

use crate::cli_desk::{TestDesk, fixture};

#[test]
fn lists_and_cases_land_with_a_summary() {
    let desk = TestDesk::empty();
    insta::assert_snapshot!(desk.run(&["import", "tacs", &fixture("registry/tacs.csv")]), @"
    $FIXTURES/registry/tacs.csv: 5 rows of tacs: 5 added in [S] s
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["import", "tacs", &fixture("registry/tacs.csv")]), @"
    $FIXTURES/registry/tacs.csv: 5 rows of tacs: 5 unchanged in [S] s
    ------- 0
    ");
    for list in [
        "devices",
        "accounts",
        "contacts",
        "bindings",
        "sightings",
        "sim-changes",
        "sales",
        "repairs",
        "notices",
    ] {
        desk.run(&["import", list, &fixture(&format!("registry/{list}.csv"))]).ok();
    }
    insta::assert_snapshot!(desk.run(&["import", "cases", &fixture("cases.csv"), "--dry-run"]), @"
    $FIXTURES/cases.csv: 14 cases: 14 imported in [S] s (dry run: nothing was changed)
           2  approve-second
           6  ask
           2  guide
           1  hold
           1  investigate
           1  refer
           1  refuse
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["import", "cases", &fixture("cases.csv")]), @"
    $FIXTURES/cases.csv: 14 cases: 14 imported in [S] s
           2  approve-second
           6  ask
           2  guide
           1  hold
           1  investigate
           1  refer
           1  refuse
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["--json", "import", "cases", &fixture("cases.csv")]), @r#"
    {
      "file": "$FIXTURES/cases.csv",
      "imported": 0,
      "list": "cases",
      "recommendations": {
        "approve-second": 2,
        "ask": 6,
        "guide": 2,
        "hold": 1,
        "investigate": 1,
        "refer": 1,
        "refuse": 1
      },
      "rejected": 0,
      "rows": 14,
      "seconds": [S]
      "sha256": "sha256:[DIGEST]",
      "unchanged": 14,
      "updated": 0
    }
    ------- 0
    "#);
    insta::assert_snapshot!(desk.run(&["--json", "import", "notices", &fixture("registry/notices.csv")]), @r#"
    {
      "added": 0,
      "file": "$FIXTURES/registry/notices.csv",
      "list": "notices",
      "rejected": 0,
      "removed": 0,
      "rows": 1,
      "seconds": [S]
      "sha256": "sha256:[DIGEST]",
      "unchanged": 1,
      "updated": 0
    }
    ------- 0
    "#);
}

#[test]
fn a_bad_row_of_a_list_keeps_the_file_out_unless_rejects_are_kept() {
    let desk = TestDesk::filled();
    let file = fixture("bad/bindings-damaged.csv");
    insta::assert_snapshot!(desk.run(&["import", "bindings", &file]), @"
    ------- stderr
    error: $FIXTURES/bad/bindings-damaged.csv, line 3, column imei: `imei` cannot be read: the check digit does not fit: the last digit should be 6; one digit is wrong, or two are swapped; correct it at the source and import it again. One more row is wrong. Nothing was imported.
    Hint: Correct the file, or take the good rows alone with --rejects FILE, which keeps the others with their reasons.
    ------- 1
    ");
    insta::assert_snapshot!(desk.run(&["import", "bindings", &file, "--rejects", "rejects.csv"]), @"
    $FIXTURES/bad/bindings-damaged.csv: 3 rows of bindings: 1 added, 2 rejected in [S] s
    ------- stderr
    warning: line 3, column imei: `imei` cannot be read: the check digit does not fit: the last digit should be 6; one digit is wrong, or two are swapped; correct it at the source and import it again (rule imei.form)
    warning: line 4, column bound_at: `bound_at` cannot be read: day and month cannot be told apart here; write YYYY-MM-DD, for example 2026-11-20 (rule time.form)
    Hint: the rejected rows are in rejects.csv; correct and import them.
    ------- 3
    ");
    insta::assert_snapshot!(std::fs::read_to_string(desk.path("rejects.csv")).unwrap(), @r#"
    line,column,value,rule,message,row
    3,imei,869547040002017,imei.form,"`imei` cannot be read: the check digit does not fit: the last digit should be 6; one digit is wrong, or two are swapped; correct it at the source and import it again","2000000201,869547040002017,2024-12-22"
    4,bound_at,31.12.2024,time.form,"`bound_at` cannot be read: day and month cannot be told apart here; write YYYY-MM-DD, for example 2026-11-20","2000000301,354178030003012,31.12.2024"
    "#);
}

#[test]
fn good_cases_land_beside_bad_ones() {
    let desk = TestDesk::filled();
    let file = fixture("bad/cases-mixed.csv");
    insta::assert_snapshot!(desk.run(&["import", "cases", &file, "--atomic"]), @"
    ------- stderr
    error: $FIXTURES/bad/cases-mixed.csv, line 3, column request: `request`: `unbnd` is none of unbind, device-reset, password-reset, login-recovery, account-deletion, activation, lost-report; did you mean `unbind`? 2 more rows are wrong. Nothing was imported.
    Hint: Correct these rows, or import without --atomic: the good rows then land and the others are named.
    ------- 1
    ");
    insta::assert_snapshot!(desk.run(&["import", "cases", &file]), @"
    $FIXTURES/bad/cases-mixed.csv: 5 cases: 2 imported, 3 rejected in [S] s
           2  hold
    ------- stderr
    warning: line 3, column request: `request`: `unbnd` is none of unbind, device-reset, password-reset, login-recovery, account-deletion, activation, lost-report; did you mean `unbind`? (rule enum)
    warning: line 4, column received_at: `received_at` cannot be read: day and month cannot be told apart here; write YYYY-MM-DD, for example 2026-11-20 (rule time.form)
    warning: line 5: the row names no device, account or claimant, so there is nobody to ask; fill in one of them (rule case.nothing)
    Hint: --rejects FILE writes rejected rows with their reasons; correct and import them.
    warning: line 6: `access`: `sometimes` is none of signed-in, contact, tried, none; the case is taken without it
    ------- 3
    ");
    let json = desk.run(&["--json", "import", "cases", &file, "--rejects", "r.csv"]);
    assert_eq!(json.code, 3);
    insta::assert_snapshot!(json, @r#"
    {
      "file": "$FIXTURES/bad/cases-mixed.csv",
      "imported": 0,
      "list": "cases",
      "recommendations": {
        "hold": 2
      },
      "rejected": 3,
      "rows": 5,
      "seconds": [S]
      "sha256": "sha256:[DIGEST]",
      "unchanged": 2,
      "updated": 0
    }
    ------- stderr
    warning: line 3, column request: `request`: `unbnd` is none of unbind, device-reset, password-reset, login-recovery, account-deletion, activation, lost-report; did you mean `unbind`? (rule enum)
    warning: line 4, column received_at: `received_at` cannot be read: day and month cannot be told apart here; write YYYY-MM-DD, for example 2026-11-20 (rule time.form)
    warning: line 5: the row names no device, account or claimant, so there is nobody to ask; fill in one of them (rule case.nothing)
    Hint: the rejected rows are in r.csv; correct and import them.
    warning: line 6: `access`: `sometimes` is none of signed-in, contact, tried, none; the case is taken without it
    ------- 3
    "#);
}

#[test]
fn files_that_are_none_are_refused_whole() {
    let desk = TestDesk::filled();
    insta::assert_snapshot!(desk.run(&["import", "notices", &fixture("bad/utf16.csv")]), @r#"
    ------- stderr
    error: $FIXTURES/bad/utf16.csv, line 1: The text is UTF-16, not UTF-8: it starts with a UTF-16 byte order mark.
    Hint: Save it as UTF-8 (in a spreadsheet: "CSV UTF-8") and import it again.
    ------- 1
    "#);
    insta::assert_snapshot!(desk.run(&["import", "accounts", &fixture("bad/latin1.csv")]), @r#"
    ------- stderr
    error: $FIXTURES/bad/latin1.csv, line 2: The text is not UTF-8: byte 13 of the line is 0xE9, as in Latin-1 or Windows-1251.
    Hint: Save it as UTF-8 (in a spreadsheet: "CSV UTF-8") and import it again.
    ------- 1
    "#);
    insta::assert_snapshot!(desk.run(&["import", "bindings", &fixture("bad/unknown-column.csv")]), @"
    ------- stderr
    error: $FIXTURES/bad/unknown-column.csv, line 1, column imie: A column is not known: `imie` is no column of the list `bindings`.
    Hint: Did you mean `imei`?
    ------- 1
    ");
    insta::assert_snapshot!(desk.run(&["import", "bindings", &fixture("bad/missing-column.csv")]), @"
    ------- stderr
    error: $FIXTURES/bad/missing-column.csv, line 1, column bound_at: A needed column is missing: the list `bindings` needs `bound_at`.
    Hint: Add it to the header (line 1 names the columns: account_id, imei, serial, bound_at, released_at, lost_mode_since).
    ------- 1
    ");
    insta::assert_snapshot!(desk.run(&["import", "cases", &fixture("bad/open-quote.csv")]), @r#"
    ------- stderr
    error: $FIXTURES/bad/open-quote.csv, line 2, column claimant_name: A quote is never closed: a quote opens at byte 12 of this line, and the file ends before it closes.
    Hint: Close it, or double it if it belongs to the text (""), and import the file again.
    ------- 1
    "#);
    insta::assert_snapshot!(desk.run(&["import", "cases", "nowhere.csv"]), @"
    ------- stderr
    error: nowhere.csv: Cannot be opened: no such file or directory.
    Hint: Check the name and the folder you are in.
    ------- 1
    ");
    insta::assert_snapshot!(desk.run(&["import", "cases", "-", "-"]), @"
    ------- stderr
    error: Standard input (`-`) can be read once only.
    ------- 2
    ");
}

#[test]
fn several_files_have_a_result_each_and_the_worst_code() {
    let desk = TestDesk::filled();
    let ran = desk.run(&["--json", "import", "cases", "nowhere.csv", &fixture("bad/cases-mixed.csv")]);
    assert_eq!(ran.code, 3);
    let json = ran.json();
    assert_eq!((&json[0]["error"]["code"], &json[1]["imported"]), (&1.into(), &2.into()));
}

#[test]
fn standard_input_is_a_file_too() {
    let desk = TestDesk::filled();
    let mut command = desk.command(&["import", "cases", "-"]);
    command.write_stdin(
        "{\"reference\":\"J-1\",\"request\":\"activation\",\"claimant_email\":\"x@post.example\"}\n",
    );
    insta::assert_snapshot!(desk.ran(&mut command), @"
    standard input: 1 case: 1 imported in [S] s
           1  guide
    ------- 0
    ");
}

#[test]
fn status_tells_rows_age_and_what_missed_a_night() {
    let desk = TestDesk::filled();
    insta::assert_snapshot!(desk.ran(desk.command(&["registry", "status"]).env("COLUMNS", "200")), @"
    list         rows  imported          age  file
    tacs            5  2026-11-20 09:00  0 s  $HOME/desk/fixtures/tacs.csv
    devices        14  2026-11-20 09:00  0 s  $HOME/desk/fixtures/devices.csv
    accounts       13  2026-11-20 09:00  0 s  $HOME/desk/fixtures/accounts.csv
    contacts       27  2026-11-20 09:00  0 s  $HOME/desk/fixtures/contacts.csv
    bindings       14  2026-11-20 09:00  0 s  $HOME/desk/fixtures/bindings.csv
    sightings      15  2026-11-20 09:00  0 s  $HOME/desk/fixtures/sightings.csv
    sim-changes     2  2026-11-20 09:00  0 s  $HOME/desk/fixtures/sim-changes.csv
    sales           7  2026-11-20 09:00  0 s  $HOME/desk/fixtures/sales.csv
    repairs         1  2026-11-20 09:00  0 s  $HOME/desk/fixtures/repairs.csv
    notices         1  2026-11-20 09:00  0 s  $HOME/desk/fixtures/notices.csv
    132.0 KiB on disk
    ------- 0
    ");
    let later = desk.at("2026-11-23T10:00:00Z", &["--json", "registry", "status", "--size"]).json();
    assert_eq!((&later["lists"][4]["list"], &later["lists"][4]["stale"]), (&"bindings".into(), &true.into()));
    assert!(later["lists"][4]["bytes"].as_u64().unwrap() > 0);
    let csv = desk.run(&["registry", "status", "--format", "csv"]).ok();
    assert!(csv.starts_with(
        "list,rows,bytes,imported_at,age_seconds,stale,file\ntacs,5,,2026-11-20T09:00:00Z,0,false,"
    ));
    let fresh = TestDesk::empty().run(&["registry", "status"]).ok();
    assert!(fresh.contains("never imported"), "{fresh}");
}

#[test]
fn a_list_is_replaced_or_changed_as_its_mode_says() {
    let desk = TestDesk::filled();
    let devices = std::fs::read_to_string(fixture("registry/devices.csv")).unwrap();
    let short: Vec<&str> = devices.lines().take(3).collect();
    let short = desk.write("short.csv", short.join("\n"));
    insta::assert_snapshot!(desk.run(&["import", "devices", &short, "--mode", "replace"]), @"
    ------- stderr
    error: $HOME/short.csv: the file has 2 rows, and the list has 14: it would keep under 75 % of them; a file cut short looks like that. If it is meant, say so with --allow-shrink
    ------- 1
    ");
    insta::assert_snapshot!(
        desk.run(&["import", "devices", &short, "--mode", "replace", "--allow-shrink", "--dry-run"]),
        @"
    $HOME/short.csv: 2 rows of devices: 2 unchanged, 12 removed in [S] s (dry run: nothing was changed)
    ------- 0
    "
    );
    insta::assert_snapshot!(desk.run(&["import", "devices", &short, "--mode", "replace", "--allow-shrink"]), @"
    $HOME/short.csv: 2 rows of devices: 2 unchanged, 12 removed in [S] s
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["import", "devices", &short, "--mode", "replace"]), @"
    $HOME/short.csv: 2 rows of devices: 2 unchanged in [S] s
    ------- 0
    ");
    let delta = desk.write(
        "delta.csv",
        "imei,kind,status,reported_at,reference,change_type\n\
         867530900000017,lost,pending,2026-11-01,K-77,add\n\
         867530900000025,lost,pending,2026-11-01,K-78,remove\n",
    );
    insta::assert_snapshot!(desk.run(&["import", "notices", &delta, "--mode", "delta"]), @"
    ------- stderr
    error: $HOME/delta.csv, line 3: The list has no such notice to change; say `add`, or leave the row out. Nothing was imported.
    Hint: Correct the file, or take the good rows alone with --rejects FILE, which keeps the others with their reasons.
    ------- 1
    ");
    insta::assert_snapshot!(
        desk.run(&["import", "notices", &delta, "--mode", "delta", "--rejects", "r.csv"]),
        @"
    $HOME/delta.csv: 2 rows of notices: 1 added, 1 rejected in [S] s
    ------- stderr
    warning: line 3: the list has no such notice to change; say `add`, or leave the row out (rule delta.missing)
    Hint: the rejected rows are in r.csv; correct and import them.
    ------- 3
    "
    );
    insta::assert_snapshot!(desk.run(&["import", "notices", &delta]), @"
    ------- stderr
    error: $HOME/delta.csv, line 1, column change_type: The file is a delta: it has the column `change_type`, which only a delta obeys.
    Hint: Import it with `--mode delta`, or remove the column.
    ------- 1
    ");
    insta::assert_snapshot!(desk.run(&["import", "cases", &short, "--mode", "replace"]), @"
    ------- stderr
    error: Cases are always merged: --mode is for registry lists.
    Hint: Leave --mode away; a case with a known reference updates its ticket.
    ------- 2
    ");
    insta::assert_snapshot!(desk.run(&["import", "devices", &short, "--allow-shrink"]), @"
    ------- stderr
    error: --allow-shrink goes with --mode replace.
    Hint: No other mode takes rows away that the file does not name.
    ------- 2
    ");
}
