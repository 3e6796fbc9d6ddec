//! Search over every ticket, closed ones too: an index of our own, in plain tables, that any database can keep.
//!
//! Tickets stand in blocks of consecutive numbers; a block has its terms in order on some hundred sheets
//! ([`sheet`]). A word that is typed is a range of terms: one or two sheets of each block, from the newest block down
//! until enough is found. Nothing is indexed by whoever writes a ticket: tickets above a mark, and those of which the
//! log has spoken since, are read themselves ([`texts`]), so that a search sees what is committed and nothing else;
//! the index catches up in small transactions of its own ([`index`]).

mod index;
mod sheet;
mod texts;

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};

use crate::domain::search::{Query, Range};
use crate::domain::{Recommendation, Request, State, Time};
use crate::store::StoreError;
use sheet::{Places, TICKETS};

pub use index::{Step, behind, step};

/// Tickets above the mark that are read at once.
const SLICE: i64 = 512;

const STATE: &str = "SELECT ticket FROM search_state WHERE one = 1 AND version = $1";
const CHANGED: &str = "SELECT ticket FROM search_todo ORDER BY ticket";
const FIND: &str = "SELECT entries FROM search_sheet WHERE block = $1 \
    AND first >= coalesce((SELECT max(first) FROM search_sheet WHERE block = $1 AND first <= $2), $2) \
    AND first <= $3 ORDER BY first";
const TOUCH: &str = "INSERT INTO search_todo (ticket) VALUES ($1) ON CONFLICT DO NOTHING";
const HIGHEST: &str = "SELECT coalesce(max(id), 0) FROM ticket";
const STANDING: &str =
    "SELECT id, state, request, recommendation, assignee, lease_until FROM ticket WHERE id = $1";
const NEWEST: &str = "SELECT id, state, request, recommendation, assignee, lease_until FROM ticket WHERE id BETWEEN $1 AND $2 ORDER BY id DESC";
const HELD: &str = "SELECT id, state, request, recommendation, assignee, lease_until FROM ticket \
    INDEXED BY ticket_held WHERE lease_until > $1 ORDER BY id DESC";

/// The number up to which the index holds every ticket; 0 where it was made of other words.
pub(super) fn state(conn: &Connection) -> Result<i64, StoreError> {
    let upto = conn.prepare_cached(STATE)?.query_row([index::VERSION], |row| row.get(0)).optional()?;
    Ok(upto.unwrap_or(0))
}

/// The texts of a ticket that the index holds may have changed.
pub(super) fn touch(conn: &Connection, ticket: i64) -> Result<(), StoreError> {
    conn.prepare_cached(TOUCH)?.execute([ticket])?;
    Ok(())
}

const BLOCK: i64 = TICKETS as i64;

const fn block_of(ticket: i64) -> i64 {
    ticket.div_euclid(BLOCK)
}

const fn first_of(block: i64) -> i64 {
    block * BLOCK
}

fn place_of(ticket: i64) -> u16 {
    u16::try_from(ticket.rem_euclid(BLOCK)).unwrap_or(0)
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// Tickets, the newest first; one whose number was typed before all.
    pub tickets: Vec<i64>,
    /// There are more: as many as were wanted have been found.
    pub more: bool,
    /// It was stopped before all were looked through.
    pub stopped: bool,
}

/// Where a ticket stands, for what is asked beside its texts.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    /// Its number.
    pub id: i64,
    /// Where it stands.
    pub state: State,
    /// What is asked.
    pub request: Request,
    /// What was recommended last.
    pub recommendation: Option<Recommendation>,
    /// Who holds it, and until when.
    pub lease: Option<(&'a str, Time)>,
}

impl<'a> Standing<'a> {
    fn read(row: &'a Row<'_>) -> Result<Self, StoreError> {
        let nonsense = |what: &'static str| StoreError::Nonsense { what };
        let word =
            |i: usize, what: &'static str| row.get_ref(i)?.as_str_or_null().map_err(|_| nonsense(what));
        let parse = |what: &'static str| nonsense(what);
        Ok(Self {
            id: row.get(0)?,
            state: word(1, "state")?.and_then(|w| w.parse().ok()).ok_or_else(|| parse("state"))?,
            request: word(2, "request")?.and_then(|w| w.parse().ok()).ok_or_else(|| parse("request"))?,
            recommendation: word(3, "recommendation")?.and_then(|w| w.parse().ok()),
            lease: word(4, "assignee")?.zip(row.get::<_, Option<i64>>(5)?.map(Time)),
        })
    }
}

/// What is asked of a ticket beside its texts.
pub struct Accept<'a> {
    /// Whether it stands so.
    pub stands: &'a dyn Fn(&Standing<'_>) -> bool,
    /// Where such tickets are: looked through where no word is looked up.
    pub among: Among,
}

/// Tickets that are looked through, the newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Among {
    /// Of these numbers.
    Numbers(RangeInclusive<i64>),
    /// That somebody holds at this time: few.
    Held(Time),
    /// None can be meant.
    Nothing,
}

/// One search on its way.
struct Search<'a> {
    conn: &'a Connection,
    query: &'a Query,
    accept: Option<&'a Accept<'a>>,
    /// What the ranges of each word are, way by way; and whether a hit must be asked once more.
    ranges: Vec<Vec<Vec<Range>>>,
    cut: bool,
    most: usize,
    hits: Hits,
}

/// The tickets that a query finds, at most so many; without words every ticket is found. `accept` looks at where a
/// ticket stands, `go_on` is asked between two small steps.
pub fn find(
    conn: &Connection,
    query: &Query,
    accept: Option<&Accept<'_>>,
    most: usize,
    go_on: &mut dyn FnMut() -> bool,
) -> Result<Hits, StoreError> {
    let ranges: Vec<Vec<Vec<Range>>> = query.words.iter().map(|word| word.ranges().collect()).collect();
    let cut = ranges.iter().flatten().flatten().any(|range| range.cut);
    let mut search = Search { conn, query, accept, ranges, cut, most, hits: Hits::default() };
    // One view of the file for all of it.
    let view = conn.is_autocommit().then(|| conn.unchecked_transaction()).transpose()?;
    search.run(go_on)?;
    view.map(Transaction::finish).transpose()?;
    Ok(search.hits)
}

impl Search<'_> {
    fn run(&mut self, go_on: &mut dyn FnMut() -> bool) -> Result<(), StoreError> {
        if self.query.is_empty() {
            self.newest(go_on)?;
        } else if !self.query.words.is_empty() {
            self.all(go_on)?;
        }
        if let Some(id) = self.query.number
            && self.is_wanted(id)?
        {
            self.hits.tickets.retain(|other| *other != id);
            self.hits.tickets.insert(0, id);
        }
        if self.hits.tickets.len() > self.most {
            self.hits.tickets.truncate(self.most);
            self.hits.more = true;
        }
        Ok(())
    }

    /// Without words.
    fn newest(&mut self, go_on: &mut dyn FnMut() -> bool) -> Result<(), StoreError> {
        let any = Among::Numbers(i64::MIN..=i64::MAX);
        let (mut stmt, mut rows);
        match self.accept.map_or(&any, |accept| &accept.among) {
            Among::Nothing => return Ok(()),
            Among::Held(now) => {
                stmt = self.conn.prepare_cached(HELD)?;
                rows = stmt.query([now.0])?;
            }
            Among::Numbers(numbers) => {
                stmt = self.conn.prepare_cached(NEWEST)?;
                rows = stmt.query([numbers.start(), numbers.end()])?;
            }
        }
        let mut seen = 0_u32;
        while let Some(row) = rows.next()?
            && !self.is_enough()
        {
            seen += 1;
            if seen.is_multiple_of(4096) && !go_on() {
                self.hits.stopped = true;
                break;
            }
            let standing = Standing::read(row)?;
            if self.accept.is_none_or(|accept| (accept.stands)(&standing)) {
                self.hits.tickets.push(standing.id);
            }
        }
        Ok(())
    }

    /// Whether there is such a ticket, and it stands as is asked.
    fn is_wanted(&self, id: i64) -> Result<bool, StoreError> {
        let mut stmt = self.conn.prepare_cached(STANDING)?;
        let mut rows = stmt.query([id])?;
        let Some(row) = rows.next()? else { return Ok(false) };
        let Some(accept) = self.accept else { return Ok(true) };
        Ok((accept.stands)(&Standing::read(row)?))
    }

    /// Whether enough has been found to know that there are more than are wanted.
    fn is_enough(&self) -> bool {
        self.hits.tickets.len() > self.most
    }

    fn all(&mut self, go_on: &mut dyn FnMut() -> bool) -> Result<(), StoreError> {
        let upto = state(self.conn)?;
        self.above(upto, go_on)?;
        let mut stmt = self.conn.prepare_cached(CHANGED)?;
        let rows = stmt.query_map([], |row| row.get(0))?;
        let changed: BTreeSet<i64> = rows.collect::<Result<_, _>>()?;
        for block in (0..=block_of(upto)).rev() {
            if self.hits.stopped || self.is_enough() {
                break;
            }
            if !go_on() {
                self.hits.stopped = true;
                break;
            }
            self.block(block, upto, &changed)?;
        }
        Ok(())
    }

    /// Tickets that the index does not hold yet.
    fn above(&mut self, upto: i64, go_on: &mut dyn FnMut() -> bool) -> Result<(), StoreError> {
        let mut high: i64 = self.conn.prepare_cached(HIGHEST)?.query_row([], |row| row.get(0))?;
        while high > upto && !self.is_enough() {
            let low = (high - SLICE + 1).max(upto + 1);
            self.read((low, high))?;
            high = low - 1;
            if high > upto && !go_on() {
                self.hits.stopped = true;
                break;
            }
        }
        Ok(())
    }

    /// Tickets by their own texts.
    fn read(&mut self, between: (i64, i64)) -> Result<(), StoreError> {
        let (query, mut found) = (self.query, Vec::new());
        texts::each(self.conn, between, |ticket| {
            if query.finds(&ticket.all) {
                found.push(ticket.id);
            }
        })?;
        found.into_iter().try_for_each(|id| self.hit(id))
    }

    /// A ticket has every word.
    fn hit(&mut self, id: i64) -> Result<(), StoreError> {
        if self.accept.is_none() || self.is_wanted(id)? {
            self.hits.tickets.push(id);
        }
        Ok(())
    }

    fn block(&mut self, block: i64, upto: i64, changed: &BTreeSet<i64>) -> Result<(), StoreError> {
        let mut found = Places::all();
        for ways in &self.ranges {
            let mut any = Places::none();
            for way in ways {
                any.add(&self.way(block, way)?);
            }
            found.keep(&any);
            if found.is_empty() {
                break;
            }
        }
        // Whatever may have changed is read itself.
        let mut read = Places::none();
        for id in changed.range(first_of(block)..first_of(block + 1)) {
            read.put(place_of(*id));
        }
        found.take(&read);
        if self.cut {
            read.add(&found);
            found = Places::none();
        }
        let mut all = found.clone();
        all.add(&read);
        for place in all.newest_first() {
            let id = first_of(block) + i64::from(place);
            if id > upto {
                continue;
            }
            if read.has(place) {
                self.read((id, id))?;
            } else {
                self.hit(id)?;
            }
            if self.is_enough() {
                break;
            }
        }
        Ok(())
    }

    /// The tickets of a block that have every range.
    fn way(&self, block: i64, ranges: &[Range]) -> Result<Places, StoreError> {
        let mut all = Places::all();
        for range in ranges {
            let mut found = Places::none();
            let mut stmt = self.conn.prepare_cached(FIND)?;
            let mut rows = stmt.query(params![block, &range.low[..], &range.high[..]])?;
            while let Some(row) = rows.next()? {
                let bytes = row.get_ref(0)?.as_blob();
                let bytes = bytes.map_err(|_| StoreError::Nonsense { what: "sheet of the search" })?;
                if !sheet::find(bytes, range, &mut found)? {
                    break;
                }
            }
            all.keep(&found);
            if all.is_empty() {
                break;
            }
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests;
