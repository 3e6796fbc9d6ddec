//! Files that a case names: read below the case file's folder and nowhere else.

use super::dhash;
use super::error::glance;
use super::eyes;
use crate::domain::Seen;
use crate::words::Phrase;
use rustix::fs::{FileType, Mode, OFlags, fstat, open, openat};
use rustix::io::Errno;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// How much of a file is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caps {
    /// The largest file, in bytes.
    pub bytes: u64,
    /// The largest picture that is hashed, in pixels.
    pub pixels: u64,
    /// The memory a picture may take while it is decoded, in bytes.
    pub memory: u64,
}

impl Default for Caps {
    fn default() -> Self {
        Self { bytes: 32 << 20, pixels: 64_000_000, memory: 256 << 20 }
    }
}

/// A file in memory, known by its content.
#[derive(Clone, PartialEq, Eq)]
pub struct LoadedAttachment {
    /// The last part of its path, as given: show it through [`crate::domain::Shown`].
    pub name: String,
    /// The bytes themselves.
    pub data: Vec<u8>,
    /// Their SHA-256.
    pub sha256: [u8; 32],
    /// 64-bit difference hash; `None` where the bytes are no picture, or one beyond the caps.
    pub dhash: Option<u64>,
}

impl LoadedAttachment {
    /// Length in bytes.
    pub fn bytes(&self) -> u64 {
        self.data.len() as u64
    }

    /// What the domain keeps of it.
    pub fn to_domain(&self) -> crate::domain::Attachment {
        crate::domain::Attachment {
            name: self.name.clone(),
            bytes: self.bytes(),
            sha256: self.sha256,
            dhash: self.dhash,
            seen: None,
        }
    }
}

impl std::fmt::Debug for LoadedAttachment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LoadedAttachment").field("bytes", &self.bytes()).finish_non_exhaustive()
    }
}

/// Why a file is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.said())]
pub struct AttachmentError {
    /// Dotted name of the rule: `attachments.path`, `attachments.kind`, `attachments.size`, `attachments.read`.
    pub rule: &'static str,
    /// The path as given, visible and short.
    pub path: String,
    /// What is wrong with it.
    pub why: Phrase,
    /// What to do next: the id of its words.
    pub next: &'static str,
}

impl AttachmentError {
    fn new(rule: &'static str, path: &str, why: Phrase, next: &'static str) -> Self {
        Self { rule, path: glance(path), why, next }
    }

    /// The whole sentence.
    pub fn said(&self) -> Phrase {
        let said = Phrase::of("intake-attachment").with("path", self.path.as_str());
        said.with("why", self.why.clone()).with("next", Phrase::of(self.next))
    }
}

/// Reads `relative` below `base`. No part of the path may be a symbolic link, `..` or absolute; only a
/// regular file is read, and no more of it than the caps allow, even while it grows.
pub fn load(base: &Path, relative: &str, caps: Caps) -> Result<LoadedAttachment, AttachmentError> {
    if let Some(why) = path_fault(relative) {
        let next = "intake-path-next";
        return Err(AttachmentError::new("attachments.path", relative, Phrase::of(why), next));
    }
    let file = descend(base, relative)?;
    let meta = fstat(&file).map_err(|e| unreadable(relative, e))?;
    if FileType::from_raw_mode(meta.st_mode) != FileType::RegularFile {
        let next = "intake-file-kind-next";
        return Err(AttachmentError::new("attachments.kind", relative, Phrase::of("intake-file-kind"), next));
    }
    let too_big = || {
        let why = Phrase::of("intake-file-size").with("size", caps.bytes >> 20);
        AttachmentError::new("attachments.size", relative, why, "intake-file-size-next")
    };
    let size = u64::try_from(meta.st_size).unwrap_or(0);
    if size > caps.bytes {
        return Err(too_big());
    }
    let mut data = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    file.take(caps.bytes + 1).read_to_end(&mut data).map_err(|e| {
        let why = Phrase::of("intake-file-read").with("why", &e);
        AttachmentError::new("attachments.read", relative, why, "intake-file-disk")
    })?;
    if data.len() as u64 > caps.bytes {
        return Err(too_big());
    }
    let name = relative.rsplit('/').next().unwrap_or(relative);
    Ok(examine(name, data, caps))
}

/// Digests bytes that are in memory already.
pub fn examine(name: &str, data: Vec<u8>, caps: Caps) -> LoadedAttachment {
    let sha256 = Sha256::digest(&data).into();
    let grey = dhash::decode(&data, caps.pixels, caps.memory);
    let dhash = grey.as_ref().and_then(dhash::of);
    LoadedAttachment { name: name.to_owned(), data, sha256, dhash }
}

/// Reads the barcodes of a picture that is in memory already; `None` where the bytes are none.
pub fn look(data: &[u8], caps: Caps) -> Option<Seen> {
    let grey = dhash::decode(data, caps.pixels, caps.memory)?;
    let (width, height) = (grey.width() as usize, grey.height() as usize);
    Some(eyes::look(eyes::Grey::new(width, height, grey.into_raw())?))
}

/// Opens part by part, each relative to the folder before it: a link put in place meanwhile is not
/// followed either.
fn descend(base: &Path, relative: &str) -> Result<File, AttachmentError> {
    let folder = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let mut at = open(base, folder, Mode::empty()).map_err(|e| unreadable(relative, e))?;
    let mut parts = relative.split('/').peekable();
    while let Some(part) = parts.next() {
        let flags = if parts.peek().is_some() {
            folder | OFlags::NOFOLLOW
        } else {
            // Without NONBLOCK, a FIFO would wait here for a writer.
            OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC
        };
        at = openat(&at, part, flags, Mode::empty()).map_err(|e| refused(&at, part, relative, e))?;
    }
    Ok(File::from(at))
}

/// A link shows as `ELOOP` where a file, and as `ENOTDIR` where a folder was asked for.
fn refused(at: &impl std::os::fd::AsFd, part: &str, relative: &str, error: Errno) -> AttachmentError {
    let link = rustix::fs::statat(at, part, rustix::fs::AtFlags::SYMLINK_NOFOLLOW)
        .is_ok_and(|s| FileType::from_raw_mode(s.st_mode) == FileType::Symlink);
    if link {
        let why = Phrase::of("intake-file-link");
        return AttachmentError::new("attachments.path", relative, why, "intake-file-link-next");
    }
    unreadable(relative, error)
}

fn unreadable(relative: &str, error: Errno) -> AttachmentError {
    let (rule, next) = match error {
        Errno::NOENT | Errno::NOTDIR => ("attachments.read", "intake-file-name"),
        Errno::NXIO | Errno::NODEV => ("attachments.kind", "intake-file-kind-next"),
        _ => ("attachments.read", "intake-file-right"),
    };
    let why = Phrase::of("intake-file-read").with("why", &std::io::Error::from(error));
    AttachmentError::new(rule, relative, why, next)
}

/// What is wrong with a path by its spelling alone.
pub(super) fn path_fault(path: &str) -> Option<&'static str> {
    let drive = |path: &str| {
        let mut chars = path.chars();
        chars.next().is_some_and(|c| c.is_ascii_alphabetic()) && chars.next() == Some(':')
    };
    if path.is_empty() {
        return Some("intake-path-empty");
    }
    if path.starts_with('/') || path.starts_with('~') || drive(path) {
        return Some("intake-path-absolute");
    }
    if path.contains('\\') {
        return Some("intake-path-backslash");
    }
    if path.chars().any(char::is_control) {
        return Some("intake-path-control");
    }
    if path.len() > 1024 {
        return Some("intake-path-long");
    }
    match path.split('/').find(|part| matches!(*part, "" | "." | "..")) {
        Some("..") => Some("intake-path-out"),
        Some(_) => Some("intake-path-dots"),
        None => None,
    }
}
