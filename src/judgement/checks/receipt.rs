//! Was this device bought with this receipt, once?

use super::super::facts::{Other, Sale};
use super::super::{Case, Check, Finding, Note, RowKey};
use crate::domain::{Evidence, Item, List, Receipt, Shown, good};
use crate::words::Phrase;

const NONE: &str = "finding-no-receipt";

/// The receipt that stands and the sales rows of its number.
fn receipt<'a>(case: &Case<'a>) -> Option<(&'a Evidence, &'a Receipt, &'a [Sale])> {
    let (evidence, receipt) = case.claim.receipt()?;
    let facts: &'a super::super::Facts = case.facts;
    Some((evidence, receipt, facts.registry.receipt.as_ref().map_or(&[][..], |r| &r.sales)))
}

pub(super) fn form(case: &Case<'_>) -> Finding {
    let Some((evidence, receipt, _)) = receipt(case) else {
        return Finding::missing(Check::ReceiptForm, NONE);
    };
    let mut wrong = Vec::new();
    match &receipt.number {
        None => wrong.push(Phrase::of("finding-receipt-no-number")),
        Some(g) => {
            wrong.extend(g.damage().map(|d| Phrase::of("finding-receipt-number-damaged").with("why", d)));
        }
    }
    match &receipt.retailer {
        None => wrong.push(Phrase::of("finding-receipt-no-retailer")),
        Some(g) => {
            wrong.extend(g.damage().map(|d| Phrase::of("finding-receipt-retailer-damaged").with("why", d)));
        }
    }
    match &receipt.date {
        None => wrong.push(Phrase::of("finding-receipt-no-date")),
        Some(g) => match &g.value {
            Err(d) => wrong.push(
                Phrase::of("finding-receipt-date-damaged")
                    .with("given", Shown(&g.text).clip(40))
                    .with("why", *d),
            ),
            Ok(day) if !case.now.reached(day.start()) => {
                wrong.push(Phrase::of("finding-receipt-date-future").with("day", *day));
            }
            Ok(_) => {}
        },
    }
    let both = |all: Phrase, next| Phrase::of("finding-receipt-both").with("all", all).with("next", next);
    let finding = match wrong.into_iter().reduce(both) {
        None => Finding::pass(Check::ReceiptForm, "finding-receipt-good"),
        Some(wrong) => Finding::fail(Check::ReceiptForm, "finding-receipt-incomplete").with("wrong", wrong),
    };
    finding.on(Some(evidence.id))
}

pub(super) fn known(case: &Case<'_>) -> Finding {
    let Some((evidence, receipt, sales)) = receipt(case) else {
        return Finding::missing(Check::ReceiptKnown, NONE);
    };
    let feed = case.facts.registry.receipt.as_ref().is_some_and(|r| r.feed);
    let finding = if receipt.fold_key().is_none() {
        Finding::unknown(Check::ReceiptKnown, "finding-receipt-unasked")
    } else if !sales.is_empty() {
        Finding::pass(Check::ReceiptKnown, "finding-receipt-known").row(List::Sales, RowKey::sale(receipt))
    } else if feed {
        Finding::fail(Check::ReceiptKnown, "finding-receipt-unknown")
    } else {
        Finding::unknown(Check::ReceiptKnown, "finding-receipt-no-feed")
    };
    finding.on(Some(evidence.id))
}

/// Whether a sales row of the receipt names this case's device.
fn names_this(case: &Case<'_>, sales: &[Sale]) -> bool {
    case.facts.registry.device.as_ref().is_some_and(|d| sales.iter().any(|s| s.device == Some(d.id)))
}

pub(super) fn device(case: &Case<'_>) -> Finding {
    let Some((evidence, receipt, sales)) = receipt(case) else {
        return Finding::missing(Check::ReceiptDevice, NONE);
    };
    let named = sales.iter().find_map(|s| s.names.as_ref());
    let finding = if case.facts.registry.device.is_none() {
        Finding::unknown(Check::ReceiptDevice, "finding-receipt-no-device")
    } else if sales.is_empty() {
        Finding::unknown(Check::ReceiptDevice, "finding-receipt-no-sale")
    } else if names_this(case, sales) {
        Finding::pass(Check::ReceiptDevice, "finding-receipt-this").row(List::Sales, RowKey::sale(receipt))
    } else if named.is_some() {
        Finding::fail(Check::ReceiptDevice, "finding-receipt-other").row(List::Sales, RowKey::sale(receipt))
    } else {
        Finding::unknown(Check::ReceiptDevice, "finding-receipt-nameless")
            .row(List::Sales, RowKey::sale(receipt))
    };
    finding.on(Some(evidence.id))
}

pub(super) fn date(case: &Case<'_>) -> Finding {
    let Some((evidence, receipt, sales)) = receipt(case) else {
        return Finding::missing(Check::ReceiptDate, NONE);
    };
    let Some(&given) = good(receipt.date.as_ref()) else {
        return Finding::unknown(Check::ReceiptDate, "finding-receipt-date-unread").on(Some(evidence.id));
    };
    let device = case.facts.registry.device.as_ref();
    if let Some(device) = device {
        let born = [
            (device.made_on, "finding-receipt-before-made"),
            (device.allocated_on, "finding-receipt-before-type"),
        ];
        if let Some((_, sentence)) = born.into_iter().find(|(day, _)| day.is_some_and(|day| given < day)) {
            return Finding::fail(Check::ReceiptDate, sentence)
                .with("given", given)
                .note(Note::Impossible)
                .on(Some(evidence.id))
                .row(
                    List::Devices,
                    device.imeis.first().map_or(RowKey::from(""), |imei| RowKey::Imei(*imei)),
                );
        }
    }
    if sales.is_empty() {
        return Finding::unknown(Check::ReceiptDate, "finding-receipt-date-no-sale").on(Some(evidence.id));
    }
    let ours = |s: &&Sale| device.is_some_and(|d| s.device == Some(d.id));
    let mut rows: Vec<&Sale> = sales.iter().filter(ours).collect();
    if rows.is_empty() {
        rows = sales.iter().collect();
    }
    let soft = |sentence| Finding::fail(Check::ReceiptDate, sentence).with("given", given).note(Note::Soft);
    let first_bound = device.and_then(|d| d.bindings.iter().map(|b| b.bound_at.day()).min());
    let finding = if !rows.iter().any(|s| (given.0 - s.sold_on.0).abs() <= 1) {
        // Read aloud, the retailer's own day would tell a claimant what to say next time.
        soft("finding-receipt-date-other")
    } else if first_bound.is_some_and(|bound| given > bound.plus_days(1)) {
        soft("finding-receipt-in-use")
    } else {
        Finding::pass(Check::ReceiptDate, "finding-receipt-date-good")
    };
    finding.on(Some(evidence.id)).row(List::Sales, RowKey::sale(receipt))
}

/// Whether two tickets name different devices.
pub(super) fn another_device(case: &Case<'_>, other: &Other) -> bool {
    match (&case.facts.registry.device, other.device) {
        (Some(device), Some(theirs)) => device.id != theirs,
        _ => false,
    }
}

pub(super) fn cleared(other: &Other, check: Check) -> bool {
    other.cleared.iter().any(|c| c == check.as_str())
}

pub(super) fn unique(case: &Case<'_>) -> Finding {
    // A receipt that was removed again still counts: removing it must not dodge this check.
    let used = case.claim.evidence.iter().rfind(|e| matches!(e.item, Item::Receipt(_)));
    let Some(evidence) = used else { return Finding::missing(Check::ReceiptUnique, NONE) };
    let stands = receipt(case);
    let sold_to_this = stands.is_some_and(|(_, _, sales)| names_this(case, sales));
    // What the sale of the receipt that stands excuses is that receipt, not one that stood there before.
    let stands = stands.and_then(|(_, r, _)| r.fold_key());
    let excused = |o: &Other| {
        let mut others = case.claim.receipt_keys().filter(|key| Some(*key) != stands);
        sold_to_this && !others.any(|key| o.receipts.contains(&key))
    };
    let clashes: Vec<i64> = case
        .facts
        .desk
        .others
        .iter()
        .filter(|o| o.same_receipt && !cleared(o, Check::ReceiptUnique))
        .filter(|o| if another_device(case, o) { !excused(o) } else { !o.same_claimant })
        .map(|o| o.ticket)
        .collect();
    let finding = if clashes.is_empty() {
        Finding::pass(Check::ReceiptUnique, "finding-receipt-fresh")
    } else {
        Finding::fail(Check::ReceiptUnique, "finding-receipt-used").with("tickets", super::tickets(&clashes))
    };
    let alike = looks_alike(case);
    finding.on(Some(evidence.id)).and(alike_in_words(&alike, &clashes)).naming(clashes).alike(alike)
}

/// Tickets for another device or by another claimant whose receipt's picture looks like this one's, the most alike
/// first. It decides nothing, since the receipts of one shop look alike: a person compares the two.
fn looks_alike(case: &Case<'_>) -> Vec<(i64, u32)> {
    let others = case.facts.desk.others.iter().filter(|o| !cleared(o, Check::ReceiptUnique));
    let strange = others.filter(|o| another_device(case, o) || !o.same_claimant);
    let mut alike: Vec<(i64, u32)> = strange.filter_map(|o| Some((o.ticket, o.alike_receipt?))).collect();
    alike.sort_unstable_by_key(|(ticket, bits)| (*bits, std::cmp::Reverse(*ticket)));
    alike
}

/// What is not said already: the same bytes are the same receipt.
fn alike_in_words(alike: &[(i64, u32)], named: &[i64]) -> Phrase {
    let news: Vec<_> = alike.iter().filter(|(ticket, bits)| *bits > 0 || !named.contains(ticket)).collect();
    let Some((_, bits)) = news.first() else { return Phrase::none() };
    let tickets: Vec<i64> = news.iter().map(|(ticket, _)| *ticket).collect();
    Phrase::of("finding-receipt-alike")
        .with("tickets", super::tickets(&tickets))
        .with("bits", i64::from(*bits))
}
