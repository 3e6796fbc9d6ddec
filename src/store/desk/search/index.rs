//! The index catches up: tickets above the mark, and those that the log has spoken of since, go in, block by block.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::sheet::{self, Places};
use super::{block_of, first_of, place_of, state, texts};
use crate::domain::search::{Term, tokens};
use crate::store::StoreError;

/// What stands in the index is worth as much as the words it was made of: other words, and it is made anew.
pub(super) const VERSION: i64 = 1;

pub(super) const SHEETS: &str = "SELECT id, entries FROM search_sheet WHERE block = $1 ORDER BY first";
const PUT_STATE: &str = "INSERT INTO search_state (one, version, ticket) VALUES (1, $1, $2) \
    ON CONFLICT (one) DO UPDATE SET version = excluded.version, ticket = excluded.ticket";
const HIGHEST: &str = "SELECT max(id) FROM ticket";

/// How far a step came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// Tickets that went in.
    pub tickets: u64,
    /// Tickets that the index does not hold yet.
    pub left: u64,
}

/// How many tickets the index does not hold as they are.
pub fn behind(conn: &Connection) -> Result<u64, StoreError> {
    let upto = state(conn)?;
    let highest: Option<i64> = conn.prepare_cached(HIGHEST)?.query_row([], |row| row.get(0))?;
    let changed: i64 =
        conn.prepare_cached("SELECT count(*) FROM search_todo")?.query_row([], |row| row.get(0))?;
    let new = (highest.unwrap_or(0) - upto).max(0);
    Ok(u64::try_from(new + changed).unwrap_or(0))
}

/// Takes in up to so many tickets of one block, within the transaction of the caller.
pub fn step(conn: &Connection, most: i64) -> Result<Step, StoreError> {
    let upto = renewed(conn)?;
    let changed: Option<i64> = conn
        .prepare_cached("SELECT ticket FROM search_todo ORDER BY ticket LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    let done = match changed {
        Some(first) => mend(conn, block_of(first), most)?,
        None => append(conn, upto, most)?,
    };
    Ok(Step { tickets: done, left: behind(conn)? })
}

/// The mark; an index made of other words is thrown away first.
fn renewed(conn: &Connection) -> Result<i64, StoreError> {
    let kept: Option<i64> = conn
        .prepare_cached("SELECT version FROM search_state WHERE one = 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    if kept.is_some_and(|kept| kept != VERSION) {
        conn.execute("DELETE FROM search_sheet", [])?;
        conn.execute("DELETE FROM search_todo", [])?;
        conn.prepare_cached(PUT_STATE)?.execute(params![VERSION, 0])?;
    }
    state(conn)
}

/// Tickets of a block whose texts may have changed.
fn mend(conn: &Connection, block: i64, most: i64) -> Result<u64, StoreError> {
    let mut stmt = conn.prepare_cached(
        "SELECT ticket FROM search_todo WHERE ticket BETWEEN $1 AND $2 ORDER BY ticket LIMIT $3",
    )?;
    let rows = stmt.query_map(params![first_of(block), first_of(block + 1) - 1, most], |row| row.get(0))?;
    let tickets: Vec<i64> = rows.collect::<Result<_, _>>()?;
    let (mut terms, mut gone) = (Vec::new(), Places::none());
    for id in &tickets {
        gone.put(place_of(*id));
        read(conn, (*id, *id), &mut terms)?;
    }
    put(conn, block, &gone, terms)?;
    let mut done = conn.prepare_cached("DELETE FROM search_todo WHERE ticket = $1")?;
    for id in &tickets {
        done.execute([id])?;
    }
    Ok(tickets.len() as u64)
}

/// The next tickets above the mark, as far as their block goes.
fn append(conn: &Connection, upto: i64, most: i64) -> Result<u64, StoreError> {
    let highest: Option<i64> = conn.prepare_cached(HIGHEST)?.query_row([], |row| row.get(0))?;
    let block = block_of(upto + 1);
    let last = highest.unwrap_or(0).min(upto + most).min(first_of(block + 1) - 1);
    if last <= upto {
        return Ok(0);
    }
    let mut terms = Vec::new();
    read(conn, (upto + 1, last), &mut terms)?;
    put(conn, block, &Places::none(), terms)?;
    conn.prepare_cached(PUT_STATE)?.execute(params![VERSION, last])?;
    Ok(u64::try_from(last - upto).unwrap_or(0))
}

fn read(conn: &Connection, between: (i64, i64), terms: &mut Vec<Term>) -> Result<(), StoreError> {
    texts::each(conn, between, |ticket| {
        let (from, place) = (terms.len(), place_of(ticket.id));
        for (sort, text) in &ticket.all {
            tokens(*sort, text, &mut |end, token| terms.push(Term::of(end, token, place)));
        }
        // The same number stands on a claim, its box and its receipt.
        if let Some(own) = terms.get_mut(from..) {
            own.sort_unstable();
        }
        terms.dedup();
    })
}

/// Makes the sheets of a block what they should be: without the terms of some tickets, and with new ones. Sheets on
/// which nothing changes stay as they are.
fn put(conn: &Connection, block: i64, gone: &Places, mut new: Vec<Term>) -> Result<(), StoreError> {
    new.sort_unstable();
    let mut stmt = conn.prepare_cached(SHEETS)?;
    let rows = stmt.query_map([block], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let old: Vec<(i64, Vec<u8>)> = rows.collect::<Result<_, _>>()?;
    if old.is_empty() {
        return add(conn, block, &new);
    }
    let (mut left, mut there, mut next) = (new.as_slice(), Vec::new(), Vec::new());
    let mut ahead = old.iter().peekable();
    sheet::terms(ahead.peek().map_or(&[][..], |(_, bytes)| bytes), &mut next)?;
    while let Some((id, _)) = ahead.next() {
        std::mem::swap(&mut there, &mut next);
        next.clear();
        if let Some((_, bytes)) = ahead.peek() {
            sheet::terms(bytes, &mut next)?;
        }
        let end = next
            .first()
            .map_or(left.len(), |first| left.partition_point(|term| term.bytes() < first.bytes()));
        let (here, rest) = left.split_at_checked(end).unwrap_or((left, &[]));
        left = rest;
        let mut wanted: Vec<Term> = there.iter().copied().filter(|term| !gone.has(term.place())).collect();
        wanted.extend_from_slice(here);
        wanted.sort_unstable();
        wanted.dedup();
        if wanted != there {
            conn.prepare_cached("DELETE FROM search_sheet WHERE id = $1")?.execute([id])?;
            add(conn, block, &wanted)?;
        }
    }
    Ok(())
}

/// Adds sheets.
fn add(conn: &Connection, block: i64, terms: &[Term]) -> Result<(), StoreError> {
    let mut insert =
        conn.prepare_cached("INSERT INTO search_sheet (block, first, entries) VALUES ($1, $2, $3)")?;
    sheet::write(terms, |first, bytes| {
        insert.execute(params![block, &first[..], bytes])?;
        Ok(())
    })
}
