//! A ticket is emptied: what it says of people goes, and what totals and the log need stays.
//!
//! Its row, its decisions and its grants stay with words, people of the desk and times; claim, salt, links, evidence,
//! notes, messages, mails, reasons and signed texts go. Without the salt nobody can tell any more what the log's
//! commitments were made of. The file zeroes what is deleted (`secure_delete`).

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension as _, params};

use super::links::Link;
use super::tickets::Ticket;
use super::{links, search};
use crate::domain::{State, Time};
use crate::store::{Statements, StoreError};

/// What an emptied ticket has in the place of its salt.
pub const NO_SALT: [u8; 32] = [0; 32];

/// What was in a ticket that was emptied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gone {
    /// Items of evidence.
    pub evidence: u64,
    /// Notes of colleagues.
    pub notes: u64,
    /// Messages that had left.
    pub messages: u64,
    /// Mails that had come.
    pub mails: u64,
    /// Digests of files that it named.
    pub files: Vec<[u8; 32]>,
    /// Numbers of its items.
    pub items: Vec<i64>,
    /// Names outside of its messages.
    pub marks: Vec<String>,
}

impl Gone {
    /// Adds what another ticket held.
    pub fn add(&mut self, other: Self) {
        self.evidence += other.evidence;
        self.notes += other.notes;
        self.messages += other.messages;
        self.mails += other.mails;
        self.files.extend(other.files);
        self.items.extend(other.items);
        self.marks.extend(other.marks);
    }
}

/// Why a ticket cannot be emptied now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bar {
    /// It is not closed.
    Open(State),
    /// An authorization that can still be redeemed, and until when.
    Authorization(String, Time),
    /// A notice on its device that was raised here is in force.
    Notice,
    /// A message is still to leave.
    Message(i64),
    /// An answer of an account's owner that nobody has read.
    Answer(i64),
    /// An open ticket is judged by what this one says.
    Judged(i64),
}

const AUTHORIZATION: &str = "SELECT jti, expires_at FROM authorization WHERE ticket = $1 AND expires_at > $2 \
    AND redeemed_at IS NULL AND revoked_at IS NULL ORDER BY expires_at DESC LIMIT 1";
const NOTICE: &str = "SELECT 1 FROM desk_notice WHERE ticket = $1 AND status <> 'cleared' \
    AND (status = 'confirmed' OR lapses_at IS NULL OR lapses_at > $2)";
const MESSAGE: &str = "SELECT id FROM message WHERE ticket = $1 AND (state = 'waiting' OR state = 'sending') ORDER BY id LIMIT 1";
const ANSWER: &str = "SELECT id FROM mail WHERE ticket = $1 AND notice = 1 AND heard_by IS NULL LIMIT 1";

/// What stands in the way of emptying a ticket, as far as its own rows say.
pub fn bars(conn: &Connection, ticket: i64, state: State, now: Time) -> Result<Vec<Bar>, StoreError> {
    let mut bars = Vec::new();
    if state != State::Closed {
        bars.push(Bar::Open(state));
    }
    let out = conn
        .prepare_cached(AUTHORIZATION)?
        .query_row([ticket, now.0], |row| Ok(Bar::Authorization(row.get(0)?, Time(row.get(1)?))))
        .optional()?;
    bars.extend(out);
    if conn.prepare_cached(NOTICE)?.exists([ticket, now.0])? {
        bars.push(Bar::Notice);
    }
    let one = |sql: &str| conn.prepare_cached(sql)?.query_row([ticket], |row| row.get(0)).optional();
    bars.extend(one(MESSAGE)?.map(Bar::Message));
    bars.extend(one(ANSWER)?.map(Bar::Answer));
    Ok(bars)
}

const MAIL_FILES: &str = "SELECT o.sha256 FROM offer o JOIN mail m ON m.id = o.mail \
    WHERE m.ticket = $1 AND o.sha256 IS NOT NULL UNION SELECT original FROM mail WHERE ticket = $1";

/// What is in a ticket, as counts and names of files.
pub fn holds(conn: &Connection, ticket: i64) -> Result<Gone, StoreError> {
    let count = |sql: &str| -> Result<u64, StoreError> {
        let n: i64 = conn.prepare_cached(sql)?.query_row([ticket], |row| row.get(0))?;
        Ok(n.unsigned_abs())
    };
    let mut gone = Gone {
        evidence: count("SELECT count(*) FROM evidence WHERE ticket = $1")?,
        notes: count("SELECT count(*) FROM note WHERE ticket = $1")?,
        messages: count("SELECT count(*) FROM message WHERE ticket = $1")?,
        mails: count("SELECT count(*) FROM mail WHERE ticket = $1")?,
        ..Gone::default()
    };
    let mut items = conn.prepare_cached("SELECT id, sha256 FROM evidence WHERE ticket = $1")?;
    let mut rows = items.query([ticket])?;
    while let Some(row) = rows.next()? {
        gone.items.push(row.get(0)?);
        gone.files.extend(row.get::<_, Option<[u8; 32]>>(1)?);
    }
    if gone.mails > 0 {
        let mut files = conn.prepare_cached(MAIL_FILES)?;
        let mut rows = files.query([ticket])?;
        while let Some(row) = rows.next()? {
            gone.files.push(row.get(0)?);
        }
    }
    if gone.messages > 0 {
        let mut marks = conn.prepare_cached("SELECT mark FROM message WHERE ticket = $1")?;
        let mut rows = marks.query([ticket])?;
        while let Some(row) = rows.next()? {
            gone.marks.push(row.get(0)?);
        }
    }
    Ok(gone)
}

const TICKET: &str = "UPDATE ticket SET given = '{}', salt = zeroblob(32), links = x'', device = NULL, account = NULL, \
    assignee = NULL, lease_until = NULL, paused_at = NULL, valid_until = NULL, stale = 0, revision = revision + 1 \
    WHERE id = $1";

/// What goes with a ticket, and what is blanked and stays because the log or a total speaks of it.
const BESIDE: [&str; 15] = [
    "DELETE FROM offer WHERE mail IN (SELECT id FROM mail WHERE ticket = $1)",
    "DELETE FROM mail WHERE ticket = $1",
    "DELETE FROM evidence WHERE ticket = $1",
    "DELETE FROM note WHERE ticket = $1",
    "DELETE FROM message WHERE ticket = $1",
    "DELETE FROM joined WHERE source = $1 OR target = $1",
    "UPDATE code SET kind = 'email', value = 'erased@example.invalid', account = NULL, salt = x'', \
     hash = zeroblob(32), void = 1 WHERE ticket = $1",
    "UPDATE decision SET reason = NULL, jws = '', snapshot = '', \
     cancelled_why = CASE WHEN cancelled_why IS NULL THEN NULL ELSE '' END WHERE ticket = $1",
    "UPDATE approval SET jws = '' WHERE ticket = $1",
    "UPDATE clearing SET reason = 'erased', jws = '' WHERE ticket = $1",
    "UPDATE clearing SET reason = 'erased' WHERE other = $1",
    "UPDATE owner_notice SET contacts = '' WHERE ticket = $1",
    "UPDATE objection SET reason = NULL WHERE ticket = $1",
    "UPDATE authorization SET sub = '', token = '', \
     revoked_why = CASE WHEN revoked_why IS NULL THEN NULL ELSE '' END WHERE ticket = $1",
    "UPDATE desk_notice SET name = '' WHERE ticket = $1",
];

/// Empties a ticket; the caller has looked for [`bars`] and writes the leaf.
pub fn empty(statements: &Statements<'_>, ticket: &Ticket) -> Result<Gone, StoreError> {
    let conn = statements.conn();
    let gone = holds(conn, ticket.id)?;
    links::leave_all(conn, ticket.id, ticket.links.iter())?;
    for sql in BESIDE {
        conn.prepare_cached(sql)?.execute([ticket.id])?;
    }
    conn.prepare_cached(TICKET)?.execute([ticket.id])?;
    Ok(gone)
}

/// The caller's own id of a ticket goes too.
pub fn forget_reference(conn: &Connection, ticket: i64) -> Result<(), StoreError> {
    conn.prepare_cached("UPDATE ticket SET reference = NULL WHERE id = $1")?.execute([ticket])?;
    Ok(())
}

const PAGE: &str = "SELECT id FROM ticket WHERE id > $1 AND state = 'closed' AND received_at < $2 \
    AND salt <> zeroblob(32) ORDER BY id LIMIT $3";

/// Closed tickets behind a number that came before a moment and are not emptied yet.
pub fn page(conn: &Connection, after: i64, before: Time, most: i64) -> Result<Vec<i64>, StoreError> {
    let mut stmt = conn.prepare_cached(PAGE)?;
    let rows = stmt.query_map(params![after, before.0, most], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The newest leaf that speaks of a ticket.
pub fn last_leaf(conn: &Connection, ticket: i64) -> Result<Option<String>, StoreError> {
    let sql = "SELECT line FROM leaf WHERE ticket = $1 ORDER BY seq DESC LIMIT 1";
    Ok(conn.prepare_cached(sql)?.query_row([ticket], |row| row.get(0)).optional()?)
}

/// Whether the search's index still waits to hear of one of these.
pub fn is_indexed(conn: &Connection, tickets: &[i64]) -> Result<bool, StoreError> {
    let mut stmt = conn.prepare_cached("SELECT 1 FROM search_todo WHERE ticket = $1")?;
    for ticket in tickets {
        if stmt.exists([ticket])? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Lets the index of the search hear of the tickets that the log has spoken of, a few at a time.
pub fn index(conn: &Connection, most: i64) -> Result<search::Step, StoreError> {
    search::step(conn, most)
}

/// What else names a person by an address or number: messages and codes of other people's tickets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Elsewhere {
    /// Messages to them that have left, their numbers.
    pub messages: Vec<i64>,
    /// Messages to them that are still to leave.
    pub leaving: Vec<i64>,
    /// Open tickets on which they were written to.
    pub open: Vec<i64>,
    /// Their mails on other tickets.
    pub mails: Vec<i64>,
    /// Codes that went to them.
    pub codes: Vec<i64>,
    /// Lists of an owner's contacts that name them.
    pub owner_notices: Vec<i64>,
    /// Names outside of the messages.
    pub marks: Vec<String>,
    /// Digests of files that came with the mails, and of the mails.
    pub files: Vec<[u8; 32]>,
}

impl Elsewhere {
    /// How many rows there are.
    pub fn rows(&self) -> u64 {
        (self.messages.len() + self.mails.len() + self.codes.len() + self.owner_notices.len()) as u64
    }
}

/// Looks for an address or a number in messages, mails, codes and owner notices. It reads them all.
pub fn elsewhere(conn: &Connection, value: &str, found: &mut Elsewhere) -> Result<(), StoreError> {
    let mut stmt = conn.prepare(
        "SELECT m.id, m.mark, m.state, m.ticket, t.state FROM message m LEFT JOIN ticket t ON t.id = m.ticket \
         WHERE m.address = $1",
    )?;
    let mut rows = stmt.query([value])?;
    while let Some(row) = rows.next()? {
        let (id, state): (i64, String) = (row.get(0)?, row.get(2)?);
        if row.get::<_, Option<String>>(4)?.is_some_and(|state| state != "closed") {
            found.open.extend(row.get::<_, Option<i64>>(3)?);
        } else if state == "waiting" || state == "sending" {
            found.leaving.push(id);
        } else {
            found.messages.push(id);
            found.marks.push(row.get(1)?);
        }
    }
    for (sql, into) in [
        ("SELECT id, 0, 'closed' FROM mail WHERE sender = $1", &mut found.mails),
        (
            "SELECT c.id, c.ticket, t.state FROM code c JOIN ticket t ON t.id = c.ticket WHERE c.value = $1",
            &mut found.codes,
        ),
        (
            "SELECT o.id, o.ticket, t.state FROM owner_notice o JOIN ticket t ON t.id = o.ticket \
             WHERE instr(o.contacts, $1) > 0",
            &mut found.owner_notices,
        ),
    ] {
        let mut stmt = conn.prepare(sql)?;
        let mut rows = stmt.query([value])?;
        while let Some(row) = rows.next()? {
            if row.get::<_, String>(2)? == "closed" {
                into.push(row.get(0)?);
            } else {
                found.open.push(row.get(1)?);
            }
        }
    }
    let sql = "SELECT o.sha256 FROM offer o JOIN mail m ON m.id = o.mail WHERE m.sender = $1 AND o.sha256 IS NOT NULL \
        UNION SELECT original FROM mail WHERE sender = $1";
    let mut stmt = conn.prepare(sql)?;
    let rows = stmt.query_map([value], |row| row.get(0))?;
    found.files.extend(rows.collect::<Result<Vec<[u8; 32]>, _>>()?);
    Ok(())
}

/// Tickets that such rows stand on.
pub fn tickets_elsewhere(conn: &Connection, found: &Elsewhere) -> Result<BTreeSet<i64>, StoreError> {
    let mut tickets = BTreeSet::new();
    for (sql, numbers) in [
        ("SELECT ticket FROM message WHERE id = $1", &found.messages),
        ("SELECT ticket FROM mail WHERE id = $1", &found.mails),
        ("SELECT ticket FROM code WHERE id = $1", &found.codes),
        ("SELECT ticket FROM owner_notice WHERE id = $1", &found.owner_notices),
    ] {
        let mut stmt = conn.prepare_cached(sql)?;
        for number in numbers {
            tickets.extend(stmt.query_row([number], |row| row.get::<_, i64>(0)).optional()?);
        }
    }
    Ok(tickets)
}

/// Takes a person out of what is elsewhere: mails go, messages and codes lose address and words.
pub fn leave_elsewhere(conn: &Connection, found: &Elsewhere) -> Result<(), StoreError> {
    for (sql, numbers) in [
        (
            "UPDATE message SET about = 'erased:' || mark, way = 'email', address = 'erased@example.invalid', \
             subject = '', text = '', why = NULL WHERE id = $1",
            &found.messages,
        ),
        ("DELETE FROM offer WHERE mail = $1", &found.mails),
        ("DELETE FROM mail WHERE id = $1", &found.mails),
        (
            "UPDATE code SET kind = 'email', value = 'erased@example.invalid', salt = x'', hash = zeroblob(32), \
             void = 1 WHERE id = $1",
            &found.codes,
        ),
        ("UPDATE owner_notice SET contacts = '' WHERE id = $1", &found.owner_notices),
    ] {
        let mut stmt = conn.prepare_cached(sql)?;
        for number in numbers {
            stmt.execute([number])?;
        }
    }
    Ok(())
}

/// Whether a text says one of these, letter case apart.
fn says(text: &str, words: &[String]) -> bool {
    let text = text.to_lowercase();
    words.iter().any(|word| text.contains(word.as_str()))
}

/// What people keep for their screens (filters, searches) that says one of these words; they are lower case.
pub fn kept_with(conn: &Connection, words: &[String]) -> Result<Vec<(String, String)>, StoreError> {
    let mut stmt = conn.prepare("SELECT agent, name, value FROM kept")?;
    let mut rows = stmt.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (name, value): (String, String) = (row.get(1)?, row.get(2)?);
        if says(&name, words) || says(&value, words) {
            found.push((row.get(0)?, name));
        }
    }
    Ok(found)
}

/// Digests that rows have come to name since a moment, by the highest numbers there were.
pub fn named_since(conn: &Connection, since: [i64; 3]) -> Result<Vec<[u8; 32]>, StoreError> {
    let mut stmt = conn.prepare(
        "SELECT sha256 FROM evidence WHERE id > $1 AND sha256 IS NOT NULL
         UNION SELECT sha256 FROM offer WHERE id > $2 AND sha256 IS NOT NULL
         UNION SELECT original FROM mail WHERE id > $3",
    )?;
    let rows = stmt.query_map(since, |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The highest numbers of evidence, offers and mails.
pub fn highest(conn: &Connection) -> Result<[i64; 3], StoreError> {
    let highest = |sql: &str| -> Result<i64, StoreError> {
        Ok(conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    };
    Ok([
        highest("SELECT coalesce(max(id), 0) FROM evidence")?,
        highest("SELECT coalesce(max(id), 0) FROM offer")?,
        highest("SELECT coalesce(max(id), 0) FROM mail")?,
    ])
}

/// What links two tickets may be judged by.
pub fn judged_by(links: &[Link]) -> impl Iterator<Item = &Link> {
    links.iter().filter(|link| link.0 <= links::kind::LAST_JUDGED)
}
