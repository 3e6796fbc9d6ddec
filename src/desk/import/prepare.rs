//! The first half of a case's way in, on a thread of its own: read, load its files, gather what the
//! registry says. The second half needs the desk's transaction.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender};

use super::blobs;
use crate::authority::random;
use crate::desk::check::Kept;
use crate::desk::{Failure, Folder};
use crate::domain::{Claim, EvidenceKind, Region, Time};
use crate::intake::{
    AttachmentError, Caps, CaseColumn, CaseFields, CaseReader, CaseRow, Reject, Trouble, load,
};
use crate::judgement::facts::{DeskFacts, RegistryFacts};
use crate::judgement::{Facts, Policy, Wants, judge};
use crate::store::desk::links::{self, Link};
use crate::store::desk::overlay::DeskOverlay;
use crate::store::registry::{Registry, RegistryReader};
use crate::store::{self, FileKind, Purpose};

/// Cases that travel together: fewer would make the two threads wait for each other, and more would no longer be
/// in the processor's caches when they arrive.
const TOGETHER: usize = 8;
/// Such bundles under way, which bounds the memory of an import.
pub(super) const UNDER_WAY: usize = 16;
/// As many of them should wait for the other thread, so that it never waits itself.
const SOME: usize = 4;

/// A case with what could be found out without the desk's transaction. Where the other thread has more time, it
/// finds out the rest.
pub(super) struct Prepared {
    pub row: CaseRow,
    pub salt: [u8; 32],
    pub given: Given,
    pub gathered: Option<Gathered>,
    /// The judgement as if no other ticket shared anything with it, which holds for most.
    pub kept: Option<Kept>,
}

impl Prepared {
    /// A case of which nothing was gathered yet.
    pub(super) fn new(row: CaseRow, salt: [u8; 32]) -> Self {
        let given = Given::of(&row);
        Self { row, salt, given, gathered: None, kept: None }
    }
}

/// The columns of a case as the desk keeps them: a JSON object for the claim, and one an item.
pub(super) struct Given {
    pub claim: String,
    pub items: Vec<String>,
}

impl Given {
    fn of(row: &CaseRow) -> Self {
        let kinds: Vec<EvidenceKind> = row.claim.evidence.iter().map(|item| item.item.kind()).collect();
        // The typed columns of a kind belong to its first item; further items are files alone.
        let first = |at: usize, kind: &EvidenceKind| !kinds.iter().take(at).any(|k| k == kind);
        let item = |(at, kind): (usize, &EvidenceKind)| {
            let columns = CaseColumn::of_evidence(*kind);
            if first(at, kind) { object(&row.fields, columns) } else { "{}".to_owned() }
        };
        Self {
            claim: object(&row.fields, CaseColumn::CLAIM),
            items: kinds.iter().enumerate().map(item).collect(),
        }
    }
}

/// The given columns among `columns`, as a JSON object with its keys in order.
pub(super) fn object(fields: &CaseFields, columns: &[CaseColumn]) -> String {
    let given = |column: &CaseColumn| Some((column.as_str(), fields.get(*column)?));
    let mut pairs: Vec<(&str, &str)> = columns.iter().filter_map(given).collect();
    pairs.sort_unstable_by_key(|(column, _)| *column);
    let mut text = Vec::with_capacity(256);
    let mut json = serde_json::Serializer::new(&mut text);
    let written = serde::Serializer::collect_map(&mut json, pairs);
    // Writing strings to memory cannot fail.
    written.ok().and_then(|()| String::from_utf8(text).ok()).unwrap_or_else(|| "{}".to_owned())
}

/// What the lists say about a case, and what it may share with others.
pub(super) struct Gathered {
    pub facts: Facts,
    pub links: Vec<Link>,
}

impl Gathered {
    /// The same without a look at the lists: what the claim itself says is all that is known.
    pub(super) fn blind(claim: &Claim, region: Region) -> Self {
        let lists = RegistryFacts::default();
        let links = links::of(claim, &lists);
        let desk = DeskFacts { region, ..DeskFacts::default() };
        Self { facts: Facts { registry: lists, desk }, links }
    }

    pub(super) fn of(
        claim: &Claim,
        region: Region,
        now: Time,
        registry: &mut RegistryReader<'_>,
        overlay: &mut DeskOverlay<'_>,
    ) -> Result<Self, Failure> {
        // No code was sent yet for a ticket that does not exist.
        let lists = registry.gather_wanted(claim, Wants::of(claim, false, now), overlay)?;
        let links = links::of(claim, &lists);
        let desk = DeskFacts { region, ..DeskFacts::default() };
        Ok(Self { facts: Facts { registry: lists, desk }, links })
    }
}

/// Salts drawn at once: asking the operating system costs more than it gives.
struct Salts(Vec<[u8; 32]>);

impl Salts {
    fn next(&mut self) -> Result<[u8; 32], Failure> {
        if self.0.is_empty() {
            let drawn: [u8; 32 * TOGETHER] = random().map_err(|e| Failure::internal(e.phrase()))?;
            self.0.extend(drawn.as_chunks::<32>().0);
        }
        self.0.pop().ok_or_else(|| Failure::fault("No randomness was drawn."))
    }
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

/// Reads cases, gathers their registry facts and judges them.
pub(super) struct Preparer<'a> {
    pub policy: &'a Policy,
    /// Bundles sent and not yet taken up.
    pub waiting: &'a AtomicUsize,
    pub region: Region,
    /// The lists as the other thread sees them.
    pub generation: Option<i64>,
    pub now: Time,
    /// A file of them, not one by hand.
    pub many: bool,
    pub reader: CaseReader,
    pub base: PathBuf,
    pub folder: Folder,
    pub next_evidence: i64,
    /// Where a case's files are kept for good; a dry run keeps none.
    pub keep_files: bool,
    /// The lists are not asked.
    pub blind: bool,
}

impl Preparer<'_> {
    /// Runs to the end of the file, or until nobody listens any more.
    pub(super) fn run(mut self, lists: &mut Registry, to: &SyncSender<Parcel>, used: &Receiver<Vec<Step>>) {
        let last = match self.parcels(lists, to, used) {
            Ok(Some(sha256)) => Parcel::End { sha256 },
            Ok(None) => return,
            Err(failure) => Parcel::Failed(failure),
        };
        // If nobody listens, the import has ended already.
        let _ = to.send(last);
    }

    fn parcels(
        &mut self,
        lists: &mut Registry,
        to: &SyncSender<Parcel>,
        used: &Receiver<Vec<Step>>,
    ) -> Result<Option<[u8; 32]>, Failure> {
        let desk = store::open(&self.folder.desk_db(), Purpose::Read, FileKind::Desk)?.conn;
        let mut registry = lists.begin()?;
        if self.many {
            registry.for_many()?;
        }
        let mut overlay = DeskOverlay::new(&desk)?;
        // Both must see the same lists to share the work.
        let shared = registry.generation() == self.generation;
        let mut salts = Salts(Vec::new());
        // How many of a bundle are gathered here: fewer while the other thread has little to do.
        let mut ours = TOGETHER;
        loop {
            // What was made here is freed here: the other way round both threads would wait for memory.
            let mut steps = used.try_recv().unwrap_or_default();
            steps.clear();
            match self.waiting.load(Ordering::Relaxed) {
                0..SOME if shared => ours = ours.saturating_sub(1),
                0..=SOME => {}
                _ => ours = TOGETHER.min(ours + 1),
            }
            while steps.len() < TOGETHER {
                let gathers = steps.len() < ours;
                match self.reader.next() {
                    None => break,
                    Some(Ok(row)) => {
                        steps.push(self.prepare(
                            row,
                            gathers.then_some((&mut registry, &mut overlay)),
                            &mut salts,
                        )?);
                    }
                    Some(Err(Trouble::Row(reject))) => steps.push(Step::Reject(reject)),
                    Some(Err(Trouble::File(error))) => return Err((*error).into()),
                }
            }
            let end = steps.len() < TOGETHER;
            self.waiting.fetch_add(1, Ordering::Relaxed);
            if to.send(Parcel::Steps { steps, bytes: self.reader.bytes_read() }).is_err() {
                return Ok(None);
            }
            if end {
                return Ok(Some(self.reader.digest()?));
            }
        }
    }

    /// Whether the other thread still has enough to do.
    fn ahead(&self) -> bool {
        self.waiting.load(Ordering::Relaxed) * 2 > UNDER_WAY
    }

    fn prepare(
        &mut self,
        mut row: CaseRow,
        lists: Option<(&mut RegistryReader<'_>, &mut DeskOverlay<'_>)>,
        salts: &mut Salts,
    ) -> Result<Step, Failure> {
        if let Err(e) = load_files(&mut row, &self.base, self.keep_files.then_some(&self.folder))? {
            let column = Some(CaseColumn::Attachments);
            return Ok(Step::Reject(Box::new(self.reader.reject_last(column, e.rule, e.said()))));
        }
        for item in &mut row.claim.evidence {
            item.id = self.next_evidence;
            self.next_evidence += 1;
        }
        let mut case = Prepared::new(row, salts.next()?);
        if self.blind {
            case.gathered = Some(Gathered::blind(&case.row.claim, self.region));
        } else if let Some((registry, overlay)) = lists {
            let gathered = Gathered::of(&case.row.claim, self.region, self.now, registry, overlay)?;
            if self.ahead() {
                case.kept = Some(Kept::of(&judge(&case.row.claim, &gathered.facts, self.policy, self.now))?);
            }
            case.gathered = Some(gathered);
        }
        Ok(Step::Case(Box::new(case)))
    }
}
