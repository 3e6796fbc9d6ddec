//! The first half of a case's way in, on a thread of its own: read, load its files, gather what the
//! registry says. The second half needs the desk's transaction.

use std::path::{Path, PathBuf};
use std::sync::mpsc::SyncSender;

use super::blobs;
use crate::desk::{Failure, Folder};
use crate::intake::{AttachmentError, Caps, CaseColumn, CaseReader, CaseRow, Reject, Trouble, load};
use crate::judgement::facts::RegistryFacts;
use crate::store::desk::links::{self, Link};
use crate::store::desk::overlay::DeskOverlay;
use crate::store::registry::RegistryReader;
use crate::store::{self, FileKind, Purpose};

/// Cases that travel together: fewer would make the two threads wait for each other.
const TOGETHER: usize = 64;
/// Such bundles under way, which bounds the memory of an import.
pub(super) const UNDER_WAY: usize = 8;

/// A case with everything that could be found out without the desk's transaction.
pub(super) struct Prepared {
    pub row: CaseRow,
    pub registry: RegistryFacts,
    pub links: Vec<Link>,
}

/// What became of one row of the file.
pub(super) enum Step {
    Case(Box<Prepared>),
    Reject(Box<Reject>),
}

/// Rows on their way to the desk's transaction.
pub(super) enum Parcel {
    Steps { steps: Vec<Step>, bytes: u64 },
    End { sha256: [u8; 32] },
    Failed(Failure),
}

/// Loads the files that a case names, and keeps them for good where `keep` says in which desk.
pub(super) fn load_files(
    row: &mut CaseRow,
    base: &Path,
    keep: Option<&Folder>,
) -> Result<Result<(), AttachmentError>, Failure> {
    for named in &row.attachments {
        let file = match load(base, &named.path, Caps::default()) {
            Ok(file) => file,
            Err(e) => return Ok(Err(e)),
        };
        if let Some(folder) = keep {
            blobs::keep(folder, &file)?;
        }
        if let Some(item) = row.claim.evidence.get_mut(named.item) {
            item.attachment = Some(file.to_domain());
        }
    }
    Ok(Ok(()))
}

/// Reads cases and gathers their registry facts.
pub(super) struct Preparer {
    pub reader: CaseReader,
    pub base: PathBuf,
    pub folder: Folder,
    pub next_evidence: i64,
    /// Where a case's files are kept for good; a dry run keeps none.
    pub keep_files: bool,
}

impl Preparer {
    /// Runs to the end of the file, or until nobody listens any more.
    pub(super) fn run(mut self, to: &SyncSender<Parcel>) {
        let last = match self.parcels(to) {
            Ok(Some(sha256)) => Parcel::End { sha256 },
            Ok(None) => return,
            Err(failure) => Parcel::Failed(failure),
        };
        // If nobody listens, the import has ended already.
        let _ = to.send(last);
    }

    fn parcels(&mut self, to: &SyncSender<Parcel>) -> Result<Option<[u8; 32]>, Failure> {
        let desk = store::open(&self.folder.desk_db(), Purpose::Read, FileKind::Desk)?.conn;
        let registry = store::open(&self.folder.registry_db(), Purpose::Read, FileKind::Registry)?.conn;
        let mut registry = RegistryReader::new(registry);
        registry.begin()?;
        let mut overlay = DeskOverlay::new(&desk)?;
        loop {
            let mut steps = Vec::with_capacity(TOGETHER);
            while steps.len() < TOGETHER {
                match self.reader.next() {
                    None => break,
                    Some(Ok(row)) => steps.push(self.prepare(row, &mut registry, &mut overlay)?),
                    Some(Err(Trouble::Row(reject))) => steps.push(Step::Reject(reject)),
                    Some(Err(Trouble::File(error))) => return Err((*error).into()),
                }
            }
            let end = steps.len() < TOGETHER;
            if to.send(Parcel::Steps { steps, bytes: self.reader.bytes_read() }).is_err() {
                return Ok(None);
            }
            if end {
                return Ok(Some(self.reader.digest()?));
            }
        }
    }

    fn prepare(
        &mut self,
        mut row: CaseRow,
        registry: &mut RegistryReader,
        overlay: &mut DeskOverlay<'_>,
    ) -> Result<Step, Failure> {
        if let Err(e) = load_files(&mut row, &self.base, self.keep_files.then_some(&self.folder))? {
            let column = Some(CaseColumn::Attachments);
            return Ok(Step::Reject(Box::new(self.reader.reject_last(column, e.rule, e.to_string()))));
        }
        for item in &mut row.claim.evidence {
            item.id = self.next_evidence;
            self.next_evidence += 1;
        }
        let facts = registry.gather(&row.claim, overlay)?;
        let links = links::of(&row.claim, &facts);
        Ok(Step::Case(Box::new(Prepared { row, registry: facts, links })))
    }
}
