//! What can go wrong in the store: each sentence says what, where, and what to do next.

use std::path::{Path, PathBuf};

use crate::words::{Language, say};

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no file of that name.
    #[error("{}: no such file; is this the desk's folder?", path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// A new file was asked for where one is.
    #[error("{}: there is a file already; nothing was changed", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The file holds no bytes: what was in it is gone, or a creation was cut short.
    #[error("{}: the file is empty (0 bytes); restore it from a backup, or remove it to begin anew", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// Not an SQLite file, or another program's.
    #[error("{}: this is not Latchkey's {expected}; nothing was changed", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What it should have been.
        expected: &'static str,
    },
    /// Written by a later version of this program.
    #[error(
        "{}: its schema is version {found}, this program knows {known}; it can be read but not written: install the newer Latchkey",
        path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// The version found.
        found: i64,
        /// The newest version this program knows.
        known: i64,
    },
    /// Written by an earlier version and opened for reading only.
    #[error(
        "{}: its schema is version {found}, this program needs {known}; open the desk once for writing to upgrade it",
        path.display()
    )]
    Older {
        /// The file.
        path: PathBuf,
        /// The version found.
        found: i64,
        /// The version needed.
        known: i64,
    },
    /// A network file system, on which SQLite's write-ahead log loses data.
    #[error(
        "{}: this folder is on {system}, a network file system, where SQLite loses data; move the desk to a local disk and reach it over SSH",
        path.display()
    )]
    Network {
        /// The folder.
        path: PathBuf,
        /// The file system's name.
        system: &'static str,
    },
    /// The linked SQLite has a known fault.
    #[error("SQLite {found} loses commits in a rare case; this program needs 3.51.3 or later")]
    OldSqlite {
        /// The version linked.
        found: &'static str,
    },
    /// A setting did not take.
    #[error("SQLite did not accept {setting}; the store stays closed")]
    Setting {
        /// The setting.
        setting: &'static str,
    },
    /// Another process kept the file for longer than we wait.
    #[error(
        "the store is busy: another Latchkey has been writing for 30 seconds; try again when it has finished"
    )]
    Busy,
    /// The disk is full; nothing was changed.
    #[error("the disk is full; nothing was changed: free some space and try again")]
    Full,
    /// The file is damaged.
    #[error("the store is damaged ({0}); stop, keep a copy of the folder, and restore the last backup")]
    Damaged(String),
    /// A row holds what this program could never have written.
    #[error("the store holds a {what} that has no meaning; run the integrity check")]
    Nonsense {
        /// What kind of value.
        what: &'static str,
    },
    /// Two texts share one key: one chance in 10¹⁸, or an attempt.
    #[error("the {what} cannot be told apart from another one in the registry; give it another name")]
    Collision {
        /// What kind of name.
        what: &'static str,
    },
    /// The operating system said no.
    #[error("{}: {doing} failed: {source}", path.display(), doing = say(Language::English, doing))]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What was tried.
        doing: &'static str,
        /// The system's answer.
        source: std::io::Error,
    },
    /// Anything else SQLite reports.
    #[error("the store failed: {0}")]
    Sql(rusqlite::Error),
}

impl StoreError {
    /// Wraps an answer of the operating system.
    pub(super) fn io(path: &Path, doing: &'static str) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| Self::Io { path, doing, source }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match error.sqlite_error_code() {
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Busy,
            Some(Code::DiskFull) => Self::Full,
            Some(Code::DatabaseCorrupt | Code::NotADatabase) => Self::Damaged(error.to_string()),
            _ => Self::Sql(error),
        }
    }
}
