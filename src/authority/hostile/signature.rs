//! The signature: over exactly these bytes, by exactly this key, in one encoding only.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use serde_json::{Value, json};

use super::super::sample::*;
use super::{Family, Rule, row, rows};

pub fn family() -> Family {
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
    let rows = rows(vec![
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
    ]);
    Family {
        name: "signature",
        why: "A second signature that passes for the first, or one that is another's, of another token, or none.",
        rows,
    }
}

pub fn claims_changed() -> Family {
    // One change of each claim, the signature left as it was.
    let changes: [(&str, Value); 16] = [
        ("iss", "another-desk".into()),
        ("sub", "device:imei:356938035643817".into()),
        ("aud", "centre-1".into()),
        ("op", "reset-device".into()),
        ("dev", json!(["imei:999999999999999"])),
        ("acc", "A-2".into()),
        ("jti", super::super::jti_of(&[4; 16]).into()),
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
    let token = |claim: &str, value: &Value| {
        parts(|p| {
            let mut claims = json!(unbind());
            claims[claim] = value.clone();
            p[1] = Base64UrlUnpadded::encode_string(claims.to_string().as_bytes());
        })
    };
    let rows = changes.iter().map(|(claim, value)| row(*claim, token(claim, value), Rule::Signature));
    Family {
        name: "claim changed after signing",
        why: "A grant for one device, centre or week made into a grant for another by whoever carries it.",
        rows: rows.collect(),
    }
}
