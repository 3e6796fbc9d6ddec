//! Who had a hand in a case, and so approves nothing of it: by the rows, and by the log, from which nobody takes
//! themselves out unseen.

use super::keysets::Fault;
use super::signed::Leaf;
use super::{Act, Desk, Failure};
use crate::store::Db;
use crate::store::desk::notices::Cleared;
use crate::store::desk::{journal, leaves, notices, tickets};
use crate::words::Phrase;

impl Act<'_> {
    /// Everybody who added or took away evidence, changed the claim, or decided, each by their signature.
    pub(super) fn touched(&self, ticket: i64) -> Result<Vec<String>, Failure> {
        self.found_whole(ticket)?;
        let mut who = tickets::contributors(self.conn, ticket)?;
        for (seq, line) in leaves::of_ticket(self.conn, ticket)? {
            let Some(leaf) = Leaf::read(&line) else { continue };
            self.must_be_signed(seq, &line)?;
            if leaf.makes_a_hand() && !who.contains(&leaf.actor) {
                who.push(leaf.actor);
            }
        }
        Ok(who)
    }
}

impl Act<'_> {
    /// Refuses to build on a clearing that no approver signed, or one who has a hand in either case.
    pub(super) fn clearings_hold(&self, ticket: i64) -> Result<(), Failure> {
        for cleared in notices::clearings_of(self.conn, ticket)? {
            if !self.was_cleared(&cleared)? {
                let words = Phrase::of("chain-clearing")
                    .with("check", cleared.check)
                    .with("ticket", cleared.ticket.to_string());
                return Err(Failure::verification(words).hint(Phrase::of("hint-tampered")));
            }
            if self.cleared_by_a_hand(&cleared)? {
                let words = Phrase::of("fail-cleared-by-hand")
                    .with("who", cleared.by)
                    .with("check", cleared.check.as_str())
                    .with("id", cleared.ticket);
                let again = Phrase::of("hint-clear-again")
                    .with("id", cleared.ticket)
                    .with("check", cleared.check)
                    .with("other", cleared.other);
                return Err(Failure::refused(words).hint(again));
            }
        }
        Ok(())
    }

    fn was_cleared(&self, cleared: &Cleared) -> Result<bool, Failure> {
        self.found_whole(cleared.ticket)?;
        for (seq, line) in leaves::of_ticket(self.conn, cleared.ticket)? {
            let this = Leaf::read(&line).is_some_and(|leaf| cleared.is_told_by(&leaf));
            if this && self.is_signed(seq, &line)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether who cleared a check has a hand in either case, be it before or after: two people look, or it does not count.
    pub(super) fn cleared_by_a_hand(&self, cleared: &Cleared) -> Result<bool, Failure> {
        for ticket in [cleared.ticket, cleared.other] {
            if self.touched(ticket)?.contains(&cleared.by) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Refuses to let the approver who cleared a check of a case, or of another against it, work on it.
    pub(super) fn has_not_cleared(&self, ticket: i64) -> Result<(), Failure> {
        let cleared = notices::clearings_of(self.conn, ticket)?;
        match cleared.into_iter().find(|cleared| cleared.by == self.actor) {
            Some(cleared) => Err(Failure::refused(
                Phrase::of("fail-has-cleared")
                    .with("who", self.actor)
                    .with("check", cleared.check)
                    .with("id", cleared.ticket),
            )
            .hint(Phrase::of("hint-has-cleared"))),
            None => Ok(()),
        }
    }
}

/// Whether somebody had a hand in a case before a leaf.
fn had_a_hand(conn: &Db, ticket: i64, who: &str, before: u64) -> Result<bool, Failure> {
    let lines = leaves::of_ticket(conn, ticket)?;
    let mut hands = lines.iter().filter(|(seq, _)| *seq < before).filter_map(|(_, line)| Leaf::read(line));
    Ok(hands.any(|leaf| leaf.actor == who && leaf.makes_a_hand()))
}

impl Desk {
    /// Whether a clearing stands in the log as its row says, by one who had had no hand in either case: who had is refused
    /// when clearing. That its leaf is signed is asked of all leaves together.
    pub(super) fn clearing_logged(&self, cleared: &Cleared) -> Result<bool, Failure> {
        for (seq, line) in leaves::of_ticket(self.db(), cleared.ticket)? {
            let Some(leaf) = Leaf::read(&line).filter(|leaf| cleared.is_told_by(leaf)) else { continue };
            if !had_a_hand(self.db(), cleared.ticket, &leaf.actor, seq)?
                && !had_a_hand(self.db(), cleared.other, &leaf.actor, seq)?
            {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl Cleared {
    /// Whether a leaf of its ticket tells of it.
    fn is_told_by(&self, leaf: &Leaf) -> bool {
        leaf.act == "check.cleared"
            && leaf.text("check") == Some(&self.check)
            && leaf.number("other") == Some(self.other)
            && leaf.actor == self.by
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
