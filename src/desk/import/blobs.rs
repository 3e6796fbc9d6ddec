//! Attachments on disk, named by their content. The file is durable before any row speaks of it.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use crate::desk::blobs::weigh;
use crate::desk::{Failure, Folder};
use crate::intake::LoadedAttachment;
use crate::words::Phrase;

/// Where a blob of this digest lies.
pub(in crate::desk) fn place(folder: &Folder, sha256: &[u8; 32]) -> std::path::PathBuf {
    let hex = super::hex(sha256);
    let name = hex.strip_prefix("sha256:").unwrap_or(&hex);
    folder.attachments().join(name.get(..2).unwrap_or("00")).join(name)
}

/// Keeps a file that was loaded.
pub(super) fn keep(folder: &Folder, file: &LoadedAttachment) -> Result<(), Failure> {
    keep_bytes(folder, &file.sha256, &file.data)
}

/// Keeps a blob: temporary file, fsync, rename, fsync of the folder. The same bytes are kept once.
pub(super) fn keep_bytes(folder: &Folder, sha256: &[u8; 32], data: &[u8]) -> Result<(), Failure> {
    let path = place(folder, sha256);
    let parent = path.parent().unwrap_or(Path::new("."));
    let fail = |e: std::io::Error| {
        Failure::state(Phrase::of("fail-attachment-unkept").with("why", &e)).at(path.display().to_string())
    };
    // What lies there under this name but is something else is put right by what was given now.
    if weigh(folder, sha256).is_ok() {
        // Young again: what nobody names yet is swept once it is old.
        let _ = File::open(&path).and_then(|file| file.set_modified(std::time::SystemTime::now()));
        // Whoever laid it there may have been killed before it was durable.
        return durable(parent).map_err(fail);
    }
    std::fs::create_dir_all(parent).map_err(fail)?;
    let mut temporary = tempfile::NamedTempFile::new_in(parent).map_err(fail)?;
    temporary.write_all(data).map_err(fail)?;
    temporary.as_file().sync_all().map_err(fail)?;
    temporary.persist(&path).map_err(|e| fail(e.error))?;
    durable(parent).map_err(fail)
}

/// The names in a folder, and its own name.
fn durable(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()?;
    folder.parent().map_or(Ok(()), |above| File::open(above)?.sync_all())
}
