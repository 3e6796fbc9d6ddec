//! Files for the verifiers of other houses (`tests/peers/`), written into the folder that
//! `LATCHKEY_EMIT` names; without it nothing happens.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use super::{Draft, Head, Info, verifier_key};
use crate::authority::sample::{HOUR, NOW, approval, key, keyset_claims, reset_account, unbind};
use crate::authority::{Authored as _, AuthorizationClaims, Keyset, Trust};

#[test]
fn emit() {
    let Some(folder) = std::env::var_os("LATCHKEY_EMIT").map(PathBuf::from) else { return };
    let put = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
    // Peers have no clock to set, so these files are of today.
    let today = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let shift = i64::try_from(today).unwrap() - NOW;

    let mut keyset = keyset_claims();
    keyset.iat += shift;
    for agent in &mut keyset.agents {
        (agent.nbf, agent.exp) = (agent.nbf + shift, agent.exp + shift);
    }
    let text = Keyset::sign(&keyset, &key("root")).unwrap();
    let jwks = Keyset::verify(&text, Trust::Carried, 0).unwrap().jwks();
    put("keyset.jws", &text);
    put("jwks.json", &jwks.to_string());
    let dated = |mut claims: AuthorizationClaims| {
        (claims.iat, claims.nbf, claims.exp) = (claims.iat + shift, claims.nbf + shift, claims.exp + shift);
        claims.aud = "centre-1".into();
        claims
    };
    put("token.jws", &dated(unbind()).sign(&key("anna")).unwrap());
    let mut old = dated(unbind());
    (old.iat, old.nbf, old.exp) = (old.iat - 48 * HOUR, old.nbf - 48 * HOUR, old.exp - 48 * HOUR);
    put("expired.jws", &old.sign(&key("anna")).unwrap());
    let mut two = dated(reset_account());
    two.apv = vec![approval(&two).sign(&key("boris")).unwrap()];
    put("token-two.jws", &two.sign(&key("anna")).unwrap());

    let origin = "latchkey.example/desk/7";
    let (mut head, mut line, mut leaves) = (Head::new(), String::new(), String::new());
    for n in 0..1000 {
        let draft = Draft::new("note", "anna").ticket(n).info("text", Info::Text("строка\n\u{2028}"));
        head.append(draft, NOW, &mut line).unwrap();
        leaves.push_str(&line);
        leaves.push('\n');
    }
    put("leaves.jsonl", &leaves);
    put("checkpoint.txt", &head.checkpoint(origin).sign(&key("anna")).unwrap());
    put("vkey.txt", &verifier_key(origin, key("anna").public()).unwrap());
}
