//! Everything the lists say about one claim, by point look-ups in one snapshot.

use super::names;
use super::reader::RegistryReader;
use super::resolve::{Component, Folded, Node, Resolved};
use super::seals::Strand;
use crate::domain::{
    Claim, Day, DeviceKey, DeviceName, Iccid, Imei, Imsi, NoticeKind, NoticeStatus, Phone, ReceiptNo, Time,
    good, near_misses,
};
use crate::judgement::facts::{Binding, Device, Lead, Notice, ReceiptFacts, RegistryFacts, Sale, Sighting};
use crate::judgement::{Contacts, Wants};
use crate::store::{Statements, StoreError};
use rusqlite::Row;

/// Sightings of one device or number that are gathered, the newest.
const MOST_SIGHTINGS: i64 = 10_000;

pub(super) const BINDINGS: &str = "SELECT account, bound_at, released_at, lost_mode_since FROM binding \
    WHERE device = $1 ORDER BY bound_at, account";
pub(super) const SIGHTINGS: &str = "SELECT key, iccid, imsi, msisdn, first_seen, last_seen, device FROM sighting \
    WHERE device = $1 ORDER BY first_seen DESC LIMIT $2";
pub(super) const NOTICES: &str = "SELECT key, kind, reference, status, reported_at, source, cleared_at \
    FROM notice WHERE device = $1";
pub(super) const SALES: &str = "SELECT key, sold_on, retailer, receipt_text FROM sale WHERE receipt = $1";
pub(super) const IS_DEVICE: &str = "SELECT 1 FROM device WHERE id = $1";

/// What the desk itself has done, laid over the lists.
pub trait Overlay {
    /// When this desk released a binding.
    fn released(&mut self, record: i64, account: i64, bound_at: Time) -> Result<Option<Time>, StoreError>;
    /// Notices made at this desk on an identifier.
    fn notices(&mut self, key: DeviceKey) -> Result<Vec<Notice>, StoreError>;
}

/// The lists alone.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoOverlay;

impl Overlay for NoOverlay {
    fn released(&mut self, _record: i64, _account: i64, _bound_at: Time) -> Result<Option<Time>, StoreError> {
        Ok(None)
    }

    fn notices(&mut self, _key: DeviceKey) -> Result<Vec<Notice>, StoreError> {
        Ok(Vec::new())
    }
}

impl RegistryReader<'_> {
    /// Everything the lists say about a claim, with the desk's own acts laid over.
    pub fn gather(&mut self, claim: &Claim, overlay: &mut dyn Overlay) -> Result<RegistryFacts, StoreError> {
        self.gather_wanted(claim, Wants::ALL, overlay)
    }

    /// What the lists say about a claim, as far as it is wanted.
    pub fn gather_wanted(
        &mut self,
        claim: &Claim,
        wants: Wants,
        overlay: &mut dyn Overlay,
    ) -> Result<RegistryFacts, StoreError> {
        let mut resolved = Resolved::default();
        let mut leads = Vec::new();
        let mut first = None;
        for identifier in claim.identifiers() {
            let key = identifier.name.key().0;
            let device = resolved.device(self, key)?;
            if first.is_none() && device.is_some() {
                first = Some(key);
            }
            leads.push(Lead { identifier, device });
        }
        let (mut device, mut stray_notices) = (None, Vec::new());
        if let Some(key) = first {
            let component = resolved.of(self, key)?;
            device = Some(self.device(&component, &mut resolved, wants, overlay)?);
        } else {
            stray_notices = self.stray_notices(&leads, &mut resolved, overlay)?;
        }
        let claimed = self.claimed(&claim.account, &mut resolved)?;
        let bound = device.as_ref().and_then(current).map(|b| b.account);
        let asked = claimed.as_ref().and_then(|c| c.account);
        let no = match &claimed {
            _ if claim.request.means_bound_account() => bound.or(asked),
            Some(_) => asked,
            None => bound,
        };
        let account = match no {
            Some(no) => {
                let enough = match wants.contacts {
                    Contacts::OwnBy(now) => resolved.own_contact(no, &claim.claimant, now),
                    Contacts::All => Vec::new(),
                };
                self.account(no, enough, &mut resolved, wants, overlay)?
            }
            None => None,
        };
        let receipt = self.receipt(claim, &mut resolved)?;
        let sims = self.sims(claim)?;
        Ok(RegistryFacts {
            leads,
            near: self.near(claim)?,
            device,
            stray_notices,
            claimed,
            account,
            receipt,
            sims,
        })
    }

    /// Devices that a damaged claimed IMEI may have meant.
    fn near(&self, claim: &Claim) -> Result<Vec<Imei>, StoreError> {
        let mut near = Vec::new();
        let given = [claim.device.imei.as_ref(), claim.device.imei2.as_ref()];
        for text in given.into_iter().flatten().filter(|g| g.value.is_err()).map(|g| &g.text) {
            for imei in near_misses(text) {
                let key = DeviceKey::from(imei).0;
                let known = self.statement(IS_DEVICE)?.exists([key])? || self.alias(key)?.is_some();
                if known && !near.contains(&imei) {
                    near.push(imei);
                }
            }
        }
        Ok(near)
    }

    /// One device, over all its records.
    pub(super) fn device(
        &mut self,
        component: &Component,
        resolved: &mut Resolved,
        wants: Wants,
        overlay: &mut dyn Overlay,
    ) -> Result<Device, StoreError> {
        let mut device = Device { id: component.id(), ..Device::default() };
        for node in &component.nodes {
            for imei in node.imeis() {
                push_new(&mut device.imeis, imei);
            }
            if let Some(record) = &node.record {
                if let Some(serial) = &record.serial {
                    push_new(&mut device.serials, serial.clone());
                }
                if let Some(model) = self.text(record.model.filter(|_| wants.models))? {
                    push_new(&mut device.models, model);
                }
                device.made_on = earlier(device.made_on, record.made_on.map(Day));
            }
            self.bindings(node, resolved, overlay, &mut device.bindings)?;
            match node.record.as_ref().map_or(&Folded::Listed, |r| &r.sightings) {
                Folded::None => {}
                Folded::One(sighting) => device.sightings.push(sighting.clone()),
                Folded::Listed => device.sightings.extend(self.sightings_by(SIGHTINGS, node.key)?),
            }
        }
        for imei in device.imeis.clone() {
            if let Some(tac) = self.tac(imei.into())? {
                device.allocated_on = earlier(device.allocated_on, tac.allocated_on);
                if let Some(model) = tac.model.as_deref().filter(|_| wants.models) {
                    push_new(&mut device.tac_models, model.to_owned());
                }
                let brand = tac.brand.as_deref().filter(|_| wants.models);
                device.brand = device.brand.or_else(|| brand.map(str::to_owned));
            }
        }
        device.bindings.sort_by_key(|b| (b.bound_at, b.account, b.record));
        device.sightings.sort_by_key(|s| (s.first_seen, s.last_seen, s.imei));
        device.notices = self.notices(component, overlay)?;
        Ok(device)
    }

    fn bindings(
        &self,
        node: &Node,
        resolved: &mut Resolved,
        overlay: &mut dyn Overlay,
        into: &mut Vec<Binding>,
    ) -> Result<(), StoreError> {
        let mut binding = |account, bound_at, released_at: Option<i64>, lost_mode_since: Option<i64>| {
            let bound_at = Time(bound_at);
            let ours = overlay.released(node.key, account, bound_at)?;
            let head = resolved.account(self, account)?.ok_or(StoreError::Nonsense { what: "account" })?;
            into.push(Binding {
                account,
                account_id: head.account_id.clone(),
                record: node.key,
                bound_at,
                released_at: earlier(released_at.map(Time), ours),
                lost_mode_since: lost_mode_since.map(Time),
            });
            Ok(())
        };
        match node.record.as_ref().map_or(&Folded::Listed, |r| &r.bindings) {
            Folded::None => return Ok(()),
            Folded::One(b) => return binding(b.account, b.bound_at, None, b.lost_mode_since),
            Folded::Listed => {}
        }
        let mut statement = self.statement(BINDINGS)?;
        let mut rows = statement.query([node.key])?;
        while let Some(row) = rows.next()? {
            binding(row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)?;
        }
        Ok(())
    }

    /// Sightings by a statement with one key and a limit, oldest first.
    pub(super) fn sightings_by(&self, sql: &'static str, key: i64) -> Result<Vec<Sighting>, StoreError> {
        let mut statement = self.statement(sql)?;
        let mut rows = statement.query([key, MOST_SIGHTINGS])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            self.note(Strand::Sighting, row.get(6)?);
            found.push(sighting(row)?);
        }
        found.reverse();
        Ok(found)
    }

    /// Notices on any identifier of the device, and those that repairs carry to it.
    fn notices(
        &mut self,
        component: &Component,
        overlay: &mut dyn Overlay,
    ) -> Result<Vec<Notice>, StoreError> {
        let ancestors = if component.edges.is_empty() { Vec::new() } else { self.ancestors(component)? };
        let mut found = Vec::new();
        for node in component.nodes.iter().chain(&ancestors) {
            if self.may_be_noticed(node.key) {
                self.listed_notices(node.key, &mut found)?;
            }
            for key in node.keys() {
                found.extend(overlay.notices(DeviceKey(key))?);
            }
        }
        found.sort_by_key(|n| n.reported_at);
        Ok(found)
    }

    fn listed_notices(&mut self, node: i64, into: &mut Vec<Notice>) -> Result<(), StoreError> {
        let mut found: Vec<(Notice, Option<i64>)> = Vec::new();
        {
            let mut statement = self.statement(NOTICES)?;
            let mut rows = statement.query([node])?;
            while let Some(row) = rows.next()? {
                self.note_name(row.get(0)?);
                found.push((notice(self.statements(), row)?, row.get(5)?));
            }
        }
        for (notice, source) in found {
            into.push(Notice { source: self.text(source)?, ..notice });
        }
        Ok(())
    }

    /// Where no record is known: notices on whatever was claimed.
    fn stray_notices(
        &mut self,
        leads: &[Lead],
        resolved: &mut Resolved,
        overlay: &mut dyn Overlay,
    ) -> Result<Vec<Notice>, StoreError> {
        let mut found = Vec::new();
        let mut done: Vec<i64> = Vec::new();
        for lead in leads {
            let component = resolved.of(self, lead.identifier.name.key().0)?;
            if !done.contains(&component.id()) {
                done.push(component.id());
                found.extend(self.notices(&component, overlay)?);
            }
        }
        // Two identifiers may have one ancestor.
        let mut once: Vec<Notice> = Vec::new();
        for notice in found {
            push_new(&mut once, notice);
        }
        Ok(once)
    }

    fn receipt(
        &mut self,
        claim: &Claim,
        resolved: &mut Resolved,
    ) -> Result<Option<ReceiptFacts>, StoreError> {
        let Some((_, receipt)) = claim.receipt() else { return Ok(None) };
        let Some(retailer) = good(receipt.retailer.as_ref()) else {
            return Ok(Some(ReceiptFacts::default()));
        };
        let shop = self.retailer(retailer.as_str())?;
        let mut facts = ReceiptFacts { feed: shop.is_some(), sales: Vec::new() };
        let (Some(shop), Some(number)) = (shop, good(receipt.number.as_ref())) else {
            return Ok(Some(facts));
        };
        for (key, sold_on) in self.sales_of(crate::domain::fold_key(retailer, number), shop, number)? {
            let (names, device) = self.sold_device(key, resolved)?;
            facts.sales.push(Sale { sold_on, names, device });
        }
        Ok(Some(facts))
    }

    /// The sale rows of a receipt: device keys (0: none) and days.
    pub(super) fn sales_of(
        &self,
        receipt: i64,
        shop: i64,
        number: &ReceiptNo,
    ) -> Result<Vec<(i64, Day)>, StoreError> {
        self.note(Strand::Sale, receipt);
        let mut statement = self.statement(SALES)?;
        let mut rows = statement.query([receipt])?;
        let mut sales = Vec::new();
        while let Some(row) = rows.next()? {
            // Two receipts may share a fold key by chance: the texts decide.
            let text: String = row.get(3)?;
            if row.get::<_, i64>(2)? == shop && ReceiptNo::parse(&text).ok().as_ref() == Some(number) {
                sales.push((row.get(0)?, Day(row.get(1)?)));
            }
        }
        Ok(sales)
    }

    fn sold_device(
        &self,
        key: i64,
        resolved: &mut Resolved,
    ) -> Result<(Option<DeviceName>, Option<i64>), StoreError> {
        if key == 0 {
            return Ok((None, None));
        }
        self.note_name(key);
        Ok((names::name_of(self.statements(), key)?, resolved.device(self, key)?))
    }
}

/// The binding that stands: the latest one not released. Bindings are in order.
pub(super) fn current(device: &Device) -> Option<&Binding> {
    device.bindings.iter().rev().find(|b| b.released_at.is_none())
}

/// Reads the columns key, iccid, imsi, msisdn, `first_seen`, `last_seen`.
fn sighting(row: &Row<'_>) -> Result<Sighting, StoreError> {
    let number = |at| row.get::<_, i64>(at).map(|n| u64::try_from(n).unwrap_or(0));
    Ok(Sighting {
        imei: DeviceKey(row.get(0)?).imei().ok_or(StoreError::Nonsense { what: "IMEI" })?,
        iccid: Iccid::from_packed(number(1)?).filter(|_| number(1).is_ok_and(|n| n > 0)),
        imsi: Imsi::from_packed(number(2)?),
        msisdn: Phone::from_digits(number(3)?),
        first_seen: Day(row.get(4)?),
        last_seen: Day(row.get(5)?),
    })
}

/// Reads a row of [`NOTICES`], without its source.
fn notice(statements: &Statements<'_>, row: &Row<'_>) -> Result<Notice, StoreError> {
    let reference: String = row.get(2)?;
    Ok(Notice {
        on: names::name_of(statements, row.get(0)?)?.ok_or(StoreError::Nonsense { what: "device name" })?,
        kind: word::<NoticeKind>(row, 1, "kind of notice")?,
        status: word::<NoticeStatus>(row, 3, "status of a notice")?,
        reported_at: Time(row.get(4)?),
        cleared_at: row.get::<_, Option<i64>>(6)?.map(Time),
        lapses_at: None,
        source: None,
        reference: (!reference.is_empty()).then_some(reference),
    })
}

/// Reads a word of a fixed vocabulary.
pub(super) fn word<T: std::str::FromStr>(
    row: &Row<'_>,
    at: usize,
    what: &'static str,
) -> Result<T, StoreError> {
    row.get_ref(at)?.as_str().ok().and_then(|w| w.parse().ok()).ok_or(StoreError::Nonsense { what })
}

fn push_new<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

/// The earlier of two moments, where either is known.
fn earlier<T: Ord>(a: Option<T>, b: Option<T>) -> Option<T> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
