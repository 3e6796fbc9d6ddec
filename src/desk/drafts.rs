//! What people typed into a form and have not sent yet: a small file each, so that neither a crash nor a desk
//! that is busy can lose it. No truth of the desk is in here; what was sent is dropped at once.
//!
//! A draft is handed to the kernel first (`keep`: what a killed program leaves behind) and to the disk after that
//! (`settle`: what a power cut leaves behind). Until it is settled it lies beside the one before it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::Folder;
use crate::domain::Time;

/// Drafts are kept this long.
const KEPT_DAYS: i64 = 30;
/// Drafts of one person that are read.
const MOST: usize = 1_000;
/// Largest draft that is read, in bytes.
const MOST_BYTES: u64 = 1 << 20;
/// How the name of a draft ends that the disk has.
const SETTLED: &str = "json";
/// How the name of one ends that the kernel has.
const NEW: &str = "new";

/// What was typed into one form.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Draft {
    /// The ticket's number; 0 for none.
    pub ticket: i64,
    /// The form's name.
    pub form: String,
    /// When it was typed, in Unix seconds.
    pub at: i64,
    /// Field by field.
    pub fields: BTreeMap<String, String>,
}

/// The drafts of one person at one desk. Needs no open desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drafts {
    folder: PathBuf,
}

impl Drafts {
    /// The drafts of an agent.
    pub fn of(folder: &Folder, agent: &str) -> Self {
        // A name that could lead elsewhere is written out letter by letter.
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let name: String = agent
            .chars()
            .map(|c| if plain(c) { c.to_string() } else { format!("%{:x}", u32::from(c)) })
            .collect();
        Self { folder: folder.drafts().join(format!("of-{name}")) }
    }

    /// Where they lie; made if it is not there, for its owner alone.
    pub fn folder(&self) -> io::Result<&Path> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.folder)?;
        Ok(&self.folder)
    }

    /// Where they lie, if there are any.
    pub(super) fn looked_at(&self) -> Option<&Path> {
        self.folder.is_dir().then_some(&self.folder)
    }

    fn path(&self, ticket: i64, form: &str, ending: &str) -> PathBuf {
        let form: String = form.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        self.folder.join(format!("{ticket}.{form}.{ending}"))
    }

    /// Keeps a draft: the file appears whole, readable by its owner alone. When this returns, no end of the program
    /// can take it any more; `settle` does the rest.
    pub fn keep(&self, draft: &Draft) -> io::Result<()> {
        let folder = self.folder()?;
        let text = serde_json::to_vec(draft)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(&text)?;
        file.persist(self.path(draft.ticket, &draft.form, NEW)).map_err(|e| e.error)?;
        Ok(())
    }

    /// Waits until the disk has a draft, and puts it in the place of the one before it. `turn` is held by whoever
    /// keeps and drops, and here only while names change: nobody waits for the disk.
    pub fn settle(&self, ticket: i64, form: &str, turn: &Mutex<()>) -> io::Result<()> {
        let new = self.path(ticket, form, NEW);
        let file = match File::open(&new) {
            // Dropped meanwhile.
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
            opened => opened?,
        };
        file.sync_all()?;
        let synced = file.metadata()?;
        {
            let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
            let same = |m: fs::Metadata| (m.dev(), m.ino()) == (synced.dev(), synced.ino());
            // A newer one is settled in its own time.
            if fs::metadata(&new).is_ok_and(same) {
                fs::rename(&new, self.path(ticket, form, SETTLED))?;
            }
        }
        File::open(&self.folder)?.sync_all()
    }

    /// Drops a draft, if there is one.
    pub fn discard(&self, ticket: i64, form: &str) -> io::Result<()> {
        for ending in [SETTLED, NEW] {
            match fs::remove_file(self.path(ticket, form, ending)) {
                Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
                _ => {}
            }
        }
        Ok(())
    }

    /// Every draft; those older than a month are dropped, what cannot be read is left where it is.
    pub fn all(&self, now: Time) -> Vec<Draft> {
        let mut drafts = BTreeMap::new();
        // The newer of two comes last, and only where it can be read.
        for ending in [SETTLED, NEW] {
            let Ok(entries) = fs::read_dir(&self.folder) else { return Vec::new() };
            let paths = entries.filter_map(|e| Some(e.ok()?.path()));
            for path in paths.filter(|p| p.extension().is_some_and(|e| e == ending)).take(MOST) {
                let small = fs::metadata(&path).is_ok_and(|m| m.is_file() && m.len() <= MOST_BYTES);
                let text = small.then(|| fs::read(&path).ok()).flatten().unwrap_or_default();
                let Ok(draft) = serde_json::from_slice::<Draft>(&text) else { continue };
                if Time(draft.at).plus_days(KEPT_DAYS) < now {
                    let _ = fs::remove_file(&path);
                    continue;
                }
                drafts.insert((draft.ticket, draft.form.clone()), draft);
            }
        }
        drafts.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    fn draft(form: &str, text: &str, at: i64) -> Draft {
        Draft { ticket: 7, form: form.into(), at, fields: [("text".to_owned(), text.to_owned())].into() }
    }

    #[test]
    fn a_draft_comes_back_until_it_is_dropped() {
        let dir = tempfile::tempdir().unwrap();
        let drafts = Drafts::of(&Folder::new(dir.path()), "anna/../boris");
        assert!(drafts.all(Time(0)).is_empty());
        drafts.keep(&draft("note", "привет\nworld", 100)).unwrap();
        drafts.keep(&draft("note", "second", 200)).unwrap();
        drafts.keep(&draft("evidence-sim", "+7", 300)).unwrap();
        let mut all = drafts.all(Time(400));
        all.sort_by_key(|d| d.at);
        assert_eq!(all, [draft("note", "second", 200), draft("evidence-sim", "+7", 300)]);
        for entry in fs::read_dir(drafts.folder().unwrap()).unwrap() {
            assert_eq!(entry.unwrap().metadata().unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert_eq!(fs::metadata(drafts.folder().unwrap()).unwrap().permissions().mode() & 0o777, 0o700);
        assert!(drafts.folder().unwrap().starts_with(dir.path().join("drafts")));
        // What lay there before stays until the disk has what came after it, and the newer one counts.
        let turn = Mutex::new(());
        drafts.settle(7, "note", &turn).unwrap();
        drafts.settle(7, "note", &turn).unwrap();
        drafts.keep(&draft("note", "third", 250)).unwrap();
        assert!(drafts.all(Time(400)).contains(&draft("note", "third", 250)));
        fs::write(drafts.path(7, "note", NEW), b"").unwrap();
        assert!(drafts.all(Time(400)).contains(&draft("note", "second", 200)));
        drafts.discard(7, "note").unwrap();
        drafts.discard(7, "note").unwrap();
        drafts.settle(7, "note", &turn).unwrap();
        assert_eq!(drafts.all(Time(400)), [draft("evidence-sim", "+7", 300)]);
        assert!(drafts.all(Time(400).plus_days(31)).is_empty());
    }
}
