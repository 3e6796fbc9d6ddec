//! Files that no row names any more, and copies of them: they go for good.

use std::collections::HashSet;
use std::fs::DirEntry;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::folders::{below, inside};
use super::{Desk, Failure, Folder, import};
use crate::config::Way;
use crate::domain::ContactKind;
use crate::store::desk::{empty, pictures};
use crate::store::{self, Db};

/// A file that nobody names is left alone for so long: an import may be about to name it.
const YOUNG: Duration = Duration::from_hours(24);

/// A draft as it was typed, by what says nothing of anybody: another name does not change it, another text does.
#[derive(Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Typed(u64, i64, i64);

impl Typed {
    pub fn of(draft: &DirEntry) -> Option<Self> {
        let found = draft.metadata().ok()?;
        Some(Self(found.ino(), found.mtime(), found.mtime_nsec()))
    }
}

fn hex(sha256: &[u8; 32]) -> String {
    import::hex(sha256).trim_start_matches("sha256:").to_owned()
}

/// Files among the attachments whose name no row of the desk has; those that are young apart, unless `all`.
pub(super) fn strays(folder: &Folder, known: &HashSet<[u8; 32]>, all: bool) -> Result<Vec<PathBuf>, Failure> {
    let names: HashSet<String> = known.iter().map(hex).collect();
    let strays = below(&folder.attachments())?
        .into_iter()
        .filter(|file| !names.contains(file.file_name().to_string_lossy().as_ref()))
        .filter(|file| all || is_old(&file.path()))
        .map(|file| file.path())
        .collect();
    Ok(strays)
}

fn is_old(path: &Path) -> bool {
    let made = path.symlink_metadata().and_then(|m| m.modified()).ok();
    made.and_then(|made| SystemTime::now().duration_since(made).ok()).is_some_and(|age| age > YOUNG)
}

/// Every digest that a row names.
pub(super) fn named(db: &Db) -> Result<HashSet<[u8; 32]>, Failure> {
    let mut known = HashSet::new();
    pictures::each_file(db, |file| {
        known.insert(file.sha256);
        true
    })?;
    Ok(known)
}

impl Desk {
    /// Removes the files of these digests that no row names any more, or, without any, all that are not young.
    ///
    /// Who names a file has it on the disk before it writes the row, so the last look is taken and the file goes while
    /// nobody else can write.
    pub(super) fn sweep_files(&self, only: Option<&[[u8; 32]]>) -> Result<u64, Failure> {
        let since = empty::highest(self.db())?;
        let known = named(self.db())?;
        let paths: Vec<PathBuf> = match only {
            None => strays(&self.folder, &known, false)?,
            Some(gone) => {
                let unnamed = gone.iter().filter(|sum| !known.contains(*sum));
                let mut paths: Vec<PathBuf> = unnamed.map(|sum| import::place(&self.folder, sum)).collect();
                paths.sort();
                paths.dedup();
                paths
            }
        };
        if paths.is_empty() {
            return Ok(0);
        }
        let removed = store::write_tx(self.db(), |tx| {
            let new: HashSet<String> = empty::named_since(tx, since)?.iter().map(hex).collect();
            let is_new = |path: &&PathBuf| {
                path.file_name().is_some_and(|n| new.contains(n.to_string_lossy().as_ref()))
            };
            let mut removed = 0;
            for path in paths.iter().filter(|path| !is_new(path)) {
                removed += u64::from(std::fs::remove_file(path).is_ok());
            }
            Ok::<_, Failure>(removed)
        })?;
        for part in inside(&self.folder.attachments())? {
            // The entry is gone for good once the disk has its folder.
            let _ = std::fs::File::open(part.path()).and_then(|dir| dir.sync_all());
        }
        Ok(removed)
    }

    /// Removes the copies that viewers have of these items.
    pub(super) fn sweep_copies(&self, items: &[i64]) -> Result<(), Failure> {
        let names: Vec<String> = items.iter().map(|item| format!("evidence-{item}.")).collect();
        let ours =
            |file: &DirEntry| names.iter().any(|start| file.file_name().to_string_lossy().starts_with(start));
        for file in below(&self.folder.viewing())?.iter().filter(|file| ours(file)) {
            if let Some(own) = file.path().parent() {
                let _ = std::fs::remove_dir_all(own);
            }
        }
        Ok(())
    }

    /// Removes messages that were laid into a folder as mail, where nobody has picked them up.
    pub(super) fn sweep_mail(&self, marks: &[String]) -> u64 {
        let Some(Way::Folder(folder)) = self.config.dispatch.way(ContactKind::Email) else { return 0 };
        marks.iter().filter(|mark| std::fs::remove_file(folder.join(format!("{mark}.eml"))).is_ok()).count()
            as u64
    }

    /// What was typed about these tickets, or says one of these words (lower case), by whomever.
    pub(super) fn drafts_about(&self, tickets: &[i64], words: &[String]) -> Result<Vec<DirEntry>, Failure> {
        let mut found = Vec::new();
        for file in below(&self.folder.drafts())? {
            let name = file.file_name().to_string_lossy().into_owned();
            let number = name.split('.').next().and_then(|n| n.parse::<i64>().ok());
            let about = number.is_some_and(|n| tickets.contains(&n));
            let says = || {
                let plain = file.metadata().is_ok_and(|m| m.is_file());
                let text = if plain { std::fs::read(file.path()).unwrap_or_default() } else { Vec::new() };
                let text = String::from_utf8_lossy(&text).to_lowercase();
                words.iter().any(|word| text.contains(word.as_str()))
            };
            if about || says() {
                found.push(file);
            }
        }
        Ok(found)
    }

    /// Removes drafts that were noted, unless something else was typed since.
    pub(super) fn sweep_noted(&self, noted: &[Typed]) -> Result<(), Failure> {
        if noted.is_empty() {
            return Ok(());
        }
        for file in below(&self.folder.drafts())? {
            if Typed::of(&file).is_some_and(|typed| noted.contains(&typed)) {
                let _ = std::fs::remove_file(file.path());
            }
        }
        Ok(())
    }
}
