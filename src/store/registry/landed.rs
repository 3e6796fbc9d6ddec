//! Imports that landed and whose leaf the desk may not have logged yet: lists and log are two files, so a crash
//! between the two commits leaves a row here, and whoever opens the desk next completes it.

use super::import::Summary;
use super::seals::Sealed;
use crate::domain::{List, ListMode};
use crate::store::StoreError;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use std::time::Duration;

/// An import whose leaf is owed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Landed {
    no: i64,
    /// Tells it from any other import; the desk notes it with the leaf.
    pub token: i64,
    /// Which list.
    pub list: List,
    /// How the file met what was there.
    pub mode: ListMode,
    /// Who imported it.
    pub actor: String,
    /// Of the file.
    pub sha256: [u8; 32],
    /// What it did; unchanged rows are not kept.
    pub done: Summary,
    /// What its custodian signed.
    pub sealed: Sealed,
}

pub(super) const OLDEST: &str = "SELECT no, token, list, mode, actor, sha256, added, updated, removed, number, root, statement FROM landed \
     ORDER BY no LIMIT 1";

/// The oldest import whose leaf is owed.
pub fn oldest_landed(conn: &Connection) -> Result<Option<Landed>, StoreError> {
    let row = conn
        .prepare_cached(OLDEST)?
        .query_row([], |r| {
            let count = |at| r.get::<_, i64>(at).map(i64::unsigned_abs);
            let texts: (String, String) = (r.get(2)?, r.get(3)?);
            let done = Summary { added: count(6)?, updated: count(7)?, unchanged: 0, removed: count(8)? };
            let sealed = Sealed { number: count(9)?, root: r.get(10)?, statement: r.get(11)? };
            Ok(((r.get(0)?, r.get(1)?), texts, (r.get(4)?, r.get(5)?), (done, sealed)))
        })
        .optional()?;
    let Some(((no, token), (list, mode), (actor, sha256), (done, sealed))) = row else { return Ok(None) };
    let nonsense = |_| StoreError::Nonsense { what: "import that landed" };
    let (list, mode) = (list.parse().map_err(nonsense)?, mode.parse().map_err(nonsense)?);
    Ok(Some(Landed { no, token, list, mode, actor, sha256, done, sealed }))
}

/// Has the leaf of the oldest import written by `log`, and then forgets the import. False where somebody else writes
/// to the registry just now: they or whoever comes next will do it.
pub fn complete_landed<E: From<StoreError>>(
    conn: &Connection,
    log: impl FnOnce(&Landed) -> Result<(), E>,
) -> Result<bool, E> {
    let begin = || -> Result<Option<Transaction<'_>>, StoreError> {
        conn.busy_timeout(Duration::ZERO)?;
        match Transaction::new_unchecked(conn, TransactionBehavior::Immediate).map_err(StoreError::from) {
            Err(StoreError::Busy) => Ok(None),
            other => other.map(Some),
        }
    };
    let Some(tx) = begin()? else { return Ok(false) };
    // Others may have been here since it was found.
    if let Some(landed) = oldest_landed(&tx)? {
        log(&landed)?;
        tx.execute("DELETE FROM landed WHERE no = $1 AND token = $2", [landed.no, landed.token])
            .map_err(StoreError::from)?;
    }
    tx.commit().map_err(StoreError::from)?;
    Ok(true)
}

/// Notes an import in its own transaction.
pub(super) fn note(
    conn: &Connection,
    (list, mode): (List, ListMode),
    actor: &str,
    sha256: &[u8; 32],
    done: &Summary,
    sealed: &Sealed,
) -> Result<(), StoreError> {
    let mut token = [0; 8];
    getrandom::fill(&mut token).map_err(|_| StoreError::Nonsense { what: "random number" })?;
    let number = super::int;
    conn.prepare_cached(
        "INSERT INTO landed (token, list, mode, actor, sha256, added, updated, removed, number, root, statement) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )?
    .execute(params![
        i64::from_le_bytes(token),
        list.as_str(),
        mode.as_str(),
        actor,
        sha256.as_slice(),
        number(done.added),
        number(done.updated),
        number(done.removed),
        number(sealed.number),
        sealed.root.as_slice(),
        sealed.statement
    ])?;
    Ok(())
}
