//! The log as a folder of files (C2SP tlog-tiles): written once and added to, the checkpoint last. Whoever reads
//! the folder at any moment finds a checkpoint and every file under it.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::{Desk, Failure};
use crate::audit::{Checkpoint, Hash, Tile, TileWriter, VerifierKey, bundle, leaf_hash, root_of};
use crate::domain::Role;
use crate::store::desk::leaves;
use crate::words::Phrase;

/// Where a file is written before it has its name; on the same file system, and empty between two exports.
const NEW: &str = ".new";
/// The signed head.
const CHECKPOINT: &str = "checkpoint";

/// What an export came to.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Exported {
    /// How many leaves the folder now has.
    pub size: u64,
    /// How many it had before.
    pub before: u64,
    /// Files that were written.
    pub files: u64,
    /// The signed head.
    #[serde(skip)]
    pub note: String,
}

impl Desk {
    /// Brings a folder up to the log's head. What is there already is compared with it first.
    pub fn export_log(&mut self, folder: &Path) -> Result<Exported, Failure> {
        self.require(&[Role::Agent, Role::Approver, Role::Custodian, Role::Auditor], "export the log")?;
        let whole = self.whole_log()?;
        let before = self.goes_on(folder, &whole.hashes)?;
        let (head, note) = self.head_over(&whole, whole.head.size)?;
        let out = Out::new(folder, before)?;
        let mut files = 0;
        let mut writer = TileWriter::new();
        for hash in &whole.hashes {
            for (tile, bytes) in writer.push(hash) {
                files += out.once(tile, || Ok(bytes.clone()))?;
            }
        }
        for (tile, bytes) in writer.finish() {
            files += out.once(tile, || Ok(bytes.clone()))?;
        }
        for tile in Tile::bundles(0, head.size) {
            files += out.once(tile, || self.leaves_of(tile, &whole.hashes))?;
        }
        out.durable()?;
        out.put(&folder.join(CHECKPOINT), note.as_bytes(), true)?;
        out.durable()?;
        out.close()?;
        Ok(Exported { size: head.size, before, files: files + 1, note })
    }

    /// A bundle's bytes, each leaf compared with its hash.
    fn leaves_of(&self, tile: Tile, hashes: &[Hash]) -> Result<Vec<u8>, Failure> {
        let lines = leaves::lines(self.db(), tile.first(), tile.first() + tile.width)?;
        let first = usize::try_from(tile.first()).unwrap_or(usize::MAX);
        let known = hashes.get(first..).unwrap_or_default();
        let fits =
            lines.len() as u64 == tile.width && lines.iter().zip(known).all(|(l, h)| leaf_hash(l) == *h);
        let bytes = bundle(lines.iter().map(Vec::as_slice)).filter(|_| fits);
        bytes.ok_or_else(|| {
            Failure::verification(Phrase::of("proven-broken").whole()).hint(Phrase::of("hint-log-broken"))
        })
    }

    /// How many leaves the folder has, where this log goes on from them.
    fn goes_on(&self, folder: &Path, hashes: &[Hash]) -> Result<u64, Failure> {
        let path = folder.join(CHECKPOINT);
        let note = match std::fs::read_to_string(&path) {
            Ok(note) => note,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(0),
            Err(e) => return Err(io(&path, &e)),
        };
        let place = path.display().to_string();
        let head = Checkpoint::open_by(&note, &self.log_keys()).map_err(|e| {
            Failure::verification(Phrase::of("fail-tiles-strange").with("why", e.phrase())).at(place.clone())
        })?;
        let known = usize::try_from(head.size).ok().and_then(|size| hashes.get(..size));
        if known.is_some_and(|part| root_of(part) == head.root) {
            return Ok(head.size);
        }
        let words = Phrase::of("fail-tiles-fork").with("size", head.size.to_string());
        Err(Failure::verification(words).at(place).hint(Phrase::of("hint-tiles-fork")))
    }
}

/// A folder that is written into.
struct Out<'a> {
    folder: &'a Path,
    new: PathBuf,
    /// How many leaves the checkpoint speaks of that is there: what lies under it is durable.
    before: u64,
}

impl<'a> Out<'a> {
    fn new(folder: &'a Path, before: u64) -> Result<Self, Failure> {
        let new = folder.join(NEW);
        // What a killed export left.
        match std::fs::remove_dir_all(&new) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(io(&new, &e)),
            _ => std::fs::create_dir_all(&new).map_err(|e| io(&new, &e))?,
        }
        Ok(Self { folder, new, before })
    }

    /// Writes a tile unless it is there: a tile never changes. One that no checkpoint speaks of yet may be what a
    /// power cut left, and is written again. Gives how many files were written.
    fn once(&self, tile: Tile, bytes: impl FnOnce() -> Result<Vec<u8>, Failure>) -> Result<u64, Failure> {
        let path = self.folder.join(tile.path());
        if tile.last() <= self.before && path.exists() {
            return Ok(0);
        }
        self.put(&path, &bytes()?, false)?;
        Ok(1)
    }

    /// A file with its whole content, or none; after a power cut too where `flushed`.
    fn put(&self, path: &Path, bytes: &[u8], flushed: bool) -> Result<(), Failure> {
        let parent = path.parent().unwrap_or(self.folder);
        let done = || {
            std::fs::create_dir_all(parent)?;
            let mut file = tempfile::Builder::new().permissions(readable()).tempfile_in(&self.new)?;
            file.write_all(bytes)?;
            if flushed {
                file.as_file().sync_all()?;
            }
            file.persist(path).map_err(|e| e.error)
        };
        done().map(|_| ()).map_err(|e| io(path, &e))
    }

    /// Everything written so far outlives a power cut: in one call, for there may be thousands of files.
    fn durable(&self) -> Result<(), Failure> {
        let folder = std::fs::File::open(self.folder).map_err(|e| io(self.folder, &e))?;
        #[cfg(target_os = "linux")]
        rustix::fs::syncfs(&folder).map_err(|e| io(self.folder, &e.into()))?;
        #[cfg(not(target_os = "linux"))]
        rustix::fs::sync();
        folder.sync_all().map_err(|e| io(self.folder, &e))
    }

    fn close(self) -> Result<(), Failure> {
        std::fs::remove_dir_all(&self.new).map_err(|e| io(&self.new, &e))
    }
}

/// The log is for others to read: it names nobody.
fn readable() -> std::fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o644)
}

/// The hashes of all leaves in a folder of tiles, and its checkpoint. Believed are they only by whoever compares
/// them with it.
pub fn read_folder(folder: &Path) -> Result<(String, Vec<Hash>), Failure> {
    let path = folder.join(CHECKPOINT);
    let note = std::fs::read_to_string(&path).map_err(|e| io(&path, &e))?;
    let size = Checkpoint::parse(&note).map_err(|e| not_a_head(&path, &e))?.size;
    let mut hashes = Vec::new();
    for tile in Tile::of_leaves(size) {
        let full = Tile { width: 256, ..tile };
        // A partial tile may be gone once the full one is there.
        let path = Some(folder.join(tile.path())).filter(|p| p.exists());
        let path = path.unwrap_or_else(|| folder.join(full.path()));
        let bytes = std::fs::read(&path).map_err(|e| io(&path, &e))?;
        let (tiles, odd) = bytes.as_chunks::<32>();
        let wanted = usize::try_from(tile.width).ok().and_then(|width| tiles.get(..width));
        let wanted = wanted
            .filter(|_| odd.is_empty())
            .ok_or_else(|| Failure::verification(Phrase::of("fail-tile")).at(path.display().to_string()))?;
        hashes.extend_from_slice(wanted);
    }
    Ok((note, hashes))
}

/// A folder of tiles whose checkpoint one of these keys signed and whose hashes lead to its root.
pub fn open_folder(folder: &Path, keys: &[VerifierKey]) -> Result<(String, Checkpoint, Vec<Hash>), Failure> {
    let (note, hashes) = read_folder(folder)?;
    let place = folder.join(CHECKPOINT);
    let head = Checkpoint::open_by(&note, keys).map_err(|e| not_a_head(&place, &e))?;
    if root_of(&hashes) == head.root {
        Ok((note, head, hashes))
    } else {
        Err(Failure::verification(Phrase::of("fail-tiles-root")).at(folder.display().to_string()))
    }
}

fn not_a_head(path: &Path, e: &crate::audit::CheckpointError) -> Failure {
    let words = Phrase::of("fail-tiles-strange").with("why", e.phrase());
    Failure::verification(words).at(path.display().to_string())
}

pub(super) fn io(path: &Path, e: &std::io::Error) -> Failure {
    Failure::state(Phrase::of("fail-proof-file").with("why", e)).at(path.display().to_string())
}
