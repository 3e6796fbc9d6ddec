//! What is signed: tokens, keysets, revocations; checkpoints and the proofs that carry them.

use std::sync::OnceLock;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use latchkey::audit::{
    Checkpoint, ConsistencyRequest, ForkProof, TlogProof, VerifierKey, bundle, cosignatures, unbundle,
};
use latchkey::authority::{
    AgentEntry, AgentKey, Keyset, KeysetClaims, RevocationList, Trust, VerifyContext, unverified, verify,
};
use latchkey::domain::{Op, Role};

use super::NOW;

const DESK: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

fn people() -> &'static (AgentKey, AgentKey, Keyset) {
    static MADE: OnceLock<(AgentKey, AgentKey, Keyset)> = OnceLock::new();
    MADE.get_or_init(|| {
        let (root, anna) = (AgentKey::from_seed("root", &[99; 32]), AgentKey::from_seed("anna", &[1; 32]));
        let jwk = anna.public().to_jwk();
        let entry = AgentEntry {
            name: "anna".into(),
            kid: jwk.kid.clone(),
            jwk,
            roles: vec![Role::Agent],
            ops: Op::ALL.to_vec(),
            nbf: 0,
            exp: NOW.0 * 2,
            disabled: false,
            disabled_at: None,
            approves_from: 0,
        };
        let claims = KeysetClaims {
            iss: DESK.into(),
            version: 1,
            rehearsal: false,
            iat: NOW.0 - 3600,
            root: root.public().to_jwk(),
            solo: vec![Op::Unbind, Op::ResetDevice],
            agents: vec![entry],
        };
        let text = Keyset::sign(&claims, &root).unwrap();
        let keyset = Keyset::verify(&text, Trust::Pinned(root.public()), 0).unwrap();
        (root, anna, keyset)
    })
}

fn signed(header: &[u8], claims: &[u8], key: &AgentKey) -> String {
    let text = [header, claims].map(Base64UrlUnpadded::encode_string).join(".");
    let signature = Base64UrlUnpadded::encode_string(&key.sign(text.as_bytes()));
    format!("{text}.{signature}")
}

/// Tokens as they come, and claims or headers that are signed as they are, so that what lies behind the signature is
/// reached, too. What is accepted is in its one canonical form, and no neighbour of it is accepted.
pub fn tokens(data: &[u8]) {
    let Some((kind, data)) = data.split_first() else { return };
    let (root, anna, keyset) = people();
    let header =
        |typ: &str, key: &AgentKey| format!(r#"{{"alg":"EdDSA","typ":"{typ}","kid":"{}"}}"#, key.kid());
    let token = match kind % 5 {
        0 => match std::str::from_utf8(data) {
            Ok(text) => text.to_owned(),
            Err(_) => return,
        },
        1 => signed(header("latchkey-auth+jwt", anna).as_bytes(), data, anna),
        2 => signed(data, br#"{"iss":"x"}"#, anna),
        3 => {
            let text = signed(header("latchkey-keyset+jwt", root).as_bytes(), data, root);
            if let Ok(read) = Keyset::verify(&text, Trust::Pinned(root.public()), 0) {
                let again =
                    Keyset::sign(read.claims(), root).expect("a keyset that was read is signed again");
                let again = Keyset::verify(&again, Trust::Pinned(root.public()), 0).unwrap();
                assert_eq!(again.claims(), read.claims());
            }
            return;
        }
        _ => {
            let text = signed(header("latchkey-revocations+jwt", anna).as_bytes(), data, anna);
            let _ = RevocationList::verify(&text, keyset, NOW.0, 0);
            return;
        }
    };
    let context = VerifyContext::new(keyset, NOW.0);
    let verdict = verify(&token, &context);
    let _ = unverified(&token);
    assert_eq!(verdict.valid, verdict.rule.is_none());
    assert_eq!(verdict.valid, verdict.authorization().is_some());
    if verdict.valid {
        canonical(&token, &context);
    }
}

/// Three parts, each the one way to write its bytes; a blank, a dot or a padding more and it is another text.
fn canonical(token: &str, context: &VerifyContext<'_>) {
    let parts: Vec<&str> = token.split('.').collect();
    assert_eq!(parts.len(), 3);
    for part in parts {
        let bytes = Base64UrlUnpadded::decode_vec(part).unwrap();
        assert_eq!(Base64UrlUnpadded::encode_string(&bytes), part);
    }
    for other in [format!("{token}="), format!("{token}."), format!(" {token}"), format!("{token}\n")] {
        assert!(!verify(&other, context).valid, "{other:?}");
    }
}

/// Checkpoints, proofs, requests, keys and bundles: what is read is written as it was.
pub fn notes(data: &[u8]) {
    let Some((kind, data)) = data.split_first() else { return };
    if kind % 6 == 5 {
        if let Some(leaves) = unbundle(data) {
            assert_eq!(bundle(leaves).as_deref(), Some(data));
        }
        return;
    }
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (_, anna, _) = people();
    match kind % 6 {
        0 => {
            if let Ok(head) = Checkpoint::parse(text) {
                let again = head.sign(anna).expect("a head that was read is signed again");
                assert_eq!(Checkpoint::open(&again, &head.origin, &[anna.public()]), Ok(head.clone()));
                assert!(Checkpoint::open(text, &head.origin, &[anna.public()]).is_err(), "nobody signed it");
                let (text, again) = (text.split("\n\n").next(), again.split("\n\n").next());
                assert_eq!(text, again, "a head has one text");
            }
        }
        1 => {
            if let Ok(proof) = TlogProof::parse(text) {
                assert_eq!(proof.to_text(), text, "a proof has one text");
                assert!(proof.verify(&[]).is_err());
            }
        }
        2 => {
            if let Ok(proof) = ForkProof::parse(text) {
                assert_eq!(proof.to_text(), text, "a proof has one text");
                assert!(proof.verify(&[]).is_err());
            }
        }
        3 => {
            if let Ok(request) = ConsistencyRequest::parse(text) {
                assert_eq!(request.to_text(), text, "a request has one text");
            }
        }
        _ => {
            if let Ok(key) = VerifierKey::parse(text) {
                assert_eq!(VerifierKey::parse(&key.to_string()).map(|k| k.to_string()), Ok(key.to_string()));
                let _ = cosignatures(text, &[key]);
            }
        }
    }
}
