//! JSON Lines: one flat object per line, the columns' names as keys.

use super::csv::normal_name;
use super::error::{Fault, FileError, Reject};
use super::input::Input;
use super::row::{Column, Row, Shape, unknown_column};
use super::split::{MAX_RECORD, Quoting, SplitError, Splitter};
use super::strict_json::{JsonError, Value, object};
use super::table::{Next, utf8_fault};
use crate::domain::Shown;
use crate::words::Phrase;

/// A JSON Lines file.
pub(super) struct JsonTable {
    pub splitter: Splitter,
    pub shape: &'static Shape,
    delta: bool,
    /// No line with anything in it has been read.
    first: bool,
}

impl JsonTable {
    pub fn open(input: Input, shape: &'static Shape, delta: bool) -> Result<Self, FileError> {
        if input.window().is_empty() {
            let why = Phrase::of("intake-empty-lines");
            let next = Phrase::of("intake-empty-next");
            return Err(FileError::new("file.empty", input.name(), "intake-empty", why, next));
        }
        Ok(Self { splitter: Splitter::new(input), shape, delta, first: true })
    }

    /// Reads the next line with anything in it into `row`.
    pub fn next(&mut self, row: &mut Row) -> Result<Next, FileError> {
        loop {
            let piece = match self.splitter.next(Quoting::None) {
                Ok(piece) => piece,
                Err(SplitError::File(error)) => return Err(error),
                // Without quoting there is no quote to miss.
                Err(SplitError::Quote { .. }) => None,
            };
            let Some(piece) = piece else { return Ok(Next::End) };
            let record = self.splitter.record();
            if !piece.oversized && record.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            row.line = piece.line;
            row.text.clear();
            row.cells.clear();
            row.cells.resize(self.shape.columns.len(), None);
            row.change = None;
            if self.first && record.trim_ascii_start().starts_with(b"[") {
                return Err(self.array(piece.line));
            }
            self.first = false;
            if piece.oversized {
                let what = Phrase::of("intake-line-size").with("size", MAX_RECORD >> 20);
                return Ok(Next::Reject(Box::new(self.reject(row, Fault::row("record.size", what)))));
            }
            return Ok(match self.read(row) {
                Ok(()) => Next::Row,
                Err(fault) => Next::Reject(Box::new(self.reject(row, fault))),
            });
        }
    }

    pub fn reject(&self, row: &Row, fault: Fault) -> Reject {
        row.reject(self.shape, fault, self.splitter.record())
    }

    fn read(&self, row: &mut Row) -> Result<(), Fault> {
        let record = self.splitter.record();
        let text = std::str::from_utf8(record).map_err(|e| {
            let (_, why) = utf8_fault(record, row.line, e.valid_up_to());
            Fault::row("file.encoding", Phrase::of("intake-utf8-line").with("why", why))
        })?;
        let pairs = object(text).map_err(|e| syntax(text, &e))?;
        for (key, value) in pairs {
            self.put(row, &key, value)?;
        }
        row.check_text(self.shape)
    }

    fn put(&self, row: &mut Row, key: &str, value: Value) -> Result<(), Fault> {
        let place = self.shape.index(key).or_else(|| self.shape.index(&normal_name(key)));
        let column = place.and_then(|p| self.shape.columns.get(p));
        let change = Column::new("change_type", super::row::Need::Never);
        let (column, taken) = match (column, key) {
            (Some(column), _) => (column, place.and_then(|p| row.cells.get(p).copied().flatten()).is_some()),
            (None, "change_type") if self.delta => (&change, row.change.is_some()),
            (None, "change_type") => {
                let what = Phrase::of("intake-delta-only");
                return Err(Fault::new("change_type", "json.field", what));
            }
            (None, _) if self.shape.skips_others => return Ok(()),
            (None, _) => {
                let (why, next) = unknown_column(key, self.shape);
                return Err(Fault::row(
                    "json.field",
                    Phrase::of("intake-two").with("why", why).with("next", next),
                )
                .with_value(key));
            }
        };
        if taken {
            let what = Phrase::of("intake-key-twice").with("column", column.name);
            return Err(Fault::new(column.name, "json.duplicate-key", what));
        }
        let from = row.text.len();
        if let Some(text) = plain(column, value)? {
            row.text.push_str(&text);
        }
        // A null is taken, too: a second key of the name is a repeated one.
        let span = Some((from, row.text.len()));
        match place {
            Some(place) => {
                if let Some(cell) = row.cells.get_mut(place) {
                    *cell = span;
                }
            }
            None => row.change = span,
        }
        Ok(())
    }

    fn array(&self, line: u64) -> FileError {
        let why = Phrase::of("intake-array-why");
        let next = Phrase::of("intake-array-next");
        FileError::new("json.array", self.splitter.input.name(), "intake-array", why, next).at_line(line)
    }
}

/// The text of a value, where the column may hold it.
fn plain(column: &Column, value: Value) -> Result<Option<String>, Fault> {
    let name = column.name;
    let said = match value {
        Value::Null => return Ok(None),
        Value::Text(text) => return Ok(Some(text)),
        Value::Whole(number) if column.takes_number() => return Ok(Some(number.to_string())),
        Value::Whole(number) => {
            let fault = Fault::new(name, "json.number", Phrase::of("intake-number").with("column", name));
            return Err(fault.with_value(&number.to_string()));
        }
        Value::Fraction if column.takes_number() => Phrase::of("intake-fraction"),
        Value::Fraction => Phrase::of("intake-float"),
        Value::Bool => Phrase::of("intake-bool"),
        Value::List => Phrase::of("intake-value-list"),
        Value::Object => Phrase::of("intake-value-object"),
    };
    Err(Fault::new(name, "json.type", said.with("column", name)))
}

fn syntax(text: &str, error: &JsonError) -> Fault {
    let start = text.trim_start();
    let byte = error.byte;
    if start.starts_with('#') || start.starts_with("//") {
        return Fault::row("json.form", Phrase::of("intake-comment"));
    }
    if !start.starts_with('{') {
        return Fault::row(
            "json.form",
            Phrase::of("intake-no-object").with("example", "{\"column\": \"value\"}"),
        );
    }
    if error.trailing {
        let what = Phrase::of("intake-trailing").with("byte", byte);
        return Fault::row("json.trailing", what);
    }
    if error.cut {
        return Fault::row("json.form", Phrase::of("intake-cut"));
    }
    Fault::row(
        "json.form",
        Phrase::of("intake-no-json").with("why", Shown(&error.what).clip(100)).with("byte", byte),
    )
}
