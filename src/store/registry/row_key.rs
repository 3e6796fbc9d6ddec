//! The key of a row in its list (CONTRACT.md §3), and whether the list has it.

use super::import::ListImport;
use super::int;
use super::seen::key_of;
use crate::domain::{DeviceKey, DeviceName, ListRow};
use crate::store::StoreError;
use rusqlite::params;

pub(super) const TAC: &str = "SELECT 1 FROM tac WHERE tac = $1";
pub(super) const DEVICE: &str = "SELECT 1 FROM device WHERE id = $1";
pub(super) const ACCOUNT: &str = "SELECT 1 FROM account WHERE no = $1 AND state IS NOT NULL";
pub(super) const CONTACT: &str =
    "SELECT 1 FROM contact WHERE account = $1 AND value = $2 AND in_contacts = 1";
pub(super) const BINDING: &str = "SELECT 1 FROM binding WHERE device = $1 AND bound_at = $2 AND account = $3";
pub(super) const SIGHTING: &str = "SELECT 1 FROM sighting WHERE device = $1 AND first_seen = $2 AND iccid = $3 \
     AND imsi = $4 AND msisdn = $5 AND key = $6";
pub(super) const SIM_CHANGE: &str = "SELECT 1 FROM sim_change WHERE msisdn = $1 AND changed_at = $2";
pub(super) const SALE: &str = "SELECT 1 FROM sale WHERE receipt = $1 AND key = $2";
pub(super) const REPAIR: &str = "SELECT 1 FROM repair WHERE order_no = $1 AND old_key = $2";
pub(super) const NOTICE: &str = "SELECT 1 FROM notice WHERE device = $1 AND key = $2 AND kind = $3 \
     AND reference = $4 AND told_at = $5 AND dropped = 0";

/// What makes a row of a list the same row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RowKey {
    Tac(i64),
    Device(i64),
    Account(i64),
    Contact {
        account: i64,
        value: String,
    },
    Binding {
        device: i64,
        bound_at: i64,
        account: i64,
    },
    /// Device, first seen, ICCID, IMSI, number, key.
    Sighting([i64; 6]),
    SimChange {
        msisdn: i64,
        changed_at: i64,
    },
    Sale {
        receipt: i64,
        key: i64,
    },
    Repair {
        order_no: String,
        old_key: i64,
    },
    Notice {
        device: i64,
        key: i64,
        kind: String,
        reference: String,
        told_at: i64,
    },
}

impl RowKey {
    /// The one number by which a file's keys are remembered.
    pub(super) fn seen(&self) -> i64 {
        match self {
            Self::Tac(key) | Self::Device(key) | Self::Account(key) => *key,
            Self::Contact { account, value } => key_of((account, value)),
            Self::Binding { device, bound_at, account } => key_of((device, bound_at, account)),
            Self::Sighting([device, first, iccid, imsi, msisdn, key]) => {
                key_of((device, first, iccid, imsi, msisdn, key))
            }
            Self::SimChange { msisdn, changed_at } => key_of((msisdn, changed_at)),
            Self::Sale { receipt, key } => key_of((receipt, key)),
            Self::Repair { order_no, old_key } => key_of((order_no, old_key)),
            Self::Notice { key, kind, reference, told_at, .. } => key_of((key, kind, reference, told_at)),
        }
    }
}

impl ListImport<'_> {
    /// The key of a row; `None` where it has none, which putting it says better.
    pub(super) fn row_key(&self, row: &ListRow) -> Result<Option<RowKey>, StoreError> {
        let node = |name: &DeviceName| self.node(name.key().0);
        Ok(Some(match row {
            ListRow::Tac(row) => RowKey::Tac(i64::from(row.tac.number())),
            ListRow::Device(row) => {
                let imei = row.imeis.first().map(|imei| DeviceKey::from(*imei).0);
                let Some(id) = imei.or_else(|| row.serial.as_ref().map(|s| DeviceKey::from(s).0)) else {
                    return Ok(None);
                };
                RowKey::Device(id)
            }
            ListRow::Account(row) => RowKey::Account(row.account_id.key().0),
            ListRow::Contact(row) => {
                RowKey::Contact { account: row.account_id.key().0, value: row.contact.plain() }
            }
            ListRow::Binding(row) => RowKey::Binding {
                device: node(&row.device)?,
                bound_at: row.bound_at.0,
                account: row.account_id.key().0,
            },
            ListRow::Sighting(row) => {
                let key = DeviceKey::from(row.imei).0;
                RowKey::Sighting([
                    self.node(key)?,
                    row.first_seen.0.into(),
                    row.iccid.map_or(0, |i| int(i.packed())),
                    row.imsi.map_or(0, |i| int(i.packed())),
                    row.msisdn.map_or(0, |p| int(p.digits())),
                    key,
                ])
            }
            ListRow::SimChange(row) => {
                RowKey::SimChange { msisdn: int(row.msisdn.digits()), changed_at: row.changed_at.0 }
            }
            ListRow::Sale(row) => RowKey::Sale {
                receipt: crate::domain::fold_key(&row.retailer, &row.receipt_no),
                key: row.device.as_ref().map_or(0, |name| name.key().0),
            },
            ListRow::Repair(row) => {
                RowKey::Repair { order_no: row.order_no.clone(), old_key: DeviceKey::from(row.old_imei).0 }
            }
            ListRow::Notice(row) => {
                let reference = row.reference.clone().unwrap_or_default();
                RowKey::Notice {
                    device: node(&row.device)?,
                    key: row.device.key().0,
                    kind: row.kind.as_str().to_owned(),
                    told_at: if reference.is_empty() { row.reported_at.0 } else { 0 },
                    reference,
                }
            }
        }))
    }

    /// Whether the list has a row of this key.
    pub(super) fn is_there(&self, key: &RowKey) -> Result<bool, StoreError> {
        let ask = |sql, values: &[&dyn rusqlite::ToSql]| -> Result<bool, StoreError> {
            Ok(self.tx.prepare_cached(sql)?.exists(values)?)
        };
        match key {
            RowKey::Tac(key) => ask(TAC, params![key]),
            RowKey::Device(key) => ask(DEVICE, params![key]),
            RowKey::Account(key) => ask(ACCOUNT, params![key]),
            RowKey::Contact { account, value } => ask(CONTACT, params![account, value]),
            RowKey::Binding { device, bound_at, account } => ask(BINDING, params![device, bound_at, account]),
            RowKey::Sighting([device, first, iccid, imsi, msisdn, key]) => {
                ask(SIGHTING, params![device, first, iccid, imsi, msisdn, key])
            }
            RowKey::SimChange { msisdn, changed_at } => ask(SIM_CHANGE, params![msisdn, changed_at]),
            RowKey::Sale { receipt, key } => ask(SALE, params![receipt, key]),
            RowKey::Repair { order_no, old_key } => ask(REPAIR, params![order_no, old_key]),
            RowKey::Notice { device, key, kind, reference, told_at } => {
                ask(NOTICE, params![device, key, kind, reference, told_at])
            }
        }
    }
}
