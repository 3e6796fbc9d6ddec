//! Pictures that look alike: hashes that differ in a few bits, found among millions without comparing with each.
//!
//! Two hashes that differ in at most four bits agree in one of five fifths at least. Each hash stands under each of its
//! fifths, with all of its bits beside it, so that who is near is known from the index alone.

use rusqlite::{Connection, params};

use crate::store::{Statements, StoreError};

/// Most bits in which look-alike hashes may differ, whatever the policy says.
pub const MOST_BITS: u32 = 4;
/// First bit and bits of each fifth.
const FIFTHS: [(u32, u64); 5] = [(0, 0x1fff), (13, 0x1fff), (26, 0x1fff), (39, 0x1fff), (52, 0xfff)];

/// The five places where a hash stands: which fifth, and its bits.
fn places(dhash: u64) -> [i64; 5] {
    std::array::from_fn(|fifth| {
        let (shift, mask) = FIFTHS[fifth];
        (((dhash >> shift) & mask) | (fifth as u64) << 16).cast_signed()
    })
}

const ENTER: &str = "INSERT INTO look (place, dhash, ticket) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";

/// Enters a ticket under the hash of a picture.
pub fn enter(statements: &Statements<'_>, ticket: i64, dhash: u64) -> Result<(), StoreError> {
    for place in places(dhash) {
        statements.statement(ENTER)?.execute([place, dhash.cast_signed(), ticket])?;
    }
    Ok(())
}

/// Takes a ticket out from under the hash of a picture.
pub fn leave(conn: &Connection, ticket: i64, dhash: u64) -> Result<(), StoreError> {
    let mut stmt = conn.prepare_cached("DELETE FROM look WHERE place = $1 AND dhash = $2 AND ticket = $3")?;
    for place in places(dhash) {
        stmt.execute(params![place, dhash.cast_signed(), ticket])?;
    }
    Ok(())
}

/// Tickets with a picture whose hash differs in at most so many bits, and in how many; the newest first.
pub fn near(conn: &Connection, dhash: u64, most: u32) -> Result<Vec<(i64, u32)>, StoreError> {
    let mut found: Vec<(i64, u32)> = Vec::new();
    let mut stmt = conn.prepare_cached("SELECT dhash, ticket FROM look WHERE place = $1")?;
    for place in places(dhash) {
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
            enter(&statements, ticket, hash ^ flip).unwrap();
        }
        // A second picture of the same ticket, farther off.
        enter(&statements, 2, hash ^ 0b11).unwrap();
        assert_eq!(near(&conn, hash, 4).unwrap(), [(5, 4), (3, 4), (2, 1), (1, 0)]);
        assert_eq!(near(&conn, hash, 0).unwrap(), [(1, 0)]);
        leave(&conn, 1, hash).unwrap();
        leave(&conn, 2, hash ^ 1).unwrap();
        assert_eq!(near(&conn, hash, 64).unwrap(), [(5, 4), (3, 4), (2, 2)]);
    }
}
