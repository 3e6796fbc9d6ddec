//! What tickets share, and who must be judged again when one of them changes.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, params};

use super::looks::{self, Sheet};
use super::tickets;
use crate::domain::{Claim, DeviceKey, Iccid, Item, Sim, good, stable_hash};
use crate::judgement::facts::RegistryFacts;
use crate::store::{Statements, StoreError};

/// Kinds of links (`link.kind`).
pub mod kind {
    /// The device it is about.
    pub const DEVICE: i64 = 1;
    /// The account it is about.
    pub const ACCOUNT: i64 = 2;
    /// A contact of the claimant.
    pub const CONTACT: i64 = 3;
    /// A receipt, by its fold key.
    pub const RECEIPT: i64 = 4;
    /// The bytes of a receipt's file.
    pub const RECEIPT_FILE: i64 = 5;
    /// The bytes of a box picture.
    pub const BOX_FILE: i64 = 6;
    /// The look-alike hash of a box picture: shared with every hash that is near ([`super::looks`]).
    pub const BOX_LOOK: i64 = 7;
    /// What of the above a judgement goes by. The kinds below are there to be looked up: they disturb nobody.
    pub const LAST_JUDGED: i64 = BOX_LOOK;
    /// The look-alike hash of a receipt's picture.
    pub const RECEIPT_LOOK: i64 = 8;
    /// A SIM that is not the claimant's own number: its number as a contact's key, or its card.
    pub const SIM: i64 = 9;
    /// A device that a claim names and is not about, or one that no list has: its record, or the identifier itself.
    pub const NAMED: i64 = 10;
}

/// One thing a ticket may share with others.
pub type Link = (i64, i64);

/// The key under which file bytes are linked: the first 62 bits of their digest.
pub fn file_key(sha256: &[u8; 32]) -> i64 {
    let mut first = [0; 8];
    first.copy_from_slice(&sha256[..8]);
    (u64::from_be_bytes(first) >> 2).cast_signed()
}

/// Contacts of the claimant, as link keys.
pub fn contacts(claim: &Claim) -> Vec<i64> {
    let who = &claim.claimant;
    let email = good(who.email.as_ref()).map(|e| stable_hash(&["email", e.plain()]));
    let phone = good(who.phone.as_ref()).map(|p| stable_hash(&["phone", &p.plain()]));
    email.into_iter().chain(phone).collect()
}

/// Everything a claim links its ticket to. Removed receipts and pictures still count.
pub fn of(claim: &Claim, facts: &RegistryFacts) -> Vec<Link> {
    let mut links = Vec::with_capacity(8);
    links.extend(facts.device.as_ref().map(|d| (kind::DEVICE, d.id)));
    links.extend(facts.account.as_ref().map(|a| (kind::ACCOUNT, a.no)));
    let own = contacts(claim);
    links.extend(own.iter().map(|key| (kind::CONTACT, *key)));
    for e in &claim.evidence {
        match &e.item {
            Item::Receipt(receipt) => {
                links.extend(receipt.fold_key().map(|key| (kind::RECEIPT, key)));
                if let Some(file) = &e.attachment {
                    links.push((kind::RECEIPT_FILE, file_key(&file.sha256)));
                    let look = file.dhash.filter(|dhash| looks::tells(*dhash));
                    links.extend(look.map(|dhash| (kind::RECEIPT_LOOK, dhash.cast_signed())));
                }
            }
            Item::Box(_) => {
                if let Some(file) = &e.attachment {
                    links.push((kind::BOX_FILE, file_key(&file.sha256)));
                    links.extend(file.dhash.map(|dhash| (kind::BOX_LOOK, dhash.cast_signed())));
                }
            }
            Item::Sim(sim) => links.extend(sim_keys(sim).map(|key| (kind::SIM, key))),
            _ => {}
        }
    }
    // The claimant's own number stands under the contact already.
    links.retain(|(kind, key)| *kind != kind::SIM || !own.contains(key));
    links.extend(named(facts));
    links.sort_unstable();
    links.dedup();
    links
}

/// The keys of a SIM: of its number that of a contact, and of its card.
pub fn sim_keys(sim: &Sim) -> impl Iterator<Item = i64> {
    let number = good(sim.msisdn.as_ref()).map(|p| stable_hash(&["phone", &p.plain()]));
    let card = good(sim.iccid.as_ref()).map(card_key);
    number.into_iter().chain(card)
}

/// The key of a SIM card.
pub fn card_key(iccid: &Iccid) -> i64 {
    stable_hash(&["iccid", &iccid.to_string()])
}

/// What a claim names beside the device that it is about.
fn named(facts: &RegistryFacts) -> impl Iterator<Item = Link> {
    let ours = facts.device.as_ref().map(|d| d.id);
    let others = facts.leads.iter().filter(move |lead| lead.device.is_none() || lead.device != ours);
    others.map(|lead| (kind::NAMED, lead.device.unwrap_or_else(|| DeviceKey::from(&lead.identifier.name).0)))
}

/// Bytes of a link in `ticket.links`.
const PACKED: usize = 9;

/// Links as `ticket.links` holds them.
pub fn pack(links: &[Link]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(links.len() * PACKED);
    for (kind, key) in links {
        bytes.push(u8::try_from(*kind).unwrap_or(0));
        bytes.extend(key.to_be_bytes());
    }
    bytes
}

/// The links in `ticket.links`.
pub fn unpack(bytes: &[u8]) -> impl Iterator<Item = Link> {
    let (links, _) = bytes.as_chunks::<PACKED>();
    links.iter().map(|[kind, key @ ..]| (i64::from(*kind), i64::from_be_bytes(*key)))
}

/// Kind and key as one number: one to one within a kind, and spread so that two kinds meet as rarely as any two
/// 64-bit hashes. One whole number is the fastest key there is, and most of what a new ticket writes is links.
pub(super) fn thing(link: Link) -> i64 {
    let mut mixed = link.1.cast_unsigned() ^ link.0.cast_unsigned().wrapping_mul(0x9E37_79B9_7F4A_7C15);
    for (shift, odd) in [(30, 0xBF58_476D_1CE4_E5B9), (27, 0x94D0_49BB_1331_11EB)] {
        mixed = (mixed ^ (mixed >> shift)).wrapping_mul(odd);
    }
    (mixed ^ (mixed >> 31)).cast_signed()
}

const ALONE: &str = "INSERT INTO link (thing, ticket) VALUES ($1, $2) ON CONFLICT (thing) DO NOTHING";
const AFTER: &str = "INSERT INTO link_more (thing, ticket) VALUES ($1, $2) ON CONFLICT DO NOTHING";

/// Enters a ticket under a link.
pub(super) fn enter(statements: &Statements<'_>, ticket: i64, link: Link) -> Result<(), StoreError> {
    if let Some(sheet) = Sheet::of(link) {
        return looks::enter(statements, sheet, ticket, link.1.cast_unsigned());
    }
    enter_thing(statements, ticket, thing(link)).map(|_| ())
}

/// Enters a ticket under a thing, and says who stood there first, where it was another. One statement a link: SQLite
/// copies every page that a statement of several rows touches, `OR FAIL` or not (measured).
pub(super) fn enter_thing(
    statements: &Statements<'_>,
    ticket: i64,
    thing: i64,
) -> Result<Option<i64>, StoreError> {
    if statements.statement(ALONE)?.execute([thing, ticket])? == 1 {
        return Ok(None);
    }
    let first: i64 = statements.statement(FIRST)?.query_row([thing], |row| row.get(0))?;
    if first == ticket {
        return Ok(None);
    }
    enter_after(statements, ticket, thing)?;
    Ok(Some(first))
}

/// Enters a ticket under a thing where another is known to stand.
pub(super) fn enter_after(statements: &Statements<'_>, ticket: i64, thing: i64) -> Result<(), StoreError> {
    statements.statement(AFTER)?.execute([thing, ticket])?;
    Ok(())
}

/// Takes a ticket out from under a link; where it stood first, the oldest other one takes its place.
fn leave(conn: &Connection, ticket: i64, link: Link) -> Result<(), StoreError> {
    if let Some(sheet) = Sheet::of(link) {
        return looks::leave(conn, sheet, ticket, link.1.cast_unsigned());
    }
    let mut gone = conn.prepare_cached("DELETE FROM link_more WHERE thing = $1 AND ticket = $2")?;
    if gone.execute(params![thing(link), ticket])? == 1 {
        return Ok(());
    }
    let next: Option<i64> = conn
        .prepare_cached("SELECT min(ticket) FROM link_more WHERE thing = $1")?
        .query_row([thing(link)], |row| row.get(0))?;
    if let Some(next) = next {
        conn.prepare_cached("UPDATE link SET ticket = $1 WHERE thing = $2 AND ticket = $3")?
            .execute(params![next, thing(link), ticket])?;
        gone.execute(params![thing(link), next])?;
    } else {
        conn.prepare_cached("DELETE FROM link WHERE thing = $1 AND ticket = $2")?
            .execute(params![thing(link), ticket])?;
    }
    Ok(())
}

/// Takes a ticket out from under links that it stands under.
pub(super) fn leave_all<'l>(
    conn: &Connection,
    ticket: i64,
    mut links: impl Iterator<Item = &'l Link>,
) -> Result<(), StoreError> {
    links.try_for_each(|link| leave(conn, ticket, *link))
}

/// Makes the stored links of a ticket, which are `have`, what they should be.
pub fn sync(
    statements: &Statements<'_>,
    ticket: i64,
    have: &[Link],
    wanted: &[Link],
) -> Result<(), StoreError> {
    let conn = statements.conn();
    for link in wanted.iter().filter(|l| !have.contains(l)) {
        enter(statements, ticket, *link)?;
    }
    for link in have.iter().filter(|l| !wanted.contains(l)) {
        leave(conn, ticket, *link)?;
    }
    conn.prepare_cached("UPDATE ticket SET links = $1 WHERE id = $2")?
        .execute(params![pack(wanted), ticket])?;
    Ok(())
}

const FIRST: &str = "SELECT ticket FROM link WHERE thing = $1";
const AMONG: &str = "SELECT 1 FROM link_more WHERE thing = $1 AND ticket = $2";
const MORE: &str = "SELECT ticket FROM link_more WHERE thing = $1";

/// Other tickets under one link, the newest first.
pub fn sharing(statements: &Statements<'_>, link: Link, ticket: i64) -> Result<Vec<i64>, StoreError> {
    if link.0 == kind::BOX_LOOK {
        let near = looks::near(statements.conn(), Sheet::Boxes, link.1.cast_unsigned(), looks::MOST_BITS)?;
        return Ok(near.into_iter().map(|(other, _)| other).filter(|other| *other != ticket).collect());
    }
    under(statements, thing(link), ticket)
}

/// Other tickets under one thing, the newest first.
pub(super) fn under(statements: &Statements<'_>, thing: i64, ticket: i64) -> Result<Vec<i64>, StoreError> {
    let mut found = Vec::new();
    let first = statements.statement(FIRST)?.query_row([thing], |row| row.get::<_, i64>(0)).optional()?;
    let Some(first) = first else { return Ok(found) };
    let mut stmt = statements.statement(MORE)?;
    let mut rows = stmt.query([thing])?;
    found.push(first);
    while let Some(row) = rows.next()? {
        found.push(row.get(0)?);
    }
    found.retain(|other| *other != ticket);
    found.sort_unstable_by(|a, b| b.cmp(a));
    Ok(found)
}

/// How many rows say who stands under what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entered {
    links: u64,
    looks: u64,
}

/// How many rows there are.
pub fn entered(conn: &Connection) -> Result<Entered, StoreError> {
    let count = |sql: &str| -> Result<u64, StoreError> {
        Ok(conn.query_row(sql, [], |row| row.get::<_, i64>(0))?.unsigned_abs())
    };
    Ok(Entered {
        links: count("SELECT (SELECT count(*) FROM link) + (SELECT count(*) FROM link_more)")?,
        looks: count("SELECT count(*) FROM look")?,
    })
}

/// Whether a ticket stands under each of its links; counts the rows that this takes.
pub fn all_entered(
    statements: &Statements<'_>,
    ticket: i64,
    links: &[Link],
    rows: &mut Entered,
) -> Result<bool, StoreError> {
    for link in links {
        if let Some(sheet) = Sheet::of(*link) {
            if !looks::is_entered(statements, sheet, ticket, link.1.cast_unsigned())? {
                return Ok(false);
            }
            rows.looks += looks::ROWS;
            continue;
        }
        let thing = thing(*link);
        let first = statements.statement(FIRST)?.query_row([thing], |row| row.get::<_, i64>(0)).optional()?;
        if first != Some(ticket) && !statements.statement(AMONG)?.exists([thing, ticket])? {
            return Ok(false);
        }
        rows.links += 1;
    }
    Ok(true)
}

/// Everything that shares a link with the ticket must be judged again.
pub fn disturb(statements: &Statements<'_>, ticket: i64, links: &[Link]) -> Result<(), StoreError> {
    for link in links.iter().filter(|link| link.0 <= kind::LAST_JUDGED) {
        for other in sharing(statements, *link, ticket)? {
            tickets::mark_stale(statements, other)?;
        }
    }
    Ok(())
}

/// Things known to be shared by at most so many entries are held in memory (16 MiB).
const MOST_CROWDED: usize = 1 << 20;

/// The links under which more than one ticket stands: most links have one alone, and need not be asked.
pub struct Crowded(HashSet<i64>);

impl Crowded {
    /// All of them; `None` where there are too many to hold.
    pub fn read(conn: &Connection) -> Result<Option<Self>, StoreError> {
        let mut things = HashSet::new();
        let mut stmt = conn.prepare("SELECT DISTINCT thing FROM link_more")?;
        let mut rows = stmt.query([])?;
        while let Some(row) = rows.next()? {
            if things.len() == MOST_CROWDED {
                return Ok(None);
            }
            things.insert(row.get(0)?);
        }
        Ok(Some(Self(things)))
    }

    /// Whether another ticket may stand under a link.
    pub fn has(&self, link: Link) -> bool {
        // Who looks alike is known only by asking.
        link.0 == kind::BOX_LOOK || link.0 == kind::RECEIPT_LOOK || self.0.contains(&thing(link))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{FileKind, Purpose, open};

    #[test]
    fn links_survive_packing() {
        let links = [(1, -5), (2, i64::MAX), (11, 0), (7, i64::MIN)];
        assert_eq!(unpack(&pack(&links)).collect::<Vec<_>>(), links);
    }

    #[test]
    fn whoever_leaves_makes_room_for_the_next() {
        let dir = tempfile::tempdir().unwrap();
        let conn = open(&dir.path().join("desk.db"), Purpose::Create, FileKind::Desk).unwrap().conn;
        let statements = Statements::new(&conn);
        let (a, b) = ((kind::DEVICE, 7), (kind::CONTACT, 7));
        assert_eq!(enter_thing(&statements, 1, thing(a)).unwrap(), None);
        assert_eq!(enter_thing(&statements, 1, thing(b)).unwrap(), None);
        for ticket in 2..=4 {
            assert_eq!(enter_thing(&statements, ticket, thing(a)).unwrap(), Some(1));
            assert_eq!(enter_thing(&statements, ticket, thing(a)).unwrap(), Some(1), "twice is once");
        }
        assert_eq!(sharing(&statements, a, 3).unwrap(), [4, 2, 1]);
        for (gone, left) in [(1, vec![4, 3, 2]), (3, vec![4, 2]), (4, vec![2]), (2, vec![])] {
            sync(&statements, gone, &[a], &[]).unwrap();
            assert_eq!(sharing(&statements, a, 0).unwrap(), left);
        }
        assert_eq!(sharing(&statements, b, 0).unwrap(), [1]);
        assert_eq!(enter_thing(&statements, 9, thing(a)).unwrap(), None, "nobody is left");
    }
}
