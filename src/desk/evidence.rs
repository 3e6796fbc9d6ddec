//! Evidence and notes that an agent adds to a ticket, or takes away again.

use std::collections::BTreeMap;
use std::path::Path;

use super::attached::folder_and_name;
use super::codes::open_for_work;
use super::{Act, Desk, Failure, import};
use crate::audit::{Draft, Info};
use crate::domain::reading::evidence_columns;
use crate::domain::{Attachment, EvidenceKind, Role, State};
use crate::store::desk::evidence::{self, NewEvidence};
use crate::store::desk::{acts, case_files, tickets};
use crate::words::Phrase;

/// Longest note, in bytes.
const MOST_NOTE: usize = 64 * 1024;

impl Desk {
    /// Adds an item and returns its number. Columns are those of a case (`sim_msisdn`, `receipt_no`, …).
    pub fn add_evidence(
        &mut self,
        name: &str,
        kind: EvidenceKind,
        columns: &BTreeMap<String, String>,
        file: Option<&Path>,
    ) -> Result<i64, Failure> {
        self.require(&[Role::Agent, Role::Approver], "add evidence")?;
        let allowed = evidence_columns(kind);
        if let Some(wrong) = columns.keys().find(|c| !allowed.contains(&c.as_str())) {
            return Err(Failure::usage(
                Phrase::of("fail-evidence-column").with("kind", kind).with("column", wrong.as_str()),
            )
            .hint(Phrase::of("hint-it-has").with("names", allowed.join(", "))));
        }
        if kind == EvidenceKind::Code {
            return Err(
                Failure::usage(Phrase::of("fail-evidence-code")).hint(Phrase::of("hint-evidence-code"))
            );
        }
        let columns: BTreeMap<&String, &String> =
            columns.iter().filter(|(_, t)| !t.trim().is_empty()).collect();
        if columns.is_empty() && file.is_none() {
            return Err(Failure::usage(Phrase::of("fail-evidence-empty"))
                .hint(Phrase::of("hint-evidence-empty").with("names", allowed.join(", "))));
        }
        let id = self.find(name)?;
        let attachment = file.map(|path| self.keep_file(path)).transpose()?;
        let given = serde_json::to_string(&columns).map_err(Failure::fault)?;
        let item = self.act(|act| act.add_item(id, kind, &given, attachment.as_ref()))?;
        self.read_pictures(&mut |_| true)?;
        self.settle(|_| {})?;
        Ok(item)
    }

    /// Takes an item away. It stays in the store, and counts where removing must not help.
    pub fn remove_evidence(&mut self, name: &str, item: i64) -> Result<(), Failure> {
        self.require(&[Role::Agent, Role::Approver], "remove evidence")?;
        let id = self.find(name)?;
        self.act(|act| {
            act.edit(id)?;
            if !evidence::remove(act.conn, id, item, act.actor, act.now)? {
                return Err(Failure::state(Phrase::of("fail-no-evidence").with("id", id).with("item", item))
                    .hint(Phrase::of("hint-show-lists").with("id", id)));
            }
            act.log(
                Draft::new("evidence.removed", act.actor).info("evidence", Info::Number(item)),
                Some(id),
            )?;
            act.recheck(id)
        })?;
        self.settle(|_| {})?;
        Ok(())
    }

    /// Writes a note for colleagues.
    pub fn note(&mut self, name: &str, text: &str) -> Result<(), Failure> {
        self.require(&[Role::Agent, Role::Approver, Role::Custodian], "write notes")?;
        if text.trim().is_empty() {
            return Err(Failure::usage(Phrase::of("fail-note-empty")));
        }
        if text.len() > MOST_NOTE {
            return Err(Failure::usage(Phrase::of("fail-note-long")).hint(Phrase::of("hint-note-long")));
        }
        let id = self.find(name)?;
        self.act(|act| {
            let ticket = act.ticket(id)?;
            super::empty::not_emptied(&ticket)?;
            let note = case_files::add_note(act.conn, id, act.now, act.actor, text)?;
            let draft = Draft::new("note.added", act.actor)
                .commit("text", &ticket.salt, text.as_bytes())
                .info("note", Info::Number(note));
            act.log(draft, Some(id))
        })?;
        Ok(())
    }

    fn keep_file(&self, path: &Path) -> Result<Attachment, Failure> {
        let (base, name) = folder_and_name(path)?;
        let file = import::add_attachment(&self.folder, base, name);
        let file = file.map_err(|e| Failure::state(e).at(path.display().to_string()))?;
        Ok(file.to_domain())
    }
}

impl Act<'_> {
    /// A ticket is about to be edited: who edits holds it, may not approve it, and an earlier decision falls.
    pub(super) fn edit(&mut self, id: i64) -> Result<(), Failure> {
        let ticket = self.ticket(id)?;
        open_for_work(&ticket)?;
        self.hold(&ticket)?;
        tickets::add_contributor(self.conn, id, self.actor)?;
        if matches!(ticket.state, State::Decided | State::Approved)
            && let Some(decision) = acts::decision(self.conn, id)?
        {
            self.cancel(&decision, "the evidence was edited after it")?;
        }
        tickets::set_stale(self.conn, id)?;
        Ok(())
    }

    fn add_item(
        &mut self,
        id: i64,
        kind: EvidenceKind,
        given: &str,
        attachment: Option<&Attachment>,
    ) -> Result<i64, Failure> {
        if kind == EvidenceKind::Facts {
            // However they are given, answers are not compared without end.
            let judged = self.judge(id)?;
            self.may_answer(&judged)?;
        }
        self.edit(id)?;
        let ticket = self.ticket(id)?;
        let item = evidence::next_id(self.conn)?;
        let new = NewEvidence { id: item, kind, given, added_by: self.actor, added_at: self.now, attachment };
        evidence::add(&self.statements, id, &new)?;
        self.wake(id)?;
        let mut draft = Draft::new("evidence.added", self.actor)
            .commit("given", &ticket.salt, given.as_bytes())
            .info("evidence", Info::Number(item))
            .info("kind", Info::Text(kind.as_str()));
        if let Some(file) = attachment {
            draft = draft.digest("file", &file.sha256);
        }
        self.log(draft, Some(id))?;
        self.recheck(id)?;
        Ok(item)
    }
}
