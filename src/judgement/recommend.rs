//! From findings to proofs, cautions and one recommendation (JUDGEMENT.md §5 and §6).

use super::checks::shared::{bound, claimant_is_contact, good_serial, rivals};
use super::guide::{self, Guide};
use super::{Case, Check, Effect, Finding};
use crate::domain::{Outcome, Proof, Recommendation, Request, Time};

/// Everything the tool says of a case.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// One for each check, in the contract's order.
    pub findings: Vec<Finding>,
    /// Proofs that are complete.
    pub proofs: Vec<Proof>,
    /// Checks that ask for a second person.
    pub cautions: Vec<Check>,
    /// The first line that applies.
    pub recommendation: Recommendation,
    /// Its reasons: checks, proofs or the request.
    pub because: Vec<String>,
    /// Lines further down that apply too.
    pub also: Vec<Recommendation>,
    /// The smallest sets of proofs that would complete an accepted set.
    pub missing: Vec<Vec<Proof>>,
    /// What to tell the customer, where guidance is the answer.
    pub guide: Option<Guide>,
    /// When a hold ends, where a time is known.
    pub until: Option<Time>,
    /// How many people must say yes to a grant.
    pub approvals_needed: u8,
    /// Accepted sets that are complete, those for one agent first.
    pub complete_sets: Vec<Vec<Proof>>,
    /// When time alone would change anything above.
    pub valid_until: Option<Time>,
}

impl Judgement {
    /// The finding of one check.
    pub fn finding(&self, check: Check) -> Option<&Finding> {
        self.findings.iter().find(|f| f.check == check)
    }

    /// Whether every complete accepted set has this proof in it.
    pub fn rests_on(&self, proof: Proof) -> bool {
        self.complete_sets.iter().all(|set| set.contains(&proof))
    }
}

/// The checks that make up a proof: all must pass (JUDGEMENT.md §5).
pub const fn parts(proof: Proof) -> &'static [Check] {
    match proof {
        Proof::Purchase => &[
            Check::ReceiptForm,
            Check::ReceiptKnown,
            Check::ReceiptDevice,
            Check::ReceiptDate,
            Check::ReceiptUnique,
        ],
        Proof::Sim => &[Check::SimForm, Check::SimSeen, Check::SimAge, Check::SimHeld],
        Proof::Consent => &[Check::ContactCode],
        Proof::Box => &[Check::BoxMatch, Check::BoxUnique],
        Proof::Facts => &[Check::AccountFacts],
    }
}

fn outcome(findings: &[Finding], check: Check) -> Outcome {
    // Findings stand in the order of the checks.
    findings.get(check as usize).filter(|f| f.check == check).map_or(Outcome::Skip, |f| f.outcome)
}

/// The accepted sets that the proofs complete: those for one agent, and those for two.
pub fn complete_sets(case: &Case<'_>, proofs: &[Proof]) -> (Vec<Vec<Proof>>, Vec<Vec<Proof>>) {
    let accepted = case.policy.accepted(case.claim.request);
    let complete = |sets: &[Vec<Proof>]| -> Vec<Vec<Proof>> {
        sets.iter().filter(|set| set.iter().all(|p| proofs.contains(p))).cloned().collect()
    };
    (complete(&accepted.one), complete(&accepted.two))
}

/// Sets of proofs still to bring, smallest and easiest first; empty once a set is complete.
pub(super) fn missing(case: &Case<'_>, proofs: &[Proof]) -> Vec<Vec<Proof>> {
    let accepted = case.policy.accepted(case.claim.request);
    let bits = |set: &[Proof]| set.iter().fold(0_u32, |bits, proof| bits | 1 << *proof as u32);
    let have = bits(proofs);
    let mut lacking: Vec<u32> =
        accepted.one.iter().chain(&accepted.two).map(|set| bits(set) & !have).collect();
    if lacking.contains(&0) {
        return Vec::new();
    }
    lacking.sort_unstable();
    lacking.dedup();
    let smallest = |set: &u32| !lacking.iter().any(|other| other != set && other & set == *other);
    let named = |set: &u32| Proof::ALL.iter().copied().filter(|p| set >> *p as u32 & 1 == 1).collect();
    let mut sets: Vec<Vec<Proof>> = lacking.iter().filter(|set| smallest(set)).map(named).collect();
    sets.sort_unstable_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    sets
}

/// What the lines of JUDGEMENT.md §6 go by.
struct Weighed {
    findings: Vec<Finding>,
    proofs: Vec<Proof>,
    cautions: Vec<Check>,
    one: Vec<Vec<Proof>>,
    two: Vec<Vec<Proof>>,
    /// Whether the checks that a grant needs besides its proofs pass.
    ready: bool,
}

impl Weighed {
    fn because(&self, effect: Effect) -> Vec<String> {
        self.findings.iter().filter(|f| f.effect == Some(effect)).map(|f| f.check.to_string()).collect()
    }
}

/// Proofs of the complete sets, in the order of `missing`.
fn proofs_of(sets: &[&Vec<Vec<Proof>>]) -> Vec<String> {
    let mut all: Vec<Proof> = sets.iter().flat_map(|s| s.iter().flatten().copied()).collect();
    all.sort_unstable();
    all.dedup();
    all.iter().map(ToString::to_string).collect()
}

/// Whether what a grant needs besides its proofs is there: the device known, the account known and the
/// device bound to it.
fn ready(case: &Case<'_>, findings: &[Finding]) -> bool {
    let request = case.claim.request;
    let needs = &case.policy.accepted(request).needs;
    let base: &[Check] = match request {
        Request::Unbind | Request::DeviceReset | Request::LostReport => &[Check::DeviceKnown],
        Request::PasswordReset | Request::LoginRecovery => &[Check::AccountKnown],
        Request::AccountDeletion | Request::Activation => &[],
    };
    let pass = |check: &Check| outcome(findings, *check) == Outcome::Pass;
    let bound_to_it = match request {
        Request::PasswordReset | Request::LoginRecovery => {
            let account = case.facts.registry.account.as_ref().map(|a| a.no);
            account.is_some() && bound(case).map(|b| b.account) == account
        }
        _ => true,
    };
    needs.iter().all(pass) && base.iter().all(pass) && bound_to_it
}

fn weigh(case: &Case<'_>, mut findings: Vec<Finding>) -> Weighed {
    let proofs: Vec<Proof> = Proof::ALL
        .iter()
        .copied()
        .filter(|p| parts(*p).iter().all(|check| outcome(&findings, *check) == Outcome::Pass))
        .collect();
    let (one, two) = complete_sets(case, &proofs);
    let accepted = !one.is_empty() || !two.is_empty();
    let idle_rivals = accepted && rivals(case).iter().all(|r| r.proofs.is_empty());
    let (serial, mut cautions) = (good_serial(case), Vec::new());
    for finding in &mut findings {
        let mut effects: Vec<Effect> = case.policy.effects(finding, case.claim.request).collect();
        effects.sort_unstable();
        if finding.check == Check::TicketRival && effects.contains(&Effect::Hold) && idle_rivals {
            effects.retain(|e| *e != Effect::Hold);
            effects.push(Effect::Caution);
        }
        if finding.check == Check::ImeiForm && !serial {
            effects.retain(|e| *e != Effect::Caution);
        }
        if effects.contains(&Effect::Caution) {
            cautions.push(finding.check);
        }
        finding.effect = effects.first().copied();
    }
    let ready = ready(case, &findings);
    Weighed { findings, proofs, cautions, one, two, ready }
}

/// The reasons for which the owner could not be told of a grant.
fn nobody_to_notify(case: &Case<'_>) -> bool {
    let days = case.policy.thresholds.replaced_contact_days;
    case.facts.registry.account.as_ref().is_none_or(|account| {
        !account.contacts.iter().any(|c| {
            c.verified_at.is_some_and(|t| case.now.reached(t))
                && c.replaced_at.is_none_or(|t| !case.now.reached(t.plus_days(days)))
        })
    })
}

fn guide_reasons(case: &Case<'_>, w: &Weighed) -> Vec<String> {
    let mut reasons = w.because(Effect::Guide);
    let by_request = match case.claim.request {
        Request::AccountDeletion | Request::Activation => true,
        Request::LoginRecovery => w.ready && !(w.one.is_empty() && w.two.is_empty()),
        _ => false,
    };
    if by_request {
        reasons.push(case.claim.request.to_string());
    }
    reasons
}

pub(super) fn recommend(case: &Case<'_>, findings: Vec<Finding>) -> Judgement {
    let w = weigh(case, findings);
    let guided = guide_reasons(case, &w);
    let mut refused = w.because(Effect::Refuse);
    if case.facts.desk.objected_at.is_some() {
        refused.push("owner.objection".into());
    }
    let approve = w.ready && !w.one.is_empty() && w.cautions.is_empty();
    let second = w.ready && !approve && !(w.one.is_empty() && w.two.is_empty());
    let held = w.because(Effect::Hold);
    let mut referred = w.because(Effect::Refer);
    let grants = case.claim.request != Request::LostReport;
    if grants && second && held.is_empty() && guided.is_empty() && nobody_to_notify(case) {
        referred.push("owner.notice".into());
    }
    let lines: [(Recommendation, Vec<String>); 5] = [
        (Recommendation::Investigate, w.because(Effect::Investigate)),
        (Recommendation::Refuse, refused),
        (Recommendation::Refer, referred),
        (Recommendation::Hold, held),
        (Recommendation::Guide, guided),
    ];
    let mut standing = lines.into_iter().filter(|(_, reasons)| !reasons.is_empty());
    let (recommendation, because) = standing.next().unwrap_or_else(|| {
        if approve {
            (Recommendation::Approve, proofs_of(&[&w.one]))
        } else if second {
            let cautions: Vec<String> = w.cautions.iter().map(ToString::to_string).collect();
            let because = if cautions.is_empty() { proofs_of(&[&w.one, &w.two]) } else { cautions };
            (Recommendation::ApproveSecond, because)
        } else {
            (Recommendation::Ask, correct(case, &w.findings))
        }
    });
    let also = standing.map(|(line, _)| line).collect();
    let until = (recommendation == Recommendation::Hold).then(|| hold_until(&w.findings)).flatten();
    let guide = (recommendation == Recommendation::Guide).then(|| {
        guide::guide(case, &because, claimant_is_contact(case) || !(w.one.is_empty() && w.two.is_empty()))
    });
    Judgement {
        missing: missing(case, &w.proofs),
        complete_sets: w.one.iter().chain(&w.two).cloned().collect(),
        approvals_needed: needed(case, &w, recommendation),
        findings: w.findings,
        proofs: w.proofs,
        cautions: w.cautions,
        recommendation,
        because,
        also,
        guide,
        until,
        valid_until: case.now.next(),
    }
}

/// How many people must say yes to a grant as things stand.
fn needed(case: &Case<'_>, w: &Weighed, recommendation: Recommendation) -> u8 {
    let alone = case.claim.request != Request::PasswordReset
        && (recommendation == Recommendation::Approve || !recommendation.grants() && w.cautions.is_empty());
    if alone { 1 } else { 2 }
}

/// What an `ask` names as to be corrected.
fn correct(case: &Case<'_>, findings: &[Finding]) -> Vec<String> {
    findings
        .iter()
        .filter(|f| case.policy.effects(f, case.claim.request).any(|e| e == Effect::Correct))
        .map(|f| f.check.to_string())
        .collect()
}

/// The end of a hold: the last of its reasons' ends, or unknown if one of them has none.
fn hold_until(findings: &[Finding]) -> Option<Time> {
    let ends = findings.iter().filter(|f| f.effect == Some(Effect::Hold)).map(|f| f.until);
    ends.collect::<Option<Vec<Time>>>()?.into_iter().max()
}
