//! A file that is imported: in a thread of its own and on a connection of its own, so that tickets and lookups
//! answer meanwhile. What would write waits until it is over: a file of cases is one transaction.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use super::job::{Found, Job, Report, Step};
use super::outbox::OutAsk;
use super::screens::{Ask, Told};
use super::{Open, import};
use crate::authority::AgentKey;
use crate::desk::import::Content;
use crate::desk::{Desk, Failure};
use crate::words::Phrase;

/// What every thread of the worker shares.
#[derive(Clone)]
pub(super) struct Shared {
    pub open: Arc<Mutex<Open>>,
    pub report: Arc<dyn Fn(Report) + Send + Sync>,
    pub cancelled: Arc<Mutex<BTreeSet<u64>>>,
}

impl Shared {
    /// Tells how far a request is, and whether it should go on.
    pub fn progress<'a>(&'a self, no: u64, stopped: &'a Cell<bool>) -> impl FnMut(Step) -> bool + 'a {
        move |step: Step| {
            (self.report)(Report::Progress { no, step });
            let stop = !step.settling && self.cancelled.lock().is_ok_and(|mut c| c.remove(&no));
            stopped.set(stop);
            !stop
        }
    }
}

/// An import under way.
pub(super) struct Beside {
    thread: JoinHandle<()>,
    holds: Arc<AtomicBool>,
}

impl Beside {
    /// Begins an import, with the key of who acts; it reports by itself.
    pub fn start(shared: Shared, no: u64, job: Job, key: Option<Arc<AgentKey>>) -> std::io::Result<Self> {
        let holds = Arc::new(AtomicBool::new(false));
        let held = Arc::clone(&holds);
        let thread = std::thread::Builder::new()
            .name("import".into())
            .spawn(move || work(&shared, no, job, &held, key))?;
        Ok(Self { thread, holds })
    }

    /// Whether nothing else can be written now.
    pub fn holds(&self) -> bool {
        self.holds.load(Ordering::Acquire) && !self.is_over()
    }

    pub fn is_over(&self) -> bool {
        self.thread.is_finished()
    }
}

fn work(shared: &Shared, no: u64, job: Job, holds: &AtomicBool, key: Option<Arc<AgentKey>>) {
    let stopped = Cell::new(false);
    let opened = shared.open.lock().map_err(|_| Failure::fault("The desk cannot be opened again."));
    let opened = opened
        .and_then(|mut open| open(Box::new(|_| Err(Failure::refused(Phrase::of("fail-no-passphrase"))))));
    let (result, now) = match opened {
        Ok(mut desk) => {
            desk.lend(key);
            let done = catch_unwind(AssertUnwindSafe(|| run(shared, &mut desk, no, &job, holds, &stopped)));
            // Whatever was half done is rolled back with the connection it was done on.
            (done.unwrap_or_else(|panic| Err(super::fault(&*panic))), desk.now())
        }
        Err(failure) => (Err(failure), crate::domain::Time::MIN),
    };
    (shared.report)(if stopped.get() {
        Report::Dropped { no }
    } else {
        Report::Answer { no, job, result, now }
    });
}

fn run(
    shared: &Shared,
    desk: &mut Desk,
    no: u64,
    job: &Job,
    holds: &AtomicBool,
    stopped: &Cell<bool>,
) -> Result<Found, Failure> {
    let Job::Screen(Ask::Import { file, content, list_mode, mode }) = job else { return Ok(Found::Nothing) };
    let mut progress = shared.progress(no, stopped);
    // A list goes to a file of its own; of the desk's it writes a few lines at the end.
    let begins = |content: Content| holds.store(content == Content::Cases, Ordering::Release);
    let batch = import::import(desk, file, *content, (*list_mode, *mode), &begins, &mut progress)?;
    Ok(Found::Screen(Told::Import(Arc::new(batch))))
}

/// Whether a job writes to the desk, so that it has to wait for an import that does.
pub(super) const fn writes(job: &Job) -> bool {
    matches!(
        job,
        Job::Act { .. }
            | Job::Bulk { .. }
            | Job::Merged { .. }
            | Job::Keep { .. }
            | Job::Searched { .. }
            | Job::Reveal { .. }
            | Job::Case(super::cases::Ask::Reply { .. })
            | Job::Screen(
                Ask::Lookup { reveal: true, .. } | Ask::Outbox(OutAsk::Retry { .. } | OutAsk::Drop { .. })
            )
    )
}

#[cfg(test)]
#[path = "beside_tests.rs"]
mod tests;
