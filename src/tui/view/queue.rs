//! The queue: what needs a person first. Only lines that are seen are built.

use ratatui::layout::{Position, Rect};

use super::paint::{Canvas, Row};
use super::{preview, words};
use crate::domain::State;
use crate::tui::app::Model;
use crate::tui::app::model::View;
use crate::tui::data::QueueRow;
use crate::tui::layout::{self, Parts};
use crate::tui::terms::Term as _;
use crate::tui::theme::Tone;
use crate::tui::{text, when};
use crate::words::{Language, say};

/// Cells of each column; 0 leaves it out.
#[derive(Clone, Copy, Debug, Default)]
struct Columns {
    what: usize,
    name: usize,
    request: usize,
    claimant: usize,
    device: usize,
    proofs: usize,
    age: usize,
    due: usize,
    lease: usize,
}

impl Columns {
    fn of(width: usize) -> Self {
        let mut c = Self {
            what: 16,
            name: 8,
            request: 10,
            claimant: 8,
            device: 14,
            proofs: 5,
            age: 0,
            due: 4,
            lease: 8,
        };
        if width < 60 {
            return Self { what: 16.min(width / 2), name: 10, due: 5, ..Self::default() };
        }
        if width < 80 {
            return Self { request: 8, claimant: 0, device: 12, lease: 5, ..c };
        }
        // What is wider than 80 goes where text is cut most.
        let mut left = width - 80;
        let mut give = |cells: &mut usize, most: usize| {
            let more = most.saturating_sub(*cells).min(left);
            *cells += more;
            left -= more;
        };
        give(&mut c.request, 16);
        give(&mut c.device, 24);
        give(&mut c.lease, 12);
        give(&mut c.name, 12);
        if left >= 5 {
            c.age = 4;
            left -= 5;
        }
        let mut give = |cells: &mut usize, most: usize| {
            let more = most.saturating_sub(*cells).min(left);
            *cells += more;
            left -= more;
        };
        give(&mut c.claimant, 24);
        give(&mut c.proofs, 9);
        give(&mut c.device, 40);
        c
    }
}

/// Draws tabs, lines and preview.
pub fn draw(model: &Model, canvas: &mut Canvas<'_>, parts: &Parts) -> Option<Position> {
    let mut cursor = None;
    if parts.head.height > 0 {
        cursor = tabs(model, canvas, parts.head);
        let columns = Columns::of(usize::from(parts.body.width));
        let line = Rect { y: parts.head.y + 1, height: 1, width: parts.body.width, ..parts.head };
        canvas.row(line, &titles(model.language, columns), false);
    }
    let at = lines(model, canvas, parts.body);
    if let Some(side) = parts.side {
        preview::draw(model, canvas, side);
    }
    cursor.or(at)
}

fn tabs(model: &Model, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
    let q = &model.queue;
    let filtered = !q.filter.value().is_empty() || q.typing;
    let chip = if filtered { chip(model, usize::from(area.width) / 2) } else { Row::new() };
    let from = usize::from(area.width).saturating_sub(chip.width());
    let tabs = |titles: bool| {
        View::ALL.iter().enumerate().fold(Row::new(), |row, (n, view)| {
            let count = q.counts.get(n).copied().flatten().map_or_else(|| "…".to_owned(), |n| n.to_string());
            let on = *view == q.view;
            let title = if titles || on {
                format!(" {} {} {count} ", n + 1, view.title(model.language))
            } else {
                format!(" {} {count} ", n + 1)
            };
            row.tone(if on { Tone::Selected } else { Tone::Plain }, title)
        })
    };
    // With a filter the other views keep their number and count.
    let full = tabs(true);
    let row = if full.width() <= from { full } else { tabs(false) };
    canvas.row(Rect { height: 1, ..area }, &row, false);
    if !filtered {
        return None;
    }
    let x = area.x + u16::try_from(from.min(row.width() + 1)).unwrap_or(0);
    let room = area.right() - x;
    canvas.row(Rect { x, width: room, y: area.y, height: 1 }, &chip.clone().pad(usize::from(room)), false);
    let typed = text::width(&text::clean(q.filter.value()));
    let end = x + u16::try_from((2 + typed).min(chip.width().saturating_sub(1))).unwrap_or(0);
    q.typing.then_some(Position { x: end.min(area.right() - 1), y: area.y })
}

fn chip(model: &Model, most: usize) -> Row {
    let q = &model.queue;
    let value = text::clean(q.filter.value()).into_owned();
    let value = text::cut(&value, most.saturating_sub(14)).into_owned();
    let row = Row::new().tone(Tone::Chip, format!(" /{value}"));
    if q.typing {
        row.tone(Tone::Chip, format!("▏ {} ", say(model.language, "queue-typing")))
    } else {
        row.tone(Tone::Chip, " ×Esc ")
    }
}

fn titles(l: Language, c: Columns) -> Row {
    let mut row = Row::new();
    let mut put = |label: &str, cells: usize| {
        if cells > 0 {
            row = std::mem::take(&mut row).column(Tone::Dim, label, cells).plain(" ");
        }
    };
    put(&format!("  {}", say(l, "queue-col-what")), c.what);
    put(say(l, "queue-col-ticket"), c.name);
    put(say(l, "queue-col-request"), c.request);
    put(say(l, "queue-col-claimant"), c.claimant);
    put(say(l, "queue-col-device"), c.device);
    put(say(l, if c.proofs >= 9 { "queue-col-proofs-wide" } else { "queue-col-proofs" }), c.proofs);
    put(say(l, "queue-col-age"), c.age);
    put(say(l, "queue-col-due"), c.due);
    put(say(l, "queue-col-held"), c.lease);
    row
}

fn lines(model: &Model, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
    let q = &model.queue;
    if q.shown.is_empty() {
        return empty(model, canvas, area);
    }
    let columns = Columns::of(usize::from(area.width));
    let height = usize::from(area.height);
    let top = layout::first_line(q.at, q.at.saturating_sub(height / 2), height, q.shown.len());
    let mut cursor = None;
    for (place, y) in (top..q.shown.len()).zip(area.y..area.bottom()) {
        let Some(row) = q.shown.get(place).and_then(|i| q.rows.get(*i)) else { continue };
        let selected = place == q.at;
        let line = Rect { y, height: 1, ..area };
        canvas.row(line, &line_of(model, row, columns), selected);
        if selected {
            cursor = Some(Position { x: area.x, y });
        }
    }
    cursor
}

fn empty(model: &Model, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
    let text = if model.seat.is_none() {
        "queue-opening"
    } else if !model.queue.loaded {
        "queue-reading"
    } else if !model.queue.filter.value().is_empty() {
        "queue-none-match"
    } else if model.queue.rows.is_empty() && !model.queue.is_beyond() {
        "queue-desk-empty"
    } else {
        "queue-view-empty"
    };
    let text = say(model.language, text);
    let rows = super::paint::wrapped(Tone::Plain, text, usize::from(area.width), 2);
    canvas.rows(Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area }, &rows);
    None
}

fn line_of(model: &Model, r: &QueueRow, c: Columns) -> Row {
    let (l, now) = (model.language, model.now);
    let (glyph, word, tone) = words::standing(l, r);
    let mut row =
        Row::new().tone(tone, glyph).plain(" ").column(tone, word, c.what.saturating_sub(2)).plain(" ");
    let put = |row: &mut Row, tone: Tone, text: &str, cells: usize| {
        if cells > 0 {
            *row = std::mem::take(row).column(tone, text, cells).plain(" ");
        }
    };
    put(&mut row, Tone::Strong, &r.name, c.name);
    put(&mut row, Tone::Plain, r.request.said(l), c.request);
    put(&mut row, Tone::Plain, &r.claimant, c.claimant);
    put(&mut row, Tone::Plain, &device(r, c.device), c.device);
    if c.proofs > 0 {
        for (n, badge) in r.badges.iter().enumerate() {
            row = row.tone(words::badge(*badge), badge.glyph());
            if c.proofs >= 9 && n < 4 {
                row = row.plain(" ");
            }
        }
        row = row.plain(" ".repeat(if c.proofs >= 9 { c.proofs - 8 } else { 1 }));
    }
    put(&mut row, Tone::Dim, &when::short(l, now.since(r.received_at).0), c.age);
    let (text, tone) = due(model, r);
    put(&mut row, tone, &text, c.due);
    if c.lease > 0 {
        let (text, tone) = lease(model, r, c.lease);
        row = row.column(tone, text, c.lease);
    }
    row
}

/// Model and masked identifier; the identifier is never cut.
fn device(r: &QueueRow, cells: usize) -> String {
    let tail = text::clean(&r.identifier).into_owned();
    let room = cells.saturating_sub(text::width(&tail) + 1);
    let model = text::clean(&r.model).into_owned();
    if room < 3 || model.is_empty() {
        return tail;
    }
    format!("{} {tail}", text::fit(&model, room))
}

/// Time left until it is due, or until a wait ends.
fn due(model: &Model, r: &QueueRow) -> (String, Tone) {
    let (l, now) = (model.language, model.now);
    let waits = matches!(r.state, State::Held | State::Decided | State::Approved);
    if let Some(until) = r.until.filter(|t| waits && *t > now) {
        return (format!("…{}", when::short(l, until.since(now).0)), Tone::Info);
    }
    let left = r.due_at.since(now).0;
    if left < 0 {
        (format!("!{}", when::short(l, -left)), Tone::Bad)
    } else {
        (when::short(l, left), Tone::Plain)
    }
}

fn lease(model: &Model, r: &QueueRow, cells: usize) -> (String, Tone) {
    let Some((who, until)) = r.holder(model.now) else { return (String::new(), Tone::Plain) };
    let left = if cells >= 10 {
        when::countdown(model.language, until, model.now)
    } else {
        format!("{}", until.since(model.now).0.max(0) / 60)
    };
    let name = text::cut(&text::clean(who), cells.saturating_sub(left.len() + 1)).into_owned();
    let tone = if who == model.me() { Tone::Good } else { Tone::Warn };
    (format!("{name} {left}"), tone)
}
