//! Joining twins, and a look at what the joined ticket would say before anything is done.

use super::check::Judged;
use super::{Act, Desk, Failure};
use crate::audit::{Draft, Info};
use crate::domain::{EvidenceKind, Proof, Recommendation, Role, State, Time};
use crate::judgement::Check;
use crate::store::desk::tickets::Ticket;
use crate::store::desk::{case_files, evidence, tickets, undo};
use crate::words::Phrase;

/// One column of two claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name (CONTRACT.md §4).
    pub name: String,
    /// What the ticket says that stays; it is kept.
    pub here: Option<String>,
    /// What the other says; it is taken over where nothing stands here.
    pub there: Option<String>,
}

/// What a ticket would be with another one joined into it.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// The ticket that stays.
    pub into: i64,
    /// The ticket that would be closed.
    pub from: i64,
    /// The other's reference.
    pub from_reference: Option<String>,
    /// Every column that either gives.
    pub columns: Vec<Column>,
    /// Items that would move here.
    pub items: Vec<EvidenceKind>,
    /// When it would be due.
    pub due_at: Time,
    /// What is recommended now, and what would be.
    pub recommendation: (Recommendation, Recommendation),
    /// Reasons of what would be recommended.
    pub because: Vec<String>,
    /// Proofs that are complete now, and that would be.
    pub proofs: (Vec<Proof>, Vec<Proof>),
    /// The smallest sets that would still be missing.
    pub missing: Vec<Vec<Proof>>,
    /// What the other is by itself: recommendation and complete proofs.
    pub there: (Recommendation, Vec<Proof>),
    /// Another claimant's: the two stand against one another.
    pub rival: bool,
    /// Why it cannot be done.
    pub refused: Option<Failure>,
}

impl Desk {
    /// Joins twins: what `from` holds moves to `into`, and `from` is closed.
    ///
    /// # Errors
    /// They are no twins, somebody else holds one, or one is decided.
    pub fn merge(&mut self, into: &str, from: &str) -> Result<(), Failure> {
        self.require(&[Role::Agent, Role::Approver], "merge tickets")?;
        let (into, from) = (self.find(into)?, self.find(from)?);
        self.act(|act| {
            let (judged, other) = act.pair(into, from)?;
            act.may_join(&judged, &other)?;
            act.join(&judged, &other).map(drop)
        })?;
        self.settle(|_| {})?;
        Ok(())
    }

    /// What [`Desk::merge`] would make of two tickets: it is done for real, judged, and taken back. Rivals are
    /// shown too, with the reason why they cannot be merged.
    ///
    /// # Errors
    /// There is no such ticket, or the desk is open read-only.
    pub fn merged(&mut self, into: i64, from: i64) -> Result<Merged, Failure> {
        self.require(&[Role::Agent, Role::Approver], "merge tickets")?;
        let mut seen = None;
        let tried = self.record(|act| {
            let (judged, other) = act.pair(into, from)?;
            let refused = act.may_join(&judged, &other).err();
            let items = evidence::of(&act.statements, from)?;
            let there = act.judge(from)?.judgement;
            let rival =
                judged.judgement.finding(Check::TicketRival).is_some_and(|f| f.tickets.contains(&from));
            let after = act.join(&judged, &other)?;
            seen = Some(Merged {
                into,
                from,
                from_reference: other.reference.clone(),
                columns: columns(&judged.ticket, &other),
                items: items.iter().filter(|e| e.removed_at.is_none()).map(|e| e.kind).collect(),
                due_at: after.ticket.due_at,
                recommendation: (judged.judgement.recommendation, after.judgement.recommendation),
                because: after.judgement.because.clone(),
                proofs: (judged.judgement.proofs.clone(), after.judgement.proofs.clone()),
                missing: after.judgement.missing.clone(),
                there: (there.recommendation, there.proofs),
                rival,
                refused,
            });
            // Nothing of it stays.
            Err::<(), _>(Failure::fault("It was only looked at."))
        });
        match (seen, tried) {
            (Some(merged), _) => Ok(merged),
            (None, Err(failure)) => Err(failure),
            (None, Ok(())) => Err(Failure::fault("Nothing was looked at.")),
        }
    }
}

/// Both claims, column by column.
fn columns(here: &Ticket, there: &Ticket) -> Vec<Column> {
    let mut names: Vec<&String> = here.given.keys().chain(there.given.keys()).collect();
    names.sort();
    names.dedup();
    names
        .into_iter()
        .map(|name| Column {
            name: name.clone(),
            here: here.given.get(name).cloned(),
            there: there.given.get(name).cloned(),
        })
        .collect()
}

impl Act<'_> {
    fn pair(&mut self, into: i64, from: i64) -> Result<(Judged, Ticket), Failure> {
        if into == from {
            return Err(Failure::usage(Phrase::of("fail-merge-itself")));
        }
        Ok((self.recheck(into)?, self.ticket(from)?))
    }

    fn may_join(&mut self, judged: &Judged, other: &Ticket) -> Result<(), Failure> {
        let (into, from) = (judged.ticket.id, other.id);
        let twins = judged.judgement.finding(Check::TicketTwin).is_some_and(|f| f.tickets.contains(&from));
        if !twins {
            return Err(Failure::refused(Phrase::of("fail-no-twins").with("into", into).with("from", from))
                .hint(Phrase::of("hint-no-twins")));
        }
        for ticket in [&judged.ticket, other] {
            self.hold(ticket)?;
            if !matches!(ticket.state, State::Open | State::Waiting | State::Held) {
                return Err(Failure::state(
                    Phrase::of("fail-merge-state").with("id", ticket.id).with("state", ticket.state),
                ));
            }
        }
        Ok(())
    }

    fn join(&mut self, judged: &Judged, other: &Ticket) -> Result<Judged, Failure> {
        let (into, from) = (judged.ticket.id, other.id);
        let mut given = other.given.clone();
        given.extend(judged.ticket.given.clone());
        let text = serde_json::to_string(&given).map_err(Failure::fault)?;
        self.disturb(from)?;
        self.remember(judged, other)?;
        evidence::move_all(self.conn, from, into)?;
        case_files::move_notes(self.conn, from, into)?;
        for agent in tickets::contributors(self.conn, from)? {
            tickets::add_contributor(self.conn, into, &agent)?;
        }
        tickets::add_contributor(self.conn, into, self.actor)?;
        tickets::set_given(self.conn, into, &text, judged.ticket.due_at.min(other.due_at))?;
        tickets::close(self.conn, from, "merged", Some(into))?;
        self.relink(from)?;
        let link = |n: i64| Info::Number(n);
        self.log(Draft::new("ticket.merged", self.actor).info("from", link(from)), Some(into))?;
        self.log(Draft::new("ticket.merged", self.actor).info("into", link(into)), Some(from))?;
        self.recheck(into)
    }

    /// Keeps what joining changes, so that it can be taken back.
    fn remember(&self, judged: &Judged, other: &Ticket) -> Result<(), Failure> {
        let into = &judged.ticket;
        let given = serde_json::to_string(&into.given).map_err(Failure::fault)?;
        let items = evidence::of(&self.statements, other.id)?.iter().map(|e| e.id).collect();
        undo::keep_joined(
            self.conn,
            &undo::Joined {
                source: other.id,
                target: into.id,
                given,
                due_at: into.due_at,
                state: other.state,
                held_until: other.held_until,
                items,
                notes_after: undo::last_note(self.conn, into.id)?,
                notes: undo::last_note(self.conn, other.id)?,
            },
        )?;
        Ok(())
    }
}
