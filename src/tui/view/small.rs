//! A window too small for the screens: what it has, what is needed, and that nothing is lost.

use ratatui::layout::{Position, Rect};

use super::paint::{Canvas, Row, hanging};
use crate::tui::app::{Model, tell};
use crate::tui::layout::LEAST;
use crate::tui::theme::Tone;
use crate::words::say;

pub fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect) -> Position {
    let l = model.language;
    let width = usize::from(area.width).saturating_sub(2).min(56);
    let values = [
        ("w", model.size.0.into()),
        ("h", model.size.1.into()),
        ("width", LEAST.0.into()),
        ("height", LEAST.1.into()),
    ];
    let mut rows = Vec::new();
    if model.seat.as_ref().is_some_and(|s| s.rehearsal) {
        rows.push(Row::new().tone(Tone::Rehearsal, format!(" {} ", say(l, "frame-rehearsal"))));
    }
    rows.extend(hanging(Row::new(), Tone::Strong, &tell(model, "frame-small", &values), width));
    rows.extend(hanging(Row::new(), Tone::Plain, say(l, "frame-small-kept"), width));
    rows.extend(hanging(Row::new(), Tone::Dim, &tell(model, "frame-small-keys", &[]), width));
    let lines = u16::try_from(rows.len()).unwrap_or(u16::MAX).min(area.height);
    let x = (area.width - u16::try_from(width).unwrap_or(0).min(area.width)) / 2;
    let y = (area.height - lines) / 2;
    let place = Rect { x, y, width: area.width - x, height: lines };
    canvas.rows(place, &rows);
    Position { x, y }
}
