//! Open tickets as they lie in memory: small rows of one size, their texts one behind the other, and for each
//! order of the queue the places of the rows.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::views::Standing;
use crate::desk::queue::Sort;
use crate::domain::{Recommendation, Request, State, Time};
use crate::store::desk::board::Line;

/// Changed rows up to which an order is mended; more, and it is made anew.
const FEW: usize = 64;

/// A ticket without its texts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub id: i64,
    pub rank: i64,
    pub received_at: i64,
    pub due_at: i64,
    pub paused_at: i64,
    pub held_until: i64,
    pub lease_until: i64,
    revision: i64,
    text_at: usize,
    text_len: u16,
    /// The number of the agent's name; means something while the lease lasts.
    pub holder: u16,
    pub state: State,
    pub request: Request,
    pub recommendation: Option<Recommendation>,
}

/// A time that is not there.
const NEVER: i64 = i64::MIN;

impl Row {
    pub fn standing(&self, me: Option<u16>, now: i64) -> Standing {
        let time = |t: i64| (t != NEVER).then_some(Time(t));
        Standing {
            state: self.state,
            recommendation: self.recommendation,
            due_at: Time(self.due_at),
            paused_at: time(self.paused_at),
            held_until: time(self.held_until),
            mine: self.lease_until > now && me == Some(self.holder),
        }
    }

    /// Ready to be issued before all else; then as the store ranks it.
    fn urgency(&self) -> (bool, i64, i64, i64) {
        (self.state != State::Approved, self.rank, self.received_at, self.id)
    }

    fn compare(&self, other: &Self, sort: Sort) -> Ordering {
        match sort {
            Sort::Urgency => self.urgency().cmp(&other.urgency()),
            Sort::Due => (self.due_at, self.id).cmp(&(other.due_at, other.id)),
            Sort::Received => (self.received_at, self.id).cmp(&(other.received_at, other.id)),
            Sort::Number => self.id.cmp(&other.id),
        }
    }
}

/// Every order of the queue.
const SORTS: [Sort; 4] = [Sort::Urgency, Sort::Due, Sort::Received, Sort::Number];

/// The rows, their texts, their orders.
#[derive(Default)]
pub(super) struct Rows {
    pub rows: Vec<Row>,
    texts: Vec<u8>,
    /// Bytes of `texts` that nothing points to any more.
    waste: usize,
    places: HashMap<i64, u32>,
    pub agents: Vec<String>,
    orders: [Vec<u32>; SORTS.len()],
    /// Rows whose places in the orders are not known yet.
    moved: Vec<u32>,
    /// Rises with every change.
    pub generation: u64,
}

impl Rows {
    pub fn text(&self, row: &Row) -> &[u8] {
        self.texts.get(row.text_at..row.text_at + usize::from(row.text_len)).unwrap_or_default()
    }

    pub fn place(&self, id: i64) -> Option<u32> {
        self.places.get(&id).copied()
    }

    pub fn agent(&self, name: &str) -> Option<u16> {
        self.agents.iter().position(|a| a == name).and_then(|n| u16::try_from(n).ok())
    }

    fn agent_number(&mut self, name: &str) -> u16 {
        self.agent(name).unwrap_or_else(|| {
            self.agents.push(name.to_owned());
            u16::try_from(self.agents.len() - 1).unwrap_or(u16::MAX)
        })
    }

    /// Takes a ticket in, or what has changed of one.
    pub fn put(&mut self, line: &Line) {
        let place = self.place(line.id);
        let old = place.and_then(|p| self.rows.get(p as usize)).copied();
        if old.is_none() && line.state == State::Closed {
            return;
        }
        let time = |t: Option<Time>| t.map_or(NEVER, |t| t.0);
        let holder = line.lease.as_ref().map_or(u16::MAX, |(who, _)| self.agent_number(who));
        let (text_at, text_len) = match old.filter(|old| old.revision == line.revision) {
            Some(old) => (old.text_at, old.text_len),
            None => self.keep_text(&line.text, old),
        };
        let row = Row {
            id: line.id,
            rank: line.rank,
            received_at: line.received_at.0,
            due_at: line.due_at.0,
            paused_at: time(line.paused_at),
            held_until: time(line.held_until),
            lease_until: line.lease.as_ref().map_or(NEVER, |(_, until)| until.0),
            revision: line.revision,
            text_at,
            text_len,
            holder,
            state: line.state,
            request: line.request,
            recommendation: line.recommendation,
        };
        match (place, old) {
            (Some(place), Some(old)) => {
                if old.same(&row) {
                    return;
                }
                if SORTS.iter().any(|sort| old.compare(&row, *sort) != Ordering::Equal) {
                    self.moved.push(place);
                }
                if let Some(slot) = self.rows.get_mut(place as usize) {
                    *slot = row;
                }
            }
            _ => {
                let place = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
                self.places.insert(line.id, place);
                self.rows.push(row);
                self.moved.push(place);
            }
        }
        self.generation += 1;
    }

    /// A ticket is no longer open.
    pub fn close(&mut self, place: u32) {
        if let Some(row) = self.rows.get_mut(place as usize).filter(|r| r.state != State::Closed) {
            row.state = State::Closed;
            self.generation += 1;
        }
    }

    fn keep_text(&mut self, text: &str, old: Option<Row>) -> (usize, u16) {
        self.waste += old.map_or(0, |old| usize::from(old.text_len));
        let at = self.texts.len();
        self.texts.extend_from_slice(text.as_bytes());
        (at, u16::try_from(text.len()).unwrap_or(u16::MAX))
    }

    /// Puts the orders right after changes, and throws away what nothing needs.
    pub fn settle(&mut self) {
        if self.waste > self.texts.len() / 2 {
            self.compact();
        }
        if self.moved.is_empty() {
            return;
        }
        let mut moved = std::mem::take(&mut self.moved);
        moved.sort_unstable();
        moved.dedup();
        let rows = &self.rows;
        for (order, sort) in self.orders.iter_mut().zip(SORTS) {
            let compare = |a: &u32, b: &u32| match (rows.get(*a as usize), rows.get(*b as usize)) {
                (Some(a), Some(b)) => a.compare(b, sort),
                _ => a.cmp(b),
            };
            if moved.len() <= FEW {
                order.retain(|place| moved.binary_search(place).is_err());
                for place in &moved {
                    let at = order.partition_point(|other| compare(other, place) == Ordering::Less);
                    order.insert(at, *place);
                }
            } else {
                let known = order.len();
                let fresh = |place: &u32| *place as usize >= known;
                if moved.iter().all(fresh) {
                    order.extend(&moved);
                }
                // Mostly in order already: the sort finds the runs.
                order.sort_by(compare);
            }
        }
    }

    fn compact(&mut self) {
        let mut texts = Vec::with_capacity(self.texts.len() - self.waste);
        for row in &mut self.rows {
            let text = self.texts.get(row.text_at..row.text_at + usize::from(row.text_len)).unwrap_or_default();
            row.text_at = texts.len();
            texts.extend_from_slice(text);
        }
        (self.texts, self.waste) = (texts, 0);
    }

    /// The places of the rows in an order.
    pub fn order(&self, sort: Sort) -> &[u32] {
        SORTS.iter().zip(&self.orders).find(|(s, _)| **s == sort).map_or(&[], |(_, order)| order)
    }
}

impl Row {
    fn same(&self, other: &Self) -> bool {
        let key = |r: &Self| {
            (
                (r.rank, r.received_at, r.due_at, r.paused_at, r.held_until, r.lease_until, r.revision),
                (r.holder, r.state, r.request, r.recommendation),
            )
        };
        key(self) == key(other)
    }
}
