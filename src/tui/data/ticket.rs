//! All that a ticket's screen shows.

use std::fmt::Write as _;

use serde_json::Value;

use super::compare::{Compared, compare};
use super::queue::{Badge, PROOF_ORDER, QueueRow, badge};
use super::since::{Change, since};
use crate::desk::blobs::Harm;
use crate::desk::mail::Mail;
use crate::desk::screen::{Approval, Authorization, Decision, LastCode, Screen, StoredEvidence};
use crate::domain::{
    Access, Channel, ContactKind, EvidenceKind, MessageKind, NoticeKind, Proof, Recommendation, Request, Time,
};
use crate::judgement::rings::Sign;
use crate::judgement::{Check, Finding, Judgement, box_was_read, parts};
use crate::tui::terms::Term;
use crate::words::{Part, Phrase};

/// What a note is called in the timeline.
const NOTE: &str = "ticket-ev-note";

/// Findings that belong together: those of one proof, or those about the device, the account, the claimant.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Its id.
    pub title: &'static str,
    pub proof: Option<(Proof, Badge)>,
    pub findings: Vec<Finding>,
}

/// An item of evidence as given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceLine {
    pub id: i64,
    pub kind: crate::domain::EvidenceKind,
    pub given: Vec<(String, String)>,
    pub file: Option<(String, u64)>,
    /// The file is not what was taken in.
    pub harm: Option<Harm>,
    /// What the barcodes on its picture say.
    pub seen: Option<crate::domain::Seen>,
    pub added_by: String,
    pub added_at: Time,
    pub removed: bool,
}

/// One entry of the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub at: Time,
    pub actor: String,
    pub what: Phrase,
    /// What an agent wrote.
    pub note: Option<String>,
    /// The act's name in the log.
    pub act: String,
    /// Its number in the log; none where it has no entry of its own.
    pub seq: Option<u64>,
    /// What else the log holds of it.
    pub info: Vec<(String, String)>,
}

/// Where a channel's codes go, and how the last one fared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeState {
    pub channel: Channel,
    /// Masked; empty where there is nowhere to send to.
    pub to: Vec<String>,
    pub last: Option<LastCode>,
}

impl CodeState {
    /// A code is out and can still be read back.
    pub fn pending(&self, now: Time) -> Option<&LastCode> {
        self.last.as_ref().filter(|c| !c.confirmed && c.wrong < 3 && c.expires_at > now)
    }
}

/// A judged ticket, ready to be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct TicketView {
    pub row: QueueRow,
    /// What the claimant said of themselves, as given: the label's id, and text.
    pub claimant: Vec<(&'static str, Phrase)>,
    pub compared: Vec<Compared>,
    pub groups: Vec<Group>,
    pub judgement: Judgement,
    pub evidence: Vec<EvidenceLine>,
    /// Mails, oldest first, with what they offer.
    pub mails: Vec<Mail>,
    pub events: Vec<Event>,
    pub codes: Vec<CodeState>,
    pub decision: Option<Decision>,
    pub approvals: Vec<Approval>,
    pub authorization: Option<Authorization>,
    pub contributors: Vec<String>,
    pub cooldown_until: Option<Time>,
    pub objected: bool,
    /// What is worth a look.
    pub signs: Vec<Sign>,
    /// What changed since the decision that stands.
    pub since: Vec<Change>,
    /// A barcode on its picture names the device.
    pub box_was_read: bool,
    /// Persons of the registry are shown in full.
    pub revealed: bool,
}

impl TicketView {
    /// What a screen shows of a ticket.
    pub fn of(screen: Screen, revealed: bool) -> Self {
        let judged = &screen.judged;
        let row = QueueRow::of(&judged.ticket);
        let row = QueueRow {
            recommendation: Some(judged.judgement.recommendation),
            because: judged.judgement.because.clone(),
            ..row
        };
        let events = events(&screen);
        Self {
            row,
            claimant: claimant(&screen),
            compared: compare(judged, revealed),
            groups: groups(&judged.judgement),
            evidence: judged.evidence.iter().map(|e| evidence(e, &screen.harmed)).collect(),
            since: since(&screen, &events),
            signs: screen.signs.clone(),
            events,
            codes: codes(&screen),
            objected: judged.facts.desk.objected_at.is_some(),
            judgement: judged.judgement.clone(),
            decision: screen.decision,
            approvals: screen.approvals,
            authorization: screen.authorization,
            mails: screen.mails,
            contributors: screen.contributors,
            cooldown_until: screen.cooldown_until,
            box_was_read: box_was_read(&judged.claim, &judged.facts),
            revealed,
        }
    }

    /// The decision that stands.
    pub fn standing(&self) -> Option<&Decision> {
        self.decision.as_ref().filter(|d| d.cancelled_at.is_none())
    }

    /// The codes of one channel.
    pub fn code(&self, channel: Channel) -> Option<&CodeState> {
        self.codes.iter().find(|c| c.channel == channel)
    }

    /// The box has a picture that somebody must have looked at.
    pub fn has_box(&self) -> bool {
        self.judgement.proofs.contains(&Proof::Box) && !self.box_was_read
    }
}

fn claimant(screen: &Screen) -> Vec<(&'static str, Phrase)> {
    let columns = [
        ("ticket-name", "claimant_name"),
        ("ticket-email", "claimant_email"),
        ("ticket-phone", "claimant_phone"),
        ("ticket-language", "language"),
        ("ticket-access", "access"),
    ];
    let given = &screen.judged.ticket.given;
    columns
        .iter()
        .filter_map(|(label, column)| Some((*label, given.get(*column)?.clone())))
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(label, text)| match text.parse::<Access>() {
            Ok(access) if label == "ticket-access" => (label, Phrase::of(access.id())),
            _ => (label, Phrase::from(text)),
        })
        .collect()
}

fn groups(j: &Judgement) -> Vec<Group> {
    let of =
        |checks: &[Check]| -> Vec<Finding> { checks.iter().filter_map(|c| j.finding(*c)).cloned().collect() };
    let mut groups: Vec<Group> = PROOF_ORDER
        .iter()
        .map(|proof| {
            let findings = of(parts(*proof));
            let state = badge(findings.iter().filter_map(|f| f.outcome.as_str().chars().next()));
            let title = match proof {
                Proof::Purchase => "word-proof-purchase",
                Proof::Sim => "word-proof-sim",
                Proof::Consent => "word-proof-consent",
                Proof::Box => "word-proof-box",
                Proof::Facts => "word-proof-facts",
            };
            Group { title, proof: Some((*proof, state)), findings }
        })
        .collect();
    let rest = [
        (
            "ticket-group-device",
            &[
                Check::ImeiForm,
                Check::DeviceKnown,
                Check::DeviceModel,
                Check::DeviceOne,
                Check::DeviceNotice,
                Check::DeviceLostMode,
                Check::DeviceClone,
            ][..],
        ),
        (
            "ticket-group-account",
            &[
                Check::BindingCurrent,
                Check::BindingAge,
                Check::AccountKnown,
                Check::AccountMatch,
                Check::AccountIdle,
                Check::SelfService,
            ][..],
        ),
        (
            "ticket-group-claimant",
            &[Check::ClaimantRate, Check::TicketRival, Check::TicketTwin, Check::ClaimTries][..],
        ),
    ];
    groups.extend(rest.map(|(title, checks)| Group { title, proof: None, findings: of(checks) }));
    groups
}

fn evidence(e: &StoredEvidence, harmed: &[(i64, Harm)]) -> EvidenceLine {
    EvidenceLine {
        id: e.id,
        kind: e.kind,
        given: e.given.iter().map(|(c, t)| (c.clone(), t.clone())).collect(),
        file: e.attachment.as_ref().map(|a| (a.name.clone(), a.bytes)),
        harm: harmed.iter().find(|(id, _)| *id == e.id).map(|(_, harm)| *harm),
        seen: e.attachment.as_ref().and_then(|a| a.seen.clone()),
        added_by: e.added_by.clone(),
        added_at: e.added_at,
        removed: e.removed_at.is_some(),
    }
}

fn codes(screen: &Screen) -> Vec<CodeState> {
    let facts = &screen.judged.facts.registry;
    Channel::ALL
        .iter()
        .map(|channel| {
            let to = match channel {
                Channel::Sim => {
                    let item = screen.judged.claim.sim().map(|(e, _)| e.id);
                    let known = facts.sims.iter().find(|s| Some(s.evidence) == item);
                    known.and_then(|s| s.number).map(crate::domain::Phone::masked).into_iter().collect()
                }
                Channel::Contact => {
                    let mut current: Vec<_> = facts
                        .account
                        .iter()
                        .flat_map(|a| &a.contacts)
                        .filter(|c| c.verified_at.is_some() && c.replaced_at.is_none())
                        .map(|c| &c.contact)
                        .collect();
                    current.sort_by_key(|c| c.kind() != ContactKind::Email);
                    current.iter().map(|c| c.masked()).collect()
                }
            };
            CodeState {
                channel: *channel,
                to,
                last: screen.codes.iter().find(|c| c.channel == *channel).cloned(),
            }
        })
        .collect()
}

/// Leaves and notes in one timeline, oldest first.
fn events(screen: &Screen) -> Vec<Event> {
    let mut events: Vec<Event> = screen.leaves.iter().filter_map(event).collect();
    // A note's leaf holds a commitment only; its words come from the desk.
    let mut notes: Vec<_> = screen.notes.iter().collect();
    for event in events.iter_mut().filter(|e| e.what == Phrase::of(NOTE)) {
        if let Some(at) = notes.iter().position(|n| n.at == event.at && n.by == event.actor) {
            event.note = Some(notes.remove(at).text.clone());
        }
    }
    events.extend(notes.iter().map(|n| Event {
        at: n.at,
        actor: n.by.clone(),
        what: Phrase::of(NOTE),
        note: Some(n.text.clone()),
        act: "note.added".into(),
        seq: None,
        info: Vec::new(),
    }));
    let decided = events
        .iter_mut()
        .rfind(|e| matches!(&e.what, Phrase::Said(id, _) if id.starts_with("ticket-ev-decided")));
    if let (Some(event), Some(decision)) = (decided, &screen.decision) {
        event.note.clone_from(&decision.reason);
    }
    events.sort_by_key(|e| e.at);
    events
}

/// A code on the telephone: read out, or taken.
fn on_telephone(act: &str, centre: &str) -> Phrase {
    match act {
        "authorization.spoken" => Phrase::of("ticket-ev-authorization-spoken").with("centre", centre),
        _ => Phrase::of("ticket-ev-authorization-accepted").with("centre", centre),
    }
}

/// A leaf as a line of a timeline.
pub(super) fn event(leaf: &Value) -> Option<Event> {
    let text = |key: &str| leaf.get(key).and_then(Value::as_str);
    let info = |key: &str| -> String {
        match leaf.get("info").and_then(|i| i.get(key)) {
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
            None => String::new(),
        }
    };
    let act = text("act")?;
    let word = |id: &'static str, key: &'static str| Phrase::of(id).with(key, info(key));
    let message = |id: &'static str| Phrase::of(id).with("kind", term::<MessageKind>(&info("kind")));
    let channel = |id: &'static str| Phrase::of(id).with("channel", term::<Channel>(&info("channel")));
    let what = match act {
        "case.imported" => Phrase::of("ticket-ev-case-imported"),
        "case.updated" => Phrase::of("ticket-ev-case-updated"),
        "code.sent" => channel("ticket-ev-code-sent"),
        "reply.queued" => Phrase::of("ticket-ev-reply"),
        "message.sent" => message("ticket-ev-message-sent"),
        "message.failed" => message("ticket-ev-message-failed"),
        "message.dropped" => message("ticket-ev-message-dropped"),
        "message.retried" => message("ticket-ev-message-retried"),
        "code.confirmed" => channel("ticket-ev-code-confirmed"),
        "code.wrong" => channel("ticket-ev-code-wrong"),
        "ticket.taken" => Phrase::of("ticket-ev-ticket-taken"),
        "ticket.stolen" => Phrase::of("ticket-ev-ticket-stolen"),
        "ticket.released" => Phrase::of("ticket-ev-ticket-released"),
        "ticket.revealed" => Phrase::of("ticket-ev-ticket-revealed"),
        "evidence.added" => {
            word("ticket-ev-evidence-added", "evidence").with("kind", term::<EvidenceKind>(&info("kind")))
        }
        "evidence.read" => word("ticket-ev-evidence-read", "evidence").with("imeis", info("imeis")),
        "mail.taken" => Phrase::of("ticket-ev-mail-taken"),
        "offer.confirmed" => Phrase::of("ticket-ev-offer-confirmed").with("what", offered_as(&info("as"))),
        "offer.dismissed" => Phrase::of("ticket-ev-offer-dismissed"),
        "request.changed" => Phrase::of("ticket-ev-request").with("what", term::<Request>(&info("to"))),
        "evidence.removed" => word("ticket-ev-evidence-removed", "evidence"),
        "decision.cancelled" => word("ticket-ev-decision-cancelled", "why"),
        "owner.told" => word("ticket-ev-owner-told", "contacts"),
        "decision.approved" => Phrase::of("ticket-ev-decision-approved"),
        "authorization.issued" => Phrase::of("ticket-ev-authorization-issued"),
        "authorization.redeemed" => Phrase::of("ticket-ev-authorization-redeemed"),
        "authorization.revoked" => Phrase::of("ticket-ev-authorization-revoked"),
        "authorization.spoken" | "authorization.accepted" => on_telephone(act, &info("centre")),
        "owner.objected" => Phrase::of("ticket-ev-owner-objected"),
        "ticket.reopened" => Phrase::of("ticket-ev-ticket-reopened"),
        "ticket.waiting" => Phrase::of("ticket-ev-ticket-waiting"),
        "check.cleared" => word("ticket-ev-check-cleared", "check").with("other", info("other")),
        "notice.raised" => {
            Phrase::of("ticket-ev-notice-raised").with("kind", term::<NoticeKind>(&info("kind")))
        }
        "notice.confirmed" => Phrase::of("ticket-ev-notice-confirmed"),
        "notice.cleared" => Phrase::of("ticket-ev-notice-cleared"),
        "note.added" => Phrase::of(NOTE),
        "act.undone" => Phrase::of("ticket-ev-undone").with("what", undone(&info("what"))),
        "decision.made" if info("override") == "true" => Phrase::of("ticket-ev-decided-against")
            .with("word", term::<Recommendation>(&info("word")))
            .with("recommendation", term::<Recommendation>(&info("recommendation"))),
        "decision.made" => {
            Phrase::of("ticket-ev-decided").with("word", term::<Recommendation>(&info("word")))
        }
        "ticket.closed" => Phrase::of("ticket-ev-closed").with("as", closed_as(&info("as"))),
        other => {
            let mut words = other.replace('.', " ");
            if let Some(Value::Object(more)) = leaf.get("info") {
                for key in more.keys() {
                    let _ = write!(words, ", {key} {}", info(key));
                }
            }
            Phrase::from(words)
        }
    };
    Some(Event {
        at: text("at").and_then(|t| Time::parse(t).ok())?,
        actor: text("actor")?.to_owned(),
        what,
        note: None,
        act: act.to_owned(),
        seq: leaf.get("seq").and_then(Value::as_u64),
        info: infos(leaf),
    })
}

/// Everything that a leaf says besides who did what when.
fn infos(leaf: &Value) -> Vec<(String, String)> {
    let Some(Value::Object(info)) = leaf.get("info") else { return Vec::new() };
    let one = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let text = |value: &Value| match value {
        Value::Array(all) => all.iter().map(one).collect::<Vec<_>>().join(", "),
        value => one(value),
    };
    // A signature is for programs to read.
    let read = info.iter().filter(|(key, _)| *key != "statement");
    read.map(|(key, value)| (key.clone(), text(value))).collect()
}

/// As what something of a mail was confirmed.
fn offered_as(what: &str) -> Part {
    crate::tui::view::mail::what_id(what).map_or_else(|| what.into(), Part::Word)
}

/// What was undone, by the act of its leaf.
fn undone(act: &str) -> Part {
    Part::Word(match act {
        "ticket.taken" | "ticket.stolen" => "undo-what-take",
        "ticket.released" => "undo-what-release",
        "ticket.waiting" => "undo-what-wait",
        "ticket.closed" => "undo-what-close",
        "ticket.reopened" => "undo-what-reopen",
        "ticket.merged" => "undo-what-merge",
        "decision.made" => "undo-what-decide",
        "note.added" => "undo-what-note",
        "evidence.added" => "undo-what-evidence",
        "evidence.removed" => "undo-what-removing",
        other => return other.into(),
    })
}

/// A word of the domain, to be said in the reader's language; another text as it is.
fn term<T: Term + std::str::FromStr>(text: &str) -> Part {
    text.parse::<T>().map_or_else(|_| text.into(), |term| Part::Word(term.id()))
}

fn closed_as(text: &str) -> Part {
    crate::tui::terms::closed_id(text).map_or_else(|| text.into(), Part::Word)
}
