//! Closed tickets whose time is over are emptied: what they say of people goes, rows and leaves for totals stay.
//!
//! A few tickets at a time, each time a transaction of milliseconds with its leaves, so that nobody waits for it; cut off
//! anywhere it goes on where it was. Pages that become free are used again.

use std::time::{Duration, Instant};

use super::{Act, Desk, Failure};
use crate::domain::{State, Time};
use crate::store::desk::{empty, search};
use crate::store::write_tx;

/// Tickets looked at between two questions whether to go on.
const PAGE: i64 = 256;
/// One step begins no further ticket after so long.
const STEP: Duration = Duration::from_millis(10);
/// Tickets that the search's index takes in at once.
const INDEXED: i64 = 128;
/// Between two steps: whoever waits to write comes first.
const BREATH: Duration = Duration::from_millis(2);

/// What retention did, or would do.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize)]
pub struct Retained {
    /// Tickets that were emptied.
    pub tickets: u64,
    /// Those whose time is over and that something still needs: a notice, an open ticket, a message.
    pub needed: u64,
    /// Files that no row names any more.
    pub files: u64,
    /// The longest that other writers had to wait.
    #[serde(skip)]
    pub longest: Duration,
}

impl Desk {
    /// Empties closed tickets on which nothing was done since a moment; a dry run counts them.
    pub(super) fn retain(
        &mut self,
        since: Time,
        dry: bool,
        go_on: &mut dyn FnMut(u64) -> bool,
    ) -> Result<Retained, Failure> {
        let (mut done, mut after) = (Retained::default(), 0);
        loop {
            let page = empty::page(self.db(), after, since, PAGE)?;
            let Some(last) = page.last() else { break };
            after = *last;
            let mut due = Vec::new();
            for id in page {
                let old =
                    empty::last_leaf(self.db(), id)?.as_deref().and_then(moment).is_none_or(|at| at < since);
                if old && self.read(|act| act.is_free(id))? {
                    due.push(id);
                } else {
                    done.needed += u64::from(old);
                }
            }
            if dry {
                done.tickets += due.len() as u64;
            } else {
                self.empty_in_steps(due, &mut done)?;
            }
            if !go_on(done.tickets) {
                break;
            }
        }
        if !dry {
            self.index_emptied(&mut done)?;
            done.files = self.sweep_files(None)?;
        }
        Ok(done)
    }

    fn empty_in_steps(&mut self, mut due: Vec<i64>, done: &mut Retained) -> Result<(), Failure> {
        while !due.is_empty() {
            let (emptied, began) = self.act(|act| {
                let began = Instant::now();
                let mut emptied = 0;
                while let Some(id) = due.pop() {
                    // Somebody may have come to need it.
                    if act.is_free(id)? {
                        let ticket = act.ticket(id)?;
                        act.empty(&ticket, "retention")?;
                        emptied += 1;
                    }
                    if began.elapsed() > STEP {
                        break;
                    }
                }
                Ok((emptied, began))
            })?;
            done.longest = done.longest.max(began.elapsed());
            done.tickets += emptied;
            std::thread::sleep(BREATH);
        }
        Ok(())
    }

    /// The words of emptied tickets leave the search's index.
    fn index_emptied(&self, done: &mut Retained) -> Result<(), Failure> {
        while search::behind(self.db())? > 0 {
            let (step, began) = write_tx(self.db(), |tx| {
                let began = Instant::now();
                Ok::<_, Failure>((search::step(tx, INDEXED)?, began))
            })?;
            done.longest = done.longest.max(began.elapsed());
            if step.tickets == 0 {
                break;
            }
            std::thread::sleep(BREATH);
        }
        Ok(())
    }
}

impl Act<'_> {
    /// Whether nothing needs a closed ticket any more.
    fn is_free(&self, id: i64) -> Result<bool, Failure> {
        let ticket = self.ticket(id)?;
        Ok(ticket.state == State::Closed && !ticket.is_emptied() && self.bars(&ticket, &[])?.is_empty())
    }
}

/// When a leaf was written.
fn moment(line: &str) -> Option<Time> {
    let leaf: serde_json::Value = serde_json::from_str(line).ok()?;
    Time::parse(leaf["at"].as_str()?).ok()
}
