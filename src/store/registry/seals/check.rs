//! Whether rows are as they were sealed: those that a case was judged by, or all of them.

use std::cell::RefCell;
use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension};

use super::{FIRST, Sealed, Strand, hash, is_empty, scan, sealed};
use crate::store::StoreError;
use crate::store::registry::fold;
use crate::words::Phrase;

/// Which part of the lists differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Rows of a table, between two keys.
    Rows,
    /// What a device row repeats of its bindings and sightings.
    Folded,
    /// The seals themselves, or where the lists stand.
    Root,
}

/// What is not as it was sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// What of the lists.
    pub part: Part,
    /// The table; the seals' own where it is these that differ.
    pub table: &'static str,
    /// The first key of the range, and the last.
    pub keys: (i64, i64),
}

impl Misfit {
    /// The seals themselves.
    pub const fn root() -> Self {
        Self { part: Part::Root, table: "sealed", keys: (FIRST, i64::MAX) }
    }

    const fn rows(strand: Strand, keys: (i64, i64)) -> Self {
        Self { part: Part::Rows, table: strand.table(), keys }
    }

    /// What differs, in words. Keys are numbers of devices and telephones: their ends are not shown.
    pub fn phrase(&self) -> Phrase {
        let keys = |id| {
            Phrase::of(id)
                .with("table", self.table)
                .with("from", masked(self.keys.0))
                .with("to", masked(self.keys.1))
        };
        match self.part {
            Part::Rows => keys("seal-rows"),
            Part::Folded => keys("seal-folded"),
            Part::Root => Phrase::of("seal-root").with("table", self.table),
        }
    }
}

impl std::fmt::Display for Misfit {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "{}", self.phrase())
    }
}

/// A key without its last digits, where it is long enough to name somebody's.
fn masked(key: i64) -> String {
    let text = match key {
        FIRST | i64::MAX => return "…".to_owned(),
        key => key.to_string(),
    };
    match text.len().checked_sub(4) {
        Some(shown) if shown > 5 => format!("{}••••", text.get(..shown).unwrap_or_default()),
        _ => text,
    }
}

/// The keys that a case was judged by, whether rows were there or not.
#[derive(Debug, Default)]
pub(in crate::store::registry) struct Asked(RefCell<BTreeSet<(Strand, i64)>>);

impl Asked {
    pub fn note(&self, strand: Strand, key: i64) {
        if let Ok(mut keys) = self.0.try_borrow_mut() {
            keys.insert((strand, key));
        }
    }

    /// What was sealed last, if these rows are as it was then.
    pub fn fit(&self, conn: &Connection) -> Result<Result<Option<Sealed>, Misfit>, StoreError> {
        let Some(sealed) = sealed(conn)? else {
            return Ok(if is_empty(conn)? { Ok(None) } else { Err(Misfit::root()) });
        };
        if hash::root(conn)? != sealed.root {
            return Ok(Err(Misfit::root()));
        }
        let (mut group, mut range) = (None, None);
        // In order, so that what lies in one range is looked at once.
        for (strand, key) in self.0.borrow().iter().copied() {
            let of_group = around(conn, GROUP_AT, GROUP_AFTER, strand, key)?;
            if group != Some((strand, of_group.0)) {
                group = Some((strand, of_group.0));
                if let Some(misfit) = groups_differ(conn, strand, of_group)? {
                    return Ok(Err(misfit));
                }
            }
            let of_range = around(conn, RANGE_AT, RANGE_AFTER, strand, key)?;
            if range != Some((strand, of_range.0)) {
                range = Some((strand, of_range.0));
                if let Some(misfit) = ranges_differ(conn, strand, of_range)? {
                    return Ok(Err(misfit));
                }
            }
            if strand == Strand::Device && fold::first_untrue(conn, (key, key))?.is_some() {
                return Ok(Err(Misfit { part: Part::Folded, table: "device", keys: (key, key) }));
            }
        }
        Ok(Ok(Some(sealed)))
    }
}

pub(super) const RANGE_AT: &str =
    "SELECT first FROM seal WHERE strand = $1 AND first <= $2 ORDER BY first DESC LIMIT 1";
pub(super) const RANGE_AFTER: &str =
    "SELECT first FROM seal WHERE strand = $1 AND first > $2 ORDER BY first LIMIT 1";
pub(super) const GROUP_AT: &str =
    "SELECT first FROM seal_group WHERE strand = $1 AND first <= $2 ORDER BY first DESC LIMIT 1";
pub(super) const GROUP_AFTER: &str =
    "SELECT first FROM seal_group WHERE strand = $1 AND first > $2 ORDER BY first LIMIT 1";

/// The range or group of a key: its first key and its last.
fn around(
    conn: &Connection,
    at: &str,
    after: &str,
    strand: Strand,
    key: i64,
) -> Result<(i64, i64), StoreError> {
    let one = |sql: &str| -> Result<Option<i64>, StoreError> {
        Ok(conn.prepare_cached(sql)?.query_row([strand.number(), key], |r| r.get(0)).optional()?)
    };
    Ok((one(at)?.unwrap_or(FIRST), one(after)?.map_or(i64::MAX, |next| next - 1)))
}

const RANGES: &str =
    "SELECT first, hash FROM seal WHERE strand = $1 AND first >= $2 AND first <= $3 ORDER BY first";
const GROUPS: &str =
    "SELECT first, hash FROM seal_group WHERE strand = $1 AND first >= $2 AND first <= $3 ORDER BY first";

/// Compares what is with what was noted, one after the other; gives the first key from which on they differ.
struct Noted<'s> {
    rows: rusqlite::Rows<'s>,
    differs: Option<i64>,
}

impl Noted<'_> {
    fn next(&mut self) -> Result<Option<(i64, [u8; 32])>, StoreError> {
        Ok(match self.rows.next()? {
            Some(row) => Some((row.get(0)?, row.get(1).unwrap_or([0; 32]))),
            None => None,
        })
    }

    /// Whether what comes next is the same.
    fn is(&mut self, first: i64, hash: [u8; 32]) -> Result<bool, StoreError> {
        let next = self.next()?;
        if next != Some((first, hash)) {
            self.differs = Some(next.map_or(first, |next| next.0.min(first)));
        }
        Ok(self.differs.is_none())
    }

    /// Whether nothing is left.
    fn end(mut self) -> Result<Option<i64>, StoreError> {
        if self.differs.is_none() {
            self.differs = self.next()?.map(|next| next.0);
        }
        Ok(self.differs)
    }
}

/// The first range between two keys whose rows are not as they were sealed.
pub(super) fn ranges_differ(
    conn: &Connection,
    strand: Strand,
    between: (i64, i64),
) -> Result<Option<Misfit>, StoreError> {
    let mut statement = conn.prepare(RANGES)?;
    let rows = statement.query([strand.number(), between.0, between.1])?;
    let mut noted = Noted { rows, differs: None };
    scan(conn, strand, between, |first, hash| noted.is(first, hash))?;
    let Some(first) = noted.end()? else { return Ok(None) };
    Ok(Some(Misfit::rows(strand, (first, around(conn, RANGE_AT, RANGE_AFTER, strand, first)?.1))))
}

/// The same of the groups and their ranges.
pub(super) fn groups_differ(
    conn: &Connection,
    strand: Strand,
    between: (i64, i64),
) -> Result<Option<Misfit>, StoreError> {
    let mut statement = conn.prepare(GROUPS)?;
    let rows = statement.query([strand.number(), between.0, between.1])?;
    let mut noted = Noted { rows, differs: None };
    hash::groups(conn, strand, between, |first, hash| noted.is(first, hash))?;
    let table = "seal";
    Ok(noted.end()?.map(|_| Misfit { part: Part::Root, table, keys: between }))
}

/// The first part of all lists that is not as it was sealed. `go_on` hears how many tables were read, and may end it.
pub(in crate::store::registry) fn whole(
    conn: &Connection,
    go_on: &mut dyn FnMut(u64) -> bool,
) -> Result<Option<Misfit>, StoreError> {
    let Some(sealed) = sealed(conn)? else {
        return Ok((!is_empty(conn)?).then(Misfit::root));
    };
    for strand in Strand::ALL {
        // The rows first: which they are says more than that the seals were made to fit.
        if let Some(misfit) = ranges_differ(conn, strand, (FIRST, i64::MAX))? {
            return Ok(Some(misfit));
        }
        if let Some(misfit) = groups_differ(conn, strand, (FIRST, i64::MAX))? {
            return Ok(Some(misfit));
        }
        if !go_on(strand as u64) {
            return Ok(None);
        }
    }
    if let Some(key) = fold::first_untrue(conn, (FIRST, i64::MAX))? {
        return Ok(Some(Misfit { part: Part::Folded, table: "device", keys: (key, key) }));
    }
    Ok((hash::root(conn)? != sealed.root).then(Misfit::root))
}
