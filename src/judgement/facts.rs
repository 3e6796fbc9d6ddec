//! The registry rows and desk rows gathered for one claim: all that the checks may look at.
//!
//! Invariant: a check never queries. What is not in here does not count.

use crate::domain::{
    AccountState, Contact, Day, DeviceName, Iccid, Identifier, Imei, Imsi, NoticeKind, NoticeStatus, Phone,
    Proof, Time,
};

/// The identity of a device over all lists and tickets: the smallest record key of its joined records.
pub type DeviceId = i64;
/// The registry's key of an account.
pub type AccountNo = i64;

/// Everything about one claim, from the registry (with our own releases and notices laid over it) and from the desk.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    pub registry: RegistryFacts,
    pub desk: DeskFacts,
}

/// What the lists say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RegistryFacts {
    /// Each undamaged identifier of the claim, and the device it leads to.
    pub leads: Vec<Lead>,
    /// Registry devices one digit or one transposition away from a damaged claimed IMEI.
    pub near: Vec<Imei>,
    /// The device: what the first resolvable identifier leads to.
    pub device: Option<Device>,
    /// Where no record is known: notices on the claimed identifiers.
    pub stray_notices: Vec<Notice>,
    /// The accounts the claimed logins lead to.
    pub claimed: Option<ClaimedAccount>,
    /// The account of the case (JUDGEMENT.md §2, "The account").
    pub account: Option<Account>,
    pub receipt: Option<ReceiptFacts>,
    /// One entry for each SIM item of the claim, removed ones included, by evidence number.
    pub sims: Vec<SimFacts>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Lead {
    pub identifier: Identifier,
    pub device: Option<DeviceId>,
}

/// One device: every record that a carrying repair joins.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Device {
    pub id: DeviceId,
    pub imeis: Vec<Imei>,
    pub serials: Vec<String>,
    /// Identifiers of the device that have no record of their own (the old IMEI of a carrying repair).
    pub brand: Option<String>,
    /// Models by the records.
    pub models: Vec<String>,
    /// Models by the TAC table.
    pub tac_models: Vec<String>,
    /// The earliest of the records.
    pub made_on: Option<Day>,
    /// The earliest of the IMEIs' type allocations.
    pub allocated_on: Option<Day>,
    /// Every binding of the device, oldest first; releases made at this desk are already laid over.
    pub bindings: Vec<Binding>,
    pub sightings: Vec<Sighting>,
    /// Notices on any identifier, those a repair carries included; made at this desk or by the lists.
    pub notices: Vec<Notice>,
}

/// A binding of a device to an account.
#[derive(Clone, Debug, PartialEq)]
pub struct Binding {
    pub account: AccountNo,
    pub account_id: String,
    /// The record the binding stands on.
    pub record: i64,
    pub bound_at: Time,
    pub released_at: Option<Time>,
    pub lost_mode_since: Option<Time>,
}

/// A SIM seen in a device.
#[derive(Clone, Debug, PartialEq)]
pub struct Sighting {
    pub imei: Imei,
    pub iccid: Option<Iccid>,
    pub imsi: Option<Imsi>,
    pub msisdn: Option<Phone>,
    pub first_seen: Day,
    pub last_seen: Day,
}

/// An entry of a block list, ours or a list's.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    pub on: DeviceName,
    pub kind: NoticeKind,
    pub status: NoticeStatus,
    pub reported_at: Time,
    pub cleared_at: Option<Time>,
    /// When a pending notice made here lapses.
    pub lapses_at: Option<Time>,
    pub source: Option<String>,
    pub reference: Option<String>,
}

/// Where the claimed logins lead.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClaimedAccount {
    /// The account the first resolvable login leads to; `None` where no login leads anywhere.
    pub account: Option<AccountNo>,
    /// Two logins lead to different accounts.
    pub conflict: bool,
}

/// An account and what hangs on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    pub no: AccountNo,
    pub account_id: String,
    pub name: Option<String>,
    pub region: Option<String>,
    pub state: AccountState,
    pub registered_at: Option<Time>,
    pub last_sign_in_at: Option<Time>,
    /// Current and replaced ones.
    pub contacts: Vec<AccountContact>,
    /// Every device ever bound to it.
    pub devices: Vec<BoundDevice>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct AccountContact {
    pub contact: Contact,
    pub verified_at: Option<Time>,
    pub replaced_at: Option<Time>,
    /// For a phone number: the last recorded change of its SIM.
    pub sim_changed_at: Option<Time>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct BoundDevice {
    pub device: DeviceId,
    pub name: Option<DeviceName>,
    pub model: Option<String>,
    pub bound_at: Time,
    pub released_at: Option<Time>,
}

/// What the sales lists say of the receipt that stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReceiptFacts {
    /// The registry holds sales of that retailer.
    pub feed: bool,
    pub sales: Vec<Sale>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Sale {
    pub sold_on: Day,
    pub names: Option<DeviceName>,
    /// The device that `names` leads to.
    pub device: Option<DeviceId>,
}

/// What the lists say of one SIM.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SimFacts {
    pub evidence: i64,
    /// The number meant: as given, else the one last seen with the ICCID.
    pub number: Option<Phone>,
    /// The ICCID meant: as given, else the one last seen with the number.
    pub iccid: Option<Iccid>,
    pub last_change: Option<Time>,
    /// The number's sightings, in any device.
    pub sightings: Vec<Sighting>,
}

/// What the desk itself knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeskFacts {
    /// Codes sent for this ticket, oldest first.
    pub codes: Vec<Code>,
    /// Tickets that share a device, an account, a contact, a receipt or a picture with this one.
    pub others: Vec<Other>,
    /// Moments of wrong answers on this device or account: this ticket's wrong codes and every other
    /// ticket's wrong codes and facts. (Wrong facts of this ticket are judged, not looked up.)
    pub wrong_answers: Vec<Time>,
    /// The region in which numbers without a country code are read.
    pub region: crate::domain::Region,
    /// The owner has objected, at this moment.
    pub objected_at: Option<Time>,
}

/// A one-time code sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    pub channel: crate::domain::Channel,
    pub to: Contact,
    pub account: Option<AccountNo>,
    pub sent_at: Time,
    pub wrong: u8,
    pub confirmed_at: Option<Time>,
}

/// Another ticket that shares something with this one.
#[derive(Clone, Debug, PartialEq)]
pub struct Other {
    pub ticket: i64,
    pub reference: String,
    pub open: bool,
    pub received_at: Time,
    pub device: Option<DeviceId>,
    pub account: Option<AccountNo>,
    /// Both share an e-mail or a phone of the claimant.
    pub same_claimant: bool,
    /// It used this ticket's receipt, or a receipt file with the same bytes.
    pub same_receipt: bool,
    /// It used the same box picture: how many bits of the look-alike hash differ (0: the same bytes).
    pub same_picture: Option<u32>,
    /// Fold keys of its receipts.
    pub receipts: Vec<i64>,
    /// Proofs it has at its last check.
    pub proofs: Vec<Proof>,
    /// Checks that an approver has cleared between the two tickets.
    pub cleared: Vec<String>,
}
