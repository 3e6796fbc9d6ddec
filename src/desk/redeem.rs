//! Using a grant once, or withdrawing it.

use super::check::Judged;
use super::signed::Leaf;
use super::{Act, Desk, Failure};
use crate::audit::{Draft, Info};
use crate::authority::{
    AgentKey, Authored as _, AuthorizationClaims, RevocationClaims, VerifyContext, unverified, verify,
};
use crate::domain::{NoticeStatus, Op, Outcome, Role, Shown, State, Time};
use crate::judgement::Check;
use crate::judgement::facts::{Binding, Notice};
use crate::store::desk::acts::{self, Authorization};
use crate::store::desk::granted::Release;
use crate::store::desk::{journal, notices, settings};
use crate::words::{Phrase, terms};

/// How long a revocation list is good for, in days.
const LIST_DAYS: i64 = 1;

/// What redeeming changed.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Redeemed {
    /// The token's id.
    pub jti: String,
    /// What it allowed.
    pub op: Op,
    /// What was done, a sentence each.
    pub applied: Vec<String>,
}

impl Desk {
    /// Uses a token once: the registry changes, the ticket closes.
    pub fn redeem(&mut self, token: &str) -> Result<Redeemed, Failure> {
        self.require(&[Role::Agent, Role::Approver], "redeem authorizations")?;
        let token = token.trim().to_owned();
        let done = self.sign_and_act(|act, _| act.redeem_as_of(&token, act.now, false))?;
        self.settle(|_| {})?;
        Ok(done)
    }

    /// Withdraws an unused grant.
    pub fn revoke(&mut self, jti: &str, reason: &str) -> Result<(), Failure> {
        self.require(&[Role::Agent, Role::Approver, Role::Custodian], "revoke authorizations")?;
        if reason.trim().is_empty() {
            return Err(Failure::usage(Phrase::of("fail-revoke-reason")).hint(Phrase::of("hint-reason")));
        }
        self.sign_and_act(|act, _| {
            let grant = act.grant_named(jti)?;
            act.as_logged(&grant)?;
            let ticket = act.ticket(grant.ticket)?;
            if !acts::revoke(act.conn, jti, reason.trim(), act.now)? {
                return Err(spent(&grant));
            }
            act.log(
                Draft::new("authorization.revoked", act.actor).info("jti", Info::Text(jti)),
                Some(grant.ticket),
            )?;
            let of_it = acts::decision(act.conn, grant.ticket)?.filter(|d| d.id == grant.decision);
            if let Some(decision) = of_it.filter(|_| ticket.state == State::Issued) {
                act.cancel(&decision, "its authorization was revoked")?;
            }
            act.disturb(grant.ticket)
        })?;
        self.settle(|_| {})?;
        Ok(())
    }

    /// The signed list of revoked grants, for verifiers without a connection.
    #[allow(clippy::redundant_closure_for_method_calls)] // the method alone is not general enough over lifetimes
    pub fn export_revocations(&mut self) -> Result<String, Failure> {
        self.require(&[Role::Agent, Role::Approver, Role::Custodian], "sign the revocation list")?;
        self.sign_and_act(|act, key| act.revocation_list(key))
    }
}

/// Why a grant can be neither used nor withdrawn any more.
fn spent(grant: &Authorization) -> Failure {
    match (grant.redeemed_at, grant.revoked_at) {
        (Some(at), _) => Failure::state(
            Phrase::of("fail-spent-used").with("jti", grant.jti.as_str()).with("at", at.to_string()),
        ),
        (_, Some(at)) => Failure::state(
            Phrase::of("fail-spent-revoked").with("jti", grant.jti.as_str()).with("at", at.to_string()).with(
                "why",
                grant.revoked_why.as_deref().map_or_else(|| Phrase::of("fail-no-reason-kept"), terms::fell),
            ),
        ),
        _ => Failure::state(Phrase::of("fail-spent").with("jti", grant.jti.as_str())),
    }
}

/// Refuses to use a grant on a device that is reported lost or stolen by now, or in lost mode: what was signed before
/// that must not let a thief in after it. A pending report holds it up, a confirmed one has revoked it.
fn unblocked(judged: &Judged, op: Op, now: Time) -> Result<(), Failure> {
    if op == Op::ResetAccount {
        return Ok(());
    }
    let stands = |n: &Notice| match n.status {
        NoticeStatus::Confirmed => true,
        NoticeStatus::Pending => n.lapses_at.is_none_or(|lapses| lapses > now),
        NoticeStatus::Cleared => false,
    };
    let device = judged.facts.registry.device.as_ref();
    let noticed = device.is_some_and(|d| d.notices.iter().any(stands));
    let lost = judged.judgement.finding(Check::DeviceLostMode).is_some_and(|f| f.outcome == Outcome::Fail);
    let check = match (noticed, lost) {
        (true, _) => Check::DeviceNotice,
        (false, true) => Check::DeviceLostMode,
        (false, false) => return Ok(()),
    };
    let why = judged.judgement.finding(check).map_or_else(Phrase::none, |f| f.reason.clone());
    Err(Failure::refused(Phrase::of("fail-redeem-blocked").with("why", why))
        .hint(Phrase::of("hint-redeem-blocked")))
}

/// Bindings of a judged device to the account that it is claimed for.
fn bindings(judged: &Judged) -> impl Iterator<Item = &Binding> {
    let facts = &judged.facts.registry;
    let account = facts.account.as_ref().map(|a| a.no);
    facts.device.iter().flat_map(|d| &d.bindings).filter(move |b| account == Some(b.account))
}

/// Refuses to use up a grant that would release nothing: the lists know of no binding, released or not.
fn releases(judged: &Judged, grant: &Authorization) -> Result<(), Failure> {
    if grant.op != Op::Unbind || bindings(judged).next().is_some() {
        return Ok(());
    }
    Err(Failure::state(Phrase::of("fail-nothing-bound").with("sub", grant.sub.as_str()))
        .hint(Phrase::of("hint-nothing-bound").with("jti", grant.jti.as_str())))
}

impl Act<'_> {
    /// Withdraws every unused grant on a device: it is confirmed as lost.
    pub(super) fn revoke_on_device(&mut self, device: i64, why: &str) -> Result<(), Failure> {
        for id in notices::tickets_on(self.conn, device)? {
            let Some(grant) = acts::authorization_of(self.conn, id)?.filter(|g| g.op != Op::ResetAccount)
            else {
                continue;
            };
            if grant.redeemed_at.is_some() || !acts::revoke(self.conn, &grant.jti, why, self.now)? {
                continue;
            }
            let draft = Draft::new("authorization.revoked", self.actor)
                .info("jti", Info::Text(&grant.jti))
                .info("cause", Info::Text("notice"));
            self.log(draft, Some(id))?;
            let decision = acts::decision(self.conn, id)?.filter(|d| d.id == grant.decision);
            if let Some(decision) = decision.filter(|d| d.cancelled_at.is_none())
                && self.ticket(id)?.state == State::Issued
            {
                self.cancel(&decision, why)?;
            }
        }
        Ok(())
    }

    fn grant_named(&self, jti: &str) -> Result<Authorization, Failure> {
        acts::authorization(self.conn, jti)?.ok_or_else(|| {
            Failure::state(Phrase::of("fail-not-ours").with("jti", Shown(jti).clip(40)))
                .hint(Phrase::of("hint-authorizations"))
        })
    }

    /// What a token says, where it holds at a time and was neither used nor withdrawn.
    pub(super) fn usable(&self, token: &str, at: Time) -> Result<AuthorizationClaims, Failure> {
        self.signed_token(token, at, true)
    }

    /// What a token says, where it holds at a time; `fresh`: and was neither used nor withdrawn.
    pub(super) fn signed_token(
        &self,
        token: &str,
        at: Time,
        fresh: bool,
    ) -> Result<AuthorizationClaims, Failure> {
        let revoked = |jti: &str| {
            acts::authorization(self.conn, jti).ok().flatten().is_none_or(|a| fresh && a.revoked_at.is_some())
        };
        let used = |jti: &str| {
            acts::authorization(self.conn, jti)
                .ok()
                .flatten()
                .is_none_or(|a| fresh && a.redeemed_at.is_some())
        };
        let mut context = VerifyContext::new(self.keyset, at.0);
        context.rehearsal_allowed = self.rehearsal;
        context.revoked = &revoked;
        context.used = &used;
        // The desk that issued a token redeems it for whatever centre and challenge it names.
        let named = unverified(token);
        context.audience = named.as_ref().map(|c| c.aud.as_str());
        context.challenge = named.as_ref().and_then(|c| c.chal.as_deref());
        let verdict = verify(token, &context);
        verdict.authorization().filter(|_| verdict.valid).cloned().ok_or_else(|| {
            let rule = verdict.rule.map_or("form", crate::authority::Rule::as_str);
            Failure::verification(Phrase::of("fail-token").with("rule", rule).with("why", verdict.reason))
        })
    }

    /// Looks at the ticket of a grant before it is used: nobody edited it, and the device is not reported by now.
    /// By lists as their custodian signed them, unless a centre has acted on it already (`done`).
    pub(super) fn in_hand(&mut self, grant: &Authorization, done: bool) -> Result<Judged, Failure> {
        self.intact(grant.ticket)?;
        self.as_logged(grant)?;
        self.watch_lists();
        let judged = self.judge(grant.ticket)?;
        self.others_stand(&judged)?;
        if grant.redeemed_at.is_none() {
            self.lists_are_there()?;
            if !done {
                self.lists_hold()?;
            }
            unblocked(&judged, grant.op, self.now)?;
        }
        Ok(judged)
    }

    /// Refuses a grant whose row does not know what the log does: that it was used or withdrawn before.
    fn as_logged(&self, grant: &Authorization) -> Result<(), Failure> {
        self.found_whole(grant.ticket)?;
        for line in journal::of_ticket(self.conn, grant.ticket)? {
            if !line.starts_with("{\"act\":\"authorization.re") {
                continue;
            }
            let Some(leaf) = Leaf::read(&line).filter(|leaf| leaf.text("jti") == Some(&*grant.jti)) else {
                continue;
            };
            let known = match leaf.act.as_str() {
                "authorization.redeemed" => grant.redeemed_at.is_some(),
                "authorization.revoked" => grant.revoked_at.is_some(),
                _ => true,
            };
            if !known {
                let words = Phrase::of("chain-grant").with("jti", grant.jti.as_str());
                return Err(Failure::verification(words).hint(Phrase::of("hint-tampered")));
            }
        }
        Ok(())
    }

    /// Uses a token as what it was at a time: when it was handed over. `done`: a centre has acted on it already.
    pub(super) fn redeem_as_of(&mut self, token: &str, at: Time, done: bool) -> Result<Redeemed, Failure> {
        let claims = self.usable(token, at)?;
        let grant = self.grant_named(&claims.jti)?;
        if grant.token != token {
            return Err(Failure::verification(Phrase::of("fail-other-token")));
        }
        let judged = self.in_hand(&grant, done)?;
        if !done && grant.redeemed_at.is_none() {
            releases(&judged, &grant)?;
        }
        if !acts::redeem(self.conn, &claims.jti, self.actor, self.now)? {
            return Err(spent(&grant));
        }
        let (applied, released) = self.apply(&judged, &grant)?;
        let mut draft = Draft::new("authorization.redeemed", self.actor)
            .info("jti", Info::Text(&grant.jti))
            .info("op", Info::Text(grant.op.as_str()));
        if !released.is_empty() {
            draft = draft.commit("released", &judged.ticket.salt, &Release::text(&released));
        }
        self.log(draft, Some(grant.ticket))?;
        self.close_as(grant.ticket, "redeemed")?;
        self.disturb_device(&judged)?;
        Ok(Redeemed { jti: grant.jti, op: grant.op, applied })
    }

    /// What the grant changes in the registry as this desk sees it.
    fn apply(
        &mut self,
        judged: &Judged,
        grant: &Authorization,
    ) -> Result<(Vec<String>, Vec<Release>), Failure> {
        match grant.op {
            Op::Unbind => {
                let (mut applied, mut released) = (Vec::new(), Vec::new());
                for binding in bindings(judged) {
                    if binding.released_at.is_none() {
                        notices::release(
                            self.conn,
                            binding.record,
                            binding.account,
                            binding.bound_at,
                            self.now,
                            &grant.jti,
                        )?;
                        released.push(Release {
                            record: binding.record,
                            account: binding.account,
                            bound_at: binding.bound_at,
                            released_at: self.now,
                        });
                        applied.push(format!(
                            "binding of {} since {} released",
                            grant.sub,
                            binding.bound_at.day()
                        ));
                    }
                }
                Ok((applied, released))
            }
            Op::ResetDevice => {
                Ok((vec![format!("{} may pass the account prompt once", grant.sub)], Vec::new()))
            }
            Op::ResetAccount => Ok((vec![format!("{} may set a new password", grant.sub)], Vec::new())),
        }
    }

    fn revocation_list(&mut self, key: &AgentKey) -> Result<String, Failure> {
        let version =
            settings::get(self.conn, "revocations_version")?.and_then(|v| v.parse::<u64>().ok()).unwrap_or(0)
                + 1;
        settings::set(self.conn, "revocations_version", &version.to_string())?;
        let jtis = acts::authorizations(self.conn)?
            .into_iter()
            .filter(|a| a.revoked_at.is_some() && a.expires_at.plus_days(1) > self.now)
            .map(|a| a.jti)
            .collect();
        let claims = RevocationClaims {
            iss: self.desk_id.to_owned(),
            by: self.actor.to_owned(),
            version,
            iat: self.now.0,
            next_update: self.now.plus_days(LIST_DAYS).0,
            jtis,
        };
        let signed = claims.sign(key).map_err(|e| Failure::internal(e.phrase()))?;
        let number = i64::try_from(version).unwrap_or(i64::MAX);
        self.log(Draft::new("revocations.signed", self.actor).info("version", Info::Number(number)), None)?;
        Ok(signed)
    }
}
