//! Running the checks again at somebody's word.

use serde_json::Value;

use super::act::Size;
use super::show::Privacy;
use super::{Desk, Failure};
use crate::domain::Role;

impl Desk {
    /// Judges a ticket again, keeps what is found, and shows it. A closed ticket, and any on a desk open
    /// read-only, is judged but nothing is kept.
    pub fn check(&mut self, name: &str) -> Result<Value, Failure> {
        let id = self.find(name)?;
        self.trace(id)?;
        if self.readonly || !self.read(|act| act.ticket(id))?.state.is_open() {
            let judged = self.look(id)?;
            return self.view(&judged, Privacy::Work);
        }
        self.require(Role::ALL, "act on a ticket")?;
        // As with `settle`: it says nothing new, so it is nobody's act and takes nobody's key.
        self.act_as("", None, Size::Small, |act| act.recheck(id))?;
        self.settle(|_| {})?;
        let judged = self.look(id)?;
        self.view(&judged, Privacy::Work)
    }
}
