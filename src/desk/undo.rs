//! Taking back the last act on a ticket. The log keeps both: what was done, and that it was undone.

use serde_json::Value;

use super::close::CLOSED_AS;
use super::codes::open_for_work;
use super::lease::{held_by, holder};
use super::{Act, Desk, Failure};
use crate::audit::{Draft, Info};
use crate::domain::{Recommendation, Request, Role, State, Time};
use crate::store::desk::tickets::Ticket;
use crate::store::desk::{acts, evidence, journal, tickets, undo};
use crate::words::{Part, Phrase};

/// What was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undone {
    /// A ticket that was taken is back in the queue.
    Taken,
    /// The same; whoever had it before does not have it again.
    Stolen,
    /// A ticket that was given back is held again.
    Released,
    /// It waits no more: where it stands now.
    Waiting(State),
    /// It is closed no more: where it stands now.
    Closed(State),
    /// It is closed again.
    Reopened,
    /// A decision fell; whether the owner had been told of it.
    Decided(Recommendation, bool),
    /// A note.
    Note,
    /// An item was taken away.
    EvidenceAdded(i64),
    /// An item stands again.
    EvidenceRemoved(i64),
    /// Twins are two tickets again: the one that had been closed.
    Merged(i64),
}

impl Undone {
    /// Its word.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Taken => "take",
            Self::Stolen => "steal",
            Self::Released => "release",
            Self::Waiting(_) => "wait",
            Self::Closed(_) => "close",
            Self::Reopened => "reopen",
            Self::Decided(..) => "decide",
            Self::Note => "note",
            Self::EvidenceAdded(_) => "evidence-add",
            Self::EvidenceRemoved(_) => "evidence-remove",
            Self::Merged(_) => "merge",
        }
    }

    /// The sentence of it, behind the ticket's name.
    pub fn sentence(&self) -> String {
        match self {
            Self::Taken => "is back in the queue".into(),
            Self::Stolen => "is back in the queue; whoever held it before has to take it again".into(),
            Self::Released => "is yours again".into(),
            Self::Waiting(state) => format!("waits no more and is {state}"),
            Self::Closed(state) => format!("is not closed any more and is {state}"),
            Self::Reopened => "is closed again".into(),
            Self::Decided(word, false) => format!("is open: the decision {word} was taken back"),
            Self::Decided(word, true) => {
                format!("is open: the decision {word} was taken back; the owner has been told of it")
            }
            Self::Note => "has one note less".into(),
            Self::EvidenceAdded(item) => format!("goes without item {item}, which was added last"),
            Self::EvidenceRemoved(item) => format!("has item {item} again"),
            Self::Merged(from) => format!("is parted from ticket {from}, which is open again"),
        }
    }
}

/// A leaf about a ticket, as far as undoing reads it.
struct Step {
    seq: i64,
    act: String,
    actor: String,
    info: Value,
}

impl Step {
    fn of(line: &str) -> Option<Self> {
        let leaf: Value = serde_json::from_str(line).ok()?;
        let text = |key: &str| leaf.get(key).and_then(Value::as_str).map(str::to_owned);
        Some(Self {
            seq: leaf.get("seq").and_then(Value::as_i64)?,
            act: text("act")?,
            actor: text("actor")?,
            info: leaf.get("info").cloned().unwrap_or_default(),
        })
    }

    fn number(&self, key: &str) -> Option<i64> {
        self.info.get(key).and_then(Value::as_i64)
    }

    fn text(&self, key: &str) -> Option<&str> {
        self.info.get(key).and_then(Value::as_str)
    }

    /// Where the ticket stood before, among the states it can be put back to.
    fn before(&self) -> (State, Option<Time>) {
        let state = self.text("from").and_then(|word| word.parse().ok());
        match state {
            Some(State::Waiting) => (State::Waiting, None),
            Some(State::Held) => (State::Held, self.number("until").map(Time)),
            _ => (State::Open, None),
        }
    }
}

/// Leaves that say nothing of their own: they go with another, or only read.
const BESIDE: [&str; 4] = ["ticket.read", "ticket.revealed", "owner.told", "decision.cancelled"];

/// The act that would be undone: the last one that was not undone yet.
fn last(lines: &[String]) -> Option<Step> {
    let mut undone = Vec::new();
    for step in lines.iter().rev().filter_map(|line| Step::of(line)) {
        if step.act == "act.undone" {
            undone.extend(step.number("of"));
        } else if !undone.contains(&step.seq) && !BESIDE.contains(&step.act.as_str()) {
            return Some(step);
        }
    }
    None
}

/// The act by which a ticket was joined to another, whatever was written about it since.
fn joining(lines: &[String], into: i64) -> Option<Step> {
    let mut steps = lines.iter().rev().filter_map(|line| Step::of(line));
    steps.find(|step| step.act == "ticket.merged" && step.number("into") == Some(into))
}

/// Why an act cannot be taken back.
fn why_final(act: &str) -> &'static str {
    match act {
        "code.sent" => "hint-final-code",
        "code.confirmed" | "code.wrong" => "hint-final-answer",
        "decision.approved" => "hint-final-approve",
        "offer.confirmed" => "hint-final-offer",
        "decision.sent_back" => "hint-final-sent-back",
        "authorization.issued" => "hint-final-issue",
        "authorization.redeemed" => "hint-final-redeem",
        "authorization.revoked" => "hint-final-revoke",
        "owner.objected" | "notice.raised" => "hint-final-object",
        "notice.confirmed" | "notice.clear_asked" | "notice.cleared" => "hint-final-notice",
        "check.cleared" => "hint-final-clear",
        super::empty::EMPTIED => "hint-emptied",
        _ => "hint-final",
    }
}

impl Desk {
    /// Takes back the last act on a ticket, if it was one's own and can be taken back.
    ///
    /// # Errors
    /// Somebody else acted last, or the act is final: the failure says which.
    pub fn undo(&mut self, name: &str) -> Result<Undone, Failure> {
        self.require(&[Role::Agent, Role::Approver, Role::Custodian], "undo")?;
        let id = self.find(name)?;
        let works = self.may(&[Role::Agent, Role::Approver]);
        let undone = self.act(|act| act.undo(id, works))?;
        self.settle(|_| {})?;
        Ok(undone)
    }
}

impl Act<'_> {
    /// `works`: who undoes is one who may work on tickets, not one who once was.
    fn undo(&mut self, id: i64, works: bool) -> Result<Undone, Failure> {
        // Its leaf speaks for claim and decision as they are then.
        self.intact(id)?;
        let lines = journal::of_ticket(self.conn, id)?;
        let Some(step) = last(&lines) else {
            return Err(Failure::state(Phrase::of("fail-undo-none").with("id", id)));
        };
        if step.actor != self.actor {
            return Err(Failure::state(
                Phrase::of("fail-undo-other")
                    .with("id", id)
                    .with("who", step.actor.as_str())
                    .with("act", step.act.as_str()),
            )
            .hint(Phrase::of("hint-undo-other")));
        }
        if !works && step.act != "note.added" {
            return Err(Failure::refused(
                Phrase::of("fail-undo-role").with("who", self.actor).with("id", id),
            ));
        }
        let undone = self.take_back(id, &step)?;
        self.log_undone(id, &step)?;
        if let Undone::Merged(from) = undone
            && let Some(step) = joining(&journal::of_ticket(self.conn, from)?, id)
        {
            self.log_undone(from, &step)?;
        }
        self.disturb(id)?;
        Ok(undone)
    }

    fn log_undone(&mut self, id: i64, step: &Step) -> Result<(), Failure> {
        let draft = Draft::new("act.undone", self.actor)
            .info("of", Info::Number(step.seq))
            .info("what", Info::Text(&step.act));
        self.log(draft, Some(id)).map(drop)
    }

    /// Nobody else works on it.
    fn free(&self, ticket: &Ticket) -> Result<(), Failure> {
        match holder(ticket, self.now) {
            Some((who, until)) if who != self.actor => Err(held_by(ticket, who, until)),
            _ => Ok(()),
        }
    }

    fn take_back(&mut self, id: i64, step: &Step) -> Result<Undone, Failure> {
        let gone = |what| {
            let what = Part::Word(what);
            Failure::state(Phrase::of("fail-undo-gone").with("id", id).with("what", what))
        };
        let ticket = self.ticket(id)?;
        match step.act.as_str() {
            "ticket.taken" | "ticket.stolen" => {
                let mine = holder(&ticket, self.now).is_some_and(|(who, _)| who == self.actor);
                if !mine {
                    return Err(gone("fail-undo-held"));
                }
                tickets::set_lease(self.conn, id, None)?;
                Ok(if step.act == "ticket.taken" { Undone::Taken } else { Undone::Stolen })
            }
            "ticket.released" => {
                self.free(&ticket)?;
                open_for_work(&ticket)?;
                self.lease(id)?;
                Ok(Undone::Released)
            }
            "ticket.waiting" => {
                if ticket.state != State::Waiting {
                    return Err(gone("fail-undo-waits"));
                }
                self.free(&ticket)?;
                let (state, until) = step.before();
                self.move_to(id, state, until)?;
                Ok(Undone::Waiting(state))
            }
            "ticket.closed" => self.unclose(id, step),
            "ticket.reopened" => {
                self.free(&ticket)?;
                open_for_work(&ticket)?;
                let word = step.text("as").filter(|word| CLOSED_AS.contains(word));
                // Without a leaf of its own, so that what was done before is undone next.
                tickets::close(self.conn, id, word.unwrap_or("withdrawn"), None)?;
                Ok(Undone::Reopened)
            }
            "decision.made" => self.undecide(id),
            "note.added" => {
                let note = step.number("note").ok_or_else(|| gone("fail-undo-which-note"))?;
                if !undo::remove_note(self.conn, id, note, self.actor, self.now)? {
                    return Err(gone("fail-undo-note"));
                }
                Ok(Undone::Note)
            }
            "evidence.added" | "evidence.removed" => self.turn_item(id, step),
            "ticket.merged" => self.part(id, step),
            other => Err(Failure::state(Phrase::of("fail-undo-final").with("id", id).with("act", other))
                .hint(Phrase::of(why_final(other)))),
        }
    }

    /// A ticket that was closed stands where it stood; one that a decision closed is open, and the decision falls.
    fn unclose(&mut self, id: i64, step: &Step) -> Result<Undone, Failure> {
        let ticket = self.ticket(id)?;
        if ticket.state != State::Closed || ticket.merged_into.is_some() {
            return Err(Failure::state(Phrase::of("fail-undo-closed").with("id", id)));
        }
        let closed_by = acts::decision(self.conn, id)?.filter(|d| d.cancelled_at.is_none());
        if let Some(decision) = closed_by {
            if matches!(decision.word, Recommendation::Refuse | Recommendation::Guide)
                && decision.by == self.actor
            {
                return self.undecide(id);
            }
            self.cancel(&decision, "the ticket was closed, and that was undone")?;
        }
        let (state, until) = step.before();
        self.move_to(id, state, until)?;
        self.lease(id)?;
        Ok(Undone::Closed(state))
    }

    /// The agent's own decision falls; what was told to the owner stays told.
    fn undecide(&mut self, id: i64) -> Result<Undone, Failure> {
        let ticket = self.ticket(id)?;
        let standing = acts::decision(self.conn, id)?.filter(|d| d.cancelled_at.is_none());
        let Some(decision) = standing.filter(|d| d.by == self.actor && ticket.state != State::Issued) else {
            return Err(Failure::state(Phrase::of("fail-undo-decision").with("id", id)));
        };
        if ticket.request == Request::LostReport && decision.word.grants() {
            return Err(Failure::state(Phrase::of("fail-undo-notice").with("id", id))
                .hint(Phrase::of("hint-undo-notice")));
        }
        self.free(&ticket)?;
        self.cancel(&decision, "who decided took it back")?;
        Ok(Undone::Decided(decision.word, decision.notified_at.is_some()))
    }

    fn turn_item(&mut self, id: i64, step: &Step) -> Result<Undone, Failure> {
        let item = step.number("evidence").unwrap_or_default();
        let added = step.act == "evidence.added";
        self.edit(id)?;
        let turned = if added {
            evidence::remove(self.conn, id, item, self.actor, self.now)?
        } else {
            undo::restore_evidence(self.conn, id, item)?
        };
        if !turned {
            return Err(Failure::state(Phrase::of("fail-undo-item").with("item", item).with("id", id)));
        }
        self.recheck(id)?;
        Ok(if added { Undone::EvidenceAdded(item) } else { Undone::EvidenceRemoved(item) })
    }

    /// Parts what was merged: claim, items and notes go back where they were. Whoever worked on either may
    /// approve neither, as before.
    fn part(&mut self, id: i64, step: &Step) -> Result<Undone, Failure> {
        let parted = || Failure::state(Phrase::of("fail-undo-merge").with("id", id));
        let Some(from) = step.number("from") else {
            return Err(Failure::state(Phrase::of("fail-undo-into").with("id", id))
                .hint(Phrase::of("hint-undo-into")));
        };
        let joined = undo::joined(self.conn, from)?.filter(|j| j.target == id).ok_or_else(parted)?;
        let ticket = self.ticket(id)?;
        if !matches!(ticket.state, State::Open | State::Waiting | State::Held) {
            return Err(parted());
        }
        self.free(&ticket)?;
        undo::part(self.conn, &joined)?;
        tickets::set_given(self.conn, id, &joined.given, joined.due_at)?;
        self.move_to(from, joined.state, joined.held_until)?;
        for agent in tickets::contributors(self.conn, id)? {
            tickets::add_contributor(self.conn, from, &agent)?;
        }
        self.recheck(id)?;
        self.recheck(from)?;
        self.disturb(from)?;
        Ok(Undone::Merged(from))
    }
}
