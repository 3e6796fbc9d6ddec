//! Is it one known device, and may it be handed over at all?

use std::collections::{BTreeMap, BTreeSet};

use super::super::facts::Notice;
use super::super::{Case, Check, Finding, Now};
use crate::domain::{Imsi, List, NoticeStatus, Shown, Time, fold_words, good};

pub(super) fn imei_form(case: &Case<'_>) -> Finding {
    let claimed = &case.claim.device;
    let given: Vec<_> = [&claimed.imei, &claimed.imei2].into_iter().flatten().collect();
    if given.is_empty() {
        return if claimed.serial.is_some() {
            Finding::skip(Check::ImeiForm, "The device is claimed by its serial number alone.")
        } else {
            Finding::missing(
                Check::ImeiForm,
                "Neither an IMEI nor a serial number was given; *#06# shows the IMEI.",
            )
        };
    }
    let Some(bad) = given.iter().find(|g| g.damage().is_some()) else {
        return Finding::pass(Check::ImeiForm, "The IMEI has the right form.");
    };
    let mut reason = format!(
        "The IMEI {} cannot be right: {}.",
        Shown(&bad.text).clip(40),
        bad.damage().map(|d| d.to_string()).unwrap_or_default().trim_end_matches('.')
    );
    let near = &case.facts.registry.near;
    if !near.is_empty() {
        let list: Vec<String> = near.iter().take(8).map(ToString::to_string).collect();
        let list = list.join(", ");
        reason = format!("{reason} One slip away in the registry: {list}. Ask, do not guess.");
    }
    let mut finding = Finding::fail(Check::ImeiForm, reason);
    for imei in near {
        finding = finding.row(List::Devices, imei);
    }
    finding
}

pub(super) fn known(case: &Case<'_>) -> Finding {
    let facts = &case.facts.registry;
    if let Some(device) = &facts.device {
        let name = device.imeis.first().map(ToString::to_string).or_else(|| device.serials.first().cloned());
        let name = name.unwrap_or_default();
        return Finding::pass(Check::DeviceKnown, format!("The registry knows this device as {name}."))
            .row(List::Devices, name);
    }
    if facts.leads.is_empty() {
        return Finding::skip(Check::DeviceKnown, "No readable identifier of a device was given.");
    }
    Finding::fail(Check::DeviceKnown, "The registry does not know this device.")
}

pub(super) fn model(case: &Case<'_>) -> Finding {
    let Some(claimed) = case.claim.device.model.as_deref().filter(|m| !m.trim().is_empty()) else {
        return Finding::skip(Check::DeviceModel, "No model was claimed.");
    };
    let Some(device) = &case.facts.registry.device else {
        return Finding::skip(Check::DeviceModel, "There is no known device to compare the model with.");
    };
    let known: Vec<&String> = device.models.iter().chain(&device.tac_models).collect();
    let Some(first) = known.first() else {
        return Finding::unknown(Check::DeviceModel, "The registry carries no model for this device.");
    };
    let wanted = fold_words(claimed);
    let brand = device.brand.as_deref().map(fold_words).unwrap_or_default();
    let same = |model: &str| {
        let model = fold_words(model);
        model == wanted || (!brand.is_empty() && wanted == format!("{brand} {model}"))
    };
    if known.iter().any(|model| same(model)) {
        return Finding::pass(Check::DeviceModel, format!("The model is right: {first}."));
    }
    let claimed = Shown(claimed).clip(60);
    let mut finding =
        Finding::fail(Check::DeviceModel, format!("{claimed} was claimed, but the registry says {first}."));
    if let Some(imei) = device.imeis.first() {
        finding = finding.row(List::Tacs, format!("{:08}", imei.tac()));
    }
    finding
}

pub(super) fn one(case: &Case<'_>) -> Finding {
    let leads = &case.facts.registry.leads;
    if leads.len() < 2 {
        return Finding::skip(Check::DeviceOne, "Fewer than two identifiers were given, so none can differ.");
    }
    let mut devices: Vec<i64> = leads.iter().filter_map(|l| l.device).collect();
    devices.sort_unstable();
    devices.dedup();
    let lost = leads.iter().find(|l| l.device.is_none());
    match (devices.len(), lost) {
        (0, _) => Finding::skip(Check::DeviceOne, "None of the identifiers is in the registry."),
        (1, None) => Finding::pass(Check::DeviceOne, "Every identifier leads to the same device."),
        (1, Some(lead)) => Finding::unknown(
            Check::DeviceOne,
            format!(
                "{} {} is in no list, while another identifier leads to a device.",
                sentence(lead.identifier.source.words()),
                lead.identifier.name
            ),
        )
        .on(lead.identifier.evidence),
        _ => {
            let first = leads.iter().find(|l| l.device.is_some());
            let other = leads.iter().find(|l| l.device.is_some() && l.device != first.and_then(|f| f.device));
            let mut finding = Finding::fail(Check::DeviceOne, "The identifiers lead to different devices.");
            if let (Some(a), Some(b)) = (first, other) {
                finding.reason = format!(
                    "{} {} and {} {} belong to different devices.",
                    sentence(a.identifier.source.words()),
                    a.identifier.name,
                    b.identifier.source.words(),
                    b.identifier.name
                )
                .into();
                finding = finding
                    .on(b.identifier.evidence)
                    .row(List::Devices, &a.identifier.name)
                    .row(List::Devices, &b.identifier.name);
            }
            finding
        }
    }
}

fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
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
        return Finding::skip(
            Check::DeviceNotice,
            "No device is known and no notice names the claimed identifiers.",
        );
    }
    let say = |n: &Notice, words: &str| {
        let source = n.source.as_deref().map_or(String::new(), |s| format!(" by {}", Shown(s).clip(60)));
        format!("{} is on a list as {}, {words}: reported {}{source}.", n.on, n.kind, n.reported_at.day())
    };
    let cooling = case.policy.thresholds.notice_cooling_days;
    let (mut open, mut until, mut endless) = (None, None, false);
    for n in notices {
        match standing(n, cooling, case.now) {
            Standing::Confirmed => {
                return Finding::fail(Check::DeviceNotice, say(n, "confirmed")).row(List::Notices, key(n));
            }
            Standing::Pending(end) => {
                open.get_or_insert((n, "not yet confirmed"));
                endless |= end.is_none();
                until = until.max(end);
            }
            Standing::Cooling(end) => {
                open.get_or_insert((n, "cleared a short while ago"));
                until = until.max(Some(end));
            }
            Standing::Gone => {}
        }
    }
    match open {
        Some((n, words)) => Finding::unknown(Check::DeviceNotice, say(n, words))
            .row(List::Notices, key(n))
            .until(if endless { None } else { until }),
        None => {
            Finding::pass(Check::DeviceNotice, "No lost, stolen, blocked, fraud or finance notice is open.")
        }
    }
}

fn key(n: &Notice) -> String {
    let last = n.reference.clone().unwrap_or_else(|| n.reported_at.to_string());
    format!("{} {} {last}", n.on, n.kind)
}

pub(super) fn lost_mode(case: &Case<'_>) -> Finding {
    let Some(binding) = super::binding::bound(case) else {
        return Finding::skip(
            Check::DeviceLostMode,
            "The device is not bound, so nobody can have set lost mode.",
        );
    };
    match binding.lost_mode_since {
        Some(since) if case.now.reached(since) => {
            Finding::fail(Check::DeviceLostMode, format!("The owner has set lost mode on {}.", since.day()))
                .row(List::Bindings, super::binding::key(case, binding))
        }
        _ => Finding::pass(Check::DeviceLostMode, "The owner has not set lost mode."),
    }
}

pub(super) fn clone(case: &Case<'_>) -> Finding {
    let Some(device) = &case.facts.registry.device else {
        return Finding::skip(Check::DeviceClone, "There is no known device.");
    };
    if device.sightings.is_empty() {
        return Finding::unknown(Check::DeviceClone, "No network has reported a SIM in this device.");
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
        let mut finding = Finding::fail(
            Check::DeviceClone,
            format!(
                "{n} different SIMs were seen under this IMEI in {} days: it may be copied; a person must look at the device.",
                t.clone_days
            ),
        );
        if let Some(imei) = device.imeis.first() {
            finding = finding.row(List::Sightings, imei);
        }
        return finding;
    }
    Finding::pass(
        Check::DeviceClone,
        match n {
            1 => format!("One SIM was seen in the device in the last {} days.", t.clone_days),
            _ => format!("{n} SIMs were seen in the device in the last {} days.", t.clone_days),
        },
    )
}

/// Whether the claim names a serial in form: what makes a damaged IMEI a caution rather than a riddle.
pub(in super::super) fn good_serial(case: &Case<'_>) -> bool {
    good(case.claim.device.serial.as_ref()).is_some()
}
