//! Every grant and every release with all that the log says of them, to compare the two.

use rusqlite::Connection;

use super::acts::{Authorization, authorizations};
use crate::domain::Time;
use crate::store::StoreError;

/// A grant beside the decision that it names.
pub struct Grant {
    /// Its row.
    pub row: Authorization,
    /// Who used it.
    pub redeemed_by: Option<String>,
    /// Token id and ticket of the decision; none where there is no such decision.
    pub decision: Option<(String, i64)>,
}

/// Every grant.
pub fn all(conn: &Connection) -> Result<Vec<Grant>, StoreError> {
    let mut redeemed = conn.prepare_cached("SELECT redeemed_by FROM authorization WHERE jti = $1")?;
    let mut decision = conn.prepare_cached("SELECT jti, ticket FROM decision WHERE id = $1")?;
    let mut found = Vec::new();
    for row in authorizations(conn)? {
        let redeemed_by = redeemed.query_row([&row.jti], |r| r.get(0))?;
        let mut of = decision.query([row.decision])?;
        let decision = of.next()?.map(|r| Ok::<_, StoreError>((r.get(0)?, r.get(1)?))).transpose()?;
        found.push(Grant { row, redeemed_by, decision });
    }
    Ok(found)
}

/// A binding that a grant released: the device's record, the account, since when it stood, when it was released.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Release {
    /// The device's record in the registry.
    pub record: i64,
    /// The account's number.
    pub account: i64,
    /// Since when it was bound.
    pub bound_at: Time,
    /// When it was released.
    pub released_at: Time,
}

impl Release {
    /// What the log commits to.
    pub fn text(releases: &[Self]) -> Vec<u8> {
        let mut sorted = releases.to_vec();
        sorted.sort_unstable();
        let numbers = sorted.iter().flat_map(|r| [r.record, r.account, r.bound_at.0, r.released_at.0]);
        numbers.flat_map(i64::to_le_bytes).collect()
    }
}

/// Every release, with the token id of its grant.
pub fn releases(conn: &Connection) -> Result<Vec<(String, Release)>, StoreError> {
    let mut stmt =
        conn.prepare("SELECT jti, record, account, bound_at, released_at FROM release ORDER BY jti")?;
    let rows = stmt.query_map([], |row| {
        let release = Release {
            record: row.get(1)?,
            account: row.get(2)?,
            bound_at: Time(row.get(3)?),
            released_at: Time(row.get(4)?),
        };
        Ok((row.get(0)?, release))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A ticket's salt.
pub fn salt(conn: &Connection, ticket: i64) -> Result<[u8; 32], StoreError> {
    let mut stmt = conn.prepare_cached("SELECT salt FROM ticket WHERE id = $1")?;
    let mut rows = stmt.query([ticket])?;
    Ok(rows.next()?.map(|row| row.get(0)).transpose()?.unwrap_or_default())
}
