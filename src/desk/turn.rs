//! One at a time at what a program keeps in a folder of its own, without a database.

use std::fs::File;
use std::path::Path;

use super::Failure;
use super::tiles::io;

/// Waits for whoever is at a folder; the turn lasts as long as the file is held.
pub(super) fn of(folder: &Path) -> Result<File, Failure> {
    let path = folder.join("lock");
    let file =
        File::options().create(true).truncate(false).write(true).open(&path).map_err(|e| io(&path, &e))?;
    file.lock().map_err(|e| io(&path, &e))?;
    Ok(file)
}
