//! Cases of CONTRACT.md §4: a file in, claims out, one at a time.

use super::claim::{AttachmentRef, claim_from_fields};
use super::error::{Fault, FileError, Reject, Trouble, glance};
use super::row::{Column, Need, Row, Shape};
use super::source::Source;
use super::table::{Format, Next, Table};
use crate::domain::words::word;
use crate::domain::{Access, CaseColumn, CaseFields, Claim, Region, Time};
use crate::words::Phrase;

/// One case as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRow {
    /// Physical line on which the row starts, from 1.
    pub line: u64,
    /// All columns as given.
    pub fields: CaseFields,
    /// What the columns say; evidence has no numbers yet.
    pub claim: Claim,
    /// Files to be loaded, with the evidence item each belongs to.
    pub attachments: Vec<AttachmentRef>,
    /// What was read around: the case is taken, but a person should know.
    pub warnings: Vec<Warning>,
}

impl CaseRow {
    /// The caller's own id.
    pub fn reference(&self) -> Option<&str> {
        self.fields.get(CaseColumn::Reference).map(str::trim)
    }

    /// What the caller adds for the agent; may hold line ends.
    pub fn note(&self) -> Option<&str> {
        self.fields.get(CaseColumn::Note)
    }
}

/// Something in a case that was not understood and left out of the claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The column that was left out.
    pub column: CaseColumn,
    /// What, why and what to do next, in one sentence.
    pub message: Phrase,
}

const COLUMNS: [Column; CaseColumn::ALL.len()] = {
    let mut columns = [Column::new("", Need::Never); CaseColumn::ALL.len()];
    let mut at = 0;
    while at < columns.len() {
        let column = CaseColumn::ALL[at];
        let need = if matches!(column, CaseColumn::Request) { Need::Always } else { Need::Never };
        columns[at] = Column::new(column.as_str(), need);
        at += 1;
    }
    columns
};

const SHAPES: &[Shape] = &[Shape {
    long: Some(CaseColumn::Note as usize),
    refuses_controls: true,
    ..Shape::native("the list `cases`", &COLUMNS)
}];

/// Reads cases row by row, in bounded memory. Iterate; after the last row ask for the [`digest`].
///
/// [`digest`]: CaseReader::digest
pub struct CaseReader {
    table: Table,
    row: Row,
    region: Region,
    now: Time,
    done: bool,
}

impl CaseReader {
    /// Opens a file of cases and reads its header. `now` is when cases without `received_at` came.
    pub fn open(source: Source, format: Format, region: Region, now: Time) -> Result<Self, FileError> {
        let table = Table::open(source, format, SHAPES, false)?;
        Ok(Self { table, row: Row::default(), region, now, done: false })
    }

    /// SHA-256 of the whole file; reads what has not been read yet.
    pub fn digest(&mut self) -> Result<[u8; 32], FileError> {
        self.done = true;
        self.table.input_mut().digest()
    }

    /// A reject of the row read last, for a rule that only the caller can check (an attachment that
    /// cannot be loaded).
    pub fn reject_last(&self, column: Option<CaseColumn>, rule: &'static str, message: Phrase) -> Reject {
        let column = column.map(CaseColumn::as_str);
        self.table.reject(&self.row, Fault { column, value: None, rule, message })
    }

    /// Size of the file in bytes, where it is known.
    pub fn size(&self) -> Option<u64> {
        self.table.splitter().input.size()
    }

    /// Bytes read so far.
    pub fn bytes_read(&self) -> u64 {
        self.table.splitter().input.bytes_read()
    }

    fn case(&self) -> Result<CaseRow, Fault> {
        let mut fields = CaseFields::with_room(self.row.text.len());
        for (place, column) in CaseColumn::ALL.iter().enumerate() {
            if let Some(text) = self.row.cell(place) {
                fields.set(*column, text);
            }
        }
        let (claim, attachments) = claim_from_fields(&fields, self.region, self.now)?;
        Ok(CaseRow { line: self.row.line, warnings: warnings(&fields), claim, attachments, fields })
    }

    fn step(&mut self) -> Result<Option<CaseRow>, Trouble> {
        match self.table.next(&mut self.row)? {
            Next::Reject(reject) => Err(Trouble::Row(reject)),
            Next::End => Ok(None),
            Next::Row => self.case().map(Some).map_err(|fault| self.table.reject(&self.row, fault).into()),
        }
    }
}

impl Iterator for CaseReader {
    type Item = Result<CaseRow, Trouble>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let step = self.step();
        self.done = matches!(step, Ok(None) | Err(Trouble::File(_)));
        step.transpose()
    }
}

impl std::fmt::Debug for CaseReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CaseReader").field("line", &self.row.line).finish_non_exhaustive()
    }
}

fn warnings(fields: &CaseFields) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if let Some(error) = fields.get(CaseColumn::Access).and_then(|text| word::<Access>(text).err()) {
        let message = Phrase::of("intake-access").with("why", Phrase::from(&error));
        warnings.push(Warning { column: CaseColumn::Access, message });
    }
    for piece in fields.get(CaseColumn::Facts).unwrap_or_default().split(';').map(str::trim) {
        if !piece.is_empty() && !piece.contains('=') {
            let shown = glance(piece);
            let message = Phrase::of("intake-facts").with("given", shown);
            warnings.push(Warning { column: CaseColumn::Facts, message });
        }
    }
    warnings
}
