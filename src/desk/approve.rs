//! The second person: a yes to exactly this, the owner's no, and clearings.

use serde_json::Value;

use super::check::Judged;
use super::decide::{grant_of, sha};
use super::digest::Fixed;
use super::show::Privacy;
use super::{Act, Desk, Failure};
use crate::audit::{Draft, Info};
use crate::authority::{AgentKey, ApprovalClaims, Approve, Authored as _, DecisionClaims, StatementClaims};
use crate::domain::{DeviceKey, DeviceName, NoticeKind, Outcome, Proof, Recommendation, Role, State};
use crate::judgement::{Check, box_was_read};
use crate::store::desk::acts::{self, Approval, Decision};
use crate::store::desk::notices::{self, Clearing};
use crate::store::desk::{standing, tickets};
use crate::words::Phrase;

/// Checks that an approver may clear between two tickets.
const CLEARABLE: [Check; 4] =
    [Check::ReceiptUnique, Check::BoxUnique, Check::ClaimantRate, Check::TicketRival];

/// What a look at a standing decision led to.
pub(super) enum Standing {
    Holds(Box<(Judged, DecisionClaims)>),
    /// It fell; the reason.
    Fell(Phrase),
}

impl Desk {
    /// The second person's yes. `saw_number`: the approver read the device's number in the picture of the box.
    pub fn approve(&mut self, name: &str, saw_number: bool) -> Result<Value, Failure> {
        self.require(&[Role::Approver], "approve")?;
        let id = self.find(name)?;
        let fell = self.sign_and_act(|act, key| {
            // Before it falls by lists that are only away.
            act.lists_are_there()?;
            act.approve(id, saw_number, key)
        })?;
        self.settle(|_| {})?;
        match fell {
            None => self.show(name, Privacy::Work),
            Some(why) => Err(fallen(id, &why)),
        }
    }

    /// An approver who read both tickets clears one failing check against one other ticket.
    pub fn clear(&mut self, name: &str, check: Check, other: &str, reason: &str) -> Result<Value, Failure> {
        self.require(&[Role::Approver], "clear checks")?;
        let (id, other) = (self.find(name)?, self.find(other)?);
        self.sign_and_act(|act, key| act.clear(id, check, other, reason.trim(), key))?;
        self.settle(|_| {})?;
        self.show(name, Privacy::Work)
    }
}

/// The failure that tells of a decision that fell.
pub(super) fn fallen(id: i64, why: &Phrase) -> Failure {
    Failure::state(Phrase::of("fail-fell").with("id", id).with("why", why.clone()))
        .hint(Phrase::of("hint-fell").with("id", id))
}

impl Act<'_> {
    /// Looks again at a decision before anybody builds on it: its signature, the evidence, the findings. One
    /// that no longer holds is cancelled.
    pub(super) fn stand(&mut self, decision: &Decision) -> Result<Standing, Failure> {
        let claims = self.signed_decision(decision)?;
        self.clearings_hold(decision.ticket)?;
        self.watch_lists();
        let judged = self.recheck(decision.ticket)?;
        let judged = self.by_others(judged)?;
        self.lists_hold()?;
        let fixed = Fixed::of(&judged);
        let now = judged.judgement.recommendation;
        let why = if fixed.both(&claims.fnd) != claims.evd {
            Some(Phrase::of("fell-evidence"))
        } else if now.strictness() > allowed(&claims, decision) {
            Some(
                Phrase::of("fell-checks")
                    .with("word", now)
                    .with("names", judged.judgement.because.join(", ")),
            )
        } else {
            None
        };
        match why {
            None => Ok(Standing::Holds(Box::new((judged, claims)))),
            Some(why) => {
                self.cancel(decision, &why.to_string())?;
                Ok(Standing::Fell(why))
            }
        }
    }

    /// The signed text of a decision, which must say what its row says.
    pub(super) fn signed_decision(&self, decision: &Decision) -> Result<DecisionClaims, Failure> {
        let tampered = |why: Phrase| {
            Failure::refused(Phrase::of("fail-tampered").with("id", decision.ticket).with("why", why))
                .hint(Phrase::of("hint-tampered"))
        };
        let (claims, _) =
            DecisionClaims::open(&decision.jws, self.keyset).map_err(|e| tampered(e.phrase()))?;
        let row = (
            claims.by.as_str(),
            claims.ticket,
            claims.decision.as_str(),
            claims.jti.as_str(),
            claims.overrides,
            claims.iat,
        );
        let stored = (
            decision.by.as_str(),
            u64::try_from(decision.ticket).unwrap_or(0),
            decision.word.as_str(),
            decision.jti.as_str(),
            decision.overrides,
            decision.at.0,
        );
        if row != stored || claims.iss != self.desk_id {
            return Err(tampered(Phrase::of("fail-tampered-row")));
        }
        Ok(claims)
    }

    fn approve(&mut self, id: i64, saw_number: bool, key: &AgentKey) -> Result<Option<Phrase>, Failure> {
        let ticket = self.ticket(id)?;
        let decision = acts::decision(self.conn, id)?.filter(|d| d.cancelled_at.is_none());
        let Some(decision) =
            decision.filter(|d| ticket.state == State::Decided && d.word == Recommendation::ApproveSecond)
        else {
            return Err(Failure::state(
                Phrase::of("fail-waits-not").with("id", id).with("state", ticket.state),
            ));
        };
        if decision.by == self.actor || self.touched(id)?.iter().any(|a| a == self.actor) {
            return Err(Failure::refused(Phrase::of("fail-own-work").with("id", id).with("who", self.actor))
                .hint(Phrase::of("hint-own-work")));
        }
        let (judged, claims) = match self.stand(&decision)? {
            Standing::Fell(why) => return Ok(Some(why)),
            Standing::Holds(standing) => *standing,
        };
        self.intact(id)?;
        if rests_on_box(&judged) && !saw_number {
            return Err(Failure::refused(Phrase::of("fail-saw-box")).hint(Phrase::of("hint-saw-box")));
        }
        let (op, sub) = grant_of(&judged)?;
        let op = op.ok_or_else(|| Failure::state(Phrase::of("fail-no-grant")))?;
        let approval = ApprovalClaims {
            iss: self.desk_id.to_owned(),
            jti: claims.jti,
            op,
            sub,
            evd: claims.evd,
            by: self.actor.to_owned(),
            iat: self.now.0,
            decision: Approve::Approve,
        };
        let jws = approval.sign(key).map_err(|e| Failure::internal(e.phrase()))?;
        acts::add_approval(
            self.conn,
            &Approval {
                decision: decision.id,
                ticket: id,
                by: self.actor.to_owned(),
                at: self.now,
                jws: jws.clone(),
            },
        )?;
        self.move_to(id, State::Approved, self.cooldown_end(&decision))?;
        let draft = Draft::new("decision.approved", self.actor)
            .digest("approval", &sha(&jws))
            .digest("decision", &sha(&decision.jws));
        self.log(draft, Some(id))?;
        Ok(None)
    }

    /// Raises a pending notice on a device and lets every ticket on it be judged again.
    pub(super) fn notice(
        &mut self,
        judged: &Judged,
        name: &DeviceName,
        kind: NoticeKind,
        lapses_at: Option<crate::domain::Time>,
    ) -> Result<(), Failure> {
        let key: DeviceKey = name.key();
        let id = judged.ticket.id;
        let number =
            notices::raise(self.conn, id, key.0, &name.to_string(), kind, self.now, lapses_at, self.actor)?;
        let mut draft = Draft::new("notice.raised", self.actor)
            .commit("notice", &judged.ticket.salt, &standing::notice_is(key.0))
            .info("kind", Info::Text(kind.as_str()))
            .info("notice", Info::Number(number));
        if let Some(lapses) = lapses_at {
            draft = draft.info("lapses", Info::Number(lapses.0));
        }
        self.log(draft, Some(id))?;
        self.disturb_device(judged)
    }

    /// Every open ticket on the device of a case is judged again.
    pub(super) fn disturb_device(&self, judged: &Judged) -> Result<(), Failure> {
        if let Some(device) = &judged.facts.registry.device {
            for ticket in notices::tickets_on(self.conn, device.id)? {
                tickets::mark_stale(&self.statements, ticket)?;
            }
        }
        Ok(())
    }

    fn clear(
        &mut self,
        id: i64,
        check: Check,
        other: i64,
        reason: &str,
        key: &AgentKey,
    ) -> Result<(), Failure> {
        if !CLEARABLE.contains(&check) {
            let words: Vec<&str> = CLEARABLE.iter().map(|c| c.as_str()).collect();
            return Err(Failure::usage(Phrase::of("fail-not-clearable").with("check", check.as_str()))
                .hint(Phrase::of("hint-clearable").with("names", words.join(", "))));
        }
        self.intact(id)?;
        if reason.is_empty() {
            return Err(Failure::usage(Phrase::of("fail-clear-reason")));
        }
        for ticket in [id, other] {
            if self.touched(ticket)?.iter().any(|a| a == self.actor) {
                return Err(Failure::refused(
                    Phrase::of("fail-clear-own").with("who", self.actor).with("id", ticket),
                ));
            }
        }
        let judged = self.recheck(id)?;
        let names_other = judged
            .judgement
            .finding(check)
            .is_some_and(|f| f.outcome == Outcome::Fail && f.tickets.contains(&other));
        // What somebody cleared who has a hand in it is as good as not cleared.
        let mut idle = notices::clearings_of(self.conn, id)?;
        idle.retain(|c| (c.ticket, c.other) == (id, other) && c.check == check.as_str());
        let idle = idle.first().map(|c| self.cleared_by_a_hand(c)).transpose()?.unwrap_or(false);
        if !names_other && !idle {
            return Err(Failure::state(
                Phrase::of("fail-clear-against")
                    .with("check", check.as_str())
                    .with("id", id)
                    .with("other", other),
            )
            .hint(Phrase::of("hint-clear-against").with("id", id)));
        }
        let statement = StatementClaims {
            iss: self.desk_id.to_owned(),
            by: self.actor.to_owned(),
            act: "check.cleared".to_owned(),
            ticket: u64::try_from(id).ok(),
            sub: Some(format!("ticket:{other}")),
            facts: [
                ("check".to_owned(), check.to_string()),
                ("reason".to_owned(), super::digest::sum(reason.as_bytes())),
            ]
            .into_iter()
            .collect(),
            iat: self.now.0,
        };
        let jws = statement.sign(key).map_err(|e| Failure::internal(e.phrase()))?;
        notices::add_clearing(
            self.conn,
            &Clearing {
                ticket: id,
                other,
                check: check.as_str(),
                by: self.actor,
                at: self.now,
                reason,
                jws: &jws,
            },
        )?;
        let draft = Draft::new("check.cleared", self.actor)
            .digest("statement", &sha(&jws))
            .info("check", Info::Text(check.as_str()))
            .info("other", Info::Number(other));
        self.log(draft, Some(id))?;
        for ticket in [id, other] {
            tickets::mark_stale(&self.statements, ticket)?;
        }
        Ok(())
    }
}

/// The strictest recommendation under which a decision still stands.
fn allowed(claims: &DecisionClaims, decision: &Decision) -> u8 {
    if claims.overrides {
        return claims.recommendation.parse::<Recommendation>().map_or(0, Recommendation::strictness);
    }
    decision.word.strictness()
}

/// Whether every accepted set that is complete has the box in it.
fn rests_on_box(judged: &Judged) -> bool {
    judged.judgement.proofs.contains(&Proof::Box)
        && judged.judgement.rests_on(Proof::Box)
        && !box_was_read(&judged.claim, &judged.facts)
}
