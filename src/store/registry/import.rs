//! Importing one list: one transaction, row by row, all or nothing.

use super::adding::Adding;
use super::bulk;
use super::canon::Held;
use super::fold::Touched;
use super::names::Words;
use super::seals::{Cell, Key, Sealed, Seals, Sign, Strand};
use super::seen::Seen;
use super::zeros::Zeros;
pub use crate::domain::ListMode as Mode;
use crate::domain::{Change, DeviceName, Imei, List, ListRow, Time};
use crate::store::{Statements, StoreError, open::begin_immediate};
use crate::words::{Part, Phrase};
use rusqlite::{Connection, Transaction, params};
use std::collections::HashMap;

/// What became of one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// Its key was new.
    Added,
    /// Its key was there with other data.
    Updated,
    /// It was there already, or stands in the file twice.
    Unchanged,
    /// It was taken out.
    Removed,
}

/// What is wrong with one row, against the rows that are there and those before it in the file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {sentence}")]
pub struct RowProblem {
    /// The line of the file.
    pub line: u64,
    /// The rule broken: `key.twice`, `identifier.taken`, `identifier.none`, `list.other`,
    /// `delta.exists`, `delta.missing`.
    pub rule: &'static str,
    /// What is wrong and what to do.
    pub sentence: Phrase,
}

/// What is wrong with the file as a whole; none of it lands.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{sentence}")]
pub struct FileProblem {
    /// The rule broken: `imei.zeros`, `replace.shrink`.
    pub rule: &'static str,
    /// What is wrong and what to do.
    pub sentence: Phrase,
}

/// Why a row, a file or the store stopped an import.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// This row cannot land; the import may go on without it.
    #[error(transparent)]
    Row(#[from] RowProblem),
    /// This file cannot land.
    #[error(transparent)]
    File(#[from] FileProblem),
    /// The store failed; drop the import.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for ImportError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Where a file came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportMeta {
    /// Its name, as shown by `registry status`.
    pub file_name: String,
    /// SHA-256 of its bytes.
    pub sha256: [u8; 32],
    /// Who imports it.
    pub actor: String,
}

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Rows with a new key.
    pub added: u64,
    /// Rows whose data changed.
    pub updated: u64,
    /// Rows that were there already.
    pub unchanged: u64,
    /// Rows the list no longer has; none after a merge.
    pub removed: u64,
}

/// One list being imported. Dropped before [`Self::finish`], it leaves the list as it was.
pub struct ListImport<'c> {
    pub(super) tx: Transaction<'c>,
    /// Those that many rows need, over the same connection.
    pub(super) statements: Statements<'c>,
    pub(super) list: List,
    pub(super) mode: Mode,
    pub(super) allow_shrink: bool,
    pub(super) now: Time,
    pub(super) summary: Summary,
    /// Rows put in.
    pub(super) rows: u64,
    pub(super) seen: Seen,
    pub(super) touched: Touched,
    pub(super) seals: Seals,
    pub(super) words: Words,
    pub(super) retailers: HashMap<String, i64>,
    zeros: Zeros,
    pub(super) held: Held,
    /// Some record has a further identifier: only then is `alias` worth asking.
    pub(super) aliases: bool,
    /// The list had no rows before: whatever is there now came with this file.
    pub(super) empty: bool,
    /// The tables that rows are added to.
    pub(super) adding: Vec<Adding>,
    /// The account that the row names was there when the import began.
    pub(super) account_is_there: bool,
    /// New rows with which the indexes begin to wait.
    many: u64,
    /// Statements that make the indexes again which wait for the rows.
    indexes: Vec<String>,
}

impl<'c> ListImport<'c> {
    /// Begins an import. Notices cleared without a date count as cleared `now`.
    pub fn begin(conn: &'c Connection, list: List, mode: Mode, now: Time) -> Result<Self, StoreError> {
        bulk::settle(conn)?;
        let tx = begin_immediate(conn)?;
        let (held, mut seals) = (Held::look(&tx)?, Seals::begin(&tx)?);
        let rows = "SELECT coalesce(max(row_count), 0) FROM list_state WHERE list = $1";
        let there: i64 = tx.prepare_cached(rows)?.query_row([list.as_str()], |row| row.get(0))?;
        let empty = there <= 0;
        let mut adding = Vec::new();
        for strand in strands(list) {
            // A delta may take out what it put in.
            let expects = empty && mode != Mode::Delta && seals.expect(&tx, *strand)?;
            adding.push(Adding::new(*strand, expects));
        }
        let indexes = if empty { bulk::drop_indexes(&tx, list)? } else { Vec::new() };
        let aliases = tx.prepare("SELECT 1 FROM alias LIMIT 1")?.exists([])?;
        Ok(Self {
            tx,
            statements: Statements::new(conn),
            list,
            mode,
            allow_shrink: false,
            now,
            summary: Summary::default(),
            rows: 0,
            seen: Seen::new(),
            touched: Touched::of(list, empty && mode != Mode::Delta),
            seals,
            words: Words::default(),
            retailers: HashMap::new(),
            zeros: Zeros::default(),
            held,
            aliases,
            empty,
            adding,
            account_is_there: false,
            many: bulk::many(u64::try_from(there).unwrap_or(0)),
            indexes,
        })
    }

    /// A file that replaces a list may be much shorter than it.
    pub const fn allow_shrink(&mut self, allowed: bool) {
        self.allow_shrink = allowed;
    }

    /// Says of the next row whether the account it names was there when the import began; so that it need not be
    /// looked up again.
    pub const fn account_is_there(&mut self, known: bool) {
        self.account_is_there = known;
    }

    /// Does what a row of a delta says; see [`Self::put`].
    pub fn change(&mut self, line: u64, change: Change, row: &ListRow) -> Result<Put, ImportError> {
        let Some(key) = self.row_key(row)? else { return self.put(line, row) };
        let there = self.is_there(&key)?;
        if self.seen.has(&self.tx, key.seen())? {
            // A row that stands there twice says nothing new; anything else contradicts itself.
            return match (change, there) {
                (Change::Remove, false) => Ok(self.count(Put::Unchanged)),
                (Change::Add | Change::Update, true) => self.put(line, row),
                _ => Err(twice(line, what(self.list)).into()),
            };
        }
        let problem = |rule, sentence| {
            let sentence = Phrase::of(sentence).with("what", Part::Word(what(self.list)));
            Err(RowProblem { line, rule, sentence }.into())
        };
        match (change, there) {
            (Change::Add, true) => problem("delta.exists", "row-delta-exists"),
            (Change::Update | Change::Remove, false) => problem("delta.missing", "row-delta-missing"),
            (Change::Add | Change::Update, _) => self.put(line, row),
            (Change::Remove, true) => {
                self.remove(&key)?;
                self.seen.note(&self.tx, key.seen())?;
                Ok(self.count(Put::Removed))
            }
        }
    }

    /// Puts one row in. After a [`RowProblem`] nothing of the row has landed and the next may follow.
    pub fn put(&mut self, line: u64, row: &ListRow) -> Result<Put, ImportError> {
        if row.list() != self.list {
            let sentence =
                Phrase::of("row-other-list").with("of", row.list().as_str()).with("list", self.list.as_str());
            return Err(RowProblem { line, rule: "list.other", sentence }.into());
        }
        let put = match row {
            ListRow::Tac(row) => self.put_tac(line, row),
            ListRow::Device(row) => self.put_device(line, row),
            ListRow::Account(row) => self.put_account(line, row),
            ListRow::Contact(row) => self.put_contact(line, row),
            ListRow::Binding(row) => self.put_binding(line, row),
            ListRow::Sighting(row) => self.put_sighting(line, row),
            ListRow::SimChange(row) => self.put_sim_change(line, row),
            ListRow::Sale(row) => self.put_sale(line, row),
            ListRow::Repair(row) => self.put_repair(line, row),
            ListRow::Notice(row) => self.put_notice(line, row),
        }?;
        if put == Put::Added && !self.empty && self.summary.added + 1 == self.many {
            self.indexes = bulk::drop_indexes(&self.tx, self.list)?;
        }
        Ok(self.count(put))
    }

    const fn count(&mut self, put: Put) -> Put {
        self.rows += 1;
        match put {
            Put::Added => self.summary.added += 1,
            Put::Updated => self.summary.updated += 1,
            Put::Unchanged => self.summary.unchanged += 1,
            Put::Removed => self.summary.removed += 1,
        }
        put
    }

    pub(super) const fn count_removed(&mut self) {
        self.summary.removed += 1;
    }

    /// Looks at the file as a whole, and takes out what it does not name where it is the whole list.
    fn complete(&mut self) -> Result<(), ImportError> {
        if let Some(sentence) = self.zeros.problem() {
            return Err(FileProblem { rule: "imei.zeros", sentence }.into());
        }
        // What began empty has nothing that the file does not name.
        if self.mode == Mode::Replace && !self.empty { self.sweep() } else { Ok(()) }
    }

    /// What the rows put in would change, or why the file as a whole could not land. Nothing stays of it.
    pub fn preview(mut self) -> Result<Summary, ImportError> {
        self.complete()?;
        Ok(self.summary)
    }

    /// Looks at the file as a whole, folds what changed and commits.
    pub fn finish(self, meta: &ImportMeta) -> Result<Summary, ImportError> {
        self.finish_signed(meta, &mut super::unsigned)
    }

    /// The same; the custodian signs what the lists are then.
    pub fn finish_signed(mut self, meta: &ImportMeta, sign: &mut Sign<'_>) -> Result<Summary, ImportError> {
        self.complete()?;
        self.write_waiting()?;
        self.touched.fold(&self.statements)?;
        bulk::make_indexes(&self.tx, &std::mem::take(&mut self.indexes))?;
        self.seen.clear(&self.tx)?;
        let done = self.summary;
        self.tx
            .prepare_cached(
                "INSERT INTO list_state (list, row_count, imported_at, file_name, sha256, mode) \
                 VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (list) DO UPDATE SET \
                 row_count = list_state.row_count + excluded.row_count - $7, imported_at = excluded.imported_at, \
                 file_name = excluded.file_name, sha256 = excluded.sha256, mode = excluded.mode",
            )?
            .execute(params![
                self.list.as_str(),
                super::int(done.added),
                self.now.0,
                meta.file_name,
                meta.sha256.as_slice(),
                self.mode.as_str(),
                super::int(done.removed)
            ])?;
        if done.added + done.updated + done.removed > 0 {
            self.tx.execute("UPDATE generation SET number = number + 1 WHERE one = 1", [])?;
        }
        let sealed: Sealed = self.seals.seal(&self.tx, sign)?;
        super::landed::note(&self.tx, (self.list, self.mode), &meta.actor, &meta.sha256, &done, &sealed)?;
        self.tx.commit()?;
        Ok(done)
    }

    /// The record an identifier leads to, else its own key.
    pub(super) fn node(&self, key: i64) -> Result<i64, StoreError> {
        if !self.aliases {
            return Ok(key);
        }
        Ok(super::names::alias(&self.tx, key)?.unwrap_or(key))
    }

    /// The key of a device's name as a list gives it; a serial's text is kept so that it can be shown.
    pub(super) fn named(&mut self, name: &DeviceName) -> Result<i64, StoreError> {
        let key = name.key().0;
        match name {
            DeviceName::Imei(imei) => self.note_imei(*imei)?,
            DeviceName::Serial(serial) => {
                self.keep_serial_text(key, Some(serial.as_str()))?;
            }
        }
        Ok(key)
    }

    /// A new row comes, with the columns that are sealed.
    pub(super) fn seal_new(
        &mut self,
        strand: Strand,
        key: Key,
        cells: &[Cell<'_>],
    ) -> Result<(), StoreError> {
        self.seals.add(&self.tx, strand, key, cells)
    }

    /// A row of this leading key comes, changes or goes.
    pub(super) fn seal(&mut self, strand: Strand, key: i64) -> Result<(), StoreError> {
        self.seals.touch(&self.tx, strand, key)
    }

    pub(super) fn note_imei(&mut self, imei: Imei) -> Result<(), StoreError> {
        self.zeros.note(&self.tx, imei)
    }

    /// What to do with a row whose key is there with other data: an update, unless this file gave that key.
    pub(super) fn may_update(&self, line: u64, seen: i64) -> Result<(), ImportError> {
        if self.has_seen(seen)? { Err(twice(line, what(self.list)).into()) } else { Ok(()) }
    }

    /// Remembers that the file has a key.
    pub(super) fn note_seen(&mut self, seen: i64) -> Result<(), StoreError> {
        // In a list that began empty every row there is came with the file; a delta may take it out again.
        if self.empty && self.mode != Mode::Delta { Ok(()) } else { self.seen.note(&self.tx, seen) }
    }

    /// Whether the file has a key; asked only of rows that the list has.
    pub(super) fn has_seen(&self, seen: i64) -> Result<bool, StoreError> {
        Ok((self.empty && self.mode != Mode::Delta) || self.seen.has(&self.tx, seen)?)
    }
}

/// What the rows of a long list are sealed as, where they come in order and are new.
const fn strands(list: List) -> &'static [Strand] {
    match list {
        List::Devices => &[Strand::Device],
        List::Accounts => &[Strand::Account, Strand::Contact],
        List::Bindings => &[Strand::Binding],
        List::Sightings => &[Strand::Sighting],
        List::SimChanges => &[Strand::SimChange],
        List::Sales => &[Strand::Sale],
        List::Tacs | List::Contacts | List::Repairs | List::Notices => &[],
    }
}

fn twice(line: u64, what: &'static str) -> RowProblem {
    RowProblem { line, rule: "key.twice", sentence: Phrase::of("row-twice").with("what", Part::Word(what)) }
}

/// What a row of a list is called.
const fn what(list: List) -> &'static str {
    match list {
        List::Tacs => "row-tac",
        List::Devices => "row-device",
        List::Accounts => "row-account",
        List::Contacts => "row-contact",
        List::Bindings => "row-binding",
        List::Sightings => "row-sighting",
        List::SimChanges => "row-sim-change",
        List::Sales => "row-sale",
        List::Repairs => "row-repair",
        List::Notices => "row-notice",
    }
}
