//! A ticket: what is recommended and what to do on top, the case below.

use ratatui::layout::{Position, Rect};

use super::paint::{Canvas, Row, hanging};
use super::{mail, preview, ticket_body, timeline};
use crate::domain::State;
use crate::tui::app::action::Action;
use crate::tui::app::look::Pick;
use crate::tui::app::mouse::Spot;
use crate::tui::app::{Model, enabled, next_step, tell};
use crate::tui::data::TicketView;
use crate::tui::layout::{self, Parts};
use crate::tui::terms::Term as _;
use crate::tui::theme::Tone;
use crate::tui::when;
use crate::words::say;

/// Lines of the recommendation that are shown at most; the preview of a wide screen has room for all.
const MOST_REASONS: usize = 6;

/// Why the ticket cannot be read, and what to do about it.
pub fn unread(model: &Model, width: usize) -> Option<Vec<Row>> {
    let failure = model.unread()?;
    let l = model.language;
    let mut rows = hanging(Row::new().tone(Tone::Bad, " ✗ "), Tone::Strong, say(l, "ticket-unread"), width);
    rows.extend(hanging(Row::new().plain("   "), Tone::Plain, &failure.said(l), width));
    rows.extend(hanging(Row::new().plain("   "), Tone::Dim, &tell(model, "ticket-unread-then", &[]), width));
    Some(rows)
}

fn head(model: &Model) -> Vec<Row> {
    let (l, width) = (model.language, usize::from(model.size.0));
    let Some(case) = model.open.as_ref().and_then(|o| o.view.as_ref()) else {
        return unread(model, width)
            .unwrap_or_else(|| vec![Row::new().plain(format!(" {}", say(l, "ticket-reading")))]);
    };
    let mut rows = vec![identity(model, case)];
    let mut reasons = preview::reasons(l, case, width);
    if reasons.len() > MOST_REASONS {
        reasons.truncate(MOST_REASONS - 1);
        reasons.push(Row::new().tone(Tone::Dim, "    …"));
    }
    rows.extend(reasons);
    if let Some(guide) = &case.judgement.guide {
        for step in guide.steps.iter().take(3) {
            rows.extend(hanging(
                Row::new().tone(Tone::Info, format!("    {} ", say(l, "ticket-say"))),
                Tone::Plain,
                &step.said(l),
                width,
            ));
        }
        if let Some(login) = &guide.login {
            rows.push(
                Row::new()
                    .tone(Tone::Info, format!("    {} ", say(l, "ticket-login")))
                    .tone(Tone::Strong, login),
            );
        }
        for device in guide.devices.iter().take(4) {
            let text = [device.model.as_deref(), device.identifier.as_deref()];
            let text: Vec<&str> = text.into_iter().flatten().collect();
            rows.push(
                Row::new().tone(Tone::Info, format!("    {} ", say(l, "ticket-bound"))).plain(text.join(" ")),
            );
        }
    }
    if let Some(step) = next_step(model) {
        let usable = step.action.is_none_or(|a| enabled(model, a).is_ok());
        let key = if step.action.is_some() && usable { " ▶ Enter " } else { "   " };
        let mut text = step.text;
        if let Some(why) = step.action.and_then(|a| enabled(model, a).err()) {
            text = format!("{text} — {why}");
        }
        let tone = if usable { Tone::Strong } else { Tone::Dim };
        let row =
            Row::new().tone(if key.trim().is_empty() { Tone::Plain } else { Tone::Selected }, key).plain(" ");
        let mut row = hanging(row, tone, &text, width);
        if let Some(first) = row.first_mut() {
            *first = std::mem::take(first).on(Spot::Do(Action::Next));
        }
        rows.extend(row);
    }
    rows
}

fn identity(model: &Model, case: &TicketView) -> Row {
    let (l, r) = (model.language, &case.row);
    let mut row =
        Row::new().plain(" ").tone(Tone::Strong, &r.name).plain(format!("  {}  ", r.request.said(l)));
    let state = if r.state == State::Open { Tone::Plain } else { Tone::Info };
    row = row.tone(state, r.state.said(l));
    if let Some(until) = r.until.filter(|t| *t > model.now && r.state != State::Open) {
        let ends = match r.state {
            State::Decided | State::Approved => "ticket-cooldown-ends",
            _ => "ticket-until",
        };
        row = row.tone(Tone::Info, format!(", {} {}", say(l, ends), when::until(l, until, model.now)));
    }
    if let Some((who, until)) = r.holder(model.now) {
        let tone = if who == model.me() { Tone::Good } else { Tone::Warn };
        row = row.tone(
            tone,
            format!("  {} {who} {}", say(l, "ticket-with"), when::countdown(l, until, model.now)),
        );
    }
    row = row.plain(format!("  {} {}", say(l, "ticket-came"), when::ago(l, r.received_at, model.now)));
    let left = r.due_at.since(model.now).0;
    if left < 0 {
        row = row.tone(Tone::Bad, format!("  {} {}", say(l, "ticket-overdue"), when::span(l, -left)));
    } else {
        row = row.plain(format!("  {} {}", say(l, "ticket-due"), when::until(l, r.due_at, model.now)));
    }
    if model.drafts.on(r.id).next().is_some() {
        row = row.tone(Tone::Warn, format!("  ✎ {}", say(model.language, "draft-unsent")));
    }
    if case.mails.iter().any(|m| m.notice) && !case.objected {
        row = row.plain("  ").tone(Tone::Chip, format!(" {} ", say(l, "mail-owner-wrote")));
    }
    if case.revealed {
        row = row.plain("  ").tone(Tone::Chip, format!(" {} ", say(l, "ticket-in-full")));
    }
    row
}

/// Lines that the head takes.
pub fn head_height(model: &Model) -> u16 {
    u16::try_from(head(model).len()).unwrap_or(u16::MAX)
}

/// The rows of each pane.
pub fn panes(model: &Model, parts: &Parts) -> [Vec<Row>; 2] {
    let Some((open, case)) = model.open.as_ref().and_then(|o| Some((o, o.view.as_ref()?))) else {
        return [Vec::new(), Vec::new()];
    };
    let (l, width) = (model.language, usize::from(parts.body.width).saturating_sub(2));
    match parts.side {
        None => {
            let mut rows = ticket_body::claim(l, case, width);
            rows.extend(ticket_body::findings(model, case, width, open.all_checks));
            rows.extend(mail::rows(l, case, width, model.now));
            rows.extend(ticket_body::evidence(l, case, width, model.now));
            rows.extend(timeline::rows(l, case, &open.look, width, model.now));
            [rows, Vec::new()]
        }
        Some(side) => {
            let mut left = ticket_body::claim(l, case, width);
            left.extend(mail::rows(l, case, width, model.now));
            left.extend(ticket_body::evidence(l, case, width, model.now));
            left.extend(timeline::rows(l, case, &open.look, width, model.now));
            let right = usize::from(side.width).saturating_sub(2);
            [left, ticket_body::findings(model, case, right, open.all_checks)]
        }
    }
}

pub fn draw(model: &Model, canvas: &mut Canvas<'_>, parts: &Parts) -> Option<Position> {
    let open = model.open.as_ref()?;
    canvas.rows(parts.head, &head(model));
    let [left, right] = panes(model, parts);
    let at = open.look.at;
    let active = parts.side.is_some() && open.pane == 0;
    canvas.spot(parts.body, Spot::Pane(0));
    let mut cursor = pane(canvas, parts.body, &left, open.scroll[0], active, at);
    if let Some(side) = parts.side {
        canvas.spot(side, Spot::Pane(1));
        for y in side.y..side.bottom() {
            let tone = Tone::Dim;
            canvas.row(Rect { x: side.x - 1, y, width: 1, height: 1 }, &Row::new().tone(tone, "│"), false);
        }
        cursor = pane(canvas, side, &right, open.scroll[1], open.pane == 1, at).or(cursor);
    }
    cursor.or(Some(Position { x: 0, y: parts.head.y }))
}

/// What can be selected, in the order of the screen: pane, row, and what it is.
pub fn picks(model: &Model) -> Vec<(usize, usize, Pick)> {
    let panes = panes(model, &layout::parts(model));
    let picks = panes.iter().enumerate().flat_map(|(pane, rows)| {
        rows.iter().enumerate().filter_map(move |(row, r)| Some((pane, row, r.pick?)))
    });
    picks.collect()
}

/// The pane and row of the timeline's heading: the last one of the first pane.
pub fn timeline_row(model: &Model) -> Option<(usize, usize)> {
    let [left, _] = panes(model, &layout::parts(model));
    left.iter().rposition(|row| row.heading).map(|row| (0, row))
}

/// Rows from a line on, with a mark where more is above or below; says where the selected one stands.
fn pane(
    canvas: &mut Canvas<'_>,
    area: Rect,
    rows: &[Row],
    scroll: usize,
    active: bool,
    at: Option<Pick>,
) -> Option<Position> {
    let height = usize::from(area.height);
    let scroll = scroll.min(rows.len().saturating_sub(height));
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let mut cursor = None;
    for (row, y) in rows.iter().skip(scroll).zip(inner.y..inner.bottom()) {
        let selected = at.is_some() && row.pick == at;
        canvas.row(Rect { y, height: 1, ..inner }, row, selected);
        if let Some(pick) = row.pick {
            canvas.spot(Rect { y, height: 1, ..inner }, Spot::Pick(pick));
        }
        if selected {
            cursor = Some(Position { x: inner.x, y });
        }
    }
    let edge = area.right().saturating_sub(1);
    let tone = if active { Tone::Key } else { Tone::Dim };
    if scroll > 0 {
        canvas.row(Rect { x: edge, y: area.y, width: 1, height: 1 }, &Row::new().tone(tone, "▲"), false);
    }
    if scroll + height < rows.len() && height > 0 {
        let y = area.bottom() - 1;
        canvas.row(Rect { x: edge, y, width: 1, height: 1 }, &Row::new().tone(tone, "▼"), false);
    }
    cursor
}
