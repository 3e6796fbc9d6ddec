//! A file of the evidence: what it is, and the picture where the terminal can show one.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Color;
use ratatui::widgets::Widget as _;
use ratatui_image::Image;
use ratatui_image::protocol::Protocol;

use super::paint::{Canvas, Row, hanging, wrapped};
use super::words;
use crate::tui::app::Model;
use crate::tui::app::picture::{Picture, items};
use crate::tui::app::tell;
use crate::tui::terms::Term as _;
use crate::tui::theme::Tone;
use crate::tui::worker::picture::{Blank, Shot};
use crate::words::{Language, say, say_with};

pub fn draw(model: &Model, picture: &Picture, on_top: bool, canvas: &mut Canvas<'_>, area: Rect) -> Position {
    let l = model.language;
    let items = items(model);
    let at = items.iter().position(|i| *i == picture.item).unwrap_or(0) + 1;
    let args = [("at", at.into()), ("all", items.len().into())];
    let inner = canvas.frame(area, &tell(model, "picture-title", &args));
    let width = usize::from(inner.width);
    let end = Position { x: inner.x, y: inner.y };
    let shot = match &picture.shot {
        None => {
            canvas.rows(inner, &[Row::new().tone(Tone::Dim, say(l, "picture-reading"))]);
            return end;
        }
        Some(Err(why)) => {
            canvas.rows(inner, &hanging(Row::new().tone(Tone::Bad, "✗ "), Tone::Plain, why, width));
            return end;
        }
        Some(Ok(shot)) => shot,
    };
    let mut rows = about(model, picture, shot, width);
    let blank = shot.image.as_ref().err();
    // Colours are all that half blocks are made of.
    let colourless = !model.easel.has_pixels() && !model.theme.has_colours();
    if let Some(why) = blank
        .map(|b| blank_words(l, b))
        .or_else(|| colourless.then(|| say(l, "picture-no-colours").to_owned()))
    {
        rows.push(Row::new());
        rows.extend(wrapped(Tone::Strong, &why, width, 0));
    }
    canvas.rows(inner, &rows);
    if let (Ok(image), true, false) = (&shot.image, on_top, colourless) {
        let used = u16::try_from(rows.len()).unwrap_or(u16::MAX);
        let room = Rect { y: inner.y + used, height: inner.height.saturating_sub(used), ..inner };
        put(image, model.easel.deep, room, canvas.buf);
    }
    end
}

/// Puts a picture into the middle of a room.
pub fn put(image: &Protocol, deep: bool, room: Rect, buf: &mut Buffer) {
    let size = image.size();
    let room = room.intersection(buf.area);
    if size.width > room.width || size.height > room.height {
        return;
    }
    let place =
        Rect { x: room.x + (room.width - size.width) / 2, width: size.width, height: size.height, ..room };
    Image::new(image).render(place, buf);
    if deep {
        return;
    }
    for position in place.positions() {
        if let Some(cell) = buf.cell_mut(position) {
            cell.fg = shallow(cell.fg);
            cell.bg = shallow(cell.bg);
        }
    }
}

/// The nearest colour of the 6×6×6 cube that every terminal with 256 colours has.
fn shallow(colour: Color) -> Color {
    let Color::Rgb(r, g, b) = colour else { return colour };
    let step = |c: u8| match c {
        0..48 => 0,
        48..115 => 1,
        _ => (c - 35) / 40,
    };
    Color::Indexed(16 + 36 * step(r) + 6 * step(g) + step(b))
}

/// Name, size and what else is known of a file.
fn about(model: &Model, picture: &Picture, shot: &Shot, width: usize) -> Vec<Row> {
    let l = model.language;
    let size = say_with(l, "picture-size", &[("size", shot.bytes.div_ceil(1024).into())]);
    let mut parts = vec![size];
    if !shot.format.is_empty() {
        parts.push(shot.format.to_owned());
    }
    if let Some((w, h)) = shot.pixels {
        parts.push(format!("{w}×{h}"));
    }
    let item = model.case().and_then(|case| case.evidence.iter().find(|e| e.id == picture.item));
    if let Some(e) = item {
        parts.push(format!("{} {}", e.kind.said(l), e.id));
        parts.extend(e.given.iter().map(|(_, text)| text.clone()));
        parts.extend(e.seen.as_ref().map(|seen| match seen.doubt {
            _ if !seen.is_empty() => {
                say_with(l, "picture-barcodes", &[("what", words::barcodes(l, seen).into())])
            }
            Some(doubt) => {
                let why = say(l, words::doubt(doubt));
                say_with(l, "picture-barcodes-doubt", &[("why", why.into())])
            }
            None => say(l, "picture-barcodes-none").to_owned(),
        }));
    }
    let offers = model.case().into_iter().flat_map(|case| case.mails.iter().flat_map(|m| &m.offers));
    if let Some(offer) = offers.into_iter().find(|o| o.id == -picture.item) {
        parts.push(super::mail::state(l, offer));
    }
    let lead = Row::new().tone(Tone::Strong, &shot.name).plain("  ");
    if lead.width() + 20 > width {
        let mut rows = wrapped(Tone::Strong, &shot.name, width, 0);
        rows.extend(wrapped(Tone::Dim, &parts.join(" · "), width, 0));
        return rows;
    }
    hanging(lead, Tone::Dim, &parts.join(" · "), width)
}

fn blank_words(l: Language, blank: &Blank) -> String {
    match blank {
        Blank::NoPicture => say(l, "picture-no-picture").to_owned(),
        Blank::TooLarge => say(l, "picture-too-large").to_owned(),
        Blank::Damaged(why) => say_with(l, "picture-damaged", &[("why", why.as_str().into())]),
        Blank::TookTooLong => say(l, "picture-too-long").to_owned(),
        Blank::NoRoom => say(l, "picture-no-room").to_owned(),
    }
}
