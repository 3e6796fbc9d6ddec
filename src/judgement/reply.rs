//! What is written to the customer: which texts of `letters/*.ftl`, in which order, and with what in them.
//!
//! **Invariant:** nothing goes in but the judgement's outcomes and the policy's numbers: no row of a list, and no text
//! of the claim (what a stranger wrote must not leave the house under our name). The masked login and the bound
//! devices are the two exceptions, and [`Guide`](super::Guide) names them to the entitled alone (JUDGEMENT.md §7).

use super::{Check, Judgement, Policy};
use crate::domain::{Access, Claim, Outcome, Proof, Recommendation, Request, State};

/// What goes into a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A count.
    Number(i64),
    /// A word of ours, or something masked.
    Text(String),
}

/// One text of `letters/*.ftl`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub id: &'static str,
    /// What goes into it.
    pub values: Vec<(&'static str, Value)>,
    /// It stands in a list.
    pub item: bool,
}

/// Where a case stands beyond its judgement.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    /// The ticket's state.
    pub state: State,
    /// What it was closed as.
    pub closed_as: Option<&'a str>,
    /// The standing decision, which the reply goes by before the recommendation.
    pub decided: Option<Recommendation>,
    /// Whoever gets the reply may be told a login or a device: an accepted set is complete, or it goes to a verified
    /// contact of the account itself. That the claim also names one is not enough: anybody can write it there.
    pub entitled: bool,
}

struct Writing {
    lines: Vec<Line>,
}

impl Writing {
    fn say(&mut self, id: &'static str, values: &[(&'static str, Value)]) {
        self.lines.push(Line { id, values: values.to_vec(), item: false });
    }

    fn item(&mut self, id: &'static str, values: &[(&'static str, Value)]) {
        self.lines.push(Line { id, values: values.to_vec(), item: true });
    }
}

/// The reply to the customer, greeting and end apart.
pub fn reply(claim: &Claim, judgement: &Judgement, policy: &Policy, standing: Standing<'_>) -> Vec<Line> {
    let mut out = Writing { lines: Vec::new() };
    let request = [("request", Value::Text(claim.request.to_string()))];
    let word = standing.decided.unwrap_or(judgement.recommendation);
    let days = [("days", Value::Number((policy.due_hours(claim.request) + 23) / 24))];
    match (standing.state, standing.closed_as) {
        (State::Issued, _) => out.say("reply-issued", &request),
        (State::Closed, Some("redeemed")) => out.say("reply-done", &request),
        // A lost-report that two people confirmed: what it blocked, or what two have cleared since.
        (State::Closed, Some("confirmed")) => {
            let blocked = judgement.finding(Check::DeviceNotice).is_some_and(|f| f.outcome == Outcome::Fail);
            out.say(if blocked { "reply-guide-blocked" } else { "reply-unblocked" }, &[]);
        }
        _ => match word {
            Recommendation::Ask => ask(&mut out, claim, judgement, &days),
            Recommendation::Guide => guide(&mut out, claim, judgement, standing.entitled),
            Recommendation::Approve | Recommendation::ApproveSecond
                if claim.request == Request::LostReport =>
            {
                let lapse = policy.thresholds.notice_lapse_days;
                out.say("reply-approve-lost", &[("days", Value::Number(lapse))]);
            }
            Recommendation::Approve => {
                out.say("reply-approve", &[]);
                out.say("reply-time", &days);
            }
            Recommendation::ApproveSecond => {
                let hours = policy.thresholds.cooldown_hours;
                out.say("reply-second", &[("hours", Value::Number(hours))]);
                out.say("reply-time", &days);
            }
            Recommendation::Hold => {
                out.say("reply-hold", &[]);
                out.say("reply-time", &days);
            }
            Recommendation::Refer => out.say("reply-refer", &[]),
            Recommendation::Refuse => out.say("reply-refuse", &[]),
            Recommendation::Investigate => {
                out.say("reply-investigate", &[]);
                out.say("reply-time", &days);
            }
        },
    }
    out.lines
}

/// What is to be corrected, what is missing in order of ease, and how each is brought.
fn ask(out: &mut Writing, claim: &Claim, judgement: &Judgement, days: &[(&'static str, Value)]) {
    let mut fixes: Vec<&'static str> = Vec::new();
    for finding in &judgement.findings {
        // What was given and cannot be right is told in any case, whatever the policy makes of it.
        let wrong = matches!(finding.outcome, Outcome::Fail);
        let asked = judgement.because.iter().any(|reason| reason == finding.check.as_str());
        let id = match finding.check {
            Check::ImeiForm if wrong => "reply-fix-imei",
            Check::DeviceKnown if asked && wrong => "reply-fix-device",
            Check::DeviceOne if asked => "reply-fix-one",
            Check::ReceiptForm | Check::ReceiptKnown if wrong => "reply-fix-receipt",
            Check::SimForm if wrong => "reply-fix-sim",
            Check::AccountKnown if asked && wrong => "reply-fix-account",
            _ => continue,
        };
        if !fixes.contains(&id) {
            fixes.push(id);
        }
    }
    // A number that cannot be right leads to no device: that is one thing to a customer.
    if fixes.contains(&"reply-fix-imei") {
        fixes.retain(|id| *id != "reply-fix-device");
    }
    if !fixes.is_empty() {
        out.say("reply-fix", &[]);
        for id in fixes {
            out.item(id, &[]);
        }
    }
    ways(out, &judgement.missing);
    if matches!(claim.request, Request::Unbind | Request::DeviceReset) {
        out.say("reply-reset-note", &[]);
    }
    out.say("reply-time-ask", days);
}

fn ways(out: &mut Writing, missing: &[Vec<Proof>]) {
    if missing.is_empty() {
        return;
    }
    let count = i64::try_from(missing.len()).unwrap_or(i64::MAX);
    out.say("reply-ask", &[("n", Value::Number(count))]);
    for (n, set) in (1_i64..).zip(missing) {
        if count > 1 {
            out.say("reply-way", &[("n", Value::Number(n))]);
        }
        for proof in set {
            out.item(named(*proof), &[]);
        }
    }
    for proof in Proof::ALL.iter().filter(|proof| missing.iter().any(|set| set.contains(proof))) {
        out.say(how(*proof), &[]);
    }
}

const fn named(proof: Proof) -> &'static str {
    match proof {
        Proof::Consent => "reply-proof-consent",
        Proof::Sim => "reply-proof-sim",
        Proof::Facts => "reply-proof-facts",
        Proof::Box => "reply-proof-box",
        Proof::Purchase => "reply-proof-purchase",
    }
}

const fn how(proof: Proof) -> &'static str {
    match proof {
        Proof::Consent => "reply-how-consent",
        Proof::Sim => "reply-how-sim",
        Proof::Facts => "reply-how-facts",
        Proof::Box => "reply-how-box",
        Proof::Purchase => "reply-how-purchase",
    }
}

/// What customers can do themselves.
fn guide(out: &mut Writing, claim: &Claim, judgement: &Judgement, entitled: bool) {
    let because = |reason: &str| judgement.because.iter().any(|b| b == reason);
    if because("device.notice") || because("device.lost_mode") {
        out.say("reply-guide-blocked", &[]);
        return;
    }
    out.say("reply-guide", &[]);
    if because("self.service") {
        match claim.access {
            Some(Access::SignedIn) => out.item("reply-guide-sign-out", &[]),
            _ => out.item("reply-guide-reset", &[]),
        }
    }
    if because("binding.current") {
        out.item("reply-guide-free", &[]);
    }
    let guide = judgement.guide.as_ref().filter(|_| entitled);
    match claim.request {
        Request::Activation => out.item("reply-guide-activation", &[]),
        Request::LoginRecovery => match guide.and_then(|g| g.login.clone()) {
            Some(login) => out.item("reply-guide-login", &[("login", Value::Text(login))]),
            None => out.item("reply-guide-login-ask", &[]),
        },
        Request::AccountDeletion => {
            out.item("reply-guide-delete", &[]);
            let devices = guide.map(|g| g.devices.as_slice()).unwrap_or_default();
            if !devices.is_empty() {
                out.say("reply-guide-devices", &[]);
            }
            for device in devices {
                let parts: Vec<&str> =
                    [&device.model, &device.identifier].into_iter().flatten().map(String::as_str).collect();
                out.item("reply-guide-device", &[("device", Value::Text(parts.join(", ")))]);
            }
        }
        _ => {}
    }
    if matches!(claim.request, Request::Unbind | Request::DeviceReset) {
        out.say("reply-reset-note", &[]);
    }
}
