//! Help, palette and the list of messages.

use ratatui::layout::{Position, Rect};

use super::paint::{Canvas, Row, centred, hanging, rule, wrapped};
use crate::tui::app::action::{Entry, Place};
use crate::tui::app::model::Picker;
use crate::tui::app::mouse::Spot;
use crate::tui::app::tell;
use crate::tui::app::{Model, enabled, key, matching, offered};
use crate::tui::text;
use crate::tui::theme::Tone;
use crate::tui::when;
use crate::words::{Language, say, say_with};

fn keys_of(model: &Model, entry: &Entry) -> String {
    model.settings.keymap.keys(entry).into_iter().map(key::shown).collect::<Vec<_>>().join(" ")
}

fn query(l: Language, picker: &Picker, width: usize) -> Row {
    let row = Row::new().tone(Tone::Key, "› ");
    if picker.query.value().is_empty() {
        return row.column(Tone::Dim, say(l, "frame-search"), width.saturating_sub(2));
    }
    row.column(Tone::Input, picker.query.value(), width.saturating_sub(2))
}

fn cursor(picker: &Picker, inner: Rect) -> Position {
    let typed = text::width(&text::clean(picker.query.value()));
    let x = inner.x + 2 + u16::try_from(typed).unwrap_or(0);
    Position { x: x.min(inner.right().saturating_sub(1)), y: inner.y }
}

/// Every action with its keys, those that cannot be done now with the reason.
pub fn help(model: &Model, picker: &Picker, canvas: &mut Canvas<'_>, area: Rect) -> Position {
    let boxed = centred(area, 100, usize::from(area.height));
    let inner = canvas.frame(boxed, say(model.language, "frame-help"));
    let width = usize::from(inner.width);
    canvas.row(Rect { height: 1, ..inner }, &query(model.language, picker, width), false);
    let found = matching(model.language, picker.query.value());
    let mut rows = Vec::new();
    for place in Place::ALL.iter().copied() {
        let here: Vec<&&Entry> = found.iter().filter(|e| e.place == place).collect();
        if here.is_empty() {
            continue;
        }
        rows.push(rule(place.title(model.language), width));
        for entry in here {
            let why = enabled(model, entry.action).err();
            let tone = if why.is_some() { Tone::Dim } else { Tone::Plain };
            let first = Row::new()
                .column(if why.is_some() { Tone::Dim } else { Tone::Key }, keys_of(model, entry), 14)
                .column(
                    if why.is_some() { Tone::Dim } else { Tone::Strong },
                    entry.name(model.language),
                    names(model),
                );
            let said = why.map_or_else(
                || entry.about(model.language).to_owned(),
                |why| {
                    let about = entry.about(model.language).into();
                    say_with(model.language, "frame-not-now", &[("about", about), ("why", why.into())])
                },
            );
            if width < 56 {
                rows.push(first);
                rows.extend(wrapped(tone, &said, width, 2));
                continue;
            }
            rows.extend(hanging(first, tone, &said, width));
        }
    }
    if rows.is_empty() {
        rows.push(Row::new().plain(say(model.language, "frame-nothing")));
    }
    let room = Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner };
    let most = rows.len().saturating_sub(usize::from(room.height));
    canvas.rows(room, rows.get(picker.scroll.min(most)..).unwrap_or_default());
    cursor(picker, inner)
}

/// Cells of the column of names, with what parts it from the next.
fn names(model: &Model) -> usize {
    match model.language {
        Language::English => 17,
        Language::Russian => 22,
    }
}

/// The actions by name.
pub fn palette(model: &Model, picker: &Picker, canvas: &mut Canvas<'_>, area: Rect) -> Position {
    let found = offered(model.language, picker.query.value());
    let height = (found.len() + 4).min(20);
    let boxed = centred(area, 76, height);
    let inner = canvas.frame(boxed, say(model.language, "frame-palette"));
    let width = usize::from(inner.width);
    canvas.row(Rect { height: 1, ..inner }, &query(model.language, picker, width), false);
    let room = Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner };
    let lines = usize::from(room.height).max(1);
    let at = picker.at.min(found.len().saturating_sub(1));
    let top = at.saturating_sub(lines - 1);
    for (n, y) in (top..found.len()).zip(room.y..room.bottom()) {
        let Some(entry) = found.get(n) else { continue };
        let why = enabled(model, entry.action).err();
        let tone = if why.is_some() { Tone::Dim } else { Tone::Plain };
        let row = Row::new()
            .column(
                if why.is_some() { Tone::Dim } else { Tone::Strong },
                entry.name(model.language),
                names(model),
            )
            .column(
                Tone::Key,
                model.settings.keymap.keys(entry).first().map(|k| key::shown(k)).unwrap_or_default(),
                10,
            )
            .tone(tone, why.unwrap_or_else(|| entry.about(model.language).to_owned()));
        canvas.item(Rect { y, height: 1, ..room }, &row, n, at);
    }
    if found.is_empty() {
        canvas.row(
            Rect { height: 1, ..room },
            &Row::new().plain(say(model.language, "frame-nothing")),
            false,
        );
    }
    cursor(picker, inner)
}

/// What went wrong, newest first.
pub fn messages(model: &Model, at: usize, canvas: &mut Canvas<'_>, area: Rect) -> Position {
    let boxed = centred(area, 100, usize::from(area.height));
    let inner = canvas.frame(boxed, &tell(model, "frame-messages", &[]));
    let width = usize::from(inner.width);
    let mut rows: Vec<Row> = Vec::new();
    let mut focus = 0;
    for (n, message) in model.messages.iter().enumerate() {
        if n == at {
            focus = rows.len();
        }
        let lead = if n == at { "▸ " } else { "  " };
        let (glyph, tone) = if message.dismissed { ("· ", Tone::Dim) } else { ("✗ ", Tone::Bad) };
        let first = Row::new()
            .tone(Tone::Key, lead)
            .tone(tone, glyph)
            .tone(Tone::Dim, format!("{}  ", when::minute(message.at)));
        let text_tone = if message.dismissed { Tone::Plain } else { Tone::Bad };
        let begins = rows.len();
        rows.extend(hanging(first, text_tone, &message.failure.what.said(model.language), width));
        for more in [&message.failure.place, &message.failure.hint].into_iter().flatten() {
            rows.extend(hanging(Row::new().plain("      "), Tone::Plain, &more.said(model.language), width));
        }
        let spot = Spot::below(n, at);
        rows.iter_mut().skip(begins).for_each(|row| *row = std::mem::take(row).on(spot));
    }
    let height = usize::from(inner.height).max(1);
    let top = focus.saturating_sub(height / 2).min(rows.len().saturating_sub(height));
    canvas.rows(inner, rows.get(top..).unwrap_or_default());
    let y = inner.y + u16::try_from(focus.saturating_sub(top)).unwrap_or(0);
    Position { x: inner.x, y }
}
