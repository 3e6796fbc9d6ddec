//! Evidence items, by ticket.

use std::collections::BTreeMap;

use rusqlite::{Connection, Row, params};

use crate::domain::reading::Reading;
use crate::domain::{Attachment, CaseFields, Evidence, EvidenceKind, Region, Seen, Time};
use crate::store::{Statements, StoreError};

/// Columns of a case, as given.
pub type Columns = BTreeMap<String, String>;

/// An item as the store keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEvidence {
    /// Its number.
    pub id: i64,
    /// Its kind.
    pub kind: EvidenceKind,
    /// Its columns, as given.
    pub given: Columns,
    /// Who added it.
    pub added_by: String,
    /// When.
    pub added_at: Time,
    /// Who took it away.
    pub removed_by: Option<String>,
    /// When it was taken away.
    pub removed_at: Option<Time>,
    /// Its file.
    pub attachment: Option<Attachment>,
    /// Facts that were answered wrongly at the last check.
    pub wrong: bool,
}

impl StoredEvidence {
    /// The item as the checks read it, telephone numbers in `region`.
    pub fn typed(&self, region: Region) -> Evidence {
        Evidence {
            id: self.id,
            item: Reading { fields: &CaseFields::stored(&self.given), region }.item(self.kind),
            attachment: self.attachment.clone(),
            added_at: self.added_at,
            removed: self.removed_at.is_some(),
        }
    }
}

/// An item to be stored.
#[derive(Clone, Debug)]
pub struct NewEvidence<'a> {
    /// Its number.
    pub id: i64,
    /// Its kind.
    pub kind: EvidenceKind,
    /// JSON object of the columns as given.
    pub given: &'a str,
    /// Who adds it.
    pub added_by: &'a str,
    /// When.
    pub added_at: Time,
    /// Its file.
    pub attachment: Option<&'a Attachment>,
}

/// The number the next item gets.
pub fn next_id(conn: &Connection) -> Result<i64, StoreError> {
    Ok(conn
        .prepare_cached("SELECT coalesce(max(id), 0) + 1 FROM evidence")?
        .query_row([], |row| row.get(0))?)
}

const ADD: &str = "INSERT INTO evidence (id, ticket, kind, given, added_by, added_at, file_name, bytes, sha256, dhash, \
    seen) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

/// Stores an item.
pub fn add(statements: &Statements<'_>, ticket: i64, new: &NewEvidence<'_>) -> Result<(), StoreError> {
    let file = new.attachment;
    statements.statement(ADD)?.execute(params![
        new.id,
        ticket,
        new.kind.as_str(),
        new.given,
        new.added_by,
        new.added_at.0,
        file.map(|f| f.name.as_str()),
        file.map(|f| i64::try_from(f.bytes).unwrap_or(i64::MAX)),
        file.map(|f| &f.sha256[..]),
        file.and_then(|f| f.dhash).map(u64::cast_signed),
        file.and_then(|f| f.seen.as_ref()).map(ToString::to_string),
    ])?;
    Ok(())
}

const OF: &str = "SELECT id, kind, given, added_by, added_at, removed_by, removed_at, file_name, bytes, sha256, dhash, \
    wrong, seen FROM evidence WHERE ticket = $1 ORDER BY id";

/// Every item of a ticket, removed ones included, oldest first.
pub fn of(statements: &Statements<'_>, ticket: i64) -> Result<Vec<StoredEvidence>, StoreError> {
    let mut stmt = statements.statement(OF)?;
    let rows = stmt.query_map([ticket], |row| Ok(read(row)))?;
    rows.map(|r| r?).collect()
}

fn read(row: &Row<'_>) -> Result<StoredEvidence, StoreError> {
    let kind: String = row.get(1)?;
    let given: String = row.get(2)?;
    let name: Option<String> = row.get(7)?;
    let attachment = match name {
        None => None,
        Some(name) => Some(Attachment {
            name,
            bytes: row.get::<_, Option<i64>>(8)?.and_then(|b| u64::try_from(b).ok()).unwrap_or(0),
            sha256: row.get(9)?,
            dhash: row.get::<_, Option<i64>>(10)?.map(i64::cast_unsigned),
            seen: seen(row.get(12)?)?,
        }),
    };
    Ok(StoredEvidence {
        id: row.get(0)?,
        kind: kind.parse().map_err(|_| StoreError::Nonsense { what: "kind of evidence" })?,
        given: serde_json::from_str(&given).map_err(|_| StoreError::Nonsense { what: "evidence text" })?,
        added_by: row.get(3)?,
        added_at: Time(row.get(4)?),
        removed_by: row.get(5)?,
        removed_at: row.get::<_, Option<i64>>(6)?.map(Time),
        attachment,
        wrong: row.get(11)?,
    })
}

fn seen(text: Option<String>) -> Result<Option<Seen>, StoreError> {
    let read = text.map(|text| text.parse()).transpose();
    read.map_err(|_| StoreError::Nonsense { what: "what was read off a picture" })
}

/// Keeps what was read off an item's picture; `false` where that was known.
pub fn set_seen(conn: &Connection, id: i64, seen: &Seen) -> Result<bool, StoreError> {
    let text = seen.to_string();
    let changed = conn
        .prepare_cached(
            "UPDATE evidence SET seen = $1 WHERE id = $2 AND seen IS NOT $1 AND sha256 IS NOT NULL",
        )?
        .execute(params![text, id])?;
    Ok(changed == 1)
}

/// Marks an item as removed; `false` where the ticket has no such standing item.
pub fn remove(conn: &Connection, ticket: i64, id: i64, by: &str, at: Time) -> Result<bool, StoreError> {
    let changed = conn
        .prepare_cached(
            "UPDATE evidence SET removed_by = $1, removed_at = $2 WHERE id = $3 AND ticket = $4 AND removed_at IS NULL",
        )?
        .execute(params![by, at.0, id, ticket])?;
    Ok(changed == 1)
}

/// When facts that were answered wrongly were given on a ticket.
pub fn wrong_at(conn: &Connection, ticket: i64) -> Result<Vec<Time>, StoreError> {
    let mut stmt = conn.prepare_cached("SELECT added_at FROM evidence WHERE ticket = $1 AND wrong = 1")?;
    let rows = stmt.query_map([ticket], |row| row.get(0).map(Time))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Records whether facts were answered wrongly.
pub fn set_wrong(conn: &Connection, id: i64, wrong: bool) -> Result<(), StoreError> {
    conn.prepare_cached("UPDATE evidence SET wrong = $1 WHERE id = $2 AND wrong <> $1")?
        .execute(params![i64::from(wrong), id])?;
    Ok(())
}

/// Moves every item of one ticket to another (a merge of twins).
pub fn move_all(conn: &Connection, from: i64, to: i64) -> Result<(), StoreError> {
    conn.prepare_cached("UPDATE evidence SET ticket = $1 WHERE ticket = $2")?.execute(params![to, from])?;
    Ok(())
}
