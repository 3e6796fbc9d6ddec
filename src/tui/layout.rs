//! How the screen is divided, for drawing and for scrolling alike. Pure.

use ratatui::layout::Rect;

use super::app::Model;
use super::app::screens::Screen;
use super::view;
use crate::desk::board::View;

/// Below this the screens cannot be read; a sentence says so.
pub const LEAST: (u16, u16) = (60, 15);
/// From here on claim and findings stand side by side.
const TWO_PANES: u16 = 110;
/// From here on the queue has a preview below it.
const PREVIEW: u16 = 30;
/// From here on the queue has a preview beside it.
const BESIDE: u16 = 150;

/// The parts of a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    pub title: Rect,
    /// Tabs of the queue, head of a ticket.
    pub head: Rect,
    pub body: Rect,
    /// The preview, or the second pane.
    pub side: Option<Rect>,
    pub status: Rect,
    pub keys: Rect,
}

/// Whether the window is too small for the screens.
pub const fn is_small(size: (u16, u16)) -> bool {
    size.0 < LEAST.0 || size.1 < LEAST.1
}

/// Divides the window.
pub fn parts(model: &Model) -> Parts {
    let (width, height) = model.size;
    let line = |y: u16, height: u16| Rect { x: 0, y, width, height };
    let status = view::status_height(model).min(height / 3);
    let keys = height.saturating_sub(1);
    let status_at = keys.saturating_sub(status);
    let head = match &model.open {
        _ if model.screens.at != Screen::Queue => 0,
        Some(_) => view::ticket::head_height(model).min(height / 2),
        None => 2,
    };
    let body_at = (1 + head).min(status_at);
    let mut body = line(body_at, status_at - body_at);
    let side = if model.screens.at == Screen::Queue { split(model, &mut body) } else { None };
    Parts {
        title: line(0, 1),
        head: line(1, head),
        body,
        side,
        status: line(status_at, status),
        keys: line(keys, 1),
    }
}

/// Whether the queue has a preview.
pub fn has_preview(model: &Model) -> bool {
    let approves = model.queue.view == View::ToApprove && model.queue.total > 0;
    model.open.is_none() && model.queue.preview && (approves || room_for_preview(model.size))
}

/// Whether a window has room for a preview.
pub const fn room_for_preview(size: (u16, u16)) -> bool {
    size.0 >= BESIDE || size.1 >= PREVIEW
}

/// Cuts the second part off the body, if there is room for one.
fn split(model: &Model, body: &mut Rect) -> Option<Rect> {
    let (width, height) = model.size;
    if model.open.is_some() {
        if width < TWO_PANES {
            return None;
        }
        let left = width / 20 * 11;
        let side = Rect { x: left + 1, width: width - left - 1, ..*body };
        body.width = left;
        return Some(side);
    }
    if !has_preview(model) {
        return None;
    }
    if model.queue.view == View::ToApprove && width < BESIDE {
        // Who approves reads more than he chooses.
        let list =
            u16::try_from(model.queue.total + 1).unwrap_or(u16::MAX).clamp(2, (body.height / 3).max(2));
        let side = Rect { y: body.y + list, height: body.height.saturating_sub(list), ..*body };
        body.height = list.min(body.height);
        return Some(side);
    }
    if width >= BESIDE {
        let left = width * 3 / 5;
        let side = Rect { x: left + 1, width: width - left - 1, ..*body };
        body.width = left;
        return Some(side);
    }
    let below = (height / 4).clamp(7, 12);
    body.height = body.height.saturating_sub(below);
    Some(Rect { y: body.bottom(), height: below, ..*body })
}

/// Lines that scroll at once.
pub fn body_height(model: &Model) -> usize {
    usize::from(parts(model).body.height)
}

/// How far each pane of the ticket can be scrolled.
pub fn most_scroll(model: &Model) -> [usize; 2] {
    if model.open.is_none() {
        return [0; 2];
    }
    let parts = parts(model);
    let panes = view::ticket::panes(model, &parts);
    let height = usize::from(parts.body.height);
    panes.map(|rows| rows.len().saturating_sub(height))
}

/// How far the pane beside the list can be scrolled, and its lines.
pub fn pane_scroll(model: &Model) -> (usize, usize) {
    let Some(side) = parts(model).side.filter(|_| model.open.is_none()) else { return (0, 0) };
    let height = usize::from(side.height);
    (view::pane_rows(model, usize::from(side.width)).len().saturating_sub(height), height)
}

/// The whole window, but for a line that says what keys do.
pub const fn whole(size: (u16, u16)) -> (u16, u16) {
    (size.0, size.1.saturating_sub(1))
}

/// Columns and lines that a picture over the screen may take.
pub const fn picture(size: (u16, u16)) -> (u16, u16) {
    // The frame, its air, title bar, status and keys, and three lines about the file.
    (size.0.saturating_sub(4), size.1.saturating_sub(8))
}

/// The first line of the queue on the screen, so that the selected one is seen.
pub fn first_line(at: usize, top: usize, height: usize, count: usize) -> usize {
    let height = height.max(1);
    let top = top.min(count.saturating_sub(height));
    if at < top {
        at
    } else if at >= top + height {
        at + 1 - height
    } else {
        top
    }
}
