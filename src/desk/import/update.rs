//! A case that came in before: what it says newly, for as long as nothing is decided.

use super::cases::Batch;
use super::prepare::object;
use crate::audit::Draft;
use crate::desk::Failure;
use crate::domain::{Evidence, EvidenceKind, State};
use crate::intake::{CaseColumn, CaseFields, CaseRow, Warning};
use crate::store::desk::evidence::{self, Columns, NewEvidence, StoredEvidence};
use crate::store::desk::tickets;
use crate::words::Phrase;

/// What a row answers about the account.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NewAnswers {
    None,
    /// It has some, and they are not looked at.
    Unasked,
    Compared,
    /// Too many were wrong before them.
    TooMany,
}

impl Batch<'_, '_> {
    /// An imported row updates what is given and still open, never a decision.
    pub(super) fn update(&mut self, id: i64, row: &CaseRow) -> Result<(), Failure> {
        let CaseRow { fields, claim, .. } = row;
        let ticket = self.act.ticket(id)?;
        self.speaks_of(id)?;
        if !matches!(ticket.state, State::Open | State::Waiting | State::Held) {
            self.summary.unchanged += 1;
            return Ok(());
        }
        self.act.intact(id)?;
        let stored = evidence::of(&self.act.statements, id)?;
        let answers = self.new_answers(id, &stored, row)?;
        let mut given = ticket.given.clone();
        let mut changed = take_over(&mut given, fields, CaseColumn::CLAIM);
        if changed {
            let text = serde_json::to_string(&given).map_err(Failure::fault)?;
            tickets::set_given(self.act.conn, id, &text, ticket.due_at)?;
        }
        let mut typed: Vec<EvidenceKind> = Vec::new();
        for item in &claim.evidence {
            let kind = item.item.kind();
            let columns = if typed.contains(&kind) { &[][..] } else { CaseColumn::of_evidence(kind) };
            typed.push(kind);
            if kind == EvidenceKind::Facts && answers == NewAnswers::TooMany {
                continue;
            }
            changed |= self.update_item(id, &stored, item, fields, columns)?;
        }
        if changed {
            self.act.disturb(id)?;
            tickets::add_contributor(self.act.conn, id, self.act.actor)?;
            tickets::set_stale(self.act.conn, id)?;
            // The customer has answered.
            self.act.wake(id)?;
            let draft = Draft::new("case.updated", self.act.actor).commit(
                "claim",
                &ticket.salt,
                object(fields, CaseColumn::CLAIM).as_bytes(),
            );
            self.act.log(draft, Some(id))?;
            if answers == NewAnswers::Compared {
                // The next row may have more of them, on this account or device.
                self.act.recheck(id)?;
            }
            self.summary.updated += 1;
        } else {
            self.summary.unchanged += 1;
        }
        Ok(())
    }

    /// Whether a row has answers about the account that were not given yet. By a file, too, they are not compared
    /// without end: once too many were wrong, new ones are left out, and that is told.
    fn new_answers(
        &mut self,
        id: i64,
        stored: &[StoredEvidence],
        row: &CaseRow,
    ) -> Result<NewAnswers, Failure> {
        let kind = EvidenceKind::Facts;
        if !row.claim.evidence.iter().any(|e| e.item.kind() == kind) {
            return Ok(NewAnswers::None);
        }
        let mut given = standing(stored, kind).map(|e| e.given.clone()).unwrap_or_default();
        if !take_over(&mut given, &row.fields, CaseColumn::of_evidence(kind)) {
            return Ok(NewAnswers::None);
        }
        if self.blind {
            return Ok(NewAnswers::Unasked);
        }
        let judged = self.act.judge(id)?;
        match self.act.may_answer(&judged) {
            Ok(()) => Ok(NewAnswers::Compared),
            Err(refused) => {
                let message =
                    Phrase::of("intake-answers-left-out").with("ticket", id).with("why", refused.what);
                self.left_out = true;
                self.warn(row.line, Warning { column: CaseColumn::Facts, message });
                Ok(NewAnswers::TooMany)
            }
        }
    }

    /// One item of an updated case: `true` where it says something new.
    fn update_item(
        &mut self,
        id: i64,
        stored: &[StoredEvidence],
        item: &Evidence,
        fields: &CaseFields,
        columns: &[CaseColumn],
    ) -> Result<bool, Failure> {
        let kind = item.item.kind();
        let standing = standing(stored, kind);
        let mut given = standing.map(|e| e.given.clone()).unwrap_or_default();
        let says_more = take_over(&mut given, fields, columns);
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
        let text =
            if says_more { serde_json::to_string(&given).map_err(Failure::fault)? } else { "{}".to_owned() };
        evidence::add(
            &self.act.statements,
            id,
            &NewEvidence {
                id: item.id,
                kind,
                given: &text,
                added_by: self.act.actor,
                added_at: self.act.now,
                attachment,
            },
        )?;
        Ok(true)
    }
}

/// The item of a kind that holds what was typed.
fn standing(stored: &[StoredEvidence], kind: EvidenceKind) -> Option<&StoredEvidence> {
    stored.iter().rfind(|e| e.kind == kind && e.removed_at.is_none() && !e.given.is_empty())
}

/// Takes over what `fields` gives of `columns`; true if anything changed.
fn take_over(given: &mut Columns, fields: &CaseFields, columns: &[CaseColumn]) -> bool {
    let mut changed = false;
    for column in columns {
        let name = column.as_str();
        let new = fields.get(*column).filter(|new| given.get(name).is_none_or(|old| old != new));
        if let Some(new) = new {
            given.insert(name.to_owned(), new.to_owned());
            changed = true;
        }
    }
    changed
}
