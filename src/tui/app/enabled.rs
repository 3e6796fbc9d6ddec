//! Whether an action can be done now, and if not, why not: the sentence the bar, the help and the palette show.

use super::action::{Action, Place, entry_of};
use super::look;
use super::model::Model;
use super::screens::{self, Screen};
use crate::domain::{Channel, Outcome, Recommendation, Request, Role, State};
use crate::judgement::Check;
use crate::tui::data::{QueueRow, TicketView};
use crate::tui::terms::Term as _;
use crate::words::{Language, say, say_with};

type Answer = Result<(), String>;

fn no(l: Language, why: &'static str) -> Answer {
    Err(say(l, why).to_owned())
}

/// Whether an action can be done now.
pub fn enabled(model: &Model, action: Action) -> Answer {
    let l = model.language;
    let Some(entry) = entry_of(action) else { return Ok(()) };
    match entry.place {
        // Leaving the program is sensible anywhere.
        Place::Queue if action == Action::Quit => Ok(()),
        Place::Case | Place::Ticket | Place::Queue if model.screens.at != Screen::Queue => {
            no(l, "why-only-queue")
        }
        Place::On(screen) if model.screens.at != screen => {
            let screen = say(model.language, screen.words());
            Err(say_with(l, "why-only-on", &[("screen", screen.into())]))
        }
        Place::On(_) => screens::enabled(model, action),
        Place::Screen if model.screens.at == Screen::Queue => no(l, "why-is-queue"),
        Place::Case if super::marks::active(model) => super::bulk::enabled(model, action),
        Place::Case => act(model, action),
        Place::Ticket => ticket(model, action),
        Place::Queue => queue(model, action),
        Place::Grant => super::grant::why_not(model, action).map_or(Ok(()), |id| no(model.language, id)),
        Place::Form if !matches!(model.overlays.last(), Some(super::model::Overlay::Form(_))) => {
            no(l, "why-no-form")
        }
        Place::Form if matches!(action, Action::Editor | Action::CopyText) && !writes(model) => {
            no(l, "draft-no-lines")
        }
        Place::Form if action == Action::ClearForm && !typed(model) => no(l, "draft-nothing"),
        Place::Messages if model.messages.iter().all(|m| m.dismissed) => no(l, "why-no-message"),
        Place::Look => look::why_not(model, action).map_or(Ok(()), |id| no(model.language, id)),
        Place::Picture if !matches!(model.overlays.last(), Some(super::model::Overlay::Picture(_))) => {
            no(model.language, "picture-why-closed")
        }
        Place::Everywhere if action == Action::Undo && model.undo.is_empty() => no(l, "undo-nothing"),
        Place::Everywhere | Place::Picture | Place::Form | Place::Messages | Place::Screen => Ok(()),
    }
}

/// Whether something is typed in the open form.
fn typed(model: &Model) -> bool {
    matches!(model.overlays.last(), Some(super::model::Overlay::Form(form)) if !form.typed().is_empty())
}

/// Whether a text of several lines is open.
fn writes(model: &Model) -> bool {
    matches!(model.overlays.last(), Some(super::model::Overlay::Form(form))
        if form.fields.iter().any(|f| matches!(f.kind, super::form::Kind::Lines(_))))
}

fn queue(model: &Model, action: Action) -> Answer {
    let l = model.language;
    match action {
        _ if model.open.is_some() => no(l, "why-in-queue"),
        Action::Open if model.selected().is_none() => no(l, "why-no-ticket"),
        Action::Preview if !crate::tui::layout::room_for_preview(model.size) => no(l, "why-no-preview"),
        Action::PaneDown | Action::PaneUp if crate::tui::layout::pane_scroll(model).0 == 0 => {
            no(l, "why-no-pane")
        }
        Action::Results if model.results.is_none() => no(model.language, "queue-no-marks-results"),
        Action::DropSearch if model.queue.open_search().is_none() => no(model.language, "queue-no-search"),
        Action::Mark | Action::MarkTo | Action::MarkAll if model.queue.total == 0 => {
            no(model.language, "queue-nothing-marked")
        }
        Action::ClearFilter
            if model.queue.filter.value().is_empty()
                && model.queue.marks.is_empty()
                && !model.queue.everywhere =>
        {
            no(l, "why-no-filter")
        }
        Action::Sort | Action::ReverseSort if model.queue.everywhere => no(l, "queue-why-newest"),
        _ => Ok(()),
    }
}

fn ticket(model: &Model, action: Action) -> Answer {
    let l = model.language;
    let Some(open) = &model.open else { return no(l, "why-only-ticket") };
    if open.view.is_none() && !matches!(action, Action::Back | Action::NextTicket | Action::PreviousTicket) {
        return no(l, if model.unread().is_some() { "why-unread" } else { "why-being-read" });
    }
    let selected = open.look.at.is_some();
    match action {
        Action::Next if selected => return Ok(()),
        Action::Look if !selected => return Err(super::tell(model, "look-why-nothing", &[])),
        Action::ConfirmOffer => return may_confirm(model),
        Action::AskedFor if model.case().is_none_or(|case| case.mails.is_empty()) => {
            return no(l, "mail-why-no-mail");
        }
        Action::AskedFor => return act(model, Action::AddEvidence),
        Action::Picture if super::picture::items(model).is_empty() => {
            return no(model.language, "picture-why-none");
        }
        _ => {}
    }
    if action == Action::Next {
        let step = super::next::next_step(model);
        return match step.and_then(|s| s.action) {
            Some(action) => enabled(model, action),
            None => no(l, "why-nothing"),
        };
    }
    Ok(())
}

/// Whether something can be said of what a mail offers: like adding evidence.
fn may_confirm(model: &Model) -> Answer {
    super::mail::why_not(model).map_or(Ok(()), |id| no(model.language, id))?;
    act(model, Action::AddEvidence)
}

/// Whether an act on the ticket can be done; a reading desk does none.
fn act(model: &Model, action: Action) -> Answer {
    let l = model.language;
    let Some(row) = model.row() else { return no(l, "why-no-ticket") };
    on_row(model, action, row)?;
    if action == Action::Issue && row.state == State::Issued {
        return Ok(());
    }
    let case = model.case().map(AsRef::as_ref);
    case.map_or(Ok(()), |case| on_case(model, action, row, case))
}

/// Whether an act can be done on a ticket, as far as its line in the queue tells.
pub fn on_row(model: &Model, action: Action, row: &QueueRow) -> Answer {
    let l = model.language;
    let Some(seat) = &model.seat else { return no(l, "why-opening") };
    if action == Action::Issue && row.state == State::Issued {
        return Ok(());
    }
    if seat.readonly {
        return no(l, "why-readonly");
    }
    let works = |role: &Role| matches!(role, Role::Agent | Role::Approver);
    if !seat.roles.iter().any(works) {
        let roles: Vec<&str> = seat.roles.iter().map(|r| r.said(l)).collect();
        let roles = roles.join(", ");
        let values = [("agent", seat.agent.as_str().into()), ("roles", roles.into())];
        return Err(say_with(l, "why-role", &values));
    }
    let other = row.holder(model.now).filter(|(who, _)| *who != seat.agent);
    let free = matches!(action, Action::Take | Action::Note | Action::Approve | Action::SendBack);
    if let Some((who, _)) = other.filter(|_| !free) {
        return Err(say_with(l, "why-held", &[("who", who.into())]));
    }
    state(l, action, row)
}

fn state(l: Language, action: Action, row: &QueueRow) -> Answer {
    let closed = row.state == State::Closed;
    match action {
        Action::Note | Action::Reply => Ok(()),
        Action::Reopen if closed => Ok(()),
        Action::Reopen => no(l, "why-not-closed"),
        // The report is closed once its notice is confirmed; that is when there is one to clear.
        Action::ClearNotice if row.request == Request::LostReport => Ok(()),
        _ if closed => no(l, "why-closed"),
        Action::Redeem | Action::Revoke if row.state == State::Issued => Ok(()),
        Action::Redeem | Action::Revoke => no(l, "why-not-issued"),
        Action::ClearNotice => no(l, "why-no-notice"),
        Action::Object | Action::HearOwner | Action::Take | Action::Release | Action::Close => Ok(()),
        _ if row.state == State::Issued => no(l, "why-issued"),
        Action::Approve if row.state != State::Decided => no(l, "why-not-decided"),
        Action::SendBack if !matches!(row.state, State::Decided | State::Approved) => {
            no(l, "why-not-decided")
        }
        Action::Issue if row.state == State::Decided => no(l, "why-pending"),
        Action::Issue if row.state != State::Approved => no(l, "why-not-approved"),
        Action::Wait if row.state == State::Waiting => no(l, "why-waits"),
        _ => Ok(()),
    }
}

fn on_case(model: &Model, action: Action, row: &QueueRow, case: &TicketView) -> Answer {
    let (me, l) = (model.me(), model.language);
    match action {
        Action::SendCode if case.codes.iter().all(|c| c.to.is_empty()) => no(l, "why-no-code-to"),
        Action::ConfirmCode if !Channel::ALL.iter().any(|c| pending(model, case, *c)) => no(l, "why-no-code"),
        Action::RemoveEvidence if case.evidence.iter().all(|e| e.removed) => no(l, "why-no-evidence"),
        Action::Release if row.holder(model.now).is_none() => no(l, "why-nobody"),
        Action::HearOwner if !case.mails.iter().any(|m| m.notice && m.heard_by.is_none()) => {
            no(l, "why-owner-silent")
        }
        Action::Object if case.objected => no(l, "why-objected"),
        Action::Approve => approve(model, case),
        Action::SendBack => super::approver::enabled(model, case),
        Action::Merge if twins(case).is_empty() && rivals(case).is_empty() => no(l, "why-no-twin"),
        Action::ClearCheck if !is_approver(model) => no(l, "why-clear-approver"),
        Action::ClearCheck if clearable(case).is_empty() => no(l, "why-not-clearable"),
        Action::Issue => match case.cooldown_until.filter(|until| *until > model.now) {
            Some(until) if case.standing().is_some_and(|d| d.word == Recommendation::ApproveSecond) => {
                Err(say_with(l, "why-cooldown", &[("until", until.to_string().into())]))
            }
            _ => Ok(()),
        },
        Action::Take if row.holder(model.now).is_some_and(|(who, _)| who == me) => no(l, "why-yours"),
        _ => Ok(()),
    }
}

/// Open tickets of the same claimant on the same thing.
pub fn twins(case: &TicketView) -> Vec<i64> {
    let twin = case.judgement.finding(Check::TicketTwin).filter(|f| f.outcome == Outcome::Fail);
    twin.map(|f| f.tickets.clone()).unwrap_or_default()
}

/// Open tickets of other claimants on the same thing.
pub fn rivals(case: &TicketView) -> Vec<i64> {
    let rival = case.judgement.finding(Check::TicketRival).filter(|f| f.outcome == Outcome::Fail);
    rival.map(|f| f.tickets.clone()).unwrap_or_default()
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
    let l = model.language;
    let Some(seat) = &model.seat else { return no(l, "why-opening") };
    if !seat.roles.contains(&Role::Approver) {
        return Err(say_with(l, "why-approver", &[("agent", seat.agent.as_str().into())]));
    }
    if case.contributors.contains(&seat.agent) || case.standing().is_some_and(|d| d.by == seat.agent) {
        return no(l, "why-own-work");
    }
    if case.approvals.iter().any(|a| a.by == seat.agent) {
        return no(l, "why-approved");
    }
    Ok(())
}

/// A code of the channel is out and can be read back.
pub fn pending(model: &Model, case: &TicketView, channel: Channel) -> bool {
    case.code(channel).is_some_and(|c| c.pending(model.now).is_some())
}
