//! The one thread that owns the desk. Requests come numbered; readings that a newer one of their kind has
//! overtaken are dropped unread; whatever panics here is reported and the desk is opened anew.

mod acts;
mod beside;
mod board;
mod bulk;
pub mod cases;
mod courier;
mod import;
mod indexer;
mod job;
pub mod outbox;
pub mod picture;
pub mod screens;

use std::collections::{BTreeSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use secrecy::SecretString;

use beside::{Beside, Shared};
pub(super) use board::look;
use board::{Note, Watch};
pub use import::Mode;
pub use job::{Act, BulkAct, Done, Found, Grant, Job, Outcome, Report, Request, Secret, Slot, Step};

use super::data::TicketView;
use crate::desk::show::Privacy;
use crate::desk::{AskPassphrase, Desk, Failure};
use crate::words::Phrase;

/// Opens the desk; called in the worker, and again after a fault.
pub type Open = Box<dyn FnMut(AskPassphrase) -> Result<Desk, Failure> + Send>;

/// The UI's end of the worker.
pub struct Worker {
    requests: Sender<Request>,
    notes: Sender<Note>,
    passphrases: Sender<Option<SecretString>>,
    cancelled: Arc<Mutex<BTreeSet<u64>>>,
    threads: [JoinHandle<()>; 2],
}

impl Worker {
    /// Starts the thread; it reports through `report`.
    pub fn start(open: Open, report: impl Fn(Report) + Send + Sync + 'static) -> std::io::Result<Self> {
        let (requests, inbox) = channel();
        let (passphrases, answers) = channel();
        let cancelled = Arc::new(Mutex::new(BTreeSet::new()));
        let report: Arc<dyn Fn(Report) + Send + Sync> = Arc::new(report);
        let (notes, board_inbox) = channel();
        let watch = Watch { inbox: board_inbox, report: Arc::clone(&report) };
        let open = Arc::new(Mutex::new(open));
        let room = Room {
            shared: Shared { open, report, cancelled: Arc::clone(&cancelled) },
            notes: notes.clone(),
            passphrases: Arc::new(Mutex::new(answers)),
            inbox,
            waiting: VecDeque::new(),
            beside: None,
            later: VecDeque::new(),
        };
        let named = |name: &str| std::thread::Builder::new().name(name.into());
        let board = named("board").spawn(move || watch.work())?;
        let desk = named("desk").spawn(move || room.work())?;
        Ok(Self { requests, notes, passphrases, cancelled, threads: [desk, board] })
    }

    /// Hands over a request.
    pub fn ask(&self, request: Request) {
        // A worker that has ended has said why; there is nobody left to ask.
        if request.job.is_look() {
            let _ = self.notes.send(Note::Ask(request));
        } else {
            let _ = self.requests.send(request);
        }
    }

    /// Drops a request that has not begun, or that can stop between two steps.
    pub fn cancel(&self, no: u64) {
        if let Ok(mut cancelled) = self.cancelled.lock() {
            cancelled.insert(no);
        }
    }

    /// Answers the question for a passphrase.
    pub fn passphrase(&self, answer: Option<SecretString>) {
        let _ = self.passphrases.send(answer);
    }

    /// Lets the worker finish what it is doing and waits for it.
    pub fn end(self) {
        drop(self.requests);
        drop(self.passphrases);
        drop(self.notes);
        for thread in self.threads {
            let _ = thread.join();
        }
    }
}

/// What the thread works with.
struct Room {
    shared: Shared,
    notes: Sender<Note>,
    passphrases: Arc<Mutex<Receiver<Option<SecretString>>>>,
    inbox: Receiver<Request>,
    waiting: VecDeque<Request>,
    /// An import under way.
    beside: Option<Beside>,
    /// What waits for its end.
    later: VecDeque<Request>,
}

/// Between two looks whether an import is over.
const WAKE: Duration = Duration::from_millis(50);

impl Room {
    fn work(mut self) {
        let mut desk = match self.open_desk() {
            Ok(desk) => desk,
            Err(failure) => return self.tell(Report::Closed(failure)),
        };
        // They go when this returns.
        let _courier = courier::Courier::start(&desk);
        let _indexing = indexer::Indexing::start(&desk);
        let mut rules = rules_of(&desk);
        while let Some(request) = self.next(&mut desk) {
            let Some(Request { no, job }) = self.meanwhile(&mut desk, request) else { continue };
            // A screen lives for a whole shift; the policy it judges by must be the desk's own of today.
            if matches!(job, Job::Settle) && rules_of(&desk) != rules {
                rules = rules_of(&desk);
                match self.open_desk() {
                    Ok(fresh) => desk = fresh,
                    Err(failure) => {
                        let now = desk.now();
                        self.tell(Report::Answer { no, job, result: Err(failure), now });
                        continue;
                    }
                }
            }
            let stopped = std::cell::Cell::new(false);
            let progress = self.shared.progress(no, &stopped);
            let outcome = catch_unwind(AssertUnwindSafe(|| run(&mut desk, &job, progress)));
            // What was done on some of many tickets is told all the same.
            if stopped.get() && !matches!(job, Job::Bulk { .. } | Job::Screen(screens::Ask::Lookup { .. })) {
                self.tell(Report::Dropped { no });
                continue;
            }
            let result = match outcome {
                Ok(result) => result.map_err(|why| desk.understood(why)),
                Err(panic) => {
                    let failure = fault(&*panic);
                    // Whatever was half done is rolled back with the connection it was done on.
                    match self.open_desk() {
                        Ok(fresh) => desk = fresh,
                        Err(closed) => return self.tell(Report::Closed(closed)),
                    }
                    Err(failure)
                }
            };
            let now = desk.now();
            self.tell(Report::Answer { no, job, result, now });
        }
    }

    fn tell(&self, report: Report) {
        (self.shared.report)(report);
    }

    /// The request, unless it is done with: nobody waits for it, it is an import, or one is under way.
    fn meanwhile(&mut self, desk: &mut Desk, request: Request) -> Option<Request> {
        let Request { no, job } = &request;
        let (no, holds) = (*no, self.beside.as_ref().is_some_and(Beside::holds));
        if self.is_cancelled(no) || self.is_overtaken(no, job) || holds && matches!(job, Job::Settle) {
            self.tell(Report::Dropped { no });
            return None;
        }
        let imports = matches!(job, Job::Screen(screens::Ask::Import { .. }));
        if imports && self.beside.is_some() || holds && beside::writes(job) {
            self.tell(Report::Waits { no });
            self.later.push_back(request);
            return None;
        }
        if imports {
            let job = request.job;
            // A desk open read-only says so itself, and asks for no passphrase before.
            let key = if desk.readonly { Ok(None) } else { desk.signing_key().map(Some) };
            let begun = key.and_then(|key| {
                Beside::start(self.shared.clone(), no, job.clone(), key).map_err(Failure::fault)
            });
            match begun {
                Ok(beside) => self.beside = Some(beside),
                Err(why) => self.tell(Report::Answer { no, job, result: Err(why), now: desk.now() }),
            }
            return None;
        }
        if let (true, Job::Screen(screens::Ask::Lookup { lead, .. })) = (holds, job) {
            let stopped = std::cell::Cell::new(false);
            let mut progress = self.shared.progress(no, &stopped);
            let result = desk.find_around(lead, &mut |done, of| progress(screens::part(done, of)));
            drop(progress);
            // The log is held by the import: what it is owed is on the disk before anything is shown.
            let result = result.and_then(|found| {
                desk.owe_lookup(&found)?;
                Ok(Found::Screen(screens::Told::Lookup(Arc::new(found))))
            });
            self.tell(Report::Answer { no, job: request.job, result, now: desk.now() });
            return None;
        }
        Some(request)
    }

    /// Once an import is over, what waited for it has its turn.
    fn after_import(&mut self, desk: &mut Desk) {
        if self.beside.take_if(|beside| beside.is_over()).is_none() {
            return;
        }
        desk.log_owed();
        while let Some(request) = self.later.pop_back() {
            self.waiting.push_front(request);
        }
    }

    fn open_desk(&mut self) -> Result<Desk, Failure> {
        let (report, answers) = (Arc::clone(&self.shared.report), Arc::clone(&self.passphrases));
        let ask: AskPassphrase = Box::new(move |name| {
            report(Report::Passphrase(name.to_owned()));
            let answer = answers.lock().ok().and_then(|inbox| inbox.recv().ok()).flatten();
            answer.ok_or_else(|| Failure::refused(Phrase::of("fail-no-passphrase")))
        });
        let opened = catch_unwind(AssertUnwindSafe(|| match self.shared.open.lock() {
            Ok(mut open) => open(ask),
            Err(poisoned) => (poisoned.into_inner())(ask),
        }));
        let mut desk = opened.unwrap_or_else(|panic| Err(fault(&*panic)))?;
        if self.beside.is_none() {
            // Of a program that was killed while a file came in.
            desk.log_owed();
        }
        let _ = self.notes.send(Note::Opened(desk.folder.clone()));
        self.tell(Report::Ready(desk.seat()?));
        Ok(desk)
    }

    /// The next request, after whatever has come in meanwhile is known.
    fn next(&mut self, desk: &mut Desk) -> Option<Request> {
        loop {
            self.waiting.extend(self.inbox.try_iter());
            self.after_import(desk);
            if let Some(request) = self.waiting.pop_front() {
                return Some(request);
            }
            if self.beside.is_none() {
                self.waiting.push_back(self.inbox.recv().ok()?);
                continue;
            }
            match self.inbox.recv_timeout(WAKE) {
                Ok(request) => self.waiting.push_back(request),
                Err(RecvTimeoutError::Timeout) => {}
                // The agent has left; what is under way is finished.
                Err(RecvTimeoutError::Disconnected) => std::thread::sleep(WAKE),
            }
        }
    }

    fn is_cancelled(&self, no: u64) -> bool {
        self.shared.cancelled.lock().is_ok_and(|mut cancelled| cancelled.remove(&no))
    }

    fn is_overtaken(&self, no: u64, job: &Job) -> bool {
        let slot = job.slot();
        // A reveal is logged: it is never dropped in silence.
        slot.is_some()
            && !matches!(job, Job::Reveal { .. })
            && self.waiting.iter().any(|later| later.no > no && later.job.slot() == slot)
    }
}

/// The files that a desk goes by, as they stand now: policy, config, whom to believe.
fn rules_of(desk: &Desk) -> [Option<(std::time::SystemTime, u64)>; 3] {
    let folder = &desk.folder;
    let at = |path: std::path::PathBuf| {
        let meta = std::fs::metadata(path).ok()?;
        Some((meta.modified().ok()?, meta.len()))
    };
    [at(folder.policy()), at(folder.config()), at(folder.keys().join("root.pub.pem"))]
}

/// What a panic said, as a failure.
fn fault(panic: &(dyn std::any::Any + Send)) -> Failure {
    let text = panic
        .downcast_ref::<&str>()
        .map(ToString::to_string)
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no message".into());
    Failure::internal(Phrase::of("fail-mistake").with("why", text)).hint(Phrase::of("hint-mistake"))
}

pub(super) fn run(
    desk: &mut Desk,
    job: &Job,
    mut progress: impl FnMut(Step) -> bool,
) -> Result<Found, Failure> {
    match job {
        Job::Queue { .. } | Job::Numbers { .. } => Ok(Found::Nothing),
        Job::Bulk { ids, act, .. } => Ok(Found::Bulk(bulk::run(desk, ids, act, progress))),
        Job::Merged { into, from } => Ok(Found::Merged(Box::new(desk.merged(*into, *from)?))),
        Job::Kept => Ok(Found::Kept(desk.kept()?)),
        Job::Keep { everybody, name, value } => {
            desk.keep(*everybody, name, value.as_deref())?;
            Ok(Found::Nothing)
        }
        Job::Searched { tickets } => {
            desk.log_search(*tickets, true, false)?;
            Ok(Found::Nothing)
        }
        Job::Settle => {
            desk.settle_while(|done| progress(Step::tickets(done)))?;
            Ok(Found::Nothing)
        }
        Job::Ticket { id } | Job::Peek { id } => {
            let screen = desk.screen(*id)?;
            desk.trace(*id)?;
            Ok(Found::Ticket(Arc::new(TicketView::of(screen, false))))
        }
        Job::Reveal { id } => {
            // `show` writes the leaf that says who saw it.
            let name = acts::name_of(desk, *id)?;
            desk.show(&name, Privacy::Revealed)?;
            Ok(Found::Ticket(Arc::new(TicketView::of(desk.screen(*id)?, true))))
        }
        Job::Case(ask) => Ok(Found::Case(cases::run(desk, ask, &mut progress)?)),
        Job::Drafts => {
            let seat = desk.seat()?;
            Ok(Found::Drafts(seat.drafts.all(seat.now)))
        }
        Job::Act { id, act } => Ok(Found::Act(acts::run(desk, *id, act)?)),
        Job::Unlock(secret) => Ok(Found::Unlocked(desk.opens_key(&secret.0)?)),
        Job::Save { path, text, jti } => {
            acts::save_with_proof(desk, path, text, jti)?;
            Ok(Found::Saved(path.clone()))
        }
        Job::Screen(ask) => Ok(Found::Screen(screens::run(desk, ask, &mut progress)?)),
    }
}
