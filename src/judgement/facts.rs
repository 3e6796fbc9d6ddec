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
    /// From the lists, with what this desk did laid over.
    pub registry: RegistryFacts,
    /// From the desk's own tickets.
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
    /// What the sales lists say; `None` without a receipt.
    pub receipt: Option<ReceiptFacts>,
    /// One entry for each SIM item of the claim, removed ones included, by evidence number.
    pub sims: Vec<SimFacts>,
}

impl RegistryFacts {
    /// Which device the claim names: what a code that was read back says yes to.
    #[must_use]
    pub fn named(&self) -> Option<i64> {
        let device = self.device.as_ref().map(|device| device.id);
        device.or_else(|| self.leads.first().map(|lead| lead.identifier.name.key().0))
    }
}

/// An identifier of the claim and where it leads.
#[derive(Clone, Debug, PartialEq)]
pub struct Lead {
    /// As the claim gives it.
    pub identifier: Identifier,
    /// `None`: it is in no list.
    pub device: Option<DeviceId>,
}

/// One device: every record that a carrying repair joins.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Device {
    /// The same over all lists and tickets.
    pub id: DeviceId,
    /// Every IMEI of its records, and those a carrying repair leads to.
    pub imeis: Vec<Imei>,
    /// Every serial number of its records.
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
    /// Every SIM seen in it.
    pub sightings: Vec<Sighting>,
    /// Notices on any identifier, those a repair carries included; made at this desk or by the lists.
    pub notices: Vec<Notice>,
}

/// A binding of a device to an account.
#[derive(Clone, Debug, PartialEq)]
pub struct Binding {
    /// The account's number.
    pub account: AccountNo,
    /// The account's id, as lists give it.
    pub account_id: String,
    /// The record the binding stands on.
    pub record: i64,
    /// Since when.
    pub bound_at: Time,
    /// Until when, by the list or by this desk.
    pub released_at: Option<Time>,
    /// When the owner set lost mode.
    pub lost_mode_since: Option<Time>,
}

/// A SIM seen in a device.
#[derive(Clone, Debug, PartialEq)]
pub struct Sighting {
    /// The slot it was seen in.
    pub imei: Imei,
    /// The card's number.
    pub iccid: Option<Iccid>,
    /// The subscriber's number (E.212).
    pub imsi: Option<Imsi>,
    /// The telephone number (E.164).
    pub msisdn: Option<Phone>,
    /// From 00:00 UTC of this day.
    pub first_seen: Day,
    /// To 24:00 UTC of this day.
    pub last_seen: Day,
}

/// An entry of a block list, ours or a list's.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// The identifier it names.
    pub on: DeviceName,
    /// Why the device is listed.
    pub kind: NoticeKind,
    /// How far it has come.
    pub status: NoticeStatus,
    /// When it was reported.
    pub reported_at: Time,
    /// When it was cleared.
    pub cleared_at: Option<Time>,
    /// When a pending notice made here lapses.
    pub lapses_at: Option<Time>,
    /// Who reported it.
    pub source: Option<String>,
    /// The source's own number.
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
    /// The account's number.
    pub no: AccountNo,
    /// Its id, as lists give it.
    pub account_id: String,
    /// The holder's name.
    pub name: Option<String>,
    /// The holder's region.
    pub region: Option<String>,
    /// Where its life stands.
    pub state: AccountState,
    /// When it was registered.
    pub registered_at: Option<Time>,
    /// When somebody last signed in.
    pub last_sign_in_at: Option<Time>,
    /// Current and replaced ones.
    pub contacts: Vec<AccountContact>,
    /// Every device ever bound to it.
    pub devices: Vec<BoundDevice>,
}

/// A way to reach the account's owner, now or once.
#[derive(Clone, Debug, PartialEq)]
pub struct AccountContact {
    /// In normal form.
    pub contact: Contact,
    /// When the owner was last reached there.
    pub verified_at: Option<Time>,
    /// When another took its place.
    pub replaced_at: Option<Time>,
    /// For a phone number: the last recorded change of its SIM.
    pub sim_changed_at: Option<Time>,
}

/// A device that is or was bound to the account.
#[derive(Clone, Debug, PartialEq)]
pub struct BoundDevice {
    /// The device.
    pub device: DeviceId,
    /// How the list names it.
    pub name: Option<DeviceName>,
    /// By its record or its TAC.
    pub model: Option<String>,
    /// Since when.
    pub bound_at: Time,
    /// Until when.
    pub released_at: Option<Time>,
}

/// What the sales lists say of the receipt that stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReceiptFacts {
    /// The registry holds sales of that retailer.
    pub feed: bool,
    /// Every sale under the receipt's number.
    pub sales: Vec<Sale>,
}

/// One row of a retailer's sales.
#[derive(Clone, Debug, PartialEq)]
pub struct Sale {
    /// The day of the sale.
    pub sold_on: Day,
    /// The identifier the row names.
    pub names: Option<DeviceName>,
    /// The device that `names` leads to.
    pub device: Option<DeviceId>,
}

/// What the lists say of one SIM.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SimFacts {
    /// The item of the claim.
    pub evidence: i64,
    /// The number meant: as given, else the one last seen with the ICCID.
    pub number: Option<Phone>,
    /// The ICCID meant: as given, else the one last seen with the number.
    pub iccid: Option<Iccid>,
    /// The last recorded change of the number's card.
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
    /// Those of them that were merged, each with the ticket that it lives on in: no check goes by one.
    pub merged: Vec<(Other, i64)>,
    /// Moments of wrong answers on this device or account: this ticket's wrong codes and every other
    /// ticket's wrong codes and facts. (Wrong facts of this ticket are judged, not looked up.)
    pub wrong_answers: Vec<Time>,
    /// The wrong codes among them.
    pub wrong_codes: Vec<Time>,
    /// The region in which numbers without a country code are read.
    pub region: crate::domain::Region,
    /// The owner has objected, at this moment.
    pub objected_at: Option<Time>,
}

/// A one-time code sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    /// Which way it went.
    pub channel: crate::domain::Channel,
    /// To whom.
    pub to: Contact,
    /// The account it was about.
    pub account: Option<AccountNo>,
    /// What was asked for when it went out: the message names it.
    pub request: crate::domain::Request,
    /// On which device, by [`RegistryFacts::named`].
    pub device: Option<i64>,
    /// When.
    pub sent_at: Time,
    /// Wrong answers to it.
    pub wrong: u8,
    /// When it was read back.
    pub confirmed_at: Option<Time>,
}

/// Another ticket that shares something with this one.
#[derive(Clone, Debug, PartialEq)]
pub struct Other {
    /// Its number.
    pub ticket: i64,
    /// Its reference.
    pub reference: String,
    /// Not closed.
    pub open: bool,
    /// When it came in.
    pub received_at: Time,
    /// The device it names.
    pub device: Option<DeviceId>,
    /// The account it is about.
    pub account: Option<AccountNo>,
    /// Both share an e-mail or a phone of the claimant.
    pub same_claimant: bool,
    /// Every contact of its claimant is one of this ticket's claimant too.
    pub contacts_known: bool,
    /// It used this ticket's receipt, or a receipt file with the same bytes.
    pub same_receipt: bool,
    /// It used the same box picture: how many bits of the look-alike hash differ (0: the same bytes).
    pub same_picture: Option<u32>,
    /// It has a receipt's picture that looks like one of this ticket: how many bits of the hash differ (0: the same
    /// bytes). No proof of anything: receipts of one shop look alike.
    pub alike_receipt: Option<u32>,
    /// Fold keys of its receipts.
    pub receipts: Vec<i64>,
    /// Proofs it has at its last check.
    pub proofs: Vec<Proof>,
    /// Checks that an approver has cleared between the two tickets.
    pub cleared: Vec<String>,
}
