//! What an insider would leave behind: grants an hour, seconds between them, grants without a code or a look,
//! one agent and one claimant again and again.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Period;
use super::log::Counted;
use crate::config::Config;
use crate::desk::Failure;
use crate::domain::{Email, Phone, Region, Time, mask_email, mask_name, mask_tail};
use crate::judgement::Rings;
use crate::store::Db;
use crate::store::desk::report::{self as store, Grant};

/// Pairs that are named, the most telling first.
const MOST_NAMED: usize = 50;
/// Upper bounds of the gaps between two grants of one person, in seconds; the last has none.
pub const GAPS: [i64; 3] = [2, 11, 61];

/// What one person did in the time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgentUse {
    /// Their name.
    pub agent: String,
    /// Decisions.
    pub decisions: u64,
    /// Decisions against the recommendation.
    pub overrides: u64,
    /// Authorizations signed.
    pub grants: u64,
    /// Of these, where no code was read back.
    pub without_code: u64,
    /// Of these, where nothing shows that they looked at the ticket before.
    pub without_look: u64,
    /// Of these, where neither.
    pub without_both: u64,
    /// The tickets of the last, a few dozen at most.
    #[serde(skip)]
    pub blind: Vec<i64>,
    /// By the hour of the day, by the desk's clock.
    pub hours: [u64; 24],
    /// Gaps to their grant before: up to 1 s, 10 s, 60 s, longer.
    pub gaps: [u64; 4],
    /// The shortest, in seconds.
    pub least_gap: Option<i64>,
    /// Things looked up.
    pub lookups: u64,
    /// Of these, in full.
    pub revealed: u64,
    /// Of these, where no ticket was about the thing.
    pub without_ticket: u64,
}

/// Two grants of one person, seconds apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClosePair {
    /// Who signed both.
    pub agent: String,
    /// Seconds between them.
    pub seconds: i64,
    /// The earlier one's ticket.
    pub first: i64,
    /// The later one's.
    pub second: i64,
    /// When the later one was signed.
    pub at: Time,
}

/// One person who granted to one claimant more than once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClaimantPair {
    /// Who signed.
    pub agent: String,
    /// Masked.
    pub claimant: String,
    /// The tickets, oldest first.
    pub tickets: Vec<i64>,
}

/// What an insider would leave behind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Insider {
    /// Everybody who did something, most grants first.
    pub agents: Vec<AgentUse>,
    /// Grants of one agent seconds apart (`grants_apart_seconds`), the closest first.
    pub close: Vec<ClosePair>,
    /// Grants by one agent to one claimant (`grants_to_one`), the most first.
    pub pairs: Vec<ClaimantPair>,
}

pub fn read(
    conn: &Db,
    period: Period,
    counted: &Counted,
    (config, rings): (&Config, &Rings),
) -> Result<Insider, Failure> {
    let grants = store::grants(conn, period.from, period.to)?;
    let mut agents: BTreeMap<String, AgentUse> = BTreeMap::new();
    for (name, acts) in &counted.acts {
        let new = agents.entry(name.clone()).or_insert_with(|| unused(name));
        (new.decisions, new.overrides) = (acts.decisions, acts.overrides);
        (new.lookups, new.revealed, new.without_ticket) = (acts.lookups, acts.revealed, acts.without_ticket);
    }
    let mut close = Vec::new();
    let mut pairs: BTreeMap<(String, String), ClaimantPair> = BTreeMap::new();
    let mut before: Option<&Grant> = None;
    for grant in &grants {
        let agent = agents.entry(grant.by.clone()).or_insert_with(|| unused(&grant.by));
        granted(agent, grant, config.calendar.offset);
        if let Some(last) = before.filter(|last| last.by == grant.by) {
            close.extend(gap(agent, last, grant, rings.grants_apart_seconds));
        }
        before = Some(grant);
        if let Some((key, shown)) = claimant(&grant.given, config.region) {
            let new = || ClaimantPair { agent: grant.by.clone(), claimant: shown, tickets: Vec::new() };
            pairs.entry((grant.by.clone(), key)).or_insert_with(new).tickets.push(grant.ticket);
        }
    }
    close.sort_by_key(|pair| (pair.seconds, pair.at));
    close.truncate(MOST_NAMED);
    let least = usize::try_from(rings.grants_to_one).unwrap_or(2);
    let mut pairs: Vec<ClaimantPair> = pairs.into_values().filter(|p| p.tickets.len() >= least).collect();
    pairs.sort_by_key(|pair| std::cmp::Reverse(pair.tickets.len()));
    pairs.truncate(MOST_NAMED);
    let mut agents: Vec<AgentUse> = agents.into_values().collect();
    agents.sort_by_key(|a| (std::cmp::Reverse(a.grants), std::cmp::Reverse(a.decisions), a.agent.clone()));
    Ok(Insider { agents, close, pairs })
}

fn unused(agent: &str) -> AgentUse {
    AgentUse {
        agent: agent.to_owned(),
        decisions: 0,
        overrides: 0,
        grants: 0,
        without_code: 0,
        without_look: 0,
        without_both: 0,
        blind: Vec::new(),
        hours: [0; 24],
        gaps: [0; 4],
        least_gap: None,
        lookups: 0,
        revealed: 0,
        without_ticket: 0,
    }
}

fn granted(agent: &mut AgentUse, grant: &Grant, offset: i64) {
    agent.grants += 1;
    agent.without_code += u64::from(!grant.with_code);
    agent.without_look += u64::from(grant.looks == 0);
    if !grant.with_code && grant.looks == 0 {
        agent.without_both += 1;
        if agent.blind.len() < MOST_NAMED {
            agent.blind.push(grant.ticket);
        }
    }
    let hour = usize::try_from((grant.at.0 + offset).rem_euclid(86_400) / 3600).unwrap_or(0);
    if let Some(count) = agent.hours.get_mut(hour) {
        *count += 1;
    }
}

fn gap(agent: &mut AgentUse, last: &Grant, grant: &Grant, close: i64) -> Option<ClosePair> {
    let seconds = grant.at.since(last.at).0;
    let at = GAPS.iter().position(|bound| seconds < *bound).unwrap_or(GAPS.len());
    if let Some(count) = agent.gaps.get_mut(at) {
        *count += 1;
    }
    agent.least_gap = Some(agent.least_gap.map_or(seconds, |least| least.min(seconds)));
    (seconds <= close).then(|| ClosePair {
        agent: grant.by.clone(),
        seconds,
        first: last.ticket,
        second: grant.ticket,
        at: grant.at,
    })
}

/// Who asks, as a key under which the same person is found again, and masked.
fn claimant(given: &str, region: Region) -> Option<(String, String)> {
    let given: BTreeMap<String, String> = serde_json::from_str(given).ok()?;
    let text = |column: &str| given.get(column).map(|t| t.trim()).filter(|t| !t.is_empty());
    if let Some(email) = text("claimant_email") {
        let key = Email::parse(email).map_or_else(|_| email.to_lowercase(), |e| e.plain().to_owned());
        return Some((key, mask_email(email)));
    }
    if let Some(phone) = text("claimant_phone") {
        let key = Phone::parse(phone, region).map_or_else(|_| phone.to_owned(), Phone::plain);
        return Some((key, mask_tail(phone, 2)));
    }
    text("claimant_name").map(|name| (name.to_lowercase(), mask_name(name)))
}
