//! What lies in a folder. One that is not there is empty; one that cannot be read is a failure, and never empty.

use std::fs::DirEntry;
use std::io;
use std::path::Path;

use super::Failure;
use crate::words::Phrase;

/// What lies in a folder.
pub(super) fn list(folder: &Path) -> io::Result<Vec<DirEntry>> {
    match std::fs::read_dir(folder) {
        Ok(entries) => entries.collect(),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(e) => Err(e),
    }
}

/// The same; the failure says which folder it was.
pub(super) fn inside(folder: &Path) -> Result<Vec<DirEntry>, Failure> {
    list(folder).map_err(|e| unread(folder, &e))
}

/// What lies in the folders of a folder.
pub(super) fn below(folder: &Path) -> Result<Vec<DirEntry>, Failure> {
    let mut all = Vec::new();
    for part in inside(folder)? {
        let path = part.path();
        if part.file_type().map_err(|e| unread(&path, &e))?.is_dir() {
            all.extend(inside(&path)?);
        }
    }
    Ok(all)
}

fn unread(path: &Path, why: &io::Error) -> Failure {
    Failure::state(Phrase::of("fail-folder-unread").with("why", why))
        .at(path.display().to_string())
        .hint(Phrase::of("hint-folder-unread"))
}
