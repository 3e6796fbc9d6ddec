//! The owner's no: it stops the case wherever it stands, until the authorization is used.

use serde_json::{Value, json};

use super::outbox::{code_hash, codes_in};
use super::show::Privacy;
use super::{Act, Desk, Failure};
use crate::audit::{Draft, Info};
use crate::domain::{DeviceName, NoticeKind, Role, Serial, State, Time, words::words};
use crate::store::desk::{acts, notices, outbox, tickets};
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
        let mut named: Vec<i64> = Vec::new();
        for code in codes_in(text) {
            if let Some(ticket) = outbox::ticket_of_code(self.db(), &code_hash(&code))?
                && !named.contains(&ticket)
            {
                named.push(ticket);
            }
        }
        let mut done = Vec::new();
        for id in named {
            done.push(self.act(|act| act.object(id, reason, true))?);
        }
        self.settle(|_| {})?;
        Ok(done)
    }
}

impl Act<'_> {
    fn object(&mut self, id: i64, reason: Option<&str>, by_code: bool) -> Result<Objected, Failure> {
        let judged = self.recheck(id)?;
        let mut done = Objected { ticket: id, already: false, stopped: None, redeemed_at: None };
        if !notices::add_objection(self.conn, id, self.now, self.actor, reason)? {
            return Ok(Objected { already: true, ..done });
        }
        let grant = acts::authorization_of(self.conn, id)?;
        let mut stopped = Stopped::Case;
        if let Some(grant) = &grant
            && acts::revoke(self.conn, &grant.jti, "the owner objected", self.now)?
        {
            stopped = Stopped::Authorization;
            let draft = Draft::new("authorization.revoked", self.actor).info("jti", Info::Text(&grant.jti));
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
