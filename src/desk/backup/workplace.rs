//! A folder for what is half done: its owner's alone, and held by a lock, so that whoever comes later tells what a
//! killed program left from what one at work needs.

use std::ffi::OsStr;
use std::fs::{File, Permissions, TryLockError};
use std::io;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::desk::folders::list;

/// How the names of such folders begin.
const PREFIX: &str = ".latchkey-backup-";

/// A folder that is gone when this is dropped.
pub(super) struct Workplace {
    // Dropped in this order: nobody takes it for left behind while it is cleared.
    dir: TempDir,
    _held: Option<File>,
}

impl Workplace {
    /// A new one below `place`; what killed programs left there goes first.
    pub fn new_in(place: &Path) -> io::Result<Self> {
        // What cannot be looked for is not cleared: no reason to do nothing.
        for left in left_in(place).unwrap_or_default() {
            clear(&left);
        }
        loop {
            let private = Permissions::from_mode(0o700);
            let dir = tempfile::Builder::new().prefix(PREFIX).permissions(private).tempdir_in(place)?;
            match hold(dir.path()) {
                // Some network file systems lock no folders: nobody can tell there, and nobody clears.
                Err(TryLockError::Error(e)) if e.kind() != io::ErrorKind::NotFound => {
                    return Ok(Self { dir, _held: None });
                }
                Ok(held) if is_still(dir.path(), &held) => return Ok(Self { dir, _held: Some(held) }),
                // Somebody cleared it before it was held.
                _ => {}
            }
        }
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }
}

fn hold(path: &Path) -> Result<File, TryLockError> {
    let folder = File::open(path).map_err(TryLockError::Error)?;
    folder.try_lock().map(|()| folder)
}

fn is_still(path: &Path, held: &File) -> bool {
    match (path.symlink_metadata(), held.metadata()) {
        (Ok(there), Ok(held)) => (there.dev(), there.ino()) == (held.dev(), held.ino()),
        _ => false,
    }
}

/// The folders below `place` that were left behind: ours, and held by nobody.
pub fn left_in(place: &Path) -> io::Result<Vec<PathBuf>> {
    let mut left = Vec::new();
    for entry in list(place)? {
        if is_named(&entry.file_name()) && is_ours(&entry.path()) && hold(&entry.path()).is_ok() {
            left.push(entry.path());
        }
    }
    left.sort();
    Ok(left)
}

/// Whether a name is one of such a folder.
pub fn is_named(name: &OsStr) -> bool {
    name.to_string_lossy().starts_with(PREFIX)
}

fn is_ours(path: &Path) -> bool {
    let me = rustix::process::geteuid().as_raw();
    path.symlink_metadata().is_ok_and(|found| found.is_dir() && found.uid() == me)
}

/// Removes such a folder, unless somebody works in it.
pub fn clear(left: &Path) -> bool {
    let Ok(_held) = hold(left) else { return false };
    is_ours(left) && std::fs::remove_dir_all(left).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(place: &Path) -> usize {
        std::fs::read_dir(place).unwrap().count()
    }

    #[test]
    fn what_was_left_is_cleared_and_what_is_worked_in_is_not() {
        let place = tempfile::tempdir().unwrap();
        let left = place.path().join(".latchkey-backup-killed");
        std::fs::create_dir_all(left.join("desk/keys")).unwrap();
        std::fs::write(left.join("desk/desk.db"), "somebody's").unwrap();
        let other = place.path().join("backup-of-somebody");
        std::fs::create_dir(&other).unwrap();
        assert_eq!(left_in(place.path()).unwrap(), std::slice::from_ref(&left));
        let first = Workplace::new_in(place.path()).unwrap();
        assert!(!left.exists() && other.exists());
        let mode = first.path().metadata().unwrap().mode();
        assert_eq!(mode & 0o777, 0o700);
        let second = Workplace::new_in(place.path()).unwrap();
        assert!(first.path().exists() && second.path().exists() && first.path() != second.path());
        assert!(!clear(first.path()) && left_in(place.path()).unwrap().is_empty());
        drop((first, second));
        assert_eq!(names(place.path()), 1);
    }

    #[test]
    fn a_link_is_followed_nowhere() {
        let (place, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::fs::write(elsewhere.path().join("kept"), "somebody's").unwrap();
        let link = place.path().join(".latchkey-backup-link");
        std::os::unix::fs::symlink(elsewhere.path(), &link).unwrap();
        drop(Workplace::new_in(place.path()).unwrap());
        assert!(!clear(&link) && elsewhere.path().join("kept").exists());
    }

    #[test]
    fn many_at_once_have_a_folder_each() {
        let place = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        let own = Workplace::new_in(place.path()).unwrap();
                        std::fs::write(own.path().join("half"), "x").unwrap();
                        assert!(own.path().join("half").exists());
                    }
                });
            }
        });
        assert_eq!(names(place.path()), 0);
    }
}
