//! What people keep for their screens, in the desk itself: it is there again at any terminal.
//!
//! It says nothing about any ticket and no check reads it, so it leaves no leaf.

use super::{Desk, Failure};
use crate::store::desk::kept;
use crate::store::write_tx;
use crate::words::Phrase;

pub use crate::store::desk::kept::Kept;

/// Longest name and longest text, in bytes.
const MOST: (usize, usize) = (120, 4096);

impl Desk {
    /// What the agent keeps, and what is kept for everybody.
    ///
    /// # Errors
    /// The desk's file cannot be read.
    pub fn kept(&self) -> Result<Vec<Kept>, Failure> {
        Ok(kept::of(self.db(), &self.agent()?)?)
    }

    /// Keeps a text under a name, or forgets it.
    ///
    /// # Errors
    /// The desk is open read-only, or the text is too long.
    pub fn keep(&mut self, everybody: bool, name: &str, value: Option<&str>) -> Result<(), Failure> {
        if self.readonly {
            return Err(Failure::refused(Phrase::of("fail-kept-readonly")));
        }
        if name.is_empty() || name.len() > MOST.0 || value.is_some_and(|v| v.len() > MOST.1) {
            return Err(Failure::usage(Phrase::of("fail-kept-long")).hint(Phrase::of("hint-kept-long")));
        }
        let agent = if everybody { String::new() } else { self.agent()? };
        write_tx(self.db(), |tx| match value {
            Some(value) => kept::put(tx, &agent, name, value),
            None => kept::drop(tx, &agent, name),
        })?;
        Ok(())
    }
}
