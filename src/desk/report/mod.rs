//! `report`: how the queue stands, what was decided and how fast, and what an insider would leave behind.
//!
//! Counted from the log, newest leaf first, so that a report says what was done and not what rows say now.

mod insider;
mod log;
mod rings;

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Desk, Failure};
use crate::domain::{Calendar, Day, Recommendation, Role, Time};
use crate::judgement::rings::Sign;
use crate::store::desk::report as store;
use crate::words::Phrase;

pub use insider::{AgentUse, ClaimantPair, ClosePair, Insider};

/// Upper bounds of the ages by which open tickets are counted, in seconds; the last has none.
pub const AGES: [i64; 5] = [3_600, 14_400, 86_400, 259_200, 604_800];
/// Upper bounds of the times to a decision, in seconds; the last has none.
pub const TIMES: [i64; 5] = [900, 3_600, 14_400, 86_400, 259_200];

/// The time a report is about: from the first moment up to before the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Period {
    /// The first moment.
    pub from: Time,
    /// The moment after the last.
    pub to: Time,
}

/// What came in and was finished on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct DayCount {
    /// The day by the desk's clock.
    pub day: Day,
    /// Tickets that came in.
    pub arrived: u64,
    /// Tickets that were closed.
    pub closed: u64,
}

/// How often one recommendation led to one decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// What was recommended.
    pub recommended: Recommendation,
    /// What was decided.
    pub decided: Recommendation,
    /// How often.
    pub count: u64,
    /// How often as an override.
    pub overrides: u64,
}

/// How long decisions took, from receipt.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pace {
    /// By the bounds of [`TIMES`].
    pub buckets: [u64; 6],
    /// Half were faster, in seconds.
    pub median: Option<i64>,
    /// Nine of ten were faster, in seconds.
    pub p90: Option<i64>,
}

/// A report.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// What it is about.
    #[serde(flatten)]
    pub period: Period,
    /// Tickets that are not closed now.
    pub open: u64,
    /// Of these by age, by the bounds of [`AGES`].
    pub ages: [u64; 6],
    /// When the oldest of them was received.
    pub oldest: Option<Time>,
    /// Every day of the time.
    pub days: Vec<DayCount>,
    /// What was recommended and what was decided, the most frequent first.
    pub outcomes: Vec<Outcome>,
    /// Decisions.
    pub decisions: u64,
    /// Decisions against the recommendation.
    pub overrides: u64,
    /// How long decisions took.
    pub pace: Pace,
    /// What is worth a look, the most first: rings among the claims, agents whose grants stand out.
    pub signs: Vec<Sign>,
    /// Every ticket of the time was compared, and not the newest alone.
    pub every_ticket: bool,
    /// What an insider would leave behind.
    pub insider: Insider,
}

impl Period {
    /// The last days up to now, today among them.
    pub fn last_days(now: Time, calendar: &Calendar, days: i32) -> Self {
        let today = calendar.day_of(now);
        let start = |day: Day| Time(day.start().0 - calendar.offset);
        Self { from: start(today.minus_days(days - 1)), to: start(today.plus_days(1)) }
    }

    /// From the beginning of a day to the end of another.
    pub const fn of_days(first: Day, last: Day, calendar: &Calendar) -> Self {
        let (from, to) = (first.start(), last.plus_days(1).start());
        Self { from: Time(from.0 - calendar.offset), to: Time(to.0 - calendar.offset) }
    }
}

/// How far a report has come: leaves read, of how many. `false` stops it.
pub type OnLeaves<'a> = &'a mut dyn FnMut(u64, u64) -> bool;

impl Desk {
    /// A report about a time.
    pub fn report(&mut self, period: Period, go_on: OnLeaves<'_>) -> Result<Report, Failure> {
        self.require(Role::ALL, "read reports")?;
        if period.to <= period.from {
            return Err(Failure::usage(Phrase::of("fail-report-order")).hint(Phrase::of("hint-report-order")));
        }
        let counted = log::Counted::read(self.db(), period, &self.config.calendar, go_on)?;
        let (mut open, mut ages, mut oldest) = (0, [0; 6], None::<Time>);
        let now = self.now();
        store::open_received(self.db(), |at| {
            open += 1;
            count(&mut ages, &AGES, now.since(at).0);
            oldest = Some(oldest.map_or(at, |old| old.min(at)));
        })?;
        let by = &self.policy.rings;
        let insider = insider::read(self.db(), period, &counted, (&self.config, by))?;
        let (signs, every_ticket) = rings::read(self.db(), period, by, &insider)?;
        let mut outcomes: Vec<Outcome> = counted.outcomes.values().copied().collect();
        outcomes.sort_by_key(|o| (std::cmp::Reverse(o.count), o.recommended, o.decided));
        Ok(Report {
            period,
            open,
            ages,
            oldest,
            days: days(period, &self.config.calendar, &counted.days),
            decisions: outcomes.iter().map(|o| o.count).sum(),
            overrides: outcomes.iter().map(|o| o.overrides).sum(),
            outcomes,
            pace: pace(counted.times),
            signs,
            every_ticket,
            insider,
        })
    }
}

/// Adds one to the first of the counts whose bound is not reached.
fn count(counts: &mut [u64; 6], bounds: &[i64; 5], seconds: i64) {
    let at = bounds.iter().position(|bound| seconds < *bound).unwrap_or(bounds.len());
    if let Some(count) = counts.get_mut(at) {
        *count += 1;
    }
}

/// Every day of the time, those without anything too.
fn days(period: Period, calendar: &Calendar, counted: &BTreeMap<Day, (u64, u64)>) -> Vec<DayCount> {
    let mut days = Vec::new();
    let (mut day, last) = (calendar.day_of(period.from), calendar.day_of(Time(period.to.0 - 1)));
    while day <= last {
        let (arrived, closed) = counted.get(&day).copied().unwrap_or_default();
        days.push(DayCount { day, arrived, closed });
        day = day.plus_days(1);
    }
    days
}

fn pace(mut times: Vec<i64>) -> Pace {
    times.sort_unstable();
    let at = |share: usize| times.get((times.len() * share / 10).min(times.len().saturating_sub(1))).copied();
    let mut pace = Pace { median: at(5), p90: at(9), ..Pace::default() };
    for time in &times {
        count(&mut pace.buckets, &TIMES, *time);
    }
    pace
}
