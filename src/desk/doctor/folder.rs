//! The folder: who may read it, what was left behind in it, how much room there is.

use std::fs::Metadata;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::Problem;
use crate::desk::backup::{self, workplace};
use crate::desk::folders::{below, inside};
use crate::desk::{Failure, Folder, viewer};
use crate::store;

/// Temporary files younger than this may be somebody's who is at work.
const WORKING: Duration = Duration::from_hours(1);
/// A log beside the database that is longer has a reader that never ends.
const LONG_LOG: u64 = 256 << 20;
/// Less room than this is too little for a day's work.
const LITTLE: u64 = 64 << 20;

fn is_old(path: &Path) -> bool {
    let made = path.symlink_metadata().and_then(|m| m.modified()).ok();
    made.and_then(|made| SystemTime::now().duration_since(made).ok()).is_some_and(|age| age > WORKING)
}

pub(super) fn look(folder: &Folder, problems: &mut Vec<Problem>) {
    if let Some(system) = store::network(folder.path()) {
        problems.push(Problem::new(
            "network",
            folder.path().display().to_string(),
            format!("the desk lies on {system}, a network file system"),
            "SQLite loses data there, and is not let at it",
            "Copy the folder to a local disk, and reach it over SSH.",
        ));
    }
    for (path, most) in guarded(folder, problems) {
        problems.extend(permissions(&path, most));
    }
    for path in leftovers(folder, problems) {
        problems.push(Problem::new(
            "leftover",
            path.display().to_string(),
            "a temporary file was left behind",
            "a program was killed; it may hold copies of personal data",
            "Remove it, or `latchkey doctor --fix`.",
        ));
    }
    copies(folder, problems);
    replaced(folder, problems);
    room(folder, problems);
    let log = folder.path().join("desk.db-wal");
    if log.metadata().is_ok_and(|m| m.len() > LONG_LOG) {
        problems.push(Problem::new(
            "long-log",
            log.display().to_string(),
            "the write-ahead log does not shrink",
            "some program reads the desk and never ends, so everything becomes slower",
            "End the programs that have the desk open.",
        ));
    }
}

/// Puts modes right and removes what was left behind.
pub(super) fn fix(folder: &Folder, problems: &mut [Problem]) {
    // What could not be seen was said.
    let guarded = guarded(folder, &mut Vec::new());
    for problem in problems {
        let path = Path::new(&problem.place);
        problem.fixed |= match problem.problem {
            "permissions" => guarded.iter().find(|(guarded, _)| guarded == path).is_some_and(|(_, most)| {
                std::fs::set_permissions(path, std::fs::Permissions::from_mode(*most)).is_ok()
                    && permissions(path, *most).is_none()
            }),
            "leftover" if path.is_dir() => workplace::clear(path),
            "leftover" => std::fs::remove_file(path).is_ok(),
            _ => false,
        };
    }
}

/// What was found; what could not be looked into is a problem of its own, once.
fn seen<T: Default>(found: Result<T, Failure>, problems: &mut Vec<Problem>) -> T {
    found.unwrap_or_else(|failure| {
        let mut problem = Problem::of("unread", Path::new(""), &failure);
        "what is wrong there is not found, and what should go does not".clone_into(&mut problem.why);
        if !problems.contains(&problem) {
            problems.push(problem);
        }
        T::default()
    })
}

/// What may be read by whom at most.
fn guarded(folder: &Folder, problems: &mut Vec<Problem>) -> Vec<(PathBuf, u32)> {
    let mut all = vec![(folder.keys(), 0o700), (folder.drafts(), 0o700), (folder.viewing(), 0o700)];
    for name in ["desk.db", "desk.db-wal", "registry.db", "registry.db-wal"] {
        all.push((folder.path().join(name), 0o600));
    }
    let keys = seen(inside(&folder.keys()), problems).into_iter().map(|key| key.path());
    all.extend(keys.filter(|path| is_private(path)).map(|path| (path, 0o600)));
    all
}

/// Whether a file is named as a private key is.
fn is_private(path: &Path) -> bool {
    let ends = |path: &Path, word: &str| path.extension().is_some_and(|e| e == word);
    ends(path, "pem") && !path.file_stem().is_some_and(|stem| ends(Path::new(stem), "pub"))
}

fn permissions(path: &Path, most: u32) -> Option<Problem> {
    let found: Metadata = path.symlink_metadata().ok()?;
    let place = path.display().to_string();
    let why = "whoever reads it has what only its owner should have";
    if found.file_type().is_symlink() {
        let what = "it is a symbolic link";
        return Some(Problem::new("permissions", place, what, why, "Put the file itself there."));
    }
    let mode = found.mode() & 0o777;
    if mode & !most & 0o077 != 0 {
        let what = format!("others may use it (mode {mode:04o})");
        let next = format!("`chmod {most:o}` it, or `latchkey doctor --fix`.");
        return Some(Problem::new("permissions", place, what, why, next));
    }
    None
}

/// What killed programs leave: half backups and restores beside the desk, half attachments and heads in it.
fn leftovers(folder: &Folder, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    for (entries, starts) in [
        (seen(below(&folder.attachments()), problems), &[".tmp"][..]),
        (seen(inside(&folder.keys()), problems), &[".head-", ".tmp", ".key-"]),
        (seen(below(&folder.drafts()), problems), &[".tmp"]),
    ] {
        let paths = entries.into_iter().filter(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            starts.iter().any(|start| name.starts_with(start))
        });
        found.extend(paths.map(|entry| entry.path()));
    }
    found.extend(before_upgrades(folder, problems).into_iter().filter(|path| is_part(path)));
    // What the log is owed has a temporary name and is none.
    found.retain(|path| path.extension().is_none_or(|e| e != "looked"));
    // Half backups and restores lie beside the desk and in it, and what was being verified among temporary files: whoever
    // works there holds a lock. Those who work elsewhere clear up after each other.
    let beside = backup::parent(folder.path());
    for place in [beside, folder.path(), &std::env::temp_dir()] {
        found.extend(workplace::left_in(place).unwrap_or_default());
    }
    found.retain(|path| is_old(path));
    found.extend(seen(viewer::left(&folder.viewing()), problems));
    found.sort();
    found.dedup();
    found
}

/// Files that lie there as they were before an upgrade.
fn before_upgrades(folder: &Folder, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    let is_one = |name: &str| ["desk.db.before-", "registry.db.before-"].iter().any(|s| name.starts_with(s));
    let entries = seen(inside(folder.path()), problems).into_iter();
    entries.filter(|e| is_one(&e.file_name().to_string_lossy())).map(|e| e.path()).collect()
}

/// Whether an upgrade was cut off while it made its copy.
fn is_part(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "part")
}

fn copies(folder: &Folder, problems: &mut Vec<Problem>) {
    for path in before_upgrades(folder, problems).into_iter().filter(|path| !is_part(path)) {
        // `FILE.before-N.M`: encrypted, the same file is never copied twice to the same bytes.
        let again = path.file_stem().is_some_and(|stem| stem.to_string_lossy().contains(".before-"));
        let (what, next) = if again {
            (
                "another copy from before the same upgrade lies here: one was cut off, or made again",
                "Keep the one with the highest number until the desk has worked for some days, and remove the others.",
            )
        } else {
            (
                "a copy from before an upgrade lies here",
                "Remove it once the desk has worked for some days, or keep it where backups are kept.",
            )
        };
        let why = "whoever is erased or emptied from the desk from now on stays in it";
        problems.push(Problem::new("copy", path.display().to_string(), what, why, next));
    }
}

/// Desks that a restore replaced (`FOLDER.before-N`): they hold keys, and nobody uses them any more.
fn replaced(folder: &Folder, problems: &mut Vec<Problem>) {
    for path in backup::replaced(folder.path()) {
        let keys = inside(&Folder::new(&path).keys()).unwrap_or_default();
        let private = keys.iter().filter(|key| is_private(&key.path())).count();
        problems.push(Problem::new(
            "replaced",
            path.display().to_string(),
            format!("a desk that a restore replaced lies here, with {private} private key(s)"),
            "its keys open what they opened, and whoever is erased from the desk from now on stays in it",
            format!(
                "Once the restored desk has worked for some days, see that every key you need lies in {}, and remove the \
                 folder, or keep it where backups are kept.",
                folder.keys().display()
            ),
        ));
    }
}

/// What the next import and the next backup want of the disk: an import writes what it changes beside the lists first, at
/// worst all of them; an encrypted backup, and writing the database anew, want the desk twice.
fn room(folder: &Folder, problems: &mut Vec<Problem>) {
    let Ok(disk) = rustix::fs::statvfs(folder.path()) else { return };
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    let size = |path: PathBuf| path.metadata().map_or(0, |m| m.len());
    let (desk, lists) = (size(folder.desk_db()), size(folder.registry_db()));
    for (what, wanted) in [("import", lists.saturating_add(desk)), ("backup", desk.saturating_mul(2))] {
        let wanted = wanted.max(LITTLE);
        if free < wanted {
            problems.push(Problem::new(
                "room",
                folder.path().display().to_string(),
                format!("{} MiB are free, the next {what} may want {}", free >> 20, wanted >> 20),
                "what cannot be written is refused, in the middle of a day's work",
                "Make room, or move the desk with `backup` and `restore`.",
            ));
        }
    }
}
