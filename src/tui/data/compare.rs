//! The claim beside the registry, line by line.

use std::fmt::Write as _;

use crate::domain::{Email, Given, Imei, Item, NoticeStatus, Outcome, Time};
use crate::judgement::{Check, Judgement};

use crate::desk::check::Judged;
use crate::tui::terms::Term as _;
use crate::words::{Part, Phrase};

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

    /// The id of the word beside the glyph; empty where there is none.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Same => "ticket-mark-same",
            Self::Differs => "ticket-mark-differs",
            Self::Warns => "ticket-mark-look",
            Self::CannotTell => "ticket-mark-unknown",
            Self::NotGiven => "ticket-mark-missing",
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
    /// Its id.
    pub label: &'static str,
    pub claim: Phrase,
    pub registry: Phrase,
    pub mark: Mark,
    /// Why the claimed text means nothing.
    pub damage: Option<Phrase>,
}

fn heading(label: &'static str) -> Compared {
    Compared {
        heading: true,
        label,
        claim: Phrase::none(),
        registry: Phrase::none(),
        mark: Mark::None,
        damage: None,
    }
}

fn line(label: &'static str, claim: impl Into<Phrase>, registry: impl Into<Phrase>, mark: Mark) -> Compared {
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
    line.damage = given.and_then(Given::damage).map(Phrase::from);
    Some(line)
}

fn day(time: Option<Time>) -> String {
    time.map(|t| t.day().to_string()).unwrap_or_default()
}

/// A value that a caller is asked for: the mark says whether it fits, and only who reveals it reads it.
fn told(value: Option<String>, may: bool) -> Phrase {
    match value {
        Some(value) if may => value.into(),
        Some(_) => Phrase::of("ticket-masked"),
        None => Phrase::none(),
    }
}

/// The claim beside what it was compared with; `revealed` shows persons of the registry in full.
pub fn compare(judged: &Judged, revealed: bool) -> Vec<Compared> {
    let mut lines = Vec::new();
    device(judged, revealed, &mut lines);
    account(judged, revealed, &mut lines);
    receipt(judged, revealed, &mut lines);
    sim(judged, revealed, &mut lines);
    box_label(judged, &mut lines);
    lines
}

fn device(judged: &Judged, revealed: bool, lines: &mut Vec<Compared>) {
    let (claim, j) = (&judged.claim.device, &judged.judgement);
    let known = judged.facts.registry.device.as_ref();
    lines.push(heading("ticket-device"));
    let imei_at = |n: usize| known.and_then(|d| d.imeis.get(n)).map(ToString::to_string).unwrap_or_default();
    let has = |imei: &Imei| known.map(|d| d.imeis.contains(imei));
    lines.extend(given("ticket-imei", claim.imei.as_ref(), imei_at(0), has));
    lines.extend(given("ticket-imei-2", claim.imei2.as_ref(), imei_at(1), has));
    let serial = known.and_then(|d| d.serials.first().cloned()).unwrap_or_default();
    let has = |s: &crate::domain::Serial| known.map(|d| d.serials.iter().any(|known| known == s.as_str()));
    lines.extend(given("ticket-serial", claim.serial.as_ref(), serial, has));
    let model = known.map(|d| {
        let name = d.models.first().or_else(|| d.tac_models.first()).cloned().unwrap_or_default();
        match &d.brand {
            Some(brand) if !name.contains(brand.as_str()) => format!("{brand} {name}"),
            _ => name,
        }
    });
    let claimed = claim.model.clone().unwrap_or_default();
    let mark = if claimed.is_empty() { Mark::None } else { Mark::of(j, Check::DeviceModel) };
    let model = model.filter(|m| !m.is_empty());
    if !claimed.is_empty() || model.is_some() {
        let model = told(model, revealed || judged.tells_model());
        lines.push(line("ticket-model", claimed, model, mark));
    }
    for near in &judged.facts.registry.near {
        lines.push(line(
            "ticket-near",
            "",
            Phrase::of("ticket-near-is").with("near", near.to_string()),
            Mark::Warns,
        ));
    }
    let Some(device) = known else {
        lines.push(line("ticket-reg", "", Phrase::of("ticket-no-device"), Mark::CannotTell));
        return;
    };
    if let Some(made) = device.made_on.filter(|_| revealed) {
        lines.push(line("ticket-made", "", made.to_string(), Mark::None));
    }
    for notice in device.notices.iter().chain(&judged.facts.registry.stray_notices) {
        let mark = if notice.status == NoticeStatus::Cleared { Mark::None } else { Mark::Warns };
        let mut when = notice.reported_at.day().to_string();
        if let Some(source) = &notice.source {
            let _ = write!(when, ", {source}");
        }
        let text = Phrase::of("ticket-notice-is")
            .with("status", Part::Word(notice.status.id()))
            .with("kind", Part::Word(notice.kind.id()))
            .with("when", when);
        lines.push(line("ticket-notice", "", text, mark));
    }
}

fn account(judged: &Judged, revealed: bool, lines: &mut Vec<Compared>) {
    let (claim, j) = (&judged.claim, &judged.judgement);
    let facts = &judged.facts.registry;
    lines.push(heading("ticket-account"));
    let binding = facts.device.as_ref().and_then(|d| d.bindings.iter().rfind(|b| b.released_at.is_none()));
    if facts.device.is_some() {
        let text = binding.map_or_else(
            || Phrase::of("ticket-unbound"),
            |b| {
                let account = b.account_id.clone();
                let since = || Phrase::of("ticket-bound-since").with("day", b.bound_at.day().to_string());
                if revealed { since().with("account", account) } else { account.into() }
            },
        );
        let mark = if binding.is_some() { Mark::None } else { Mark::Warns };
        lines.push(line("ticket-bound-to", "", text, mark));
    }
    if let Some(since) = binding.and_then(|b| b.lost_mode_since) {
        lines.push(line(
            "ticket-lost-mode",
            "",
            Phrase::of("ticket-on-since").with("day", since.day().to_string()),
            Mark::Warns,
        ));
    }
    let known = facts.account.as_ref();
    let matched = Mark::of(j, Check::AccountMatch);
    let a = &claim.account;
    if let Some(id) = &a.id {
        let registry = known.map(|a| a.account_id.clone()).unwrap_or_default();
        lines.push(line("ticket-account", id.text.clone(), registry, matched));
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
    lines.extend(given("ticket-email", a.email.as_ref(), email, |e: &Email| {
        holds(crate::domain::Contact::Email(e.clone()))
    }));
    let phone = contacts(crate::domain::ContactKind::Phone);
    lines
        .extend(given("ticket-phone", a.phone.as_ref(), phone, |p| holds(crate::domain::Contact::Phone(*p))));
    let Some(account) = known else {
        if a.id.is_some() || a.email.is_some() || a.phone.is_some() {
            lines.push(line("ticket-reg", "", Phrase::of("ticket-no-account"), Mark::CannotTell));
        }
        return;
    };
    let name = account.name.clone().unwrap_or_default();
    let name = if revealed { name } else { crate::domain::mask_name(&name) };
    let claimed = claim.claimant.name.clone().unwrap_or_default();
    // Names prove nothing (JUDGEMENT.md §2): they stand beside each other without a mark.
    lines.push(line("ticket-name", claimed, name, Mark::None));
    let state = if account.state == crate::domain::AccountState::Active { Mark::None } else { Mark::Warns };
    lines.push(line("ticket-state", "", Phrase::of(account.state.id()), state));
    let on_that_day = account.last_sign_in_at.map(Time::day) == account.registered_at.map(Time::day);
    if account.last_sign_in_at.is_some() && (revealed || !on_that_day) {
        let idle = Mark::of(j, Check::AccountIdle);
        let mark = if idle == Mark::Differs { Mark::Warns } else { Mark::None };
        lines.push(line("ticket-signed-in", "", day(account.last_sign_in_at), mark));
    }
}

fn receipt(judged: &Judged, revealed: bool, lines: &mut Vec<Compared>) {
    let Some((_, receipt)) = judged.claim.receipt() else { return };
    let j = &judged.judgement;
    lines.push(heading("ticket-receipt"));
    let facts = judged.facts.registry.receipt.as_ref();
    let feed = match facts {
        Some(f) if f.feed => Phrase::of("ticket-feed"),
        _ => Phrase::of("ticket-no-feed"),
    };
    let retailer = receipt.retailer.as_ref().map(|g| g.text.clone()).unwrap_or_default();
    let mark = if facts.is_some_and(|f| f.feed) { Mark::Same } else { Mark::CannotTell };
    lines.push(line("ticket-retailer", retailer, feed, mark));
    let sales = facts.map(|f| f.sales.as_slice()).unwrap_or_default();
    let number = receipt.number.as_ref().map(|g| g.text.clone()).unwrap_or_default();
    let found = match sales.len() {
        0 => Phrase::of("ticket-not-in-feed"),
        1 => Phrase::of("ticket-in-feed"),
        n => Phrase::of("ticket-in-feed-rows").with("n", n),
    };
    let mut row = line("ticket-number", number, found, Mark::of(j, Check::ReceiptKnown));
    row.damage = receipt.number.as_ref().and_then(Given::damage).map(Phrase::from);
    lines.push(row);
    let date = receipt.date.as_ref().map(|g| g.text.clone()).unwrap_or_default();
    let sold = told(sales.first().map(|s| s.sold_on.to_string()), revealed);
    let mut row = line("ticket-date", date, sold, Mark::of(j, Check::ReceiptDate));
    row.damage = receipt.date.as_ref().and_then(Given::damage).map(Phrase::from);
    lines.push(row);
    let named = receipt.imei.as_ref().map(|g| g.text.clone());
    let named = named.or_else(|| receipt.serial.as_ref().map(|g| g.text.clone())).unwrap_or_default();
    let ours = judged.facts.registry.device.as_ref().map(|d| d.id);
    let sold = sales
        .iter()
        .find(|s| ours.is_some() && s.device == ours)
        .or_else(|| sales.first())
        .map(|s| super::rows::sold(s, ours, revealed))
        .unwrap_or_default();
    if !named.is_empty() || !sold.is_empty() {
        lines.push(line("ticket-sold", named, sold, Mark::of(j, Check::ReceiptDevice)));
    }
}

fn sim(judged: &Judged, revealed: bool, lines: &mut Vec<Compared>) {
    let Some((item, sim)) = judged.claim.sim() else { return };
    let (j, facts) = (&judged.judgement, &judged.facts.registry);
    lines.push(heading("ticket-sim"));
    let known = facts.sims.iter().find(|s| s.evidence == item.id);
    let seen: Vec<_> = facts
        .device
        .iter()
        .flat_map(|d| &d.sightings)
        .filter(|s| known.is_some_and(|k| k.number.is_some() && s.msisdn == k.number))
        .collect();
    let span = seen.iter().map(|s| s.last_seen).max().map_or_else(
        || Phrase::of("ticket-not-seen"),
        |last| Phrase::of("ticket-seen").with("to", last.to_string()),
    );
    let text = sim.msisdn.as_ref().map(|g| g.text.clone()).unwrap_or_default();
    let mut row = line("ticket-number", text, span, Mark::of(j, Check::SimSeen));
    row.damage = sim.msisdn.as_ref().and_then(Given::damage).map(Phrase::from);
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
        let mut row = line("ticket-iccid", text, registry, mark);
        row.damage = sim.iccid.as_ref().and_then(Given::damage).map(Phrase::from);
        lines.push(row);
    }
    let change = known.and_then(|k| k.last_change);
    let text = change.map_or_else(
        || Phrase::of("ticket-no-change"),
        |t| Phrase::of("ticket-changed").with("day", t.day().to_string()),
    );
    let mark = match Mark::of(j, Check::SimAge) {
        Mark::Differs => Mark::Warns,
        _ => Mark::None,
    };
    lines.push(line("ticket-change", "", text, mark));
}

fn box_label(judged: &Judged, lines: &mut Vec<Compared>) {
    let items: Vec<_> = judged.claim.standing().filter(|e| matches!(e.item, Item::Box(_))).collect();
    if items.is_empty() {
        return;
    }
    lines.push(heading("ticket-box"));
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
        lines.push(line("ticket-number", text, registry, mark));
        let picture = e
            .attachment
            .as_ref()
            .map_or_else(|| Phrase::of("ticket-no-picture"), |a| Phrase::from(a.name.clone()));
        let mark = if e.attachment.is_some() { Mark::None } else { Mark::NotGiven };
        lines.push(line("ticket-picture", picture, "", mark));
    }
}
