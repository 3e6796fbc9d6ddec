//! Keysets, revocation lists and what the signing functions refuse.

use serde_json::{Value, json};

use super::sample::*;
use super::{
    AgentKey, Authored as _, AuthorizationClaims, DecisionClaims, Keyset, KeysetClaims, RevocationClaims,
    RevocationList, Rule, SignError, StatementClaims, TOKEN_LIMIT, Trust,
};
use crate::domain::{Op, Role};

fn root_signed(claims: &Value, root: &AgentKey) -> String {
    let head = header(root).replace("auth+jwt", "keyset+jwt");
    forge(head.as_bytes(), claims.to_string().as_bytes(), root)
}

#[test]
fn a_keyset_is_what_the_root_signed() {
    let root = key("root");
    let text = Keyset::sign(&keyset_claims(), &root).unwrap();
    let keyset = Keyset::verify(&text, Trust::Carried, 7).unwrap();
    assert_eq!(keyset.claims(), &keyset_claims());
    assert_eq!(keyset.root(), root.public());
    assert_eq!(keyset.find(key("anna").kid()).unwrap().0.name, "anna");
    assert!(keyset.find("").is_none());
    assert!(!keyset.needs_approval(Op::Unbind) && keyset.needs_approval(Op::ResetAccount));

    let why = |text: &str, trust: Trust<'_>, floor| Keyset::verify(text, trust, floor).unwrap_err().rule;
    assert_eq!(why(&text, Trust::Pinned(key("stranger").public()), 0), Rule::Kid);
    assert_eq!(why(&text, Trust::Carried, 8), Rule::Keyset);
    assert_eq!(why(&unbind().sign(&key("anna")).unwrap(), Trust::Carried, 0), Rule::Typ);
    assert_eq!(why(&"x".repeat(300_000), Trust::Carried, 0), Rule::Form);
    let changed = format!("{}A", text.rsplit_once('.').unwrap().0) + "." + text.rsplit_once('.').unwrap().1;
    assert!(Keyset::verify(&changed, Trust::Carried, 0).is_err());
    // A stranger signs our keyset with his own key, or puts his key in as the root.
    let foreign = root_signed(&json!(keyset_claims()), &key("stranger"));
    assert_eq!(why(&foreign, Trust::Carried, 0), Rule::Kid);
    let mut his = keyset_claims();
    his.root = key("stranger").public().to_jwk();
    let his = Keyset::sign(&his, &key("stranger")).unwrap();
    assert_eq!(why(&his, Trust::Pinned(root.public()), 0), Rule::Kid);
    // The root itself names another root: what would be pinned next is not what signed.
    let mut other = json!(keyset_claims());
    other["root"] = json!(key("stranger").public().to_jwk());
    assert_eq!(why(&root_signed(&other, &root), Trust::Pinned(root.public()), 0), Rule::Kid);
    let with_our_kid = forge(
        header(&root).replace("auth+jwt", "keyset+jwt").as_bytes(),
        json!(keyset_claims()).to_string().as_bytes(),
        &key("stranger"),
    );
    assert_eq!(why(&with_our_kid, Trust::Pinned(root.public()), 0), Rule::Signature);
    assert!(matches!(Keyset::sign(&keyset_claims(), &key("anna")), Err(SignError::OtherSigner { .. })));
}

#[test]
fn a_keyset_that_means_nothing_good_is_refused_even_from_the_root() {
    type Edit = fn(&mut Value);
    let edits: Vec<(&str, Edit, Rule)> = vec![
        ("one key twice", |c| c["agents"][1] = c["agents"][0].clone(), Rule::Keyset),
        (
            "one key under two names",
            |c| {
                c["agents"][1] = c["agents"][0].clone();
                c["agents"][1]["name"] = "zoe".into();
            },
            Rule::Keyset,
        ),
        ("alone on accounts", |c| c["solo"] = json!(["reset-account"]), Rule::Keyset),
        ("another kid", |c| c["agents"][0]["kid"] = "x".into(), Rule::Keyset),
        ("another kid in the key", |c| c["agents"][0]["jwk"]["kid"] = "x".into(), Rule::Keyset),
        (
            "a weak key",
            |c| {
                c["agents"][0]["jwk"]["x"] = "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".into();
            },
            Rule::Keyset,
        ),
        (
            "a weak root",
            |c| {
                c["root"]["x"] = "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".into();
            },
            Rule::Keyset,
        ),
        ("a symmetric key", |c| c["agents"][0]["jwk"]["kty"] = "oct".into(), Rule::Keyset),
        ("a private key", |c| c["agents"][0]["jwk"]["d"] = "secret".into(), Rule::Form),
        ("a name that is a path", |c| c["agents"][0]["name"] = "../root".into(), Rule::Keyset),
        ("no desk", |c| c["iss"] = "".into(), Rule::Keyset),
        ("a life of nothing", |c| c["agents"][0]["exp"] = c["agents"][0]["nbf"].clone(), Rule::Keyset),
        ("a life from before time", |c| c["agents"][0]["nbf"] = json!(-1), Rule::Keyset),
        ("approving from before time", |c| c["agents"][0]["approves_from"] = json!(-1), Rule::Keyset),
        ("signed before time", |c| c["iat"] = json!(-1), Rule::Keyset),
        (
            "a custodian with a second key that approves",
            |c| (c["agents"][2]["name"], c["agents"][2]["roles"]) = ("boris".into(), json!(["custodian"])),
            Rule::Keyset,
        ),
        ("a role nobody knows", |c| c["agents"][0]["roles"] = json!(["god"]), Rule::Form),
        ("an operation nobody knows", |c| c["solo"] = json!(["wipe"]), Rule::Form),
        ("a version as text", |c| c["version"] = "9".into(), Rule::Form),
        ("a negative version", |c| c["version"] = json!(-1), Rule::Form),
        ("no rehearsal mark", |c| drop(c.as_object_mut().unwrap().remove("rehearsal")), Rule::Form),
    ];
    for (name, edit, expected) in edits {
        let mut claims = json!(keyset_claims());
        edit(&mut claims);
        let refused = Keyset::verify(&root_signed(&claims, &key("root")), Trust::Carried, 0).unwrap_err();
        assert_eq!(refused.rule, expected, "{name}: {refused}");
        assert!(
            name != "one key twice" || refused.to_string().contains('2'),
            "the second is named: {refused}"
        );
        if let Ok(claims) = serde_json::from_value::<KeysetClaims>(claims) {
            assert!(Keyset::sign(&claims, &key("root")).is_err(), "{name}: and is not signed");
        }
    }
}

#[test]
fn who_approves_no_more_may_be_custodian_and_a_key_may_be_as_old_as_time() {
    let mut claims = keyset_claims();
    // Boris's key that approves is disabled; clara's is his new one.
    (claims.agents[1].disabled, claims.agents[1].disabled_at) = (true, Some(NOW - HOUR));
    claims.agents[2].name = "boris".into();
    (claims.iat, claims.agents[0].nbf) = (0, 0);
    let text = Keyset::sign(&claims, &key("root")).unwrap();
    assert_eq!(Keyset::verify(&text, Trust::Carried, 0).unwrap().claims(), &claims);
}

#[test]
fn a_large_desk_fits() {
    let mut claims = keyset_claims();
    for n in 0..200_u8 {
        let mut agent = claims.agents[0].clone();
        agent.name = format!("agent-{n}");
        agent.jwk = AgentKey::from_seed("x", &[[n, 1], [n, 2]].concat().repeat(8).try_into().unwrap())
            .public()
            .to_jwk();
        agent.kid = agent.jwk.kid.clone();
        claims.agents.push(agent);
    }
    let text = Keyset::sign(&claims, &key("root")).unwrap();
    assert!(text.len() > TOKEN_LIMIT * 10);
    assert_eq!(Keyset::verify(&text, Trust::Carried, 0).unwrap().claims().agents.len(), 210);
}

#[test]
fn the_jwk_set_leaves_disabled_keys_out() {
    let jwks = keyset_of(&keyset_claims()).jwks();
    let keys = jwks["keys"].as_array().unwrap();
    assert_eq!(keys.len(), PEOPLE.len() - 1);
    assert!(keys.iter().all(|k| k["kid"] != key("eve").kid()));
    let members = json!({"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": key("anna").kid(), "x": keys[0]["x"]});
    assert_eq!(keys[0], members);
}

fn revocations() -> RevocationClaims {
    RevocationClaims {
        iss: DESK.into(),
        by: "clara".into(),
        version: 3,
        iat: NOW - HOUR,
        next_update: NOW + HOUR,
        jtis: vec![unbind().jti],
    }
}

#[test]
fn revocation_lists() {
    let keyset = keyset_of(&keyset_claims());
    let text = RevocationList::sign(&revocations(), &key("clara")).unwrap();
    let list = RevocationList::verify(&text, &keyset, NOW, 3).unwrap();
    assert!(list.contains(&unbind().jti) && !list.contains("other"));
    assert_eq!((list.version(), list.is_stale(NOW), list.is_stale(NOW + HOUR)), (3, false, true));

    let why = |claims: &RevocationClaims, by: &str, floor| {
        let text = claims.sign(&key(by)).unwrap();
        RevocationList::verify(&text, &keyset, NOW, floor).unwrap_err().rule
    };
    let edited = |edit: fn(&mut RevocationClaims)| {
        let mut claims = revocations();
        edit(&mut claims);
        claims
    };
    assert_eq!(why(&revocations(), "clara", 4), Rule::Revoked);
    assert_eq!(why(&edited(|c| c.by = "dora".into()), "dora", 0), Rule::Kid);
    assert_eq!(why(&edited(|c| c.by = "eve".into()), "eve", 0), Rule::Kid);
    assert_eq!(why(&edited(|c| c.by = "stranger".into()), "stranger", 0), Rule::Kid);
    assert_eq!(why(&edited(|c| c.iss = "other".into()), "clara", 0), Rule::Keyset);
    assert_eq!(
        why(&edited(|c| (c.iat, c.next_update) = (NOW + HOUR, NOW + 2 * HOUR)), "clara", 0),
        Rule::Nbf
    );
    assert_eq!(why(&edited(|c| c.jtis.push("x".into())), "clara", 0), Rule::Form);
    let timed = |iat, next_update| {
        let claims = RevocationClaims { iat, next_update, ..revocations() };
        RevocationList::sign(&claims, &key("clara")).is_ok()
    };
    assert!(timed(0, 1) && !timed(-1, 1) && !timed(NOW, NOW) && !timed(NOW, NOW - 1));
    let many: Vec<_> = (0..5000_u32).map(|n| [n.to_le_bytes(); 4].concat().try_into().unwrap()).collect();
    let claims = RevocationClaims { jtis: many.iter().map(super::jti_of).collect(), ..revocations() };
    let text = RevocationList::sign(&claims, &key("clara")).unwrap();
    assert!(RevocationList::verify(&text, &keyset, NOW, 0).unwrap().contains(&claims.jtis[4999]));
}

#[test]
fn signing_refuses_what_no_verifier_takes() {
    let anna = key("anna");
    let mut claims = unbind();
    claims.exp = claims.iat + 604_801;
    assert!(matches!(claims.sign(&anna), Err(SignError::Refused(r)) if r.rule == Rule::Exp));
    let mut claims = unbind();
    claims.dev.clear();
    assert!(matches!(claims.sign(&anna), Err(SignError::Refused(r)) if r.rule == Rule::Sub));
    let mut claims = unbind();
    claims.jti = "x".into();
    assert!(matches!(claims.sign(&anna), Err(SignError::Refused(r)) if r.rule == Rule::Form));
    let mut claims = unbind();
    claims.evd = "x".repeat(4000);
    assert!(matches!(claims.sign(&anna), Err(SignError::TooLong { limit: 4096, .. })));
    for (nbf, exp, chal, signed) in [
        (NOW, NOW + 604_800, None, true),
        (NOW, NOW + 86_400, Some("00ff"), true),
        (NOW, NOW + 86_401, Some("00ff"), false),
        (NOW, NOW, None, false),
        (NOW - 1, NOW, None, false),
        (NOW, NOW + 1, None, true),
        (NOW + 5, NOW + 5, None, false),
    ] {
        let claims = AuthorizationClaims { iat: NOW, nbf, exp, chal: chal.map(Into::into), ..unbind() };
        assert_eq!(claims.sign(&anna).is_ok(), signed, "{nbf} to {exp}, {chal:?}");
    }
    // As long as verifiers take is short enough.
    let of = |n| AuthorizationClaims { evd: "x".repeat(n), ..unbind() }.sign(&anna);
    let longest = (2000..4000).map_while(|n| of(n).ok()).last().unwrap();
    assert_eq!(longest.len(), TOKEN_LIMIT);
    assert_eq!(rule(&longest, &keyset_of(&keyset_claims())), None);
    assert!(matches!(approval(&unbind()).sign(&anna), Err(SignError::OtherSigner { .. })));
}

#[test]
fn an_approval_may_be_ahead_by_the_skew() {
    let keyset = keyset_of(&keyset_claims());
    let with = |ahead: i64| {
        let mut claims = reset_account();
        let mut yes = approval(&claims);
        yes.iat = claims.iat + ahead;
        claims.apv = vec![yes.sign(&key("boris")).unwrap()];
        rule(&claims.sign(&key("anna")).unwrap(), &keyset)
    };
    assert_eq!((with(120), with(121)), (None, Some(Rule::Approvals)));
}

#[test]
fn what_is_only_read_is_believed_by_nobody() {
    let token = good();
    assert_eq!(super::unverified(&token), Some(unbind()));
    let forged = format!("{}A", token.rsplit_once('.').unwrap().0) + ".AAAA";
    assert_eq!(super::unverified(&forged), None);
    assert_eq!(super::unverified("x"), None);
}

#[test]
fn decisions_and_statements_open_to_their_author() {
    let keyset = keyset_of(&keyset_claims());
    let decision = DecisionClaims {
        iss: DESK.into(),
        by: "anna".into(),
        ticket: 17,
        recommendation: "refuse".into(),
        decision: "approve-second".into(),
        overrides: true,
        reason: Some("sha256:reason".into()),
        jti: unbind().jti,
        op: Some(Op::Unbind),
        sub: unbind().sub,
        evd: unbind().evd,
        fnd: "sha256:findings".into(),
        pol: unbind().pol,
        iat: NOW,
    };
    let text = decision.sign(&key("anna")).unwrap();
    let (opened, agent) = DecisionClaims::open(&text, &keyset).unwrap();
    assert_eq!((opened, agent.name.as_str(), agent.has_role(&[Role::Agent])), (decision, "anna", true));
    assert_eq!(StatementClaims::open(&text, &keyset).unwrap_err().rule, Rule::Typ);
    let statement = StatementClaims {
        iss: DESK.into(),
        by: "boris".into(),
        act: "clear".into(),
        ticket: Some(17),
        sub: None,
        facts: [("check".to_owned(), "receipt.unique".to_owned())].into(),
        iat: NOW,
    };
    let text = statement.sign(&key("boris")).unwrap();
    assert_eq!(StatementClaims::open(&text, &keyset).unwrap().0, statement);
}

#[test]
fn token_ids_are_random_and_of_one_form() {
    let ids: std::collections::HashSet<_> = (0..1000).map(|_| super::new_jti().unwrap()).collect();
    assert_eq!(ids.len(), 1000);
    // One in 64 would begin with a dash, and no command could take it as its argument.
    assert!(ids.iter().all(|id| id.len() == 22 && !id.starts_with('-')));
}
