//! What a mail offers: identifiers and files that an agent may confirm as somebody's evidence.

use super::words::words;
use super::{CaseColumn, EvidenceKind};

words! {
    /// What seems to stand in a mail.
    OfferKind {
        Imei = "imei",
        Serial = "serial",
        Iccid = "iccid",
        Phone = "phone",
        Email = "email",
        Receipt = "receipt",
        File = "file",
    }
}

words! {
    /// What became of an offer. Nothing goes by one that is not confirmed.
    OfferState {
        Offered = "offered",
        Confirmed = "confirmed",
        Dismissed = "dismissed",
    }
}

impl OfferKind {
    /// The columns of a case that it may be confirmed as, the likeliest first. A file has none: it is confirmed as a
    /// kind of evidence, one of [`OfferKind::FILES`].
    pub const fn columns(self) -> &'static [CaseColumn] {
        use CaseColumn as C;
        match self {
            Self::Imei => &[C::Imei, C::Imei2, C::ReceiptImei, C::BoxImei],
            Self::Serial => &[C::Serial, C::ReceiptSerial, C::BoxSerial],
            Self::Iccid => &[C::SimIccid],
            Self::Phone => &[C::SimMsisdn, C::AccountPhone, C::ClaimantPhone],
            Self::Email => &[C::AccountEmail],
            Self::Receipt => &[C::ReceiptNo],
            Self::File => &[],
        }
    }

    /// What a file may be confirmed as.
    pub const FILES: &'static [EvidenceKind] =
        &[EvidenceKind::Document, EvidenceKind::Receipt, EvidenceKind::Box];

    /// Every word that it may be confirmed as.
    pub fn words(self) -> Vec<&'static str> {
        match self {
            Self::File => Self::FILES.iter().map(|k| k.as_str()).collect(),
            other => other.columns().iter().map(|c| c.as_str()).collect(),
        }
    }
}
