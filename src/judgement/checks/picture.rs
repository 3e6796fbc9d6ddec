//! Is there a picture of this device's box, and nobody else's?

use super::super::facts::Device;
use super::super::{Case, Check, Facts, Finding};
use super::receipt::{another_device, cleared};
use crate::domain::{Claim, DeviceName, Evidence, Imei, Item, List, Seen, Serial, good};
use crate::words::Phrase;

/// Whether an item has a picture: a file that cannot be looked at or compared with others is none.
fn has_picture(evidence: &Evidence) -> bool {
    evidence.attachment.as_ref().is_some_and(|file| file.dhash.is_some())
}

/// What the barcodes on the pictures say against what was typed and what the device is.
struct Read<'a> {
    device: Option<&'a Device>,
    /// IMEIs typed for the box.
    typed: Vec<Imei>,
    /// Serials typed for the box.
    serials: Vec<&'a Serial>,
    /// Pictures that somebody looked at.
    pictures: Vec<(&'a Evidence, &'a Seen)>,
}

impl<'a> Read<'a> {
    fn of(claim: &'a Claim, facts: &'a Facts) -> Self {
        let seen = |e: &'a Evidence| Some((e, e.attachment.as_ref()?.seen.as_ref()?));
        Self {
            device: facts.registry.device.as_ref(),
            typed: claim.boxes().filter_map(|(_, label)| good(label.imei.as_ref()).copied()).collect(),
            serials: claim.boxes().filter_map(|(_, label)| good(label.serial.as_ref())).collect(),
            pictures: claim.boxes().filter_map(|(e, _)| seen(e)).collect(),
        }
    }

    fn ours(&self, imei: Imei) -> bool {
        self.device.is_some_and(|d| d.imeis.contains(&imei))
    }

    fn our_serial(&self, serial: &Serial) -> bool {
        self.device.is_some_and(|d| d.serials.iter().any(|s| s == serial.as_str()))
    }

    /// A barcode that names this device.
    fn names_ours(&self) -> Option<(&'a Evidence, DeviceName)> {
        self.pictures.iter().find_map(|(e, seen)| {
            let imei = seen.imeis.iter().find(|i| self.ours(**i)).map(|i| DeviceName::Imei(*i));
            let serial = seen.serials.iter().find(|s| self.our_serial(s));
            imei.or_else(|| serial.map(|s| DeviceName::Serial(s.clone()))).map(|name| (*e, name))
        })
    }

    /// A picture whose barcodes name something else: what they say, and what was typed instead.
    fn contradicts(&self) -> Option<(&'a Evidence, DeviceName, Option<DeviceName>)> {
        self.pictures.iter().find_map(|(e, seen)| {
            if let Some(first) = seen.imeis.first() {
                // Of two slots it is enough that one is this device's.
                let fits = seen.imeis.iter().any(|i| self.ours(*i) || self.typed.contains(i));
                let typed = self.typed.first().map(|i| DeviceName::Imei(*i));
                return (!fits).then_some((*e, DeviceName::Imei(*first), typed));
            }
            self.serials.iter().find_map(|typed| {
                let read = seen.instead_of(typed).filter(|read| !self.our_serial(read))?;
                Some((*e, DeviceName::Serial(read.clone()), Some(DeviceName::Serial((*typed).clone()))))
            })
        })
    }

    /// What to say of pictures that say nothing.
    fn silence(&self) -> Phrase {
        let silent = !self.pictures.is_empty() && self.pictures.iter().all(|(_, seen)| seen.is_empty());
        match self.pictures.iter().find_map(|(_, seen)| seen.doubt) {
            Some(doubt) if silent => Phrase::of("finding-box-doubt").with("why", doubt),
            _ if silent => Phrase::of("finding-box-silent"),
            _ => Phrase::none(),
        }
    }
}

/// Whether a barcode on a picture of the box names the device, so that nobody need read the number there.
pub(in crate::judgement) fn was_read(claim: &Claim, facts: &Facts) -> bool {
    Read::of(claim, facts).names_ours().is_some()
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
    let read = Read::of(case.claim, case.facts);
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
    if let Some((evidence, says, typed)) = read.contradicts() {
        return contradiction(&says, typed.as_ref(), ours.is_some()).on(Some(evidence.id));
    }
    if let Some((evidence, name)) = read.names_ours() {
        return Finding::pass(Check::BoxMatch, "finding-barcode-this")
            .with("name", name.to_string())
            .on(Some(evidence.id))
            .row(List::Devices, &name);
    }
    if names.is_empty() {
        return Finding::missing(Check::BoxMatch, "finding-box-unread")
            .and(read.silence())
            .on(Some(first.0.id));
    }
    match names.iter().find(|(_, n)| ours.is_some() && device_of(n) == ours) {
        Some((evidence, name)) => Finding::pass(Check::BoxMatch, "finding-box-this")
            .with("name", name.to_string())
            .and(read.silence())
            .on(Some(*evidence))
            .row(List::Devices, name),
        None => Finding::fail(Check::BoxMatch, "finding-box-unlisted")
            .with("name", names[0].1.to_string())
            .on(Some(names[0].0)),
    }
}

/// A barcode says something else than what was typed, or than the device.
fn contradiction(says: &DeviceName, typed: Option<&DeviceName>, known: bool) -> Finding {
    let finding = match typed {
        Some(typed) => {
            Finding::fail(Check::BoxMatch, "finding-barcode-typed").with("typed", typed.to_string())
        }
        None if known => Finding::fail(Check::BoxMatch, "finding-barcode-other"),
        // What was read is offered; it says which device is meant only once somebody has confirmed it.
        None => Finding::missing(Check::BoxMatch, "finding-barcode-unconfirmed"),
    };
    finding.with("says", says.to_string())
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
    let alike: Vec<_> = clashes.iter().filter_map(|o| Some((o.ticket, o.same_picture?))).collect();
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
    finding.on(Some(evidence.id)).naming(tickets).alike(alike)
}
