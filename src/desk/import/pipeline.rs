//! A list on its way in: one thread reads and checks rows, the other puts them into the store. Rows that do not come
//! in the order of their table are sorted on the way, in bounded memory.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use crate::desk::Failure;
use crate::domain::{List, ListRow};
use crate::intake::{
    FileError, Format, ListOptions, ListReader, Located, Order, Reject, Sorter, Source, Trouble, order,
};
use crate::store::registry::Accounts;

/// Rows that travel together, and such bundles under way.
const TOGETHER: usize = 1024;
const UNDER_WAY: usize = 8;

/// Rows that were read.
#[derive(Default)]
pub(super) struct Bundle {
    pub rows: Vec<Result<Located<ListRow>, Box<Reject>>>,
    /// Of each row, whether the account that it names is there already.
    pub known: Vec<bool>,
    /// Each row as it stands in the file, and where it ends there.
    bytes: Vec<u8>,
    ends: Vec<usize>,
    /// Rows read so far, and how much of the way that is, in bytes of the file.
    pub read: u64,
    pub way: u64,
}

impl Bundle {
    /// The row of a number as it stands in the file.
    pub fn raw(&self, at: usize) -> &[u8] {
        let from = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(at).and_then(|to| self.bytes.get(from..*to)).unwrap_or_default()
    }

    fn push(&mut self, row: Result<Located<ListRow>, Box<Reject>>, known: bool, raw: &[u8]) {
        if self.rows.capacity() == 0 {
            // At once: growing bit by bit takes more memory from the system than reading the rows takes time.
            self.rows.reserve_exact(TOGETHER);
            self.known.reserve_exact(TOGETHER);
            self.ends.reserve_exact(TOGETHER);
            self.bytes.reserve(raw.len() * TOGETHER);
        }
        self.rows.push(row);
        self.known.push(known);
        self.bytes.extend_from_slice(raw);
        self.ends.push(self.bytes.len());
    }
}

/// How a file is read.
pub(super) struct Reading {
    pub list: List,
    pub options: ListOptions,
    /// Where runs of a sort lie.
    pub folder: PathBuf,
}

/// Reads a file in a thread of its own and hands the rows to `take`, which says whether to go on; gives the digest of
/// the whole file, or nothing where `take` had enough. What rows name is looked up among the accounts on the way.
pub(super) fn run(
    reading: &Reading,
    reader: ListReader,
    accounts: Option<Accounts>,
    mut take: impl FnMut(Bundle) -> Result<bool, Failure>,
) -> Result<[u8; 32], Failure> {
    let (to, from): (SyncSender<Bundle>, Receiver<Bundle>) = sync_channel(UNDER_WAY);
    std::thread::scope(|scope| {
        let work = move || Reader { reading, accounts, to, bundle: Bundle::default(), read: 0 }.all(reader);
        let thread = std::thread::Builder::new()
            .name("read".to_owned())
            .spawn_scoped(scope, work)
            .map_err(|e| Failure::fault(&e))?;
        let mut taken = Ok(true);
        for bundle in &from {
            taken = take(bundle);
            if !matches!(taken, Ok(true)) {
                break;
            }
        }
        // Whoever still reads hears that nobody listens.
        drop(from);
        let read = thread.join().map_err(|_| Failure::fault("the thread that read the list broke off"))?;
        taken?;
        Ok(read?)
    })
}

struct Reader<'a> {
    reading: &'a Reading,
    accounts: Option<Accounts>,
    to: SyncSender<Bundle>,
    bundle: Bundle,
    read: u64,
}

impl Reader<'_> {
    fn all(mut self, mut reader: ListReader) -> Result<[u8; 32], FileError> {
        // What a delta says holds in its own order; rows made of several cannot be read a second time.
        let sorts = !self.reading.options.delta && reader.one_record_a_row();
        let (mut last, mut sorter): (Order, Option<Sorter>) = ((i64::MIN, i64::MIN), None);
        let mut on = true;
        while let (true, Some(next)) = (on, reader.next()) {
            self.read += 1;
            let here = if sorter.is_some() { reader.bytes_read() / 2 } else { reader.bytes_read() };
            on = match next {
                Ok(located) if sorts => {
                    let place = order(&located.row);
                    if sorter.is_none() && place < last {
                        sorter = Some(self.begin_sorting().map_err(|e| reader.unsorted(&e))?);
                    }
                    last = place;
                    match &mut sorter {
                        Some(sorter) => {
                            sorter
                                .push(place, located.line, reader.raw())
                                .map_err(|e| reader.unsorted(&e))?;
                            self.step(here)
                        }
                        None => self.push(Ok(located), reader.raw(), here),
                    }
                }
                Ok(located) => self.push(Ok(located), reader.raw(), here),
                Err(Trouble::Row(reject)) => self.push(Err(reject), &[], here),
                Err(Trouble::File(error)) => return Err(*error),
            };
        }
        if !on {
            return Ok([0; 32]);
        }
        let digest = reader.digest()?;
        if let Some(sorter) = sorter {
            on = self.sorted(sorter, &reader)?;
        }
        if on {
            self.send(reader.bytes_read());
        }
        Ok(digest)
    }

    /// What has not been handed over yet is sorted too: one high key in front must not send all others to places in the
    /// middle of the table.
    fn begin_sorting(&mut self) -> io::Result<Sorter> {
        let mut sorter = Sorter::new(&self.reading.folder);
        let held = std::mem::take(&mut self.bundle);
        for (at, row) in held.rows.iter().enumerate() {
            match row {
                Ok(located) => sorter.push(order(&located.row), located.line, held.raw(at))?,
                Err(reject) => self.bundle.push(Err(reject.clone()), false, &[]),
            }
        }
        Ok(sorter)
    }

    /// Reads what was sorted a second time.
    fn sorted(&mut self, sorter: Sorter, reader: &ListReader) -> Result<bool, FileError> {
        let (merged, lines) = sorter.merge(reader.header()).map_err(|e| reader.unsorted(&e))?;
        let half = reader.bytes_read() / 2;
        let format = if reader.header().is_empty() { Format::Jsonl } else { Format::Csv };
        let options = ListOptions { format, ..self.reading.options };
        let source = Source::from_reader(reader.name(), merged);
        let mut again = ListReader::open(self.reading.list, source, options)?;
        while let Some(next) = again.next() {
            let line = lines.next().unwrap_or_default();
            let way = half + again.bytes_read() / 2;
            let on = match next {
                Ok(located) => self.push(Ok(Located { line, ..located }), again.raw(), way),
                Err(Trouble::Row(reject)) => self.push(Err(Box::new(Reject { line, ..*reject })), &[], way),
                Err(Trouble::File(error)) => return Err(*error),
            };
            if !on {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// False when nobody listens any more.
    fn push(&mut self, row: Result<Located<ListRow>, Box<Reject>>, raw: &[u8], way: u64) -> bool {
        // What cannot be looked up here is looked up where it is written.
        let known = match (&mut self.accounts, &row) {
            (Some(accounts), Ok(located)) => accounts.has(&located.row).unwrap_or(false),
            _ => false,
        };
        self.bundle.push(row, known, raw);
        if self.bundle.rows.len() < TOGETHER { true } else { self.send(way) }
    }

    /// A row that waits to be sorted: now and then somebody wants to hear how far it is.
    fn step(&mut self, way: u64) -> bool {
        if self.read.is_multiple_of(TOGETHER as u64) { self.send(way) } else { true }
    }

    fn send(&mut self, way: u64) -> bool {
        let bundle = Bundle { read: self.read, way, ..std::mem::take(&mut self.bundle) };
        self.to.send(bundle).is_ok()
    }
}
