//! Who holds a ticket, and until when.

use super::codes::open_for_work;
use super::{Act, Desk, Failure};
use crate::audit::Draft;
use crate::domain::{Role, Time};
use crate::store::desk::tickets::{self, Ticket};
use crate::words::Phrase;

/// A lease as it stands after an act.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Lease {
    /// The ticket's number.
    pub ticket: i64,
    /// Who holds it; `None` once given back.
    pub assignee: Option<String>,
    /// How long, unless prolonged.
    pub lease_until: Option<Time>,
}

/// Who holds a ticket at this moment, if anybody does.
pub fn holder(ticket: &Ticket, now: Time) -> Option<(&str, Time)> {
    let until = ticket.lease_until.filter(|until| *until > now)?;
    Some((ticket.assignee.as_deref()?, until))
}

impl Desk {
    /// Takes a ticket for as long as a lease lasts. One that somebody else holds is taken only with the
    /// reason for which it is stolen.
    pub fn take(&mut self, name: &str, steal: Option<&str>) -> Result<Lease, Failure> {
        self.require(&[Role::Agent, Role::Approver], "take tickets")?;
        let id = self.find(name)?;
        self.act(|act| {
            let ticket = act.ticket(id)?;
            open_for_work(&ticket)?;
            act.has_not_cleared(id)?;
            match (holder(&ticket, act.now), steal) {
                (Some((who, _)), Some(reason)) if who != act.actor => {
                    if reason.trim().is_empty() {
                        return Err(Failure::usage(Phrase::of("fail-steal-reason"))
                            .hint(Phrase::of("hint-steal-reason")));
                    }
                    act.log(
                        Draft::new("ticket.stolen", act.actor).commit(
                            "reason",
                            &ticket.salt,
                            reason.as_bytes(),
                        ),
                        Some(id),
                    )?;
                    act.lease(id)
                }
                _ => act.hold(&ticket),
            }
        })
    }

    /// Gives a ticket back to the queue.
    pub fn release(&mut self, name: &str) -> Result<Lease, Failure> {
        self.require(&[Role::Agent, Role::Approver], "give tickets back")?;
        let id = self.find(name)?;
        self.act(|act| {
            let ticket = act.ticket(id)?;
            if let Some((who, until)) = holder(&ticket, act.now).filter(|(who, _)| *who != act.actor) {
                return Err(held_by(&ticket, who, until));
            }
            tickets::set_lease(act.conn, id, None)?;
            act.log(Draft::new("ticket.released", act.actor), Some(id))?;
            Ok(Lease { ticket: id, assignee: None, lease_until: None })
        })
    }
}

pub(super) fn held_by(ticket: &Ticket, who: &str, until: Time) -> Failure {
    Failure::state(
        Phrase::of("fail-held-by").with("id", ticket.id).with("who", who).with("until", until.to_string()),
    )
    .hint(Phrase::of("hint-held-by").with("id", ticket.id))
}

impl Act<'_> {
    /// Makes sure that who acts holds the ticket: takes or prolongs the lease, or says who has it.
    pub(super) fn hold(&mut self, ticket: &Ticket) -> Result<Lease, Failure> {
        self.intact(ticket.id)?;
        self.has_not_cleared(ticket.id)?;
        match holder(ticket, self.now) {
            Some((who, until)) if who != self.actor => Err(held_by(ticket, who, until)),
            Some(_) => self.lease(ticket.id),
            None => {
                self.log(Draft::new("ticket.taken", self.actor), Some(ticket.id))?;
                self.lease(ticket.id)
            }
        }
    }

    pub(super) fn lease(&self, id: i64) -> Result<Lease, Failure> {
        let until = Time(self.now.0 + self.config.lease_minutes * 60);
        tickets::set_lease(self.conn, id, Some((self.actor, until)))?;
        Ok(Lease { ticket: id, assignee: Some(self.actor.to_owned()), lease_until: Some(until) })
    }
}
