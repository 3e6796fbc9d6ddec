//! Rows of `sightings`, `sim-changes`, `sales`, `repairs` and `notices`.

use super::import::{ImportError, ListImport, Put};
use super::int;
use super::seals::{Cell, Strand};
use super::seen::key_of;
use crate::domain::{
    DeviceKey, NoticeRow, NoticeStatus, ReceiptNo, RepairRow, SaleRow, SightingRow, SimChangeRow,
};
use crate::store::StoreError;
use rusqlite::{OptionalExtension, params};

impl ListImport<'_> {
    pub(super) fn put_sighting(&mut self, line: u64, row: &SightingRow) -> Result<Put, ImportError> {
        self.note_imei(row.imei)?;
        let key = DeviceKey::from(row.imei).0;
        let device = self.node(key)?;
        let iccid = row.iccid.map_or(0, |i| int(i.packed()));
        let imsi = row.imsi.map_or(0, |i| int(i.packed()));
        let msisdn = row.msisdn.map_or(0, |p| int(p.digits()));
        let (first, last) = (i64::from(row.first_seen.0), row.last_seen.0);
        let seen = key_of((device, first, iccid, imsi, msisdn, key));
        let place = [device, first, iccid, imsi, msisdn, key];
        let mut cells = [Cell::Number(Some(last.into())); 7];
        for (cell, number) in cells.iter_mut().zip(place) {
            *cell = Cell::Number(Some(number));
        }
        let put = if self.add(Strand::Sighting, place, &cells)? {
            Put::Added
        } else {
            let old: i32 = self
                .tx
                .prepare_cached(
                    "SELECT last_seen FROM sighting WHERE device = $1 AND first_seen = $2 AND iccid = $3 \
                     AND imsi = $4 AND msisdn = $5 AND key = $6",
                )?
                .query_row(params![device, first, iccid, imsi, msisdn, key], |r| r.get(0))?;
            if old == last {
                Put::Unchanged
            } else {
                self.may_update(line, seen)?;
                self.tx
                    .prepare_cached(
                        "UPDATE sighting SET last_seen = $1 WHERE device = $2 AND first_seen = $3 AND iccid = $4 \
                         AND imsi = $5 AND msisdn = $6 AND key = $7",
                    )?
                    .execute(params![last, device, first, iccid, imsi, msisdn, key])?;
                Put::Updated
            }
        };
        if put != Put::Unchanged {
            self.touched.sighted(&self.statements, device, (first, iccid, imsi, msisdn, key), last.into())?;
        }
        if put == Put::Updated {
            self.seal(Strand::Sighting, device)?;
        }
        self.note_seen(seen)?;
        Ok(put)
    }

    pub(super) fn put_sim_change(&mut self, line: u64, row: &SimChangeRow) -> Result<Put, ImportError> {
        let msisdn = int(row.msisdn.digits());
        let iccid = row.iccid.map(|i| int(i.packed()));
        let seen = key_of((msisdn, row.changed_at.0));
        let cells = [Some(msisdn), Some(row.changed_at.0), iccid].map(Cell::Number);
        let put = if self.add(Strand::SimChange, [msisdn, row.changed_at.0, 0, 0, 0, 0], &cells)? {
            Put::Added
        } else {
            let old: Option<i64> = self
                .tx
                .prepare_cached("SELECT iccid FROM sim_change WHERE msisdn = $1 AND changed_at = $2")?
                .query_row([msisdn, row.changed_at.0], |r| r.get(0))?;
            if old == iccid {
                Put::Unchanged
            } else {
                self.may_update(line, seen)?;
                self.tx
                    .prepare_cached("UPDATE sim_change SET iccid = $1 WHERE msisdn = $2 AND changed_at = $3")?
                    .execute(params![iccid, msisdn, row.changed_at.0])?;
                Put::Updated
            }
        };
        if put == Put::Updated {
            self.seal(Strand::SimChange, msisdn)?;
        }
        self.note_seen(seen)?;
        Ok(put)
    }

    fn retailer(&mut self, row: &SaleRow) -> Result<i64, StoreError> {
        let folded = row.retailer.as_str();
        if let Some(id) = self.retailers.get(folded) {
            return Ok(*id);
        }
        let known = self
            .tx
            .prepare_cached("SELECT id FROM retailer WHERE folded = $1")?
            .query_row([folded], |r| r.get(0))
            .optional()?;
        let id = match known {
            Some(id) => id,
            None => self
                .tx
                .prepare_cached("INSERT INTO retailer (folded, name) VALUES ($1, $2) RETURNING id")?
                .query_row(params![folded, row.retailer_text], |r| r.get(0))?,
        };
        self.retailers.insert(folded.to_owned(), id);
        Ok(id)
    }

    pub(super) fn put_sale(&mut self, line: u64, row: &SaleRow) -> Result<Put, ImportError> {
        let receipt = crate::domain::fold_key(&row.retailer, &row.receipt_no);
        let retailer = self.retailer(row)?;
        let key = row.device.as_ref().map(|name| self.named(name)).transpose()?.unwrap_or(0);
        let device = if key == 0 { 0 } else { self.node(key)? };
        let currency = self.words.number(&self.tx, row.currency.as_deref())?;
        let new = (row.sold_on.0, row.amount.clone(), currency);
        let seen = key_of((receipt, key));
        let [receipt_cell, key_cell, device, shop, day] =
            [receipt, key, device, retailer, new.0.into()].map(|n| Cell::Number(Some(n)));
        let text = Cell::Text(Some(&row.receipt_text));
        let (amount, money) = (Cell::Text(new.1.as_deref()), Cell::Number(new.2));
        let cells = [receipt_cell, key_cell, device, shop, text, day, amount, money];
        let put = if self.add(Strand::Sale, [receipt, key, 0, 0, 0, 0], &cells)? {
            Put::Added
        } else {
            let (shop, number, old) = self
                .tx
                .prepare_cached(
                    "SELECT retailer, receipt_text, sold_on, amount, currency FROM sale \
                     WHERE receipt = $1 AND key = $2",
                )?
                .query_row([receipt, key], |r| {
                    Ok((r.get::<_, i64>(0)?, r.get::<_, String>(1)?, (r.get(2)?, r.get(3)?, r.get(4)?)))
                })?;
            if shop != retailer || ReceiptNo::parse(&number).ok().as_ref() != Some(&row.receipt_no) {
                return Err(StoreError::Collision { what: "receipt" }.into());
            }
            if old == new {
                Put::Unchanged
            } else {
                self.may_update(line, seen)?;
                self.tx
                    .prepare_cached(
                        "UPDATE sale SET sold_on = $1, amount = $2, currency = $3 WHERE receipt = $4 AND key = $5",
                    )?
                    .execute(params![new.0, new.1, new.2, receipt, key])?;
                Put::Updated
            }
        };
        if put == Put::Updated {
            self.seal(Strand::Sale, receipt)?;
        }
        self.note_seen(seen)?;
        Ok(put)
    }

    pub(super) fn put_repair(&mut self, line: u64, row: &RepairRow) -> Result<Put, ImportError> {
        self.note_imei(row.old_imei)?;
        self.note_imei(row.new_imei)?;
        let (old_key, new_key) = (DeviceKey::from(row.old_imei).0, DeviceKey::from(row.new_imei).0);
        let (old_device, new_device) = (self.node(old_key)?, self.node(new_key)?);
        let centre = self.words.number(&self.tx, row.centre.as_deref())?;
        let new = (new_key, row.repaired_on.0, centre);
        let seen = key_of((&row.order_no, old_key));
        let added = self
            .tx
            .prepare_cached(
                "INSERT INTO repair (order_no, old_key, new_key, old_device, new_device, repaired_on, centre) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (order_no, old_key) DO NOTHING",
            )?
            .execute(params![row.order_no, old_key, new_key, old_device, new_device, new.1, new.2])?;
        let put = if added == 1 {
            Put::Added
        } else {
            let old = self
                .tx
                .prepare_cached(
                    "SELECT new_key, repaired_on, centre FROM repair WHERE order_no = $1 AND old_key = $2",
                )?
                .query_row(params![row.order_no, old_key], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
            if old == new {
                Put::Unchanged
            } else {
                self.may_update(line, seen)?;
                self.tx
                    .prepare_cached(
                        "UPDATE repair SET new_key = $1, new_device = $2, repaired_on = $3, centre = $4 \
                         WHERE order_no = $5 AND old_key = $6",
                    )?
                    .execute(params![new_key, new_device, new.1, new.2, row.order_no, old_key])?;
                Put::Updated
            }
        };
        if put != Put::Unchanged {
            self.seals.touch_all(&self.tx, Strand::RepairOld)?;
            self.seals.touch_all(&self.tx, Strand::RepairNew)?;
        }
        self.note_seen(seen)?;
        Ok(put)
    }

    pub(super) fn put_notice(&mut self, line: u64, row: &NoticeRow) -> Result<Put, ImportError> {
        let key = self.named(&row.device)?;
        let device = self.node(key)?;
        let reference = row.reference.as_deref().unwrap_or("");
        let told_at = if reference.is_empty() { row.reported_at.0 } else { 0 };
        let source = self.words.number(&self.tx, row.source.as_deref())?;
        let kind = row.kind.as_str();
        let cleared = row.status == NoticeStatus::Cleared;
        let cleared_at = cleared.then_some(row.cleared_at.unwrap_or(self.now).0);
        let new = (row.status.as_str().to_owned(), row.reported_at.0, source, cleared_at);
        let seen = key_of((key, kind, reference, told_at));
        let added = self
            .tx
            .prepare_cached(
                "INSERT INTO notice (device, key, kind, reference, told_at, status, reported_at, source, cleared_at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
                 ON CONFLICT (device, key, kind, reference, told_at) DO NOTHING",
            )?
            .execute(params![device, key, kind, reference, told_at, new.0, new.1, new.2, new.3])?;
        let put = if added == 1 {
            Put::Added
        } else {
            let (dropped, old): (bool, (String, i64, Option<i64>, Option<i64>)) = self
                .tx
                .prepare_cached(
                    "SELECT status, reported_at, source, cleared_at, dropped FROM notice \
                     WHERE device = $1 AND key = $2 AND kind = $3 AND reference = $4 AND told_at = $5",
                )?
                .query_row(params![device, key, kind, reference, told_at], |r| {
                    Ok((r.get(4)?, (r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))
                })?;
            // Cleared without a date: the day we first heard of it stays.
            let new = if row.cleared_at.is_none() && cleared && old.3.is_some() {
                (new.0, new.1, new.2, old.3)
            } else {
                new
            };
            if old == new && !dropped {
                Put::Unchanged
            } else {
                if !dropped {
                    self.may_update(line, seen)?;
                }
                self.tx
                    .prepare_cached(
                        "UPDATE notice SET status = $1, reported_at = $2, source = $3, cleared_at = $4, dropped = 0 \
                         WHERE device = $5 AND key = $6 AND kind = $7 AND reference = $8 AND told_at = $9",
                    )?
                    .execute(params![new.0, new.1, new.2, new.3, device, key, kind, reference, told_at])?;
                // What was dropped is new to the list again.
                if dropped { Put::Added } else { Put::Updated }
            }
        };
        if put != Put::Unchanged {
            self.seal(Strand::Notice, device)?;
        }
        self.note_seen(seen)?;
        Ok(put)
    }
}
