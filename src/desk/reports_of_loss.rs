//! Lost-reports: a pending notice, confirmed by a second person, cleared by two and a proof.

use serde_json::Value;

use super::check::Judged;
use super::show::Privacy;
use super::{Act, Desk, Failure};
use crate::audit::{Draft, Info};
use crate::domain::{DeviceName, NoticeKind, NoticeStatus, Request, Role, State};
use crate::store::desk::notices::{self, DeskNotice};
use crate::words::Phrase;

impl Desk {
    /// The second person confirms the notice that a lost-report raised.
    pub fn confirm_notice(&mut self, name: &str) -> Result<Value, Failure> {
        self.require(&[Role::Approver], "confirm notices")?;
        let id = self.find(name)?;
        self.sign_and_act(|act, _| act.confirm_notice(id))?;
        self.settle(|_| {})?;
        self.show(name, Privacy::Work)
    }

    /// Clears the notice of a lost-report: the first call asks, a second person's call clears. The reporter
    /// must have brought an accepted set of proofs.
    pub fn clear_notice(&mut self, name: &str) -> Result<Value, Failure> {
        self.require(&[Role::Agent, Role::Approver], "clear notices")?;
        let id = self.find(name)?;
        let approver = self.may(&[Role::Approver]);
        self.sign_and_act(|act, _| act.clear_notice(id, approver))?;
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
            None => return Err(Failure::state(Phrase::of("fail-no-device"))),
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
            return Err(Failure::state(Phrase::of("fail-no-notice").with("id", id))
                .hint(Phrase::of("hint-no-notice").with("id", id)));
        }
        Ok(open)
    }

    fn confirm_notice(&mut self, id: i64) -> Result<(), Failure> {
        self.intact(id)?;
        let judged = self.recheck(id)?;
        if self.touched(id)?.iter().any(|a| a == self.actor) {
            return Err(Failure::refused(
                Phrase::of("fail-notice-own").with("who", self.actor).with("id", id),
            ));
        }
        for notice in self.open_notices(id)? {
            if notice.raised_by == self.actor {
                return Err(Failure::refused(Phrase::of("fail-notice-raised").with("who", self.actor)));
            }
            if notice.status == NoticeStatus::Pending {
                notices::confirm(self.conn, notice.id, self.actor)?;
            }
        }
        self.log(Draft::new("notice.confirmed", self.actor), Some(id))?;
        if let Some(device) = &judged.facts.registry.device {
            self.revoke_on_device(device.id, "the device was confirmed as lost")?;
        }
        if judged.claim.request == Request::LostReport && judged.ticket.state == State::Decided {
            self.close_as(id, "confirmed")?;
        }
        self.disturb_device(&judged)
    }

    fn clear_notice(&mut self, id: i64, approver: bool) -> Result<(), Failure> {
        self.intact(id)?;
        self.watch_lists();
        let judged = self.recheck_any(id)?;
        self.lists_hold()?;
        if judged.judgement.complete_sets.is_empty() {
            return Err(Failure::refused(Phrase::of("fail-notice-proofs"))
                .hint(Phrase::of("hint-missing").with("id", id)));
        }
        for notice in self.open_notices(id)? {
            match &notice.clear_asked_by {
                None => {
                    notices::ask_clear(self.conn, notice.id, self.actor)?;
                    let draft = Draft::new("notice.clear_asked", self.actor);
                    self.log(draft.info("notice", Info::Number(notice.id)), Some(id))?;
                }
                Some(first) if first == self.actor => {
                    return Err(Failure::refused(Phrase::of("fail-clear-second")));
                }
                Some(_) if !approver => {
                    return Err(Failure::refused(Phrase::of("fail-clear-approver")));
                }
                // That the first did ask is known by now: rows are as the signed lines have them.
                Some(_) => {
                    notices::clear(self.conn, notice.id, self.actor, self.now)?;
                    let draft = Draft::new("notice.cleared", self.actor);
                    self.log(draft.info("notice", Info::Number(notice.id)), Some(id))?;
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
