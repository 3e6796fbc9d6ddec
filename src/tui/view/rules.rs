//! When each check passes, and when it fails (JUDGEMENT.md §4), in the words of the screens.

use crate::judgement::Check;
use crate::words::{Language, about, say};

/// When a check passes, and when it fails.
pub fn rule(language: Language, check: Check) -> (&'static str, &'static str) {
    let id = match check {
        Check::ImeiForm => "rule-imei-form",
        Check::DeviceKnown => "rule-device-known",
        Check::DeviceModel => "rule-device-model",
        Check::DeviceOne => "rule-device-one",
        Check::DeviceNotice => "rule-device-notice",
        Check::DeviceLostMode => "rule-device-lost-mode",
        Check::DeviceClone => "rule-device-clone",
        Check::BindingCurrent => "rule-binding-current",
        Check::BindingAge => "rule-binding-age",
        Check::AccountKnown => "rule-account-known",
        Check::AccountMatch => "rule-account-match",
        Check::AccountIdle => "rule-account-idle",
        Check::SelfService => "rule-self-service",
        Check::ContactCode => "rule-contact-code",
        Check::AccountFacts => "rule-account-facts",
        Check::ReceiptForm => "rule-receipt-form",
        Check::ReceiptKnown => "rule-receipt-known",
        Check::ReceiptDevice => "rule-receipt-device",
        Check::ReceiptDate => "rule-receipt-date",
        Check::ReceiptUnique => "rule-receipt-unique",
        Check::SimForm => "rule-sim-form",
        Check::SimSeen => "rule-sim-seen",
        Check::SimAge => "rule-sim-age",
        Check::SimHeld => "rule-sim-held",
        Check::BoxMatch => "rule-box-match",
        Check::BoxUnique => "rule-box-unique",
        Check::ClaimantRate => "rule-claimant-rate",
        Check::TicketRival => "rule-ticket-rival",
        Check::TicketTwin => "rule-ticket-twin",
        Check::ClaimTries => "rule-claim-tries",
    };
    (say(language, id), about(language, id))
}
