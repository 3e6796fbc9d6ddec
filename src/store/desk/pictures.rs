//! Files among the evidence: all of them, and the pictures that nobody has read yet.

use rusqlite::Connection;

use crate::store::StoreError;

/// A picture of a box that nobody has looked at.
#[derive(Clone, Copy, Debug)]
pub struct Unread {
    /// The ticket it belongs to.
    pub ticket: i64,
    /// The item's number.
    pub item: i64,
    /// The picture's digest.
    pub sha256: [u8; 32],
}

/// The oldest pictures of boxes behind an item that nobody has looked at.
pub fn unread(conn: &Connection, after: i64, most: usize) -> Result<Vec<Unread>, StoreError> {
    let mut stmt = conn.prepare_cached(
        "SELECT ticket, id, sha256 FROM evidence
         WHERE kind = 'box' AND dhash IS NOT NULL AND seen IS NULL AND id > $1 ORDER BY id LIMIT $2",
    )?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let rows = stmt.query_map([after, most], |row| {
        Ok(Unread { ticket: row.get(0)?, item: row.get(1)?, sha256: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A file that an item of evidence has, removed ones included, or that came with a mail.
#[derive(Clone, Copy, Debug)]
pub struct Kept {
    /// The ticket it belongs to.
    pub ticket: i64,
    /// The item's number.
    pub item: Option<i64>,
    /// The mail that it came with, where nobody has made evidence of it.
    pub mail: Option<i64>,
    /// Its digest.
    pub sha256: [u8; 32],
}

/// Every file of the evidence by its digest, until `each` has enough.
pub fn each_file(conn: &Connection, mut each: impl FnMut(Kept) -> bool) -> Result<(), StoreError> {
    let mut stmt = conn.prepare(
        "SELECT ticket, id, NULL, sha256 FROM evidence WHERE sha256 IS NOT NULL
         UNION ALL SELECT m.ticket, NULL, m.id, o.sha256 FROM offer o JOIN mail m ON m.id = o.mail
           WHERE o.sha256 IS NOT NULL
         UNION ALL SELECT ticket, NULL, id, original FROM mail
         ORDER BY 4, 1, 2, 3",
    )?;
    let mut rows = stmt.query([])?;
    while let Some(row) = rows.next()? {
        let kept = Kept { ticket: row.get(0)?, item: row.get(1)?, mail: row.get(2)?, sha256: row.get(3)? };
        if !each(kept) {
            break;
        }
    }
    Ok(())
}
