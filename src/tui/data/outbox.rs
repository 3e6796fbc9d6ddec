//! Messages as lines of a screen: to whom is masked, and no code is told.

use crate::desk::outbox::{Message, text_without_code, why};
use crate::domain::{MessageKind, MessageState, Time};
use crate::words::Phrase;

/// One message.
#[derive(Clone, Debug, PartialEq)]
pub struct OutLine {
    pub id: i64,
    pub ticket: i64,
    /// The ticket's name.
    pub name: String,
    pub kind: MessageKind,
    /// Masked.
    pub to: String,
    pub language: String,
    pub subject: String,
    pub text: String,
    pub state: MessageState,
    pub tries: i64,
    pub queued_at: Time,
    pub queued_by: String,
    pub next_at: Option<Time>,
    pub ended_at: Option<Time>,
    pub good_until: Option<Time>,
    pub why: Option<Phrase>,
}

/// What a tab of the outbox shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OutView {
    /// The newest first.
    pub lines: Vec<OutLine>,
    /// Messages that are still to leave, and that have failed.
    pub counts: (i64, i64),
}

impl From<&Message> for OutLine {
    fn from(m: &Message) -> Self {
        Self {
            id: m.id,
            ticket: m.ticket,
            // A checkpoint is of no ticket.
            name: if m.ticket == 0 {
                "—".to_owned()
            } else {
                super::ticket_name(m.ticket, m.reference.as_deref())
            },
            kind: m.kind,
            to: m.to.masked(),
            language: m.language.clone(),
            subject: m.subject.clone(),
            text: text_without_code(m),
            state: m.state,
            tries: m.tries,
            queued_at: m.queued_at,
            queued_by: m.queued_by.clone(),
            next_at: m.due_at,
            ended_at: m.ended_at,
            good_until: m.good_until,
            why: why::of(m),
        }
    }
}
