//! Cuts the bytes into records and counts physical lines. The `csv` parser reads an unclosed quote as
//! one field that swallows the rest of the file without a word, and counts no CR-only lines; so where a
//! record ends is decided here, and `csv-core` only ever sees one whole record.

use super::error::{FileError, RAW_CAP};
use super::input::Input;
use memchr::{memchr2, memchr3};

/// The longest record that is taken, in bytes.
pub(super) const MAX_RECORD: usize = 1024 * 1024;
/// More line ends than this inside one pair of quotes mean that a quote is missing.
const MAX_QUOTED_LINES: u64 = 100;

/// What separates fields, as far as it matters for finding the end of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quoting {
    /// Quotes are text (JSONL; the GSMA form): a line is a record.
    None,
    /// A quote opens behind any of the four delimiters: the header, before the delimiter is known.
    AnyDelimiter,
    /// A quote opens at the start of a record and behind this byte.
    After {
        delimiter: u8,
        /// The field that may hold many lines.
        long_field: Option<usize>,
    },
}

impl Quoting {
    fn opens_behind(self, byte: u8) -> bool {
        match self {
            Self::None => false,
            Self::AnyDelimiter => super::csv::DELIMITERS.contains(&byte),
            Self::After { delimiter, .. } => byte == delimiter,
        }
    }
}

/// A record found: it lies in the splitter until the next call.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    /// Physical line on which it starts.
    pub line: u64,
    /// Longer than [`MAX_RECORD`]: only its head is kept.
    pub oversized: bool,
    /// No line end follows: the file may have been cut.
    pub unfinished: bool,
}

/// Why no record could be cut.
#[derive(Debug)]
pub(super) enum SplitError {
    File(FileError),
    /// A quote that is never closed.
    Quote {
        line: u64,
        byte: u64,
        field: Option<usize>,
        why: &'static str,
    },
}

impl From<FileError> for SplitError {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

pub(super) struct Splitter {
    pub input: Input,
    /// Physical line of the next unread byte.
    line: u64,
    /// Length of the record that lies at the window's start, and of its line end.
    piece: usize,
    terminator: usize,
    /// The start of a record too long to be kept.
    head: Vec<u8>,
}

/// Where the open quote is.
#[derive(Clone, Copy)]
struct Open {
    line: u64,
    /// Byte in its line, from 1.
    byte: u64,
    /// Offset in the window, while the record still lies there whole.
    at: Option<usize>,
    lines: u64,
    unlimited: bool,
}

/// Where in a field a byte stands.
#[derive(Clone, Copy)]
enum Field {
    Start,
    Plain,
    Quoted,
    QuoteInQuoted,
}

/// How far the search for the record's end has come; offsets are in the window.
struct Scan {
    at: usize,
    /// Bytes of the record that were dropped from the window.
    dropped: u64,
    /// Offset of the current physical line's start, dropped bytes included.
    line_start: u64,
    open: Option<Open>,
}

impl Splitter {
    pub fn new(input: Input) -> Self {
        Self { input, line: 1, piece: 0, terminator: 0, head: Vec::new() }
    }

    /// The bytes of the record found last, without its line end.
    pub fn record(&self) -> &[u8] {
        if self.head.is_empty() {
            self.input.window().get(..self.piece).unwrap_or_default()
        } else {
            &self.head
        }
    }

    /// Finds the next record; blank lines are records of no bytes.
    pub fn next(&mut self, quoting: Quoting) -> Result<Option<Piece>, SplitError> {
        self.input.consume(self.piece + self.terminator);
        (self.piece, self.terminator) = (0, 0);
        self.head.clear();
        let line = self.line;
        let mut scan = Scan { at: 0, dropped: 0, line_start: 0, open: None };
        loop {
            let ended = match scan.open {
                None => self.scan_plain(&mut scan, quoting),
                Some(open) => self.scan_quoted(&mut scan, open, quoting)?,
            };
            if ended {
                self.line += 1;
                return Ok(Some(Piece { line, oversized: !self.head.is_empty(), unfinished: false }));
            }
            if scan.at < self.input.window().len() && self.can_look(scan.at) {
                continue;
            }
            self.drop_excess(&mut scan);
            if self.input.fill()? {
                continue;
            }
            if scan.at < self.input.window().len() {
                continue;
            }
            if let Some(open) = scan.open {
                return Err(self.unclosed(open, quoting, "intake-quote-ends"));
            }
            self.piece = scan.at;
            if self.piece == 0 && self.head.is_empty() {
                return Ok(None);
            }
            return Ok(Some(Piece { line, oversized: !self.head.is_empty(), unfinished: true }));
        }
    }

    /// Whether the byte behind `at` can be seen, or there is none.
    fn can_look(&self, at: usize) -> bool {
        self.input.at_eof() || at + 1 < self.input.window().len()
    }

    /// Outside quotes. True when the record has ended.
    fn scan_plain(&mut self, scan: &mut Scan, quoting: Quoting) -> bool {
        let window = self.input.window();
        let rest = window.get(scan.at..).unwrap_or_default();
        let found = if quoting == Quoting::None {
            memchr2(b'\n', b'\r', rest)
        } else {
            memchr3(b'\n', b'\r', b'"', rest)
        };
        let Some(found) = found else {
            scan.at = window.len();
            return false;
        };
        let at = scan.at + found;
        scan.at = at;
        match window.get(at) {
            Some(b'"') => {
                let first = at == 0 && scan.dropped == 0;
                let behind = at.checked_sub(1).and_then(|before| window.get(before));
                if first || behind.is_some_and(|b| quoting.opens_behind(*b)) {
                    let byte = scan.dropped + at as u64 - scan.line_start + 1;
                    let whole = (scan.dropped == 0).then_some(at);
                    scan.open = Some(Open { line: self.line, byte, at: whole, lines: 0, unlimited: false });
                }
                scan.at += 1;
                false
            }
            Some(b'\r') if !self.can_look(at) => false,
            Some(b'\r') if window.get(at + 1) == Some(&b'\n') => {
                (self.piece, self.terminator) = (at, 2);
                true
            }
            _ => {
                (self.piece, self.terminator) = (at, 1);
                true
            }
        }
    }

    /// Inside quotes. Never ends a record.
    fn scan_quoted(&mut self, scan: &mut Scan, mut open: Open, quoting: Quoting) -> Result<bool, SplitError> {
        let window = self.input.window();
        let rest = window.get(scan.at..).unwrap_or_default();
        let Some(found) = memchr3(b'"', b'\n', b'\r', rest) else {
            scan.at = window.len();
            return Ok(false);
        };
        scan.at += found;
        if !self.can_look(scan.at) {
            return Ok(false);
        }
        let behind = window.get(scan.at + 1).copied();
        if window.get(scan.at) == Some(&b'"') {
            scan.at += 1;
            match behind {
                Some(b'"') => scan.at += 1,
                None | Some(b'\n' | b'\r') => scan.open = None,
                Some(b) if quoting.opens_behind(b) => scan.open = None,
                // Text behind a quote that closes lines later: it was meant to open, not to close.
                Some(_) if open.lines > 0 => {
                    return Err(self.unclosed(open, quoting, "intake-quote-text"));
                }
                Some(_) => scan.open = None,
            }
            return Ok(false);
        }
        scan.at += if window.get(scan.at) == Some(&b'\r') && behind == Some(b'\n') { 2 } else { 1 };
        scan.line_start = scan.dropped + scan.at as u64;
        self.line += 1;
        open.lines += 1;
        if open.lines > MAX_QUOTED_LINES && !open.unlimited {
            let field = self.field_of(open, quoting);
            let long = match quoting {
                Quoting::After { long_field, .. } => long_field,
                _ => None,
            };
            if field.is_none() || field != long {
                return Err(self.unclosed(open, quoting, "intake-quote-lines"));
            }
            open.unlimited = true;
        }
        scan.open = Some(open);
        Ok(false)
    }

    /// Keeps the window bounded: of a record beyond the limit only the head is kept.
    fn drop_excess(&mut self, scan: &mut Scan) {
        if scan.at < MAX_RECORD {
            return;
        }
        if self.head.is_empty() {
            self.head = self.input.window().get(..RAW_CAP).unwrap_or_default().to_vec();
        }
        // One byte stays: whether a quote opens depends on the byte before it.
        let drop = scan.at - 1;
        self.input.consume(drop);
        scan.at = 1;
        scan.dropped += drop as u64;
        if let Some(open) = &mut scan.open {
            open.at = None;
        }
    }

    fn unclosed(&self, open: Open, quoting: Quoting, why: &'static str) -> SplitError {
        SplitError::Quote { line: open.line, byte: open.byte, field: self.field_of(open, quoting), why }
    }

    /// Number of the field in which the quote opened.
    fn field_of(&self, open: Open, quoting: Quoting) -> Option<usize> {
        let before = self.input.window().get(..open.at?)?;
        let (mut field, mut state) = (0, Field::Start);
        for byte in before {
            state = match (state, *byte) {
                (Field::Quoted, b'"') => Field::QuoteInQuoted,
                (Field::Quoted, _) | (Field::Start | Field::QuoteInQuoted, b'"') => Field::Quoted,
                (_, b) if quoting.opens_behind(b) => {
                    field += 1;
                    Field::Start
                }
                _ => Field::Plain,
            };
        }
        Some(field)
    }
}
