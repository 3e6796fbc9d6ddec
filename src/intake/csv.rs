//! CSV (RFC 4180, as forgiving as is safe): header first, then one record at a time.

use super::error::{Fault, FileError, Reject, glance};
use super::input::Input;
use super::row::{MAX_COLUMNS, Need, Row, Shape, unknown_column};
use super::split::{MAX_RECORD, Piece, Quoting, SplitError, Splitter};
use super::table::{Next, utf8_fault};
use crate::words::Phrase;
use csv_core::ReadRecordResult;

/// The delimiters a header is recognised by, the commonest first.
pub(super) const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// A CSV file behind its header.
pub(super) struct CsvTable {
    pub splitter: Splitter,
    pub shape: &'static Shape,
    /// As it stands in the file.
    pub header: Vec<u8>,
    parser: csv_core::Reader,
    quoting: Quoting,
    /// For each field of the file, its place in the shape.
    places: Vec<Target>,
    ends: Vec<usize>,
}

/// Where a field of the file goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Cell(usize),
    Change,
    Nowhere,
}

impl CsvTable {
    /// Reads the header: delimiter, form, columns. `delta` says whether `change_type` belongs there.
    pub fn open(input: Input, shapes: &'static [Shape], delta: bool) -> Result<Self, FileError> {
        let mut splitter = Splitter::new(input);
        let header = loop {
            let piece = splitter.next(Quoting::AnyDelimiter).map_err(|e| quote_error(&splitter, e, &[]))?;
            let Some(piece) = piece else { return Err(empty(&splitter)) };
            if piece.oversized {
                return Err(wide(&splitter, piece.line));
            }
            if !is_blank(splitter.record()) {
                break piece;
            }
        };
        let fail = |error: FileError| error.at_line(header.line);
        let text = std::str::from_utf8(splitter.record())
            .map_err(|e| encoding(&splitter, header, e.valid_up_to()))?;
        let (delimiter, names) = sniff(text, shapes).ok_or_else(|| wide(&splitter, header.line))?;
        let shape = recognise(&names, shapes);
        let places = Header { shape, file: splitter.input.name(), delta }.places(&names).map_err(fail)?;
        let long_field = shape.long.and_then(|long| places.iter().position(|t| *t == Target::Cell(long)));
        let quoting =
            if shape.drops_quotes { Quoting::None } else { Quoting::After { delimiter, long_field } };
        let parser = parser(delimiter, !shape.drops_quotes);
        let header = splitter.record().to_vec();
        Ok(Self { splitter, shape, header, parser, quoting, places, ends: vec![0; MAX_COLUMNS + 1] })
    }

    /// Reads the next record into `row`.
    pub fn next(&mut self, row: &mut Row) -> Result<Next, FileError> {
        loop {
            let piece = self.splitter.next(self.quoting).map_err(|e| {
                let names: Vec<_> = self.places.iter().map(|t| self.name_of(*t)).collect();
                quote_error(&self.splitter, e, &names)
            })?;
            let Some(piece) = piece else { return Ok(Next::End) };
            if is_blank(self.splitter.record()) && !piece.oversized {
                continue;
            }
            row.line = piece.line;
            row.cells.clear();
            row.change = None;
            if piece.oversized {
                let what = Phrase::of("intake-row-size").with("size", MAX_RECORD >> 20);
                return Ok(self.refuse(row, Fault::row("record.size", what)));
            }
            let fields = self.parse(row).map_err(|at| encoding(&self.splitter, piece, at))?;
            if fields != self.places.len() {
                let fault = miscounted(fields, self.places.len(), piece.unfinished);
                return Ok(self.refuse(row, fault));
            }
            self.place(row);
            if let Err(fault) = row.check_text(self.shape).and_then(|()| self.check_long(row)) {
                return Ok(self.refuse(row, fault));
            }
            return Ok(Next::Row);
        }
    }

    fn refuse(&self, row: &Row, fault: Fault) -> Next {
        Next::Reject(Box::new(self.reject(row, fault)))
    }

    /// A line inside the long field that has as many delimiters as a row is a row: the quote before it
    /// was closed by a stray one behind it.
    fn check_long(&self, row: &Row) -> Result<(), Fault> {
        const FEWEST: usize = 8; // In fewer columns, prose has as many commas.
        let Quoting::After { delimiter, long_field: Some(_) } = self.quoting else { return Ok(()) };
        let columns = self.places.len();
        let text = self.shape.long.and_then(|long| row.cell(long)).unwrap_or_default();
        let is_row = |line: &str| memchr::memchr_iter(delimiter, line.as_bytes()).count() + 1 >= columns;
        if columns < FEWEST || !text.split(['\n', '\r']).skip(1).any(is_row) {
            return Ok(());
        }
        let name = self.shape.long.and_then(|long| self.shape.columns.get(long)).map_or("", |c| c.name);
        let what = Phrase::of("intake-whole-rows").with("column", name);
        Err(Fault::new(name, "csv.quote", what))
    }

    pub fn reject(&self, row: &Row, fault: Fault) -> Reject {
        row.reject(self.shape, fault, self.splitter.record())
    }

    fn name_of(&self, target: Target) -> &'static str {
        match target {
            Target::Cell(place) => self.shape.columns.get(place).map_or("", |c| c.name),
            Target::Change => "change_type",
            Target::Nowhere => "",
        }
    }

    /// Unquotes the record into `row.text`; gives the number of fields, or where it is not UTF-8.
    fn parse(&mut self, row: &mut Row) -> Result<usize, usize> {
        let record = self.splitter.record();
        let mut out = std::mem::take(&mut row.text).into_bytes();
        out.resize(record.len() + 1, 0);
        let (_, _, written, first) = self.parser.read_record(record, &mut out, &mut self.ends);
        let rest = out.get_mut(written..).unwrap_or_default();
        let ends = self.ends.get_mut(first..).unwrap_or_default();
        // The splitter took the line end away: this is where the record is over.
        let (result, _, more, last) = self.parser.read_record(b"\n", rest, ends);
        out.truncate(written + more);
        if result != ReadRecordResult::Record {
            // More fields than can be counted: the parser is in the middle of the record.
            self.parser.reset();
        }
        if self.shape.drops_quotes {
            // Found by a header that is unquoted: the ends move with what is dropped.
            drop_quotes(&mut out, self.ends.get_mut(..first + last).unwrap_or_default());
        }
        match String::from_utf8(out) {
            Ok(text) => row.text = text,
            Err(_) => {
                return Err(std::str::from_utf8(record).err().map_or(0, |e| e.valid_up_to()));
            }
        }
        Ok(first + last)
    }

    fn place(&self, row: &mut Row) {
        row.cells.resize(self.shape.columns.len(), None);
        let mut from = 0;
        for (target, end) in self.places.iter().zip(&self.ends) {
            match target {
                Target::Cell(place) => {
                    if let Some(cell) = row.cells.get_mut(*place) {
                        *cell = Some((from, *end));
                    }
                }
                Target::Change => row.change = Some((from, *end)),
                Target::Nowhere => {}
            }
            from = *end;
        }
    }
}

fn parser(delimiter: u8, quoting: bool) -> csv_core::Reader {
    csv_core::ReaderBuilder::new().delimiter(delimiter).quoting(quoting).build()
}

fn drop_quotes(out: &mut Vec<u8>, ends: &mut [usize]) {
    if !out.contains(&b'"') {
        return;
    }
    for end in ends {
        *end -= out.iter().take(*end).filter(|b| **b == b'"').count();
    }
    out.retain(|b| *b != b'"');
}

fn is_blank(record: &[u8]) -> bool {
    record.iter().all(|b| matches!(b, b' ' | b'\t'))
}

/// The header's names under the delimiter that makes most of them known.
fn sniff(text: &str, shapes: &[Shape]) -> Option<(u8, Vec<String>)> {
    let known = |names: &Vec<String>| {
        names
            .iter()
            .filter(|n| shapes.iter().any(|s| s.index(n).is_some() || s.marks.contains(&n.as_str())))
            .count()
    };
    let read: Vec<_> = DELIMITERS.iter().rev().map(|d| (*d, header_names(text, *d))).collect();
    let too_many = read.iter().any(|(_, names)| names.is_none());
    read.into_iter()
        .filter_map(|(delimiter, names)| Some((delimiter, names?)))
        // Of equals the last: the comma.
        .max_by_key(|(_, names)| (known(names), names.len()))
        .filter(|(_, names)| !too_many || known(names) > 0)
}

/// The names in lower case, blanks around them gone and those inside as `_`. `None`: too many.
fn header_names(text: &str, delimiter: u8) -> Option<Vec<String>> {
    let mut parser = parser(delimiter, true);
    let mut out = vec![0; text.len() + 1];
    let mut ends = vec![0; MAX_COLUMNS + 1];
    let (_, _, written, first) = parser.read_record(text.as_bytes(), &mut out, &mut ends);
    let (result, _, _, last) =
        parser.read_record(b"\n", out.get_mut(written..)?, ends.get_mut(first..).unwrap_or_default());
    if result != ReadRecordResult::Record {
        return None;
    }
    let mut from = 0;
    let names = ends.iter().take(first + last).map(|end| {
        let name = String::from_utf8_lossy(out.get(from..*end).unwrap_or_default()).into_owned();
        from = *end;
        normal_name(&name)
    });
    Some(names.collect())
}

/// A column's name as the contract spells it.
pub(super) fn normal_name(name: &str) -> String {
    let name = name.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}' || c == '"');
    name.to_lowercase().split_whitespace().collect::<Vec<_>>().join("_")
}

/// Every list has a form of its own; this one is never reached.
const NO_SHAPE: Shape = Shape::native("the list", &[]);

/// The form a header belongs to: the first whose marks it carries, else the native one.
fn recognise(names: &[String], shapes: &'static [Shape]) -> &'static Shape {
    let has = |mark: &str| names.iter().any(|name| name == mark);
    let carries = |shape: &&Shape| {
        let mut marks = shape.marks.iter();
        !shape.marks.is_empty()
            && marks.all(|mark| mark.strip_prefix('!').map_or_else(|| has(mark), |absent| !has(absent)))
    };
    let native = shapes.iter().find(|s| s.marks.is_empty());
    shapes.iter().find(carries).or(native).unwrap_or(&NO_SHAPE)
}

/// A header on its way to a list of places.
struct Header<'a> {
    shape: &'static Shape,
    file: &'a str,
    delta: bool,
}

impl Header<'_> {
    fn places(&self, names: &[String]) -> Result<Vec<Target>, FileError> {
        let mut places: Vec<Target> = Vec::with_capacity(names.len());
        for (field, name) in (1..).zip(names) {
            let place = self.place(field, name)?;
            if place != Target::Nowhere && places.contains(&place) {
                let why = Phrase::of("intake-twice-why").with("name", glance(name));
                return Err(self
                    .error("csv.header", "intake-twice", why, Phrase::of("intake-twice-next"))
                    .in_column(Some(name)));
            }
            places.push(place);
        }
        self.complete(&places)?;
        Ok(places)
    }

    fn place(&self, field: usize, name: &str) -> Result<Target, FileError> {
        if let Some(place) = self.shape.index(name) {
            return Ok(Target::Cell(place));
        }
        match (name, self.delta) {
            ("change_type", true) => return Ok(Target::Change),
            ("change_type", false) => {
                let why = Phrase::of("intake-delta-why");
                let next = Phrase::of("intake-delta-next");
                return Err(self.error("csv.columns", "intake-delta", why, next).in_column(Some(name)));
            }
            _ if self.shape.skips_others => return Ok(Target::Nowhere),
            _ => {}
        }
        let (what, (why, next)) = if name.is_empty() {
            let why = Phrase::of("intake-no-name-why").with("field", field);
            ("intake-no-name", (why, Phrase::of("intake-no-name-next")))
        } else {
            ("intake-unknown-column", unknown_column(name, self.shape))
        };
        Err(self.error("csv.columns", what, why, next).in_column(Some(name).filter(|n| !n.is_empty())))
    }

    /// Every needed column is there.
    fn complete(&self, places: &[Target]) -> Result<(), FileError> {
        let has = |name: &str| self.shape.index(name).is_some_and(|p| places.contains(&Target::Cell(p)));
        let all = self.shape.names().collect::<Vec<_>>().join(", ");
        let missing =
            self.shape.columns.iter().find(|c| c.need == Need::Always && !has(c.name)).map(|c| c.name);
        if let Some(name) =
            missing.or((self.delta && !places.contains(&Target::Change)).then_some("change_type"))
        {
            let why = Phrase::of("intake-missing-why").with("list", self.shape.said()).with("name", name);
            let next = Phrase::of("intake-missing-next").with("names", all);
            return Err(self.error("csv.columns", "intake-missing-column", why, next).in_column(Some(name)));
        }
        for choice in self.shape.choices() {
            if !choice.iter().any(|name| has(name)) {
                let names = format!("`{}`", choice.join("`, `"));
                let why =
                    Phrase::of("intake-missing-one-why").with("list", self.shape.said()).with("names", names);
                let next = Phrase::of("intake-missing-one-next").with("names", all);
                return Err(self.error("csv.columns", "intake-missing-column", why, next));
            }
        }
        Ok(())
    }

    fn error(&self, rule: &'static str, what: &'static str, why: Phrase, next: Phrase) -> FileError {
        FileError::new(rule, self.file, what, why, next)
    }
}

fn miscounted(fields: usize, columns: usize, unfinished: bool) -> Fault {
    let have = if fields > MAX_COLUMNS {
        Phrase::of("intake-over").with("n", MAX_COLUMNS)
    } else {
        fields.to_string().into()
    };
    let said = match (fields < columns, unfinished) {
        (true, true) => Phrase::of("intake-fields-cut-off"),
        (true, false) => Phrase::of("intake-fields-short"),
        (false, _) => Phrase::of("intake-fields-long"),
    };
    Fault::row("csv.columns", said.with("have", have).with("columns", columns))
}

fn empty(splitter: &Splitter) -> FileError {
    let why = Phrase::of("intake-empty-header");
    FileError::new("file.empty", splitter.input.name(), "intake-empty", why, Phrase::of("intake-empty-next"))
}

fn wide(splitter: &Splitter, line: u64) -> FileError {
    let why = Phrase::of("intake-wide-why").with("n", MAX_COLUMNS);
    let next = Phrase::of("intake-wide-next");
    FileError::new("csv.columns", splitter.input.name(), "intake-wide", why, next).at_line(line)
}

/// Not UTF-8 from byte `at` of the record on.
fn encoding(splitter: &Splitter, piece: Piece, at: usize) -> FileError {
    let (line, why) = utf8_fault(splitter.record(), piece.line, at);
    let next = Phrase::of("intake-utf8-next");
    FileError::new("file.encoding", splitter.input.name(), "intake-utf8", why, next).at_line(line)
}

fn quote_error(splitter: &Splitter, error: SplitError, names: &[&str]) -> FileError {
    match error {
        SplitError::File(error) => error,
        SplitError::Quote { line, byte, field, why } => {
            let why = Phrase::of(why).with("byte", byte);
            let next = Phrase::of("intake-quote-next");
            let name = field.and_then(|f| names.get(f).copied()).filter(|n| !n.is_empty());
            FileError::new("csv.quote", splitter.input.name(), "intake-quote", why, next)
                .at_line(line)
                .in_column(name)
        }
    }
}
