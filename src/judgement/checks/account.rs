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
        return Finding::fail(Check::AccountKnown, "finding-accounts-differ");
    }
    match &facts.account {
        Some(a) if a.state == AccountState::Active => {
            Finding::pass(Check::AccountKnown, "finding-account-active")
                .row(List::Accounts, a.account_id.as_str())
        }
        Some(a) => {
            let finding = Finding::fail(Check::AccountKnown, "finding-account-state")
                .with("state", a.state)
                .row(List::Accounts, a.account_id.as_str());
            if a.state == AccountState::Suspended { finding.note(Note::Suspended) } else { finding }
        }
        None if facts.claimed.is_some() => Finding::fail(Check::AccountKnown, "finding-login-unknown"),
        None => match super::binding::bound(case) {
            Some(binding) => Finding::fail(Check::AccountKnown, "finding-account-unlisted")
                .row(List::Accounts, binding.account_id.as_str()),
            None => Finding::skip(Check::AccountKnown, "finding-no-account-at-all"),
        },
    }
}

pub(super) fn matches(case: &Case<'_>) -> Finding {
    let (claimed, bound) = (&case.facts.registry.claimed, super::binding::bound(case));
    match (claimed, bound) {
        (None, _) => Finding::skip(Check::AccountMatch, "finding-no-account-claimed"),
        (_, None) => Finding::skip(Check::AccountMatch, "finding-unbound"),
        (Some(claimed), Some(bound)) if claimed.account == Some(bound.account) => {
            Finding::pass(Check::AccountMatch, "finding-account-same")
        }
        (Some(_), Some(bound)) => Finding::fail(Check::AccountMatch, "finding-account-other")
            .row(List::Bindings, super::binding::key(case, bound)),
    }
}

pub(super) fn idle(case: &Case<'_>) -> Finding {
    let Some(account) = &case.facts.registry.account else {
        return Finding::skip(Check::AccountIdle, "finding-no-account");
    };
    let days = case.policy.thresholds.idle_days;
    match account.last_sign_in_at {
        None => Finding::unknown(Check::AccountIdle, "finding-no-sign-in"),
        Some(last) if case.now.reached(last.plus_days(days)) => {
            Finding::pass(Check::AccountIdle, "finding-idle").with("days", days)
        }
        Some(last) => Finding::fail(Check::AccountIdle, "finding-signed-in")
            .with("days", days)
            .row(List::Accounts, account.account_id.as_str())
            .until(Some(last.plus_days(days))),
    }
}

pub(super) fn self_service(case: &Case<'_>) -> Finding {
    match case.claim.access {
        Some(Access::SignedIn) => {
            return Finding::fail(Check::SelfService, "finding-self-sign-out");
        }
        Some(Access::Contact) => {
            return Finding::fail(Check::SelfService, "finding-self-contact");
        }
        Some(Access::Tried | Access::None) | None => {}
    }
    if case.claim.access != Some(Access::Tried) && claimant_is_contact(case) {
        return Finding::fail(Check::SelfService, "finding-self-writes");
    }
    Finding::pass(Check::SelfService, "finding-self-none")
}
