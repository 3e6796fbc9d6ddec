//! Authorizations as a list: without their tokens, newest first.

use rusqlite::{Connection, params};

use crate::domain::{Op, Time};
use crate::store::StoreError;

/// Where an authorization stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Signed, not used, not withdrawn, not run out.
    Out,
    /// Used.
    Redeemed,
    /// Withdrawn.
    Revoked,
    /// Run out unused.
    Expired,
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantLine {
    /// The token's id.
    pub jti: String,
    /// The ticket's number.
    pub ticket: i64,
    /// The ticket's reference.
    pub reference: Option<String>,
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
    /// When it was used.
    pub redeemed_at: Option<Time>,
    /// When it was withdrawn.
    pub revoked_at: Option<Time>,
    /// Why it was withdrawn.
    pub revoked_why: Option<String>,
}

impl GrantLine {
    /// Where it stands at `now`.
    pub fn stage(&self, now: Time) -> Stage {
        match (self.redeemed_at, self.revoked_at) {
            (Some(_), _) => Stage::Redeemed,
            (_, Some(_)) => Stage::Revoked,
            _ if self.expires_at <= now => Stage::Expired,
            _ => Stage::Out,
        }
    }
}

/// The newest `most` authorizations, newest first.
pub fn newest(conn: &Connection, most: usize) -> Result<Vec<GrantLine>, StoreError> {
    let mut stmt = conn.prepare_cached(
        "SELECT a.jti, a.ticket, t.reference, a.op, a.sub, a.aud, a.issued_by, a.issued_at, a.expires_at,
                a.redeemed_at, a.revoked_at, a.revoked_why
         FROM authorization a JOIN ticket t ON t.id = a.ticket
         ORDER BY a.issued_at DESC, a.jti DESC LIMIT $1",
    )?;
    let mut rows = stmt.query(params![i64::try_from(most).unwrap_or(i64::MAX)])?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        let op: String = row.get(3)?;
        lines.push(GrantLine {
            jti: row.get(0)?,
            ticket: row.get(1)?,
            reference: row.get(2)?,
            op: op.parse().map_err(|_| StoreError::Nonsense { what: "operation" })?,
            sub: row.get(4)?,
            aud: row.get(5)?,
            issued_by: row.get(6)?,
            issued_at: Time(row.get(7)?),
            expires_at: Time(row.get(8)?),
            redeemed_at: row.get::<_, Option<i64>>(9)?.map(Time),
            revoked_at: row.get::<_, Option<i64>>(10)?.map(Time),
            revoked_why: row.get(11)?,
        });
    }
    Ok(lines)
}
