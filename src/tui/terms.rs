//! The house's own words as the screens say them: the domain's, and what a rule leads to.

pub use crate::words::terms::{Term, closed_as, closed_id, listed, parsed, sets};

use crate::judgement::Effect;

impl Term for Effect {
    fn id(self) -> &'static str {
        match self {
            Self::Investigate => "word-effect-investigate",
            Self::Refuse => "word-effect-refuse",
            Self::Refer => "word-effect-refer",
            Self::Hold => "word-effect-hold",
            Self::Guide => "word-effect-guide",
            Self::Caution => "word-effect-caution",
            Self::Correct => "word-effect-correct",
        }
    }
}

/// The id of the label of a column of evidence.
pub fn label(column: &str) -> &'static str {
    match column {
        "receipt_retailer" => "form-retailer",
        "receipt_no" | "box_no" => "form-number",
        "receipt_date" => "form-date",
        "receipt_imei" | "box_imei" => "form-imei",
        "receipt_serial" | "box_serial" => "form-serial",
        "receipt_amount" => "form-amount",
        "receipt_currency" => "form-currency",
        "sim_msisdn" => "form-phone",
        "sim_iccid" => "form-iccid",
        "facts" => "form-answers",
        _ => "form-text",
    }
}
