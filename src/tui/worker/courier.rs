//! The courier's thread: it carries what is due while the screens are open, so that neither a key nor an act waits
//! for a slow gateway. It has the desk open for itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::desk::Desk;

/// Between two looks into the outbox.
const LOOK: Duration = Duration::from_secs(1);
/// A step of the pause, so that leaving waits for no look.
const STEP: Duration = Duration::from_millis(50);
/// How long leaving waits for a message that is being carried.
const PATIENCE: Duration = Duration::from_secs(3);

/// A courier at work; it stops when this goes.
pub(super) struct Courier {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Courier {
    /// Starts one for a desk from which anything leaves. What goes wrong is seen in the outbox.
    pub fn start(desk: &Desk) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let mut courier = Self { stop: Arc::clone(&stop), thread: None };
        if desk.rehearsal || desk.readonly {
            return courier;
        }
        let Ok(mut own) = desk.again() else { return courier };
        let work = move || {
            while !stop.load(Ordering::Relaxed) {
                let _ = own.deliver(|_| !stop.load(Ordering::Relaxed));
                let looked = Instant::now();
                while looked.elapsed() < LOOK && !stop.load(Ordering::Relaxed) {
                    std::thread::sleep(STEP);
                }
            }
        };
        courier.thread = std::thread::Builder::new().name("courier".into()).spawn(work).ok();
        courier
    }
}

impl Drop for Courier {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        let begun = Instant::now();
        // One that is still at it is left behind: its message is given again, under the same id.
        while self.thread.as_ref().is_some_and(|thread| !thread.is_finished()) && begun.elapsed() < PATIENCE {
            std::thread::sleep(STEP);
        }
    }
}
