//! Is it one known device, and may it be handed over at all?

use std::collections::{BTreeMap, BTreeSet};

use super::super::facts::Notice;
use super::super::{Case, Check, Finding, Now, RowKey};
use crate::domain::{Imsi, List, NoticeStatus, Shown, Time, fold_words, good};
use crate::words::Phrase;

pub(super) fn imei_form(case: &Case<'_>) -> Finding {
    let claimed = &case.claim.device;
    let given: Vec<_> = [&claimed.imei, &claimed.imei2].into_iter().flatten().collect();
    if given.is_empty() {
        return if claimed.serial.is_some() {
            Finding::skip(Check::ImeiForm, "finding-serial-alone")
        } else {
            Finding::missing(Check::ImeiForm, "finding-no-identifier")
        };
    }
    let Some(bad) = given.iter().find(|g| g.damage().is_some()) else {
        return Finding::pass(Check::ImeiForm, "finding-imei-good");
    };
    let near = &case.facts.registry.near;
    let sentence = if near.is_empty() { "finding-imei-damaged" } else { "finding-imei-damaged-near" };
    let mut finding = Finding::fail(Check::ImeiForm, sentence).with("given", Shown(&bad.text).clip(40));
    if let Some(why) = bad.damage() {
        finding = finding.with("why", why);
    }
    if !near.is_empty() {
        let list: Vec<String> = near.iter().take(8).map(ToString::to_string).collect();
        finding = finding.with("near", list.join(", "));
    }
    for imei in near {
        finding = finding.row(List::Devices, *imei);
    }
    finding
}

pub(super) fn known(case: &Case<'_>) -> Finding {
    let facts = &case.facts.registry;
    if let Some(device) = &facts.device {
        let finding = Finding::pass(Check::DeviceKnown, "finding-device-known");
        let finding = match (device.imeis.first(), device.serials.first()) {
            (Some(imei), _) => finding.with("name", *imei),
            (None, serial) => finding.with("name", serial.cloned().unwrap_or_default()),
        };
        return finding.row(List::Devices, RowKey::device(Some(device)));
    }
    if facts.leads.is_empty() {
        return Finding::skip(Check::DeviceKnown, "finding-device-unnamed");
    }
    Finding::fail(Check::DeviceKnown, "finding-device-unknown")
}

pub(super) fn model(case: &Case<'_>) -> Finding {
    let Some(claimed) = case.claim.device.model.as_deref().filter(|m| !m.trim().is_empty()) else {
        return Finding::skip(Check::DeviceModel, "finding-no-model");
    };
    let Some(device) = &case.facts.registry.device else {
        return Finding::skip(Check::DeviceModel, "finding-model-no-device");
    };
    let known: Vec<&String> = device.models.iter().chain(&device.tac_models).collect();
    if known.is_empty() {
        return Finding::unknown(Check::DeviceModel, "finding-model-unlisted");
    }
    let wanted = fold_words(claimed);
    let brand = device.brand.as_deref().map(fold_words).unwrap_or_default();
    let same = |model: &str| {
        let model = fold_words(model);
        model == wanted || (!brand.is_empty() && wanted == format!("{brand} {model}"))
    };
    if known.iter().any(|model| same(model)) {
        return Finding::pass(Check::DeviceModel, "finding-model-right")
            .with("model", Shown(claimed).clip(60));
    }
    let claimed = Shown(claimed).clip(60);
    // Read aloud, the device's own model would tell a caller what to say of it on another ticket.
    let mut finding = Finding::fail(Check::DeviceModel, "finding-model-other").with("claimed", claimed);
    if let Some(imei) = device.imeis.first() {
        finding = finding.row(List::Tacs, format!("{:08}", imei.tac()));
    }
    finding
}

pub(super) fn one(case: &Case<'_>) -> Finding {
    let leads = &case.facts.registry.leads;
    if leads.len() < 2 {
        return Finding::skip(Check::DeviceOne, "finding-one-identifier");
    }
    let mut devices: Vec<i64> = leads.iter().filter_map(|l| l.device).collect();
    devices.sort_unstable();
    devices.dedup();
    let lost = leads.iter().find(|l| l.device.is_none());
    match (devices.len(), lost) {
        (0, _) => Finding::skip(Check::DeviceOne, "finding-identifiers-unknown"),
        (1, None) => Finding::pass(Check::DeviceOne, "finding-identifiers-agree"),
        (1, Some(lead)) => Finding::unknown(Check::DeviceOne, "finding-identifier-lost")
            .with("source", lead.identifier.source)
            .with("name", lead.identifier.name.to_string())
            .whole()
            .on(lead.identifier.evidence),
        _ => {
            let first = leads.iter().find(|l| l.device.is_some());
            let other = leads.iter().find(|l| l.device.is_some() && l.device != first.and_then(|f| f.device));
            let (Some(a), Some(b)) = (first, other) else {
                return Finding::fail(Check::DeviceOne, "finding-identifiers-differ");
            };
            Finding::fail(Check::DeviceOne, "finding-identifiers-apart")
                .with("source", a.identifier.source)
                .with("name", a.identifier.name.to_string())
                .with("source2", b.identifier.source)
                .with("name2", b.identifier.name.to_string())
                .whole()
                .on(b.identifier.evidence)
                .row(List::Devices, &a.identifier.name)
                .row(List::Devices, &b.identifier.name)
        }
    }
}

/// How a notice stands now: the outcome it has, and until when where time ends it.
enum Standing {
    Confirmed,
    Pending(Option<Time>),
    Cooling(Time),
    Gone,
}

fn standing(notice: &Notice, cooling_days: i64, now: &Now) -> Standing {
    match notice.status {
        NoticeStatus::Confirmed => Standing::Confirmed,
        NoticeStatus::Pending => match notice.lapses_at {
            Some(end) if now.reached(end) => Standing::Gone,
            end => Standing::Pending(end),
        },
        NoticeStatus::Cleared => {
            let end = notice.cleared_at.unwrap_or(notice.reported_at).plus_days(cooling_days);
            if now.reached(end) { Standing::Gone } else { Standing::Cooling(end) }
        }
    }
}

pub(super) fn notice(case: &Case<'_>) -> Finding {
    let facts = &case.facts.registry;
    let notices = facts.device.as_ref().map_or(&facts.stray_notices, |d| &d.notices);
    if facts.device.is_none() && notices.is_empty() {
        return Finding::skip(Check::DeviceNotice, "finding-notice-nothing");
    }
    let cooling = case.policy.thresholds.notice_cooling_days;
    let (mut open, mut until, mut endless) = (None, None, false);
    for n in notices {
        match standing(n, cooling, case.now) {
            Standing::Confirmed => {
                return said(Finding::fail(Check::DeviceNotice, "finding-notice-confirmed"), n);
            }
            Standing::Pending(end) => {
                open.get_or_insert((n, "finding-notice-pending"));
                endless |= end.is_none();
                until = until.max(end);
            }
            Standing::Cooling(end) => {
                open.get_or_insert((n, "finding-notice-cooling"));
                until = until.max(Some(end));
            }
            Standing::Gone => {}
        }
    }
    match open {
        Some((n, sentence)) => {
            said(Finding::unknown(Check::DeviceNotice, sentence), n).until(if endless { None } else { until })
        }
        None => Finding::pass(Check::DeviceNotice, "finding-notice-none"),
    }
}

/// What a finding says of a notice, and the row it names.
fn said(finding: Finding, n: &Notice) -> Finding {
    let by = |source: &str| Phrase::of("finding-notice-by").with("source", Shown(source).clip(60));
    let last = n.reference.clone().unwrap_or_else(|| n.reported_at.to_string());
    finding
        .with("on", n.on.to_string())
        .with("kind", n.kind)
        .with("day", n.reported_at.day())
        .with("by", n.source.as_deref().map_or(Phrase::none(), by))
        .row(List::Notices, format!("{} {} {last}", n.on, n.kind))
}

pub(super) fn lost_mode(case: &Case<'_>) -> Finding {
    let Some(binding) = super::binding::bound(case) else {
        return Finding::skip(Check::DeviceLostMode, "finding-lost-mode-unbound");
    };
    match binding.lost_mode_since {
        Some(since) if case.now.reached(since) => {
            Finding::fail(Check::DeviceLostMode, "finding-lost-mode-set")
                .with("day", since.day())
                .row(List::Bindings, super::binding::key(case, binding))
        }
        _ => Finding::pass(Check::DeviceLostMode, "finding-lost-mode-none"),
    }
}

pub(super) fn clone(case: &Case<'_>) -> Finding {
    let Some(device) = &case.facts.registry.device else {
        return Finding::skip(Check::DeviceClone, "finding-no-device");
    };
    if device.sightings.is_empty() {
        return Finding::unknown(Check::DeviceClone, "finding-no-sightings");
    }
    let t = &case.policy.thresholds;
    // A card that one network reports by ICCID and another by IMSI alone is one SIM.
    let cards: BTreeMap<u64, u64> =
        device.sightings.iter().filter_map(|s| Some((s.imsi?.packed(), s.iccid?.packed()))).collect();
    let mut sims = BTreeSet::new();
    for seen in &device.sightings {
        if !case.now.reached(seen.last_seen.end().plus_days(t.clone_days))
            && case.now.reached(seen.first_seen.start())
        {
            match (seen.iccid, seen.imsi.map(Imsi::packed)) {
                (Some(iccid), _) => sims.insert((0, iccid.packed())),
                (None, Some(imsi)) => sims.insert(cards.get(&imsi).map_or((1, imsi), |iccid| (0, *iccid))),
                (None, None) => continue,
            };
        }
    }
    let n = i64::try_from(sims.len()).unwrap_or(i64::MAX);
    if n >= t.clone_sims {
        let mut finding = Finding::fail(Check::DeviceClone, "finding-sims-many");
        if let Some(imei) = device.imeis.first() {
            finding = finding.row(List::Sightings, *imei);
        }
        return finding.with("n", n).with("days", t.clone_days);
    }
    Finding::pass(Check::DeviceClone, "finding-sims-few").with("n", n).with("days", t.clone_days)
}

/// Whether the claim names a serial in form: what makes a damaged IMEI a caution rather than a riddle.
pub(in super::super) fn good_serial(case: &Case<'_>) -> bool {
    good(case.claim.device.serial.as_ref()).is_some()
}
