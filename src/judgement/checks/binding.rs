//! Is the device bound to an account, and for how long?

use super::super::facts::Binding;
use super::super::{Case, Check, Finding, RowKey};
use crate::domain::{List, Request, Time};

/// The binding that holds now: the newest that is not released.
pub(in super::super) fn bound<'a>(case: &Case<'a>) -> Option<&'a Binding> {
    let facts: &'a super::super::Facts = case.facts;
    facts
        .registry
        .device
        .as_ref()?
        .bindings
        .iter()
        .filter(|b| case.now.reached(b.bound_at) && b.released_at.is_none())
        .max_by_key(|b| b.bound_at)
}

pub(super) fn key(case: &Case<'_>, binding: &Binding) -> RowKey {
    RowKey::binding(case.facts.registry.device.as_ref(), binding)
}

pub(super) fn current(case: &Case<'_>) -> Finding {
    if case.facts.registry.device.is_none() {
        return Finding::skip(Check::BindingCurrent, "finding-no-device");
    }
    if matches!(case.claim.request, Request::AccountDeletion | Request::Activation) {
        return Finding::skip(Check::BindingCurrent, "finding-about-account");
    }
    match bound(case) {
        // Since when is not said: the first device is mostly bound on the day on which the account was registered.
        Some(b) => Finding::pass(Check::BindingCurrent, "finding-bound").row(List::Bindings, key(case, b)),
        None => Finding::fail(Check::BindingCurrent, "finding-bound-nowhere"),
    }
}

/// Since when the device is bound to the account it is bound to: a board replaced at service does not make
/// the binding new, so the earliest binding to that account on a record joined by repair counts.
fn bound_since(case: &Case<'_>, now: &Binding) -> Time {
    let device = case.facts.registry.device.as_ref();
    device
        .into_iter()
        .flat_map(|d| &d.bindings)
        .filter(|b| b.account == now.account && b.record != now.record)
        .map(|b| b.bound_at)
        .min()
        .map_or(now.bound_at, |earliest| earliest.min(now.bound_at))
}

/// Whether the account had nothing bound before, as far as is known: its end would tell when it was registered.
fn is_first(case: &Case<'_>, binding: &Binding, since: Time) -> bool {
    let account = case.facts.registry.account.as_ref().filter(|a| a.no == binding.account);
    !account.is_some_and(|a| a.devices.iter().any(|d| d.bound_at.day() < since.day()))
}

pub(super) fn age(case: &Case<'_>) -> Finding {
    let Some(binding) = bound(case) else {
        return Finding::skip(Check::BindingAge, "finding-unbound");
    };
    let days = case.policy.thresholds.binding_days;
    let since = bound_since(case, binding);
    if case.now.reached(since.plus_days(days)) {
        return Finding::pass(Check::BindingAge, "finding-bound-long").with("days", days);
    }
    Finding::fail(Check::BindingAge, "finding-bound-lately")
        .with("days", days)
        .row(List::Bindings, key(case, binding))
        .until(Some(since.plus_days(days)).filter(|_| !is_first(case, binding, since)))
}
