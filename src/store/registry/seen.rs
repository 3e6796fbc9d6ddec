//! The keys of the file being imported, so that "one key twice with different data" is found. Bounded: in
//! memory up to [`MOST`] keys, then in a table of the same transaction.

use crate::store::StoreError;
use rusqlite::Connection;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Keys kept in memory: at most about 100 MB.
const MOST: usize = 4 << 20;

/// Keys already met. Asked only about rows that differ from what is stored, so asking may cost more than
/// noting.
#[derive(Debug)]
pub(super) struct Seen {
    /// Keys that came in ascending order: eight bytes each.
    run: Vec<i64>,
    /// Keys out of order.
    rest: HashSet<i64>,
    spilled: bool,
    most: usize,
}

/// One number for a key of several parts; a chance meeting needs about 2³² rows in one file.
pub(super) fn key_of(parts: impl Hash) -> i64 {
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    hasher.finish().cast_signed()
}

impl Seen {
    pub(super) fn new() -> Self {
        Self { run: Vec::new(), rest: HashSet::new(), spilled: false, most: MOST }
    }

    /// Notes a key.
    pub(super) fn note(&mut self, conn: &Connection, key: i64) -> Result<(), StoreError> {
        match self.run.last() {
            Some(last) if *last > key => {
                self.rest.insert(key);
            }
            Some(last) if *last == key => {}
            _ => self.run.push(key),
        }
        if self.run.len() + self.rest.len() >= self.most { self.spill(conn) } else { Ok(()) }
    }

    /// Whether a key was noted.
    pub(super) fn has(&self, conn: &Connection, key: i64) -> Result<bool, StoreError> {
        if self.run.binary_search(&key).is_ok() || self.rest.contains(&key) {
            return Ok(true);
        }
        if !self.spilled {
            return Ok(false);
        }
        Ok(conn.prepare_cached("SELECT 1 FROM import_seen WHERE key = $1")?.exists([key])?)
    }

    fn spill(&mut self, conn: &Connection) -> Result<(), StoreError> {
        // In order, so that the table grows at its end or at least page by page.
        self.run.extend(self.rest.drain());
        self.run.sort_unstable();
        let mut insert =
            conn.prepare_cached("INSERT INTO import_seen (key) VALUES ($1) ON CONFLICT (key) DO NOTHING")?;
        for key in self.run.drain(..) {
            insert.execute([key])?;
        }
        self.spilled = true;
        Ok(())
    }

    /// Leaves nothing behind.
    pub(super) fn clear(&self, conn: &Connection) -> Result<(), StoreError> {
        if self.spilled {
            conn.execute("DELETE FROM import_seen", [])?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_in_order_out_of_order_and_spilled() {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch("CREATE TABLE import_seen (key INTEGER PRIMARY KEY)").unwrap();
        let mut seen = Seen { most: 5, ..Seen::new() };
        let keys = [1, 5, 9, 3, 5, 7, -4, 11, 2, 30, 30];
        for (at, key) in keys.into_iter().enumerate() {
            seen.note(&conn, key).unwrap();
            for known in keys.into_iter().take(at + 1) {
                assert!(seen.has(&conn, known).unwrap(), "{known} after {at}");
            }
            assert!(!seen.has(&conn, 1000).unwrap());
        }
        assert!(seen.spilled);
        seen.clear(&conn).unwrap();
        assert_eq!(
            conn.query_row("SELECT count(*) FROM import_seen", [], |r| r.get::<_, i64>(0)).unwrap(),
            0
        );
    }
}
