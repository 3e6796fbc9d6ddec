//! What tickets share: by every kind of thing, and the way from one to another.

use std::fmt::Write as _;
use std::io::Cursor;

use serde_json::Value;

use crate::cli_desk::TestDesk;

/// A picture of nine by eight cells; `change` cells are lighter by enough to turn a bit or two.
fn receipt(change: usize) -> Vec<u8> {
    let shade = |x: u32, y: u32| {
        let (column, row) = (x / 10, y / 10);
        let base = (column * 37 + row * 59) % 7 * 30;
        u8::try_from(if (column as usize) < change && row == 0 { 255 - base } else { base }).unwrap()
    };
    let picture = image::GrayImage::from_fn(90, 80, |x, y| image::Luma([shade(x, y)]));
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

const COLUMNS: [&str; 12] = [
    "reference",
    "request",
    "claimant_email",
    "claimant_phone",
    "imei",
    "serial",
    "receipt_retailer",
    "receipt_no",
    "sim_msisdn",
    "sim_iccid",
    "box_imei",
    "attachments",
];

/// A file of cases; of each row what is given.
fn cases(desk: &TestDesk, rows: &[&[(&str, &str)]]) -> Value {
    let mut text = COLUMNS.join(",");
    for row in rows {
        let of = |column: &str| row.iter().find(|(name, _)| *name == column).map_or("", |(_, given)| *given);
        let fields: Vec<&str> =
            COLUMNS.iter().map(|c| if *c == "request" { "unbind" } else { of(c) }).collect();
        write!(text, "\n{}", fields.join(",")).unwrap();
    }
    let file = desk.write("graph.csv", text);
    desk.run(&["--json", "import", "cases", &file]).json()
}

fn linked() -> TestDesk {
    let desk = TestDesk::empty();
    desk.write("one.png", receipt(0));
    desk.write("alike.png", receipt(1));
    let other: &[(&str, &str)] = &[
        ("reference", "B-CARD"),
        ("claimant_email", "c5@post.example"),
        ("sim_iccid", "8970101000000000004"),
    ];
    let done = cases(
        &desk,
        &[
            &[
                ("reference", "A"),
                ("claimant_email", "anna@post.example"),
                ("claimant_phone", "+79160000001"),
                ("imei", "867530900000017"),
                ("receipt_retailer", "DNS"),
                ("receipt_no", "DN-0000001"),
                ("sim_msisdn", "+79160000009"),
                ("sim_iccid", "8970101000000000004"),
                ("attachments", "receipt:one.png"),
            ],
            &[("reference", "B-BOX"), ("claimant_email", "c1@post.example"), ("box_imei", "867530900000017")],
            &[("reference", "B-MAIL"), ("claimant_email", "ANNA@post.example")],
            &[("reference", "B-SIM"), ("claimant_email", "c3@post.example"), ("sim_msisdn", "89160000001")],
            &[("reference", "B-NUMBER"), ("claimant_phone", "8 (916) 000-00-09")],
            other,
            &[
                ("reference", "B-PAPER"),
                ("claimant_email", "c6@post.example"),
                ("receipt_retailer", "dns"),
                ("receipt_no", "dn0000001"),
            ],
            &[
                ("reference", "B-ALIKE"),
                ("claimant_email", "c7@post.example"),
                ("attachments", "receipt:alike.png"),
            ],
            // Shares nothing with A itself, but with B-ALIKE.
            &[("reference", "C"), ("claimant_email", "c7@post.example"), ("serial", "BAND-1")],
            &[("reference", "D"), ("claimant_email", "d@post.example"), ("serial", "BAND-2")],
        ],
    );
    assert_eq!(done["imported"], 10, "{done}");
    desk
}

#[test]
fn a_ticket_is_linked_by_whatever_two_claims_share() {
    let desk = linked();
    insta::assert_snapshot!(desk.run(&["links", "A"]), @"
    #1 A shares with others:
      device         …0017: #2
      contact        a***@p***: #3
      contact        +***01: #4
      SIM            …0004: #6
      SIM            +***09: #5
      receipt        DNS …01: #7
      receipt alike  one.png: #8 (1 of 64 bits differ)

    ticket  reference  recommendation  state  request  due
         8  B-ALIKE    ask             open   unbind   in 3 d
         7  B-PAPER    investigate     open   unbind   in 3 d
         6  B-CARD     ask             open   unbind   in 3 d
         5  B-NUMBER   ask             open   unbind   in 3 d
         4  B-SIM      ask             open   unbind   in 3 d
         3  B-MAIL     ask             open   unbind   in 3 d
         2  B-BOX      ask             open   unbind   in 3 d
    ------- 0
    ");
    let json = desk.run(&["--json", "links", "A"]).json();
    let by = |reference: &str| {
        let tickets = json["tickets"].as_array().unwrap();
        tickets.iter().find(|t| t["reference"] == reference).map(|t| t["by"].to_string())
    };
    for (reference, kinds) in [
        ("B-BOX", r#"["device"]"#),
        ("B-MAIL", r#"["contact"]"#),
        ("B-SIM", r#"["contact"]"#),
        ("B-NUMBER", r#"["sim"]"#),
        ("B-CARD", r#"["sim"]"#),
        ("B-PAPER", r#"["receipt"]"#),
        ("B-ALIKE", r#"["receipt-look"]"#),
    ] {
        assert_eq!(by(reference).as_deref(), Some(kinds), "{reference}");
    }
    assert_eq!((by("C"), by("D")), (None, None));
    let shown = json.to_string();
    assert!(!shown.contains("anna@post.example") && !shown.contains("867530900000017"), "{shown}");
    // What was closed or taken away is linked all the same.
    let item = desk.run(&["--json", "show", "B-PAPER"]).json()["evidence"][0]["id"].to_string();
    desk.run(&["evidence", "remove", "B-PAPER", &item]).ok();
    desk.run(&["close", "B-PAPER", "--as", "withdrawn"]).ok();
    let found = desk.run(&["--json", "lookup", "8970101000000000004"]).json();
    assert_eq!(found["tickets"].as_array().unwrap().len(), 2, "{found}");
    assert_eq!(desk.run(&["--json", "links", "B-PAPER"]).json()["things"][0]["kind"], "receipt");
}

#[test]
fn the_way_between_two_tickets_names_what_each_step_shares() {
    let desk = linked();
    insta::assert_snapshot!(desk.run(&["links", "C", "B-CARD"]), @"
    #9 C
      = contact c***@p***
    #8 B-ALIKE
      = receipt alike alike.png (1 of 64 bits differ)
    #1 A
      = SIM …0004
    #6 B-CARD
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["links", "B-SIM", "B-MAIL"]), @"
    #4 B-SIM
      = SIM +***01
    #1 A
      = contact a***@p***
    #3 B-MAIL
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["links", "A", "D"]), @"
    No way leads from #1 to #10: they share nothing, over others neither.
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["links", "A", "#1"]), @"
    ------- stderr
    error: A way leads from one ticket to another, and both are ticket 1.
    Hint: `latchkey links 1` lists what it shares with others.
    ------- 2
    ");
    let json = desk.run(&["--json", "links", "A", "B-ALIKE"]).json();
    assert_eq!((&json["linked"], &json["whole"]), (&Value::from(true), &Value::from(true)));
    assert_eq!(json["steps"][0]["kind"], "receipt-look");
    assert!((1..=4).contains(&json["steps"][0]["bits"].as_i64().unwrap()), "{json}");
}

#[test]
fn a_receipt_that_looks_like_another_is_named_and_decides_nothing() {
    let desk = linked();
    let shown = desk.run(&["--json", "show", "B-ALIKE"]).json();
    let unique =
        shown["findings"].as_array().unwrap().iter().find(|f| f["check"] == "receipt.unique").unwrap();
    assert_eq!((&unique["outcome"], &unique["alike"][0]["ticket"]), (&Value::from("pass"), &Value::from(1)));
    assert!(unique["reason"].as_str().unwrap().contains("looks like that of ticket 1 ("), "{unique}");
    // The same bytes are the same receipt.
    desk.run(&["evidence", "add", "D", "receipt", "--file", desk.path("one.png").to_str().unwrap()]).ok();
    let shown = desk.run(&["--json", "show", "D"]).json();
    let unique =
        shown["findings"].as_array().unwrap().iter().find(|f| f["check"] == "receipt.unique").unwrap();
    assert_eq!((&unique["outcome"], &unique["tickets"]), (&Value::from("fail"), &serde_json::json!([1])));
    assert_eq!(unique["alike"][0], serde_json::json!({"ticket": 1, "bits": 0}));
}
