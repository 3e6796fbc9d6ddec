//! A desk for the tests: people of every kind, good claims, and ways to forge bad ones.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use serde_json::{Value, json};

use super::{
    AgentEntry, AgentKey, ApprovalClaims, Approve, Authored as _, AuthorizationClaims, DEFAULT_SOLO, Keyset,
    KeysetClaims, LogPosition, Rule, Trust, Verdict, VerifyContext, jti_of, verify,
};
use crate::domain::{Op, Role};

/// The time of every test: 2027-01-15T08:00:00Z.
pub const NOW: i64 = 1_800_000_000;
pub const DESK: &str = "01890a5d-ac96-774b-bcce-b302099a8057";
pub const IMEI: &str = "imei:356938035643809";
pub const HOUR: i64 = 3600;

/// Name, seed, roles, operations, and how far the key's times and state are from the usual.
pub const PEOPLE: [(&str, u8, &[Role], &[Op]); 10] = [
    ("anna", 1, &[Role::Agent], Op::ALL),
    ("boris", 2, &[Role::Agent, Role::Approver], Op::ALL),
    ("clara", 3, &[Role::Custodian], Op::ALL),
    ("dora", 4, &[Role::Auditor], Op::ALL),
    ("eve", 5, &[Role::Agent, Role::Approver], Op::ALL), // disabled
    ("olga", 6, &[Role::Agent, Role::Approver], Op::ALL), // ran out
    ("nina", 7, &[Role::Agent, Role::Approver], Op::ALL), // not yet valid
    ("ivan", 8, &[Role::Agent], &[Op::Unbind]),
    ("petr", 9, &[Role::Approver], &[Op::Unbind]),
    ("anna", 10, &[Role::Agent, Role::Approver], Op::ALL), // anna's second key
];

pub fn key(name: &str) -> AgentKey {
    let seed = match name {
        "root" => 99,
        "stranger" => 77,
        "anna-2" => return AgentKey::from_seed("anna", &[10; 32]),
        name => PEOPLE.iter().find(|p| p.0 == name).unwrap().1,
    };
    AgentKey::from_seed(name, &[seed; 32])
}

pub fn keyset_claims() -> KeysetClaims {
    let agents = PEOPLE.iter().map(|(name, seed, roles, ops)| {
        let jwk = AgentKey::from_seed(name, &[*seed; 32]).public().to_jwk();
        let (nbf, exp) = match *name {
            "olga" => (NOW - 9000 * HOUR, NOW - 10 * HOUR),
            "nina" => (NOW + HOUR, NOW + 9000 * HOUR),
            _ => (NOW - 9000 * HOUR, NOW + 9000 * HOUR),
        };
        let (kid, disabled) = (jwk.kid.clone(), *name == "eve");
        let (roles, ops) = (roles.to_vec(), ops.to_vec());
        let disabled_at = disabled.then_some(NOW - 30 * HOUR);
        let name = (*name).to_owned();
        AgentEntry { name, kid, jwk, roles, ops, nbf, exp, disabled, disabled_at, approves_from: 0 }
    });
    KeysetClaims {
        iss: DESK.into(),
        version: 7,
        rehearsal: false,
        iat: NOW - 24 * HOUR,
        root: key("root").public().to_jwk(),
        solo: DEFAULT_SOLO.to_vec(),
        agents: agents.collect(),
    }
}

pub fn keyset_of(claims: &KeysetClaims) -> Keyset {
    let root = key("root");
    let text = Keyset::sign(claims, &root).unwrap();
    Keyset::verify(&text, Trust::Pinned(root.public()), 0).unwrap()
}

/// An unbind of one device, by anna, for anyone.
pub fn unbind() -> AuthorizationClaims {
    AuthorizationClaims {
        iss: DESK.into(),
        sub: format!("device:{IMEI}"),
        aud: "any".into(),
        op: Op::Unbind,
        dev: vec![IMEI.into(), "imei:356938035643817".into(), "serial:R58M123ABC".into()],
        acc: Some("A-1001".into()),
        jti: jti_of(&[3; 16]),
        ticket: 17,
        evd: "sha256:evidence".into(),
        pol: "sha256:policy".into(),
        iat: NOW - HOUR,
        nbf: NOW - HOUR,
        exp: NOW + 24 * HOUR,
        chal: None,
        log: LogPosition { origin: "latchkey.example/desk".into(), index: 41 },
        apv: vec![],
    }
}

/// A reset of the account, approved by boris.
pub fn reset_account() -> AuthorizationClaims {
    let mut claims = unbind();
    claims.op = Op::ResetAccount;
    claims.sub = "account:A-1001".into();
    claims.apv = vec![approval(&claims).sign(&key("boris")).unwrap()];
    claims
}

/// Boris's yes to a grant.
pub fn approval(claims: &AuthorizationClaims) -> ApprovalClaims {
    ApprovalClaims {
        iss: claims.iss.clone(),
        jti: claims.jti.clone(),
        op: claims.op,
        sub: claims.sub.clone(),
        evd: claims.evd.clone(),
        by: "boris".into(),
        iat: claims.iat - 60,
        decision: Approve::Approve,
    }
}

pub fn header(key: &AgentKey) -> String {
    format!(r#"{{"alg":"EdDSA","typ":"latchkey-auth+jwt","kid":"{}"}}"#, key.kid())
}

/// Signs any bytes as header and claims.
pub fn forge(header: &[u8], claims: &[u8], key: &AgentKey) -> String {
    let signed =
        format!("{}.{}", Base64UrlUnpadded::encode_string(header), Base64UrlUnpadded::encode_string(claims));
    let signature = Base64UrlUnpadded::encode_string(&key.sign(signed.as_bytes()));
    format!("{signed}.{signature}")
}

/// The good unbind with its claims edited as JSON, and well signed by anna.
pub fn edited(edit: impl FnOnce(&mut Value)) -> String {
    edited_from(&unbind(), "anna", edit)
}

pub fn edited_from(claims: &AuthorizationClaims, by: &str, edit: impl FnOnce(&mut Value)) -> String {
    let mut claims = json!(claims);
    edit(&mut claims);
    forge(header(&key(by)).as_bytes(), claims.to_string().as_bytes(), &key(by))
}

/// The unbind that passes.
pub fn good() -> String {
    unbind().sign(&key("anna")).unwrap()
}

/// The good token with its parts edited as text.
pub fn parts(edit: impl FnOnce(&mut [String])) -> String {
    let mut parts: Vec<String> = good().split('.').map(str::to_owned).collect();
    edit(&mut parts);
    parts.join(".")
}

/// The good unbind with its header edited as JSON, and well signed by anna.
pub fn with_header(edit: impl FnOnce(&mut Value)) -> String {
    let mut head: Value = serde_json::from_str(&header(&key("anna"))).unwrap();
    edit(&mut head);
    with_bytes(head.to_string().as_bytes(), json!(unbind()).to_string().as_bytes())
}

/// Any bytes as header and claims, well signed by anna.
pub fn with_bytes(head: &[u8], claims: &[u8]) -> String {
    forge(head, claims, &key("anna"))
}

/// What the rule is that refuses this token, by a verifier that asks for nothing more.
pub fn rule(token: &str, keyset: &Keyset) -> Option<Rule> {
    verdict(token, &VerifyContext::new(keyset, NOW)).rule
}

/// Verifies, and checks that the answer does not contradict itself.
pub fn verdict(token: &str, context: &VerifyContext<'_>) -> Verdict {
    let verdict = verify(token, context);
    assert_eq!(verdict.valid, verdict.rule.is_none());
    assert_eq!(verdict.valid, verdict.authorization().is_some());
    assert!(!verdict.reason.is_none());
    assert!(!verdict.reason.to_string().chars().any(char::is_control), "{:?}", verdict.reason);
    assert!(verdict.rule.is_none_or(|r| r > Rule::Signature || verdict.claims.is_none() || r <= Rule::Kid));
    verdict
}
