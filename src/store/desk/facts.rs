//! What the desk itself knows about one claim.

use std::cell::Cell;
use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};

use super::links::{self, Crowded, Link, kind};
use super::looks::{self, Sheet};
use crate::domain::{
    Channel, Claim, Contact, DeviceKey, Email, Item, Phone, Proof, Region, Request, Serial, State, Time,
};
use crate::judgement::Policy;
use crate::judgement::facts::{Code, DeskFacts, Device, Other, RegistryFacts};
use crate::store::{Statements, StoreError};

/// Most tickets one link is followed to: beyond that the finding is the same, only longer.
pub(super) const MOST_OTHERS: usize = 500;
/// Most tickets whose receipts look alike that a finding hears of.
const MOST_ALIKE: usize = 20;

/// Gathers the desk's facts for claims. Tables in which nothing stands are not asked again: make a new one once
/// anything but tickets may have changed.
pub struct Gatherer<'a> {
    conn: &'a Connection,
    statements: Statements<'a>,
    /// Links that are shared at all, where it was worth finding out.
    crowded: Option<Crowded>,
    /// Nobody has entered or left a link since.
    crowd_holds: Cell<bool>,
    policy: &'a Policy,
    region: Region,
    any_code: bool,
    any_clearing: bool,
    any_objection: bool,
}

impl<'a> Gatherer<'a> {
    /// Over the desk as it is now; numbers without a country code are read in `region`.
    pub fn new(conn: &'a Connection, policy: &'a Policy, region: Region) -> Result<Self, StoreError> {
        let any = |sql| -> Result<bool, StoreError> { Ok(conn.prepare_cached(sql)?.exists([])?) };
        Ok(Self {
            conn,
            statements: Statements::new(conn),
            crowded: None,
            crowd_holds: Cell::new(true),
            policy,
            region,
            any_code: any("SELECT 1 FROM code LIMIT 1")?,
            any_clearing: any("SELECT 1 FROM clearing LIMIT 1")?,
            any_objection: any("SELECT 1 FROM objection LIMIT 1")?,
        })
    }

    /// Finds out once which links are shared at all, for who asks about many tickets and says so when
    /// [links change](Self::links_changed).
    pub fn for_many(&mut self) -> Result<(), StoreError> {
        self.crowded = Crowded::read(self.conn)?;
        self.crowd_holds.set(true);
        Ok(())
    }

    /// A ticket has entered or left a link.
    pub fn links_changed(&self) {
        self.crowd_holds.set(false);
    }

    /// Whether another ticket may stand under a link.
    fn may_be_shared(&self, link: Link) -> bool {
        match &self.crowded {
            Some(crowded) if self.crowd_holds.get() => crowded.has(link),
            _ => true,
        }
    }

    /// Whether a code was ever sent for a ticket.
    pub fn any_code(&self, ticket: i64) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM code WHERE ticket = $1";
        Ok(self.any_code && self.conn.prepare_cached(sql)?.exists([ticket])?)
    }

    /// When codes of a ticket were read back wrong.
    pub fn wrong_codes(&self, ticket: i64) -> Result<Vec<Time>, StoreError> {
        if self.any_code { wrong_codes(self.conn, ticket) } else { Ok(Vec::new()) }
    }

    /// The facts for a ticket.
    pub fn gather(
        &self,
        ticket: i64,
        claim: &Claim,
        registry: &RegistryFacts,
        links: &[Link],
    ) -> Result<DeskFacts, StoreError> {
        let mut facts = DeskFacts { region: self.region, ..DeskFacts::default() };
        if self.any_code {
            facts.codes = codes(self.conn, ticket)?;
            facts.wrong_codes = wrong_codes(self.conn, ticket)?;
        }
        if self.any_objection {
            facts.objected_at = objection(self.conn, ticket)?;
        }
        let distance = u32::try_from(self.policy.thresholds.box_distance).unwrap_or(0);
        let others = self.others(ticket, claim, links, distance)?;
        let (device, account) =
            (registry.device.as_ref().map(|d| d.id), registry.account.as_ref().map(|a| a.no));
        let ours = registry.device.as_ref().map(numbers).unwrap_or_default();
        for (mut other, merged) in others {
            // A closed ticket keeps the number its device had then: a repair may have joined it to another since.
            if other.device.is_some_and(|theirs| ours.contains(&theirs)) {
                other.device = device;
            }
            let on_it = (device.is_some() && other.device == device)
                || (account.is_some() && other.account == account);
            if on_it {
                facts.wrong_codes.extend(self.wrong_codes(other.ticket)?);
                facts.wrong_answers.extend(wrong_facts(self.conn, other.ticket)?);
            }
            // A ticket merged into another lives on there; the wrong answers given on it stay its own.
            match merged {
                None => facts.others.push(other),
                Some(into) => facts.merged.push((other, into)),
            }
        }
        facts.wrong_answers.extend(&facts.wrong_codes);
        Ok(facts)
    }
}

/// The keys of every identifier of a device: each may be the number it had on a ticket.
fn numbers(device: &Device) -> Vec<i64> {
    let imeis = device.imeis.iter().map(|imei| DeviceKey::from(*imei).0);
    let serials = device.serials.iter().filter_map(|s| Serial::parse(s).ok());
    imeis.chain(serials.map(|serial| DeviceKey::from(&serial).0)).collect()
}

/// Which links a ticket shares with this one.
#[derive(Default)]
struct Shared {
    contact: bool,
    receipt: bool,
    /// Bits of the look-alike hash that differ.
    picture: Option<u32>,
    /// The same between pictures of receipts.
    alike: Option<u32>,
}

const OTHER: &str = "SELECT reference, state, received_at, device, account, verdict, merged_into, links FROM ticket \
    WHERE id = $1";

impl Gatherer<'_> {
    fn others(
        &self,
        ticket: i64,
        claim: &Claim,
        links: &[Link],
        distance: u32,
    ) -> Result<Vec<(Other, Option<i64>)>, StoreError> {
        let mut shared: BTreeMap<i64, Shared> = BTreeMap::new();
        let judged = |link: &&Link| link.0 <= kind::LAST_JUDGED && self.may_be_shared(**link);
        for link in links.iter().filter(judged) {
            // The newest ones: what is counted over days must not be crowded out by what is long past.
            let sharing = links::sharing(&self.statements, *link, ticket)?.into_iter();
            if link.0 < kind::BOX_FILE {
                for other in sharing.take(MOST_OTHERS) {
                    let entry = shared.entry(other).or_default();
                    match link.0 {
                        kind::CONTACT => entry.contact = true,
                        kind::RECEIPT => entry.receipt = true,
                        kind::RECEIPT_FILE => (entry.receipt, entry.alike) = (true, Some(0)),
                        _ => {}
                    }
                }
                continue;
            }
            let mut near = 0;
            for other in sharing {
                if near >= MOST_OTHERS {
                    break;
                }
                if shared.get(&other).is_some_and(|how| how.picture.is_some()) {
                    continue;
                }
                if let Some(bits) = picture_distance(self.conn, other, claim, distance)? {
                    shared.entry(other).or_default().picture = Some(bits);
                    near += 1;
                }
            }
        }
        for link in links.iter().filter(|link| link.0 == kind::RECEIPT_LOOK) {
            let asked = (link.1.cast_unsigned(), ticket);
            for (other, bits) in looks::nearest(self.conn, Sheet::Receipts, asked, MOST_ALIKE)? {
                let entry = shared.entry(other).or_default();
                entry.alike = entry.alike.into_iter().chain([bits]).min();
            }
        }
        let ours = if shared.is_empty() { Vec::new() } else { links::contacts(claim) };
        let mut found = Vec::with_capacity(shared.len());
        for (id, how) in shared {
            if let Some(other) = self.other(ticket, id, &how, &ours)? {
                found.push(other);
            }
        }
        Ok(found)
    }

    /// Another ticket, and which it was merged into; `ours` are the contacts of this one's claimant.
    fn other(
        &self,
        ticket: i64,
        id: i64,
        how: &Shared,
        ours: &[i64],
    ) -> Result<Option<(Other, Option<i64>)>, StoreError> {
        let row = self
            .statements
            .statement(OTHER)?
            .query_row([id], |row| {
                Ok((
                    row.get::<_, Option<String>>(0)?,
                    row.get::<_, String>(1)?,
                    row.get::<_, i64>(2)?,
                    row.get::<_, Option<i64>>(3)?,
                    row.get::<_, Option<i64>>(4)?,
                    row.get::<_, Option<String>>(5)?,
                    row.get::<_, Option<i64>>(6)?,
                    of_kind(kind::RECEIPT, row.get_ref(7)?.as_blob().unwrap_or_default()),
                    of_kind(kind::CONTACT, row.get_ref(7)?.as_blob().unwrap_or_default()),
                ))
            })
            .optional()?;
        let Some((reference, state, received_at, device, account, verdict, merged_into, receipts, contacts)) =
            row
        else {
            return Ok(None);
        };
        let state: State = state.parse().map_err(|_| StoreError::Nonsense { what: "state" })?;
        let other = Other {
            ticket: id,
            reference: reference.unwrap_or_default(),
            open: state.is_open(),
            received_at: Time(received_at),
            device,
            account,
            same_claimant: how.contact,
            contacts_known: contacts.iter().all(|contact| ours.contains(contact)),
            same_receipt: how.receipt,
            same_picture: how.picture,
            alike_receipt: how.alike,
            // Compared only where receipts, or the claimant's devices, are counted.
            receipts: if how.contact || how.receipt { receipts } else { Vec::new() },
            // Only a rival's proofs are weighed.
            proofs: verdict.as_deref().filter(|_| !how.contact).map(proofs_in).unwrap_or_default(),
            cleared: if self.any_clearing { cleared(self.conn, ticket, id)? } else { Vec::new() },
        };
        Ok(Some((other, merged_into)))
    }
}

/// Keys of one kind among packed links.
fn of_kind(kind: i64, packed: &[u8]) -> Vec<i64> {
    links::unpack(packed).filter(|link| link.0 == kind).map(|link| link.1).collect()
}

/// The proofs that a stored verdict names.
fn proofs_in(verdict: &str) -> Vec<Proof> {
    #[derive(serde::Deserialize)]
    struct Proofs {
        #[serde(default)]
        proofs: Vec<Proof>,
    }
    serde_json::from_str::<Proofs>(verdict).map(|v| v.proofs).unwrap_or_default()
}

/// The least distance between a box picture of the claim and one of another ticket: 0 for the same bytes,
/// `None` where none is near enough.
fn picture_distance(
    conn: &Connection,
    other: i64,
    claim: &Claim,
    most: u32,
) -> Result<Option<u32>, StoreError> {
    let mut stmt = conn.prepare_cached(
        "SELECT sha256, dhash FROM evidence WHERE ticket = $1 AND kind = 'box' AND sha256 IS NOT NULL",
    )?;
    let mut rows = stmt.query([other])?;
    let mut nearest: Option<u32> = None;
    while let Some(row) = rows.next()? {
        let (sha256, dhash): ([u8; 32], Option<i64>) = (row.get(0)?, row.get(1)?);
        for e in claim.evidence.iter().filter(|e| matches!(e.item, Item::Box(_))) {
            let Some(mine) = &e.attachment else { continue };
            let distance = if mine.sha256 == sha256 {
                Some(0)
            } else {
                mine.dhash
                    .zip(dhash)
                    .map(|(a, b)| (a ^ b.cast_unsigned()).count_ones())
                    .filter(|d| *d <= most)
            };
            nearest = nearest.into_iter().chain(distance).min();
        }
    }
    Ok(nearest)
}

fn cleared(conn: &Connection, ticket: i64, other: i64) -> Result<Vec<String>, StoreError> {
    let mut names = Vec::new();
    let mut stmt = conn.prepare_cached("SELECT name FROM clearing WHERE ticket = $1 AND other = $2")?;
    // Either way round: a UNION would build a temporary table for every pair.
    for pair in [[ticket, other], [other, ticket]] {
        for name in stmt.query_map(pair, |row| row.get(0))? {
            names.push(name?);
        }
    }
    Ok(names)
}

fn codes(conn: &Connection, ticket: i64) -> Result<Vec<Code>, StoreError> {
    let mut stmt = conn.prepare_cached(
        "SELECT channel, kind, value, account, request, device, sent_at, confirmed_at,
           (SELECT count(*) FROM wrong_code WHERE wrong_code.ticket = code.ticket AND +wrong_code.code = code.id)
         FROM code WHERE ticket = $1 AND void = 0 ORDER BY id",
    )?;
    let mut rows = stmt.query([ticket])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (channel, request): (String, String) = (row.get(0)?, row.get(4)?);
        found.push(Code {
            channel: channel.parse::<Channel>().map_err(|_| StoreError::Nonsense { what: "channel" })?,
            to: contact(&row.get::<_, String>(1)?, &row.get::<_, String>(2)?)?,
            account: row.get(3)?,
            request: request.parse::<Request>().map_err(|_| StoreError::Nonsense { what: "request" })?,
            device: row.get(5)?,
            sent_at: Time(row.get(6)?),
            confirmed_at: row.get::<_, Option<i64>>(7)?.map(Time),
            wrong: u8::try_from(row.get::<_, i64>(8)?).unwrap_or(u8::MAX),
        });
    }
    Ok(found)
}

/// A contact as the store keeps it.
pub fn contact(kind: &str, value: &str) -> Result<Contact, StoreError> {
    let nonsense = || StoreError::Nonsense { what: "contact" };
    if kind == "email" {
        Email::parse(value).map(Contact::Email).map_err(|_| nonsense())
    } else {
        Phone::parse(value, Region::default()).map(Contact::Phone).map_err(|_| nonsense())
    }
}

fn wrong_codes(conn: &Connection, ticket: i64) -> Result<Vec<Time>, StoreError> {
    let mut stmt = conn.prepare_cached("SELECT at FROM wrong_code WHERE ticket = $1")?;
    let rows = stmt.query_map([ticket], |row| row.get(0).map(Time))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn wrong_facts(conn: &Connection, ticket: i64) -> Result<Vec<Time>, StoreError> {
    let mut stmt = conn.prepare_cached("SELECT added_at FROM evidence WHERE ticket = $1 AND wrong = 1")?;
    let rows = stmt.query_map([ticket], |row| row.get(0).map(Time))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// When the owner objected.
pub fn objection(conn: &Connection, ticket: i64) -> Result<Option<Time>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT at FROM objection WHERE ticket = $1")?
        .query_row([ticket], |row| row.get(0).map(Time))
        .optional()?)
}
