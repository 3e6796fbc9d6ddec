//! The way from one ticket to another over what tickets share, looked for from both ends at once and within bounds: a
//! telephone number on ten thousand tickets is one step, and never ten thousand.

use std::collections::HashMap;

use serde::Serialize;

use super::{value, word_between};
use crate::desk::{Act, Failure};
use crate::store::desk::graph::{self, holders, links_of};
use crate::store::desk::links::{Link, kind};

/// Tickets looked at from both ends together.
const MOST_LOOKED: usize = 5_000;
/// Tickets that one thing leads on to.
const MOST_ON: usize = 200;

/// The way between two tickets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Path {
    /// The ticket it begins at.
    pub from: i64,
    /// The ticket it ends at.
    pub to: i64,
    /// There is a way.
    pub linked: bool,
    /// From each ticket to the next.
    pub steps: Vec<Step>,
    /// Tickets that were looked at.
    pub looked_at: usize,
    /// Nothing was left out: where no way was found, there is none.
    pub whole: bool,
}

/// From one ticket to another that shares something with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The ticket.
    pub from: i64,
    /// Its reference.
    pub from_reference: Option<String>,
    /// The kind of thing, as in [`super::Thing`].
    pub kind: &'static str,
    /// What it is, masked.
    pub value: String,
    /// Bits in which look-alike hashes differ, of 64.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bits: Option<u32>,
    /// The next ticket.
    pub to: i64,
    /// Its reference.
    pub to_reference: Option<String>,
}

/// How a ticket was come to: from which, over what.
type Come = Option<(i64, Link)>;

/// What was reached from one end.
#[derive(Default)]
struct Side {
    come: HashMap<i64, Come>,
    /// Who of them has a thing.
    holder: HashMap<Link, i64>,
    /// Reached last, not yet gone on from.
    edge: Vec<i64>,
}

/// Where the two sides meet: a ticket of one and a ticket of the other that share a thing, or are the same.
type Meeting = (i64, Option<Link>, i64);

/// One search.
struct Walk<'a, 'b> {
    act: &'a Act<'b>,
    sides: [Side; 2],
    /// Receipts that only look alike lead on too.
    alike: bool,
    whole: bool,
}

impl Act<'_> {
    pub(in crate::desk) fn path(&mut self, from: i64, to: i64) -> Result<Path, Failure> {
        // A look says least: it is gone by only where nothing else leads there.
        let mut looked_at = 0;
        for alike in [false, true] {
            let mut walk = Walk { act: self, sides: Default::default(), alike, whole: true };
            let met = walk.go(from, to)?;
            looked_at = looked_at.max(walk.looked());
            let whole = walk.whole;
            if let Some(met) = met {
                let way = walk.way(met);
                return Ok(Path { from, to, linked: true, steps: self.steps(&way)?, looked_at, whole });
            }
            if alike {
                return Ok(Path { from, to, looked_at, whole, ..Path::default() });
            }
        }
        Ok(Path::default())
    }

    fn steps(&mut self, way: &[(i64, Link, i64)]) -> Result<Vec<Step>, Failure> {
        let mut steps = Vec::with_capacity(way.len());
        for (from, thing, to) in way {
            let (mine, theirs) = (self.judge(*from)?, self.judge(*to)?);
            let (from_links, to_links) = (&mine.ticket.links, &theirs.ticket.links);
            let own = from_links.iter().find(|l| graph::thing(**l) == *thing);
            let its = to_links.iter().find(|l| graph::thing(**l) == *thing);
            // A look stands under the hash of one of the two.
            let said = own.map(|l| value::of(&mine, *l)).or_else(|| its.map(|l| value::of(&theirs, *l)));
            let look = matches!(thing.0, kind::BOX_LOOK | kind::RECEIPT_LOOK);
            let least = |all: &[Link]| {
                let near = all.iter().filter(|l| l.0 == thing.0).map(|l| (l.1 ^ thing.1).count_ones());
                near.min().unwrap_or(0)
            };
            steps.push(Step {
                from: *from,
                from_reference: mine.ticket.reference.clone(),
                kind: word_between(*thing, from_links, to_links),
                value: said.unwrap_or_default(),
                bits: look.then(|| least(from_links).max(least(to_links))),
                to: *to,
                to_reference: theirs.ticket.reference.clone(),
            });
        }
        Ok(steps)
    }
}

impl Walk<'_, '_> {
    fn looked(&self) -> usize {
        self.sides.iter().map(|side| side.come.len()).sum()
    }

    fn go(&mut self, from: i64, to: i64) -> Result<Option<Meeting>, Failure> {
        for (side, ticket) in [(0, from), (1, to)] {
            if let Some(met) = self.reach(side, ticket, None)? {
                return Ok(Some(met));
            }
        }
        loop {
            // The smaller side goes on, so that a crowd at one end is not gone through.
            let smaller = usize::from(self.sides[1].edge.len() < self.sides[0].edge.len());
            let edge = std::mem::take(&mut self.sides[smaller].edge);
            if edge.is_empty() {
                return Ok(None);
            }
            for ticket in edge {
                if let Some(met) = self.go_on(smaller, ticket)? {
                    return Ok(Some(met));
                }
                if self.looked() >= MOST_LOOKED {
                    self.whole = false;
                    return Ok(None);
                }
            }
        }
    }

    /// Reaches everybody who shares something with a ticket.
    fn go_on(&mut self, side: usize, ticket: i64) -> Result<Option<Meeting>, Failure> {
        for thing in self.things(ticket)? {
            let found = holders(self.act.conn, thing, ticket, MOST_ON)?;
            self.whole &= found.len() < MOST_ON;
            for (other, _) in found {
                if !self.sides[side].come.contains_key(&other) {
                    let met = self.reach(side, other, Some((ticket, thing)))?;
                    if met.is_some() {
                        return Ok(met);
                    }
                }
            }
        }
        Ok(None)
    }

    fn things(&self, ticket: i64) -> Result<Vec<Link>, Failure> {
        let mut links = links_of(self.act.conn, ticket)?.unwrap_or_default();
        links.retain(|link| self.alike || link.0 != kind::RECEIPT_LOOK);
        Ok(links.into_iter().map(graph::thing).collect())
    }

    /// A ticket is reached from one end: has the other end been here, or does somebody there have what it has?
    fn reach(&mut self, side: usize, ticket: i64, come: Come) -> Result<Option<Meeting>, Failure> {
        let things = self.things(ticket)?;
        let other = &self.sides[1 - side];
        let met = if other.come.contains_key(&ticket) {
            Some((ticket, None))
        } else {
            things.iter().find_map(|thing| Some((*other.holder.get(thing)?, Some(*thing))))
        };
        let mine = &mut self.sides[side];
        mine.come.insert(ticket, come);
        mine.edge.push(ticket);
        for thing in things {
            mine.holder.entry(thing).or_insert(ticket);
        }
        // From the first end to the second, whichever of them came here.
        let ordered =
            |(theirs, thing)| if side == 0 { (ticket, thing, theirs) } else { (theirs, thing, ticket) };
        Ok(met.map(ordered))
    }

    /// From the first ticket to the second, each step with what the two share.
    fn way(&self, (near, thing, far): Meeting) -> Vec<(i64, Link, i64)> {
        let mut way = Vec::new();
        let mut at = near;
        while let Some(Some((before, thing))) = self.sides[0].come.get(&at) {
            way.push((*before, *thing, at));
            at = *before;
        }
        way.reverse();
        way.extend(thing.map(|thing| (near, thing, far)));
        let mut at = far;
        while let Some(Some((next, thing))) = self.sides[1].come.get(&at) {
            way.push((at, *thing, *next));
            at = *next;
        }
        way
    }
}
