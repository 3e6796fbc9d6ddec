//! Links of tickets that come in by the thousand. Entered one by one they would touch the whole index at random; here
//! they wait, and are entered in its order, a few with every new ticket, so that the thread beside never runs dry. Who
//! shares one within the file is known at once; who shares one with a ticket of before is found at entering, and both
//! are judged again.

use std::collections::hash_map::Entry;
use std::vec::IntoIter;

use nohash_hasher::IntMap;

use super::facts::MOST_OTHERS;
use super::links::{self, Link, kind, thing};
use super::looks::Sheet;
use super::tickets;
use crate::store::{Statements, StoreError};

/// Links that wait for their turn (12 MiB with those that are entered): enough to meet most pages several times, among those of
/// a million tickets, too.
const MOST_WAITING: usize = 1 << 18;
/// Links that are remembered (some 70 MiB); after that they are found at entering.
const MOST_KNOWN: usize = 1 << 21;

/// A thing, the ticket under it, and whether judgements go by that.
type Waiting = (i64, i64, bool);

/// Links on their way into the table. [`NewLinks::enter`] must be the last word before anybody else reads it.
#[derive(Default)]
pub struct NewLinks {
    /// Who came first under each thing of this file. A thing is a hash already.
    first: IntMap<i64, i64>,
    /// What is not in the table yet.
    waiting: Vec<Waiting>,
    /// What is being entered, in order.
    entering: IntoIter<Waiting>,
    /// What of it was entered early, because somebody asked.
    early: IntMap<i64, i64>,
}

impl NewLinks {
    /// Takes a new ticket's links; those under which another one is known to stand.
    pub fn add(
        &mut self,
        statements: &Statements<'_>,
        ticket: i64,
        links: &[Link],
    ) -> Result<Vec<Link>, StoreError> {
        if self.waiting.len() + links.len() > MOST_WAITING {
            self.enter_some(statements, usize::MAX)?;
            self.next_round();
        }
        // Twice as fast as they come, so that a round is done before the next.
        self.enter_some(statements, 2 * links.len())?;
        let mut shared = Vec::new();
        for link in links {
            let judged = link.0 <= kind::LAST_JUDGED;
            if Sheet::of(*link).is_some() {
                // Who is near is known only by asking.
                links::enter(statements, ticket, *link)?;
                shared.extend(judged.then_some(*link));
                continue;
            }
            let thing = thing(*link);
            if !judged {
                self.waiting.push((thing, ticket, false));
                continue;
            }
            match self.first.entry(thing) {
                Entry::Vacant(free) => {
                    free.insert(ticket);
                    self.waiting.push((thing, ticket, true));
                }
                Entry::Occupied(first) => {
                    // Whoever reads who shares it must find both.
                    let first = *first.get();
                    if self.early.insert(thing, first).is_none() {
                        let before = links::enter_thing(statements, first, thing)?;
                        stir(statements, first, thing, before)?;
                    }
                    links::enter_after(statements, ticket, thing)?;
                    shared.push(*link);
                }
            }
        }
        Ok(shared)
    }

    /// Enters what waits.
    pub fn enter(&mut self, statements: &Statements<'_>) -> Result<(), StoreError> {
        self.enter_some(statements, usize::MAX)?;
        self.next_round();
        self.enter_some(statements, usize::MAX)
    }

    /// What waited is entered next. Nothing of the round before is left.
    fn next_round(&mut self) {
        let early = std::mem::take(&mut self.early);
        let mut round = std::mem::replace(&mut self.waiting, Vec::with_capacity(MOST_WAITING));
        round.retain(|(thing, ticket, _)| early.get(thing) != Some(ticket));
        round.sort_unstable();
        self.entering = round.into_iter();
        if self.first.len() > MOST_KNOWN {
            self.first.clear();
        }
    }

    /// Enters at most so many of the round; one that was entered early meanwhile is there already.
    fn enter_some(&mut self, statements: &Statements<'_>, most: usize) -> Result<(), StoreError> {
        for (thing, ticket, judged) in self.entering.by_ref().take(most) {
            let before = links::enter_thing(statements, ticket, thing)?;
            stir(statements, ticket, thing, before.filter(|_| judged))?;
        }
        Ok(())
    }

    /// Takes back the links of the ticket that was added last, of which it shared some: it is none after all.
    pub fn take_back(
        &mut self,
        statements: &Statements<'_>,
        ticket: i64,
        links: &[Link],
        shared: &[Link],
    ) -> Result<(), StoreError> {
        while let Some((thing, _, judged)) = self.waiting.pop_if(|last| last.1 == ticket) {
            if judged {
                self.first.remove(&thing);
            }
        }
        let entered = |link: &&Link| Sheet::of(**link).is_some() || shared.contains(link);
        links::leave_all(statements.conn(), ticket, links.iter().filter(entered))
    }
}

/// Where a ticket was judged before it was known that others stood under the thing before it, all are judged again.
fn stir(statements: &Statements<'_>, ticket: i64, thing: i64, before: Option<i64>) -> Result<(), StoreError> {
    if before.is_some() {
        tickets::mark_stale(statements, ticket)?;
        for other in links::under(statements, thing, ticket)?.into_iter().take(MOST_OTHERS) {
            tickets::mark_stale(statements, other)?;
        }
    }
    Ok(())
}
