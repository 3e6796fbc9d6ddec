//! Bringing in what others send: registry lists and batches of cases.

mod blobs;
mod cases;
mod guess;
mod landed;
mod lists;
mod mail;
mod one;
mod pipeline;
mod prepare;
mod tally;
mod update;

use std::io::Write as _;
use std::path::{Path, PathBuf};

pub(super) use blobs::place;
use cases::Landed;
pub use cases::{CaseSummary, add_attachment};
pub use guess::{Content, Outcome};
pub use lists::ListSummary;
pub use mail::MailSummary;
pub(in crate::desk) use tally::Tally;

use super::act::{Hand, Size};
use super::failure::Failure;
use super::{Act, Desk};
use crate::domain::{ListMode, Request};
use crate::intake::mail::MailShape;
use crate::intake::{FileError, Format, Reject, RejectWriter, Source};
use crate::words::Phrase;

/// How a file is imported.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// Look at everything, change nothing.
    pub dry_run: bool,
    /// All rows or none.
    pub atomic: bool,
    /// How a list meets the rows that are there.
    pub mode: ListMode,
    /// A list that replaces another may be much shorter.
    pub allow_shrink: bool,
    /// Where rows that do not land are written, with the reason.
    pub rejects: Option<PathBuf>,
    /// CSV or JSON Lines; found out from the file by default.
    pub format: Format,
    /// Cases come as mail, and lie so; found out from the file by default, where it is no CSV or JSON Lines.
    pub mail: Option<MailShape>,
    /// What mails ask for that do not say it clearly.
    pub request: Option<Request>,
}

impl ImportOptions {
    /// Whether nothing may be told that hangs on the lists: a dry run leaves no trace and counts no answer, so it would say of
    /// any number of guesses which one is right. In a rehearsal the lists are nobody's.
    fn blind(&self, rehearsal: bool) -> bool {
        self.dry_run && !rehearsal
    }

    /// How mails lie in a file, if it holds any.
    fn mail_shape(&self, path: &Path) -> Option<MailShape> {
        let by_shape = || if self.format == Format::Auto { MailShape::named(path) } else { None };
        self.mail.or_else(by_shape)
    }
}

/// How far an import has come.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    /// Rows read.
    pub rows: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Of the whole file, where it is known.
    pub of_bytes: Option<u64>,
    /// Rows have landed; tickets that share something are judged again.
    pub settling: bool,
    /// Pictures whose barcodes were read.
    pub pictures: usize,
}

/// Hears how far an import has come; `false` stops it, and nothing of it stays.
pub type OnProgress<'a> = &'a mut dyn FnMut(Progress) -> bool;

/// Rows rejected, the first of them kept for the message.
pub(in crate::desk) struct Rejects {
    writer: Option<(RejectWriter<tempfile::NamedTempFile>, PathBuf)>,
    pub(super) count: u64,
    pub(super) first: Vec<Reject>,
}

/// Rejects that a summary quotes.
pub(super) const QUOTED: usize = 200;

impl Rejects {
    pub(super) fn open(path: Option<&Path>) -> Result<Self, Failure> {
        let writer = match path {
            None => None,
            Some(path) => {
                let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
                let fail = |e: std::io::Error| {
                    Failure::state(Phrase::of("fail-rejects-unwritten").with("why", &e))
                        .at(path.display().to_string())
                };
                let file = tempfile::NamedTempFile::new_in(folder).map_err(fail)?;
                Some((RejectWriter::new(file).map_err(fail)?, path.to_path_buf()))
            }
        };
        Ok(Self { writer, count: 0, first: Vec::new() })
    }

    pub(super) fn add(&mut self, reject: Reject) -> Result<(), Failure> {
        self.count += 1;
        if let Some((writer, path)) = &mut self.writer {
            writer.write(&reject).map_err(|e| {
                Failure::state(Phrase::of("fail-rejects-unwritten").with("why", &e))
                    .at(path.display().to_string())
            })?;
        }
        if self.first.len() < QUOTED {
            self.first.push(reject);
        }
        Ok(())
    }

    pub(super) fn kept(&self) -> bool {
        self.writer.is_some()
    }

    /// Puts the rejects file in place, whole.
    pub(super) fn finish(&mut self) -> Result<(), Failure> {
        let Some((writer, path)) = self.writer.take() else { return Ok(()) };
        let fail = |e: std::io::Error| {
            Failure::state(Phrase::of("fail-rejects-unwritten").with("why", &e))
                .at(path.display().to_string())
        };
        let mut file = writer.finish().map_err(fail)?;
        file.flush().map_err(fail)?;
        file.as_file().sync_all().map_err(fail)?;
        file.persist(&path).map_err(|e| fail(e.error))?;
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(fail)
    }

    /// The failure that the rejects make when not a single row may be missing.
    pub(super) fn failure(&self, file: &str, next: impl Into<Phrase>) -> Failure {
        let first = self.first.first();
        let what = first.map_or(Phrase::none(), |r| r.message.clone().whole());
        let (line, column) = (first.map(|r| r.line), first.and_then(|r| r.column.as_deref()));
        let more = self.count.saturating_sub(1);
        Failure::state(Phrase::of("fail-nothing-imported").with("first", what).with("n", more))
            .at(spot(file, line, column))
            .hint(next)
    }
}

impl Desk {
    /// The act of a file, in one transaction. What is not to stay is told and rolled back.
    fn act_of_file(
        &mut self,
        work: impl FnOnce(&mut Act<'_>) -> Result<Landed, Failure>,
    ) -> Result<Landed, Failure> {
        let mut told = None;
        let done = self.act_of(Size::Bulk, Hand::Signs, |act| match work(act)? {
            landed @ Landed::All(_) => Ok(landed),
            landed @ Landed::Nothing(_) => {
                told = Some(landed);
                Err(Failure::fault("Nothing of it stays."))
            }
        });
        told.map_or(done, Ok)
    }
}

/// Opens the file that a person named.
pub(super) fn source(path: &Path) -> Result<Source, Failure> {
    Ok(Source::open(path)?)
}

impl From<FileError> for Failure {
    fn from(error: FileError) -> Self {
        Self::state(
            Phrase::of("fail-file").with("what", Phrase::of(error.what)).with("why", *error.why).whole(),
        )
        .at(spot(&error.file, error.line, error.column.as_deref()))
        .hint(error.next.whole())
    }
}

/// Where in a file something is wrong.
fn spot(file: &str, line: Option<u64>, column: Option<&str>) -> Phrase {
    match (line, column) {
        (Some(line), Some(column)) => {
            Phrase::of("at-line-column").with("file", file).with("line", line).with("column", column)
        }
        (Some(line), None) => Phrase::of("at-line").with("file", file).with("line", line),
        (None, Some(column)) => Phrase::of("at-column").with("file", file).with("column", column),
        (None, None) => file.into(),
    }
}

/// `sha256:` and the digest in hexadecimal.
pub(in crate::desk) fn hex(digest: &[u8]) -> String {
    use std::fmt::Write as _;
    digest.iter().fold(String::from("sha256:"), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
