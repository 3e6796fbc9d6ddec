//! The header: it may only agree with the key, never choose.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

use super::super::sample::*;
use super::super::{Authored as _, DecisionClaims, Keyset, KeysetClaims, StatementClaims};
use super::{Family, Rule, rows};
use crate::domain::Op;

fn without(name: &str) -> String {
    with_header(|h| drop(h.as_object_mut().unwrap().remove(name)))
}

pub fn algorithm() -> Family {
    let alg = |alg: Value| with_header(|h| h["alg"] = alg);
    let hs256 = {
        let head = header(&key("anna")).replace("EdDSA", "HS256");
        let token = with_bytes(head.as_bytes(), json!(unbind()).to_string().as_bytes());
        let signed = token.rsplit_once('.').unwrap().0;
        let mut mac = Hmac::<Sha256>::new_from_slice(&key("anna").public().to_bytes()).unwrap();
        mac.update(signed.as_bytes());
        format!("{signed}.{}", Base64UrlUnpadded::encode_string(&mac.finalize().into_bytes()))
    };
    let none = alg("none".into()).rsplit_once('.').unwrap().0.to_owned() + ".";
    let rows = rows(vec![
        ("alg none, no signature", none, Rule::Alg),
        ("alg None", alg("None".into()), Rule::Alg),
        ("HS256 with the public key", hs256, Rule::Alg),
        ("alg in lower case", alg("eddsa".into()), Rule::Alg),
        ("alg in upper case", alg("EDDSA".into()), Rule::Alg),
        ("the newer name", alg("Ed25519".into()), Rule::Alg),
        ("ES256", alg("ES256".into()), Rule::Alg),
        ("RS256", alg("RS256".into()), Rule::Alg),
        ("alg with a space", alg("EdDSA ".into()), Rule::Alg),
        ("alg a number", alg(5.into()), Rule::Alg),
        ("alg a list", alg(json!(["EdDSA"])), Rule::Alg),
        ("no alg", without("alg"), Rule::Alg),
    ]);
    Family {
        name: "alg",
        why: "A verifier that lets the token choose the algorithm takes a token that nobody signed.",
        rows,
    }
}

pub fn kind() -> Family {
    let typ = |typ: Value| with_header(|h| h["typ"] = typ);
    let small_keyset = {
        let mut claims: KeysetClaims = keyset_claims();
        claims.agents.truncate(2);
        Keyset::sign(&claims, &key("root")).unwrap()
    };
    let decision = DecisionClaims {
        iss: DESK.into(),
        by: "anna".into(),
        ticket: 17,
        recommendation: "approve".into(),
        decision: "approve".into(),
        overrides: false,
        reason: None,
        jti: unbind().jti,
        op: Some(Op::Unbind),
        sub: unbind().sub,
        evd: unbind().evd,
        fnd: "sha256:f".into(),
        pol: unbind().pol,
        iat: NOW - HOUR,
    };
    let statement = StatementClaims {
        iss: DESK.into(),
        by: "anna".into(),
        act: "clear".into(),
        ticket: None,
        sub: None,
        facts: [("check".to_owned(), "receipt.unique".to_owned())].into(),
        iat: NOW - HOUR,
    };
    let rows = rows(vec![
        ("typ JWT", typ("JWT".into()), Rule::Typ),
        ("typ in capitals", typ("LATCHKEY-AUTH+JWT".into()), Rule::Typ),
        ("typ as media type", typ("application/latchkey-auth+jwt".into()), Rule::Typ),
        ("typ null", typ(Value::Null), Rule::Typ),
        ("no typ", without("typ"), Rule::Typ),
        ("an approval", approval(&unbind()).sign(&key("boris")).unwrap(), Rule::Typ),
        ("a decision", decision.sign(&key("anna")).unwrap(), Rule::Typ),
        ("a statement", statement.sign(&key("anna")).unwrap(), Rule::Typ),
        ("a keyset", small_keyset, Rule::Typ),
    ]);
    Family {
        name: "typ",
        why: "One kind of signed document standing in for another: a yes, a decision, a list of keys.",
        rows,
    }
}

pub fn key_id() -> Family {
    let kid = |kid: Value| with_header(|h| h["kid"] = kid);
    let rows = rows(vec![
        ("no kid", without("kid"), Rule::Kid),
        ("kid empty", kid("".into()), Rule::Kid),
        ("kid a number", kid(1.into()), Rule::Kid),
        ("kid unknown", kid("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k".into()), Rule::Kid),
        ("kid a path", kid("../../../../dev/null".into()), Rule::Kid),
        ("kid SQL", kid("x' UNION SELECT 'anna' --".into()), Rule::Kid),
        ("kid a name", kid("anna".into()), Rule::Kid),
        ("kid with controls", kid("\u{1b}[2J\u{202e}".into()), Rule::Kid),
        ("kid with a space", kid(format!("{} ", key("anna").kid()).into()), Rule::Kid),
        ("kid of 2 kB", kid("k".repeat(2000).into()), Rule::Kid),
    ]);
    Family {
        name: "kid",
        why: "The token chooses what it is checked with: no key, a file, a query, a name that is not the key's.",
        rows,
    }
}

pub fn signers() -> Family {
    let by =
        |name: &str| forge(header(&key(name)).as_bytes(), json!(unbind()).to_string().as_bytes(), &key(name));
    let rows = rows(vec![
        ("the root's key", by("root"), Rule::Kid),
        ("a stranger's key", by("stranger"), Rule::Kid),
        ("a disabled key", by("eve"), Rule::Kid),
        ("a custodian's key", by("clara"), Rule::Kid),
        ("an auditor's key", by("dora"), Rule::Kid),
        ("a key that ran out", by("olga"), Rule::Kid),
        ("a key not yet valid", by("nina"), Rule::Kid),
    ]);
    Family {
        name: "signer",
        why: "A true signature of somebody who may sign nothing: not yet, not any more, or never.",
        rows,
    }
}
