//! Lookup of tickets: what one shares with others, and the way from one to another.

use super::lookup::Pick;
use super::page::Page;
use crate::desk::graph::{Path, Thing};
use crate::tui::theme::Tone;
use crate::tui::view::paint::Row;
use crate::words::{Language, say, say_with};

/// Cells of the kinds.
const KIND: usize = 17;
/// Tickets that a line names.
const MOST_NAMED: usize = 6;

/// What a ticket shares with what is shown.
pub(super) fn shared(language: Language, word: &'static str) -> &'static str {
    match word {
        "device" => say(language, "lookup-shares-device"),
        "account" => say(language, "lookup-shares-account"),
        "contact" => say(language, "lookup-shares-contact"),
        "receipt" => say(language, "lookup-shares-receipt"),
        "receipt-file" => say(language, "lookup-shares-receipt-file"),
        "receipt-look" => say(language, "lookup-shares-receipt-look"),
        "box-file" => say(language, "lookup-shares-box-file"),
        "box-look" => say(language, "lookup-shares-box-look"),
        "sim" => say(language, "lookup-shares-sim"),
        "text" => say(language, "lookup-shares-text"),
        "offered" => say(language, "lookup-shares-offered"),
        "itself" => "",
        other => other,
    }
}

impl Page<Pick> {
    /// What the ticket that was asked for shares with others.
    pub(super) fn things(&mut self, things: &[Thing]) {
        if things.is_empty() {
            return;
        }
        self.section("lookup-links");
        for thing in things {
            let mut names: Vec<String> =
                thing.tickets.iter().take(MOST_NAMED).map(|t| self.named(t.ticket, t.bits)).collect();
            let more = thing.total.saturating_sub(names.len() as u64);
            if more > 0 {
                names.push(say_with(self.language, "lookup-links-more", &[("n", more.into())]));
            }
            let first = Row::new()
                .tone(Tone::Info, "= ")
                .column(Tone::Dim, shared(self.language, thing.kind), KIND)
                .plain(if thing.value.is_empty() { String::new() } else { format!("{}  ", thing.value) });
            self.hanging(first, Tone::Plain, &names.join(", "), None);
        }
    }

    /// The way from one ticket to another.
    pub(super) fn path(&mut self, path: &Path) {
        self.section("lookup-path");
        if !path.linked {
            let id = if path.whole { "lookup-path-none" } else { "lookup-path-unfound" };
            let text = say_with(self.language, id, &[("n", path.looked_at.into())]);
            self.text(Tone::Plain, &text);
            return;
        }
        let ticket = |id: i64, reference: Option<&String>| {
            let name = reference.map_or_else(|| format!("#{id}"), |r| format!("#{id} {r}"));
            (Row::new().tone(Tone::Key, "› ").tone(Tone::Strong, name), Some(Pick::Ticket(id)))
        };
        for (at, step) in path.steps.iter().enumerate() {
            if at == 0 {
                let (row, pick) = ticket(step.from, step.from_reference.as_ref());
                self.push(row, pick);
            }
            let bits = step.bits.map(|bits| say_with(self.language, "lookup-bits", &[("n", bits.into())]));
            let first = Row::new().tone(Tone::Info, "  = ").column(
                Tone::Dim,
                shared(self.language, step.kind),
                KIND - 2,
            );
            let value = format!("{} {}", step.value, bits.unwrap_or_default());
            self.hanging(first, Tone::Plain, value.trim(), None);
            let (row, pick) = ticket(step.to, step.to_reference.as_ref());
            self.push(row, pick);
        }
    }

    fn named(&self, ticket: i64, bits: Option<u32>) -> String {
        match bits {
            Some(bits) => {
                format!("#{ticket} {}", say_with(self.language, "lookup-bits", &[("n", bits.into())]))
            }
            None => format!("#{ticket}"),
        }
    }
}
