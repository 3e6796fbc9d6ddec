//! What to tell a customer who can help themselves, or whose request ends in guidance.

use super::Case;
use crate::domain::{Access, Contact, ContactKind, DeviceName, Request};
use crate::words::Phrase;

/// Guidance for the customer. It names a login or a device only to somebody entitled to know (JUDGEMENT.md §7).
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Guide {
    /// Sentences for the customer.
    pub steps: Vec<Phrase>,
    /// The masked login, for `login-recovery`.
    pub login: Option<String>,
    /// Devices still bound, for `account-deletion`.
    pub devices: Vec<BoundItem>,
}

/// A device still bound to the account.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct BoundItem {
    /// Its model, where one is known.
    pub model: Option<String>,
    /// Masked.
    pub identifier: Option<String>,
}

/// Guidance for the reasons of the line that applied; `entitled` says whether registry facts may be named.
pub(super) fn guide(case: &Case<'_>, because: &[String], entitled: bool) -> Guide {
    let mut guide = Guide { steps: Vec::new(), login: None, devices: Vec::new() };
    let mut step = |id: &'static str| guide.steps.push(Phrase::of(id));
    for reason in because {
        match reason.as_str() {
            "self.service" => match case.claim.access {
                Some(Access::SignedIn) => step("guide-sign-out"),
                _ => step("guide-reset-password"),
            },
            "binding.current" => step("guide-not-bound"),
            "device.notice" | "device.lost_mode" => step("guide-blocked"),
            "activation" => step("guide-activation"),
            "login-recovery" => step("guide-login-shown"),
            "account-deletion" => {
                step("guide-unbind-first");
                step("guide-delete");
            }
            _ => {}
        }
    }
    let Some(account) = case.facts.registry.account.as_ref().filter(|_| entitled) else { return guide };
    match case.claim.request {
        Request::LoginRecovery => {
            let mut logins: Vec<&Contact> =
                account.contacts.iter().filter(|c| c.replaced_at.is_none()).map(|c| &c.contact).collect();
            logins.sort_by_key(|c| c.kind() != ContactKind::Email);
            guide.login = logins.first().map(|c| c.masked());
        }
        Request::AccountDeletion => {
            for device in account.devices.iter().filter(|d| d.released_at.is_none()) {
                let identifier = device.name.as_ref().map(DeviceName::masked);
                guide.devices.push(BoundItem { model: device.model.clone(), identifier });
            }
        }
        _ => {}
    }
    guide
}
