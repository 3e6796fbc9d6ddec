//! Which ranges an act touches, and sealing these anew before it commits.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, params};

use super::check::{self, Misfit};
use super::hash::{Cell, Hasher};
use super::{FIRST, STRANDS, Sealed, Sign, Strand, hash, scan, sealed, write_sealed};
use crate::store::{FileKind, Purpose, StoreError, open};

const FIRSTS: &str = "SELECT first FROM seal WHERE strand = $1 ORDER BY first";
const DROP: &str = "DELETE FROM seal WHERE strand = $1 AND first >= $2 AND first <= $3";
const ADD: &str = "INSERT INTO seal (strand, first, hash) VALUES ($1, $2, $3)";
const DROP_GROUPS: &str = "DELETE FROM seal_group WHERE strand = $1";
const ADD_GROUP: &str = "INSERT INTO seal_group (strand, first, hash) VALUES ($1, $2, $3)";

/// Seals up to which a build for tests reads everything again after each sealing.
const PROVED: i64 = 200;

/// The ranges of one strand as they were, and which of them are touched.
#[derive(Debug)]
struct Marks {
    firsts: Vec<i64>,
    touched: Vec<bool>,
    /// The range that was touched last, and where the next begins.
    here: (i64, Option<i64>),
}

/// Rows of a strand that was empty, hashed as they come: in order, none of them changed later, they need not be read
/// again.
#[derive(Debug)]
struct Run {
    hasher: Hasher,
    first: i64,
    last: Key,
    ranges: Vec<(i64, [u8; 32])>,
}

/// The key of a row, numbers all; those with fewer end in zeroes.
pub(in crate::store::registry) type Key = [i64; 6];

impl Run {
    fn begin(strand: Strand) -> Self {
        let hasher = Hasher::new("range", strand.name(), FIRST);
        Self { hasher, first: FIRST, last: [FIRST; 6], ranges: Vec::new() }
    }

    /// False where the row does not come in order.
    fn add(&mut self, strand: Strand, key: Key, cells: &[Cell<'_>]) -> bool {
        if key <= self.last {
            return false;
        }
        if key[0] != self.last[0] && hash::begins_range(key[0]) {
            self.ranges.push((self.first, self.hasher.take()));
            self.first = key[0];
            self.hasher.begin("range", strand.name(), key[0]);
        }
        self.last = key;
        self.hasher.cells(cells);
        true
    }

    fn end(&mut self) -> Vec<(i64, [u8; 32])> {
        self.ranges.push((self.first, self.hasher.take()));
        std::mem::take(&mut self.ranges)
    }
}

/// What an act touches.
#[derive(Debug)]
pub(in crate::store::registry) struct Seals {
    marks: [Option<Marks>; STRANDS],
    runs: [Option<Box<Run>>; STRANDS],
    /// The last numbers of words and retailers, which are only ever added to.
    ends: [i64; 2],
}

const ENDS: [(Strand, &str); 2] = [
    (Strand::Word, "SELECT coalesce(max(id), 0) FROM word"),
    (Strand::Retailer, "SELECT coalesce(max(id), 0) FROM retailer"),
];

impl Marks {
    fn load(conn: &Connection, strand: Strand) -> Result<Self, StoreError> {
        let mut statement = conn.prepare_cached(FIRSTS)?;
        let rows = statement.query_map([strand.number()], |r| r.get(0))?;
        let mut firsts = rows.collect::<Result<Vec<i64>, _>>()?;
        if firsts.first() != Some(&FIRST) {
            firsts.insert(0, FIRST);
        }
        let touched = vec![false; firsts.len()];
        Ok(Self { firsts, touched, here: (i64::MAX, Some(i64::MIN)) })
    }

    /// The last key of a range.
    fn end(&self, range: usize) -> i64 {
        self.firsts.get(range + 1).map_or(i64::MAX, |next| next - 1)
    }

    fn touch(&mut self, key: i64) {
        let range = self.firsts.partition_point(|first| *first <= key).saturating_sub(1);
        if let Some(touched) = self.touched.get_mut(range) {
            *touched = true;
        }
        self.here = (self.firsts.get(range).copied().unwrap_or(FIRST), self.firsts.get(range + 1).copied());
    }

    /// Ranges that are touched, one run after another: the first and the last of each.
    fn runs(&self) -> Vec<(usize, usize)> {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for range in self.touched.iter().enumerate().filter(|(_, touched)| **touched).map(|(range, _)| range)
        {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == range => *last = range,
                _ => runs.push((range, range)),
            }
        }
        runs
    }
}

impl Seals {
    /// Before an act writes anything.
    pub fn begin(conn: &Connection) -> Result<Self, StoreError> {
        let mut ends = [0; 2];
        for (end, (_, sql)) in ends.iter_mut().zip(ENDS) {
            *end = conn.prepare_cached(sql)?.query_row([], |r| r.get(0))?;
        }
        Ok(Self { marks: [const { None }; STRANDS], runs: [const { None }; STRANDS], ends })
    }

    /// The rows of a strand will all be new, if it has none yet: they are hashed as they come. Says whether it has none.
    pub fn expect(&mut self, conn: &Connection, strand: Strand) -> Result<bool, StoreError> {
        let any = format!("SELECT 1 FROM {} LIMIT 1", strand.table());
        let empty = !conn.prepare(&any)?.exists([])?;
        if let (true, Some(run)) = (empty, self.runs.get_mut(strand as usize)) {
            *run = Some(Box::new(Run::begin(strand)));
        }
        Ok(empty)
    }

    /// A new row comes, with the columns that are sealed.
    pub fn add(
        &mut self,
        conn: &Connection,
        strand: Strand,
        key: Key,
        cells: &[Cell<'_>],
    ) -> Result<(), StoreError> {
        if let Some(run) = self.runs.get_mut(strand as usize)
            && !run.as_mut().is_some_and(|run| run.add(strand, key, cells))
        {
            *run = None;
        }
        self.mark(conn, strand, key[0])
    }

    /// A row of this leading key comes, changes or goes.
    pub fn touch(&mut self, conn: &Connection, strand: Strand, key: i64) -> Result<(), StoreError> {
        if let Some(run) = self.runs.get_mut(strand as usize) {
            *run = None;
        }
        self.mark(conn, strand, key)
    }

    fn mark(&mut self, conn: &Connection, strand: Strand, key: i64) -> Result<(), StoreError> {
        let Some(marks) = self.marks.get_mut(strand as usize) else { return Ok(()) };
        let marks = match marks {
            Some(marks) => marks,
            none => none.insert(Marks::load(conn, strand)?),
        };
        if key < marks.here.0 || marks.here.1.is_some_and(|next| key >= next) {
            marks.touch(key);
        }
        Ok(())
    }

    /// All rows of a strand may change.
    pub fn touch_all(&mut self, conn: &Connection, strand: Strand) -> Result<(), StoreError> {
        self.touch(conn, strand, FIRST)?;
        if let Some(Some(marks)) = self.marks.get_mut(strand as usize) {
            marks.touched.fill(true);
        }
        Ok(())
    }

    /// Seals what was touched, in the transaction that touched it, and has the root signed.
    ///
    /// # Errors
    /// What was touched was not as it had been sealed: signing it would make somebody else's word the custodian's.
    pub fn seal(&mut self, tx: &Connection, sign: &mut Sign<'_>) -> Result<Sealed, StoreError> {
        for ((strand, sql), end) in ENDS.into_iter().zip(self.ends) {
            if tx.prepare_cached(sql)?.query_row([], |r| r.get::<_, i64>(0))? > end {
                self.touch(tx, strand, end + 1)?;
            }
        }
        for (strand, marks) in Strand::ALL.into_iter().zip(&mut self.marks) {
            if let Some(marks) = marks {
                join_lost(tx, strand, marks)?;
            }
        }
        let path = tx.path().map(PathBuf::from).unwrap_or_default();
        let marks = &self.marks;
        // What was there is looked at while what is there is sealed.
        let before = std::thread::scope(|scope| {
            let look = || as_before(&path, marks);
            let aside = std::thread::Builder::new().name("seals".to_owned()).spawn_scoped(scope, look);
            let done = seal_marked(tx, marks, &mut self.runs);
            let before = match aside {
                Ok(thread) => thread.join().map_err(|_| StoreError::Memory)?,
                Err(_) => as_before(&path, marks),
            }?;
            done.map(|()| before)
        })?;
        let sealed = write_sealed(tx, before.as_ref(), sign)?;
        prove(tx, &path)?;
        Ok(sealed)
    }
}

/// Seals what is marked; everything, where nothing ever was sealed.
fn seal_marked(
    tx: &Connection,
    marks: &[Option<Marks>; STRANDS],
    runs: &mut [Option<Box<Run>>; STRANDS],
) -> Result<(), StoreError> {
    let first = sealed(tx)?.is_none();
    for (strand, (marks, run)) in Strand::ALL.into_iter().zip(marks.iter().zip(runs)) {
        match (marks, run) {
            (None, _) if first => seal_strand(tx, strand)?,
            (None, _) => {}
            (Some(marks), Some(run)) if marks.firsts.len() == 1 => {
                tx.prepare_cached(DROP)?.execute([strand.number(), FIRST, i64::MAX])?;
                let mut add = tx.prepare_cached(ADD)?;
                for (first, hash) in run.end() {
                    add.execute(params![strand.number(), first, hash.as_slice()])?;
                }
                seal_groups(tx, strand)?;
            }
            (Some(marks), _) => {
                for (first, last) in marks.runs() {
                    let from = marks.firsts.get(first).copied().unwrap_or(FIRST);
                    seal_ranges(tx, strand, (from, marks.end(last)))?;
                }
                seal_groups(tx, strand)?;
            }
        }
    }
    Ok(())
}

/// Whether what is touched was as it had been sealed, by the file as it is without this transaction.
fn as_before(path: &Path, marks: &[Option<Marks>; STRANDS]) -> Result<Option<Sealed>, StoreError> {
    let old = open(path, Purpose::Read, FileKind::Registry)?.conn;
    old.execute_batch("BEGIN")?;
    let Some(before) = sealed(&old)? else {
        return if super::is_empty(&old)? { Ok(None) } else { Err(StoreError::Unsealed) };
    };
    let tampered = |misfit: Misfit| Err(StoreError::Tampered { misfit });
    if hash::root(&old)? != before.root {
        return tampered(Misfit::root());
    }
    for (strand, marks) in Strand::ALL.into_iter().zip(marks) {
        let Some(marks) = marks else { continue };
        if let Some(misfit) = check::groups_differ(&old, strand, (FIRST, i64::MAX))? {
            return tampered(misfit);
        }
        for (first, last) in marks.runs() {
            let from = marks.firsts.get(first).copied().unwrap_or(FIRST);
            if let Some(misfit) = check::ranges_differ(&old, strand, (from, marks.end(last)))? {
                return tampered(misfit);
            }
        }
    }
    Ok(Some(before))
}

/// A range whose first key is gone belongs to the one before it.
fn join_lost(tx: &Connection, strand: Strand, marks: &mut Marks) -> Result<(), StoreError> {
    for range in (1..marks.firsts.len()).rev() {
        let (Some(true), Some(first)) = (marks.touched.get(range), marks.firsts.get(range)) else { continue };
        if !tx.prepare_cached(strand.is_there())?.exists([first])?
            && let Some(before) = marks.touched.get_mut(range - 1)
        {
            *before = true;
        }
    }
    Ok(())
}

/// Seals the rows between two keys, of which the first begins a range.
fn seal_ranges(tx: &Connection, strand: Strand, between: (i64, i64)) -> Result<(), StoreError> {
    tx.prepare_cached(DROP)?.execute([strand.number(), between.0, between.1])?;
    let mut add = tx.prepare_cached(ADD)?;
    scan(tx, strand, between, |first, hash| {
        add.execute(params![strand.number(), first, hash.as_slice()])?;
        Ok(true)
    })
}

fn seal_groups(tx: &Connection, strand: Strand) -> Result<(), StoreError> {
    tx.prepare_cached(DROP_GROUPS)?.execute([strand.number()])?;
    let mut add = tx.prepare_cached(ADD_GROUP)?;
    hash::groups(tx, strand, (FIRST, i64::MAX), |first, hash| {
        add.execute(params![strand.number(), first, hash.as_slice()])?;
        Ok(true)
    })
}

/// Seals a strand from nothing.
pub(super) fn seal_strand(tx: &Connection, strand: Strand) -> Result<(), StoreError> {
    seal_ranges(tx, strand, (FIRST, i64::MAX))?;
    seal_groups(tx, strand)
}

/// In a build for tests: whether nothing that an act changed was forgotten. Of lists that are big it would take too long.
fn prove(tx: &Connection, path: &Path) -> Result<(), StoreError> {
    if !cfg!(debug_assertions) {
        return Ok(());
    }
    let rows: i64 = tx.query_row("SELECT count(*) FROM seal", [], |r| r.get(0))?;
    if rows > PROVED {
        return Ok(());
    }
    let Some(misfit) = check::whole(tx, &mut |_| true)? else { return Ok(()) };
    // Somebody else's edit elsewhere is not forgotten, but left for others to find.
    let old = open(path, Purpose::Read, FileKind::Registry)?.conn;
    match check::whole(&old, &mut |_| true)? {
        Some(_) => Ok(()),
        None => Err(StoreError::Damaged(format!("an act forgot to seal: {misfit}"))),
    }
}
