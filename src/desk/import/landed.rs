//! After a list has landed: its leaf, and the tickets that it may change. Lists and log are two files, so there is
//! a moment between the two commits; whoever opens the desk next completes what it finds there.

use std::time::{Duration, Instant};

use crate::audit::{Draft, Info};
use crate::desk::act::{Size, people_changed};
use crate::desk::sealed_lists::{import_facts, rooted};
use crate::desk::{Act, Desk, Failure};
use crate::store::desk::journal::LISTS;
use crate::store::desk::{settings, stale};
use crate::store::registry::{Landed, complete_landed, generation, oldest_landed};
use crate::store::{self, FileKind, Purpose};

/// The settings that say what tickets were judged by.
const GENERATION: &str = "registry_generation";
const POLICY: &str = "policy_digest";

/// Tickets marked in one transaction.
const MARKED: i64 = 2_000;
/// How long judging again holds the desk, and how long it then leaves it to others: SQLite's waiting looks again
/// every 25 ms at least, as long as it has not waited for a tenth of a second.
const SLICE: Duration = Duration::from_millis(25);
const PAUSE: Duration = Duration::from_millis(27);

impl Desk {
    /// Writes the leaves of lists that landed. The list stays where it landed if this fails.
    pub(in crate::desk) fn log_landed(&mut self) -> Result<(), Failure> {
        if self.readonly {
            return Ok(());
        }
        while oldest_landed(self.registry.conn())?.is_some() {
            let conn = store::open(&self.folder.registry_db(), Purpose::Write, FileKind::Registry)?.conn;
            if !complete_landed(&conn, |landed| self.log_list(landed))? {
                // Somebody imports; they or the next one will do it.
                return Ok(());
            }
        }
        self.log_sealed()
    }

    /// The leaf of a list. Its token is noted with it, so that a crash before the list's own note is gone does not
    /// log it twice.
    fn log_list(&mut self, landed: &Landed) -> Result<(), Failure> {
        let token = landed.token.to_string();
        let facts = import_facts(landed.list, landed.mode, &landed.sha256);
        self.log_as(&landed.actor, |act| {
            if settings::get(act.conn, "list_logged")?.as_ref() == Some(&token) {
                return Ok(());
            }
            // Whoever can write the file can owe the log a leaf that no custodian signed: it gets none.
            if act.owes(&landed.sealed, Some(&facts))?.as_deref() == Some(act.actor) {
                act.log(rooted(leaf_of(landed, act.actor), &landed.sealed), Some(LISTS))?;
            }
            Ok(settings::set(act.conn, "list_logged", &token)?)
        })
    }

    /// Logs something as somebody who signed it before. Whoever opens a desk may do so while somebody else changes its
    /// people: that is no reason not to log.
    pub(in crate::desk) fn log_as(
        &mut self,
        actor: &str,
        log: impl Fn(&mut Act<'_>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        loop {
            self.refresh()?;
            let done = self.act_as(actor, None, Size::Small, &log);
            match done {
                Err(why) if why.what == people_changed() => {}
                done => return done,
            }
        }
    }

    /// Whether every open ticket was judged by the lists, policy and region of now, or is marked to be.
    pub(in crate::desk) fn is_up_to_date(&self) -> Result<bool, Failure> {
        let (generation, judged_by) = self.judged_by()?;
        let seen = (settings::get(&self.db, GENERATION)?, settings::get(&self.db, POLICY)?);
        Ok(seen == (Some(generation), Some(judged_by)))
    }

    /// What a judgement goes by: which lists, which policy and region.
    fn judged_by(&self) -> Result<(String, String), Failure> {
        let generation = generation(self.registry.conn())?.to_string();
        Ok((generation, format!("{} {}", self.policy.digest, self.config.region)))
    }

    /// If one of these changed since the last look, every open ticket is judged again before it is shown. Marked
    /// in steps; what the desk saw last is noted with the last one, so that a crash leaves the work to be done.
    pub(in crate::desk) fn notice_changes(&mut self) -> Result<(), Failure> {
        if self.readonly {
            return Ok(());
        }
        if self.is_up_to_date()? {
            return Ok(());
        }
        let (generation, judged_by) = self.judged_by()?;
        let mut marked = 0;
        loop {
            let more = store::write_tx(&self.db, |tx| {
                let (to, last) = (marked + MARKED, stale::last_ticket(tx)?);
                stale::mark_between(tx, marked, to)?;
                marked = to;
                if to < last {
                    return Ok(true);
                }
                settings::set(tx, GENERATION, &generation)?;
                settings::set(tx, POLICY, &judged_by)?;
                Ok::<_, Failure>(false)
            })?;
            if !more {
                return Ok(());
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// Judges again whatever a list made stale, and lets others write in between.
    pub(in crate::desk) fn settle_in_steps(&mut self, mut each: impl FnMut()) -> Result<(), Failure> {
        loop {
            let began = Instant::now();
            let mut more = false;
            self.settle_while(|_| {
                more = began.elapsed() >= SLICE;
                !more
            })?;
            if !more {
                return Ok(());
            }
            each();
            std::thread::sleep(PAUSE);
        }
    }
}

fn leaf_of<'a>(landed: &'a Landed, actor: &'a str) -> Draft<'a> {
    Draft::new("list.imported", actor)
        .digest("file", &landed.sha256)
        .info("list", Info::Text(landed.list.as_str()))
        .info("mode", Info::Text(landed.mode.as_str()))
        .info("added", Info::Number(number(landed.done.added)))
        .info("updated", Info::Number(number(landed.done.updated)))
        .info("removed", Info::Number(number(landed.done.removed)))
}

fn number(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
