//! The outbox: one line a message, the selected one in full below, or alone.

use ratatui::layout::{Position, Rect};

use super::page::{self, Page};
use crate::domain::MessageState;
use crate::tui::app::Model;
use crate::tui::app::mouse::Spot;
use crate::tui::app::screens::outbox::TABS;
use crate::tui::app::tell;
use crate::tui::data::OutLine;
use crate::tui::terms::Term as _;
use crate::tui::theme::Tone;
use crate::tui::view::paint::{Canvas, Row, hanging, rule, wrapped};
use crate::tui::worker::outbox::OutTab;
use crate::tui::{layout, text, when};
use crate::words::{Language, say, say_with};

/// From here on the selected message is shown below the list.
const WITH_DETAIL: u16 = 16;

/// The id of a tab's name.
const fn tab_words(tab: OutTab) -> &'static str {
    match tab {
        OutTab::Open => "outbox-open",
        OutTab::Sent => "outbox-sent",
        OutTab::Dropped => "outbox-dropped",
        OutTab::All => "outbox-all",
    }
}

const fn glyph(state: MessageState) -> (&'static str, Tone) {
    match state {
        MessageState::Waiting => ("◌", Tone::Info),
        MessageState::Sending => ("▸", Tone::Info),
        MessageState::Sent => ("✓", Tone::Good),
        MessageState::Failed => ("✗", Tone::Bad),
        MessageState::Dropped => ("–", Tone::Dim),
    }
}

/// What is to leave and what has failed, for the title of every screen.
pub fn standing(l: Language, (open, failed): (i64, i64)) -> Option<(Tone, String)> {
    let waits = say_with(l, "outbox-waits", &[("n", open.into())]);
    let broken = say_with(l, "outbox-failed", &[("n", failed.into())]);
    match (open, failed) {
        (0, 0) => None,
        (_, 0) => Some((Tone::Chip, format!(" {waits} "))),
        (0, _) => Some((Tone::Bad, format!(" ✗ {broken} "))),
        _ => Some((Tone::Bad, format!(" ✗ {broken}, {waits} "))),
    }
}

pub(super) fn hint(model: &Model) -> Row {
    let s = &model.screens.outbox;
    if s.reading.is_some() {
        return Row::new().plain(" ").tone(Tone::Dim, tell(model, "outbox-hint-reading", &[]));
    }
    let l = model.language;
    if model.seat.as_ref().is_some_and(|s| s.rehearsal) {
        return Row::new().plain(" ").tone(Tone::Dim, say(l, "outbox-hint-rehearsal"));
    }
    let Some(line) = s.line() else { return Row::new() };
    let place = format!(" {}/{}  ", s.at + 1, s.lines().len());
    Row::new().tone(Tone::Dim, place).tone(Tone::Dim, next(l, line, model))
}

/// What comes next of a message, or when it was over.
fn next(l: Language, line: &OutLine, model: &Model) -> String {
    let now = model.now;
    match (line.state, line.next_at, line.ended_at) {
        (MessageState::Waiting, Some(at), _) if at <= now => say(l, "outbox-next-now").to_owned(),
        (MessageState::Waiting, Some(at), _) => {
            say_with(l, "outbox-next", &[("until", when::until(l, at, now).into())])
        }
        (MessageState::Sending, ..) => say(l, "outbox-next-carried").to_owned(),
        (_, _, Some(at)) => when::ago(l, at, now),
        _ => String::new(),
    }
}

/// The last line of a message that can be on top.
pub fn most(model: &Model, area: Rect) -> usize {
    let lines = model.screens.outbox.line().map_or(0, |line| whole(model, line, area.width).lines.len());
    page::most(lines, area.height.saturating_sub(1))
}

pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
    let (l, s) = (model.language, &model.screens.outbox);
    let width = usize::from(area.width);
    canvas.row(Rect { height: 1, ..area }, &tabs(model), false);
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let Some(line) = s.line() else {
        let id = if s.view.is_some() { "outbox-none" } else { "outbox-reading" };
        canvas.rows(body, &wrapped(Tone::Dim, say(l, id), width, 2));
        return None;
    };
    if let Some(top) = s.reading {
        page::draw_from(canvas, body, &whole(model, line, area.width).lines, top);
        return Some(Position { x: body.x, y: body.y });
    }
    let detail = if area.height >= WITH_DETAIL { body.height / 2 } else { 0 };
    let list = Rect { height: body.height - detail, ..body };
    let cursor = lines(model, canvas, list);
    if detail > 0 {
        let below = Rect { y: list.bottom(), height: detail, ..body };
        page::draw_from(canvas, below, &whole(model, line, area.width).lines, 0);
    }
    cursor
}

fn tabs(model: &Model) -> Row {
    let (l, s) = (model.language, &model.screens.outbox);
    let (open, failed) = s.counts;
    TABS.into_iter().enumerate().fold(Row::new().plain(" "), |row, (n, tab)| {
        let count = if tab == OutTab::Open { format!(" {}", open + failed) } else { String::new() };
        let part = format!(" {}{count} ", say(l, tab_words(tab)));
        let tone = if n == s.tab { Tone::Selected } else { Tone::Plain };
        row.join(Row::new().tone(tone, part).on(Spot::Tab(n)))
    })
}

fn lines(model: &Model, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
    let s = &model.screens.outbox;
    let height = usize::from(area.height);
    let all = s.lines();
    let top = layout::first_line(s.at, s.at.saturating_sub(height / 2), height, all.len());
    let mut cursor = None;
    for ((n, line), y) in all.iter().enumerate().skip(top).zip(area.y..area.bottom()) {
        canvas.item(Rect { y, height: 1, ..area }, &row(model, line, usize::from(area.width)), n, s.at);
        if n == s.at {
            cursor = Some(Position { x: area.x, y });
        }
    }
    cursor
}

fn row(model: &Model, line: &OutLine, width: usize) -> Row {
    let l = model.language;
    let (glyph, tone) = glyph(line.state);
    let narrow = width < 60;
    let state = format!("{glyph} {}", line.state.said(l));
    let row = Row::new().plain(" ").column(tone, &state, if narrow { 11 } else { 13 }).plain(" ");
    let row = row.column(Tone::Strong, &line.name, if narrow { 8 } else { 12 }).plain(" ");
    if narrow {
        return row.plain(line.kind.said(l));
    }
    // To whom stands below, where there is no room for it here.
    let row = row.column(Tone::Plain, line.kind.said(l), 21).plain(" ");
    let row = if width < 100 { row } else { row.column(Tone::Plain, &line.to, 18).plain(" ") };
    match &line.why {
        Some(why) => {
            row.tone(if line.state == MessageState::Failed { Tone::Bad } else { Tone::Dim }, why.said(l))
        }
        None => row.tone(Tone::Dim, next(l, line, model)),
    }
}

/// A message with all that is known of it.
fn whole(model: &Model, line: &OutLine, width: u16) -> Page<()> {
    let l = model.language;
    let mut page: Page<()> = Page::new(usize::from(width), l);
    let title = say_with(
        l,
        "outbox-message",
        &[
            ("message", line.id.into()),
            ("kind", line.kind.said(l).into()),
            ("name", line.name.as_str().into()),
        ],
    );
    page.push(rule(&title, page.width), None);
    let (glyph, tone) = glyph(line.state);
    let head = Row::new().plain("  ").tone(tone, format!("{glyph} {}  ", line.state.said(l)));
    let tries = say_with(l, "outbox-tries", &[("n", line.tries.into())]);
    let tries = if line.tries > 0 { tries } else { String::new() };
    let rest =
        [next(l, line, model), tries].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" · ");
    page.push(head.tone(Tone::Dim, rest), None);
    if let Some(why) = &line.why {
        let failed = line.state != MessageState::Sent;
        let lead = if failed { format!("  {} ", say(l, "outbox-why")) } else { "  ".to_owned() };
        let row = Row::new().tone(Tone::Dim, lead);
        for row in hanging(row, Tone::Plain, &why.said(l), page.width) {
            page.push(row, None);
        }
    }
    let by = [
        ("who", line.queued_by.as_str().into()),
        ("at", when::ago(l, line.queued_at, model.now).into()),
        ("to", line.to.as_str().into()),
        ("language", line.language.as_str().into()),
    ];
    page.text(Tone::Dim, &say_with(l, "outbox-queued", &by));
    if let Some(until) = line.good_until {
        let until = when::until(l, until, model.now);
        page.text(Tone::Dim, &say_with(l, "outbox-good", &[("until", until.into())]));
    }
    if !line.subject.is_empty() {
        page.text(Tone::Strong, &line.subject);
    }
    page.push(Row::new(), None);
    for paragraph in line.text.trim_end().lines() {
        if paragraph.trim().is_empty() {
            page.push(Row::new(), None);
        } else {
            page.text(Tone::Plain, &text::clean(paragraph));
        }
    }
    page
}
