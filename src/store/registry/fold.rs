//! The columns of `device` that repeat what `binding` and `sighting` say, so that the ordinary device costs one
//! probe: always recomputed whole, never patched.

use crate::domain::List;
use crate::store::{Statements, StoreError};
use rusqlite::{Connection, params};

/// Records waiting to be folded at most; then they are.
const MOST: usize = 1 << 16;

const BINDINGS: &str = "SELECT account, bound_at, released_at, lost_mode_since FROM binding \
    WHERE device = $1 ORDER BY bound_at, account";
const SIGHTINGS: &str =
    "SELECT last_seen, first_seen, iccid, imsi, msisdn, key FROM sighting WHERE device = $1";
const WRITE_BINDINGS: &str = "UPDATE device SET account = $1, bound_at = $2, lost_mode_since = $3, \
    first_bound_at = $4, bindings = $5 WHERE id = $6";
const WRITE_SIGHTINGS: &str = "UPDATE device SET last_iccid = $1, last_imsi = $2, last_msisdn = $3, \
    last_first_seen = $4, last_seen = $5, sightings = $6 WHERE id = $7";

/// What may have changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Parts {
    #[default]
    Both,
    Bindings,
    Sightings,
}

/// Records whose bindings or sightings changed.
#[derive(Debug, Default)]
pub(super) struct Touched {
    waiting: Vec<i64>,
    pub(super) parts: Parts,
    run: Run,
}

/// A record whose rows are coming in. A list that began empty and comes in the order of its table has all rows of a
/// record one after the other: nothing of them needs to be read again.
#[derive(Debug, Default)]
enum Run {
    /// Rows do not come so: what they touch waits, and is read again.
    #[default]
    Broken,
    /// No row yet.
    Ready,
    Bindings {
        record: i64,
        last: Bound,
        sum: Bindings,
    },
    Sightings {
        record: i64,
        last: Place,
        sum: Sightings,
    },
}

/// One binding; bindings of a record stand in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Bound {
    pub(super) at: i64,
    pub(super) account: i64,
    pub(super) released: bool,
    pub(super) lost: Option<i64>,
}

/// First seen, ICCID, IMSI, number, key: sightings of a record stand in this order.
pub(super) type Place = (i64, i64, i64, i64, i64);

impl Touched {
    /// A list changes its own rows only; of devices come and go, and with them whatever is said of them. `empty`: the
    /// list had no rows, and none that come are taken out.
    pub(super) fn of(list: List, empty: bool) -> Self {
        let parts = match list {
            List::Bindings => Parts::Bindings,
            List::Sightings => Parts::Sightings,
            _ => Parts::Both,
        };
        let run = if empty && parts != Parts::Both { Run::Ready } else { Run::Broken };
        Self { waiting: Vec::new(), parts, run }
    }

    pub(super) fn note(&mut self, on: &Statements<'_>, record: i64) -> Result<(), StoreError> {
        if self.waiting.last() == Some(&record) {
            return Ok(());
        }
        self.waiting.push(record);
        if self.waiting.len() >= MOST { self.fold(on) } else { Ok(()) }
    }

    /// A binding came or changed.
    pub(super) fn bound(&mut self, on: &Statements<'_>, record: i64, new: Bound) -> Result<(), StoreError> {
        match &mut self.run {
            Run::Broken => return self.note(on, record),
            Run::Bindings { record: at, last, sum }
                if *at == record && (last.at, last.account) < (new.at, new.account) =>
            {
                *last = new;
                sum.add(new);
                return Ok(());
            }
            Run::Bindings { record: at, .. } if *at >= record => return self.break_run(on, record),
            _ => self.end_run(on)?,
        }
        let mut sum = Bindings::default();
        sum.add(new);
        self.run = Run::Bindings { record, last: new, sum };
        Ok(())
    }

    /// A sighting came or changed.
    pub(super) fn sighted(
        &mut self,
        on: &Statements<'_>,
        record: i64,
        new: Place,
        seen: i64,
    ) -> Result<(), StoreError> {
        match &mut self.run {
            Run::Broken => return self.note(on, record),
            Run::Sightings { record: at, last, sum } if *at == record && *last < new => {
                *last = new;
                sum.add(record, new, seen);
                return Ok(());
            }
            Run::Sightings { record: at, .. } if *at >= record => return self.break_run(on, record),
            _ => self.end_run(on)?,
        }
        let mut sum = Sightings::default();
        sum.add(record, new, seen);
        self.run = Run::Sightings { record, last: new, sum };
        Ok(())
    }

    /// Rows stopped coming in order.
    fn break_run(&mut self, on: &Statements<'_>, record: i64) -> Result<(), StoreError> {
        self.end_run(on)?;
        self.run = Run::Broken;
        self.note(on, record)
    }

    /// Writes the record whose rows came.
    fn end_run(&mut self, on: &Statements<'_>) -> Result<(), StoreError> {
        match &self.run {
            Run::Broken | Run::Ready => Ok(()),
            Run::Bindings { record, sum, .. } => sum.write(on, *record),
            Run::Sightings { record, sum, .. } => sum.write(on, *record),
        }
    }

    /// Folds what waits, in the order of the table.
    pub(super) fn fold(&mut self, on: &Statements<'_>) -> Result<(), StoreError> {
        self.end_run(on)?;
        self.waiting.sort_unstable();
        self.waiting.dedup();
        let parts = self.parts;
        for record in self.waiting.drain(..) {
            if parts != Parts::Sightings {
                Bindings::read(on, record)?.write(on, record)?;
            }
            if parts != Parts::Bindings {
                Sightings::read(on, record)?.write(on, record)?;
            }
        }
        Ok(())
    }
}

/// What a record holds of its bindings. The current one is the latest not released; of two at the same moment the
/// higher account's.
#[derive(Debug, Default)]
struct Bindings {
    current: Option<Bound>,
    first: Option<i64>,
    count: i64,
}

impl Bindings {
    /// Adds the next binding, in the order of the table.
    fn add(&mut self, bound: Bound) {
        self.count += 1;
        self.first.get_or_insert(bound.at);
        if !bound.released {
            self.current = Some(bound);
        }
    }

    fn read(on: &Statements<'_>, record: i64) -> Result<Self, StoreError> {
        let mut sum = Self::default();
        let mut bindings = on.statement(BINDINGS)?;
        let mut rows = bindings.query([record])?;
        while let Some(row) = rows.next()? {
            let released = row.get::<_, Option<i64>>(2)?.is_some();
            sum.add(Bound { account: row.get(0)?, at: row.get(1)?, released, lost: row.get(3)? });
        }
        Ok(sum)
    }

    fn write(&self, on: &Statements<'_>, record: i64) -> Result<(), StoreError> {
        let [account, at, lost, first, count] = self.columns();
        on.statement(WRITE_BINDINGS)?.execute(params![account, at, lost, first, count, record])?;
        Ok(())
    }

    fn columns(&self) -> [Option<i64>; 5] {
        [
            self.current.map(|c| c.account),
            self.current.map(|c| c.at),
            self.current.and_then(|c| c.lost),
            self.first,
            Some(self.count.min(2)),
        ]
    }
}

/// What a record holds of its sightings: the SIM that was seen last.
#[derive(Debug, Default)]
struct Sightings {
    /// Last seen, first seen, ICCID, IMSI, number.
    last: Option<[i64; 5]>,
    count: i64,
}

impl Sightings {
    fn add(&mut self, record: i64, (first, iccid, imsi, msisdn, key): Place, seen: i64) {
        self.last = self.last.max(Some([seen, first, iccid, imsi, msisdn]));
        // The row has no room for the slot: one that is not the first is looked up.
        self.count += if key == record { 1 } else { 2 };
    }

    fn read(on: &Statements<'_>, record: i64) -> Result<Self, StoreError> {
        let mut sum = Self::default();
        let mut sightings = on.statement(SIGHTINGS)?;
        let mut rows = sightings.query([record])?;
        while let Some(row) = rows.next()? {
            let place = (row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?);
            sum.add(record, place, row.get(0)?);
        }
        Ok(sum)
    }

    fn write(&self, on: &Statements<'_>, record: i64) -> Result<(), StoreError> {
        let [iccid, imsi, msisdn, first, last, count] = self.columns();
        on.statement(WRITE_SIGHTINGS)?.execute(params![iccid, imsi, msisdn, first, last, count, record])?;
        Ok(())
    }

    fn columns(&self) -> [Option<i64>; 6] {
        let given = |n: i64| (n > 0).then_some(n);
        [
            self.last.and_then(|l| given(l[2])),
            self.last.and_then(|l| given(l[3])),
            self.last.and_then(|l| given(l[4])),
            self.last.map(|l| l[1]),
            self.last.map(|l| l[0]),
            Some(self.count.min(2)),
        ]
    }
}

pub(super) const FOLDED: &str = "SELECT id, account, bound_at, lost_mode_since, first_bound_at, bindings, last_iccid, \
    last_imsi, last_msisdn, last_first_seen, last_seen, sightings FROM device WHERE id >= $1 AND id <= $2 ORDER BY id";

/// The first record between two whose row says something else of its bindings and sightings than these do.
pub(super) fn first_untrue(conn: &Connection, between: (i64, i64)) -> Result<Option<i64>, StoreError> {
    let on = &Statements::new(conn);
    let mut statement = on.statement(FOLDED)?;
    let mut rows = statement.query([between.0, between.1])?;
    while let Some(row) = rows.next()? {
        let record = row.get(0)?;
        let mut told = [None; 11];
        for (at, column) in told.iter_mut().enumerate() {
            *column = row.get(at + 1)?;
        }
        let bindings = Bindings::read(on, record)?.columns();
        let sightings = Sightings::read(on, record)?.columns();
        if !told.iter().eq(bindings.iter().chain(&sightings)) {
            return Ok(Some(record));
        }
    }
    Ok(None)
}
