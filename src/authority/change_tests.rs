use super::super::sample::{HOUR, NOW, key, keyset_claims};
use super::*;
use crate::authority::AgentKey;
use crate::domain::Op;

const WAIT: i64 = 24 * HOUR;

/// The next keyset, before anything is changed in it.
fn next() -> KeysetClaims {
    let mut claims = keyset_claims();
    (claims.version, claims.iat) = (claims.version + 1, NOW);
    claims
}

fn somebody(name: &str, seed: u8, roles: &[Role]) -> AgentEntry {
    let jwk = AgentKey::from_seed(name, &[seed; 32]).public().to_jwk();
    let fresh = if roles.contains(&Role::Approver) { NOW + WAIT } else { 0 };
    AgentEntry {
        name: name.into(),
        kid: jwk.kid.clone(),
        jwk,
        roles: roles.to_vec(),
        ops: Op::ALL.to_vec(),
        nbf: NOW,
        exp: NOW + 9000 * HOUR,
        disabled: false,
        disabled_at: None,
        approves_from: fresh,
    }
}

fn of<'a>(claims: &'a mut KeysetClaims, name: &str) -> &'a mut AgentEntry {
    claims.agents.iter_mut().find(|a| a.name == name).unwrap()
}

#[test]
fn the_changes_that_may_be() {
    type Edit = fn(&mut KeysetClaims);
    let table: [(&str, Edit, Kind, Option<i64>); 8] = [
        ("an agent", |k| k.agents.push(somebody("zoe", 60, &[Role::Agent])), Kind::Added, None),
        (
            "an approver",
            |k| k.agents.push(somebody("zoe", 60, &[Role::Approver])),
            Kind::Added,
            Some(NOW + WAIT),
        ),
        ("another role", |k| of(k, "ivan").roles = vec![Role::Auditor], Kind::Role, None),
        (
            "a role that approves",
            |k| (of(k, "ivan").roles, of(k, "ivan").approves_from) = (vec![Role::Approver], NOW + WAIT),
            Kind::Role,
            Some(NOW + WAIT),
        ),
        (
            "another key",
            |k| {
                of(k, "petr").exp = NOW;
                k.agents.push(somebody("petr", 60, &[Role::Approver]));
            },
            Kind::Key,
            Some(NOW + WAIT),
        ),
        (
            "a key that is lost",
            |k| {
                (of(k, "petr").disabled, of(k, "petr").disabled_at) = (true, Some(NOW));
                k.agents.push(somebody("petr", 60, &[Role::Approver]));
            },
            Kind::Key,
            Some(NOW + WAIT),
        ),
        (
            "somebody goes",
            |k| (of(k, "ivan").disabled, of(k, "ivan").disabled_at) = (true, Some(NOW)),
            Kind::Disabled,
            None,
        ),
        (
            "in the second of the one before",
            |k| (k.iat, of(k, "ivan").roles) = (keyset_claims().iat, vec![Role::Auditor]),
            Kind::Role,
            None,
        ),
    ];
    for (what, edit, kind, approves_from) in table {
        let mut new = next();
        edit(&mut new);
        let change = follow(&keyset_claims(), &new, WAIT).unwrap_or_else(|e| panic!("{what}: {e}"));
        assert_eq!((change.kind, change.approves_from), (kind, approves_from), "{what}");
    }
}

#[test]
fn the_changes_that_may_not_be() {
    type Edit = fn(&mut KeysetClaims);
    let table: [(&str, Edit, &str); 21] = [
        ("nothing", |_| {}, "more or less than one person"),
        ("the same version", |k| k.version -= 1, "does not follow version"),
        ("a version left out", |k| k.version += 1, "does not follow version"),
        ("an older one", |k| k.version = 2, "does not follow version"),
        ("from before", |k| k.iat = NOW - 25 * HOUR, "before the one it follows"),
        ("another desk", |k| k.iss = "other".into(), "another desk"),
        ("a rehearsal", |k| k.rehearsal = true, "another desk"),
        ("another root", |k| k.root = key("stranger").public().to_jwk(), "root"),
        ("more alone", |k| k.solo = vec![], "alone"),
        ("two people", |k| (of(k, "ivan").roles, of(k, "petr").roles) = (vec![], vec![]), "one person"),
        ("nobody remembers ivan", |k| k.agents.retain(|a| a.name != "ivan"), "one person"),
        (
            "ivan is forgotten beside somebody new",
            |k| {
                k.agents.retain(|a| a.name != "ivan");
                k.agents.push(somebody("zoe", 60, &[Role::Agent]));
            },
            "forgets a key of ivan",
        ),
        ("his name", |k| of(k, "ivan").name = "john".into(), "another key, name or beginning"),
        ("his beginning", |k| of(k, "ivan").nbf -= 1, "another key, name or beginning"),
        (
            "eve is back",
            |k| (of(k, "eve").disabled, of(k, "eve").disabled_at) = (false, None),
            "disabled for good",
        ),
        ("eve was there longer", |k| of(k, "eve").disabled_at = Some(NOW - HOUR), "disabled for good"),
        ("olga lives on", |k| of(k, "olga").exp = NOW + HOUR, "longer"),
        ("ivan ended long ago", |k| of(k, "ivan").exp = NOW - HOUR, "before now"),
        (
            "ivan went long ago",
            |k| (of(k, "ivan").disabled, of(k, "ivan").disabled_at) = (true, Some(NOW - HOUR)),
            "another time than now",
        ),
        (
            "an approver at once",
            |k| (of(k, "ivan").roles, of(k, "ivan").approves_from) = (vec![Role::Approver], NOW),
            "24 hours",
        ),
        (
            "no custodian",
            |k| (of(k, "clara").disabled, of(k, "clara").disabled_at) = (true, Some(NOW)),
            "no custodian",
        ),
    ];
    for (what, edit, reason) in table {
        let mut new = next();
        edit(&mut new);
        let refused = follow(&keyset_claims(), &new, WAIT).expect_err(what);
        assert!(refused.to_string().contains(reason), "{what}: {refused}");
    }
}

#[test]
fn no_policy_lets_a_new_approver_approve_within_the_hour() {
    let mut new = next();
    new.agents.push(somebody("zoe", 60, &[Role::Approver]));
    new.agents.last_mut().unwrap().approves_from = NOW + HOUR - 1;
    assert!(follow(&keyset_claims(), &new, 0).is_err());
    new.agents.last_mut().unwrap().approves_from = NOW + HOUR;
    assert!(follow(&keyset_claims(), &new, 0).is_ok());
}

#[test]
fn an_approver_who_waits_waits_on_whatever_else_changes() {
    let mut old = keyset_claims();
    of(&mut old, "petr").approves_from = NOW + 5 * HOUR;
    let mut new = old.clone();
    (new.version, new.iat) = (old.version + 1, NOW);
    of(&mut new, "petr").approves_from = NOW;
    assert!(follow(&old, &new, WAIT).is_err(), "the moment cannot be moved");
    of(&mut new, "petr").approves_from = NOW + 5 * HOUR;
    of(&mut new, "petr").roles = vec![Role::Agent, Role::Approver];
    assert_eq!(follow(&old, &new, WAIT).map(|c| c.approves_from), Ok(None), "but they need not begin anew");
}

#[test]
fn a_key_lost_long_ago_does_not_make_an_approver_wait_again() {
    let mut old = keyset_claims();
    let mut lost = somebody("petr", 61, &[Role::Approver]);
    (lost.nbf, lost.approves_from, lost.disabled, lost.disabled_at) = (0, 0, true, Some(1));
    old.agents.insert(0, lost);
    let mut new = old.clone();
    (new.version, new.iat) = (old.version + 1, NOW);
    of_key(&mut new, "petr").roles = vec![Role::Agent, Role::Approver];
    assert_eq!(follow(&old, &new, WAIT).map(|c| c.approves_from), Ok(None));
}

/// The key of theirs that stands.
fn of_key<'a>(claims: &'a mut KeysetClaims, name: &str) -> &'a mut AgentEntry {
    claims.agents.iter_mut().find(|a| a.name == name && !a.disabled).unwrap()
}

#[test]
fn the_log_calls_each_change_by_its_name() {
    let acts = [Kind::Added, Kind::Role, Kind::Key, Kind::Disabled].map(Kind::act);
    assert_eq!(acts, ["agent.added", "agent.role", "agent.key", "agent.disabled"]);
}
