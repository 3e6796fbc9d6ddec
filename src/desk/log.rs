//! The log as people read it: newest first, filtered.

use std::ops::ControlFlow;

use super::{Desk, Failure};
use crate::domain::Role;
use crate::store::desk::report as store;
use crate::words::Phrase;

/// Leaves between two looks at whether to go on.
const EACH: u64 = 4096;

/// Acts about no ticket whose reason is kept beside the log.
const REASONED: [&str; 2] = ["desk.restored", "log.rollback-accepted"];

/// Some leaves of the log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogPage {
    /// Index, ticket and line of each, the newest first.
    pub leaves: Vec<(u64, Option<i64>, String)>,
    /// What was said of why, by the index of the leaf that commits to it.
    pub reasons: Vec<(u64, String)>,
    /// How many leaves the log has.
    pub all: u64,
    /// Everything that fits is among them.
    pub complete: bool,
}

impl Desk {
    /// The newest leaves that `keep` wants, at most so many. `go_on` hears how many of how many were read.
    pub fn log_page(
        &self,
        most: usize,
        keep: impl Fn(Option<i64>, &str) -> bool,
        go_on: &mut dyn FnMut(u64, u64) -> bool,
    ) -> Result<LogPage, Failure> {
        self.require(Role::ALL, "read the log")?;
        let all = store::leaves(self.db())?;
        let mut page = LogPage { all, complete: true, ..LogPage::default() };
        let (mut read, mut stopped) = (0, false);
        store::leaves_back(self.db(), |seq, ticket, line| {
            read += 1;
            if read % EACH == 0 && !go_on(read, all) {
                stopped = true;
                return ControlFlow::Break(());
            }
            if !keep(ticket, line) {
                return ControlFlow::Continue(());
            }
            if page.leaves.len() == most {
                page.complete = false;
                return ControlFlow::Break(());
            }
            page.leaves.push((seq, ticket, line.to_owned()));
            ControlFlow::Continue(())
        })?;
        for (seq, _, line) in &page.leaves {
            if REASONED.iter().any(|act| line.starts_with(&format!("{{\"act\":\"{act}\""))) {
                page.reasons.extend(self.reason_of(*seq, line)?.map(|reason| (*seq, reason)));
            }
        }
        if stopped {
            return Err(Failure::state(Phrase::of("fail-log-stopped")));
        }
        Ok(page)
    }
}
