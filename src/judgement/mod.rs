//! Judgement: claim and facts in, findings, proofs and one recommendation out (JUDGEMENT.md).
//!
//! Pure functions: nothing here queries, reads a clock or knows who asks. Adding a check is one function
//! in `checks/`, one word in [`Check`], and a policy line that says what it leads to.

mod checks;
pub mod facts;
mod finding;
mod guide;
mod policy;
mod recommend;
pub mod reply;
pub mod rings;
mod row_key;
mod stir;
#[cfg(test)]
#[allow(clippy::too_many_lines)] // tables
mod tests;
mod told;
mod wants;

pub use facts::Facts;
pub use finding::{Check, Effect, Finding, Note, Now, RowRef};
pub use guide::{BoundItem, Guide};
pub use policy::{
    Accepted, DEFAULT_POLICY, People, Policy, PolicyError, PolicyLine, Rings, Rule, Thresholds,
};
pub use recommend::{Judgement, complete_sets, parts};
pub use row_key::RowKey;
pub use stir::may_change;
pub use wants::{Contacts, Wants};

use crate::domain::Claim;

/// Everything a check may look at.
pub struct Case<'a> {
    /// What the claimant says.
    pub claim: &'a Claim,
    /// What the lists and the desk know.
    pub facts: &'a Facts,
    /// What the desk goes by.
    pub policy: &'a Policy,
    /// The moment of judging.
    pub now: &'a Now,
}

/// Runs every check and recommends.
///
/// The result also names the moment at which time alone would change it, so that a desk never goes by a
/// stale judgement.
pub fn judge(claim: &Claim, facts: &Facts, policy: &Policy, now: crate::domain::Time) -> Judgement {
    let now = Now::at(now);
    let case = Case { claim, facts, policy, now: &now };
    let findings = checks::run(&case);
    recommend::recommend(&case, findings)
}

/// Whether a barcode read from a picture of the box names the device: then the approver need not have read the number
/// there (JUDGEMENT.md §7).
pub fn box_was_read(claim: &Claim, facts: &Facts) -> bool {
    checks::shared::was_read(claim, facts)
}

/// Whether facts item answers are wrong on this claim: what `claim.tries` counts on other tickets.
/// Returns one entry per facts item, in evidence order: its evidence number, and whether any answer is wrong.
pub fn wrong_facts(claim: &Claim, facts: &Facts) -> Vec<(i64, bool)> {
    checks::wrong_facts(claim, facts)
}

/// What was answered about the account, and whether it fits; never what would.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Answered {
    /// What was asked for.
    pub key: String,
    /// `None`: it counts neither way, because the registry holds nothing or the claim itself says it.
    pub fits: Option<bool>,
}

/// The answers of one facts item.
pub fn answers_of(claim: &Claim, facts: &Facts, item: i64) -> Vec<Answered> {
    let said = checks::shared::of_item(claim, facts, item);
    said.into_iter().map(|(key, fits)| Answered { key, fits }).collect()
}

/// Until when wrong answers of these moments are too many (the limits of `claim.tries`).
pub fn tries_over(
    mut wrong: Vec<crate::domain::Time>,
    policy: &Policy,
    now: crate::domain::Time,
) -> Option<crate::domain::Time> {
    wrong.sort_unstable();
    checks::shared::over(&wrong, &policy.thresholds, &Now::at(now))
}

/// How many more wrong answers this device and account bear (`claim.tries`).
pub fn tries_left(claim: &Claim, facts: &Facts, policy: &Policy, now: crate::domain::Time) -> i64 {
    let now = Now::at(now);
    checks::shared::tries_left(&Case { claim, facts, policy, now: &now })
}
