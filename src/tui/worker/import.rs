//! Imports for the screen: folders, the dry run, the import itself.

use std::path::{Path, PathBuf};

use super::job::Step;
use crate::desk::import::{Content, ImportOptions, Progress};
use crate::desk::{Desk, Failure};
use crate::domain::{ListMode, Time};
use crate::intake::mail::MailShape;
use crate::tui::data::{Batch, Entry, Listing, QueueRow};
use crate::words::Phrase;

/// Endings of files that hold lists, cases or mails.
const FITS: [&str; 8] = [".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".eml", ".mbox", ".mbx"];
/// Entries of a folder that are listed.
const MOST_ENTRIES: usize = 2_000;
/// New tickets that are listed.
const MOST_FRESH: usize = 2_000;
/// Names that are tried for a file of rejects.
const MOST_NAMES: usize = 100;

/// What is in a folder, folders first.
pub(super) fn listing(asked: &str) -> Listing {
    let path = expand(asked);
    let read = std::fs::read_dir(&path);
    let mut out = Listing { asked: asked.to_owned(), path: slashed(&path), ..Listing::default() };
    match read {
        Err(e) => out.problem = Some((&e).into()),
        Ok(entries) => {
            out.entries = entries.flatten().take(MOST_ENTRIES).map(|e| entry(&e)).collect();
            out.entries.sort_by(|a, b| {
                (!a.is_folder, !a.fits, a.name.to_lowercase()).cmp(&(
                    !b.is_folder,
                    !b.fits,
                    b.name.to_lowercase(),
                ))
            });
        }
    }
    out
}

fn slashed(path: &Path) -> String {
    let mut text = path.to_string_lossy().into_owned();
    if !text.ends_with('/') {
        text.push('/');
    }
    text
}

/// `~` is the agent's own folder; nothing is where the program was started.
pub(super) fn expand(asked: &str) -> PathBuf {
    let home = || std::env::var_os("HOME").map(PathBuf::from);
    match asked.strip_prefix("~/") {
        Some(rest) => home().unwrap_or_default().join(rest),
        None if asked.is_empty() => std::env::current_dir().unwrap_or_else(|_| PathBuf::from("/")),
        None => PathBuf::from(asked),
    }
}

fn entry(found: &std::fs::DirEntry) -> Entry {
    let name = found.file_name().to_string_lossy().into_owned();
    // A link is what it leads to.
    let meta = std::fs::metadata(found.path()).ok();
    let lower = name.to_lowercase();
    let modified = meta.as_ref().and_then(|m| m.modified().ok());
    let seconds = modified.and_then(|t| t.duration_since(std::time::UNIX_EPOCH).ok()).map(|d| d.as_secs());
    // A Maildir is imported as a whole.
    let shape = meta.as_ref().filter(|m| m.is_dir()).and_then(|_| MailShape::of(&found.path()));
    Entry {
        is_folder: shape.is_none() && meta.as_ref().is_some_and(std::fs::Metadata::is_dir),
        fits: shape.is_some() || FITS.iter().any(|end| lower.ends_with(end)),
        bytes: meta.as_ref().map_or(0, std::fs::Metadata::len),
        modified: seconds.and_then(|s| i64::try_from(s).ok()).map(Time),
        name,
    }
}

/// How a file is imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Looked through, and nothing changed.
    Dry,
    /// All of it lands.
    Whole,
    /// Good rows land; the others are written beside the file.
    GoodRows,
}

/// Imports a file, or only looks what would come of it.
pub(super) fn import(
    desk: &mut Desk,
    file: &str,
    content: Option<Content>,
    (list_mode, mode): (ListMode, Mode),
    begins: &dyn Fn(Content),
    progress: &mut dyn FnMut(Step) -> bool,
) -> Result<Batch, Failure> {
    let path = expand(file);
    let content = content.map_or_else(|| desk.guess(&path), Ok)?;
    let dry = mode == Mode::Dry;
    let rejects = match mode {
        // It is never put in place; with it, every bad row is counted and not only the first.
        Mode::Dry => Some(std::env::temp_dir().join("latchkey-rejects.csv")),
        Mode::Whole => None,
        Mode::GoodRows => Some(beside(&path)?),
    };
    let options =
        ImportOptions { dry_run: dry, rejects: rejects.clone(), mode: list_mode, ..ImportOptions::default() };
    begins(content);
    let first = desk.next_ticket()?;
    let outcome = desk.import(content, &path, &options, &mut |at| progress(step(at)))?;
    let mut batch = Batch::of(&outcome, dry);
    if dry {
        return Ok(batch);
    }
    batch.rejects = rejects.filter(|path| path.exists());
    if content == Content::Cases {
        let next = desk.next_ticket()?;
        batch.fresh_from = first;
        batch.fresh_of = u64::try_from(next - first).unwrap_or(0);
        batch.fresh = desk.tickets_between(first, next, MOST_FRESH)?.iter().map(QueueRow::of).collect();
    }
    Ok(batch)
}

fn step(at: Progress) -> Step {
    Step { done: at.bytes, of: at.of_bytes, rows: at.rows, settling: at.settling }
}

/// A name beside the file that is still free.
fn beside(path: &Path) -> Result<PathBuf, Failure> {
    let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let name = |n: usize| match n {
        0 => path.with_file_name(format!("{stem}.rejects.csv")),
        n => path.with_file_name(format!("{stem}.rejects-{}.csv", n + 1)),
    };
    (0..MOST_NAMES)
        .map(name)
        .find(|p| !p.exists())
        .ok_or_else(|| Failure::state(Phrase::of("fail-many-rejects")).hint(Phrase::of("hint-many-rejects")))
}
