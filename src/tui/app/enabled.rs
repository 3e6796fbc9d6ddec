//! Whether an action can be done now, and if not, why not: the sentence the bar, the help and the palette show.

use super::action::{Action, Place, entry_of};
use super::model::Model;
use super::screens::{self, Screen};
use crate::domain::{Channel, Outcome, Recommendation, Request, Role, State};
use crate::judgement::Check;
use crate::tui::data::{QueueRow, TicketView};
use crate::words::{say, say_with};

type Answer = Result<(), String>;

fn no(why: impl Into<String>) -> Answer {
    Err(why.into())
}

/// Whether an action can be done now.
pub fn enabled(model: &Model, action: Action) -> Answer {
    let Some(entry) = entry_of(action) else { return Ok(()) };
    match entry.place {
        // Leaving the program is sensible anywhere.
        Place::Queue if action == Action::Quit => Ok(()),
        Place::Case | Place::Ticket | Place::Queue if model.screens.at != Screen::Queue => {
            no(say(model.language, "why-only-queue"))
        }
        Place::On(screen) if model.screens.at != screen => {
            let screen = say(model.language, screen.words());
            no(say_with(model.language, "why-only-on", &[("screen", screen.into())]))
        }
        Place::On(_) => screens::enabled(model, action),
        Place::Screen if model.screens.at == Screen::Queue => no(say(model.language, "why-is-queue")),
        Place::Case => act(model, action),
        Place::Ticket => ticket(model, action),
        Place::Queue => queue(model, action),
        Place::Grant if !matches!(model.overlays.last(), Some(super::model::Overlay::Grant { .. })) => {
            no("No authorization is shown.")
        }
        Place::Form if !matches!(model.overlays.last(), Some(super::model::Overlay::Form(_))) => {
            no("No form is open.")
        }
        Place::Form if action == Action::Editor && !writes(model) => {
            no(say(model.language, "draft-no-lines"))
        }
        Place::Messages if model.messages.iter().all(|m| m.dismissed) => no("No message is left."),
        Place::Everywhere | Place::Grant | Place::Form | Place::Messages | Place::Screen => Ok(()),
    }
}

/// Whether a text of several lines is open.
fn writes(model: &Model) -> bool {
    matches!(model.overlays.last(), Some(super::model::Overlay::Form(form))
        if form.fields.iter().any(|f| matches!(f.kind, super::form::Kind::Lines(_))))
}

fn queue(model: &Model, action: Action) -> Answer {
    match action {
        _ if model.open.is_some() => no("Only in the queue."),
        Action::Open if model.selected().is_none() => no("No ticket is selected."),
        Action::Preview if !crate::tui::layout::room_for_preview(model.size) => {
            no("The preview needs a window of 30 lines or 150 columns.")
        }
        Action::ClearFilter if model.queue.filter.value().is_empty() => no("Nothing is filtered."),
        _ => Ok(()),
    }
}

fn ticket(model: &Model, action: Action) -> Answer {
    let Some(open) = &model.open else { return no("Only in a ticket.") };
    if open.view.is_none() && !matches!(action, Action::Back) {
        return no("The ticket is still being read.");
    }
    if action == Action::Next {
        let step = super::next::next_step(model);
        return match step.and_then(|s| s.action) {
            Some(action) => enabled(model, action),
            None => no("Nothing is to be done here now."),
        };
    }
    Ok(())
}

/// Whether an act on the ticket can be done; a reading desk does none.
fn act(model: &Model, action: Action) -> Answer {
    let Some(seat) = &model.seat else { return no("The desk is still being opened.") };
    let Some(row) = model.row() else { return no("No ticket is selected.") };
    let case = model.case().map(AsRef::as_ref);
    if action == Action::Issue && row.state == State::Issued {
        return Ok(());
    }
    if seat.readonly {
        return no("The desk is open read-only.");
    }
    let works = |role: &Role| matches!(role, Role::Agent | Role::Approver);
    if !seat.roles.iter().any(works) {
        let roles: Vec<&str> = seat.roles.iter().map(|r| r.as_str()).collect();
        return no(format!(
            "{} is {} here; tickets are for agents and approvers.",
            seat.agent,
            roles.join(" and ")
        ));
    }
    let other = row.holder(model.now).filter(|(who, _)| *who != seat.agent);
    let free = matches!(action, Action::Take | Action::Note | Action::Approve);
    if let Some((who, _)) = other.filter(|_| !free) {
        return no(format!("{who} holds the ticket; take it over first."));
    }
    state(action, row)?;
    case.map_or(Ok(()), |case| on_case(model, action, row, case))
}

fn state(action: Action, row: &QueueRow) -> Answer {
    let closed = row.state == State::Closed;
    match action {
        Action::Note => Ok(()),
        Action::Reopen if closed => Ok(()),
        Action::Reopen => no("The ticket is not closed."),
        _ if closed => no("The ticket is closed; reopen it first."),
        Action::Redeem | Action::Revoke if row.state == State::Issued => Ok(()),
        Action::Redeem | Action::Revoke => no("No authorization is out."),
        Action::ClearNotice if row.request != Request::LostReport => no("Only a lost-report made a notice."),
        Action::Object | Action::ClearNotice | Action::Take | Action::Release | Action::Close => Ok(()),
        _ if row.state == State::Issued => no("The authorization is out; revoke it first."),
        Action::Approve if row.state != State::Decided => no("No decision waits for a second yes."),
        Action::Issue if row.state == State::Decided => no("A second yes or the cool-down is pending."),
        Action::Issue if row.state != State::Approved => no("It is not approved yet."),
        Action::Wait if row.state == State::Waiting => no("It waits already."),
        _ => Ok(()),
    }
}

fn on_case(model: &Model, action: Action, row: &QueueRow, case: &TicketView) -> Answer {
    let me = model.me();
    match action {
        Action::SendCode if case.codes.iter().all(|c| c.to.is_empty()) => {
            no("No number is claimed, and no account is known whose owner could be asked.")
        }
        Action::ConfirmCode if !Channel::ALL.iter().any(|c| pending(model, case, *c)) => {
            no("No code is out.")
        }
        Action::RemoveEvidence if case.evidence.iter().all(|e| e.removed) => no("There is no evidence."),
        Action::Release if row.holder(model.now).is_none() => no("Nobody holds it."),
        Action::Object if case.objected => no("The owner has objected already."),
        Action::Approve => approve(model, case),
        Action::Merge if twins(case).is_empty() => no("It has no twin."),
        Action::ClearCheck if !is_approver(model) => no("Clearing a check takes an approver."),
        Action::ClearCheck if clearable(case).is_empty() => no("No failing check can be cleared."),
        Action::Issue => match case.cooldown_until.filter(|until| *until > model.now) {
            Some(until) if case.standing().is_some_and(|d| d.word == Recommendation::ApproveSecond) => {
                no(format!("The cool-down runs until {until}."))
            }
            _ => Ok(()),
        },
        Action::Take if row.holder(model.now).is_some_and(|(who, _)| who == me) => no("You hold it."),
        _ => Ok(()),
    }
}

/// Open tickets of the same claimant on the same thing.
pub fn twins(case: &TicketView) -> Vec<i64> {
    let twin = case.judgement.finding(Check::TicketTwin).filter(|f| f.outcome == Outcome::Fail);
    twin.map(|f| f.tickets.clone()).unwrap_or_default()
}

/// Failing checks that an approver may clear, each against one ticket (JUDGEMENT.md §7).
pub fn clearable(case: &TicketView) -> Vec<(Check, i64)> {
    let may = [Check::ReceiptUnique, Check::BoxUnique, Check::ClaimantRate, Check::TicketRival];
    may.iter()
        .filter_map(|check| case.judgement.finding(*check))
        .filter(|f| f.outcome == Outcome::Fail)
        .flat_map(|f| f.tickets.iter().map(|t| (f.check, *t)))
        .collect()
}

fn is_approver(model: &Model) -> bool {
    model.seat.as_ref().is_some_and(|s| s.roles.contains(&Role::Approver))
}

fn approve(model: &Model, case: &TicketView) -> Answer {
    let Some(seat) = &model.seat else { return no("The desk is still being opened.") };
    if !seat.roles.contains(&Role::Approver) {
        return no(format!("The second yes takes an approver; {} is none.", seat.agent));
    }
    if case.contributors.contains(&seat.agent) || case.standing().is_some_and(|d| d.by == seat.agent) {
        return no("You decided or added evidence; another person must approve.");
    }
    if case.approvals.iter().any(|a| a.by == seat.agent) {
        return no("You approved it already.");
    }
    Ok(())
}

/// A code of the channel is out and can be read back.
pub fn pending(model: &Model, case: &TicketView, channel: Channel) -> bool {
    case.code(channel).is_some_and(|c| c.pending(model.now).is_some())
}
