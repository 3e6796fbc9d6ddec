//! Drawing: the model in, cells out. Nothing here decides or changes anything.

mod approver;
pub mod form;
mod grant;
mod hints;
mod leaf;
mod lists;
mod lock;
mod look;
pub mod mail;
mod merge;
pub mod paint;
mod panes;
mod picture;
mod preview;
mod queue;
mod rules;
pub mod screens;
mod small;
mod spoken;
mod status;
pub mod ticket;
mod ticket_body;
mod timeline;
mod words;

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

pub use queue::pane_rows;
pub use status::height as status_height;

use crate::tui::app::Model;
use crate::tui::app::model::Overlay;
use crate::tui::app::mouse::Spot;
use crate::tui::app::picture::Picture;
use crate::tui::app::screens::Screen;
use crate::tui::layout;
use crate::tui::worker::picture::Shot;
use crate::words::say;
use paint::Canvas;

/// Draws the screen; says where the cursor stands, so that screen readers and magnifiers follow.
pub fn draw(model: &Model, area: Rect, buf: &mut Buffer) -> Option<Position> {
    draw_on(model, area, &mut Canvas { buf, theme: model.theme, spots: Vec::new() })
}

/// A picture of pixels on the screen, and the window it stands in.
#[derive(Clone, Debug)]
pub struct Pictured(Arc<Shot>, (u16, u16));

impl PartialEq for Pictured {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) && self.1 == other.1
    }
}

/// The picture that a drawing of the model leaves on the screen beside its cells.
pub fn pictured(model: &Model) -> Option<Pictured> {
    let hidden = model.settings.lock.is_shut() || layout::is_small(model.size);
    let shot = match model.overlays.last() {
        Some(Overlay::Picture(Picture { shot: Some(Ok(shot)), .. })) => shot,
        Some(Overlay::Grant(handing)) => handing.shot.as_ref()?,
        _ => return None,
    };
    let shown = model.easel.has_pixels() && !hidden && shot.image.is_ok();
    shown.then(|| Pictured(Arc::clone(shot), model.size))
}

/// What a click means, by where it falls; what lies above comes later.
pub fn spots(model: &Model) -> Vec<(Rect, Spot)> {
    let area = Rect::new(0, 0, model.size.0, model.size.1);
    let mut canvas = Canvas { buf: &mut Buffer::empty(area), theme: model.theme, spots: Vec::new() };
    draw_on(model, area, &mut canvas);
    canvas.spots
}

fn draw_on(model: &Model, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
    canvas.buf.set_style(area, model.theme.ground());
    if area.width < 20 || area.height < 4 {
        canvas.row(area, &paint::Row::new().plain(say(model.language, "frame-larger")), false);
        return None;
    }
    if let Some(shut) = &model.settings.lock.shut {
        return Some(lock::draw(model, shut, canvas, area));
    }
    if layout::is_small(model.size) {
        return Some(small::draw(model, canvas, area));
    }
    let parts = layout::parts(model);
    status::title(model, canvas, parts.title);
    let mut cursor = match &model.open {
        _ if model.screens.at != Screen::Queue => screens::draw(model, canvas, parts.body),
        Some(_) => ticket::draw(model, canvas, &parts),
        None => queue::draw(model, canvas, &parts),
    };
    cursor = status::draw(model, canvas, &parts).or(cursor);
    for (n, overlay) in model.overlays.iter().enumerate() {
        // What is said below is seen over every form and list.
        let below = if status::speaks(model) { parts.status.y } else { parts.keys.y };
        let room = Rect { y: area.y + 1, height: below.saturating_sub(area.y + 1), ..area };
        cursor = match overlay {
            Overlay::Pane(pane) => panes::draw(model, pane, canvas, room),
            Overlay::Form(form) => form::draw(model, form, canvas, room),
            Overlay::Help(picker) => Some(lists::help(model, picker, canvas, room)),
            Overlay::Palette(picker) => Some(lists::palette(model, picker, canvas, room)),
            Overlay::Screens { at } => Some(screens::list(model, *at, canvas, room)),
            Overlay::Messages { at } => Some(lists::messages(model, *at, canvas, room)),
            Overlay::Finding(opened) => Some(look::finding(model, opened, canvas, room)),
            Overlay::Event { at, scroll } => Some(look::event_box(model, *at, *scroll, canvas, room)),
            Overlay::Acts { at } => Some(look::acts_box(model, *at, canvas, room)),
            Overlay::Picture(picture) => {
                let top = n + 1 == model.overlays.len();
                Some(picture::draw(model, picture, top, canvas, room))
            }
            Overlay::Grant(handing) => {
                let top = n + 1 == model.overlays.len();
                Some(grant::draw(model, handing, top, canvas, room))
            }
        };
    }
    cursor
}
