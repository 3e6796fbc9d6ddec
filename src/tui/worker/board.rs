//! The board's thread: it answers what the queue shows while the desk's own thread is at work.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::job::{Found, Job, Report, Request};
use crate::desk::board::{Board, Page};
use crate::desk::screen::Ticket;
use crate::desk::{Failure, Folder};
use crate::tui::data::QueueRow;

/// Between two looks at the desk, and between two words about what is new: a colleague's act is seen within a
/// second.
const LOOK: Duration = Duration::from_millis(250);
/// How often it is looked whether a colleague has done something: a lease is seen at once, as people feel it.
const NEWS: Duration = Duration::from_millis(100);

/// Between two slices of the sweep.
const BETWEEN: Duration = Duration::from_millis(10);

/// What the thread is told.
pub(super) enum Note {
    /// The desk is open there.
    Opened(Folder),
    Ask(Request),
}

/// What the thread works with.
pub(super) struct Watch {
    pub inbox: Receiver<Note>,
    pub report: Arc<dyn Fn(Report) + Send + Sync>,
}

/// The board, once the desk is open.
#[derive(Default)]
struct Place {
    folder: Option<Folder>,
    board: Option<Board>,
}

impl Place {
    fn board(&mut self) -> Result<Option<&mut Board>, Failure> {
        if let (None, Some(folder)) = (&self.board, &self.folder) {
            self.board = Some(Board::open(folder)?);
        }
        Ok(self.board.as_mut())
    }

    /// Does something with the board; one that breaks down is opened anew at the next look.
    fn with<T>(&mut self, work: impl FnOnce(&mut Board) -> Result<T, Failure>) -> Option<Result<T, Failure>> {
        let board = match self.board() {
            Ok(board) => board?,
            Err(failure) => return Some(Err(failure)),
        };
        let done = catch_unwind(AssertUnwindSafe(|| work(board)));
        let done = done.unwrap_or_else(|panic| Err(super::fault(&*panic)));
        if done.is_err() {
            self.board = None;
        }
        Some(done)
    }
}

impl Watch {
    pub(super) fn work(self) {
        let mut place = Place::default();
        let mut waiting: VecDeque<Request> = VecDeque::new();
        let (mut told, mut news) = (None, false);
        loop {
            let wait = pause(&place, !waiting.is_empty());
            match self.inbox.recv_timeout(wait) {
                Ok(note) => {
                    take(note, &mut place, &mut waiting);
                    self.inbox.try_iter().for_each(|note| take(note, &mut place, &mut waiting));
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            if place.folder.is_some() {
                while let Some(request) = waiting.pop_front() {
                    self.answer(&mut place, &mut waiting, request);
                }
            }
            news |= matches!(place.with(Board::catch_up), Some(Ok(true)));
            if news && told.is_none_or(|at: Instant| at.elapsed() >= LOOK) {
                (told, news) = (Some(Instant::now()), false);
                (self.report)(Report::Moved);
            }
        }
    }

    fn answer(&self, place: &mut Place, waiting: &mut VecDeque<Request>, request: Request) {
        let Request { no, job } = request;
        let slot = job.slot();
        if slot.is_some() && waiting.iter().any(|later| later.job.slot() == slot) {
            return (self.report)(Report::Dropped { no });
        }
        let mut heard = Vec::new();
        let result = place.with(|board| {
            board.refresh()?;
            // The next letter is there before the answer to this one is.
            let mut go_on = || {
                heard.extend(self.inbox.try_iter());
                let later = |note: &Note| matches!(note, Note::Ask(later) if slot.is_some() && later.job.slot() == slot);
                !heard.iter().any(later)
            };
            if let Some(found) = early(board, &job, &mut go_on)? {
                (self.report)(Report::Early { no, found });
            }
            look(board, &job, &mut go_on)
        });
        for note in heard {
            take(note, place, waiting);
        }
        let Some(result) = result.and_then(Result::transpose) else {
            return (self.report)(Report::Dropped { no });
        };
        let now = job.moment();
        (self.report)(Report::Answer { no, job, result, now });
    }
}

/// How long to wait for a question: not at all while tickets are still to be read, and a moment between two
/// slices of the sweep, which is in no hurry.
fn pause(place: &Place, asked: bool) -> Duration {
    match &place.board {
        _ if asked && place.folder.is_some() => Duration::ZERO,
        Some(board) if !board.is_filled() => Duration::ZERO,
        Some(board) if board.is_behind() => BETWEEN,
        _ => NEWS,
    }
}

fn take(note: Note, place: &mut Place, waiting: &mut VecDeque<Request>) {
    match note {
        Note::Opened(folder) => place.folder = Some(folder),
        Note::Ask(request) => waiting.push_back(request),
    }
}

fn row(ticket: &Ticket, owner_wrote: &[i64]) -> QueueRow {
    QueueRow { owner_wrote: owner_wrote.contains(&ticket.id), ..QueueRow::of(ticket) }
}

fn listed(page: Page) -> Found {
    Found::Queue {
        first: page.first,
        rows: Arc::new(page.tickets.iter().map(|t| row(t, &page.owner_wrote)).collect()),
        total: usize::try_from(page.total).unwrap_or(usize::MAX),
        more: page.more,
        counts: page.counts.map(Box::new),
        also: page.also,
        complete: page.complete,
    }
}

/// What can be shown of a question before it is answered, on a large desk.
fn early(board: &mut Board, job: &Job, go_on: &mut dyn FnMut() -> bool) -> Result<Option<Found>, Failure> {
    let Job::Queue { question, me, now } = job else { return Ok(None) };
    Ok(board.early(question, me, *now, go_on)?.map(listed))
}

/// Answers a question about the queue; nothing where it was stopped.
pub(in crate::tui) fn look(
    board: &mut Board,
    job: &Job,
    go_on: &mut dyn FnMut() -> bool,
) -> Result<Option<Found>, Failure> {
    Ok(Some(match job {
        Job::Queue { question, me, now } => {
            let Some(page) = board.ask_while(question, me, *now, go_on)? else { return Ok(None) };
            listed(page)
        }
        Job::Numbers { search, me, now, .. } => Found::Numbers(board.numbers(search, me, *now)?),
        _ => Found::Nothing,
    }))
}
