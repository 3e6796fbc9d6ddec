//! What people typed into a form and have not sent yet: a small file each, so that neither a crash nor a desk
//! that is busy can lose it. No truth of the desk is in here; what was sent is dropped at once.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use super::Folder;
use crate::domain::Time;

/// Drafts are kept this long.
const KEPT_DAYS: i64 = 30;
/// Drafts of one person that are read.
const MOST: usize = 1_000;
/// Largest draft that is read, in bytes.
const MOST_BYTES: u64 = 1 << 20;

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

    fn path(&self, ticket: i64, form: &str) -> PathBuf {
        let form: String = form.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        self.folder.join(format!("{ticket}.{form}.json"))
    }

    /// Keeps a draft: the file appears whole, readable by its owner alone.
    pub fn keep(&self, draft: &Draft) -> io::Result<()> {
        let folder = self.folder()?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        serde_json::to_writer(&mut file, draft)?;
        file.flush()?;
        file.as_file().sync_data()?;
        file.persist(self.path(draft.ticket, &draft.form)).map_err(|e| e.error)?;
        Ok(())
    }

    /// Drops a draft, if there is one.
    pub fn discard(&self, ticket: i64, form: &str) -> io::Result<()> {
        match fs::remove_file(self.path(ticket, form)) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
            _ => Ok(()),
        }
    }

    /// Every draft; those older than a month are dropped, what cannot be read is left where it is.
    pub fn all(&self, now: Time) -> Vec<Draft> {
        let Ok(entries) = fs::read_dir(&self.folder) else { return Vec::new() };
        let mut drafts = Vec::new();
        for path in entries.filter_map(|e| Some(e.ok()?.path())).take(MOST) {
            let small = fs::metadata(&path).is_ok_and(|m| m.is_file() && m.len() <= MOST_BYTES);
            if !small || path.extension().is_none_or(|e| e != "json") {
                continue;
            }
            let Ok(text) = fs::read(&path) else { continue };
            let Ok(draft) = serde_json::from_slice::<Draft>(&text) else { continue };
            if Time(draft.at).plus_days(KEPT_DAYS) < now {
                let _ = fs::remove_file(&path);
                continue;
            }
            drafts.push(draft);
        }
        drafts
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
        drafts.discard(7, "note").unwrap();
        drafts.discard(7, "note").unwrap();
        assert_eq!(drafts.all(Time(400)), [draft("evidence-sim", "+7", 300)]);
        assert!(drafts.all(Time(400).plus_days(31)).is_empty());
    }
}
