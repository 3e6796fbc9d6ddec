//! Hostile tokens, second table: all well signed, each wrong in what it says or in how it is used.

use serde_json::{Value, json};

use super::sample::*;
use super::{ApprovalClaims, Authored as _, AuthorizationClaims, Keyset, Rule, VerifyContext};
use crate::domain::{Op, Role};

/// A table whose verifier asks for nothing.
fn run(keyset: &Keyset, table: Vec<(&str, String, Rule)>) {
    for (name, token, expected) in table {
        let verdict = verdict(&token, &VerifyContext::new(keyset, NOW));
        assert_eq!(verdict.rule, Some(expected), "{name}: {}", verdict.reason);
    }
}

type Question<'a> = (&'a str, &'a dyn Fn(&mut VerifyContext<'_>), Option<Rule>);

/// A table whose verifier asks; `None` passes.
fn ask(token: &str, table: Vec<Question<'_>>) {
    let keyset = keyset_of(&keyset_claims());
    for (name, asks, expected) in table {
        let mut context = VerifyContext::new(&keyset, NOW);
        asks(&mut context);
        let verdict = verdict(token, &context);
        assert_eq!(verdict.rule, expected, "{name}: {}", verdict.reason);
    }
}

#[test]
fn claims_of_the_wrong_type() {
    let keyset = keyset_of(&keyset_claims());
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
    for (claim, value) in values {
        let token = edited(|c| c[claim] = value.clone());
        assert_eq!(rule(&token, &keyset), Some(Rule::Form), "{claim} = {value}");
    }
    let required =
        ["iss", "sub", "aud", "op", "dev", "jti", "ticket", "evd", "pol", "iat", "nbf", "exp", "log", "apv"];
    for claim in required {
        let token = edited(|c| drop(c.as_object_mut().unwrap().remove(claim)));
        assert_eq!(rule(&token, &keyset), Some(Rule::Form), "no {claim}");
    }
    for spelling in ["1.8e9", "18e8", "1800003600.0", "+1800003600", "0x6b49d200", "01800003600", "1_800"] {
        let claims = json!(unbind()).to_string();
        let exp = format!("\"exp\":{}", unbind().exp);
        assert!(claims.contains(&exp));
        let claims = claims.replace(&exp, &format!("\"exp\":{spelling}"));
        let token = forge(header(&key("anna")).as_bytes(), claims.as_bytes(), &key("anna"));
        assert_eq!(rule(&token, &keyset), Some(Rule::Form), "exp spelled {spelling}");
    }
    let extra = edited(|c| c["scope"] = "admin".into());
    assert_eq!(rule(&extra, &keyset), None, "a claim nobody knows is ignored");
}

#[test]
fn who_may_sign_what_on_what() {
    let keyset = keyset_of(&keyset_claims());
    let set = |claim: &'static str, value: Value| edited(move |c| c[claim] = value);
    let account = |edit: fn(&mut Value)| edited_from(&reset_account(), "anna", edit);
    run(
        &keyset,
        vec![
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
        ],
    );
}

#[test]
fn audience_operation_and_device_asked_for() {
    let mut claims = unbind();
    claims.aud = "centre-1".into();
    let named = claims.sign(&key("anna")).unwrap();
    ask(
        &named,
        vec![
            ("the centre itself", &|c| c.audience = Some("centre-1"), None),
            ("another centre", &|c| c.audience = Some("centre-2"), Some(Rule::Aud)),
            ("no audience given", &|_| {}, Some(Rule::Aud)),
            ("other case", &|c| c.audience = Some("Centre-1"), Some(Rule::Aud)),
            ("empty", &|c| c.audience = Some(""), Some(Rule::Aud)),
            ("calling itself any", &|c| c.audience = Some("any"), Some(Rule::Aud)),
        ],
    );
    let token = unbind().sign(&key("anna")).unwrap();
    ask(
        &token,
        vec![
            ("any, by anyone", &|c| c.audience = Some("centre-2"), None),
            ("the operation", &|c| c.op = Some(Op::Unbind), None),
            ("another operation", &|c| c.op = Some(Op::ResetDevice), Some(Rule::Op)),
            ("the device", &|c| c.device = Some("356938035643809"), None),
            ("its second slot", &|c| c.device = Some("35-693803-564381-7"), None),
            ("14 digits", &|c| c.device = Some("35693803564380"), None),
            ("with software version", &|c| c.device = Some("3569380356438012"), None),
            ("its serial", &|c| c.device = Some("r58m123abc"), None),
            ("another device", &|c| c.device = Some("353490060000019"), Some(Rule::Dev)),
            ("one digit off", &|c| c.device = Some("356938035643908"), Some(Rule::Dev)),
            ("another serial", &|c| c.device = Some("R58M123ABD"), Some(Rule::Dev)),
            ("nothing", &|c| c.device = Some(""), Some(Rule::Dev)),
            ("a star", &|c| c.device = Some("*"), Some(Rule::Dev)),
            ("part of it", &|c| c.device = Some("3569380356"), Some(Rule::Dev)),
            ("a challenge it does not answer", &|c| c.challenge = Some("00ff"), Some(Rule::Chal)),
        ],
    );
    let mut claims = unbind();
    claims.chal = Some("00ff17".into());
    claims.exp = claims.iat + 24 * HOUR;
    let token = claims.sign(&key("anna")).unwrap();
    ask(
        &token,
        vec![
            ("the challenge", &|c| c.challenge = Some("00ff17"), None),
            ("the challenge in capitals", &|c| c.challenge = Some("00FF17"), None),
            ("no challenge given", &|_| {}, Some(Rule::Chal)),
            ("another", &|c| c.challenge = Some("00ff18"), Some(Rule::Chal)),
            ("its beginning", &|c| c.challenge = Some("00ff"), Some(Rule::Chal)),
            ("empty", &|c| c.challenge = Some(""), Some(Rule::Chal)),
        ],
    );
}

#[test]
fn times() {
    let times = |iat: i64, nbf: i64, exp: i64| {
        edited(move |c| {
            c["iat"] = iat.into();
            c["nbf"] = nbf.into();
            c["exp"] = exp.into();
        })
    };
    let keyset = keyset_of(&keyset_claims());
    let week = 7 * 24 * HOUR;
    for (name, token, expected) in [
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
    ] {
        assert_eq!(rule(&token, &keyset), expected, "{name}");
    }
    let long_with_challenge = edited(|c| {
        c["chal"] = "00ff".into();
        c["exp"] = (NOW + 48 * HOUR).into();
    });
    let mut context = VerifyContext::new(&keyset, NOW);
    context.challenge = Some("00ff");
    assert_eq!(verdict(&long_with_challenge, &context).rule, Some(Rule::Exp));
    let token = unbind().sign(&key("anna")).unwrap();
    for (now, expected) in [
        (i64::MIN, Rule::Nbf),
        (0, Rule::Nbf),
        (NOW - 30 * 24 * HOUR, Rule::Nbf),
        (NOW + 10 * 365 * 24 * HOUR, Rule::Exp),
        (i64::MAX, Rule::Exp),
    ] {
        assert_eq!(verdict(&token, &VerifyContext::new(&keyset, now)).rule, Some(expected), "at {now}");
    }
    // A key's last second is the one before its end.
    let at_end = |iat| edited_from(&unbind(), "olga", move |c| c["iat"] = json!(iat));
    assert_eq!(rule(&at_end(NOW - 10 * HOUR - 1), &keyset), None);
    assert_eq!(rule(&at_end(NOW - 10 * HOUR), &keyset), Some(Rule::Kid));
    // The key ran out ten hours ago: dated back it signs, but not for long any more.
    let back = |exp| {
        edited_from(&unbind(), "olga", move |c| {
            c["iat"] = (NOW - 11 * HOUR).into();
            c["exp"] = exp;
        })
    };
    assert_eq!(rule(&back((NOW + 24 * HOUR).into()), &keyset), None);
    assert_eq!(rule(&back((NOW + week).into()), &keyset), Some(Rule::Exp));
}

#[test]
fn approvals() {
    let yes = |by: &str, edit: &dyn Fn(&mut ApprovalClaims)| {
        let mut yes = approval(&reset_account());
        yes.by = key(by).name().into();
        edit(&mut yes);
        yes.sign(&key(by)).unwrap()
    };
    let with = |apv: Vec<String>| AuthorizationClaims { apv, ..reset_account() }.sign(&key("anna")).unwrap();
    let same = &|_: &mut ApprovalClaims| {};
    let good = yes("boris", same);
    let tampered = good.replacen("eyJ", "eyK", 1);
    let other_signature =
        format!("{}.{}", good.rsplit_once('.').unwrap().0, yes("petr", same).rsplit_once('.').unwrap().1);
    // Says petr, signed by boris: by hand, as `sign` refuses it.
    let mislabelled = {
        let mut yes = approval(&reset_account());
        yes.by = "petr".into();
        let head = header(&key("boris")).replace("auth+jwt", "approval+jwt");
        forge(head.as_bytes(), json!(yes).to_string().as_bytes(), &key("boris"))
    };
    let no = {
        let mut yes = json!(approval(&reset_account()));
        yes["decision"] = "object".into();
        let head = header(&key("boris")).replace("auth+jwt", "approval+jwt");
        forge(head.as_bytes(), yes.to_string().as_bytes(), &key("boris"))
    };
    let keyset = keyset_of(&keyset_claims());
    assert_eq!(rule(&with(vec![good.clone()]), &keyset), None);
    let table: Vec<(&str, Vec<String>)> = vec![
        ("none", vec![]),
        ("an empty one", vec![String::new()]),
        ("garbage", vec!["a.b.c".into()]),
        ("a grant for an approval", vec![unbind().sign(&key("boris")).unwrap()]),
        ("one's own, by one's second key", vec![yes("anna-2", same)]),
        ("by an agent who is no approver", vec![yes("ivan", same)]),
        ("by the custodian", vec![yes("clara", same)]),
        ("by the auditor", vec![yes("dora", same)]),
        ("by a disabled key", vec![yes("eve", same)]),
        ("by a key that ran out", vec![yes("olga", same)]),
        ("by a key not yet valid", vec![yes("nina", same)]),
        ("by the root", vec![yes("root", same)]),
        ("by a stranger", vec![yes("stranger", same)]),
        ("by one who may not approve this operation", vec![yes("petr", same)]),
        ("of another token", vec![yes("boris", &|y| y.jti = super::jti_of(&[9; 16]))]),
        ("of another operation", vec![yes("boris", &|y| y.op = Op::Unbind)]),
        ("of another subject", vec![yes("boris", &|y| y.sub = "account:A-1".into())]),
        ("of other evidence", vec![yes("boris", &|y| y.evd = "sha256:other".into())]),
        ("of another desk", vec![yes("boris", &|y| y.iss = "other".into())]),
        ("after the grant", vec![yes("boris", &|y| y.iat = NOW - HOUR + 121)]),
        ("in the future", vec![yes("boris", &|y| y.iat = NOW + 8000 * HOUR)]),
        ("changed", vec![tampered.clone()]),
        ("with another's signature", vec![other_signature]),
        ("in another's name", vec![mislabelled]),
        ("that is a no", vec![no]),
        ("twice by one person", vec![good.clone(), good.clone()]),
        ("a good one and a false one", vec![good.clone(), tampered]),
    ];
    for (name, apv) in table {
        assert_eq!(rule(&with(apv), &keyset), Some(Rule::Approvals), "{name}");
    }
    // boris issues: his own yes is none.
    let own = reset_account().sign(&key("boris")).unwrap();
    assert_eq!(rule(&own, &keyset), Some(Rule::Approvals));
    // An unbind needs none here, but a false one in it still tells.
    let unneeded = AuthorizationClaims { apv: vec![good], ..unbind() }.sign(&key("anna")).unwrap();
    assert_eq!(rule(&unneeded, &keyset), Some(Rule::Approvals));
    // A site where nothing is signed alone.
    let mut strict = keyset_claims();
    strict.solo.clear();
    let strict = keyset_of(&strict);
    let alone = unbind().sign(&key("anna")).unwrap();
    assert_eq!(rule(&alone, &strict), Some(Rule::Approvals));
    let two = AuthorizationClaims { apv: vec![approval(&unbind()).sign(&key("boris")).unwrap()], ..unbind() };
    assert_eq!(rule(&two.sign(&key("anna")).unwrap(), &strict), None);
    // Taking the role away takes the yes away.
    let mut demoted = keyset_claims();
    demoted.agents[1].roles = vec![Role::Agent];
    assert_eq!(
        rule(&reset_account().sign(&key("anna")).unwrap(), &keyset_of(&demoted)),
        Some(Rule::Approvals)
    );
}

#[test]
fn keyset_revoked_rehearsal_used() {
    let token = unbind().sign(&key("anna")).unwrap();
    let jti = unbind().jti;
    let is_it = |id: &str| id == jti;
    ask(
        &token,
        vec![
            ("the version seen", &|c| c.min_keyset_version = 7, None),
            ("a newer was seen", &|c| c.min_keyset_version = 8, Some(Rule::Keyset)),
            ("another token withdrawn", &|c| c.revoked = &|id| id == "other", None),
            ("withdrawn", &|c| c.revoked = &|_| true, Some(Rule::Revoked)),
            ("used", &|c| c.used = &|_| true, Some(Rule::Used)),
            (
                "withdrawn before used",
                &|c| {
                    c.revoked = &|_| true;
                    c.used = &|_| true;
                },
                Some(Rule::Revoked),
            ),
        ],
    );
    let mut claims = keyset_claims();
    claims.rehearsal = true;
    claims.iat = NOW + 1000 * HOUR;
    let rehearsal = keyset_of(&claims);
    let mut context = VerifyContext::new(&rehearsal, NOW);
    assert_eq!(verdict(&token, &context).rule, Some(Rule::Rehearsal));
    context.rehearsal_allowed = true;
    assert_eq!(verdict(&token, &context).rule, None, "its clock moves at will");
    context.used = &is_it;
    assert_eq!(verdict(&token, &context).rule, Some(Rule::Used));
    claims.rehearsal = false;
    assert_eq!(rule(&token, &keyset_of(&claims)), Some(Rule::Keyset), "a clock behind the keyset");
    claims.iat = NOW + 120;
    assert_eq!(rule(&token, &keyset_of(&claims)), None);
    claims.iss = "another-desk".into();
    assert_eq!(rule(&token, &keyset_of(&claims)), Some(Rule::Keyset), "two desks, one agent's key");
}

/// The order of the rules is the contract's: with everything wrong the first is named.
#[test]
fn the_first_rule_that_fails_is_named() {
    let keyset = keyset_of(&keyset_claims());
    let mut context = VerifyContext::new(&keyset, NOW);
    context.audience = Some("centre-2");
    context.op = Some(Op::ResetDevice);
    context.device = Some("353490060000019");
    context.challenge = Some("00");
    context.min_keyset_version = 9;
    context.revoked = &|_| true;
    context.used = &|_| true;
    let wrong = edited(|c| {
        c["aud"] = "centre-1".into();
        c["sub"] = "x".into();
        c["exp"] = 5.into();
        c["apv"] = json!(["x"]);
    });
    assert_eq!(verdict(&wrong, &context).rule, Some(Rule::Aud));
    context.audience = Some("centre-1");
    assert_eq!(verdict(&wrong, &context).rule, Some(Rule::Op));
    context.op = None;
    assert_eq!(verdict(&wrong, &context).rule, Some(Rule::Sub));
}
