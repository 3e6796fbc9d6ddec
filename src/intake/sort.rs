//! Rows of a file put in another order, in bounded memory: sorted runs in files without a name, then merged. What is
//! sorted are the records as they stand in the file, with their line; they are read a second time in their new order.

use super::lists::Order;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// Bytes of records in one run; their index takes at most about as much again.
const RUN: usize = 48 << 20;
/// Records in one run.
const RECORDS: usize = RUN / 40;
/// Runs read side by side have buffers of this size.
const BUFFER: usize = 1 << 18;

/// Order, line, and where in the run's bytes a record lies.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    order: Order,
    line: u64,
    from: u32,
    bytes: u32,
}

/// Records to be sorted.
pub struct Sorter {
    folder: PathBuf,
    bytes: Vec<u8>,
    index: Vec<Entry>,
    runs: Vec<File>,
    most: usize,
}

impl Sorter {
    /// Runs that do not fit in memory lie in `folder`, unnamed.
    pub fn new(folder: &Path) -> Self {
        // All at once: what grows is copied and cleared again and again. What is not used takes no memory.
        let (bytes, index) = (Vec::with_capacity(RUN), Vec::with_capacity(RECORDS));
        Self { folder: folder.to_owned(), bytes, index, runs: Vec::new(), most: RUN }
    }

    /// Takes a record.
    pub fn push(&mut self, order: Order, line: u64, record: &[u8]) -> io::Result<()> {
        let full = self.bytes.len() + record.len() > self.most || self.index.len() == RECORDS;
        if full && !self.bytes.is_empty() {
            self.spill()?;
        }
        let from = u32::try_from(self.bytes.len()).map_err(io::Error::other)?;
        let bytes = u32::try_from(record.len()).map_err(io::Error::other)?;
        self.bytes.extend_from_slice(record);
        self.index.push(Entry { order, line, from, bytes });
        Ok(())
    }

    fn spill(&mut self) -> io::Result<()> {
        self.index.sort_unstable();
        let mut out = BufWriter::with_capacity(BUFFER, tempfile::tempfile_in(&self.folder)?);
        for entry in self.index.drain(..) {
            for number in [entry.order.0, entry.order.1, entry.line.cast_signed()] {
                out.write_all(&number.to_le_bytes())?;
            }
            out.write_all(&entry.bytes.to_le_bytes())?;
            out.write_all(piece(&self.bytes, entry))?;
        }
        self.bytes.clear();
        let mut file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        self.runs.push(file);
        Ok(())
    }

    /// All records in order, behind `header` and each on its line, as a stream; the lines they had are told aside.
    pub fn merge(mut self, header: &[u8]) -> io::Result<(Merged, Lines)> {
        if !self.runs.is_empty() {
            self.spill()?;
            (self.bytes, self.index) = (Vec::new(), Vec::new());
        }
        self.index.sort_unstable();
        let lines = Lines::default();
        let mut merged = Merged {
            ready: header.to_vec(),
            at: 0,
            lines: lines.clone(),
            memory: self.index.into_iter(),
            bytes: self.bytes,
            runs: Vec::new(),
            heads: BinaryHeap::new(),
        };
        if !header.is_empty() {
            merged.ready.push(b'\n');
        }
        for file in self.runs {
            let mut run = Run { file: BufReader::with_capacity(BUFFER, file), record: Vec::new() };
            if let Some((order, line)) = run.next()? {
                merged.heads.push(Reverse((order, line, merged.runs.len())));
            }
            merged.runs.push(run);
        }
        Ok((merged, lines))
    }
}

fn piece(bytes: &[u8], entry: Entry) -> &[u8] {
    let from = entry.from as usize;
    bytes.get(from..from + entry.bytes as usize).unwrap_or_default()
}

/// The lines on which the records of a [`Merged`] stood, in its order.
#[derive(Clone, Default)]
pub struct Lines(Arc<Mutex<VecDeque<u64>>>);

impl Lines {
    /// The line of the next record.
    pub fn next(&self) -> Option<u64> {
        self.0.lock().ok()?.pop_front()
    }

    fn push(&self, line: u64) {
        if let Ok(mut lines) = self.0.lock() {
            lines.push_back(line);
        }
    }
}

/// A run that is read back.
struct Run {
    file: BufReader<File>,
    record: Vec<u8>,
}

impl Run {
    /// Reads the next record into `record`; gives its order and line.
    fn next(&mut self) -> io::Result<Option<(Order, u64)>> {
        let mut head = [0; 28];
        match self.file.read_exact(&mut head) {
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            other => other?,
        }
        let number = |at: usize| {
            let bytes = head.get(at..at + 8).and_then(|b| b.try_into().ok()).unwrap_or_default();
            i64::from_le_bytes(bytes)
        };
        let bytes = head.get(24..28).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes);
        self.record.resize(bytes as usize, 0);
        self.file.read_exact(&mut self.record)?;
        Ok(Some(((number(0), number(8)), number(16).cast_unsigned())))
    }
}

/// The sorted records as a file.
pub struct Merged {
    ready: Vec<u8>,
    at: usize,
    lines: Lines,
    memory: std::vec::IntoIter<Entry>,
    bytes: Vec<u8>,
    runs: Vec<Run>,
    heads: BinaryHeap<Reverse<(Order, u64, usize)>>,
}

impl Merged {
    /// Makes some more bytes ready; none at the end.
    fn fill(&mut self) -> io::Result<()> {
        self.ready.clear();
        self.at = 0;
        while self.ready.len() < BUFFER {
            if let Some(entry) = self.memory.next() {
                self.lines.push(entry.line);
                self.ready.extend_from_slice(piece(&self.bytes, entry));
            } else if let Some(Reverse((_, line, at))) = self.heads.pop() {
                self.lines.push(line);
                let Some(run) = self.runs.get_mut(at) else { continue };
                self.ready.extend_from_slice(&run.record);
                if let Some((order, line)) = run.next()? {
                    self.heads.push(Reverse((order, line, at)));
                }
            } else {
                return Ok(());
            }
            self.ready.push(b'\n');
        }
        Ok(())
    }
}

impl Read for Merged {
    fn read(&mut self, space: &mut [u8]) -> io::Result<usize> {
        if self.at == self.ready.len() {
            self.fill()?;
        }
        let rest = self.ready.get(self.at..).unwrap_or_default();
        let count = rest.len().min(space.len());
        let (Some(from), Some(to)) = (rest.get(..count), space.get_mut(..count)) else { return Ok(0) };
        to.copy_from_slice(from);
        self.at += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_back_in_order_with_their_lines_however_many_runs_there_were() {
        for most in [10, 100, 100_000] {
            let folder = tempfile::tempdir().unwrap();
            let mut sorter = Sorter { most, ..Sorter::new(folder.path()) };
            let mut expected = Vec::new();
            for n in 0_u64..1000 {
                let order = ((n * 7919 % 499).cast_signed() - 250, 0);
                let record = format!("record {n}");
                sorter.push(order, n + 2, record.as_bytes()).unwrap();
                expected.push((order, n + 2, record));
            }
            expected.sort();
            let (mut merged, lines) = sorter.merge(b"head").unwrap();
            let mut text = String::new();
            merged.read_to_string(&mut text).unwrap();
            let mut records = text.lines();
            assert_eq!(records.next(), Some("head"));
            for (_, line, record) in expected {
                assert_eq!((records.next(), lines.next()), (Some(record.as_str()), Some(line)));
            }
            assert_eq!((records.next(), lines.next()), (None, None));
            assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "runs have no name");
        }
    }
}
