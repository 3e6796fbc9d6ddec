//! The reader: one connection, one snapshot a batch, and the small tables kept in memory.

use super::names::Texts;
use super::status::generation;
use crate::domain::{Day, Tac};
use crate::store::StoreError;
use rusqlite::{Connection, OptionalExtension};
use std::collections::HashMap;
use std::sync::Arc;

/// Type allocations and retailers kept in memory.
const MOST_KEPT: usize = 1 << 18;

pub(super) const TAC: &str = "SELECT brand, model, allocated_on FROM tac WHERE tac = $1";
pub(super) const RETAILER: &str = "SELECT id FROM retailer WHERE folded = $1";

/// One row of the TAC table.
#[derive(Clone, Debug)]
pub(super) struct TacInfo {
    pub(super) brand: Option<Arc<str>>,
    pub(super) model: Option<Arc<str>>,
    pub(super) allocated_on: Option<Day>,
}

/// Reads the registry, over a connection of its own. Small tables stay in memory until an import changes
/// something.
#[derive(Debug)]
pub struct RegistryReader {
    conn: Connection,
    generation: Option<i64>,
    in_batch: bool,
    repairs: bool,
    notices: bool,
    sim_changes: bool,
    texts: Texts,
    tacs: HashMap<Tac, Option<TacInfo>>,
    retailers: HashMap<String, Option<i64>>,
}

impl RegistryReader {
    /// A reader over a connection opened by [`crate::store::open()`].
    pub fn new(conn: Connection) -> Self {
        Self {
            conn,
            generation: None,
            in_batch: false,
            repairs: false,
            notices: false,
            sim_changes: false,
            texts: Texts::default(),
            tacs: HashMap::new(),
            retailers: HashMap::new(),
        }
    }

    /// The connection, for questions that are not about one claim (`status`).
    pub const fn conn(&self) -> &Connection {
        &self.conn
    }

    /// Whether any repair is on record.
    pub(super) const fn has_repairs(&self) -> bool {
        self.repairs
    }

    /// Whether any notice is on record.
    pub(super) const fn has_notices(&self) -> bool {
        self.notices
    }

    /// Whether any change of a SIM is on record.
    pub(super) const fn has_sim_changes(&self) -> bool {
        self.sim_changes
    }

    /// Begins a batch: everything until [`Self::end`] sees the lists as they are now, and pays for locks once.
    /// Keep it short: no batch over a person's thinking. Returns the generation seen.
    pub fn begin(&mut self) -> Result<i64, StoreError> {
        if !self.in_batch {
            self.conn.execute_batch("BEGIN")?;
            self.in_batch = true;
        }
        match self.refresh() {
            Ok(generation) => Ok(generation),
            Err(error) => {
                let _ = self.end();
                Err(error)
            }
        }
    }

    /// Ends a batch.
    pub fn end(&mut self) -> Result<(), StoreError> {
        if self.in_batch {
            self.in_batch = false;
            self.conn.execute_batch("COMMIT")?;
        }
        Ok(())
    }

    /// Forgets what was kept in memory, if an import has changed something since.
    fn refresh(&mut self) -> Result<i64, StoreError> {
        let now = generation(&self.conn)?;
        if self.generation != Some(now) {
            let any = |sql| self.conn.prepare_cached(sql)?.exists([]);
            (self.repairs, self.notices, self.sim_changes) = (
                any("SELECT 1 FROM repair LIMIT 1")?,
                any("SELECT 1 FROM notice LIMIT 1")?,
                any("SELECT 1 FROM sim_change LIMIT 1")?,
            );
            self.texts = Texts::default();
            self.tacs.clear();
            self.retailers.clear();
            self.generation = Some(now);
        }
        Ok(now)
    }

    /// Runs `work` in the batch that is open, else in one of its own.
    pub(super) fn in_one<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if self.in_batch {
            return work(self);
        }
        self.begin()?;
        let done = work(self);
        let ended = self.end();
        let done = done?;
        ended.map(|()| done)
    }

    /// What the TAC table says.
    pub(super) fn tac(&mut self, tac: Tac) -> Result<Option<TacInfo>, StoreError> {
        if let Some(known) = self.tacs.get(&tac) {
            return Ok(known.clone());
        }
        let row = self
            .conn
            .prepare_cached(TAC)?
            .query_row([tac.number()], |r| Ok((r.get(0)?, r.get(1)?, r.get::<_, Option<i32>>(2)?.map(Day))))
            .optional()?;
        let info = match row {
            Some((brand, model, allocated_on)) => Some(TacInfo {
                brand: self.texts.text(&self.conn, brand)?,
                model: self.texts.text(&self.conn, model)?,
                allocated_on,
            }),
            None => None,
        };
        if self.tacs.len() >= MOST_KEPT {
            self.tacs.clear();
        }
        self.tacs.insert(tac, info.clone());
        Ok(info)
    }

    /// A short text by its number.
    pub(super) fn text(&mut self, id: Option<i64>) -> Result<Option<String>, StoreError> {
        self.texts.owned(&self.conn, id)
    }

    /// The number of a retailer who sent sales.
    pub(super) fn retailer(&mut self, folded: &str) -> Result<Option<i64>, StoreError> {
        if let Some(known) = self.retailers.get(folded) {
            return Ok(*known);
        }
        let id = self.conn.prepare_cached(RETAILER)?.query_row([folded], |r| r.get(0)).optional()?;
        if self.retailers.len() >= MOST_KEPT {
            self.retailers.clear();
        }
        self.retailers.insert(folded.to_owned(), id);
        Ok(id)
    }
}
