//! An authorization to hand over: its token, and the QR code where it fits.

use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Style};

use super::paint::{Canvas, Row, hanging, rule, wrapped};
use super::{picture, screens};
use crate::desk::outgoing::Stage;
use crate::domain::Op;
use crate::tui::app::Model;
use crate::tui::app::grant::Handing;
use crate::tui::app::tell;
use crate::tui::qr::Grain;
use crate::tui::theme::Tone;
use crate::tui::{layout, qr, terms, text, when};
use crate::words::{say, say_with};

pub fn draw(model: &Model, handing: &Handing, on_top: bool, canvas: &mut Canvas<'_>, area: Rect) -> Position {
    if handing.alone {
        return alone(model, handing, on_top, canvas);
    }
    let (l, grant) = (model.language, &handing.grant);
    let title = if handing.spoken.is_some() { "spoken-frame" } else { "grant-title" };
    let inner = canvas.frame(area, &tell(model, title, &[]));
    let width = usize::from(inner.width);
    if let Some(code) = &handing.spoken {
        let rows = super::spoken::rows(model, code, width);
        let most = rows.len().saturating_sub(usize::from(inner.height));
        canvas.rows(inner, rows.get(handing.scroll.min(most)..).unwrap_or_default());
        return Position { x: inner.x, y: inner.y };
    }
    let op = terms::parsed::<Op>(l, &grant.op);
    let allows = say_with(l, "grant-on", &[("op", op.into()), ("sub", grant.sub.as_str().into())]);
    let until = when::until(l, grant.expires_at, model.now);
    let mut rows = vec![
        fact(say(l, "grant-allows"), &allows),
        fact(say(l, "grant-for"), if grant.aud == "any" { say(l, "grant-any") } else { &grant.aud }),
        fact(say(l, "grant-until"), &format!("{} UTC ({until})", when::minute(grant.expires_at))),
        fact(say(l, "grant-number"), &grant.jti),
    ];
    if handing.stage != Stage::Out {
        let (glyph, word, tone) = screens::grants::stage(l, handing.stage);
        rows.push(
            Row::new()
                .column(Tone::Dim, say(l, "authorizations-stands"), 12)
                .tone(tone, format!("{glyph} {word}")),
        );
    }
    rows.push(rule(say(l, "grant-token"), width));
    rows.extend(text::chunks(&grant.token, width).into_iter().map(|line| Row::new().plain(line)));
    let size = qr::size(&grant.token, Grain::Sixth);
    let free = usize::from(inner.height).saturating_sub(rows.len() + 1);
    let grain = qr::fitting(&grant.token, width, free);
    if grain.is_none() {
        rows.push(Row::new());
        let said = match size {
            Some(size) => unfit(model, size),
            None => tell(model, "grant-qr-none", &[]),
        };
        rows.extend(hanging(Row::new().tone(Tone::Dim, "QR  "), Tone::Dim, &said, width));
    }
    let most = rows.len().saturating_sub(usize::from(inner.height));
    canvas.rows(inner, rows.get(handing.scroll.min(most)..).unwrap_or_default());
    if let Some(grain) = grain {
        let y = inner.y + u16::try_from(rows.len() + 1).unwrap_or(0);
        let below = Rect { y, height: inner.bottom().saturating_sub(y), ..inner };
        blocks(handing, canvas, below, grain);
    }
    Position { x: inner.x, y: inner.y }
}

/// What to do where the code does not fit beside the token.
fn unfit(model: &Model, (w, h): (usize, usize)) -> String {
    let (width, height) = layout::whole(model.size);
    if model.easel.has_pixels() || w <= usize::from(width) && h <= usize::from(height) {
        return tell(model, "authorizations-qr-alone", &[]);
    }
    tell(model, "grant-qr-large", &[("w", w.into()), ("h", h.into())])
}

/// The code in characters; scanners want dark on light, whatever the terminal's own colours are.
fn blocks(handing: &Handing, canvas: &mut Canvas<'_>, area: Rect, grain: Grain) {
    let lines = qr::blocks(&handing.grant.token, grain, handing.inverted).unwrap_or_default();
    let style = if canvas.theme.has_colours() {
        Style::new().fg(Color::Black).bg(Color::White)
    } else {
        canvas.theme.style(Tone::Selected)
    };
    for (line, y) in lines.iter().zip(area.y..area.bottom()) {
        canvas.buf.set_string(area.x, y, line, style);
    }
}

/// The QR code alone on the whole window.
fn alone(model: &Model, handing: &Handing, on_top: bool, canvas: &mut Canvas<'_>) -> Position {
    let (width, height) = layout::whole(model.size);
    let room = Rect { x: 0, y: 0, width, height };
    canvas.wipe(Rect { x: 0, y: 0, width, height: model.size.1 });
    let below = Rect { y: height, height: 1, ..room };
    let token = &handing.grant.token;
    let grain = qr::fitting(token, usize::from(width), usize::from(height));
    let drawn = handing.shot.as_ref().filter(|_| model.easel.has_pixels() && on_top);
    let drawn = drawn.and_then(|shot| shot.image.as_ref().ok());
    let fine = drawn.is_none() && grain == Some(Grain::Sixth);
    let keys = if fine { "authorizations-qr-fine" } else { "authorizations-qr-keys" };
    canvas.row(below, &Row::new().tone(Tone::Dim, tell(model, keys, &[])), false);
    let end = Position { x: 0, y: height };
    if let Some(image) = drawn {
        picture::put(image, true, room, canvas.buf);
        return end;
    }
    let Some(grain) = grain else {
        let Some((w, h)) = qr::size(token, Grain::Sixth) else { return end };
        let args = [("w", w.into()), ("h", h.into()), ("width", width.into()), ("height", height.into())];
        let said = tell(model, "authorizations-qr-too-large", &args);
        canvas.rows(room, &wrapped(Tone::Strong, &said, usize::from(width), 1));
        return end;
    };
    let Some((w, h)) = qr::size(token, grain) else { return end };
    let cells = |n: usize| u16::try_from(n).unwrap_or(0);
    let place =
        Rect { x: (width - cells(w)) / 2, y: (height - cells(h)) / 2, width: cells(w), height: cells(h) };
    blocks(handing, canvas, place, grain);
    end
}

fn fact(label: &str, value: &str) -> Row {
    Row::new().column(Tone::Dim, label, 12).plain(value)
}
