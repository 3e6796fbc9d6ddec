//! The columns of a case as they were given: what a ticket keeps and shows.

use super::EvidenceKind;
use super::words::words;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::collections::BTreeMap;

words! {
    /// A column of a case (CONTRACT.md §4).
    CaseColumn {
        Reference = "reference",
        Request = "request",
        ReceivedAt = "received_at",
        ClaimantName = "claimant_name",
        ClaimantEmail = "claimant_email",
        ClaimantPhone = "claimant_phone",
        Language = "language",
        Access = "access",
        Imei = "imei",
        Imei2 = "imei2",
        Serial = "serial",
        Model = "model",
        AccountEmail = "account_email",
        AccountPhone = "account_phone",
        AccountId = "account_id",
        ReceiptRetailer = "receipt_retailer",
        ReceiptNo = "receipt_no",
        ReceiptDate = "receipt_date",
        ReceiptImei = "receipt_imei",
        ReceiptSerial = "receipt_serial",
        ReceiptAmount = "receipt_amount",
        ReceiptCurrency = "receipt_currency",
        SimMsisdn = "sim_msisdn",
        SimIccid = "sim_iccid",
        BoxImei = "box_imei",
        BoxSerial = "box_serial",
        Facts = "facts",
        Attachments = "attachments",
        Note = "note",
    }
}

const COUNT: usize = CaseColumn::ALL.len();

/// The columns as files spell them.
const NAMES: [&str; COUNT] = {
    let mut names = [""; COUNT];
    let mut at = 0;
    while at < COUNT {
        names[at] = CaseColumn::ALL[at].as_str();
        at += 1;
    }
    names
};

/// A run of columns as the contract orders them; what belongs together stands together there.
const fn run<T>(all: &[T], first: CaseColumn, last: CaseColumn) -> &[T] {
    all.split_at(last as usize + 1).0.split_at(first as usize).1
}

/// Those of `all` that describe an evidence item of this kind.
const fn evidence<T>(all: &[T], kind: EvidenceKind) -> &[T] {
    match kind {
        EvidenceKind::Receipt => run(all, CaseColumn::ReceiptRetailer, CaseColumn::ReceiptCurrency),
        EvidenceKind::Sim => run(all, CaseColumn::SimMsisdn, CaseColumn::SimIccid),
        EvidenceKind::Box => run(all, CaseColumn::BoxImei, CaseColumn::BoxSerial),
        EvidenceKind::Facts => run(all, CaseColumn::Facts, CaseColumn::Facts),
        EvidenceKind::Code | EvidenceKind::Document => &[],
    }
}

/// Names of the columns that describe an evidence item of this kind.
pub const fn evidence_columns(kind: EvidenceKind) -> &'static [&'static str] {
    evidence(&NAMES, kind)
}

impl CaseColumn {
    /// The columns that describe the claim itself.
    pub const CLAIM: &'static [Self] = run(Self::ALL, Self::ClaimantName, Self::AccountId);

    /// The columns that describe an evidence item of this kind.
    pub const fn of_evidence(kind: EvidenceKind) -> &'static [Self] {
        evidence(Self::ALL, kind)
    }
}

/// The columns of one case, each as given; a blank one is not given. Personal data: no `Display`, and
/// `Debug` names the columns only.
#[derive(Clone, Default)]
pub struct CaseFields {
    /// All of them, one behind the other: a file has millions, and each would have to be asked room for.
    text: String,
    /// Where in `text` each column stands.
    at: [Option<(u32, u32)>; COUNT],
}

impl CaseFields {
    /// Without any column, and with room for so many bytes of them.
    pub fn with_room(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), at: [None; COUNT] }
    }

    /// The columns of a stored object; names that are no column are left out.
    pub fn stored(given: &BTreeMap<String, String>) -> Self {
        let mut fields = Self::default();
        for (name, text) in given {
            if let Ok(column) = name.parse() {
                fields.set(column, text);
            }
        }
        fields
    }

    /// The text of a column, if it was given.
    pub fn get(&self, column: CaseColumn) -> Option<&str> {
        let (from, to) = (*self.at.get(column as usize)?)?;
        self.text.get(from as usize..to as usize)
    }

    /// Sets a column; blank text takes it away.
    pub fn set(&mut self, column: CaseColumn, text: &str) {
        let Some(at) = self.at.get_mut(column as usize) else { return };
        *at = None;
        if text.trim().is_empty() {
            return;
        }
        let from = self.text.len();
        self.text.push_str(text);
        // Beyond 4 GiB the columns are nobody's: a field has 64 KiB at most.
        *at = u32::try_from(from).ok().zip(u32::try_from(self.text.len()).ok());
    }

    /// The given columns, in the order of the contract.
    pub fn iter(&self) -> impl Iterator<Item = (CaseColumn, &str)> {
        CaseColumn::ALL.iter().filter_map(|column| Some((*column, self.get(*column)?)))
    }

    /// Takes over what `newer` gives; what it does not give stays. True if anything changed.
    pub fn update(&mut self, newer: &Self) -> bool {
        let mut changed = false;
        for (column, text) in newer.iter() {
            if self.get(column) != Some(text) {
                self.set(column, text);
                changed = true;
            }
        }
        changed
    }
}

impl PartialEq for CaseFields {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for CaseFields {}

impl std::fmt::Debug for CaseFields {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter().map(|(column, _)| column.as_str())).finish()
    }
}

impl Serialize for CaseFields {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        for (column, text) in self.iter() {
            map.serialize_entry(column.as_str(), text)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for CaseFields {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(Fields)
    }
}

struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = CaseFields;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object of the columns of a case")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<CaseFields, A::Error> {
        let mut fields = CaseFields::default();
        while let Some((column, text)) = map.next_entry::<CaseColumn, String>()? {
            if fields.get(column).is_some() {
                return Err(A::Error::custom(format!("`{column}` is given twice")));
            }
            fields.set(column, &text);
        }
        Ok(fields)
    }
}
