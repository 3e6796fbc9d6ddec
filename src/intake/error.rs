//! What can be wrong: with a whole file, or with one row of it. Each says what, where, why and what to
//! do next; text from the file reaches a sentence only through [`Shown`].

use crate::domain::Shown;
use crate::words::Phrase;
use std::fmt;

/// The longest value kept with a reject, in bytes; the raw row holds the rest.
const VALUE_CAP: usize = 1024;
/// The longest raw row kept with a reject, in bytes.
pub(super) const RAW_CAP: usize = 8 * 1024;

/// A file that cannot be read on: nothing of it should be kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {}: {why}; {next}", self.place(), Phrase::of(.what))]
pub struct FileError {
    /// Dotted name of the rule, such as `csv.quote`.
    pub rule: &'static str,
    /// What is wrong, in a few words: their id.
    pub what: &'static str,
    /// The file as the caller named it, made visible; `standard input` for `-`.
    pub file: Box<str>,
    /// Physical line, from 1.
    pub line: Option<u64>,
    /// Name of the column.
    pub column: Option<Box<str>>,
    /// Why it is wrong.
    pub why: Box<Phrase>,
    /// What to do next.
    pub next: Box<Phrase>,
}

impl FileError {
    pub(super) fn new(rule: &'static str, file: &str, what: &'static str, why: Phrase, next: Phrase) -> Self {
        Self {
            rule,
            what,
            file: Shown(file).to_string().into(),
            line: None,
            column: None,
            why: Box::new(why),
            next: Box::new(next),
        }
    }

    pub(super) fn at_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    pub(super) fn in_column(mut self, column: Option<&str>) -> Self {
        self.column = column.map(|c| glance(c).into());
        self
    }

    /// `bindings.csv, line 7, column imei`.
    pub fn place(&self) -> String {
        let line = self.line.map(|line| format!(", line {line}")).unwrap_or_default();
        let column = self.column.as_ref().map(|column| format!(", column {column}")).unwrap_or_default();
        format!("{}{line}{column}", self.file)
    }
}

/// One row that is not taken, and why. The fields are the columns of the `--rejects` file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    /// Physical line on which the row starts, from 1; a CSV header is line 1.
    pub line: u64,
    /// The column at fault, as the contract spells it.
    pub column: Option<String>,
    /// The value as given, at most 1 KiB of it.
    pub value: String,
    /// Dotted name of the rule, such as `imei.form` or `required`.
    pub rule: String,
    /// What, why and what to do next, in one sentence. Holds no personal data of the row.
    pub message: Phrase,
    /// The row as it stands in the file, at most 8 KiB of it.
    pub raw: Vec<u8>,
}

impl Reject {
    /// A row that was read and cannot be taken all the same.
    pub fn of_row(line: u64, rule: &'static str, message: Phrase, raw: &[u8]) -> Self {
        Fault::row(rule, message).into_reject(line, "", raw)
    }
}

impl fmt::Display for Reject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if let Some(column) = &self.column {
            write!(f, ", column {}", Shown(column))?;
        }
        write!(f, ": {}", self.message)
    }
}

/// Why a reader gave no row: the row is wrong (read on), or the file is (nothing follows).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// This row is not taken; the next call gives the next one.
    Row(Box<Reject>),
    /// The file cannot be read on; the next call gives `None`.
    File(Box<FileError>),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Row(reject) => reject.fmt(f),
            Self::File(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Trouble {}

impl From<FileError> for Trouble {
    fn from(error: FileError) -> Self {
        Self::File(Box::new(error))
    }
}

impl From<Reject> for Trouble {
    fn from(reject: Reject) -> Self {
        Self::Row(Box::new(reject))
    }
}

/// Verbs by which a parser's sentence gives advice of its own.
const ADVICE: [&str; 8] = ["write ", "format ", "remove", "use ", "add ", "give ", "dial ", "is found by"];

/// What a row function finds wrong: the reader that knows the line makes a [`Reject`] of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub column: Option<&'static str>,
    /// The value, where the reader cannot look it up by the column.
    pub value: Option<String>,
    pub rule: &'static str,
    pub message: Phrase,
}

impl Fault {
    pub fn new(column: &'static str, rule: &'static str, message: impl Into<Phrase>) -> Self {
        Self { column: Some(column), value: None, rule, message: message.into() }
    }

    pub fn row(rule: &'static str, message: impl Into<Phrase>) -> Self {
        Self { column: None, value: None, rule, message: message.into() }
    }

    pub fn with_value(mut self, value: &str) -> Self {
        self.value = Some(value.to_owned());
        self
    }

    /// A value that means nothing; the parser's sentence says why, and often already what to do.
    pub fn unreadable(column: &'static str, rule: &'static str, why: Phrase) -> Self {
        let english = why.to_string();
        let advised = ADVICE.iter().any(|verb| english.contains(verb));
        let said = if advised { "intake-unreadable" } else { "intake-unreadable-source" };
        Self::new(column, rule, Phrase::of(said).with("column", column).with("why", why))
    }

    pub fn into_reject(self, line: u64, value: &str, raw: &[u8]) -> Reject {
        let value = self.value.as_deref().unwrap_or(value);
        Reject {
            line,
            column: self.column.map(str::to_owned),
            value: capped(value, VALUE_CAP).to_owned(),
            rule: self.rule.to_owned(),
            message: self.message,
            raw: raw.get(..RAW_CAP).unwrap_or(raw).to_vec(),
        }
    }
}

/// The longest start of `text` of at most `cap` bytes that ends between characters.
pub(super) fn capped(text: &str, cap: usize) -> &str {
    let cut = (0..=cap.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text.get(..cut).unwrap_or_default()
}

/// Text from outside for a sentence: visible, and no longer than a glance takes.
pub(super) fn glance(text: &str) -> String {
    Shown(text).clip(40)
}

/// The allowed word nearest to a mistyped one, as the end of a sentence: `; did you mean `imei`?`.
pub(super) fn did_you_mean<'a>(given: &str, allowed: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let given = capped(given, 64);
    allowed
        .map(|word| (strsim::jaro_winkler(given, word), word))
        .filter(|(score, _)| *score >= 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, word)| word)
}
