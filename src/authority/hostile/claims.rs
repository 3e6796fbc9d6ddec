//! Well signed, and wrong in what it says.

use serde_json::{Value, json};

use super::super::sample::*;
use super::{Family, Row, Rule, row, rows};

pub fn types() -> Family {
    let values: [(&str, Value); 37] = [
        ("exp", json!((NOW + HOUR).to_string())),
        ("exp", json!(1_800_003_600.0)),
        ("exp", json!(1_800_003_600.5)),
        ("exp", json!(1_u64 << 63)),
        ("exp", json!(1e300)),
        ("exp", json!(-1)),
        ("exp", json!(i64::MIN)),
        ("exp", json!(true)),
        ("exp", json!([NOW + HOUR])),
        ("exp", Value::Null),
        ("nbf", json!("now")),
        ("nbf", json!(-1)),
        ("iat", json!(1.5)),
        ("iat", json!(-5)),
        ("iat", Value::Null),
        ("aud", json!(["any"])),
        ("aud", json!(["any", "centre-1"])),
        ("aud", json!({"any": true})),
        ("aud", Value::Null),
        ("aud", json!("")),
        ("iss", json!("")),
        ("sub", json!(["device:imei:356938035643809"])),
        ("op", json!(["unbind"])),
        ("op", json!(1)),
        ("dev", json!(IMEI)),
        ("dev", json!([356_938_035_643_809_i64])),
        ("acc", json!(1001)),
        ("jti", json!("short")),
        ("jti", json!(format!("{}A", unbind().jti))),
        ("jti", json!("../../../../../../etc/pw")),
        ("ticket", json!("17")),
        ("ticket", json!(-17)),
        ("chal", json!("not hex")),
        ("chal", json!("")),
        ("log", json!({"origin": "x", "index": 1.0})),
        ("apv", json!("x")),
        ("apv", json!([{"by": "boris"}])),
    ];
    let of = |(claim, value): (&str, Value)| {
        row(format!("{claim} = {value}"), edited(|c| c[claim] = value.clone()), Rule::Form)
    };
    let mut rows: Vec<Row> = values.into_iter().map(of).collect();
    rows.push(row("a claim nobody knows is ignored", edited(|c| c["scope"] = "admin".into()), None));
    Family {
        name: "claim of the wrong type",
        why: "A reader that converts what it is given (a text to a number, a list to its first) sees another grant.",
        rows,
    }
}

pub fn missing() -> Family {
    let required =
        ["iss", "sub", "aud", "op", "dev", "jti", "ticket", "evd", "pol", "iat", "nbf", "exp", "log", "apv"];
    let without = |claim: &str| edited(|c| drop(c.as_object_mut().unwrap().remove(claim)));
    let rows = required.iter().map(|claim| row(format!("no {claim}"), without(claim), Rule::Form));
    Family {
        name: "claim missing",
        why: "What is not said is not limited: no audience is every centre, no expiry is for ever.",
        rows: rows.collect(),
    }
}

pub fn spelling() -> Family {
    let spelled = |spelling: &str| {
        let claims = json!(unbind()).to_string();
        let exp = format!("\"exp\":{}", unbind().exp);
        assert!(claims.contains(&exp));
        let claims = claims.replace(&exp, &format!("\"exp\":{spelling}"));
        forge(header(&key("anna")).as_bytes(), claims.as_bytes(), &key("anna"))
    };
    let spellings = ["1.8e9", "18e8", "+1800003600", "0x6b49d200", "01800003600", "1_800", "-0", "1e400"];
    let rows = spellings.iter().map(|s| row(format!("exp spelled {s}"), spelled(s), Rule::Form));
    Family {
        name: "numbers spelled otherwise",
        why: "Two readers of one number that disagree on when the token runs out.",
        rows: rows.collect(),
    }
}

pub fn meaning() -> Family {
    let set = |claim: &'static str, value: Value| edited(move |c| c[claim] = value);
    let account = |edit: fn(&mut Value)| edited_from(&reset_account(), "anna", edit);
    let rows = rows(vec![
        ("one centre, none given", set("aud", "centre-1".into()), Rule::Aud),
        ("ANY is not any", set("aud", "ANY".into()), Rule::Aud),
        ("any with a space", set("aud", "any ".into()), Rule::Aud),
        ("an unknown operation", set("op", "wipe".into()), Rule::Op),
        ("an operation in capitals", set("op", "Unbind".into()), Rule::Op),
        ("two operations", set("op", "unbind,reset-device".into()), Rule::Op),
        (
            "one the agent may not sign",
            edited_from(&unbind(), "ivan", |c| c["op"] = "reset-device".into()),
            Rule::Op,
        ),
        ("unbind of an account", set("sub", "account:A-1001".into()), Rule::Sub),
        ("reset-account of a device", account(|c| c["sub"] = format!("device:{IMEI}").into()), Rule::Sub),
        ("reset of another account", account(|c| c["sub"] = "account:A-1".into()), Rule::Sub),
        ("reset of no account", account(|c| c["sub"] = "account:".into()), Rule::Sub),
        (
            "reset of an account without id",
            account(|c| {
                c["sub"] = "account:".into();
                c["acc"] = "".into();
            }),
            Rule::Sub,
        ),
        ("reset without account", account(|c| drop(c.as_object_mut().unwrap().remove("acc"))), Rule::Sub),
        ("a device it does not name", set("sub", "device:imei:111111111111119".into()), Rule::Sub),
        ("no kind of subject", set("sub", IMEI.into()), Rule::Sub),
        ("an IMEI of 13 digits", set("sub", "device:imei:3569380356438".into()), Rule::Sub),
        ("a star for a device", set("sub", "device:*".into()), Rule::Sub),
        ("no devices", set("dev", json!([])), Rule::Sub),
        ("a star among the devices", set("dev", json!([IMEI, "*"])), Rule::Dev),
        ("a bare number among the devices", set("dev", json!([IMEI, "356938035643817"])), Rule::Dev),
    ]);
    Family {
        name: "meaning",
        why: "A grant that an agent may not sign, or that means every device, every centre or another account.",
        rows,
    }
}

pub fn times() -> Family {
    let times = |iat: i64, nbf: i64, exp: i64| {
        edited(move |c| {
            c["iat"] = iat.into();
            c["nbf"] = nbf.into();
            c["exp"] = exp.into();
        })
    };
    let week = 7 * 24 * HOUR;
    let long_with_challenge = edited(|c| {
        c["chal"] = "00ff".into();
        c["exp"] = (NOW + 48 * HOUR).into();
    });
    // A key's last second is the one before its end.
    let at_end = |iat| edited_from(&unbind(), "olga", move |c| c["iat"] = json!(iat));
    // The key ran out ten hours ago: dated back it signs, but not for long any more.
    let back = |exp| {
        edited_from(&unbind(), "olga", move |c| {
            c["iat"] = (NOW - 11 * HOUR).into();
            c["exp"] = json!(exp);
        })
    };
    let mut rows: Vec<Row> = [
        ("begins at the edge of skew", times(NOW, NOW + 120, NOW + HOUR), None),
        ("not yet valid", times(NOW, NOW + 121, NOW + HOUR), Some(Rule::Nbf)),
        ("signed at the edge of skew", times(NOW + 120, NOW, NOW + HOUR), None),
        ("signed in the future", times(NOW + 121, NOW, NOW + HOUR), Some(Rule::Nbf)),
        ("signed far in the future", times(NOW + 100 * HOUR, NOW, NOW + HOUR), Some(Rule::Nbf)),
        ("runs out at the edge of skew", times(NOW - HOUR, NOW - HOUR, NOW - 119), None),
        ("has run out", times(NOW - HOUR, NOW - HOUR, NOW - 120), Some(Rule::Exp)),
        ("ran out long ago", times(NOW - 48 * HOUR, NOW - 48 * HOUR, NOW - 24 * HOUR), Some(Rule::Exp)),
        ("lives a week", times(NOW - HOUR, NOW - HOUR, NOW - HOUR + week), None),
        ("lives longer", times(NOW - HOUR, NOW - HOUR, NOW - HOUR + week + 1), Some(Rule::Exp)),
        ("lives for ever", times(NOW - HOUR, NOW - HOUR, i64::MAX), Some(Rule::Exp)),
        ("ends before it begins", times(NOW - HOUR, NOW + 60, NOW + 30), Some(Rule::Exp)),
        ("signed in its key's last second", at_end(NOW - 10 * HOUR - 1), None),
        ("signed as its key ran out", at_end(NOW - 10 * HOUR), Some(Rule::Kid)),
        ("dated back, for a day", back(NOW + 24 * HOUR), None),
        ("dated back, for a week", back(NOW + week), Some(Rule::Exp)),
    ]
    .into_iter()
    .map(|(name, token, rule)| row(name, token, rule))
    .collect();
    let with_challenge = |a: &mut super::Ask| a.challenge = Some("00ff".into());
    rows.push(super::ask("two days with a challenge", &long_with_challenge, with_challenge, Rule::Exp));
    Family {
        name: "time",
        why: "A grant that is kept until nobody remembers it, or dated around the end of its key.",
        rows,
    }
}
