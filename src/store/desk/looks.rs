//! Pictures that look alike: hashes that differ in a few bits, found among millions without comparing with each.
//!
//! Two hashes that differ in at most four bits agree in one of five fifths at least. Each hash stands under each of its
//! fifths, with all of its bits beside it, so that who is near is known from the index alone.

use rusqlite::{Connection, params};

use super::links::{Link, kind};
use crate::store::{Statements, StoreError};

/// Most bits in which look-alike hashes may differ, whatever the policy says.
pub const MOST_BITS: u32 = 4;
/// First bit and bits of each fifth.
const FIFTHS: [(u32, u64); 5] = [(0, 0x1fff), (13, 0x1fff), (26, 0x1fff), (39, 0x1fff), (52, 0xfff)];

/// Which pictures are compared with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// Pictures of boxes.
    Boxes,
    /// Pictures of receipts.
    Receipts,
}

impl Sheet {
    /// Where a link is one of look-alikes.
    pub const fn of(link: Link) -> Option<Self> {
        match link.0 {
            kind::BOX_LOOK => Some(Self::Boxes),
            kind::RECEIPT_LOOK => Some(Self::Receipts),
            _ => None,
        }
    }

    /// The five places where a hash stands: which pictures, which fifth, and its bits.
    fn places(self, dhash: u64) -> [i64; 5] {
        std::array::from_fn(|fifth| {
            let (shift, mask) = FIFTHS[fifth];
            let sheet = u64::from(self == Self::Receipts);
            (((dhash >> shift) & mask) | (fifth as u64) << 16 | sheet << 20).cast_signed()
        })
    }
}

/// Whether a hash tells anything: an even sheet has next to no edges, and looks like every other.
pub const fn tells(dhash: u64) -> bool {
    let ones = dhash.count_ones();
    ones > MOST_BITS && ones < 64 - MOST_BITS
}

const ENTER: &str = "INSERT INTO look (place, dhash, ticket) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";

/// Enters a ticket under the hash of a picture.
pub fn enter(statements: &Statements<'_>, sheet: Sheet, ticket: i64, dhash: u64) -> Result<(), StoreError> {
    for place in sheet.places(dhash) {
        statements.statement(ENTER)?.execute([place, dhash.cast_signed(), ticket])?;
    }
    Ok(())
}

/// Rows by which a ticket stands under one hash.
pub const ROWS: u64 = FIFTHS.len() as u64;

/// Whether a ticket stands under the hash of a picture, in each of its places.
pub fn is_entered(
    statements: &Statements<'_>,
    sheet: Sheet,
    ticket: i64,
    dhash: u64,
) -> Result<bool, StoreError> {
    let mut stmt =
        statements.statement("SELECT 1 FROM look WHERE place = $1 AND dhash = $2 AND ticket = $3")?;
    for place in sheet.places(dhash) {
        if !stmt.exists([place, dhash.cast_signed(), ticket])? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Takes a ticket out from under the hash of a picture.
pub fn leave(conn: &Connection, sheet: Sheet, ticket: i64, dhash: u64) -> Result<(), StoreError> {
    let mut stmt = conn.prepare_cached("DELETE FROM look WHERE place = $1 AND dhash = $2 AND ticket = $3")?;
    for place in sheet.places(dhash) {
        stmt.execute(params![place, dhash.cast_signed(), ticket])?;
    }
    Ok(())
}

/// Tickets with a picture whose hash differs in at most so many bits, and in how many; the newest first.
pub fn near(conn: &Connection, sheet: Sheet, dhash: u64, most: u32) -> Result<Vec<(i64, u32)>, StoreError> {
    let mut found: Vec<(i64, u32)> = Vec::new();
    let mut stmt = conn.prepare_cached("SELECT dhash, ticket FROM look WHERE place = $1")?;
    for place in sheet.places(dhash) {
        let mut rows = stmt.query([place])?;
        while let Some(row) = rows.next()? {
            let bits = (row.get::<_, i64>(0)?.cast_unsigned() ^ dhash).count_ones();
            if bits <= most.min(MOST_BITS) {
                found.push((row.get(1)?, bits));
            }
        }
    }
    found.sort_unstable_by_key(|(ticket, bits)| (std::cmp::Reverse(*ticket), *bits));
    found.dedup_by_key(|(ticket, _)| *ticket);
    Ok(found)
}

const SAME: &str =
    "SELECT dhash, ticket FROM look WHERE place = $1 AND dhash = $2 ORDER BY ticket DESC LIMIT $3";
const SOME: &str = "SELECT dhash, ticket FROM look WHERE place = $1 LIMIT 4096";

/// A few other tickets with such a picture, the most alike first and the newest of those: never more work than looking
/// at some thousands of hashes, however many pictures are alike.
pub fn nearest(
    conn: &Connection,
    sheet: Sheet,
    (dhash, ticket): (u64, i64),
    few: usize,
) -> Result<Vec<(i64, u32)>, StoreError> {
    let mut found: Vec<(i64, u32)> = Vec::new();
    let places = sheet.places(dhash);
    let mut keep = |row: &rusqlite::Row<'_>| -> Result<(), StoreError> {
        let bits = (row.get::<_, i64>(0)?.cast_unsigned() ^ dhash).count_ones();
        let other: i64 = row.get(1)?;
        if bits <= MOST_BITS && other != ticket {
            found.push((other, bits));
        }
        Ok(())
    };
    let mut same = conn.prepare_cached(SAME)?;
    let few_more = i64::try_from(few).unwrap_or(i64::MAX).saturating_add(1);
    let mut rows = same.query(params![places[0], dhash.cast_signed(), few_more])?;
    while let Some(row) = rows.next()? {
        keep(row)?;
    }
    let mut some = conn.prepare_cached(SOME)?;
    for place in places {
        let mut rows = some.query([place])?;
        while let Some(row) = rows.next()? {
            keep(row)?;
        }
    }
    found.sort_unstable_by_key(|(other, bits)| (*other, *bits));
    found.dedup_by_key(|(other, _)| *other);
    found.sort_unstable_by_key(|(other, bits)| (*bits, std::cmp::Reverse(*other)));
    found.truncate(few);
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{FileKind, Purpose, open};

    #[test]
    fn who_is_near_is_found_and_nobody_else() {
        let dir = tempfile::tempdir().unwrap();
        let conn = open(&dir.path().join("desk.db"), Purpose::Create, FileKind::Desk).unwrap().conn;
        let statements = Statements::new(&conn);
        let hash = 0x0123_4567_89ab_cdef_u64;
        // Four bits in four different fifths, five in five, four in one.
        let spread = 1 | 1 << 14 | 1 << 27 | 1 << 40;
        for (ticket, flip) in [(1, 0), (2, 1), (3, spread), (4, spread | 1 << 60), (5, 0b1111)] {
            enter(&statements, Sheet::Boxes, ticket, hash ^ flip).unwrap();
        }
        // A second picture of the same ticket, farther off.
        enter(&statements, Sheet::Boxes, 2, hash ^ 0b11).unwrap();
        assert_eq!(near(&conn, Sheet::Boxes, hash, 4).unwrap(), [(5, 4), (3, 4), (2, 1), (1, 0)]);
        assert_eq!(near(&conn, Sheet::Boxes, hash, 0).unwrap(), [(1, 0)]);
        leave(&conn, Sheet::Boxes, 1, hash).unwrap();
        leave(&conn, Sheet::Boxes, 2, hash ^ 1).unwrap();
        assert_eq!(near(&conn, Sheet::Boxes, hash, 64).unwrap(), [(5, 4), (3, 4), (2, 2)]);
        // Receipts stand on a sheet of their own, and a crowd of them is looked at in part.
        for ticket in 10..10_000 {
            enter(&statements, Sheet::Receipts, ticket, hash ^ 1 << (ticket % 50)).unwrap();
        }
        enter(&statements, Sheet::Receipts, 3, hash).unwrap();
        let found = nearest(&conn, Sheet::Receipts, (hash, 4), 3).unwrap();
        assert_eq!((found.len(), found[0], found[1].1), (3, (3, 0), 1));
        assert_eq!(near(&conn, Sheet::Boxes, hash, 4).unwrap().len(), 3);
        assert!(!tells(0) && !tells(!0b1001) && tells(hash));
    }
}
