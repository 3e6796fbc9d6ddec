//! Which lines of a policy file a finding is judged by, so that a screen can show the rule itself.

use toml::Spanned;

use super::{File, line_of};
use crate::domain::{Outcome, Proof, Request};
use crate::judgement::recommend::parts;
use crate::judgement::{Check, Finding};

/// A line of a policy file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyLine {
    /// Its number, from 1.
    pub number: usize,
    /// What stands there, without the blanks around it.
    pub text: String,
}

/// The thresholds a check goes by (JUDGEMENT.md §4).
const fn thresholds(check: Check) -> &'static [&'static str] {
    match check {
        Check::DeviceNotice => &["notice_cooling_days"],
        Check::DeviceClone => &["clone_sims", "clone_days"],
        Check::BindingAge => &["binding_days"],
        Check::AccountIdle => &["idle_days"],
        Check::ContactCode => &["code_days", "contact_days", "sim_recent_days"],
        Check::AccountFacts => &["facts_needed"],
        Check::SimSeen => &["sim_days", "sim_recent_days"],
        Check::SimAge => &["sim_change_hours"],
        Check::SimHeld => &["code_days"],
        Check::BoxUnique => &["box_distance"],
        Check::ClaimantRate => &["claims_per_month"],
        Check::ClaimTries => &["tries", "tries_hours", "tries_month"],
        _ => &[],
    }
}

impl PolicyLine {
    /// The lines of a policy's text that a finding goes by, in their order: the thresholds its check reads, the
    /// accepted sets its proof is part of, and what its outcome leads to. Empty where the text is no policy.
    pub fn of(text: &str, finding: &Finding, request: Request) -> Vec<Self> {
        let Ok(file) = toml::from_str::<File>(text) else { return Vec::new() };
        let mut at: Vec<usize> = Vec::new();
        let names = thresholds(finding.check);
        at.extend(file.thresholds.keys().filter(|k| names.contains(&k.get_ref().as_str())).map(start));
        let proves = |proof: &Proof| parts(*proof).contains(&finding.check);
        for (name, sets) in &file.accept {
            if name.get_ref() != request.as_str() {
                continue;
            }
            let sets = sets.one.iter().chain(&sets.two);
            at.extend(sets.filter(|set| set.get_ref().iter().any(proves)).map(start));
        }
        for rules in file.effects.values() {
            at.extend(rules.iter().filter(|rule| rule.get_ref().speaks_of(finding, request)).map(start));
        }
        at.sort_unstable();
        let mut lines: Vec<Self> = at.into_iter().map(|offset| line_at(text, offset)).collect();
        lines.dedup();
        lines
    }
}

impl super::FileRule {
    fn speaks_of(&self, finding: &Finding, request: Request) -> bool {
        self.check == finding.check
            && self.outcome.unwrap_or(Outcome::Fail) == finding.outcome
            && (self.note.is_none() || self.note == finding.note)
            && self.only.as_ref().is_none_or(|only| only.contains(&request))
            && self.except.as_ref().is_none_or(|except| !except.contains(&request))
    }
}

fn start<T>(spanned: &Spanned<T>) -> usize {
    spanned.span().start
}

fn line_at(text: &str, offset: usize) -> PolicyLine {
    let number = line_of(text, offset);
    let line = text.lines().nth(number - 1).unwrap_or_default();
    PolicyLine { number, text: line.trim().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judgement::{DEFAULT_POLICY, Note};

    fn lines(check: Check, outcome: Outcome, note: Option<Note>, request: Request) -> Vec<String> {
        let finding = Finding { note, ..Finding::new(check, outcome, "") };
        let lines = PolicyLine::of(DEFAULT_POLICY, &finding, request);
        for line in &lines {
            assert_eq!(DEFAULT_POLICY.lines().nth(line.number - 1).map(str::trim), Some(line.text.as_str()));
        }
        lines.into_iter().map(|l| l.text).collect()
    }

    #[test]
    fn a_finding_names_the_lines_that_decide_its_effect() {
        use Outcome::{Fail, Pass, Unknown};
        for (check, outcome, note, request, expected) in [
            (Check::ReceiptUnique, Fail, None, Request::PasswordReset, "{ check = \"receipt.unique\" },"),
            (Check::ReceiptDate, Fail, Some(Note::Soft), Request::Unbind, "note = \"soft\""),
            (Check::ReceiptDate, Fail, Some(Note::Impossible), Request::Unbind, "note = \"impossible\""),
            (Check::DeviceNotice, Unknown, None, Request::Unbind, "outcome = \"unknown\", for = [\"unbind\""),
            (Check::DeviceNotice, Fail, None, Request::LostReport, "for = [\"lost-report\"]"),
            (Check::SimAge, Pass, None, Request::Unbind, "sim_change_hours = 240"),
            (Check::SimHeld, Pass, None, Request::Unbind, "one = [[\"purchase\", \"sim\"], [\"consent\"]]"),
        ] {
            let found = lines(check, outcome, note, request);
            assert!(found.iter().any(|l| l.contains(expected)), "{check} {outcome}: {found:?}");
        }
        assert!(lines(Check::TicketTwin, Fail, None, Request::Unbind).is_empty());
        assert!(lines(Check::SimAge, Fail, None, Request::LostReport).iter().all(|l| !l.contains("check =")));
    }

    #[test]
    fn a_finding_names_its_own_thresholds_and_the_sets_of_its_request() {
        let of = |check| {
            let lines = lines(check, Outcome::Pass, None, Request::Unbind);
            let names = lines.iter().filter(|l| !l.starts_with("one") && !l.starts_with("two"));
            names.filter_map(|l| Some(l.split_once(" = ")?.0.to_owned())).collect::<Vec<_>>().join(" ")
        };
        for (check, names) in [
            (Check::DeviceNotice, "notice_cooling_days"),
            (Check::DeviceClone, "clone_sims clone_days"),
            (Check::BindingAge, "binding_days"),
            (Check::AccountIdle, "idle_days"),
            (Check::ContactCode, "code_days contact_days sim_recent_days"),
            (Check::AccountFacts, "facts_needed"),
            (Check::SimSeen, "sim_days sim_recent_days"),
            (Check::SimAge, "sim_change_hours"),
            (Check::SimHeld, "code_days"),
            (Check::BoxUnique, "box_distance"),
            (Check::ClaimantRate, "claims_per_month"),
            (Check::ClaimTries, "tries tries_hours tries_month"),
            (Check::DeviceKnown, ""),
        ] {
            assert_eq!(of(check), names, "{check}");
        }
        let held = lines(Check::SimHeld, Outcome::Pass, None, Request::LostReport);
        assert!(held.iter().any(|l| l.starts_with("one = [[\"sim\"], [\"facts\"]")), "{held:?}");
        assert!(held.iter().all(|l| !l.starts_with("two")), "another request's: {held:?}");
    }

    #[test]
    fn every_threshold_named_here_exists() {
        for check in Check::ALL {
            for name in thresholds(*check) {
                assert!(DEFAULT_POLICY.contains(&format!("\n{name} = ")), "{name}");
            }
        }
    }
}
