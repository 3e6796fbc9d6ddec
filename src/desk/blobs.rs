//! Whether the files of evidence are still those that were taken in: one by one where they are shown, and all at once.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use rustix::fs::{FileType, Mode, OFlags, fstat, open};
use rustix::io::Errno;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::sweep::strays;
use super::{Desk, Failure, Folder, import};
use crate::audit::{Draft, Info};
use crate::domain::{Attachment, Role};
use crate::store::desk::pictures;
use crate::words::Phrase;

/// Files between two looks at whether to go on.
const EACH: u64 = 64;
/// Items that a verdict names; the rest is counted.
const MOST_NAMED: usize = 1_000;

/// What is wrong with a file of the evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Harm {
    /// It is not there.
    Missing,
    /// It is not what was taken in.
    Changed,
    /// It cannot be read.
    Unreadable,
}

/// An item of evidence whose file is harmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Harmed {
    /// The ticket.
    pub ticket: i64,
    /// The item's number.
    pub evidence: Option<i64>,
    /// The mail that it came with, where nobody has made evidence of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail: Option<i64>,
    /// SHA-256 of what was taken in.
    pub sha256: String,
    /// What is wrong.
    pub harm: Harm,
}

/// What a walk over all files found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct BlobVerdict {
    /// Every file is there and is what was taken in.
    pub ok: bool,
    /// Files that evidence names; the same bytes count once.
    pub files: u64,
    /// Their bytes together.
    pub bytes: u64,
    /// Items whose file is harmed, by digest; a thousand at most.
    pub harmed: Vec<Harmed>,
    /// How many there are.
    pub harmed_items: u64,
    /// Files in the folder that no evidence names: an import was cut off. They do no harm.
    pub strays: u64,
}

/// Opens a blob to read: a regular file and nothing that leads elsewhere or waits for somebody.
pub(super) fn open_blob(path: &Path) -> io::Result<File> {
    let file =
        open(path, OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC, Mode::empty())?;
    if FileType::from_raw_mode(fstat(&file)?.st_mode) != FileType::RegularFile {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "it is no regular file"));
    }
    Ok(File::from(file))
}

/// What is wrong with the file of an attachment, if anything is.
pub(super) fn harm(folder: &Folder, file: &Attachment) -> Option<Harm> {
    weigh(folder, &file.sha256).err()
}

/// Reads a blob through; its length where it is whole.
pub(super) fn weigh(folder: &Folder, sha256: &[u8; 32]) -> Result<u64, Harm> {
    let sum = |path: &Path| -> io::Result<(u64, [u8; 32])> {
        let mut file = open_blob(path)?;
        let (mut hasher, mut length, mut part) = (Sha256::new(), 0, vec![0; 64 * 1024]);
        loop {
            match file.read(&mut part)? {
                0 => return Ok((length, hasher.finalize().into())),
                n => {
                    hasher.update(part.get(..n).unwrap_or_default());
                    length += n as u64;
                }
            }
        }
    };
    match sum(&import::place(folder, sha256)) {
        Ok((length, found)) if found == *sha256 => Ok(length),
        Ok(_) => Err(Harm::Changed),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Err(Harm::Missing),
        // A link or a pipe is not what was laid there.
        Err(e) if e.kind() == io::ErrorKind::InvalidData => Err(Harm::Changed),
        Err(e) if e.raw_os_error() == Some(Errno::LOOP.raw_os_error()) => Err(Harm::Changed),
        Err(_) => Err(Harm::Unreadable),
    }
}

impl Desk {
    /// Reads every file of evidence and compares it with the digest it was taken in by. It is logged. `go_on` hears
    /// how many items were compared, and says whether to go on.
    pub fn verify_evidence(&mut self, go_on: &mut dyn FnMut(u64) -> bool) -> Result<BlobVerdict, Failure> {
        self.require(Role::ALL, "verify the evidence")?;
        let mut verdict = BlobVerdict::default();
        let mut known: HashSet<[u8; 32]> = HashSet::new();
        let (mut seen, mut stopped) = (0, false);
        let mut last: Option<([u8; 32], Option<Harm>)> = None;
        let folder = &self.folder;
        pictures::each_file(self.db(), |file| {
            seen += 1;
            if seen % EACH == 0 && !go_on(seen) {
                stopped = true;
                return false;
            }
            let harm = match last {
                Some((sha256, harm)) if sha256 == file.sha256 => harm,
                _ => {
                    let weighed = weigh(folder, &file.sha256);
                    verdict.files += 1;
                    verdict.bytes += weighed.unwrap_or(0);
                    known.insert(file.sha256);
                    weighed.err()
                }
            };
            last = Some((file.sha256, harm));
            if let Some(harm) = harm {
                verdict.harmed_items += 1;
                if verdict.harmed.len() < MOST_NAMED {
                    let sha256 = import::hex(&file.sha256).trim_start_matches("sha256:").to_owned();
                    let (ticket, evidence, mail) = (file.ticket, file.item, file.mail);
                    verdict.harmed.push(Harmed { ticket, evidence, mail, sha256, harm });
                }
            }
            true
        })?;
        if stopped {
            return Err(Failure::state(Phrase::of("fail-verify-stopped")));
        }
        verdict.ok = verdict.harmed_items == 0;
        verdict.strays = strays(&self.folder, &known, true)?.len() as u64;
        self.log_verified(&verdict)?;
        Ok(verdict)
    }

    fn log_verified(&mut self, verdict: &BlobVerdict) -> Result<(), Failure> {
        if self.readonly {
            return Ok(());
        }
        let number = |n: u64| Info::Number(i64::try_from(n).unwrap_or(i64::MAX));
        self.act(|act| {
            let draft = Draft::new("evidence.verified", act.actor)
                .info("files", number(verdict.files))
                .info("harmed", number(verdict.harmed_items));
            act.log(draft, None).map(drop)
        })
    }
}
