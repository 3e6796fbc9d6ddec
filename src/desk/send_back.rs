//! The second person's no: a decision goes back to who made it, with the reason.

use serde_json::Value;

use super::show::Privacy;
use super::{Act, Desk, Failure};
use crate::audit::Draft;
use crate::domain::{Role, State};
use crate::store::desk::{acts, case_files};
use crate::words::Phrase;

impl Desk {
    /// Sends a decision back: it falls, the ticket is open again, and the reason stands among its notes.
    ///
    /// # Errors
    /// Who acts is no approver, no decision stands, or the reason is empty.
    pub fn send_back(&mut self, name: &str, reason: &str) -> Result<Value, Failure> {
        self.require(&[Role::Approver], "send decisions back")?;
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(Failure::usage(Phrase::of("fail-back-reason")).hint(Phrase::of("hint-reason")));
        }
        let id = self.find(name)?;
        self.act(|act| act.send_back(id, reason))?;
        self.settle(|_| {})?;
        self.show(name, Privacy::Work)
    }
}

impl Act<'_> {
    fn send_back(&mut self, id: i64, reason: &str) -> Result<(), Failure> {
        let ticket = self.ticket(id)?;
        let standing = acts::decision(self.conn, id)?.filter(|d| d.cancelled_at.is_none());
        let Some(decision) = standing.filter(|_| matches!(ticket.state, State::Decided | State::Approved))
        else {
            return Err(Failure::state(
                Phrase::of("fail-back-none").with("id", id).with("state", ticket.state),
            ));
        };
        if decision.by == self.actor {
            return Err(Failure::refused(Phrase::of("fail-back-own").with("who", self.actor).with("id", id))
                .hint(Phrase::of("hint-back-own")));
        }
        let draft =
            Draft::new("decision.sent_back", self.actor).commit("reason", &ticket.salt, reason.as_bytes());
        self.log(draft, Some(id))?;
        self.cancel(&decision, "the approver sent it back")?;
        case_files::add_note(self.conn, id, self.now, self.actor, reason)?;
        self.disturb(id)
    }
}
