//! One-time codes: sent to the claimed number or to the account's owner, read back, counted.

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::check::Judged;
use super::outbox::{Outgoing, Secret};
use super::{Act, Desk, Failure};
use crate::audit::{Draft, Info};
use crate::authority::random;
use crate::domain::{
    Channel, Contact, ContactKind, MessageKind, MessageState, Outcome, Recommendation, Role, State, Time,
};
use crate::judgement::{Check, tries_over};
use crate::store::desk::codes::{self, NewCode};
use crate::store::desk::outbox::{self as messages, Wanted};
use crate::store::desk::{standing, tickets};
use crate::words::Phrase;
use crate::words::kept::kept;

/// Wrong codes that burn a code.
const TRIES: i64 = 3;
/// Messages of one ticket that are looked through for codes.
const MOST_OPEN: usize = 50;
/// Minutes a code by phone is good for (NIST SP 800-63B-4 §4.2).
const PHONE_MINUTES: i64 = 10;
/// Hours a code by e-mail is good for.
const EMAIL_HOURS: i64 = 24;

/// A code on its way.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Sent {
    /// The ticket's number.
    pub ticket: i64,
    /// How it goes out.
    pub channel: Channel,
    /// Masked.
    pub to: String,
    /// It is worth nothing from then on.
    pub expires_at: Time,
    /// Shown by a rehearsal desk only, where nothing is sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// What came of a code read back.
#[derive(Clone, Debug, serde::Serialize)]
pub struct ReadBack {
    /// The ticket's number.
    pub ticket: i64,
    /// How the code had gone out.
    pub channel: Channel,
    /// Whether it was the right one.
    pub confirmed: bool,
    /// How many more wrong ones the code bears.
    pub tries_left: i64,
    /// What the ticket's judgement says now.
    pub recommendation: Recommendation,
}

impl Desk {
    /// Sends a one-time code; `to` chooses among the account's verified contacts.
    pub fn send_code(&mut self, name: &str, channel: Channel, to: Option<&str>) -> Result<Sent, Failure> {
        self.require(&[Role::Agent, Role::Approver], "send codes")?;
        let id = self.find(name)?;
        let (sent, message, code) = self.act(|act| act.send_code(id, channel, to))?;
        if self.rehearsal {
            return Ok(Sent { code: Some(code), ..sent });
        }
        // After the commit: a code that was sent but not kept could never be read back. Somebody may be waiting
        // on the line for it, so it is carried at once.
        let Some(delivered) = self.deliver_one(message)? else { return Ok(sent) };
        let why = delivered.why.unwrap_or_else(Phrase::none);
        match delivered.state {
            MessageState::Waiting | MessageState::Sending => {
                Err(Failure::state(Phrase::of("fail-code-waits").with("why", why))
                    .hint(Phrase::of("hint-code-waits").with("message", message)))
            }
            MessageState::Failed | MessageState::Dropped => {
                Err(Failure::state(Phrase::of("fail-dispatch").with("why", why))
                    .hint(Phrase::of("hint-dispatch")))
            }
            MessageState::Sent => Ok(sent),
        }
    }

    /// Takes a code that was read back; a wrong one counts against the device and the account.
    pub fn confirm_code(&mut self, name: &str, channel: Channel, code: &str) -> Result<ReadBack, Failure> {
        self.require(&[Role::Agent, Role::Approver], "take codes")?;
        let id = self.find(name)?;
        let back = self.act(|act| act.confirm_code(id, channel, code))?;
        self.settle(|_| {})?;
        Ok(back)
    }
}

fn hash(salt: &[u8; 16], ticket: i64, channel: Channel, code: &str) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(salt);
    hasher.update(ticket.to_be_bytes());
    hasher.update(channel.as_str());
    hasher.update([0]);
    hasher.update(code);
    hasher.finalize().into()
}

impl Act<'_> {
    fn send_code(
        &mut self,
        id: i64,
        channel: Channel,
        to: Option<&str>,
    ) -> Result<(Sent, i64, String), Failure> {
        let judged = self.judge(id)?;
        open_for_work(&judged.ticket)?;
        self.hold(&judged.ticket)?;
        self.may_code(&judged)?;
        let account = judged.facts.registry.account.as_ref();
        let contact = match channel {
            Channel::Sim => {
                let item = judged.claim.sim().map(|(e, _)| e.id);
                let number = judged
                    .facts
                    .registry
                    .sims
                    .iter()
                    .find(|s| Some(s.evidence) == item)
                    .and_then(|s| s.number);
                let number = number.ok_or_else(|| {
                    Failure::state(Phrase::of("fail-no-number")).hint(Phrase::of("hint-no-number"))
                })?;
                Contact::Phone(number)
            }
            Channel::Contact => self.owner_contact(account, to)?,
        };
        if !self.rehearsal && self.config.dispatch.way(contact.kind()).is_none() {
            return Err(Failure::state(Phrase::of("fail-no-dispatch").with("kind", contact.kind().as_str()))
                .hint(Phrase::of("hint-no-dispatch")));
        }
        let is_phone = contact.kind() == ContactKind::Phone;
        let expires_at =
            if is_phone { Time(self.now.0 + PHONE_MINUTES * 60) } else { self.now.plus_hours(EMAIL_HOURS) };
        let nonce: [u8; 16] = random().map_err(|e| Failure::internal(e.phrase()))?;
        let about = format!("code:{id}:{:032x}", u128::from_be_bytes(nonce));
        let code = Secret::of(self)?.code(MessageKind::Code, &about).unwrap_or_default();
        let salt: [u8; 16] = random().map_err(|e| Failure::internal(e.phrase()))?;
        let new = NewCode {
            ticket: id,
            channel,
            to: &contact,
            account: account.map(|a| a.no),
            request: judged.claim.request,
            device: judged.facts.registry.named(),
            sent_at: self.now,
            expires_at,
            sent_by: self.actor,
            salt,
            hash: hash(&salt, id, channel, &code),
        };
        self.retire_codes(id, &contact)?;
        let number = codes::add(self.conn, &new)?;
        let whole = standing::code(self.conn, number)?;
        tickets::set_stale(self.conn, id)?;
        let draft = Draft::new("code.sent", self.actor)
            .commit("code", &judged.ticket.salt, &whole)
            .commit("to", &judged.ticket.salt, contact.plain().as_bytes())
            .info("channel", Info::Text(channel.as_str()))
            .info("code", Info::Number(number));
        self.log(draft, Some(id))?;
        let minutes = (expires_at.0 - self.now.0) / 60;
        let letter = self.code_letter(&judged, channel, &contact, minutes)?;
        let message = self.queue(&Outgoing {
            about: &about,
            ticket: id,
            decision: None,
            kind: MessageKind::Code,
            to: &contact,
            letter: &letter,
            good_until: Some(expires_at),
            code_hash: None,
        })?;
        let message = message.ok_or_else(|| Failure::fault("A code was drawn twice."))?;
        let sent = Sent { ticket: id, channel, to: contact.masked(), expires_at, code: None };
        Ok((sent, message, code))
    }

    /// Earlier codes to a contact that have not left stay here: only the newest is taken, and whoever read back another
    /// one would be counted wrong.
    fn retire_codes(&mut self, id: i64, to: &Contact) -> Result<(), Failure> {
        let open = Wanted { ticket: Some(id), state: None, open: true };
        for message in messages::list(self.conn, open, MOST_OPEN)? {
            if message.kind == MessageKind::Code && message.to == *to {
                let why = kept(&Phrase::of("leaving-superseded"));
                messages::drop(self.conn, message.id, &why, self.now)?;
                self.log_message("message.dropped", &message, None)?;
            }
        }
        Ok(())
    }

    /// A verified current contact of the account: its e-mail if there is one, else its phone, or the one
    /// that `wanted` names.
    fn owner_contact(
        &self,
        account: Option<&crate::judgement::facts::Account>,
        wanted: Option<&str>,
    ) -> Result<Contact, Failure> {
        let account = account
            .ok_or_else(|| Failure::state(Phrase::of("fail-no-owner")).hint(Phrase::of("hint-no-owner")))?;
        let now = self.now;
        let mut contacts: Vec<&Contact> = account
            .contacts
            .iter()
            .filter(|c| c.verified_at.is_some_and(|t| t <= now) && c.replaced_at.is_none_or(|t| t > now))
            .map(|c| &c.contact)
            .collect();
        contacts.sort_by_key(|c| c.kind() != ContactKind::Email);
        let chosen = match wanted {
            None => contacts.first(),
            Some(text) => contacts
                .iter()
                .find(|c| c.kind().as_str() == text || c.plain() == text.trim() || c.masked() == text.trim()),
        };
        chosen.map(|c| (*c).clone()).ok_or_else(|| {
            let known: Vec<String> = contacts.iter().map(|c| c.masked()).collect();
            let hint = if known.is_empty() {
                Phrase::of("hint-no-verified-contact")
            } else {
                Phrase::of("hint-it-has").with("names", known.join(", "))
            };
            Failure::state(Phrase::of("fail-no-such-contact")).hint(hint)
        })
    }

    fn confirm_code(&mut self, id: i64, channel: Channel, code: &str) -> Result<ReadBack, Failure> {
        let ticket = self.ticket(id)?;
        open_for_work(&ticket)?;
        self.hold(&ticket)?;
        let judged = self.judge(id)?;
        self.may_code(&judged)?;
        let sent = codes::newest(self.conn, id, channel)?.ok_or_else(|| {
            Failure::state(Phrase::of("fail-no-code").with("channel", channel).with("id", id))
                .hint(Phrase::of("hint-send-code").with("id", id).with("channel", channel.as_str()))
        })?;
        let again = Phrase::of("hint-new-code").with("id", id).with("channel", channel.as_str());
        if sent.confirmed {
            return Err(Failure::state(Phrase::of("fail-code-used")).hint(again));
        }
        if sent.wrong >= TRIES {
            return Err(Failure::refused(Phrase::of("fail-code-burnt")).hint(again));
        }
        if sent.expires_at <= self.now {
            return Err(Failure::state(Phrase::of("fail-code-old").with("at", sent.expires_at.to_string()))
                .hint(again));
        }
        let given: String = code.chars().filter(char::is_ascii_digit).collect();
        if given.len() != 6 {
            return Err(Failure::usage(Phrase::of("fail-six-digits")));
        }
        let right = bool::from(hash(&sent.salt, id, channel, &given).ct_eq(&sent.hash));
        if right {
            codes::confirm(self.conn, sent.id, self.now)?;
            // What was read back is evidence (JUDGEMENT.md §2), and who takes evidence approves nothing of the case.
            tickets::add_contributor(self.conn, id, self.actor)?;
        } else {
            codes::add_wrong(self.conn, id, sent.id, self.now, self.actor)?;
            self.disturb(id)?;
        }
        let act = if right { "code.confirmed" } else { "code.wrong" };
        let draft = Draft::new(act, self.actor)
            .info("channel", Info::Text(channel.as_str()))
            .info("code", Info::Number(sent.id));
        self.log(draft, Some(id))?;
        let judged = self.recheck(id)?;
        Ok(ReadBack {
            ticket: id,
            channel,
            confirmed: right,
            tries_left: if right { TRIES } else { TRIES - sent.wrong - 1 },
            recommendation: judged.judgement.recommendation,
        })
    }
}

impl Act<'_> {
    /// Refuses another code where too many were read back wrong. What others answered about the account does not count here:
    /// a stranger who guesses must not keep the owner from saying yes or no.
    fn may_code(&self, judged: &Judged) -> Result<(), Failure> {
        let wrong = judged.facts.desk.wrong_codes.clone();
        tries_over(wrong, self.policy, self.now).map_or(Ok(()), |until| Err(too_many(until)))
    }
}

/// Too many answers were wrong.
pub(super) fn too_many(until: Time) -> Failure {
    let reason = Phrase::of("finding-tries-over").with("until", until.to_string());
    Failure::refused(reason).hint(Phrase::of("hint-tries"))
}

/// Refuses another try where too many answers were wrong: codes sent beforehand give no extra ones.
pub(super) fn may_try(judged: &Judged) -> Result<(), Failure> {
    match judged.judgement.finding(Check::ClaimTries) {
        Some(finding) if finding.outcome == Outcome::Fail => {
            Err(Failure::refused(finding.reason.clone()).hint(Phrase::of("hint-tries")))
        }
        _ => Ok(()),
    }
}

/// Refuses on a ticket that is closed or already granted.
pub(super) fn open_for_work(ticket: &tickets::Ticket) -> Result<(), Failure> {
    match ticket.state {
        State::Closed => Err(Failure::state(Phrase::of("fail-closed").with("id", ticket.id))
            .hint(Phrase::of("hint-reopen").with("id", ticket.id))),
        State::Issued => {
            Err(Failure::state(Phrase::of("fail-out").with("id", ticket.id)).hint(Phrase::of("hint-out")))
        }
        _ => Ok(()),
    }
}
