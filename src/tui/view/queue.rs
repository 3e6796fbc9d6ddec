//! The queue: what needs a person first. Only lines that are seen are built.

use ratatui::layout::{Position, Rect};

use super::paint::{Canvas, Row};
use super::{approver, preview, words};
use crate::desk::board::View;
use crate::desk::queue::Sort;
use crate::domain::State;
use crate::tui::app::Model;
use crate::tui::app::action::Action;
use crate::tui::app::columns::Column;
use crate::tui::app::mouse::Spot;
use crate::tui::app::queue::{Queue, view_words};
use crate::tui::app::tell;
use crate::tui::data::QueueRow;
use crate::tui::layout::{self, Parts};
use crate::tui::terms::Term as _;
use crate::tui::theme::Tone;
use crate::tui::{text, when};
use crate::words::{about, say, say_with};

/// Draws tabs, lines and preview.
pub fn draw(model: &Model, canvas: &mut Canvas<'_>, parts: &Parts) -> Option<Position> {
    let mut cursor = None;
    let columns = columns(model, usize::from(parts.body.width));
    if parts.head.height > 0 {
        cursor = tabs(model, canvas, parts.head);
        let line = Rect { y: parts.head.y + 1, height: 1, width: parts.body.width, ..parts.head };
        canvas.row(line, &titles(model, &columns), false);
    }
    let at = lines(model, canvas, parts.body, &columns);
    if let Some(side) = parts.side {
        canvas.spot(side, Spot::Text);
        pane(model, canvas, side);
    }
    cursor.or(at)
}

/// What is said of the selected ticket beside the list.
pub fn pane_rows(model: &Model, width: usize) -> Vec<Row> {
    if model.queue.view == View::ToApprove {
        approver::rows(model, width)
    } else {
        preview::rows(model, width)
    }
}

/// The pane from where it was scrolled to; its last line says how much is left.
fn pane(model: &Model, canvas: &mut Canvas<'_>, area: Rect) {
    let rows = pane_rows(model, usize::from(area.width));
    let height = usize::from(area.height);
    let most = rows.len().saturating_sub(height);
    let (of, top) = model.queue.pane;
    let top = if model.selected().is_some_and(|r| r.id == of) { top.min(most) } else { 0 };
    // Whose it is stays on top.
    canvas.rows(area, rows.get(..1).unwrap_or_default());
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    canvas.rows(body, rows.get(top + 1..).unwrap_or_default());
    let left = most - top;
    if left > 0 && height > 2 {
        let text = tell(model, "queue-pane-more", &[("n", (left + 1).into())]);
        let row = Row::new().tone(Tone::Dim, format!("  ▼ {text}")).pad(usize::from(area.width));
        canvas.row(Rect { y: area.bottom() - 1, height: 1, ..area }, &row, false);
    }
}

/// How much of each tab is said.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tabs {
    Full,
    Short,
    /// The title of the open one alone.
    Numbers,
}

fn tabs(model: &Model, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
    let q = &model.queue;
    let filtered = !q.filter.value().is_empty() || q.typing;
    let chip = if filtered { chip(model, usize::from(area.width) / 2) } else { Row::new() };
    let from = usize::from(area.width).saturating_sub(chip.width());
    let rows = [Tabs::Full, Tabs::Short, Tabs::Numbers].map(|how| tabs_of(model, how));
    let row = rows.iter().find(|row| row.width() <= from).or(rows.last()).cloned().unwrap_or_default();
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

fn tabs_of(model: &Model, how: Tabs) -> Row {
    let (l, q) = (model.language, &model.queue);
    let open = q.open_search();
    // As long as the desk is still being read there may be more.
    let more = if q.complete { "" } else { "+" };
    let views = View::ALL.iter().enumerate().fold(Row::new(), |row, (n, view)| {
        let found = q.counts.and_then(|c| c.get(n).copied()).unwrap_or(0);
        let count = format!("{}{more}", text::count(found));
        let on = *view == q.view && open.is_none() && !q.everywhere;
        let id = view_words(*view);
        let title = match how {
            Tabs::Full => format!(" {} {} {count} ", n + 1, say(l, id)),
            // There must be room for the one that is open.
            Tabs::Numbers if q.everywhere => format!(" {}", n + 1),
            Tabs::Numbers if on => format!(" {} {} {count} ", n + 1, about(l, id)),
            Tabs::Short => format!(" {} {count} ", about(l, id)),
            Tabs::Numbers => format!(" {} {count} ", n + 1),
        };
        let tone = match view {
            _ if on => Tone::Selected,
            View::Fraud | View::Overdue if found > 0 => Tone::Bad,
            _ => Tone::Plain,
        };
        row.tone(tone, title).on(Spot::Tab(n))
    });
    // It comes and goes, like what was typed.
    let views = if q.everywhere && open.is_none() {
        let n = View::ALL.len() + 1;
        let title = if how == Tabs::Full { say(l, "queue-everywhere") } else { about(l, "queue-everywhere") };
        views.tone(Tone::Selected, format!(" {n} {title} {} ", found(q))).on(Spot::Do(Action::Everywhere))
    } else {
        views
    };
    q.saved.iter().enumerate().fold(views, |row, (n, saved)| {
        let on = open == Some(n);
        let count = q.saved_counts.get(n).copied().flatten();
        let count = if on { Some(q.total as u64) } else { count };
        let count = count.map_or_else(String::new, |n| format!(" {}{more}", text::count(n)));
        let name = text::clean(&saved.name);
        let name = if how == Tabs::Numbers && !on { text::cut(&name, 12) } else { text::cut(&name, 16) };
        row.tone(if on { Tone::Selected } else { Tone::Info }, format!(" *{name}{count} "))
            .on(Spot::Tab(View::ALL.len() + n))
    })
}

/// How many tickets were found everywhere.
fn found(q: &Queue) -> String {
    let more = if q.more { "+" } else { "" };
    format!("{}{more}", text::number(q.total as u64))
}

fn chip(model: &Model, most: usize) -> Row {
    let q = &model.queue;
    let value = text::clean(q.filter.value()).into_owned();
    let value = text::cut(&value, most.saturating_sub(14)).into_owned();
    let row = Row::new().tone(Tone::Chip, format!(" /{value}"));
    let keys = match (q.typing, q.everywhere) {
        (true, true) => say(model.language, "queue-chip-everywhere"),
        (true, false) => say(model.language, "queue-chip-typing"),
        (false, _) => say(model.language, "queue-chip"),
    };
    row.tone(Tone::Chip, format!("{}{keys} ", if q.typing { "▏ " } else { " " })).on(Spot::Do(Action::Filter))
}

/// The columns for which there is room.
fn columns(model: &Model, width: usize) -> Vec<(Column, usize)> {
    if width >= layout::LEAST.0.into() {
        return model.queue.columns.widths(width - usize::from(!model.queue.marks.is_empty()));
    }
    // What must be known of a line, whatever was chosen.
    let name = width.saturating_sub(16 + 6 + 2).clamp(6, 12);
    vec![(Column::Word, 16.min(width / 2)), (Column::Ticket, name), (Column::Due, 6)]
}

fn titles(model: &Model, columns: &[(Column, usize)]) -> Row {
    let row = if model.queue.marks.is_empty() { Row::new() } else { Row::new().plain(" ") };
    columns.iter().fold(row, |row, (column, cells)| {
        let title = match column {
            Column::Proofs if *cells >= 9 => "P S C B F",
            Column::Proofs => "PSCBF",
            _ => say(model.language, column.words()),
        };
        let title = if *column == Column::Word { format!("  {title}") } else { title.to_owned() };
        let title = Row::new().column(Tone::Dim, title, *cells).plain(" ");
        let sort = match column {
            Column::Word => Sort::Urgency,
            Column::Ticket => Sort::Number,
            Column::Due => Sort::Due,
            Column::Age => Sort::Received,
            _ => return row.join(title),
        };
        row.join(title.on(Spot::Sort(sort)))
    })
}

fn lines(
    model: &Model,
    canvas: &mut Canvas<'_>,
    area: Rect,
    columns: &[(Column, usize)],
) -> Option<Position> {
    let q = &model.queue;
    if q.total == 0 {
        return empty(model, canvas, area);
    }
    let height = usize::from(area.height);
    let top = layout::first_line(q.at, q.at.saturating_sub(height / 2), height, q.total);
    let mut cursor = None;
    for (place, y) in (top..q.total).zip(area.y..area.bottom()) {
        let selected = place == q.at;
        let line = Rect { y, height: 1, ..area };
        // What lies beyond the page is there in a moment.
        let row =
            q.row(place).map_or_else(|| Row::new().tone(Tone::Dim, "  …"), |r| line_of(model, r, columns));
        canvas.item(line, &row, place, q.at);
        if selected {
            cursor = Some(Position { x: area.x, y });
        }
    }
    cursor
}

fn empty(model: &Model, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
    let q = &model.queue;
    let nothing = q.counts.is_some_and(|c| c.iter().all(|n| *n == 0));
    let id = if model.seat.is_none() {
        "queue-opening"
    } else if !q.loaded || !q.everywhere && nothing && !q.complete {
        "queue-reading"
    } else if q.everywhere {
        if q.filter.value().is_empty() { "queue-empty" } else { "queue-not-found-everywhere" }
    } else if !q.filter.value().is_empty() && q.view == View::All {
        "queue-not-found-all"
    } else if !q.filter.value().is_empty() {
        "queue-not-found"
    } else if nothing {
        "queue-empty"
    } else {
        "queue-nothing-here"
    };
    let width = usize::from(area.width);
    let rows = super::paint::wrapped(Tone::Plain, &tell(model, id, &[]), width, 2);
    canvas.rows(Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area }, &rows);
    None
}

fn line_of(model: &Model, r: &QueueRow, columns: &[(Column, usize)]) -> Row {
    let marks = &model.queue.marks;
    // Where anything is marked, every line says whether it is.
    let row = match (marks.is_empty(), marks.contains(&r.id)) {
        (true, _) => Row::new(),
        (false, true) => Row::new().tone(Tone::Key, "●"),
        (false, false) => Row::new().plain(" "),
    };
    columns.iter().fold(row, |row, (column, cells)| cell(model, r, row, *column, *cells).plain(" "))
}

fn cell(model: &Model, r: &QueueRow, row: Row, column: Column, cells: usize) -> Row {
    let (l, now) = (model.language, model.now);
    match column {
        Column::Word => {
            let (glyph, word, tone) = words::standing(l, r);
            row.tone(tone, glyph).plain(" ").column(tone, word, cells.saturating_sub(2))
        }
        Column::Ticket => row.column(Tone::Strong, &r.name, cells),
        Column::Request => row.column(Tone::Plain, r.request.said(l), cells),
        Column::Claimant => row.column(Tone::Plain, &r.claimant, cells),
        Column::Device => row.column(Tone::Plain, device(r, cells), cells),
        Column::Proofs => badges(r, row, cells),
        Column::Age => row.column(Tone::Dim, when::short(l, now.since(r.received_at).0), cells),
        Column::Due => {
            let (text, tone) = due(model, r);
            row.column(tone, text, cells)
        }
        Column::Holder => {
            let (text, tone) = lease(model, r, cells);
            row.column(tone, text, cells)
        }
        Column::State => row.column(Tone::Plain, r.state.said(l), cells),
        Column::Cautions => match r.cautions {
            0 => row.column(Tone::Dim, "·", cells),
            n => row.column(Tone::Warn, format!("△{n}"), cells),
        },
    }
}

fn badges(r: &QueueRow, mut row: Row, cells: usize) -> Row {
    let wide = cells >= 9;
    for (n, badge) in r.badges.iter().enumerate() {
        row = row.tone(words::badge(*badge), badge.glyph());
        if wide && n < 4 {
            row = row.plain(" ");
        }
    }
    row.plain(" ".repeat(cells.saturating_sub(if wide { 9 } else { 5 })))
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

/// Time left until it is due, or until a wait ends; a clock that stands still says how much is left on it.
fn due(model: &Model, r: &QueueRow) -> (String, Tone) {
    let (l, now) = (model.language, model.now);
    let waits = matches!(r.state, State::Held | State::Decided | State::Approved);
    if let Some(until) = r.until.filter(|t| waits && *t > now) {
        return (format!("…{}", when::short(l, until.since(now).0)), Tone::Info);
    }
    let left = r.due_at.since(r.paused_at.unwrap_or(now)).0;
    if r.is_late(now) {
        return (format!("!{}", when::short(l, -left)), Tone::Bad);
    }
    match r.state {
        State::Issued | State::Closed => (String::new(), Tone::Plain),
        _ if r.paused_at.is_some() => (format!("‖{}", when::short(l, left)), Tone::Dim),
        _ => (when::short(l, left), Tone::Plain),
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

/// Where the agent is in the list, and how it is sorted.
pub fn place(model: &Model) -> Row {
    let q = &model.queue;
    if q.total == 0 {
        return Row::new();
    }
    let place = format!(" {}/{}", text::number(q.at as u64 + 1), found(q));
    let mut row = Row::new().tone(Tone::Dim, place).plain("  ");
    if !q.marks.is_empty() {
        let text = say_with(model.language, "queue-marked", &[("n", q.marks.len().into())]);
        row = row.tone(Tone::Chip, format!(" ● {text} ")).plain("  ");
    }
    if !q.complete {
        row = row.tone(Tone::Info, say(model.language, "queue-still-reading")).plain("  ");
    }
    row
}
