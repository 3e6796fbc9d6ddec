//! Is there a picture of this device's box, and nobody else's?

use super::super::{Case, Check, Finding};
use super::receipt::{another_device, cleared};
use crate::domain::{DeviceName, Evidence, Item, List, good};
use crate::words::Phrase;

/// Whether an item has a picture: a file that cannot be looked at or compared with others is none.
fn has_picture(evidence: &Evidence) -> bool {
    evidence.attachment.as_ref().is_some_and(|file| file.dhash.is_some())
}

pub(super) fn matches(case: &Case<'_>) -> Finding {
    let pictured = case.claim.boxes().find(|(e, _)| has_picture(e));
    let Some(first) = pictured.or_else(|| case.claim.boxes().next()) else {
        return Finding::missing(Check::BoxMatch, "finding-no-box");
    };
    if pictured.is_none() {
        let reason =
            if first.0.attachment.is_some() { "finding-box-no-picture" } else { "finding-box-typed" };
        return Finding::missing(Check::BoxMatch, reason).on(Some(first.0.id));
    }
    let mut names: Vec<(i64, DeviceName)> = Vec::new();
    for (evidence, label) in case.claim.boxes() {
        names.extend(good(label.imei.as_ref()).map(|i| (evidence.id, DeviceName::Imei(*i))));
        names.extend(good(label.serial.as_ref()).map(|s| (evidence.id, DeviceName::Serial(s.clone()))));
    }
    if names.is_empty() {
        return Finding::missing(Check::BoxMatch, "finding-box-unread").on(Some(first.0.id));
    }
    let facts = &case.facts.registry;
    let device_of =
        |name: &DeviceName| facts.leads.iter().find(|l| l.identifier.name == *name).and_then(|l| l.device);
    let ours = facts.device.as_ref().map(|d| d.id);
    if let Some((evidence, name)) = names.iter().find(|(_, n)| device_of(n).is_some() && device_of(n) != ours)
    {
        return Finding::fail(Check::BoxMatch, "finding-box-other")
            .with("name", name.to_string())
            .on(Some(*evidence))
            .row(List::Devices, name);
    }
    match names.iter().find(|(_, n)| ours.is_some() && device_of(n) == ours) {
        Some((evidence, name)) => Finding::pass(Check::BoxMatch, "finding-box-this")
            .with("name", name.to_string())
            .on(Some(*evidence))
            .row(List::Devices, name),
        None => Finding::fail(Check::BoxMatch, "finding-box-unlisted")
            .with("name", names[0].1.to_string())
            .on(Some(names[0].0)),
    }
}

pub(super) fn unique(case: &Case<'_>) -> Finding {
    // A picture that was removed again still counts.
    let shown = |e: &&Evidence| matches!(e.item, Item::Box(_)) && e.attachment.is_some();
    let Some(evidence) = case.claim.evidence.iter().rfind(shown) else {
        return Finding::missing(Check::BoxUnique, "finding-box-none");
    };
    let clashes: Vec<_> = case
        .facts
        .desk
        .others
        .iter()
        .filter(|o| o.same_picture.is_some() && !cleared(o, Check::BoxUnique))
        .filter(|o| another_device(case, o) || !o.same_claimant)
        .collect();
    let tickets: Vec<i64> = clashes.iter().map(|o| o.ticket).collect();
    let finding = if let Some(first) = clashes.first() {
        let alike = match first.same_picture {
            Some(bits) if bits > 0 => Phrase::of("finding-box-alike").with("bits", i64::from(bits)),
            _ => Phrase::none(),
        };
        Finding::fail(Check::BoxUnique, "finding-box-used")
            .with("tickets", super::tickets(&tickets))
            .with("alike", alike)
    } else {
        Finding::pass(Check::BoxUnique, "finding-box-fresh")
    };
    finding.on(Some(evidence.id)).naming(tickets)
}
