//! The log: leaves appended in the transaction of the write they record.

use rusqlite::{Connection, OptionalExtension, params};

use super::search;
use crate::audit::{Draft, Head};
use crate::domain::Time;
use crate::store::{Statements, StoreError};

/// In the place of a ticket's number: the leaf is about a login.
pub const LOGINS: i64 = -1;
/// The same: it is about people and keys.
pub const PEOPLE: i64 = -2;
/// The same: it is about service centres.
pub const CENTRES: i64 = -3;
/// The same: it is about lists.
pub const LISTS: i64 = -4;
/// The same: it is about `policy.toml` and `config.toml`.
pub const FILES: i64 = -5;

const ADD: &str = "INSERT INTO leaf (seq, ticket, line, hash) VALUES ($1, $2, $3, $4)";

/// The end of the log within one transaction.
pub struct Journal {
    head: Head,
    line: String,
    changed: bool,
    /// Tickets up to this one stand in the index of the search.
    indexed: i64,
}

impl Journal {
    /// Where the log ends now.
    pub fn open(conn: &Connection) -> Result<Self, StoreError> {
        let bytes: Option<Vec<u8>> = conn
            .prepare_cached("SELECT head FROM tree WHERE one = 1")?
            .query_row([], |row| row.get(0))
            .optional()?;
        let head = match bytes {
            None => Head::new(),
            Some(bytes) => {
                Head::from_bytes(&bytes).map_err(|e| StoreError::Damaged(format!("the log's tree: {e}")))?
            }
        };
        Ok(Self { head, line: String::new(), changed: false, indexed: search::state(conn)? })
    }

    /// How many leaves there are, and the root over them.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// Appends a leaf and returns its index.
    pub fn append(
        &mut self,
        statements: &Statements<'_>,
        draft: Draft<'_>,
        at: Time,
        ticket: Option<i64>,
    ) -> Result<u64, StoreError> {
        let index = self.head.size();
        let hash = self
            .head
            .append(draft, at.0, &mut self.line)
            .map_err(|e| StoreError::Damaged(format!("an entry of the log cannot be written: {e}")))?;
        statements.statement(ADD)?.execute(params![
            i64::try_from(index).unwrap_or(i64::MAX),
            ticket,
            self.line,
            &hash[..]
        ])?;
        // Whatever is written of a ticket leaves a leaf: this is where the search hears of it.
        if let Some(ticket) = ticket.filter(|ticket| (1..=self.indexed).contains(ticket)) {
            search::touch(statements.conn(), ticket)?;
        }
        self.changed = true;
        Ok(index)
    }

    /// Writes the new end of the log; call it last in the transaction.
    pub fn close(self, conn: &Connection) -> Result<(), StoreError> {
        if self.changed {
            conn.prepare_cached(
                "INSERT INTO tree (one, head) VALUES (1, $1) ON CONFLICT (one) DO UPDATE SET head = excluded.head",
            )?
            .execute([self.head.to_bytes()])?;
        }
        Ok(())
    }
}

/// One leaf as stored: index, line, stored hash.
pub struct StoredLeaf {
    /// Its index.
    pub seq: u64,
    /// The ticket it speaks of.
    pub ticket: Option<i64>,
    /// Its bytes, edited or not.
    pub line: Vec<u8>,
    /// The hash kept beside it.
    pub hash: Vec<u8>,
}

/// Feeds every leaf in order to `each` until it says stop (`false`).
pub fn each_leaf(conn: &Connection, mut each: impl FnMut(StoredLeaf) -> bool) -> Result<(), StoreError> {
    let mut stmt = conn.prepare("SELECT seq, ticket, line, hash FROM leaf ORDER BY seq")?;
    let mut rows = stmt.query([])?;
    while let Some(row) = rows.next()? {
        let leaf = StoredLeaf {
            seq: u64::try_from(row.get::<_, i64>(0)?).unwrap_or(u64::MAX),
            ticket: row.get(1)?,
            // Edited bytes need not be text any more; the verifier must still see them.
            line: match row.get_ref(2)? {
                rusqlite::types::ValueRef::Text(bytes) | rusqlite::types::ValueRef::Blob(bytes) => {
                    bytes.to_vec()
                }
                _ => Vec::new(),
            },
            hash: row.get_ref(3)?.as_blob().unwrap_or_default().to_vec(),
        };
        if !each(leaf) {
            break;
        }
    }
    Ok(())
}

/// The leaves that speak of one ticket, oldest first.
pub fn of_ticket(conn: &Connection, ticket: i64) -> Result<Vec<String>, StoreError> {
    let mut stmt = conn.prepare_cached("SELECT line FROM leaf WHERE ticket = $1 ORDER BY seq")?;
    let rows = stmt.query_map([ticket], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The first leaf that speaks of one ticket: how it came into the desk.
pub fn first_of(conn: &Connection, ticket: i64) -> Result<Option<String>, StoreError> {
    let mut stmt = conn.prepare_cached("SELECT line FROM leaf WHERE ticket = $1 ORDER BY seq LIMIT 1")?;
    Ok(stmt.query_row([ticket], |row| row.get(0)).optional()?)
}

/// The newest leaves, newest first.
pub fn newest(conn: &Connection, most: usize) -> Result<Vec<(u64, String)>, StoreError> {
    let mut stmt = conn.prepare_cached("SELECT seq, line FROM leaf ORDER BY seq DESC LIMIT $1")?;
    let rows = stmt.query_map([i64::try_from(most).unwrap_or(i64::MAX)], |row| {
        Ok((u64::try_from(row.get::<_, i64>(0)?).unwrap_or(0), row.get(1)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Keeps a signed head.
pub fn add_checkpoint(
    conn: &Connection,
    size: u64,
    by: &str,
    at: Time,
    note: &str,
) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO checkpoint (size, by, at, note) VALUES ($1, $2, $3, $4) ON CONFLICT (size, by) DO NOTHING",
    )?
    .execute(params![i64::try_from(size).unwrap_or(i64::MAX), by, at.0, note])?;
    Ok(())
}

/// Every signed head, smallest first.
pub fn checkpoints(conn: &Connection) -> Result<Vec<String>, StoreError> {
    let mut stmt = conn.prepare("SELECT note FROM checkpoint ORDER BY size")?;
    let rows = stmt.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
