//! Drawing: the model in, cells out. Nothing here decides or changes anything.

mod approver;
mod form;
mod grant;
mod hints;
mod lists;
mod lock;
mod look;
mod merge;
pub mod paint;
mod panes;
mod picture;
mod preview;
mod queue;
mod rules;
pub mod screens;
mod small;
mod status;
pub mod ticket;
mod ticket_body;
mod timeline;
mod words;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

pub use queue::pane_rows;
pub use status::action_at;
pub use status::height as status_height;

use crate::tui::app::Model;
use crate::tui::app::model::Overlay;
use crate::tui::app::screens::Screen;
use crate::tui::layout;
use crate::words::say;
use paint::Canvas;

/// Draws the screen; says where the cursor stands, so that screen readers and magnifiers follow.
pub fn draw(model: &Model, area: Rect, buf: &mut Buffer) -> Option<Position> {
    buf.set_style(area, model.theme.ground());
    let mut canvas = Canvas { buf, theme: model.theme };
    if area.width < 20 || area.height < 4 {
        canvas.row(area, &paint::Row::new().plain(say(model.language, "frame-larger")), false);
        return None;
    }
    if let Some(shut) = &model.settings.lock.shut {
        return Some(lock::draw(model, shut, &mut canvas, area));
    }
    if layout::is_small(model.size) {
        return Some(small::draw(model, &mut canvas, area));
    }
    let parts = layout::parts(model);
    status::title(model, &mut canvas, parts.title);
    let mut cursor = match &model.open {
        _ if model.screens.at != Screen::Queue => screens::draw(model, &mut canvas, parts.body),
        Some(_) => ticket::draw(model, &mut canvas, &parts),
        None => queue::draw(model, &mut canvas, &parts),
    };
    cursor = status::draw(model, &mut canvas, &parts).or(cursor);
    for (n, overlay) in model.overlays.iter().enumerate() {
        // What is said below is seen over every form and list.
        let below = if status::speaks(model) { parts.status.y } else { parts.keys.y };
        let room = Rect { y: area.y + 1, height: below.saturating_sub(area.y + 1), ..area };
        cursor = match overlay {
            Overlay::Pane(pane) => panes::draw(model, pane, &mut canvas, room),
            Overlay::Form(form) => form::draw(model, form, &mut canvas, room),
            Overlay::Help(picker) => Some(lists::help(model, picker, &mut canvas, room)),
            Overlay::Palette(picker) => Some(lists::palette(model, picker, &mut canvas, room)),
            Overlay::Screens { at } => Some(screens::list(model, *at, &mut canvas, room)),
            Overlay::Messages { at } => Some(lists::messages(model, *at, &mut canvas, room)),
            Overlay::Finding(opened) => Some(look::finding(model, opened, &mut canvas, room)),
            Overlay::Event { at, scroll } => Some(look::event_box(model, *at, *scroll, &mut canvas, room)),
            Overlay::Acts { at } => Some(look::acts_box(model, *at, &mut canvas, room)),
            Overlay::Picture(picture) => {
                let top = n + 1 == model.overlays.len();
                Some(picture::draw(model, picture, top, &mut canvas, room))
            }
            Overlay::Grant(handing) => {
                let top = n + 1 == model.overlays.len();
                Some(grant::draw(model, handing, top, &mut canvas, room))
            }
        };
    }
    cursor
}
