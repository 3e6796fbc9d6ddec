//! Hostile tokens: tables by family, each row with the rule that stops it. Everything else is of interest only if a row
//! is missing here.
//!
//! `fixtures/tokens/hostile.json` holds all of them for verifiers in other languages (`tests/peers/hostile.sh` lets PyJWT
//! and jose judge it by the same rules). It is made of these tables: `LATCHKEY_BLESS=1 cargo test --lib hostile`.

#![allow(clippy::too_many_lines)] // a table is read row by row

mod approvals;
mod asked;
mod claims;
mod form;
mod header;
mod signature;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::sample::*;
use super::{Keyset, Rule, Trust, VerifyContext};
use crate::domain::{Op, Role};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/tokens/hostile.json");

/// What the verifier asks for beyond a good token, and what it has seen before.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default)]
struct Ask {
    #[serde(skip_serializing_if = "Option::is_none")]
    audience: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    op: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    device: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    challenge: Option<String>,
    /// Another time than the file's.
    #[serde(skip_serializing_if = "Option::is_none")]
    now: Option<i64>,
    /// Another keyset than `usual`.
    #[serde(skip_serializing_if = "Option::is_none")]
    keyset: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    keyset_seen: Option<u64>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    rehearsal: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    revoked: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    used: Vec<String>,
}

/// One token, and the first rule that refuses it; none where it must pass.
struct Row {
    name: String,
    token: String,
    ask: Ask,
    rule: Option<Rule>,
}

/// A row whose verifier asks for nothing.
fn row(name: impl Into<String>, token: String, rule: impl Into<Option<Rule>>) -> Row {
    Row { name: name.into(), token, ask: Ask::default(), rule: rule.into() }
}

/// A row whose verifier asks.
fn ask(
    name: impl Into<String>,
    token: &str,
    edit: impl FnOnce(&mut Ask),
    rule: impl Into<Option<Rule>>,
) -> Row {
    let mut row = row(name, token.to_owned(), rule);
    edit(&mut row.ask);
    row
}

fn rows(table: Vec<(&str, String, Rule)>) -> Vec<Row> {
    table.into_iter().map(|(name, token, rule)| row(name, token, rule)).collect()
}

/// Tokens that try one thing.
struct Family {
    name: &'static str,
    /// What whoever gets one of them through has won.
    why: &'static str,
    rows: Vec<Row>,
}

fn families() -> Vec<Family> {
    vec![
        form::family(),
        header::algorithm(),
        header::kind(),
        header::key_id(),
        header::signers(),
        signature::family(),
        signature::claims_changed(),
        claims::types(),
        claims::missing(),
        claims::spelling(),
        claims::meaning(),
        asked::audience(),
        asked::operation_and_device(),
        asked::challenge(),
        claims::times(),
        asked::clocks(),
        approvals::family(),
        approvals::keysets(),
        asked::before(),
    ]
}

/// The keysets that the rows name.
fn keysets() -> BTreeMap<&'static str, String> {
    let of = |edit: &dyn Fn(&mut super::KeysetClaims)| {
        let mut claims = keyset_claims();
        edit(&mut claims);
        Keyset::sign(&claims, &key("root")).unwrap()
    };
    [
        ("usual", of(&|_| {})),
        ("nothing-alone", of(&|c| c.solo.clear())),
        ("boris-no-approver", of(&|c| c.agents[1].roles = vec![Role::Agent])),
        ("boris-new", of(&|c| c.agents[1].approves_from = NOW + 1)),
        ("boris-just-no-longer-new", of(&|c| c.agents[1].approves_from = approval(&unbind()).iat)),
        (
            "rehearsal",
            of(&|c| {
                c.rehearsal = true;
                c.iat = NOW + 1000 * HOUR;
            }),
        ),
        ("of-tomorrow", of(&|c| c.iat = NOW + 121)),
        ("of-just-now", of(&|c| c.iat = NOW + 120)),
        ("another-desk", of(&|c| c.iss = "another-desk".into())),
    ]
    .into()
}

fn judge(token: &str, ask: &Ask, keysets: &BTreeMap<String, Keyset>) -> super::Verdict {
    let keyset = &keysets[ask.keyset.as_deref().unwrap_or("usual")];
    let (revoked, used) =
        (|id: &str| ask.revoked.iter().any(|r| r == id), |id: &str| ask.used.iter().any(|u| u == id));
    let mut context = VerifyContext::new(keyset, ask.now.unwrap_or(NOW));
    context.audience = ask.audience.as_deref();
    context.op = ask.op.as_deref().map(|op| op.parse::<Op>().unwrap());
    context.device = ask.device.as_deref();
    context.challenge = ask.challenge.as_deref();
    context.min_keyset_version = ask.keyset_seen.unwrap_or(0);
    context.rehearsal_allowed = ask.rehearsal;
    context.revoked = &revoked;
    context.used = &used;
    verdict(token, &context)
}

fn opened(texts: impl Iterator<Item = (String, String)>) -> BTreeMap<String, Keyset> {
    let root = key("root");
    let open = |text: &str| Keyset::verify(text, Trust::Pinned(root.public()), 0).unwrap();
    texts.map(|(name, text)| (name, open(&text))).collect()
}

#[test]
fn each_is_refused_by_its_rule() {
    let keysets = opened(keysets().into_iter().map(|(n, t)| (n.to_owned(), t)));
    let mut wrong = Vec::new();
    for family in families() {
        for row in family.rows {
            let verdict = judge(&row.token, &row.ask, &keysets);
            if verdict.rule != row.rule {
                wrong.push(format!(
                    "{}: {}: {:?} ({}), not {:?}",
                    family.name, row.name, verdict.rule, verdict.reason, row.rule
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// No row stands twice, none is nameless, every rule has its rows, and good tokens are among them: a verifier that
/// refuses everything is no verifier.
#[test]
fn the_tables_are_whole() {
    let (mut names, mut questions, mut rules) = (BTreeSet::new(), BTreeSet::new(), BTreeMap::new());
    for family in families() {
        assert!(family.why.len() > 40, "{}", family.name);
        for row in family.rows {
            assert!(!row.name.is_empty());
            *rules.entry(row.rule).or_insert(0) += 1;
            assert!(questions.insert((row.token, row.ask)), "twice the same: {}", row.name);
            assert!(names.insert(format!("{}: {}", family.name, row.name)), "twice: {}", row.name);
        }
    }
    let good = rules.remove(&None).unwrap_or(0);
    let hostile: i32 = rules.values().sum();
    assert!(good >= 20 && hostile >= 240, "{good} good, {hostile} hostile");
    assert_eq!(rules.len(), 17, "each rule of the contract: {rules:?}");
}

/// The tables as a file: one token a line.
fn as_file() -> String {
    let texts = keysets();
    let keysets = opened(texts.clone().into_iter().map(|(n, t)| (n.to_owned(), t)));
    let about = "Hostile tokens, and good ones among them (rule: null). See docs/verifiers-guide.md.";
    let mut out = format!(
        "{{\"about\": {},\n\"now\": {NOW},\n\"root\": {},\n\"keysets\": {},\n\"families\": [",
        json!(about),
        json!(key("root").public().to_jwk()),
        json!(texts)
    );
    for (n, family) in families().into_iter().enumerate() {
        out.push_str(if n == 0 { "\n" } else { ",\n" });
        let (name, why) = (json!(family.name).to_string(), json!(family.why).to_string());
        out.push_str(&["{\"family\": ", &name, ", \"why\": ", &why, ",\n\"tokens\": ["].concat());
        for (n, row) in family.rows.into_iter().enumerate() {
            let reason = judge(&row.token, &row.ask, &keysets).reason.to_string();
            let line = json!({"name": row.name, "token": row.token, "ask": row.ask, "rule": row.rule, "reason": reason});
            out.push_str(if n == 0 { "\n" } else { ",\n" });
            out.push_str(&line.to_string());
        }
        out.push_str("\n]}");
    }
    out.push_str("\n]}\n");
    out
}

/// The file is these tables, word for word; and what it says is judged from the file alone.
#[test]
fn the_file_for_other_verifiers_is_these_tables() {
    let made = as_file();
    if std::env::var_os("LATCHKEY_BLESS").is_some() {
        std::fs::write(FILE, &made).unwrap();
    }
    let kept = std::fs::read_to_string(FILE).unwrap();
    assert!(kept == made, "the tables changed: LATCHKEY_BLESS=1 cargo test --lib hostile");
    let file: Value = serde_json::from_str(&kept).unwrap();
    let texts = file["keysets"].as_object().unwrap().iter();
    let keysets = opened(texts.map(|(n, t)| (n.clone(), t.as_str().unwrap().to_owned())));
    for token in file["families"].as_array().unwrap().iter().flat_map(|f| f["tokens"].as_array().unwrap()) {
        let ask: Ask = serde_json::from_value(token["ask"].clone()).unwrap();
        let verdict = judge(token["token"].as_str().unwrap(), &ask, &keysets);
        assert_eq!(json!(verdict.rule), token["rule"], "{}", token["name"]);
    }
}

/// Any single symbol of a token changed to any other is refused.
#[test]
fn every_single_symbol_counts() {
    let keyset = keyset_of(&keyset_claims());
    let token = good();
    for at in 0..token.len() {
        let mut bytes = token.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(bytes).unwrap();
        assert!(rule(&changed, &keyset).is_some(), "symbol {at}");
    }
}

#[test]
fn the_good_one_passes() {
    let keyset = keyset_of(&keyset_claims());
    let verdict = verdict(&good(), &VerifyContext::new(&keyset, NOW));
    assert!(verdict.valid, "{}", verdict.reason);
    assert_eq!(verdict.claims.as_ref().unwrap()["ticket"], 17);
    assert_eq!(verdict.authorization(), Some(&unbind()));
    let shown = serde_json::to_value(&verdict).unwrap();
    assert_eq!((&shown["valid"], &shown["rule"]), (&json!(true), &Value::Null));
    let refused = serde_json::to_value(super::verify("x", &VerifyContext::new(&keyset, NOW))).unwrap();
    assert_eq!((&refused["rule"], &refused["claims"]), (&json!("form"), &Value::Null));
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
