//! An authorization to hand over: its token, and the QR code where it fits.

use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Style};

use super::paint::{Canvas, Row, hanging, rule};
use crate::domain::Op;
use crate::tui::app::Model;
use crate::tui::theme::{Theme, Tone};
use crate::tui::worker::Grant;
use crate::tui::{qr, terms, text, when};
use crate::words::{say, say_with};

pub fn draw(model: &Model, grant: &Grant, scroll: usize, canvas: &mut Canvas<'_>, area: Rect) -> Position {
    let l = model.language;
    let inner = canvas.frame(area, say(l, "grant-title"));
    let width = usize::from(inner.width);
    let op = terms::parsed::<Op>(l, &grant.op);
    let allows = say_with(l, "grant-on", &[("op", op.into()), ("sub", grant.sub.as_str().into())]);
    let mut rows = vec![
        fact(say(l, "grant-allows"), &allows),
        fact(say(l, "grant-for"), if grant.aud == "any" { say(l, "grant-any") } else { &grant.aud }),
        fact(
            say(l, "grant-until"),
            &format!(
                "{} UTC ({})",
                when::minute(grant.expires_at),
                when::until(l, grant.expires_at, model.now)
            ),
        ),
        fact(say(l, "grant-number"), &grant.jti),
        rule(say(l, "grant-token"), width),
    ];
    rows.extend(text::chunks(&grant.token, width).into_iter().map(|line| Row::new().plain(line)));
    let size = qr::size(&grant.token);
    let free = usize::from(inner.height).saturating_sub(rows.len() + 1);
    let fits = size.is_some_and(|(w, h)| w <= width && h <= free);
    if !fits {
        let said = match size {
            Some((w, h)) => say_with(l, "grant-qr-large", &[("w", w.into()), ("h", h.into())]),
            None => say(l, "grant-qr-none").to_owned(),
        };
        rows.push(Row::new());
        rows.extend(hanging(Row::new().tone(Tone::Dim, "QR  "), Tone::Dim, &said, width));
    }
    let most = rows.len().saturating_sub(usize::from(inner.height));
    canvas.rows(inner, rows.get(scroll.min(most)..).unwrap_or_default());
    if fits {
        let lines = qr::half_blocks(&grant.token, false).unwrap_or_default();
        let style = match canvas.theme {
            // Scanners want dark on light, whatever the terminal's own colours are.
            Theme::Ansi => Style::new().fg(Color::Black).bg(Color::White),
            Theme::Plain => canvas.theme.style(Tone::Selected),
        };
        let y = inner.y + u16::try_from(rows.len() + 1).unwrap_or(0);
        for (line, y) in lines.iter().zip(y..inner.bottom()) {
            canvas.buf.set_string(inner.x, y, line, style);
        }
    }
    Position { x: inner.x, y: inner.y }
}

fn fact(label: &str, value: &str) -> Row {
    Row::new().column(Tone::Dim, label, 12).plain(value)
}
