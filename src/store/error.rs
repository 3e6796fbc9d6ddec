//! What can go wrong in the store: each sentence says what, where, and what to do next.

use std::path::{Path, PathBuf};

use super::registry::Misfit;
use super::shape::Unlike;
use crate::domain::Shown;
use crate::words::{Part, Phrase};

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.phrase())]
pub enum StoreError {
    /// There is no file of that name.
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// A new file was asked for where one is.
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The file holds no bytes: what was in it is gone, or a creation was cut short.
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// Not an SQLite file, or another program's.
    Foreign {
        /// The file.
        path: PathBuf,
        /// What it should have been.
        expected: &'static str,
    },
    /// Encrypted, and no key was given.
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// In clear, where a key was given.
    NotLocked {
        /// The file.
        path: PathBuf,
    },
    /// Encrypted with another key than the one given.
    OtherKey {
        /// The file.
        path: PathBuf,
        /// Which key it is encrypted with.
        found: String,
        /// Which key was given.
        used: String,
    },
    /// A key was given, and this program has no cipher.
    NoCipher,
    /// Written by a later version of this program.
    Newer {
        /// The file.
        path: PathBuf,
        /// The version found.
        found: i64,
        /// The newest version this program knows.
        known: i64,
    },
    /// Written by an earlier version and opened for reading only.
    Older {
        /// The file.
        path: PathBuf,
        /// The version found.
        found: i64,
        /// The version needed.
        known: i64,
    },
    /// Written by an earlier version, and not upgraded because no copy of it could be made first.
    NotKept {
        /// The file.
        path: PathBuf,
        /// The version found.
        found: i64,
        /// The version needed.
        known: i64,
        /// Why there is no copy.
        why: Box<StoreError>,
    },
    /// A network file system, on which SQLite's write-ahead log loses data.
    Network {
        /// The folder.
        path: PathBuf,
        /// The file system's name.
        system: &'static str,
    },
    /// The linked SQLite has a known fault.
    OldSqlite {
        /// The version linked.
        found: &'static str,
    },
    /// A setting did not take.
    Setting {
        /// The setting.
        setting: &'static str,
    },
    /// Another process kept the file for longer than we wait.
    Busy,
    /// The disk is full; nothing was changed.
    Full,
    /// It can only be read, although nobody asked for that.
    ReadOnly,
    /// SQLite may not open it, or not the files it needs beside it.
    Closed(String),
    /// The disk failed under it.
    Disk(String),
    /// The machine has no memory left.
    Memory,
    /// The file is damaged.
    Damaged(String),
    /// A row holds what this program could never have written.
    Nonsense {
        /// What kind of value.
        what: &'static str,
    },
    /// Two texts share one key: one chance in 10¹⁸, or an attempt.
    Collision {
        /// What kind of name.
        what: &'static str,
    },
    /// The lists are not as the custodian sealed them.
    Tampered {
        /// What differs.
        misfit: Misfit,
    },
    /// There are lists that nobody sealed.
    Unsealed,
    /// Something in the file is not as this program makes it.
    Shape {
        /// The file.
        path: PathBuf,
        /// How it differs.
        unlike: Unlike,
        /// What it is, as an id.
        thing: &'static str,
        /// How it is called there.
        name: String,
    },
    /// The operating system said no.
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What was tried.
        doing: &'static str,
        /// The system's answer.
        source: std::io::Error,
    },
    /// Anything else SQLite reports.
    Sql(rusqlite::Error),
}

impl StoreError {
    /// What went wrong and what to do, as a part of a sentence; other programs' words stand in it as they are.
    pub fn phrase(&self) -> Phrase {
        let at = |id, path: &Path| Phrase::of(id).with("path", path.display().to_string());
        match self {
            Self::Missing { path } => at("store-missing", path),
            Self::Exists { path } => at("store-exists", path),
            Self::Empty { path } => at("store-empty", path),
            Self::Foreign { path, expected } => at("store-foreign", path).with("expected", *expected),
            Self::Locked { path } => at("store-locked", path),
            Self::NotLocked { path } => at("store-not-locked", path),
            Self::OtherKey { path, found, used } => {
                at("store-other-key", path).with("found", found.as_str()).with("used", used.as_str())
            }
            Self::NoCipher => Phrase::of("store-no-cipher"),
            Self::Newer { path, found, known } => {
                at("store-newer", path).with("found", *found).with("known", *known)
            }
            Self::Older { path, found, known } => {
                at("store-older", path).with("found", *found).with("known", *known)
            }
            Self::NotKept { path, found, known, why } => at("store-not-kept", path)
                .with("found", *found)
                .with("known", *known)
                .with("why", why.phrase()),
            Self::Network { path, system } => at("store-network", path).with("system", *system),
            Self::OldSqlite { found } => Phrase::of("store-old-sqlite").with("found", *found),
            Self::Setting { setting } => Phrase::of("store-setting").with("setting", *setting),
            Self::Busy => Phrase::of("store-busy"),
            Self::Full => Phrase::of("store-full"),
            Self::ReadOnly => Phrase::of("store-readonly"),
            Self::Closed(why) => Phrase::of("store-closed").with("why", why.as_str()),
            Self::Disk(why) => Phrase::of("store-disk").with("why", why.as_str()),
            Self::Memory => Phrase::of("store-memory"),
            Self::Damaged(why) => Phrase::of("store-damaged").with("why", why.as_str()),
            Self::Nonsense { what } => Phrase::of("store-nonsense").with("what", *what),
            Self::Collision { what } => Phrase::of("store-collision").with("what", *what),
            Self::Tampered { misfit } => Phrase::of("store-tampered").with("what", misfit.phrase()),
            Self::Unsealed => Phrase::of("store-unsealed"),
            Self::Shape { path, unlike, thing, name } => {
                let id = match unlike {
                    Unlike::More => "store-shape-more",
                    Unlike::Otherwise => "store-shape-otherwise",
                    Unlike::Gone => "store-shape-gone",
                };
                at(id, path).with("thing", Part::Word(thing)).with("name", Shown(name).clip(60))
            }
            Self::Io { path, doing, source } => {
                at("store-io", path).with("doing", Part::Word(doing)).with("why", source)
            }
            Self::Sql(why) => Phrase::of("store-sql").with("why", plainly(why)),
        }
    }

    /// Wraps an answer of the operating system.
    pub(super) fn io(path: &Path, doing: &'static str) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| Self::Io { path, doing, source }
    }
}

/// What SQLite says, without the statement that it says it of.
fn plainly(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        other => other.to_string(),
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match error.sqlite_error_code() {
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Busy,
            Some(Code::DiskFull) => Self::Full,
            Some(Code::ReadOnly) => Self::ReadOnly,
            Some(Code::CannotOpen | Code::PermissionDenied | Code::AuthorizationForStatementDenied) => {
                Self::Closed(error.to_string())
            }
            Some(Code::SystemIoFailure) => Self::Disk(error.to_string()),
            Some(Code::OutOfMemory) => Self::Memory,
            Some(Code::DatabaseCorrupt | Code::NotADatabase) => Self::Damaged(error.to_string()),
            _ => Self::Sql(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;
    use rusqlite::ffi;

    /// The sentence without what stands between marks: other programs' words, names of files.
    fn ours(said: &str) -> String {
        said.split('`').step_by(2).collect()
    }

    #[test]
    fn whatever_sqlite_answers_is_said_in_russian() {
        // Every primary result code of SQLite, and what people meet of the extended ones.
        let met = [ffi::SQLITE_IOERR_FSYNC, ffi::SQLITE_IOERR_WRITE, ffi::SQLITE_CANTOPEN_ISDIR];
        for code in (1..=28).chain([100, 101]).chain(met) {
            let error = StoreError::from(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None));
            let said = error.phrase().said(Language::Russian).into_owned();
            let ours = ours(&said);
            assert!(ours.chars().any(|c| ('а'..='я').contains(&c)), "{code}: {said}");
            let latin = ours.split(|c: char| !c.is_ascii_alphabetic()).find(|w| w.len() > 1);
            assert!(latin.is_none_or(|w| ["Latchkey", "SQLite", "SSH"].contains(&w)), "{code}: {said}");
        }
        for (code, says) in [
            (ffi::SQLITE_BUSY, "занято"),
            (ffi::SQLITE_LOCKED, "занято"),
            (ffi::SQLITE_FULL, "нет места"),
            (ffi::SQLITE_READONLY, "только читать"),
            (ffi::SQLITE_IOERR_FSYNC, "диск под хранилищем отказал"),
            (ffi::SQLITE_CANTOPEN, "не открывается"),
            (ffi::SQLITE_CORRUPT, "повреждено"),
            (ffi::SQLITE_NOTADB, "повреждено"),
            (ffi::SQLITE_NOMEM, "кончилась память"),
        ] {
            let error = StoreError::from(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None));
            let said = error.phrase().said(Language::Russian).into_owned();
            assert!(said.contains(says), "{code}: {said}");
        }
    }
}
