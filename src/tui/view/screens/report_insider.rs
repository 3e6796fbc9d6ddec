//! The insider view of a report: of every agent what an insider would leave behind.

use super::page::Page;
use crate::desk::report::{AgentUse, Report};
use crate::tui::app::Model;
use crate::tui::theme::Tone;
use crate::tui::view::paint::Row;
use crate::tui::when;
use crate::words::{Language, say, say_with};

/// Marks of a count among the hours, from few to many.
const MARKS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
/// Tickets that a sign names.
const MOST_NAMED: usize = 8;
/// Cells of the labels.
const LABEL: usize = 16;

pub(super) fn lines(r: &Report, model: &Model, page: &mut Page<i64>) {
    let language = page.language;
    let i = &r.insider;
    signs(r, page);
    page.push(Row::new(), None);
    if i.agents.is_empty() {
        page.text(Tone::Plain, say(language, "report-nobody"));
        return;
    }
    for (n, agent) in i.agents.iter().enumerate() {
        if n > 0 {
            page.gap();
        }
        one(language, agent, page);
    }
    page.section("report-close");
    if i.close.is_empty() {
        page.push(Row::new().tone(Tone::Good, " ✓ ").plain(say(language, "report-no-close")), None);
    }
    for pair in &i.close {
        let args = [
            ("agent", pair.agent.clone().into()),
            ("time", when::span(language, pair.seconds).into()),
            ("first", pair.first.into()),
            ("second", pair.second.into()),
        ];
        let text = say_with(language, "report-apart", &args);
        let (glyph, tone) = if pair.seconds < 11 { ("›!", Tone::Bad) } else { ("› ", Tone::Warn) };
        let first = Row::new().tone(tone, format!("{glyph} "));
        let more = format!("{text} · {}", when::ago(language, pair.at, model.now));
        page.hanging(first, Tone::Plain, &more, Some(pair.second));
    }
    page.section("report-pairs");
    if i.pairs.is_empty() {
        page.push(Row::new().tone(Tone::Good, " ✓ ").plain(say(language, "report-no-pairs")), None);
    }
    for pair in &i.pairs {
        let tickets: Vec<String> = pair.tickets.iter().map(|id| format!("#{id}")).collect();
        let first = Row::new()
            .tone(Tone::Warn, "›! ")
            .column(Tone::Strong, &pair.agent, LABEL - 3)
            .column(Tone::Plain, &pair.claimant, 18)
            .tone(Tone::Strong, format!("{:>4}×  ", pair.tickets.len()));
        page.hanging(first, Tone::Dim, &tickets.join(", "), pair.tickets.last().copied());
    }
}

/// Rings among the claims, each leading to its newest ticket. What is about an agent stands with the agent.
fn signs(r: &Report, page: &mut Page<i64>) {
    let rings: Vec<_> = r.signs.iter().filter(|sign| sign.agent.is_none()).collect();
    if rings.is_empty() {
        return;
    }
    page.section("report-signs");
    for sign in rings {
        let tickets: Vec<String> = sign.tickets.iter().take(MOST_NAMED).map(|id| format!("#{id}")).collect();
        let more = if sign.tickets.len() > MOST_NAMED { ", …" } else { "" };
        let text = format!("{} {}{more}", sign.reason().said(page.language), tickets.join(", "));
        let first = Row::new().tone(Tone::Warn, "›△ ");
        page.hanging(first, Tone::Plain, &text, sign.tickets.last().copied());
    }
}

/// A count that should be small: a word of warning where it is not.
fn of(language: Language, id: &'static str, n: u64, all: u64) -> Row {
    let tone = if n == 0 { Tone::Dim } else { Tone::Warn };
    let glyph = if n == 0 { "" } else { "! " };
    let percent = if n == 0 { String::new() } else { format!(" {} %", n * 100 / all.max(1)) };
    Row::new()
        .tone(tone, format!("{glyph}{} {n}", say(language, id)))
        .tone(Tone::Dim, format!("{percent}   "))
}

fn one(language: Language, a: &AgentUse, page: &mut Page<i64>) {
    let decided = [("n", a.decisions.into()), ("overrides", a.overrides.into())];
    let head = Row::new()
        .plain(" ")
        .column(Tone::Strong, &a.agent, LABEL - 1)
        .tone(Tone::Strong, say_with(language, "report-granted", &[("n", a.grants.into())]))
        .tone(Tone::Dim, format!("   {}", say_with(language, "report-agent-decided", &decided)));
    page.push(head, None);
    let indent = || Row::new().plain(" ".repeat(LABEL));
    if a.grants > 0 {
        let row = indent()
            .join(of(language, "report-no-code", a.without_code, a.grants))
            .join(of(language, "report-no-look", a.without_look, a.grants))
            .join(of(language, "report-neither", a.without_both, a.grants));
        page.push(row, None);
        page.push(indent().join(hours(language, a)), None);
        page.push(indent().join(gaps(language, a)), None);
    }
    if a.lookups > 0 {
        let args = [("n", a.lookups.into()), ("full", a.revealed.into()), ("none", a.without_ticket.into())];
        page.push(indent().tone(Tone::Dim, say_with(language, "report-lookups", &args)), None);
    }
}

/// Grants by the hour of the day: a mark an hour, and the busiest with its number.
fn hours(language: Language, a: &AgentUse) -> Row {
    let most = a.hours.iter().copied().max().unwrap_or(0).max(1);
    let mut row = Row::new().tone(Tone::Dim, "0 ");
    for (hour, n) in a.hours.iter().enumerate() {
        let at = usize::try_from(n * 7 / most).unwrap_or(0).min(7);
        // The hours in which few people work.
        let tone = if (6..22).contains(&hour) { Tone::Info } else { Tone::Warn };
        row = match n {
            0 => row.tone(Tone::Dim, "·"),
            _ => row.tone(tone, MARKS.get(at).copied().unwrap_or("█")),
        };
    }
    let busiest = a.hours.iter().position(|n| *n == most).unwrap_or(0);
    let args = [("hour", format!("{busiest:02}").into()), ("n", most.into())];
    row.tone(Tone::Dim, " 24  ").plain(say_with(language, "report-busiest", &args))
}

fn gaps(language: Language, a: &AgentUse) -> Row {
    let Some(least) = a.least_gap else {
        return Row::new().tone(Tone::Dim, say(language, "report-one-grant"));
    };
    let [one, ten, minute, _] = a.gaps;
    let args = [("one", one.into()), ("ten", ten.into()), ("minute", minute.into())];
    let tone = if one + ten > 0 { Tone::Bad } else { Tone::Dim };
    let glyph = if one + ten > 0 { "! " } else { "" };
    let text = say_with(language, "report-gaps", &args);
    let least = say_with(language, "report-least", &[("time", when::span(language, least).into())]);
    Row::new().tone(tone, format!("{glyph}{text}")).tone(Tone::Dim, format!("   {least}"))
}
