//! Statements at hand: found by the address of their text. SQLite's wrapper keeps prepared statements too, but
//! hashes the whole text at every use; a case uses some twenty-five, and that was a tenth of an import (measured).

use std::cell::{OnceCell, RefCell, RefMut};

use rusqlite::{CachedStatement, Connection};

use super::StoreError;

/// Statements held at most; the busiest holder has about thirty.
const MOST: usize = 48;

type Slot<'c> = OnceCell<(&'static str, RefCell<CachedStatement<'c>>)>;

/// Prepared statements over one connection, kept until it goes.
pub struct Statements<'c> {
    conn: &'c Connection,
    slots: [Slot<'c>; MOST],
}

impl<'c> Statements<'c> {
    /// Nothing is prepared yet.
    pub fn new(conn: &'c Connection) -> Self {
        Self { conn, slots: [const { OnceCell::new() }; MOST] }
    }

    /// The connection, for what is said once.
    pub const fn conn(&self) -> &'c Connection {
        self.conn
    }

    /// The statement of this text, prepared at its first use. One that is being read cannot be had again.
    pub fn statement(&self, sql: &'static str) -> Result<RefMut<'_, CachedStatement<'c>>, StoreError> {
        for slot in &self.slots {
            let held = if let Some(held) = slot.get() {
                held
            } else {
                let statement = self.conn.prepare_cached(sql)?;
                slot.get_or_init(|| (sql, RefCell::new(statement)))
            };
            // The compiler may keep a text at several addresses.
            if std::ptr::eq(held.0, sql) || held.0 == sql {
                return held
                    .1
                    .try_borrow_mut()
                    .map_err(|_| StoreError::Nonsense { what: "use of a statement" });
            }
        }
        Err(StoreError::Nonsense { what: "number of statements" })
    }
}

impl std::fmt::Debug for Statements<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let held = self.slots.iter().filter(|s| s.get().is_some()).count();
        f.debug_struct("Statements").field("statements", &held).finish_non_exhaustive()
    }
}
