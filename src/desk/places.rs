//! Which ticket each leaf speaks of, kept outside of the desk's file. Leaves are found by an unsigned column; whoever
//! writes `desk.db` hides one by an edit of it, and with it what came after the state that they put back. So whoever
//! grants reads every line of the log once, compares it with its chain, and remembers place and hash of each in a file
//! of their own: from then on only what is new is read, and what was read cannot be another any more.
//!
//! The file lies where the heads lie that were seen (`desk/seen.rs`), of a rehearsal beside the agent's key. Without it,
//! or where it does not fit, all is read again. Each record has one place in it, so that several programs may write at
//! once: they write the same.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write as _};
use std::os::unix::fs::{FileExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use base64ct::{Base64, Encoding as _};

use super::audit::place_of;
use super::keysets::Landed;
use super::lines::Lines;
use super::rows::{self, CODES, NOTICE};
use super::{Act, Desk, Failure};
use crate::audit::{Hash, leaf_hash};
use crate::store::desk::journal::{CENTRES, PEOPLE};
use crate::store::desk::leaves;
use crate::store::{FileKind, whole};
use crate::words::Phrase;

/// Bytes of a record: the place, half of the hash, what the leaf vouches for.
const RECORD: usize = 32;
/// What the file begins with. Whoever changes what a record says raises the number: what another version marked is not asked.
const HEAD: &[u8; RECORD] = b"latchkey places, version 2\n\0\0\0\0\0";
/// The place of a leaf that speaks of no ticket; nothing has 0.
const NOWHERE: i64 = i64::MAX;
/// Lines that are read at a time.
const PAGE: u64 = 4096;
/// Leaves behind which the log is read before the act begins, so that nobody waits for it.
const FAR: u64 = 20_000;

/// Tables of what blocks cases and is asked for by other keys than the one by which its rows are compared with the log.
const BLOCKING: [&str; 2] = ["desk_notice", "wrong_code"];

/// What a leaf vouches for that blocks other tickets.
const NOTICES: u64 = 1;
const ALL_CODES: u64 = 2;
/// A code was read back wrong.
const WRONG: u64 = 4;

/// Place, hash and marks of each leaf, in the order of the log.
#[derive(Default)]
pub(super) struct Places {
    records: Vec<u8>,
    /// Records that the file has.
    kept: u64,
    /// Places that were compared with the desk's own column.
    fit: RefCell<BTreeSet<i64>>,
}

impl Places {
    fn read(file: Option<&Path>) -> Self {
        let bytes = file.and_then(|file| std::fs::read(file).ok()).unwrap_or_default();
        let mut records = bytes.strip_prefix(HEAD).unwrap_or_default().to_vec();
        records.truncate(records.len() / RECORD * RECORD);
        let kept = (records.len() / RECORD) as u64;
        let places = Self { records, kept, ..Self::default() };
        // A hole that a power cut left.
        if places.all().any(|(_, record)| place(record) == 0) { Self::default() } else { places }
    }

    fn len(&self) -> u64 {
        (self.records.len() / RECORD) as u64
    }

    fn all(&self) -> impl Iterator<Item = (u64, &[u8])> {
        (0..).zip(self.records.chunks_exact(RECORD))
    }

    fn at(&self, seq: u64) -> Option<&[u8]> {
        let from = usize::try_from(seq).ok()?.checked_mul(RECORD)?;
        self.records.get(from..from + RECORD)
    }

    /// Whether a line is the leaf of this number.
    fn knows(&self, seq: u64, line: &str) -> bool {
        self.at(seq).is_some_and(|record| record.get(8..24) == leaf_hash(line.as_bytes()).get(..16))
    }

    fn push(&mut self, at: i64, hash: &Hash, marks: u64) {
        self.records.extend(at.to_le_bytes());
        self.records.extend(hash.iter().take(16));
        self.records.extend(marks.to_le_bytes());
    }

    /// Keeps what is new. A folder that cannot be written remembers nothing, and all is read again.
    fn keep(&self, file: &Path) -> io::Result<()> {
        let folder = file.parent().unwrap_or(Path::new("."));
        if self.kept == 0 {
            super::seen::private_folder(folder)?;
            let mut whole = tempfile::Builder::new().prefix(".head-").tempfile_in(folder)?;
            whole.write_all(HEAD)?;
            whole.write_all(&self.records)?;
            return whole.persist(file).map(drop).map_err(|e| e.error);
        }
        let from = self.kept.saturating_mul(RECORD as u64);
        let new = usize::try_from(from).ok().and_then(|from| self.records.get(from..)).unwrap_or_default();
        std::fs::OpenOptions::new()
            .write(true)
            .mode(0o600)
            .open(file)?
            .write_all_at(new, from + RECORD as u64)
    }
}

fn place(record: &[u8]) -> i64 {
    record.first_chunk().copied().map_or(0, i64::from_le_bytes)
}

fn marks(record: &[u8]) -> u64 {
    record.last_chunk().copied().map_or(0, u64::from_le_bytes)
}

/// The marks of a line.
fn marks_of(line: &str) -> u64 {
    let vouches = |group, mark| if rows::vouches(line, group) { mark } else { 0 };
    let wrong = if line.starts_with("{\"act\":\"code.wrong\"") { WRONG } else { 0 };
    vouches(NOTICE, NOTICES) | vouches(CODES, ALL_CODES) | wrong
}

/// Whether a line stands at its place behind the leaf of this hash.
fn follows(line: &str, seq: u64, before: &Hash) -> bool {
    let body =
        line.rsplit_once(",\"ticket\":").map_or_else(|| line.strip_suffix('}'), |(body, _)| Some(body));
    let end = format!(",\"prev\":\"{}\",\"seq\":{seq}", Base64::encode_string(before));
    body.is_some_and(|body| body.ends_with(&end))
}

fn edited(seq: u64) -> Failure {
    Failure::verification(Phrase::of("chain-neighbours").with("leaf", seq.to_string()).whole())
        .hint(Phrase::of("hint-tampered"))
}

impl Desk {
    /// Where the places of this desk's leaves are kept for who works here.
    pub(super) fn places_file(&self) -> Option<PathBuf> {
        if self.rehearsal {
            return self.agent().ok().map(|name| self.folder.keys().join(format!("{name}.places")));
        }
        self.env.state_folder().map(|state| state.join("latchkey/heads").join(format!("{}.places", self.id)))
    }

    /// Reads the log up to now, where much of it is new, before an act has the desk to itself.
    pub(super) fn read_ahead(&mut self) -> Result<(), Failure> {
        let kept = self.places_file().and_then(|file| file.metadata().ok()).map_or(0, |m| m.len());
        let size = crate::store::desk::journal::Journal::open(self.db())?.head().size();
        if size.saturating_sub((kept / RECORD as u64).saturating_sub(1)) < FAR {
            return Ok(());
        }
        self.read(|act| act.learn_places().map(drop))
    }
}

impl Act<'_> {
    /// Begins an act by which something is granted: from here on leaves are what their lines say, whatever the rows say
    /// beside them, and what blocks other tickets is as the log has it.
    pub(super) fn sees_whole(&mut self) -> Result<(), Failure> {
        let places = self.learn_places()?;
        self.indexes_stand()?;
        self.blocks_stand(&places)?;
        let _ = self.places.set(places);
        self.found_whole(PEOPLE)?;
        self.found_whole(CENTRES)?;
        self.files_stand()
    }

    fn learn_places(&self) -> Result<Places, Failure> {
        let mut places = Places::read(self.places_file.as_deref());
        let size = self.journal.head().size();
        let last = places.len().checked_sub(1);
        let known = last.and_then(|last| Some((last, leaves::at(self.conn, last).ok()??.0)));
        let mut before = known.as_ref().map_or([0; 32], |(_, line)| leaf_hash(line.as_bytes()));
        if places.len() > size || known.is_none_or(|(last, line)| !places.knows(last, &line)) {
            // Of another history, which is not ours to accuse: heads that were seen are compared at the opening.
            (places, before) = (Places::default(), [0; 32]);
        }
        while places.len() < size {
            let (from, to) = (places.len(), (places.len() + PAGE).min(size));
            let lines = leaves::lines(self.conn, from, to)?;
            for (seq, line) in (from..to).zip(&lines) {
                let line = std::str::from_utf8(line).map_err(|_| edited(seq))?;
                if !follows(line, seq, &before) {
                    return Err(edited(seq));
                }
                before = leaf_hash(line.as_bytes());
                let marks = marks_of(line);
                if marks != 0 {
                    self.must_be_signed(seq, line)?;
                }
                let at = place_of(line, Landed::of(seq, line).is_some()).unwrap_or(NOWHERE);
                places.push(at, &before, marks);
            }
            if (lines.len() as u64) < to - from {
                return Err(edited(places.len()));
            }
        }
        if before != *self.journal.head().last() {
            return Err(edited(size.saturating_sub(1)));
        }
        if places.kept < size
            && let Some(file) = &self.places_file
        {
            let _ = places.keep(file);
            places.kept = size;
        }
        Ok(places)
    }

    /// Refuses where the desk finds other leaves of a ticket (or of people, or of centres) than there are.
    pub(super) fn found_whole(&self, ticket: i64) -> Result<(), Failure> {
        let Some(places) = self.places.get().filter(|places| !places.fit.borrow().contains(&ticket)) else {
            return Ok(());
        };
        let misplaced = |seq: u64| {
            Failure::verification(Phrase::of("chain-misplaced").with("leaf", seq.to_string()).whole())
                .hint(Phrase::of("hint-tampered"))
        };
        let mut found: BTreeMap<u64, String> = leaves::of_ticket(self.conn, ticket)?.into_iter().collect();
        for (seq, _) in places.all().filter(|(_, record)| place(record) == ticket) {
            let line = found.remove(&seq).ok_or_else(|| misplaced(seq))?;
            if !places.knows(seq, &line) {
                return Err(edited(seq));
            }
        }
        // What is left was written in this act, or says of itself that it is of another.
        if let Some((seq, _)) = found.into_iter().find(|(seq, _)| *seq < places.len()) {
            return Err(misplaced(seq));
        }
        places.fit.borrow_mut().insert(ticket);
        Ok(())
    }

    /// Refuses where what blocks a case may be hidden from who asks for it by an index.
    fn indexes_stand(&self) -> Result<(), Failure> {
        for table in BLOCKING {
            if let Some(fault) = whole::of_table(self.conn, table)? {
                return Err(Failure::verification(fault.phrase(FileKind::Desk).whole())
                    .hint(Phrase::of("hint-index")));
            }
        }
        Ok(())
    }

    /// Compares what blocks others with the log, desk-wide: notices, and codes where one was read back wrong.
    fn blocks_stand(&self, places: &Places) -> Result<(), Failure> {
        let (mut last, mut wrong) = (BTreeMap::new(), BTreeSet::new());
        let mut telling: BTreeMap<i64, Vec<u64>> = BTreeMap::new();
        for (seq, record) in places.all().filter(|(_, record)| marks(record) != 0) {
            let (ticket, marks) = (place(record), marks(record));
            for (mark, group) in [(NOTICES, NOTICE), (ALL_CODES, CODES)] {
                if marks & mark != 0 {
                    last.insert((ticket, group), seq);
                }
            }
            if marks & WRONG != 0 {
                wrong.insert(ticket);
            }
            telling.entry(ticket).or_default().push(seq);
        }
        for ((ticket, group), seq) in last {
            if group == CODES && !wrong.contains(&ticket) {
                continue;
            }
            let line = leaves::at(self.conn, seq)?.map(|(line, _)| line).unwrap_or_default();
            if !places.knows(seq, &line) {
                return Err(edited(seq));
            }
            self.rows_are(ticket, group, seq, &line)?;
            // A later leaf takes back no line of before.
            self.lines_stand(places, (ticket, group), telling.get(&ticket).map_or(&[], Vec::as_slice))?;
        }
        Ok(())
    }

    /// Compares a ticket's rows of a group with what its marked lines say.
    fn lines_stand(&self, places: &Places, about: (i64, usize), telling: &[u64]) -> Result<(), Failure> {
        let mut lines = Lines::default();
        for seq in telling {
            let line = leaves::at(self.conn, *seq)?.map(|(line, _)| line).unwrap_or_default();
            if !places.knows(*seq, &line) {
                return Err(edited(*seq));
            }
            lines.read(*seq, &line);
        }
        self.lines_hold(about.0, &lines, &[about.1])
    }
}
