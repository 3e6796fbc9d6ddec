//! Who had a hand in a case, and so approves nothing of it: by the rows, and by the log, from which nobody takes
//! themselves out unseen.

use super::keysets::Fault;
use super::rows::FIRST;
use super::signed::Leaf;
use super::{Act, Desk, Failure};
use crate::store::desk::{journal, leaves, tickets};
use crate::words::Phrase;

/// Acts that are a hand in the case.
const HAND: [&str; 7] = [
    "case.updated",
    "decision.made",
    "evidence.added",
    "evidence.removed",
    "offer.confirmed",
    "request.changed",
    "ticket.merged",
];

impl Act<'_> {
    /// Everybody who added or took away evidence, changed the claim, or decided, each by their signature.
    pub(super) fn touched(&self, ticket: i64) -> Result<Vec<String>, Failure> {
        let mut who = tickets::contributors(self.conn, ticket)?;
        let history = self.history()?;
        for (seq, line) in leaves::of_ticket(self.conn, ticket)? {
            let Some(leaf) = Leaf::read(&line) else { continue };
            // The way back from a case to the end of its file is long: `audit verify` goes it.
            if leaf.takes_a_key() && leaf.act != FIRST && !self.is_signed(&history, seq, &line)? {
                // Written in somebody's name by somebody else, who may be asking right now.
                let words = Phrase::of("chain-statement").with("leaf", seq.to_string());
                return Err(Failure::verification(words).hint(Phrase::of("hint-tampered")));
            }
            if HAND.contains(&leaf.act.as_str()) && !who.contains(&leaf.actor) {
                who.push(leaf.actor);
            }
        }
        Ok(who)
    }
}

/// Acts by which one comes to hold a ticket.
const TAKE: [&str; 3] = ["act.undone", "ticket.stolen", "ticket.taken"];

impl Desk {
    /// Compares who holds tickets now with who took them.
    pub(super) fn leases_fit(&self) -> Option<Fault> {
        let untold = |e: Failure| Some((None, e.what));
        let held = match tickets::leased(self.db(), self.now()) {
            Ok(held) => held,
            Err(e) => return untold(e.into()),
        };
        for (ticket, who) in held {
            let lines = match journal::of_ticket(self.db(), ticket) {
                Ok(lines) => lines,
                Err(e) => return untold(e.into()),
            };
            let took = |line: &String| {
                Leaf::read(line).is_some_and(|leaf| leaf.actor == who && TAKE.contains(&leaf.act.as_str()))
            };
            if !lines.iter().any(took) {
                let words = Phrase::of("chain-lease").with("who", who).with("ticket", ticket.to_string());
                return Some((None, words));
            }
        }
        None
    }
}
