//! Rows on their way into a table: what is certainly new waits, and is written many rows at a time.

use super::import::ListImport;
use super::seals::{Cell, Key, Strand};
use crate::store::StoreError;
use rusqlite::Connection;
use std::fmt::Write as _;

/// Rows written with one statement.
const TOGETHER: usize = 32;

/// One value of a row that waits; a text by its end in [`Adding::texts`].
#[derive(Clone, Copy, Debug)]
enum Waiting {
    Number(Option<i64>),
    Text(usize),
}

/// One table that rows are added to.
#[derive(Debug)]
pub(super) struct Adding {
    strand: Strand,
    /// It had no rows, none that come are taken out, and they come in order: a row with a higher key than the last is new.
    /// Once they do not, whoever folds or seals them reads them again, and finds them there.
    in_order: bool,
    last: Key,
    /// Rows that wait, and columns of each.
    rows: usize,
    width: usize,
    cells: Vec<Waiting>,
    texts: String,
    /// Adds a row if its key is new; adds one that is new; adds [`TOGETHER`] that are new.
    maybe: String,
    one: String,
    many: String,
}

impl Adding {
    pub(super) fn new(strand: Strand, empty: bool) -> Self {
        // A device of one IMEI has no more columns; those that are left out cost nothing.
        let width = if strand == Strand::Device { 4 } else { strand.columns().count() };
        Self {
            strand,
            in_order: empty,
            last: [i64::MIN; 6],
            rows: 0,
            width,
            cells: Vec::with_capacity(TOGETHER * width),
            texts: String::new(),
            maybe: statement(strand, strand.columns().count(), 1) + " ON CONFLICT DO NOTHING",
            one: statement(strand, width, 1),
            many: statement(strand, width, TOGETHER),
        }
    }

    /// Takes a row, if it is certainly new.
    fn take(&mut self, conn: &Connection, key: Key, cells: &[Cell<'_>]) -> Result<bool, StoreError> {
        let (kept, left) = cells.split_at_checked(self.width).unwrap_or((cells, &[]));
        let before = std::mem::replace(&mut self.last, key);
        self.in_order &= before <= key;
        if !self.in_order || before == key || !left.iter().all(Cell::is_none) {
            return Ok(false);
        }
        for cell in kept {
            self.cells.push(match cell {
                Cell::Number(number) => Waiting::Number(*number),
                Cell::Text(None) => Waiting::Number(None),
                Cell::Text(Some(text)) => {
                    self.texts.push_str(text);
                    Waiting::Text(self.texts.len())
                }
            });
        }
        self.rows += 1;
        if self.rows == TOGETHER {
            self.write(conn)?;
        }
        Ok(true)
    }

    /// Writes the rows that wait.
    fn write(&mut self, conn: &Connection) -> Result<(), StoreError> {
        if self.rows == 0 {
            return Ok(());
        }
        let full = self.rows == TOGETHER;
        let mut insert = conn.prepare_cached(if full { &self.many } else { &self.one })?;
        let mut from = 0;
        for row in self.cells.chunks(if full { self.cells.len() } else { self.width }) {
            for (at, cell) in row.iter().enumerate() {
                match *cell {
                    Waiting::Number(number) => insert.raw_bind_parameter(at + 1, number)?,
                    Waiting::Text(to) => {
                        insert.raw_bind_parameter(at + 1, self.texts.get(from..to).unwrap_or_default())?;
                        from = to;
                    }
                }
            }
            insert.raw_execute()?;
        }
        self.rows = 0;
        self.cells.clear();
        self.texts.clear();
        Ok(())
    }
}

impl ListImport<'_> {
    /// Adds a row; false where its key is there already.
    pub(super) fn add(&mut self, strand: Strand, key: Key, cells: &[Cell<'_>]) -> Result<bool, StoreError> {
        Ok(self.add_fresh(strand, key, cells)? || self.add_maybe(strand, key, cells)?)
    }

    /// Takes a row that is certainly new: its table began empty, and keys rise. Where that is not certain, what waited is
    /// written, so that whoever looks finds it.
    pub(super) fn add_fresh(
        &mut self,
        strand: Strand,
        key: Key,
        cells: &[Cell<'_>],
    ) -> Result<bool, StoreError> {
        let adding = self.adding.iter_mut().find(|adding| adding.strand == strand);
        if !adding.map_or(Ok(false), |adding| adding.take(&self.tx, key, cells))? {
            self.write_waiting()?;
            return Ok(false);
        }
        self.seal_new(strand, key, cells)?;
        Ok(true)
    }

    /// Adds a row whose key may be there.
    pub(super) fn add_maybe(
        &mut self,
        strand: Strand,
        key: Key,
        cells: &[Cell<'_>],
    ) -> Result<bool, StoreError> {
        let Some(adding) = self.adding.iter().find(|adding| adding.strand == strand) else {
            return Err(StoreError::Nonsense { what: "list of a row" });
        };
        let mut insert = self.tx.prepare_cached(&adding.maybe)?;
        for (at, cell) in cells.iter().enumerate() {
            match cell {
                Cell::Number(number) => insert.raw_bind_parameter(at + 1, number)?,
                Cell::Text(text) => insert.raw_bind_parameter(at + 1, text)?,
            }
        }
        let added = insert.raw_execute()? == 1;
        drop(insert);
        if added {
            self.seal_new(strand, key, cells)?;
        }
        Ok(added)
    }

    /// Writes the rows that wait.
    pub(super) fn write_waiting(&mut self) -> Result<(), StoreError> {
        self.adding.iter_mut().try_for_each(|adding| adding.write(&self.tx))
    }
}

/// An insert of so many rows, of the first columns of a table.
fn statement(strand: Strand, width: usize, rows: usize) -> String {
    let columns: Vec<&str> = strand.columns().take(width).collect();
    let mut sql = format!("INSERT INTO {} ({}) VALUES ", strand.table(), columns.join(", "));
    for row in 0..rows {
        let comma = if row == 0 { "(" } else { ", (" };
        let places: Vec<String> = (1..=width).map(|at| format!("${}", row * width + at)).collect();
        let _ = write!(sql, "{comma}{})", places.join(", "));
    }
    sql
}
