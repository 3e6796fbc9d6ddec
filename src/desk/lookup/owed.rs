//! Lookups and readings while a file of cases holds the desk: what the log must have of each lies on the disk before anything is
//! shown, in a small file each, and becomes a leaf as soon as the log can be written.

use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;

use super::{Desk, Failure, Found, Looked};
use crate::desk::drafts::Drafts;
use crate::domain::Time;
use crate::words::Phrase;

/// How such a file's name ends.
const ENDING: &str = "looked";
/// Largest file that is read, in bytes.
const MOST_BYTES: u64 = 1 << 12;

/// What the log is owed of a lookup, or of a reading; it names nobody.
#[derive(serde::Serialize, serde::Deserialize)]
struct Owed {
    at: i64,
    #[serde(flatten)]
    looked: Option<Looked>,
    /// The ticket that was read.
    ticket: Option<i64>,
}

impl Desk {
    /// Keeps what the log is owed of a masked lookup. Nothing may be shown before this is done.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn owe_lookup(&self, found: &Found) -> Result<(), Failure> {
        if !self.leaves_trace()? {
            return Ok(());
        }
        self.owe(&Owed { at: self.now().0, looked: Some(Looked::of(found)), ticket: None })
    }

    /// The same of a ticket that is read.
    pub(in crate::desk) fn owe_reading(&self, ticket: i64) -> Result<(), Failure> {
        self.owe(&Owed { at: self.now().0, looked: None, ticket: Some(ticket) })
    }

    fn owe(&self, owed: &Owed) -> Result<(), Failure> {
        let fail = |e: io::Error| Failure::state(Phrase::of("fail-owe-lookup").with("why", &e));
        self.keep_owed(owed).map_err(fail)
    }

    fn keep_owed(&self, owed: &Owed) -> io::Result<()> {
        let drafts = self.own_drafts();
        let folder = drafts.folder()?;
        let mut file = tempfile::Builder::new().suffix(&format!(".{ENDING}")).tempfile_in(folder)?;
        serde_json::to_writer(&mut file, owed)?;
        file.flush()?;
        file.as_file().sync_all()?;
        file.keep().map_err(|e| e.error)?;
        fs::File::open(folder)?.sync_all()
    }

    /// Writes the leaves that are owed. What cannot be logged now is kept for the next time.
    pub fn log_owed(&mut self) {
        if self.readonly {
            return;
        }
        for path in self.owed() {
            let small = fs::metadata(&path).is_ok_and(|m| m.is_file() && m.len() <= MOST_BYTES);
            let owed = small.then(|| fs::read(&path).ok()).flatten();
            let Some(owed) = owed.and_then(|text| serde_json::from_slice::<Owed>(&text).ok()) else {
                continue;
            };
            // A kill before the file is gone means a second leaf, never none.
            if !self.pay(&owed) {
                return;
            }
            let _ = fs::remove_file(&path);
        }
    }

    fn pay(&mut self, owed: &Owed) -> bool {
        let at = Time(owed.at);
        match (&owed.looked, owed.ticket) {
            (Some(looked), _) => self.leaf_of_lookup(looked, Some(at), false).is_ok(),
            (None, Some(ticket)) => {
                self.agent().and_then(|actor| self.trace_if_free(ticket, &actor, at)).unwrap_or(false)
            }
            (None, None) => true,
        }
    }

    fn owed(&self) -> Vec<PathBuf> {
        let drafts = self.own_drafts();
        let entries = drafts.looked_at().and_then(|folder| fs::read_dir(folder).ok());
        let paths = entries.into_iter().flatten().filter_map(|e| Some(e.ok()?.path()));
        paths.filter(|path| path.extension().is_some_and(|e| e == ENDING)).collect()
    }

    /// Beside what they type: it is theirs alone to log.
    fn own_drafts(&self) -> Drafts {
        Drafts::of(&self.folder, self.agent.as_deref().unwrap_or_default())
    }
}
