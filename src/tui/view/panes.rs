//! The panes over the queue.

use ratatui::layout::{Position, Rect};

use super::paint::{Canvas, Row, centred, hanging};
use crate::tui::app::Model;
use crate::tui::app::action::entry_of;
use crate::tui::app::panes::Pane;
use crate::tui::app::tell;
use crate::tui::layout::first_line;
use crate::tui::theme::Tone;
use crate::words::{about, say, say_with};

/// Draws a pane; says where the cursor stands.
pub fn draw(model: &Model, pane: &Pane, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
    match pane {
        Pane::Results { at } => results(model, *at, canvas, area),
        Pane::Columns { at } => columns(model, *at, canvas, area),
        Pane::Merge { merged, scroll } => {
            super::merge::draw(model, merged, *scroll, canvas, area);
            None
        }
    }
}

/// The last line of a pane: its keys.
pub fn keys(canvas: &mut Canvas<'_>, inner: Rect, text: &str) -> Rect {
    let y = inner.bottom().saturating_sub(1);
    canvas.row(Rect { y, height: 1, ..inner }, &Row::new().tone(Tone::Dim, text), false);
    Rect { height: inner.height.saturating_sub(1), ..inner }
}

fn results(model: &Model, at: usize, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
    let results = model.results.as_ref()?;
    let (all, failed) = (results.outcomes.len(), results.failed());
    let name = entry_of(results.action).map_or("", |e| e.name(model.language));
    let title = say_with(
        model.language,
        "queue-results-title",
        &[("act", name.into()), ("done", (all - failed).into()), ("n", all.into())],
    );
    let boxed = centred(area, 100, (all + 4).max(8));
    let inner = canvas.frame(boxed, &title);
    let mut list = keys(canvas, inner, &tell(model, "queue-results-keys", &[]));
    if failed > 0 {
        let text = say_with(model.language, "queue-results-failed", &[("n", failed.into())]);
        canvas.row(Rect { height: 1, ..list }, &Row::new().tone(Tone::Warn, text), false);
        list = Rect { y: list.y + 1, height: list.height.saturating_sub(1), ..list };
    }
    let width = usize::from(list.width);
    // The selected line says all of it; the others as much as fits.
    let selected = results.outcomes.get(at)?;
    let detail = match &selected.result {
        Err(failure) => hanging(Row::new().plain("  "), Tone::Plain, &failure.said(model.language), width),
        Ok(_) => Vec::new(),
    };
    let below = u16::try_from(detail.len().min(4)).unwrap_or(0);
    let lines = Rect { height: list.height.saturating_sub(below), ..list };
    let height = usize::from(lines.height);
    let top = first_line(at, at.saturating_sub(height / 2), height, all);
    let mut cursor = None;
    for (n, y) in (top..all).zip(lines.y..lines.bottom()) {
        let Some(outcome) = results.outcomes.get(n) else { continue };
        let (glyph, tone, text) = match &outcome.result {
            Ok(done) => {
                let said = done.as_ref().map(|d| d.said(model.language).into_owned());
                ("✓", Tone::Good, said.unwrap_or_else(|| name.to_owned()))
            }
            Err(failure) => ("✗", Tone::Bad, failure.what.said(model.language).into_owned()),
        };
        let row = Row::new()
            .tone(tone, glyph)
            .plain(" ")
            .column(Tone::Strong, &outcome.name, 12)
            .plain(" ")
            .column(Tone::Plain, text, width.saturating_sub(15));
        canvas.item(Rect { y, height: 1, ..lines }, &row, n, at);
        if n == at {
            cursor = Some(Position { x: lines.x, y });
        }
    }
    canvas.rows(Rect { y: lines.bottom(), height: below, ..list }, &detail);
    cursor
}

fn columns(model: &Model, at: usize, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
    let all = &model.queue.columns.all;
    let inner = canvas.frame(centred(area, 76, all.len() + 4), say(model.language, "queue-columns-title"));
    let list = keys(canvas, inner, say(model.language, "queue-columns-keys"));
    let width = usize::from(list.width);
    let height = usize::from(list.height);
    let top = first_line(at, at.saturating_sub(height / 2), height, all.len());
    let mut cursor = None;
    for ((n, (column, on)), y) in all.iter().enumerate().skip(top).zip(list.y..list.bottom()) {
        let row = Row::new()
            .plain(if *on { "[x] " } else { "[ ] " })
            .column(if *on { Tone::Strong } else { Tone::Dim }, say(model.language, column.words()), 16)
            .column(Tone::Plain, about(model.language, column.words()), width.saturating_sub(20));
        canvas.item(Rect { y, height: 1, ..list }, &row, n, at);
        if n == at {
            cursor = Some(Position { x: list.x, y });
        }
    }
    cursor
}
