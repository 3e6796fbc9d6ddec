//! The checks of JUDGEMENT.md §4, one family a file. Each is a pure function of the case.

mod account;
mod answers;
mod binding;
mod contact;
mod device;
mod picture;
mod queue;
mod receipt;
mod sim;

/// What the recommendation asks of a case, answered as the checks answer it.
pub(in crate::judgement) mod shared {
    pub(in crate::judgement) use super::account::claimant_is_contact;
    pub(in crate::judgement) use super::answers::of_item;
    pub(in crate::judgement) use super::binding::bound;
    pub(in crate::judgement) use super::device::good_serial;
    pub(in crate::judgement) use super::picture::was_read;
    pub(in crate::judgement) use super::queue::{over, rivals, tries_left};
}

use super::{Case, Check, Facts, Finding};
use crate::domain::Claim;
use crate::words::Phrase;

type Run = fn(&Case<'_>) -> Finding;

/// Every check, in the order in which findings are shown.
const CHECKS: &[(Check, Run)] = &[
    (Check::ImeiForm, device::imei_form),
    (Check::DeviceKnown, device::known),
    (Check::DeviceModel, device::model),
    (Check::DeviceOne, device::one),
    (Check::DeviceNotice, device::notice),
    (Check::DeviceLostMode, device::lost_mode),
    (Check::DeviceClone, device::clone),
    (Check::BindingCurrent, binding::current),
    (Check::BindingAge, binding::age),
    (Check::AccountKnown, account::known),
    (Check::AccountMatch, account::matches),
    (Check::AccountIdle, account::idle),
    (Check::SelfService, account::self_service),
    (Check::ContactCode, contact::code),
    (Check::AccountFacts, answers::account_facts),
    (Check::ReceiptForm, receipt::form),
    (Check::ReceiptKnown, receipt::known),
    (Check::ReceiptDevice, receipt::device),
    (Check::ReceiptDate, receipt::date),
    (Check::ReceiptUnique, receipt::unique),
    (Check::SimForm, sim::form),
    (Check::SimSeen, sim::seen),
    (Check::SimAge, sim::age),
    (Check::SimHeld, sim::held),
    (Check::BoxMatch, picture::matches),
    (Check::BoxUnique, picture::unique),
    (Check::ClaimantRate, queue::rate),
    (Check::TicketRival, queue::rival),
    (Check::TicketTwin, queue::twin),
    (Check::ClaimTries, queue::tries),
];

/// Runs every check.
pub(super) fn run(case: &Case<'_>) -> Vec<Finding> {
    CHECKS.iter().map(|(_, check)| check(case)).collect()
}

/// See [`super::wrong_facts`].
pub(super) fn wrong_facts(claim: &Claim, facts: &Facts) -> Vec<(i64, bool)> {
    answers::wrong_items(claim, facts)
}

/// Tickets that a sentence names; the finding itself has them all.
const MOST_NAMED: usize = 5;

/// Names tickets in a sentence: "ticket 4 and ticket 9", "ticket 4, … and 12 more".
fn tickets(numbers: &[i64]) -> Phrase {
    let number = |n: &i64| Phrase::of("finding-ticket").with("n", n.to_string());
    let mut names: Vec<Phrase> = numbers.iter().take(MOST_NAMED).map(number).collect();
    if numbers.len() > MOST_NAMED {
        names.push(Phrase::of("finding-tickets-more").with("n", numbers.len() - MOST_NAMED));
    }
    let last = names.pop();
    let list = |all: Phrase, next| Phrase::of("finding-tickets-list").with("all", all).with("next", next);
    match (names.into_iter().reduce(list), last) {
        (Some(all), Some(last)) => Phrase::of("finding-tickets-end").with("all", all).with("last", last),
        (_, last) => last.unwrap_or_else(Phrase::none),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_names_a_few_tickets() {
        for (count, words) in [
            (1, "ticket 1"),
            (2, "ticket 1 and ticket 2"),
            (5, "ticket 1, ticket 2, ticket 3, ticket 4 and ticket 5"),
            (7, "ticket 1, ticket 2, ticket 3, ticket 4, ticket 5 and 2 more"),
        ] {
            assert_eq!(tickets(&(1..=count).collect::<Vec<_>>()).to_string(), words);
        }
    }

    #[test]
    fn every_check_of_the_contract_is_run_once_in_its_order() {
        let run: Vec<Check> = CHECKS.iter().map(|(check, _)| *check).collect();
        assert_eq!(run, Check::ALL);
    }
}
