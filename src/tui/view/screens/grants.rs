//! Authorizations: one line each, by where they stand.

use ratatui::layout::{Position, Rect};

use crate::desk::outgoing::{GrantLine, Stage};
use crate::domain::{Time, mask_tail};
use crate::tui::app::Model;
use crate::tui::app::mouse::Spot;
use crate::tui::app::screens::grants::TABS;
use crate::tui::data::ticket_name;
use crate::tui::terms::Term as _;
use crate::tui::theme::Tone;
use crate::tui::view::paint::{Canvas, Row, wrapped};
use crate::tui::{layout, text, when};
use crate::words::{Language, say};

/// The id of a tab's name.
const fn tab_words(tab: Option<Stage>) -> &'static str {
    match tab {
        Some(Stage::Out) => "authorizations-out",
        Some(Stage::Redeemed) => "authorizations-redeemed",
        Some(Stage::Revoked) => "authorizations-revoked",
        Some(Stage::Expired) => "authorizations-expired",
        None => "authorizations-all",
    }
}

/// Glyph, word and tone of where one stands.
pub fn stage(l: Language, stage: Stage) -> (&'static str, &'static str, Tone) {
    let word = say(l, tab_words(Some(stage)));
    match stage {
        Stage::Out => ("▣", word, Tone::Info),
        Stage::Redeemed => ("✓", word, Tone::Good),
        Stage::Revoked => ("✗", word, Tone::Bad),
        Stage::Expired => ("–", word, Tone::Dim),
    }
}

pub(super) fn hint(model: &Model) -> Row {
    let s = &model.screens.grants;
    let Some(line) = s.line(s.at) else { return Row::new() };
    let place = format!(" {}/{}  ", s.at + 1, s.total());
    let row = Row::new().tone(Tone::Dim, place);
    if let Some(why) = &line.revoked_why {
        return row.plain(why);
    }
    let ago = when::ago(model.language, line.issued_at, model.now);
    let by = say(model.language, "authorizations-by");
    row.tone(Tone::Dim, format!("{by}: {}, {ago}", line.issued_by))
}

pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
    let (l, now) = (model.language, model.now);
    let s = &model.screens.grants;
    let width = usize::from(area.width);
    canvas.row(Rect { height: 1, ..area }, &tabs(model, width), false);
    let body = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
    let total = s.total();
    if s.rows.is_empty() {
        let id = if s.loaded { "authorizations-none" } else { "authorizations-reading" };
        canvas.rows(body, &wrapped(Tone::Dim, say(l, id), width, 2));
        return None;
    }
    let columns = Columns::of(width);
    canvas.row(Rect { y: area.y + 1, height: 1, ..area }, &columns.titles(l), false);
    let height = usize::from(body.height);
    let top = layout::first_line(s.at, s.at.saturating_sub(height / 2), height, total);
    let mut cursor = None;
    for (n, y) in (top..total).zip(body.y..body.bottom()) {
        // What is not on the page yet is a moment away.
        let Some(line) = s.line(n) else { continue };
        canvas.item(Rect { y, height: 1, ..body }, &columns.line(l, line, now), n, s.at);
        if n == s.at {
            cursor = Some(Position { x: body.x, y });
        }
    }
    cursor
}

fn tabs(model: &Model, width: usize) -> Row {
    let (l, s) = (model.language, &model.screens.grants);
    let mut row = Row::new().plain(" ");
    for (n, tab) in TABS.into_iter().enumerate() {
        let count = text::count(s.count(n));
        let part = format!(" {} {count} ", say(l, tab_words(tab)));
        let tone = if n == s.tab { Tone::Selected } else { Tone::Plain };
        row = row.join(Row::new().tone(tone, part).on(Spot::Tab(n)));
    }
    if s.typing || !s.query.value().is_empty() {
        let room = width.saturating_sub(row.width() + 4);
        let typed = text::clean(s.query.value()).into_owned();
        row = row
            .tone(Tone::Key, " / ")
            .tone(if s.typing { Tone::Input } else { Tone::Chip }, text::tail(&typed, room));
        if s.typing {
            row = row.tone(Tone::Selected, " ");
        }
    }
    row
}

/// Cells of the columns that grow.
struct Columns {
    ticket: usize,
    op: usize,
    sub: usize,
    aud: usize,
    /// Room for who issued it and when.
    wide: bool,
}

impl Columns {
    const fn of(width: usize) -> Self {
        match width {
            ..60 => Self { ticket: 10, op: 0, sub: 14, aud: 0, wide: false },
            60..100 => Self { ticket: 12, op: 12, sub: 16, aud: 11, wide: false },
            _ => Self { ticket: 14, op: 16, sub: 22, aud: 16, wide: true },
        }
    }

    fn row(&self, cells: [(Tone, String); 7]) -> Row {
        let [stage, ticket, op, sub, aud, by, until] = cells;
        let mut row = Row::new().plain(" ").column(stage.0, stage.1, 12).plain(" ");
        let by_width = if self.wide { 22 } else { 0 };
        for (cell, width) in
            [(ticket, self.ticket), (op, self.op), (sub, self.sub), (aud, self.aud), (by, by_width)]
        {
            if width > 0 {
                row = row.column(cell.0, cell.1, width).plain(" ");
            }
        }
        row.tone(until.0, until.1)
    }

    fn titles(&self, l: Language) -> Row {
        let title = |id| (Tone::Dim, say(l, id).to_owned());
        self.row([
            title("authorizations-stands"),
            title("authorizations-ticket"),
            title("grant-allows"),
            title("authorizations-on"),
            title("grant-for"),
            title("authorizations-by"),
            title("authorizations-until"),
        ])
    }

    fn line(&self, l: Language, line: &GrantLine, now: Time) -> Row {
        let at = line.stage(now);
        let (glyph, word, tone) = stage(l, at);
        let (kind, id) = line.sub.rsplit_once(':').unwrap_or(("", &line.sub));
        let kind = kind.rsplit_once(':').map_or(kind, |(_, kind)| kind);
        let aud = if line.aud == "any" { say(l, "authorizations-any").to_owned() } else { line.aud.clone() };
        let ago = |time| when::ago(l, time, now);
        let until = match at {
            Stage::Out => (Tone::Plain, when::until(l, line.expires_at, now)),
            Stage::Redeemed => (Tone::Dim, line.redeemed_at.map(ago).unwrap_or_default()),
            Stage::Revoked => (Tone::Dim, line.revoked_at.map(ago).unwrap_or_default()),
            Stage::Expired => (Tone::Dim, ago(line.expires_at)),
        };
        self.row([
            (tone, format!("{glyph} {word}")),
            (Tone::Strong, ticket_name(line.ticket, line.reference.as_deref())),
            (Tone::Plain, line.op.said(l).to_owned()),
            (Tone::Plain, format!("{kind} {}", mask_tail(id, 4))),
            (Tone::Plain, aud),
            (Tone::Dim, format!("{}, {}", line.issued_by, ago(line.issued_at))),
            until,
        ])
    }
}
