//! Agents: a line a key, what ends soon on top, and the keyset below.

use ratatui::layout::{Position, Rect};

use super::page::{self, Page};
use crate::desk::agents::Person;
use crate::domain::Time;
use crate::tui::app::Model;
use crate::tui::terms::listed;
use crate::tui::theme::Tone;
use crate::tui::view::paint::{Canvas, Row};
use crate::tui::when;
use crate::words::{Language, say, say_with};

/// Seconds before its end from which a key is said to end soon.
const SOON: i64 = 30 * 86_400;
/// Seconds that are as good as for ever: the ready keys of a rehearsal have no end.
const ENDLESS: i64 = 100 * 365 * 86_400;

/// The last line that can be on top.
pub fn most(model: &Model, area: Rect) -> usize {
    page::most(lines(model, usize::from(area.width)).lines.len(), area.height)
}

pub(super) fn hint(model: &Model) -> Row {
    Row::new().plain(" ").tone(Tone::Dim, say(model.language, "people-hint"))
}

pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
    let page = lines(model, usize::from(area.width));
    page::draw_from(canvas, area, &page.lines, model.screens.agents.top);
    None
}

/// How a key stands.
fn standing(language: Language, p: &Person, now: Time) -> (&'static str, Tone, String) {
    let left = p.valid_until.since(now).0;
    if p.disabled {
        let since = p.disabled_at.map(|at| at.day().to_string());
        let word = since.map(|day| say_with(language, "people-disabled-since", &[("day", day.into())]));
        return ("✗", Tone::Bad, word.unwrap_or_else(|| say(language, "people-disabled").to_owned()));
    }
    if let Some(from) = p.approves_from.filter(|from| *from > now) {
        let time = when::span(language, from.since(now).0);
        return ("○", Tone::Warn, say_with(language, "people-approves-in", &[("time", time.into())]));
    }
    if p.valid_from > now {
        let time = when::span(language, p.valid_from.since(now).0);
        return ("○", Tone::Warn, say_with(language, "people-not-yet", &[("time", time.into())]));
    }
    match left {
        ENDLESS.. => ("✓", Tone::Good, say(language, "people-endless").to_owned()),
        ..=0 => ("✗", Tone::Bad, say(language, "people-ended").to_owned()),
        1..SOON => (
            "!",
            Tone::Warn,
            say_with(language, "people-soon", &[("time", when::span(language, left).into())]),
        ),
        _ => (
            "✓",
            Tone::Good,
            say_with(language, "people-for", &[("time", when::span(language, left).into())]),
        ),
    }
}

/// How long a key has been good.
fn age(language: Language, p: &Person, now: Time) -> String {
    match p.valid_from.0 {
        // It was made with no beginning.
        ..=0 => "—".to_owned(),
        _ => when::span(language, now.since(p.valid_from).0),
    }
}

fn lines(model: &Model, width: usize) -> Page<()> {
    let language = model.language;
    let mut page = Page::new(width, language);
    let Some(roster) = &model.screens.agents.roster else {
        page.text(Tone::Plain, say(language, "people-reading"));
        return page;
    };
    let now = model.now;
    page.gap();
    let wide = width >= 76;
    let mut head = Row::new()
        .plain("   ")
        .column(Tone::Dim, say(language, "people-name"), 14)
        .column(Tone::Dim, say(language, "people-roles"), if wide { 22 } else { 12 })
        .column(Tone::Dim, say(language, "people-key-age"), 10);
    if wide {
        head = head.column(Tone::Dim, say(language, "people-key"), 14);
    }
    page.push(head.tone(Tone::Dim, say(language, "people-standing")), None);
    for p in &roster.people {
        let (glyph, tone, word) = standing(language, p, now);
        let kid: String = p.kid.chars().take(10).collect();
        let me = p.name == model.me();
        let mut row = Row::new()
            .tone(tone, format!(" {glyph} "))
            .column(if me { Tone::Key } else { Tone::Strong }, &p.name, 14)
            .column(Tone::Plain, listed(language, &p.roles, ", "), if wide { 22 } else { 12 })
            .column(Tone::Plain, age(language, p, now), 10);
        if wide {
            let place = if p.key_here { "⚿ " } else { "  " };
            row = row.column(Tone::Dim, format!("{place}{kid}…"), 14);
        }
        page.push(row.tone(tone, word), None);
    }
    page.section("people-keyset");
    let pair = |label: &'static str, text: String| {
        Row::new().plain("   ").column(Tone::Dim, say(language, label), 26).plain(text)
    };
    page.push(pair("people-version", roster.version.to_string()), None);
    let signed =
        format!("{} · {}", when::minute(roster.signed_at), when::ago(language, roster.signed_at, now));
    page.push(pair("people-signed", signed), None);
    page.push(pair("people-root", roster.root.clone()), None);
    let nothing = || say(language, "people-nothing").to_owned();
    let solo = if roster.solo.is_empty() { nothing() } else { listed(language, &roster.solo, ", ") };
    page.push(pair("people-solo", solo), None);
    if let Some(seat) = model.seat.as_ref().filter(|s| s.rehearsal) {
        let text = say_with(language, "people-rehearsal", &[("name", seat.agent.clone().into())]);
        page.gap();
        page.hanging(Row::new().tone(Tone::Warn, " ! "), Tone::Plain, &text, None);
    }
    page
}
