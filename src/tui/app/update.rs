//! One message in, a changed model and effects out.

use super::do_action::edited;
use super::model::{Busy, Message, Model, Overlay, Toast};
use super::screens::{self, Screen};
use super::{Effect, Msg, answers, cases, drafts, grant, kept, keys, lock, look, mouse, picture, queue};
use crate::desk::Failure;
use crate::domain::Time;
use crate::tui::worker::{Job, Request};

/// Ticks after which what time, lists or colleagues have made stale is judged again: three seconds.
const SETTLE: u32 = 12;
/// Ticks a toast stays: five seconds.
const TOAST: u8 = 20;
/// Messages that are kept.
const MOST_MESSAGES: usize = 100;

/// Takes one message.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    model.dirty = true;
    let mut effects = match msg {
        Msg::Key(key) => {
            model.settings.lock.touched();
            let effects = keys::key(model, key);
            // At once, and the loop does not draw before it is written: what is seen is kept.
            drafts::keep_all(model);
            effects
        }
        Msg::Paste(text) => {
            let effects = keys::paste(model, &text);
            drafts::keep_all(model);
            effects
        }
        Msg::Mouse(did) => mouse::mouse(model, did),
        Msg::Resize(width, height) => {
            model.size = (width, height);
            look::show_selected(model);
            let mut effects = picture::resized(model);
            effects.extend(grant::resized(model));
            effects
        }
        Msg::Tick(now) => tick(model, now),
        Msg::Report(report) => answers::report(model, report),
        Msg::Edited(text) => {
            edited(model, text);
            Vec::new()
        }
        Msg::Drafts(standing) => {
            model.drafts.standing = standing;
            Vec::new()
        }
    };
    if effects.iter().any(|e| matches!(e, Effect::Quit | Effect::Suspend | Effect::Edit { .. })) {
        drafts::keep_all(model);
        // Before anything else: what comes after leaving is not done.
        let kept = kept::keep(model);
        effects.splice(0..0, kept);
    }
    // What is kept is kept before anything else happens.
    effects.splice(0..0, drafts::effects(model));
    if std::mem::take(&mut model.refuse_passphrase) {
        effects.push(Effect::Passphrase(None));
    }
    follow(model, &mut effects);
    effects
}

/// Asks the worker; an answer to an older question of the same kind no longer counts.
pub(super) fn ask(model: &mut Model, job: Job) -> Effect {
    model.last += 1;
    let no = model.last;
    if let Some(old) = job.slot().and_then(|slot| model.newest.insert(slot, no)) {
        model.busy.remove(&old);
    }
    model.busy.insert(no, Busy { job: job.clone(), ticks: 0, step: None, waits: false });
    Effect::Ask(Request { no, job })
}

/// Asks for the queue as it stands now.
pub(super) fn ask_queue(model: &mut Model) -> Effect {
    queue::ask_again(model)
}

pub(super) fn toast(model: &mut Model, good: bool, text: impl Into<String>) {
    model.toast = Some(Toast { text: text.into(), good, ticks: TOAST });
}

/// Keeps what went wrong until somebody has read it.
pub(super) fn trouble(model: &mut Model, failure: Failure) {
    let again = model.messages.front().is_some_and(|m| m.failure == failure && !m.dismissed);
    if !again {
        model.messages.push_front(Message { at: model.now, failure, dismissed: false });
        model.messages.truncate(MOST_MESSAGES);
    }
}

fn tick(model: &mut Model, now: Time) -> Vec<Effect> {
    let moved = now != model.now;
    model.now = now;
    model.dirty = moved || model.toast.is_some() || !model.busy.is_empty();
    lock::tick(model);
    if let Some(toast) = &mut model.toast {
        toast.ticks = toast.ticks.saturating_sub(1);
        if toast.ticks == 0 {
            model.toast = None;
        }
    }
    for busy in model.busy.values_mut() {
        busy.ticks += 1;
    }
    let mut effects = Vec::new();
    if model.seat.is_none() {
        return effects;
    }
    effects.extend(screens::tick(model));
    let over = model.open.as_ref().and_then(|o| Some((o.id, o.revealed_until?)));
    if let Some((id, _)) = over.filter(|(_, until)| *until <= now) {
        if let Some(open) = &mut model.open {
            open.revealed_until = None;
        }
        effects.push(ask(model, Job::Ticket { id }));
    }
    drafts::keep_all(model);
    effects.extend(kept::keep(model));
    effects.extend(cases::tick(model));
    effects.extend(queue::tick(model));
    model.stale_for += 1;
    let settling = model.busy.values().any(|b| matches!(b.job, Job::Settle));
    if model.stale_for >= SETTLE && !settling {
        model.stale_for = 0;
        effects.push(ask(model, Job::Settle));
    }
    effects
}

/// Reads the selected ticket ahead, so that the preview is there and Enter opens at once.
fn follow(model: &mut Model, effects: &mut Vec<Effect>) {
    if model.open.is_some() || model.screens.at != Screen::Queue {
        return;
    }
    if model.seat.is_none() || model.queue.typing && model.queue.total > 200 {
        return;
    }
    let Some(row) = model.selected() else { return };
    let id = row.id;
    if model.peek.as_ref().is_some_and(|p| p.row.same(row)) {
        return;
    }
    let asked = model.busy.values().any(|b| b.job == Job::Peek { id });
    let known = model.peeked.as_ref().is_some_and(|(peeked, then)| *peeked == id && then.same(row));
    if !asked && !known {
        model.peeked = Some((id, row.clone()));
        effects.push(ask(model, Job::Peek { id }));
    }
}

/// Leaves the ticket for the queue; `finished` moves the selection on to the next one.
pub(super) fn leave(model: &mut Model, finished: bool) {
    let Some(open) = model.open.take() else { return };
    if let Some(view) = open.view.filter(|v| !v.revealed) {
        model.peek = Some(view);
    }
    if finished {
        pass_on(model, open.id);
    }
    screens::back_from_ticket(model);
}

/// Selects the ticket that follows a finished one.
pub(super) fn pass_on(model: &mut Model, id: i64) {
    let Some(place) = model.queue.place_of(id) else { return };
    if model.queue.at == place && model.queue.row(place + 1).is_some() {
        model.queue.at = place + 1;
    }
}

/// The form on top, if it waits for this request.
pub(super) fn waiting_form(model: &mut Model, no: u64) -> Option<&mut super::form::Form> {
    model.overlays.iter_mut().find_map(|o| match o {
        Overlay::Form(form) if form.asked == Some(no) => Some(&mut **form),
        _ => None,
    })
}
