//! §4, checks that look at other tickets: rate, rival, twin, tries. A table row each.

use super::*;
use crate::domain::Proof;
use Outcome::{Fail, Pass, Skip};
use Recommendation::{Approve, ApproveSecond, Hold, Investigate};

#[test]
fn the_queue() {
    table(
        Check::ClaimantRate,
        &[
            ("three devices", |_, f| many(f, 2, false), Pass, Approve),
            ("four devices", |_, f| many(f, 3, false), Fail, Investigate),
            (
                "four devices, one by somebody else",
                |_, f| {
                    many(f, 3, false);
                    f.desk.others[0].same_claimant = false;
                },
                Pass,
                Approve,
            ),
            (
                "four devices, one a month ago",
                |_, f| {
                    many(f, 3, false);
                    f.desk.others[0].received_at = ago(30);
                },
                Pass,
                Approve,
            ),
            (
                "four devices, one asked for twice with one receipt",
                |_, f| {
                    many(f, 3, false);
                    f.desk.others[0].receipts = vec![77];
                    let again = f.desk.others[0].clone();
                    f.desk.others.extend([again.clone(), again]);
                },
                Fail,
                Investigate,
            ),
            (
                "four devices, closed tickets too",
                |_, f| {
                    many(f, 3, false);
                    f.desk.others.iter_mut().for_each(|o| o.open = false);
                },
                Fail,
                Investigate,
            ),
            ("devices of one receipt count once", |_, f| many(f, 9, true), Pass, Approve),
            (
                "devices chained by two receipts count once",
                |_, f| {
                    many(f, 4, false);
                    let keys: Vec<i64> =
                        ["DN-1", "DN-2"].iter().filter_map(|n| paper(n).fold_key()).collect();
                    f.desk.others[0].receipts = vec![keys[1]];
                    f.desk.others[1].receipts = keys;
                },
                Pass,
                Approve,
            ),
            (
                "one pair is cleared",
                |_, f| {
                    many(f, 3, false);
                    f.desk.others[0].cleared = vec!["claimant.rate".into()];
                },
                Pass,
                Approve,
            ),
            (
                "no contact given",
                |c, f| {
                    many(f, 3, false);
                    c.claimant.email = given("nowhere", Email::parse);
                },
                Skip,
                Approve,
            ),
        ],
    );
    table(
        Check::TicketRival,
        &[
            (
                "on the device, no proof: a caution",
                |_, f| f.desk.others = vec![other(Some(DEVICE))],
                Fail,
                ApproveSecond,
            ),
            (
                "on the device, with a proof",
                |_, f| {
                    f.desk.others =
                        vec![Other { proofs: vec![crate::domain::Proof::Facts], ..other(Some(DEVICE)) }];
                },
                Fail,
                Hold,
            ),
            (
                "no set of our own",
                |c, f| {
                    f.desk.others = vec![other(Some(DEVICE))];
                    c.evidence.clear();
                },
                Fail,
                Hold,
            ),
            (
                "closed",
                |_, f| f.desk.others = vec![Other { open: false, ..other(Some(DEVICE)) }],
                Pass,
                Approve,
            ),
            (
                "the same claimant",
                |_, f| f.desk.others = vec![Other { same_claimant: true, ..other(Some(DEVICE)) }],
                Pass,
                Approve,
            ),
            (
                "another device of the account",
                |_, f| f.desk.others = vec![other(Some(OTHER_DEVICE))],
                Pass,
                Approve,
            ),
            (
                "one that names none, on the account",
                |_, f| f.desk.others = vec![other(None)],
                Fail,
                ApproveSecond,
            ),
            (
                "cleared",
                |_, f| {
                    f.desk.others =
                        vec![Other { cleared: vec!["ticket.rival".into()], ..other(Some(DEVICE)) }];
                },
                Pass,
                Approve,
            ),
        ],
    );
    table(
        Check::ClaimTries,
        &[
            ("two in a day", |_, f| f.desk.wrong_answers = vec![ago(0); 2], Pass, Approve),
            ("three in a day", |_, f| f.desk.wrong_answers = vec![ago(0); 3], Fail, Hold),
            (
                "wrong facts that were removed are the third",
                |c, f| {
                    f.desk.wrong_answers = vec![ago(0); 2];
                    item(c, FACTS).item = Item::Facts(vec![("region".into(), "KZ".into())]);
                    item(c, FACTS).added_at = now().minus_hours(3);
                },
                Fail,
                Hold,
            ),
            (
                "five in a month",
                |_, f| f.desk.wrong_answers = (1..6).map(|n| ago(4 * n)).collect(),
                Pass,
                Approve,
            ),
            (
                "six in a month",
                |_, f| f.desk.wrong_answers = (1..7).map(|n| ago(4 * n)).collect(),
                Fail,
                Hold,
            ),
        ],
    );
}

fn many(facts: &mut Facts, count: i64, one_receipt: bool) {
    let key = paper("DN-1").fold_key().unwrap();
    let other = |n| Other {
        same_claimant: true,
        receipts: if one_receipt { vec![key] } else { Vec::new() },
        ..other(Some(100 + n))
    };
    facts.desk.others = (0..count).map(other).collect();
}

#[test]
fn a_new_ticket_stirs_only_whom_it_can_change() {
    let (claim, facts) = owner();
    let policy = &Policy::shipped();
    let most = policy.thresholds.claims_per_month;
    let elsewhere = || Other { contacts_known: true, ..other(Some(DEVICE + 1)) };
    let alone = |other: Other| {
        let mut facts = facts.clone();
        facts.desk.others = vec![other.clone()];
        may_change(&claim, &facts, policy, &other)
    };
    for (name, other, stirred) in [
        ("the same device", other(Some(DEVICE)), true),
        ("no device: the account may be the same", other(None), true),
        ("another device of the account", elsewhere(), false),
        ("the same receipt", Other { same_receipt: true, ..elsewhere() }, true),
        ("the same picture", Other { same_picture: Some(3), ..elsewhere() }, true),
        ("the same claimant", Other { same_claimant: true, ..elsewhere() }, false),
        (
            "the same claimant, who has contacts of which more may be known",
            Other { same_claimant: true, contacts_known: false, ..elsewhere() },
            true,
        ),
    ] {
        assert_eq!(alone(other), stirred, "{name}");
    }
    for (count, stirred) in [(most - 1, false), (most, true)] {
        let mut facts = facts.clone();
        many(&mut facts, count, false);
        let other = Other { contacts_known: true, ..facts.desk.others[0].clone() };
        assert_eq!(may_change(&claim, &facts, policy, &other), stirred, "{count} others of one claimant");
    }
    let (mut wrong, facts) = (claim, facts);
    wrong.evidence.iter_mut().filter(|e| e.id == FACTS).for_each(|e| {
        e.item = Item::Facts(vec![("name".into(), "Somebody Else".into())]);
    });
    assert!(may_change(&wrong, &facts, policy, &elsewhere()), "a wrong answer counts on the account");
}

#[test]
fn the_tickets_for_other_devices_are_named() {
    let judgement = judged(|_, f| {
        many(f, 4, false);
        for (n, ticket) in (20..).enumerate().take(4) {
            f.desk.others[n].ticket = ticket;
        }
        (f.desk.others[1].device, f.desk.others[1].open) = (Some(DEVICE), false);
        let nameless = Other { ticket: 30, device: None, open: false, ..f.desk.others[0].clone() };
        f.desk.others.push(nameless);
    });
    assert_eq!(judgement.finding(Check::ClaimantRate).unwrap().tickets, [20, 22, 23]);
}

#[test]
fn twins_and_rivals_stand_beside() {
    let beside = |bend: Bend| {
        let judgement = judged(bend);
        (outcome(&judgement, Check::TicketRival), outcome(&judgement, Check::TicketTwin))
    };
    assert_eq!(
        beside(|_, f| f.desk.others = vec![Other { same_claimant: true, ..other(Some(DEVICE)) }]),
        (Pass, Fail)
    );
    assert_eq!(
        beside(|_, f| f.desk.others = vec![Other { same_claimant: true, open: false, ..other(Some(DEVICE)) }]),
        (Pass, Pass),
        "closed"
    );
    assert_eq!(
        beside(|_, f| f.desk.others = vec![Other { same_claimant: true, ..other(Some(OTHER_DEVICE)) }]),
        (Pass, Pass),
        "another device"
    );
    assert_eq!(beside(|_, f| f.desk.others = vec![other(Some(DEVICE))]), (Fail, Pass), "somebody else's");
    let unknown: Bend = |_, f| (f.registry.device, f.registry.account) = (None, None);
    assert_eq!(beside(unknown), (Skip, Skip), "neither known");
    let account_alone: Bend = |_, f| (f.registry.device, f.desk.others) = (None, vec![other(Some(DEVICE))]);
    assert_eq!(beside(account_alone), (Fail, Pass), "on its account");
    assert_eq!(beside(|_, f| f.registry.account = None), (Pass, Pass), "the device alone is known");
}

#[test]
fn a_rival_with_any_proof_holds() {
    for (proofs, expected) in [(vec![], ApproveSecond), (vec![Proof::Facts], Hold), (vec![Proof::Sim], Hold)]
    {
        let (claim, mut facts) = owner();
        facts.desk.others = vec![other(Some(DEVICE)), Other { ticket: 10, proofs, ..other(Some(DEVICE)) }];
        let judgement = judge(&claim, &facts, &Policy::shipped(), now());
        assert_eq!(judgement.recommendation, expected);
    }
}
