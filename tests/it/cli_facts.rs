//! What a caller says about the account: match or no match, counted over calls and agents, and never the value.

use crate::cli_desk::TestDesk;
use crate::desk_rehearsal::Rehearsal;

/// The account of these tests: Иван Петров, RU, registered 2024-12-30, and another device is a Band Nine.
fn desk() -> TestDesk {
    let desk = TestDesk::empty();
    let lists = [
        ("devices", "imei,serial,model\n867530900000017,11111/A1,Orbit 11\n,BAND-9,Band Nine\n"),
        (
            "accounts",
            "account_id,email,phone,name,region,state,registered_at\n\
             2000000001,owner@mail.example,+79031234567,Иван Петров,RU,active,2024-12-30\n",
        ),
        (
            "bindings",
            "account_id,imei,serial,bound_at\n2000000001,867530900000017,,2025-02-08\n2000000001,,BAND-9,2025-03-01\n",
        ),
    ];
    for (list, text) in lists {
        let file = desk.write(&format!("{list}.csv"), text);
        desk.run(&["import", list, &file]).ok();
    }
    let rows = "reference,request,claimant_email,imei,serial\nA,unbind,a@post.example,867530900000017,\n\
                B,unbind,b@post.example,,BAND-9\nC,unbind,c@post.example,,NO-SUCH\n";
    let file = desk.write("cases.csv", rows);
    desk.run(&["import", "cases", &file]).ok();
    desk
}

#[test]
fn answers_match_or_do_not_and_nothing_more_is_said() {
    let desk = desk();
    insta::assert_snapshot!(
        desk.run(&["facts", "A", "name=Петров Иван", "region=KZ", "registered=1999-01-01", "email=a@post.example"]), @"
      email       ? counts neither way
      name        ✓ match
      region      ✗ no match
      registered  ✗ no match
    2 wrong answers are left on this device and account. Recommendation: ask
    ------- 1
    ");
    insta::assert_snapshot!(desk.run(&["--json", "facts", "A", "device=band nine"]), @r#"
    {
      "answers": [
        {
          "fits": true,
          "key": "device"
        }
      ],
      "item": 2,
      "recommendation": "ask",
      "ticket": 1,
      "tries_left": 2
    }
    ------- 0
    "#);
    insta::assert_snapshot!(desk.run(&["facts", "A", "maiden=Иванова"]), @"
    ------- stderr
    error: Evidence of kind facts has no column `maiden`.
    Hint: It has name, region, registered, email, phone, device.
    ------- 2
    ");
    insta::assert_snapshot!(desk.run(&["facts", "A", "Иванова"]), @"
    ------- stderr
    error: Answer 1 is not KEY=VALUE.
    Hint: Keys: name, region, registered, email, phone, device.
    ------- 2
    ");
    insta::assert_snapshot!(desk.run(&["facts", "C", "name=Иван Петров"]), @"
    ------- stderr
    error: There is no account on ticket 3 to compare an answer with.
    Hint: Ask for the login (e-mail, phone or account id), or for the device that is bound.
    ------- 1
    ");
    let mut piped = desk.command(&["facts", "A", "-"]);
    piped.write_stdin("name=Иван Петров\n\nregistered=2024\n");
    assert!(desk.ran(&mut piped).ok().contains("registered  ✓ match"));
}

#[test]
fn wrong_answers_count_over_tickets_calls_agents_and_ways() {
    let desk = desk();
    // By a command, as evidence, and taken away again: each is a wrong answer.
    assert_eq!(desk.run(&["facts", "A", "region=KZ"]).code, 1);
    desk.run(&["release", "A"]).ok();
    desk.by("boris", &["evidence", "add", "A", "facts", "region=BY"]).ok();
    desk.by("boris", &["undo", "A"]).ok();
    let third = desk.run(&["--json", "facts", "B", "region=UA"]);
    assert!(third.stdout.contains("\"tries_left\": 0"), "{third}");
    // Nothing is compared any more, right or wrong, on either ticket of the account.
    for (ticket, text) in [("A", "region=RU"), ("B", "region=RU"), ("B", "region=XX")] {
        for ran in [
            desk.by("boris", &["facts", ticket, text]),
            desk.by("boris", &["evidence", "add", ticket, "facts", text]),
        ] {
            assert_eq!(ran.code, 5, "{ran}");
            assert!(ran.stdout.is_empty() && ran.stderr.contains("before 2026-11-21"), "{ran}");
        }
    }
    let ran = desk.at("2026-11-21T10:00:00Z", &["facts", "A", "region=RU"]);
    assert!(ran.ok().contains("region      ✓ match"));
}

/// A file, too, gives no answers without end: the same case again with others, a new case by hand.
#[test]
fn answers_that_come_in_a_file_are_limited_too() {
    let desk = desk();
    let import = |name: &str, facts: &str| {
        let text = format!(
            "reference,request,claimant_email,imei,facts\nA,unbind,a@post.example,867530900000017,{facts}\n"
        );
        let file = desk.write(&format!("{name}.csv"), &text);
        desk.run(&["--json", "import", "cases", &file])
    };
    // The same answer twice is one try; another is another.
    for (name, facts) in
        [("one", "region=KZ"), ("again", "region=KZ"), ("two", "region=BY"), ("three", "region=UA")]
    {
        let ran = import(name, facts);
        assert_eq!((ran.code, ran.stderr.contains("no new answers")), (0, false), "{name}: {ran}");
    }
    let shown = desk.run(&["--json", "show", "A"]);
    let outcome = |shown: &crate::cli_desk::Ran| {
        let shown: serde_json::Value = serde_json::from_str(&shown.stdout).unwrap();
        let findings = shown["findings"].as_array().unwrap().clone();
        let facts = findings.iter().find(|f| f["check"] == "account.facts").unwrap();
        (facts["outcome"].clone(), shown["evidence"].as_array().unwrap().len())
    };
    let before = outcome(&shown);
    assert_eq!(before.0, "unknown", "whether they fit is not told any more: {shown}");
    // The right one is not compared any more: nothing shows that it is right.
    for (name, facts) in [("four", "region=RU"), ("five", "region=XX")] {
        let ran = import(name, facts);
        assert!(ran.stderr.contains("takes no new answers about the account"), "{name}: {ran}");
        assert_eq!(outcome(&desk.run(&["--json", "show", "A"])), before, "{name}");
    }
    // Nor in a file with several rows of which each has one more, on either ticket of the account.
    let rows = "reference,request,claimant_email,serial,facts\nB,unbind,b@post.example,BAND-9,region=RU\n";
    let file = desk.write("rows.csv", rows);
    assert!(desk.run(&["import", "cases", &file]).stderr.contains("takes no new answers"));
    let by_hand = desk.write("hand.csv", rows.replace("\nB,", "\nD,"));
    let ran = desk.run(&["new", &by_hand]);
    assert!(ran.code == 5 && ran.stderr.contains("before 2026-11-21"), "{ran}");
    // A day later it is.
    let file = desk.write(
        "later.csv",
        "reference,request,claimant_email,imei,facts\nA,unbind,a@post.example,867530900000017,region=RU\n",
    );
    desk.at("2026-11-21T10:00:00Z", &["import", "cases", &file]).ok();
    assert_ne!(outcome(&desk.at("2026-11-21T10:00:00Z", &["--json", "show", "A"])), before);
}

#[test]
fn rows_of_one_file_are_compared_as_often_as_calls() {
    let desk = desk();
    let mut rows = "reference,request,claimant_email,imei,facts\n".to_owned();
    for region in ["KZ", "BY", "UA", "RU", "AM"] {
        rows += &format!("A,unbind,a@post.example,867530900000017,region={region}\n");
    }
    let ran = desk.run(&["import", "cases", &desk.write("many.csv", &rows)]);
    assert_eq!(ran.stderr.matches("takes no new answers").count(), 2, "{ran}");
}

/// Nothing that was not said comes out: by text, JSON, log, lookup, or completion.
#[test]
fn the_registry_s_values_stand_nowhere() {
    let desk = desk();
    let mut out = String::new();
    for args in [
        &["facts", "A", "name=Anna Ivanova", "registered=2001", "phone=+79990001122", "device=Orbit 99"][..],
        &["--json", "facts", "A", "name=Anna"],
        &["show", "A"],
        &["--json", "show", "A"],
        &["--json", "lookup", "2000000001"],
        &["lookup", "867530900000017"],
        &["--json", "tickets"],
        &["links", "A"],
        &["completions", "bash"],
    ] {
        let ran = desk.run(args);
        out += &ran.stdout;
        out += &ran.stderr;
    }
    for value in ["Петров", "2024-12-30", "owner@mail", "9031234567"] {
        assert!(!out.contains(value), "{value}");
    }
    let log = std::fs::read(desk.path("desk/desk.db")).unwrap();
    let holds = |text: &str| log.windows(text.len()).any(|w| w == text.as_bytes());
    assert!(!holds("Петров") && !holds("2024-12-30"), "the desk's own file holds none of it");
}

#[test]
fn the_form_says_match_or_no_match() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    let mut probe = latchkey::tui::probe::Probe::new(world.desk("anna"), 120, 40, true).unwrap();
    probe.keys(&["enter", "e", "left", "left", "left", "tab"]);
    probe.type_text("name=Пётр Иванов; registered=2024");
    probe.key("ctrl+s");
    let text = probe.text();
    assert!(text.contains("name does NOT match, registered matches. 2 wrong answers are left."), "{text}");
    assert!(!text.contains("Иван Петров"), "{text}");
}
