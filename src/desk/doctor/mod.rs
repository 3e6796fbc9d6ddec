//! What is wrong with a desk: every problem that can be found, where it is, why it matters, and what to do next.
//!
//! It looks at the folder first, then at the files as SQLite sees them, then at the open desk; what stops one stage is
//! itself a problem, and the stages before it have been told.

mod folder;
mod inside;

use std::path::Path;

use serde::Serialize;

use super::{Desk, Failure, Folder, Options};
use crate::domain::Role;
use crate::store::whole::{Depth, Fault, faults};
use crate::store::{self, FileKind, Purpose, StoreError, registry};

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Its name: one word of ours.
    pub problem: &'static str,
    /// What is wrong.
    pub what: String,
    /// Where.
    #[serde(rename = "where")]
    pub place: String,
    /// Why it matters.
    pub why: String,
    /// What to do next.
    pub next: String,
    /// It was put right just now.
    pub fixed: bool,
}

impl Problem {
    fn new(
        problem: &'static str,
        place: impl Into<String>,
        what: impl Into<String>,
        why: impl Into<String>,
        next: impl Into<String>,
    ) -> Self {
        let (what, place, why, next) = (what.into(), place.into(), why.into(), next.into());
        Self { problem, what, place, why, next, fixed: false }
    }

    fn of(problem: &'static str, place: &Path, failure: &Failure) -> Self {
        let place = failure.place.as_ref().map_or_else(|| place.display().to_string(), ToString::to_string);
        let next = failure.hint.as_ref().map_or_else(|| "Restore a backup.".to_owned(), ToString::to_string);
        Self::new(problem, place, failure.what.to_string(), "the desk cannot be worked with", next)
    }
}

/// What an examination found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Examined {
    /// Nothing is wrong, or nothing any more.
    pub ok: bool,
    /// The problems, the most basic first.
    pub problems: Vec<Problem>,
}

/// Examines a desk. `fix` puts right what can be put right without deciding anything; custodians do that.
///
/// # Errors
/// Who may not put things right asks for it.
pub fn examine(options: Options, fix: bool) -> Result<Examined, Failure> {
    let (place, readonly) = (options.folder.clone(), options.readonly);
    let mut problems = Vec::new();
    folder::look(&place, &mut problems);
    let whole = look_at_files(&place, readonly, fix, &mut problems);
    match Desk::open(options) {
        Err(failure) => {
            // A damaged file has been named already, in SQLite's own words.
            if whole {
                problems.push(Problem::of("desk", place.path(), &failure));
            }
        }
        Ok(mut desk) => {
            if fix {
                desk.require(&[Role::Custodian], "put the desk right")?;
                folder::fix(&place, &mut problems);
            }
            inside::look(&mut desk, fix, &mut problems);
        }
    }
    let ok = problems.iter().all(|p| p.fixed);
    Ok(Examined { ok, problems })
}

/// What SQLite found in a file. `next`: what to do where it cannot be read.
fn damaged(path: &Path, kind: FileKind, fault: &Fault, next: &str) -> Problem {
    let place = path.display().to_string();
    if fault.index.is_none() {
        let why = "what lies there may be lost, and more with every write";
        return Problem::new("store", place, fault.said.clone(), why, next);
    }
    let why = "rows may be hidden from whoever asks by it: somebody wrote into the file past the desk, or the disk failed";
    let next = match kind {
        FileKind::Desk => {
            "Keep a copy for whoever investigates. A `latchkey backup` has its indexes made anew from the rows: `latchkey \
             restore` it, then look at what was decided since the last one."
        }
        FileKind::Registry => next,
    };
    Problem::new("index", place, fault.phrase(kind).to_string(), why, next)
}

/// The two databases as SQLite sees them; whether both can be read.
fn look_at_files(place: &Folder, readonly: bool, fix: bool, problems: &mut Vec<Problem>) -> bool {
    let mut whole = true;
    for (kind, path) in [(FileKind::Desk, place.desk_db()), (FileKind::Registry, place.registry_db())] {
        let next = match kind {
            FileKind::Desk => "Stop working here, and `latchkey restore` the last backup.",
            FileKind::Registry => {
                "Move it away, `latchkey doctor --fix` makes an empty one, and import the lists again."
            }
        };
        let opened = match store::open(&path, Purpose::Read, kind) {
            Ok(opened) => opened,
            Err(e @ StoreError::Older { .. }) => {
                let why = "an older program wrote it";
                let next = "Opening the desk brings it up to date; a copy is kept beside it.";
                let mut problem =
                    Problem::new("schema", path.display().to_string(), e.to_string(), why, next);
                problem.fixed = !readonly;
                whole &= !readonly;
                problems.push(problem);
                continue;
            }
            // Said already, of the folder.
            Err(StoreError::Network { .. }) => {
                whole = false;
                continue;
            }
            Err(e) => {
                let before = std::mem::replace(&mut whole, false);
                let mut problem = Problem::of("store", &path, &e.into());
                next.clone_into(&mut problem.next);
                // The lists are others': an empty registry loses nothing that cannot be imported again.
                problem.fixed = fix
                    && kind == FileKind::Registry
                    && !path.exists()
                    && store::open(&path, Purpose::Create, kind).is_ok();
                whole = before && problem.fixed;
                problems.push(problem);
                continue;
            }
        };
        if let Some(newer) = &opened.newer {
            let why = "an older program would not understand what it writes";
            let next = "Update latchkey; --readonly opens it meanwhile.";
            problems.push(Problem::new("schema", path.display().to_string(), newer.to_string(), why, next));
        }
        let faults = faults(&opened.conn, Depth::Indexes)
            .unwrap_or_else(|e| vec![Fault { said: e.to_string(), index: None }]);
        whole &= faults.iter().all(|fault| fault.index.is_some());
        for fault in faults {
            problems.push(damaged(&path, kind, &fault, next));
        }
        if kind == FileKind::Registry && registry::oldest_landed(&opened.conn).is_ok_and(|l| l.is_some()) {
            let mut problem = Problem::new(
                "import",
                path.display().to_string(),
                "a list landed, and its leaf is not written yet",
                "the program ended in between",
                "Opening the desk completes it.",
            );
            problem.fixed = true;
            problems.push(problem);
        }
    }
    whole
}
