//! What has changed on a ticket since it was decided: what the second person must look at again.

use std::collections::BTreeMap;

use serde_json::Value;

use super::ticket::Event;
use crate::desk::screen::Screen;
use crate::domain::Outcome;
use crate::judgement::Check;
use crate::words::Phrase;

/// A change since the decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A check came out otherwise then.
    Check { check: Check, was: Outcome, is: Outcome },
    /// Somebody did something.
    Event(Event),
}

/// What changed since the decision that stands.
pub(super) fn since(screen: &Screen, events: &[Event]) -> Vec<Change> {
    let Some(decision) = screen.decision.as_ref().filter(|d| d.cancelled_at.is_none()) else {
        return Vec::new();
    };
    let then: Vec<Value> = serde_json::from_str(&decision.snapshot).unwrap_or_default();
    let word = |finding: &Value, key: &str| finding.get(key).and_then(Value::as_str).map(str::to_owned);
    let then: BTreeMap<Check, Outcome> = then
        .iter()
        .filter_map(|f| Some((word(f, "check")?.parse().ok()?, word(f, "outcome")?.parse().ok()?)))
        .collect();
    let mut changes: Vec<Change> = screen
        .judged
        .judgement
        .findings
        .iter()
        .filter_map(|f| {
            let was = then.get(&f.check).copied()?;
            (was != f.outcome).then_some(Change::Check { check: f.check, was, is: f.outcome })
        })
        .collect();
    let is = |e: &Event, begins: &str| matches!(&e.what, Phrase::Said(id, _) if id.starts_with(begins));
    let decided = events.iter().rposition(|e| is(e, "ticket-ev-decided")).map_or(events.len(), |n| n + 1);
    // The owner notice belongs to the decision itself.
    let later = events.iter().skip(decided).filter(|e| !is(e, "ticket-ev-owner-told")).cloned();
    changes.extend(later.map(Change::Event));
    changes
}
