//! What mails offer, and what an agent makes of it: until somebody confirms an identifier or a file, nothing is judged
//! by it; who confirms has added evidence, and cannot be the second person.

use serde_json::{Value, json};

use super::due::DueTimes;
pub use super::remarks::remarks;
use super::show::Privacy;
use super::{Act, Desk, Failure, import};
use crate::audit::{Draft, Info};
use crate::domain::{
    Attachment, CaseColumn, EvidenceKind, OfferKind, OfferState, Request, Role, mask_email, mask_tail,
};
use crate::intake::mail::MOST_BYTES;
use crate::store::desk::evidence::{self, Columns, NewEvidence, StoredEvidence};
use crate::store::desk::mails::{self, Answer};
pub use crate::store::desk::mails::{Mail, Offer};
use crate::store::desk::{heard, tickets};
use crate::words::Phrase;

/// Who works with offers.
const WHO: &[Role] = &[Role::Agent, Role::Approver];

impl Desk {
    /// The mails of a ticket, oldest first, with what they offer.
    pub fn mails(&self, ticket: i64) -> Result<Vec<Mail>, Failure> {
        Ok(mails::of(self.db(), ticket)?)
    }

    /// Takes what a mail offers for evidence, or for a column of the claim; `what` says as which, and the likeliest is
    /// taken by default. Returns as what it was taken.
    pub fn confirm_offer(&mut self, name: &str, offer: i64, what: Option<&str>) -> Result<String, Failure> {
        self.require(WHO, "confirm what mails offer")?;
        let id = self.find(name)?;
        let what = self.act(|act| act.confirm_offer(id, offer, what))?;
        self.read_pictures(&mut |_| true)?;
        self.settle(|_| {})?;
        Ok(what)
    }

    /// Puts an offer aside; one that was confirmed is taken out of the case again.
    pub fn dismiss_offer(&mut self, name: &str, offer: i64) -> Result<(), Failure> {
        self.require(WHO, "dismiss what mails offer")?;
        let id = self.find(name)?;
        self.act(|act| act.dismiss_offer(id, offer))?;
        self.settle(|_| {})?;
        Ok(())
    }

    /// Somebody has read what the account's owner answered without a code; how many answers that were.
    pub fn hear_owner(&mut self, name: &str) -> Result<usize, Failure> {
        self.require(WHO, "hear what owners answer")?;
        let id = self.find(name)?;
        self.act(|act| {
            act.intact(id)?;
            let count = heard::heard(act.conn, id, act.actor)?;
            if count == 0 {
                return Err(Failure::state(Phrase::of("fail-nothing-unheard").with("id", id)));
            }
            let number = i64::try_from(count).unwrap_or(i64::MAX);
            act.log(Draft::new("owner.heard", act.actor).info("mails", Info::Number(number)), Some(id))?;
            Ok(count)
        })
    }

    /// A mail of a ticket as it came, whole and unchanged. That it was given out is logged.
    pub fn original_mail(&mut self, name: &str, mail: i64) -> Result<Vec<u8>, Failure> {
        self.require(Role::ALL, "give out mails")?;
        let id = self.find(name)?;
        let mail = self.mails(id)?.into_iter().find(|m| m.id == mail).ok_or_else(|| {
            Failure::state(Phrase::of("fail-no-mail").with("id", id).with("mail", mail))
                .hint(Phrase::of("hint-no-mail").with("id", id))
        })?;
        let data = self.blob(mail.id, &mail.original, MOST_BYTES as u64)?;
        if self.leaves_trace()? {
            self.act(|act| {
                let draft = Draft::new("mail.given", act.actor).digest("original", &mail.original);
                act.log(draft.info("mail", Info::Number(mail.id)), Some(id)).map(drop)
            })?;
        }
        Ok(data)
    }

    /// Says what a mail asks for, where its words were taken for something else.
    pub fn set_request(&mut self, name: &str, request: Request) -> Result<(), Failure> {
        self.require(WHO, "say what mails ask for")?;
        let id = self.find(name)?;
        self.act(|act| act.set_request(id, request))?;
        self.settle(|_| {})?;
        Ok(())
    }
}

impl Act<'_> {
    /// The offer of a ticket's mail, and whether that answers a message to the account's owner.
    fn offer(&self, id: i64, offer: i64) -> Result<(Offer, bool), Failure> {
        let mails = mails::of(self.conn, id)?;
        let all = mails.into_iter().flat_map(|m| {
            let notice = m.notice;
            m.offers.into_iter().map(move |o| (o, notice))
        });
        all.into_iter().find(|(o, _)| o.id == offer).ok_or_else(|| {
            Failure::state(Phrase::of("fail-no-offer").with("id", id).with("offer", offer))
                .hint(Phrase::of("hint-no-offer").with("id", id))
        })
    }

    fn confirm_offer(&mut self, id: i64, number: i64, what: Option<&str>) -> Result<String, Failure> {
        let (offer, notice) = self.offer(id, number)?;
        if offer.state == OfferState::Confirmed {
            let as_what = offer.what.clone().unwrap_or_default();
            return Err(Failure::state(
                Phrase::of("fail-offer-confirmed").with("offer", number).with("what", as_what),
            )
            .hint(Phrase::of("hint-offer-confirmed").with("id", id).with("offer", number)));
        }
        self.edit(id)?;
        let what = self.as_what(id, &offer, notice, what)?;
        let evidence = match (&offer.file, what.parse::<CaseColumn>()) {
            (Some(file), _) => {
                let kind = what.parse().unwrap_or(EvidenceKind::Document);
                Some(self.put_evidence(id, kind, None, Some(file))?)
            }
            (None, Ok(column)) if CaseColumn::CLAIM.contains(&column) => {
                self.put_claim(id, column, &offer.text)?;
                None
            }
            (None, Ok(column)) => {
                let kind = kind_of(column);
                Some(self.put_evidence(id, kind, Some((column, &offer.text)), None)?)
            }
            (None, Err(_)) => None,
        };
        let (by, at) = (self.actor, self.now);
        let answer = Answer { state: OfferState::Confirmed, what: Some(&what), evidence, by, at };
        mails::answer(self.conn, number, &answer)?;
        self.wake(id)?;
        let salt = self.ticket(id)?.salt;
        let mut draft = Draft::new("offer.confirmed", self.actor)
            .commit("given", &salt, offer.text.as_bytes())
            .info("offer", Info::Number(number))
            .info("as", Info::Text(&what));
        if let Some(file) = &offer.file {
            draft = draft.digest("file", &file.sha256);
        }
        self.log(draft, Some(id))?;
        self.recheck(id)?;
        Ok(what)
    }

    /// As what an offer is taken: as a person says, else as the likeliest that is free.
    fn as_what(&self, id: i64, offer: &Offer, notice: bool, what: Option<&str>) -> Result<String, Failure> {
        let may = if notice { vec![EvidenceKind::Document.as_str()] } else { offer.kind.words() };
        if let Some(what) = what {
            if may.contains(&what) {
                return Ok(what.to_owned());
            }
            return Err(Failure::usage(
                Phrase::of("fail-offer-what").with("offer", offer.id).with("what", what),
            )
            .hint(Phrase::of("hint-offer-what").with("names", may.join(", "))));
        }
        let given = self.ticket(id)?.given;
        let takes_second = offer.kind == OfferKind::Imei
            && given.get("imei").is_some_and(|imei| *imei != offer.text)
            && !given.contains_key("imei2");
        let first = may.first().copied().unwrap_or("document");
        Ok(if takes_second { "imei2" } else { first }.to_owned())
    }

    fn put_claim(&mut self, id: i64, column: CaseColumn, text: &str) -> Result<(), Failure> {
        let ticket = self.ticket(id)?;
        let mut given = ticket.given.clone();
        match given.get(column.as_str()) {
            Some(before) if before != text => {
                return Err(Failure::state(Phrase::of("fail-offer-taken").with("column", column.as_str()))
                    .hint(Phrase::of("hint-offer-taken").with("id", id)));
            }
            _ => given.insert(column.as_str().to_owned(), text.to_owned()),
        };
        self.give(id, &given, ticket.due_at)
    }

    fn give(&mut self, id: i64, given: &Columns, due_at: crate::domain::Time) -> Result<(), Failure> {
        self.disturb(id)?;
        let text = serde_json::to_string(given).map_err(Failure::fault)?;
        Ok(tickets::set_given(self.conn, id, &text, due_at)?)
    }

    /// Puts a column or a file into the item of a kind that lacks it, or into a new one.
    fn put_evidence(
        &mut self,
        id: i64,
        kind: EvidenceKind,
        column: Option<(CaseColumn, &str)>,
        file: Option<&Attachment>,
    ) -> Result<i64, Failure> {
        let stored = evidence::of(&self.statements, id)?;
        let lacks = |e: &&StoredEvidence| {
            e.kind == kind
                && e.removed_at.is_none()
                && kind != EvidenceKind::Document
                && column.is_none_or(|(c, text)| e.given.get(c.as_str()).is_none_or(|t| t == text))
                && (file.is_none() || e.attachment.is_none())
        };
        let standing = stored.iter().rfind(lacks);
        let mut given = standing.map(|e| e.given.clone()).unwrap_or_default();
        if let Some((column, text)) = column {
            given.insert(column.as_str().to_owned(), text.to_owned());
        }
        let file = file.or_else(|| standing.and_then(|e| e.attachment.as_ref()));
        let item = self.put_item(id, kind, &given, file)?;
        if let Some(old) = standing {
            evidence::remove(self.conn, id, old.id, self.actor, self.now)?;
            mails::moved(self.conn, old.id, item)?;
        }
        Ok(item)
    }

    fn put_item(
        &mut self,
        id: i64,
        kind: EvidenceKind,
        given: &Columns,
        attachment: Option<&Attachment>,
    ) -> Result<i64, Failure> {
        let item = evidence::next_id(self.conn)?;
        let text = serde_json::to_string(given).map_err(Failure::fault)?;
        let new = NewEvidence {
            id: item,
            kind,
            given: &text,
            added_by: self.actor,
            added_at: self.now,
            attachment,
        };
        evidence::add(&self.statements, id, &new)?;
        Ok(item)
    }

    fn dismiss_offer(&mut self, id: i64, number: i64) -> Result<(), Failure> {
        let (offer, _) = self.offer(id, number)?;
        match offer.state {
            OfferState::Dismissed => {
                return Err(Failure::state(Phrase::of("fail-offer-dismissed").with("offer", number)));
            }
            OfferState::Offered => {
                let ticket = self.ticket(id)?;
                self.hold(&ticket)?;
            }
            OfferState::Confirmed => {
                self.edit(id)?;
                self.take_out(id, &offer)?;
            }
        }
        let (by, at) = (self.actor, self.now);
        let answer = Answer { state: OfferState::Dismissed, what: None, evidence: None, by, at };
        mails::answer(self.conn, number, &answer)?;
        let draft = Draft::new("offer.dismissed", self.actor)
            .info("offer", Info::Number(number))
            .info("was_confirmed", Info::Flag(offer.state == OfferState::Confirmed));
        self.log(draft, Some(id))?;
        if offer.state == OfferState::Confirmed {
            self.recheck(id)?;
        }
        Ok(())
    }

    /// Takes what was confirmed out of the claim or its item again; what else stands there stays.
    fn take_out(&mut self, id: i64, offer: &Offer) -> Result<(), Failure> {
        let what = offer.what.as_deref().unwrap_or_default();
        let Some(item) = offer.evidence else {
            let ticket = self.ticket(id)?;
            let mut given = ticket.given.clone();
            if given.get(what) == Some(&offer.text) {
                given.remove(what);
                self.give(id, &given, ticket.due_at)?;
            }
            return Ok(());
        };
        let stored = evidence::of(&self.statements, id)?;
        let Some(standing) = stored.iter().find(|e| e.id == item && e.removed_at.is_none()) else {
            return Ok(());
        };
        let mut given = standing.given.clone();
        if offer.file.is_none() {
            given.remove(what);
        }
        let file = standing.attachment.as_ref().filter(|_| offer.file.is_none());
        evidence::remove(self.conn, id, item, self.actor, self.now)?;
        if !given.is_empty() || file.is_some() {
            let left = self.put_item(id, standing.kind, &given, file)?;
            mails::moved(self.conn, item, left)?;
        }
        Ok(())
    }

    fn set_request(&mut self, id: i64, request: Request) -> Result<(), Failure> {
        let ticket = self.ticket(id)?;
        if mails::of(self.conn, id)?.is_empty() {
            return Err(Failure::state(Phrase::of("fail-request-no-mail").with("id", id)));
        }
        if ticket.request == request {
            return Err(Failure::state(
                Phrase::of("fail-request-same").with("id", id).with("request", request),
            ));
        }
        self.edit(id)?;
        self.disturb(id)?;
        let due = DueTimes::new(self.policy, &self.config.calendar).of(request, ticket.received_at);
        mails::set_request(self.conn, id, request, due)?;
        let draft = Draft::new("request.changed", self.actor)
            .info("from", Info::Text(ticket.request.as_str()))
            .info("to", Info::Text(request.as_str()));
        self.log(draft, Some(id))?;
        self.recheck(id)?;
        Ok(())
    }
}

/// The kind of evidence that a column describes.
fn kind_of(column: CaseColumn) -> EvidenceKind {
    let describes = |kind: &&EvidenceKind| CaseColumn::of_evidence(**kind).contains(&column);
    EvidenceKind::ALL.iter().find(describes).copied().unwrap_or(EvidenceKind::Document)
}

/// A mail as other programs see it.
pub fn view(mail: &Mail, privacy: Privacy) -> Value {
    let masked = privacy == Privacy::Masked;
    let offers: Vec<Value> = mail.offers.iter().map(|o| offer_view(o, masked)).collect();
    json!({
        "mail": mail.id,
        "sender": {
            "name": mail.name.as_deref().map(|n| if masked { crate::domain::mask_name(n) } else { n.to_owned() }),
            "email": if masked { mask_email(&mail.sender) } else { mail.sender.clone() },
        },
        "subject": if masked { "…" } else { &mail.subject },
        "text": if masked { "…" } else { &mail.text },
        "sent_at": mail.sent_at,
        "taken_at": mail.taken_at,
        "taken_by": mail.taken_by,
        "follows": mail.follows,
        "stranger": mail.stranger,
        "answers_owner_notice": mail.notice,
        "heard_by": mail.heard_by,
        "original": {
            "sha256": import::hex(&mail.original).trim_start_matches("sha256:"),
            "bytes": mail.bytes,
        },
        "remarks": remarks(mail),
        "offers": offers,
    })
}

fn offer_view(offer: &Offer, masked: bool) -> Value {
    let hides = masked && offer.file.is_none();
    json!({
        "offer": offer.id,
        "kind": offer.kind,
        "text": if hides { mask_tail(&offer.text, 4) } else { crate::domain::Shown(&offer.text).to_string() },
        "damaged": offer.damaged,
        "state": offer.state,
        "as": offer.what,
        "evidence": offer.evidence,
        "by": offer.by,
        "at": offer.at,
        "attachment": offer.file.as_ref().map(|f| json!({
            "sha256": import::hex(&f.sha256).trim_start_matches("sha256:"),
            "name": crate::domain::Shown(&f.name).to_string(),
            "bytes": f.bytes,
        })),
    })
}
