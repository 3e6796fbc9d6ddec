//! Log: whether it holds, its lines, and all that the selected one says.

use ratatui::layout::{Position, Rect};

use super::page::{bar, share};
use crate::tui::app::Model;
use crate::tui::app::action::Action;
use crate::tui::app::mouse::Spot;
use crate::tui::app::screens::log::progress;
use crate::tui::app::tell;
use crate::tui::data::LogLine;
use crate::tui::layout;
use crate::tui::text;
use crate::tui::theme::Tone;
use crate::tui::view::leaf;
use crate::tui::view::paint::{Canvas, Row, hanging, rule, wrapped};
use crate::tui::when;
use crate::words::{say, say_with};

/// From here on the selected line is shown in full below.
const WITH_DETAIL: u16 = 18;
/// Lines of that.
const DETAIL: u16 = 4;

pub(super) fn hint(model: &Model) -> Row {
    let s = &model.screens.log;
    let language = model.language;
    if s.typing {
        return Row::new().plain(" ").tone(Tone::Dim, say(language, "log-hint-typing"));
    }
    let Some(view) = &s.view else { return Row::new() };
    let place = format!(" {}/{}", (s.at + 1).min(s.shown.len()), s.shown.len());
    let args = [("n", view.all.into())];
    let row =
        Row::new().tone(Tone::Dim, place).plain("  ").tone(Tone::Dim, say_with(language, "log-of", &args));
    if s.is_part() { row.plain("  ").tone(Tone::Warn, tell(model, "log-part", &[])) } else { row }
}

pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
    let s = &model.screens.log;
    let width = usize::from(area.width);
    canvas.row(Rect { height: 1, ..area }, &standing(model, width), false);
    let filtered = s.typing || !s.filter.value().is_empty();
    let mut cursor = None;
    let mut y = area.y + 1;
    if filtered {
        cursor = field(model, canvas, Rect { y, height: 1, ..area });
        y += 1;
    }
    let detail = if area.height >= WITH_DETAIL { DETAIL + 1 } else { 0 };
    let body = Rect { y, height: area.bottom().saturating_sub(y + detail), ..area };
    let at = lines(model, canvas, body);
    if detail > 0 {
        let below = Rect { y: body.bottom(), height: detail, ..area };
        canvas.rows(below, &full(model, width));
    }
    cursor.or(at)
}

/// Whether the log holds, as far as anybody has asked.
fn standing(model: &Model, width: usize) -> Row {
    let language = model.language;
    if let Some((_, done, of, verifies)) = progress(model) {
        let what = if verifies { "log-verifying" } else { "log-searching" };
        let args = [("n", done.into()), ("of", of.into())];
        let text =
            if verifies { say_with(language, "log-verifying", &args) } else { say(language, what).into() };
        return Row::new()
            .tone(Tone::Info, format!(" ◌ {text}  "))
            .tone(Tone::Good, bar(share(done, of), 20));
    }
    match &model.screens.log.verdict {
        None => Row::new().tone(Tone::Dim, " ○ ").tone(Tone::Dim, tell(model, "log-not-verified", &[])),
        Some((verdict, at)) if verdict.ok => {
            let root: String = verdict.root.chars().take(12).collect();
            let args = [("n", verdict.size.into()), ("at", when::minute(*at).into()), ("root", root.into())];
            Row::new().tone(Tone::Good, " ✓ ").plain(say_with(language, "log-holds", &args))
        }
        Some((verdict, _)) => {
            let at = verdict.first_bad.map(|n| format!("#{n}: ")).unwrap_or_default();
            let text = format!("{} {at}{}", say(language, "log-broken"), verdict.reason);
            let text = text::cut(&text::clean(&text), width.saturating_sub(4)).into_owned();
            Row::new().tone(Tone::Bad, format!(" ✗ {text}"))
        }
    }
}

fn field(model: &Model, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
    let s = &model.screens.log;
    let typed = text::clean(s.filter.value()).into_owned();
    let room = usize::from(area.width).saturating_sub(4);
    let shown = text::tail(&typed, room.saturating_sub(1));
    let row = Row::new().tone(Tone::Key, " / ");
    if !s.typing {
        let chip = format!(" {shown} ");
        canvas.spot(area, Spot::Do(Action::LogFilter));
        canvas.row(
            area,
            &row.tone(Tone::Chip, chip).tone(Tone::Dim, format!("  {}", tell(model, "log-clear", &[]))),
            false,
        );
        return None;
    }
    canvas.row(area, &row.column(Tone::Input, &shown, room), false);
    let x = area.x + 3 + u16::try_from(text::width(&shown)).unwrap_or(0);
    Some(Position { x: x.min(area.right().saturating_sub(1)), y: area.y })
}

fn lines(model: &Model, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
    let s = &model.screens.log;
    let width = usize::from(area.width);
    if s.shown.is_empty() {
        let id = if s.view.is_none() { "log-reading" } else { "log-none" };
        canvas.rows(area, &wrapped(Tone::Plain, say(model.language, id), width, 2));
        return None;
    }
    let height = usize::from(area.height);
    let top = layout::first_line(s.at, s.at.saturating_sub(height / 2), height, s.shown.len());
    let bad = s.verdict.as_ref().and_then(|(v, _)| v.first_bad);
    let mut cursor = None;
    for (place, y) in (top..s.shown.len()).zip(area.y..area.bottom()) {
        let Some(line) = s.line(place) else { continue };
        let selected = place == s.at;
        canvas.item(Rect { y, height: 1, ..area }, &row(model, line, width, bad), place, s.at);
        if selected {
            cursor = Some(Position { x: area.x, y });
        }
    }
    cursor
}

/// What matters most of a leaf's act.
fn tone(act: &str) -> Tone {
    match act {
        "decision.made" | "decision.approved" => Tone::Info,
        "authorization.issued" | "authorization.redeemed" => Tone::Good,
        "act.refused" | "authorization.revoked" | "owner.objected" | "code.wrong" | "message.failed" => {
            Tone::Bad
        }
        "ticket.revealed" | "lookup.revealed" | "search.revealed" | "ticket.stolen" | "check.cleared" => {
            Tone::Warn
        }
        _ => Tone::Plain,
    }
}

fn row(model: &Model, line: &LogLine, width: usize, bad: Option<u64>) -> Row {
    let mark = if bad == Some(line.seq) { Row::new().tone(Tone::Bad, "✗") } else { Row::new().plain(" ") };
    let ticket = line.ticket.map(|id| format!("#{id}")).unwrap_or_default();
    let at = when::minute(line.at);
    // On a narrow screen the day is left out.
    let at: String = if width < 60 { at.chars().skip(11).collect() } else { at };
    let row = mark
        .tone(Tone::Dim, format!("{:>7} ", line.seq))
        .tone(Tone::Dim, at)
        .plain("  ")
        .column(Tone::Strong, &line.actor, if width < 60 { 6 } else { 10 })
        .plain(" ");
    let row = if width < 60 { row } else { row.column(Tone::Key, ticket, 8) };
    row.tone(tone(&line.act), line.what.said(model.language))
}

/// All that the selected line says.
fn full(model: &Model, width: usize) -> Vec<Row> {
    let s = &model.screens.log;
    let Some(line) = s.line(s.at) else { return vec![rule("", width)] };
    let mut rows = vec![rule(&format!("{} · {}", line.seq, line.act), width)];
    let l = model.language;
    let info: Vec<String> =
        line.info.iter().map(|(k, v)| format!("{} {}", leaf::name(l, k), leaf::value(l, v))).collect();
    let first = Row::new().plain("  ");
    rows.extend(hanging(first, Tone::Plain, &line.what.said(model.language), width));
    if !info.is_empty() {
        rows.extend(wrapped(Tone::Dim, &info.join(" · "), width, 2));
    }
    rows
}
