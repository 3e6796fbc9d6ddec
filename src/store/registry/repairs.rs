//! Repairs: an old IMEI became a new one. Notices always go along; everything else only where the two never
//! lived side by side (JUDGEMENT.md §2, "The device").

use super::reader::RegistryReader;
use super::seals::Strand;
use crate::domain::{Day, Time};
use crate::store::{Statements, StoreError};

/// Records one device may consist of; a longer chain is cut.
pub(super) const MOST_NODES: usize = 64;

pub(super) const BY_OLD: &str =
    "SELECT old_device, new_device, repaired_on FROM repair WHERE old_device = $1";
pub(super) const BY_NEW: &str =
    "SELECT old_device, new_device, repaired_on FROM repair WHERE new_device = $1";
pub(super) const SOLD: &str = "SELECT min(sold_on), max(sold_on) FROM sale WHERE device = $1 AND device <> 0";
pub(super) const RECEIPTS: &str = "SELECT receipt FROM sale WHERE device = $1 AND device <> 0";
pub(super) const BOUND: &str = "SELECT min(bound_at), max(bound_at) FROM binding WHERE device = $1";
pub(super) const SEEN: &str = "SELECT min(first_seen), max(last_seen) FROM sighting WHERE device = $1";

/// A repair between two nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) old: i64,
    pub(super) new: i64,
    pub(super) on: Day,
    /// It carries everything, both ways: the two are one device.
    pub(super) carries: bool,
}

impl Edge {
    /// The end that is not `here`.
    pub(super) const fn other(self, here: i64) -> i64 {
        if self.old == here { self.new } else { self.old }
    }

    /// The node whose notices this repair brings to `here`.
    pub(super) const fn notices_into(self, here: i64) -> Option<i64> {
        if self.new == here {
            Some(self.old)
        } else if self.carries && self.old == here {
            Some(self.new)
        } else {
            None
        }
    }
}

/// When the record was sold, bound and seen: the first and the last of each.
struct Life {
    sold: (Option<Day>, Option<Day>),
    bound: (Option<Time>, Option<Time>),
    seen: (Option<Day>, Option<Day>),
}

impl Life {
    fn read(statements: &Statements<'_>, node: i64) -> Result<Self, StoreError> {
        let days = |sql: &'static str| -> Result<_, StoreError> {
            Ok(statements.statement(sql)?.query_row([node], |r| {
                Ok((r.get::<_, Option<i32>>(0)?.map(Day), r.get::<_, Option<i32>>(1)?.map(Day)))
            })?)
        };
        let bound = statements.statement(BOUND)?.query_row([node], |r| {
            Ok((r.get::<_, Option<i64>>(0)?.map(Time), r.get::<_, Option<i64>>(1)?.map(Time)))
        })?;
        Ok(Self { sold: days(SOLD)?, bound, seen: days(SEEN)? })
    }

    /// Nothing of it lies before the day.
    fn begins_on(&self, day: Day) -> bool {
        self.sold.0.is_none_or(|d| d >= day)
            && self.bound.0.is_none_or(|t| t >= day.start())
            && self.seen.0.is_none_or(|d| d >= day)
    }

    /// Nothing of it lies after the day.
    fn ends_on(&self, day: Day) -> bool {
        self.sold.1.is_none_or(|d| d <= day)
            && self.bound.1.is_none_or(|t| t < day.end())
            && self.seen.1.is_none_or(|d| d <= day)
    }
}

impl RegistryReader<'_> {
    /// Repairs from or to a node that are not among `known`; those of a record with itself say nothing. Each is
    /// decided on the two single records, whatever else is joined to them.
    pub(super) fn edges_at(&self, node: i64, known: &[Edge]) -> Result<Vec<Edge>, StoreError> {
        let mut edges: Vec<Edge> = Vec::new();
        if !self.has_repairs() {
            return Ok(edges);
        }
        for sql in [BY_OLD, BY_NEW] {
            let mut statement = self.statement(sql)?;
            let mut rows = statement.query([node])?;
            while let Some(row) = rows.next()? {
                let (old, new, on) = (row.get(0)?, row.get(1)?, Day(row.get(2)?));
                let same = |e: &&Edge| (e.old, e.new, e.on) == (old, new, on);
                if old == new || known.iter().chain(&edges).find(same).is_some() {
                    continue;
                }
                for record in [old, new] {
                    self.note_life(record)?;
                }
                let carries = Life::read(self.statements(), new)?.begins_on(on)
                    && Life::read(self.statements(), old)?.ends_on(on);
                edges.push(Edge { old, new, on, carries });
                // A list in which one IMEI was repaired a thousand times is no evidence of anything.
                if edges.len() >= 4 * MOST_NODES {
                    return Ok(edges);
                }
            }
        }
        Ok(edges)
    }
    /// What [`Life::read`] asks for.
    fn note_life(&self, record: i64) -> Result<(), StoreError> {
        if !self.watched() {
            return Ok(());
        }
        self.note_record(record);
        let mut statement = self.statement(RECEIPTS)?;
        let mut rows = statement.query([record])?;
        while let Some(row) = rows.next()? {
            self.note(Strand::Sale, row.get(0)?);
        }
        Ok(())
    }
}
