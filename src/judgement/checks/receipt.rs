//! Was this device bought with this receipt, once?

use super::super::facts::{Other, Sale};
use super::super::{Case, Check, Finding, Note};
use crate::domain::{Evidence, Item, List, Receipt, Shown, good};

const NONE: &str = "No receipt was given.";

/// A row in the sales list, as findings name it.
fn key(receipt: &Receipt) -> String {
    let text = |t: Option<&str>| Shown(t.unwrap_or("?")).clip(60);
    format!(
        "{} {}",
        text(receipt.retailer.as_ref().map(|g| g.text.as_str())),
        text(receipt.number.as_ref().map(|g| g.text.as_str()))
    )
}

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
        None => wrong.push("the number is not given".to_owned()),
        Some(g) => wrong.extend(g.damage().map(|d| format!("the number cannot be read: {d}"))),
    }
    match &receipt.retailer {
        None => wrong.push("the retailer is not given".to_owned()),
        Some(g) => wrong.extend(g.damage().map(|d| format!("the retailer cannot be read: {d}"))),
    }
    match &receipt.date {
        None => wrong.push("the date is not given".to_owned()),
        Some(g) => match &g.value {
            Err(d) => wrong.push(format!("the date {} cannot be read: {d}", Shown(&g.text).clip(40))),
            Ok(day) if !case.now.reached(day.start()) => {
                wrong.push(format!("the date {day} lies in the future"));
            }
            Ok(_) => {}
        },
    }
    let finding = if wrong.is_empty() {
        Finding::pass(Check::ReceiptForm, "Number, retailer and date of the receipt can be read.")
    } else {
        Finding::fail(Check::ReceiptForm, format!("The receipt is not complete: {}.", wrong.join("; ")))
    };
    finding.on(Some(evidence.id))
}

pub(super) fn known(case: &Case<'_>) -> Finding {
    let Some((evidence, receipt, sales)) = receipt(case) else {
        return Finding::missing(Check::ReceiptKnown, NONE);
    };
    let feed = case.facts.registry.receipt.as_ref().is_some_and(|r| r.feed);
    let finding = if receipt.fold_key().is_none() {
        Finding::unknown(Check::ReceiptKnown, "Without number and retailer the receipt cannot be looked up.")
    } else if !sales.is_empty() {
        Finding::pass(Check::ReceiptKnown, "The retailer's feed has this receipt.")
            .row(List::Sales, key(receipt))
    } else if feed {
        Finding::fail(
            Check::ReceiptKnown,
            "The retailer sends us its sales, and this number is not among them.",
        )
    } else {
        Finding::unknown(Check::ReceiptKnown, "This retailer does not send us its sales.")
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
        Finding::unknown(Check::ReceiptDevice, "No device is known that the receipt could name.")
    } else if sales.is_empty() {
        Finding::unknown(Check::ReceiptDevice, "There is no sales row to compare with.")
    } else if names_this(case, sales) {
        Finding::pass(Check::ReceiptDevice, "The sale under this receipt names this device.")
            .row(List::Sales, key(receipt))
    } else if named.is_some() {
        Finding::fail(Check::ReceiptDevice, "The sale under this receipt names another device.")
            .row(List::Sales, key(receipt))
    } else {
        Finding::unknown(Check::ReceiptDevice, "The sale under this receipt names no device.")
            .row(List::Sales, key(receipt))
    };
    finding.on(Some(evidence.id))
}

pub(super) fn date(case: &Case<'_>) -> Finding {
    let Some((evidence, receipt, sales)) = receipt(case) else {
        return Finding::missing(Check::ReceiptDate, NONE);
    };
    let Some(&given) = good(receipt.date.as_ref()) else {
        return Finding::unknown(Check::ReceiptDate, "The receipt's date cannot be read.")
            .on(Some(evidence.id));
    };
    let device = case.facts.registry.device.as_ref();
    if let Some(device) = device {
        let born = [(device.made_on, "was made"), (device.allocated_on, "had its type allocated")];
        if let Some((day, what)) =
            born.iter().find_map(|(day, what)| day.filter(|d| given < *d).map(|d| (d, what)))
        {
            return Finding::fail(
                Check::ReceiptDate,
                format!("The receipt is of {given}, but the device {what} only on {day}."),
            )
            .note(Note::Impossible)
            .on(Some(evidence.id))
            .row(List::Devices, device.imeis.first().map(ToString::to_string).unwrap_or_default());
        }
    }
    if sales.is_empty() {
        return Finding::unknown(Check::ReceiptDate, "There is no sales row to compare the date with.")
            .on(Some(evidence.id));
    }
    let ours = |s: &&Sale| device.is_some_and(|d| s.device == Some(d.id));
    let mut rows: Vec<&Sale> = sales.iter().filter(ours).collect();
    if rows.is_empty() {
        rows = sales.iter().collect();
    }
    let soft = |reason: String| Finding::fail(Check::ReceiptDate, reason).note(Note::Soft);
    let first_bound = device.and_then(|d| d.bindings.iter().map(|b| b.bound_at.day()).min());
    let finding = if !rows.iter().any(|s| (given.0 - s.sold_on.0).abs() <= 1) {
        // Read aloud, the retailer's own day would tell a claimant what to say next time.
        soft(format!("The receipt is given as of {given}; that is not the day of the sale."))
    } else if let Some(bound) = first_bound.filter(|bound| given > bound.plus_days(1)) {
        soft(format!("The receipt is of {given}, but the device was in use since {bound}."))
    } else {
        Finding::pass(Check::ReceiptDate, "The date is the sale's and fits the device's life.")
    };
    finding.on(Some(evidence.id)).row(List::Sales, key(receipt))
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
        Finding::pass(Check::ReceiptUnique, "No other claim has used this receipt.")
    } else {
        Finding::fail(
            Check::ReceiptUnique,
            format!(
                "This receipt was used before, for another device or by somebody else: {}.",
                super::tickets(&clashes)
            ),
        )
    };
    finding.on(Some(evidence.id)).naming(clashes)
}
