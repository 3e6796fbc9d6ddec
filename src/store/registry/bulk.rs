//! What makes many rows cheap: a connection that leaves out what is certain anyway, indexes of an empty list made after
//! its rows, and new records in the order of their table written many at a time.

use super::import::ListImport;
use crate::domain::List;
use crate::store::StoreError;
use rusqlite::Connection;
use std::fmt::Write as _;

/// Pages that an import keeps in memory, in KiB as SQLite writes it.
const CACHE: &str = "-131072";

/// Records written with one statement.
const TOGETHER: usize = 32;

/// Sets a connection up for imports; outside of a transaction.
pub(super) fn settle(conn: &Connection) -> Result<(), StoreError> {
    for (name, value) in [
        // Rows point only at what this module has just found or made.
        ("foreign_keys", "OFF"),
        // Indexes are sorted on disk when they are big, by a thread of their own.
        ("temp_store", "FILE"),
        ("threads", "1"),
        ("cache_size", CACHE),
    ] {
        conn.pragma_update(None, name, value)?;
    }
    Ok(())
}

/// The tables whose indexes wait until the rows of a list are there.
const fn tables(list: List) -> &'static [&'static str] {
    match list {
        List::Tacs | List::Devices | List::SimChanges | List::Notices => &[],
        List::Accounts | List::Contacts => &["contact"],
        List::Bindings => &["binding"],
        List::Sightings => &["sighting"],
        List::Sales => &["sale"],
        List::Repairs => &["repair"],
    }
}

/// Takes the indexes of the tables of a list that has no rows away; gives the statements that make them again.
pub(super) fn drop_indexes(conn: &Connection, list: List) -> Result<Vec<String>, StoreError> {
    let mut again = Vec::new();
    for table in tables(list) {
        let mut find = conn.prepare(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = $1 AND sql IS NOT NULL",
        )?;
        let found = find.query_map([table], |r| Ok((r.get::<_, String>(0)?, r.get::<_, String>(1)?)))?;
        for (name, sql) in found.collect::<Result<Vec<_>, _>>()? {
            conn.execute_batch(&format!("DROP INDEX {name}"))?;
            again.push(sql);
        }
    }
    Ok(again)
}

/// Makes indexes. SQLite sorts as many entries at once as its cache has room for: runs that fit the processor's cache,
/// and their merging, take less than half the time of one big sort (measured; a second thread sorts while this one reads).
pub(super) fn make_indexes(conn: &Connection, indexes: &[String]) -> Result<(), StoreError> {
    conn.pragma_update(None, "cache_size", "-2048")?;
    for index in indexes {
        conn.execute_batch(index)?;
    }
    conn.pragma_update(None, "cache_size", CACHE)?;
    Ok(())
}

/// A new record of one identifier: its key, model, day made and region.
pub(super) type Plain = [Option<i64>; 4];

/// New records that wait to be written together; each key is higher than all before.
#[derive(Debug, Default)]
pub(super) struct Fresh {
    rows: Vec<Plain>,
    /// The highest key of the table.
    last: i64,
    /// The statement for a full load.
    sql: String,
}

impl ListImport<'_> {
    /// Takes a record that is certainly new: the table began empty, and keys rise. False where that is not certain.
    pub(super) fn take_fresh(&mut self, id: i64, plain: Plain) -> Result<bool, StoreError> {
        // What is folded into a record needs the record to be there.
        if !self.empty || self.aliases || self.held.folds() || id <= self.fresh.last {
            self.write_fresh()?;
            self.fresh.last = self.fresh.last.max(id);
            return Ok(false);
        }
        self.fresh.last = id;
        self.fresh.rows.push(plain);
        if self.fresh.rows.len() == TOGETHER {
            self.write_fresh()?;
        }
        Ok(true)
    }

    /// Writes the records that wait.
    pub(super) fn write_fresh(&mut self) -> Result<(), StoreError> {
        if self.fresh.rows.is_empty() {
            return Ok(());
        }
        let full = self.fresh.rows.len() == TOGETHER;
        if full && self.fresh.sql.is_empty() {
            self.fresh.sql = statement(TOGETHER);
        }
        let few = if full { String::new() } else { statement(self.fresh.rows.len()) };
        let mut insert = self.tx.prepare_cached(if full { &self.fresh.sql } else { &few })?;
        for (at, value) in self.fresh.rows.iter().flatten().enumerate() {
            insert.raw_bind_parameter(at + 1, value)?;
        }
        insert.raw_execute()?;
        drop(insert);
        self.fresh.rows.clear();
        Ok(())
    }
}

/// An insert of so many records.
fn statement(rows: usize) -> String {
    let mut sql = String::from("INSERT INTO device (id, model, made_on, region) VALUES ");
    for row in 0..rows {
        let at = row * 4;
        let comma = if row == 0 { "" } else { ", " };
        let _ = write!(sql, "{comma}(${}, ${}, ${}, ${})", at + 1, at + 2, at + 3, at + 4);
    }
    sql
}
