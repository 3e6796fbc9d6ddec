//! The next sensible act on a ticket: what one key does, and the sentence on top of the screen.

use super::action::Action;
use super::enabled::pending;
use super::model::Model;
use crate::domain::{Channel, Outcome, Proof, Recommendation, State, Time};
use crate::judgement::Check;
use crate::tui::data::TicketView;
use crate::tui::terms::{self, Term as _};
use crate::tui::when;
use crate::words::{Language, say, say_with};

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
    let (l, now) = (model.language, model.now);
    Some(match case.row.state {
        State::Closed => {
            let word = case.row.closed_as.as_deref().unwrap_or("closed");
            step(None, super::tell(model, "next-closed", &[("word", terms::closed_as(l, word).into())]))
        }
        State::Issued => step(Action::Issue, say(l, "next-issued")),
        State::Approved => match cooling(case, now) {
            Some(until) => {
                step(None, say_with(l, "next-cooling", &[("until", when::until(l, until, now).into())]))
            }
            None => step(Action::Issue, say(l, "next-issue")),
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
    let l = model.language;
    let by = case.standing().map_or_else(|| say(l, "next-somebody"), |d| d.by.as_str());
    if case.approvals.is_empty() {
        return match super::enabled::enabled(model, Action::Approve) {
            Ok(()) => step(Action::Approve, say_with(l, "next-second", &[("by", by.into())])),
            Err(_) => step(None, say(l, "next-waits-second")),
        };
    }
    let until = cooling(case, model.now);
    step(
        None,
        until.map_or_else(
            || say(l, "next-both").to_owned(),
            |until| say_with(l, "next-both-cooling", &[("until", when::until(l, until, model.now).into())]),
        ),
    )
}

fn open(model: &Model, case: &TicketView) -> Step {
    let (l, j) = (model.language, &case.judgement);
    if j.recommendation != Recommendation::Ask {
        let word = j.recommendation;
        if case.row.state == State::Held && matches!(word, Recommendation::Hold | Recommendation::Investigate)
        {
            let text = case.row.until.map_or_else(
                || say_with(l, "next-held", &[("word", word.said(l).into())]),
                |until| say_with(l, "next-held-until", &[("until", when::until(l, until, model.now).into())]),
            );
            return step(None, text);
        }
        if case.row.state == State::Waiting && word == Recommendation::Refer {
            return step(None, say(l, "next-refer"));
        }
        return step(Action::Decide, say_with(l, "next-decide", &[("word", word.said(l).into())]));
    }
    let offers = super::mail::open_offers(case);
    if offers > 0 {
        return step(Action::ConfirmOffer, say_with(l, "next-offers", &[("n", offers.into())]));
    }
    if let Some(channel) = Channel::ALL.iter().find(|c| pending(model, case, **c)) {
        let text = match channel {
            Channel::Sim => "next-code-sim",
            Channel::Contact => "next-code-contact",
        };
        return step(Action::ConfirmCode, say(l, text));
    }
    if let Some(channel) = useful_code(case) {
        let to = case.code(channel).and_then(|c| c.to.first()).cloned().unwrap_or_default();
        let text = match channel {
            Channel::Sim => say_with(l, "next-send-sim", &[("to", to.into())]),
            Channel::Contact => say_with(l, "next-send-contact", &[("to", to.into())]),
        };
        return step(Action::SendCode, text);
    }
    if case.row.state == State::Waiting {
        return step(Action::AddEvidence, say_with(l, "next-asked", &[("wanted", wanted(l, case).into())]));
    }
    step(Action::Decide, say_with(l, "next-ask", &[("wanted", wanted(l, case).into())]))
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
pub fn wanted(l: Language, case: &TicketView) -> String {
    let sets = &case.judgement.missing;
    if sets.is_empty() {
        let because = &case.judgement.because;
        return if because.is_empty() {
            say(l, "next-more").into()
        } else {
            say_with(l, "next-correction", &[("of", because.join(", ").into())])
        };
    }
    terms::sets(l, sets, 3, &format!(" {} ", say(l, "common-or")))
}
