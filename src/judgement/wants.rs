//! What of the lists the checks of one claim can use at all, so that the rest need not be looked up.

use crate::domain::{Claim, Item, Request};

/// Parts of the facts that only some claims are judged by.
///
/// Invariant: a judgement of facts gathered for [`Wants::of`] is the judgement of all facts, findings included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wants {
    /// Every device bound to the account: `account.facts` compares them, guidance for a deletion lists them.
    pub bound_devices: bool,
    /// When the SIM of each of the account's numbers changed: `contact.code` asks, once a code was sent.
    pub contact_sims: bool,
    /// Brand and models: `device.model` compares them with the claimed one.
    pub models: bool,
}

impl Wants {
    /// Everything, for a person to look at.
    pub const ALL: Self = Self { bound_devices: true, contact_sims: true, models: true };

    /// What the checks of this claim can use; `codes`: a code was ever sent for it.
    pub fn of(claim: &Claim, codes: bool) -> Self {
        // A removed item still counts as a try.
        let facts = claim.evidence.iter().any(|e| matches!(e.item, Item::Facts(_)));
        Self {
            bound_devices: facts || claim.request == Request::AccountDeletion,
            contact_sims: codes,
            models: claim.device.model.is_some(),
        }
    }
}
