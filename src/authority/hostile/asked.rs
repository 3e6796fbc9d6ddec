//! Good tokens in the wrong hands: what the verifier asks for, and what it has seen before.

use super::super::sample::*;
use super::{Family, Rule, ask};

pub fn audience() -> Family {
    let mut claims = unbind();
    claims.aud = "centre-1".into();
    let token = claims.sign(&key("anna")).unwrap();
    let rows = vec![
        ask("the centre itself", &token, |a| a.audience = Some("centre-1".into()), None),
        ask("another centre", &token, |a| a.audience = Some("centre-2".into()), Some(Rule::Aud)),
        ask("no audience given", &token, |_| {}, Some(Rule::Aud)),
        ask("other case", &token, |a| a.audience = Some("Centre-1".into()), Some(Rule::Aud)),
        ask("empty", &token, |a| a.audience = Some(String::new()), Some(Rule::Aud)),
        ask("calling itself any", &token, |a| a.audience = Some("any".into()), Some(Rule::Aud)),
    ];
    Family {
        name: "audience asked for",
        why: "A grant for one service centre used at another, where nobody knows that it was used already.",
        rows,
    }
}

pub fn operation_and_device() -> Family {
    let token = unbind().sign(&key("anna")).unwrap();
    let rows = vec![
        ask("any, by anyone", &token, |a| a.audience = Some("centre-2".into()), None),
        ask("the operation", &token, |a| a.op = Some("unbind".into()), None),
        ask("another operation", &token, |a| a.op = Some("reset-device".into()), Some(Rule::Op)),
        ask("the device", &token, |a| a.device = Some("356938035643809".into()), None),
        ask("its second slot", &token, |a| a.device = Some("35-693803-564381-7".into()), None),
        ask("14 digits", &token, |a| a.device = Some("35693803564380".into()), None),
        ask("with software version", &token, |a| a.device = Some("3569380356438012".into()), None),
        ask("its serial", &token, |a| a.device = Some("r58m123abc".into()), None),
        ask("another device", &token, |a| a.device = Some("353490060000019".into()), Some(Rule::Dev)),
        ask("one digit off", &token, |a| a.device = Some("356938035643908".into()), Some(Rule::Dev)),
        ask("another serial", &token, |a| a.device = Some("R58M123ABD".into()), Some(Rule::Dev)),
        ask("nothing", &token, |a| a.device = Some(String::new()), Some(Rule::Dev)),
        ask("a star", &token, |a| a.device = Some("*".into()), Some(Rule::Dev)),
        ask("part of it", &token, |a| a.device = Some("3569380356".into()), Some(Rule::Dev)),
        ask(
            "a challenge it does not answer",
            &token,
            |a| a.challenge = Some("00ff".into()),
            Some(Rule::Chal),
        ),
    ];
    Family {
        name: "operation and device asked for",
        why: "A grant for one phone that opens the next one on the counter, or does more to it than was granted.",
        rows,
    }
}

pub fn challenge() -> Family {
    let mut claims = unbind();
    claims.chal = Some("00ff17".into());
    claims.exp = claims.iat + 24 * HOUR;
    let token = claims.sign(&key("anna")).unwrap();
    let rows = vec![
        ask("the challenge", &token, |a| a.challenge = Some("00ff17".into()), None),
        ask("the challenge in capitals", &token, |a| a.challenge = Some("00FF17".into()), None),
        ask("no challenge given", &token, |_| {}, Some(Rule::Chal)),
        ask("another", &token, |a| a.challenge = Some("00ff18".into()), Some(Rule::Chal)),
        ask("its beginning", &token, |a| a.challenge = Some("00ff".into()), Some(Rule::Chal)),
        ask("empty", &token, |a| a.challenge = Some(String::new()), Some(Rule::Chal)),
    ];
    Family {
        name: "challenge",
        why: "A grant that answers one boot of the device played back to the next.",
        rows,
    }
}

pub fn clocks() -> Family {
    let token = unbind().sign(&key("anna")).unwrap();
    let at = |name: &str, now: i64, rule| ask(name, &token, move |a| a.now = Some(now), rule);
    let rows = vec![
        at("the beginning of time", i64::MIN, Rule::Nbf),
        at("a clock that was never set", 0, Rule::Nbf),
        at("a month early", NOW - 30 * 24 * HOUR, Rule::Nbf),
        at("ten years late", NOW + 10 * 365 * 24 * HOUR, Rule::Exp),
        at("the end of time", i64::MAX, Rule::Exp),
    ];
    Family { name: "clock", why: "A device whose clock was put back lets every grant live again.", rows }
}

pub fn before() -> Family {
    let token = unbind().sign(&key("anna")).unwrap();
    let jti = || vec![unbind().jti];
    let rows = vec![
        ask("the version seen", &token, |a| a.keyset_seen = Some(7), None),
        ask("a newer keyset was seen", &token, |a| a.keyset_seen = Some(8), Rule::Keyset),
        ask("another token withdrawn", &token, |a| a.revoked = vec!["other".into()], None),
        ask("withdrawn", &token, |a| a.revoked = jti(), Rule::Revoked),
        ask("another token used", &token, |a| a.used = vec!["other".into()], None),
        ask("used", &token, |a| a.used = jti(), Rule::Used),
        ask(
            "withdrawn and used",
            &token,
            |a| {
                a.revoked = jti();
                a.used = jti();
            },
            Rule::Revoked,
        ),
        ask("a rehearsal's", &token, |a| a.keyset = Some("rehearsal".into()), Rule::Rehearsal),
        ask(
            "a rehearsal's, at a rehearsal: its clock moves at will",
            &token,
            |a| {
                a.keyset = Some("rehearsal".into());
                a.rehearsal = true;
            },
            None,
        ),
        ask(
            "a rehearsal's, at a rehearsal, used",
            &token,
            |a| {
                a.keyset = Some("rehearsal".into());
                a.rehearsal = true;
                a.used = jti();
            },
            Rule::Used,
        ),
    ];
    Family {
        name: "seen before",
        why: "A grant used twice, used after it was withdrawn, or made at an exercise and shown as real.",
        rows,
    }
}
