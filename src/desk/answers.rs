//! What a caller says about the account: compared, counted, and never answered with what the registry holds.

use std::collections::BTreeMap;

use super::codes::open_for_work;
use super::{Desk, Failure};
use crate::domain::{EvidenceKind, Recommendation, Role};
use crate::judgement::{Answered, answers_of, tries_left};
use crate::words::Phrase;

/// What can be asked about an account.
pub const KEYS: [&str; 6] = ["name", "region", "registered", "email", "phone", "device"];

/// What came of a caller's answers.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Answers {
    /// The ticket's number.
    pub ticket: i64,
    /// The item of evidence that holds what was said.
    pub item: i64,
    /// What was answered, and whether it fits.
    pub answers: Vec<Answered>,
    /// Wrong answers that this device and account still bear, over all tickets and agents.
    pub tries_left: i64,
    /// What the ticket's judgement says now.
    pub recommendation: Recommendation,
}

impl Desk {
    /// Compares what a caller says about the account with the registry. What is said together counts as one answer;
    /// once too many were wrong on this device or account, nothing is compared any more.
    pub fn answer_facts(&mut self, name: &str, pairs: &BTreeMap<String, String>) -> Result<Answers, Failure> {
        self.require(&[Role::Agent, Role::Approver], "compare answers")?;
        let keys = || Phrase::of("hint-it-has").with("names", KEYS.join(", "));
        for (key, text) in pairs {
            if !KEYS.contains(&key.as_str()) {
                let what = Phrase::of("fail-evidence-column").with("kind", EvidenceKind::Facts);
                return Err(Failure::usage(what.with("column", key.as_str())).hint(keys()));
            }
            if text.contains([';', '\n']) {
                return Err(Failure::usage(Phrase::of("fail-answer-form").with("key", key.as_str())));
            }
        }
        let given: Vec<String> = pairs
            .iter()
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(key, text)| format!("{key}={}", text.trim()))
            .collect();
        if given.is_empty() {
            return Err(Failure::usage(Phrase::of("fail-evidence-empty")).hint(keys()));
        }
        self.compare_facts(name, &given.join(";"))
    }

    /// The same for answers as a case file holds them: `key=value` pairs with semicolons between them.
    pub fn compare_facts(&mut self, name: &str, given: &str) -> Result<Answers, Failure> {
        let id = self.find(name)?;
        // Asked before anything is kept: a ticket without an account would take answers and compare none.
        self.read(|act| {
            let judged = act.judge(id)?;
            open_for_work(&judged.ticket)?;
            act.may_answer(&judged)?;
            if judged.facts.registry.account.is_none() {
                return Err(Failure::state(Phrase::of("fail-answer-account").with("id", id))
                    .hint(Phrase::of("hint-answer-account")));
            }
            Ok(())
        })?;
        let columns = BTreeMap::from([("facts".to_owned(), given.to_owned())]);
        let item = self.add_evidence(name, EvidenceKind::Facts, &columns, None)?;
        let judged = self.look(id)?;
        Ok(Answers {
            ticket: id,
            item,
            answers: answers_of(&judged.claim, &judged.facts, item),
            tries_left: tries_left(&judged.claim, &judged.facts, &self.policy, self.now()),
            recommendation: judged.judgement.recommendation,
        })
    }
}
