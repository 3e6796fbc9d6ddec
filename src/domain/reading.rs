//! From the columns of a case, as given, to the typed parts of a claim.

use super::columns::{CaseColumn as C, CaseFields};
use super::words::word;
use super::{
    AccountClaim, AccountId, BoxLabel, Claim, Claimant, Damage, Day, DeviceClaim, Email, Evidence,
    EvidenceKind, Given, Iccid, Imei, Item, Phone, Receipt, ReceiptNo, Region, Request, Retailer, Serial,
    Sim, Time,
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

    fn given<T, E: Into<Damage>>(
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Access;

    #[test]
    fn columns_that_belong_together_stand_together() {
        let names = |columns: &[C]| columns.iter().map(|c| c.as_str()).collect::<Vec<_>>();
        assert_eq!(
            names(C::CLAIM).join(" "),
            "claimant_name claimant_email claimant_phone language access imei imei2 serial model account_email \
             account_phone account_id"
        );
        assert_eq!(
            evidence_columns(EvidenceKind::Receipt).join(" "),
            "receipt_retailer receipt_no receipt_date receipt_imei receipt_serial receipt_amount receipt_currency"
        );
        assert_eq!(evidence_columns(EvidenceKind::Sim), ["sim_msisdn", "sim_iccid"]);
        assert_eq!(evidence_columns(EvidenceKind::Box), ["box_imei", "box_serial"]);
        assert_eq!(evidence_columns(EvidenceKind::Facts), ["facts"]);
        for kind in EvidenceKind::ALL {
            assert_eq!(names(C::of_evidence(*kind)), evidence_columns(*kind));
        }
    }

    #[test]
    fn a_claim_reads_the_same_from_a_file_and_from_the_store() {
        let mut fields = CaseFields::default();
        fields.set(C::ClaimantName, " Ivan ");
        fields.set(C::Access, "Signed-In");
        fields.set(C::Facts, "Name=Ivan; pet");
        let stored = fields.iter().map(|(c, text)| (c.to_string(), text.to_owned())).collect();
        assert_eq!(CaseFields::stored(&stored), fields);
        let reading = Reading { fields: &fields, region: Region::RU };
        let claim = reading.claim(Request::Unbind, Time(0), Vec::new());
        assert_eq!((claim.claimant.name.as_deref(), claim.access), (Some("Ivan"), Some(Access::SignedIn)));
        let pairs = [("name".to_owned(), "Ivan".to_owned()), ("pet".to_owned(), String::new())];
        assert_eq!(reading.item(EvidenceKind::Facts), Item::Facts(pairs.to_vec()));
    }
}
