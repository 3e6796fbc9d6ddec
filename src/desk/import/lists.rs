//! A registry list: a file is all or nothing, unless rejects are asked for.

use std::path::Path;
use std::time::Instant;

use super::pipeline::{self, Bundle, Reading};
use super::{ImportOptions, OnProgress, Progress, Rejects, hex, source};
use crate::desk::sealed_lists::import_facts;
use crate::desk::{Desk, Failure};
use crate::domain::{List, ListMode, ListRow, Role};
use crate::intake::{ListOptions, ListReader, Located, Reject};
use crate::store::registry::{
    Accounts, FileProblem, ImportError, ImportMeta, ListImport, Put, Summary, is_same_file,
};
use crate::store::{self, FileKind, Purpose, Steady};
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

impl Desk {
    /// Imports a list: merged by key, as the whole list, or as what a delta says of each row.
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
        // The custodian signs for what the lists are then: a passphrase is asked for before the file is read.
        if !options.dry_run {
            self.signing_key()?;
        }
        let started = Instant::now();
        let source = source(path)?;
        let file = source.name().to_owned();
        let of_bytes = source.size();
        let list_options = ListOptions {
            region: self.config.region,
            now: self.now(),
            delta: options.mode == ListMode::Delta,
            format: options.format,
        };
        let reader = ListReader::open(list, source, list_options)?;
        let mut rejects = Rejects::open(options.rejects.as_deref())?;
        let conn = store::open(&self.folder.registry_db(), Purpose::Write, FileKind::Registry)?.conn;
        let mut import = ListImport::begin(&conn, list, options.mode, self.now())?;
        import.allow_shrink(options.allow_shrink);
        let steady = Steady::begin(&self.folder.registry_db());
        let reading = Reading { list, options: list_options, folder: self.folder.path().to_owned() };
        let names_accounts =
            matches!(list, List::Contacts | List::Bindings) && options.mode != ListMode::Delta;
        let accounts = names_accounts.then(|| Accounts::look(&self.folder.registry_db())).transpose()?;
        let mut rows = 0;
        let sha256 = pipeline::run(&reading, reader, accounts, |bundle| {
            rows = bundle.read;
            put_rows(&bundle, &mut import, &mut rejects)?;
            if !progress(Progress { rows, bytes: bundle.way, of_bytes, ..Progress::default() }) {
                return Err(Failure::state(Phrase::of("fail-import-stopped")));
            }
            Ok(rejects.kept() || rejects.count < ENOUGH)
        })?;
        if rejects.count > 0 && !rejects.kept() {
            return Err(rejects.failure(&file, Phrase::of("hint-rejects-list")));
        }
        let mut summary = ListSummary::of(list, &file, &sha256, rows, rejects.count);
        let failed = |e| match e {
            ImportError::File(problem) => file_failure(problem, &file),
            ImportError::Row(problem) => Failure::state(problem.sentence).at(file.clone()),
            ImportError::Store(error) => error.into(),
        };
        if is_same_file(self.registry.conn(), list, options.mode, &sha256)? {
            drop(import);
            summary.unchanged = rows - rejects.count;
        } else if options.dry_run {
            summary.count(import.preview().map_err(failed)?);
        } else {
            let meta = ImportMeta { file_name: file.clone(), sha256, actor: self.agent()? };
            let signer = self.lists_signer(import_facts(list, options.mode, &sha256))?;
            let done = import.finish_signed(&meta, &mut |before, root| signer.sign(before, root));
            summary.count(done.map_err(failed)?);
            // The list has landed: that the log stays long is no failure.
            let _ = store::fold_log(&conn);
            drop(steady);
            rejects.finish()?;
            let mut follow = |desk: &mut Self| {
                desk.log_landed()?;
                desk.notice_changes()?;
                desk.settle_in_steps(|| {
                    let bytes = of_bytes.unwrap_or(0);
                    progress(Progress { rows, bytes, of_bytes, settling: true, pictures: 0 });
                })
            };
            follow(self).map_err(|e: Failure| e.hint(Phrase::of("hint-list-landed")))?;
        }
        summary.rejects = rejects.first;
        summary.seconds = started.elapsed().as_secs_f64();
        Ok(summary)
    }
}

impl ListSummary {
    fn of(list: List, file: &str, sha256: &[u8], rows: u64, rejected: u64) -> Self {
        Self {
            list,
            file: file.to_owned(),
            sha256: hex(sha256),
            rows,
            added: 0,
            updated: 0,
            unchanged: 0,
            removed: 0,
            rejected,
            seconds: 0.0,
            rejects: Vec::new(),
        }
    }

    const fn count(&mut self, done: Summary) {
        (self.added, self.updated) = (done.added, done.updated);
        (self.unchanged, self.removed) = (done.unchanged, done.removed);
    }
}

/// Rejects after which a file that must land whole is not read on: it cannot land any more.
const ENOUGH: u64 = 1000;

/// Puts rows into the import.
fn put_rows(bundle: &Bundle, import: &mut ListImport<'_>, rejects: &mut Rejects) -> Result<(), Failure> {
    for ((at, row), known) in bundle.rows.iter().enumerate().zip(&bundle.known) {
        let located = match row {
            Ok(located) => located,
            Err(reject) => {
                rejects.add(Reject::clone(reject))?;
                continue;
            }
        };
        import.account_is_there(*known);
        match put(import, located) {
            Ok(_) => {}
            Err(ImportError::Row(problem)) => {
                rejects.add(Reject::of_row(problem.line, problem.rule, problem.sentence, bundle.raw(at)))?;
            }
            Err(ImportError::File(problem)) => return Err(Failure::state(problem.sentence)),
            Err(ImportError::Store(error)) => return Err(error.into()),
        }
    }
    Ok(())
}

fn file_failure(problem: FileProblem, file: &str) -> Failure {
    Failure::state(problem.sentence).at(file)
}

fn put(import: &mut ListImport<'_>, located: &Located<ListRow>) -> Result<Put, ImportError> {
    match located.change {
        Some(change) => import.change(located.line, change, &located.row),
        None => import.put(located.line, &located.row),
    }
}
