//! What taking an act back needs: removed notes and evidence, and what a merge changed.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::search;
use crate::domain::{State, Time};
use crate::store::StoreError;

/// Marks a note as removed; `false` where the ticket has no such standing note.
pub fn remove_note(conn: &Connection, ticket: i64, id: i64, by: &str, at: Time) -> Result<bool, StoreError> {
    let changed = conn
        .prepare_cached(
            "UPDATE note SET removed_by = $1, removed_at = $2 WHERE ticket = $3 AND id = $4 AND removed_at IS NULL",
        )?
        .execute(params![by, at.0, ticket, id])?;
    Ok(changed == 1)
}

/// Puts a removed item back; `false` where the ticket has no such removed item.
pub fn restore_evidence(conn: &Connection, ticket: i64, id: i64) -> Result<bool, StoreError> {
    let changed = conn
        .prepare_cached(
            "UPDATE evidence SET removed_by = NULL, removed_at = NULL
             WHERE id = $1 AND ticket = $2 AND removed_at IS NOT NULL",
        )?
        .execute(params![id, ticket])?;
    Ok(changed == 1)
}

/// What a merge changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    /// The ticket that was closed.
    pub source: i64,
    /// The ticket that stayed.
    pub target: i64,
    /// The claim of the one that stayed, before (JSON).
    pub given: String,
    /// When it was due before.
    pub due_at: Time,
    /// Where the one that was closed stood.
    pub state: State,
    /// Until when it was held.
    pub held_until: Option<Time>,
    /// Numbers of the items that moved.
    pub items: Vec<i64>,
    /// The last note of the one that stayed, before; what moved has higher numbers.
    pub notes_after: i64,
    /// The last note of the one that was closed.
    pub notes: i64,
}

/// The number of a ticket's last note.
pub fn last_note(conn: &Connection, ticket: i64) -> Result<i64, StoreError> {
    Ok(conn
        .prepare_cached("SELECT coalesce(max(id), 0) FROM note WHERE ticket = $1")?
        .query_row([ticket], |row| row.get(0))?)
}

/// Keeps what a merge changes.
pub fn keep_joined(conn: &Connection, joined: &Joined) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO joined (source, target, given, due_at, state, held_until, items, notes_after, notes)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (source) DO UPDATE SET target = excluded.target, given = excluded.given,
           due_at = excluded.due_at, state = excluded.state, held_until = excluded.held_until,
           items = excluded.items, notes_after = excluded.notes_after, notes = excluded.notes",
    )?
    .execute(params![
        joined.source,
        joined.target,
        joined.given,
        joined.due_at.0,
        joined.state.as_str(),
        joined.held_until.map(|t| t.0),
        serde_json::to_string(&joined.items).unwrap_or_default(),
        joined.notes_after,
        joined.notes,
    ])?;
    Ok(())
}

/// What the merge of a ticket into another changed, where it was kept.
pub fn joined(conn: &Connection, source: i64) -> Result<Option<Joined>, StoreError> {
    let mut stmt = conn.prepare_cached(
        "SELECT target, given, due_at, state, held_until, items, notes_after, notes FROM joined WHERE source = $1",
    )?;
    let found = stmt
        .query_row([source], |row| {
            Ok((
                row.get::<_, String>(3)?,
                row.get::<_, String>(5)?,
                Joined {
                    source,
                    target: row.get(0)?,
                    given: row.get(1)?,
                    due_at: Time(row.get(2)?),
                    state: State::Open,
                    held_until: row.get::<_, Option<i64>>(4)?.map(Time),
                    items: Vec::new(),
                    notes_after: row.get(6)?,
                    notes: row.get(7)?,
                },
            ))
        })
        .optional()?;
    let Some((state, items, joined)) = found else { return Ok(None) };
    let state = state.parse().map_err(|_| StoreError::Nonsense { what: "state of a merged ticket" })?;
    let items = serde_json::from_str(&items).map_err(|_| StoreError::Nonsense { what: "merged items" })?;
    Ok(Some(Joined { state, items, ..joined }))
}

/// Moves back what a merge moved, and forgets it.
pub fn part(conn: &Connection, joined: &Joined) -> Result<(), StoreError> {
    for item in &joined.items {
        conn.prepare_cached("UPDATE evidence SET ticket = $1 WHERE id = $2 AND ticket = $3")?
            .execute(params![joined.source, item, joined.target])?;
    }
    conn.prepare_cached(
        "UPDATE note SET ticket = $1, id = id - $2 WHERE ticket = $3 AND id > $2 AND id <= $2 + $4",
    )?
    .execute(params![joined.source, joined.notes_after, joined.target, joined.notes])?;
    conn.prepare_cached("UPDATE ticket SET merged_into = NULL WHERE id = $1")?.execute([joined.source])?;
    conn.prepare_cached("DELETE FROM joined WHERE source = $1")?.execute([joined.source])?;
    // The leaf speaks of the other one.
    search::touch(conn, joined.source)
}
