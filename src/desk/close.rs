//! Ending a ticket, opening it again, waiting for the customer.

use super::codes::open_for_work;
use super::{Act, Desk, Failure};
use crate::audit::{Draft, Info};
use crate::domain::{Role, State};
use crate::store::desk::tickets::Ticket;
use crate::store::desk::{acts, codes, tickets};
use crate::words::Phrase;

/// How a ticket may be ended by hand.
pub const CLOSED_AS: [&str; 4] = ["withdrawn", "refused", "guided", "duplicate"];

impl Desk {
    /// Closes a ticket, saying as what (one of [`CLOSED_AS`]).
    pub fn close(&mut self, name: &str, closed_as: &str) -> Result<(), Failure> {
        self.require(&[Role::Agent, Role::Approver], "close tickets")?;
        if !CLOSED_AS.contains(&closed_as) {
            return Err(Failure::usage(Phrase::of("fail-closed-as").with("names", CLOSED_AS.join(", "))));
        }
        let id = self.find(name)?;
        self.act(|act| {
            let ticket = act.ticket(id)?;
            open_for_work(&ticket)?;
            act.hold(&ticket)?;
            act.close_as(id, closed_as)
        })?;
        self.settle(|_| {})?;
        Ok(())
    }

    /// Opens a closed ticket again. Objections stay; decision, approvals and codes are gone.
    pub fn reopen(&mut self, name: &str) -> Result<(), Failure> {
        self.require(&[Role::Agent, Role::Approver], "reopen tickets")?;
        let id = self.find(name)?;
        self.act(|act| {
            let ticket = act.ticket(id)?;
            if ticket.state != State::Closed {
                return Err(Failure::state(
                    Phrase::of("fail-not-closed").with("id", id).with("state", ticket.state),
                ));
            }
            super::empty::not_emptied(&ticket)?;
            if let Some(into) = ticket.merged_into {
                return Err(Failure::state(Phrase::of("fail-merged").with("id", id).with("into", into))
                    .hint(Phrase::of("hint-merged").with("into", into)));
            }
            if ticket.closed_as.as_deref() == Some("redeemed") {
                return Err(Failure::state(Phrase::of("fail-redeemed").with("id", id))
                    .hint(Phrase::of("hint-redeemed")));
            }
            if let Some(decision) = acts::decision(act.conn, id)? {
                acts::cancel_decision(act.conn, decision.id, act.now, "the ticket was reopened")?;
            }
            codes::void_all(act.conn, id)?;
            act.move_to(id, State::Open, None)?;
            let mut draft = Draft::new("ticket.reopened", act.actor);
            if let Some(word) = &ticket.closed_as {
                draft = draft.info("as", Info::Text(word));
            }
            act.log(draft, Some(id))?;
            act.disturb(id)
        })?;
        self.settle(|_| {})?;
        Ok(())
    }

    /// The customer was asked; the ticket waits for the answer.
    pub fn wait(&mut self, name: &str) -> Result<(), Failure> {
        self.require(&[Role::Agent, Role::Approver], "set tickets waiting")?;
        let id = self.find(name)?;
        self.act(|act| {
            let ticket = act.ticket(id)?;
            open_for_work(&ticket)?;
            act.hold(&ticket)?;
            if !matches!(ticket.state, State::Open | State::Waiting | State::Held) {
                return Err(Failure::state(Phrase::of("fail-is").with("id", id).with("state", ticket.state)));
            }
            act.move_to(id, State::Waiting, None)?;
            let draft = Draft::new("ticket.waiting", act.actor);
            act.log(from(draft, &ticket), Some(id))
        })?;
        Ok(())
    }
}

impl Act<'_> {
    /// Closes a ticket; whoever shares something with it is judged again.
    pub(super) fn close_as(&mut self, id: i64, closed_as: &str) -> Result<(), Failure> {
        let ticket = self.ticket(id)?;
        tickets::close(self.conn, id, closed_as, None)?;
        let draft = Draft::new("ticket.closed", self.actor).info("as", Info::Text(closed_as));
        self.log(from(draft, &ticket), Some(id))?;
        self.disturb(id)
    }
}

/// Says where the ticket stood, so that it can be put back there.
fn from<'a>(draft: Draft<'a>, ticket: &'a Ticket) -> Draft<'a> {
    let draft = draft.info("from", Info::Text(ticket.state.as_str()));
    match ticket.held_until {
        Some(until) => draft.info("until", Info::Number(until.0)),
        None => draft,
    }
}
