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
    text_at: usize,
    text_len: u16,
    /// The number of the agent's name; means something while the lease lasts.
    pub holder: u16,
    pub state: State,
    pub request: Request,
    pub recommendation: Option<Recommendation>,
    pub owner_wrote: bool,
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
            owner_wrote: self.owner_wrote,
            mine: self.lease_until > now && me == Some(self.holder),
        }
    }

    /// What an owner wrote before all else, then what is ready to be issued; then as the store ranks it.
    fn urgency(&self) -> (bool, bool, i64, i64, i64) {
        (!self.owner_wrote, self.state != State::Approved, self.rank, self.received_at, self.id)
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

/// The places of the rows in one order.
#[derive(Default)]
struct Order {
    places: Vec<u32>,
    /// Rows whose places are not known yet.
    moved: Vec<u32>,
}

/// The rows, their texts, their orders.
#[derive(Default)]
pub(super) struct Rows {
    pub all: Vec<Row>,
    texts: Vec<u8>,
    /// Bytes of `texts` that nothing points to any more.
    waste: usize,
    places: HashMap<i64, u32>,
    pub agents: Vec<String>,
    orders: [Order; SORTS.len()],
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
        let old = place.and_then(|p| self.all.get(p as usize)).copied();
        if old.is_none() && line.state == State::Closed {
            return;
        }
        let time = |t: Option<Time>| t.map_or(NEVER, |t| t.0);
        let holder = line.lease.as_ref().map_or(u16::MAX, |(who, _)| self.agent_number(who));
        let (text_at, text_len) = match old.filter(|old| self.text(old) == line.text.as_bytes()) {
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
            text_at,
            text_len,
            holder,
            state: line.state,
            request: line.request,
            recommendation: line.recommendation,
            owner_wrote: line.owner_wrote,
        };
        if let (Some(place), Some(old)) = (place, old) {
            if old.same(&row) {
                return;
            }
            for (order, sort) in self.orders.iter_mut().zip(SORTS) {
                if old.compare(&row, sort) != Ordering::Equal {
                    order.moved.push(place);
                }
            }
            if let Some(slot) = self.all.get_mut(place as usize) {
                *slot = row;
            }
        } else {
            let place = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
            self.places.insert(line.id, place);
            self.all.push(row);
            for order in &mut self.orders {
                order.moved.push(place);
            }
        }
        self.generation += 1;
    }

    /// A ticket is no longer open.
    pub fn close(&mut self, id: i64) {
        let row = self.place(id).and_then(|place| self.all.get_mut(place as usize));
        if let Some(row) = row.filter(|r| r.state != State::Closed) {
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

    /// Puts an order right after changes, and throws away texts that nothing needs.
    pub fn settle(&mut self, sort: Sort) {
        if self.waste > self.texts.len() / 2 {
            self.compact();
        }
        let Some(n) = SORTS.iter().position(|s| *s == sort) else { return };
        let rows = &self.all;
        if let Some(order) = self.orders.get_mut(n).filter(|order| !order.moved.is_empty()) {
            order.settle(|a, b| match (rows.get(*a as usize), rows.get(*b as usize)) {
                (Some(a), Some(b)) => a.compare(b, sort),
                _ => a.cmp(b),
            });
        }
    }

    fn compact(&mut self) {
        let mut texts = Vec::with_capacity(self.texts.len() - self.waste);
        for row in &mut self.all {
            let text =
                self.texts.get(row.text_at..row.text_at + usize::from(row.text_len)).unwrap_or_default();
            row.text_at = texts.len();
            texts.extend_from_slice(text);
        }
        (self.texts, self.waste) = (texts, 0);
    }

    /// The places of the rows in an order that has been settled.
    pub fn order(&self, sort: Sort) -> &[u32] {
        SORTS.iter().zip(&self.orders).find(|(s, _)| **s == sort).map_or(&[], |(_, order)| &order.places)
    }
}

impl Order {
    fn settle(&mut self, compare: impl Fn(&u32, &u32) -> Ordering) {
        let mut moved = std::mem::take(&mut self.moved);
        moved.sort_unstable();
        moved.dedup();
        if moved.len() <= FEW {
            self.places.retain(|place| moved.binary_search(place).is_err());
            for place in &moved {
                let at = self.places.partition_point(|other| compare(other, place) == Ordering::Less);
                self.places.insert(at, *place);
            }
            return;
        }
        // Rows are only ever added: those that the order does not hold yet are the last ones.
        let known = self.places.len();
        self.places.extend(moved.iter().filter(|place| **place as usize >= known));
        // Mostly in order already: the sort finds the runs.
        self.places.sort_by(compare);
    }
}

impl Row {
    fn same(&self, other: &Self) -> bool {
        let key = |r: &Self| {
            (
                (r.rank, r.received_at, r.due_at, r.paused_at, r.held_until, r.lease_until, r.text_at),
                (r.holder, r.state, r.request, r.recommendation, r.owner_wrote),
            )
        };
        key(self) == key(other)
    }
}
