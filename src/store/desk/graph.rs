//! Who stands under what: the links read both ways, a few at a time, so that a thing that ten thousand tickets share
//! costs no more than one that ten share.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::links::{self, Link, kind};
use super::looks::{self, Sheet};
use crate::store::StoreError;

/// Tickets that are counted under one thing; beyond that there are more.
pub const MOST_COUNTED: u64 = 10_000;

/// A thing that tickets share, under whichever kind each of them has it: a device it is about or only names, a number
/// that is the claimant's or a SIM's.
pub fn thing(link: Link) -> Link {
    match link.0 {
        kind::NAMED => (kind::DEVICE, link.1),
        kind::SIM => (kind::CONTACT, link.1),
        _ => link,
    }
}

/// The links under which tickets may have a thing.
fn ways(thing: Link) -> impl Iterator<Item = Link> {
    let second = match thing.0 {
        kind::DEVICE => Some(kind::NAMED),
        kind::CONTACT => Some(kind::SIM),
        _ => None,
    };
    [Some(thing.0), second].into_iter().flatten().map(move |kind| (kind, thing.1))
}

/// The stored links of a ticket; `None` where there is no such ticket.
pub fn links_of(conn: &Connection, ticket: i64) -> Result<Option<Vec<Link>>, StoreError> {
    let links = conn
        .prepare_cached("SELECT links FROM ticket WHERE id = $1")?
        .query_row([ticket], |row| Ok(links::unpack(row.get_ref(0)?.as_blob().unwrap_or_default()).collect()))
        .optional()?;
    Ok(links)
}

/// A ticket that has a thing; where pictures look alike, in how many bits they differ.
pub type Holder = (i64, Option<u32>);

/// Other tickets that have a thing, at most `few`: the newest ones, of look-alikes the most alike.
pub fn holders(conn: &Connection, thing: Link, ticket: i64, few: usize) -> Result<Vec<Holder>, StoreError> {
    if let Some(sheet) = Sheet::of(thing) {
        let near = looks::nearest(conn, sheet, (thing.1.cast_unsigned(), ticket), few)?;
        return Ok(near.into_iter().map(|(other, bits)| (other, Some(bits))).collect());
    }
    let mut found: Vec<i64> = Vec::new();
    for way in ways(thing) {
        let key = links::thing(way);
        let first: Option<i64> = conn
            .prepare_cached("SELECT ticket FROM link WHERE thing = $1")?
            .query_row([key], |row| row.get(0))
            .optional()?;
        let Some(first) = first else { continue };
        found.push(first);
        let mut more = conn
            .prepare_cached("SELECT ticket FROM link_more WHERE thing = $1 ORDER BY ticket DESC LIMIT $2")?;
        // The ticket itself may be among them.
        let most = i64::try_from(few).unwrap_or(i64::MAX).saturating_add(1);
        let mut rows = more.query(params![key, most])?;
        while let Some(row) = rows.next()? {
            found.push(row.get(0)?);
        }
    }
    found.retain(|other| *other != ticket);
    found.sort_unstable_by(|a, b| b.cmp(a));
    found.dedup();
    found.truncate(few);
    Ok(found.into_iter().map(|other| (other, None)).collect())
}

/// How many tickets have a thing, this one among them, counted up to [`MOST_COUNTED`] and one.
pub fn count(conn: &Connection, thing: Link) -> Result<u64, StoreError> {
    let mut all = 0;
    for way in ways(thing) {
        let key = links::thing(way);
        let more: i64 = conn
            .prepare_cached("SELECT count(*) FROM (SELECT 1 FROM link_more WHERE thing = $1 LIMIT $2)")?
            .query_row(params![key, MOST_COUNTED.cast_signed()], |row| row.get(0))?;
        let first = conn.prepare_cached("SELECT 1 FROM link WHERE thing = $1")?.exists([key])?;
        all += more.unsigned_abs() + u64::from(first);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::desk::links::enter;
    use crate::store::{FileKind, Purpose, Statements, open};

    #[test]
    fn a_number_on_twelve_thousand_tickets_is_looked_at_in_part() {
        let dir = tempfile::tempdir().unwrap();
        let conn = open(&dir.path().join("desk.db"), Purpose::Create, FileKind::Desk).unwrap().conn;
        let statements = Statements::new(&conn);
        let hub = (kind::CONTACT, 7);
        for ticket in 1..=12_000 {
            enter(&statements, ticket, hub).unwrap();
        }
        enter(&statements, 20_000, (kind::SIM, 7)).unwrap();
        assert_eq!(count(&conn, hub).unwrap(), MOST_COUNTED + 2, "and no more are counted");
        let found: Vec<i64> = holders(&conn, hub, 12_000, 3).unwrap().into_iter().map(|(t, _)| t).collect();
        assert_eq!(found, [20_000, 11_999, 11_998]);
        assert_eq!(thing((kind::SIM, 7)), hub);
        assert_eq!(links_of(&conn, 1).unwrap(), None);
    }
}
