//! The reply to the customer: what a case's judgement comes to, in the customer's language.

use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};

use super::check::Judged;
use super::outbox::{Letter, Outgoing};
use super::{Act, Desk, Failure};
use crate::domain::{Contact, MessageKind, Recommendation, Role, State, Time};
use crate::judgement::reply::{Line, Standing, Value, reply};
use crate::store::desk::acts;
use crate::words::Phrase;
use crate::words::letters::Letters;

/// A reply as it would leave.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Reply {
    /// The ticket's number.
    pub ticket: i64,
    /// Masked; `None` where the claim names no contact.
    pub to: Option<String>,
    /// The language it is written in.
    pub language: String,
    /// What it goes by: the standing decision, else the recommendation.
    pub word: Recommendation,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
}

/// A reply that somebody has read, and perhaps written otherwise, before it leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// The language it is in.
    pub language: String,
    /// The text as the desk wrote it.
    pub written: String,
    /// The text that is to leave.
    pub text: String,
}

/// Longest reply, in bytes.
const MOST_TEXT: usize = 32 * 1024;

impl Desk {
    /// The languages that a reply can be written in (ISO 639-1).
    pub fn reply_languages(&self) -> Vec<String> {
        self.letters.languages()
    }

    /// Queues a reply that was read first. Where the desk would write otherwise by now, it is not sent: what the
    /// reply says must be true of the case as it stands.
    pub fn queue_read_reply(&mut self, name: &str, read: &Read) -> Result<(Reply, i64), Failure> {
        self.require(&[Role::Agent, Role::Approver], "write to customers")?;
        let text = read.text.trim();
        if text.is_empty() || text.len() > MOST_TEXT {
            return Err(Failure::usage(Phrase::of("fail-reply-length").with("most", MOST_TEXT / 1024)));
        }
        let id = self.find(name)?;
        self.settle(|_| {})?;
        let done = self.act(|act| act.queue_reply(id, Some(&read.language), Some(read)))?;
        self.settle(|_| {})?;
        Ok(done)
    }

    /// The reply to a ticket's claimant; `language` (ISO 639-1) in place of their own.
    pub fn reply(&mut self, name: &str, language: Option<&str>) -> Result<Reply, Failure> {
        let id = self.find(name)?;
        self.settle(|_| {})?;
        self.read(|act| act.reply(id, language).map(|(reply, _)| reply))
    }

    /// Queues the reply; it is carried afterwards. A ticket that asks the customer for something waits from then on.
    pub fn queue_reply(&mut self, name: &str, language: Option<&str>) -> Result<(Reply, i64), Failure> {
        self.require(&[Role::Agent, Role::Approver], "write to customers")?;
        let id = self.find(name)?;
        self.settle(|_| {})?;
        let done = self.act(|act| act.queue_reply(id, language, None))?;
        self.settle(|_| {})?;
        Ok(done)
    }
}

impl Act<'_> {
    fn reply(&mut self, id: i64, language: Option<&str>) -> Result<(Reply, Judged), Failure> {
        let judged = self.judge(id)?;
        let decided = acts::decision(self.conn, id)?.filter(|d| d.cancelled_at.is_none()).map(|d| d.word);
        let standing = Standing {
            state: judged.ticket.state,
            closed_as: judged.ticket.closed_as.as_deref(),
            decided,
            entitled: !judged.judgement.complete_sets.is_empty() || goes_to_the_owner(&judged, self.now),
        };
        let lines = reply(&judged.claim, &judged.judgement, self.policy, standing);
        let claimant = judged.claim.claimant.language.as_deref();
        let language = self.letters.language(language.or(claimant), self.config.dispatch.language.as_deref());
        let ticket = [("ticket", Value::Text(format!("#{id}")))];
        let reply = Reply {
            ticket: id,
            to: claimant_contact(&judged).map(|c| c.masked()),
            word: decided.unwrap_or(judged.judgement.recommendation),
            subject: said(self.letters, &language, "reply-subject", &ticket),
            text: text(self.letters, &language, &lines, &ticket),
            language,
        };
        Ok((reply, judged))
    }

    fn queue_reply(
        &mut self,
        id: i64,
        language: Option<&str>,
        read: Option<&Read>,
    ) -> Result<(Reply, i64), Failure> {
        let (mut reply, judged) = self.reply(id, language)?;
        if let Some(read) = read {
            if reply.text != read.written {
                return Err(Failure::state(Phrase::of("fail-reply-moved").with("id", id))
                    .hint(Phrase::of("hint-reply-moved")));
            }
            reply.text = format!("{}\n", read.text.trim());
        }
        self.hold(&judged.ticket)?;
        let to = claimant_contact(&judged)
            .ok_or_else(|| Failure::state(Phrase::of("fail-reply-nobody").with("id", id)))?;
        let digest: [u8; 32] = Sha256::digest(&reply.text).into();
        let letter = Letter {
            language: reply.language.clone(),
            subject: reply.subject.clone(),
            text: reply.text.clone(),
        };
        let message = self.queue(&Outgoing {
            about: &format!("reply:{id}:{}:{}", to.plain(), super::import::hex(&digest)),
            ticket: id,
            decision: None,
            kind: MessageKind::Reply,
            to: &to,
            letter: &letter,
            good_until: None,
            code_hash: None,
        })?;
        let message = message.ok_or_else(|| {
            Failure::state(Phrase::of("fail-reply-again").with("id", id))
                .hint(Phrase::of("hint-reply-again").with("id", id))
        })?;
        if reply.word == Recommendation::Ask && judged.ticket.state == State::Open {
            self.move_to(id, State::Waiting, None)?;
            self.log(crate::audit::Draft::new("ticket.waiting", self.actor), Some(id))?;
        }
        Ok((reply, message))
    }
}

/// Where the claimant says they are reached: mail before telephone.
fn claimant_contact(judged: &Judged) -> Option<Contact> {
    let claimant = &judged.claim.claimant;
    let email = claimant.email.as_ref().and_then(|e| e.good()).cloned().map(Contact::Email);
    email.or_else(|| claimant.phone.as_ref().and_then(|p| p.good()).copied().map(Contact::Phone))
}

/// Whether the reply goes to a verified current contact of the account.
fn goes_to_the_owner(judged: &Judged, now: Time) -> bool {
    let Some(to) = claimant_contact(judged) else { return false };
    let account = judged.facts.registry.account.as_ref();
    account.is_some_and(|account| {
        account.contacts.iter().any(|c| {
            c.contact == to
                && c.verified_at.is_some_and(|t| t <= now)
                && c.replaced_at.is_none_or(|t| t > now)
        })
    })
}

fn said(letters: &Letters, language: &str, id: &'static str, values: &[(&'static str, Value)]) -> String {
    let values: Vec<(&'static str, crate::words::Value<'_>)> = values
        .iter()
        .map(|(name, value)| match value {
            Value::Number(n) => (*name, (*n).into()),
            Value::Text(text) => (*name, text.as_str().into()),
        })
        .collect();
    letters.say(language, id, &values)
}

/// Greeting, lines and end: paragraphs, and lists whose items stand close.
fn text(letters: &Letters, language: &str, lines: &[Line], ticket: &[(&'static str, Value)]) -> String {
    let mut text = said(letters, language, "reply-hello", &[]);
    let mut list = false;
    for line in lines {
        let close = line.id == "reply-way" && list;
        text.push_str(if line.item || close { "\n" } else { "\n\n" });
        if line.item {
            text.push_str("  – ");
        }
        text.push_str(&said(letters, language, line.id, &line.values));
        list = line.item;
    }
    text.push_str("\n\n");
    text.push_str(&said(letters, language, "reply-bye", ticket));
    text.push('\n');
    text
}

/// A reply as JSON, and whether it was queued.
pub fn view(reply: &Reply, queued: bool) -> Json {
    let mut value = json!(reply);
    if let Json::Object(value) = &mut value {
        value.insert("queued".to_owned(), queued.into());
    }
    value
}
