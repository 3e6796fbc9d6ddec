//! What the screens ask of the desk, and what comes back.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use secrecy::SecretString;

use super::cases;
use super::screens::{Ask, Told};
use crate::desk::Failure;
use crate::desk::board::{Question, Search, View};
use crate::desk::drafts::Draft;
use crate::desk::kept::Kept;
use crate::desk::merge::Merged;
use crate::desk::screen::Seat;
use crate::desk::spoken::ReadOut;
use crate::desk::undo::Undone;
use crate::domain::{Channel, EvidenceKind, Recommendation, Time};
use crate::judgement::Answered;
use crate::judgement::Check;
use crate::tui::app::action::Action;
use crate::tui::data::{QueueRow, TicketView};
use crate::words::Phrase;

/// A request by its number; numbers rise.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    pub no: u64,
    pub job: Job,
}

/// What the worker is asked to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Job {
    /// A page of the queue, as an agent sees it at a moment. The board answers.
    Queue { question: Box<Question>, me: String, now: Time },
    /// The numbers of all that a search finds; of a range of places, where one is named. The board answers.
    Numbers { search: Box<Search>, places: Option<(usize, usize)>, me: String, now: Time },
    /// One act on many tickets.
    Bulk { action: Action, ids: Vec<i64>, act: Box<BulkAct> },
    /// What a ticket would be with another joined into it.
    Merged { into: i64, from: i64 },
    /// What the desk keeps for the screens.
    Kept,
    /// Keeps a text under a name, or forgets it.
    Keep { everybody: bool, name: String, value: Option<String> },
    /// The log hears that every ticket was searched, and how many were found.
    Searched { tickets: usize },
    /// Judge again what is out of date.
    Settle,
    /// One ticket for its screen.
    Ticket { id: i64 },
    /// One ticket for the preview.
    Peek { id: i64 },
    /// One ticket with the registry's persons in full; logged.
    Reveal { id: i64 },
    /// What the agent typed and did not send.
    Drafts,
    /// What a ticket, a form or the authorizations ask besides.
    Case(cases::Ask),
    /// A write.
    Act { id: i64, act: Act },
    /// A file of the agent's own: a token, a QR code.
    Save { path: PathBuf, text: String, jti: String },
    /// What a screen beside the queue asks.
    Screen(Ask),
    /// Whether this is the passphrase of the agent's key.
    Unlock(Secret),
}

/// A passphrase on its way; two of them are never the same.
#[derive(Clone, Debug)]
pub struct Secret(pub Arc<SecretString>);

impl Secret {
    pub fn new(secret: SecretString) -> Self {
        Self(Arc::new(secret))
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// How far a request has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// Of all that is to be done, as far as that is known: bytes, leaves.
    pub done: u64,
    pub of: Option<u64>,
    /// Rows or tickets, for people.
    pub rows: u64,
    /// What is left is done whatever is asked: it cannot be stopped any more.
    pub settling: bool,
}

impl Step {
    /// So many tickets, of nobody knows how many.
    pub fn tickets(done: usize) -> Self {
        let done = u64::try_from(done).unwrap_or(u64::MAX);
        Self { done, of: None, rows: done, settling: false }
    }
}

/// Answers that replace one another: only the newest of a slot counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    Centres,
    Queue,
    Ticket,
    Outbox,
    OutCounts,
    Reply,
    Peek,
    Settle,
    Lookup,
    Finding,
    Picture,
    OpenFile,
    Assist,
    Barcodes,
    Grants,
    Grant,
    Qr,
    Folder,
    Registry,
    Roster,
    Rulebook,
    Report,
    Log,
}

impl Job {
    /// The slot of a reading; writes have none and are never skipped.
    pub const fn slot(&self) -> Option<Slot> {
        match self {
            Self::Queue { .. } => Some(Slot::Queue),
            Self::Ticket { .. } | Self::Reveal { .. } => Some(Slot::Ticket),
            Self::Peek { .. } => Some(Slot::Peek),
            Self::Settle => Some(Slot::Settle),
            Self::Numbers { .. }
            | Self::Bulk { .. }
            | Self::Merged { .. }
            | Self::Kept
            | Self::Keep { .. }
            | Self::Searched { .. }
            | Self::Drafts
            | Self::Act { .. }
            | Self::Save { .. }
            | Self::Unlock(_) => None,
            Self::Screen(ask) => ask.slot(),
            Self::Case(ask) => Some(ask.slot()),
        }
    }

    /// The board answers, not the desk.
    pub const fn is_look(&self) -> bool {
        matches!(self, Self::Queue { .. } | Self::Numbers { .. })
    }

    /// The moment it speaks of, where it does of one.
    pub fn moment(&self) -> Time {
        match self {
            Self::Queue { now, .. } | Self::Numbers { now, .. } => *now,
            _ => Time::MIN,
        }
    }

    /// The id of what the agent is told is going on.
    pub const fn doing(&self) -> &'static str {
        match self {
            Self::Queue { .. }
            | Self::Numbers { .. }
            | Self::Kept
            | Self::Keep { .. }
            | Self::Searched { .. } => "doing-reading-queue",
            Self::Merged { .. } => "doing-merged",
            Self::Bulk { .. } => "doing-bulk",
            Self::Settle => "doing-judging",
            Self::Ticket { .. } | Self::Peek { .. } | Self::Reveal { .. } => "doing-reading-ticket",
            Self::Drafts => "doing-reading-drafts",
            Self::Act { act, .. } => act.doing(),
            Self::Save { .. } => "doing-saving-file",
            Self::Screen(ask) => ask.doing(),
            Self::Unlock(_) => "doing-unlock",
            Self::Case(ask) => ask.doing(),
        }
    }
}

/// A write on one ticket.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    Take {
        steal: Option<String>,
    },
    Release,
    SendCode {
        channel: Channel,
        to: Option<String>,
    },
    ConfirmCode {
        channel: Channel,
        code: String,
    },
    AddEvidence {
        kind: EvidenceKind,
        columns: BTreeMap<String, String>,
        file: Option<PathBuf>,
    },
    RemoveEvidence {
        item: i64,
    },
    /// What a mail offers is taken for evidence, or for a column of the claim.
    ConfirmOffer {
        offer: i64,
        what: String,
    },
    /// It is put aside, or taken out again.
    DismissOffer {
        offer: i64,
    },
    /// What the account's owner answered was read.
    HearOwner,
    /// What a mail asks for.
    SetRequest {
        request: crate::domain::Request,
    },
    Decide {
        word: Recommendation,
        reason: Option<String>,
        overrides: bool,
    },
    Approve {
        saw_number: bool,
    },
    SendBack {
        reason: String,
    },
    /// The second person's yes to a lost-report.
    ConfirmNotice,
    ClearNotice,
    /// A failing check is cleared against one other ticket.
    Clear {
        check: Check,
        other: i64,
        reason: String,
    },
    /// A twin is joined into this ticket.
    Merge {
        from: i64,
    },
    Object {
        reason: Option<String>,
    },
    Issue {
        audience: Option<String>,
        challenge: Option<String>,
    },
    Redeem,
    /// A code for a service centre that says this challenge.
    ReadOut {
        centre: String,
        challenge: String,
    },
    /// A service centre took a code, and read this back.
    Accepted {
        code: String,
    },
    Revoke {
        reason: String,
    },
    Note {
        text: String,
    },
    Wait,
    Close {
        word: String,
    },
    Reopen,
    /// The reply to the customer, as it was read.
    Reply(Box<crate::desk::reply::Read>),
    /// The last act on it, if it was one's own.
    Undo,
}

impl Act {
    const fn doing(&self) -> &'static str {
        match self {
            Self::Take { .. } => "doing-taking-ticket",
            Self::Release => "doing-giving-ticket-back",
            Self::SendCode { .. } => "doing-sending-code",
            Self::ConfirmCode { .. } => "doing-checking-code",
            Self::AddEvidence { .. } => "doing-adding-evidence",
            Self::RemoveEvidence { .. } => "doing-removing-evidence",
            Self::ConfirmOffer { .. }
            | Self::DismissOffer { .. }
            | Self::SetRequest { .. }
            | Self::HearOwner => "doing-offer",
            Self::Decide { .. } => "doing-signing-decision",
            Self::Approve { .. } => "doing-signing-approval",
            Self::SendBack { .. } => "doing-send-back",
            Self::ConfirmNotice => "doing-confirming-notice",
            Self::ClearNotice => "doing-clearing-notice",
            Self::Clear { .. } => "doing-clearing-check",
            Self::Merge { .. } => "doing-joining-tickets",
            Self::Object { .. } => "doing-recording-objection",
            Self::Issue { .. } => "doing-signing-authorization",
            Self::Redeem | Self::Accepted { .. } => "doing-redeeming",
            Self::ReadOut { .. } => "doing-reading-out",
            Self::Revoke { .. } => "doing-revoking",
            Self::Note { .. } => "doing-writing-note",
            Self::Wait => "doing-setting-ticket-to-wait",
            Self::Close { .. } => "doing-closing-ticket",
            Self::Reopen => "doing-opening-ticket-again",
            Self::Reply(_) => "doing-reply",
            Self::Undo => "doing-undo",
        }
    }
}

/// An act on many tickets.
#[derive(Clone, Debug, PartialEq)]
pub enum BulkAct {
    /// The same on each.
    Same(Act),
    /// Each is decided as it is recommended.
    AsRecommended,
    /// Each is joined into this one.
    Into(i64),
}

/// What came of an act on one of many tickets.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub id: i64,
    pub name: String,
    /// What was done, where the act alone does not say it.
    pub result: Result<Option<Phrase>, Failure>,
}

/// What a write came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Done {
    Sent {
        channel: Channel,
        to: String,
        expires_at: Time,
        code: Option<String>,
    },
    ReadBack {
        confirmed: bool,
        tries_left: i64,
    },
    /// What a caller said about the account.
    Answered {
        answers: Vec<Answered>,
        tries_left: i64,
    },
    Issued(Grant),
    ReadOut(Box<ReadOut>),
    Undone(Undone),
    /// Done, and there is nothing more to say than the toast.
    Plain,
}

/// An authorization to hand over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    pub jti: String,
    pub token: String,
    pub op: String,
    pub sub: String,
    pub aud: String,
    pub expires_at: Time,
}

/// What a reading found.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    Queue {
        /// The place of the first line.
        first: usize,
        rows: Arc<Vec<QueueRow>>,
        total: usize,
        /// There are more, which were not counted.
        more: bool,
        /// Tickets of each view; not where every ticket was looked for.
        counts: Option<Box<[u64; View::ALL.len()]>>,
        /// Tickets of each saved search, where that is quickly known.
        also: Vec<Option<u64>>,
        /// Every ticket of the desk was looked at.
        complete: bool,
    },
    Ticket(Arc<TicketView>),
    Numbers(Vec<i64>),
    Bulk(Vec<Outcome>),
    Kept(Vec<Kept>),
    Merged(Box<Merged>),
    Act(Done),
    /// Whether the passphrase was right.
    Unlocked(bool),
    Saved(PathBuf),
    Drafts(Vec<Draft>),
    Case(cases::Told),
    Screen(Told),
    /// It was stopped on the way.
    Nothing,
}

/// The worker's side of the talk.
#[derive(Clone, Debug, PartialEq)]
pub enum Report {
    /// The desk is open.
    Ready(Seat),
    /// It cannot be opened; nothing more will come.
    Closed(Failure),
    /// The agent's key needs its passphrase.
    Passphrase(String),
    /// How far a request has come.
    Progress {
        no: u64,
        step: Step,
    },
    /// A request waits for the import that is under way.
    Waits {
        no: u64,
    },
    /// The first rows of an answer that is still being looked for.
    Early {
        no: u64,
        found: Found,
    },
    Answer {
        no: u64,
        job: Job,
        result: Result<Found, Failure>,
        now: Time,
    },
    /// The queue is not what it was.
    Moved,
    /// A request was dropped: newer of its kind came, or it was cancelled.
    Dropped {
        no: u64,
    },
}
