//! Batches of cases: every row that is a case lands as a ticket and is judged.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::time::Instant;

use super::super::rows::{FIRST, NewRows};
use super::mail::MailSummary;
use super::prepare::{Gathered, Parcel, Prepared, Preparer, Step, UNDER_WAY};
use super::tally::Tally;
use super::{ImportOptions, OnProgress, Progress, QUOTED, Rejects, blobs, hex, source};
use crate::audit::{Draft, Info};
use crate::desk::check::Kept;
use crate::desk::due::DueTimes;
use crate::desk::settle::open_lists;
use crate::desk::{Act, Desk, Failure, Folder};
use crate::domain::Role;
use crate::intake::{Caps, CaseReader, LoadedAttachment, Reject, Warning, load};
use crate::judgement::{judge, may_change, wrong_facts};
use crate::store;
use crate::store::desk::case_files;
use crate::store::desk::evidence::{self, NewEvidence};
use crate::store::desk::facts::Gatherer;
use crate::store::desk::new_links::NewLinks;
use crate::store::desk::overlay::DeskOverlay;
use crate::store::desk::tickets::{self, NewTicket};
use crate::words::Phrase;

/// What an import of cases did (CONTRACT.md §4).
#[derive(Clone, Debug, serde::Serialize)]
pub struct CaseSummary {
    /// Always `cases`.
    pub list: &'static str,
    /// The file's name.
    pub file: String,
    /// SHA-256 of the whole file, as `sha256:` and hexadecimal digits.
    pub sha256: String,
    /// Rows read, rejected ones included.
    pub rows: u64,
    /// New tickets.
    pub imported: u64,
    /// Open tickets that got something new.
    pub updated: u64,
    /// Rows that said nothing new, or spoke of a ticket already decided.
    pub unchanged: u64,
    /// Rows that are no case.
    pub rejected: u64,
    /// How many tickets of this file have each recommendation.
    pub recommendations: BTreeMap<String, u64>,
    /// How long it took, in seconds, until all of it was durable.
    pub seconds: f64,
    /// What else mails brought.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail: Option<MailSummary>,
    /// The first rejected rows, for the message.
    #[serde(skip)]
    pub rejects: Vec<Reject>,
    /// The tickets of this file.
    #[serde(skip)]
    pub landed: Vec<i64>,
    /// The first things read around, each with its line.
    #[serde(skip)]
    pub warnings: Vec<(u64, Warning)>,
}

impl CaseSummary {
    fn new(file: String) -> Self {
        Self {
            list: "cases",
            file,
            sha256: String::new(),
            rows: 0,
            imported: 0,
            updated: 0,
            unchanged: 0,
            rejected: 0,
            recommendations: BTreeMap::new(),
            seconds: 0.0,
            mail: None,
            rejects: Vec::new(),
            landed: Vec::new(),
            warnings: Vec::new(),
        }
    }
}

impl Desk {
    /// Imports a batch of cases in one transaction; each is judged once all have landed.
    pub fn import_cases(
        &mut self,
        path: &Path,
        options: &ImportOptions,
        progress: OnProgress<'_>,
    ) -> Result<CaseSummary, Failure> {
        self.require(&[Role::Agent, Role::Approver, Role::Custodian], "import cases")?;
        if let Some(shape) = options.mail_shape(path) {
            return self.import_mails(path, shape, options, progress);
        }
        let started = Instant::now();
        let source = source(path)?;
        let (file, of_bytes) = (source.name().to_owned(), source.size());
        let reader = CaseReader::open(source, options.format, self.config.region, self.now())?;
        let folder = self.folder.clone();
        let job = Job {
            reader,
            base: path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf(),
            folder,
            file,
            of_bytes,
            rejects: Rejects::open(options.rejects.as_deref())?,
            contributes: false,
        };
        let mut summary = match self.act_of_file(|act| Batch::run(act, job, options, progress))? {
            Landed::Nothing(summary) => summary,
            Landed::All(mut summary) => {
                // Outside of the transaction: a photo takes its time, and others want to write.
                self.read_pictures_of(&mut summary, progress)?;
                summary
            }
        };
        summary.seconds = started.elapsed().as_secs_f64();
        store::tidy_log(self.db());
        Ok(summary)
    }
}

impl Desk {
    /// Reads the pictures that came with a file; what they say may have changed recommendations.
    fn read_pictures_of(
        &mut self,
        summary: &mut CaseSummary,
        progress: OnProgress<'_>,
    ) -> Result<(), Failure> {
        let mut now = Progress { rows: summary.rows, settling: true, ..Progress::default() };
        let read = self.read_pictures(&mut |done| {
            now.pictures = done;
            progress(now)
        })?;
        if read > 0 {
            summary.recommendations = case_files::recommendations(self.db(), &summary.landed)?;
        }
        Ok(())
    }
}

/// Loads a file that a case names.
pub fn add_attachment(folder: &Folder, base: &Path, relative: &str) -> Result<LoadedAttachment, Phrase> {
    let file = load(base, relative, Caps::default()).map_err(|e| e.said())?;
    blobs::keep(folder, &file).map_err(|e| e.what)?;
    Ok(file)
}

/// What stays of a file that was worked through.
pub(in crate::desk) enum Landed {
    All(CaseSummary),
    /// It was a dry run, or the file was here before.
    Nothing(CaseSummary),
}

/// A file of cases to be imported.
pub(in crate::desk) struct Job {
    pub reader: CaseReader,
    /// The folder below which the cases' files lie.
    pub base: std::path::PathBuf,
    pub folder: Folder,
    pub file: String,
    pub of_bytes: Option<u64>,
    pub rejects: Rejects,
    /// Whether who imports counts as having added evidence: importing a batch does not (JUDGEMENT.md §7).
    pub contributes: bool,
}

/// One file of cases on its way in: rows are prepared on a second thread and land here in one transaction.
pub(in crate::desk) struct Batch<'a, 'b> {
    pub(super) act: &'a mut Act<'b>,
    /// Codes, clearings and objections do not change while a file comes in.
    desk: Gatherer<'b>,
    due: DueTimes<'b>,
    overlay: DeskOverlay<'b>,
    pub(super) rejects: Rejects,
    contributes: bool,
    /// Nothing is judged, and the lists are not asked.
    pub(super) blind: bool,
    links: NewLinks,
    next_ticket: i64,
    pub(super) summary: CaseSummary,
    /// Tickets of this file.
    pub(super) landed: Vec<i64>,
    /// Answers of a row were not compared.
    pub(super) left_out: bool,
}

impl<'a, 'b> Batch<'a, 'b> {
    /// Imports a file; every row that is a case lands, and all are judged once all have landed.
    pub(in crate::desk) fn run(
        act: &'a mut Act<'b>,
        job: Job,
        options: &ImportOptions,
        progress: OnProgress<'_>,
    ) -> Result<Landed, Failure> {
        if !job.contributes {
            act.registry.for_many()?;
        }
        let waiting = AtomicUsize::new(0);
        let preparer = Preparer {
            policy: act.policy,
            waiting: &waiting,
            region: act.region(),
            generation: act.registry.generation(),
            now: act.now,
            many: !job.contributes,
            reader: job.reader,
            base: job.base,
            folder: job.folder,
            next_evidence: evidence::next_id(act.conn)?,
            keep_files: !options.dry_run,
            blind: options.blind(act.rehearsal),
        };
        let mut batch = Self::new(act, job.file, job.rejects, job.contributes)?;
        batch.blind = preparer.blind;
        let mut aside = open_lists(batch.act.folder)?;
        let lists = &mut aside;
        let (send, receive) = sync_channel(UNDER_WAY);
        let (give_back, used) = channel();
        let sha256 = std::thread::scope(|scope| {
            let builder = std::thread::Builder::new().name("prepare".to_owned());
            let started = builder.spawn_scoped(scope, move || preparer.run(lists, &send, &used));
            started.map_err(|e| Failure::fault(format_args!("No second thread could be started: {e}.")))?;
            // Dropped on the way out, so that a preparer that is still at work ends too.
            batch.land(receive, &give_back, &waiting, job.of_bytes, progress)
        })?;
        batch.act.aside = Some(aside);
        batch.finish(&sha256, job.of_bytes, options, progress)
    }

    pub(super) fn new(
        act: &'a mut Act<'b>,
        file: String,
        rejects: Rejects,
        contributes: bool,
    ) -> Result<Self, Failure> {
        let next_ticket = tickets::next_id(act.conn)?;
        act.tally = Some(Tally::new(next_ticket));
        Ok(Self {
            next_ticket,
            links: NewLinks::default(),
            desk: Gatherer::new(act.conn, act.policy, act.region())?,
            overlay: DeskOverlay::new(act.conn)?,
            due: DueTimes::new(act.policy, &act.config.calendar),
            act,
            rejects,
            contributes,
            blind: false,
            summary: CaseSummary::new(file),
            landed: Vec::new(),
            left_out: false,
        })
    }

    fn land(
        &mut self,
        parcels: Receiver<Parcel>,
        give_back: &Sender<Vec<Step>>,
        waiting: &AtomicUsize,
        of_bytes: Option<u64>,
        progress: OnProgress<'_>,
    ) -> Result<[u8; 32], Failure> {
        for parcel in parcels {
            match parcel {
                Parcel::Failed(failure) => return Err(failure),
                Parcel::End { sha256 } => return Ok(sha256),
                Parcel::Steps { mut steps, bytes } => {
                    waiting.fetch_sub(1, Ordering::Relaxed);
                    for step in &mut steps {
                        self.summary.rows += 1;
                        match step {
                            Step::Case(case) => self.case(case)?,
                            Step::Reject(reject) => self.rejects.add(reject.as_ref().clone())?,
                        }
                    }
                    // At the end of the file nobody takes it any more.
                    let _ = give_back.send(steps);
                    if !progress(Progress { rows: self.summary.rows, bytes, of_bytes, ..Progress::default() })
                    {
                        return Err(Failure::state(Phrase::of("fail-import-stopped")));
                    }
                }
            }
        }
        Err(Failure::fault("Reading the cases ended before the file did."))
    }

    pub(super) fn finish(
        &mut self,
        sha256: &[u8; 32],
        of_bytes: Option<u64>,
        options: &ImportOptions,
        progress: OnProgress<'_>,
    ) -> Result<Landed, Failure> {
        self.summary.sha256 = hex(sha256);
        self.summary.rejected = self.rejects.count;
        if !self.contributes && case_files::known(self.act.conn, sha256)? {
            // The same file again changes nothing; what its rows did just now is rolled back.
            if !self.blind {
                self.summary.recommendations = case_files::recommendations(self.act.conn, &self.landed)?;
            }
            self.summary.unchanged = self.summary.rows - self.rejects.count;
            (self.summary.imported, self.summary.updated) = (0, 0);
            return Ok(Landed::Nothing(self.summary.clone()));
        }
        if options.atomic && self.rejects.count > 0 {
            if !options.dry_run {
                self.rejects.finish()?;
            }
            return Err(self.rejects.failure(&self.summary.file, Phrase::of("hint-rejects-cases")));
        }
        self.enter_links()?;
        let rows = self.summary.rows;
        let settled = |_| {
            progress(Progress { rows, bytes: of_bytes.unwrap_or(0), of_bytes, settling: true, pictures: 0 });
        };
        if !self.blind {
            self.act.settle(settled)?;
            self.summary.recommendations =
                self.act.tally.as_ref().map(Tally::recommendations).unwrap_or_default();
        }
        self.summary.landed = std::mem::take(&mut self.landed);
        if self.summary.imported + self.summary.updated > 0 {
            let count = |n: u64| Info::Number(i64::try_from(n).unwrap_or(i64::MAX));
            let draft = Draft::new("cases.imported", self.act.actor)
                .digest("file", sha256)
                .info("imported", count(self.summary.imported))
                .info("updated", count(self.summary.updated))
                .info("rejected", count(self.summary.rejected));
            self.act.log(draft, None)?;
        }
        self.summary.rejects = std::mem::take(&mut self.rejects.first);
        if options.dry_run {
            // Everything was tried for real; nothing of it stays.
            return Ok(Landed::Nothing(self.summary.clone()));
        }
        self.rejects.finish()?;
        // A file with rejects may come again once what it names is there, one with answers left out when they count.
        if !self.contributes && self.rejects.count == 0 && !self.left_out {
            case_files::add(self.act.conn, sha256, &self.summary.file, self.act.now, self.act.actor)?;
        }
        Ok(Landed::All(self.summary.clone()))
    }

    /// The file speaks of a ticket that was there before.
    pub(super) fn speaks_of(&mut self, id: i64) -> Result<(), Failure> {
        let judged = self.act.ticket(id)?.recommendation;
        self.landed.push(id);
        if let Some(tally) = &mut self.act.tally {
            tally.add(id, judged);
        }
        Ok(())
    }

    /// Whoever asks what tickets share must find those of this file too.
    pub(super) fn enter_links(&mut self) -> Result<(), Failure> {
        Ok(self.links.enter(&self.act.statements)?)
    }

    /// Tells of something that was read around; a summary quotes the first ones.
    pub(super) fn warn(&mut self, line: u64, warning: Warning) {
        if self.summary.warnings.len() < QUOTED {
            self.summary.warnings.push((line, warning));
        }
    }

    /// One case: a new ticket, or an update of an open one.
    pub(super) fn case(&mut self, case: &mut Prepared) -> Result<(), Failure> {
        for warning in std::mem::take(&mut case.row.warnings) {
            self.warn(case.row.line, warning);
        }
        let id = self.next_ticket;
        if self.insert(id, case)? {
            if let Some(text) = case.row.note() {
                case_files::add_first_note(&self.act.statements, id, self.act.now, self.act.actor, text)?;
            }
            self.next_ticket += 1;
            self.summary.imported += 1;
            self.landed.push(id);
            return Ok(());
        }
        let reference = case.row.reference().unwrap_or_default();
        self.enter_links()?;
        let existing = tickets::by_reference(self.act.conn, reference)?;
        let id = existing.ok_or_else(|| Failure::fault("A reference is taken, but by no ticket."))?;
        self.update(id, &case.row)
    }

    /// A new ticket, judged by what is there so far; whoever shares something with it is judged again. `false`
    /// where the reference is taken.
    fn insert(&mut self, id: i64, case: &mut Prepared) -> Result<bool, Failure> {
        let act = &mut *self.act;
        let Prepared { row, salt, given, gathered, kept } = case;
        let claim = &row.claim;
        if gathered.is_none() {
            *gathered = Some(if self.blind {
                Gathered::blind(claim, act.region())
            } else {
                Gathered::of(claim, act.region(), act.now, &mut act.registry, &mut self.overlay)?
            });
        }
        let Some(Gathered { facts, links }) = gathered else { return Ok(false) };
        let shared = self.links.add(&act.statements, id, links)?;
        if !shared.is_empty() {
            facts.desk = self.desk.gather(id, claim, &facts.registry, &shared)?;
        }
        let kept = match kept.take() {
            Some(alone) if shared.is_empty() => alone,
            _ => Kept::of(&judge(claim, facts, act.policy, act.now))?,
        };
        let added = tickets::add(
            &act.statements,
            &NewTicket {
                id,
                reference: row.reference(),
                request: claim.request,
                received_at: claim.received_at,
                due_at: self.due.of(claim.request, claim.received_at),
                given: &given.claim,
                salt: *salt,
                links,
                checked: kept.checked(&facts.registry, act.now),
            },
        )?;
        if !added {
            self.links.take_back(&act.statements, id, links, &shared)?;
            return Ok(false);
        }
        let wrong = wrong_facts(claim, facts);
        let mut rows =
            NewRows::of(row.reference(), claim.request.as_str(), claim.received_at.0, &given.claim);
        for (item, given) in claim.evidence.iter().zip(&given.items) {
            let new = NewEvidence {
                id: item.id,
                kind: item.item.kind(),
                given,
                added_by: act.actor,
                added_at: item.added_at,
                attachment: item.attachment.as_ref(),
            };
            evidence::add(&act.statements, id, &new)?;
            rows.item(&new);
            if wrong.iter().any(|(e, wrong)| *e == item.id && *wrong) {
                evidence::set_wrong(act.conn, item.id, true)?;
            }
        }
        for other in facts.desk.others.iter().filter(|o| o.open) {
            if may_change(claim, facts, act.policy, other) {
                tickets::mark_stale(&act.statements, other.ticket)?;
            }
        }
        if self.contributes {
            tickets::add_contributor(act.conn, id, act.actor)?;
            rows.contributor(act.actor);
        }
        let draft = rows
            .commit(Draft::new(FIRST, act.actor), salt)
            .info("request", Info::Text(claim.request.as_str()))
            .info("recommendation", Info::Text(kept.recommendation.as_str()));
        act.log(draft, Some(id))?;
        if let Some(tally) = &mut act.tally {
            tally.add(id, Some(kept.recommendation));
        }
        Ok(true)
    }
}
