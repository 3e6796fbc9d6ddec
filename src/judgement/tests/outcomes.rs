//! §4: what the command line cannot easily make true, a table row each. The rest is in tests/worlds.

use super::*;
use Outcome::{Fail, Missing, Pass, Unknown};
use Recommendation::{Approve, ApproveSecond, Ask, Hold, Investigate, Refer, Refuse};

#[test]
fn the_owner_is_approved_by_one_agent() {
    let judgement = judged(|_, _| ());
    assert_eq!(judgement.recommendation, Approve);
    assert_eq!(judgement.because, ["sim", "purchase"]);
    assert!(judgement.missing.is_empty() && judgement.cautions.is_empty() && judgement.also.is_empty());
}

#[test]
fn device_checks() {
    table(
        Check::DeviceClone,
        &[
            ("fewer than five SIMs", |_, f| sims(f, 3, true), Pass, Approve),
            ("five SIMs", |_, f| sims(f, 4, true), Fail, Refer),
            ("by IMSI where no ICCID is known", |_, f| sims(f, 4, false), Fail, Refer),
            (
                "one card reported by ICCID and by IMSI alone is one SIM",
                |_, f| {
                    sims(f, 2, true);
                    let mut again = device(f).sightings.clone();
                    for seen in &mut again {
                        seen.iccid = None;
                    }
                    device(f).sightings.extend(again.into_iter().filter(|s| s.imsi.is_some()));
                },
                Pass,
                Approve,
            ),
            (
                "numbers alone are no SIM",
                |_, f| {
                    sims(f, 9, true);
                    device(f).sightings.iter_mut().for_each(|s| (s.iccid, s.imsi) = (None, None));
                },
                Pass,
                Approve,
            ),
        ],
    );
    table(
        Check::DeviceNotice,
        &[
            (
                "made here and lapsed",
                |_, f| {
                    device(f).notices =
                        vec![Notice { lapses_at: Some(now()), ..notice(NoticeStatus::Pending) }];
                },
                Pass,
                Approve,
            ),
            (
                "made here, not lapsed",
                |_, f| {
                    let end = Some(now().plus_hours(1));
                    device(f).notices = vec![Notice { lapses_at: end, ..notice(NoticeStatus::Pending) }];
                },
                Unknown,
                Hold,
            ),
            (
                "cleared, then confirmed anew",
                |_, f| {
                    let cleared = Notice { cleared_at: Some(ago(1)), ..notice(NoticeStatus::Cleared) };
                    device(f).notices = vec![cleared, notice(NoticeStatus::Confirmed)];
                },
                Fail,
                Refuse,
            ),
        ],
    );
    table(
        Check::BindingAge,
        &[
            (
                "a board replaced at service does not make the binding new",
                |_, f| {
                    let old = device(f).bindings[0].clone();
                    device(f).bindings[0].released_at = Some(ago(5));
                    device(f).bindings.push(Binding { bound_at: ago(4), record: OTHER_DEVICE, ..old });
                },
                Pass,
                Approve,
            ),
            (
                "bound anew on the same record",
                |_, f| {
                    let old = device(f).bindings[0].clone();
                    device(f).bindings[0].released_at = Some(ago(5));
                    device(f).bindings.push(Binding { bound_at: ago(4), ..old });
                },
                Fail,
                ApproveSecond,
            ),
        ],
    );
}

fn sims(facts: &mut Facts, count: u64, with_card: bool) {
    for n in 0..count {
        let mut seen = sighting("2026-11-01", "2026-11-10");
        seen.iccid = with_card.then(|| iccid(n));
        seen.imsi = Imsi::parse(&format!("25001{n:010}")).ok();
        seen.msisdn = None;
        device(facts).sightings.push(seen);
    }
}

#[test]
fn consent() {
    let alone: Bend = |c, f| {
        c.evidence.clear();
        f.registry.sims.clear();
        f.desk.codes = vec![code(Channel::Contact, Contact::Email(email(OWNER_MAIL)))];
    };
    let judgement = judged(alone);
    assert_eq!((judgement.recommendation, judgement.because), (Approve, vec!["consent".to_owned()]));
    table(
        Check::ContactCode,
        &[
            (
                "of another account",
                |_, f| {
                    f.desk.codes[0] = Code {
                        account: Some(8),
                        ..code(Channel::Contact, Contact::Email(email(OWNER_MAIL)))
                    };
                },
                Missing,
                Ask,
            ),
            (
                "no longer a contact",
                |_, f| {
                    account(f).contacts[0].replaced_at = Some(ago(1));
                    f.desk.codes[0] = code(Channel::Contact, Contact::Email(email(OWNER_MAIL)));
                },
                Unknown,
                Ask,
            ),
            (
                "one contact beyond doubt suffices, whichever was asked last",
                |_, f| {
                    account(f).contacts[1].sim_changed_at = Some(ago(3));
                    let mail = code(Channel::Contact, Contact::Email(email(OWNER_MAIL)));
                    let phone = Code {
                        confirmed_at: Some(ago(0)),
                        ..code(Channel::Contact, Contact::Phone(phone(OWNER_PHONE)))
                    };
                    f.desk.codes = vec![mail, phone];
                },
                Pass,
                Approve,
            ),
            (
                "a number whose SIM changed since it was verified",
                |_, f| {
                    account(f).contacts[1].sim_changed_at = Some(ago(600));
                    f.desk.codes[0] = code(Channel::Contact, Contact::Phone(phone(OWNER_PHONE)));
                },
                Unknown,
                Ask,
            ),
            (
                "a number whose SIM changed before it was verified",
                |_, f| {
                    account(f).contacts[1].sim_changed_at = Some(ago(691));
                    f.desk.codes[0] = code(Channel::Contact, Contact::Phone(phone(OWNER_PHONE)));
                },
                Pass,
                Approve,
            ),
            (
                "three wrong codes",
                |_, f| {
                    let sent = code(Channel::Contact, Contact::Email(email(OWNER_MAIL)));
                    f.desk.codes.push(Code { wrong: 3, confirmed_at: None, ..sent });
                },
                Fail,
                Approve,
            ),
        ],
    );
}

#[test]
fn a_receipt_is_used_once() {
    table(
        Check::ReceiptUnique,
        &[
            (
                "another device, and the sale names this one",
                |_, f| shared(f, Some(OTHER_DEVICE)),
                Pass,
                Approve,
            ),
            (
                "another device, and the sale names none",
                |_, f| {
                    f.registry.receipt.as_mut().unwrap().sales[0] =
                        Sale { sold_on: day("2025-01-29"), names: None, device: None };
                    shared(f, Some(OTHER_DEVICE));
                },
                Fail,
                Investigate,
            ),
            (
                "this device, another claimant, though that ticket is closed",
                |_, f| shared(f, Some(DEVICE)),
                Fail,
                Investigate,
            ),
            ("naming none, another claimant", |_, f| shared(f, None), Fail, Investigate),
            (
                "this device, the same claimant",
                |_, f| {
                    shared(f, Some(DEVICE));
                    f.desk.others[0].same_claimant = true;
                },
                Pass,
                Approve,
            ),
            (
                "cleared by an approver",
                |_, f| {
                    shared(f, Some(DEVICE));
                    f.desk.others[0].cleared = vec!["receipt.unique".into()];
                },
                Pass,
                Approve,
            ),
            (
                "cleared for another check",
                |_, f| {
                    shared(f, Some(DEVICE));
                    f.desk.others[0].cleared = vec!["box.unique".into()];
                },
                Fail,
                Investigate,
            ),
            (
                "removed again: the sale of the next one does not excuse it",
                |c, f| {
                    shared(f, Some(OTHER_DEVICE));
                    item(c, RECEIPT).removed = true;
                    c.evidence.push(evidence(20, Item::Receipt(paper("DN-2"))));
                },
                Fail,
                Investigate,
            ),
            (
                "removed, none stands",
                |c, f| {
                    shared(f, Some(DEVICE));
                    item(c, RECEIPT).removed = true;
                },
                Fail,
                Investigate,
            ),
            ("none was ever given", |c, _| c.evidence.retain(|e| e.id != RECEIPT), Missing, Ask),
        ],
    );
}

/// A closed ticket of somebody else used this receipt.
fn shared(facts: &mut Facts, device: Option<i64>) {
    let key = paper("DN-1").fold_key().unwrap();
    facts.desk.others = vec![Other { same_receipt: true, receipts: vec![key], open: false, ..other(device) }];
}

#[test]
fn a_picture_is_used_once() {
    table(
        Check::BoxUnique,
        &[
            (
                "another device, the same claimant",
                |c, f| alike(c, f, Some(OTHER_DEVICE), true),
                Fail,
                Investigate,
            ),
            ("this device, another claimant", |c, f| alike(c, f, Some(DEVICE), false), Fail, Investigate),
            ("this device, the same claimant", |c, f| alike(c, f, Some(DEVICE), true), Pass, Approve),
            (
                "removed again, it still counts",
                |c, f| {
                    alike(c, f, Some(DEVICE), false);
                    item(c, BOX).removed = true;
                },
                Fail,
                Investigate,
            ),
            (
                "cleared by an approver",
                |c, f| {
                    alike(c, f, Some(DEVICE), false);
                    f.desk.others[0].cleared = vec!["box.unique".into()];
                },
                Pass,
                Approve,
            ),
        ],
    );
}

fn alike(claim: &mut Claim, facts: &mut Facts, device: Option<i64>, same_claimant: bool) {
    restore(claim, facts, BOX);
    facts.desk.others = vec![Other { same_picture: Some(4), same_claimant, open: false, ..other(device) }];
}

#[test]
fn sims_removed_or_replaced_still_count() {
    let swapped: Bend = |c, f| {
        c.evidence
            .insert(0, evidence(20, Item::Sim(Sim { msisdn: given_phone("+79169999999"), iccid: None })));
        let fresh = SimFacts { last_change: Some(ago(3)), ..sim_facts(20, "+79169999999", CARD) };
        f.registry.sims.insert(0, fresh);
    };
    let judgement = judged(swapped);
    assert_eq!((judgement.recommendation, judgement.until), (Hold, Some(ago(3).plus_hours(240))));
    table(
        Check::SimAge,
        &[
            ("replaced by another", swapped, Fail, Hold),
            (
                "removed, none stands",
                |c, f| {
                    f.registry.sims[0].last_change = Some(ago(3));
                    item(c, SIM).removed = true;
                },
                Fail,
                Hold,
            ),
            ("removed, and it was no swap", |c, _| item(c, SIM).removed = true, Missing, Ask),
        ],
    );
}

#[test]
fn a_card_stands_for_a_number_only_if_they_were_seen_together() {
    table(
        Check::SimSeen,
        &[
            (
                "seen by card alone, and the card is the number's",
                |_, f| device(f).sightings[0].msisdn = None,
                Pass,
                Approve,
            ),
            (
                "seen by card alone, and the card was never seen with the number",
                |_, f| {
                    device(f).sightings[0].msisdn = None;
                    f.registry.sims[0].sightings[0].iccid = Some(iccid(5));
                },
                Fail,
                Ask,
            ),
            (
                "seen by card alone, no number known",
                |c, f| {
                    device(f).sightings[0].msisdn = None;
                    item(c, SIM).item = Item::Sim(Sim { msisdn: None, iccid: given(CARD, Iccid::parse) });
                    f.registry.sims[0] = SimFacts { number: None, ..f.registry.sims[0].clone() };
                },
                Pass,
                Ask,
            ),
            (
                "another number with this very card",
                |_, f| device(f).sightings[0].msisdn = Some(phone("+79160000001")),
                Fail,
                Ask,
            ),
        ],
    );
}
