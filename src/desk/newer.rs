//! A desk that a newer program wrote: it is not written, and read as far as this program understands it.

use super::{Desk, Failure, Folder, Kind};
use crate::store::{self, FileKind, Purpose, StoreError};
use crate::words::Phrase;

/// Opened for writing: how it can be read.
pub(super) fn refused(error: StoreError) -> Failure {
    match error {
        StoreError::Newer { .. } => Failure::from(error).hint(Phrase::of("hint-open-readonly")),
        other => other.into(),
    }
}

/// What went wrong, where `newer` says that the desk is of a newer program: what the store does not know there is no fault
/// of this one, and nothing that its words would explain.
pub fn understood(newer: Option<&Phrase>, why: Failure) -> Failure {
    match newer {
        Some(newer) if why.kind == Kind::Internal => {
            Failure::state(newer.clone()).hint(Phrase::of("hint-newer-unread"))
        }
        _ => why,
    }
}

impl Desk {
    /// That a newer program wrote this desk, if one did.
    pub fn newer(&self) -> Option<&Phrase> {
        self.newer.as_ref()
    }

    /// A failure in words that fit this desk.
    pub fn understood(&self, why: Failure) -> Failure {
        understood(self.newer(), why)
    }
}

/// Files in a folder that a newer program wrote, a sentence each: for those who have no place to say so later.
pub fn written_by_newer(folder: &Folder) -> Vec<Phrase> {
    let files = [(folder.desk_db(), FileKind::Desk), (folder.registry_db(), FileKind::Registry)];
    let opened = files.iter().filter_map(|(path, kind)| store::open(path, Purpose::Read, *kind).ok());
    opened.filter_map(|opened| opened.newer.as_ref().map(StoreError::phrase)).collect()
}
