//! Policies beside the desk's own: reading a file, telling it from the shipped one, and judging closed
//! tickets by it.

use std::io::Read as _;
use std::path::Path;

use serde_json::{Value, json};

use super::{Desk, Failure};
use crate::domain::{DeviceKey, Recommendation, Request, State, Time};
use crate::judgement::facts::Notice;
use crate::judgement::{DEFAULT_POLICY, Facts, Judgement, Policy, judge};
use crate::store::StoreError;
use crate::store::desk::facts::Gatherer;
use crate::store::desk::overlay::DeskOverlay;
use crate::store::desk::queue::{self, Filter, Sort};
use crate::store::desk::tickets::Ticket;
use crate::store::desk::{acts, evidence, links};
use crate::store::registry::Overlay;
use crate::words::Phrase;

/// A policy file is a few kilobytes.
const MOST_BYTES: u64 = 1024 * 1024;
/// Judgements between two looks at whether to go on.
const EACH: usize = 64;

/// A closed ticket that would end differently.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Changed {
    /// The ticket's number.
    pub ticket: i64,
    /// The caller's own id of it.
    pub reference: Option<String>,
    /// What was asked for.
    pub request: Request,
    /// How it ended.
    pub closed_as: Option<String>,
    /// What the agent decided, where somebody did.
    pub decided: Option<Recommendation>,
    /// What the desk's own policy recommends.
    pub from: Recommendation,
    /// What the other would.
    pub to: Recommendation,
    /// The other's reasons.
    pub because: Vec<String>,
}

/// What a replay found.
#[derive(Clone, Debug, PartialEq)]
pub struct Replayed {
    /// Closed tickets judged under both policies.
    pub judged: usize,
    /// Those that would end differently.
    pub changed: Vec<Changed>,
}

/// Reads a policy file; `-` is standard input.
pub fn policy_file(path: &Path) -> Result<(Policy, String), Failure> {
    let standard = path.as_os_str() == "-";
    let place = if standard { "standard input".to_owned() } else { path.display().to_string() };
    let fail = |e: std::io::Error| {
        Failure::state(Phrase::of("fail-policy-unread").with("why", &e)).at(place.clone())
    };
    let reader: Box<dyn std::io::Read> = if standard {
        Box::new(std::io::stdin())
    } else {
        Box::new(std::fs::File::open(path).map_err(fail)?)
    };
    let mut text = String::new();
    reader.take(MOST_BYTES).read_to_string(&mut text).map_err(fail)?;
    let policy = Policy::parse(&text).map_err(|e| {
        Failure::state(Phrase::of("fail-policy-invalid").with("why", e.what))
            .at(format!("{place}:{}", e.line))
            .hint(Phrase::of("hint-policy-show"))
    })?;
    Ok((policy, text))
}

/// A policy as JSON.
pub fn policy_view(policy: &Policy) -> Value {
    let thresholds: serde_json::Map<String, Value> =
        policy.thresholds.each().into_iter().map(|(name, n)| (name.to_owned(), json!(n))).collect();
    let accept: serde_json::Map<String, Value> = Request::ALL
        .iter()
        .map(|request| {
            let sets = policy.accepted(*request);
            (request.to_string(), json!({ "one": sets.one, "two": sets.two, "needs": sets.needs }))
        })
        .collect();
    let due: serde_json::Map<String, Value> =
        Request::ALL.iter().map(|r| (r.to_string(), json!(policy.due_hours(*r)))).collect();
    let rings: serde_json::Map<String, Value> =
        policy.rings.each().into_iter().map(|(name, n)| (name.to_owned(), json!(n))).collect();
    let people: serde_json::Map<String, Value> =
        policy.people.each().into_iter().map(|(name, n)| (name.to_owned(), json!(n))).collect();
    json!({ "policy": policy.digest, "thresholds": thresholds, "rings": rings, "people": people, "due_hours": due, "accept": accept })
}

/// How a policy differs from the shipped one, a line each.
pub fn differences(policy: &Policy) -> Vec<String> {
    let shipped = Policy::shipped();
    let mut lines: Vec<String> = policy
        .thresholds
        .each()
        .into_iter()
        .chain(policy.rings.each())
        .chain(policy.people.each())
        .zip(shipped.thresholds.each().into_iter().chain(shipped.rings.each()).chain(shipped.people.each()))
        .filter(|((_, mine), (_, theirs))| mine != theirs)
        .map(|((name, mine), (_, theirs))| format!("{name} = {mine} (shipped: {theirs})"))
        .collect();
    for request in Request::ALL {
        let (mine, theirs) = (policy.due_hours(*request), shipped.due_hours(*request));
        if mine != theirs {
            lines.push(format!("{request} is due in {mine} hours (shipped: {theirs})"));
        }
        if policy.accepted(*request) != shipped.accepted(*request) {
            lines.push(format!("[accept.{request}] is not the shipped one"));
        }
    }
    if policy.rules != shipped.rules {
        lines.push("[effects] is not the shipped one".to_owned());
    }
    lines
}

impl Desk {
    /// The text of the policy this desk goes by, and where it comes from.
    pub fn policy_text(&self) -> Result<(String, String), Failure> {
        let path = self.folder.policy();
        match std::fs::read_to_string(&path) {
            Ok(text) => Ok((text, path.display().to_string())),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                Ok((DEFAULT_POLICY.to_owned(), "shipped".to_owned()))
            }
            Err(e) => Err(Failure::state(Phrase::of("fail-policy-unread").with("why", &e))
                .at(path.display().to_string())),
        }
    }

    /// Judges every closed ticket as of its decision, under the desk's policy and under another. Nothing is
    /// kept.
    ///
    /// Both judgements go by the lists as they stand now, so what differs is the policy's doing; what this
    /// desk released or noticed later does not count.
    pub fn replay(&mut self, other: Policy) -> Result<Replayed, Failure> {
        self.replay_while(other, &mut |_, _| true)
    }

    /// The same, as long as `go_on` says so, which hears how many judgements of how many are made.
    pub fn replay_while(
        &mut self,
        other: Policy,
        go_on: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Result<Replayed, Failure> {
        let filter = Filter { states: vec![State::Closed], sort: Sort::Number, ..Filter::default() };
        let (tickets, _) = queue::list(self.db(), &filter)?;
        let mut replayed = Replayed { judged: 0, changed: Vec::new() };
        let mut first = Vec::with_capacity(tickets.len());
        let all = tickets.len() * 2;
        let stopped = || Failure::state(Phrase::of("fail-replay-stopped"));
        // Of an emptied ticket there is nothing left to judge.
        let whole = |t: &Ticket| t.merged_into.is_none() && !t.is_emptied();
        for ticket in tickets.into_iter().filter(whole) {
            if first.len() % EACH == 0 && !go_on(first.len(), all) {
                return Err(stopped());
            }
            let decision = acts::decision(self.db(), ticket.id)?;
            let at = decision.as_ref().map(|d| d.at).or(ticket.checked_at).unwrap_or(ticket.received_at);
            let judgement = self.judge_as_of(ticket.id, at)?;
            first.push((ticket, decision.map(|d| d.word), at, judgement));
        }
        let own = std::mem::replace(&mut self.policy, other);
        let half = first.len();
        let second: Result<Vec<Judgement>, Failure> = first
            .iter()
            .enumerate()
            .map(|(n, (ticket, _, at, _))| {
                if n % EACH == 0 && !go_on(half + n, half * 2) {
                    return Err(stopped());
                }
                self.judge_as_of(ticket.id, *at)
            })
            .collect();
        self.policy = own;
        for ((ticket, decided, _, before), after) in first.into_iter().zip(second?) {
            replayed.judged += 1;
            if before.recommendation != after.recommendation {
                replayed.changed.push(Changed {
                    ticket: ticket.id,
                    reference: ticket.reference,
                    request: ticket.request,
                    closed_as: ticket.closed_as,
                    decided,
                    from: before.recommendation,
                    to: after.recommendation,
                    because: after.because,
                });
            }
        }
        Ok(replayed)
    }

    fn judge_as_of(&mut self, id: i64, at: Time) -> Result<Judgement, Failure> {
        self.read(|act| {
            let ticket = act.ticket(id)?;
            let claim = ticket.claim(&evidence::of(&act.statements, id)?, act.region());
            let mut then = AsOf { desk: DeskOverlay::new(act.conn)?, at };
            let registry = act.registry.gather(&claim, &mut then)?;
            let links = links::of(&claim, &registry);
            let desk = Gatherer::new(act.conn, act.policy, act.region())?;
            let desk = desk.gather(id, &claim, &registry, &links)?;
            Ok(judge(&claim, &Facts { registry, desk }, act.policy, at))
        })
    }
}

/// What this desk had released and noticed at a moment: the ticket's own end must not judge its beginning.
struct AsOf<'a> {
    desk: DeskOverlay<'a>,
    at: Time,
}

impl Overlay for AsOf<'_> {
    fn released(&mut self, record: i64, account: i64, bound_at: Time) -> Result<Option<Time>, StoreError> {
        Ok(self.desk.released(record, account, bound_at)?.filter(|released| *released < self.at))
    }

    fn notices(&mut self, key: DeviceKey) -> Result<Vec<Notice>, StoreError> {
        let mut notices = self.desk.notices(key)?;
        notices.retain(|notice| notice.reported_at < self.at);
        Ok(notices)
    }
}
