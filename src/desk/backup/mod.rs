//! Backups: one file with everything that must not be lost, made while others work, and read back before anybody
//! hears that there is one. Private keys stay with their owners, and the registry can be imported again.

mod archive;
mod restore;

use std::collections::HashSet;
use std::fs::{DirEntry, File};
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use archive::{Manifest, Packer, unpack};
use base64ct::{Base64, Encoding as _};
pub use restore::{Restored, restore};

use super::{Desk, Failure, Folder, Options, blobs, import};
use crate::audit::{Draft, Info};
use crate::domain::{Role, Time};
use crate::env::Env;
use crate::store::desk::pictures;
use crate::store::{self, FileKind, Purpose, cipher, copy};
use crate::words::Phrase;

/// Temporary files beside a backup begin with this.
pub(super) const TEMPORARY: &str = ".latchkey-backup-";

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
        }
    }
}

impl Desk {
    /// Backs the desk up into a new file. Others go on working; what they do meanwhile is not in it.
    pub fn backup(&mut self, file: &Path) -> Result<Backup, Failure> {
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
        let fail = |e: &io::Error| {
            Failure::state(format!("The backup cannot be written: {e}.")).at(file.display().to_string())
        };
        let folder = parent(file);
        let beside = tempfile::Builder::new().prefix(TEMPORARY).tempdir_in(folder).map_err(|e| fail(&e))?;
        let copied = beside.path().join("desk.db");
        copy::copy_whole(&self.folder.desk_db(), &copied)?;
        let mut manifest = Manifest::new(&self.id, self.now().to_string());
        let archive = tempfile::NamedTempFile::new_in(beside.path()).map_err(|e| fail(&e))?;
        self.pack(&archive, &copied, &mut manifest).map_err(|e| match e {
            Packed::Io(e) => fail(&e),
            Packed::Failed(failure) => failure,
        })?;
        archive.as_file().sync_all().map_err(|e| fail(&e))?;
        let read = look_into(archive.path(), beside.path(), false)?;
        archive.persist_noclobber(file).map_err(|e| fail(&e.error))?;
        sync(folder).map_err(|e| fail(&e))?;
        let backup = Backup::of(read);
        self.log_backup(&backup)?;
        Ok(backup)
    }

    fn pack(
        &self,
        archive: &tempfile::NamedTempFile,
        copied: &Path,
        manifest: &mut Manifest,
    ) -> Result<(), Packed> {
        let db = store::open(copied, Purpose::Read, FileKind::Desk).map_err(Failure::from)?.conn;
        let head = store::desk::journal::Journal::open(&db).map_err(Failure::from)?.head().clone();
        manifest.leaves = head.size();
        manifest.root = Base64::encode_string(&head.root());
        let named = named(&db)?;
        drop(db);
        let mut packer = Packer::new(BufWriter::new(archive.as_file()));
        packer.add("desk.db", copied, manifest)?;
        packer.add("keys/root.pub.pem", &self.folder.keys().join("root.pub.pem"), manifest)?;
        for (name, path) in [("policy.toml", self.folder.policy()), ("config.toml", self.folder.config())] {
            if path.exists() {
                packer.add(name, &path, manifest)?;
            }
        }
        let mut letters = inside(&self.folder.letters())?;
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
        packer.finish(manifest)?.flush()?;
        Ok(())
    }

    fn log_backup(&mut self, backup: &Backup) -> Result<(), Failure> {
        let number = |n: u64| Info::Number(i64::try_from(n).unwrap_or(i64::MAX));
        self.act(|act| {
            let draft = Draft::new("desk.backed-up", act.actor)
                .info("bytes", number(backup.bytes))
                .info("files", number(backup.files))
                .info("leaves", number(backup.leaves))
                .info("root", Info::Text(&backup.root));
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

/// Reads a backup through; a failure names what does not hold. It needs no desk and no key.
pub fn verify(file: &Path) -> Result<Backup, Failure> {
    let dir = tempfile::Builder::new()
        .prefix(TEMPORARY)
        .tempdir()
        .map_err(|e| Failure::state(format!("There is no room to look into the backup: {e}.")))?;
    look_into(file, dir.path(), false).map(Backup::of)
}

/// Takes a backup apart below `dir` and looks whether it is a whole desk: every file, the database, the log, every
/// signed row. It leaves the desk in `dir/desk`, with its attachments where `all`.
fn look_into(file: &Path, dir: &Path, all: bool) -> Result<Manifest, Failure> {
    let folder = Folder::new(dir.join("desk"));
    let manifest = unpack(file, folder.path(), all)?;
    let bad = |why: String| {
        Failure::verification(format!("The backup does not hold: {why}."))
            .at(file.display().to_string())
            .hint("Take an older backup; what is left of this one opens with tar.")
    };
    // A backup of a plain desk, looked at where desks are encrypted: from here on it is one, too.
    cipher::lock_copy(&folder.desk_db())?;
    let db = store::open(&folder.desk_db(), Purpose::Read, FileKind::Desk)
        .map_err(|e| bad(format!("desk.db does not open ({e})")))?
        .conn;
    let faults = copy::faults(&db).map_err(|e| bad(format!("desk.db cannot be read ({e})")))?;
    if let Some(fault) = faults.first() {
        return Err(bad(format!("desk.db is damaged ({fault})")));
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
    let verdict = desk.audit_verify(&[])?;
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

fn parent(file: &Path) -> &Path {
    file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// What lies in a folder, nothing where there is none; one that cannot be read is an error and not empty.
fn inside(folder: &Path) -> io::Result<Vec<DirEntry>> {
    match std::fs::read_dir(folder) {
        Ok(entries) => entries.collect(),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(e) => Err(e),
    }
}

fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
