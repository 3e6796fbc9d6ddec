//! The queue as agents see it.

pub use crate::store::desk::queue::{Assignee, Filter, Sort};

use super::{Desk, Failure};
use crate::audit::{Draft, Info};
use crate::store::desk::queue;
use crate::store::desk::tickets::Ticket;

impl Desk {
    /// The tickets of a filter in their order, and how many there are without its limit. What is out of date
    /// is judged again first.
    pub fn queue(&mut self, filter: &Filter) -> Result<(Vec<Ticket>, u64), Failure> {
        self.settle(|_| {})?;
        Ok(queue::list(self.db(), filter)?)
    }

    /// Has who looks sign that a list is shown with personal data in full.
    pub fn log_reveal(&mut self, act: &'static str, tickets: usize) -> Result<(), Failure> {
        let count = i64::try_from(tickets).unwrap_or(i64::MAX);
        self.act(|a| a.log(Draft::new(act, a.actor).info("tickets", Info::Number(count)), None))?;
        Ok(())
    }
}
