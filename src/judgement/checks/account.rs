//! Is it the right account, and could its owner simply act?

use super::super::facts::AccountContact;
use super::super::{Case, Check, Finding, Note, Now};
use crate::domain::{Access, AccountState, Contact, List, good};

/// Whether a contact is a current and verified one.
pub(super) fn is_verified_current(contact: &AccountContact, now: &Now) -> bool {
    contact.verified_at.is_some_and(|t| now.reached(t)) && contact.replaced_at.is_none_or(|t| !now.reached(t))
}

/// Whether the claimant writes from, or named, a verified current contact of the account.
pub(in super::super) fn claimant_is_contact(case: &Case<'_>) -> bool {
    let Some(account) = &case.facts.registry.account else { return false };
    let who = &case.claim.claimant;
    let theirs: Vec<Contact> = good(who.email.as_ref())
        .map(|e| Contact::Email(e.clone()))
        .into_iter()
        .chain(good(who.phone.as_ref()).map(|p| Contact::Phone(*p)))
        .collect();
    account.contacts.iter().any(|c| theirs.contains(&c.contact) && is_verified_current(c, case.now))
}

pub(super) fn known(case: &Case<'_>) -> Finding {
    let facts = &case.facts.registry;
    if facts.claimed.as_ref().is_some_and(|c| c.conflict) {
        return Finding::fail(Check::AccountKnown, "The logins given belong to different accounts.");
    }
    match &facts.account {
        Some(a) if a.state == AccountState::Active => {
            Finding::pass(Check::AccountKnown, "The account exists and is active.")
                .row(List::Accounts, &a.account_id)
        }
        Some(a) => {
            let finding = Finding::fail(Check::AccountKnown, format!("The account is {}.", a.state))
                .row(List::Accounts, &a.account_id);
            if a.state == AccountState::Suspended { finding.note(Note::Suspended) } else { finding }
        }
        None if facts.claimed.is_some() => {
            Finding::fail(Check::AccountKnown, "No account has the login that was given.")
        }
        None => match super::binding::bound(case) {
            Some(binding) => {
                Finding::fail(Check::AccountKnown, "The device is bound to an account that no list holds.")
                    .row(List::Accounts, &binding.account_id)
            }
            None => Finding::skip(Check::AccountKnown, "No account was claimed and none is bound."),
        },
    }
}

pub(super) fn matches(case: &Case<'_>) -> Finding {
    let (claimed, bound) = (&case.facts.registry.claimed, super::binding::bound(case));
    match (claimed, bound) {
        (None, _) => Finding::skip(Check::AccountMatch, "No account was claimed."),
        (_, None) => Finding::skip(Check::AccountMatch, "The device is not bound."),
        (Some(claimed), Some(bound)) if claimed.account == Some(bound.account) => {
            Finding::pass(Check::AccountMatch, "The claimed account is the one the device is bound to.")
        }
        (Some(_), Some(bound)) => {
            Finding::fail(Check::AccountMatch, "The device is bound to another account than the claimed one.")
                .row(List::Bindings, super::binding::key(case, bound))
        }
    }
}

pub(super) fn idle(case: &Case<'_>) -> Finding {
    let Some(account) = &case.facts.registry.account else {
        return Finding::skip(Check::AccountIdle, "There is no account.");
    };
    let days = case.policy.thresholds.idle_days;
    match account.last_sign_in_at {
        None => Finding::unknown(Check::AccountIdle, "No sign-in of the account is on record."),
        Some(last) if case.now.reached(last.plus_days(days)) => {
            Finding::pass(Check::AccountIdle, format!("Nobody has signed in for {days} days or more."))
        }
        Some(last) => Finding::fail(
            Check::AccountIdle,
            format!("Somebody signed in on {}: the owner is there and can be asked.", last.day()),
        )
        .row(List::Accounts, &account.account_id)
        .until(Some(last.plus_days(days))),
    }
}

pub(super) fn self_service(case: &Case<'_>) -> Finding {
    match case.claim.access {
        Some(Access::SignedIn) => {
            return Finding::fail(
                Check::SelfService,
                "The claimant is still signed in on the device and can sign out there.",
            );
        }
        Some(Access::Contact) => {
            return Finding::fail(
                Check::SelfService,
                "The claimant still reaches the bound phone or e-mail and can reset alone.",
            );
        }
        Some(Access::Tried | Access::None) | None => {}
    }
    if case.claim.access != Some(Access::Tried) && claimant_is_contact(case) {
        return Finding::fail(
            Check::SelfService,
            "The claimant writes from a verified contact of the account and can reset alone.",
        );
    }
    Finding::pass(Check::SelfService, "The claimant cannot help themselves.")
}
