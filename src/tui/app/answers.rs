//! What the worker reports, and what the screen makes of it.

use std::sync::Arc;

use super::do_action::{self, show_form};
use super::form::Purpose;
use super::model::{Model, Overlay};
use super::panes::Pane;
use super::update::{ask, ask_queue, leave, pass_on, toast, trouble, waiting_form};
use super::{Effect, bulk, cases, forms, grant, kept, lock, marks, queue, screens, settings, undo};
use crate::desk::Failure;
use crate::desk::board::View;
use crate::desk::screen::Seat;
use crate::domain::{Recommendation, Role};
use crate::judgement::Answered;
use crate::tui::data::TicketView;
use crate::tui::terms::{self, Term as _};
use crate::tui::theme::Tone;
use crate::tui::when;
use crate::tui::worker::{Act, Done, Found, Job, Report, Slot};
use crate::words::{Language, Value, say, say_with};

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
            show_form(model, forms::passphrase(model.language, &agent));
            Vec::new()
        }
        Report::Progress { no, step } => {
            if let Some(busy) = model.busy.get_mut(&no) {
                busy.step = Some(step);
            }
            Vec::new()
        }
        Report::Waits { no } => {
            if let Some(busy) = model.busy.get_mut(&no) {
                busy.waits = true;
            }
            Vec::new()
        }
        Report::Early { no, found } => {
            if model.newest.get(&Slot::Queue) == Some(&no) {
                queue::began(model, found);
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
    let mut effects = if first { settings::begin(model, &seat.screen) } else { Vec::new() };
    model.seat = Some(seat);
    effects.extend([
        ask_queue(model),
        ask(model, Job::Drafts),
        ask(model, Job::Kept),
        ask(model, Job::Settle),
    ]);
    effects
}

/// Nothing was done: where it was asked, the form says why; elsewhere a message stays.
fn failed(model: &mut Model, no: u64, job: &Job, failure: Failure) {
    if model.pending.is_some_and(
        |(id, _)| matches!(job, Job::Ticket { id: read } | Job::Peek { id: read } if *read == id),
    ) {
        model.pending = None;
    }
    if let Job::Ticket { id } | Job::Peek { id } | Job::Reveal { id } = job {
        model.unread = Some((*id, failure.clone()));
    }
    if matches!(job, Job::Unlock(_)) {
        let why = failure.what.said(model.language).into_owned();
        lock::answered(model, false, Some(why));
    }
    if let Job::Screen(ask) = job
        && screens::failed(model, ask, &failure)
    {
        return;
    }
    if let Job::Case(ask) = job
        && cases::failed(model, ask, &failure)
    {
        return;
    }
    let l = model.language;
    if let Some(form) = waiting_form(model, no) {
        form.asked = None;
        let place = failure.place.as_ref().map(|place| format!("({})", place.said(l)));
        let words = [
            Some(failure.what.said(l).into_owned()),
            place,
            failure.hint.as_ref().map(|h| h.said(l).into_owned()),
        ];
        form.problem = Some(words.into_iter().flatten().collect::<Vec<_>>().join(" "));
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
        (Job::Numbers { places, .. }, Found::Numbers(ids)) => {
            marks::told(model, places, &ids);
            Vec::new()
        }
        (Job::Bulk { action, act, .. }, Found::Bulk(outcomes)) => bulk::told(model, action, &act, outcomes),
        (_, Found::Merged(merged)) => {
            close_form(model, no);
            model.overlays.push(Overlay::Pane(Pane::Merge { merged, scroll: 0 }));
            Vec::new()
        }
        (_, Found::Kept(all)) => kept::told(model, &all),
        (Job::Peek { .. }, Found::Ticket(view)) => {
            let id = view.row.id;
            model.unread = model.unread.take().filter(|(of, _)| *of != id);
            model.peek = Some(view);
            resume(model, id)
        }
        (job, Found::Ticket(view)) => ticket(model, no, &job, view),
        (Job::Act { id, act }, Found::Act(done)) => acted(model, no, id, &act, done),
        (_, Found::Drafts(drafts)) => {
            model.drafts.take_in(drafts);
            Vec::new()
        }
        (_, Found::Unlocked(right)) => {
            lock::answered(model, right, None);
            Vec::new()
        }
        (_, Found::Saved(path)) => {
            close_form(model, no);
            let path = path.display().to_string();
            let text = say_with(model.language, "done-saved", &[("path", path.into())]);
            toast(model, true, text);
            Vec::new()
        }
        (Job::Screen(ask), Found::Screen(told)) => {
            close_form(model, no);
            screens::told(model, &ask, told)
        }
        (Job::Case(ask), Found::Case(told)) => cases::told(model, ask, told),
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
    model.unread = model.unread.take().filter(|(of, _)| *of != id);
    let revealed = matches!(job, Job::Reveal { .. });
    let now = model.now;
    if let Some(open) = model.open.as_mut().filter(|o| o.id == id) {
        let before = open.view.replace(view);
        open.revealed_until = revealed.then(|| crate::domain::Time(now.0 + REVEALED));
        if super::mail::go_on(open, before.as_deref()) {
            super::look::show_selected(model);
        }
    }
    if revealed {
        close_form(model, no);
        toast(model, true, say(model.language, "done-revealed"));
    }
    resume(model, id)
}

/// Goes on with an action that waited for its ticket.
fn resume(model: &mut Model, id: i64) -> Vec<Effect> {
    match model.pending.take_if(|(waiting, _)| *waiting == id) {
        Some((_, action)) => do_action::resume(model, action),
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
    let l = model.language;
    if let Done::ReadBack { confirmed: false, tries_left } = done {
        if let Some(form) = waiting_form(model, no) {
            form.asked = None;
            if let Some(field) = form.fields.first_mut() {
                field.set("");
            }
            form.focus = 0;
            form.problem = Some(match tries_left {
                ..=0 => say(l, "done-code-burnt").into(),
                n => say_with(l, "done-code-wrong", &[("n", n.into())]),
            });
        }
        return read_again(model, id);
    }
    close_form(model, no);
    let text = match &done {
        Done::Undone(undone) => undo::said(l, &name, undone),
        Done::Answered { answers, tries_left } => answered(l, answers, *tries_left),
        _ => said(l, act, &name),
    };
    toast(model, true, text.as_str());
    undo::done(model, vec![id], act, text);
    let mut effects = Vec::new();
    match done {
        Done::Sent { channel, to, expires_at, code } => {
            let until = when::until(l, expires_at, model.now);
            let sent = say_with(l, "form-code-sent", &[("to", to.into()), ("until", until.into())]);
            let mut form = super::form::Form::new(
                Purpose::ConfirmCode(channel),
                id,
                say_with(l, "form-code-title", &[("name", name.into())]),
                say(l, "form-code-go"),
            )
            .say(Tone::Plain, sent)
            .field(super::form::Field::text(
                "code",
                say(l, "form-code"),
                super::form::Rule::Code,
            ));
            if let Some(code) = code {
                let text = say_with(l, "form-code-rehearsal", &[("code", code.into())]);
                form = form.say(Tone::Rehearsal, text);
            }
            show_form(model, form);
        }
        Done::Issued(token) => {
            effects.extend(grant::show(model, grant::Handing::new(token, id)));
        }
        Done::ReadOut(code) => super::spoken::shown(model, *code),
        Done::ReadBack { .. } | Done::Answered { .. } | Done::Plain | Done::Undone(_) => {
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
    if matches!(act, Act::Redeem | Act::Accepted { .. } | Act::Revoke { .. }) {
        grant::spent(model, id);
        effects.extend(screens::refresh(model));
    }
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
        | Act::SendBack { .. }
        | Act::ConfirmNotice
        | Act::Wait
        | Act::Close { .. }
        | Act::Release
        | Act::HearOwner
        | Act::Redeem
        | Act::Accepted { .. } => true,
        _ => false,
    }
}

/// Match or no match, and how many wrong answers are left.
fn answered(l: Language, answers: &[Answered], left: i64) -> String {
    let one = |a: &Answered| {
        let id = match a.fits {
            Some(true) => "done-answer-fits",
            Some(false) => "done-answer-not",
            None => "done-answer-neither",
        };
        say_with(l, id, &[("key", a.key.as_str().into())])
    };
    let what = answers.iter().map(one).collect::<Vec<_>>().join(", ");
    say_with(l, "done-answers", &[("what", what.into()), ("n", left.into())])
}

fn said(l: Language, act: &Act, name: &str) -> String {
    let plain = |id| say_with(l, id, &[("name", name.into())]);
    let with = |id, what: Value<'_>| say_with(l, id, &[("name", name.into()), ("what", what)]);
    match act {
        Act::Take { .. } => plain("done-take"),
        Act::Release => plain("done-release"),
        Act::HearOwner => plain("done-hear-owner"),
        Act::SendCode { .. } => plain("done-send-code"),
        Act::ConfirmCode { .. } => plain("done-confirm-code"),
        Act::AddEvidence { kind, .. } => with("done-add-evidence", kind.said(l).into()),
        Act::RemoveEvidence { item } => with("done-remove-evidence", (*item).into()),
        Act::ConfirmOffer { .. } | Act::DismissOffer { .. } | Act::SetRequest { .. } => {
            super::mail::done(l, act).unwrap_or_default()
        }
        Act::Decide { word, .. } => with("done-decide", word.said(l).into()),
        Act::Approve { .. } => plain("done-approve"),
        Act::SendBack { .. } => plain("done-send-back"),
        Act::ConfirmNotice => plain("done-confirm-notice"),
        Act::ClearNotice => plain("done-clear-notice"),
        Act::Clear { check, .. } => with("done-clear", check.as_str().into()),
        Act::Merge { from } => with("done-merge", (*from).into()),
        Act::Object { .. } => plain("done-object"),
        Act::Issue { .. } => plain("done-issue"),
        Act::Redeem | Act::Accepted { .. } => plain("done-redeem"),
        Act::ReadOut { .. } => plain("done-read-out"),
        Act::Reply(_) => plain("done-reply"),
        Act::Revoke { .. } => plain("done-revoke"),
        Act::Note { .. } => plain("done-note"),
        Act::Wait => plain("done-wait"),
        Act::Close { word } => with("done-close", terms::closed_as(l, word).into()),
        Act::Reopen => plain("done-reopen"),
        Act::Undo => String::new(),
    }
}
