//! The file of a backup: a tar archive whose last entry lists all others with their digests. What was cut short has
//! no such entry, and passes for nothing.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read, Write as _};
use std::path::{Component, Path};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::authority::{SEALED, Unseal, UnsealError, unsealing};
use crate::desk::Failure;
use crate::desk::blobs::open_blob;
use crate::desk::import::hex;
use crate::domain::Shown;

/// The last entry.
const MANIFEST: &str = "latchkey-backup.json";
/// The manifest's form.
const FORMAT: u32 = 1;
/// No manifest is longer: a hundred bytes a file.
const MOST_MANIFEST: u64 = 1 << 30;

/// A file in the archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    pub path: String,
    pub bytes: u64,
    pub sha256: String,
}

/// What a backup says it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub format: u32,
    pub desk: String,
    pub made_at: String,
    pub leaves: u64,
    pub root: String,
    /// Files of evidence that were not there, or not as they were taken in.
    pub lost: BTreeSet<String>,
    pub files: Vec<Entry>,
}

impl Manifest {
    pub fn new(desk: &str, made_at: String) -> Self {
        let (leaves, root, lost, files) = (0, String::new(), BTreeSet::new(), Vec::new());
        Self { format: FORMAT, desk: desk.to_owned(), made_at, leaves, root, lost, files }
    }
}

/// Reads and sums.
struct Summing<R> {
    inner: R,
    sum: Sha256,
    bytes: u64,
}

impl<R> Summing<R> {
    fn new(inner: R) -> Self {
        Self { inner, sum: Sha256::new(), bytes: 0 }
    }

    fn digest(self) -> String {
        let sum = hex(&self.sum.finalize());
        sum.trim_start_matches("sha256:").to_owned()
    }
}

impl<R: Read> Read for Summing<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(to)?;
        self.sum.update(to.get(..n).unwrap_or_default());
        self.bytes += n as u64;
        Ok(n)
    }
}

/// An archive being written.
pub(super) struct Packer<W: io::Write> {
    tar: tar::Builder<W>,
}

impl<W: io::Write> Packer<W> {
    pub fn new(to: W) -> Self {
        Self { tar: tar::Builder::new(to) }
    }

    /// Adds a file under a name.
    pub fn add(&mut self, name: &str, path: &Path, manifest: &mut Manifest) -> io::Result<()> {
        let file = open_blob(path)?;
        let length = file.metadata()?.len();
        let mut read = Summing::new(file.take(length));
        self.tar.append_data(&mut header(length), name, &mut read)?;
        if read.bytes != length {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "it became shorter while it was read"));
        }
        let bytes = read.bytes;
        manifest.files.push(Entry { path: name.to_owned(), bytes, sha256: read.digest() });
        Ok(())
    }

    /// Ends the archive with the list of what is in it.
    pub fn finish(mut self, manifest: &Manifest) -> io::Result<W> {
        let text = serde_json::to_vec_pretty(manifest)?;
        self.tar.append_data(&mut header(text.len() as u64), MANIFEST, text.as_slice())?;
        self.tar.into_inner()
    }
}

fn header(length: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(tar::EntryType::Regular);
    header.set_mode(0o600);
    header.set_size(length);
    header
}

/// Opens a backup to read; whether it begins as a sealed one.
fn opened(path: &Path) -> Result<(BufReader<File>, bool), Failure> {
    let unread = |e: io::Error| {
        Failure::state(format!("The backup cannot be read: {e}.")).at(path.display().to_string())
    };
    let mut file = BufReader::new(open_blob(path).map_err(unread)?);
    let sealed = file.fill_buf().map_err(unread)?.starts_with(SEALED);
    Ok((file, sealed))
}

/// Whether only certain keys open a backup.
pub fn is_sealed(path: &Path) -> Result<bool, Failure> {
    opened(path).map(|(_, sealed)| sealed)
}

/// What a backup holds, in clear: nothing of it is written anywhere by this.
fn in_clear(path: &Path, keys: &[Unseal]) -> Result<Box<dyn Read>, Failure> {
    let (file, sealed) = opened(path)?;
    if !sealed {
        return Ok(Box::new(file));
    }
    let clear = unsealing(file, keys).map_err(|e| match e {
        UnsealError::OtherKeys => Failure::verification(
            "This key does not open the backup: it was encrypted for others, or its head was changed.",
        )
        .at(path.display().to_string())
        .hint("--identity FILE names another key. What was made before a key was rotated needs the old one."),
        UnsealError::Damaged(why) => {
            bad(path, &format!("the head of its encryption is damaged ({})", Shown(&why)))
        }
    })?;
    Ok(Box::new(clear))
}

fn bad(path: &Path, why: &str) -> Failure {
    Failure::verification(format!("The backup does not hold: {why}."))
        .at(path.display().to_string())
        .hint("Take an older backup; what is left of this one opens with tar, once `age` has opened it.")
}

/// Nothing but zeros stands behind the end of an archive. Only now has the last of a sealed one been seen.
fn nothing_more(mut rest: impl Read) -> io::Result<bool> {
    let mut some = [0; 8192];
    loop {
        let n = rest.read(&mut some)?;
        if n == 0 {
            return Ok(true);
        }
        if some.iter().take(n).any(|byte| *byte != 0) {
            return Ok(false);
        }
    }
}

/// Reads an archive through and compares every file with the list. What is no attachment is laid into `into`, and
/// those too where `all`: then everything is flushed.
pub(super) fn unpack(path: &Path, keys: &[Unseal], into: &Path, all: bool) -> Result<Manifest, Failure> {
    let bad = |why: String| bad(path, &why);
    let mut archive = tar::Archive::new(in_clear(path, keys)?);
    let mut found: Vec<Entry> = Vec::new();
    let mut manifest: Option<Manifest> = None;
    let damaged = |e: &io::Error| bad(format!("it is damaged or no backup ({})", Shown(&e.to_string())));
    for entry in archive.entries().map_err(|e| damaged(&e))? {
        let mut entry = entry.map_err(|e| damaged(&e))?;
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let shown = Shown(&name).clip(120);
        if manifest.is_some() {
            return Err(bad(format!("{shown} stands behind its end")));
        }
        if entry.header().entry_type() != tar::EntryType::Regular {
            return Err(bad(format!("{shown} is no plain file")));
        }
        if name == MANIFEST {
            let mut text = Vec::new();
            let read = entry.by_ref().take(MOST_MANIFEST).read_to_end(&mut text);
            read.map_err(|e| damaged(&e))?;
            let read: Manifest =
                serde_json::from_slice(&text).map_err(|e| bad(format!("its list is damaged ({e})")))?;
            manifest = Some(read);
            continue;
        }
        if !is_ours(&name) || (!name.starts_with("attachments/") && found.iter().any(|f| f.path == name)) {
            return Err(bad(format!("{shown} does not belong into it")));
        }
        let keep = all || !name.starts_with("attachments/");
        let mut read = Summing::new(entry);
        let laid = if keep {
            lay(&into.join(&name), &mut read, all)
        } else {
            io::copy(&mut read, &mut io::sink()).map(drop)
        };
        laid.map_err(|e| bad(format!("{shown} cannot be taken out of it ({e})")))?;
        let bytes = read.bytes;
        found.push(Entry { path: name, bytes, sha256: read.digest() });
    }
    if !nothing_more(archive.into_inner()).map_err(|e| damaged(&e))? {
        return Err(bad("something stands behind its end".to_owned()));
    }
    let manifest = manifest.ok_or_else(|| bad("its end is missing, it was cut short".to_owned()))?;
    if manifest.format != FORMAT {
        return Err(bad(format!("its form {} is not known here", manifest.format))
            .hint("Install a newer Latchkey to read it."));
    }
    compare(&found, &manifest).map_or(Ok(()), |why| Err(bad(why)))?;
    Ok(manifest)
}

/// The first difference between what is there and what should be.
fn compare(found: &[Entry], manifest: &Manifest) -> Option<String> {
    for (there, listed) in found.iter().zip(&manifest.files) {
        let name = Shown(&listed.path).clip(120);
        if there.path != listed.path {
            return Some(format!("{name} is missing or out of place"));
        }
        if there != listed {
            return Some(format!("{name} was changed"));
        }
        let own = listed.path.strip_prefix("attachments/").and_then(|rest| rest.split_once('/'));
        if own.is_some_and(|(_, sum)| sum != listed.sha256) {
            return Some(format!("{name} is not what was taken in"));
        }
    }
    match (found.get(manifest.files.len()), manifest.files.get(found.len())) {
        (Some(more), _) => Some(format!("{} is not in its list", Shown(&more.path).clip(120))),
        (None, Some(less)) => Some(format!("{} is missing", Shown(&less.path).clip(120))),
        (None, None) => None,
    }
}

/// Whether a name is one that a backup holds: nothing that leads elsewhere, and no private key.
fn is_ours(name: &str) -> bool {
    let plain = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    let parts: Vec<&str> = name.split('/').collect();
    plain
        && match parts.as_slice() {
            ["desk.db" | "policy.toml" | "config.toml"] | ["keys", "root.pub.pem"] => true,
            ["letters", file] => !file.starts_with('.'),
            ["attachments", part, sum] => {
                sum.len() == 64 && sum.starts_with(part) && sum.bytes().all(|b| b.is_ascii_hexdigit())
            }
            _ => false,
        }
}

/// Writes a new file, and the folder that it lies in.
fn lay(path: &Path, from: &mut impl Read, flushed: bool) -> io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let mut file = File::options().write(true).create_new(true).mode(0o600).open(path)?;
    io::copy(from, &mut file)?;
    file.flush()?;
    if flushed {
        file.sync_all()?;
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}
