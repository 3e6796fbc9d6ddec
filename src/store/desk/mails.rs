//! Mails that came in, and what they offer.

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::domain::{Attachment, MessageKind, OfferKind, OfferState, Request, Time};
use crate::store::StoreError;

/// A mail to be kept.
pub struct NewMail<'a> {
    /// By what it is known again.
    pub known: &'a str,
    /// Whether another one with that name is the same.
    pub digest: &'a [u8; 32],
    /// Its ticket.
    pub ticket: i64,
    /// The closed ticket that it answers.
    pub follows: Option<i64>,
    /// It came from another address than the claimant's.
    pub stranger: bool,
    /// It answers a message to the account's owner.
    pub notice: bool,
    /// The name of whoever says they wrote it.
    pub name: Option<&'a str>,
    /// Their address.
    pub sender: &'a str,
    /// Its subject.
    pub subject: &'a str,
    /// What it says.
    pub text: &'a str,
    /// What an agent should know of it, a sentence a line.
    pub remarks: &'a str,
    /// When it says it was sent.
    pub sent_at: Option<Time>,
    /// When it was taken in.
    pub at: Time,
    /// By whom.
    pub by: &'a str,
    /// Digest of its bytes.
    pub original: &'a [u8; 32],
    /// How many these are.
    pub bytes: u64,
    /// Who has heard what it says, where it answers the owner notice.
    pub heard_by: Option<&'a str>,
}

/// A mail of a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Its number.
    pub id: i64,
    /// Its ticket.
    pub ticket: i64,
    /// The closed ticket that it answers.
    pub follows: Option<i64>,
    /// It came from another address than the claimant's.
    pub stranger: bool,
    /// It answers a message to the account's owner.
    pub notice: bool,
    /// The name of whoever says they wrote it.
    pub name: Option<String>,
    /// Their address.
    pub sender: String,
    /// Its subject.
    pub subject: String,
    /// What it says.
    pub text: String,
    /// What an agent should know of it.
    pub remarks: Vec<String>,
    /// When it says it was sent.
    pub sent_at: Option<Time>,
    /// When it was taken in.
    pub taken_at: Time,
    /// By whom.
    pub taken_by: String,
    /// Digest of its bytes as they came.
    pub original: [u8; 32],
    /// How many these are.
    pub bytes: u64,
    /// Who has heard what it says, where it answers the owner notice.
    pub heard_by: Option<String>,
    /// What it offers, in its order.
    pub offers: Vec<Offer>,
}

/// Something that a mail offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Its number.
    pub id: i64,
    /// The mail's.
    pub mail: i64,
    /// What it seems to be.
    pub kind: OfferKind,
    /// The identifier, or the file's name.
    pub text: String,
    /// It is called an IMEI, and its check digit does not fit.
    pub damaged: bool,
    /// The file itself.
    pub file: Option<Attachment>,
    /// What became of it.
    pub state: OfferState,
    /// The column or kind that it was confirmed as.
    pub what: Option<String>,
    /// The item that it went to.
    pub evidence: Option<i64>,
    /// Who said so.
    pub by: Option<String>,
    /// When.
    pub at: Option<Time>,
}

/// The ticket, digest and owner's mark of the mail that is known by this name.
pub fn known(conn: &Connection, known: &str) -> Result<Option<(i64, [u8; 32], bool)>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT ticket, digest, notice FROM mail WHERE known = $1")?
        .query_row([known], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?)
}

/// The ticket and kind of the message that left under this name.
pub fn message(conn: &Connection, mark: &str) -> Result<Option<(i64, MessageKind)>, StoreError> {
    let found: Option<(i64, String)> = conn
        .prepare_cached("SELECT ticket, kind FROM message WHERE mark = $1 AND ticket IS NOT NULL")?
        .query_row([mark], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((ticket, kind)) = found else { return Ok(None) };
    let kind = kind.parse().map_err(|_| StoreError::Nonsense { what: "kind of message" })?;
    Ok(Some((ticket, kind)))
}

/// The newest text by which somebody answered our messages to this address as the account's owner's.
pub fn owner_wrote(conn: &Connection, address: &str) -> Result<Option<String>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT text FROM mail WHERE notice = 1 AND sender = $1 ORDER BY id DESC LIMIT 1")?
        .query_row([address], |row| row.get(0))
        .optional()?)
}

/// Keeps a mail and says its number.
pub fn add(conn: &Connection, m: &NewMail<'_>) -> Result<i64, StoreError> {
    conn.prepare_cached(
        "INSERT INTO mail (known, digest, ticket, follows, stranger, notice, name, sender, subject, text, remarks,
           sent_at, taken_at, taken_by, original, bytes, heard_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
    )?
    .execute(params![
        m.known,
        &m.digest[..],
        m.ticket,
        m.follows,
        i64::from(m.stranger),
        i64::from(m.notice),
        m.name,
        m.sender,
        m.subject,
        m.text,
        m.remarks,
        m.sent_at.map(|t| t.0),
        m.at.0,
        m.by,
        &m.original[..],
        i64::try_from(m.bytes).unwrap_or(i64::MAX),
        m.heard_by,
    ])?;
    Ok(conn.last_insert_rowid())
}

/// Keeps what a mail offers.
pub fn offer(
    conn: &Connection,
    mail: i64,
    kind: OfferKind,
    text: &str,
    damaged: bool,
    file: Option<&Attachment>,
) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO offer (mail, kind, text, damaged, bytes, sha256, dhash) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )?
    .execute(params![
        mail,
        kind.as_str(),
        text,
        i64::from(damaged),
        file.map(|f| i64::try_from(f.bytes).unwrap_or(i64::MAX)),
        file.map(|f| &f.sha256[..]),
        file.and_then(|f| f.dhash).map(u64::cast_signed),
    ])?;
    Ok(())
}

/// The mails of a ticket and of those that were joined to it, with what they offer, oldest first.
pub fn of(conn: &Connection, ticket: i64) -> Result<Vec<Mail>, StoreError> {
    let mut stmt = conn.prepare_cached(
        "SELECT id, ticket, follows, stranger, notice, name, sender, subject, text, remarks, sent_at, taken_at, taken_by,
           original, bytes, heard_by
         FROM mail WHERE ticket = $1 OR ticket IN (SELECT j.source FROM joined j JOIN ticket t ON t.id = j.source
           WHERE j.target = $1 AND t.merged_into = $1)
         ORDER BY id",
    )?;
    let rows = stmt.query_map([ticket], |row| {
        let remarks: String = row.get(9)?;
        Ok(Mail {
            id: row.get(0)?,
            ticket: row.get(1)?,
            follows: row.get(2)?,
            stranger: row.get(3)?,
            notice: row.get(4)?,
            name: row.get(5)?,
            sender: row.get(6)?,
            subject: row.get(7)?,
            text: row.get(8)?,
            remarks: remarks.lines().map(str::to_owned).collect(),
            sent_at: row.get::<_, Option<i64>>(10)?.map(Time),
            taken_at: Time(row.get(11)?),
            taken_by: row.get(12)?,
            original: row.get(13)?,
            bytes: u64::try_from(row.get::<_, i64>(14)?).unwrap_or(0),
            heard_by: row.get(15)?,
            offers: Vec::new(),
        })
    })?;
    let mut mails: Vec<Mail> = rows.collect::<Result<_, _>>()?;
    for mail in &mut mails {
        mail.offers = offers(conn, mail.id)?;
    }
    Ok(mails)
}

fn offers(conn: &Connection, mail: i64) -> Result<Vec<Offer>, StoreError> {
    let mut stmt = conn.prepare_cached(
        "SELECT id, mail, kind, text, damaged, bytes, sha256, dhash, state, what, evidence, by, at
         FROM offer WHERE mail = $1 ORDER BY id",
    )?;
    let rows = stmt.query_map([mail], |row| Ok(read(row)))?;
    rows.map(|r| r?).collect()
}

fn read(row: &Row<'_>) -> Result<Offer, StoreError> {
    let (kind, state): (String, String) = (row.get(2)?, row.get(8)?);
    let text: String = row.get(3)?;
    let sha256: Option<[u8; 32]> = row.get(6)?;
    let bytes: Option<i64> = row.get(5)?;
    let dhash: Option<i64> = row.get(7)?;
    Ok(Offer {
        id: row.get(0)?,
        mail: row.get(1)?,
        kind: kind.parse().map_err(|_| StoreError::Nonsense { what: "kind of offer" })?,
        file: sha256.map(|sha256| Attachment {
            name: text.clone(),
            bytes: bytes.and_then(|b| u64::try_from(b).ok()).unwrap_or(0),
            sha256,
            dhash: dhash.map(i64::cast_unsigned),
            seen: None,
        }),
        text,
        damaged: row.get(4)?,
        state: state.parse().map_err(|_| StoreError::Nonsense { what: "state of an offer" })?,
        what: row.get(9)?,
        evidence: row.get(10)?,
        by: row.get(11)?,
        at: row.get::<_, Option<i64>>(12)?.map(Time),
    })
}

/// What somebody said of an offer.
pub struct Answer<'a> {
    /// What becomes of it.
    pub state: OfferState,
    /// The column or kind that it is confirmed as.
    pub what: Option<&'a str>,
    /// The item that it went to.
    pub evidence: Option<i64>,
    /// Who says so.
    pub by: &'a str,
    /// When.
    pub at: Time,
}

/// Keeps what somebody said of an offer.
pub fn answer(conn: &Connection, offer: i64, a: &Answer<'_>) -> Result<(), StoreError> {
    conn.prepare_cached(
        "UPDATE offer SET state = $1, what = $2, evidence = $3, by = $4, at = $5 WHERE id = $6",
    )?
    .execute(params![a.state.as_str(), a.what, a.evidence, a.by, a.at.0, offer])?;
    Ok(())
}

/// An item stands in another's place: what was confirmed into that is in this now.
pub fn moved(conn: &Connection, from: i64, to: i64) -> Result<(), StoreError> {
    conn.prepare_cached("UPDATE offer SET evidence = $1 WHERE evidence = $2")?.execute([to, from])?;
    Ok(())
}

/// The ticket asks for something else.
pub fn set_request(conn: &Connection, ticket: i64, request: Request, due_at: Time) -> Result<(), StoreError> {
    conn.prepare_cached(
        "UPDATE ticket SET request = $1, due_at = $2, stale = 1, revision = revision + 1 WHERE id = $3",
    )?
    .execute(params![request.as_str(), due_at.0, ticket])?;
    Ok(())
}
