//! What the screens ask of the desk, and what comes back.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::cases;
use super::screens::{Ask, Told};
use crate::desk::Failure;
use crate::desk::drafts::Draft;
use crate::desk::screen::Seat;
use crate::domain::{Channel, EvidenceKind, Recommendation, State, Time};
use crate::judgement::Check;
use crate::tui::data::{QueueRow, TicketView};

/// A request by its number; numbers rise.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    pub no: u64,
    pub job: Job,
}

/// What the worker is asked to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Job {
    /// The first `limit` tickets: those with `search` in them if it is not empty, in one of `states` if any is
    /// named, held by `holder` if one is.
    Queue { search: String, states: Vec<State>, holder: Option<String>, limit: usize },
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
    Save { path: PathBuf, text: String },
    /// What a screen beside the queue asks.
    Screen(Ask),
}

/// Answers that replace one another: only the newest of a slot counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    Queue,
    Ticket,
    Peek,
    Lookup,
    Finding,
    Picture,
    Assist,
    Grants,
    Grant,
    Qr,
    Watch,
}

impl Job {
    /// The slot of a reading; writes have none and are never skipped.
    pub const fn slot(&self) -> Option<Slot> {
        match self {
            Self::Queue { .. } => Some(Slot::Queue),
            Self::Ticket { .. } | Self::Reveal { .. } => Some(Slot::Ticket),
            Self::Peek { .. } => Some(Slot::Peek),
            Self::Drafts | Self::Act { .. } | Self::Save { .. } => None,
            Self::Screen(ask) => ask.slot(),
            Self::Case(ask) => ask.slot(),
        }
    }

    /// The id of what the agent is told is going on.
    pub const fn doing(&self) -> &'static str {
        match self {
            Self::Queue { .. } => "doing-reading-queue",
            Self::Ticket { .. } | Self::Peek { .. } | Self::Reveal { .. } => "doing-reading-ticket",
            Self::Drafts => "doing-reading-drafts",
            Self::Act { act, .. } => act.doing(),
            Self::Save { .. } => "doing-saving-file",
            Self::Screen(ask) => ask.doing(),
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
    Decide {
        word: Recommendation,
        reason: Option<String>,
        overrides: bool,
    },
    Approve {
        saw_number: bool,
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
            Self::Decide { .. } => "doing-signing-decision",
            Self::Approve { .. } => "doing-signing-approval",
            Self::ConfirmNotice => "doing-confirming-notice",
            Self::ClearNotice => "doing-clearing-notice",
            Self::Clear { .. } => "doing-clearing-check",
            Self::Merge { .. } => "doing-joining-tickets",
            Self::Object { .. } => "doing-recording-objection",
            Self::Issue { .. } => "doing-signing-authorization",
            Self::Redeem => "doing-redeeming",
            Self::Revoke { .. } => "doing-revoking",
            Self::Note { .. } => "doing-writing-note",
            Self::Wait => "doing-setting-ticket-to-wait",
            Self::Close { .. } => "doing-closing-ticket",
            Self::Reopen => "doing-opening-ticket-again",
        }
    }
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
    Issued(Grant),
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
        rows: Arc<Vec<QueueRow>>,
        total: u64,
        /// How many tickets stand in each state, over the whole desk.
        standing: Vec<(State, u64)>,
    },
    Ticket(Arc<TicketView>),
    Act(Done),
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
    /// How far a request has come, in tickets.
    Progress {
        no: u64,
        done: usize,
    },
    Answer {
        no: u64,
        job: Job,
        result: Result<Found, Failure>,
        now: Time,
    },
    /// A request was dropped: newer of its kind came, or it was cancelled.
    Dropped {
        no: u64,
    },
}
