//! §2, "Time": a judgement names the moment at which time alone would change it.

use super::*;
use Recommendation::{Approve, ApproveSecond, Ask, Hold};

#[test]
fn time_changes_nothing_before_the_moment_named_and_something_at_it() {
    let rows: [(&str, Bend, Recommendation, Recommendation); 9] = [
        ("an owner who signed in", |_, f| account(f).last_sign_in_at = Some(ago(13)), ApproveSecond, Approve),
        ("a young binding", |_, f| device(f).bindings[0].bound_at = ago(29), ApproveSecond, Approve),
        ("a fresh SIM", |_, f| f.registry.sims[0].last_change = Some(ago(9)), Hold, Approve),
        (
            "a cleared notice",
            |_, f| {
                device(f).notices =
                    vec![Notice { cleared_at: Some(ago(29)), ..notice(NoticeStatus::Cleared) }];
            },
            Hold,
            Approve,
        ),
        (
            "a pending notice of ours",
            |_, f| {
                device(f).notices =
                    vec![Notice { lapses_at: Some(now().plus_hours(5)), ..notice(NoticeStatus::Pending) }];
            },
            Hold,
            Approve,
        ),
        ("three wrong answers", |_, f| f.desk.wrong_answers = vec![now().minus_hours(20); 3], Hold, Approve),
        ("a code read back", |_, f| f.desk.codes[0].confirmed_at = Some(ago(6)), Approve, Ask),
        (
            "a contact set lately",
            |c, f| {
                c.evidence.clear();
                account(f).contacts[0].verified_at = Some(ago(29));
                f.desk.codes = vec![code(Channel::Contact, Contact::Email(email(OWNER_MAIL)))];
            },
            Ask,
            Approve,
        ),
        (
            "lost mode that begins",
            |_, f| device(f).bindings[0].lost_mode_since = Some(now().plus_hours(1)),
            Approve,
            Recommendation::Refuse,
        ),
    ];
    for (line, bend, before, after) in rows {
        let (mut claim, mut facts) = owner();
        bend(&mut claim, &mut facts);
        let policy = Policy::shipped();
        let mut at = now();
        let mut changed = false;
        for _ in 0..8 {
            let judgement = judge(&claim, &facts, &policy, at);
            if at > now() && judgement.recommendation == after {
                changed = true;
                break;
            }
            assert_eq!(judgement.recommendation, before, "{line} at {at}");
            let Some(next) = judgement.valid_until else { break };
            assert!(next > at, "{line}: {next} is not after {at}");
            let just_before = judge(&claim, &facts, &policy, Time(next.0 - 1));
            assert_eq!(just_before.findings, judgement.findings, "{line}: changed before {next}");
            at = next;
        }
        assert!(changed, "{line}: never changed");
    }
}

#[test]
fn a_hold_has_an_end_only_if_each_of_its_reasons_has() {
    let both: Bend = |_, f| {
        f.desk.wrong_answers = vec![ago(0); 3];
        f.registry.sims[0].last_change = Some(ago(9));
    };
    assert_eq!(judged(both).until, Some(now().plus_days(1)));
    let endless: Bend = |_, f| {
        f.registry.sims[0].last_change = Some(ago(9));
        device(f).notices = vec![notice(NoticeStatus::Pending)];
    };
    assert_eq!(judged(endless).until, None);
}
