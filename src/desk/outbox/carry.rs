//! Carrying messages: claim, hand over, write down what came of it; each step a transaction of its own.

use std::time::Duration;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use serde_json::json;

use super::super::{Desk, Failure};
use super::{Message, Secret, command, letter, mail, why};
use crate::authority::random;
use crate::config::{Dispatch, Way};
use crate::domain::{ContactKind, MessageKind, MessageState, Shown, Time};
use crate::store::desk::outbox;
use crate::words::kept::kept;
use crate::words::{Part, Phrase};

/// How much longer than a try may take a claim holds: then its carrier is lost.
const GRACE_SECONDS: i64 = 60;
/// A mail server is spoken to in several steps, each of which may take as long as a try.
const SMTP_STEPS: i64 = 8;
/// Characters kept of a refusal.
const MOST_WHY: usize = 200;
/// Claims after which a message whose carriers are lost every time has failed.
const MOST_LOST: i64 = 100;

/// A message as it is handed over.
pub struct Carried {
    /// Its name outside: the same at every try.
    pub id: String,
    /// Address or number.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its text, with the code.
    pub text: String,
    /// The code alone, for a site that words its own messages.
    pub code: Option<String>,
}

/// A claim on a message.
struct Claim {
    /// By which its carrier knows it.
    name: String,
    /// The message is as it was queued.
    stands: bool,
}

/// Why a message was not taken.
pub(super) struct Refusal {
    /// The sentence.
    pub why: Phrase,
    /// No further try would help.
    pub last: bool,
}

impl Refusal {
    /// Another try may help.
    pub fn later(why: Phrase) -> Self {
        Self { why, last: false }
    }

    /// No further try would help.
    pub fn last(why: Phrase) -> Self {
        Self { why, last: true }
    }
}

/// What came of one try.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Delivered {
    /// The message's number.
    pub message: i64,
    /// The ticket's.
    pub ticket: i64,
    /// What it is for.
    pub kind: MessageKind,
    /// Masked.
    pub to: String,
    /// Where it stands now.
    pub state: MessageState,
    /// When it is tried next.
    pub next_at: Option<Time>,
    /// Why it was not taken.
    pub why: Option<Phrase>,
}

impl Desk {
    /// Carries every message that is due; `each` hears what came of it and says whether to go on.
    pub fn deliver(&mut self, mut each: impl FnMut(&Delivered) -> bool) -> Result<usize, Failure> {
        // Where nothing may be done, that nothing left is no success.
        self.not_rolled_back()?;
        let mut done = 0;
        while let Some(delivered) = self.deliver_next(None)? {
            done += 1;
            if !each(&delivered) {
                break;
            }
        }
        Ok(done)
    }

    /// Carries one message now, if it is due.
    pub fn deliver_one(&mut self, id: i64) -> Result<Option<Delivered>, Failure> {
        self.deliver_next(Some(id))
    }

    /// When the next message is due.
    pub fn next_delivery(&self) -> Result<Option<Time>, Failure> {
        Ok(outbox::next_due(self.db())?)
    }

    fn deliver_next(&mut self, only: Option<i64>) -> Result<Option<Delivered>, Failure> {
        // Looked at without the lock first: mostly there is nothing to do.
        if self.readonly || self.rehearsal || outbox::due(self.db(), self.now(), only)?.is_none() {
            return Ok(None);
        }
        self.files_stand()?;
        let Some((message, claim)) = self.claim(only)? else { return Ok(None) };
        let (claim, stands) = claim.map_or((String::new(), true), |claim| (claim.name, claim.stands));
        let said = match (claim.as_str(), Secret::known(self.db())?) {
            ("", _) => Err(Refusal::last(Phrase::of("leaving-late"))),
            _ if !stands => Err(Refusal::last(Phrase::of("leaving-edited"))),
            (_, secret) => hand_over(&message, secret.as_ref(), &self.config.dispatch, self.now()),
        };
        self.note_down(&message, &claim, said).map(Some)
    }

    /// Claims a message that is due; no claim is on one that is not worth carrying any more.
    fn claim(&mut self, only: Option<i64>) -> Result<Option<(Message, Option<Claim>)>, Failure> {
        let bytes: [u8; 12] = random().map_err(|e| Failure::internal(e.phrase()))?;
        let claim = Base64UrlUnpadded::encode_string(&bytes);
        let try_seconds = i64::try_from(self.config.dispatch.timeout_seconds).unwrap_or(600);
        self.record(|act| {
            let Some(message) = outbox::due(act.conn, act.now, only)? else { return Ok(None) };
            if message.good_until.is_some_and(|until| until <= act.now) || message.tries >= MOST_LOST {
                return Ok(Some((message, None)));
            }
            // Who is told, and what, was said with the decision: an edit of it leaves the house as little as it counts.
            let stands = message.kind != MessageKind::OwnerNotice || act.told_stands(message.ticket)?;
            let until = Time(act.now.0 + try_seconds * SMTP_STEPS + GRACE_SECONDS);
            outbox::claim(act.conn, message.id, &claim, until)?;
            let message = Message { tries: message.tries + 1, ..message };
            Ok(Some((message, Some(Claim { name: claim.clone(), stands }))))
        })
    }

    /// Writes down what came of a try. An acknowledgement counts whoever brings it, and once.
    fn note_down(
        &mut self,
        message: &Message,
        claim: &str,
        said: Result<(), Refusal>,
    ) -> Result<Delivered, Failure> {
        let limit = self.config.dispatch.tries;
        let pause = self.config.dispatch.pause(message.tries);
        self.record(|act| {
            match said {
                Ok(()) => {
                    if outbox::sent(act.conn, message.id, act.now)? {
                        act.log_message("message.sent", message, None)?;
                    }
                }
                Err(refusal) if claim.is_empty() => {
                    let why = kept(&refusal.why);
                    if outbox::drop(act.conn, message.id, &why, act.now)? {
                        act.log_message("message.dropped", message, Some(&why))?;
                    }
                }
                Err(refusal) => {
                    let why = kept(&plain(refusal.why, message));
                    let next = Time(act.now.0 + pause);
                    let more = !refusal.last && message.tries < limit;
                    let noted =
                        outbox::tried(act.conn, message.id, claim, &why, more.then_some(next), act.now)?;
                    if noted && !more {
                        act.log_message("message.failed", message, Some(&why))?;
                    }
                }
            }
            Ok(())
        })?;
        let now = self.message(message.id)?;
        Ok(Delivered {
            message: now.id,
            ticket: now.ticket,
            kind: now.kind,
            to: now.to.masked(),
            state: now.state,
            next_at: now.due_at,
            why: why::of(&now),
        })
    }
}

/// A refusal without what it may repeat of the message, on one line.
fn plain(why: Phrase, message: &Message) -> Phrase {
    let (to, masked) = (message.to.plain(), message.to.masked());
    let digits = to.trim_start_matches('+');
    let clean = |text: &str| {
        let text = text.replace(&to, &masked).replace(digits, &masked);
        Shown(text.trim().trim_end_matches('.')).clip(MOST_WHY)
    };
    match why {
        Phrase::Said(id, parts) => {
            let cleaned = parts.into_iter().map(|(name, part)| match part {
                Part::Text(text) => (name, clean(&text).into()),
                other => (name, other),
            });
            Phrase::Said(id, cleaned.collect())
        }
        other => clean(&other.to_string()).into(),
    }
}

/// Hands a message over, whichever way it goes.
fn hand_over(
    message: &Message,
    secret: Option<&Secret>,
    dispatch: &Dispatch,
    now: Time,
) -> Result<(), Refusal> {
    let kind = message.to.kind();
    let way = dispatch.way(kind).ok_or_else(|| {
        Refusal::later(match kind {
            ContactKind::Email => Phrase::of("leaving-no-way-mail"),
            ContactKind::Phone => Phrase::of("leaving-no-way-phone"),
        })
    })?;
    let code = secret.and_then(|s| s.code(message.kind, &message.about));
    let text = match &code {
        Some(code) => letter::with_models(&message.text, true).replace(letter::CODE, code),
        None if matches!(message.kind, MessageKind::Reply | MessageKind::Checkpoint) => message.text.clone(),
        None => return Err(Refusal::last(Phrase::of("leaving-no-code"))),
    };
    let carried = Carried {
        id: message.mark.clone(),
        to: message.to.plain(),
        subject: message.subject.clone(),
        text,
        code,
    };
    let timeout = Duration::from_secs(dispatch.timeout_seconds);
    match way {
        Way::Smtp(smtp) => mail::post(&carried, smtp, dispatch.from.as_deref(), now.0, timeout),
        Way::Folder(folder) => mail::lay(&carried, folder, dispatch.from.as_deref(), message.queued_at.0),
        Way::Command(argv) => {
            let payload = json!({
                "id": carried.id,
                "kind": message.kind,
                "channel": kind,
                "to": carried.to,
                "language": message.language,
                "subject": carried.subject,
                "text": carried.text,
                "code": carried.code,
                "ticket": (message.ticket != 0).then_some(message.ticket),
                "attempt": message.tries,
            });
            let code = carried.code.as_deref().unwrap_or_default();
            let fill = |arg: &str| {
                arg.replace("{id}", &carried.id)
                    .replace("{kind}", message.kind.as_str())
                    .replace("{channel}", kind.as_str())
                    .replace("{language}", &message.language)
                    .replace("{to}", &carried.to)
                    .replace("{code}", code)
            };
            command::run(argv, fill, format!("{payload}\n").into_bytes(), timeout)
        }
    }
}
