//! Form: two readers of one text must not see two tokens.

use base64ct::{Base64, Encoding as _};
use serde_json::json;

use super::super::sample::*;
use super::{Family, Rule, rows};

/// The last symbol of a part, replaced by one with the same bits and one unused bit set.
fn stray_bits(part: &mut String) {
    let symbols = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    assert_ne!(part.len() % 4, 0, "this part has no unused bits");
    let at = symbols.find(part.pop().unwrap()).unwrap();
    part.push(char::from(symbols.as_bytes()[at | 1]));
}

pub fn family() -> Family {
    let anna = header(&key("anna"));
    let claims = json!(unbind()).to_string();
    let long = edited(|c| c["pad"] = "x".repeat(4000).into());
    assert!(long.len() > 4096);
    let deep = format!(r#"{{"a":{}{}}}"#, "[".repeat(500), "]".repeat(500));
    let twice = claims.replacen('{', r#"{"exp":9999999999,"#, 1);
    let twice_escaped = claims.replacen('{', "{\"\\u0065xp\":9999999999,", 1);
    let nested_twice = claims.replacen(r#""index":"#, r#""index":1,"index":"#, 1);
    let two_algs = anna.replacen('{', r#"{"alg":"none","#, 1);
    let surrogate = claims.replacen('{', r#"{"x":"\ud800","#, 1);
    let comma = claims.replacen('}', ",}", 1);
    let control = claims.replacen('{', "{\"x\":\"a\nb\",", 1);
    let nan = claims.replacen('{', r#"{"x":NaN,"#, 1);
    let comment = claims.replacen('{', "{/* */", 1);
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
    let rows = rows(vec![
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
        ("lone surrogate", with_bytes(anna.as_bytes(), surrogate.as_bytes()), Rule::Form),
        ("trailing comma", with_bytes(anna.as_bytes(), comma.as_bytes()), Rule::Form),
        ("a control character in a string", with_bytes(anna.as_bytes(), control.as_bytes()), Rule::Form),
        ("NaN", with_bytes(anna.as_bytes(), nan.as_bytes()), Rule::Form),
        ("a comment", with_bytes(anna.as_bytes(), comment.as_bytes()), Rule::Form),
    ]);
    Family {
        name: "form",
        why: "Two readers that see two tokens in one text: one checks, the other acts.",
        rows,
    }
}
