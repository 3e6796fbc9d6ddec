//! The thread that keeps the index of the search up while the screens are open: whatever it has not come to is found
//! all the same, only not as fast.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::desk::Desk;
use crate::desk::search::Indexer;

/// Before the first look: the screen comes first.
const CALM: Duration = Duration::from_secs(1);
/// Between two looks.
const LOOK: Duration = Duration::from_secs(2);
/// A step of the pause, so that leaving waits for no look.
const STEP: Duration = Duration::from_millis(50);

/// At work until this goes; a step that is under way then lands, or nothing of it.
pub(super) struct Indexing(Arc<AtomicBool>);

impl Indexing {
    /// For a desk that may be written.
    pub fn start(desk: &Desk) -> Self {
        let stop = Arc::new(AtomicBool::new(desk.readonly));
        let (stopped, folder) = (Arc::clone(&stop), desk.folder.clone());
        let work = move || {
            let goes = || !stopped.load(Ordering::Relaxed);
            let pause = |time: Duration| {
                let begun = Instant::now();
                while begun.elapsed() < time && goes() {
                    std::thread::sleep(STEP);
                }
            };
            pause(CALM);
            let mut indexer = None;
            while goes() {
                indexer = indexer.or_else(|| Indexer::open(&folder).ok());
                // Of a full disk people hear elsewhere; here it is tried again.
                let done = indexer.as_ref().map(|indexer| indexer.catch_up(&mut |_| goes()));
                if done.is_some_and(|done| done.is_err()) {
                    indexer = None;
                }
                pause(LOOK);
            }
        };
        if !desk.readonly {
            // Without the thread searches only take longer.
            let _ = std::thread::Builder::new().name("index".into()).spawn(work);
        }
        Self(stop)
    }
}

impl Drop for Indexing {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
