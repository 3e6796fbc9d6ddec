//! The agent's decision: signed, never easier than the policy.

use serde_json::Value;

use super::check::Judged;
use super::codes::open_for_work;
use super::digest::{Fixed, sum};
use super::show::Privacy;
use super::{Act, Desk, Failure};
use crate::audit::{Draft, Info};
use crate::authority::{AgentKey, Authored as _, DecisionClaims, new_jti};
use crate::domain::{Op, Outcome, Recommendation, Request, Role, State, Time};
use crate::judgement::Check;
use crate::store::desk::acts::{self, Decision};
use crate::store::desk::tickets;
use crate::words::{Part, Phrase};

/// How much a word hands over: less is more.
pub(super) const fn level(word: Recommendation) -> u8 {
    match word {
        Recommendation::Approve => 0,
        Recommendation::ApproveSecond => 1,
        Recommendation::Guide => 2,
        _ => 3,
    }
}

impl Desk {
    /// Decides a ticket. A decision that hands over more than the recommendation is an override: a reason and
    /// a second person.
    pub fn decide(
        &mut self,
        name: &str,
        word: Recommendation,
        reason: Option<&str>,
        overrides: bool,
    ) -> Result<Value, Failure> {
        self.require(&[Role::Agent, Role::Approver], "decide")?;
        let id = self.find(name)?;
        let reason = reason.map(str::trim).filter(|r| !r.is_empty());
        self.sign_and_act(|act, key| act.decide(id, word, reason, overrides, key))?;
        self.settle(|_| {})?;
        self.show(name, Privacy::Work)
    }
}

impl Act<'_> {
    fn decide(
        &mut self,
        id: i64,
        word: Recommendation,
        reason: Option<&str>,
        overrides: bool,
        key: &AgentKey,
    ) -> Result<(), Failure> {
        if word.grants() {
            self.watch_lists();
        }
        let mut judged = self.recheck(id)?;
        open_for_work(&judged.ticket)?;
        self.hold(&judged.ticket)?;
        // A report of loss protects: it waits for nothing.
        let ends = word.grants() || matches!(word, Recommendation::Refuse | Recommendation::Guide);
        if ends && judged.claim.request != Request::LostReport {
            self.lists_are_there()?;
        }
        if word.grants() {
            judged = self.by_others(judged)?;
        }
        let weaker = weigh(&judged, word, reason, overrides)?;
        if word.grants() {
            self.lists_hold()?;
        }
        if let Some(old) = acts::decision(self.conn, id)?.filter(|d| d.cancelled_at.is_none()) {
            self.cancel(&old, "it was decided again")?;
        }
        // An override is never one agent's alone.
        let word =
            if weaker && word == Recommendation::Approve { Recommendation::ApproveSecond } else { word };
        let two = word == Recommendation::ApproveSecond;
        let (op, sub) = if word.grants() { grant_of(&judged)? } else { (None, format!("ticket:{id}")) };
        let told = if two && op.is_some() { Some(self.owner_contacts(&judged)?) } else { None };
        let fixed = Fixed::of(&judged);
        let claims = DecisionClaims {
            iss: self.desk_id.to_owned(),
            by: self.actor.to_owned(),
            ticket: u64::try_from(id).unwrap_or(0),
            recommendation: judged.judgement.recommendation.to_string(),
            decision: word.to_string(),
            overrides: weaker,
            reason: reason.map(|r| sum(r.as_bytes())),
            jti: new_jti().map_err(|e| Failure::internal(e.phrase()))?,
            op,
            sub,
            evd: fixed.both(&fixed.findings),
            fnd: fixed.findings.clone(),
            pol: self.policy.digest.clone(),
            iat: self.now.0,
        };
        let jws = claims.sign(key).map_err(|e| Failure::internal(e.phrase()))?;
        let snapshot = serde_json::to_string(&judged.judgement.findings).map_err(Failure::fault)?;
        let mut decision = Decision {
            id: 0,
            ticket: id,
            word,
            overrides: weaker,
            reason: reason.map(str::to_owned),
            by: self.actor.to_owned(),
            at: self.now,
            jti: claims.jti.clone(),
            jws,
            snapshot,
            notified_at: told.as_ref().map(|_| self.now),
            cancelled_at: None,
            cancelled_why: None,
        };
        decision.id = acts::add_decision(self.conn, &decision)?;
        tickets::add_contributor(self.conn, id, self.actor)?;
        let draft = Draft::new("decision.made", self.actor)
            .digest("decision", &sha(&decision.jws))
            .info("word", Info::Text(word.as_str()))
            .info("recommendation", Info::Text(judged.judgement.recommendation.as_str()))
            .info("override", Info::Flag(weaker));
        self.log(draft, Some(id))?;
        if let Some(contacts) = told {
            let hours = self.policy.thresholds.cooldown_hours;
            self.tell_owner(&judged, &decision, &contacts, hours)?;
        }
        self.after_decision(&judged, &decision)
    }

    /// Where the ticket goes from a decision.
    fn after_decision(&mut self, judged: &Judged, decision: &Decision) -> Result<(), Failure> {
        let id = decision.ticket;
        match decision.word {
            Recommendation::Approve | Recommendation::ApproveSecond
                if judged.claim.request == Request::LostReport =>
            {
                self.raise_notice(judged)?;
                self.move_to(id, State::Decided, None)?;
            }
            Recommendation::Approve => self.move_to(id, State::Approved, None)?,
            Recommendation::ApproveSecond => {
                let until = self.cooldown_end(decision);
                self.move_to(id, State::Decided, until)?;
            }
            Recommendation::Refuse => self.close_as(id, "refused")?,
            Recommendation::Guide => self.close_as(id, "guided")?,
            Recommendation::Ask | Recommendation::Refer => {
                self.move_to(id, State::Waiting, None)?;
            }
            Recommendation::Hold | Recommendation::Investigate => {
                self.move_to(id, State::Held, judged.judgement.until)?;
            }
        }
        self.disturb(id)
    }

    /// When the cool-down of a decision ends.
    pub(super) fn cooldown_end(&self, decision: &Decision) -> Option<Time> {
        decision.notified_at.map(|t| t.plus_hours(self.policy.thresholds.cooldown_hours))
    }

    /// A decision falls; its approvals fall with it, and the ticket is open again.
    pub(super) fn cancel(&mut self, decision: &Decision, why: &str) -> Result<(), Failure> {
        if decision.cancelled_at.is_some() {
            return Ok(());
        }
        acts::cancel_decision(self.conn, decision.id, self.now, why)?;
        self.move_to(decision.ticket, State::Open, None)?;
        let draft = Draft::new("decision.cancelled", self.actor)
            .digest("decision", &sha(&decision.jws))
            .info("why", Info::Text(why));
        self.log(draft, Some(decision.ticket))?;
        Ok(())
    }
}

/// Refuses what no agent may decide; says whether the decision is an override.
fn weigh(
    judged: &Judged,
    word: Recommendation,
    reason: Option<&str>,
    overrides: bool,
) -> Result<bool, Failure> {
    let j = &judged.judgement;
    let why = || match j.because.as_slice() {
        [] => Phrase::none(),
        names => Phrase::of("fail-because").with("names", names.join(", ")),
    };
    if word.grants() && judged.claim.request.op().is_none() && judged.claim.request != Request::LostReport {
        return Err(Failure::refused(
            Phrase::of("fail-ends-in-guidance").with("request", judged.claim.request),
        )
        .hint(Phrase::of("hint-decide-guide").with("id", judged.ticket.id)));
    }
    let guides = word == Recommendation::Guide && judged.claim.request != Request::LoginRecovery;
    let weaker = !guides && level(word) < level(j.recommendation);
    if weaker {
        let failed = |check| j.finding(check).is_some_and(|f| f.outcome == Outcome::Fail);
        let absolute = [
            (j.recommendation == Recommendation::Investigate, "fail-never-investigate"),
            (failed(Check::DeviceNotice) && word.grants(), "fail-never-notice"),
            (failed(Check::DeviceLostMode) && word.grants(), "fail-never-lost-mode"),
            (judged.facts.desk.objected_at.is_some(), "fail-never-objected"),
        ];
        if let Some((_, what)) = absolute.iter().find(|(stands, _)| *stands) {
            return Err(Failure::refused(
                Phrase::of("fail-never")
                    .with("id", judged.ticket.id)
                    .with("word", word)
                    .with("what", Part::Word(what)),
            ));
        }
        if !overrides {
            return Err(Failure::refused(
                Phrase::of("fail-more")
                    .with("best", j.recommendation)
                    .with("because", why())
                    .with("word", word),
            )
            .hint(Phrase::of("hint-override")));
        }
    }
    let differs = word != j.recommendation
        && !(word == Recommendation::ApproveSecond && j.recommendation == Recommendation::Approve);
    if differs && reason.is_none() {
        return Err(Failure::usage(
            Phrase::of("fail-differs")
                .with("best", j.recommendation)
                .with("because", why())
                .with("word", word),
        )
        .hint(Phrase::of("hint-reason")));
    }
    Ok(weaker)
}

/// The operation and subject that a grant on this case would have.
pub(super) fn grant_of(judged: &Judged) -> Result<(Option<Op>, String), Failure> {
    let Some(op) = judged.claim.request.op() else {
        return Ok((None, format!("ticket:{}", judged.ticket.id)));
    };
    let facts = &judged.facts.registry;
    let sub = match op {
        Op::Unbind | Op::ResetDevice => {
            let device = facts.device.as_ref().and_then(|d| identifiers(d).into_iter().next());
            device.map(|d| format!("device:{d}"))
        }
        Op::ResetAccount => facts.account.as_ref().map(|a| format!("account:{}", a.account_id)),
    };
    match sub {
        Some(sub) => Ok((Some(op), sub)),
        None => {
            Err(Failure::state(Phrase::of("fail-nothing-to-grant")).hint(Phrase::of("hint-nothing-to-grant")))
        }
    }
}

/// Every identifier of a device, as tokens spell it.
pub(super) fn identifiers(device: &crate::judgement::facts::Device) -> Vec<String> {
    let imeis = device.imeis.iter().map(|i| format!("imei:{i}"));
    imeis.chain(device.serials.iter().map(|s| format!("serial:{s}"))).collect()
}

/// SHA-256 of a signed text.
pub(super) fn sha(text: &str) -> [u8; 32] {
    use sha2::{Digest as _, Sha256};
    Sha256::digest(text.as_bytes()).into()
}
