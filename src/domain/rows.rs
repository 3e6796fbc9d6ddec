//! One typed row of each registry list (CONTRACT.md §3). A row that exists is well formed: a customer
//! can mistype, a registry row cannot.

use super::{
    AccountId, AccountState, ContactKind, Day, DeviceKey, Email, Iccid, Imei, Imsi, NoticeKind, NoticeStatus,
    Phone, ReceiptNo, Retailer, Serial, Tac, Time,
};

/// Type allocation: what an IMEI's first eight digits say (GSMA TS.06).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TacRow {
    pub tac: Tac,
    pub brand: Option<String>,
    pub model: String,
    pub device_type: Option<String>,
    pub imei_slots: Option<u8>,
    pub allocated_on: Option<Day>,
}

/// The name a list gives a device by: its IMEI or, for bands and the like, its serial.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DeviceName {
    Imei(Imei),
    Serial(Serial),
}

impl DeviceName {
    /// The registry key of the identifier itself (not of the record it may lead to).
    pub fn key(&self) -> DeviceKey {
        match self {
            Self::Imei(imei) => DeviceKey::from(*imei),
            Self::Serial(serial) => DeviceKey::from(serial),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceRow {
    /// Up to five, the first is the row's key.
    pub imeis: Vec<Imei>,
    pub serial: Option<Serial>,
    pub model: Option<String>,
    pub made_on: Option<Day>,
    pub region: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRow {
    pub account_id: AccountId,
    pub email: Option<Email>,
    pub phone: Option<Phone>,
    pub name: Option<String>,
    pub region: Option<String>,
    pub language: Option<String>,
    pub state: AccountState,
    pub registered_at: Option<Time>,
    pub last_sign_in_at: Option<Time>,
}

/// A way to reach somebody, in its normal form.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Contact {
    Email(Email),
    Phone(Phone),
}

impl Contact {
    pub fn kind(&self) -> ContactKind {
        match self {
            Self::Email(_) => ContactKind::Email,
            Self::Phone(_) => ContactKind::Phone,
        }
    }

    /// The contact with most of it hidden.
    pub fn masked(&self) -> String {
        match self {
            Self::Email(email) => email.masked(),
            Self::Phone(phone) => phone.masked(),
        }
    }

    /// The contact in full: for the store and for sending, never for a screen or a log.
    pub fn plain(&self) -> String {
        match self {
            Self::Email(email) => email.plain().to_owned(),
            Self::Phone(phone) => phone.plain(),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactRow {
    pub account_id: AccountId,
    pub contact: Contact,
    pub verified_at: Option<Time>,
    pub replaced_at: Option<Time>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BindingRow {
    pub account_id: AccountId,
    pub device: DeviceName,
    pub bound_at: Time,
    pub released_at: Option<Time>,
    pub lost_mode_since: Option<Time>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SightingRow {
    pub imei: Imei,
    pub iccid: Option<Iccid>,
    pub imsi: Option<Imsi>,
    pub msisdn: Option<Phone>,
    pub first_seen: Day,
    pub last_seen: Day,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SimChangeRow {
    pub msisdn: Phone,
    pub changed_at: Time,
    pub iccid: Option<Iccid>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaleRow {
    pub retailer: Retailer,
    /// As the feed spells it.
    pub retailer_text: String,
    pub receipt_no: ReceiptNo,
    pub receipt_text: String,
    pub sold_on: Day,
    pub device: Option<DeviceName>,
    pub amount: Option<String>,
    pub currency: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepairRow {
    pub order_no: String,
    pub old_imei: Imei,
    pub new_imei: Imei,
    pub repaired_on: Day,
    pub centre: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeRow {
    pub device: DeviceName,
    pub kind: NoticeKind,
    pub status: NoticeStatus,
    pub reported_at: Time,
    pub source: Option<String>,
    pub reference: Option<String>,
    pub cleared_at: Option<Time>,
}

/// A row of any list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListRow {
    Tac(TacRow),
    Device(DeviceRow),
    Account(AccountRow),
    Contact(ContactRow),
    Binding(BindingRow),
    Sighting(SightingRow),
    SimChange(SimChangeRow),
    Sale(SaleRow),
    Repair(RepairRow),
    Notice(NoticeRow),
}

impl std::fmt::Display for DeviceName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Imei(imei) => imei.fmt(f),
            Self::Serial(serial) => serial.fmt(f),
        }
    }
}
