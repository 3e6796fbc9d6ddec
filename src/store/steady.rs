//! Big writes that reach the disk bit by bit. One sync of hundreds of megabytes at the end would keep every other
//! sync of the machine waiting behind it: an agent's `take` among them.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// How often what was written is sent to the disk: a moment's writing takes the disk less than a moment.
const EACH: Duration = Duration::from_millis(20);

/// Database files stay open for good: closing one would let go of the locks that the connections of this process hold
/// on it (fcntl(2), sqlite.org/howtocorrupt.html §2.2).
static KEPT: Mutex<BTreeMap<PathBuf, Arc<File>>> = Mutex::new(BTreeMap::new());

/// For as long as it lives, what is written to a database goes to the disk at once.
#[derive(Debug)]
pub struct Steady {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Steady {
    /// Begins. Where the files cannot be opened nothing is lost but evenness: SQLite syncs them itself.
    pub fn begin(database: &Path) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let mut log = database.as_os_str().to_owned();
        log.push("-wal");
        let thread = kept(database).zip(File::open(log).ok()).and_then(|(file, log)| {
            let stopped = Arc::clone(&stop);
            let work = move || {
                while !stopped.load(Ordering::Relaxed) {
                    // An error is SQLite's to find: its own syncs are those that count.
                    let _ = (log.sync_data(), file.sync_data());
                    std::thread::park_timeout(EACH);
                }
            };
            std::thread::Builder::new().name("steady".to_owned()).spawn(work).ok()
        });
        Self { stop, thread }
    }
}

impl Drop for Steady {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            let _ = thread.join();
        }
    }
}

/// The file, open for good.
pub(super) fn kept(database: &Path) -> Option<Arc<File>> {
    let path = database.canonicalize().ok()?;
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(file) = kept.get(&path) {
        return Some(Arc::clone(file));
    }
    let file = Arc::new(File::open(&path).ok()?);
    kept.insert(path, Arc::clone(&file));
    Some(file)
}
