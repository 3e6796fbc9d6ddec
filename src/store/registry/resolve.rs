//! From an identifier to its record, and from a record to the device: the records that carrying repairs join.

use super::accounts::Head;
use super::names;
use super::reader::RegistryReader;
use super::repairs::{Edge, MOST_NODES};
use crate::domain::{Claimant, Contact, Day, DeviceKey, Iccid, Imei, Imsi, Phone, Time, good};
use crate::judgement::facts::{AccountContact, AccountNo, DeviceId, Sighting};
use crate::store::StoreError;
use rusqlite::{OptionalExtension, Row};
use std::rc::Rc;

pub(super) const RECORD: &str = "SELECT serial, model, made_on, region, imei2, imei3, imei4, imei5, bindings, \
    sightings, account, bound_at, lost_mode_since, last_iccid, last_imsi, last_msisdn, last_first_seen, last_seen \
    FROM device WHERE id = $1";

/// One row of `device`.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) serial: Option<String>,
    pub(super) model: Option<i64>,
    pub(super) made_on: Option<i32>,
    pub(super) region: Option<i64>,
    more: [Option<i64>; 4],
    pub(super) bindings: Folded<Standing>,
    pub(super) sightings: Folded<Sighting>,
}

/// Rows of another table about a record, as far as the record's own row tells them.
#[derive(Clone, Debug)]
pub(super) enum Folded<T> {
    None,
    One(T),
    /// They stand in their table.
    Listed,
}

/// A binding that stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Standing {
    pub(super) account: i64,
    pub(super) bound_at: i64,
    pub(super) lost_mode_since: Option<i64>,
}

/// The bindings folded into a row of [`RECORD`].
fn bindings(row: &Row<'_>) -> rusqlite::Result<Folded<Standing>> {
    Ok(match (row.get(8)?, row.get(10)?) {
        (0_i64, _) => Folded::None,
        (1, Some(account)) => {
            Folded::One(Standing { account, bound_at: row.get(11)?, lost_mode_since: row.get(12)? })
        }
        // Several, or one that was released.
        _ => Folded::Listed,
    })
}

/// The sightings folded into a row of [`RECORD`].
fn sightings(row: &Row<'_>, id: i64) -> rusqlite::Result<Folded<Sighting>> {
    let number =
        |at| row.get::<_, Option<i64>>(at).map(|n| n.and_then(|n| u64::try_from(n).ok()).unwrap_or(0));
    Ok(match (row.get(9)?, DeviceKey(id).imei()) {
        (0_i64, _) => Folded::None,
        (1, Some(imei)) => Folded::One(Sighting {
            imei,
            iccid: Some(number(13)?).filter(|n| *n > 0).and_then(Iccid::from_packed),
            imsi: Imsi::from_packed(number(14)?),
            msisdn: Phone::from_digits(number(15)?),
            first_seen: Day(row.get(16)?),
            last_seen: Day(row.get(17)?),
        }),
        _ => Folded::Listed,
    })
}

/// What an identifier stands on: a record, or the bare identifier where no record has it.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) key: i64,
    pub(super) record: Option<Record>,
}

impl Node {
    /// Keys of all its identifiers, the first one first.
    pub(super) fn keys(&self) -> Vec<i64> {
        let mut keys = vec![self.key];
        if let Some(record) = &self.record {
            keys.extend(record.more.iter().flatten());
            let serial = record.serial.as_deref().filter(|_| self.key > 0).and_then(names::serial);
            keys.extend(serial.map(|s| DeviceKey::from(&s).0));
        }
        keys
    }

    /// Its IMEIs.
    pub(super) fn imeis(&self) -> impl Iterator<Item = Imei> {
        let more = self.record.as_ref().map(|r| r.more).unwrap_or_default();
        std::iter::once(Some(self.key)).chain(more).flatten().filter_map(|key| DeviceKey(key).imei())
    }

    fn has(&self, key: i64) -> bool {
        if self.key == key {
            return true;
        }
        let Some(record) = &self.record else { return false };
        if key > 0 {
            return record.more.contains(&Some(key));
        }
        let serial = record.serial.as_deref().filter(|_| self.key > 0).and_then(names::serial);
        serial.is_some_and(|s| DeviceKey::from(&s).0 == key)
    }
}

/// Everything that carrying repairs join to one node.
#[derive(Clone, Debug)]
pub(super) struct Component {
    pub(super) nodes: Vec<Node>,
    /// Repairs from or to any of the nodes.
    pub(super) edges: Vec<Edge>,
}

impl Component {
    /// Whether the registry knows the device: one of the nodes is a record.
    pub(super) fn known(&self) -> bool {
        self.nodes.iter().any(|n| n.record.is_some())
    }

    /// The identity of the device: its smallest record named by an IMEI, else its smallest record, else (unknown)
    /// its smallest node.
    pub(super) fn id(&self) -> DeviceId {
        let known = self.known();
        let keys = self.nodes.iter().filter(|n| n.record.is_some() || !known).map(|n| n.key);
        keys.min_by_key(|key| (*key < 0, *key)).unwrap_or(0)
    }

    pub(super) fn has(&self, key: i64) -> bool {
        self.nodes.iter().any(|n| n.has(key))
    }

    pub(super) fn has_node(&self, node: i64) -> bool {
        self.nodes.iter().any(|n| n.key == node)
    }
}

/// What was met while one claim is gathered, so that nothing is read twice.
#[derive(Debug, Default)]
pub(super) struct Resolved {
    components: Vec<Rc<Component>>,
    accounts: Vec<(AccountNo, Option<Head>)>,
    /// Verified current contacts by which accounts were found.
    pub(super) verified: Vec<(AccountNo, AccountContact)>,
}

impl Resolved {
    /// The row of an account.
    pub(super) fn account(
        &mut self,
        reader: &RegistryReader<'_>,
        no: AccountNo,
    ) -> Result<Option<&Head>, StoreError> {
        let at = self.accounts.iter().position(|a| a.0 == no).unwrap_or(self.accounts.len());
        if at == self.accounts.len() {
            self.accounts.push((no, reader.head(no)?));
        }
        Ok(self.accounts.get(at).and_then(|a| a.1.as_ref()))
    }

    /// A contact of the claimant's by which this account was found and which was verified by `now`.
    pub(super) fn own_contact(&self, no: AccountNo, who: &Claimant, now: Time) -> Vec<AccountContact> {
        let own = |contact: &Contact| match contact {
            Contact::Email(email) => good(who.email.as_ref()) == Some(email),
            Contact::Phone(phone) => good(who.phone.as_ref()) == Some(phone),
        };
        let mut met = self.verified.iter().filter(|(account, _)| *account == no).map(|(_, contact)| contact);
        let one = met.find(|c| own(&c.contact) && c.verified_at.is_some_and(|t| t <= now));
        one.cloned().into_iter().collect()
    }

    /// The component of an identifier.
    pub(super) fn of(&mut self, reader: &RegistryReader<'_>, key: i64) -> Result<Rc<Component>, StoreError> {
        let at = self.components.iter().position(|c| c.has(key)).unwrap_or(self.components.len());
        if at == self.components.len() {
            self.components.push(Rc::new(reader.component(key)?));
        }
        self.components.get(at).cloned().ok_or(StoreError::Nonsense { what: "component" })
    }

    /// The device an identifier leads to; `None` where no record is known.
    pub(super) fn device(
        &mut self,
        reader: &RegistryReader<'_>,
        key: i64,
    ) -> Result<Option<DeviceId>, StoreError> {
        let component = self.of(reader, key)?;
        Ok(component.known().then(|| component.id()))
    }
}

impl RegistryReader<'_> {
    fn record(&self, id: i64) -> Result<Option<Record>, StoreError> {
        self.note_record(id);
        let record = self
            .statement(RECORD)?
            .query_row([id], |r| {
                Ok(Record {
                    serial: r.get(0)?,
                    model: r.get(1)?,
                    made_on: r.get(2)?,
                    region: r.get(3)?,
                    more: [r.get(4)?, r.get(5)?, r.get(6)?, r.get(7)?],
                    bindings: bindings(r)?,
                    sightings: sightings(r, id)?,
                })
            })
            .optional()?;
        Ok(record)
    }

    /// What an identifier stands on. Most are first identifiers of their record, so that is tried first.
    pub(super) fn node(&self, key: i64) -> Result<Node, StoreError> {
        if let Some(record) = self.record(key)? {
            return Ok(Node { key, record: Some(record) });
        }
        match self.alias(key)? {
            Some(id) => Ok(Node { key: id, record: self.record(id)? }),
            None => Ok(Node { key, record: None }),
        }
    }

    fn component(&self, key: i64) -> Result<Component, StoreError> {
        let mut component = Component { nodes: vec![self.node(key)?], edges: Vec::new() };
        let mut at = 0;
        while let Some(here) = component.nodes.get(at).map(|n| n.key) {
            at += 1;
            for edge in self.edges_at(here, &component.edges)? {
                let there = edge.other(here);
                if edge.carries && !component.has_node(there) && component.nodes.len() < MOST_NODES {
                    component.nodes.push(self.node(there)?);
                }
                component.edges.push(edge);
            }
        }
        Ok(component)
    }

    /// The nodes outside a component whose notices a repair carries into it, directly or through others.
    pub(super) fn ancestors(&self, component: &Component) -> Result<Vec<Node>, StoreError> {
        let mut found: Vec<Node> = Vec::new();
        let mut edges = component.edges.clone();
        let mut queue: Vec<i64> = component.nodes.iter().map(|n| n.key).collect();
        while let Some(here) = queue.pop() {
            if !component.has_node(here) {
                edges.extend(self.edges_at(here, &edges)?);
            }
            let sources: Vec<i64> = edges.iter().filter_map(|e| e.notices_into(here)).collect();
            for source in sources {
                let known = component.has_node(source) || found.iter().any(|n| n.key == source);
                if !known && found.len() < MOST_NODES {
                    found.push(self.node(source)?);
                    queue.push(source);
                }
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Given, Region};

    #[test]
    fn only_the_claimants_own_contact_of_that_account_verified_by_now_is_enough() {
        let phone = |text: &str| Phone::parse(text, Region::default()).unwrap();
        let (ours, theirs) = (phone("+79031234567"), phone("+79031234568"));
        let now = Time(1_000);
        for (account, number, verified_at, enough) in [
            (1, ours, Some(Time(999)), true),
            (1, ours, Some(now), true),
            (1, ours, Some(Time(1_001)), false),
            (1, ours, None, false),
            (1, theirs, Some(Time(999)), false),
            (2, ours, Some(Time(999)), false),
        ] {
            let contact = Contact::Phone(number);
            let met = AccountContact { contact, verified_at, replaced_at: None, sim_changed_at: None };
            let resolved = Resolved { verified: vec![(account, met)], ..Resolved::default() };
            let given = Given { text: "+79031234567".to_owned(), value: Ok(ours) };
            let who = Claimant { phone: Some(given), ..Claimant::default() };
            let found = resolved.own_contact(1, &who, now);
            assert_eq!(!found.is_empty(), enough, "{account} {number:?} {verified_at:?}");
        }
    }
}
