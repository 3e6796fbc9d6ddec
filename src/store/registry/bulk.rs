//! What makes many rows cheap: a connection that leaves out what is certain anyway, and indexes that are made after the rows,
//! of a list that was empty or that much comes to.

use crate::domain::List;
use crate::store::StoreError;
use rusqlite::Connection;

/// Pages that an import keeps in memory, in KiB as SQLite writes it.
const CACHE: &str = "-131072";

/// Sets a connection up for imports; outside of a transaction.
pub(super) fn settle(conn: &Connection) -> Result<(), StoreError> {
    for (name, value) in [
        // Rows point only at what this module has just found or made.
        ("foreign_keys", "OFF"),
        // Indexes are sorted on disk when they are big, by a thread of their own.
        ("temp_store", "FILE"),
        ("threads", "1"),
        ("cache_size", CACHE),
        // The same for pages that were changed, whatever `make_indexes` does: one that leaves early and is changed again
        // makes SQLite read the whole log back at the commit, for its checksums.
        ("cache_spill", CACHE),
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

/// Rows from which it is cheaper to make the indexes of a list anew than to find the place of every new entry: a large index
/// is not in memory, so that each entry reads a page and writes it (20 M accounts behind 20 M: over a quarter of an hour, and a
/// minute and a half). Who added so many will, as a rule, add as many again.
pub(super) fn many(there: u64) -> u64 {
    // In a build for tests few are many, so that every import is tried both ways.
    let least = if cfg!(debug_assertions) { 4 } else { 1_000_000 };
    (there / 16).max(least)
}

/// Takes the indexes of the tables of a list away; gives the statements that make them again.
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
