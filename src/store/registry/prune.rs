//! What is too old goes, and what nothing names any more: a page at a time, each deletion a transaction of its own of a
//! few milliseconds, so that neither readers nor an import wait for it. Freed pages are used again.

use super::fold::Touched;
use super::seals::{Seals, Sign, Strand};
use crate::domain::{Day, List, Time};
use crate::store::{Statements, StoreError, write_tx};
use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};

/// Rows looked at in one step; of these some go.
const PAGE: i64 = 2_000;

/// From when on rows are kept; `None`: for ever.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keep {
    /// Sightings whose last day lies before go.
    pub sightings: Option<Day>,
    /// Changes of SIMs before go.
    pub sim_changes: Option<Time>,
    /// Notices that their list no longer has and that were cleared before go.
    pub dropped_notices: Option<Time>,
}

/// What can be pruned, in the order in which it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prune {
    /// Of the list `sightings`.
    Sightings,
    /// Of the list `sim-changes`.
    SimChanges,
    /// Of the list `notices`.
    Notices,
    /// Accounts that no list names any more.
    Accounts,
    /// Texts of serial numbers that no list names any more.
    Serials,
}

impl Prune {
    /// All of it.
    pub const ALL: [Self; 5] =
        [Self::Sightings, Self::SimChanges, Self::Notices, Self::Accounts, Self::Serials];

    /// A page's statement: the key of each row behind a place, and whether it goes.
    fn sql(self) -> &'static str {
        match self {
            Self::Sightings => SIGHTINGS,
            Self::SimChanges => SIM_CHANGES,
            Self::Notices => NOTICES,
            Self::Accounts => ACCOUNTS,
            Self::Serials => SERIALS,
        }
    }

    /// What stands before every key.
    fn first(self) -> Vec<Value> {
        let low = Value::Integer(i64::MIN);
        match self {
            Self::Sightings => vec![low; 6],
            Self::SimChanges => vec![low; 2],
            Self::Notices => {
                let blank = Value::Text(String::new());
                vec![low.clone(), low.clone(), blank.clone(), blank, low]
            }
            Self::Accounts | Self::Serials => vec![low],
        }
    }

    /// Rows older than this go; `None` where none does.
    fn limit(self, keep: &Keep) -> Option<i64> {
        match self {
            Self::Sightings => keep.sightings.map(|day| day.0.into()),
            Self::SimChanges => keep.sim_changes.map(|time| time.0),
            Self::Notices => keep.dropped_notices.map(|time| time.0),
            Self::Accounts | Self::Serials => Some(0),
        }
    }

    const fn delete(self) -> &'static str {
        match self {
            Self::Sightings => {
                "DELETE FROM sighting WHERE device = $1 AND first_seen = $2 AND iccid = $3 AND imsi = $4 \
                 AND msisdn = $5 AND key = $6"
            }
            Self::SimChanges => "DELETE FROM sim_change WHERE msisdn = $1 AND changed_at = $2",
            Self::Notices => {
                "DELETE FROM notice WHERE device = $1 AND key = $2 AND kind = $3 AND reference = $4 \
                 AND told_at = $5 AND dropped = 1"
            }
            Self::Accounts => {
                "DELETE FROM account WHERE no = $1 AND state IS NULL \
                 AND NOT EXISTS (SELECT 1 FROM binding WHERE account = no) \
                 AND NOT EXISTS (SELECT 1 FROM contact WHERE account = no)"
            }
            Self::Serials => "DELETE FROM serial_text WHERE key = $1",
        }
    }

    /// What its rows are sealed as.
    const fn strand(self) -> Strand {
        match self {
            Self::Sightings => Strand::Sighting,
            Self::SimChanges => Strand::SimChange,
            Self::Notices => Strand::Notice,
            Self::Accounts => Strand::Account,
            Self::Serials => Strand::SerialText,
        }
    }

    /// The list whose rows are fewer then.
    const fn list(self) -> Option<List> {
        match self {
            Self::Sightings => Some(List::Sightings),
            Self::SimChanges => Some(List::SimChanges),
            // What was dropped is none of the list's rows already.
            Self::Notices | Self::Accounts | Self::Serials => None,
        }
    }
}

pub(super) const SIGHTINGS: &str = "SELECT device, first_seen, iccid, imsi, msisdn, key, last_seen < $1 FROM sighting \
     WHERE (device, first_seen, iccid, imsi, msisdn, key) > ($2, $3, $4, $5, $6, $7) \
     ORDER BY device, first_seen, iccid, imsi, msisdn, key LIMIT $8";
pub(super) const SIM_CHANGES: &str = "SELECT msisdn, changed_at, changed_at < $1 FROM sim_change \
     WHERE (msisdn, changed_at) > ($2, $3) ORDER BY msisdn, changed_at LIMIT $4";
pub(super) const NOTICES: &str = "SELECT device, key, kind, reference, told_at, dropped = 1 AND cleared_at < $1 FROM notice \
     WHERE (device, key, kind, reference, told_at) > ($2, $3, $4, $5, $6) \
     ORDER BY device, key, kind, reference, told_at LIMIT $7";
pub(super) const ACCOUNTS: &str = "SELECT no, state IS NULL AND $1 = 0 \
     AND NOT EXISTS (SELECT 1 FROM binding WHERE account = no) \
     AND NOT EXISTS (SELECT 1 FROM contact WHERE account = no) \
     FROM account WHERE no > $2 ORDER BY no LIMIT $3";
/// A serial's text is needed where rows stand on the serial itself: a record that has it tells it too.
pub(super) const SERIALS: &str = "SELECT t.key, $1 = 0 AND NOT EXISTS (SELECT 1 FROM binding WHERE device = t.key) \
     AND NOT EXISTS (SELECT 1 FROM sale WHERE device = t.key AND device <> 0) \
     AND NOT EXISTS (SELECT 1 FROM notice WHERE device = t.key) \
     FROM serial_text t WHERE t.key > $2 ORDER BY t.key LIMIT $3";

/// Where a pruning stands.
#[derive(Debug)]
pub struct Pruning {
    what: Prune,
    limit: Option<i64>,
    place: Vec<Value>,
}

/// What one step did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Rows that went, or would go.
    pub removed: u64,
    /// There are rows behind it.
    pub more: bool,
}

impl Pruning {
    /// At the beginning.
    pub fn new(what: Prune, keep: &Keep) -> Self {
        Self { what, limit: what.limit(keep), place: what.first() }
    }

    /// Looks at the next page and takes out what is too old, and the custodian signs what is left; a dry run only counts.
    pub fn step(&mut self, conn: &Connection, dry: bool, sign: &mut Sign<'_>) -> Result<Step, StoreError> {
        let Some(limit) = self.limit else { return Ok(Step { removed: 0, more: false }) };
        let (gone, more) = self.page(conn, limit)?;
        let mut removed = gone.len() as u64;
        if !dry && !gone.is_empty() {
            removed = write_tx(conn, |tx| self.take_out(tx, &gone, sign))?;
        }
        Ok(Step { removed, more })
    }

    fn page(&mut self, conn: &Connection, limit: i64) -> Result<(Vec<Vec<Value>>, bool), StoreError> {
        let mut statement = conn.prepare_cached(self.what.sql())?;
        let width = self.place.len();
        let bound = std::iter::once(Value::Integer(limit)).chain(self.place.iter().cloned());
        let mut rows = statement.query(params_from_iter(bound.chain([Value::Integer(PAGE)])))?;
        let (mut gone, mut count) = (Vec::new(), 0);
        while let Some(row) = rows.next()? {
            count += 1;
            let goes = row.get::<_, Option<bool>>(width)?.unwrap_or(false);
            if goes || count == PAGE {
                let key = (0..width).map(|at| row.get(at)).collect::<Result<Vec<Value>, _>>()?;
                if count == PAGE {
                    self.place.clone_from(&key);
                }
                if goes {
                    gone.push(key);
                }
            }
        }
        Ok((gone, count == PAGE))
    }

    fn take_out(&self, tx: &Connection, gone: &[Vec<Value>], sign: &mut Sign<'_>) -> Result<u64, StoreError> {
        let mut delete = tx.prepare_cached(self.what.delete())?;
        let (mut removed, mut touched) = (0, Touched::of(List::Sightings, false));
        let statements = &Statements::new(tx);
        let mut seals = Seals::begin(tx)?;
        for key in gone {
            if let Some(Value::Integer(first)) = key.first() {
                seals.touch(tx, self.what.strand(), *first)?;
            }
            removed += delete.execute(params_from_iter(key))? as u64;
            if let (Prune::Sightings, Some(Value::Integer(device))) = (self.what, key.first()) {
                touched.note(statements, *device)?;
            }
        }
        touched.fold(statements)?;
        if let Some(list) = self.what.list() {
            tx.prepare_cached("UPDATE list_state SET row_count = row_count - $1 WHERE list = $2")?
                .execute(params![super::int(removed), list.as_str()])?;
        }
        if removed > 0 && !matches!(self.what, Prune::Accounts | Prune::Serials) {
            tx.execute("UPDATE generation SET number = number + 1 WHERE one = 1", [])?;
        }
        if removed > 0 {
            seals.seal(tx, sign)?;
        }
        Ok(removed)
    }
}
