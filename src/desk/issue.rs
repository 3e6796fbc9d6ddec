//! Signing the authorization.

use super::approve::{Standing, fallen};
use super::check::Judged;
use super::decide::{grant_of, identifiers};
use super::{Act, Desk, Failure};
use crate::audit::{Draft, Info};
use crate::authority::{
    ANY_AUDIENCE, AgentKey, ApprovalClaims, Authored as _, AuthorizationClaims, DecisionClaims, LogPosition,
};
use crate::domain::{Op, Recommendation, Role, State, Time};
use crate::store::desk::acts::{self, Approval, Authorization, Decision};
use crate::words::Phrase;

/// A token that may leave the house.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Issued {
    /// The token's id (RFC 7519), by which it is revoked.
    pub jti: String,
    /// The JWS in compact form: whoever holds it can use it.
    pub token: String,
    /// What it allows.
    pub op: Op,
    /// What it allows it on: a device or an account.
    pub sub: String,
    /// Who may act on it: a service centre, or `any`.
    pub aud: String,
    /// Good from then on.
    pub nbf: Time,
    /// Good until then.
    pub exp: Time,
}

impl Desk {
    /// Signs the authorization of an approved ticket. The token's bytes are returned only once the grant and
    /// its leaf are durable.
    pub fn issue(
        &mut self,
        name: &str,
        audience: Option<&str>,
        challenge: Option<&str>,
    ) -> Result<Issued, Failure> {
        self.require(&[Role::Agent, Role::Approver], "issue authorizations")?;
        let id = self.find(name)?;
        let audience = audience.unwrap_or(ANY_AUDIENCE);
        if audience.trim().is_empty() || audience.len() > 128 {
            return Err(Failure::usage(Phrase::of("fail-audience")));
        }
        if let Some(hex) = challenge {
            let good = (8..=128).contains(&hex.len())
                && hex.len() % 2 == 0
                && hex.bytes().all(|b| b.is_ascii_hexdigit());
            if !good {
                return Err(Failure::usage(Phrase::of("fail-challenge")));
            }
        }
        let done = self.sign_and_act(|act, key| {
            act.lists_are_there()?;
            act.issue(id, audience, challenge, key)
        })?;
        self.settle(|_| {})?;
        done.map_err(|why| fallen(id, &why))
    }
}

impl Act<'_> {
    fn issue(
        &mut self,
        id: i64,
        audience: &str,
        challenge: Option<&str>,
        key: &AgentKey,
    ) -> Result<Result<Issued, Phrase>, Failure> {
        let ticket = self.ticket(id)?;
        let decision = acts::decision(self.conn, id)?.filter(|d| d.cancelled_at.is_none() && d.word.grants());
        let Some(decision) = decision else {
            return Err(Failure::state(Phrase::of("fail-no-decision").with("id", id))
                .hint(Phrase::of("hint-no-decision").with("id", id)));
        };
        match ticket.state {
            State::Approved => {}
            State::Issued => {
                return Err(Failure::state(Phrase::of("fail-out").with("id", id)));
            }
            State::Decided => {
                return Err(Failure::state(Phrase::of("fail-waits-second").with("id", id))
                    .hint(Phrase::of("hint-waits-second").with("id", id)));
            }
            other => {
                return Err(Failure::state(
                    Phrase::of("fail-not-approved").with("id", id).with("state", other),
                ));
            }
        }
        self.hold(&ticket)?;
        let (judged, claims) = match self.stand(&decision)? {
            Standing::Fell(why) => return Ok(Err(why)),
            Standing::Holds(standing) => *standing,
        };
        let approvals = self.approvals(&judged, &decision, &claims)?;
        if decision.word == Recommendation::ApproveSecond {
            self.cooled_down(&decision)?;
        } else {
            let contacts = self.owner_contacts(&judged).unwrap_or_default();
            self.tell_owner(&judged, &decision, &contacts, 0)?;
        }
        let issued = self.grant(&judged, &decision, claims, approvals, audience, challenge, key)?;
        self.move_to(id, State::Issued, None)?;
        self.disturb(id)?;
        Ok(Ok(issued))
    }

    /// The approvals that a grant needs, each verified again: another agent, an approver, over this very grant.
    fn approvals(
        &self,
        judged: &Judged,
        decision: &Decision,
        claims: &DecisionClaims,
    ) -> Result<Vec<String>, Failure> {
        let (op, sub) = grant_of(judged)?;
        let op = op.ok_or_else(|| Failure::refused(Phrase::of("fail-guidance")))?;
        if (claims.op, claims.sub.as_str()) != (Some(op), sub.as_str()) {
            return Err(Failure::refused(
                Phrase::of("fail-other-subject")
                    .with("id", judged.ticket.id)
                    .with("was", claims.sub.as_str())
                    .with("is", sub),
            )
            .hint(Phrase::of("hint-decide-again")));
        }
        let needed = decision.word == Recommendation::ApproveSecond
            || decision.overrides
            || self.keyset.needs_approval(op);
        let touched = self.touched(decision.ticket)?;
        let mut valid = Vec::new();
        for approval in acts::approvals(self.conn, decision.id)? {
            self.approval_holds(&approval, claims, op, &sub, &touched)?;
            valid.push(approval);
        }
        if needed && valid.is_empty() {
            return Err(Failure::refused(Phrase::of("fail-needs-second").with("id", decision.ticket)));
        }
        if valid.iter().any(|a| a.by == self.actor) {
            return Err(Failure::refused(Phrase::of("fail-own-approval").with("who", self.actor)));
        }
        Ok(valid.into_iter().map(|a| a.jws).collect())
    }

    fn approval_holds(
        &self,
        approval: &Approval,
        claims: &DecisionClaims,
        op: Op,
        sub: &str,
        touched: &[String],
    ) -> Result<(), Failure> {
        let bad = |why: Phrase| {
            let words = Phrase::of("fail-approval").with("who", approval.by.as_str());
            Failure::refused(words.with("id", approval.ticket).with("why", why))
                .hint(Phrase::of("hint-tampered"))
        };
        let (signed, entry) =
            ApprovalClaims::open(&approval.jws, self.keyset).map_err(|e| bad(e.phrase()))?;
        let same = signed.jti == claims.jti
            && signed.op == op
            && signed.sub == sub
            && signed.evd == claims.evd
            && signed.iss == self.desk_id
            && signed.by == approval.by
            && signed.iat == approval.at.0;
        if !same {
            return Err(bad(Phrase::of("fail-approval-other")));
        }
        if !entry.has_role(&[Role::Approver]) {
            return Err(bad(Phrase::of("fail-approval-role").with("who", entry.name.as_str())));
        }
        if !self.waits.approves_at(entry, Time(signed.iat)) {
            let from = self.waits.approves_from(entry).to_string();
            let words = Phrase::of("fail-approval-early").with("who", entry.name.as_str());
            return Err(bad(words.with("from", from)));
        }
        if signed.by == claims.by || touched.contains(&signed.by) {
            return Err(bad(Phrase::of("fail-approval-own").with("who", signed.by)));
        }
        Ok(())
    }

    /// Refuses before the end of the cool-down, which runs from the owner notice.
    fn cooled_down(&self, decision: &Decision) -> Result<(), Failure> {
        let Some(told) = self.owner_told_at(decision)? else {
            return Err(Failure::refused(Phrase::of("fail-not-told"))
                .hint(Phrase::of("hint-not-told").with("id", decision.ticket)));
        };
        let end = told.plus_hours(self.policy.thresholds.cooldown_hours);
        if end > self.now {
            return Err(Failure::state(Phrase::of("fail-cooling").with("end", end.to_string()))
                .hint(Phrase::of("hint-cooling")));
        }
        Ok(())
    }

    #[allow(clippy::too_many_arguments)]
    fn grant(
        &mut self,
        judged: &Judged,
        decision: &Decision,
        claims: DecisionClaims,
        approvals: Vec<String>,
        audience: &str,
        challenge: Option<&str>,
        key: &AgentKey,
    ) -> Result<Issued, Failure> {
        let t = &self.policy.thresholds;
        let exp = match challenge {
            Some(_) => self.now.plus_hours(t.token_challenge_hours),
            None => self.now.plus_days(t.token_days),
        };
        let op = claims.op.ok_or_else(|| Failure::refused(Phrase::of("fail-no-operation")))?;
        let facts = &judged.facts.registry;
        let draft = Draft::new("authorization.issued", self.actor)
            .info("jti", Info::Text(&claims.jti))
            .info("op", Info::Text(op.as_str()))
            .info("approvals", Info::Number(i64::try_from(approvals.len()).unwrap_or(0)));
        let index = self.log(draft, Some(decision.ticket))?;
        let token = AuthorizationClaims {
            iss: self.desk_id.to_owned(),
            sub: claims.sub.clone(),
            aud: audience.to_owned(),
            op,
            dev: facts.device.as_ref().map(identifiers).unwrap_or_default(),
            acc: facts.account.as_ref().map(|a| a.account_id.clone()),
            jti: claims.jti.clone(),
            ticket: claims.ticket,
            evd: claims.evd,
            pol: claims.pol,
            iat: self.now.0,
            nbf: self.now.0,
            exp: exp.0,
            chal: challenge.map(str::to_lowercase),
            log: LogPosition { origin: self.origin.to_owned(), index },
            apv: approvals,
        };
        let signed = token.sign(key).map_err(|e| Failure::internal(e.phrase()))?;
        acts::add_authorization(
            self.conn,
            &Authorization {
                jti: claims.jti.clone(),
                ticket: decision.ticket,
                decision: decision.id,
                op,
                sub: claims.sub.clone(),
                aud: audience.to_owned(),
                issued_by: self.actor.to_owned(),
                issued_at: self.now,
                expires_at: exp,
                token: signed.clone(),
                redeemed_at: None,
                revoked_at: None,
                revoked_why: None,
            },
        )?;
        Ok(Issued {
            jti: claims.jti,
            token: signed,
            op,
            sub: claims.sub,
            aud: audience.to_owned(),
            nbf: self.now,
            exp,
        })
    }
}
