//! What stays when a desk is restored in its place, since no backup holds it: keys, the heads that were seen, the lists,
//! and what people typed.

use std::io;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;

use crate::desk::folders::{inside, list};
use crate::desk::{Failure, Folder};
use crate::store::whole::{Depth, faults};
use crate::store::{self, FileKind, Purpose, StoreError, copy, registry};

/// What became of the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Lists {
    /// They are those of the desk before.
    Kept,
    /// There are none: they are to be imported again.
    Empty,
    /// Those of the desk before cannot be read whole, or there was no room for them: they are to be imported again.
    Lost,
}

/// Keys and the heads that were seen stay: a backup holds none, and must not make anybody forget.
pub(super) fn carry_keys(from: &Folder, to: &Folder) -> Result<(), Failure> {
    // What is there and cannot be read is not what is not there: a key that is left behind is lost.
    let unread = |path: &Path, e: &io::Error| {
        Failure::state(format!("A key cannot be carried over: {e}.")).at(path.display().to_string())
    };
    let root = |folder: &Folder| {
        let path = folder.keys().join("root.pub.pem");
        match std::fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(unread(&path, &e)),
        }
    };
    let (here, there) = (root(from)?, root(to)?);
    if here.is_some() && there.is_some() && here != there {
        return Err(Failure::state("The backup is of another desk than the one in this folder.")
            .at(from.path().display().to_string())
            .hint("Nothing was changed. Name an empty folder with --desk."));
    }
    for key in list(&from.keys()).map_err(|e| unread(&from.keys(), &e))? {
        let place = to.keys().join(key.file_name());
        if !place.exists() {
            std::fs::copy(key.path(), &place).map_err(|e| unread(&key.path(), &e))?;
        }
    }
    Ok(())
}

/// The lists stay where they are whole: whoever restores needs them at once, and others sent them, so that no backup
/// has newer ones. What they may not be believed for is asked elsewhere, wherever they come from.
pub(super) fn carry_lists(from: &Folder, to: &Folder) -> Result<Lists, Failure> {
    let (old, new) = (from.registry_db(), to.registry_db());
    match has_lists(&old) {
        Ok(true) => {}
        Ok(false) => return Ok(Lists::Empty),
        Err(_) => return Ok(Lists::Lost),
    }
    remove(&new)?;
    let copied = copy::copy_whole(&old, &new, FileKind::Registry)
        .and_then(|()| store::open(&new, Purpose::Unpacked, FileKind::Registry));
    let copied = copied.and_then(|opened| faults(&opened.conn, Depth::Pages));
    if copied.is_ok_and(|faults| faults.is_empty()) {
        return Ok(Lists::Kept);
    }
    for ending in ["", "-wal", "-shm"] {
        let mut name = new.clone().into_os_string();
        name.push(ending);
        remove(Path::new(&name))?;
    }
    store::open(&new, Purpose::Create, FileKind::Registry)?;
    Ok(Lists::Lost)
}

/// Whether any list was imported there.
fn has_lists(registry: &Path) -> Result<bool, StoreError> {
    if !registry.exists() {
        return Ok(false);
    }
    let read = match store::open(registry, Purpose::Read, FileKind::Registry) {
        // Of an older program: it is brought up to date once it is copied.
        Err(StoreError::Older { .. }) => return Ok(true),
        read => read?,
    };
    let status = registry::status(&read.conn, false)?;
    Ok(status.lists.iter().any(|list| list.imported_at.is_some()))
}

fn remove(file: &Path) -> Result<(), Failure> {
    match std::fs::remove_file(file) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => {
            Err(Failure::state(format!("The desk cannot be restored: {e}.")).at(file.display().to_string()))
        }
        _ => Ok(()),
    }
}

/// What people typed stays, as far as it can be read: it lies in the desk before, too.
pub(super) fn carry_drafts(from: &Folder, to: &Folder) {
    for person in inside(&from.drafts()).unwrap_or_default() {
        let place = to.drafts().join(person.file_name());
        let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&place);
        for draft in list(&person.path()).unwrap_or_default() {
            if made.is_ok() && draft.file_type().is_ok_and(|kind| kind.is_file()) {
                let _ = std::fs::copy(draft.path(), place.join(draft.file_name()));
            }
        }
    }
}
