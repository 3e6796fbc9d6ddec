//! What a lookup found, as JSON: in full, or masked.

use serde_json::{Value, json};

use crate::domain::{DeviceName, Iccid, Imei, Phone, Time, mask_name, mask_tail};
use crate::judgement::facts::{AccountContact, BoundDevice, Notice, Sighting, SimFacts};
use crate::store::registry::lookup::RepairDetails;
use crate::store::registry::{AccountDetails, DeviceDetails, SaleDetails};

/// Whether personal data and identifiers are shown in full.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mask {
    pub reveal: bool,
}

impl Mask {
    pub(super) fn imei(self, imei: Imei) -> String {
        if self.reveal { imei.to_string() } else { imei.masked() }
    }

    /// What a caller is asked for, or what tells it: the day of a registration, of a sale, of a binding.
    fn asked<T>(self, value: T) -> Option<T> {
        self.reveal.then_some(value)
    }

    fn tail(self, text: &str) -> String {
        if self.reveal { text.to_owned() } else { mask_tail(text, 4) }
    }

    fn device(self, name: &DeviceName) -> String {
        if self.reveal { name.to_string() } else { name.masked() }
    }

    fn phone(self, phone: Phone) -> String {
        if self.reveal { phone.plain() } else { phone.masked() }
    }

    fn iccid(self, iccid: Iccid) -> String {
        if self.reveal { iccid.to_string() } else { iccid.masked() }
    }
}

/// `told`: brand and model may be read without revealing anything.
pub(super) fn device(d: &DeviceDetails, mask: Mask, told: bool) -> Value {
    let models = if d.device.models.is_empty() { &d.device.tac_models } else { &d.device.models };
    let bindings: Vec<Value> = d
        .device
        .bindings
        .iter()
        .map(|b| {
            json!({
                "account_id": mask.tail(&b.account_id),
                "bound_at": mask.asked(b.bound_at),
                "released_at": b.released_at,
                "lost_mode_since": b.lost_mode_since,
            })
        })
        .collect();
    json!({
        "known": d.known,
        "imeis": d.device.imeis.iter().map(|i| mask.imei(*i)).collect::<Vec<_>>(),
        "serial": d.device.serials.first().map(|s| mask.tail(s)),
        "brand": d.device.brand.as_ref().filter(|_| told || mask.reveal),
        "models": if told || mask.reveal { models } else { &[][..] },
        "model_masked": !(told || mask.reveal || models.is_empty()),
        "made_on": mask.asked(d.device.made_on),
        "regions": if mask.reveal { &d.regions[..] } else { &[] },
        "bindings": bindings,
        "notices": d.device.notices.iter().map(|n| notice(n, mask)).collect::<Vec<_>>(),
        "sightings": d.device.sightings.iter().map(|s| sighting(s, mask)).collect::<Vec<_>>(),
        "sales": d.sales.iter().map(|s| sale(s, mask)).collect::<Vec<_>>(),
        "repairs": d.repairs.iter().map(|r| repair(r, mask)).collect::<Vec<_>>(),
    })
}

fn notice(n: &Notice, mask: Mask) -> Value {
    json!({
        "on": mask.device(&n.on),
        "kind": n.kind,
        "status": n.status,
        "reported_at": n.reported_at,
        "cleared_at": n.cleared_at,
        "lapses_at": n.lapses_at,
        "source": n.source,
        "reference": n.reference,
    })
}

fn sighting(s: &Sighting, mask: Mask) -> Value {
    json!({
        "imei": mask.imei(s.imei),
        "msisdn": s.msisdn.map(|p| mask.phone(p)),
        "iccid": s.iccid.map(|i| mask.iccid(i)),
        "first_seen": mask.asked(s.first_seen),
        "last_seen": s.last_seen,
    })
}

fn repair(r: &RepairDetails, mask: Mask) -> Value {
    json!({
        "old": r.old.as_ref().map(|n| mask.device(n)),
        "new": r.new.as_ref().map(|n| mask.device(n)),
        "repaired_on": r.repaired_on,
        "carries": r.carries,
    })
}

pub(super) fn sale(s: &SaleDetails, mask: Mask) -> Value {
    json!({
        "retailer": s.retailer,
        "receipt_no": mask.tail(&s.receipt_no),
        "sold_on": mask.asked(s.sold_on),
        "device": s.names.as_ref().map(|n| mask.device(n)),
        "amount": mask.asked(&s.amount),
        "currency": mask.asked(&s.currency),
    })
}

pub(super) fn sim(facts: &SimFacts, changes: &[Time], mask: Mask) -> Value {
    json!({
        "msisdn": facts.number.map(|p| mask.phone(p)),
        "iccid": facts.iccid.map(|i| mask.iccid(i)),
        "last_change": facts.last_change,
        "changes": changes,
        "sightings": facts.sightings.iter().map(|s| sighting(s, mask)).collect::<Vec<_>>(),
    })
}

pub(super) fn account(found: &AccountDetails, mask: Mask) -> Value {
    let a = found.account.as_ref();
    json!({
        "account_id": mask.tail(&found.account_id),
        "state": a.map(|a| a.state),
        "name": a.and_then(|a| a.name.as_ref()).map(|n| if mask.reveal { n.clone() } else { mask_name(n) }),
        // What a caller is asked for is not read off a screen.
        "region": a.and_then(|a| a.region.clone()).filter(|_| mask.reveal),
        "registered_at": a.and_then(|a| a.registered_at).filter(|_| mask.reveal),
        "last_sign_in_at": a.and_then(|a| {
            a.last_sign_in_at.filter(|t| mask.reveal || Some(t.day()) != a.registered_at.map(Time::day))
        }),
        "contacts": a.map(|a| a.contacts.iter().map(|c| contact(c, a.registered_at, mask)).collect::<Vec<_>>()).unwrap_or_default(),
        "devices": a.map(|a| a.devices.iter().map(|d| bound(d, mask)).collect::<Vec<_>>()).unwrap_or_default(),
    })
}

fn contact(c: &AccountContact, registered: Option<Time>, mask: Mask) -> Value {
    // The first contacts are mostly verified on the day that a caller is asked for.
    let on_that_day = c.verified_at.map(Time::day) == registered.map(Time::day);
    json!({
        "kind": c.contact.kind(),
        "value": if mask.reveal { c.contact.plain() } else { c.contact.masked() },
        "verified": c.verified_at.is_some(),
        "verified_at": c.verified_at.filter(|_| mask.reveal || !on_that_day),
        "replaced_at": c.replaced_at,
        "sim_changed_at": c.sim_changed_at,
    })
}

fn bound(d: &BoundDevice, mask: Mask) -> Value {
    json!({
        "identifier": d.name.as_ref().map(|n| mask.device(n)),
        // Which other devices they have is asked of a caller too.
        "model": d.model.as_ref().filter(|_| mask.reveal),
        "bound_at": mask.asked(d.bound_at),
        "released_at": d.released_at,
    })
}
