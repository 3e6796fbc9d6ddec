//! What blocks a case, and what proves it, as the lines of the log tell it. A later leaf may speak for a group of rows, but
//! not undo what an earlier line said: an objection stands, a notice is what its own acts made of it, a wrong code was one,
//! a code was read back only where a leaf of that names it, and the owner is told what was queued with the decision, where it was
//! queued to. Rows are but the index of it.

use std::collections::BTreeMap;

use super::rows::{CODES, NOTICE, OWNER, TOLD, act_of, commitment_in};
use super::signed::Leaf;
use super::{Act, Failure};
use crate::audit::{Hash, commitment};
use crate::domain::Time;
use crate::store::desk::leaves;
use crate::store::desk::standing::{Code, Notice, Standing, Told, told_of};

/// The acts that say something of such rows.
const TELLING: [&str; 15] = [
    "code.confirmed",
    "code.sent",
    "code.wrong",
    "message.dropped",
    "message.failed",
    "message.retried",
    "message.sent",
    "notice.clear_asked",
    "notice.cleared",
    "notice.confirmed",
    "notice.raised",
    "owner.objected",
    "owner.told",
    "ticket.redacted",
    "ticket.reopened",
];

/// A code that was sent: what it is, and when it was read back.
struct SentCode {
    is: Option<Hash>,
    confirmed_at: Option<i64>,
}

/// What the owner was told of a decision.
struct Notified {
    is: Option<Hash>,
    at: i64,
    /// Words of it went with a person who was erased: what is left cannot be compared.
    redacted: bool,
}

/// What the lines of one ticket say.
#[derive(Default)]
pub(super) struct Lines {
    /// The leaf that said it last, of each group.
    pub last: BTreeMap<usize, u64>,
    objection: Option<(i64, String)>,
    notices: Vec<(Notice, Option<Hash>)>,
    codes: BTreeMap<i64, SentCode>,
    wrong: Vec<(i64, i64, String)>,
    /// By decision.
    told: BTreeMap<i64, Notified>,
    /// What became of messages: state and moment of those that ended.
    ends: BTreeMap<i64, Option<(String, i64)>>,
}

/// Whether a line says something of such rows.
pub(super) fn tells(line: &str) -> bool {
    TELLING.contains(&act_of(line))
}

impl Lines {
    /// Takes the next line of the ticket.
    pub fn read(&mut self, seq: u64, line: &str) {
        if !tells(line) {
            return;
        }
        let Some(leaf) = Leaf::read(line) else { return };
        let Ok(Time(at)) = Time::parse(&leaf.at) else { return };
        let group = match leaf.act.split_once('.') {
            Some(("notice", _)) => NOTICE,
            Some(("message", _) | ("owner", "told") | ("ticket", "redacted")) => TOLD,
            Some(("owner", _)) => OWNER,
            _ => CODES,
        };
        self.last.insert(group, seq);
        match group {
            // Who objected once has objected.
            OWNER => self.objection = self.objection.take().or(Some((at, leaf.actor))),
            NOTICE => self.notice(&leaf, at, commitment_in(line, "notice")),
            TOLD => self.telling(&leaf, at, commitment_in(line, "messages")),
            _ => self.code(&leaf, at, commitment_in(line, "code")),
        }
    }

    fn code(&mut self, leaf: &Leaf, at: i64, is: Option<Hash>) {
        if leaf.act == "ticket.reopened" {
            // None of before counts any more.
            self.codes.clear();
            return;
        }
        let Some(id) = leaf.number("code") else { return };
        match leaf.act.as_str() {
            "code.sent" => drop(self.codes.insert(id, SentCode { is, confirmed_at: None })),
            "code.wrong" => self.wrong.push((id, at, leaf.actor.clone())),
            _ => {
                if let Some(code) = self.codes.get_mut(&id) {
                    code.confirmed_at = Some(at);
                }
            }
        }
    }

    /// What was queued for the owner, and what became of it.
    fn telling(&mut self, leaf: &Leaf, at: i64, is: Option<Hash>) {
        match (leaf.act.as_str(), leaf.number("about"), leaf.number("message")) {
            ("owner.told", Some(decision), _) => {
                self.told.entry(decision).or_insert(Notified { is, at, redacted: false });
            }
            ("ticket.redacted", ..) => self.told.values_mut().for_each(|told| told.redacted = true),
            (act, _, Some(id)) if !self.was_sent(id) => {
                let ended = act.strip_prefix("message.").filter(|state| *state != "retried");
                self.ends.insert(id, ended.map(|state| (state.to_owned(), at)));
            }
            _ => {}
        }
    }

    /// Whether it was written down that a message was taken.
    pub fn was_sent(&self, message: i64) -> bool {
        matches!(self.ends.get(&message), Some(Some((state, _))) if state == "sent")
    }

    /// Whether what the owner was told of a decision can be compared with what was queued then.
    pub fn knows_told(&self, decision: i64) -> bool {
        self.told.get(&decision).is_some_and(|told| !told.redacted)
    }

    /// What an act makes of the notices that its ticket raised (`reports_of_loss.rs`).
    fn notice(&mut self, leaf: &Leaf, at: i64, is: Option<Hash>) {
        let who = || Some(leaf.actor.clone());
        match (leaf.act.as_str(), leaf.number("notice")) {
            ("notice.raised", Some(id)) => {
                let notice = Notice::raised(id, leaf.text("kind"), at, leaf.number("lapses"), &leaf.actor);
                self.notices.push((notice, is));
            }
            ("notice.confirmed", _) => {
                for (notice, _) in &mut self.notices {
                    let pending = notice.status == "pending" && notice.lapses_at.is_none_or(|t| t > at);
                    if pending && notice.raised_by != leaf.actor {
                        "confirmed".clone_into(&mut notice.status);
                        notice.confirmed_by = who();
                        notice.lapses_at = None;
                    }
                }
            }
            (act, Some(id)) => {
                let Some((notice, _)) = self.notices.iter_mut().find(|(n, _)| n.id == id) else { return };
                if notice.status == "cleared" {
                    return;
                }
                if act == "notice.clear_asked" {
                    notice.clear_asked_by = notice.clear_asked_by.take().or_else(who);
                } else if notice.clear_asked_by.as_ref().is_some_and(|first| *first != leaf.actor) {
                    // Two clear it, and no less.
                    "cleared".clone_into(&mut notice.status);
                    notice.cleared_by = who();
                    notice.cleared_at = Some(at);
                    notice.lapses_at = None;
                }
            }
            _ => {}
        }
    }

    /// The group whose rows are not what the lines say. `wanted`: the groups that were read.
    pub fn misfit(&self, salt: &[u8; 32], rows: &Standing, wanted: &[usize]) -> Option<usize> {
        let fit = |group| match group {
            OWNER => rows.objection == self.objection,
            NOTICE => self.notices_fit(salt, rows),
            CODES => self.codes_fit(salt, rows),
            TOLD => self.told_fits(salt, rows),
            _ => true,
        };
        wanted.iter().copied().find(|group| !fit(*group))
    }

    fn notices_fit(&self, salt: &[u8; 32], rows: &Standing) -> bool {
        rows.notices.len() == self.notices.len()
            && rows.notices.iter().zip(&self.notices).all(|((notice, text), (said, is))| {
                // What it is about went with its name where the ticket was emptied.
                notice == said && (rows.emptied || is_said(salt, text, is.as_ref()))
            })
    }

    fn codes_fit(&self, salt: &[u8; 32], rows: &Standing) -> bool {
        let known = |code: &Code| {
            self.codes.get(&code.id).is_some_and(|said| {
                said.confirmed_at == code.confirmed_at && is_said(salt, &code.text, said.is.as_ref())
            })
        };
        let mut wrong = self.wrong.clone();
        wrong.sort();
        rows.codes.iter().all(known) && rows.wrong == wrong
    }
}

impl Lines {
    fn told_fits(&self, salt: &[u8; 32], rows: &Standing) -> bool {
        if rows.emptied {
            // They went with the ticket.
            return true;
        }
        let as_queued = self.told.iter().all(|(decision, said)| {
            said.redacted || is_said(salt, &told_of(&rows.told, *decision), said.is.as_ref())
        });
        as_queued && rows.told.iter().all(|message| self.ended_so(message))
    }

    /// Whether a message was told of, and ended as its row says. Of a rehearsal it ended as it was queued.
    fn ended_so(&self, message: &Told) -> bool {
        let Some(told) = message.decision.and_then(|decision| self.told.get(&decision)) else { return false };
        match (self.ends.get(&message.id), message.ended_at) {
            (Some(Some((state, at))), Some(ended)) => message.state == *state && ended == *at,
            (Some(None) | None, None) => true,
            (None, Some(ended)) => message.state == "sent" && ended == told.at,
            _ => false,
        }
    }
}

impl Act<'_> {
    /// What the lines of a ticket say.
    pub(super) fn lines_of(&self, ticket: i64) -> Result<Lines, Failure> {
        let mut lines = Lines::default();
        for (seq, line) in leaves::of_ticket(self.conn, ticket)?.iter().rev().filter(|(_, line)| tells(line))
        {
            self.must_be_signed(*seq, line)?;
            lines.read(*seq, line);
        }
        Ok(lines)
    }
}

fn is_said(salt: &[u8; 32], text: &[u8], is: Option<&Hash>) -> bool {
    is == Some(&commitment(salt, text))
}
