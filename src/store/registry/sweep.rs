//! The end of a `replace`: what the list has and the file has not goes, page by page in the order of the table.

use super::import::{FileProblem, ImportError, ListImport};
use super::row_key::RowKey;
use crate::domain::List;
use crate::store::StoreError;
use crate::words::Phrase;
use rusqlite::Row;
use rusqlite::types::Value;

/// Rows of a page.
const PAGE: i64 = 1 << 14;

/// A file that leaves less than three quarters of a list is more likely cut off than meant.
const LEAST: (u64, u64) = (3, 4);

pub(super) const TACS: &str = "SELECT tac FROM tac WHERE tac > $1 ORDER BY tac LIMIT $2";
pub(super) const DEVICES: &str = "SELECT id FROM device WHERE id > $1 ORDER BY id LIMIT $2";
pub(super) const ACCOUNTS: &str =
    "SELECT no, state IS NOT NULL FROM account WHERE no > $1 ORDER BY no LIMIT $2";
pub(super) const CONTACTS: &str = "SELECT account, value, in_contacts FROM contact \
     WHERE (account, value) > ($1, $2) ORDER BY account, value LIMIT $3";
pub(super) const BINDINGS: &str = "SELECT device, bound_at, account FROM binding \
     WHERE (device, bound_at, account) > ($1, $2, $3) ORDER BY device, bound_at, account LIMIT $4";
pub(super) const SIGHTINGS: &str = "SELECT device, first_seen, iccid, imsi, msisdn, key FROM sighting \
     WHERE (device, first_seen, iccid, imsi, msisdn, key) > ($1, $2, $3, $4, $5, $6) \
     ORDER BY device, first_seen, iccid, imsi, msisdn, key LIMIT $7";
pub(super) const SIM_CHANGES: &str = "SELECT msisdn, changed_at FROM sim_change \
     WHERE (msisdn, changed_at) > ($1, $2) ORDER BY msisdn, changed_at LIMIT $3";
pub(super) const SALES: &str =
    "SELECT receipt, key FROM sale WHERE (receipt, key) > ($1, $2) ORDER BY receipt, key LIMIT $3";
pub(super) const REPAIRS: &str = "SELECT order_no, old_key FROM repair WHERE (order_no, old_key) > ($1, $2) \
     ORDER BY order_no, old_key LIMIT $3";
pub(super) const NOTICES: &str = "SELECT device, key, kind, reference, told_at, dropped = 0 FROM notice \
     WHERE (device, key, kind, reference, told_at) > ($1, $2, $3, $4, $5) \
     ORDER BY device, key, kind, reference, told_at LIMIT $6";

/// How a list is walked: the page's statement, and what stands before every key.
fn walk(list: List) -> (&'static str, Vec<Value>) {
    let first = Value::Integer(i64::MIN);
    let blank = Value::Text(String::new());
    match list {
        List::Tacs => (TACS, vec![first]),
        List::Devices => (DEVICES, vec![first]),
        List::Accounts => (ACCOUNTS, vec![first]),
        List::Contacts => (CONTACTS, vec![first, blank]),
        List::Bindings => (BINDINGS, vec![first; 3]),
        List::Sightings => (SIGHTINGS, vec![first; 6]),
        List::SimChanges => (SIM_CHANGES, vec![first; 2]),
        List::Sales => (SALES, vec![first; 2]),
        List::Repairs => (REPAIRS, vec![blank, first]),
        List::Notices => (NOTICES, vec![first.clone(), first.clone(), blank.clone(), blank, first]),
    }
}

/// The key of a row of [`walk`]; `None` where the row is not of the list.
fn key(list: List, row: &Row<'_>) -> rusqlite::Result<Option<RowKey>> {
    Ok(Some(match list {
        List::Tacs => RowKey::Tac(row.get(0)?),
        List::Devices => RowKey::Device(row.get(0)?),
        List::Accounts if !row.get::<_, bool>(1)? => return Ok(None),
        List::Accounts => RowKey::Account(row.get(0)?),
        List::Contacts if !row.get::<_, bool>(2)? => return Ok(None),
        List::Contacts => RowKey::Contact { account: row.get(0)?, value: row.get(1)? },
        List::Bindings => {
            RowKey::Binding { device: row.get(0)?, bound_at: row.get(1)?, account: row.get(2)? }
        }
        List::Sightings => {
            RowKey::Sighting([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?])
        }
        List::SimChanges => RowKey::SimChange { msisdn: row.get(0)?, changed_at: row.get(1)? },
        List::Sales => RowKey::Sale { receipt: row.get(0)?, key: row.get(1)? },
        List::Repairs => RowKey::Repair { order_no: row.get(0)?, old_key: row.get(1)? },
        List::Notices if !row.get::<_, bool>(5)? => return Ok(None),
        List::Notices => RowKey::Notice {
            device: row.get(0)?,
            key: row.get(1)?,
            kind: row.get(2)?,
            reference: row.get(3)?,
            told_at: row.get(4)?,
        },
    }))
}

impl ListImport<'_> {
    /// Takes out what the file did not name.
    pub(super) fn sweep(&mut self) -> Result<(), ImportError> {
        let before = self.rows_before()?;
        let (sql, mut place) = walk(self.list);
        loop {
            let (gone, more) = self.page(sql, &mut place)?;
            for key in gone {
                self.remove(&key)?;
                self.count_removed();
            }
            self.refuse_shrink(before)?;
            if !more {
                return Ok(());
            }
        }
    }

    /// The rows of the next page that the file has not, and whether there are further pages.
    fn page(&mut self, sql: &str, place: &mut [Value]) -> Result<(Vec<RowKey>, bool), StoreError> {
        let mut statement = self.tx.prepare_cached(sql)?;
        let bound = place.iter().cloned().chain([Value::Integer(PAGE)]);
        let mut rows = statement.query(rusqlite::params_from_iter(bound))?;
        let (mut gone, mut count) = (Vec::new(), 0);
        while let Some(row) = rows.next()? {
            count += 1;
            if let Some(key) = key(self.list, row)?
                && !self.seen.has(&self.tx, key.seen())?
            {
                gone.push(key);
            }
            if count == PAGE {
                for (at, value) in place.iter_mut().enumerate() {
                    *value = row.get(at)?;
                }
            }
        }
        Ok((gone, count == PAGE))
    }

    /// Rows of the list before the file came.
    fn rows_before(&self) -> Result<u64, StoreError> {
        let sql = "SELECT coalesce(max(row_count), 0) FROM list_state WHERE list = $1";
        let rows: i64 = self.tx.prepare_cached(sql)?.query_row([self.list.as_str()], |r| r.get(0))?;
        Ok(rows.unsigned_abs())
    }

    fn refuse_shrink(&self, before: u64) -> Result<(), FileProblem> {
        let left = (before + self.summary.added).saturating_sub(self.summary.removed);
        if self.allow_shrink || left.saturating_mul(LEAST.1) >= before.saturating_mul(LEAST.0) {
            return Ok(());
        }
        let sentence =
            Phrase::of("row-shrink").with("rows", self.rows.to_string()).with("before", before.to_string());
        Err(FileProblem { rule: "replace.shrink", sentence })
    }
}
