//! Clicks and the wheel: each means a key or an action that there is anyway.

use super::do_action::run;
use super::key::{Code, Key};
use super::model::Model;
use super::screens::Screen;
use super::{Effect, action::Action, keys, queue};
use crate::tui::{layout, view};

/// What the mouse did, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mouse {
    Click { x: u16, y: u16 },
    Wheel { x: u16, y: u16, down: bool },
}

/// Lines of one turn of the wheel.
const TURN: usize = 3;

pub(super) fn mouse(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    model.settings.lock.touched();
    if model.settings.lock.is_shut() {
        return Vec::new();
    }
    match mouse {
        Mouse::Wheel { down, .. } => {
            let key = Key::plain(if down { Code::Down } else { Code::Up });
            (0..TURN).flat_map(|_| keys::key(model, key)).collect()
        }
        Mouse::Click { x, y } => click(model, x, y),
    }
}

fn click(model: &mut Model, x: u16, y: u16) -> Vec<Effect> {
    let parts = layout::parts(model);
    if y == parts.keys.y {
        let action = view::action_at(model, usize::from(x));
        return action.map_or_else(Vec::new, |action| run(model, action));
    }
    let in_queue = model.overlays.is_empty() && model.open.is_none() && model.screens.at == Screen::Queue;
    let inside = parts.body.contains(ratatui::layout::Position { x, y });
    if !in_queue || !inside {
        return Vec::new();
    }
    let q = &model.queue;
    let height = usize::from(parts.body.height);
    let top = layout::first_line(q.at, q.at.saturating_sub(height / 2), height, q.total);
    let place = top + usize::from(y - parts.body.y);
    if place >= q.total {
        return Vec::new();
    }
    // The first click chooses, the second opens.
    if place == q.at {
        return run(model, Action::Open);
    }
    let by = isize::try_from(place).unwrap_or(0) - isize::try_from(q.at).unwrap_or(0);
    queue::scroll(model, by)
}
