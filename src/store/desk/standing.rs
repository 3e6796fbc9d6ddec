//! Rows that block a case or prove it, as they are compared with what the lines of the log say one by one.

use rusqlite::{Connection, OptionalExtension as _};

use super::empty::NO_SALT;
use super::rows::Rows;
use crate::store::StoreError;

/// A notice that a ticket raised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its number.
    pub id: i64,
    /// Why.
    pub kind: String,
    /// How far it has come.
    pub status: String,
    /// When it was raised.
    pub reported_at: i64,
    /// When it lapses unless confirmed.
    pub lapses_at: Option<i64>,
    /// Who raised it.
    pub raised_by: String,
    /// Who confirmed it.
    pub confirmed_by: Option<String>,
    /// Who asked first that it be cleared.
    pub clear_asked_by: Option<String>,
    /// Who cleared it.
    pub cleared_by: Option<String>,
    /// When.
    pub cleared_at: Option<i64>,
}

impl Notice {
    /// One that was just raised.
    pub fn raised(id: i64, kind: Option<&str>, at: i64, lapses_at: Option<i64>, by: &str) -> Self {
        Self {
            id,
            kind: kind.unwrap_or_default().to_owned(),
            status: "pending".to_owned(),
            reported_at: at,
            lapses_at,
            raised_by: by.to_owned(),
            confirmed_by: None,
            clear_asked_by: None,
            cleared_by: None,
            cleared_at: None,
        }
    }
}

/// A code that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// Its number.
    pub id: i64,
    /// When it was read back.
    pub confirmed_at: Option<i64>,
    /// What it was sent as.
    pub text: Vec<u8>,
}

/// A message that tells the owner of a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Its number.
    pub id: i64,
    /// The decision.
    pub decision: Option<i64>,
    /// Where it goes, as the owner notice names its contacts.
    pub to: String,
    /// Where it stands.
    pub state: String,
    /// Since when, where that is an end.
    pub ended_at: Option<i64>,
    /// What it was queued as.
    pub text: Vec<u8>,
}

/// What stands about one ticket.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// What it said of people is gone.
    pub emptied: bool,
    /// The owner's objection: when, and who took it.
    pub objection: Option<(i64, String)>,
    /// Notices by their numbers, each with what it is about.
    pub notices: Vec<(Notice, Vec<u8>)>,
    /// Codes that are not void.
    pub codes: Vec<Code>,
    /// Wrong codes: which, when, by whom; in order.
    pub wrong: Vec<(i64, i64, String)>,
    /// Messages to the owner by their numbers.
    pub told: Vec<Told>,
}

const CODE: &str =
    "SELECT id, channel, kind, value, account, request, device, sent_at, expires_at, sent_by, salt, hash";

/// A code as its leaf commits to it.
pub fn code(conn: &Connection, id: i64) -> Result<Vec<u8>, StoreError> {
    let sql = format!("{CODE} FROM code WHERE id = $1");
    let mut text = Rows::default();
    conn.prepare_cached(&sql)?.query_row([id], |row| Ok(text.read(0, row, 0, 12)))??;
    Ok(text.text().to_vec())
}

/// What a notice is about, as its leaf commits to it.
pub fn notice_is(key: i64) -> Vec<u8> {
    let mut text = Rows::default();
    text.row(0);
    text.number(key);
    text.text().to_vec()
}

/// What stands about a ticket, with its salt; `None` where there is no such ticket.
pub fn of(conn: &Connection, ticket: i64) -> Result<Option<([u8; 32], Standing)>, StoreError> {
    let salt: Option<[u8; 32]> = conn
        .prepare_cached("SELECT salt FROM ticket WHERE id = $1")?
        .query_row([ticket], |row| row.get(0))
        .optional()?;
    let Some(salt) = salt else { return Ok(None) };
    let objection = conn
        .prepare_cached("SELECT at, by FROM objection WHERE ticket = $1")?
        .query_row([ticket], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let mut wrong = conn.prepare_cached("SELECT code, at, by FROM wrong_code WHERE ticket = $1")?;
    let wrong = wrong.query_map([ticket], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let mut wrong: Vec<(i64, i64, String)> = wrong.collect::<Result<_, _>>()?;
    wrong.sort();
    let (notices, codes, told) = (notices(conn, ticket)?, codes(conn, ticket)?, told(conn, ticket)?);
    Ok(Some((salt, Standing { emptied: salt == NO_SALT, objection, notices, codes, wrong, told })))
}

/// The messages by which the owner is told of a ticket's decisions.
pub fn told(conn: &Connection, ticket: i64) -> Result<Vec<Told>, StoreError> {
    let mut stmt = conn.prepare_cached(
        "SELECT id, mark, about, decision, way, address, language, subject, text, code_hash, queued_at, queued_by, \
         good_until, state, ended_at FROM message WHERE ticket = $1 AND kind = 'owner-notice' ORDER BY id",
    )?;
    let mut rows = stmt.query([ticket])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut text = Rows::default();
        text.read(0, row, 0, 13)?;
        let (way, address): (String, String) = (row.get(4)?, row.get(5)?);
        found.push(Told {
            id: row.get(0)?,
            decision: row.get(3)?,
            to: format!("{way}:{address}"),
            state: row.get(13)?,
            ended_at: row.get(14)?,
            text: text.text().to_vec(),
        });
    }
    Ok(found)
}

/// The messages of a decision, as the leaf of its owner notice commits to them.
pub fn told_of(told: &[Told], decision: i64) -> Vec<u8> {
    told.iter().filter(|t| t.decision == Some(decision)).flat_map(|t| t.text.clone()).collect()
}

fn notices(conn: &Connection, ticket: i64) -> Result<Vec<(Notice, Vec<u8>)>, StoreError> {
    let mut stmt = conn.prepare_cached(
        "SELECT id, kind, status, reported_at, lapses_at, raised_by, confirmed_by, clear_asked_by, cleared_by, \
         cleared_at, key FROM desk_notice WHERE ticket = $1 ORDER BY id",
    )?;
    let rows = stmt.query_map([ticket], |row| {
        let notice = Notice {
            id: row.get(0)?,
            kind: row.get(1)?,
            status: row.get(2)?,
            reported_at: row.get(3)?,
            lapses_at: row.get(4)?,
            raised_by: row.get(5)?,
            confirmed_by: row.get(6)?,
            clear_asked_by: row.get(7)?,
            cleared_by: row.get(8)?,
            cleared_at: row.get(9)?,
        };
        Ok((notice, notice_is(row.get(10)?)))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn codes(conn: &Connection, ticket: i64) -> Result<Vec<Code>, StoreError> {
    let sql = format!("{CODE}, confirmed_at FROM code WHERE ticket = $1 AND void = 0 ORDER BY id");
    let mut stmt = conn.prepare_cached(&sql)?;
    let mut rows = stmt.query([ticket])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut text = Rows::default();
        text.read(0, row, 0, 12)?;
        found.push(Code { id: row.get(0)?, confirmed_at: row.get(12)?, text: text.text().to_vec() });
    }
    Ok(found)
}

/// Tickets about which something of this stands.
pub fn tickets(conn: &Connection) -> Result<Vec<i64>, StoreError> {
    let mut stmt = conn.prepare(
        "SELECT ticket FROM code WHERE void = 0 UNION SELECT ticket FROM wrong_code UNION SELECT ticket FROM objection \
         UNION SELECT ticket FROM desk_notice \
         UNION SELECT ticket FROM message WHERE kind = 'owner-notice' AND ticket IS NOT NULL ORDER BY 1",
    )?;
    let rows = stmt.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
