//! The owner's no: it stops the case wherever it stands, until the authorization is used.

use serde_json::{Value, json};

use super::outbox::{code_hash, codes_in};
use super::show::Privacy;
use super::{Act, Desk, Failure};
use crate::audit::{Draft, Info};
use crate::domain::{DeviceName, NoticeKind, Role, Serial, State, Time, words::words};
use crate::intake::mail::{Mail, MailReader};
use crate::intake::{Caps, Trouble};
use crate::store::Db;
use crate::store::desk::{acts, heard, notices, outbox, tickets};
use crate::words::Phrase;

words! {
    /// What an objection stopped.
    Stopped {
        Case = "case",
        Decision = "decision",
        Authorization = "authorization",
        TooLate = "too-late",
    }
}

/// What came of an objection.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Objected {
    /// The ticket's number.
    pub ticket: i64,
    /// It had been recorded before, and nothing changed.
    pub already: bool,
    /// What it stopped.
    pub stopped: Option<Stopped>,
    /// When the authorization was used, where it came too late.
    pub redeemed_at: Option<Time>,
}

const WHO: &[Role] = &[Role::Agent, Role::Approver, Role::Custodian];

impl Desk {
    /// The owner objects: the ticket turns to `refuse`, an unused authorization is stopped, and a pending
    /// fraud notice goes on the device.
    pub fn object(&mut self, name: &str, reason: Option<&str>) -> Result<Value, Failure> {
        self.require(WHO, "take objections")?;
        let id = self.find(name)?;
        let done = self.act(|act| act.object(id, reason, false))?;
        if done.already {
            return Err(Failure::state(Phrase::of("fail-objected-already").with("id", id)));
        }
        self.settle(|_| {})?;
        let mut shown = self.show(name, Privacy::Work)?;
        if let Value::Object(shown) = &mut shown {
            shown.insert("objection".to_owned(), json!(done));
        }
        Ok(shown)
    }

    /// Takes every objection that stands in a text: an answer to an owner notice, or a file of them, with the code
    /// that the notice carried. What was recorded before stays as it is, so a file may be taken twice.
    pub fn object_by_codes(&mut self, text: &str, reason: Option<&str>) -> Result<Vec<Objected>, Failure> {
        self.require(WHO, "take objections")?;
        let named = named(self.db(), text)?;
        let mut done = Vec::new();
        for id in named {
            done.push(self.act(|act| act.object(id, reason, true))?);
        }
        self.settle(|_| {})?;
        Ok(done)
    }
}

/// What stands in a file of answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Replies {
    /// The objections in it.
    pub objections: Vec<Objected>,
    /// Mails in it that no person wrote: they are no objection, and the owner may not have read ours.
    pub automatic: u64,
    /// Mails in it.
    pub mails: u64,
}

impl Desk {
    /// Takes every objection that stands in mails, whatever their encoding: a file with one, an mbox, a Maildir.
    pub fn object_by_mails(&mut self, reader: MailReader, reason: Option<&str>) -> Result<Replies, Failure> {
        self.require(WHO, "take objections")?;
        let now = self.now();
        let (mut replies, mut codes) = (Replies::default(), String::new());
        for next in reader {
            replies.mails += 1;
            let raw = match next {
                Ok(raw) => raw,
                Err(Trouble::Row(_)) => continue,
                Err(Trouble::File(error)) => return Err((*error).into()),
            };
            // Files are not looked at here. What is no good mail is searched as it stands: an objection is not lost.
            let everything = match Mail::read(&raw.bytes, Caps { bytes: 0, pixels: 0, memory: 0 }, now) {
                Ok(mail) if mail.automatic => {
                    replies.automatic += 1;
                    continue;
                }
                Ok(mail) => mail.everything,
                Err(_) => String::from_utf8_lossy(&raw.bytes).into_owned(),
            };
            for code in codes_in(&everything) {
                codes.push_str(&code);
                codes.push('\n');
            }
        }
        replies.objections = self.object_by_codes(&codes, reason)?;
        Ok(replies)
    }
}

/// Tickets whose owner notice carried a code that stands in a text.
pub(super) fn named(db: &Db, text: &str) -> Result<Vec<i64>, Failure> {
    let mut named: Vec<i64> = Vec::new();
    for code in codes_in(text) {
        if let Some(ticket) = outbox::ticket_of_code(db, &code_hash(&code))?
            && !named.contains(&ticket)
        {
            named.push(ticket);
        }
    }
    Ok(named)
}

impl Act<'_> {
    pub(super) fn object(
        &mut self,
        id: i64,
        reason: Option<&str>,
        by_code: bool,
    ) -> Result<Objected, Failure> {
        super::empty::not_emptied(&self.ticket(id)?)?;
        let judged = self.recheck(id)?;
        let mut done = Objected { ticket: id, already: false, stopped: None, redeemed_at: None };
        if !notices::add_objection(self.conn, id, self.now, self.actor, reason)? {
            return Ok(Objected { already: true, ..done });
        }
        // Whatever they wrote before is answered by this.
        heard::heard(self.conn, id, self.actor)?;
        let grant = acts::authorization_of(self.conn, id)?;
        let mut stopped = Stopped::Case;
        if let Some(grant) = &grant
            && acts::revoke(self.conn, &grant.jti, "the owner objected", self.now)?
        {
            stopped = Stopped::Authorization;
            let draft = Draft::new("authorization.revoked", self.actor)
                .info("jti", Info::Text(&grant.jti))
                .info("cause", Info::Text("objection"));
            self.log(draft, Some(id))?;
        } else if let Some(at) = grant.and_then(|g| g.redeemed_at) {
            stopped = Stopped::TooLate;
            done.redeemed_at = Some(at);
        }
        if let Some(device) = &judged.facts.registry.device {
            let name = device.imeis.first().map(|i| DeviceName::Imei(*i));
            let name = name.or_else(|| Serial::parse(device.serials.first()?).ok().map(DeviceName::Serial));
            if let Some(name) = name {
                self.notice(&judged, &name, NoticeKind::Fraud, None)?;
            }
        }
        let standing = acts::decision(self.conn, id)?.filter(|d| d.cancelled_at.is_none());
        if let Some(decision) = standing.filter(|_| judged.ticket.state != State::Closed) {
            self.cancel(&decision, "the owner objected")?;
            if stopped == Stopped::Case {
                stopped = Stopped::Decision;
            }
        }
        let draft = Draft::new("owner.objected", self.actor)
            .info("code", Info::Flag(by_code))
            .info("stopped", Info::Text(stopped.as_str()));
        self.log(draft, Some(id))?;
        if judged.ticket.state != State::Closed {
            self.move_to(id, State::Open, None)?;
        }
        self.disturb(id)?;
        tickets::set_stale(self.conn, id)?;
        Ok(Objected { stopped: Some(stopped), ..done })
    }
}
