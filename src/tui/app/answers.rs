//! What the worker reports, and what the screen makes of it.

use std::sync::Arc;

use super::do_action::{run, show_form};
use super::form::Purpose;
use super::model::{Model, Overlay};
use super::update::{ask, ask_queue, leave, pass_on, toast, trouble, waiting_form};
use super::{Effect, forms, queue, screens};
use crate::desk::Failure;
use crate::desk::board::View;
use crate::desk::screen::Seat;
use crate::domain::{Recommendation, Role};
use crate::tui::data::TicketView;
use crate::tui::theme::Tone;
use crate::tui::when;
use crate::tui::worker::{Act, Done, Found, Job, Report};

/// Seconds that revealed persons stay on the screen.
const REVEALED: i64 = 60;

pub(super) fn report(model: &mut Model, report: Report) -> Vec<Effect> {
    match report {
        Report::Ready(seat) => ready(model, seat),
        Report::Closed(failure) => {
            model.closed = Some(failure);
            vec![Effect::Quit]
        }
        Report::Passphrase(agent) => {
            show_form(model, forms::passphrase(&agent));
            Vec::new()
        }
        Report::Progress { no, step } => {
            if let Some(busy) = model.busy.get_mut(&no) {
                busy.step = Some(step);
            }
            Vec::new()
        }
        Report::Moved => queue::moved(model),
        Report::Dropped { no } => {
            if let Some(busy) = model.busy.remove(&no) {
                screens::dropped(model, &busy.job);
            }
            Vec::new()
        }
        Report::Answer { no, job, result, now } => {
            model.busy.remove(&no);
            model.now = model.now.max(now);
            let stale = job.slot().is_some_and(|slot| model.newest.get(&slot) != Some(&no));
            if stale {
                return Vec::new();
            }
            match result {
                Ok(found) => found_it(model, no, job, found),
                Err(failure) => {
                    failed(model, no, &job, failure);
                    Vec::new()
                }
            }
        }
    }
}

fn ready(model: &mut Model, seat: Seat) -> Vec<Effect> {
    let first = model.seat.is_none();
    model.now = seat.now;
    let only_approves = seat.roles.contains(&Role::Approver) && !seat.roles.contains(&Role::Agent);
    if first && only_approves && !model.queue.chosen {
        model.queue.view = View::ToApprove;
    }
    model.seat = Some(seat);
    vec![ask_queue(model), ask(model, Job::Drafts), ask(model, Job::Settle)]
}

/// Nothing was done: where it was asked, the form says why; elsewhere a message stays.
fn failed(model: &mut Model, no: u64, job: &Job, failure: Failure) {
    if model.pending.is_some_and(
        |(id, _)| matches!(job, Job::Ticket { id: read } | Job::Peek { id: read } if *read == id),
    ) {
        model.pending = None;
    }
    if let Job::Screen(ask) = job
        && screens::failed(model, ask, &failure)
    {
        return;
    }
    if let Some(form) = waiting_form(model, no) {
        form.asked = None;
        let mut text = failure.what.clone();
        if let Some(place) = &failure.place {
            text = format!("{text} ({place})");
        }
        if let Some(hint) = &failure.hint {
            text = format!("{text} {hint}");
        }
        form.problem = Some(text);
        let at = model.now;
        model.messages.push_front(super::model::Message { at, failure, dismissed: true });
        return;
    }
    trouble(model, failure);
}

fn found_it(model: &mut Model, no: u64, job: Job, found: Found) -> Vec<Effect> {
    match (job, found) {
        (Job::Queue { question, .. }, found @ Found::Queue { .. }) => {
            let mut effects = queue::answered(model, &question, found);
            super::drafts::say_who_took_it(model);
            effects.extend(ticket_moved(model));
            effects
        }
        (Job::Settle, _) => queue::moved(model),
        (Job::Peek { .. }, Found::Ticket(view)) => {
            let id = view.row.id;
            model.peek = Some(view);
            resume(model, id)
        }
        (job, Found::Ticket(view)) => ticket(model, no, &job, view),
        (Job::Act { id, act }, Found::Act(done)) => acted(model, no, id, &act, done),
        (_, Found::Drafts(drafts)) => {
            model.drafts.take_in(drafts);
            Vec::new()
        }
        (_, Found::Saved(path)) => {
            close_form(model, no);
            toast(model, true, format!("Saved as {}.", path.display()));
            Vec::new()
        }
        (Job::Screen(ask), Found::Screen(told)) => screens::told(model, &ask, told),
        _ => Vec::new(),
    }
}

/// The open ticket is read again once its line in the queue says something else.
fn ticket_moved(model: &mut Model) -> Vec<Effect> {
    let Some(open) = &model.open else { return Vec::new() };
    let id = open.id;
    let row = model.queue.rows.iter().find(|r| r.id == id);
    let moved = match (row, &open.view) {
        (Some(row), Some(view)) => {
            row.state != view.row.state
                || row.lease != view.row.lease
                || row.recommendation != view.row.recommendation
        }
        _ => false,
    };
    if moved && open.revealed_until.is_none() { vec![ask(model, Job::Ticket { id })] } else { Vec::new() }
}

fn ticket(model: &mut Model, no: u64, job: &Job, view: Arc<TicketView>) -> Vec<Effect> {
    let id = view.row.id;
    let revealed = matches!(job, Job::Reveal { .. });
    let now = model.now;
    if let Some(open) = model.open.as_mut().filter(|o| o.id == id) {
        open.view = Some(view);
        open.revealed_until = revealed.then(|| crate::domain::Time(now.0 + REVEALED));
    }
    if revealed {
        close_form(model, no);
        toast(model, true, "Shown in full for a minute; the log has it.");
    }
    resume(model, id)
}

/// Goes on with an action that waited for its ticket.
fn resume(model: &mut Model, id: i64) -> Vec<Effect> {
    match model.pending.take_if(|(waiting, _)| *waiting == id) {
        Some((_, action)) => run(model, action),
        None => Vec::new(),
    }
}

fn close_form(model: &mut Model, no: u64) {
    if let Some(form) = waiting_form(model, no) {
        let (purpose, ticket) = (form.purpose, form.ticket);
        model.drafts.forget(purpose, ticket);
    }
    model.overlays.retain(|o| !matches!(o, Overlay::Form(f) if f.asked == Some(no)));
}

/// A write is done: say so, read again, and go on to what comes next.
fn acted(model: &mut Model, no: u64, id: i64, act: &Act, done: Done) -> Vec<Effect> {
    let name =
        model.queue.rows.iter().find(|r| r.id == id).map_or_else(|| format!("#{id}"), |r| r.name.clone());
    if let Done::ReadBack { confirmed: false, tries_left } = done {
        if let Some(form) = waiting_form(model, no) {
            form.asked = None;
            if let Some(field) = form.fields.first_mut() {
                field.set("");
            }
            form.focus = 0;
            form.problem = Some(match tries_left {
                ..=0 => "Wrong, and no try is left: this code is burnt.".into(),
                1 => "Wrong. One try is left.".into(),
                n => format!("Wrong. {n} tries are left."),
            });
        }
        return read_again(model, id);
    }
    close_form(model, no);
    toast(model, true, said(act, &name));
    let mut effects = Vec::new();
    match done {
        Done::Sent { channel, to, expires_at, code } => {
            let mut form = super::form::Form::new(
                Purpose::ConfirmCode(channel),
                id,
                format!("Code read back for {name}"),
                "Check",
            )
            .say(Tone::Plain, format!("Sent to {to}; runs out {}.", when::until(expires_at, model.now)))
            .field(super::form::Field::text("code", "Code", super::form::Rule::Code));
            if let Some(code) = code {
                form = form.say(Tone::Rehearsal, format!("Rehearsal: nothing was sent. The code is {code}."));
            }
            show_form(model, form);
        }
        Done::Issued(grant) => {
            model.overlays.push(Overlay::Grant { grant, ticket: id, scroll: 0 });
        }
        Done::ReadBack { .. } | Done::Plain => {
            if finishes(act) {
                if model.open.as_ref().is_some_and(|o| o.id == id) {
                    leave(model, true);
                } else {
                    pass_on(model, id);
                }
            }
        }
    }
    effects.extend(read_again(model, id));
    effects
}

fn read_again(model: &mut Model, id: i64) -> Vec<Effect> {
    let mut effects = vec![ask_queue(model)];
    if model.open.as_ref().is_some_and(|o| o.id == id) {
        effects.push(ask(model, Job::Ticket { id }));
    } else {
        model.peeked = None;
    }
    effects
}

/// After these the ticket is out of the agent's hands.
const fn finishes(act: &Act) -> bool {
    match act {
        Act::Decide { word, .. } => !matches!(word, Recommendation::Approve),
        Act::Approve { .. }
        | Act::ConfirmNotice
        | Act::Wait
        | Act::Close { .. }
        | Act::Release
        | Act::Redeem => true,
        _ => false,
    }
}

fn said(act: &Act, name: &str) -> String {
    match act {
        Act::Take { .. } => format!("{name} is yours."),
        Act::Release => format!("{name} is free again."),
        Act::SendCode { .. } => format!("Code for {name} is on its way."),
        Act::ConfirmCode { .. } => format!("The code for {name} is right."),
        Act::AddEvidence { kind, .. } => format!("{name}: {kind} added."),
        Act::RemoveEvidence { item } => format!("{name}: evidence {item} removed."),
        Act::Decide { word, .. } => format!("{name} decided: {word}."),
        Act::Approve { .. } => format!("{name}: second yes given."),
        Act::ConfirmNotice => format!("{name}: notice confirmed."),
        Act::ClearNotice => format!("{name}: clearing of the notice recorded."),
        Act::Clear { check, .. } => format!("{name}: {check} cleared."),
        Act::Merge { from } => format!("Ticket {from} is part of {name} now."),
        Act::Object { .. } => format!("{name}: objection recorded."),
        Act::Issue { .. } => format!("{name}: authorization issued."),
        Act::Redeem => format!("{name}: redeemed."),
        Act::Revoke { .. } => format!("{name}: authorization revoked."),
        Act::Note { .. } => format!("{name}: note written."),
        Act::Wait => format!("{name} waits for the customer."),
        Act::Close { word } => format!("{name} closed: {word}."),
        Act::Reopen => format!("{name} is open again."),
    }
}
