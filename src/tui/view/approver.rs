//! The approver's pane: what waits for a second yes, and all that speaks for and against giving it.

use std::collections::BTreeMap;

use super::paint::{Row, hanging, rule};
use super::{preview, words};
use crate::tui::app::action::Action;
use crate::tui::app::tell;
use crate::tui::app::{Model, enabled};
use crate::tui::data::{Change, TicketView};
use crate::tui::terms::Term as _;
use crate::tui::theme::Tone;
use crate::tui::when;
use crate::words::{Language, say, say_with};

/// People and things they did that are named.
const MOST: usize = 6;

/// Everything that the pane says.
pub fn rows(model: &Model, width: usize) -> Vec<Row> {
    let l = model.language;
    preview::pane(model, width, |case, rows| {
        rows.extend(decision(model, case, width));
        rows.extend(yours(model, width));
        rows.extend(changes(l, case, width));
        rows.extend(touched(l, case, width));
        rows.push(rule(say(l, "approver-says-now"), width));
        rows.extend(preview::reasons(l, case, width));
    })
}

/// Who decided what, why, and what it waits for.
fn decision(model: &Model, case: &TicketView, width: usize) -> Vec<Row> {
    let (l, now) = (model.language, model.now);
    let Some(d) = case.standing() else { return Vec::new() };
    let values = [
        ("who", d.by.as_str().into()),
        ("word", d.word.said(l).into()),
        ("ago", when::ago(l, d.at, now).into()),
    ];
    let text = say_with(l, "approver-decided", &values);
    let mut rows = hanging(Row::new().plain("  "), Tone::Strong, &text, width);
    if d.overrides {
        let now_says = case.judgement.recommendation.said(l);
        let text = say_with(l, "approver-override", &[("says", now_says.into())]);
        rows.extend(hanging(Row::new().tone(Tone::Bad, "  ! "), Tone::Bad, &text, width));
    }
    if let Some(reason) = &d.reason {
        let first = Row::new().plain("    ").tone(Tone::Dim, say(l, "approver-reason")).plain(" ");
        rows.extend(hanging(first, Tone::Plain, reason, width));
    }
    if let Some(until) = case.cooldown_until {
        let (tone, text) = if until > now {
            let values = [("until", when::minute(until).into()), ("left", when::until(l, until, now).into())];
            (Tone::Info, say_with(l, "approver-cooling", &values))
        } else {
            (Tone::Plain, say(l, "approver-cooled").to_owned())
        };
        rows.extend(hanging(Row::new().tone(tone, "  … "), tone, &text, width));
    }
    rows
}

/// Whether the approver may say yes, and by which keys.
fn yours(model: &Model, width: usize) -> Vec<Row> {
    match enabled(model, Action::Approve) {
        Ok(()) => hanging(
            Row::new().tone(Tone::Key, "  ▶ "),
            Tone::Strong,
            &tell(model, "approver-yours", &[]),
            width,
        ),
        Err(why) => hanging(Row::new().tone(Tone::Warn, "  – "), Tone::Plain, &why, width),
    }
}

/// What is otherwise than when it was decided.
fn changes(l: Language, case: &TicketView, width: usize) -> Vec<Row> {
    let mut rows = vec![rule(say(l, "approver-since"), width)];
    if case.since.is_empty() {
        rows.push(Row::new().tone(Tone::Good, "  ✓ ").plain(say(l, "approver-unchanged")));
    }
    for change in case.since.iter().take(MOST) {
        rows.extend(match change {
            Change::Check { check, was, is } => {
                let (glyph, tone) = words::outcome(*is);
                let values = [
                    ("check", check.as_str().into()),
                    ("was", was.said(l).into()),
                    ("is", is.said(l).into()),
                ];
                let text = say_with(l, "approver-check", &values);
                hanging(Row::new().tone(tone, format!("  {glyph} ")), Tone::Plain, &text, width)
            }
            Change::Event(event) => {
                let first = Row::new().tone(Tone::Warn, "  △ ").tone(Tone::Strong, &event.actor).plain(" ");
                let note = event.note.as_ref().map_or_else(String::new, |note| format!(": {note}"));
                hanging(first, Tone::Plain, &format!("{}{note}", event.what.said(l)), width)
            }
        });
    }
    if let Some(more) = case.since.len().checked_sub(MOST + 1) {
        let text = say_with(l, "approver-more", &[("n", (more + 1).into())]);
        rows.push(Row::new().tone(Tone::Dim, format!("    {text}")));
    }
    rows
}

/// Everybody who did something on the ticket; who may not approve it is marked.
fn touched(l: Language, case: &TicketView, width: usize) -> Vec<Row> {
    let mut people: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for event in &case.events {
        let did = people.entry(event.actor.as_str()).or_default();
        let what = event.what.said(l).into_owned();
        if !did.contains(&what) {
            did.push(what);
        }
    }
    let mut rows = vec![rule(say(l, "approver-touched"), width)];
    for (who, did) in people.iter().take(MOST) {
        let bound = case.contributors.iter().any(|c| c == who);
        let (glyph, tone) = if bound { ("■", Tone::Warn) } else { ("□", Tone::Dim) };
        let first = Row::new().tone(tone, format!("  {glyph} ")).tone(Tone::Strong, *who).plain(" ");
        rows.extend(hanging(first, Tone::Plain, &did.join(", "), width));
    }
    rows.push(Row::new().tone(Tone::Dim, format!("    {}", say(l, "approver-bound"))));
    rows
}
