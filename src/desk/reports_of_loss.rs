//! Lost-reports: a pending notice, confirmed by a second person, cleared by two and a proof.

use serde_json::Value;

use super::check::Judged;
use super::show::Privacy;
use super::{Act, Desk, Failure};
use crate::audit::Draft;
use crate::domain::{DeviceName, NoticeKind, NoticeStatus, Request, Role, State};
use crate::store::desk::notices::{self, DeskNotice};
use crate::store::desk::tickets;

impl Desk {
    /// The second person confirms the notice that a lost-report raised.
    pub fn confirm_notice(&mut self, name: &str) -> Result<Value, Failure> {
        self.require(&[Role::Approver], "confirm notices")?;
        let id = self.find(name)?;
        self.act(|act| act.confirm_notice(id))?;
        self.settle(|_| {})?;
        self.show(name, Privacy::Work)
    }

    /// Clears the notice of a lost-report: the first call asks, a second person's call clears. The reporter
    /// must have brought an accepted set of proofs.
    pub fn clear_notice(&mut self, name: &str) -> Result<Value, Failure> {
        self.require(&[Role::Agent, Role::Approver], "clear notices")?;
        let id = self.find(name)?;
        let approver = self.may(&[Role::Approver]);
        self.act(|act| act.clear_notice(id, approver))?;
        self.settle(|_| {})?;
        self.show(name, Privacy::Work)
    }
}

impl Act<'_> {
    /// The pending notice of a lost-report that was decided.
    pub(super) fn raise_notice(&mut self, judged: &Judged) -> Result<(), Failure> {
        let first = judged.facts.registry.leads.iter().find(|l| l.device.is_some());
        let name: DeviceName = match first {
            Some(lead) => lead.identifier.name.clone(),
            None => return Err(Failure::state("The registry knows no device that a notice could go on.")),
        };
        let lapses = self.now.plus_days(self.policy.thresholds.notice_lapse_days);
        self.notice(judged, &name, NoticeKind::Lost, Some(lapses))
    }

    fn open_notices(&self, id: i64) -> Result<Vec<DeskNotice>, Failure> {
        let open: Vec<DeskNotice> = notices::raised_by(self.conn, id)?
            .into_iter()
            .filter(|n| n.status != NoticeStatus::Cleared && n.lapses_at.is_none_or(|t| t > self.now))
            .collect();
        if open.is_empty() {
            return Err(Failure::state(format!("Ticket {id} has no open notice."))
                .hint(format!("A decided lost-report raises one: `latchkey decide {id} approve`.")));
        }
        Ok(open)
    }

    fn confirm_notice(&mut self, id: i64) -> Result<(), Failure> {
        let judged = self.recheck(id)?;
        if tickets::contributors(self.conn, id)?.iter().any(|a| a == self.actor) {
            return Err(Failure::refused(format!(
                "{} worked on ticket {id} and cannot confirm its notice.",
                self.actor
            )));
        }
        for notice in self.open_notices(id)? {
            if notice.raised_by == self.actor {
                return Err(Failure::refused(format!(
                    "{} raised this notice; a second person confirms it.",
                    self.actor
                )));
            }
            if notice.status == NoticeStatus::Pending {
                notices::confirm(self.conn, notice.id, self.actor)?;
            }
        }
        self.log(Draft::new("notice.confirmed", self.actor), Some(id))?;
        if judged.claim.request == Request::LostReport && judged.ticket.state == State::Decided {
            self.close_as(id, "confirmed")?;
        }
        self.disturb_device(&judged)
    }

    fn clear_notice(&mut self, id: i64, approver: bool) -> Result<(), Failure> {
        let judged = self.recheck_any(id)?;
        if judged.judgement.complete_sets.is_empty() {
            return Err(Failure::refused(
                "A notice is cleared only when the claimant has brought an accepted set of proofs.",
            )
            .hint(format!("`latchkey show {id}` lists what is missing.")));
        }
        for notice in self.open_notices(id)? {
            match &notice.clear_asked_by {
                None => {
                    notices::ask_clear(self.conn, notice.id, self.actor)?;
                    self.log(Draft::new("notice.clear_asked", self.actor), Some(id))?;
                }
                Some(first) if first == self.actor => {
                    return Err(Failure::refused("A second person clears what you asked to clear."));
                }
                Some(_) if !approver => {
                    return Err(Failure::refused("The second person who clears a notice is an approver."));
                }
                Some(_) => {
                    notices::clear(self.conn, notice.id, self.actor, self.now)?;
                    self.log(Draft::new("notice.cleared", self.actor), Some(id))?;
                }
            }
        }
        self.disturb_device(&judged)
    }

    /// Judges a ticket that may be closed, without keeping what is found.
    fn recheck_any(&mut self, id: i64) -> Result<Judged, Failure> {
        self.judge(id)
    }
}
