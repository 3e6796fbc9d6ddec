//! The outbox: what is still to leave the house, what failed and why, what has left.

use std::sync::Arc;

use super::{Effect, open_ticket};
use crate::domain::{MessageKind, MessageState, Role};
use crate::tui::app::action::Action;
use crate::tui::app::do_action::show_form;
use crate::tui::app::form::{Field, Form, Purpose, Rule};
use crate::tui::app::key::{Code, Key};
use crate::tui::app::model::Model;
use crate::tui::app::update::{ask, toast};
use crate::tui::data::{OutLine, OutView};
use crate::tui::layout;
use crate::tui::terms::Term as _;
use crate::tui::theme::Tone;
use crate::tui::view::screens::outbox as view;
use crate::tui::worker::Job;
use crate::tui::worker::outbox::{OutAsk, OutTab};
use crate::tui::worker::screens::Ask;
use crate::words::{say, say_with};

/// Its tabs, in their order.
pub const TABS: [OutTab; 4] = [OutTab::Open, OutTab::Sent, OutTab::Dropped, OutTab::All];

/// Ticks between two looks while it is shown: the courier works meanwhile.
const LOOK: u32 = 8;
/// Ticks between two looks at the counts from elsewhere.
const COUNT: u32 = 20;

/// What the screen keeps.
#[derive(Debug, Default)]
pub struct State {
    pub view: Option<Arc<OutView>>,
    /// The tab, as a place in [`TABS`].
    pub tab: usize,
    /// The selected line.
    pub at: usize,
    /// The selected message is shown whole, from this line on.
    pub reading: Option<usize>,
    /// Messages that are still to leave, and that have failed.
    pub counts: (i64, i64),
    ticks: u32,
}

impl State {
    /// The lines of the open tab.
    pub fn lines(&self) -> &[OutLine] {
        self.view.as_ref().map_or(&[], |view| &view.lines)
    }

    /// The selected message.
    pub fn line(&self) -> Option<&OutLine> {
        self.lines().get(self.at)
    }
}

fn outbox(ask: OutAsk) -> Job {
    Job::Screen(Ask::Outbox(ask))
}

pub(super) fn enter(model: &mut Model) -> Vec<Effect> {
    let tab = TABS.get(model.screens.outbox.tab).copied().unwrap_or_default();
    vec![ask(model, outbox(OutAsk::List(tab)))]
}

/// A quarter of a second has passed.
pub(super) fn tick(model: &mut Model) -> Vec<Effect> {
    // From a rehearsal nothing leaves.
    if model.seat.as_ref().is_none_or(|s| s.rehearsal) {
        return Vec::new();
    }
    let shown = model.screens.at == super::Screen::Outbox;
    let s = &mut model.screens.outbox;
    s.ticks += 1;
    if s.ticks % if shown { LOOK } else { COUNT } != 1 {
        return Vec::new();
    }
    if shown { enter(model) } else { vec![ask(model, outbox(OutAsk::Counts))] }
}

pub(super) fn told(model: &mut Model, view: Arc<OutView>) -> Vec<Effect> {
    let s = &mut model.screens.outbox;
    let kept = s.line().map(|m| m.id);
    s.counts = view.counts;
    s.view = Some(view);
    let place = kept.and_then(|id| s.lines().iter().position(|m| m.id == id));
    if place.is_none() {
        s.reading = None;
    }
    s.at = place.unwrap_or(s.at).min(s.lines().len().saturating_sub(1));
    Vec::new()
}

pub(super) fn counted(model: &mut Model, counts: (i64, i64)) {
    model.screens.outbox.counts = counts;
}

/// It was done: say so, and look again.
pub(super) fn done(model: &mut Model, ask: &OutAsk, message: i64) -> Vec<Effect> {
    let id = if matches!(ask, OutAsk::Drop { .. }) { "outbox-dropped-done" } else { "outbox-retried" };
    let text = match id {
        "outbox-retried" => say_with(model.language, "outbox-retried", &[("message", message.into())]),
        _ => say_with(model.language, "outbox-dropped-done", &[("message", message.into())]),
    };
    toast(model, true, text);
    enter(model)
}

pub(super) fn enabled(model: &Model, action: Action) -> Result<(), String> {
    let no = |id| Err(say(model.language, id).to_owned());
    let Some(line) = model.screens.outbox.line() else {
        return match action {
            Action::OutboxRead | Action::OutboxRetry | Action::OutboxDrop | Action::OutboxTicket => {
                no("outbox-why-none")
            }
            _ => Ok(()),
        };
    };
    if !matches!(action, Action::OutboxRetry | Action::OutboxDrop) {
        return Ok(());
    }
    let Some(seat) = &model.seat else { return no("why-opening") };
    if seat.readonly {
        return no("why-readonly");
    }
    let over = |role: &Role| matches!(role, Role::Approver | Role::Custodian);
    let works = |role: &Role| over(role) || *role == Role::Agent;
    if !seat.roles.iter().any(works) {
        return no("outbox-why-role");
    }
    match (action, line.state) {
        (_, MessageState::Sent) => no("outbox-why-sent"),
        (_, MessageState::Sending) => no("outbox-why-sending"),
        (Action::OutboxDrop, MessageState::Dropped) => no("outbox-why-dropped"),
        (Action::OutboxDrop, _) if line.kind == MessageKind::OwnerNotice && !seat.roles.iter().any(over) => {
            no("outbox-why-owner")
        }
        (Action::OutboxRetry, _) if line.good_until.is_some_and(|until| until <= model.now) => {
            no("outbox-why-late")
        }
        _ => Ok(()),
    }
}

pub(super) fn run(model: &mut Model, action: Action) -> Vec<Effect> {
    let line = model.screens.outbox.line().cloned();
    match (action, line) {
        (Action::OutboxRead, Some(_)) => {
            let reading = &mut model.screens.outbox.reading;
            *reading = if reading.is_some() { None } else { Some(0) };
        }
        (Action::OutboxTicket, Some(line)) if line.ticket != 0 => return open_ticket(model, line.ticket),
        (Action::OutboxRetry, Some(line)) => {
            return vec![ask(model, outbox(OutAsk::Retry { message: line.id }))];
        }
        (Action::OutboxDrop, Some(line)) => {
            let form = drop_form(model, &line);
            show_form(model, form);
        }
        (Action::OutboxNextTab, _) => return tab(model, 1),
        (Action::OutboxPreviousTab, _) => return tab(model, TABS.len() - 1),
        _ => {}
    }
    Vec::new()
}

fn drop_form(model: &Model, line: &OutLine) -> Form {
    let l = model.language;
    let title = say_with(l, "outbox-drop-title", &[("message", line.id.into())]);
    let what = say_with(
        l,
        "outbox-drop-what",
        &[
            ("kind", line.kind.said(l).into()),
            ("to", line.to.as_str().into()),
            ("name", line.name.as_str().into()),
        ],
    );
    let mut form = Form::new(Purpose::DropMessage(line.id), line.ticket, title, say(l, "outbox-drop-go"))
        .say(Tone::Plain, what)
        .say(Tone::Warn, say(l, "outbox-drop-then"));
    if line.kind == MessageKind::OwnerNotice {
        form = form.say(Tone::Warn, say(l, "outbox-drop-owner"));
    }
    form.field(Field::text("reason", say(l, "form-reason"), Rule::Needed))
}

fn tab(model: &mut Model, by: usize) -> Vec<Effect> {
    show_tab(model, (model.screens.outbox.tab + by) % TABS.len())
}

pub(super) fn show_tab(model: &mut Model, tab: usize) -> Vec<Effect> {
    let s = &mut model.screens.outbox;
    // The lines are another tab's.
    (s.tab, s.at, s.view, s.reading) = (tab, 0, None, None);
    enter(model)
}

/// From the whole message back to the list, before the screen is left.
pub(super) fn typed(model: &mut Model, key: Key) -> Option<Vec<Effect>> {
    let back = matches!(key.latin().code, Code::Esc | Code::Char('q'));
    (back && model.screens.outbox.reading.take().is_some()).then(Vec::new)
}

pub(super) fn scroll(model: &mut Model, by: isize) {
    let most = view::most(model, layout::parts(model).body);
    let s = &mut model.screens.outbox;
    match &mut s.reading {
        Some(top) => *top = top.saturating_add_signed(by).min(most),
        None => s.at = s.at.saturating_add_signed(by).min(s.lines().len().saturating_sub(1)),
    }
}
