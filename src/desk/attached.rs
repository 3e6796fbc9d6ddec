//! Files of evidence, read back from the folder that keeps them by their content.

use std::io::Read as _;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::blobs::open_blob;
use super::{Desk, Failure, import};
use crate::intake::Caps;
use crate::store::Statements;
use crate::store::desk::evidence;
use crate::words::Phrase;

/// A file as it was taken in.
#[derive(Clone, PartialEq, Eq)]
pub struct Attached {
    /// Its name, as given: show it through [`crate::domain::Shown`].
    pub name: String,
    /// Its bytes, which have the digest that the ticket's row names.
    pub data: Vec<u8>,
}

impl std::fmt::Debug for Attached {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Attached").field("bytes", &self.data.len()).finish_non_exhaustive()
    }
}

/// The folder of a file that a person named, and its name in there.
pub(super) fn folder_and_name(path: &Path) -> Result<(&Path, &str), Failure> {
    let name = path.file_name().and_then(|n| n.to_str()).ok_or_else(|| {
        Failure::usage(Phrase::of("fail-file-name"))
            .at(path.display().to_string())
            .hint(Phrase::of("hint-file-name"))
    })?;
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok((folder, name))
}

impl Desk {
    /// The file of an item of evidence of this ticket, whole and unchanged; below zero, of what its mails offer.
    pub fn attached(&self, ticket: i64, item: i64) -> Result<Attached, Failure> {
        let file = if item < 0 {
            let offers = self.mails(ticket)?.into_iter().flat_map(|m| m.offers);
            offers.into_iter().find(|o| o.id == -item).and_then(|o| o.file)
        } else {
            let items = evidence::of(&Statements::new(self.db()), ticket)?;
            items.into_iter().find(|e| e.id == item).and_then(|e| e.attachment)
        };
        let file = file.ok_or_else(|| {
            Failure::state(Phrase::of("fail-no-file").with("item", item).with("id", ticket))
                .hint(Phrase::of("hint-no-file"))
        })?;
        let data = self.blob(item, &file.sha256, Caps::default().bytes)?;
        Ok(Attached { name: file.name, data })
    }

    /// The bytes of a digest, whole and unchanged; `item` is what they are called where they are not.
    pub(super) fn blob(&self, item: i64, sha256: &[u8; 32], most: u64) -> Result<Vec<u8>, Failure> {
        let path = import::place(&self.folder, sha256);
        let fail = |e: std::io::Error| {
            let hint = match e.kind() {
                std::io::ErrorKind::NotFound => {
                    "The folder of attachments lacks it: bring it back from a backup."
                }
                _ => "Check the disk and who may read the desk's folder.",
            };
            Failure::state(Phrase::of("fail-file-unread").with("item", item).with("why", &e))
                .at(path.display().to_string())
                .hint(hint)
        };
        let mut data = Vec::new();
        open_blob(&path).and_then(|f| f.take(most + 1).read_to_end(&mut data)).map_err(fail)?;
        if Sha256::digest(&data)[..] != sha256[..] {
            return Err(Failure::state(Phrase::of("fail-file-changed").with("item", item))
                .at(path.display().to_string())
                .hint(Phrase::of("hint-file-changed")));
        }
        Ok(data)
    }
}
