//! §6, line 5, and §7: what guidance says, to whom it names anything, and how many people must say yes.

use super::*;
use crate::domain::{Access, Proof};
use crate::words::Phrase;
use Recommendation::{ApproveSecond, Ask, Guide};

#[test]
fn guidance_says_what_to_do() {
    let rows: &[(&str, Bend, &[&str])] = &[
        ("signed in", |c, _| c.access = Some(Access::SignedIn), &["guide-sign-out"]),
        ("reaches a contact", |c, _| c.access = Some(Access::Contact), &["guide-reset-password"]),
        ("bound nowhere", |_, f| device(f).bindings.clear(), &["guide-not-bound"]),
        (
            "signed in, bound nowhere",
            |c, f| {
                c.access = Some(Access::SignedIn);
                device(f).bindings.clear();
            },
            &["guide-not-bound", "guide-sign-out"],
        ),
        (
            "blocked already",
            |c, f| {
                c.request = Request::LostReport;
                device(f).notices = vec![notice(NoticeStatus::Confirmed)];
            },
            &["guide-blocked"],
        ),
        (
            "lost mode is on already",
            |c, f| {
                c.request = Request::LostReport;
                device(f).bindings[0].lost_mode_since = Some(ago(1));
            },
            &["guide-blocked"],
        ),
        ("activation", |c, _| c.request = Request::Activation, &["guide-activation"]),
        ("deletion", |c, _| c.request = Request::AccountDeletion, &["guide-unbind-first", "guide-delete"]),
        ("the login", |c, _| c.request = Request::LoginRecovery, &["guide-login-shown"]),
    ];
    for (line, bend, steps) in rows {
        let judgement = judged(*bend);
        let guide = judgement.guide.expect(line);
        assert_eq!(guide.steps, steps.iter().map(|id| Phrase::of(id)).collect::<Vec<_>>(), "{line}");
    }
    assert_eq!(judged(|_, _| ()).guide, None);
}

#[test]
fn a_login_is_shown_once_proof_is_complete_and_its_device_is_the_accounts() {
    let asked = |bend: Bend| {
        let (mut claim, mut facts) = owner();
        claim.request = Request::LoginRecovery;
        account(&mut facts).contacts.reverse();
        bend(&mut claim, &mut facts);
        let judgement = judge(&claim, &facts, &Policy::shipped(), now());
        (judgement.recommendation, judgement.guide.and_then(|g| g.login))
    };
    let mail = Some(Contact::Email(email(OWNER_MAIL)).masked());
    let number = Some(Contact::Phone(phone(OWNER_PHONE)).masked());
    assert_eq!(asked(|_, _| ()), (Guide, mail.clone()), "the address before the number");
    assert_eq!(
        asked(|_, f| account(f).contacts[1].replaced_at = Some(ago(200))),
        (Guide, number),
        "the one that stands"
    );
    assert_eq!(asked(|c, _| item(c, RECEIPT).removed = true), (Ask, None));
    assert_eq!(asked(|_, f| device(f).bindings[0].account = 8), (Ask, None), "another account's device");
    assert_eq!(asked(|_, f| device(f).bindings.clear()), (Ask, None), "nobody's device");
    assert_eq!(asked(|_, f| account(f).state = AccountState::Suspended), (Ask, None));
    let calls: Bend = |c, _| (c.claimant.email, c.evidence) = (given(OWNER_MAIL, Email::parse), Vec::new());
    assert_eq!(asked(calls), (Guide, mail), "to a contact of the account itself");
}

#[test]
fn devices_are_named_to_whom_they_concern() {
    let named = |bend: Bend| {
        let (mut claim, mut facts) = owner();
        claim.request = Request::AccountDeletion;
        let bound = |device, released_at| BoundDevice {
            device,
            name: Some(DeviceName::Imei(imei(IMEI))),
            model: Some(format!("M{device}")),
            bound_at: ago(9),
            released_at,
        };
        account(&mut facts).devices = vec![bound(1, None), bound(2, Some(ago(1))), bound(3, None)];
        bend(&mut claim, &mut facts);
        let guide = judge(&claim, &facts, &Policy::shipped(), now()).guide.unwrap();
        guide.devices.into_iter().filter_map(|d| d.model).collect::<Vec<_>>()
    };
    assert_eq!(named(|_, _| ()), [""; 0], "a stranger");
    assert_eq!(named(|c, _| c.claimant.email = given(OWNER_MAIL, Email::parse)), ["M1", "M3"], "a contact");
    let guided = judged(|c, _| {
        c.access = Some(Access::SignedIn);
        c.claimant.email = given(OWNER_MAIL, Email::parse);
    });
    assert!(
        guided.guide.is_some_and(|g| g.devices.is_empty() && g.login.is_none()),
        "and only where it was asked"
    );
}

#[test]
fn a_password_reset_needs_the_accounts_own_device() {
    let asked = |bend: Bend| {
        let (mut claim, mut facts) = owner();
        claim.request = Request::PasswordReset;
        restore(&mut claim, &mut facts, FACTS);
        bend(&mut claim, &mut facts);
        judge(&claim, &facts, &Policy::shipped(), now()).recommendation
    };
    assert_eq!(asked(|_, _| ()), ApproveSecond);
    assert_eq!(asked(|_, f| device(f).bindings[0].account = 8), Ask);
    assert_eq!(asked(|_, f| device(f).bindings.clear()), Ask);
    assert_eq!(asked(|_, f| account(f).state = AccountState::Pending), Ask);
}

#[test]
fn what_a_policy_needs_besides_is_needed() {
    let text = crate::judgement::DEFAULT_POLICY.replacen(
        "needs = [\"device.known\"]",
        "needs = [\"device.known\", \"device.model\"]",
        1,
    );
    let policy = Policy::parse(&text).unwrap();
    let (mut claim, facts) = owner();
    let asked = |claim: &Claim| judge(claim, &facts, &policy, now()).recommendation;
    assert_eq!(asked(&claim), Recommendation::Ask);
    claim.device.model = Some("Orbit Note 10".into());
    assert_eq!(asked(&claim), Recommendation::Approve);
}

#[test]
fn how_many_must_say_yes() {
    let rows: &[(&str, Bend, u8)] = &[
        ("approved by one", |_, _| (), 1),
        ("a caution", |_, f| account(f).last_sign_in_at = Some(ago(1)), 2),
        (
            "a set for two",
            |c, f| {
                restore(c, f, BOX);
                item(c, SIM).removed = true;
            },
            2,
        ),
        ("nothing yet", |c, _| c.evidence.clear(), 1),
        (
            "nothing yet, and a caution",
            |c, f| {
                c.evidence.clear();
                account(f).last_sign_in_at = Some(ago(1));
            },
            2,
        ),
        ("held", |_, f| f.desk.wrong_answers = vec![ago(0); 3], 1),
        (
            "a password, nothing yet",
            |c, _| {
                c.request = Request::PasswordReset;
                c.evidence.clear();
            },
            2,
        ),
    ];
    for (line, bend, expected) in rows {
        let judgement = judged(*bend);
        assert_eq!(judgement.approvals_needed, *expected, "{line}: {}", judgement.recommendation);
    }
}

#[test]
fn a_judgement_rests_on_what_every_complete_set_has() {
    let two = judged(|c, f| {
        restore(c, f, BOX);
        item(c, SIM).removed = true;
    });
    assert!(two.rests_on(Proof::Box) && two.rests_on(Proof::Purchase) && !two.rests_on(Proof::Sim));
    let either = judged(|c, f| restore(c, f, BOX));
    assert!(either.rests_on(Proof::Purchase) && !either.rests_on(Proof::Box) && !either.rests_on(Proof::Sim));
}
