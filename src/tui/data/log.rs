//! Leaves of the log as lines of a screen.

use std::fmt::Write as _;

use serde_json::Value;

use super::ticket::event;
use crate::desk::log::LogPage;
use crate::domain::Time;
use crate::words::Phrase;

/// One leaf.
#[derive(Clone, Debug, PartialEq)]
pub struct LogLine {
    pub seq: u64,
    pub at: Time,
    pub actor: String,
    pub act: String,
    pub ticket: Option<i64>,
    pub what: Phrase,
    /// Everything it says besides.
    pub info: Vec<(String, String)>,
    /// Lower-cased text that the filter looks in.
    pub haystack: String,
}

/// Some leaves of the log, the newest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LogView {
    pub lines: Vec<LogLine>,
    /// How many leaves the log has.
    pub all: u64,
    /// What was looked for in the whole log; empty for the newest leaves.
    pub filter: String,
    /// Everything that fits is among the lines.
    pub complete: bool,
}

impl LogView {
    pub fn of(page: &LogPage, filter: &str) -> Self {
        let line = |(seq, ticket, line): &(u64, Option<i64>, String)| {
            let mut read = LogLine::of(*seq, *ticket, line);
            if let Some((_, reason)) = page.reasons.iter().find(|(of, _)| of == seq) {
                read.info.push(("reason".to_owned(), reason.clone()));
            }
            read
        };
        let lines = page.leaves.iter().map(line).collect();
        Self { lines, all: page.all, filter: filter.to_owned(), complete: page.complete }
    }
}

impl LogLine {
    fn of(seq: u64, ticket: Option<i64>, line: &str) -> Self {
        let leaf: Value = serde_json::from_str(line).unwrap_or(Value::Null);
        // A reading says itself which ticket it is about: it is none of the ticket's own leaves.
        let ticket = ticket.or_else(|| leaf["ticket"].as_i64());
        let haystack = haystack(ticket, &leaf);
        match event(&leaf) {
            Some(event) => Self {
                seq,
                at: event.at,
                actor: event.actor,
                what: said(&event.act, &event.info).unwrap_or(event.what),
                act: event.act,
                ticket,
                info: event.info,
                haystack,
            },
            // A leaf that was edited is no reason to hide it.
            None => Self {
                seq,
                at: Time(0),
                actor: "?".into(),
                act: "?".into(),
                ticket,
                what: Phrase::from(line.to_owned()),
                info: Vec::new(),
                haystack: line.to_lowercase(),
            },
        }
    }
}

/// What is looked in: who, what, when, the ticket as `#17`, and what else is said; no hashes.
pub fn haystack(ticket: Option<i64>, leaf: &Value) -> String {
    let mut text = String::new();
    for key in ["act", "actor", "at"] {
        text.push_str(leaf.get(key).and_then(Value::as_str).unwrap_or_default());
        text.push(' ');
    }
    if let Some(id) = ticket {
        let _ = write!(text, "#{id} ");
    }
    if let Some(Value::Object(info)) = leaf.get("info") {
        for (key, value) in info {
            text.push_str(key);
            text.push(' ');
            text.push_str(value.as_str().map_or_else(|| value.to_string(), str::to_owned).as_str());
            text.push(' ');
        }
    }
    text.to_lowercase()
}

/// Acts that are about no ticket.
fn said(act: &str, info: &[(String, String)]) -> Option<Phrase> {
    let of = |key: &str| info.iter().find(|(k, _)| k == key).map(|(_, v)| v.clone()).unwrap_or_default();
    Some(match act {
        "cases.imported" => {
            Phrase::of("log-cases-imported").with("imported", of("imported")).with("rejected", of("rejected"))
        }
        "list.imported" => Phrase::of("log-list-imported")
            .with("list", of("list"))
            .with("added", of("added"))
            .with("updated", of("updated")),
        "lists.sealed" => Phrase::of("log-lists-sealed"),
        "registry.pruned" => Phrase::of("log-registry-pruned"),
        "lookup.read" => Phrase::of("log-lookup").with("kinds", of("kinds")).with("tickets", of("tickets")),
        "lookup.revealed" => {
            Phrase::of("log-lookup-revealed").with("kinds", of("kinds")).with("tickets", of("tickets"))
        }
        "ticket.read" => Phrase::of("log-ticket-read"),
        "ticket.emptied" => Phrase::of("log-ticket-emptied"),
        "ticket.redacted" => Phrase::of("log-ticket-redacted"),
        "tickets.exported" => Phrase::of("log-exported").with("tickets", of("tickets")),
        "person.erased" => Phrase::of("log-erased").with("tickets", of("tickets")),
        "search.read" => Phrase::of("log-search").with("tickets", of("tickets")),
        "search.revealed" => Phrase::of("log-search-revealed").with("tickets", of("tickets")),
        "act.refused" => Phrase::of("log-refused").with("what", of("what")),
        "agent.added" => Phrase::of("log-agent-added").with("agent", of("agent")).with("roles", of("roles")),
        "agent.role" => Phrase::of("log-agent-role").with("agent", of("agent")).with("roles", of("roles")),
        "agent.disabled" => Phrase::of("log-agent-disabled").with("agent", of("agent")),
        "revocations.signed" => Phrase::of("log-revocations").with("version", of("version")),
        "desk.made" => Phrase::of("log-desk-made"),
        "desk.upgraded" => Phrase::of("log-desk-upgraded").with("from", of("from")).with("to", of("to")),
        _ => return None,
    })
}
