//! What of a judgement is told while nothing a caller says about the account is compared any more: a batch may still
//! bring answers, which are judged like any others (JUDGEMENT.md §4) and must not say by the way which of them fit.

use super::{Case, Check, Finding, Judgement, Now, Policy, recommend};
use crate::domain::{Claim, Outcome, Proof, Request, Time};

use super::Facts;

impl Judgement {
    /// The judgement without a word on whether what was said about the account fits. The recommendation stays: what
    /// holds a claim does not hang on it.
    #[must_use]
    pub fn without_answers(mut self, claim: &Claim, facts: &Facts, policy: &Policy, now: Time) -> Self {
        let compared = |f: &&mut Finding| f.check == Check::AccountFacts && f.outcome != Outcome::Missing;
        let Some(finding) = self.findings.iter_mut().find(compared) else { return self };
        *finding = Finding::unknown(Check::AccountFacts, "finding-facts-withheld").on(finding.evidence);
        self.proofs.retain(|proof| *proof != Proof::Facts);
        self.complete_sets.retain(|set| !set.contains(&Proof::Facts));
        self.cautions.retain(|check| *check != Check::AccountFacts);
        let now = Now::at(now);
        self.missing = recommend::missing(&Case { claim, facts, policy, now: &now }, &self.proofs);
        if claim.request != Request::PasswordReset && !self.recommendation.grants() {
            self.approvals_needed = if self.cautions.is_empty() { 1 } else { 2 };
        }
        self
    }
}
