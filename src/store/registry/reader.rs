//! The reader: one snapshot a batch, and the small tables kept in memory.

use super::names::{self, Texts};
use super::seals::{self, Asked, Misfit, Sealed, Strand};
use super::status::generation;
use crate::domain::{Day, Tac};
use crate::store::{Statements, StoreError};
use rusqlite::{CachedStatement, Connection, OptionalExtension, Transaction};
use std::cell::RefMut;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Type allocations and retailers kept in memory.
const MOST_KEPT: usize = 1 << 18;

/// Records under notice that are kept in memory (4 MiB).
const MOST_NOTICED: usize = 1 << 17;

pub(super) const TAC: &str = "SELECT brand, model, allocated_on FROM tac WHERE tac = $1";
pub(super) const RETAILER: &str = "SELECT id FROM retailer WHERE folded = $1";

/// One row of the TAC table.
#[derive(Clone, Debug)]
pub(super) struct TacInfo {
    pub(super) brand: Option<Arc<str>>,
    pub(super) model: Option<Arc<str>>,
    pub(super) allocated_on: Option<Day>,
}

/// `registry.db`, open for readings, and the small tables that stay in memory until an import changes something.
#[derive(Debug)]
pub struct Registry {
    conn: Connection,
    kept: Kept,
}

/// What is kept from one batch to the next, as of one generation.
#[derive(Debug, Default)]
struct Kept {
    generation: Option<i64>,
    repairs: bool,
    notices: bool,
    /// The records under notice, where many will be asked for and they are few.
    noticed: Option<HashSet<i64>>,
    sim_changes: bool,
    texts: Texts,
    tacs: HashMap<Tac, Option<TacInfo>>,
    retailers: HashMap<String, Option<i64>>,
}

impl Registry {
    /// Over a connection opened by [`crate::store::open()`].
    pub fn new(conn: Connection) -> Self {
        Self { conn, kept: Kept::default() }
    }

    /// The connection, for questions that are not about one claim (`status`).
    pub const fn conn(&self) -> &Connection {
        &self.conn
    }

    /// Begins a batch: the reader sees the lists as they are now until it goes, and pays for locks once. Keep it
    /// short: no batch over a person's thinking.
    pub fn begin(&mut self) -> Result<RegistryReader<'_>, StoreError> {
        let snapshot = self.conn.unchecked_transaction()?;
        self.kept.refresh(&self.conn)?;
        Ok(RegistryReader {
            statements: Statements::new(&self.conn),
            asked: None,
            kept: &mut self.kept,
            _snapshot: snapshot,
        })
    }
}

impl Kept {
    /// Forgets what was kept in memory, if an import has changed something since.
    fn refresh(&mut self, conn: &Connection) -> Result<(), StoreError> {
        let now = generation(conn)?;
        if self.generation != Some(now) {
            let any = |sql| -> Result<bool, StoreError> { Ok(conn.prepare_cached(sql)?.exists([])?) };
            *self = Self {
                generation: Some(now),
                repairs: any("SELECT 1 FROM repair LIMIT 1")?,
                notices: any("SELECT 1 FROM notice LIMIT 1")?,
                sim_changes: any("SELECT 1 FROM sim_change LIMIT 1")?,
                ..Self::default()
            };
        }
        Ok(())
    }
}

/// Reads the registry within one snapshot.
#[derive(Debug)]
pub struct RegistryReader<'r> {
    // Statements go before the snapshot they read.
    statements: Statements<'r>,
    kept: &'r mut Kept,
    /// What is asked, where somebody will want to know whether it is as it was sealed.
    asked: Option<Asked>,
    _snapshot: Transaction<'r>,
}

impl<'r> RegistryReader<'r> {
    /// The generation of the lists that is read.
    pub const fn generation(&self) -> Option<i64> {
        self.kept.generation
    }

    /// Notes from now on which rows are asked for; nothing is taken from memory.
    pub fn watch(&mut self) {
        *self.kept = Kept {
            generation: self.kept.generation,
            repairs: true,
            notices: true,
            sim_changes: true,
            ..Kept::default()
        };
        self.asked = Some(Asked::default());
    }

    /// Whether the rows that were asked for since are as they were sealed, and by which statement.
    pub fn asked_fit(&self) -> Result<Result<Option<Sealed>, Misfit>, StoreError> {
        self.asked.as_ref().map_or(Ok(Err(Misfit::root())), |asked| asked.fit(self.statements.conn()))
    }

    /// The first part of the lists that is not as it was sealed, and what was sealed.
    pub fn all_fit(
        &self,
        go_on: &mut dyn FnMut(u64) -> bool,
    ) -> Result<Result<Option<Sealed>, Misfit>, StoreError> {
        let conn = self.statements.conn();
        Ok(match seals::whole(conn, go_on)? {
            Some(misfit) => Err(misfit),
            None => Ok(seals::sealed(conn)?),
        })
    }

    /// The lists that are there.
    pub fn lists(&self) -> Result<Vec<String>, StoreError> {
        seals::lists(self.statements.conn())
    }

    /// Somebody is watching what is asked.
    pub(super) const fn watched(&self) -> bool {
        self.asked.is_some()
    }

    /// Rows of a key were asked for.
    pub(super) fn note(&self, strand: Strand, key: i64) {
        if let Some(asked) = &self.asked {
            asked.note(strand, key);
        }
    }

    /// Whatever stands on a record was asked for, or may be: its own row tells of some of it.
    pub(super) fn note_record(&self, id: i64) {
        if self.watched() {
            for strand in [
                Strand::Device,
                Strand::Binding,
                Strand::Sighting,
                Strand::RepairOld,
                Strand::RepairNew,
                Strand::Notice,
            ] {
                self.note(strand, id);
            }
        }
    }

    /// The text behind a serial's key was asked for.
    pub(super) fn note_name(&self, key: i64) {
        if key < 0 {
            for strand in [Strand::SerialText, Strand::Alias, Strand::Device] {
                self.note(strand, key);
            }
        }
    }

    pub(super) const fn statements(&self) -> &Statements<'r> {
        &self.statements
    }

    /// A statement of gathering, ready to be asked.
    pub(super) fn statement(&self, sql: &'static str) -> Result<RefMut<'_, CachedStatement<'r>>, StoreError> {
        self.statements.statement(sql)
    }

    /// The record that has a key as a further identifier.
    pub(super) fn alias(&self, key: i64) -> Result<Option<i64>, StoreError> {
        self.note(Strand::Alias, key);
        Ok(self.statement(names::ALIAS)?.query_row([key], |r| r.get(0)).optional()?)
    }

    /// Whether any repair is on record.
    pub(super) const fn has_repairs(&self) -> bool {
        self.kept.repairs
    }

    /// Whether a record may be under notice.
    pub(super) fn may_be_noticed(&self, record: i64) -> bool {
        self.kept.notices && self.kept.noticed.as_ref().is_none_or(|noticed| noticed.contains(&record))
    }

    /// Finds out once which records are under notice, for who gathers many cases.
    pub fn for_many(&mut self) -> Result<(), StoreError> {
        if self.kept.notices && self.kept.noticed.is_none() {
            let mut noticed = HashSet::new();
            let mut statement = self.statements.conn().prepare("SELECT device FROM notice")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                if noticed.len() == MOST_NOTICED {
                    return Ok(());
                }
                noticed.insert(row.get(0)?);
            }
            self.kept.noticed = Some(noticed);
        }
        Ok(())
    }

    /// Whether any change of a SIM is on record.
    pub(super) const fn has_sim_changes(&self) -> bool {
        self.kept.sim_changes
    }

    /// What the TAC table says.
    pub(super) fn tac(&mut self, tac: Tac) -> Result<Option<TacInfo>, StoreError> {
        self.note(Strand::Tac, tac.number().into());
        if let Some(known) = self.kept.tacs.get(&tac) {
            return Ok(known.clone());
        }
        let row = self
            .statements
            .statement(TAC)?
            .query_row([tac.number()], |r| Ok((r.get(0)?, r.get(1)?, r.get::<_, Option<i32>>(2)?.map(Day))))
            .optional()?;
        if let Some((brand, model, _)) = &row {
            let words: [&Option<i64>; 2] = [brand, model];
            words.into_iter().flatten().for_each(|word| self.note(Strand::Word, *word));
        }
        let info = match row {
            Some((brand, model, allocated_on)) => Some(TacInfo {
                brand: self.kept.texts.text(self.statements.conn(), brand)?,
                model: self.kept.texts.text(self.statements.conn(), model)?,
                allocated_on,
            }),
            None => None,
        };
        if self.kept.tacs.len() >= MOST_KEPT {
            self.kept.tacs.clear();
        }
        self.kept.tacs.insert(tac, info.clone());
        Ok(info)
    }

    /// A short text by its number.
    pub(super) fn text(&mut self, id: Option<i64>) -> Result<Option<String>, StoreError> {
        if let Some(id) = id {
            self.note(Strand::Word, id);
        }
        self.kept.texts.owned(self.statements.conn(), id)
    }

    /// The number of a retailer who sent sales.
    pub(super) fn retailer(&mut self, folded: &str) -> Result<Option<i64>, StoreError> {
        if let Some(known) = self.kept.retailers.get(folded) {
            return Ok(*known);
        }
        let id: Option<i64> =
            self.statements.statement(RETAILER)?.query_row([folded], |r| r.get(0)).optional()?;
        if let Some(id) = id {
            self.note(Strand::Retailer, id);
        }
        if self.kept.retailers.len() >= MOST_KEPT {
            self.kept.retailers.clear();
        }
        self.kept.retailers.insert(folded.to_owned(), id);
        Ok(id)
    }
}
