//! A registry list: a file is all or nothing, unless rejects are asked for.

use std::path::Path;
use std::time::Instant;

use super::{ImportOptions, OnProgress, Progress, Rejects, hex, source};
use crate::audit::{Draft, Info};

use crate::desk::{Desk, Failure};
use crate::domain::{List, Role};
use crate::intake::{ListOptions, ListReader, Reject, Trouble};
use crate::store::registry::{FileProblem, ImportError, ImportMeta, ListImport, Mode, Summary, is_same_file};
use crate::store::{self, FileKind, Purpose};
use crate::words::Phrase;

/// What an import of a list did (CONTRACT.md §4).
#[derive(Clone, Debug, serde::Serialize)]
pub struct ListSummary {
    /// Which list.
    pub list: List,
    /// The file's name.
    pub file: String,
    /// SHA-256 of the whole file, as `sha256:` and hexadecimal digits.
    pub sha256: String,
    /// Rows read, rejected ones included.
    pub rows: u64,
    /// Rows with a key the list did not have.
    pub added: u64,
    /// Rows that changed what the list had.
    pub updated: u64,
    /// Rows that said nothing new.
    pub unchanged: u64,
    /// Rows the list no longer has.
    pub removed: u64,
    /// Rows that could not be read or taken.
    pub rejected: u64,
    /// How long it took.
    pub seconds: f64,
    /// The first rejected rows, for the message.
    #[serde(skip)]
    pub rejects: Vec<Reject>,
}

/// Rows between two looks at progress.
const STEP: u64 = 4096;

impl Desk {
    /// Imports a list by merging it: rows are added and updated by key.
    pub fn import_list(
        &mut self,
        list: List,
        path: &Path,
        options: &ImportOptions,
        progress: OnProgress<'_>,
    ) -> Result<ListSummary, Failure> {
        if !self.rehearsal {
            self.require(&[Role::Custodian], "import lists")?;
        }
        if self.readonly {
            return Err(Failure::refused(Phrase::of("fail-import-readonly")));
        }
        let started = Instant::now();
        let source = source(path)?;
        let file = source.name().to_owned();
        let of_bytes = source.size();
        let list_options =
            ListOptions { region: self.config.region, now: self.now(), delta: false, format: options.format };
        let mut reader = ListReader::open(list, source, list_options)?;
        let mut rejects = Rejects::open(options.rejects.as_deref())?;
        let conn = store::open(&self.folder.registry_db(), Purpose::Write, FileKind::Registry)?.conn;
        let mut import = ListImport::begin(&conn, list, Mode::Merge, self.now())?;
        let rows = put_rows(&mut reader, &mut import, &mut rejects, of_bytes, progress)?;
        if rejects.count > 0 && !rejects.kept() {
            return Err(rejects.failure(&file, Phrase::of("hint-rejects-list")));
        }
        let sha256 = reader.digest()?;
        let mut summary = ListSummary {
            list,
            file: file.clone(),
            sha256: hex(&sha256),
            rows,
            added: 0,
            updated: 0,
            unchanged: 0,
            removed: 0,
            rejected: rejects.count,
            seconds: 0.0,
            rejects: Vec::new(),
        };
        if is_same_file(self.registry.conn(), list, &sha256)? {
            drop(import);
            summary.unchanged = rows - rejects.count;
        } else if options.dry_run {
            let done = import.preview().map_err(|e| file_failure(e, &file))?;
            drop(import);
            (summary.added, summary.updated, summary.unchanged) = (done.added, done.updated, done.unchanged);
        } else {
            let done =
                import.finish(&ImportMeta { file_name: file.clone(), sha256 }).map_err(|e| match e {
                    ImportError::File(problem) => file_failure(problem, &file),
                    ImportError::Row(problem) => Failure::state(problem.sentence).at(file.clone()),
                    ImportError::Store(error) => error.into(),
                })?;
            store::fold_log(&conn)?;
            (summary.added, summary.updated) = (done.added, done.updated);
            (summary.unchanged, summary.removed) = (done.unchanged, done.removed);
            rejects.finish()?;
            self.log_list(list, &sha256, &done)?;
            self.notice_changes()?;
            self.settle(|_| {
                progress(Progress {
                    rows,
                    bytes: of_bytes.unwrap_or(0),
                    of_bytes,
                    settling: true,
                    pictures: 0,
                });
            })?;
        }
        summary.rejects = rejects.first;
        summary.seconds = started.elapsed().as_secs_f64();
        Ok(summary)
    }

    /// The registry is another file than the log, so this leaf follows the list instead of landing with it.
    fn log_list(&mut self, list: List, sha256: &[u8; 32], done: &Summary) -> Result<u64, Failure> {
        self.act(|act| {
            let draft = Draft::new("list.imported", act.actor)
                .digest("file", sha256)
                .info("list", Info::Text(list.as_str()))
                .info("added", Info::Number(number(done.added)))
                .info("updated", Info::Number(number(done.updated)));
            act.log(draft, None)
        })
    }
}

/// Rejects after which a file that must land whole is not read on: it cannot land any more.
const ENOUGH: u64 = 1000;

/// Puts every row of a file into the import; returns how many there were.
fn put_rows(
    reader: &mut ListReader,
    import: &mut ListImport<'_>,
    rejects: &mut Rejects,
    of_bytes: Option<u64>,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<u64, Failure> {
    let mut rows = 0;
    while let Some(next) = reader.next() {
        rows += 1;
        match next {
            Ok(located) => match import.put(located.line, &located.row) {
                Ok(_) => {}
                Err(ImportError::Row(problem)) => {
                    rejects.add(reader.reject_last(None, problem.rule, problem.sentence))?;
                }
                Err(ImportError::File(problem)) => return Err(Failure::state(problem.sentence)),
                Err(ImportError::Store(error)) => return Err(error.into()),
            },
            Err(Trouble::Row(reject)) => rejects.add(*reject)?,
            Err(Trouble::File(error)) => return Err((*error).into()),
        }
        if rows % STEP == 0
            && !progress(Progress { rows, bytes: reader.bytes_read(), of_bytes, ..Progress::default() })
        {
            return Err(Failure::state(Phrase::of("fail-import-stopped")));
        }
        if !rejects.kept() && rejects.count >= ENOUGH {
            break;
        }
    }
    Ok(rows)
}

fn file_failure(problem: FileProblem, file: &str) -> Failure {
    Failure::state(problem.sentence).at(file)
}

fn number(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
