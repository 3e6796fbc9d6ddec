//! The registry lists of CONTRACT.md §3: a file in, typed rows out, one at a time.

mod devices;
mod foreign;
mod order;
mod people;
mod tacs;
mod traces;

pub use order::{Order, order};

use super::error::{Fault, FileError, Trouble};
use super::row::{Row, Shape};
use super::source::Source;
use super::table::{Format, Next, Table};
pub use crate::domain::Change;
use crate::domain::words::word;
use crate::domain::{List, ListRow, Region, Time};
use crate::words::Phrase;

/// What a reader of lists has to know from outside.
#[derive(Clone, Copy, Debug)]
pub struct ListOptions {
    /// Where telephone numbers without a country code belong.
    pub region: Region,
    /// For forms that carry no dates: their rows were seen on this day.
    pub now: Time,
    /// The file is a delta: `change_type` is needed. Otherwise that column is refused.
    pub delta: bool,
    /// How the file is read.
    pub format: Format,
}

/// A row and where it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    /// Physical line on which the row starts, from 1.
    pub line: u64,
    /// What a delta says about the row.
    pub change: Option<Change>,
    /// What it says.
    pub row: T,
}

/// Makes a typed row of text.
type Make = fn(&Row, &ListOptions) -> Result<ListRow, Fault>;

/// One form of a list: its columns, and what makes a row of them.
struct Form {
    shapes: &'static [Shape],
    /// One for each shape.
    makes: &'static [Make],
}

fn form(list: List) -> Form {
    match list {
        List::Tacs => Form { shapes: tacs::SHAPES, makes: tacs::MAKES },
        List::Devices => Form { shapes: devices::SHAPES, makes: devices::MAKES },
        List::Accounts => Form { shapes: people::ACCOUNTS, makes: &[people::account] },
        List::Contacts => Form { shapes: people::CONTACTS, makes: &[people::contact] },
        List::Bindings => Form { shapes: people::BINDINGS, makes: &[people::binding] },
        List::Sightings => Form { shapes: traces::SIGHTINGS, makes: traces::SIGHTING_MAKES },
        List::SimChanges => Form { shapes: traces::SIM_CHANGES, makes: &[traces::sim_change] },
        List::Sales => Form { shapes: traces::SALES, makes: &[traces::sale] },
        List::Repairs => Form { shapes: devices::REPAIRS, makes: &[devices::repair] },
        List::Notices => Form { shapes: devices::NOTICES, makes: devices::NOTICE_MAKES },
    }
}

/// Reads a list row by row, in bounded memory. Iterate; after the last row ask for the [`digest`].
///
/// [`digest`]: ListReader::digest
pub struct ListReader {
    table: Table,
    row: Row,
    make: Make,
    options: ListOptions,
    group: Option<foreign::Grouping>,
    done: bool,
}

impl ListReader {
    /// Opens a list and reads its header: a header at fault is an error before any row.
    pub fn open(list: List, source: Source, options: ListOptions) -> Result<Self, FileError> {
        let form = form(list);
        let table = Table::open(source, options.format, form.shapes, options.delta)?;
        let shape = table.shape();
        let place = form.shapes.iter().position(|s| s.name == shape.name).unwrap_or(0);
        let make = form.makes.get(place).copied().unwrap_or(tacs::tac);
        let group = (shape.name == foreign::REGISTRATION_LIST.name).then(foreign::Grouping::default);
        Ok(Self { table, row: Row::default(), make, options, group, done: false })
    }

    /// SHA-256 of the whole file; reads what has not been read yet.
    pub fn digest(&mut self) -> Result<[u8; 32], FileError> {
        self.done = true;
        self.table.input_mut().digest()
    }

    /// The row read last, as it stands in the file: for a reject found later (a key given twice).
    pub fn raw(&self) -> &[u8] {
        self.table.splitter().record()
    }

    /// Whether every row stands in one record, so that the records can be read again in another order.
    pub const fn one_record_a_row(&self) -> bool {
        self.group.is_none()
    }

    /// The header as it stands in the file; nothing where there is none.
    pub fn header(&self) -> &[u8] {
        self.table.header()
    }

    /// The file as the caller named it.
    pub fn name(&self) -> &str {
        self.table.splitter().input.name()
    }

    /// The failure of a file whose rows could not be put in order.
    pub fn unsorted(&self, error: &std::io::Error) -> FileError {
        let next = Phrase::of("intake-unsorted-next");
        FileError::new("file.sort", self.name(), "intake-unsorted", Phrase::from(error), next)
    }

    /// Size of the file in bytes, where it is known.
    pub fn size(&self) -> Option<u64> {
        self.table.splitter().input.size()
    }

    /// Bytes read so far.
    pub fn bytes_read(&self) -> u64 {
        self.table.splitter().input.bytes_read()
    }

    /// The form the header showed: ``the list `devices` ``, `the GSMA's TAC file`, …
    pub fn form(&self) -> &'static str {
        self.table.shape().name
    }

    fn make(&self) -> Result<Located<ListRow>, Fault> {
        let change = match (self.options.delta, self.row.change()) {
            (false, _) => None,
            (true, Some(text)) => Some(word(text).map_err(|e| {
                Fault::new(
                    "change_type",
                    "enum",
                    Phrase::of("intake-enum").with("column", "change_type").with("why", Phrase::from(&e)),
                )
            })?),
            (true, None) => {
                let what = Phrase::of("intake-change-empty");
                return Err(Fault::new("change_type", "required", what));
            }
        };
        Ok(Located { line: self.row.line, change, row: (self.make)(&self.row, &self.options)? })
    }

    fn step(&mut self) -> Result<Option<Located<ListRow>>, Trouble> {
        loop {
            match self.table.next(&mut self.row)? {
                Next::Reject(reject) => return Err(Trouble::Row(reject)),
                Next::End => return Ok(self.group.as_mut().and_then(foreign::Grouping::last)),
                Next::Row => {}
            }
            let made = self.make().and_then(|located| match &mut self.group {
                None => Ok(Some(located)),
                Some(group) => group.push(&self.row, located),
            });
            match made {
                Ok(None) => {}
                Ok(located) => return Ok(located),
                Err(fault) => return Err(self.table.reject(&self.row, fault).into()),
            }
        }
    }
}

impl Iterator for ListReader {
    type Item = Result<Located<ListRow>, Trouble>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let step = self.step();
        self.done = matches!(step, Ok(None) | Err(Trouble::File(_)));
        step.transpose()
    }
}

impl std::fmt::Debug for ListReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ListReader")
            .field("form", &self.form())
            .field("line", &self.row.line)
            .finish_non_exhaustive()
    }
}
