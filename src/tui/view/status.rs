//! The title bar, the status lines and the bar of keys.

use std::fmt::Write as _;

use ratatui::layout::{Position, Rect};

use super::paint::{Canvas, Row, hanging};
use crate::tui::app::action::{ACTIONS, Action, Entry};
use crate::tui::app::mouse::Spot;
use crate::tui::app::screens::Screen;
use crate::tui::app::{Model, enabled, sentence};
use crate::tui::app::{key_of, tell};
use crate::tui::layout::Parts;
use crate::tui::terms::{self, Term as _};
use crate::tui::theme::Tone;
use crate::tui::when;
use crate::tui::worker::Job;
use crate::tui::worker::screens::Ask;
use crate::words::{say, say_with};

/// Ticks after which work is worth a word: a quarter of a second.
const WORTH_A_WORD: u32 = 1;

/// Lines of the status: one, or as many as an error needs.
pub fn height(model: &Model) -> u16 {
    u16::try_from(lines(model, usize::from(model.size.0)).len()).unwrap_or(1).max(1)
}

/// Who works where, and what kind of desk it is.
pub fn title(model: &Model, canvas: &mut Canvas<'_>, area: Rect) {
    let width = usize::from(area.width);
    let l = model.language;
    let mut row = Row::new().plain(" Latchkey ");
    if model.screens.at != Screen::Queue {
        row = row.plain(format!("› {}  ", say(model.language, model.screens.at.words())));
    }
    if let Some(seat) = &model.seat {
        let roles: Vec<&str> = seat.roles.iter().map(|r| r.said(l)).collect();
        row = row.plain(format!(" {} · {} ", seat.agent, roles.join(", ")));
        if seat.rehearsal {
            row = row.tone(Tone::Rehearsal, format!(" {} ", say(l, "frame-rehearsal")));
        }
        if seat.readonly {
            row = row.plain(" ").tone(Tone::Chip, format!(" {} ", say(l, "frame-readonly")));
        }
        let left = model.screens.outbox.counts;
        if let Some((tone, text)) = super::screens::outbox::standing(l, left)
            && row.width() + crate::tui::text::width(&text) < width
        {
            row = row.plain(" ").join(Row::new().tone(tone, text).on(Spot::Do(Action::Show(Screen::Outbox))));
        }
        let clock = format!("{} UTC ", when::minute(model.now));
        let row_width = crate::tui::text::width(&clock);
        if row.width() + row_width < width {
            row = row.pad(width - row_width).plain(clock);
        }
    }
    canvas.spot(area, Spot::Do(Action::Screens));
    canvas.bar(area, &row.pad(width));
}

/// Status lines and keys.
pub fn draw(model: &Model, canvas: &mut Canvas<'_>, parts: &Parts) -> Option<Position> {
    canvas.rows(parts.status, &lines(model, usize::from(parts.status.width)));
    canvas.row(parts.keys, &keys(model, usize::from(parts.keys.width)), false);
    None
}

/// Whether the status lines say something that must be seen.
pub fn speaks(model: &Model) -> bool {
    model.trouble().is_some() || model.toast.is_some()
}

fn lines(model: &Model, width: usize) -> Vec<Row> {
    let l = model.language;
    if let Some(message) = model.trouble() {
        let more = model.messages.iter().filter(|m| !m.dismissed).count() - 1;
        let f = &message.failure;
        let mut rows = hanging(Row::new().tone(Tone::Bad, " ✗ "), Tone::Bad, &f.what.said(l), width);
        if let Some(place) = &f.place {
            rows.extend(hanging(Row::new().plain("   "), Tone::Plain, &place.said(l), width));
        }
        if let Some(hint) = &f.hint {
            rows.extend(hanging(Row::new().plain("   "), Tone::Plain, &hint.said(l), width));
        }
        let text = tell(model, "frame-trouble", &[("more", more.into())]);
        rows.push(Row::new().tone(Tone::Dim, format!("   {text}")).on(Spot::Do(Action::Dismiss)));
        return rows;
    }
    if let Some(toast) = &model.toast {
        let (glyph, tone) = if toast.good { (" ✓ ", Tone::Good) } else { (" – ", Tone::Warn) };
        return hanging(Row::new().tone(tone, glyph), Tone::Plain, &toast.text, width);
    }
    if let Some(row) = waiting(model) {
        return vec![row];
    }
    let slow = model.busy.values().filter(|b| b.ticks > WORTH_A_WORD).max_by_key(|b| (b.step, b.ticks));
    if let Some(busy) = slow {
        let mut text = format!(" ◌ {} …", say(l, busy.job.doing()));
        if let Some(done) = busy.step.map(|s| s.rows) {
            let id = if matches!(busy.job, Job::Settle) { "frame-judged" } else { "frame-step" };
            let _ = write!(text, " {}", say_with(l, id, &[("n", done.into())]));
        }
        return vec![Row::new().tone(Tone::Info, text)];
    }
    vec![hint(model)]
}

/// What waits for a file that is coming in, and how far that is.
fn waiting(model: &Model) -> Option<Row> {
    let l = model.language;
    let waits = model.busy.values().find(|b| b.waits && b.ticks > WORTH_A_WORD)?;
    let more = model.busy.values().filter(|b| b.waits).count() - 1;
    let import = model.busy.values().find(|b| !b.waits && matches!(b.job, Job::Screen(Ask::Import { .. })));
    let rows = import.and_then(|b| b.step).map_or(0, |s| s.rows);
    let what = say(l, waits.job.doing());
    let text =
        say_with(l, "frame-waits", &[("what", what.into()), ("more", more.into()), ("n", rows.into())]);
    Some(Row::new().tone(Tone::Info, format!(" ◌ {text}")))
}

/// The selected line's first reason, where there is no preview to say it.
fn hint(model: &Model) -> Row {
    if model.screens.at != Screen::Queue {
        return super::screens::hint(model);
    }
    if model.open.is_some() {
        return Row::new();
    }
    let l = model.language;
    let out = super::queue::place(model);
    let Some(row) = model.selected() else { return out };
    if crate::tui::layout::has_preview(model) {
        return out.tone(Tone::Dim, crate::tui::app::queue::sorted(model));
    }
    let case = model.case();
    let text = match (row.because.first(), case) {
        (Some(reason), Some(case)) => sentence(l, case, reason),
        (Some(reason), None) => reason.clone(),
        (None, _) if !row.missing.is_empty() => {
            let sets = terms::sets(l, &row.missing, 3, &format!(" {} ", say(l, "common-or")));
            say_with(l, "frame-would-do", &[("sets", sets.into())])
        }
        (None, _) => String::new(),
    };
    out.plain(text)
}

/// The keys that matter here, as many as fit; what cannot be done now is dimmed.
fn keys(model: &Model, width: usize) -> Row {
    let parts = bar(model, width).into_iter();
    parts.fold(Row::new(), |row, (action, part)| row.join(part.on(Spot::Do(action))))
}

fn bar(model: &Model, width: usize) -> Vec<(Action, Row)> {
    let places = model.places();
    let mut entries: Vec<&Entry> =
        ACTIONS.iter().filter(|e| e.bar > 0 && places.contains(&e.place)).collect();
    entries.sort_by_key(|e| (e.bar, enabled(model, e.action).is_err()));
    let mut bar = Vec::new();
    let fixed = [Action::Help, Action::Palette];
    let mut room = width.saturating_sub(1);
    let part = |e: &Entry| {
        let usable = enabled(model, e.action).is_ok();
        let (k, n) = if usable { (Tone::Key, Tone::Plain) } else { (Tone::Dim, Tone::Dim) };
        Row::new()
            .plain(" ")
            .tone(k, key_of(model, e.action))
            .tone(n, format!(" {} ", e.name(model.language)))
    };
    for e in entries.iter().filter(|e| fixed.contains(&e.action)) {
        room = room.saturating_sub(part(e).width());
    }
    for e in &entries {
        let one = part(e);
        let is_fixed = fixed.contains(&e.action);
        if !is_fixed {
            if one.width() > room {
                continue;
            }
            // What cannot be done now leaves its place to what can.
            if enabled(model, e.action).is_err() {
                continue;
            }
            room -= one.width();
        }
        bar.push((e.action, one));
    }
    bar
}
