//! Who looked at what: every reading of a ticket leaves a trace, and whoever answers for the desk can ask who read a
//! device, an account or a person.
//!
//! A reading is a leaf, one an agent, ticket and hour. It stands beside the ticket's own leaves and not among them: the
//! queue, the search and undo hear of what was done, not of who looked.

use std::collections::BTreeSet;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use serde::Serialize;
use serde_json::{Map, Value};

use super::lookup::{Lead, thing_bytes};
use super::{Desk, Failure};
use crate::audit::{Draft, commitment};
use crate::domain::{Role, Time};
use crate::store::desk::journal::Journal;
use crate::store::desk::{reading, report};
use crate::store::{self, Statements};
use crate::words::Phrase;

/// The leaf of a reading.
pub(super) const READ: &str = "ticket.read";
/// One sitting is one leaf.
const SITTING: i64 = 3600;

/// Somebody looked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Look {
    /// The leaf.
    pub leaf: u64,
    /// When.
    pub at: Option<Time>,
    /// Who.
    pub actor: String,
    /// What they did.
    pub act: String,
    /// On which ticket; none where it was looked up itself, or in a list.
    pub ticket: Option<i64>,
}

/// Who looked at something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Looks {
    /// Tickets that name it.
    pub tickets: Vec<i64>,
    /// Lookups of it, readings of these tickets and what was done on them, the newest first.
    pub looks: Vec<Look>,
    /// Lists that were shown in full: they may have held it.
    pub lists: Vec<Look>,
}

impl Desk {
    /// Whether a reading is logged: at a rehearsal that is open read-only it is not.
    ///
    /// # Errors
    /// It cannot be logged: then nothing may be shown. Nobody reads about people unseen by leaving the log out.
    pub(super) fn leaves_trace(&self) -> Result<bool, Failure> {
        if self.readonly && !self.rehearsal {
            self.not_rolled_back()?;
            return Err(
                Failure::refused(Phrase::of("fail-read-readonly")).hint(Phrase::of("hint-read-readonly"))
            );
        }
        Ok(!self.readonly)
    }

    /// Leaves the trace that who acts here reads a ticket. While somebody else writes, it is kept on the disk and becomes
    /// a leaf later; a rehearsal open read-only has none.
    ///
    /// # Errors
    /// No trace can be left: then nothing may be shown.
    pub fn trace(&mut self, ticket: i64) -> Result<(), Failure> {
        if !self.leaves_trace()? {
            return Ok(());
        }
        let (actor, now) = (self.agent()?, self.now());
        if self.traced(ticket, &actor, now)? || self.trace_if_free(ticket, &actor, now)? {
            return Ok(());
        }
        self.owe_reading(ticket)
    }

    fn traced(&self, ticket: i64, actor: &str, at: Time) -> Result<bool, Failure> {
        Ok(reading::last(self.db(), ticket, actor)?
            .is_some_and(|last| (0..SITTING).contains(&(at.0 - last.0))))
    }

    /// Writes the leaf where nobody else is writing; `false` where somebody is.
    pub(super) fn trace_if_free(&self, ticket: i64, actor: &str, at: Time) -> Result<bool, Failure> {
        let number = u64::try_from(ticket).unwrap_or(0);
        let head = store::write_tx_if_free(self.db(), |tx| {
            let mut journal = Journal::open(tx)?;
            let draft = Draft::new(READ, actor).ticket(number);
            journal.append(&Statements::new(tx), draft, self.dated(tx, at)?, None)?;
            reading::set(tx, ticket, actor, at)?;
            let head = journal.head().clone();
            journal.close(tx)?;
            Ok::<_, Failure>(head)
        })?;
        if let Some(head) = &head {
            self.remember(head);
        }
        Ok(head.is_some())
    }

    /// Who looked at whatever a text names. It is a lookup itself, and logged as one.
    pub fn looks(&mut self, text: &str) -> Result<Looks, Failure> {
        self.require(&[Role::Custodian, Role::Auditor], "read who looked")?;
        self.log_owed();
        let found = self.look_up_plain(&Lead::typed(text))?;
        let mut named = BTreeSet::new();
        for link in &found.looked_for {
            if let Some(salt) = reading::salt(self.db(), *link)? {
                named.insert(Base64UrlUnpadded::encode_string(&commitment(&salt, &thing_bytes(*link))));
            }
        }
        let tickets: BTreeSet<i64> = found.tickets.iter().filter_map(|t| t["ticket"].as_i64()).collect();
        let mut looks = Looks { tickets: tickets.iter().copied().collect(), ..Looks::default() };
        report::leaves_back(self.db(), |leaf, _, line| {
            if let Some((look, list)) = look_of(leaf, line, &tickets, &named) {
                if list { &mut looks.lists } else { &mut looks.looks }.push(look);
            }
            std::ops::ControlFlow::Continue(())
        })?;
        self.log_lookup(&super::lookup::Looked::of(&found), false)?;
        Ok(looks)
    }
}

/// A leaf that says who looked at one of these; whether at a list as a whole.
fn look_of(leaf: u64, line: &str, tickets: &BTreeSet<i64>, named: &BTreeSet<String>) -> Option<(Look, bool)> {
    // Most leaves are about something else; parsing them would be most of the work.
    let list = line.starts_with("{\"act\":\"tickets.revealed")
        || line.starts_with("{\"act\":\"search.revealed")
        || line.starts_with("{\"act\":\"tickets.exported");
    let looked_up = line.starts_with("{\"act\":\"lookup.");
    if !list && !looked_up && !line.contains("\"ticket\":") {
        return None;
    }
    let value: Value = serde_json::from_str(line).ok()?;
    let ticket = value["ticket"].as_i64();
    let says =
        |group: &Map<String, Value>| group.values().filter_map(Value::as_str).any(|c| named.contains(c));
    let met = match ticket {
        _ if list => true,
        Some(ticket) => tickets.contains(&ticket),
        None => value["commit"].as_object().is_some_and(says),
    };
    let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let at = Time::parse(value["at"].as_str()?).ok();
    // Nobody has looked who only brought it in with a file.
    let act = text("act");
    let counts = met && act != "case.imported";
    counts.then(|| (Look { leaf, at, actor: text("actor"), act, ticket }, list))
}
