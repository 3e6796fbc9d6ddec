//! The screens beside the queue, one file each.

pub mod agents;
pub mod grants;
pub mod import;
pub mod log;
pub mod lookup;
mod lookup_links;
pub mod outbox;
pub mod page;
pub mod policy;
pub mod registry;
pub mod report;
mod report_insider;

use ratatui::layout::{Position, Rect};

use super::paint::{Canvas, Row, centred};
use crate::domain::List;
use crate::tui::app::action::{Action, entry_of};
use crate::tui::app::screens::Screen;
use crate::tui::app::{Model, key};
use crate::tui::theme::Tone;
use crate::words::{Language, say};

/// Draws the screen that is shown.
pub fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
    match model.screens.at {
        Screen::Queue => None,
        Screen::Lookup => lookup::draw(model, canvas, area),
        Screen::Import => import::draw(model, canvas, area),
        Screen::Registry => registry::draw(model, canvas, area),
        Screen::Agents => agents::draw(model, canvas, area),
        Screen::Policy => policy::draw(model, canvas, area),
        Screen::Grants => grants::draw(model, canvas, area),
        Screen::Outbox => outbox::draw(model, canvas, area),
        Screen::Log => log::draw(model, canvas, area),
        Screen::Report => report::draw(model, canvas, area),
    }
}

/// What the status line says while nothing else is to be said.
pub fn hint(model: &Model) -> Row {
    match model.screens.at {
        Screen::Queue => Row::new(),
        Screen::Lookup => lookup::hint(model),
        Screen::Import => import::hint(model),
        Screen::Registry => registry::hint(model),
        Screen::Agents => agents::hint(model),
        Screen::Policy => policy::hint(model),
        Screen::Grants => grants::hint(model),
        Screen::Outbox => outbox::hint(model),
        Screen::Log => log::hint(model),
        Screen::Report => report::hint(model),
    }
}

/// The list of screens with their letters.
pub fn list(model: &Model, at: usize, canvas: &mut Canvas<'_>, area: Rect) -> Position {
    let language = model.language;
    let boxed = centred(area, 70, Screen::ALL.len() + 2);
    let inner = canvas.frame(boxed, say(model.language, "frame-go-to"));
    let mut cursor = Position { x: inner.x, y: inner.y };
    for ((n, screen), y) in Screen::ALL.iter().copied().enumerate().zip(inner.y..inner.bottom()) {
        let entry = entry_of(Action::Show(screen));
        let keys = entry.map(|e| model.settings.keymap.keys(e)).unwrap_or_default();
        let keys = keys.first().map(|k| key::shown(k)).unwrap_or_default();
        let about = entry.map_or_else(|| say(language, "frame-go-queue"), |e| e.about(language));
        let row = Row::new()
            .tone(Tone::Key, format!("{}  ", screen.letter()))
            .column(Tone::Strong, say(language, screen.words()), 17)
            .column(Tone::Key, keys, 5)
            .plain(about);
        canvas.item(Rect { y, height: 1, ..inner }, &row, n, at);
        if n == at {
            cursor.y = y;
        }
    }
    cursor
}

/// A registry list, in words.
pub fn list_name(language: Language, list: List) -> &'static str {
    match list {
        List::Tacs => say(language, "registry-tacs"),
        List::Devices => say(language, "registry-devices"),
        List::Accounts => say(language, "registry-accounts"),
        List::Contacts => say(language, "registry-contacts"),
        List::Bindings => say(language, "registry-bindings"),
        List::Sightings => say(language, "registry-sightings"),
        List::SimChanges => say(language, "registry-sim-changes"),
        List::Sales => say(language, "registry-sales"),
        List::Repairs => say(language, "registry-repairs"),
        List::Notices => say(language, "registry-notices"),
    }
}
