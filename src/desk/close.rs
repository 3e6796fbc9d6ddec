//! Ending a ticket, opening it again, waiting for the customer, joining twins.

use super::codes::open_for_work;
use super::{Act, Desk, Failure};
use crate::audit::{Draft, Info};
use crate::domain::{Role, State};
use crate::judgement::Check;
use crate::store::desk::{acts, case_files, codes, evidence, tickets};

/// How a ticket may be ended by hand.
pub const CLOSED_AS: [&str; 4] = ["withdrawn", "refused", "guided", "duplicate"];

impl Desk {
    /// Closes a ticket, saying as what (one of [`CLOSED_AS`]).
    pub fn close(&mut self, name: &str, closed_as: &str) -> Result<(), Failure> {
        self.require(&[Role::Agent, Role::Approver], "close tickets")?;
        if !CLOSED_AS.contains(&closed_as) {
            return Err(Failure::usage(format!("A ticket is closed as {}.", CLOSED_AS.join(", "))));
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
                return Err(Failure::state(format!(
                    "Ticket {id} is {} and need not be reopened.",
                    ticket.state
                )));
            }
            if let Some(into) = ticket.merged_into {
                return Err(Failure::state(format!("Ticket {id} was merged into ticket {into}."))
                    .hint(format!("Work on ticket {into}.")));
            }
            if ticket.closed_as.as_deref() == Some("redeemed") {
                return Err(Failure::state(format!(
                    "The authorization of ticket {id} was used; it cannot be undone."
                ))
                .hint("A new request is a new ticket."));
            }
            if let Some(decision) = acts::decision(act.conn, id)? {
                acts::cancel_decision(act.conn, decision.id, act.now, "the ticket was reopened")?;
            }
            codes::void_all(act.conn, id)?;
            act.move_to(id, State::Open, None)?;
            act.log(Draft::new("ticket.reopened", act.actor), Some(id))?;
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
                return Err(Failure::state(format!("Ticket {id} is {}.", ticket.state)));
            }
            act.move_to(id, State::Waiting, None)?;
            act.log(Draft::new("ticket.waiting", act.actor), Some(id))
        })?;
        Ok(())
    }

    /// Joins twins: what `from` holds moves to `into`, and `from` is closed.
    pub fn merge(&mut self, into: &str, from: &str) -> Result<(), Failure> {
        self.require(&[Role::Agent, Role::Approver], "merge tickets")?;
        let (into, from) = (self.find(into)?, self.find(from)?);
        self.act(|act| act.merge(into, from))?;
        self.settle(|_| {})?;
        Ok(())
    }
}

impl Act<'_> {
    /// Closes a ticket; whoever shares something with it is judged again.
    pub(super) fn close_as(&mut self, id: i64, closed_as: &str) -> Result<(), Failure> {
        tickets::close(self.conn, id, closed_as, None)?;
        self.log(Draft::new("ticket.closed", self.actor).info("as", Info::Text(closed_as)), Some(id))?;
        self.disturb(id)
    }

    fn merge(&mut self, into: i64, from: i64) -> Result<(), Failure> {
        if into == from {
            return Err(Failure::usage("A ticket cannot be merged with itself."));
        }
        let judged = self.recheck(into)?;
        let other = self.ticket(from)?;
        let twins = judged.judgement.finding(Check::TicketTwin).is_some_and(|f| f.tickets.contains(&from));
        if !twins {
            return Err(Failure::refused(format!("Tickets {into} and {from} are not twins."))
                .hint("Only open tickets of one claimant on one device or account are merged."));
        }
        for ticket in [&judged.ticket, &other] {
            self.hold(ticket)?;
            if !matches!(ticket.state, State::Open | State::Waiting | State::Held) {
                return Err(Failure::state(format!(
                    "Ticket {} is {}; merge before deciding.",
                    ticket.id, ticket.state
                )));
            }
        }
        let mut given = other.given.clone();
        given.extend(judged.ticket.given.clone());
        let text = serde_json::to_string(&given).map_err(|e| Failure::internal(e.to_string()))?;
        self.disturb(from)?;
        evidence::move_all(self.conn, from, into)?;
        case_files::move_notes(self.conn, from, into)?;
        for agent in tickets::contributors(self.conn, from)? {
            tickets::add_contributor(self.conn, into, &agent)?;
        }
        tickets::add_contributor(self.conn, into, self.actor)?;
        tickets::set_given(self.conn, into, &text, judged.ticket.due_at.min(other.due_at))?;
        tickets::close(self.conn, from, "merged", Some(into))?;
        let link = |n: i64| Info::Number(n);
        self.log(Draft::new("ticket.merged", self.actor).info("from", link(from)), Some(into))?;
        self.log(Draft::new("ticket.merged", self.actor).info("into", link(into)), Some(from))?;
        self.recheck(into)?;
        Ok(())
    }
}
