//! Everything the lists say about one device, account, number, address, SIM or receipt: `latchkey lookup`.

use super::facts::Overlay;
use super::reader::RegistryReader;
use super::repairs::Edge;
use super::resolve::Resolved;
use super::{int, names};
use crate::domain::{AccountId, Contact, Day, DeviceName, Iccid, Phone, ReceiptNo, Retailer, Time, fold_key};
use crate::judgement::Wants;
use crate::judgement::facts::{Account, Device, DeviceId, SimFacts};
use crate::store::StoreError;
use rusqlite::OptionalExtension;

pub(super) const SALES_OF_DEVICE: &str = "SELECT s.key, s.sold_on, r.name, s.receipt_text, s.amount, s.currency \
    FROM sale s JOIN retailer r ON r.id = s.retailer WHERE s.device = $1 AND s.device <> 0 ORDER BY s.sold_on";
pub(super) const SALES_OF_RECEIPT: &str = "SELECT s.key, s.sold_on, r.name, s.receipt_text, s.amount, s.currency \
    FROM sale s JOIN retailer r ON r.id = s.retailer WHERE s.receipt = $1";
pub(super) const CHANGES: &str = "SELECT changed_at FROM sim_change WHERE msisdn = $1 ORDER BY changed_at";
pub(super) const RETAILERS: &str = "SELECT name FROM retailer ORDER BY name";
pub(super) const ACCOUNT_TEXT: &str = "SELECT account_id FROM account WHERE no = $1";

/// A device and what else the lists hold on it.
#[derive(Clone, Debug, PartialEq)]
pub struct DeviceDetails {
    /// The registry has a record of it; otherwise `device` holds what other lists say of the bare identifier.
    pub known: bool,
    /// As a check would see it.
    pub device: Device,
    /// Regions by the records.
    pub regions: Vec<String>,
    /// Sales that name it.
    pub sales: Vec<SaleDetails>,
    /// Repairs from or to any of its records.
    pub repairs: Vec<RepairDetails>,
}

/// A repair, and whether it carries more than notices.
#[derive(Clone, Debug, PartialEq)]
pub struct RepairDetails {
    /// What it was.
    pub old: Option<DeviceName>,
    /// What it became.
    pub new: Option<DeviceName>,
    /// When.
    pub repaired_on: Day,
    /// The two are one device; otherwise only notices go from old to new.
    pub carries: bool,
}

/// A sale row in full.
#[derive(Clone, Debug, PartialEq)]
pub struct SaleDetails {
    /// The retailer as the feed spells it.
    pub retailer: String,
    /// The number as the feed spells it.
    pub receipt_no: String,
    /// The day of the sale.
    pub sold_on: Day,
    /// The device sold, where the row names one.
    pub names: Option<DeviceName>,
    /// The device that leads to.
    pub device: Option<DeviceId>,
    /// The price, as the feed spells it.
    pub amount: Option<String>,
    /// Its currency.
    pub currency: Option<String>,
}

/// An account: in full where the accounts list has it, else by its id alone.
#[derive(Clone, Debug, PartialEq)]
pub struct AccountDetails {
    /// The id that other lists name it by.
    pub account_id: String,
    /// The account, where the accounts list has it.
    pub account: Option<Account>,
}

/// A telephone number.
#[derive(Clone, Debug, PartialEq)]
pub struct PhoneDetails {
    /// Its SIM: sightings and the last change.
    pub sim: SimFacts,
    /// Every recorded change, oldest first.
    pub changes: Vec<Time>,
    /// Accounts whose current contact it is.
    pub accounts: Vec<AccountDetails>,
}

impl RegistryReader<'_> {
    /// Everything about a device.
    pub fn device_details(
        &mut self,
        name: &DeviceName,
        overlay: &mut dyn Overlay,
    ) -> Result<DeviceDetails, StoreError> {
        let mut resolved = Resolved::default();
        let component = resolved.of(self, name.key().0)?;
        let device = self.device(&component, &mut resolved, Wants::ALL, overlay)?;
        let (mut regions, mut sales) = (Vec::new(), Vec::new());
        for node in &component.nodes {
            regions.extend(self.text(node.record.as_ref().and_then(|r| r.region))?);
            sales.extend(self.sale_rows(SALES_OF_DEVICE, node.key, &mut resolved)?);
        }
        let repairs = component.edges.iter().map(|e| self.repair(*e)).collect::<Result<_, _>>()?;
        Ok(DeviceDetails { known: component.known(), device, regions, sales, repairs })
    }

    /// Everything about an account; `None` where no list names it.
    pub fn account_details(
        &mut self,
        id: &AccountId,
        overlay: &mut dyn Overlay,
    ) -> Result<Option<AccountDetails>, StoreError> {
        let found = self.account_by_no(id.key().0, overlay)?;
        Ok(found.filter(|a| a.account_id == id.as_str()))
    }

    /// Accounts whose current contact a value is.
    pub fn accounts_by_contact(
        &mut self,
        contact: &Contact,
        overlay: &mut dyn Overlay,
    ) -> Result<Vec<AccountDetails>, StoreError> {
        let mut accounts = Vec::new();
        for candidate in self.by_contact(contact, &mut Resolved::default())? {
            accounts.extend(self.account_by_no(candidate.no, overlay)?);
        }
        Ok(accounts)
    }

    /// Everything about a telephone number.
    pub fn phone_details(
        &mut self,
        number: Phone,
        overlay: &mut dyn Overlay,
    ) -> Result<PhoneDetails, StoreError> {
        let changes = {
            let mut statement = self.statement(CHANGES)?;
            let rows = statement.query_map([int(number.digits())], |r| r.get(0).map(Time))?;
            rows.collect::<Result<Vec<_>, _>>()?
        };
        Ok(PhoneDetails {
            sim: self.sim(0, Some(number), None)?,
            changes,
            accounts: self.accounts_by_contact(&Contact::Phone(number), overlay)?,
        })
    }

    /// Everything about a SIM card.
    pub fn iccid_details(&mut self, iccid: Iccid) -> Result<SimFacts, StoreError> {
        self.sim(0, None, Some(iccid))
    }

    /// The sale rows of a receipt.
    pub fn receipt_details(
        &mut self,
        retailer: &Retailer,
        number: &ReceiptNo,
    ) -> Result<Vec<SaleDetails>, StoreError> {
        let mut sales =
            self.sale_rows(SALES_OF_RECEIPT, fold_key(retailer, number), &mut Resolved::default())?;
        // The texts decide: a fold key may be shared by chance.
        sales.retain(|s| {
            Retailer::parse(&s.retailer).ok().as_ref() == Some(retailer)
                && ReceiptNo::parse(&s.receipt_no).ok().as_ref() == Some(number)
        });
        Ok(sales)
    }

    /// Every retailer that sent sales, as the feeds spell them.
    pub fn retailers(&self) -> Result<Vec<String>, StoreError> {
        let mut statement = self.statement(RETAILERS)?;
        let rows = statement.query_map([], |r| r.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The device an identifier leads to; `None` where no record is known.
    pub fn device_of(&mut self, name: &DeviceName) -> Result<Option<DeviceId>, StoreError> {
        Resolved::default().device(self, name.key().0)
    }

    fn account_by_no(
        &mut self,
        no: i64,
        overlay: &mut dyn Overlay,
    ) -> Result<Option<AccountDetails>, StoreError> {
        let text: Option<String> = self.statement(ACCOUNT_TEXT)?.query_row([no], |r| r.get(0)).optional()?;
        let Some(account_id) = text else { return Ok(None) };
        Ok(Some(AccountDetails {
            account_id,
            account: self.account(no, Vec::new(), &mut Resolved::default(), Wants::ALL, overlay)?,
        }))
    }

    fn repair(&self, edge: Edge) -> Result<RepairDetails, StoreError> {
        Ok(RepairDetails {
            old: names::name_of(self.statements(), edge.old)?,
            new: names::name_of(self.statements(), edge.new)?,
            repaired_on: edge.on,
            carries: edge.carries,
        })
    }

    fn sale_rows(
        &mut self,
        sql: &'static str,
        key: i64,
        resolved: &mut Resolved,
    ) -> Result<Vec<SaleDetails>, StoreError> {
        let rows = {
            let mut statement = self.statement(sql)?;
            let rows = statement.query_map([key], |r| {
                Ok((r.get::<_, i64>(0)?, Day(r.get(1)?), r.get(2)?, r.get(3)?, r.get(4)?, r.get(5)?))
            })?;
            rows.collect::<Result<Vec<_>, _>>()?
        };
        let mut sales = Vec::with_capacity(rows.len());
        for (key, sold_on, retailer, receipt_no, amount, currency) in rows {
            let named = key != 0;
            sales.push(SaleDetails {
                retailer,
                receipt_no,
                sold_on,
                names: if named { names::name_of(self.statements(), key)? } else { None },
                device: if named { resolved.device(self, key)? } else { None },
                amount,
                currency: self.text(currency)?,
            });
        }
        Ok(sales)
    }
}
