//! What leaves the house: codes, owner notices, replies. A message is queued in the transaction of the act that it
//! tells of, and carried afterwards: claimed, handed over, and what came of it written down.
//!
//! **Invariant:** a message is sent when it was acknowledged (the command ended with 0, the mail server took it, the
//! file lies in the folder), and one that was acknowledged is never carried again.
//!
//! What a kill in the middle means: between the acknowledgement and its row there is a moment in which only the
//! receiver knows. A message whose carrier was lost there is carried once more, under the same id (`mark`), by which
//! the receiver drops the repeat; a file of the same name is simply there already.

mod carry;
mod command;
mod letter;
mod mail;
mod secret;
mod tongue;
pub mod why;

use serde_json::{Value, json};

use super::{Act, Desk, Failure};
use crate::audit::{Draft, Info};
use crate::domain::{Contact, MessageKind, MessageState, Role, Time};
pub use crate::store::desk::outbox::{Message, Wanted};
use crate::store::desk::{outbox, tickets};
use crate::words::Phrase;
use crate::words::kept::kept;
pub use carry::{Carried, Delivered};
pub(super) use letter::Letter;
pub(super) use secret::{Secret, code_hash, codes_in};

/// Messages of one ticket that are carried right after the act that queued them.
const MOST_NEW: usize = 50;

/// What stands for a code on a screen.
const HIDDEN: &str = "••••••";

/// A message to be queued.
pub(super) struct Outgoing<'a> {
    /// What it is about; the same is queued once.
    pub about: &'a str,
    /// The ticket; 0 for what belongs to none.
    pub ticket: i64,
    /// The decision that an owner notice tells of.
    pub decision: Option<i64>,
    /// What it is for.
    pub kind: MessageKind,
    /// To whom.
    pub to: &'a Contact,
    /// What it says.
    pub letter: &'a Letter,
    /// It is worth nothing from then on.
    pub good_until: Option<Time>,
    /// Hash of the code by which an owner notice is found again.
    pub code_hash: Option<[u8; 32]>,
}

impl Act<'_> {
    /// Queues a message in this transaction; `None` where one about the same is there already.
    pub(super) fn queue(&mut self, new: &Outgoing<'_>) -> Result<Option<i64>, Failure> {
        let mark = secret::mark(self.desk_id, new.about);
        let rehearsed = self.rehearsal.then(|| kept(&Phrase::of("leaving-rehearsal")));
        let message = outbox::NewMessage {
            mark: &mark,
            about: new.about,
            ticket: new.ticket,
            decision: new.decision,
            kind: new.kind,
            to: new.to,
            language: &new.letter.language,
            subject: &new.letter.subject,
            text: &new.letter.text,
            code_hash: new.code_hash,
            at: self.now,
            by: self.actor,
            good_until: new.good_until,
            rehearsed: rehearsed.as_deref(),
        };
        let Some(id) = outbox::add(self.conn, &message)? else { return Ok(None) };
        // Codes and owner notices have leaves of their own, `code.sent` and `owner.told`, in this transaction.
        if new.kind == MessageKind::Reply {
            let salt = tickets::get(&self.statements, new.ticket)?.map(|t| t.salt).unwrap_or_default();
            let draft = Draft::new("reply.queued", self.actor)
                .commit("to", &salt, new.to.plain().as_bytes())
                .commit("text", &salt, new.letter.text.as_bytes())
                .info("message", Info::Number(id));
            self.log(draft, Some(new.ticket))?;
        }
        Ok(Some(id))
    }

    pub(super) fn log_message(
        &mut self,
        act: &str,
        message: &Message,
        why: Option<&str>,
    ) -> Result<(), Failure> {
        let salt = tickets::get(&self.statements, message.ticket)?.map(|t| t.salt).unwrap_or_default();
        let mut draft = Draft::new(act, self.actor)
            .info("kind", Info::Text(message.kind.as_str()))
            .info("message", Info::Number(message.id));
        // A person's words, or the command's: they may name somebody.
        let ticket = (message.ticket != 0).then_some(message.ticket);
        if let Some(why) = why.filter(|_| ticket.is_some()) {
            draft = draft.commit("why", &salt, why.as_bytes());
        }
        self.log(draft, ticket)?;
        Ok(())
    }
}

impl Desk {
    /// The newest `most` messages that are wanted, newest first.
    pub fn outbox(&self, wanted: Wanted, most: usize) -> Result<Vec<Message>, Failure> {
        Ok(outbox::list(self.db(), wanted, most)?)
    }

    /// How many messages are still to leave, and how many have failed.
    pub fn outbox_counts(&self) -> Result<(i64, i64), Failure> {
        Ok(outbox::counts(self.db())?)
    }

    /// One message.
    pub fn message(&self, id: i64) -> Result<Message, Failure> {
        outbox::get(self.db(), id)?.ok_or_else(|| {
            Failure::state(Phrase::of("fail-no-message").with("id", id)).hint(Phrase::of("hint-no-message"))
        })
    }

    /// Carries what was just queued for a ticket: the first try of each of its messages.
    pub fn deliver_new(&mut self, ticket: i64) -> Result<Vec<Delivered>, Failure> {
        let wanted = Wanted { ticket: Some(ticket), state: Some(MessageState::Waiting), open: true };
        let mut done = Vec::new();
        for message in self.outbox(wanted, MOST_NEW)?.into_iter().rev().filter(|m| m.tries == 0) {
            done.extend(self.deliver_one(message.id)?);
        }
        Ok(done)
    }

    /// A message is tried again at once, from the first try on.
    pub fn retry_message(&mut self, id: i64) -> Result<Message, Failure> {
        self.require(&[Role::Agent, Role::Approver, Role::Custodian], "have messages sent")?;
        let message = self.message(id)?;
        self.act(|act| {
            if message.good_until.is_some_and(|until| until <= act.now) {
                return Err(Failure::state(Phrase::of("fail-message-stale").with("id", id))
                    .hint(Phrase::of("hint-message-stale").with("ticket", message.ticket)));
            }
            if !outbox::again(act.conn, id, act.now)? {
                return Err(over(&message));
            }
            act.log_message("message.retried", &message, None)
        })?;
        self.message(id)
    }

    /// A message is not to be sent any more.
    pub fn drop_message(&mut self, id: i64, reason: &str) -> Result<Message, Failure> {
        self.require(&[Role::Agent, Role::Approver, Role::Custodian], "drop messages")?;
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(Failure::usage(Phrase::of("fail-drop-reason")).hint(Phrase::of("hint-reason")));
        }
        let message = self.message(id)?;
        // The owner's say in the case is not one agent's to withhold.
        if message.kind == MessageKind::OwnerNotice {
            self.require(&[Role::Custodian, Role::Approver], "drop owner notices")?;
        }
        self.act(|act| {
            if !outbox::drop(act.conn, id, reason, act.now)? {
                return Err(over(&message));
            }
            act.log_message("message.dropped", &message, Some(reason))
        })?;
        self.message(id)
    }
}

/// A message as other programs and screens see it: to whom is masked, and no code is told.
pub fn view(message: &Message) -> Value {
    json!({
        "message": message.id,
        "id": message.mark,
        "ticket": (message.ticket != 0).then_some(message.ticket),
        "reference": message.reference,
        "kind": message.kind,
        "channel": message.to.kind(),
        "to": message.to.masked(),
        "language": message.language,
        "subject": message.subject,
        "state": message.state,
        "tries": message.tries,
        "queued_at": message.queued_at,
        "queued_by": message.queued_by,
        "next_at": message.due_at,
        "ended_at": message.ended_at,
        "good_until": message.good_until,
        "why": why::of(message),
    })
}

/// What a message says, with its code hidden.
///
/// What a caller may be asked for, the device's model, is masked too.
pub fn text_without_code(message: &Message) -> String {
    match message.kind {
        MessageKind::Reply | MessageKind::Checkpoint => message.text.clone(),
        MessageKind::Code | MessageKind::OwnerNotice => {
            letter::with_models(&message.text, false).replace(letter::CODE, HIDDEN)
        }
    }
}

/// Why nothing can be done with a message any more.
fn over(message: &Message) -> Failure {
    let at = message.ended_at.map(|t| t.to_string()).unwrap_or_default();
    match message.state {
        MessageState::Sent => {
            Failure::state(Phrase::of("fail-message-sent").with("id", message.id).with("at", at))
        }
        MessageState::Waiting | MessageState::Sending => {
            Failure::state(Phrase::of("fail-message-carried").with("id", message.id))
                .hint(Phrase::of("hint-message-carried"))
        }
        MessageState::Failed | MessageState::Dropped => Failure::state(
            Phrase::of("fail-message-over")
                .with("id", message.id)
                .with("at", at)
                .with("why", why::of(message).unwrap_or_else(Phrase::none)),
        ),
    }
}
