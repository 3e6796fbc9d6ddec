//! What the claimant says about the account: right, wrong, or neither; how often; and what of it is told.

use super::*;
use crate::judgement::{Contacts, Wants, answers_of, tries_left};

/// What one answer comes to: `Some(right)`, or neither.
fn fits(key: &str, text: &str, bend: Bend) -> Option<bool> {
    let (mut claim, mut facts) = owner();
    account(&mut facts).devices = [(DEVICE, Some("Orbit Note 10")), (5, Some("Orbit Tab 4"))]
        .map(|(device, model)| BoundDevice {
            device,
            name: None,
            model: model.map(Into::into),
            bound_at: ago(650),
            released_at: None,
        })
        .to_vec();
    item(&mut claim, FACTS).item = Item::Facts(vec![(key.into(), text.into())]);
    bend(&mut claim, &mut facts);
    let said = answers_of(&claim, &facts, FACTS);
    assert_eq!((said.len(), said[0].key.as_str()), (1, key));
    assert!(answers_of(&claim, &facts, SIM).is_empty() && answers_of(&claim, &facts, 99).is_empty());
    said[0].fits
}

#[test]
fn each_answer_is_right_or_wrong_or_neither() {
    let rows: &[(&str, &str, &str, Bend, Option<bool>)] = &[
        ("the name", "name", "Пётр Иванов", |_, _| (), Some(false)),
        ("a name that is not held", "name", "Иван Петров", |_, f| account(f).name = Some(" ".into()), None),
        ("nothing said", "name", "  ", |_, _| (), None),
        ("a key nobody knows", "shoe", "43", |_, _| (), None),
        ("the region", "region", " ru", |_, _| (), Some(true)),
        ("another region", "region", "KZ", |_, _| (), Some(false)),
        ("a region that is not held", "region", "KZ", |_, f| account(f).region = None, None),
        ("the year", "registered", "2025", |_, _| (), Some(true)),
        ("another year", "registered", "2024", |_, _| (), Some(false)),
        ("the day", "registered", "2025-01-01", |_, _| (), Some(true)),
        ("another day", "registered", "2025-01-02", |_, _| (), Some(false)),
        ("no year", "registered", "last", |_, _| (), None),
        ("more than a year", "registered", "20250", |_, _| (), None),
        ("a day that is not held", "registered", "2025", |_, f| account(f).registered_at = None, None),
        ("a contact", "email", OWNER_MAIL, |_, _| (), Some(true)),
        ("another address", "email", "else@mail.example", |_, _| (), Some(false)),
        ("no address", "email", "else", |_, _| (), None),
        ("the address they write from", "email", "claimant@post.example", |_, _| (), None),
        (
            "the address they claim",
            "email",
            OWNER_MAIL,
            |c, _| c.account.email = given(OWNER_MAIL, Email::parse),
            None,
        ),
        ("a number", "phone", OWNER_PHONE, |_, _| (), Some(true)),
        ("another number", "phone", "+79035550009", |_, _| (), Some(false)),
        (
            "the number they call from",
            "phone",
            OWNER_PHONE,
            |c, _| c.claimant.phone = given_phone(OWNER_PHONE),
            None,
        ),
        (
            "the number they claim",
            "phone",
            OWNER_PHONE,
            |c, _| c.account.phone = given_phone(OWNER_PHONE),
            None,
        ),
        ("the SIM's number", "phone", NUMBER, |_, _| (), None),
        ("another device of theirs", "device", "orbit tab 4", |_, _| (), Some(true)),
        ("the device itself", "device", "Orbit Note 10", |_, _| (), Some(false)),
        ("a device nobody had", "device", "Orbit Fold", |_, _| (), Some(false)),
        ("one of no known model", "device", "Orbit Fold", |_, f| account(f).devices[1].model = None, None),
        ("there is no other", "device", "Orbit Fold", |_, f| account(f).devices.truncate(1), Some(false)),
        ("no account", "name", "Иван Петров", |_, f| f.registry.account = None, None),
    ];
    for (line, key, text, bend, expected) in rows {
        assert_eq!(fits(key, text, *bend), *expected, "{line}");
    }
}

#[test]
fn answers_with_nothing_in_them_are_none() {
    let judgement = judged(|c, f| {
        restore(c, f, FACTS);
        item(c, FACTS).item = Item::Facts(Vec::new());
    });
    assert_eq!(outcome(&judgement, Check::AccountFacts), Outcome::Missing);
}

#[test]
fn wrong_answers_run_out() {
    let left = |times: Vec<Time>| {
        let (claim, mut facts) = owner();
        facts.desk.wrong_answers = times;
        tries_left(&claim, &facts, &Policy::shipped(), now())
    };
    let hours = |h: i64| now().minus_hours(h);
    for (times, expected) in [
        (vec![], 3),
        (vec![hours(1)], 2),
        (vec![hours(1), hours(23)], 1),
        (vec![hours(24), hours(25)], 3),
        (vec![hours(1); 3], 0),
        (vec![hours(1); 9], 0),
        (vec![ago(3); 4], 2),
        (vec![ago(3); 6], 0),
        (vec![ago(30); 6], 3),
    ] {
        assert_eq!(left(times.clone()), expected, "{times:?}");
    }
}

/// What is told while answers run out: nothing of whether they fit.
#[test]
fn what_is_withheld_says_nothing_of_the_answers() {
    let told = |bend: Bend| {
        let (mut claim, mut facts) = owner();
        restore(&mut claim, &mut facts, FACTS);
        bend(&mut claim, &mut facts);
        let policy = Policy::shipped();
        judge(&claim, &facts, &policy, now()).without_answers(&claim, &facts, &policy, now())
    };
    let wrong: Bend = |c, f| {
        f.desk.wrong_answers = vec![ago(0); 3];
        item(c, FACTS).item = Item::Facts(vec![("region".into(), "KZ".into())]);
    };
    let right: Bend = |_, f| f.desk.wrong_answers = vec![ago(0); 3];
    let (wrong, right) = (told(wrong), told(right));
    assert_eq!(wrong, right, "the two cannot be told apart");
    assert_eq!(outcome(&right, Check::AccountFacts), Outcome::Unknown);
    assert_eq!(right.finding(Check::AccountFacts).unwrap().evidence, Some(FACTS));
    assert!(right.proofs.iter().all(|p| *p != crate::domain::Proof::Facts) && right.proofs.len() == 2);
    assert!(right.cautions.is_empty());
    assert_eq!((right.recommendation, right.approvals_needed), (Recommendation::Hold, 1));

    let doubted = told(|c, f| {
        f.desk.wrong_answers = vec![ago(0); 3];
        account(f).last_sign_in_at = Some(ago(1));
        item(c, FACTS).item = Item::Facts(vec![("region".into(), "KZ".into())]);
    });
    assert_eq!((doubted.cautions, doubted.approvals_needed), (vec![Check::AccountIdle], 2));
    let reset = told(|c, f| {
        c.request = Request::PasswordReset;
        f.desk.wrong_answers = vec![ago(0); 3];
    });
    assert_eq!(reset.approvals_needed, 2, "a password is never reset by one");
    let granted = told(|c, _| item(c, FACTS).item = Item::Facts(vec![("region".into(), "KZ".into())]));
    assert_eq!((granted.recommendation, granted.approvals_needed), (Recommendation::ApproveSecond, 2));
    let none = told(|c, _| item(c, FACTS).removed = true);
    assert_eq!(
        outcome(&none, Check::AccountFacts),
        Outcome::Missing,
        "none given: there is nothing to withhold"
    );
    let alone = told(|c, f| {
        f.desk.wrong_answers = vec![ago(0); 3];
        item(c, RECEIPT).removed = true;
    });
    assert!(alone.missing.contains(&vec![crate::domain::Proof::Purchase]), "{:?}", alone.missing);
    assert!(
        alone.missing.iter().all(|set| *set != [crate::domain::Proof::Box]),
        "facts are no proof: {:?}",
        alone.missing
    );
}

#[test]
fn only_what_a_claim_can_use_is_looked_up() {
    let (claim, _) = owner();
    let plain = Claim {
        evidence: claim.evidence.iter().filter(|e| e.id != FACTS).cloned().collect(),
        ..claim.clone()
    };
    let of = |claim: &Claim, request, codes| Wants::of(&Claim { request, ..claim.clone() }, codes, now());
    let least =
        Wants { bound_devices: false, contact_sims: false, models: false, contacts: Contacts::OwnBy(now()) };
    let all = Contacts::All;
    for (line, wants, expected) in [
        ("nothing more", of(&plain, Request::Unbind, false), least),
        (
            "a code was sent",
            of(&plain, Request::Unbind, true),
            Wants { contact_sims: true, contacts: all, ..least },
        ),
        ("a login is asked for", of(&plain, Request::LoginRecovery, false), Wants { contacts: all, ..least }),
        (
            "an end is asked for",
            of(&plain, Request::AccountDeletion, false),
            Wants { bound_devices: true, ..least },
        ),
        (
            "answers, though removed",
            of(&claim, Request::Unbind, false),
            Wants { bound_devices: true, contacts: all, ..least },
        ),
    ] {
        assert_eq!(wants, expected, "{line}");
    }
}
