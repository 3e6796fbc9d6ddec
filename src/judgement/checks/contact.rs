//! Has the account's owner said yes?

use super::super::facts::{Account, Code};
use super::super::{Case, Check, Finding};
use crate::domain::{Channel, Contact, List, Time};
use crate::words::Phrase;

const NONE: &str = "finding-contact-code-none";

/// Wrong answers that burn one code.
const CODE_TRIES: u8 = 3;

/// The state of the codes of one channel that meet `counts`.
pub(super) enum Codes<'a> {
    /// Read back and still counting, the newest last; at least one.
    Confirmed(Vec<&'a Code>),
    Burnt,
    None,
}

pub(super) fn codes<'a>(case: &Case<'a>, channel: Channel, counts: impl Fn(&Code) -> bool) -> Codes<'a> {
    let days = case.policy.thresholds.code_days;
    let facts: &'a super::super::Facts = case.facts;
    let sent = || facts.desk.codes.iter().filter(|c| c.channel == channel && counts(c));
    let counts_still = |c: &&Code| c.confirmed_at.is_some_and(|t| !case.now.reached(t.plus_days(days)));
    let mut confirmed: Vec<&Code> = sent().filter(counts_still).collect();
    confirmed.sort_by_key(|c| c.confirmed_at);
    if !confirmed.is_empty() {
        return Codes::Confirmed(confirmed);
    }
    match sent().next_back() {
        Some(last) if last.wrong >= CODE_TRIES && last.confirmed_at.is_none() => Codes::Burnt,
        _ => Codes::None,
    }
}

pub(super) fn code(case: &Case<'_>) -> Finding {
    let account = case.facts.registry.account.as_ref();
    let ours = |code: &Code| account.is_some_and(|a| code.account == Some(a.no));
    // Who says yes to one thing has not said yes to another (JUDGEMENT.md §5).
    let (request, device) = (case.claim.request, case.facts.registry.named());
    let to_this = |code: &Code| ours(code) && (code.request, code.device) == (request, device);
    let read_back = match codes(case, Channel::Contact, to_this) {
        Codes::Confirmed(codes) => codes,
        Codes::None if matches!(codes(case, Channel::Contact, ours), Codes::Confirmed(_)) => {
            return Finding::missing(Check::ContactCode, "finding-contact-code-other");
        }
        Codes::Burnt => {
            return Finding::fail(Check::ContactCode, "finding-contact-code-burnt");
        }
        Codes::None => return Finding::missing(Check::ContactCode, NONE),
    };
    // One contact beyond doubt suffices, whichever was asked last.
    let mut doubted = None;
    for code in read_back.into_iter().rev() {
        let to = code.to.masked();
        let Some((why, until)) = account.and_then(|a| doubt(case, a, code)) else {
            return Finding::pass(Check::ContactCode, "finding-contact-code-read")
                .with("to", to.as_str())
                .row(List::Contacts, to);
        };
        doubted.get_or_insert_with(|| {
            Finding::unknown(Check::ContactCode, "finding-contact-code-doubted")
                .with("to", to.as_str())
                .with("why", why)
                .row(List::Contacts, to)
                .until(until)
        });
    }
    doubted.unwrap_or_else(|| Finding::missing(Check::ContactCode, NONE))
}

/// When a contact is no longer new, unless that would tell the day on which the account was registered.
fn told(account: &Account, verified: Time, steady: Time) -> Option<Time> {
    Some(steady).filter(|_| account.registered_at.map(Time::day) != Some(verified.day()))
}

/// Why a contact that read the code back may not be the owner.
fn doubt(case: &Case<'_>, account: &Account, code: &Code) -> Option<(Phrase, Option<Time>)> {
    let t = &case.policy.thresholds;
    let contact = account.contacts.iter().find(|c| c.contact == code.to);
    let Some(contact) = contact.filter(|c| super::account::is_verified_current(c, case.now)) else {
        return Some((Phrase::of("finding-contact-gone"), None));
    };
    let verified = contact.verified_at?;
    let steady = verified.plus_days(t.contact_days);
    if !case.now.reached(steady) {
        return Some((
            Phrase::of("finding-contact-new").with("days", t.contact_days),
            told(account, verified, steady),
        ));
    }
    let Contact::Phone(number) = &code.to else { return None };
    if let Some(changed) = contact.sim_changed_at.filter(|c| *c > verified) {
        return Some((Phrase::of("finding-contact-sim-changed").with("day", changed.day()), None));
    }
    let seen =
        case.facts.registry.device.iter().flat_map(|d| &d.sightings).filter(|s| s.msisdn == Some(*number));
    let last = seen.map(|s| s.last_seen.end().plus_days(t.sim_recent_days)).max()?;
    (!case.now.reached(last)).then(|| (Phrase::of("finding-contact-in-device"), Some(last)))
}
