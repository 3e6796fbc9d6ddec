//! The threads that keep drafts: files of their own, so that they never wait for the desk, however busy that is.
//!
//! One hands each change to the kernel, and the screen waits for that (as a rule a tenth of a millisecond) before it
//! draws the key: what is seen is kept, whatever kills the program. The other waits for the disk.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use super::app::drafts::Standing;
use crate::desk::drafts::{Draft, Drafts};

/// How long a drawing waits for what it shows to be kept; after that it says that it is not.
const WAITS: Duration = Duration::from_millis(150);
/// What could not be kept is tried again after this.
const AGAIN: Duration = Duration::from_secs(1);

/// A draft's ticket and form.
type Name = (i64, String);

/// What has become of what was handed over.
#[derive(Default)]
struct Done {
    count: u64,
    failed: Option<std::io::Error>,
}

#[derive(Default)]
struct Shared {
    done: Mutex<Done>,
    told: Condvar,
    /// Held while files get and lose their names.
    turn: Mutex<()>,
}

/// The screen's end of the threads.
pub struct Keeper {
    changes: Sender<(Drafts, Draft)>,
    sent: u64,
    behind: bool,
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

impl Keeper {
    /// Starts the threads.
    pub fn start() -> std::io::Result<Self> {
        let (changes, inbox) = channel();
        let (kept, unsettled) = channel();
        let shared = Arc::new(Shared::default());
        let (one, other) = (Arc::clone(&shared), Arc::clone(&shared));
        let writer = Builder::new().name("drafts".into()).spawn(move || keep_all(&inbox, &kept, &one))?;
        let settler =
            Builder::new().name("drafts-disk".into()).spawn(move || settle_all(&unsettled, &other))?;
        Ok(Self { changes, sent: 0, behind: false, shared, threads: vec![writer, settler] })
    }

    /// Keeps a draft; one without any text is dropped.
    pub fn keep(&mut self, to: Drafts, draft: Draft) {
        let _ = self.changes.send((to, draft));
        self.sent += 1;
    }

    /// How what was handed over stands, after waiting for it a moment. Not a second time while a disk hangs: each
    /// key would take that long.
    pub fn standing(&mut self) -> Standing {
        let mut done = lock(&self.shared.done);
        if !self.behind {
            let sent = self.sent;
            let waited = self.shared.told.wait_timeout_while(done, WAITS, |done| done.count < sent);
            done = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        self.behind = done.count < self.sent;
        match &done.failed {
            Some(why) => Standing::failed(why),
            None if self.behind => Standing::Behind,
            None => Standing::Kept,
        }
    }

    /// Writes what is still to be written, and ends.
    pub fn end(self) {
        drop(self.changes);
        for thread in self.threads {
            let _ = thread.join();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Hands what comes in to the kernel; of several states of one form only the last.
fn keep_all(inbox: &Receiver<(Drafts, Draft)>, kept: &Sender<(Drafts, Name)>, shared: &Shared) {
    let mut left: BTreeMap<Name, (Drafts, Draft)> = BTreeMap::new();
    loop {
        let came = if left.is_empty() { inbox.recv().map_err(Into::into) } else { inbox.recv_timeout(AGAIN) };
        let first = match came {
            Ok(first) => Some(first),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => return,
        };
        let mut taken = 0;
        for (to, draft) in first.into_iter().chain(inbox.try_iter()) {
            left.insert((draft.ticket, draft.form.clone()), (to, draft));
            taken += 1;
        }
        let mut failed = None;
        left.retain(|name, (to, draft)| {
            let turn = lock(&shared.turn);
            let done = write(to, draft);
            drop(turn);
            if done.is_ok() && !draft.fields.is_empty() {
                let _ = kept.send((to.clone(), name.clone()));
            }
            done.map_err(|why| failed = Some(why)).is_err()
        });
        let mut done = lock(&shared.done);
        done.count += taken;
        done.failed = failed;
        shared.told.notify_all();
    }
}

/// Waits for the disk, once for all that came meanwhile.
fn settle_all(unsettled: &Receiver<(Drafts, Name)>, shared: &Shared) {
    while let Ok((to, name)) = unsettled.recv() {
        let mut all = BTreeMap::from([(name, to)]);
        all.extend(unsettled.try_iter().map(|(to, name)| (name, to)));
        for ((ticket, form), to) in all {
            // What the kernel has and the disk refuses is kept as long as the machine runs.
            let _ = to.settle(ticket, &form, &shared.turn);
        }
    }
}

/// Hands a draft to the kernel; one without any text is dropped.
pub(super) fn write(to: &Drafts, draft: &Draft) -> std::io::Result<()> {
    if draft.fields.is_empty() { to.discard(draft.ticket, &draft.form) } else { to.keep(draft) }
}
