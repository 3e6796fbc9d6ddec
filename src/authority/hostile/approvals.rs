//! The second person's yes.

use serde_json::json;

use super::super::sample::*;
use super::super::{ApprovalClaims, Authored as _, AuthorizationClaims, jti_of};
use super::{Family, Row, Rule, ask, row};
use crate::domain::Op;

pub fn family() -> Family {
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
        ("of another token", vec![yes("boris", &|y| y.jti = jti_of(&[9; 16]))]),
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
    let mut rows: Vec<Row> =
        table.into_iter().map(|(name, apv)| row(name, with(apv), Rule::Approvals)).collect();
    rows.push(row("a good one", with(vec![good.clone()]), None));
    rows.push(row("one's own", reset_account().sign(&key("boris")).unwrap(), Rule::Approvals));
    // An unbind needs none here, but a false one in it still tells.
    let unneeded = AuthorizationClaims { apv: vec![good], ..unbind() }.sign(&key("anna")).unwrap();
    rows.push(row("a false one where none is needed", unneeded, Rule::Approvals));
    Family {
        name: "approval",
        why: "One person who says yes twice: what two had to agree on is done by whoever holds one key.",
        rows,
    }
}

pub fn keysets() -> Family {
    let alone = unbind().sign(&key("anna")).unwrap();
    let two = AuthorizationClaims { apv: vec![approval(&unbind()).sign(&key("boris")).unwrap()], ..unbind() };
    let two = two.sign(&key("anna")).unwrap();
    let approved = reset_account().sign(&key("anna")).unwrap();
    let by = |name: &str, token: &str, keyset: &str, rule: Option<Rule>| {
        ask(name, token, |a| a.keyset = Some(keyset.to_owned()), rule)
    };
    let rows = vec![
        by("alone where nothing is signed alone", &alone, "nothing-alone", Some(Rule::Approvals)),
        by("by two where nothing is signed alone", &two, "nothing-alone", None),
        by("approved by one who lost the role", &approved, "boris-no-approver", Some(Rule::Approvals)),
        by("approved by one who is too new to", &approved, "boris-new", Some(Rule::Approvals)),
        by("approved by one the moment they may", &approved, "boris-just-no-longer-new", None),
        by("a clock behind the keyset", &alone, "of-tomorrow", Some(Rule::Keyset)),
        by("a clock behind the keyset by the skew", &alone, "of-just-now", None),
        by("two desks, one agent's key", &alone, "another-desk", Some(Rule::Keyset)),
    ];
    Family {
        name: "keyset",
        why: "A right that was taken away, or was given at another desk, used all the same.",
        rows,
    }
}
