//! What a check says: outcome, sentence, the evidence it read, the rows it compared, the effect it had.

use std::cell::Cell;

use super::row_key::RowKey;
use crate::domain::{List, Outcome, Time, words::words};
use crate::words::{Part, Phrase};

words! {
    /// Every check of JUDGEMENT.md §4, in its order.
    Check {
        ImeiForm = "imei.form",
        DeviceKnown = "device.known",
        DeviceModel = "device.model",
        DeviceOne = "device.one",
        DeviceNotice = "device.notice",
        DeviceLostMode = "device.lost_mode",
        DeviceClone = "device.clone",
        BindingCurrent = "binding.current",
        BindingAge = "binding.age",
        AccountKnown = "account.known",
        AccountMatch = "account.match",
        AccountIdle = "account.idle",
        SelfService = "self.service",
        ContactCode = "contact.code",
        AccountFacts = "account.facts",
        ReceiptForm = "receipt.form",
        ReceiptKnown = "receipt.known",
        ReceiptDevice = "receipt.device",
        ReceiptDate = "receipt.date",
        ReceiptUnique = "receipt.unique",
        SimForm = "sim.form",
        SimSeen = "sim.seen",
        SimAge = "sim.age",
        SimHeld = "sim.held",
        BoxMatch = "box.match",
        BoxUnique = "box.unique",
        ClaimantRate = "claimant.rate",
        TicketRival = "ticket.rival",
        TicketTwin = "ticket.twin",
        ClaimTries = "claim.tries",
    }
}

words! {
    /// A shade of an outcome that the policy tells apart.
    Note {
        Impossible = "impossible",
        Soft = "soft",
        Suspended = "suspended",
    }
}

words! {
    /// What a finding leads to.
    Effect {
        Investigate = "investigate",
        Refuse = "refuse",
        Refer = "refer",
        Hold = "hold",
        Guide = "guide",
        Caution = "caution",
        Correct = "correct",
    }
}

/// A registry row that a check compared, by its list and key.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct RowRef {
    /// The list.
    pub list: List,
    /// The row's key in it.
    pub key: RowKey,
}

/// The outcome of one check.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Finding {
    /// Which check.
    pub check: Check,
    /// What it found.
    pub outcome: Outcome,
    /// A sentence an agent can read aloud.
    pub reason: Phrase,
    /// The item it read.
    pub evidence: Option<i64>,
    /// The rows it compared.
    pub facts: Vec<RowRef>,
    /// What the policy makes of it.
    pub effect: Option<Effect>,
    #[serde(skip_serializing_if = "Option::is_none")]
    /// A shade of the outcome.
    pub note: Option<Note>,
    /// When time alone ends what is found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Time>,
    /// The other tickets it speaks of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tickets: Vec<i64>,
    /// Tickets with a picture that looks like one of this ticket's.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alike: Vec<Alike>,
}

/// Another ticket with a picture that looks like one of this ticket's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Alike {
    /// Its number.
    pub ticket: i64,
    /// Bits in which the look-alike hashes differ, of 64; 0 for the same bytes.
    pub bits: u32,
}

impl Finding {
    /// `reason` is the sentence's id; [`Self::with`] gives what goes into it.
    pub(super) fn new(check: Check, outcome: Outcome, reason: &'static str) -> Self {
        Self {
            check,
            outcome,
            reason: Phrase::of(reason),
            evidence: None,
            facts: Vec::new(),
            effect: None,
            note: None,
            until: None,
            tickets: Vec::new(),
            alike: Vec::new(),
        }
    }

    pub(super) fn pass(check: Check, reason: &'static str) -> Self {
        Self::new(check, Outcome::Pass, reason)
    }

    pub(super) fn fail(check: Check, reason: &'static str) -> Self {
        Self::new(check, Outcome::Fail, reason)
    }

    pub(super) fn unknown(check: Check, reason: &'static str) -> Self {
        Self::new(check, Outcome::Unknown, reason)
    }

    pub(super) fn missing(check: Check, reason: &'static str) -> Self {
        Self::new(check, Outcome::Missing, reason)
    }

    pub(super) fn skip(check: Check, reason: &'static str) -> Self {
        Self::new(check, Outcome::Skip, reason)
    }

    pub(super) fn with(mut self, name: &'static str, part: impl Into<Part>) -> Self {
        self.reason = self.reason.with(name, part);
        self
    }

    /// Another sentence after the first, where there is one.
    pub(super) fn and(mut self, more: Phrase) -> Self {
        if !more.is_none() {
            self.reason = Phrase::row(vec![self.reason, more]);
        }
        self
    }

    /// The sentence was the inside of one: it gets a capital letter and an end.
    pub(super) fn whole(mut self) -> Self {
        self.reason = self.reason.whole();
        self
    }

    pub(super) fn on(mut self, evidence: Option<i64>) -> Self {
        self.evidence = evidence;
        self
    }

    pub(super) fn row(mut self, list: List, key: impl Into<RowKey>) -> Self {
        self.facts.push(RowRef { list, key: key.into() });
        self
    }

    pub(super) fn note(mut self, note: Note) -> Self {
        self.note = Some(note);
        self
    }

    pub(super) fn until(mut self, until: Option<Time>) -> Self {
        self.until = until;
        self
    }

    pub(super) fn naming(mut self, tickets: Vec<i64>) -> Self {
        self.tickets = tickets;
        self
    }

    pub(super) fn alike(mut self, alike: impl IntoIterator<Item = (i64, u32)>) -> Self {
        self.alike = alike.into_iter().map(|(ticket, bits)| Alike { ticket, bits }).collect();
        self
    }
}

/// The moment of judging, which remembers the next moment that would change an answer.
///
/// Invariant: every comparison with the present goes through [`Now::reached`].
pub struct Now {
    at: Time,
    next: Cell<Option<Time>>,
}

impl Now {
    /// Judging happens at `at`.
    pub fn at(at: Time) -> Self {
        Self { at, next: Cell::new(None) }
    }

    /// The moment itself, for sentences.
    pub fn time(&self) -> Time {
        self.at
    }

    /// Whether `moment` has come; if not, it is remembered as a moment to judge again at.
    pub fn reached(&self, moment: Time) -> bool {
        if moment <= self.at {
            return true;
        }
        if self.next.get().is_none_or(|next| moment < next) {
            self.next.set(Some(moment));
        }
        false
    }

    /// The earliest moment still to come that was asked about.
    pub fn next(&self) -> Option<Time> {
        self.next.get()
    }
}
