//! Has the claimant's SIM lived in this device, is it not freshly swapped, and is it in their hand?

use super::super::facts::{Sighting, SimFacts};
use super::super::{Case, Check, Finding, RowKey};
use super::contact::{Codes, codes};
use crate::domain::{Channel, Contact, Evidence, Given, Imei, List, Outcome, Sim};

const NONE: &str = "finding-no-sim";

fn facts_of<'a>(case: &Case<'a>, evidence: &Evidence) -> Option<&'a SimFacts> {
    let facts: &'a super::super::Facts = case.facts;
    facts.registry.sims.iter().find(|s| s.evidence == evidence.id)
}

fn standing<'a>(case: &Case<'a>) -> Option<(&'a Evidence, &'a Sim, Option<&'a SimFacts>)> {
    let (evidence, sim) = case.claim.sim()?;
    Some((evidence, sim, facts_of(case, evidence)))
}

pub(super) fn form(case: &Case<'_>) -> Finding {
    let Some((evidence, sim, _)) = standing(case) else { return Finding::missing(Check::SimForm, NONE) };
    let damage = sim.msisdn.as_ref().and_then(Given::damage).map(|d| ("finding-sim-number-damaged", d));
    let damage = damage
        .or_else(|| sim.iccid.as_ref().and_then(Given::damage).map(|d| ("finding-sim-card-damaged", d)));
    let finding = match damage {
        Some((sentence, why)) => Finding::fail(Check::SimForm, sentence).with("why", why),
        None => Finding::pass(Check::SimForm, "finding-sim-good"),
    };
    finding.on(Some(evidence.id))
}

/// Whether a sighting is of this SIM: a SIM is known by its number, and by its card where no number is seen.
///
/// The card stands for the number only if the two were seen together: else anybody could type the number in
/// their own hand beside the card that is in the phone.
fn is_of(seen: &Sighting, sim: &SimFacts) -> bool {
    match (sim.number, seen.msisdn) {
        (Some(ours), Some(theirs)) => ours == theirs,
        (None, _) => sim.iccid.is_some() && seen.iccid == sim.iccid,
        (Some(ours), None) => {
            let together = |s: &Sighting| s.msisdn == Some(ours) && s.iccid == sim.iccid;
            sim.iccid.is_some() && seen.iccid == sim.iccid && sim.sightings.iter().any(together)
        }
    }
}

pub(super) fn seen(case: &Case<'_>) -> Finding {
    let Some((evidence, _, sim)) = standing(case) else { return Finding::missing(Check::SimSeen, NONE) };
    let t = &case.policy.thresholds;
    let received = case.claim.received_at;
    let since = received.minus_days(t.sim_recent_days);
    let device = case.facts.registry.device.as_ref();
    let before: Vec<&Sighting> =
        device.iter().flat_map(|d| &d.sightings).filter(|s| s.first_seen.start() <= received).collect();
    let recent = before.iter().any(|s| s.last_seen.end() >= since);
    if !recent {
        return Finding::unknown(Check::SimSeen, "finding-sim-none-lately")
            .with("days", t.sim_recent_days)
            .on(Some(evidence.id));
    }
    let ours: Vec<&&Sighting> = before.iter().filter(|s| sim.is_some_and(|sim| is_of(s, sim))).collect();
    let first = ours.iter().map(|s| s.first_seen).min();
    let last = ours.iter().map(|s| s.last_seen.min(received.day())).max();
    let finding = match (first, last) {
        (Some(first), Some(last)) if last.end() >= since => {
            if first.start().plus_days(t.sim_days) <= last.end() {
                Finding::pass(Check::SimSeen, "finding-sim-seen").with("days", t.sim_days).with("last", last)
            } else {
                Finding::fail(Check::SimSeen, "finding-sim-short").with("last", last).with("days", t.sim_days)
            }
        }
        (_, Some(last)) => Finding::fail(Check::SimSeen, "finding-sim-replaced").with("last", last),
        _ => Finding::fail(Check::SimSeen, "finding-sim-never"),
    };
    let imei = device.and_then(|d| d.imeis.first());
    let row = imei.map_or(RowKey::from(""), |imei| RowKey::Imei(*imei));
    finding.on(Some(evidence.id)).row(List::Sightings, row)
}

/// `sim.age` of one SIM.
fn age_of(case: &Case<'_>, sim: &SimFacts) -> Finding {
    let hours = case.policy.thresholds.sim_change_hours;
    let Some(number) = sim.number else {
        return Finding::unknown(Check::SimAge, "finding-sim-ageless");
    };
    let name = number.masked();
    let with_ours = |s: &&Sighting| sim.iccid.is_some() && s.iccid == sim.iccid && s.msisdn == Some(number);
    let since = if let Some(changed) = sim.last_change {
        let end = changed.plus_hours(hours);
        if !case.now.reached(end) {
            return Finding::fail(Check::SimAge, "finding-sim-changed")
                .with("number", name.as_str())
                .with("changed", changed.to_string())
                .with("hours", hours)
                .row(List::SimChanges, format!("{name} {changed}"))
                .until(Some(end));
        }
        changed.day()
    } else {
        let old = |s: &&Sighting| case.now.reached(s.first_seen.start().plus_hours(hours));
        match sim.sightings.iter().filter(with_ours).filter(old).map(|s| s.last_seen).max() {
            Some(day) => day,
            None => {
                return Finding::unknown(Check::SimAge, "finding-sim-unmonitored").with("number", name);
            }
        }
    };
    let other = sim.sightings.iter().find(|s| {
        s.msisdn == Some(number)
            && sim.iccid.is_some()
            && s.iccid.is_some()
            && s.iccid != sim.iccid
            && s.last_seen > since
    });
    match other {
        Some(s) => Finding::fail(Check::SimAge, "finding-sim-other-card")
            .with("number", name)
            .with("day", s.last_seen)
            .row(List::Sightings, in_which(case, s.imei)),
        None => Finding::pass(Check::SimAge, "finding-sim-old").with("number", name).with("hours", hours),
    }
}

/// The device of a sighting; another than the claimed one in part, since which they have is asked of a caller.
fn in_which(case: &Case<'_>, imei: Imei) -> RowKey {
    let ours = case.facts.registry.device.as_ref().is_some_and(|d| d.imeis.contains(&imei));
    if ours { imei.into() } else { imei.masked().into() }
}

pub(super) fn age(case: &Case<'_>) -> Finding {
    // A SIM that was removed or replaced by another still counts: that must not dodge a fresh swap.
    let stands = case.claim.sim().map(|(e, _)| e.id);
    let mut earlier_failure = None;
    for (evidence, _) in case.claim.sims().filter(|(e, _)| Some(e.id) != stands) {
        let finding = facts_of(case, evidence).map(|sim| age_of(case, sim).on(Some(evidence.id)));
        earlier_failure = earlier_failure.or(finding.filter(|f| f.outcome == Outcome::Fail));
    }
    let standing = standing(case).map(|(evidence, _, sim)| {
        sim.map_or_else(|| Finding::unknown(Check::SimAge, "finding-sim-unasked"), |sim| age_of(case, sim))
            .on(Some(evidence.id))
    });
    let fails = standing.as_ref().is_some_and(|f| f.outcome == Outcome::Fail);
    let counts = earlier_failure.filter(|_| !fails);
    counts.or(standing).unwrap_or_else(|| Finding::missing(Check::SimAge, NONE))
}

pub(super) fn held(case: &Case<'_>) -> Finding {
    let Some((evidence, _, sim)) = standing(case) else { return Finding::missing(Check::SimHeld, NONE) };
    let number = sim.and_then(|s| s.number);
    let finding = match codes(case, Channel::Sim, |c| number.is_some_and(|n| c.to == Contact::Phone(n))) {
        Codes::Confirmed(read_back) => {
            let finding = match read_back.last().and_then(|c| c.confirmed_at) {
                Some(at) => Finding::pass(Check::SimHeld, "finding-sim-held-on").with("day", at.day()),
                None => Finding::pass(Check::SimHeld, "finding-sim-held"),
            };
            finding.with("number", number.map(crate::domain::Phone::masked).unwrap_or_default())
        }
        Codes::Burnt => Finding::fail(Check::SimHeld, "finding-sim-burnt"),
        Codes::None => Finding::missing(Check::SimHeld, "finding-sim-no-code"),
    };
    finding.on(Some(evidence.id))
}
