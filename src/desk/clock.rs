//! The clock goes on: cool-downs, codes and authorizations go by it. On a desk that is no rehearsal nobody acts more than
//! five minutes before the last leaf; that somebody tried is logged, and a custodian says when the clock was wrong before.

use super::{Act, Desk, Failure};
use crate::audit::{Draft, Info};
use crate::domain::{Role, Time};
use crate::store::desk::journal::{self, Journal};
use crate::store::{self, Db, Statements};
use crate::words::Phrase;

/// Seconds that clocks may differ.
const SKEW: i64 = 300;
/// The leaf that says that the clock was behind.
const BEHIND: &str = "clock.behind";

/// The last leaf: what it is and its time.
fn last(db: &Db) -> Result<Option<(String, Time)>, Failure> {
    let line = journal::newest(db, 1)?.pop().map(|(_, line)| line);
    let leaf = line.and_then(|line| super::signed::Leaf::read(&line));
    Ok(leaf.and_then(|leaf| Some((leaf.act, Time::parse(&leaf.at).ok()?))))
}

/// Refuses an act before the last one; a rehearsal's clock may stand anywhere.
pub(super) fn stands(db: &Db, now: Time, anywhere: bool) -> Result<(), Failure> {
    match last(db)?.filter(|(_, at)| !anywhere && now.0 < at.0 - SKEW) {
        None => Ok(()),
        Some((_, at)) => {
            let words = Phrase::of("fail-clock-back").with("now", now.to_string());
            Err(Failure::state(words.with("last", at.to_string())).hint(Phrase::of("hint-clock-back")))
        }
    }
}

impl Desk {
    /// When a leaf is dated that nobody signs: a clock that went back does not take the log with it.
    pub(super) fn dated(&self, db: &Db, now: Time) -> Result<Time, Failure> {
        let last = last(db)?.filter(|(_, at)| !self.rehearsal && now.0 < at.0 - SKEW);
        Ok(last.map_or(now, |(_, at)| at))
    }

    /// Writes down that the clock was behind, unless the last leaf says so.
    pub(super) fn log_clock(&self, actor: &str) {
        let now = self.now();
        let said = now.to_string();
        let _ = store::write_tx(self.db(), |tx| {
            let Some((act, at)) = last(tx)? else { return Ok(()) };
            if act == BEHIND || stands(tx, now, self.rehearsal).is_ok() {
                return Ok(());
            }
            let mut journal = Journal::open(tx)?;
            let draft = Draft::new(BEHIND, actor).info("clock", Info::Text(&said));
            journal.append(&Statements::new(tx), draft, at, None)?;
            Ok::<_, Failure>(journal.close(tx)?)
        });
    }

    /// Goes on by the clock as it is: it was wrong before.
    #[allow(clippy::redundant_closure_for_method_calls)] // the method alone is not general enough over lifetimes
    pub fn accept_clock(&mut self) -> Result<(), Failure> {
        self.require(&[Role::Custodian], "accept the clock")?;
        if stands(self.db(), self.now(), self.rehearsal).is_ok() {
            return Err(Failure::state(Phrase::of("fail-clock-fine")));
        }
        self.clock_accepted = true;
        let done = self.act(|act| act.accept_clock());
        self.clock_accepted = false;
        done
    }
}

impl Act<'_> {
    fn accept_clock(&mut self) -> Result<(), Failure> {
        let was = last(self.conn)?.map_or_else(String::new, |(_, at)| at.to_string());
        let draft = Draft::new("clock.accepted", self.actor).info("was", Info::Text(&was));
        self.log(draft, None).map(drop)
    }
}
