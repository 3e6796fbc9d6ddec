//! What tickets share: the tickets linked with one by device, account, contact, SIM, receipt or picture, and the way
//! from one ticket to another. Whatever the state of a ticket, it is linked; removed evidence links too.

mod path;
mod value;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::show::{Privacy, head};
use super::{Act, Desk, Failure};
use crate::audit::{Draft, Info};
use crate::domain::Role;
use crate::store::desk::graph;
use crate::store::desk::links::{Link, kind};
use crate::words::Phrase;

pub use path::{Path, Step};

/// Tickets that one thing names.
const MOST_NAMED: usize = 50;
/// Tickets that one answer lists.
const MOST_LISTED: usize = 200;

/// Something that a ticket shares with others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Thing {
    /// `device`, `account`, `contact`, `sim`, `receipt`, `receipt-file`, `receipt-look`, `box-file`, `box-look`.
    pub kind: &'static str,
    /// What it is, masked.
    pub value: String,
    /// The newest other tickets that have it; of look-alikes the most alike.
    pub tickets: Vec<Holder>,
    /// How many others have it, counted up to ten thousand; of look-alikes those listed.
    pub total: u64,
}

/// Another ticket that has a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Holder {
    /// Its number.
    pub ticket: i64,
    /// Bits in which look-alike hashes differ, of 64.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bits: Option<u32>,
}

/// What a ticket shares with others.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Links {
    /// Its number.
    pub ticket: i64,
    /// Its reference.
    pub reference: Option<String>,
    /// What it shares, by kind.
    pub things: Vec<Thing>,
    /// The heads of the others, the newest first, each with `by`: what it shares.
    pub tickets: Vec<Value>,
}

impl Desk {
    /// What a ticket shares with others. It is logged.
    pub fn links(&mut self, name: &str) -> Result<Links, Failure> {
        self.require(Role::ALL, "look things up")?;
        let id = self.find(name)?;
        self.settle(|_| {})?;
        let links = self.read(|act| act.links(id))?;
        self.log_links(id, links.tickets.len())?;
        Ok(links)
    }

    /// The way from one ticket to another over what tickets share. It is logged.
    pub fn path(&mut self, from: &str, to: &str) -> Result<Path, Failure> {
        self.require(Role::ALL, "look things up")?;
        let (from, to) = (self.find(from)?, self.find(to)?);
        if from == to {
            return Err(Failure::usage(Phrase::of("fail-path-itself").with("id", from))
                .hint(Phrase::of("hint-path-itself").with("id", from)));
        }
        self.settle(|_| {})?;
        let path = self.read(|act| act.path(from, to))?;
        self.log_links(from, path.steps.len())?;
        Ok(path)
    }

    fn log_links(&mut self, id: i64, tickets: usize) -> Result<(), Failure> {
        if !self.leaves_trace()? {
            return Ok(());
        }
        let tickets = i64::try_from(tickets).unwrap_or(i64::MAX);
        self.record(|act| {
            let draft = Draft::new("links.read", act.actor).info("tickets", Info::Number(tickets));
            act.log(draft, Some(id)).map(drop)
        })
    }
}

impl Act<'_> {
    pub(super) fn links(&mut self, id: i64) -> Result<Links, Failure> {
        let judged = self.judge(id)?;
        let mut things = Vec::new();
        let mut by: BTreeMap<i64, Vec<&'static str>> = BTreeMap::new();
        let mut links = judged.ticket.links.clone();
        links.sort_by_key(|link| graph::thing(*link).0);
        for link in &links {
            let found = graph::holders(self.conn, graph::thing(*link), id, MOST_NAMED)?;
            // A file that others have is told as such, and not as a look-alike of itself too.
            let found: Vec<_> = found.into_iter().filter(|(_, bits)| *bits != Some(0)).collect();
            if found.is_empty() {
                continue;
            }
            let kind = word(link.0);
            for (other, _) in &found {
                let words = by.entry(*other).or_default();
                if !words.contains(&kind) {
                    words.push(kind);
                }
            }
            let look = found.iter().any(|(_, bits)| bits.is_some());
            let counted =
                if look { 0 } else { graph::count(self.conn, graph::thing(*link))?.saturating_sub(1) };
            things.push(Thing {
                kind,
                value: value::of(&judged, *link),
                total: counted.max(found.len() as u64),
                tickets: found.into_iter().map(|(ticket, bits)| Holder { ticket, bits }).collect(),
            });
        }
        let mut tickets = Vec::new();
        for (other, words) in by.iter().rev().take(MOST_LISTED) {
            let mut value = head(&self.ticket(*other)?, Privacy::Masked);
            value["by"] = Value::from(words.clone());
            tickets.push(value);
        }
        let reference = judged.ticket.reference.clone();
        Ok(Links { ticket: id, reference, things, tickets })
    }
}

/// The word of a kind of links.
pub(super) const fn word(kind: i64) -> &'static str {
    match kind {
        kind::DEVICE | kind::NAMED => "device",
        kind::ACCOUNT => "account",
        kind::CONTACT => "contact",
        kind::SIM => "sim",
        kind::RECEIPT => "receipt",
        kind::RECEIPT_FILE => "receipt-file",
        kind::RECEIPT_LOOK => "receipt-look",
        kind::BOX_FILE => "box-file",
        _ => "box-look",
    }
}

/// The word for a thing that two tickets have, each in its own way.
fn word_between(thing: Link, from: &[Link], to: &[Link]) -> &'static str {
    let sim = |links: &[Link]| links.contains(&(kind::SIM, thing.1));
    if thing.0 == kind::CONTACT && (sim(from) || sim(to)) { "sim" } else { word(thing.0) }
}
