//! Where a lookup leads on to: identifiers in full, behind what is shown of them.

use secrecy::{ExposeSecret as _, SecretString};

use crate::domain::{Contact, DeviceName};
use crate::judgement::facts::{Sighting, SimFacts};
use crate::store::registry::{AccountDetails, DeviceDetails, SaleDetails};

/// An identifier in full that can be looked up. It has no `Display` and tells nothing under `Debug`: a screen
/// may keep it to go on from a masked one, and cannot show it.
#[derive(Clone, Debug)]
pub struct Lead {
    text: SecretString,
    typed: bool,
}

impl Lead {
    /// What a person typed: they have it from a label, a receipt or a caller.
    pub fn typed(text: &str) -> Self {
        Self { text: text.to_owned().into(), typed: true }
    }

    /// What a list led to, and nobody has said.
    fn found(text: &str) -> Self {
        Self { text: text.to_owned().into(), typed: false }
    }

    fn device(name: &DeviceName) -> Self {
        match name {
            DeviceName::Imei(imei) => Self::found(&imei.to_string()),
            DeviceName::Serial(serial) => Self::found(&serial.to_string()),
        }
    }

    pub(super) fn text(&self) -> &str {
        self.text.expose_secret()
    }

    /// Whether a person knew it in full.
    pub(super) fn is_typed(&self) -> bool {
        self.typed
    }
}

impl PartialEq for Lead {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text() && self.typed == other.typed
    }
}

/// The leads of one object of an answer, in the order of its lists.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Leads {
    /// Accounts it was bound to, or devices bound to it.
    pub bindings: Vec<Option<Lead>>,
    /// SIMs seen in it, or devices it was seen in.
    pub sightings: Vec<Option<Lead>>,
    /// Receipts that name it.
    pub sales: Vec<Option<Lead>>,
    /// What it was before a repair, and what it became.
    pub repairs: Vec<(Option<Lead>, Option<Lead>)>,
    /// Contacts of an account.
    pub contacts: Vec<Option<Lead>>,
}

pub(super) fn of_device(d: &DeviceDetails) -> Leads {
    let sim = |s: &Sighting| {
        let number = s.msisdn.map(|number| Lead::found(&number.plain()));
        number.or_else(|| s.iccid.map(|iccid| Lead::found(&iccid.to_string())))
    };
    Leads {
        bindings: d.device.bindings.iter().map(|b| Some(Lead::found(&b.account_id))).collect(),
        sightings: d.device.sightings.iter().map(sim).collect(),
        sales: d.sales.iter().map(|s| Some(Lead::found(&s.receipt_no))).collect(),
        repairs: d
            .repairs
            .iter()
            .map(|r| (r.old.as_ref().map(Lead::device), r.new.as_ref().map(Lead::device)))
            .collect(),
        contacts: Vec::new(),
    }
}

pub(super) fn of_account(found: &AccountDetails) -> Leads {
    let Some(account) = &found.account else { return Leads::default() };
    let contact = |contact: &Contact| Some(Lead::found(&contact.plain()));
    Leads {
        bindings: account.devices.iter().map(|d| d.name.as_ref().map(Lead::device)).collect(),
        contacts: account.contacts.iter().map(|c| contact(&c.contact)).collect(),
        ..Leads::default()
    }
}

pub(super) fn of_sim(facts: &SimFacts) -> Leads {
    let device = |s: &Sighting| Some(Lead::found(&s.imei.to_string()));
    Leads { sightings: facts.sightings.iter().map(device).collect(), ..Leads::default() }
}

pub(super) fn of_sale(sale: &SaleDetails) -> Option<Lead> {
    sale.names.as_ref().map(Lead::device)
}
