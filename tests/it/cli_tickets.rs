//! `tickets`, `show` and `lookup`: what is seen, and how much of it.

use crate::cli_desk::TestDesk;

#[test]
fn the_queue_is_a_table_that_masks_people() {
    let desk = TestDesk::filled();
    insta::assert_snapshot!(desk.run(&["tickets"]), @"
    REHEARSAL
    ticket  reference  recommendation  state  request           due      claimant
         7  R-07       investigate     open   unbind            in 2 d   В*** К***
         2  R-02       approve-second  open   unbind            in 2 d   И*** П***
        12  R-12       approve-second  open   lost-report       in 3 h   А*** В***
         4  R-04       refuse          open   unbind            in 2 d   С*** Д***
        11  R-11       guide           open   account-deletion  in 2 d   К*** Н***
         5  R-05       guide           open   unbind            in 2 d   С*** А***
         9  R-09       refer           open   unbind            in 2 d   Н*** Ф***
         6  R-06       ask             open   unbind            in 25 h  П*** И***
        13  R-13       ask             open   password-reset    in 30 h  А*** С***
         3  R-03       ask             open   device-reset      in 2 d   =***
        10  R-10       ask             open   unbind            in 2 d   李***
         1  R-01       ask             open   unbind            in 2 d   М*** С***
        14  R-14       ask             open   unbind            in 2 d   Z*** B***
         8  R-08       hold            open   device-reset      in 2 d   А*** М***
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["tickets", "--request", "unbind", "--recommendation", "ask", "--limit", "2", "--sort", "received"]), @"
    REHEARSAL
    ticket  reference  recommendation  state  request  due      claimant
         6  R-06       ask             open   unbind   in 25 h  П*** И***
        10  R-10       ask             open   unbind   in 2 d   李***
    2 of 4 tickets
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["tickets", "--search", "соколова"]), @"
    REHEARSAL
    ticket  reference  recommendation  state  request  due     claimant
         1  R-01       ask             open   unbind   in 2 d  М*** С***
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["tickets", "--state", "closed"]), @"
    No tickets.
    ------- 0
    ");
    let overdue = desk.at("2026-11-22T12:00:00Z", &["--json", "tickets", "--overdue"]).json();
    assert_eq!(overdue["total"], 5);
    desk.run(&["take", "R-05"]).ok();
    assert_eq!(
        desk.run(&["--json", "tickets", "--assignee", "me"]).json()["tickets"][0]["reference"],
        "R-05"
    );
    assert_eq!(desk.run(&["--json", "tickets", "--assignee", "none"]).json()["total"], 13);
}

#[test]
fn lists_are_json_lines_and_csv_too() {
    let desk = TestDesk::filled();
    let json = desk.run(&["--json", "tickets", "--search", "R-01"]);
    insta::assert_snapshot!(json, @r#"
    {
      "tickets": [
        {
          "access": "none",
          "account": {
            "account_id": "…01",
            "state": "active"
          },
          "also": [],
          "approvals_needed": 1,
          "assignee": null,
          "authorization": null,
          "because": [],
          "cautions": [],
          "claimant": {
            "email": "m***@p***",
            "language": "ru",
            "name": "М*** С***",
            "phone": "…01"
          },
          "claimed": {
            "access": "none",
            "claimant_email": "m***@p***",
            "claimant_name": "М*** С***",
            "claimant_phone": "…01",
            "imei": "…015",
            "language": "ru",
            "model": "Orbit 11"
          },
          "closed_as": null,
          "decision": null,
          "device": {
            "brand": "Orbit",
            "imeis": [
              "…1015",
              "…1023"
            ],
            "model": "Orbit 11",
            "model_masked": false,
            "serial": "…101"
          },
          "due_at": "2026-11-23T07:12:00Z",
          "guide": null,
          "held_until": null,
          "lease_until": null,
          "merged_into": null,
          "missing": [
            [
              "consent"
            ],
            [
              "sim"
            ],
            [
              "facts"
            ],
            [
              "box"
            ]
          ],
          "paused_at": null,
          "policy": "sha256:[DIGEST]",
          "proofs": [
            "purchase"
          ],
          "received_at": "2026-11-20T07:12:00Z",
          "recommendation": "ask",
          "reference": "R-01",
          "request": "unbind",
          "state": "open",
          "ticket": 1,
          "until": null
        }
      ],
      "total": 1
    }
    ------- 0
    "#);
    insta::assert_snapshot!(desk.run(&["tickets", "--format", "csv", "--search", "R-0", "--sort", "number", "--reveal"]), @r#"
    ticket,reference,request,state,recommendation,because,proofs,received_at,due_at,assignee,closed_as,claimant_name,claimant_email,claimant_phone,language,access
    1,R-01,unbind,open,ask,,purchase,2026-11-20T07:12:00Z,2026-11-23T07:12:00Z,,,Мария Соколова,maria.new@post.example,'+79161110101,ru,none
    2,R-02,unbind,open,approve-second,box;purchase,box;purchase,2026-11-19T16:40:00Z,2026-11-22T16:40:00Z,,,Иван Петров,petrov.i@post.example,,ru,tried
    3,R-03,device-reset,open,ask,,purchase,2026-11-19T11:05:00Z,2026-11-22T11:05:00Z,,,"'=HYPERLINK(""http://evil.example"")‹U+202E›gnp.exe",oleg@post.example,,ru,none
    4,R-04,unbind,open,refuse,device.notice,,2026-11-20T06:30:00Z,2026-11-23T06:30:00Z,,,Сергей Д.,skupka77@post.example,'+79167770077,ru,none
    5,R-05,unbind,open,guide,self.service,,2026-11-20T08:02:00Z,2026-11-23T08:02:00Z,,,Серик Абенов,serik@mail.example,,ru,signed-in
    6,R-06,unbind,open,ask,,purchase,2026-11-18T10:00:00Z,2026-11-21T10:00:00Z,,,Пётр Ильин,ilyin.p@post.example,,ru,none
    7,R-07,unbind,open,investigate,receipt.unique,,2026-11-19T22:47:00Z,2026-11-22T22:47:00Z,,,Виктор К.,fast.unlock@post.example,,ru,none
    8,R-08,device-reset,open,hold,sim.age,purchase,2026-11-20T05:55:00Z,2026-11-23T05:55:00Z,,,Анна Морозова,anya.m@post.example,,ru,none
    9,R-09,unbind,open,refer,device.clone,,2026-11-19T09:20:00Z,2026-11-22T09:20:00Z,,,Никита Фёдоров,nikita.f@post.example,,ru,none
    ------- 0
    "#);
    let lines = desk.run(&["tickets", "--format", "jsonl", "--limit", "3"]).ok();
    assert_eq!(lines.lines().filter(|l| l.starts_with("{\"")).count(), 3);
    let masked = desk.run(&["tickets", "--format", "csv"]).ok();
    assert!(!masked.contains("Петров") && !masked.contains("petrov"), "{masked}");
}

#[test]
fn a_ticket_is_pleasant_to_read() {
    let desk = TestDesk::filled();
    insta::assert_snapshot!("show_box", desk.run(&["show", "R-02"]));
    insta::assert_snapshot!("show_fraud", desk.run(&["show", "R-07"]));
    insta::assert_snapshot!("show_deletion", desk.run(&["show", "R-11"]));
    let narrow = desk.ran(desk.command(&["show", "R-04"]).env("COLUMNS", "50"));
    insta::assert_snapshot!("show_narrow", narrow);
}

#[test]
fn hostile_text_is_shown_and_does_nothing() {
    let desk = TestDesk::filled();
    let ran = desk.run(&["show", "R-03"]);
    insta::assert_snapshot!("show_hostile", ran);
    for args in [
        &["show", "R-03"][..],
        &["--json", "show", "R-03"],
        &["tickets", "--reveal"],
        &["--json", "tickets", "--reveal"],
    ] {
        let text = desk.run(args).ok();
        let hidden = text.chars().find(|c| *c != '\n' && latchkey::domain::is_hidden(*c));
        assert_eq!(hidden, None, "{args:?}");
    }
}

#[test]
fn the_document_of_a_ticket_has_the_fields_of_the_contract() {
    let desk = TestDesk::filled();
    let ticket = desk.run(&["--json", "show", "R-02"]).json();
    for field in [
        "ticket",
        "reference",
        "request",
        "state",
        "received_at",
        "due_at",
        "assignee",
        "lease_until",
        "claimant",
        "access",
        "device",
        "account",
        "evidence",
        "findings",
        "proofs",
        "cautions",
        "recommendation",
        "because",
        "also",
        "missing",
        "guide",
        "until",
        "approvals_needed",
        "policy",
        "decision",
        "authorization",
        "history",
    ] {
        assert!(ticket.get(field).is_some(), "{field}");
    }
    assert_eq!(ticket["evidence"][1]["attachment"]["name"], "box-r02.png");
    assert_eq!(ticket["approvals_needed"], 2);
}

#[test]
fn several_tickets_have_a_result_each() {
    let desk = TestDesk::filled();
    let json = desk.run(&["--json", "show", "R-01", "R-99", "#4"]);
    assert_eq!(json.code, 1);
    let json = json.json();
    assert_eq!((&json[0]["ok"], &json[0]["ticket"]), (&true.into(), &1.into()));
    assert_eq!(
        (&json[1]["ok"], &json[1]["ticket"], &json[1]["error"]["code"]),
        (&false.into(), &"R-99".into(), &1.into())
    );
    assert_eq!(json[2]["recommendation"], "refuse");
    insta::assert_snapshot!(desk.run(&["show", "R-98"]), @"
    ------- stderr
    error: There is no ticket R-98.
    Hint: Did you mean R-08?
    ------- 1
    ");
    insta::assert_snapshot!(desk.run(&["show", "nothing like it"]), @"
    ------- stderr
    error: There is no ticket nothing like it.
    Hint: `latchkey tickets` lists them; a ticket is named by its number or its reference.
    ------- 1
    ");
}

#[test]
fn revealing_is_a_leaf() {
    let desk = TestDesk::filled();
    desk.run(&["show", "R-02", "--reveal"]).ok();
    let shown = desk.run(&["--json", "show", "R-02"]).json();
    assert_eq!(shown["history"].as_array().unwrap().last().unwrap()["act"], "ticket.revealed");
}

#[test]
fn an_identifier_is_looked_up_as_whatever_it_is() {
    let desk = TestDesk::filled();
    insta::assert_snapshot!(desk.run(&["lookup", "86753090 001001 6"]), @"
    …01 6: imei

    Device
      model       Orbit 11
      IMEI        …0016, …0024, …0990
      serial      …001
      bound       to …01
      seen        +***01, …0011 in …0016, last 2026-11-15
      repair      …0990 to …0016 on 2025-01-25 (one device)

    What a caller is asked for is masked; --reveal shows it, and is logged.
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["lookup", "+7 916 111-01-01"]), @"
    …1-01: phone

    SIM
      number      +***01
      ICCID       …1010
      last change 2024-12-29
      seen        +***01, …1010 in …1015, last 2026-11-15

    What a caller is asked for is masked; --reveal shows it, and is logged.

    Tickets
    ticket  reference  recommendation  state  request  due     claimant
         1  R-01       ask             open   unbind   in 2 d  М*** С***
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["lookup", "IVAN.petrov@mail.example", "--reveal"]), @"
    IVAN.petrov@mail.example: email

    Account
      id          2000000201, active
      name        Иван Петров, RU
      registered  2024-07-30
      signed in   2026-07-02 18:40
      email       ivan.petrov@mail.example, verified 2024-07-30
      phone       +79031110201, verified 2024-07-30
      device      Orbit 12 Pro, 869547040002016, bound 2024-07-30

    Tickets
    ticket  reference  recommendation  state  request  due     claimant
         2  R-02       approve-second  open   unbind   in 2 d  Иван Петров
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["lookup", "band-77qx-2041"]), @"
    …041: serial

    Device
      model       Orbit Band 8
      serial      …041
      bound       to …01
      sold        MediaMarkt …04, …2041

    What a caller is asked for is masked; --reveal shows it, and is logged.

    Tickets
    ticket  reference  recommendation  state  request  due     claimant
        14  R-14       ask             open   unbind   in 2 d  Z*** B***
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["lookup", "DN-00522001"]), @"
    …01: receipt

    Receipt
      sold        DNS …01, …6019

    What a caller is asked for is masked; --reveal shows it, and is logged.

    Tickets
    ticket  reference  recommendation  state  request  due      claimant
         7  R-07       investigate     open   unbind   in 2 d   В*** К***
         6  R-06       ask             open   unbind   in 25 h  П*** И***
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["lookup", "8970101000000001010"]), @"
    …1010: iccid

    SIM
      number      +***01
      ICCID       …1010
      last change 2024-12-29
      seen        +***01, …1010 in …1015, last 2026-11-15

    What a caller is asked for is masked; --reveal shows it, and is logged.

    Tickets
    ticket  reference  recommendation  state  request  due     claimant
         1  R-01       ask             open   unbind   in 2 d  М*** С***
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["lookup", "2000000401"]), @"
    …01: account

    Account
      id          …01, active
      name        Т*** О***
      signed in   2026-11-18 07:30
      email       o***@m***, verified
      phone       +***01, verified
      device      …4012

    What a caller is asked for is masked; --reveal shows it, and is logged.

    Tickets
    ticket  reference  recommendation  state  request  due     claimant
         4  R-04       refuse          open   unbind   in 2 d  С*** Д***
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["lookup", "867530900010076"]), @"
    …076: no identifier known
      damaged     Read as an IMEI it is damaged: the check digit does not fit: the
                  last digit should be 3; one digit is wrong, or two are swapped.
      near it     …0016
    Neither the registry nor any ticket knows it.
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["--json", "lookup", "nobody@nowhere.example"]), @r#"
    {
      "accounts": [],
      "devices": [],
      "found": false,
      "kinds": [
        "email"
      ],
      "query": "…mple",
      "sales": [],
      "sims": [],
      "tickets": []
    }
    ------- 0
    "#);
    insta::assert_snapshot!(desk.run(&["lookup", " "]), @"
    ------- stderr
    error: Look up 1 to 254 bytes: an IMEI, serial, phone, e-mail, ICCID, account id or receipt number.
    ------- 2
    ");
}

#[test]
fn a_lookup_masks_people_unless_it_reveals_them() {
    let desk = TestDesk::filled();
    let masked = desk.run(&["--json", "lookup", "2000000201"]).ok();
    for secret in ["Петров", "ivan.petrov", "79031110201", "869547040002016"] {
        assert!(!masked.contains(secret), "{secret}: {masked}");
    }
    let open = desk.run(&["--json", "lookup", "2000000201", "--reveal"]).ok();
    assert!(open.contains("Иван Петров") && open.contains("869547040002016"));
}
