//! Backups: one file with everything that must not be lost, made while others work, and read back before anybody
//! hears that there is one. Private keys stay with their owners, and the registry can be imported again.

mod archive;
mod carried;
mod keys;
mod restore;
pub(super) mod workplace;

use std::collections::HashSet;
use std::fs::{DirEntry, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

pub use archive::is_sealed;
use archive::{Manifest, Packer, unpack};
use base64ct::{Base64, Encoding as _};
pub use carried::Lists;
pub use keys::read_keys;
pub(super) use restore::replaced;
pub use restore::{Restored, restore};
use rustix::io::Errno;
use tempfile::NamedTempFile;
use workplace::Workplace;

use super::folders::list;
use super::{Desk, Failure, Folder, Options, blobs, import};
use crate::audit::{Draft, Info};
use crate::authority::{SealTo, Unseal, sealing};
use crate::domain::{Role, Time};
use crate::env::Env;
use crate::store::desk::pictures;
use crate::store::whole::{Depth, faults};
use crate::store::{self, FileKind, Purpose, StoreError, cipher, copy};
use crate::words::Phrase;

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Backup {
    /// Whether it holds what it says.
    pub ok: bool,
    /// The desk's UUID.
    pub desk: String,
    /// When it was made.
    pub made_at: String,
    /// Leaves of its log.
    pub leaves: u64,
    /// The root over them, base64.
    pub root: String,
    /// Files in it.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Digests of evidence that was lost before the backup was made.
    pub lost: Vec<String>,
    /// Whether only certain keys open it.
    pub encrypted: bool,
    /// Whose keys those are; the file itself does not say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub readers: Vec<String>,
}

impl Backup {
    fn of(manifest: Manifest) -> Self {
        Self {
            ok: true,
            desk: manifest.desk,
            made_at: manifest.made_at,
            leaves: manifest.leaves,
            root: manifest.root,
            files: manifest.files.len() as u64,
            bytes: manifest.files.iter().map(|file| file.bytes).sum(),
            lost: manifest.lost.into_iter().collect(),
            encrypted: false,
            readers: Vec::new(),
        }
    }
}

impl Desk {
    /// Backs the desk up into a new file. Others go on working; what they do meanwhile is not in it. With `seal` only
    /// the custodians open it, and those.
    pub fn backup(&mut self, file: &Path, seal: Option<&[SealTo]>) -> Result<Backup, Failure> {
        self.not_rolled_back()?;
        self.require(&[Role::Custodian], "back the desk up")?;
        if self.readonly {
            return Err(
                Failure::refused(Phrase::of("fail-readonly")).hint(Phrase::of("hint-without-readonly"))
            );
        }
        if file.exists() {
            return Err(Failure::state("There is such a file already.")
                .at(file.display().to_string())
                .hint("Nothing was changed. Name a new file: a backup never replaces another."));
        }
        // The leaf of it is signed: who cannot sign makes none.
        self.signing_key()?;
        let readers = seal.map(|more| self.readers(more)).transpose()?;
        let fail = |e: &io::Error| {
            Failure::state(format!("The backup cannot be written: {e}.")).at(file.display().to_string())
        };
        let folder = parent(file);
        let beside = Workplace::new_in(folder).map_err(|e| fail(&e))?;
        // No database is opened where the backup goes: that may be a network's disk or a stick, and what only some may
        // read is never written there in clear, not even for a moment.
        let own = Workplace::new_in(self.folder.path()).map_err(|e| {
            Failure::state(format!("There is no room to make the backup in: {e}.")).at(self
                .folder
                .path()
                .display()
                .to_string())
        })?;
        let copied = own.path().join("desk.db");
        copy::copy_whole(&self.folder.desk_db(), &copied, FileKind::Desk)?;
        let mut manifest = Manifest::new(&self.id, self.now().to_string());
        let archive = NamedTempFile::new_in(beside.path()).map_err(|e| fail(&e))?;
        // A sealed backup is read back by a key that nobody keeps: it may be made where nobody types a passphrase.
        let once = readers.as_ref().map(|_| Unseal::once());
        let to = readers.iter().flatten().map(|(_, to)| to.clone()).chain(once.iter().map(Unseal::to));
        let to: Vec<SealTo> = to.collect();
        self.write(&archive, &copied, &to, &mut manifest).map_err(|e| match e {
            Packed::Io(e) => fail(&e),
            Packed::Failed(failure) => failure,
        })?;
        archive.as_file().sync_all().map_err(|e| fail(&e))?;
        let read = look_into(archive.path(), own.path(), false, once.as_slice())?;
        put_in_place(archive, file).map_err(|e| fail(&e))?;
        sync(folder).map_err(|e| fail(&e))?;
        let readers = readers.into_iter().flatten().map(|(name, _)| name).collect();
        let backup = Backup { encrypted: once.is_some(), readers, ..Backup::of(read) };
        // One that the log does not know of must not be.
        self.log_backup(&backup).inspect_err(|_| drop(std::fs::remove_file(file)))?;
        Ok(backup)
    }

    /// Writes the archive, sealed if it is for somebody.
    fn write(
        &self,
        archive: &NamedTempFile,
        copied: &Path,
        to: &[SealTo],
        manifest: &mut Manifest,
    ) -> Result<(), Packed> {
        let out = BufWriter::new(archive.as_file());
        let mut out = if to.is_empty() {
            self.pack(out, copied, manifest)?
        } else {
            self.pack(sealing(to, out)?, copied, manifest)?.finish()?
        };
        Ok(out.flush()?)
    }

    fn pack<W: Write>(&self, out: W, copied: &Path, manifest: &mut Manifest) -> Result<W, Packed> {
        let db = store::open(copied, Purpose::Read, FileKind::Desk).map_err(Failure::from)?.conn;
        let head = store::desk::journal::Journal::open(&db).map_err(Failure::from)?.head().clone();
        manifest.leaves = head.size();
        manifest.root = Base64::encode_string(&head.root());
        let named = named(&db)?;
        drop(db);
        let mut packer = Packer::new(out);
        packer.add("desk.db", copied, manifest)?;
        packer.add("keys/root.pub.pem", &self.folder.keys().join("root.pub.pem"), manifest)?;
        for (name, path) in [("policy.toml", self.folder.policy()), ("config.toml", self.folder.config())] {
            if path.exists() {
                packer.add(name, &path, manifest)?;
            }
        }
        let mut letters = list(&self.folder.letters())?;
        letters.sort_by_key(DirEntry::file_name);
        for letter in letters {
            let name = letter.file_name();
            if let Some(name) = name.to_str().filter(|n| !n.starts_with('.') && letter.path().is_file()) {
                packer.add(&format!("letters/{name}"), &letter.path(), manifest)?;
            }
        }
        for sum in named {
            let hex = hex_of(&sum);
            if blobs::weigh(&self.folder, &sum).is_err() {
                manifest.lost.insert(hex);
                continue;
            }
            let name = format!("attachments/{}/{hex}", hex.get(..2).unwrap_or("00"));
            packer.add(&name, &import::place(&self.folder, &sum), manifest)?;
        }
        Ok(packer.finish(manifest)?)
    }

    fn log_backup(&mut self, backup: &Backup) -> Result<(), Failure> {
        let number = |n: u64| Info::Number(i64::try_from(n).unwrap_or(i64::MAX));
        let readers: Vec<&str> = backup.readers.iter().map(String::as_str).collect();
        self.act(|act| {
            let mut draft = Draft::new("desk.backed-up", act.actor)
                .info("bytes", number(backup.bytes))
                .info("files", number(backup.files))
                .info("leaves", number(backup.leaves))
                .info("root", Info::Text(&backup.root));
            if backup.encrypted {
                draft = draft.info("readers", Info::Texts(&readers));
            }
            act.log(draft, None).map(drop)
        })
    }
}

/// Why packing stopped.
enum Packed {
    Io(io::Error),
    Failed(Failure),
}

impl From<io::Error> for Packed {
    fn from(e: io::Error) -> Self {
        Self::Io(e)
    }
}

impl From<Failure> for Packed {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// Reads a backup through; a failure names what does not hold. It needs no desk, and keys where it is encrypted.
pub fn verify(file: &Path, keys: &[Unseal]) -> Result<Backup, Failure> {
    let place = Workplace::new_in(&std::env::temp_dir())
        .map_err(|e| Failure::state(format!("There is no room to look into the backup: {e}.")))?;
    let read = look_into(file, place.path(), false, keys)?;
    Ok(Backup { encrypted: is_sealed(file)?, ..Backup::of(read) })
}

/// Takes a backup apart below `dir` and looks whether it is a whole desk: every file, the database, the log, every
/// signed row. It leaves the desk in `dir/desk`, with its attachments where `all`.
fn look_into(file: &Path, dir: &Path, all: bool, keys: &[Unseal]) -> Result<Manifest, Failure> {
    let folder = Folder::new(dir.join("desk"));
    let manifest = unpack(file, keys, folder.path(), all)?;
    let bad = |why: String| {
        Failure::verification(format!("The backup does not hold: {why}."))
            .at(file.display().to_string())
            .hint("Take an older backup; what is left of this one opens with tar.")
    };
    // A backup of a plain desk, looked at where desks are encrypted: from here on it is one, too.
    cipher::lock_copy(&folder.desk_db())?;
    let read = || store::open(&folder.desk_db(), Purpose::Read, FileKind::Desk);
    let opened = match read() {
        // An older program made it: nobody else is to read it in its old form.
        Err(StoreError::Older { .. }) => {
            store::open(&folder.desk_db(), Purpose::Unpacked, FileKind::Desk).and_then(|_| read())
        }
        opened => opened,
    };
    let db = opened.map_err(|e| match e {
        // That is said of the place where we look, and of no backup.
        StoreError::Network { .. } => Failure::from(e),
        e => bad(format!("desk.db does not open ({e})")),
    });
    let db = db?.conn;
    let faults = faults(&db, Depth::Indexes).map_err(|e| bad(format!("desk.db cannot be read ({e})")))?;
    if let Some(fault) = faults.first() {
        return Err(bad(fault.phrase(FileKind::Desk).to_string()));
    }
    let listed: HashSet<&str> = manifest.files.iter().filter_map(|f| f.path.rsplit('/').next()).collect();
    for sum in named(&db)? {
        let hex = hex_of(&sum);
        if !listed.contains(hex.as_str()) && !manifest.lost.contains(&hex) {
            return Err(bad(format!("the attachment {hex} is missing")));
        }
    }
    drop(db);
    store::open(&folder.registry_db(), Purpose::Create, FileKind::Registry)?;
    // A world without memory: whether somebody has seen more of this desk is no fault of the backup.
    let options = Options {
        folder,
        agent: None,
        readonly: true,
        env: Env::fixed(Time(0)),
        ask_passphrase: Box::new(|_| Err(Failure::fault("A backup is read without keys."))),
    };
    let mut desk =
        Desk::open(options).map_err(|e| bad(format!("no desk can be opened from it ({})", e.what)))?;
    let verdict = desk.verify_but_indexes()?;
    if !verdict.ok {
        return Err(bad(format!("its log is broken ({})", verdict.reason)));
    }
    if (verdict.size, &verdict.root, &desk.id) != (manifest.leaves, &manifest.root, &manifest.desk) {
        return Err(bad("its log is not the one that its list names".to_owned()));
    }
    Ok(manifest)
}

/// Digests of all files that the evidence names, each once.
fn named(db: &store::Db) -> Result<Vec<[u8; 32]>, Failure> {
    let mut sums = Vec::new();
    pictures::each_file(db, |file| {
        sums.push(file.sha256);
        true
    })?;
    sums.dedup();
    Ok(sums)
}

fn hex_of(sum: &[u8; 32]) -> String {
    import::hex(sum).trim_start_matches("sha256:").to_owned()
}

pub(super) fn parent(file: &Path) -> &Path {
    file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Gives a finished file its name, which nothing has yet.
fn put_in_place(made: NamedTempFile, file: &Path) -> io::Result<()> {
    let Err(failed) = made.persist_noclobber(file) else { return Ok(()) };
    let (why, made) = (failed.error, failed.file);
    let cannot = matches!(
        Errno::from_io_error(&why),
        Some(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP | Errno::PERM | Errno::MLINK)
    );
    if !cannot {
        return Err(why);
    }
    // Some file systems of networks and sticks know neither a link nor a rename that replaces nothing.
    File::create_new(file)?;
    made.persist(file).map(drop).map_err(|e| {
        let _ = std::fs::remove_file(file);
        e.error
    })
}

/// Some of those flush no folders, either.
fn sync(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        Err(e) if Errno::from_io_error(&e) == Some(Errno::INVAL) => Ok(()),
        done => done,
    }
}
