//! What of the lists the checks of one claim can use at all, so that the rest need not be looked up.

use crate::domain::{Claim, Item, Request, Time};

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
    /// Which of the account's contacts.
    pub contacts: Contacts,
}

/// Contacts of the account that a judgement goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contacts {
    /// All it has and had.
    All,
    /// Where the claimant's own contact is current and was verified by this moment, that one alone: it tells whether
    /// the claimant is a contact of the account, and that the owner can be told. Else all.
    OwnBy(Time),
}

impl Wants {
    /// Everything, for a person to look at.
    pub const ALL: Self =
        Self { bound_devices: true, contact_sims: true, models: true, contacts: Contacts::All };

    /// What the checks of this claim can use at `now`; `codes`: a code was ever sent for it.
    pub fn of(claim: &Claim, codes: bool, now: Time) -> Self {
        // A removed item still counts as a try.
        let facts = claim.evidence.iter().any(|e| matches!(e.item, Item::Facts(_)));
        // A code went to one of them; a login is shown from among them.
        let contacts = facts || codes || claim.request == Request::LoginRecovery;
        Self {
            bound_devices: facts || claim.request == Request::AccountDeletion,
            contact_sims: codes,
            models: claim.device.model.is_some(),
            contacts: if contacts { Contacts::All } else { Contacts::OwnBy(now) },
        }
    }
}
