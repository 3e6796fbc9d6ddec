//! Ticket rows.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::evidence::Columns;
use super::links::{self, Link};
use crate::domain::reading::Reading;
use crate::domain::{CaseFields, Claim, Recommendation, Region, Request, State, Time};
use crate::store::{Statements, StoreError};

/// A ticket as the store keeps it.
#[derive(Clone, Debug, PartialEq)]
pub struct Ticket {
    /// Its number.
    pub id: i64,
    /// The caller's own id.
    pub reference: Option<String>,
    /// What is asked.
    pub request: Request,
    /// Where it stands.
    pub state: State,
    /// When it came in.
    pub received_at: Time,
    /// When it should be done.
    pub due_at: Time,
    /// Since when its clock stands still.
    pub paused_at: Option<Time>,
    /// The claim's columns, as given.
    pub given: Columns,
    /// Salt of its commitments in the log.
    pub salt: [u8; 32],
    /// Who holds it.
    pub assignee: Option<String>,
    /// Until when.
    pub lease_until: Option<Time>,
    /// Until when it waits for time alone.
    pub held_until: Option<Time>,
    /// How it ended.
    pub closed_as: Option<String>,
    /// The twin it lives on in.
    pub merged_into: Option<i64>,
    /// The device it is about.
    pub device: Option<i64>,
    /// The account it is about.
    pub account: Option<i64>,
    /// What was recommended last.
    pub recommendation: Option<Recommendation>,
    /// JSON of the last judgement's summary.
    pub verdict: Option<String>,
    /// When it was judged last.
    pub checked_at: Option<Time>,
    /// When time alone changes that.
    pub valid_until: Option<Time>,
    /// It must be judged again.
    pub stale: bool,
    /// Rises with every change.
    pub revision: i64,
    /// What it shares with others, or might.
    pub links: Vec<Link>,
}

macro_rules! columns {
    () => {
        "id, reference, request, state, received_at, due_at, given, salt, assignee, lease_until, held_until, closed_as, \
        merged_into, device, account, recommendation, verdict, checked_at, valid_until, stale, revision, paused_at, links"
    };
}
pub(super) const COLUMNS: &str = columns!();

/// Reads a row that selects [`COLUMNS`].
pub(super) fn read(row: &Row<'_>) -> Result<Ticket, StoreError> {
    let word = |i: usize| -> Result<String, StoreError> { Ok(row.get(i)?) };
    let time = |i: usize| -> Result<Option<Time>, StoreError> { Ok(row.get::<_, Option<i64>>(i)?.map(Time)) };
    let nonsense = |what: &'static str| StoreError::Nonsense { what };
    Ok(Ticket {
        id: row.get(0)?,
        reference: row.get(1)?,
        request: word(2)?.parse().map_err(|_| nonsense("request"))?,
        state: word(3)?.parse().map_err(|_| nonsense("state"))?,
        received_at: Time(row.get(4)?),
        due_at: Time(row.get(5)?),
        given: serde_json::from_str(&word(6)?).map_err(|_| nonsense("claim"))?,
        salt: row.get(7)?,
        assignee: row.get(8)?,
        lease_until: time(9)?,
        held_until: time(10)?,
        closed_as: row.get(11)?,
        merged_into: row.get(12)?,
        device: row.get(13)?,
        account: row.get(14)?,
        recommendation: row
            .get::<_, Option<String>>(15)?
            .map(|w| w.parse().map_err(|_| nonsense("recommendation")))
            .transpose()?,
        verdict: row.get(16)?,
        checked_at: time(17)?,
        valid_until: time(18)?,
        stale: row.get(19)?,
        revision: row.get(20)?,
        paused_at: time(21)?,
        links: links::unpack(row.get_ref(22)?.as_blob().unwrap_or_default()).collect(),
    })
}

impl Ticket {
    /// The claim with its evidence, as the checks read it.
    pub fn claim(&self, evidence: &[super::evidence::StoredEvidence], region: Region) -> Claim {
        let reading = Reading { fields: &CaseFields::stored(&self.given), region };
        let evidence = evidence.iter().map(|e| e.typed(region)).collect();
        reading.claim(self.request, self.received_at, evidence)
    }
}

/// A ticket to be stored.
pub struct NewTicket<'a> {
    /// Its number.
    pub id: i64,
    /// The caller's own id.
    pub reference: Option<&'a str>,
    /// What is asked.
    pub request: Request,
    /// When it came in.
    pub received_at: Time,
    /// When it should be done.
    pub due_at: Time,
    /// JSON object of the claim's columns as given.
    pub given: &'a str,
    /// Salt of its commitments in the log.
    pub salt: [u8; 32],
    /// What it shares with others.
    pub links: &'a [Link],
    /// Its first judgement.
    pub checked: Checked<'a>,
}

const ADD: &str = "INSERT INTO ticket (id, reference, request, state, received_at, due_at, given, salt, device, account, \
    recommendation, verdict, rank, checked_at, valid_until, links, stale) \
    VALUES ($1, $2, $3, 'open', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 0) \
    ON CONFLICT (reference) DO NOTHING";

/// Stores a ticket as `open`, with its first judgement; `false` where its reference is taken.
pub fn add(statements: &Statements<'_>, new: &NewTicket<'_>) -> Result<bool, StoreError> {
    let c = &new.checked;
    let added = statements.statement(ADD)?.execute(params![
        new.id,
        new.reference,
        new.request.as_str(),
        new.received_at.0,
        new.due_at.0,
        new.given,
        &new.salt[..],
        c.device,
        c.account,
        c.recommendation.as_str(),
        c.verdict,
        c.rank,
        c.checked_at.0,
        c.valid_until.map(|t| t.0),
        links::pack(new.links),
    ])?;
    Ok(added == 1)
}

/// The number the next ticket gets.
pub fn next_id(conn: &Connection) -> Result<i64, StoreError> {
    Ok(conn.prepare_cached("SELECT coalesce(max(id), 0) + 1 FROM ticket")?.query_row([], |row| row.get(0))?)
}

const GET: &str = concat!("SELECT ", columns!(), " FROM ticket WHERE id = $1");

/// The ticket of this number.
pub fn get(statements: &Statements<'_>, id: i64) -> Result<Option<Ticket>, StoreError> {
    statements.statement(GET)?.query_row([id], |row| Ok(read(row))).optional()?.transpose()
}

/// The number of the ticket with this reference.
pub fn by_reference(conn: &Connection, reference: &str) -> Result<Option<i64>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT id FROM ticket WHERE reference = $1")?
        .query_row([reference], |row| row.get(0))
        .optional()?)
}

/// The newest references, newest first.
pub fn references(conn: &Connection, most: usize) -> Result<Vec<String>, StoreError> {
    let mut stmt = conn.prepare_cached(
        "SELECT reference FROM ticket WHERE reference IS NOT NULL ORDER BY id DESC LIMIT $1",
    )?;
    let rows = stmt.query_map([i64::try_from(most).unwrap_or(i64::MAX)], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What the last check led to.
pub struct Checked<'a> {
    /// The device it is about.
    pub device: Option<i64>,
    /// The account it is about.
    pub account: Option<i64>,
    /// What is recommended.
    pub recommendation: Recommendation,
    /// The rest, as JSON.
    pub verdict: &'a str,
    /// Its place in the queue.
    pub rank: i64,
    /// When.
    pub checked_at: Time,
    /// When time alone changes it.
    pub valid_until: Option<Time>,
}

const SET_CHECKED: &str = "UPDATE ticket SET device = $1, account = $2, recommendation = $3, verdict = $4, rank = $5, \
    checked_at = $6, valid_until = $7, stale = 0 WHERE id = $8";
const SET_FRESH: &str = "UPDATE ticket SET checked_at = $1, stale = 0 WHERE id = $2";

/// Keeps a judgement; the ticket, which was `before`, is no longer stale.
pub fn set_checked(statements: &Statements<'_>, before: &Ticket, c: &Checked<'_>) -> Result<(), StoreError> {
    let same = before.device == c.device
        && before.account == c.account
        && before.recommendation == Some(c.recommendation)
        && before.verdict.as_deref() == Some(c.verdict)
        && before.valid_until == c.valid_until;
    if same {
        // Nothing that an index goes by.
        statements.statement(SET_FRESH)?.execute(params![c.checked_at.0, before.id])?;
        return Ok(());
    }
    statements.statement(SET_CHECKED)?.execute(params![
        c.device,
        c.account,
        c.recommendation.as_str(),
        c.verdict,
        c.rank,
        c.checked_at.0,
        c.valid_until.map(|t| t.0),
        before.id
    ])?;
    Ok(())
}

/// Replaces the claim's columns.
pub fn set_given(conn: &Connection, id: i64, given: &str, due_at: Time) -> Result<(), StoreError> {
    conn.prepare_cached(
        "UPDATE ticket SET given = $1, due_at = $2, stale = 1, revision = revision + 1 WHERE id = $3",
    )?
    .execute(params![given, due_at.0, id])?;
    Ok(())
}

/// Moves a ticket to a state.
pub fn set_state(
    conn: &Connection,
    id: i64,
    state: State,
    held_until: Option<Time>,
) -> Result<(), StoreError> {
    conn.prepare_cached(
        "UPDATE ticket SET state = $1, held_until = $2, closed_as = NULL, stale = 1, revision = revision + 1 WHERE id = $3",
    )?
    .execute(params![state.as_str(), held_until.map(|t| t.0), id])?;
    Ok(())
}

/// Closes a ticket, saying as what.
pub fn close(
    conn: &Connection,
    id: i64,
    closed_as: &str,
    merged_into: Option<i64>,
) -> Result<(), StoreError> {
    conn.prepare_cached(
        "UPDATE ticket SET state = 'closed', closed_as = $1, merged_into = $2, held_until = NULL, assignee = NULL,
         lease_until = NULL, stale = 0, revision = revision + 1 WHERE id = $3",
    )?
    .execute(params![closed_as, merged_into, id])?;
    Ok(())
}

/// Sets or lifts the lease.
pub fn set_lease(conn: &Connection, id: i64, lease: Option<(&str, Time)>) -> Result<(), StoreError> {
    conn.prepare_cached("UPDATE ticket SET assignee = $1, lease_until = $2 WHERE id = $3")?
        .execute(params![lease.map(|l| l.0), lease.map(|l| l.1.0), id])?;
    Ok(())
}

/// The ticket must be judged again.
pub fn set_stale(conn: &Connection, id: i64) -> Result<(), StoreError> {
    conn.prepare_cached("UPDATE ticket SET stale = 1, revision = revision + 1 WHERE id = $1")?
        .execute([id])?;
    Ok(())
}

/// Open tickets whose judgement is out of date at `now`, lowest numbers first.
pub fn out_of_date(conn: &Connection, now: Time, most: usize) -> Result<Vec<i64>, StoreError> {
    let mut stmt = conn.prepare_cached(
        "SELECT id FROM ticket WHERE stale = 1
         UNION SELECT id FROM ticket WHERE valid_until IS NOT NULL AND state <> 'closed' AND valid_until <= $1
         ORDER BY 1 LIMIT $2",
    )?;
    let rows = stmt.query_map(params![now.0, i64::try_from(most).unwrap_or(i64::MAX)], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The next numbers behind one, lowest first.
pub fn after(conn: &Connection, id: i64, most: usize) -> Result<Vec<i64>, StoreError> {
    let mut stmt = conn.prepare_cached("SELECT id FROM ticket WHERE id > $1 ORDER BY id LIMIT $2")?;
    let rows = stmt.query_map(params![id, i64::try_from(most).unwrap_or(i64::MAX)], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// People who may not approve: they added or edited evidence, or decided.
pub fn contributors(conn: &Connection, id: i64) -> Result<Vec<String>, StoreError> {
    let mut stmt = conn.prepare_cached("SELECT agent FROM contributor WHERE ticket = $1 ORDER BY agent")?;
    let rows = stmt.query_map([id], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Tickets that somebody holds at a time, and who.
pub fn leased(conn: &Connection, now: Time) -> Result<Vec<(i64, String)>, StoreError> {
    let mut stmt = conn.prepare(
        "SELECT id, assignee FROM ticket INDEXED BY ticket_held WHERE lease_until > $1 ORDER BY id",
    )?;
    let rows = stmt.query_map([now.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Adds a contributor.
pub fn add_contributor(conn: &Connection, id: i64, agent: &str) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO contributor (ticket, agent) VALUES ($1, $2) ON CONFLICT (ticket, agent) DO NOTHING",
    )?
    .execute(params![id, agent])?;
    Ok(())
}

const MARK_STALE: &str = "UPDATE ticket SET stale = 1 WHERE id = $1 AND stale = 0 AND state <> 'closed'";

/// Somebody who shares something with this ticket has changed: judge it again.
pub fn mark_stale(statements: &Statements<'_>, id: i64) -> Result<(), StoreError> {
    statements.statement(MARK_STALE)?.execute([id])?;
    Ok(())
}
