//! A file of rows, CSV or JSON Lines, seen alike.

use super::csv::CsvTable;
use super::error::{Fault, FileError, Reject};
use super::input::Input;
use super::jsonl::JsonTable;
use super::row::{Row, Shape};
use super::source::Source;
use super::split::Splitter;
use crate::words::Phrase;

/// How a file is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// By the file's ending (`.jsonl`, `.ndjson`, `.json`), else by its first character.
    #[default]
    Auto,
    /// Comma, semicolon, tab or `|` between fields, a header first.
    Csv,
    /// One JSON object per line.
    Jsonl,
}

/// What a table gives.
pub(super) enum Next {
    Row,
    Reject(Box<Reject>),
    End,
}

pub(super) enum Table {
    Csv(Box<CsvTable>),
    Json(Box<JsonTable>),
}

impl Table {
    /// Reads as far as the header. `shapes` holds the list's forms, the native one among them.
    pub fn open(
        source: Source,
        format: Format,
        shapes: &'static [Shape],
        delta: bool,
    ) -> Result<Self, FileError> {
        let input = Input::open(source)?;
        let first = input.window().iter().find(|b| !b.is_ascii_whitespace());
        let json = match format {
            Format::Csv => false,
            Format::Jsonl => true,
            Format::Auto => has_json_name(input.name()) || matches!(first, Some(b'{' | b'[')),
        };
        let native = shapes.iter().find(|s| s.marks.is_empty());
        match native {
            Some(native) if json => Ok(Self::Json(Box::new(JsonTable::open(input, native, delta)?))),
            _ => Ok(Self::Csv(Box::new(CsvTable::open(input, shapes, delta)?))),
        }
    }

    pub fn next(&mut self, row: &mut Row) -> Result<Next, FileError> {
        match self {
            Self::Csv(table) => table.next(row),
            Self::Json(table) => table.next(row),
        }
    }

    pub fn shape(&self) -> &'static Shape {
        match self {
            Self::Csv(table) => table.shape,
            Self::Json(table) => table.shape,
        }
    }

    /// The header's bytes; a file of objects has none.
    pub fn header(&self) -> &[u8] {
        match self {
            Self::Csv(table) => &table.header,
            Self::Json(_) => &[],
        }
    }

    pub fn reject(&self, row: &Row, fault: Fault) -> Reject {
        match self {
            Self::Csv(table) => table.reject(row, fault),
            Self::Json(table) => table.reject(row, fault),
        }
    }

    pub fn splitter(&self) -> &Splitter {
        match self {
            Self::Csv(table) => &table.splitter,
            Self::Json(table) => &table.splitter,
        }
    }

    pub fn input_mut(&mut self) -> &mut Input {
        match self {
            Self::Csv(table) => &mut table.splitter.input,
            Self::Json(table) => &mut table.splitter.input,
        }
    }
}

fn has_json_name(name: &str) -> bool {
    let ending = std::path::Path::new(name).extension().unwrap_or_default().to_ascii_lowercase();
    ["jsonl", "ndjson", "json"].iter().any(|e| ending == *e)
}

/// Line and sentence for the byte at which a record stops being UTF-8.
pub(super) fn utf8_fault(record: &[u8], line: u64, at: usize) -> (u64, Phrase) {
    let before = record.get(..at).unwrap_or_default();
    let lines = memchr::memchr2_iter(b'\n', b'\r', before)
        .filter(|i| before.get(*i) == Some(&b'\n') || before.get(i + 1) != Some(&b'\n'))
        .count();
    let start = memchr::memrchr2(b'\n', b'\r', before).map_or(0, |i| i + 1);
    let byte = record.get(at).copied().unwrap_or_default();
    let why = Phrase::of(if byte >= 0xA0 { "intake-utf8-latin" } else { "intake-utf8-byte" });
    let why = why.with("at", at - start + 1).with("byte", format!("0x{byte:02X}"));
    (line + lines as u64, why)
}
