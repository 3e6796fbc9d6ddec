//! Verification of an authorization: offline, first failing rule named, closed by default.

use serde::Serialize;
use serde_json::Value;

use super::device;
use super::jws::{self, TOKEN_LIMIT};
use super::keyset::{AgentEntry, Keyset};
use super::rule::{Refusal, Rule, key_disabled, key_ended, old_keyset, require};
use super::token::{ANY_AUDIENCE, ApprovalClaims, Authored as _, AuthorizationClaims, SKEW};
use crate::domain::{Op, Role};
use crate::words::{Part, Phrase};

/// What the verifier knows and asks for.
#[derive(Clone, Copy)]
pub struct VerifyContext<'a> {
    /// The desk's keyset, verified.
    pub keyset: &'a Keyset,
    /// The time (Unix seconds).
    pub now: i64,
    /// Who verifies. With none, only a token for any audience passes.
    pub audience: Option<&'a str>,
    /// The device at hand: an IMEI in any form, or a serial.
    pub device: Option<&'a str>,
    /// The device's challenge, in hexadecimal.
    pub challenge: Option<&'a str>,
    /// The operation about to be done.
    pub op: Option<Op>,
    /// The highest keyset version seen before (0: none).
    pub min_keyset_version: u64,
    /// Whether a rehearsal's token may pass.
    pub rehearsal_allowed: bool,
    /// Whether a token id was withdrawn.
    pub revoked: &'a dyn Fn(&str) -> bool,
    /// Whether a token id was used.
    pub used: &'a dyn Fn(&str) -> bool,
}

impl<'a> VerifyContext<'a> {
    /// The least a verifier must know; everything else asks for nothing and allows nothing.
    pub fn new(keyset: &'a Keyset, now: i64) -> Self {
        Self {
            keyset,
            now,
            audience: None,
            device: None,
            challenge: None,
            op: None,
            min_keyset_version: 0,
            rehearsal_allowed: false,
            revoked: &never,
            used: &never,
        }
    }
}

fn never(_: &str) -> bool {
    false
}

/// The answer, as `verify --json` prints it.
#[derive(Debug, Clone, Serialize)]
pub struct Verdict {
    /// Whether the token holds.
    pub valid: bool,
    /// The first rule that failed.
    pub rule: Option<Rule>,
    /// Why, in words.
    pub reason: Phrase,
    /// The claims as signed; none where the signature was not reached or did not fit.
    pub claims: Option<Value>,
    #[serde(skip)]
    authorization: Option<AuthorizationClaims>,
}

impl Verdict {
    /// The answer where verification could not begin, such as [`Rule::Keyset`] for a keyset that
    /// does not verify itself.
    pub fn refused(rule: Rule, reason: Phrase) -> Self {
        Self { valid: false, rule: Some(rule), reason, claims: None, authorization: None }
    }

    /// The grant by type, of a token that holds.
    pub fn authorization(&self) -> Option<&AuthorizationClaims> {
        self.authorization.as_ref()
    }
}

/// What a token says, nothing of it believed: to find the row it speaks of, never to act on.
pub fn unverified(token: &str) -> Option<AuthorizationClaims> {
    jws::decode(token, TOKEN_LIMIT).ok()?.shape().ok()
}

/// Verifies an authorization by every rule of CONTRACT.md §6, in its order.
pub fn verify(token: &str, context: &VerifyContext<'_>) -> Verdict {
    let mut signed = None;
    match check(token, context, &mut signed) {
        Ok(claims) => Verdict {
            valid: true,
            rule: None,
            reason: Phrase::of("refusal-none"),
            claims: signed,
            authorization: Some(claims),
        },
        Err(Refusal { rule, reason }) => {
            Verdict { valid: false, rule: Some(rule), reason, claims: signed, authorization: None }
        }
    }
}

fn check(
    token: &str,
    context: &VerifyContext<'_>,
    signed: &mut Option<Value>,
) -> Result<AuthorizationClaims, Refusal> {
    let mut jws = jws::decode(token, TOKEN_LIMIT)?;
    // An operation we do not know is rule `op`, not `form`: set it aside while the form is checked.
    let op = jws.claims.get("op").and_then(Value::as_str).map(|op| op.parse::<Op>().ok());
    let given = jws.claims.clone();
    if op == Some(None) {
        jws.claims.insert("op".into(), Op::Unbind.as_str().into());
    }
    // Of another kind of document the claims say nothing; its `typ` is the honest answer.
    if jws.is_a::<AuthorizationClaims>() {
        jws.shape::<AuthorizationClaims>()?.check_form()?;
    }
    let kid = jws.kid::<AuthorizationClaims>()?;
    let (agent, key) = context
        .keyset
        .find(kid)
        .ok_or_else(|| Refusal::new(Rule::Kid, Phrase::of("refusal-signer-unknown")))?;
    check_signer(agent)?;
    jws.verify(key)?;
    *signed = Some(Value::Object(given));

    let claims = jws.shape::<AuthorizationClaims>()?;
    require(agent.valid_at(claims.iat), Rule::Kid, || key_ended(agent))?;
    check_audience(&claims, context.audience)?;
    require(op != Some(None), Rule::Op, || Phrase::of("refusal-op-unknown"))?;
    check_op(&claims, agent, context.op)?;
    claims.check_subject()?;
    check_device(&claims, context.device)?;
    check_challenge(claims.chal.as_deref(), context.challenge)?;
    check_time(&claims, context.now)?;
    check_approvals(&claims, agent, context)?;
    check_keyset(&claims, context)?;
    require(!(context.revoked)(&claims.jti), Rule::Revoked, || Phrase::of("refusal-withdrawn"))?;
    require(context.rehearsal_allowed || !context.keyset.claims().rehearsal, Rule::Rehearsal, || {
        Phrase::of("refusal-rehearsal")
    })?;
    require(!(context.used)(&claims.jti), Rule::Used, || Phrase::of("refusal-used"))?;
    Ok(claims)
}

fn check_signer(agent: &AgentEntry) -> Result<(), Refusal> {
    require(!agent.disabled, Rule::Kid, || key_disabled(agent))?;
    require(agent.has_role(&[Role::Agent, Role::Approver]), Rule::Kid, || {
        Phrase::of("refusal-no-agent").with("name", agent.name.as_str())
    })
}

fn check_audience(claims: &AuthorizationClaims, audience: Option<&str>) -> Result<(), Refusal> {
    let holds = claims.aud == ANY_AUDIENCE || audience == Some(claims.aud.as_str());
    require(holds, Rule::Aud, || match audience {
        Some(_) => Phrase::of("refusal-other-centre"),
        None => Phrase::of("refusal-one-centre"),
    })
}

fn check_op(claims: &AuthorizationClaims, agent: &AgentEntry, asked: Option<Op>) -> Result<(), Refusal> {
    require(asked.is_none_or(|op| op == claims.op), Rule::Op, || {
        Phrase::of("refusal-other-op").with("op", claims.op.as_str())
    })?;
    require(agent.ops.contains(&claims.op), Rule::Op, || {
        Phrase::of("refusal-may-not-sign").with("name", agent.name.as_str()).with("op", claims.op.as_str())
    })
}

fn check_device(claims: &AuthorizationClaims, asked: Option<&str>) -> Result<(), Refusal> {
    let Some(asked) = asked else { return Ok(()) };
    let meant = device::given(asked);
    let named = claims.identifiers().flatten().any(|id| meant.contains(&id));
    require(named, Rule::Dev, || Phrase::of("refusal-other-device"))
}

fn check_challenge(signed: Option<&str>, asked: Option<&str>) -> Result<(), Refusal> {
    match (signed, asked) {
        (None, None) => Ok(()),
        (Some(signed), Some(asked)) => {
            require(signed.eq_ignore_ascii_case(asked), Rule::Chal, || Phrase::of("refusal-other-challenge"))
        }
        (Some(_), None) => Err(Refusal::new(Rule::Chal, Phrase::of("refusal-challenge-needed"))),
        (None, Some(_)) => Err(Refusal::new(Rule::Chal, Phrase::of("refusal-no-challenge"))),
    }
}

fn check_time(claims: &AuthorizationClaims, now: i64) -> Result<(), Refusal> {
    let latest = now.saturating_add(SKEW);
    require(claims.nbf <= latest, Rule::Nbf, || Phrase::of("refusal-not-yet"))?;
    require(claims.iat <= latest, Rule::Nbf, || Phrase::of("refusal-future"))?;
    require(now < claims.exp.saturating_add(SKEW), Rule::Exp, || Phrase::of("refusal-run-out"))?;
    claims.check_life()
}

/// Every approval in the token must be a real one, needed or not: a false one shows that somebody
/// tried.
fn check_approvals(
    claims: &AuthorizationClaims,
    issuer: &AgentEntry,
    context: &VerifyContext<'_>,
) -> Result<(), Refusal> {
    let wrong = |reason: Phrase| Refusal::new(Rule::Approvals, reason);
    let mut approvers: Vec<&str> = Vec::new();
    for text in &claims.apv {
        let (approval, agent) = ApprovalClaims::open(text, context.keyset)
            .map_err(|e| wrong(Phrase::of("refusal-approval").with("why", e.phrase())))?;
        let name = agent.name.as_str();
        let same = approval.jti == claims.jti
            && approval.op == claims.op
            && approval.sub == claims.sub
            && approval.evd == claims.evd;
        let fault = if !same {
            Some("refusal-apv-other")
        } else if name == issuer.name {
            Some("refusal-apv-own")
        } else if approvers.contains(&name) {
            Some("refusal-apv-twice")
        } else if !agent.has_role(&[Role::Approver]) {
            Some("refusal-apv-no-approver")
        } else if !agent.approves_at(approval.iat) {
            Some("refusal-apv-early")
        } else if !agent.ops.contains(&claims.op) {
            Some("refusal-apv-op")
        } else if approval.iat > claims.iat.saturating_add(SKEW) {
            Some("refusal-apv-late")
        } else {
            None
        };
        if let Some(fault) = fault {
            return Err(wrong(Phrase::of("refusal-apv").with("name", name).with("fault", Part::Word(fault))));
        }
        approvers.push(name);
    }
    let missing = approvers.is_empty() && context.keyset.needs_approval(claims.op);
    require(!missing, Rule::Approvals, || Phrase::of("refusal-apv-missing").with("op", claims.op.as_str()))
}

fn check_keyset(claims: &AuthorizationClaims, context: &VerifyContext<'_>) -> Result<(), Refusal> {
    let keyset = context.keyset.claims();
    let floor = context.min_keyset_version;
    require(claims.iss == keyset.iss, Rule::Keyset, || Phrase::of("refusal-other-desk-keyset"))?;
    require(keyset.version >= floor, Rule::Keyset, || old_keyset(keyset.version, floor))?;
    // A clock behind the keyset would let tokens live again. A rehearsal moves its clock at will.
    let clock_holds = keyset.rehearsal || keyset.iat <= context.now.saturating_add(SKEW);
    require(clock_holds, Rule::Keyset, || Phrase::of("refusal-clock-behind"))
}
