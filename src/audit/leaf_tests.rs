//! Leaves: their exact text, their limits, their times.

use super::super::canonical::outline;
use super::*;
use proptest::prelude::*;

#[test]
fn the_line_is_exactly_this() {
    let mut head = Head::new();
    let mut line = String::new();
    let draft = Draft::new("decide", "anna")
        .info("state", Info::Text("decided"))
        .info("because", Info::Texts(&["receipt.device", "sim.age"]))
        .info("override", Info::Flag(false))
        .info("delay", Info::Number(-3))
        .digest("policy", &[0x9A; 32])
        .commit("imei", &[7; 32], b"356938035643809")
        .ticket(17);
    assert_eq!(draft.act(), "decide");
    let hash = head.append(draft, 1_800_000_000, &mut line).unwrap();
    assert_eq!(
        line,
        format!(
            concat!(
                r#"{{"act":"decide","actor":"anna","at":"2027-01-15T08:00:00Z","#,
                r#""commit":{{"imei":"{}"}},"digest":{{"policy":"sha256:{}"}},"#,
                r#""info":{{"because":["receipt.device","sim.age"],"delay":-3,"override":false,"state":"decided"}},"#,
                r#""prev":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","seq":0,"ticket":17}}"#
            ),
            Base64UrlUnpadded::encode_string(&commitment(&[7; 32], b"356938035643809")),
            "9a".repeat(32)
        )
    );
    assert_eq!(hash, leaf_hash(line.as_bytes()));
    assert_eq!((head.size(), head.root(), head.last()), (1, hash, &hash));
    head.append(Draft::new("open", "boris"), 1_800_000_001, &mut line).unwrap();
    let prev = Base64::encode_string(&hash);
    assert_eq!(
        line,
        format!(r#"{{"act":"open","actor":"boris","at":"2027-01-15T08:00:01Z","prev":"{prev}","seq":1}}"#)
    );
    assert_eq!(Head::from_bytes(&head.to_bytes()), Ok(head));
}

/// RFC 4231, test case 1 has a shorter key; this pair was computed by Python's hmac.
#[test]
fn a_commitment_is_hmac_sha256() {
    let expected = "198a607eb44bfbc69903a0f1cf2bbdc5ba0aa3f3d9ae3c1c7a3b1696a0b68cf7";
    assert_eq!(commitment(&[0x0b; 32], b"Hi There"), super::super::tree::tests::hash(expected));
    assert_ne!(commitment(&[1; 32], b"x"), commitment(&[2; 32], b"x"), "another salt, another commitment");
}

#[test]
fn what_cannot_be_written_leaves_the_head_as_it_was() {
    let mut head = Head::new();
    let mut line = String::new();
    let long = "x".repeat(MAX_LEAF);
    for (draft, at) in [
        (Draft::new("a", &long), 0),
        (Draft::new("a", "b").info("K", Info::Flag(true)), 0),
        (Draft::new("a", "b").info("", Info::Flag(true)), 0),
        (Draft::new("a", "b").info("k\"", Info::Flag(true)), 0),
        (Draft::new("a", "b").info("k", Info::Flag(true)).info("k", Info::Flag(false)), 0),
        (Draft::new("a", "b"), -1),
        (Draft::new("a", "b"), LAST_SECOND + 1),
        (Draft::new("a", "b"), i64::MAX),
    ] {
        assert!(head.append(draft, at, &mut line).is_err());
        assert_eq!(head, Head::new());
    }
    // The longest that fits does.
    let room = {
        head.clone().append(Draft::new("a", ""), 0, &mut line).unwrap();
        MAX_LEAF - line.len()
    };
    let actor = "x".repeat(room);
    head.append(Draft::new("a", &actor), 0, &mut line).unwrap();
    assert_eq!(line.len(), MAX_LEAF);
    let actor = "x".repeat(room + 1);
    assert_eq!(
        Head::new().append(Draft::new("a", &actor), 0, &mut line),
        Err(LeafError::TooLong(MAX_LEAF + 1))
    );
}

#[test]
fn hostile_text_stays_on_its_line() {
    let mut line = String::new();
    let text = "x\"}\n{\"seq\":9,\u{0}\u{1b}[2J\u{7f}\u{85}\u{2028}\\";
    Head::new().append(Draft::new(text, text).info("k", Info::Text(text)), 0, &mut line).unwrap();
    assert!(!line.contains('\n') && !line.contains('\u{1b}'));
    assert_eq!(outline(line.as_bytes()).unwrap().seq, Some(0));
    let read = crate::authority::strict_json::parse(&line).unwrap();
    assert_eq!((read["act"].as_str(), read["info"]["k"].as_str()), (Some(text), Some(text)));
}

#[test]
fn the_days_on_which_calendars_slip() {
    for (at, expected) in [
        (0, "1970-01-01T00:00:00Z"),
        (951_782_400, "2000-02-29T00:00:00Z"),
        (951_868_799, "2000-02-29T23:59:59Z"),
        (951_868_800, "2000-03-01T00:00:00Z"),
        (1_709_164_800, "2024-02-29T00:00:00Z"),
        (4_107_542_400, "2100-03-01T00:00:00Z"),
        (4_107_542_399, "2100-02-28T23:59:59Z"),
        (LAST_SECOND, "9999-12-31T23:59:59Z"),
    ] {
        let mut text = String::new();
        write_time(at, &mut text).unwrap();
        assert_eq!(text, expected);
    }
}

proptest! {
    #[test]
    fn times_are_the_calendars(at in 0..=LAST_SECOND) {
        let mut text = String::new();
        write_time(at, &mut text).unwrap();
        let calendar = chrono::DateTime::from_timestamp(at, 0).unwrap();
        prop_assert_eq!(text, calendar.format("%Y-%m-%dT%H:%M:%SZ").to_string());
    }

    #[test]
    fn every_leaf_is_canonical(act in any::<String>(), actor in any::<String>(), n in any::<i64>(), ticket in any::<Option<u64>>()) {
        let mut draft = Draft::new(&act, &actor).info("n", Info::Number(n)).digest("d", &[1; 32]);
        if let Some(ticket) = ticket {
            draft = draft.ticket(ticket);
        }
        let mut line = String::new();
        Head::new().append(draft, 5, &mut line).unwrap();
        let outline = outline(line.as_bytes()).unwrap();
        prop_assert_eq!((outline.seq, outline.prev.is_some()), (Some(0), true));
    }
}
