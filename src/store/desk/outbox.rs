//! What is to leave the house, and what became of it.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::domain::{Contact, ContactKind, Email, MessageKind, MessageState, Phone, Region, Time};
use crate::store::StoreError;

/// A message to be queued.
pub struct NewMessage<'a> {
    /// Its name outside.
    pub mark: &'a str,
    /// What it is about; the same is queued once.
    pub about: &'a str,
    /// The ticket; 0 for what belongs to none.
    pub ticket: i64,
    /// The decision that an owner notice tells of.
    pub decision: Option<i64>,
    /// What it is for.
    pub kind: MessageKind,
    /// To whom.
    pub to: &'a Contact,
    /// The language it is written in.
    pub language: &'a str,
    /// Its subject, where mail has one.
    pub subject: &'a str,
    /// Its text; `{code}` stands for the code.
    pub text: &'a str,
    /// By which an owner notice is found from the code that it carried.
    pub code_hash: Option<[u8; 32]>,
    /// When.
    pub at: Time,
    /// Who had it sent.
    pub by: &'a str,
    /// It is worth nothing from then on.
    pub good_until: Option<Time>,
    /// `Some`: nothing is sent here, and this is why; it counts as sent.
    pub rehearsed: Option<&'a str>,
}

/// A message as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its number.
    pub id: i64,
    /// Its name outside.
    pub mark: String,
    /// What it is about.
    pub about: String,
    /// The ticket's number; 0 for what belongs to none.
    pub ticket: i64,
    /// The ticket's reference.
    pub reference: Option<String>,
    /// What it is for.
    pub kind: MessageKind,
    /// To whom.
    pub to: Contact,
    /// The language it is written in.
    pub language: String,
    /// Its subject.
    pub subject: String,
    /// Its text; `{code}` stands for the code.
    pub text: String,
    /// When it was queued.
    pub queued_at: Time,
    /// By whom.
    pub queued_by: String,
    /// It is worth nothing from then on.
    pub good_until: Option<Time>,
    /// Where it stands.
    pub state: MessageState,
    /// How often it was tried.
    pub tries: i64,
    /// When it may be tried next, or, being carried, is given up for lost.
    pub due_at: Option<Time>,
    /// When it was sent, failed or dropped.
    pub ended_at: Option<Time>,
    /// Why the last try failed, or why it was dropped.
    pub why: Option<String>,
}

/// Which messages are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Of this ticket alone.
    pub ticket: Option<i64>,
    /// In this state alone.
    pub state: Option<MessageState>,
    /// Only what is still to leave, or has failed.
    pub open: bool,
}

const MESSAGE: &str = "m.id, m.mark, m.about, m.ticket, t.reference, m.kind, m.way, m.address, m.language, \
    m.subject, m.text, m.queued_at, m.queued_by, m.good_until, m.state, m.tries, m.due_at, m.ended_at, m.why \
    FROM message m LEFT JOIN ticket t ON t.id = m.ticket";

fn read(row: &Row<'_>) -> Result<Message, StoreError> {
    let nonsense = |what| StoreError::Nonsense { what };
    let time = |n: Option<i64>| n.map(Time);
    let way: ContactKind = row.get::<_, String>(6)?.parse().map_err(|_| nonsense("way of a message"))?;
    let address: String = row.get(7)?;
    let to = match way {
        ContactKind::Email => Email::parse(&address).ok().map(Contact::Email),
        // It was stored with its country code: the region is never asked.
        ContactKind::Phone => Phone::parse(&address, Region::default()).ok().map(Contact::Phone),
    };
    Ok(Message {
        id: row.get(0)?,
        mark: row.get(1)?,
        about: row.get(2)?,
        ticket: row.get::<_, Option<i64>>(3)?.unwrap_or(0),
        reference: row.get(4)?,
        kind: row.get::<_, String>(5)?.parse().map_err(|_| nonsense("kind of a message"))?,
        to: to.ok_or_else(|| nonsense("address of a message"))?,
        language: row.get(8)?,
        subject: row.get(9)?,
        text: row.get(10)?,
        queued_at: Time(row.get(11)?),
        queued_by: row.get(12)?,
        good_until: time(row.get(13)?),
        state: row.get::<_, String>(14)?.parse().map_err(|_| nonsense("state of a message"))?,
        tries: row.get(15)?,
        due_at: time(row.get(16)?),
        ended_at: time(row.get(17)?),
        why: row.get(18)?,
    })
}

/// Queues a message and returns its number; `None` where one about the same is there already.
pub fn add(conn: &Connection, m: &NewMessage<'_>) -> Result<Option<i64>, StoreError> {
    let (state, due, ended) = match m.rehearsed {
        None => (MessageState::Waiting, Some(m.at.0), None),
        Some(_) => (MessageState::Sent, None, Some(m.at.0)),
    };
    let added = conn
        .prepare_cached(
            "INSERT INTO message (mark, about, ticket, decision, kind, way, address, language, subject, text, code_hash,
               queued_at, queued_by, good_until, state, due_at, ended_at, why)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
             ON CONFLICT (about) DO NOTHING",
        )?
        .execute(params![
            m.mark,
            m.about,
            (m.ticket != 0).then_some(m.ticket),
            m.decision,
            m.kind.as_str(),
            m.to.kind().as_str(),
            m.to.plain(),
            m.language,
            m.subject,
            m.text,
            m.code_hash.as_ref().map(|h| &h[..]),
            m.at.0,
            m.by,
            m.good_until.map(|t| t.0),
            state.as_str(),
            due,
            ended,
            m.rehearsed,
        ])?;
    Ok((added == 1).then(|| conn.last_insert_rowid()))
}

/// The message of this number.
pub fn get(conn: &Connection, id: i64) -> Result<Option<Message>, StoreError> {
    let sql = format!("SELECT {MESSAGE} WHERE m.id = $1");
    conn.prepare_cached(&sql)?.query_row([id], |row| Ok(read(row))).optional()?.transpose()
}

/// The newest `most` messages that are wanted, newest first.
pub fn list(conn: &Connection, wanted: Wanted, most: usize) -> Result<Vec<Message>, StoreError> {
    let sql = format!(
        "SELECT {MESSAGE} WHERE ($1 IS NULL OR m.ticket = $1) AND ($2 IS NULL OR m.state = $2)
           AND ($3 = 0 OR m.due_at IS NOT NULL OR m.state = 'failed')
         ORDER BY m.id DESC LIMIT $4"
    );
    let mut stmt = conn.prepare_cached(&sql)?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let state = wanted.state.map(MessageState::as_str);
    let rows =
        stmt.query_map(params![wanted.ticket, state, i64::from(wanted.open), most], |row| Ok(read(row)))?;
    rows.map(|r| r?).collect()
}

/// How many are still to leave, and how many have failed.
pub fn counts(conn: &Connection) -> Result<(i64, i64), StoreError> {
    let one = |sql: &str| -> Result<i64, StoreError> {
        Ok(conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    };
    Ok((
        one("SELECT count(*) FROM message WHERE due_at IS NOT NULL")?,
        one("SELECT count(*) FROM message WHERE state = 'failed'")?,
    ))
}

/// When the next message may be tried.
pub fn next_due(conn: &Connection) -> Result<Option<Time>, StoreError> {
    let due: Option<i64> = conn
        .prepare_cached("SELECT min(due_at) FROM message WHERE due_at IS NOT NULL")?
        .query_row([], |row| row.get(0))?;
    Ok(due.map(Time))
}

/// A message that may be carried now: `only` this one, or whichever is due for longest.
pub fn due(conn: &Connection, now: Time, only: Option<i64>) -> Result<Option<Message>, StoreError> {
    let sql = format!(
        "SELECT {MESSAGE} WHERE m.due_at IS NOT NULL AND m.due_at <= $1 AND ($2 IS NULL OR m.id = $2)
         ORDER BY m.due_at, m.id LIMIT 1"
    );
    conn.prepare_cached(&sql)?.query_row(params![now.0, only], |row| Ok(read(row))).optional()?.transpose()
}

/// Somebody carries it now, and is given up for lost at `until`.
pub fn claim(conn: &Connection, id: i64, claim: &str, until: Time) -> Result<(), StoreError> {
    conn.prepare_cached(
        "UPDATE message SET state = 'sending', claim = $1, due_at = $2, tries = tries + 1 WHERE id = $3",
    )?
    .execute(params![claim, until.0, id])?;
    Ok(())
}

/// It was acknowledged, by whoever carried it; `false` where it had been before.
pub fn sent(conn: &Connection, id: i64, at: Time) -> Result<bool, StoreError> {
    let changed = conn
        .prepare_cached(
            "UPDATE message SET state = 'sent', claim = NULL, due_at = NULL, ended_at = $1, why = NULL
             WHERE id = $2 AND state <> 'sent'",
        )?
        .execute(params![at.0, id])?;
    Ok(changed == 1)
}

/// A try came to nothing: it waits for the next (`Some`) or has failed. `false` where the claim was no longer
/// the carrier's own, and what became of it is somebody else's to say.
pub fn tried(
    conn: &Connection,
    id: i64,
    claim: &str,
    why: &str,
    next: Option<Time>,
    at: Time,
) -> Result<bool, StoreError> {
    let state = if next.is_some() { MessageState::Waiting } else { MessageState::Failed };
    let ended = if next.is_some() { None } else { Some(at.0) };
    let changed = conn
        .prepare_cached(
            "UPDATE message SET state = $1, claim = NULL, due_at = $2, ended_at = $3, why = $4
             WHERE id = $5 AND claim = $6",
        )?
        .execute(params![state.as_str(), next.map(|t| t.0), ended, why, id, claim])?;
    Ok(changed == 1)
}

/// It is not to be sent any more; `false` where it was over already.
pub fn drop(conn: &Connection, id: i64, why: &str, at: Time) -> Result<bool, StoreError> {
    let changed = conn
        .prepare_cached(
            "UPDATE message SET state = 'dropped', claim = NULL, due_at = NULL, ended_at = $1, why = $2
             WHERE id = $3 AND state IN ('waiting', 'sending', 'failed')",
        )?
        .execute(params![at.0, why, id])?;
    Ok(changed == 1)
}

/// It is tried again, at once and from the first try; `false` where it was sent, or is being carried.
pub fn again(conn: &Connection, id: i64, at: Time) -> Result<bool, StoreError> {
    let changed = conn
        .prepare_cached(
            "UPDATE message SET state = 'waiting', claim = NULL, due_at = $1, ended_at = NULL, tries = 0
             WHERE id = $2 AND state IN ('waiting', 'failed', 'dropped')",
        )?
        .execute(params![at.0, id])?;
    Ok(changed == 1)
}

/// The ticket of the owner notice that carried a code.
pub fn ticket_of_code(conn: &Connection, hash: &[u8; 32]) -> Result<Option<i64>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT ticket FROM message WHERE code_hash = $1")?
        .query_row([&hash[..]], |row| row.get(0))
        .optional()?)
}
