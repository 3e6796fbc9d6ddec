//! Decisions, approvals and authorizations of tickets.

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::{Value, json};

use crate::domain::{Op, Recommendation, Time};
use crate::store::StoreError;

/// A decision as stored; the signed text is the truth, the columns are its index.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// Its number.
    pub id: i64,
    /// The ticket.
    pub ticket: i64,
    /// What was decided.
    pub word: Recommendation,
    /// It hands over more than was recommended.
    pub overrides: bool,
    /// The agent's reason.
    pub reason: Option<String>,
    /// The agent.
    pub by: String,
    /// When.
    pub at: Time,
    /// Id of the token that may come of it.
    pub jti: String,
    /// The signed text.
    pub jws: String,
    /// Findings as they were when it was made (JSON).
    pub snapshot: String,
    /// When the owner was told, from which the cool-down runs.
    pub notified_at: Option<Time>,
    /// When it fell.
    pub cancelled_at: Option<Time>,
    /// Why it fell.
    pub cancelled_why: Option<String>,
}

const DECISION: &str = "id, ticket, word, override, reason, by, at, jti, jws, snapshot, notified_at, cancelled_at, \
    cancelled_why";

fn read_decision(row: &Row<'_>) -> Result<Decision, StoreError> {
    let word: String = row.get(2)?;
    Ok(Decision {
        id: row.get(0)?,
        ticket: row.get(1)?,
        word: word.parse().map_err(|_| StoreError::Nonsense { what: "decision" })?,
        overrides: row.get(3)?,
        reason: row.get(4)?,
        by: row.get(5)?,
        at: Time(row.get(6)?),
        jti: row.get(7)?,
        jws: row.get(8)?,
        snapshot: row.get(9)?,
        notified_at: row.get::<_, Option<i64>>(10)?.map(Time),
        cancelled_at: row.get::<_, Option<i64>>(11)?.map(Time),
        cancelled_why: row.get(12)?,
    })
}

/// The newest decision of a ticket, cancelled ones included.
pub fn decision(conn: &Connection, ticket: i64) -> Result<Option<Decision>, StoreError> {
    let sql = format!("SELECT {DECISION} FROM decision WHERE ticket = $1 ORDER BY id DESC LIMIT 1");
    conn.prepare_cached(&sql)?.query_row([ticket], |row| Ok(read_decision(row))).optional()?.transpose()
}

/// Every decision ever made, oldest first (for the log's verification and for reports).
pub fn all_decisions(conn: &Connection) -> Result<Vec<Decision>, StoreError> {
    let mut stmt = conn.prepare(&format!("SELECT {DECISION} FROM decision ORDER BY id"))?;
    let rows = stmt.query_map([], |row| Ok(read_decision(row)))?;
    rows.map(|r| r?).collect()
}

/// Stores a decision and returns its number.
pub fn add_decision(conn: &Connection, d: &Decision) -> Result<i64, StoreError> {
    conn.prepare_cached(
        "INSERT INTO decision (ticket, word, override, reason, by, at, jti, jws, snapshot, notified_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )?
    .execute(params![
        d.ticket,
        d.word.as_str(),
        i64::from(d.overrides),
        d.reason,
        d.by,
        d.at.0,
        d.jti,
        d.jws,
        d.snapshot,
        d.notified_at.map(|t| t.0)
    ])?;
    Ok(conn.last_insert_rowid())
}

/// Cancels a decision, saying why.
pub fn cancel_decision(conn: &Connection, id: i64, at: Time, why: &str) -> Result<(), StoreError> {
    conn.prepare_cached(
        "UPDATE decision SET cancelled_at = $1, cancelled_why = $2 WHERE id = $3 AND cancelled_at IS NULL",
    )?
    .execute(params![at.0, why, id])?;
    Ok(())
}

/// A second person's yes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// The decision.
    pub decision: i64,
    /// The ticket.
    pub ticket: i64,
    /// The approver.
    pub by: String,
    /// When.
    pub at: Time,
    /// The signed text.
    pub jws: String,
}

/// Stores an approval.
pub fn add_approval(conn: &Connection, a: &Approval) -> Result<(), StoreError> {
    conn.prepare_cached("INSERT INTO approval (decision, ticket, by, at, jws) VALUES ($1, $2, $3, $4, $5)")?
        .execute(params![a.decision, a.ticket, a.by, a.at.0, a.jws])?;
    Ok(())
}

/// Approvals of a decision.
pub fn approvals(conn: &Connection, decision: i64) -> Result<Vec<Approval>, StoreError> {
    let mut stmt = conn.prepare_cached(
        "SELECT decision, ticket, by, at, jws FROM approval WHERE decision = $1 ORDER BY id",
    )?;
    let rows = stmt.query_map([decision], |row| {
        Ok(Approval {
            decision: row.get(0)?,
            ticket: row.get(1)?,
            by: row.get(2)?,
            at: Time(row.get(3)?),
            jws: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A signed grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorization {
    /// The token's id.
    pub jti: String,
    /// The ticket.
    pub ticket: i64,
    /// The decision it came of.
    pub decision: i64,
    /// What it allows.
    pub op: Op,
    /// On what.
    pub sub: String,
    /// For whom.
    pub aud: String,
    /// Who signed it.
    pub issued_by: String,
    /// When.
    pub issued_at: Time,
    /// Until when.
    pub expires_at: Time,
    /// The token itself.
    pub token: String,
    /// When it was used.
    pub redeemed_at: Option<Time>,
    /// When it was withdrawn.
    pub revoked_at: Option<Time>,
    /// Why it was withdrawn.
    pub revoked_why: Option<String>,
}

const AUTHORIZATION: &str = "jti, ticket, decision, op, sub, aud, issued_by, issued_at, expires_at, token, \
    redeemed_at, revoked_at, revoked_why";

fn read_authorization(row: &Row<'_>) -> Result<Authorization, StoreError> {
    let op: String = row.get(3)?;
    Ok(Authorization {
        jti: row.get(0)?,
        ticket: row.get(1)?,
        decision: row.get(2)?,
        op: op.parse().map_err(|_| StoreError::Nonsense { what: "operation" })?,
        sub: row.get(4)?,
        aud: row.get(5)?,
        issued_by: row.get(6)?,
        issued_at: Time(row.get(7)?),
        expires_at: Time(row.get(8)?),
        token: row.get(9)?,
        redeemed_at: row.get::<_, Option<i64>>(10)?.map(Time),
        revoked_at: row.get::<_, Option<i64>>(11)?.map(Time),
        revoked_why: row.get(12)?,
    })
}

/// Stores a grant; the token's bytes may leave once this is committed.
pub fn add_authorization(conn: &Connection, a: &Authorization) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO authorization (jti, ticket, decision, op, sub, aud, issued_by, issued_at, expires_at, token)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )?
    .execute(params![
        a.jti,
        a.ticket,
        a.decision,
        a.op.as_str(),
        a.sub,
        a.aud,
        a.issued_by,
        a.issued_at.0,
        a.expires_at.0,
        a.token
    ])?;
    Ok(())
}

/// The grant of this id.
pub fn authorization(conn: &Connection, jti: &str) -> Result<Option<Authorization>, StoreError> {
    let sql = format!("SELECT {AUTHORIZATION} FROM authorization WHERE jti = $1");
    conn.prepare_cached(&sql)?.query_row([jti], |row| Ok(read_authorization(row))).optional()?.transpose()
}

/// The newest grant of a ticket.
pub fn authorization_of(conn: &Connection, ticket: i64) -> Result<Option<Authorization>, StoreError> {
    let sql = format!(
        "SELECT {AUTHORIZATION} FROM authorization WHERE ticket = $1 ORDER BY issued_at DESC, decision DESC LIMIT 1"
    );
    conn.prepare_cached(&sql)?.query_row([ticket], |row| Ok(read_authorization(row))).optional()?.transpose()
}

/// Every grant, newest first.
pub fn authorizations(conn: &Connection) -> Result<Vec<Authorization>, StoreError> {
    let mut stmt =
        conn.prepare(&format!("SELECT {AUTHORIZATION} FROM authorization ORDER BY issued_at DESC, jti"))?;
    let rows = stmt.query_map([], |row| Ok(read_authorization(row)))?;
    rows.map(|r| r?).collect()
}

/// Marks a grant as used; `false` where it was used or withdrawn before.
pub fn redeem(conn: &Connection, jti: &str, by: &str, at: Time) -> Result<bool, StoreError> {
    let changed = conn
        .prepare_cached(
            "UPDATE authorization SET redeemed_at = $1, redeemed_by = $2
             WHERE jti = $3 AND redeemed_at IS NULL AND revoked_at IS NULL",
        )?
        .execute(params![at.0, by, jti])?;
    Ok(changed == 1)
}

/// Withdraws a grant; `false` where it was used or withdrawn before.
pub fn revoke(conn: &Connection, jti: &str, why: &str, at: Time) -> Result<bool, StoreError> {
    let changed = conn
        .prepare_cached(
            "UPDATE authorization SET revoked_at = $1, revoked_why = $2
             WHERE jti = $3 AND redeemed_at IS NULL AND revoked_at IS NULL",
        )?
        .execute(params![at.0, why, jti])?;
    Ok(changed == 1)
}

/// A ticket's decision with its approvals, as JSON.
pub fn decision_view(conn: &Connection, ticket: i64) -> Result<Option<Value>, StoreError> {
    let Some(d) = decision(conn, ticket)? else { return Ok(None) };
    let approvals: Vec<Value> =
        approvals(conn, d.id)?.iter().map(|a| json!({ "by": a.by, "at": a.at })).collect();
    Ok(Some(json!({
        "decision": d.word,
        "by": d.by,
        "at": d.at,
        "override": d.overrides,
        "reason": d.reason,
        "jti": d.jti,
        "owner_notified_at": d.notified_at,
        "approvals": approvals,
        "cancelled_at": d.cancelled_at,
        "cancelled_because": d.cancelled_why,
    })))
}

/// A ticket's grant, as JSON.
pub fn authorization_view(conn: &Connection, ticket: i64) -> Result<Option<Value>, StoreError> {
    Ok(authorization_of(conn, ticket)?.map(|a| view(&a)))
}

/// A grant as JSON, without the token itself.
pub fn view(a: &Authorization) -> Value {
    json!({
        "jti": a.jti,
        "ticket": a.ticket,
        "op": a.op,
        "sub": a.sub,
        "aud": a.aud,
        "issued_by": a.issued_by,
        "issued_at": a.issued_at,
        "exp": a.expires_at,
        "redeemed_at": a.redeemed_at,
        "revoked_at": a.revoked_at,
        "revoked_because": a.revoked_why,
    })
}
