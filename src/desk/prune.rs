//! What `[retention]` of `config.toml` lets go: closed tickets, rows of lists, and what nothing names any more.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::retain::Retained;
use super::{Desk, Failure};
use crate::audit::{Draft, Info};
use crate::domain::Role;
use crate::store::registry::{Keep, Prune, Pruning, Root, Sealed, unsigned};
use crate::store::{self, FileKind, Purpose};
use crate::words::Phrase;

/// Between two steps: whoever waits to write comes first.
const BREATH: Duration = Duration::from_millis(2);

/// What pruning did, or would do.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize)]
pub struct Pruned {
    /// Closed tickets that were emptied, those that are still needed, and files nobody names any more.
    #[serde(flatten)]
    pub desk: Retained,
    /// Sightings that went.
    pub sightings: u64,
    /// Changes of SIMs that went.
    pub sim_changes: u64,
    /// Notices that went, all of them dropped by their list and cleared.
    pub notices: u64,
    /// Accounts that no list named any more.
    pub accounts: u64,
    /// Serial numbers that no list named any more.
    pub serials: u64,
    /// The longest that other writers had to wait.
    pub longest_ms: f64,
    /// How long it took.
    pub seconds: f64,
}

impl Desk {
    /// Prunes tickets and registry in small steps; a dry run counts what would go. `go_on` hears how much went so far.
    pub fn prune(&mut self, dry: bool, mut go_on: impl FnMut(u64) -> bool) -> Result<Pruned, Failure> {
        self.require(&[Role::Custodian], "prune")?;
        if self.readonly && !dry {
            return Err(Failure::refused(Phrase::of("fail-import-readonly")));
        }
        let (began, now, retention) = (Instant::now(), self.now(), self.config.retention);
        let before = |days: i64| now.minus_days(days);
        let keep = Keep {
            sightings: retention.sightings_days.map(|days| before(days).day()),
            sim_changes: retention.sim_changes_days.map(before),
            dropped_notices: retention.notices_days.map(before),
        };
        if !dry {
            self.log_pruning()?;
        }
        let (mut pruned, mut longest) = (Pruned::default(), Duration::ZERO);
        if let Some(days) = retention.tickets_days {
            pruned.desk = self.retain(before(days), dry, &mut go_on)?;
            longest = pruned.desk.longest;
        }
        let signer = if dry { None } else { Some(self.lists_signer(BTreeMap::new())?) };
        let mut sign = |before: Option<&Sealed>, root: &Root| match &signer {
            Some(signer) => signer.sign(before, root),
            None => unsigned(before, root),
        };
        let purpose = if dry { Purpose::Read } else { Purpose::Write };
        let conn = store::open(&self.folder.registry_db(), purpose, FileKind::Registry)?.conn;
        let mut all = pruned.desk.tickets;
        'all: for what in Prune::ALL {
            let mut pruning = Pruning::new(what, &keep);
            loop {
                let step_began = Instant::now();
                let step = pruning.step(&conn, dry, &mut sign)?;
                *pruned.count(what) += step.removed;
                all += step.removed;
                if step.removed > 0 && !dry {
                    longest = longest.max(step_began.elapsed());
                    std::thread::sleep(BREATH);
                }
                if !go_on(all) {
                    break 'all;
                }
                if !step.more {
                    break;
                }
            }
        }
        if !dry {
            store::fold_log(&conn)?;
            drop(conn);
            self.log_landed()?;
            store::tidy_log(self.db());
            self.notice_changes()?;
            self.settle_in_steps(|| {})?;
        }
        pruned.longest_ms = longest.as_secs_f64() * 1000.0;
        pruned.seconds = began.elapsed().as_secs_f64();
        Ok(pruned)
    }

    /// The leaf comes first: each step lands by itself, and none may land unheard of.
    fn log_pruning(&mut self) -> Result<(), Failure> {
        let retention = self.config.retention;
        self.act(|act| {
            let days = |days: Option<i64>| Info::Number(days.unwrap_or(0));
            let draft = Draft::new("registry.pruned", act.actor)
                .info("sightings_days", days(retention.sightings_days))
                .info("sim_changes_days", days(retention.sim_changes_days))
                .info("notices_days", days(retention.notices_days))
                .info("tickets_days", days(retention.tickets_days));
            act.log(draft, None)
        })?;
        Ok(())
    }
}

impl Pruned {
    const fn count(&mut self, what: Prune) -> &mut u64 {
        match what {
            Prune::Sightings => &mut self.sightings,
            Prune::SimChanges => &mut self.sim_changes,
            Prune::Notices => &mut self.notices,
            Prune::Accounts => &mut self.accounts,
            Prune::Serials => &mut self.serials,
        }
    }
}
