//! Hostile tokens, first table: form, header, key and signature. Each names the rule that stops it.

#![allow(clippy::too_many_lines)] // a table is read row by row

use base64ct::{Base64, Base64UrlUnpadded, Encoding as _};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

use super::sample::*;
use super::{Authored as _, DecisionClaims, Keyset, KeysetClaims, Rule, StatementClaims, VerifyContext};
use crate::domain::Op;

type Table = Vec<(&'static str, String, Rule)>;

fn run(table: Table) -> usize {
    let keyset = keyset_of(&keyset_claims());
    let rows = table.len();
    for (name, token, expected) in table {
        let verdict = verdict(&token, &VerifyContext::new(&keyset, NOW));
        assert_eq!(verdict.rule, Some(expected), "{name}: {}", verdict.reason);
    }
    rows
}

fn good() -> String {
    unbind().sign(&key("anna")).unwrap()
}

/// The good token with its parts edited as text.
fn parts(edit: impl FnOnce(&mut [String])) -> String {
    let mut parts: Vec<String> = good().split('.').map(str::to_owned).collect();
    edit(&mut parts);
    parts.join(".")
}

/// The last symbol of a part, replaced by one with the same bits and one unused bit set.
fn stray_bits(part: &mut String) {
    let symbols = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    assert_ne!(part.len() % 4, 0, "this part has no unused bits");
    let at = symbols.find(part.pop().unwrap()).unwrap();
    part.push(char::from(symbols.as_bytes()[at | 1]));
}

fn with_header(edit: impl FnOnce(&mut Value)) -> String {
    let mut head: Value = serde_json::from_str(&header(&key("anna"))).unwrap();
    edit(&mut head);
    forge(head.to_string().as_bytes(), json!(unbind()).to_string().as_bytes(), &key("anna"))
}

fn with_bytes(head: &[u8], claims: &[u8]) -> String {
    forge(head, claims, &key("anna"))
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

#[test]
fn compact_form() {
    let anna = header(&key("anna"));
    let claims = json!(unbind()).to_string();
    let long = edited(|c| c["pad"] = "x".repeat(4000).into());
    assert!(long.len() > 4096);
    let deep = format!(r#"{{"a":{}{}}}"#, "[".repeat(500), "]".repeat(500));
    let twice = claims.replacen('{', r#"{"exp":9999999999,"#, 1);
    let twice_escaped = claims.replacen('{', "{\"\\u0065xp\":9999999999,", 1);
    let nested_twice = claims.replacen(r#""index":"#, r#""index":1,"index":"#, 1);
    let two_algs = anna.replacen('{', r#"{"alg":"none","#, 1);
    assert!(nested_twice != claims && twice != claims);
    let mut not_utf8 = claims.clone().into_bytes();
    not_utf8[2] = 0xFF;
    let swapped = |from: [char; 2], to: [&str; 2]| {
        // A claim whose base64 has both of the symbols that differ between the alphabets.
        let token = edited(|c| c["x"] = "~~~???>>>".into());
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let (head, body) = signed.split_once('.').unwrap();
        assert!(body.contains(from[0]) || body.contains(from[1]), "{body}");
        format!("{head}.{}.{signature}", body.replace(from[0], to[0]).replace(from[1], to[1]))
    };
    let rows = run(vec![
        ("nothing", String::new(), Rule::Form),
        ("two dots", "..".into(), Rule::Form),
        ("one part", parts(|p| p[1..].iter_mut().for_each(String::clear)).replace('.', ""), Rule::Form),
        ("two parts", good().rsplit_once('.').unwrap().0.into(), Rule::Form),
        ("four parts", good() + ".AAAA", Rule::Form),
        ("trailing dot", good() + ".", Rule::Form),
        ("leading dot", format!(".{}", good()), Rule::Form),
        ("empty claims", parts(|p| p[1].clear()), Rule::Form),
        ("padding after the header", parts(|p| p[0].push('=')), Rule::Form),
        ("padding after the claims", parts(|p| p[1].push('=')), Rule::Form),
        ("padding after the signature", parts(|p| p[2].push_str("==")), Rule::Form),
        ("plain base64 alphabet", swapped(['-', '_'], ["+", "/"]), Rule::Form),
        (
            "plain base64 throughout",
            {
                let encode = |text: &str| Base64::encode_string(text.as_bytes());
                format!("{}.{}.{}", encode(&anna), encode(&claims), Base64::encode_string(&[7; 64]))
            },
            Rule::Form,
        ),
        ("newline inside", parts(|p| p[1].insert(10, '\n')), Rule::Form),
        ("newline after", good() + "\n", Rule::Form),
        ("CRLF after", good() + "\r\n", Rule::Form),
        ("space before", format!(" {}", good()), Rule::Form),
        ("tab inside", parts(|p| p[2].insert(3, '\t')), Rule::Form),
        ("NUL inside", parts(|p| p[2].insert(3, '\0')), Rule::Form),
        ("a letter of another alphabet", parts(|p| p[1].insert(3, 'а')), Rule::Form),
        (
            "one symbol too many",
            parts(|p| {
                while p[1].len() % 4 != 1 {
                    p[1].push('A');
                }
            }),
            Rule::Form,
        ),
        ("stray bits in the signature", parts(|p| stray_bits(&mut p[2])), Rule::Form),
        (
            "stray bits in the claims",
            {
                let padded = (0..3).map(|n| edited(|c| c["x"] = "y".repeat(n).into()));
                let token = padded.into_iter().find(|t| t.split('.').nth(1).unwrap().len() % 4 != 0).unwrap();
                let mut parts: Vec<String> = token.split('.').map(str::to_owned).collect();
                stray_bits(&mut parts[1]);
                parts.join(".")
            },
            Rule::Form,
        ),
        ("longer than 4 KiB", long, Rule::Form),
        ("a key id of 10 kB", with_header(|h| h["kid"] = "k".repeat(10_000).into()), Rule::Form),
        ("JSON serialization", json!({"payload": claims, "signatures": []}).to_string(), Rule::Form),
        ("header is no JSON", with_bytes(b"EdDSA", claims.as_bytes()), Rule::Form),
        ("header is a list", with_bytes(b"[]", claims.as_bytes()), Rule::Form),
        ("claims are a list", with_bytes(anna.as_bytes(), b"[]"), Rule::Form),
        ("claims are a number", with_bytes(anna.as_bytes(), b"1"), Rule::Form),
        ("claims are null", with_bytes(anna.as_bytes(), b"null"), Rule::Form),
        ("claims are not UTF-8", with_bytes(anna.as_bytes(), &not_utf8), Rule::Form),
        ("byte order mark", with_bytes(anna.as_bytes(), format!("\u{feff}{claims}").as_bytes()), Rule::Form),
        ("two documents", with_bytes(anna.as_bytes(), format!("{claims}{{}}").as_bytes()), Rule::Form),
        ("depth bomb", with_bytes(anna.as_bytes(), deep.as_bytes()), Rule::Form),
        ("exp twice", with_bytes(anna.as_bytes(), twice.as_bytes()), Rule::Form),
        ("exp twice, once escaped", with_bytes(anna.as_bytes(), twice_escaped.as_bytes()), Rule::Form),
        ("repeated key inside", with_bytes(anna.as_bytes(), nested_twice.as_bytes()), Rule::Form),
        ("alg twice", with_bytes(two_algs.as_bytes(), claims.as_bytes()), Rule::Form),
        ("header jku", with_header(|h| h["jku"] = "https://evil.example/jwks".into()), Rule::Form),
        ("header jwk", with_header(|h| h["jwk"] = json!(key("stranger").public().to_jwk())), Rule::Form),
        ("header x5u", with_header(|h| h["x5u"] = "https://evil.example/x".into()), Rule::Form),
        ("header x5c", with_header(|h| h["x5c"] = json!(["MIIB"])), Rule::Form),
        ("header crit", with_header(|h| h["crit"] = json!(["exp"])), Rule::Form),
        ("header b64", with_header(|h| h["b64"] = false.into()), Rule::Form),
        ("header zip", with_header(|h| h["zip"] = "DEF".into()), Rule::Form),
        ("header cty", with_header(|h| h["cty"] = "JWT".into()), Rule::Form),
        ("header Alg", with_header(|h| h["Alg"] = "EdDSA".into()), Rule::Form),
        ("header iss", with_header(|h| h["iss"] = DESK.into()), Rule::Form),
    ]);
    assert!(rows > 45);
}

#[test]
fn header_and_key() {
    let alg = |alg: Value| with_header(|h| h["alg"] = alg);
    let typ = |typ: Value| with_header(|h| h["typ"] = typ);
    let kid = |kid: Value| with_header(|h| h["kid"] = kid);
    let by =
        |name: &str| forge(header(&key(name)).as_bytes(), json!(unbind()).to_string().as_bytes(), &key(name));
    let without = |name: &str| with_header(|h| drop(h.as_object_mut().unwrap().remove(name)));
    let hs256 = {
        let head = header(&key("anna")).replace("EdDSA", "HS256");
        let token = with_bytes(head.as_bytes(), json!(unbind()).to_string().as_bytes());
        let signed = token.rsplit_once('.').unwrap().0;
        let mut mac = Hmac::<Sha256>::new_from_slice(&key("anna").public().to_bytes()).unwrap();
        mac.update(signed.as_bytes());
        format!("{signed}.{}", Base64UrlUnpadded::encode_string(&mac.finalize().into_bytes()))
    };
    let none = alg("none".into()).rsplit_once('.').unwrap().0.to_owned() + ".";
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
    run(vec![
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
        ("typ JWT", typ("JWT".into()), Rule::Typ),
        ("typ in capitals", typ("LATCHKEY-AUTH+JWT".into()), Rule::Typ),
        ("typ as media type", typ("application/latchkey-auth+jwt".into()), Rule::Typ),
        ("typ null", typ(Value::Null), Rule::Typ),
        ("no typ", without("typ"), Rule::Typ),
        ("an approval", approval(&unbind()).sign(&key("boris")).unwrap(), Rule::Typ),
        ("a decision", decision.sign(&key("anna")).unwrap(), Rule::Typ),
        ("a statement", statement.sign(&key("anna")).unwrap(), Rule::Typ),
        ("a keyset", small_keyset, Rule::Typ),
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
        ("the root's key", by("root"), Rule::Kid),
        ("a stranger's key", by("stranger"), Rule::Kid),
        ("a disabled key", by("eve"), Rule::Kid),
        ("a custodian's key", by("clara"), Rule::Kid),
        ("an auditor's key", by("dora"), Rule::Kid),
        ("a key that ran out", by("olga"), Rule::Kid),
        ("a key not yet valid", by("nina"), Rule::Kid),
    ]);
}

#[test]
fn signature() {
    // The order of the group (RFC 8032, 5.1), little-endian: S + L is S again to a lax verifier.
    const L: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde,
        0x14, //
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let resigned = |edit: fn(&mut Vec<u8>)| {
        parts(|p| {
            let mut bytes = Base64UrlUnpadded::decode_vec(&p[2]).unwrap();
            edit(&mut bytes);
            p[2] = Base64UrlUnpadded::encode_string(&bytes);
        })
    };
    let mut table: Table = vec![
        ("no signature", resigned(Vec::clear), Rule::Signature),
        ("63 bytes", resigned(|s| s.truncate(63)), Rule::Signature),
        ("65 bytes", resigned(|s| s.push(0)), Rule::Signature),
        ("zeros", resigned(|s| s.fill(0)), Rule::Signature),
        ("one bit of R", resigned(|s| s[0] ^= 1), Rule::Signature),
        ("one bit of S", resigned(|s| s[40] ^= 1), Rule::Signature),
        (
            "S not reduced",
            resigned(|s| {
                let mut carry = 0;
                for (byte, l) in s[32..].iter_mut().zip(L) {
                    let sum = u16::from(*byte) + u16::from(l) + carry;
                    *byte = u8::try_from(sum & 0xFF).unwrap();
                    carry = sum >> 8;
                }
                assert_eq!(carry, 0);
            }),
            Rule::Signature,
        ),
        (
            "small-order R and S = 0",
            resigned(|s| {
                s.fill(0);
                s[0] = 1;
            }),
            Rule::Signature,
        ),
        (
            "a stranger with anna's kid",
            forge(header(&key("anna")).as_bytes(), json!(unbind()).to_string().as_bytes(), &key("stranger")),
            Rule::Signature,
        ),
        (
            "boris with anna's kid",
            forge(header(&key("anna")).as_bytes(), json!(unbind()).to_string().as_bytes(), &key("boris")),
            Rule::Signature,
        ),
        (
            "another token's signature",
            {
                let other = edited(|c| c["ticket"] = 18.into());
                parts(|p| p[2] = other.rsplit_once('.').unwrap().1.into())
            },
            Rule::Signature,
        ),
        (
            "header written in another order",
            parts(|p| {
                let head =
                    format!(r#"{{"kid":"{}","typ":"latchkey-auth+jwt","alg":"EdDSA"}}"#, key("anna").kid());
                p[0] = Base64UrlUnpadded::encode_string(head.as_bytes());
            }),
            Rule::Signature,
        ),
        (
            "another agent's kid",
            parts(|p| p[0] = Base64UrlUnpadded::encode_string(header(&key("boris")).as_bytes())),
            Rule::Signature,
        ),
    ];
    // One change of each claim, the signature left as it was.
    let changes: [(&str, Value); 16] = [
        ("iss", "another-desk".into()),
        ("sub", "device:imei:356938035643817".into()),
        ("aud", "centre-1".into()),
        ("op", "reset-device".into()),
        ("dev", json!(["imei:999999999999999"])),
        ("acc", "A-2".into()),
        ("jti", super::jti_of(&[4; 16]).into()),
        ("ticket", 18.into()),
        ("evd", "sha256:x".into()),
        ("pol", "sha256:x".into()),
        ("iat", (NOW - 1).into()),
        ("nbf", (NOW - 1).into()),
        ("exp", (NOW + 48 * HOUR).into()),
        ("chal", "00ff".into()),
        ("log", json!({"origin": "x", "index": 0})),
        ("apv", json!(["x"])),
    ];
    for (claim, value) in changes {
        let token = parts(|p| {
            let mut claims = json!(unbind());
            claims[claim] = value;
            p[1] = Base64UrlUnpadded::encode_string(claims.to_string().as_bytes());
        });
        table.push((claim, token, Rule::Signature));
    }
    run(table);
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
