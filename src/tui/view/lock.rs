//! The locked screen: who works here, and how it opens. Nothing of any case.

use ratatui::layout::{Position, Rect};

use super::paint::{Canvas, Row, centred, hanging};
use crate::tui::app::Model;
use crate::tui::app::lock::Shut;
use crate::tui::app::tell;
use crate::tui::text;
use crate::tui::theme::Tone;
use crate::words::{say, say_with};

pub fn draw(model: &Model, shut: &Shut, canvas: &mut Canvas<'_>, area: Rect) -> Position {
    let l = model.language;
    let width = usize::from(area.width).min(56);
    let room = width.saturating_sub(4);
    let rehearsal = model.seat.as_ref().is_some_and(|s| s.rehearsal);
    let mut rows = Vec::new();
    if rehearsal {
        rows.push(Row::new().tone(Tone::Rehearsal, format!(" {} ", say(l, "frame-rehearsal"))));
        rows.push(Row::new());
    }
    let free = model.seat.as_ref().is_some_and(|s| s.rehearsal || s.readonly);
    let told = if free {
        say_with(l, "set-lock-free", &[("agent", model.me().into())])
    } else {
        tell(model, "set-lock-locked", &[("agent", model.me().into())])
    };
    rows.extend(hanging(Row::new(), Tone::Plain, &told, room));
    rows.push(Row::new());
    let mut at = (0, rows.len());
    if shut.asked.is_some() {
        rows.push(Row::new().tone(Tone::Dim, say(l, "set-lock-trying")));
    } else if !free {
        let label = format!("{} ", say(l, "form-passphrase"));
        let dots = "•".repeat(shut.typed.value().chars().count().min(room));
        let left = room.saturating_sub(text::width(&label));
        at.0 = (text::width(&label) + text::width(&dots)).min(room.saturating_sub(1));
        rows.push(Row::new().tone(Tone::Key, label).column(Tone::Input, dots, left));
    }
    if let Some(problem) = &shut.problem {
        rows.extend(hanging(Row::new().tone(Tone::Bad, "✗ "), Tone::Bad, problem, room));
    }
    let boxed = centred(area, width, rows.len() + 2);
    let inner = canvas.frame(boxed, say(l, "set-lock-title"));
    canvas.rows(inner, &rows);
    let cell = |n: usize| u16::try_from(n).unwrap_or(0);
    Position { x: inner.x + cell(at.0), y: inner.y + cell(at.1) }
}
