//! The next sensible act on a ticket: what one key does, and the sentence on top of the screen.

use super::action::Action;
use super::enabled::pending;
use super::model::Model;
use crate::domain::{Channel, Outcome, Proof, Recommendation, State, Time};
use crate::judgement::Check;
use crate::tui::data::TicketView;
use crate::tui::when;

/// A proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// None where there is nothing to do but wait.
    pub action: Option<Action>,
    pub text: String,
}

fn step(action: impl Into<Option<Action>>, text: impl Into<String>) -> Step {
    Step { action: action.into(), text: text.into() }
}

/// What the open or selected ticket needs next.
pub fn next_step(model: &Model) -> Option<Step> {
    let case = model.case()?;
    let now = model.now;
    Some(match case.row.state {
        State::Closed => {
            let word = case.row.closed_as.as_deref().unwrap_or("closed");
            step(None, format!("Closed: {word}. u opens it again."))
        }
        State::Issued => step(Action::Issue, "The authorization is out. Show it"),
        State::Approved => match cooling(case, now) {
            Some(until) => step(None, format!("Approved; the cool-down ends {}.", when::until(until, now))),
            None => step(Action::Issue, "Issue the authorization"),
        },
        State::Decided => decided(model, case),
        State::Open | State::Waiting | State::Held => open(model, case),
    })
}

fn cooling(case: &TicketView, now: Time) -> Option<Time> {
    let second = case.standing().is_some_and(|d| d.word == Recommendation::ApproveSecond);
    case.cooldown_until.filter(|until| second && *until > now)
}

fn decided(model: &Model, case: &TicketView) -> Step {
    let by = case.standing().map_or("somebody", |d| d.by.as_str());
    if case.approvals.is_empty() {
        return match super::enabled::enabled(model, Action::Approve) {
            Ok(()) => step(Action::Approve, format!("{by} said yes. Give the second yes")),
            Err(_) => step(None, "Waits for an approver's second yes."),
        };
    }
    let until = cooling(case, model.now);
    step(
        None,
        until.map_or_else(
            || "Both said yes.".to_owned(),
            |until| format!("Both said yes; the cool-down ends {}.", when::until(until, model.now)),
        ),
    )
}

fn open(model: &Model, case: &TicketView) -> Step {
    let j = &case.judgement;
    if j.recommendation != Recommendation::Ask {
        let word = j.recommendation;
        if case.row.state == State::Held && matches!(word, Recommendation::Hold | Recommendation::Investigate)
        {
            let text = case.row.until.map_or_else(
                || format!("On hold: {word}. d decides anew."),
                |until| format!("On hold; that ends {}.", when::until(until, model.now)),
            );
            return step(None, text);
        }
        if case.row.state == State::Waiting && word == Recommendation::Refer {
            return step(None, "Waits for the service centre. d decides anew.");
        }
        return step(Action::Decide, format!("Decide {word}, as recommended"));
    }
    if let Some(channel) = Channel::ALL.iter().find(|c| pending(model, case, **c)) {
        return step(Action::ConfirmCode, format!("A code is out to the {channel}. Take what is read back"));
    }
    if let Some(channel) = useful_code(case) {
        let to = case.code(channel).and_then(|c| c.to.first()).cloned().unwrap_or_default();
        let whom = match channel {
            Channel::Sim => "the claimed number",
            Channel::Contact => "the account's owner",
        };
        return step(Action::SendCode, format!("Send a code to {whom}, {to}"));
    }
    if case.row.state == State::Waiting {
        return step(
            Action::AddEvidence,
            format!("Asked the customer for {}. Enter what came", wanted(case)),
        );
    }
    step(Action::Decide, format!("Ask the customer for {}", wanted(case)))
}

/// The channel whose code would bring the case forward now.
pub fn useful_code(case: &TicketView) -> Option<Channel> {
    let j = &case.judgement;
    let is = |check, outcome| j.finding(check).is_some_and(|f| f.outcome == outcome);
    let wants = |proof| j.missing.iter().flatten().any(|p| *p == proof);
    let reach = |channel| case.code(channel).is_some_and(|c| !c.to.is_empty());
    let rest_of_sim = [Check::SimForm, Check::SimSeen, Check::SimAge];
    if wants(Proof::Sim)
        && reach(Channel::Sim)
        && is(Check::SimHeld, Outcome::Missing)
        && rest_of_sim.iter().all(|c| is(*c, Outcome::Pass))
    {
        return Some(Channel::Sim);
    }
    // The owner is asked where nothing else is at hand: the message names the request, so it is no secret.
    let alone = j.missing.iter().any(|set| set == &[Proof::Consent]);
    (alone && reach(Channel::Contact) && is(Check::ContactCode, Outcome::Missing) && j.proofs.is_empty())
        .then_some(Channel::Contact)
}

/// The smallest sets that would do, in words.
pub fn wanted(case: &TicketView) -> String {
    let sets = &case.judgement.missing;
    if sets.is_empty() {
        let because = &case.judgement.because;
        return if because.is_empty() {
            "more".into()
        } else {
            format!("a correction of {}", because.join(", "))
        };
    }
    let words: Vec<String> = sets
        .iter()
        .take(3)
        .map(|set| set.iter().map(|p| p.as_str()).collect::<Vec<_>>().join(" + "))
        .collect();
    words.join(" or ")
}
