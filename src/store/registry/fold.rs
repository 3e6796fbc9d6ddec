//! The columns of `device` that repeat what `binding` and `sighting` say, so that the ordinary device costs one
//! probe: always recomputed whole, never patched.

use crate::domain::List;
use crate::store::StoreError;
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
pub(super) struct Touched(Vec<i64>, pub(super) Parts);

impl Touched {
    /// A list changes its own rows only; of devices come and go, and with them whatever is said of them.
    pub(super) fn of(list: List) -> Self {
        let parts = match list {
            List::Bindings => Parts::Bindings,
            List::Sightings => Parts::Sightings,
            _ => Parts::Both,
        };
        Self(Vec::new(), parts)
    }

    pub(super) fn note(&mut self, conn: &Connection, record: i64) -> Result<(), StoreError> {
        if self.0.last() == Some(&record) {
            return Ok(());
        }
        self.0.push(record);
        if self.0.len() >= MOST { self.fold(conn) } else { Ok(()) }
    }

    /// Folds what waits, in the order of the table.
    pub(super) fn fold(&mut self, conn: &Connection) -> Result<(), StoreError> {
        self.0.sort_unstable();
        self.0.dedup();
        let parts = self.1;
        for record in self.0.drain(..) {
            if parts != Parts::Sightings {
                fold_bindings(conn, record)?;
            }
            if parts != Parts::Bindings {
                fold_sightings(conn, record)?;
            }
        }
        Ok(())
    }
}

/// The current binding is the latest one not released; of two at the same moment the higher account's.
fn fold_bindings(conn: &Connection, record: i64) -> Result<(), StoreError> {
    let (mut current, mut first, mut bound) = (None, None, 0);
    let mut bindings = conn.prepare_cached(BINDINGS)?;
    let mut rows = bindings.query([record])?;
    while let Some(row) = rows.next()? {
        let bound_at: i64 = row.get(1)?;
        bound += 1;
        first.get_or_insert(bound_at);
        if row.get::<_, Option<i64>>(2)?.is_none() {
            current = Some((row.get::<_, i64>(0)?, bound_at, row.get::<_, Option<i64>>(3)?));
        }
    }
    conn.prepare_cached(WRITE_BINDINGS)?.execute(params![
        current.map(|c| c.0),
        current.map(|c| c.1),
        current.and_then(|c| c.2),
        first,
        bound.min(2),
        record
    ])?;
    Ok(())
}

/// The SIM that was seen last.
fn fold_sightings(conn: &Connection, record: i64) -> Result<(), StoreError> {
    let mut seen = 0;
    // Last seen, first seen, ICCID, IMSI, number.
    let mut last: Option<[i64; 5]> = None;
    let mut sightings = conn.prepare_cached(SIGHTINGS)?;
    let mut rows = sightings.query([record])?;
    while let Some(row) = rows.next()? {
        last = last.max(Some([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?]));
        // The row has no room for the slot: one that is not the first is looked up.
        seen += if row.get::<_, i64>(5)? == record { 1 } else { 2 };
    }
    let given = |n: i64| (n > 0).then_some(n);
    conn.prepare_cached(WRITE_SIGHTINGS)?.execute(params![
        last.and_then(|l| given(l[2])),
        last.and_then(|l| given(l[3])),
        last.and_then(|l| given(l[4])),
        last.map(|l| l[1]),
        last.map(|l| l[0]),
        seen.min(2),
        record
    ])?;
    Ok(())
}
