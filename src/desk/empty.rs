//! A ticket is emptied, because a person is erased or its time is over: what must not stand in the way, and the leaf.

use super::{Act, Failure};
use crate::audit::{Draft, Info};
use crate::domain::State;
use crate::store::desk::empty::{self, Bar, Gone};
use crate::store::desk::links;
use crate::store::desk::tickets::{self, Ticket};
use crate::words::Phrase;

/// The leaf of an emptied ticket: `audit verify` asks for none of its signed texts any more.
pub(super) const EMPTIED: &str = "ticket.emptied";

impl Ticket {
    /// Whether what it said of people is gone.
    pub fn is_emptied(&self) -> bool {
        self.salt == empty::NO_SALT
    }
}

/// Refuses what would write words into a ticket again that was emptied.
pub(super) fn not_emptied(ticket: &Ticket) -> Result<(), Failure> {
    if ticket.is_emptied() {
        return Err(
            Failure::state(Phrase::of("fail-emptied").with("id", ticket.id)).hint(Phrase::of("hint-emptied"))
        );
    }
    Ok(())
}

impl Act<'_> {
    /// Why a ticket cannot be emptied now. `with`: tickets that go together with it.
    pub(super) fn bars(&self, ticket: &Ticket, with: &[i64]) -> Result<Vec<Bar>, Failure> {
        let mut bars = empty::bars(self.conn, ticket.id, ticket.state, self.now)?;
        let mut others = Vec::new();
        for link in empty::judged_by(&ticket.links) {
            others.extend(links::sharing(&self.statements, *link, ticket.id)?);
        }
        others.sort_unstable();
        others.dedup();
        for other in others.into_iter().filter(|other| !with.contains(other)) {
            if tickets::get(&self.statements, other)?.is_some_and(|t| t.state != State::Closed) {
                bars.push(Bar::Judged(other));
            }
        }
        Ok(bars)
    }

    /// Empties a ticket nothing stands in the way of. `why`: `erased` or `retention`.
    pub(super) fn empty(&mut self, ticket: &Ticket, why: &'static str) -> Result<Gone, Failure> {
        let gone = empty::empty(&self.statements, ticket)?;
        self.log(Draft::new(EMPTIED, self.actor).info("why", Info::Text(why)), Some(ticket.id))?;
        Ok(gone)
    }
}
