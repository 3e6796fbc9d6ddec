//! The claim beside the registry, line by line.

use std::fmt::Write as _;

use crate::domain::{Email, Given, Imei, Item, NoticeStatus, Outcome, Time};
use crate::judgement::{Check, Judgement};

use crate::desk::check::Judged;

/// What comparing a line came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Same,
    Differs,
    /// Something on the registry's side speaks against the claim.
    Warns,
    /// The registry cannot tell.
    CannotTell,
    /// The claimant did not say.
    NotGiven,
    /// Nothing to compare.
    None,
}

impl Mark {
    pub const fn glyph(self) -> &'static str {
        match self {
            Self::Same => "✓",
            Self::Differs => "≠",
            Self::Warns => "!",
            Self::CannotTell => "?",
            Self::NotGiven => "○",
            Self::None => " ",
        }
    }

    /// The word beside the glyph.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Differs => "differs",
            Self::Warns => "look",
            Self::CannotTell => "unknown",
            Self::NotGiven => "missing",
            Self::None => "",
        }
    }

    fn of(judgement: &Judgement, check: Check) -> Self {
        match judgement.finding(check).map(|f| f.outcome) {
            Some(Outcome::Pass) => Self::Same,
            Some(Outcome::Fail) => Self::Differs,
            Some(Outcome::Unknown) => Self::CannotTell,
            Some(Outcome::Missing) => Self::NotGiven,
            Some(Outcome::Skip) | None => Self::None,
        }
    }
}

/// One line of the comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// A heading stands alone.
    pub heading: bool,
    pub label: &'static str,
    pub claim: String,
    pub registry: String,
    pub mark: Mark,
    /// Why the claimed text means nothing.
    pub damage: Option<String>,
}

fn heading(label: &'static str) -> Compared {
    Compared {
        heading: true,
        label,
        claim: String::new(),
        registry: String::new(),
        mark: Mark::None,
        damage: None,
    }
}

fn line(label: &'static str, claim: impl Into<String>, registry: impl Into<String>, mark: Mark) -> Compared {
    Compared { heading: false, label, claim: claim.into(), registry: registry.into(), mark, damage: None }
}

/// A given text, its damage, and whether `same` holds for its meaning.
fn given<T>(
    label: &'static str,
    given: Option<&Given<T>>,
    registry: String,
    same: impl FnOnce(&T) -> Option<bool>,
) -> Option<Compared> {
    let text = given.map(|g| g.text.clone()).unwrap_or_default();
    if text.is_empty() && registry.is_empty() {
        return None;
    }
    let mark = match given {
        None => Mark::None,
        Some(g) => match g.good().map(same) {
            Some(Some(true)) => Mark::Same,
            None | Some(Some(false)) => Mark::Differs,
            Some(None) => Mark::CannotTell,
        },
    };
    let mut line = line(label, text, registry, mark);
    line.damage = given.and_then(|g| g.damage()).map(str::to_owned);
    Some(line)
}

fn day(time: Option<Time>) -> String {
    time.map(|t| t.day().to_string()).unwrap_or_default()
}

/// The claim beside what it was compared with; `revealed` shows persons of the registry in full.
pub fn compare(judged: &Judged, revealed: bool) -> Vec<Compared> {
    let mut lines = Vec::new();
    device(judged, &mut lines);
    account(judged, revealed, &mut lines);
    receipt(judged, &mut lines);
    sim(judged, revealed, &mut lines);
    box_label(judged, &mut lines);
    lines
}

fn device(judged: &Judged, lines: &mut Vec<Compared>) {
    let (claim, j) = (&judged.claim.device, &judged.judgement);
    let known = judged.facts.registry.device.as_ref();
    lines.push(heading("Device"));
    let imei_at = |n: usize| known.and_then(|d| d.imeis.get(n)).map(ToString::to_string).unwrap_or_default();
    let has = |imei: &Imei| known.map(|d| d.imeis.contains(imei));
    lines.extend(given("IMEI", claim.imei.as_ref(), imei_at(0), has));
    lines.extend(given("IMEI 2", claim.imei2.as_ref(), imei_at(1), has));
    let serial = known.and_then(|d| d.serials.first().cloned()).unwrap_or_default();
    let has = |s: &crate::domain::Serial| known.map(|d| d.serials.iter().any(|known| known == s.as_str()));
    lines.extend(given("Serial", claim.serial.as_ref(), serial, has));
    let model = known.map(|d| {
        let name = d.models.first().or_else(|| d.tac_models.first()).cloned().unwrap_or_default();
        match &d.brand {
            Some(brand) if !name.contains(brand.as_str()) => format!("{brand} {name}"),
            _ => name,
        }
    });
    let claimed = claim.model.clone().unwrap_or_default();
    let mark = if claimed.is_empty() { Mark::None } else { Mark::of(j, Check::DeviceModel) };
    if !claimed.is_empty() || model.as_ref().is_some_and(|m| !m.is_empty()) {
        lines.push(line("Model", claimed, model.unwrap_or_default(), mark));
    }
    for near in &judged.facts.registry.near {
        lines.push(line("Near miss", "", format!("{near} is in the registry"), Mark::Warns));
    }
    let Some(device) = known else {
        lines.push(line("Registry", "", "no such device", Mark::CannotTell));
        return;
    };
    if let Some(made) = device.made_on {
        lines.push(line("Made", "", made.to_string(), Mark::None));
    }
    for notice in device.notices.iter().chain(&judged.facts.registry.stray_notices) {
        let mark = if notice.status == NoticeStatus::Cleared { Mark::None } else { Mark::Warns };
        let mut text = format!("{} {}, {}", notice.status, notice.kind, notice.reported_at.day());
        if let Some(source) = &notice.source {
            let _ = write!(text, ", {source}");
        }
        lines.push(line("Notice", "", text, mark));
    }
}

fn account(judged: &Judged, revealed: bool, lines: &mut Vec<Compared>) {
    let (claim, j) = (&judged.claim, &judged.judgement);
    let facts = &judged.facts.registry;
    lines.push(heading("Account"));
    let binding = facts.device.as_ref().and_then(|d| d.bindings.iter().rfind(|b| b.released_at.is_none()));
    if facts.device.is_some() {
        let text = binding.map_or_else(
            || "bound to no account".to_owned(),
            |b| format!("{} since {}", b.account_id, b.bound_at.day()),
        );
        let mark = if binding.is_some() { Mark::None } else { Mark::Warns };
        lines.push(line("Bound to", "", text, mark));
    }
    if let Some(since) = binding.and_then(|b| b.lost_mode_since) {
        lines.push(line("Lost mode", "", format!("on since {}", since.day()), Mark::Warns));
    }
    let known = facts.account.as_ref();
    let matched = Mark::of(j, Check::AccountMatch);
    let a = &claim.account;
    if let Some(id) = &a.id {
        let registry = known.map(|a| a.account_id.clone()).unwrap_or_default();
        lines.push(line("Account", id.text.clone(), registry, matched));
    }
    let contacts = |kind: crate::domain::ContactKind| -> String {
        let current = known.into_iter().flat_map(|a| &a.contacts);
        let texts: Vec<String> = current
            .filter(|c| c.contact.kind() == kind && c.replaced_at.is_none())
            .map(|c| if revealed { c.contact.plain() } else { c.contact.masked() })
            .collect();
        texts.join(", ")
    };
    let holds =
        |contact: crate::domain::Contact| known.map(|a| a.contacts.iter().any(|c| c.contact == contact));
    let email = contacts(crate::domain::ContactKind::Email);
    lines.extend(given("E-mail", a.email.as_ref(), email, |e: &Email| {
        holds(crate::domain::Contact::Email(e.clone()))
    }));
    let phone = contacts(crate::domain::ContactKind::Phone);
    lines.extend(given("Phone", a.phone.as_ref(), phone, |p| holds(crate::domain::Contact::Phone(*p))));
    let Some(account) = known else {
        if a.id.is_some() || a.email.is_some() || a.phone.is_some() {
            lines.push(line("Registry", "", "no such account", Mark::CannotTell));
        }
        return;
    };
    let name = account.name.clone().unwrap_or_default();
    let name = if revealed { name } else { crate::domain::mask_name(&name) };
    let claimed = claim.claimant.name.clone().unwrap_or_default();
    // Names prove nothing (JUDGEMENT.md §2): they stand beside each other without a mark.
    lines.push(line("Name", claimed, name, Mark::None));
    let state = if account.state == crate::domain::AccountState::Active { Mark::None } else { Mark::Warns };
    lines.push(line("State", "", account.state.to_string(), state));
    if account.last_sign_in_at.is_some() {
        let idle = Mark::of(j, Check::AccountIdle);
        let mark = if idle == Mark::Differs { Mark::Warns } else { Mark::None };
        lines.push(line("Signed in", "", day(account.last_sign_in_at), mark));
    }
}

fn receipt(judged: &Judged, lines: &mut Vec<Compared>) {
    let Some((_, receipt)) = judged.claim.receipt() else { return };
    let j = &judged.judgement;
    lines.push(heading("Receipt"));
    let facts = judged.facts.registry.receipt.as_ref();
    let feed = match facts {
        Some(f) if f.feed => "has a feed",
        _ => "sends no feed",
    };
    let retailer = receipt.retailer.as_ref().map(|g| g.text.clone()).unwrap_or_default();
    let mark = if facts.is_some_and(|f| f.feed) { Mark::Same } else { Mark::CannotTell };
    lines.push(line("Retailer", retailer, feed, mark));
    let sales = facts.map(|f| f.sales.as_slice()).unwrap_or_default();
    let number = receipt.number.as_ref().map(|g| g.text.clone()).unwrap_or_default();
    let found = match sales.len() {
        0 => "not in the feed".to_owned(),
        1 => "in the feed".to_owned(),
        n => format!("in the feed, {n} rows"),
    };
    let mut row = line("Number", number, found, Mark::of(j, Check::ReceiptKnown));
    row.damage = receipt.number.as_ref().and_then(|g| g.damage()).map(str::to_owned);
    lines.push(row);
    let date = receipt.date.as_ref().map(|g| g.text.clone()).unwrap_or_default();
    let sold = sales.first().map(|s| s.sold_on.to_string()).unwrap_or_default();
    let mut row = line("Date", date, sold, Mark::of(j, Check::ReceiptDate));
    row.damage = receipt.date.as_ref().and_then(|g| g.damage()).map(str::to_owned);
    lines.push(row);
    let named = receipt.imei.as_ref().map(|g| g.text.clone());
    let named = named.or_else(|| receipt.serial.as_ref().map(|g| g.text.clone())).unwrap_or_default();
    let ours = judged.facts.registry.device.as_ref().map(|d| d.id);
    let sold = sales
        .iter()
        .find(|s| ours.is_some() && s.device == ours)
        .or_else(|| sales.first())
        .and_then(|s| s.names.as_ref())
        .map(ToString::to_string)
        .unwrap_or_default();
    if !named.is_empty() || !sold.is_empty() {
        lines.push(line("Sold", named, sold, Mark::of(j, Check::ReceiptDevice)));
    }
}

fn sim(judged: &Judged, revealed: bool, lines: &mut Vec<Compared>) {
    let Some((item, sim)) = judged.claim.sim() else { return };
    let (j, facts) = (&judged.judgement, &judged.facts.registry);
    lines.push(heading("SIM"));
    let known = facts.sims.iter().find(|s| s.evidence == item.id);
    let seen: Vec<_> = facts
        .device
        .iter()
        .flat_map(|d| &d.sightings)
        .filter(|s| known.is_some_and(|k| k.number.is_some() && s.msisdn == k.number))
        .collect();
    let span = seen
        .iter()
        .map(|s| s.first_seen)
        .min()
        .zip(seen.iter().map(|s| s.last_seen).max())
        .map_or_else(|| "not seen in this device".to_owned(), |(a, b)| format!("seen in it {a} to {b}"));
    let text = sim.msisdn.as_ref().map(|g| g.text.clone()).unwrap_or_default();
    let mut row = line("Number", text, span, Mark::of(j, Check::SimSeen));
    row.damage = sim.msisdn.as_ref().and_then(|g| g.damage()).map(str::to_owned);
    lines.push(row);
    let iccid = known.and_then(|k| k.iccid);
    let text = sim.iccid.as_ref().map(|g| g.text.clone()).unwrap_or_default();
    let registry = iccid.map(|i| if revealed { i.to_string() } else { i.masked() }).unwrap_or_default();
    let mark = match sim.iccid.as_ref().map(|g| g.good()) {
        None => Mark::None,
        Some(good) if good.is_some() && good == iccid.as_ref() => Mark::Same,
        Some(_) if iccid.is_none() => Mark::CannotTell,
        Some(_) => Mark::Differs,
    };
    if !text.is_empty() || !registry.is_empty() {
        let mut row = line("ICCID", text, registry, mark);
        row.damage = sim.iccid.as_ref().and_then(|g| g.damage()).map(str::to_owned);
        lines.push(row);
    }
    let change = known.and_then(|k| k.last_change);
    let text = change.map_or_else(|| "no change recorded".to_owned(), |t| format!("changed {}", t.day()));
    let mark = match Mark::of(j, Check::SimAge) {
        Mark::Differs => Mark::Warns,
        _ => Mark::None,
    };
    lines.push(line("Change", "", text, mark));
}

fn box_label(judged: &Judged, lines: &mut Vec<Compared>) {
    let items: Vec<_> = judged.claim.standing().filter(|e| matches!(e.item, Item::Box(_))).collect();
    if items.is_empty() {
        return;
    }
    lines.push(heading("Box"));
    let ours = judged.facts.registry.device.as_ref();
    for e in items {
        let Item::Box(label) = &e.item else { continue };
        let text = label.imei.as_ref().map(|g| g.text.clone());
        let text = text.or_else(|| label.serial.as_ref().map(|g| g.text.clone())).unwrap_or_default();
        let registry = ours
            .map(|d| {
                d.imeis
                    .first()
                    .map_or_else(|| d.serials.first().cloned().unwrap_or_default(), ToString::to_string)
            })
            .unwrap_or_default();
        let mark = Mark::of(&judged.judgement, Check::BoxMatch);
        lines.push(line("Number", text, registry, mark));
        let picture = e.attachment.as_ref().map_or_else(|| "no picture".to_owned(), |a| a.name.clone());
        let mark = if e.attachment.is_some() { Mark::None } else { Mark::NotGiven };
        lines.push(line("Picture", picture, "", mark));
    }
}
