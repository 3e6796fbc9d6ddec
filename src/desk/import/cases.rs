//! Batches of cases: every row that is a case lands as a ticket and is judged.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use super::{ImportOptions, OnProgress, Progress, Rejects, blobs, hex, source};
use crate::audit::{Draft, Info};
use crate::authority::random;
use crate::desk::check::{checked, verdict_text};
use crate::desk::{Act, Desk, Failure, Folder};
use crate::domain::reading::{CLAIM_COLUMNS, evidence_columns};
use crate::domain::{Claim, EvidenceKind, Role, State};
use crate::intake::{
    Caps, CaseColumn, CaseFields, CaseReader, CaseRow, LoadedAttachment, Reject, Trouble, Warning, load,
};
use crate::judgement::{Facts, judge, wrong_facts};
use crate::store::desk::evidence::{self, NewEvidence};
use crate::store::desk::tickets::{self, NewTicket};
use crate::store::desk::{case_files, facts, links, overlay::DeskOverlay};

/// What an import of cases did (CONTRACT.md §4).
#[derive(Clone, Debug, serde::Serialize)]
pub struct CaseSummary {
    pub list: &'static str,
    pub file: String,
    pub sha256: String,
    pub rows: u64,
    pub imported: u64,
    pub updated: u64,
    pub unchanged: u64,
    pub rejected: u64,
    pub recommendations: BTreeMap<String, u64>,
    pub seconds: f64,
    #[serde(skip)]
    pub rejects: Vec<Reject>,
    #[serde(skip)]
    pub warnings: Vec<(u64, Warning)>,
}

const STEP: u64 = 256;

impl Desk {
    /// Imports a batch of cases in one transaction; each is judged once all have landed.
    pub fn import_cases(
        &mut self,
        path: &Path,
        options: &ImportOptions,
        progress: OnProgress<'_>,
    ) -> Result<CaseSummary, Failure> {
        self.require(&[Role::Agent, Role::Approver, Role::Custodian], "import cases")?;
        let started = Instant::now();
        let source = source(path)?;
        let (file, of_bytes) = (source.name().to_owned(), source.size());
        let reader = CaseReader::open(source, options.format, self.config.region, self.now())?;
        let rejects = Rejects::open(options.rejects.as_deref())?;
        let base =
            path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf();
        let folder = self.folder.clone();
        let mut rolled_back = None;
        let done = self.act(|act| {
            let mut batch = Batch::new(act, folder, base, file, rejects, false)?;
            let summary = batch.run(reader, of_bytes, options, progress)?;
            if options.dry_run {
                // Everything was tried for real; nothing of it stays.
                rolled_back = Some(summary);
                return Err(Failure::state("dry run"));
            }
            Ok(summary)
        });
        let mut summary = match (done, rolled_back) {
            (_, Some(summary)) => summary,
            (done, None) => done?,
        };
        summary.seconds = started.elapsed().as_secs_f64();
        Ok(summary)
    }
}

/// Loads a file that a case names.
pub fn add_attachment(folder: &Folder, base: &Path, relative: &str) -> Result<LoadedAttachment, String> {
    let file = load(base, relative, Caps::default()).map_err(|e| e.to_string())?;
    blobs::keep(folder, &file).map_err(|e| e.to_string())?;
    Ok(file)
}

/// One file of cases on its way in.
pub(in crate::desk) struct Batch<'a, 'b> {
    act: &'a mut Act<'b>,
    folder: Folder,
    base: std::path::PathBuf,
    rejects: Rejects,
    /// Whether who imports counts as having added evidence: importing a batch does not (JUDGEMENT.md §7).
    contributes: bool,
    next_ticket: i64,
    next_evidence: i64,
    summary: CaseSummary,
    /// Tickets of this file.
    pub(in crate::desk) landed: Vec<i64>,
}

impl<'a, 'b> Batch<'a, 'b> {
    pub(in crate::desk) fn new(
        act: &'a mut Act<'b>,
        folder: Folder,
        base: std::path::PathBuf,
        file: String,
        rejects: Rejects,
        contributes: bool,
    ) -> Result<Self, Failure> {
        let (next_ticket, next_evidence) = (tickets::next_id(act.conn)?, evidence::next_id(act.conn)?);
        let summary = CaseSummary {
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
            rejects: Vec::new(),
            warnings: Vec::new(),
        };
        Ok(Self {
            act,
            folder,
            base,
            rejects,
            contributes,
            next_ticket,
            next_evidence,
            summary,
            landed: Vec::new(),
        })
    }

    fn run(
        &mut self,
        mut reader: CaseReader,
        of_bytes: Option<u64>,
        options: &ImportOptions,
        progress: OnProgress<'_>,
    ) -> Result<CaseSummary, Failure> {
        while let Some(next) = reader.next() {
            self.summary.rows += 1;
            match next {
                Ok(row) => {
                    if let Some((column, rule, message)) = self.row(row)? {
                        self.rejects.add(reader.reject_last(column, rule, message))?;
                    }
                }
                Err(Trouble::Row(reject)) => self.rejects.add(*reject)?,
                Err(Trouble::File(error)) => return Err((*error).into()),
            }
            let rows = self.summary.rows;
            if rows % STEP == 0
                && !progress(Progress { rows, bytes: reader.bytes_read(), of_bytes, settling: false })
            {
                return Err(Failure::state("The import was stopped; nothing of it stayed."));
            }
        }
        let sha256 = reader.digest()?;
        self.summary.sha256 = hex(&sha256);
        self.summary.rejected = self.rejects.count;
        if options.atomic && self.rejects.count > 0 {
            if !options.dry_run {
                self.rejects.finish()?;
            }
            return Err(self.rejects.failure(
                &self.summary.file,
                "Correct these rows, or import without --atomic: the good rows then land and the others are named.",
            ));
        }
        let rows = self.summary.rows;
        let settled = |_| {
            progress(Progress { rows, bytes: of_bytes.unwrap_or(0), of_bytes, settling: true });
        };
        self.act.settle(settled)?;
        self.summary.recommendations = case_files::recommendations(self.act.conn, &self.landed)?;
        if self.summary.imported + self.summary.updated > 0 {
            let count = |n: u64| Info::Number(i64::try_from(n).unwrap_or(i64::MAX));
            let draft = Draft::new("cases.imported", self.act.actor)
                .digest("file", &sha256)
                .info("imported", count(self.summary.imported))
                .info("updated", count(self.summary.updated))
                .info("rejected", count(self.summary.rejected));
            self.act.log(draft, None)?;
        }
        if !options.dry_run {
            self.rejects.finish()?;
        }
        self.summary.rejects = std::mem::take(&mut self.rejects.first);
        Ok(self.summary.clone())
    }

    /// One row: a new ticket, an update of an open one, or the reason why it does not land.
    #[allow(clippy::type_complexity)]
    pub(in crate::desk) fn row(
        &mut self,
        row: CaseRow,
    ) -> Result<Option<(Option<CaseColumn>, &'static str, String)>, Failure> {
        let mut claim = row.claim;
        let mut files = Vec::with_capacity(row.attachments.len());
        for named in &row.attachments {
            let file = match load(&self.base, &named.path, Caps::default()) {
                Ok(file) => file,
                Err(e) => return Ok(Some((Some(CaseColumn::Attachments), e.rule, e.to_string()))),
            };
            blobs::keep(&self.folder, &file)?;
            if let Some(item) = claim.evidence.get_mut(named.item) {
                item.attachment = Some(file.to_domain());
            }
            files.push(file.sha256);
        }
        for warning in row.warnings {
            if self.summary.warnings.len() < 20 {
                self.summary.warnings.push((row.line, warning));
            }
        }
        let existing = match &row.reference {
            Some(reference) => tickets::by_reference(self.act.conn, reference)?,
            None => None,
        };
        match existing {
            Some(id) => self.update(id, &row.fields, &claim)?,
            None => {
                let id = self.insert(row.reference.as_deref(), &row.fields, claim)?;
                if let Some(text) = &row.note {
                    case_files::add_note(self.act.conn, id, self.act.now, self.act.actor, text)?;
                }
                self.summary.imported += 1;
                self.landed.push(id);
            }
        }
        Ok(None)
    }

    /// A new ticket, judged by what is there so far; whoever shares something with it is judged again.
    fn insert(
        &mut self,
        reference: Option<&str>,
        fields: &CaseFields,
        mut claim: Claim,
    ) -> Result<i64, Failure> {
        let id = self.next_ticket;
        self.next_ticket += 1;
        for item in &mut claim.evidence {
            item.id = self.next_evidence;
            self.next_evidence += 1;
        }
        let act = &mut *self.act;
        let registry = act.registry.gather(&claim, &mut DeskOverlay::new(act.conn)?)?;
        let links = links::of(&claim, &registry);
        let desk = facts::gather(act.conn, 0, &claim, &registry, &links, act.policy, act.region())?;
        let facts = Facts { registry, desk };
        let judgement = judge(&claim, &facts, act.policy, act.now);
        let verdict = verdict_text(&judgement)?;
        let salt: [u8; 32] = random().map_err(|e| Failure::internal(e.to_string()))?;
        let given = object(fields, CLAIM_COLUMNS);
        tickets::add(
            act.conn,
            &NewTicket {
                id,
                reference,
                request: claim.request,
                received_at: claim.received_at,
                due_at: claim.received_at.plus_hours(act.policy.thresholds.due_hours),
                given: &given,
                salt,
                checked: checked(&facts, &judgement, &verdict, act.now),
            },
        )?;
        let wrong = wrong_facts(&claim, &facts);
        let mut typed: Vec<EvidenceKind> = Vec::new();
        for item in &claim.evidence {
            let kind = item.item.kind();
            // The typed columns of a kind belong to its first item; further items are files alone.
            let given =
                if typed.contains(&kind) { "{}".to_owned() } else { object(fields, evidence_columns(kind)) };
            typed.push(kind);
            evidence::add(
                act.conn,
                id,
                &NewEvidence {
                    id: item.id,
                    kind,
                    given: &given,
                    added_by: act.actor,
                    added_at: item.added_at,
                    attachment: item.attachment.as_ref(),
                },
            )?;
            if wrong.iter().any(|(e, wrong)| *e == item.id && *wrong) {
                evidence::set_wrong(act.conn, item.id, true)?;
            }
        }
        links::sync(act.conn, id, &links, true)?;
        for other in facts.desk.others.iter().filter(|o| o.open) {
            tickets::mark_stale(act.conn, other.ticket)?;
        }
        if self.contributes {
            tickets::add_contributor(act.conn, id, act.actor)?;
        }
        let draft = Draft::new("case.imported", act.actor)
            .commit("claim", &salt, given.as_bytes())
            .info("request", Info::Text(claim.request.as_str()))
            .info("recommendation", Info::Text(judgement.recommendation.as_str()));
        act.log(draft, Some(id))?;
        Ok(id)
    }

    /// An imported row updates what is given and still open, never a decision.
    fn update(&mut self, id: i64, fields: &CaseFields, claim: &Claim) -> Result<(), Failure> {
        let ticket = self.act.ticket(id)?;
        self.landed.push(id);
        if !matches!(ticket.state, State::Open | State::Waiting | State::Held) {
            self.summary.unchanged += 1;
            return Ok(());
        }
        let mut changed = false;
        let mut given = ticket.given.clone();
        for column in CLAIM_COLUMNS {
            let new = column.parse::<CaseColumn>().ok().and_then(|c| fields.get(c));
            if let Some(new) = new.filter(|new| given.get(*column).map(String::as_str) != Some(*new)) {
                given.insert((*column).to_owned(), new.to_owned());
                changed = true;
            }
        }
        if changed {
            let text = serde_json::to_string(&given).map_err(|e| Failure::internal(e.to_string()))?;
            tickets::set_given(self.act.conn, id, &text, ticket.due_at)?;
        }
        let stored = evidence::of(self.act.conn, id)?;
        let mut typed: Vec<EvidenceKind> = Vec::new();
        for item in &claim.evidence {
            let kind = item.item.kind();
            let columns = if typed.contains(&kind) { &[][..] } else { evidence_columns(kind) };
            typed.push(kind);
            changed |= self.update_item(id, &stored, item, fields, columns)?;
        }
        if changed {
            self.act.disturb(id)?;
            tickets::set_stale(self.act.conn, id)?;
            let draft = Draft::new("case.updated", self.act.actor).commit(
                "claim",
                &ticket.salt,
                object(fields, CLAIM_COLUMNS).as_bytes(),
            );
            self.act.log(draft, Some(id))?;
            self.summary.updated += 1;
        } else {
            self.summary.unchanged += 1;
        }
        Ok(())
    }

    /// One item of an updated case: `true` where it says something new.
    fn update_item(
        &mut self,
        id: i64,
        stored: &[evidence::StoredEvidence],
        item: &crate::domain::Evidence,
        fields: &CaseFields,
        columns: &[&str],
    ) -> Result<bool, Failure> {
        let kind = item.item.kind();
        let standing =
            stored.iter().rfind(|e| e.kind == kind && e.removed_at.is_none() && !e.given.is_empty());
        let mut given = standing.map(|e| e.given.clone()).unwrap_or_default();
        let mut says_more = false;
        for column in columns {
            let new = column.parse::<CaseColumn>().ok().and_then(|c| fields.get(c));
            if let Some(new) = new.filter(|new| given.get(*column).map(String::as_str) != Some(*new)) {
                given.insert((*column).to_owned(), new.to_owned());
                says_more = true;
            }
        }
        let known =
            |sha: &[u8; 32]| stored.iter().any(|e| e.attachment.as_ref().is_some_and(|a| a.sha256 == *sha));
        let file = item.attachment.as_ref().filter(|a| !known(&a.sha256));
        if !says_more && file.is_none() {
            return Ok(false);
        }
        let attachment = file.or_else(|| standing.and_then(|e| e.attachment.as_ref()));
        if let (true, Some(old)) = (says_more, standing) {
            evidence::remove(self.act.conn, id, old.id, self.act.actor, self.act.now)?;
        }
        let text = if says_more {
            serde_json::to_string(&given).map_err(|e| Failure::internal(e.to_string()))?
        } else {
            "{}".to_owned()
        };
        evidence::add(
            self.act.conn,
            id,
            &NewEvidence {
                id: self.next_evidence,
                kind,
                given: &text,
                added_by: self.act.actor,
                added_at: self.act.now,
                attachment,
            },
        )?;
        self.next_evidence += 1;
        Ok(true)
    }
}

/// The given columns among `columns`, as a JSON object.
fn object(fields: &CaseFields, columns: &[&str]) -> String {
    let map: BTreeMap<&str, &str> = fields
        .iter()
        .filter(|(column, _)| columns.contains(&column.as_str()))
        .map(|(column, text)| (column.as_str(), text))
        .collect();
    serde_json::to_string(&map).unwrap_or_else(|_| "{}".to_owned())
}
