//! The log, counted: one pass over the leaves of a time.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::{OnLeaves, Outcome, Period};
use crate::desk::Failure;
use crate::domain::{Calendar, Day, Recommendation, Time};
use crate::store::Db;
use crate::store::desk::report as store;
use crate::words::Phrase;

/// Leaves between two looks at whether to go on.
const EACH: u64 = 4096;
/// Leaves older than the time that are read on: clocks may have been set back a little.
const BEYOND: u64 = 256;

/// What one person did.
#[derive(Clone, Copy, Debug, Default)]
pub struct Acts {
    pub decisions: u64,
    pub overrides: u64,
    pub lookups: u64,
    pub revealed: u64,
    pub without_ticket: u64,
}

/// What the leaves of a time say.
#[derive(Debug, Default)]
pub struct Counted {
    /// Arrived and closed, by day.
    pub days: BTreeMap<Day, (u64, u64)>,
    pub outcomes: BTreeMap<(Recommendation, Recommendation), Outcome>,
    /// Seconds from receipt to decision.
    pub times: Vec<i64>,
    pub acts: BTreeMap<String, Acts>,
}

#[derive(serde::Deserialize)]
struct Leaf<'a> {
    act: &'a str,
    #[serde(borrow)]
    actor: std::borrow::Cow<'a, str>,
    at: &'a str,
    #[serde(default)]
    info: Info,
}

#[derive(Default, serde::Deserialize)]
struct Info {
    word: Option<Recommendation>,
    recommendation: Option<Recommendation>,
    #[serde(rename = "override", default)]
    overrides: bool,
    #[serde(default)]
    tickets: i64,
}

impl Counted {
    pub fn read(
        conn: &Db,
        period: Period,
        calendar: &Calendar,
        go_on: OnLeaves<'_>,
    ) -> Result<Self, Failure> {
        let mut counted = Self::default();
        let all = store::leaves(conn)?;
        let (mut read, mut beyond, mut stopped) = (0, 0, false);
        let mut failed = None;
        store::leaves_back(conn, |_, ticket, line| {
            read += 1;
            if read % EACH == 0 && !go_on(read, all) {
                stopped = true;
                return ControlFlow::Break(());
            }
            match counted.leaf(conn, (period, calendar), ticket, line) {
                Ok(true) => beyond += 1,
                Ok(false) => {}
                Err(e) => failed = Some(e),
            }
            if beyond > BEYOND || failed.is_some() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        })?;
        match failed {
            Some(failure) => Err(failure),
            None if stopped => Err(Failure::state(Phrase::of("fail-report-stopped"))),
            None => Ok(counted),
        }
    }

    /// Counts a leaf; says whether it is older than the time.
    fn leaf(
        &mut self,
        conn: &Db,
        (period, calendar): (Period, &Calendar),
        ticket: Option<i64>,
        line: &str,
    ) -> Result<bool, Failure> {
        let Ok(leaf) = serde_json::from_str::<Leaf<'_>>(line) else { return Ok(false) };
        let Ok(at) = Time::parse(leaf.at) else { return Ok(false) };
        if at < period.from {
            return Ok(true);
        }
        if at >= period.to {
            return Ok(false);
        }
        match leaf.act {
            "case.imported" => self.days.entry(calendar.day_of(at)).or_default().0 += 1,
            "ticket.closed" => self.days.entry(calendar.day_of(at)).or_default().1 += 1,
            "lookup.read" | "lookup.revealed" => {
                let acts = self.acts.entry(leaf.actor.into_owned()).or_default();
                acts.lookups += 1;
                acts.revealed += u64::from(leaf.act == "lookup.revealed");
                acts.without_ticket += u64::from(leaf.info.tickets == 0);
            }
            "search.revealed" => {
                let acts = self.acts.entry(leaf.actor.into_owned()).or_default();
                acts.lookups += 1;
                acts.revealed += 1;
            }
            "decision.made" => {
                let acts = self.acts.entry(leaf.actor.into_owned()).or_default();
                acts.decisions += 1;
                acts.overrides += u64::from(leaf.info.overrides);
                if let (Some(decided), Some(recommended)) = (leaf.info.word, leaf.info.recommendation) {
                    let new = Outcome { recommended, decided, count: 0, overrides: 0 };
                    let outcome = self.outcomes.entry((recommended, decided)).or_insert(new);
                    outcome.count += 1;
                    outcome.overrides += u64::from(leaf.info.overrides);
                }
                if let Some(received) = ticket.map(|id| store::received_at(conn, id)).transpose()?.flatten() {
                    self.times.push(at.since(received).0.max(0));
                }
            }
            _ => {}
        }
        Ok(false)
    }
}
