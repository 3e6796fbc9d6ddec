//! Rows that a `replace` or a `delta` takes out of a list. What other lists say of the same device or account stays.

use super::import::ListImport;
use super::names;
use super::row_key::RowKey;
use super::seals::Strand;
use crate::store::StoreError;
use rusqlite::{OptionalExtension, params};

impl ListImport<'_> {
    /// Takes out the row of a key, which must be there.
    pub(super) fn remove(&mut self, key: &RowKey) -> Result<(), StoreError> {
        match key {
            RowKey::Tac(tac) => {
                self.seal(Strand::Tac, *tac)?;
                self.drop_row("DELETE FROM tac WHERE tac = $1", params![tac])
            }
            RowKey::Device(id) => self.remove_device(*id),
            RowKey::Account(no) => self.remove_account(*no),
            RowKey::Contact { account, value } => self.remove_contact(*account, value),
            RowKey::Binding { device, bound_at, account } => {
                self.seal(Strand::Binding, *device)?;
                self.drop_row(
                    "DELETE FROM binding WHERE device = $1 AND bound_at = $2 AND account = $3",
                    params![device, bound_at, account],
                )?;
                self.touched.note(&self.statements, *device)
            }
            RowKey::Sighting([device, first, iccid, imsi, msisdn, key]) => {
                self.seal(Strand::Sighting, *device)?;
                self.drop_row(
                    "DELETE FROM sighting WHERE device = $1 AND first_seen = $2 AND iccid = $3 AND imsi = $4 \
                     AND msisdn = $5 AND key = $6",
                    params![device, first, iccid, imsi, msisdn, key],
                )?;
                self.touched.note(&self.statements, *device)
            }
            RowKey::SimChange { msisdn, changed_at } => {
                self.seal(Strand::SimChange, *msisdn)?;
                self.drop_row(
                    "DELETE FROM sim_change WHERE msisdn = $1 AND changed_at = $2",
                    params![msisdn, changed_at],
                )
            }
            RowKey::Sale { receipt, key } => {
                self.seal(Strand::Sale, *receipt)?;
                self.drop_row("DELETE FROM sale WHERE receipt = $1 AND key = $2", params![receipt, key])
            }
            RowKey::Repair { order_no, old_key } => {
                self.seals.touch_all(&self.tx, Strand::RepairOld)?;
                self.seals.touch_all(&self.tx, Strand::RepairNew)?;
                self.drop_row(
                    "DELETE FROM repair WHERE order_no = $1 AND old_key = $2",
                    params![order_no, old_key],
                )
            }
            // Who was under notice is not forgotten at once: it counts as cleared from now on.
            RowKey::Notice { device, key, kind, reference, told_at } => {
                self.seal(Strand::Notice, *device)?;
                self.drop_row(
                    "UPDATE notice SET dropped = 1, cleared_at = coalesce(cleared_at, $1), status = 'cleared' \
                     WHERE device = $2 AND key = $3 AND kind = $4 AND reference = $5 AND told_at = $6",
                    params![self.now.0, device, key, kind, reference, told_at],
                )
            }
        }
    }

    fn drop_row(&self, sql: &str, values: &[&dyn rusqlite::ToSql]) -> Result<(), StoreError> {
        self.tx.prepare_cached(sql)?.execute(values)?;
        Ok(())
    }

    /// The record goes; what other lists hold of its identifiers stands on these again.
    pub(super) fn remove_device(&mut self, id: i64) -> Result<(), StoreError> {
        let Some(old) = self.stored_device(id)? else { return Ok(()) };
        for key in old.aliases(id) {
            self.let_go(key, id, old.serial.as_deref())?;
        }
        self.keep_serial_text(id, old.serial.as_deref())?;
        self.seal(Strand::Device, id)?;
        self.drop_row("DELETE FROM device WHERE id = $1", params![id])
    }

    /// A record loses a further identifier.
    pub(super) fn let_go(&mut self, key: i64, id: i64, serial: Option<&str>) -> Result<(), StoreError> {
        self.seal(Strand::Alias, key)?;
        self.drop_row("DELETE FROM alias WHERE key = $1", params![key])?;
        self.keep_serial_text(key, serial)?;
        self.held.move_rows(&self.tx, &mut self.seals, key, (id, key))
    }

    /// Makes room for an identifier that the file gives to another device than the list has it for: as long as the
    /// file has not named its record, that one is about to go or to change. False where it has.
    pub(super) fn make_room(&mut self, key: i64) -> Result<bool, StoreError> {
        if let Some(owner) = names::alias(&self.tx, key)? {
            if self.has_seen(owner)? {
                return Ok(false);
            }
            let Some(old) = self.stored_device(owner)? else { return Ok(false) };
            self.seal(Strand::Device, owner)?;
            self.let_go(key, owner, old.serial.as_deref())?;
            if key < 0 {
                self.drop_row("UPDATE device SET serial = NULL WHERE id = $1", params![owner])?;
            }
            for column in ["imei2", "imei3", "imei4", "imei5"] {
                let sql = format!("UPDATE device SET {column} = NULL WHERE id = $1 AND {column} = $2");
                self.drop_row(&sql, params![owner, key])?;
            }
            if self.held.folds() {
                self.touched.note(&self.statements, owner)?;
            }
            return Ok(true);
        }
        if self.has_seen(key)? {
            return Ok(false);
        }
        self.remove_device(key)?;
        self.count_removed();
        Ok(true)
    }

    /// A serial that a record loses must stay readable for the rows that name it.
    pub(super) fn keep_serial_text(&mut self, key: i64, serial: Option<&str>) -> Result<(), StoreError> {
        if let Some(serial) = serial.filter(|_| key < 0) {
            let sql = "INSERT INTO serial_text (key, text) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING";
            if self.tx.prepare_cached(sql)?.execute(params![key, serial])? > 0 {
                return self.seal(Strand::SerialText, key);
            }
        }
        Ok(())
    }

    /// An account that other lists name keeps a row to stand on.
    fn remove_account(&mut self, no: i64) -> Result<(), StoreError> {
        self.drop_own_contacts(no)?;
        self.seal(Strand::Account, no)?;
        let named =
            "SELECT 1 FROM binding WHERE account = $1 UNION ALL SELECT 1 FROM contact WHERE account = $1";
        if self.tx.prepare_cached(named)?.exists([no])? {
            return self.drop_row(
                "UPDATE account SET name = NULL, region = NULL, language = NULL, state = NULL, \
                 registered_at = NULL, last_sign_in_at = NULL WHERE no = $1",
                params![no],
            );
        }
        self.drop_row("DELETE FROM account WHERE no = $1", params![no])
    }

    /// What the account's own row names stays, as it would be without the contacts list.
    fn remove_contact(&mut self, account: i64, value: &str) -> Result<(), StoreError> {
        self.seal(Strand::Contact, account)?;
        self.drop_row(
            "DELETE FROM contact WHERE account = $1 AND value = $2 AND in_account = 0",
            params![account, value],
        )?;
        self.drop_row(
            "UPDATE contact SET in_contacts = 0, verified_at = NULL, replaced_at = NULL \
             WHERE account = $1 AND value = $2",
            params![account, value],
        )?;
        let named =
            "SELECT 1 FROM binding WHERE account = $1 UNION ALL SELECT 1 FROM contact WHERE account = $1";
        let state: Option<bool> = self
            .tx
            .prepare_cached("SELECT state IS NULL FROM account WHERE no = $1")?
            .query_row([account], |r| r.get(0))
            .optional()?;
        if state == Some(true) && !self.tx.prepare_cached(named)?.exists([account])? {
            self.seal(Strand::Account, account)?;
            self.drop_row("DELETE FROM account WHERE no = $1", params![account])?;
        }
        Ok(())
    }
}
