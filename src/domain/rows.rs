//! One typed row of each registry list (CONTRACT.md §3). A row that exists is well formed: a customer
//! can mistype, a registry row cannot.

use super::words::words;
use super::{
    AccountId, AccountState, ContactKind, Day, DeviceKey, Email, Iccid, Imei, Imsi, List, NoticeKind,
    NoticeStatus, Phone, ReceiptNo, Retailer, Serial, Tac, Time,
};

words! {
    /// How a file meets the rows that are there.
    ListMode {
        /// Adds and updates by key; removes nothing.
        Merge = "merge",
        /// The file is the whole list.
        Replace = "replace",
        /// Each row says what it does.
        Delta = "delta",
    }
}

words! {
    /// What a row of a delta does.
    Change {
        /// Its key must not be there.
        Add = "add",
        /// Its key must be there.
        Update = "update",
        /// Its key must be there.
        Remove = "remove",
    }
}

/// Type allocation: what an IMEI's first eight digits say (GSMA TS.06).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TacRow {
    /// The first eight digits.
    pub tac: Tac,
    /// As the market knows the maker.
    pub brand: Option<String>,
    /// As the market knows the device.
    pub model: String,
    /// As the list words it: smartphone, wearable, ….
    pub device_type: Option<String>,
    /// How many IMEIs one device of this type has.
    pub imei_slots: Option<u8>,
    /// The day the GSMA gave it out.
    pub allocated_on: Option<Day>,
}

/// The name a list gives a device by: its IMEI or, for bands and the like, its serial.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DeviceName {
    /// Devices on a mobile network (3GPP TS 23.003).
    Imei(Imei),
    /// Bands and the like, by the maker's own numbering.
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

    /// Its last places.
    pub fn masked(&self) -> String {
        match self {
            Self::Imei(imei) => imei.masked(),
            Self::Serial(serial) => serial.masked(),
        }
    }
}

/// A device as its maker knows it (list `devices`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceRow {
    /// Up to five, the first is the row's key.
    pub imeis: Vec<Imei>,
    /// The maker's serial; the row's key where there is no IMEI.
    pub serial: Option<Serial>,
    /// As the maker calls it.
    pub model: Option<String>,
    /// The day it was made.
    pub made_on: Option<Day>,
    /// The market it was made for.
    pub region: Option<String>,
}

/// An account as it is registered (list `accounts`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRow {
    /// The row's key.
    pub account_id: AccountId,
    /// The address that signs in.
    pub email: Option<Email>,
    /// The number that signs in.
    pub phone: Option<Phone>,
    /// Of the person, as registered.
    pub name: Option<String>,
    /// As registered.
    pub region: Option<String>,
    /// The tongue its owner is written to in.
    pub language: Option<String>,
    /// Whether it can be used.
    pub state: AccountState,
    /// When it was opened.
    pub registered_at: Option<Time>,
    /// When its owner was last seen.
    pub last_sign_in_at: Option<Time>,
}

/// A way to reach somebody, in its normal form.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Contact {
    /// By mail.
    Email(Email),
    /// By telephone.
    Phone(Phone),
}

impl Contact {
    /// Mail or telephone, as the contract words it.
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

/// A verified or replaced way to reach an account's owner (list `contacts`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactRow {
    /// Whose it is.
    pub account_id: AccountId,
    /// The address or number.
    pub contact: Contact,
    /// When a code sent to it was read back; `None` where it never was.
    pub verified_at: Option<Time>,
    /// When another took its place; `None` while it is current.
    pub replaced_at: Option<Time>,
}

/// An account that locks a device, or once did (list `bindings`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BindingRow {
    /// The account it is bound to.
    pub account_id: AccountId,
    /// The device, by the identifier the list gives.
    pub device: DeviceName,
    /// When it was bound.
    pub bound_at: Time,
    /// When it was released; `None` while it is bound.
    pub released_at: Option<Time>,
    /// When its owner marked it lost; `None` while it is not.
    pub lost_mode_since: Option<Time>,
}

/// A SIM seen in a device, over a span of days (list `sightings`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SightingRow {
    /// The device, as the network saw it.
    pub imei: Imei,
    /// The card (ITU-T E.118).
    pub iccid: Option<Iccid>,
    /// The subscription (ITU-T E.212).
    pub imsi: Option<Imsi>,
    /// The telephone number (E.164).
    pub msisdn: Option<Phone>,
    /// First day, inclusive.
    pub first_seen: Day,
    /// Last day, inclusive.
    pub last_seen: Day,
}

/// A number moved to another card (list `sim-changes`): the sign of a SIM swap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SimChangeRow {
    /// The number that moved.
    pub msisdn: Phone,
    /// When it moved.
    pub changed_at: Time,
    /// The new card, where the operator names it.
    pub iccid: Option<Iccid>,
}

/// One line of a retailer's feed (list `sales`); an invoice of several devices is several rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaleRow {
    /// Who sold, folded for comparison.
    pub retailer: Retailer,
    /// As the feed spells it.
    pub retailer_text: String,
    /// The receipt's number, folded for comparison.
    pub receipt_no: ReceiptNo,
    /// The number as the feed spells it.
    pub receipt_text: String,
    /// The day of the sale.
    pub sold_on: Day,
    /// What was sold; `None` where the feed does not say.
    pub device: Option<DeviceName>,
    /// The price, as the feed spells it.
    pub amount: Option<String>,
    /// Of the amount, as the feed spells it.
    pub currency: Option<String>,
}

/// A device or board exchanged by a service centre (list `repairs`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepairRow {
    /// The centre's number of the repair.
    pub order_no: String,
    /// The IMEI that came in.
    pub old_imei: Imei,
    /// The IMEI that went out.
    pub new_imei: Imei,
    /// The day of the exchange.
    pub repaired_on: Day,
    /// Who repaired.
    pub centre: Option<String>,
}

/// A report that a device is lost, stolen or blocked (list `notices`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeRow {
    /// The device, by the identifier the list gives.
    pub device: DeviceName,
    /// What is reported.
    pub kind: NoticeKind,
    /// Whether it was confirmed, or cleared again.
    pub status: NoticeStatus,
    /// When it was reported.
    pub reported_at: Time,
    /// Who reported: police, operator, owner, ….
    pub source: Option<String>,
    /// The reporter's own number.
    pub reference: Option<String>,
    /// When it was cleared; only where `status` says so.
    pub cleared_at: Option<Time>,
}

/// A row of any list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListRow {
    /// Of the list `tacs`.
    Tac(TacRow),
    /// Of the list `devices`.
    Device(DeviceRow),
    /// Of the list `accounts`.
    Account(AccountRow),
    /// Of the list `contacts`.
    Contact(ContactRow),
    /// Of the list `bindings`.
    Binding(BindingRow),
    /// Of the list `sightings`.
    Sighting(SightingRow),
    /// Of the list `sim-changes`.
    SimChange(SimChangeRow),
    /// Of the list `sales`.
    Sale(SaleRow),
    /// Of the list `repairs`.
    Repair(RepairRow),
    /// Of the list `notices`.
    Notice(NoticeRow),
}

impl ListRow {
    /// The list that has such rows.
    pub const fn list(&self) -> List {
        match self {
            Self::Tac(_) => List::Tacs,
            Self::Device(_) => List::Devices,
            Self::Account(_) => List::Accounts,
            Self::Contact(_) => List::Contacts,
            Self::Binding(_) => List::Bindings,
            Self::Sighting(_) => List::Sightings,
            Self::SimChange(_) => List::SimChanges,
            Self::Sale(_) => List::Sales,
            Self::Repair(_) => List::Repairs,
            Self::Notice(_) => List::Notices,
        }
    }
}

impl std::fmt::Display for DeviceName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Imei(imei) => imei.fmt(f),
            Self::Serial(serial) => serial.fmt(f),
        }
    }
}

// The word that nobody has to say.
#[allow(clippy::derivable_impls)]
impl Default for ListMode {
    fn default() -> Self {
        Self::Merge
    }
}
