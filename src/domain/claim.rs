//! What the claimant says, and what supports it. Damaged text is kept as it was given: it identifies
//! nothing, but the customer can be asked.

use super::{
    Access, Damage, Day, Email, EvidenceKind, Iccid, Imei, Phone, ReceiptNo, Request, Retailer, Serial, Time,
};

/// A value of a claim: the text as given and, if it is in form, what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given<T> {
    /// As given, untouched; show it through [`super::Shown`].
    pub text: String,
    /// The meaning, or why there is none.
    pub value: Result<T, Damage>,
}

impl<T> Given<T> {
    /// Reads `text`; empty or blank text was not given at all.
    pub fn read<E: Into<Damage>>(text: &str, parse: impl FnOnce(&str) -> Result<T, E>) -> Option<Self> {
        if text.trim().is_empty() {
            return None;
        }
        Some(Self { value: parse(text).map_err(Into::into), text: text.to_owned() })
    }

    /// The meaning, where the text is in form.
    pub fn good(&self) -> Option<&T> {
        self.value.as_ref().ok()
    }

    /// Why the text means nothing, where it is damaged.
    pub fn damage(&self) -> Option<Damage> {
        self.value.as_ref().err().copied()
    }
}

/// The meaning of an optional given value, if it was given in form.
pub fn good<T>(given: Option<&Given<T>>) -> Option<&T> {
    given.and_then(Given::good)
}

/// One request with everything the claimant brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// What is asked for (JUDGEMENT.md §1).
    pub request: Request,
    /// When the request reached the house: cases are judged and fall due from then on.
    pub received_at: Time,
    /// Who asks.
    pub claimant: Claimant,
    /// What the claimant can still reach; `None` where nothing readable was said.
    pub access: Option<Access>,
    /// The device meant, as the claimant names it.
    pub device: DeviceClaim,
    /// The account meant, as the claimant names it.
    pub account: AccountClaim,
    /// Every item ever added, removed ones included, oldest first.
    pub evidence: Vec<Evidence>,
}

/// The person asking.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claimant {
    /// As given; compared by [`super::same_person`].
    pub name: Option<String>,
    /// Where the claimant is reached by mail; it need not be the account's.
    pub email: Option<Given<Email>>,
    /// Where the claimant is called; it need not be the account's.
    pub phone: Option<Given<Phone>>,
    /// The tongue to answer in, as given.
    pub language: Option<String>,
}

/// The device asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeviceClaim {
    /// The IMEI claimed first.
    pub imei: Option<Given<Imei>>,
    /// A second IMEI, of a device with two slots.
    pub imei2: Option<Given<Imei>>,
    /// The maker's serial, the only name of bands and the like.
    pub serial: Option<Given<Serial>>,
    /// As the claimant calls it.
    pub model: Option<String>,
}

/// The logins asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountClaim {
    /// The address that signs in.
    pub email: Option<Given<Email>>,
    /// The number that signs in.
    pub phone: Option<Given<Phone>>,
    /// The account's own id, where the claimant knows it.
    pub id: Option<Given<super::AccountId>>,
}

/// One item that supports the claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Number of the item in the desk's store; 0 before it is stored.
    pub id: i64,
    /// What it says.
    pub item: Item,
    /// The file that came with it.
    pub attachment: Option<Attachment>,
    /// When it was added; for items of an imported case, when the case was received.
    pub added_at: Time,
    /// Removed items still count for what must not be dodged (JUDGEMENT.md §2).
    pub removed: bool,
}

/// What an evidence item says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// What a receipt says of the sale.
    Receipt(Receipt),
    /// A SIM said to have been in the device.
    Sim(Sim),
    /// What the label on the box says.
    Box(BoxLabel),
    /// Pairs of key and answer, as given.
    Facts(Vec<(String, String)>),
    /// A file alone: an identity paper, a letter.
    Document,
    /// A code read back; the code itself is the desk's record, not the claimant's.
    Code,
}

impl Item {
    /// The kind under which the store keeps the item.
    pub const fn kind(&self) -> EvidenceKind {
        match self {
            Self::Receipt(_) => EvidenceKind::Receipt,
            Self::Sim(_) => EvidenceKind::Sim,
            Self::Box(_) => EvidenceKind::Box,
            Self::Facts(_) => EvidenceKind::Facts,
            Self::Document => EvidenceKind::Document,
            Self::Code => EvidenceKind::Code,
        }
    }
}

/// A proof of sale, as typed in from the paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// Who sold, folded for comparison.
    pub retailer: Option<Given<Retailer>>,
    /// The receipt's own number, folded for comparison.
    pub number: Option<Given<ReceiptNo>>,
    /// The day of the sale.
    pub date: Option<Given<Day>>,
    /// The IMEI printed on it.
    pub imei: Option<Given<Imei>>,
    /// The serial printed on it.
    pub serial: Option<Given<Serial>>,
}

impl Receipt {
    /// The key by which the same receipt is found again, whatever its spelling.
    pub fn fold_key(&self) -> Option<i64> {
        Some(super::fold_key(good(self.retailer.as_ref())?, good(self.number.as_ref())?))
    }
}

/// A SIM, by its number, its card, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sim {
    /// The telephone number (E.164).
    pub msisdn: Option<Given<Phone>>,
    /// The number printed on the card (ITU-T E.118).
    pub iccid: Option<Given<Iccid>>,
}

/// The identifiers on the label of the box.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoxLabel {
    /// The IMEI printed or in its barcode.
    pub imei: Option<Given<Imei>>,
    /// The serial printed or in its barcode.
    pub serial: Option<Given<Serial>>,
}

/// A file the claimant sent, known by its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// The file's own name, as given; show it through [`super::Shown`].
    pub name: String,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256 of the bytes.
    pub sha256: [u8; 32],
    /// 64-bit difference hash, where the bytes are a picture (JUDGEMENT.md §4, `box.unique`).
    pub dhash: Option<u64>,
    /// What its barcodes say; `None` where nobody looked.
    pub seen: Option<super::Seen>,
}

impl Claim {
    /// The items that stand, newest last.
    pub fn standing(&self) -> impl DoubleEndedIterator<Item = &Evidence> {
        self.evidence.iter().filter(|e| !e.removed)
    }

    /// The receipt that stands: the newest one with anything typed, else one known by its picture only.
    pub fn receipt(&self) -> Option<(&Evidence, &Receipt)> {
        let all = || {
            self.standing().filter_map(|e| match &e.item {
                Item::Receipt(receipt) => Some((e, receipt)),
                _ => None,
            })
        };
        all().rfind(|(_, r)| **r != Receipt::default()).or_else(|| all().next_back())
    }

    /// Fold keys of every receipt ever named on the ticket, removed ones included.
    pub fn receipt_keys(&self) -> impl Iterator<Item = i64> {
        self.evidence.iter().filter_map(|e| match &e.item {
            Item::Receipt(receipt) => receipt.fold_key(),
            _ => None,
        })
    }

    /// The SIM that stands: the newest one.
    pub fn sim(&self) -> Option<(&Evidence, &Sim)> {
        self.sims().rfind(|(e, _)| !e.removed)
    }

    /// Every SIM ever named on the ticket, removed ones included.
    pub fn sims(&self) -> impl DoubleEndedIterator<Item = (&Evidence, &Sim)> {
        self.evidence.iter().filter_map(|e| match &e.item {
            Item::Sim(sim) => Some((e, sim)),
            _ => None,
        })
    }

    /// The box labels that stand, as typed.
    pub fn boxes(&self) -> impl DoubleEndedIterator<Item = (&Evidence, &BoxLabel)> {
        self.standing().filter_map(|e| match &e.item {
            Item::Box(label) => Some((e, label)),
            _ => None,
        })
    }

    /// Every undamaged identifier of the device in the claim, in the order in which they lead to it:
    /// claimed IMEIs, serial, the receipt's, the box's.
    pub fn identifiers(&self) -> Vec<Identifier> {
        let mut found = Vec::new();
        let mut imei = |source, evidence, given: Option<&Given<Imei>>| {
            if let Some(imei) = good(given) {
                found.push(Identifier { source, evidence, name: super::DeviceName::Imei(*imei) });
            }
        };
        imei(Source::Imei, None, self.device.imei.as_ref());
        imei(Source::Imei, None, self.device.imei2.as_ref());
        let mut push = |source, evidence, imei: Option<&Given<Imei>>, serial: Option<&Given<Serial>>| {
            found.extend(good(imei).map(|i| Identifier {
                source,
                evidence,
                name: super::DeviceName::Imei(*i),
            }));
            found.extend(good(serial).map(|s| Identifier {
                source,
                evidence,
                name: super::DeviceName::Serial(s.clone()),
            }));
        };
        push(Source::Serial, None, None, self.device.serial.as_ref());
        for e in self.standing() {
            if let Item::Receipt(r) = &e.item {
                push(Source::Receipt, Some(e.id), r.imei.as_ref(), r.serial.as_ref());
            }
        }
        for (e, label) in self.boxes() {
            push(Source::Box, Some(e.id), label.imei.as_ref(), label.serial.as_ref());
        }
        found
    }
}

/// Where in a claim an identifier stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// `imei` or `imei2` of the claim.
    Imei,
    /// `serial` of the claim.
    Serial,
    /// On a receipt.
    Receipt,
    /// On a box label.
    Box,
}

/// An undamaged identifier of a device, and where it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identifier {
    /// Where it stands.
    pub source: Source,
    /// Number of the evidence item it stands on; `None` in the claim itself.
    pub evidence: Option<i64>,
    /// The identifier.
    pub name: super::DeviceName,
}
