//! What the other tickets of the desk say about this one.

use std::collections::BTreeMap;

use super::super::facts::Other;
use super::super::policy::Thresholds;
use super::super::{Case, Check, Finding, Now};
use super::receipt::cleared;
use crate::domain::{Time, good};

/// Days over which a claimant's devices and wrong answers are counted.
const MONTH: i64 = 30;

pub(super) fn rate(case: &Case<'_>) -> Finding {
    let who = &case.claim.claimant;
    if good(who.email.as_ref()).is_none() && good(who.phone.as_ref()).is_none() {
        return Finding::skip(Check::ClaimantRate, "finding-rate-no-contact");
    }
    let recent = |received: Time| !case.now.reached(received.plus_days(MONTH));
    let mut claims: Vec<(i64, Vec<i64>)> = Vec::new();
    if recent(case.claim.received_at) {
        claims
            .extend(case.facts.registry.device.as_ref().map(|d| (d.id, case.claim.receipt_keys().collect())));
    }
    let theirs: Vec<&Other> = case
        .facts
        .desk
        .others
        .iter()
        .filter(|o| o.same_claimant && recent(o.received_at) && !cleared(o, Check::ClaimantRate))
        .collect();
    claims.extend(theirs.iter().filter_map(|o| Some((o.device?, o.receipts.clone()))));
    let devices = count_devices(&claims);
    let most = case.policy.thresholds.claims_per_month;
    if devices > most {
        let own = case.facts.registry.device.as_ref().map(|d| d.id);
        let tickets: Vec<i64> =
            theirs.iter().filter(|o| o.device.is_some() && o.device != own).map(|o| o.ticket).collect();
        return Finding::fail(Check::ClaimantRate, "finding-rate-over")
            .with("n", devices)
            .with("days", MONTH)
            .with("most", most)
            .with("tickets", super::tickets(&tickets))
            .naming(tickets);
    }
    Finding::pass(Check::ClaimantRate, "finding-rate").with("n", devices).with("days", MONTH)
}

/// Different devices, those of one receipt counted once.
fn count_devices(claims: &[(i64, Vec<i64>)]) -> i64 {
    // What a claim names, devices and receipts alike, belongs together: each group is one.
    let mut group_of: BTreeMap<(bool, i64), usize> = BTreeMap::new();
    let mut parents: Vec<usize> = Vec::new();
    let mut groups = 0;
    for (device, receipts) in claims {
        let things = std::iter::once((true, *device)).chain(receipts.iter().map(|r| (false, *r)));
        let mut first = None;
        for thing in things {
            let at = *group_of.entry(thing).or_insert_with(|| {
                groups += 1;
                parents.push(parents.len());
                parents.len() - 1
            });
            let root = root(&mut parents, at);
            match first {
                Some(first) if first != root => {
                    parents[root] = first;
                    groups -= 1;
                }
                _ => first = Some(root),
            }
        }
    }
    groups
}

/// The group that another was joined to, found again faster.
fn root(parents: &mut [usize], mut at: usize) -> usize {
    while parents[at] != at {
        parents[at] = parents[parents[at]];
        at = parents[at];
    }
    at
}

/// Whether another ticket stands beside this one: on the same device, or, where one of them names none,
/// on the same account.
fn beside(case: &Case<'_>, other: &Other) -> bool {
    let facts = &case.facts.registry;
    match (facts.device.as_ref().map(|d| d.id), other.device) {
        (Some(ours), Some(theirs)) => ours == theirs,
        _ => facts.account.as_ref().is_some_and(|a| other.account == Some(a.no)),
    }
}

fn neither_known(case: &Case<'_>) -> bool {
    case.facts.registry.device.is_none() && case.facts.registry.account.is_none()
}

/// The open tickets beside this one by somebody else.
pub(in super::super) fn rivals<'a>(case: &Case<'a>) -> Vec<&'a Other> {
    let facts: &'a super::super::Facts = case.facts;
    facts
        .desk
        .others
        .iter()
        .filter(|o| o.open && !o.same_claimant && beside(case, o) && !cleared(o, Check::TicketRival))
        .collect()
}

pub(super) fn rival(case: &Case<'_>) -> Finding {
    if neither_known(case) {
        return Finding::skip(Check::TicketRival, "finding-neither-known");
    }
    let rivals: Vec<i64> = rivals(case).iter().map(|o| o.ticket).collect();
    if rivals.is_empty() {
        return Finding::pass(Check::TicketRival, "finding-rival-none");
    }
    Finding::fail(Check::TicketRival, "finding-rival").with("tickets", super::tickets(&rivals)).naming(rivals)
}

pub(super) fn twin(case: &Case<'_>) -> Finding {
    if neither_known(case) {
        return Finding::skip(Check::TicketTwin, "finding-neither-known");
    }
    let twins: Vec<i64> = case
        .facts
        .desk
        .others
        .iter()
        .filter(|o| o.open && o.same_claimant && beside(case, o))
        .map(|o| o.ticket)
        .collect();
    if twins.is_empty() {
        return Finding::pass(Check::TicketTwin, "finding-twin-none");
    }
    Finding::fail(Check::TicketTwin, "finding-twin").with("tickets", super::tickets(&twins)).naming(twins)
}

/// When wrong answers were given on this device or account, the oldest first.
fn wrong_answers(case: &Case<'_>) -> Vec<Time> {
    let mut wrong: Vec<Time> = case.facts.desk.wrong_answers.clone();
    for (id, is_wrong) in super::answers::wrong_items(case.claim, case.facts) {
        if let Some(e) = case.claim.evidence.iter().find(|e| is_wrong && e.id == id) {
            wrong.push(e.added_at);
        }
    }
    wrong.sort_unstable();
    wrong
}

/// How many more wrong answers this device and account bear before nothing is compared any more.
pub(in super::super) fn tries_left(case: &Case<'_>) -> i64 {
    let (t, wrong) = (&case.policy.thresholds, wrong_answers(case));
    let within = |end: &dyn Fn(Time) -> Time| {
        i64::try_from(wrong.iter().filter(|w| !case.now.reached(end(**w))).count()).unwrap_or(i64::MAX)
    };
    let day = t.tries - within(&|w| w.plus_hours(t.tries_hours));
    let month = t.tries_month - within(&|w| w.plus_days(MONTH));
    day.min(month).max(0)
}

/// Until when so many wrong answers, the oldest first, are too many.
pub(in super::super) fn over(wrong: &[Time], t: &Thresholds, now: &Now) -> Option<Time> {
    let limit = |least: i64, end: &dyn Fn(Time) -> Time| -> Option<Time> {
        let within: Vec<Time> = wrong.iter().copied().filter(|w| !now.reached(end(*w))).collect();
        let over = within.len().checked_sub(usize::try_from(least).unwrap_or(1))?;
        // It ends when so many of them are past that fewer than the limit remain.
        within.get(over).map(|w| end(*w))
    };
    let day = limit(t.tries, &|w| w.plus_hours(t.tries_hours));
    let month = limit(t.tries_month, &|w| w.plus_days(MONTH));
    day.max(month)
}

pub(super) fn tries(case: &Case<'_>) -> Finding {
    match over(&wrong_answers(case), &case.policy.thresholds, case.now) {
        Some(until) => Finding::fail(Check::ClaimTries, "finding-tries-over")
            .with("until", until.to_string())
            .until(Some(until)),
        None => Finding::pass(Check::ClaimTries, "finding-tries"),
    }
}
