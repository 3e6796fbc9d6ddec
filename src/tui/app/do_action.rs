//! Actions: what each one changes, and what it asks for.

use super::action::{Action, Place, entry_of};
use super::form::{Form, Kind, Purpose};
use super::look::{self, Look};
use super::model::{Model, Open, Overlay, Picker};
use super::panes::Pane;
use super::screens::{self, Screen};
use super::update::{ask, ask_queue, leave, toast};
use super::{
    Effect, bulk, drafts, enabled, forms, grant, kept, lock, mail, marks, next, picture, queue, settings,
    undo,
};
use crate::desk::board::View;
use crate::domain::{Channel, EvidenceKind, State};
use crate::tui::data::TicketView;
use crate::tui::layout;
use crate::tui::worker::{Act, Grant, Job};
use crate::words::{Phrase, say};

/// Does an action, or says why not.
pub(super) fn run(model: &mut Model, action: Action) -> Vec<Effect> {
    if let Err(why) = enabled(model, action) {
        toast(model, false, why);
        return Vec::new();
    }
    match entry_of(action).map(|e| e.place) {
        Some(Place::Case) if marks::active(model) => bulk::begin(model, action),
        Some(Place::Case) => on_case(model, action),
        Some(Place::Queue) if action != Action::Quit => in_queue(model, action),
        Some(Place::Ticket) => in_ticket(model, action),
        Some(Place::Grant) => grant::run(model, action),
        Some(Place::On(_)) => screens::run(model, action),
        Some(Place::Look) => look::run(model, action),
        Some(Place::Picture) if action == Action::OpenFile => picture::open_beside(model),
        Some(Place::Picture) => picture::step(model, action == Action::NextPicture),
        _ => anywhere(model, action),
    }
}

fn anywhere(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Up => return scroll(model, -1),
        Action::Down => return scroll(model, 1),
        Action::PageUp => return scroll(model, -page(model)),
        Action::PageDown => return scroll(model, page(model)),
        Action::First => return scroll(model, isize::MIN / 2),
        Action::Last => return scroll(model, isize::MAX / 2),
        Action::Help => model.overlays.push(Overlay::Help(Picker::default())),
        Action::Palette => model.overlays.push(Overlay::Palette(Picker::default())),
        Action::Messages if model.messages.is_empty() => {
            toast(model, true, say(model.language, "done-no-messages"));
        }
        Action::Messages => model.overlays.push(Overlay::Messages { at: 0 }),
        Action::Undo => return undo::run(model),
        Action::Dismiss => dismiss(model),
        Action::Refresh => {
            let mut effects = vec![ask_queue(model), ask(model, Job::Settle)];
            effects.extend(screens::refresh(model));
            if let Some(id) = model.open.as_ref().map(|o| o.id) {
                effects.push(ask(model, Job::Ticket { id }));
            }
            return effects;
        }
        Action::Show(screen) => return screens::show(model, screen),
        Action::Screens => model.overlays.push(Overlay::Screens { at: 0 }),
        Action::BackScreen => return screens::back(model),
        Action::Language => settings::next_language(model),
        Action::Theme => settings::next_theme(model),
        Action::Mouse => return settings::next_mouse(model),
        Action::Lock => lock::shut(model),
        Action::Suspend => return vec![Effect::Suspend],
        Action::Quit => return vec![Effect::Quit],
        Action::Submit => return submit(model),
        Action::Cancel => close_overlay(model),
        Action::ClearForm => {
            if let Some(Overlay::Form(form)) = model.overlays.last_mut() {
                form.clear();
                model.drafts.forget(form.purpose, form.ticket);
            }
        }
        Action::Editor => return editor(model),
        Action::CopyText => return super::reply::copy(model),
        Action::NextField | Action::PreviousField => {
            if let Some(Overlay::Form(form)) = model.overlays.last_mut() {
                form.step(action == Action::NextField);
            }
        }
        _ => {}
    }
    Vec::new()
}

/// Hands the text of several lines to the agent's own editor.
fn editor(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Form(form)) = model.overlays.last() else { return Vec::new() };
    let text = form.fields.iter().find(|f| matches!(f.kind, Kind::Lines(_))).map(|f| f.value().to_owned());
    match (text, &model.seat) {
        (Some(text), Some(seat)) => vec![Effect::Edit { beside: seat.drafts.clone(), text }],
        _ => Vec::new(),
    }
}

/// A text came back from the editor.
pub(super) fn edited(model: &mut Model, text: Result<String, Phrase>) {
    let l = model.language;
    let Some(Overlay::Form(form)) = model.overlays.last_mut() else { return };
    match text {
        Ok(text) => {
            let area = form.fields.iter_mut().find(|f| matches!(f.kind, Kind::Lines(_)));
            if let Some(area) = area {
                area.set(&text);
            }
            form.problem = None;
        }
        Err(why) => form.problem = Some(why.said(l).into_owned()),
    }
}

fn dismiss(model: &mut Model) {
    let place = match model.overlays.last() {
        Some(Overlay::Messages { at }) => *at,
        _ => model.messages.iter().position(|m| !m.dismissed).unwrap_or(0),
    };
    if let Some(message) = model.messages.get_mut(place) {
        message.dismissed = true;
    }
}

fn page(model: &Model) -> isize {
    isize::try_from(layout::body_height(model)).unwrap_or(10).max(2) - 1
}

/// Moves the selection, or scrolls the ticket.
fn scroll(model: &mut Model, by: isize) -> Vec<Effect> {
    if model.screens.at != Screen::Queue {
        return screens::scroll(model, by);
    }
    if look::step(model, by) {
        return Vec::new();
    }
    let most = layout::most_scroll(model);
    if model.open.is_none() {
        return queue::scroll(model, by);
    }
    if let Some(open) = &mut model.open {
        let pane = open.pane.min(1);
        if let (Some(top), Some(most)) = (open.scroll.get_mut(pane), most.get(pane)) {
            *top = top.saturating_add_signed(by).min(*most);
        }
    }
    Vec::new()
}

fn in_queue(model: &mut Model, action: Action) -> Vec<Effect> {
    undo::before(model, action);
    match action {
        Action::Open => return open_selected(model),
        Action::Filter => model.queue.typing = true,
        Action::ClearFilter if !model.queue.marks.is_empty() => model.queue.marks.clear(),
        Action::ClearFilter => {
            let mut effects = queue::hear(model);
            model.queue.filter.reset();
            (model.queue.typing, model.queue.everywhere) = (false, false);
            effects.push(ask_queue(model));
            return effects;
        }
        Action::Everywhere => return queue::turn_everywhere(model),
        Action::View(n) => {
            let view = View::ALL.get(usize::from(n)).copied().unwrap_or_default();
            return queue::show_view(model, view);
        }
        Action::NextView => return queue::step_view(model, true),
        Action::PreviousView => return queue::step_view(model, false),
        Action::Mark | Action::MarkTo | Action::MarkAll => return marks::run(model, action),
        Action::Results => model.overlays.push(Overlay::Pane(Pane::Results { at: 0 })),
        Action::Columns => model.overlays.push(Overlay::Pane(Pane::Columns { at: 0 })),
        Action::SaveSearch => {
            let form = kept::ask_name(model);
            show_form(model, form);
        }
        Action::DropSearch => return kept::drop_open(model),
        Action::Sort => {
            let effects = queue::step_sort(model);
            let text = queue::sorted(model);
            toast(model, true, text);
            return effects;
        }
        Action::ReverseSort => {
            model.queue.reverse = !model.queue.reverse;
            let text = queue::sorted(model);
            toast(model, true, text);
            return queue::ask_anew(model);
        }
        Action::PaneDown => scroll_pane(model, 1),
        Action::PaneUp => scroll_pane(model, -1),
        Action::Preview => model.queue.preview = !model.queue.preview,
        _ => {}
    }
    Vec::new()
}

/// Scrolls what is said of the selected ticket beside the list, half a pane at once.
fn scroll_pane(model: &mut Model, by: isize) {
    let Some(id) = model.selected().map(|r| r.id) else { return };
    let (most, height) = layout::pane_scroll(model);
    let step = isize::try_from(height / 2).unwrap_or(1).max(1);
    let top = if model.queue.pane.0 == id { model.queue.pane.1 } else { 0 };
    model.queue.pane = (id, top.saturating_add_signed(by * step).min(most));
}

/// Opens the selected ticket; what was read ahead is shown at once.
pub(super) fn open_selected(model: &mut Model) -> Vec<Effect> {
    model.selected().map(|r| r.id).map_or_else(Vec::new, |id| open_ticket(model, id))
}

/// Opens a ticket.
pub(super) fn open_ticket(model: &mut Model, id: i64) -> Vec<Effect> {
    let view = model.peek.clone().filter(|p| p.row.id == id);
    let all_checks = model.open.as_ref().is_some_and(|o| o.all_checks);
    model.open = Some(Open {
        id,
        view,
        scroll: [0; 2],
        pane: 0,
        all_checks,
        revealed_until: None,
        look: Look::default(),
    });
    model.toast = None;
    vec![ask(model, Job::Ticket { id })]
}

fn in_ticket(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Next if model.open.as_ref().is_some_and(|o| o.look.at.is_some()) => return look::open(model),
        Action::Look => return look::open(model),
        Action::Acts => model.overlays.push(Overlay::Acts { at: 0 }),
        Action::Events => look::next_kind(model),
        Action::FindEvent => look::filter(model),
        Action::Picture => return picture::open_first(model),
        Action::ConfirmOffer => return mail::confirm(model),
        Action::AskedFor => mail::ask_what(model),
        Action::Links => {
            return model
                .open
                .as_ref()
                .map(|o| o.id)
                .map_or_else(Vec::new, |id| screens::links_of(model, id));
        }
        Action::Next => {
            let step = next::next_step(model).and_then(|s| s.action);
            return step.map_or_else(Vec::new, |action| run(model, action));
        }
        Action::Back => leave(model, false),
        Action::NextTicket | Action::PreviousTicket => {
            let id = model.open.as_ref().map(|o| o.id);
            // The queue may have moved on while the ticket was open.
            let at = id.and_then(|id| model.queue.place_of(id)).unwrap_or(model.queue.at);
            let to = if action == Action::NextTicket { Some(at + 1) } else { at.checked_sub(1) };
            let Some(to) = to.filter(|to| model.queue.row(*to).is_some()) else {
                let last = action == Action::NextTicket;
                toast(model, false, say(model.language, if last { "done-last" } else { "done-first" }));
                return Vec::new();
            };
            model.queue.at = to;
            return open_selected(model);
        }
        Action::AllChecks => {
            if let Some(open) = &mut model.open {
                open.all_checks = !open.all_checks;
                let all = open.all_checks;
                let text = if all { "done-all-checks" } else { "done-folded-checks" };
                toast(model, true, say(model.language, text));
            }
            look::show_selected(model);
            return scroll(model, 0);
        }
        Action::Pane => look::next_part(model),
        Action::Reveal => {
            if let Some(case) = model.case().cloned() {
                show_form(model, forms::simple(model.language, Purpose::Reveal, &case));
            }
        }
        _ => {}
    }
    Vec::new()
}

/// An act on a ticket: its form, once the ticket is read as its line in the list shows it.
fn on_case(model: &mut Model, action: Action) -> Vec<Effect> {
    let Some(id) = model.subject() else { return Vec::new() };
    let listed = model.selected().filter(|row| model.open.is_none() && row.id == id);
    let fresh = |case: &TicketView| listed.is_none_or(|row| row.lease == case.row.lease);
    if model.case().is_some_and(|case| fresh(case)) {
        return on_read(model, action);
    }
    model.pending = Some((id, action));
    vec![ask(model, if model.open.is_some() { Job::Ticket { id } } else { Job::Peek { id } })]
}

/// Goes on with an act that waited for its ticket.
pub(super) fn resume(model: &mut Model, action: Action) -> Vec<Effect> {
    if let Err(why) = enabled(model, action) {
        toast(model, false, why);
        return Vec::new();
    }
    if marks::active(model) { run(model, action) } else { on_read(model, action) }
}

fn on_read(model: &mut Model, action: Action) -> Vec<Effect> {
    let Some(case) = model.case().cloned() else { return Vec::new() };
    let id = case.row.id;
    let form = match action {
        Action::Decide => forms::decide(model, &case),
        Action::SendCode => forms::send_code(model.language, &case),
        Action::ConfirmCode => {
            let open = Channel::ALL.iter().find(|c| enabled::pending(model, &case, **c));
            forms::confirm_code(model, &case, open.copied().unwrap_or(Channel::Sim))
        }
        Action::AddEvidence => {
            let wanted = case.judgement.missing.iter().flatten().find_map(|p| match p {
                crate::domain::Proof::Purchase => Some(EvidenceKind::Receipt),
                crate::domain::Proof::Sim => Some(EvidenceKind::Sim),
                crate::domain::Proof::Box => Some(EvidenceKind::Box),
                crate::domain::Proof::Facts => Some(EvidenceKind::Facts),
                crate::domain::Proof::Consent => None,
            });
            forms::evidence(model.language, id, &case.row.name, wanted.unwrap_or(EvidenceKind::Receipt))
        }
        Action::RemoveEvidence => forms::remove_evidence(model.language, &case),
        Action::Approve => forms::approve(model, &case),
        Action::SendBack => super::approver::send_back(model, &case),
        Action::Issue => match &case.authorization {
            Some(a) if case.row.state == State::Issued => {
                let token = Grant {
                    jti: a.jti.clone(),
                    token: a.token.clone(),
                    op: a.op.to_string(),
                    sub: a.sub.clone(),
                    aud: a.aud.clone(),
                    expires_at: a.expires_at,
                };
                return grant::show(model, grant::Handing::new(token, id));
            }
            _ => forms::issue(model.language, &case),
        },
        Action::Take => {
            let other = case.row.holder(model.now).is_some_and(|(who, _)| who != model.me());
            if !other {
                return vec![ask(model, Job::Act { id, act: Act::Take { steal: None } })];
            }
            forms::simple(model.language, Purpose::Steal, &case)
        }
        Action::Reply => return super::reply::begin(model, id),
        Action::Merge => forms::merge(model.language, &case),
        Action::ClearCheck => forms::clear_check(model.language, &case),
        Action::ClearNotice => forms::simple(model.language, Purpose::ClearNotice, &case),
        Action::Note => forms::simple(model.language, Purpose::Note, &case),
        Action::Object => forms::simple(model.language, Purpose::Object, &case),
        Action::Revoke => forms::simple(model.language, Purpose::Revoke, &case),
        Action::Redeem => forms::simple(model.language, Purpose::Redeem, &case),
        Action::Wait => forms::simple(model.language, Purpose::Wait, &case),
        Action::Close => forms::simple(model.language, Purpose::Close, &case),
        Action::Reopen => forms::simple(model.language, Purpose::Reopen, &case),
        Action::HearOwner => forms::simple(model.language, Purpose::HearOwner, &case),
        Action::Release => forms::simple(model.language, Purpose::Release, &case),
        _ => return Vec::new(),
    };
    show_form(model, form);
    Vec::new()
}

/// Puts a form on the screen, with what was typed into it before.
pub(super) fn show_form(model: &mut Model, mut form: Form) {
    drafts::put_back(model, &mut form);
    model.toast = None;
    model.overlays.push(Overlay::Form(Box::new(form)));
}

/// Leaves what is on top; what was typed is kept.
pub(super) fn close_overlay(model: &mut Model) {
    match model.overlays.pop() {
        Some(Overlay::Form(form)) => {
            model.drafts.keep(&form, model.now);
            if form.purpose == Purpose::Passphrase {
                model.refuse_passphrase = true;
            }
        }
        // The authorization was the last step of the case.
        Some(Overlay::Grant(_)) if model.open.is_some() && model.screens.at == Screen::Queue => {
            leave(model, true);
        }
        _ => {}
    }
}

/// Asks for what the form on top says.
pub(super) fn submit(model: &mut Model) -> Vec<Effect> {
    let text = grant::text_to_save(model);
    let (l, case) = (model.language, model.case().cloned());
    let Some(Overlay::Form(form)) = model.overlays.last_mut() else { return Vec::new() };
    if form.asked.is_some() {
        return Vec::new();
    }
    match form.purpose {
        Purpose::Bulk(action) => return bulk::submit(model, action),
        Purpose::SaveSearch => return kept::submit(model),
        Purpose::Undo => return undo::submit(model),
        _ => {}
    }
    if form.purpose == Purpose::Passphrase {
        let secret = secrecy::SecretString::from(form.value("passphrase").to_owned());
        model.overlays.pop();
        return vec![Effect::Passphrase(Some(secret))];
    }
    let id = form.ticket;
    let case = case.filter(|c| c.row.id == id);
    match super::request::request(l, form, case.as_deref(), text) {
        Ok(job) => {
            let effect = ask(model, job);
            let no = model.last;
            if let Some(Overlay::Form(form)) = model.overlays.last_mut() {
                form.problem = None;
                form.asked = Some(no);
            }
            vec![effect]
        }
        Err(why) => {
            form.problem = Some(why);
            Vec::new()
        }
    }
}
