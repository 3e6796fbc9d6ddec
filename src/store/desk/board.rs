//! What the board reads: open tickets in slices, and what has changed since.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rusqlite::{Connection, Row, params};

use crate::domain::{Recommendation, Request, State, Time};
use crate::store::StoreError;

/// A ticket as the board keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number.
    pub id: i64,
    /// Where it stands.
    pub state: State,
    /// What is asked.
    pub request: Request,
    /// What was recommended last.
    pub recommendation: Option<Recommendation>,
    /// Its place in the order of urgency, small first.
    pub rank: i64,
    /// When it came in.
    pub received_at: Time,
    /// When it should be done.
    pub due_at: Time,
    /// Since when its clock stands still.
    pub paused_at: Option<Time>,
    /// Until when it waits for time alone.
    pub held_until: Option<Time>,
    /// Who holds it, and until when.
    pub lease: Option<(String, Time)>,
    /// The account's owner answered without a code, and nobody has heard it.
    pub owner_wrote: bool,
    /// Its reference, what the claim says and what agents noted, in lower case.
    pub text: String,
}

/// Longest text of one ticket that is searched, in bytes: what stands beyond was never typed by a person.
const MOST_TEXT: usize = 4096;

const COLUMNS: &str = "id, state, request, recommendation, rank, received_at, due_at, paused_at, held_until, assignee, \
    lease_until, reference, given, \
    (SELECT group_concat(text, ' ') FROM note WHERE note.ticket = ticket.id AND removed_at IS NULL), \
    EXISTS (SELECT 1 FROM mail WHERE mail.ticket = ticket.id AND notice = 1 AND heard_by IS NULL)";

fn read(row: &Row<'_>) -> Result<Line, StoreError> {
    let nonsense = |what: &'static str| StoreError::Nonsense { what };
    let word =
        |i: usize| -> Result<&str, StoreError> { row.get_ref(i)?.as_str().map_err(|_| nonsense("word")) };
    let time = |i: usize| -> Result<Option<Time>, StoreError> { Ok(row.get::<_, Option<i64>>(i)?.map(Time)) };
    let id: i64 = row.get(0)?;
    let reference = row.get_ref(11)?.as_str_or_null().map_err(|_| nonsense("reference"))?;
    let notes = row.get_ref(13)?.as_str_or_null().map_err(|_| nonsense("note"))?;
    Ok(Line {
        id,
        state: word(1)?.parse().map_err(|_| nonsense("state"))?,
        request: word(2)?.parse().map_err(|_| nonsense("request"))?,
        recommendation: row
            .get_ref(3)?
            .as_str_or_null()
            .map_err(|_| nonsense("recommendation"))?
            .and_then(|w| w.parse().ok()),
        rank: row.get(4)?,
        received_at: Time(row.get(5)?),
        due_at: Time(row.get(6)?),
        paused_at: time(7)?,
        held_until: time(8)?,
        lease: row.get::<_, Option<String>>(9)?.zip(time(10)?),
        owner_wrote: row.get(14)?,
        text: text(id, reference, word(12)?, notes)?,
    })
}

fn text(id: i64, reference: Option<&str>, given: &str, notes: Option<&str>) -> Result<String, StoreError> {
    let given: BTreeMap<Cow<'_, str>, Cow<'_, str>> =
        serde_json::from_str(given).map_err(|_| StoreError::Nonsense { what: "claim" })?;
    let mut text = format!("{} #{id}", reference.unwrap_or_default());
    for value in given.values() {
        text.push(' ');
        text.push_str(value);
    }
    if let Some(notes) = notes {
        text.push(' ');
        text.push_str(notes);
    }
    let mut text = text.to_lowercase();
    if text.len() > MOST_TEXT {
        let end = (0..=MOST_TEXT).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        text.truncate(end);
    }
    Ok(text)
}

fn lines(conn: &Connection, sql: &str, values: &[&dyn rusqlite::ToSql]) -> Result<Vec<Line>, StoreError> {
    let mut stmt = conn.prepare_cached(sql)?;
    let rows = stmt.query_map(values, |row| Ok(read(row)))?;
    rows.map(|r| r?).collect()
}

/// The next open tickets in the order of urgency after the one given.
pub fn by_urgency(
    conn: &Connection,
    after: Option<(i64, Time, i64)>,
    most: i64,
) -> Result<Vec<Line>, StoreError> {
    let (rank, received, id) = after.map_or((i64::MIN, i64::MIN, 0), |(r, t, id)| (r, t.0, id));
    let sql = format!(
        "SELECT {COLUMNS} FROM ticket WHERE state <> 'closed' AND (rank, received_at, id) > ($1, $2, $3)
         ORDER BY rank, received_at, id LIMIT $4"
    );
    lines(conn, &sql, params![rank, received, id, most])
}

/// The tickets with a higher number, lowest first.
pub fn newer(conn: &Connection, than: i64, most: i64) -> Result<Vec<Line>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM ticket WHERE id > $1 ORDER BY id LIMIT $2");
    lines(conn, &sql, params![than, most])
}

/// The open tickets whose numbers lie between two, both included.
pub fn between(conn: &Connection, low: i64, high: i64) -> Result<Vec<Line>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS} FROM ticket WHERE id BETWEEN $1 AND $2 AND state <> 'closed' ORDER BY id");
    lines(conn, &sql, params![low, high])
}

/// The ticket of this number.
pub fn one(conn: &Connection, id: i64) -> Result<Option<Line>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM ticket WHERE id = $1");
    Ok(lines(conn, &sql, params![id])?.pop())
}

/// The index of the log's next leaf.
pub fn next_leaf(conn: &Connection) -> Result<i64, StoreError> {
    Ok(conn.prepare_cached("SELECT coalesce(max(seq), -1) + 1 FROM leaf")?.query_row([], |row| row.get(0))?)
}

/// The tickets that leaves from this one on speak of: every act leaves one.
pub fn touched(conn: &Connection, from: i64) -> Result<Vec<i64>, StoreError> {
    let mut stmt = conn.prepare_cached("SELECT DISTINCT ticket FROM leaf WHERE seq >= $1 AND ticket > 0")?;
    let rows = stmt.query_map([from], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A number that changes when anybody else has written to the file.
pub fn data_version(conn: &Connection) -> Result<i64, StoreError> {
    Ok(conn.query_row("PRAGMA data_version", [], |row| row.get(0))?)
}
