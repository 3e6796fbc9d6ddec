//! What is opened over a ticket: a finding with the rows and the rule it rests on, an event, the list of acts.

use ratatui::layout::{Position, Rect};

use super::paint::{Canvas, Row, centred, hanging, rule, wrapped};
use super::{leaf, rules, words};
use crate::domain::{EvidenceKind, Outcome};
use crate::tui::app::look::{Opened, acts, event};
use crate::tui::app::{Model, enabled, next_step};
use crate::tui::app::{key_of, tell};
use crate::tui::data::{FindingView, Item, RegistryRow};
use crate::tui::terms::Term as _;
use crate::tui::theme::Tone;
use crate::tui::when;
use crate::words::{Language, say, say_with};

/// Cells of a label.
const LABEL: usize = 16;

/// A finding, opened.
pub fn finding(model: &Model, opened: &Opened, canvas: &mut Canvas<'_>, area: Rect) -> Position {
    let l = model.language;
    let boxed = centred(area, 100, usize::from(area.height));
    let inner = canvas.frame(boxed, &format!("{} — {}", opened.check, tell(model, "look-finding-keys", &[])));
    let width = usize::from(inner.width);
    let rows = match &opened.view {
        Some(view) => finding_rows(model, view, width),
        None => vec![Row::new().tone(Tone::Dim, say(l, "look-reading"))],
    };
    scrolled(canvas, inner, &rows, opened.scroll)
}

fn scrolled(canvas: &mut Canvas<'_>, inner: Rect, rows: &[Row], scroll: usize) -> Position {
    let height = usize::from(inner.height);
    let scroll = scroll.min(rows.len().saturating_sub(height));
    canvas.rows(inner, rows.get(scroll..).unwrap_or_default());
    let edge = Rect { x: inner.right(), width: 1, height: 1, ..inner };
    if scroll > 0 {
        canvas.row(edge, &Row::new().tone(Tone::Key, "▲"), false);
    }
    if scroll + height < rows.len() && height > 0 {
        canvas.row(Rect { y: inner.bottom() - 1, ..edge }, &Row::new().tone(Tone::Key, "▼"), false);
    }
    Position { x: inner.x, y: inner.y }
}

fn fact(label: &str, tone: Tone, text: &str, width: usize) -> Vec<Row> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    hanging(Row::new().column(Tone::Dim, format!("  {label}"), LABEL), tone, text, width)
}

fn finding_rows(model: &Model, view: &FindingView, width: usize) -> Vec<Row> {
    let l = model.language;
    let f = &view.finding;
    let (glyph, tone) = words::outcome(f.outcome);
    let lead = Row::new().tone(tone, format!("{glyph} {}  ", f.outcome.said(l)));
    let mut rows = hanging(lead, Tone::Plain, &f.reason.said(l), width);
    match f.effect {
        Some(effect) => {
            let args = [("effect", effect.said(l).into()), ("request", view.request.said(l).into())];
            rows.extend(wrapped(Tone::Strong, &format!("→ {}", say_with(l, "look-effect", &args)), width, 0));
        }
        None => rows.extend(wrapped(Tone::Dim, say(l, "look-no-effect"), width, 0)),
    }
    if let Some(until) = f.until {
        let until = when::until(l, until, model.now);
        rows.push(Row::new().plain(say_with(l, "look-until", &[("until", until.into())])));
    }
    if !f.tickets.is_empty() {
        let names: Vec<String> = f.tickets.iter().map(|t| format!("#{t}")).collect();
        let text = tell(model, "look-others", &[("names", names.join(", ").into())]);
        rows.extend(wrapped(Tone::Info, &text, width, 0));
    }
    rows.push(Row::new());
    rows.push(rule(say(l, "look-evidence"), width));
    rows.extend(evidence(l, view, width));
    rows.push(rule(say(l, "look-registry"), width));
    rows.extend(registry(l, &view.rows, width));
    rows.push(rule(say(l, "look-rule"), width));
    rows.extend(rule_rows(l, view, width));
    rows
}

fn evidence(l: Language, view: &FindingView, width: usize) -> Vec<Row> {
    let Some(Item { id, kind, given, file }) = &view.evidence else {
        return vec![Row::new().tone(Tone::Dim, format!("  {}", say(l, "look-no-evidence")))];
    };
    let mut rows =
        vec![Row::new().plain("  ").tone(Tone::Strong, kind.said(l)).tone(Tone::Dim, format!("  {id}"))];
    for (column, text) in given {
        rows.extend(fact(short(*kind, column), Tone::Plain, text, width));
    }
    if let Some(name) = file {
        rows.extend(fact(say(l, "look-file"), Tone::Plain, name, width));
    }
    rows
}

fn short(kind: EvidenceKind, column: &str) -> &str {
    column.strip_prefix(kind.as_str()).and_then(|c| c.strip_prefix('_')).unwrap_or(column)
}

fn registry(l: Language, list: &[RegistryRow], width: usize) -> Vec<Row> {
    if list.is_empty() {
        return vec![Row::new().tone(Tone::Dim, format!("  {}", say(l, "look-no-row-compared")))];
    }
    let mut rows = Vec::new();
    for row in list {
        let mark = if row.named { "▸ " } else { "  " };
        let mut line = Row::new().tone(Tone::Key, mark).column(Tone::Strong, row.list.as_str(), LABEL);
        let start = line.width();
        for (label, text) in &row.cells {
            let label = Row::new().tone(Tone::Dim, format!("{} ", say(l, label)));
            let part = label.join(Row::new().plain(text).plain("  "));
            if line.width() + part.width() > width && line.width() > start {
                rows.push(std::mem::take(&mut line));
                line = Row::new().plain(" ".repeat(start));
            }
            line = line.join(part);
        }
        rows.push(line);
    }
    rows
}

fn rule_rows(l: Language, view: &FindingView, width: usize) -> Vec<Row> {
    let (passes, fails) = rules::rule(l, view.finding.check);
    let this = |outcome: Outcome| if view.finding.outcome == outcome { Tone::Strong } else { Tone::Plain };
    let mut rows = fact(say(l, "look-passes"), this(Outcome::Pass), passes, width);
    rows.extend(fact(say(l, "look-fails"), this(Outcome::Fail), fails, width));
    if let Some(proof) = view.proof {
        let text = say_with(l, "look-part-of", &[("proof", proof.said(l).into())]);
        rows.extend(fact(say(l, "look-proof"), Tone::Plain, &text, width));
    }
    let file = view.policy.as_deref().unwrap_or_else(|| say(l, "look-shipped-policy"));
    rows.push(Row::new());
    rows.push(Row::new().plain("  ").tone(Tone::Dim, file));
    if view.lines.is_empty() {
        rows.push(Row::new().plain("  ").plain(say(l, "look-no-line")));
    }
    for line in &view.lines {
        let lead = Row::new().tone(Tone::Key, format!("  {:>4}  ", line.number));
        rows.extend(hanging(lead, Tone::Plain, &line.text, width));
    }
    rows
}

/// An event with all that the log holds of it.
pub fn event_box(model: &Model, at: usize, scroll: usize, canvas: &mut Canvas<'_>, area: Rect) -> Position {
    let l = model.language;
    let boxed = centred(area, 84, usize::from(area.height).min(20));
    let inner = canvas.frame(boxed, say(l, "look-event"));
    let width = usize::from(inner.width);
    let Some(event) = model.case().and_then(|case| event(case, at)) else {
        return Position { x: inner.x, y: inner.y };
    };
    let mut rows = vec![Row::new().tone(Tone::Strong, event.what.said(l))];
    rows.push(Row::new());
    let stamp = format!("{} UTC ({})", when::minute(event.at), when::ago(l, event.at, model.now));
    rows.extend(fact(say(l, "look-when"), Tone::Plain, &stamp, width));
    rows.extend(fact(say(l, "look-who"), Tone::Plain, &event.actor, width));
    rows.extend(fact(say(l, "look-act"), Tone::Plain, &event.act, width));
    for (name, text) in &event.info {
        rows.extend(fact(&leaf::name(l, name), Tone::Plain, leaf::value(l, text), width));
    }
    match event.seq {
        Some(seq) => rows.extend(fact(say(l, "look-leaf"), Tone::Plain, &seq.to_string(), width)),
        None => rows.extend(fact(say(l, "look-leaf"), Tone::Dim, say(l, "look-no-leaf"), width)),
    }
    if let Some(note) = &event.note {
        rows.push(rule(say(l, "look-text"), width));
        for line in note.lines() {
            rows.extend(wrapped(Tone::Plain, line, width, 0));
        }
    }
    scrolled(canvas, inner, &rows, scroll)
}

/// Every act on the ticket: what can be done, and why the rest cannot.
pub fn acts_box(model: &Model, at: usize, canvas: &mut Canvas<'_>, area: Rect) -> Position {
    let l = model.language;
    let list = acts(model);
    let boxed = centred(area, 90, list.len() + 2);
    let inner = canvas.frame(boxed, say(l, "look-acts"));
    let next = next_step(model).and_then(|step| step.action);
    let height = usize::from(inner.height).max(1);
    let top = at.saturating_sub(height - 1);
    let mut cursor = Position { x: inner.x, y: inner.y };
    for ((n, entry), y) in list.iter().enumerate().skip(top).zip(inner.y..inner.bottom()) {
        let why = enabled(model, entry.action).err();
        let (glyph, tone) = match &why {
            Some(_) => ("– ", Tone::Dim),
            None if Some(entry.action) == next => ("▶ ", Tone::Good),
            None => ("✓ ", Tone::Plain),
        };
        let key = key_of(model, entry.action);
        let row = Row::new()
            .tone(tone, glyph)
            .column(if why.is_some() { Tone::Dim } else { Tone::Key }, key, 4)
            .column(if why.is_some() { Tone::Dim } else { Tone::Strong }, entry.name(l), 18)
            .tone(tone, why.unwrap_or_else(|| entry.about(l).to_owned()));
        canvas.item(Rect { y, height: 1, ..inner }, &row, n, at);
        if n == at {
            cursor.y = y;
        }
    }
    cursor
}
