//! The board: every open ticket in memory, small enough that a million of them can be looked through between
//! two key presses. It has a connection of its own, so that no look at the queue waits for an act.
//!
//! It is filled in the order of the queue, the top first, and then follows the desk: the log names every ticket
//! that somebody acted on, and a sweep over all rows, a slice at a time, finds what was merely judged again.
//! Tickets that are shown are read from the desk itself; the board says only which.

mod early;
mod everywhere;
mod rows;
mod search;
mod views;
mod words;

use std::collections::BTreeSet;

use super::{Failure, Folder};
use crate::domain::Time;
use crate::store::desk::board as store;
use crate::store::{self as files, Db, FileKind, Purpose};
use everywhere::Known;
use rows::Rows;
use search::Scan;

pub use everywhere::MOST_EVERYWHERE;
pub use search::{Page, Question, Search};
pub use views::{Standing, View};

/// Rows from which on looking through all of them would be felt.
const MANY: usize = 50_000;
/// Rows read at once while the board fills: the first screen is there after the first of them.
const FIRST: i64 = 256;
/// Rows read at once after that.
const SLICE: i64 = 2048;
/// Numbers that the sweep looks over at once.
const SWEEP: i64 = 512;

/// How far the board has been filled, in the order of the queue.
#[derive(Clone, Copy)]
enum Filling {
    Empty,
    /// Up to the ticket of this rank, time and number.
    Upto(i64, Time, i64),
    Done,
}

/// Every open ticket, as of the last [`Board::catch_up`].
pub struct Board {
    db: Db,
    rows: Rows,
    filling: Filling,
    /// The highest number seen.
    highest: i64,
    /// The next leaf to be read.
    next_leaf: i64,
    /// What the file said when it was last looked at.
    version: i64,
    /// The sweep goes on behind this number.
    swept: i64,
    /// Numbers it has still to look at since the last change.
    to_sweep: i64,
    /// What earlier filters found, for as long as nothing has changed: the next letter looks there alone.
    scans: Vec<Scan>,
    /// What was found last among all tickets.
    known: Option<Known>,
    /// Rows from which on an answer has an early part and is looked for on both cores.
    many: usize,
}

impl Board {
    /// Opens a board on a desk; nothing is read yet.
    ///
    /// # Errors
    /// The desk's file cannot be read.
    pub fn open(folder: &Folder) -> Result<Self, Failure> {
        let db = files::open(&folder.desk_db(), Purpose::Read, FileKind::Desk)?.conn;
        let (next_leaf, version) = (store::next_leaf(&db)?, store::data_version(&db)?);
        Ok(Self {
            db,
            rows: Rows::default(),
            filling: Filling::Empty,
            highest: 0,
            next_leaf,
            version,
            swept: 0,
            to_sweep: 0,
            scans: Vec::new(),
            known: None,
            many: MANY,
        })
    }

    /// The same board, which takes a desk for a large one from so many open tickets on.
    #[must_use]
    pub fn large_from(mut self, tickets: usize) -> Self {
        self.many = tickets;
        self
    }

    /// Whether every open ticket has been read once.
    pub fn is_filled(&self) -> bool {
        matches!(self.filling, Filling::Done)
    }

    /// Whether there is more to be read at once.
    pub fn is_behind(&self) -> bool {
        !self.is_filled() || self.to_sweep > 0
    }

    /// Takes a step towards the desk as it is: fills, or reads what has changed. Says whether anything that is
    /// counted or listed is different now.
    ///
    /// # Errors
    /// The desk's file cannot be read.
    pub fn catch_up(&mut self) -> Result<bool, Failure> {
        let before = (self.rows.generation, self.is_filled());
        match self.filling {
            Filling::Empty => self.fill(None, FIRST)?,
            Filling::Upto(rank, at, id) => self.fill(Some((rank, at, id)), SLICE)?,
            Filling::Done => self.follow()?,
        }
        Ok(before != (self.rows.generation, self.is_filled()))
    }

    /// Reads what people have done since the last look, and no more: what takes longer waits for a quiet moment.
    ///
    /// # Errors
    /// The desk's file cannot be read.
    pub fn refresh(&mut self) -> Result<(), Failure> {
        match self.filling {
            Filling::Empty => self.fill(None, FIRST),
            Filling::Upto(..) => Ok(()),
            Filling::Done => self.read_news(),
        }
    }

    fn fill(&mut self, after: Option<(i64, Time, i64)>, most: i64) -> Result<(), Failure> {
        let lines = store::by_urgency(&self.db, after, most)?;
        self.put(&lines);
        let full = i64::try_from(lines.len()).is_ok_and(|n| n == most);
        self.filling = match lines.last() {
            Some(last) if full => Filling::Upto(last.rank, last.received_at, last.id),
            _ => Filling::Done,
        };
        if self.is_filled() {
            // Tickets may have changed places while they were read.
            self.to_sweep = self.highest;
        }
        Ok(())
    }

    fn put(&mut self, lines: &[store::Line]) {
        for line in lines {
            self.highest = self.highest.max(line.id);
            self.rows.put(line);
        }
    }

    fn follow(&mut self) -> Result<(), Failure> {
        self.read_news()?;
        if self.to_sweep > 0 { self.sweep() } else { Ok(()) }
    }

    /// What has been acted on since the last look.
    fn read_news(&mut self) -> Result<(), Failure> {
        let version = store::data_version(&self.db)?;
        if version != self.version {
            self.version = version;
            self.read_touched()?;
            self.to_sweep = self.highest;
        }
        Ok(())
    }

    /// What the log says was acted on, and what is new.
    fn read_touched(&mut self) -> Result<(), Failure> {
        let next = store::next_leaf(&self.db)?;
        loop {
            let lines = store::newer(&self.db, self.highest, SLICE)?;
            let Some(last) = lines.last() else { break };
            self.highest = last.id;
            self.put(&lines);
        }
        for id in store::touched(&self.db, self.next_leaf)? {
            if let Some(line) = store::one(&self.db, id)? {
                self.rows.put(&line);
            }
        }
        self.next_leaf = next;
        Ok(())
    }

    /// Looks over the next slice of numbers; behind the last the first comes again.
    fn sweep(&mut self) -> Result<(), Failure> {
        if self.swept >= self.highest {
            self.swept = 0;
        }
        let (low, high) = (self.swept + 1, (self.swept + SWEEP).min(self.highest));
        let lines = store::between(&self.db, low, high)?;
        let open: BTreeSet<i64> = lines.iter().map(|l| l.id).collect();
        for id in (low..=high).filter(|id| !open.contains(id)) {
            self.rows.close(id);
        }
        self.put(&lines);
        (self.swept, self.to_sweep) = (high, (self.to_sweep - (high - low + 1)).max(0));
        Ok(())
    }
}
