//! Panes over the queue: what came of an act on many tickets, the chooser of columns. Each has a place, and
//! keys that it names itself.

use super::Effect;
use super::action::{Action, Place};
use super::do_action::{close_overlay, open_ticket, run};
use super::key::{Code, Key};
use super::model::{Model, Overlay};
use super::update::ask;
use crate::desk::merge::Merged;
use crate::tui::worker::{Act, Job};

/// A pane, and where in it the agent is.
#[derive(Clone, Debug, PartialEq)]
pub enum Pane {
    Results {
        at: usize,
    },
    Columns {
        at: usize,
    },
    /// What a ticket would say with another joined into it.
    Merge {
        merged: Box<Merged>,
        scroll: usize,
    },
}

/// Acts that lead on from two claimants of one thing, each with what it is good for.
pub const MAY: [(Action, &str); 5] = [
    (Action::OtherTicket, "merge-may-other"),
    (Action::ClearCheck, "merge-may-clear"),
    (Action::Decide, "merge-may-decide"),
    (Action::Wait, "merge-may-wait"),
    (Action::Close, "merge-may-close"),
];

/// One key on the pane on top.
pub fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    let key = key.latin();
    if matches!(key.code, Code::Esc | Code::Char('q')) {
        close_overlay(model);
        return Vec::new();
    }
    match model.overlays.last() {
        Some(Overlay::Pane(Pane::Results { at })) => results(model, key, *at),
        Some(Overlay::Pane(Pane::Columns { at })) => columns(model, key, *at),
        Some(Overlay::Pane(Pane::Merge { .. })) => merge(model, key),
        _ => Vec::new(),
    }
}

/// Where the selection goes by a key that moves it.
fn moved(key: Key, at: usize, count: usize) -> Option<usize> {
    let last = count.saturating_sub(1);
    Some(match key.code {
        Code::Down | Code::Char('j') => (at + 1).min(last),
        Code::Up | Code::Char('k') => at.saturating_sub(1),
        Code::PageDown => (at + 10).min(last),
        Code::PageUp => at.saturating_sub(10),
        Code::Home | Code::Char('g') => 0,
        Code::End | Code::Char('G') => last,
        _ => return None,
    })
}

fn put(model: &mut Model, pane: Pane) {
    if let Some(Overlay::Pane(top)) = model.overlays.last_mut() {
        *top = pane;
    }
}

fn results(model: &mut Model, key: Key, at: usize) -> Vec<Effect> {
    let Some(results) = &model.results else { return Vec::new() };
    if let Some(at) = moved(key, at, results.outcomes.len()) {
        put(model, Pane::Results { at });
        return Vec::new();
    }
    if key.code == Code::Enter
        && let Some(id) = results.outcomes.get(at).map(|o| o.id)
    {
        model.overlays.pop();
        return open_ticket(model, id);
    }
    Vec::new()
}

/// Scrolls, or does it.
fn merge(model: &mut Model, key: Key) -> Vec<Effect> {
    let Some(Overlay::Pane(Pane::Merge { merged, scroll })) = model.overlays.last_mut() else {
        return Vec::new();
    };
    if let Some(to) = moved(key, *scroll, merged.columns.len() + 12) {
        *scroll = to;
        return Vec::new();
    }
    let (other, rival) = (merged.from, merged.rival && merged.refused.is_some());
    let map = &model.settings.keymap;
    let called = map.lookup(key, &[Place::Look]).or_else(|| map.lookup(key, &[Place::Case]));
    if let Some((action, _)) = MAY.into_iter().find(|(may, _)| rival && called == Some(*may)) {
        model.overlays.pop();
        return if action == Action::OtherTicket { open_ticket(model, other) } else { run(model, action) };
    }
    if key.code == Code::Char('y') && merged.refused.is_none() {
        let (id, from) = (merged.into, merged.from);
        model.overlays.pop();
        return vec![ask(model, Job::Act { id, act: Act::Merge { from } })];
    }
    Vec::new()
}

fn columns(model: &mut Model, key: Key, at: usize) -> Vec<Effect> {
    let columns = &mut model.queue.columns;
    let at = match key.code {
        Code::Char(' ') | Code::Enter => {
            columns.toggle(at);
            at
        }
        Code::Char('J') | Code::Right => columns.shift(at, true),
        Code::Char('K') | Code::Left => columns.shift(at, false),
        _ => {
            if let Some(at) = moved(key, at, columns.all.len()) {
                put(model, Pane::Columns { at });
            }
            return Vec::new();
        }
    };
    put(model, Pane::Columns { at });
    super::kept::keep(model)
}
