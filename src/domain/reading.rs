//! From the columns of a case, as given, to the typed parts of a claim.

use super::columns::{CaseColumn as C, CaseFields};
use super::words::word;
use super::{
    AccountClaim, AccountId, BoxLabel, Claim, Claimant, Day, DeviceClaim, Email, Evidence, EvidenceKind,
    Given, Iccid, Imei, Item, Phone, Receipt, ReceiptNo, Region, Request, Retailer, Serial, Sim, Time,
};

pub use super::columns::evidence_columns;

/// Reads a claim off the columns of a case. A damaged identifier is kept with the reason: the customer can
/// be asked.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    /// The columns as given.
    pub fields: &'a CaseFields,
    /// Where numbers without a country code are read.
    pub region: Region,
}

impl Reading<'_> {
    fn text(&self, column: C) -> Option<String> {
        self.fields.get(column).map(|text| text.trim().to_owned())
    }

    fn given<T, E: std::fmt::Display>(
        &self,
        column: C,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<Given<T>> {
        Given::read(self.fields.get(column)?, parse)
    }

    fn phone(&self, column: C) -> Option<Given<Phone>> {
        self.given(column, |text| Phone::parse(text, self.region))
    }

    /// The claim; what is asked, when, and the items that support it are the caller's to say.
    pub fn claim(&self, request: Request, received_at: Time, evidence: Vec<Evidence>) -> Claim {
        Claim {
            request,
            received_at,
            claimant: Claimant {
                name: self.text(C::ClaimantName),
                email: self.given(C::ClaimantEmail, Email::parse),
                phone: self.phone(C::ClaimantPhone),
                language: self.text(C::Language),
            },
            access: self.fields.get(C::Access).and_then(|text| word(text).ok()),
            device: DeviceClaim {
                imei: self.given(C::Imei, Imei::parse),
                imei2: self.given(C::Imei2, Imei::parse),
                serial: self.given(C::Serial, Serial::parse),
                model: self.text(C::Model),
            },
            account: AccountClaim {
                email: self.given(C::AccountEmail, Email::parse),
                phone: self.phone(C::AccountPhone),
                id: self.given(C::AccountId, AccountId::parse),
            },
            evidence,
        }
    }

    /// The evidence item that the columns of `kind` describe; empty where none is given.
    pub fn item(&self, kind: EvidenceKind) -> Item {
        match kind {
            EvidenceKind::Receipt => Item::Receipt(Receipt {
                retailer: self.given(C::ReceiptRetailer, Retailer::parse),
                number: self.given(C::ReceiptNo, ReceiptNo::parse),
                date: self.given(C::ReceiptDate, Day::parse),
                imei: self.given(C::ReceiptImei, Imei::parse),
                serial: self.given(C::ReceiptSerial, Serial::parse),
            }),
            EvidenceKind::Sim => Item::Sim(Sim {
                msisdn: self.phone(C::SimMsisdn),
                iccid: self.given(C::SimIccid, Iccid::parse),
            }),
            EvidenceKind::Box => Item::Box(BoxLabel {
                imei: self.given(C::BoxImei, Imei::parse),
                serial: self.given(C::BoxSerial, Serial::parse),
            }),
            EvidenceKind::Facts => Item::Facts(self.fields.get(C::Facts).map(fact_pairs).unwrap_or_default()),
            EvidenceKind::Code => Item::Code,
            EvidenceKind::Document => Item::Document,
        }
    }

    /// Whether any column of `kind` is given.
    pub fn has(&self, kind: EvidenceKind) -> bool {
        C::of_evidence(kind).iter().any(|column| self.fields.get(*column).is_some())
    }
}

/// `key=value` pairs separated by `;`, keys lower-cased; a piece without `=` is a key without an answer.
pub fn fact_pairs(text: &str) -> Vec<(String, String)> {
    text.split(';')
        .filter(|piece| !piece.trim().is_empty())
        .map(|piece| {
            let (key, value) = piece.split_once('=').unwrap_or((piece, ""));
            (key.trim().to_lowercase(), value.trim().to_owned())
        })
        .collect()
}
