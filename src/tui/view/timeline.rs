//! What happened on a ticket, newest first: evidence, codes, notes, decisions, owner notices, the log's leaves.

use super::paint::{Row, hanging, rule, wrapped};
use crate::domain::Time;
use crate::tui::app::look::{Look, Pick};
use crate::tui::data::{Event, TicketView};
use crate::tui::theme::Tone;
use crate::tui::when;
use crate::words::{Language, say, say_with};

/// The line of an event in small letters, for the filter.
fn haystack(l: Language, event: &Event) -> String {
    let note = event.note.as_deref().unwrap_or_default();
    format!("{} {} {note} {}", event.actor, event.what.said(l), event.act).to_lowercase()
}

/// The heading with the filter's chip, and the events that it lets through.
pub fn rows(l: Language, case: &TicketView, look: &Look, width: usize, now: Time) -> Vec<Row> {
    let shown: Vec<(usize, &Event)> = case
        .events
        .iter()
        .enumerate()
        .rev()
        .filter(|(_, event)| !look.filters() || look.shows(event, &haystack(l, event)))
        .collect();
    let mut rows = vec![rule(say(l, "ticket-timeline"), width)];
    if look.filters() || look.typing {
        rows.push(chip(l, look, shown.len(), case.events.len()));
    }
    for (at, event) in shown {
        let first = Row::new()
            .column(Tone::Dim, format!("  {}", when::short(l, now.since(event.at).0)), 7)
            .column(Tone::Plain, &event.actor, 10);
        let mut lines = hanging(first, Tone::Plain, &event.what.said(l), width);
        if let Some(first) = lines.first_mut() {
            first.pick = Some(Pick::Event(at));
        }
        rows.extend(lines);
        if let Some(note) = &event.note {
            for line in note.lines() {
                rows.extend(wrapped(Tone::Strong, line, width, 17));
            }
        }
    }
    rows
}

fn chip(l: Language, look: &Look, shown: usize, all: usize) -> Row {
    let mut row = Row::new().plain("  ").tone(Tone::Chip, format!(" {} ", say(l, look.kinds.words())));
    if look.typing || !look.query.value().is_empty() {
        row = row.tone(Tone::Key, " / ").tone(Tone::Input, look.query.value());
        if look.typing {
            row = row.tone(Tone::Selected, " ");
        }
    }
    let args = [("shown", shown.into()), ("all", all.into())];
    row.tone(Tone::Dim, format!("  {}", say_with(l, "look-shown-of", &args)))
}
