//! From the columns of a case, as given, to the typed parts of a claim.

use super::{
    AccountClaim, AccountId, BoxLabel, Claimant, Day, DeviceClaim, Email, EvidenceKind, Given, Iccid, Imei,
    Item, Phone, Receipt, ReceiptNo, Region, Retailer, Serial, Sim,
};

/// Columns of CONTRACT.md §4 that describe the claim itself.
pub const CLAIM_COLUMNS: &[&str] = &[
    "claimant_name",
    "claimant_email",
    "claimant_phone",
    "language",
    "access",
    "imei",
    "imei2",
    "serial",
    "model",
    "account_email",
    "account_phone",
    "account_id",
];

/// Columns of CONTRACT.md §4 that describe an evidence item of this kind.
pub const fn evidence_columns(kind: EvidenceKind) -> &'static [&'static str] {
    match kind {
        EvidenceKind::Receipt => &[
            "receipt_retailer",
            "receipt_no",
            "receipt_date",
            "receipt_imei",
            "receipt_serial",
            "receipt_amount",
            "receipt_currency",
        ],
        EvidenceKind::Sim => &["sim_msisdn", "sim_iccid"],
        EvidenceKind::Box => &["box_imei", "box_serial"],
        EvidenceKind::Facts => &["facts"],
        EvidenceKind::Code | EvidenceKind::Document => &[],
    }
}

/// Reads columns through `get`, telephone numbers in `region`.
pub struct Reading<'a> {
    /// The text of a column, where it was given.
    pub get: &'a dyn Fn(&str) -> Option<&'a str>,
    /// Where numbers without a country code are read.
    pub region: Region,
}

impl<'a> Reading<'a> {
    fn text(&self, column: &str) -> Option<&'a str> {
        (self.get)(column).filter(|t| !t.trim().is_empty())
    }

    fn given<T, E: std::fmt::Display>(
        &self,
        column: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<Given<T>> {
        self.text(column).and_then(|text| Given::read(text, parse))
    }

    fn phone(&self, column: &str) -> Option<Given<Phone>> {
        self.given(column, |t| Phone::parse(t, self.region))
    }

    /// Who asks.
    pub fn claimant(&self) -> Claimant {
        Claimant {
            name: self.text("claimant_name").map(str::to_owned),
            email: self.given("claimant_email", Email::parse),
            phone: self.phone("claimant_phone"),
            language: self.text("language").map(str::to_owned),
        }
    }

    /// The device asked for.
    pub fn device(&self) -> DeviceClaim {
        DeviceClaim {
            imei: self.given("imei", Imei::parse),
            imei2: self.given("imei2", Imei::parse),
            serial: self.given("serial", Serial::parse),
            model: self.text("model").map(str::to_owned),
        }
    }

    /// The logins asked for.
    pub fn account(&self) -> AccountClaim {
        AccountClaim {
            email: self.given("account_email", Email::parse),
            phone: self.phone("account_phone"),
            id: self.given("account_id", AccountId::parse),
        }
    }

    /// The evidence item that the columns of `kind` describe; empty where none is given.
    pub fn item(&self, kind: EvidenceKind) -> Item {
        match kind {
            EvidenceKind::Receipt => Item::Receipt(Receipt {
                retailer: self.given("receipt_retailer", Retailer::parse),
                number: self.given("receipt_no", ReceiptNo::parse),
                date: self.given("receipt_date", Day::parse),
                imei: self.given("receipt_imei", Imei::parse),
                serial: self.given("receipt_serial", Serial::parse),
            }),
            EvidenceKind::Sim => Item::Sim(Sim {
                msisdn: self.phone("sim_msisdn"),
                iccid: self.given("sim_iccid", Iccid::parse),
            }),
            EvidenceKind::Box => Item::Box(BoxLabel {
                imei: self.given("box_imei", Imei::parse),
                serial: self.given("box_serial", Serial::parse),
            }),
            EvidenceKind::Facts => Item::Facts(self.text("facts").map(fact_pairs).unwrap_or_default()),
            EvidenceKind::Code => Item::Code,
            EvidenceKind::Document => Item::Document,
        }
    }

    /// Whether any column of `kind` is given.
    pub fn has(&self, kind: EvidenceKind) -> bool {
        evidence_columns(kind).iter().any(|column| self.text(column).is_some())
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
