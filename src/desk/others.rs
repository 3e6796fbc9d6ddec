//! The other tickets that a case is judged by, at the moment of a grant. Their claims are committed to; what they were judged to be
//! (device, account, proofs, wrong answers) and as what they share something stands in columns that no leaf speaks of. So
//! each is looked up anew by its claim and the lists, open rivals are judged anew by theirs, and the case is judged a second
//! time by that. The stricter of both counts: a closed ticket keeps the device of its time, which the lists may have moved since.
//!
//! Most tickets that share one thing with another are not looked at (`store/desk/facts.rs`), so each act bears a bounded number.

use std::collections::BTreeMap;

use super::check::Judged;
use super::signed::Leaf;
use super::{Act, Failure};
use crate::domain::{Claim, Proof, Time};
use crate::judgement::facts::{Facts, Other};
use crate::judgement::{judge, wrong_facts};
use crate::store::desk::facts::Gatherer;
use crate::store::desk::leaves;
use crate::store::desk::links::{self, Link, kind};
use crate::store::desk::overlay::DeskOverlay;
use crate::words::Phrase;

/// Another ticket as its claim and the lists have it now.
struct Seen {
    device: Option<i64>,
    account: Option<i64>,
    links: Vec<Link>,
    /// When facts were answered, and whether that was wrong: by its row, by the lists of now.
    answers: Vec<(Time, bool, bool)>,
    wrong_codes: Vec<Time>,
}

impl Seen {
    fn shares(&self, kind: i64, ours: &[Link]) -> bool {
        self.links.iter().any(|link| link.0 == kind && ours.contains(link))
    }

    fn of_kind(&self, kind: i64) -> Vec<i64> {
        self.links.iter().filter(|link| link.0 == kind).map(|link| link.1).collect()
    }
}

/// What is looked at in one act, each ticket once.
struct Looks<'a> {
    desk: Gatherer<'a>,
    overlay: DeskOverlay<'a>,
    seen: BTreeMap<i64, Seen>,
}

/// Whether a ticket of this device or account is on it, as wrong answers are counted.
fn on_it(facts: &Facts, device: Option<i64>, account: Option<i64>) -> bool {
    let (ours, no) =
        (facts.registry.device.as_ref().map(|d| d.id), facts.registry.account.as_ref().map(|a| a.no));
    (ours.is_some() && device == ours) || (no.is_some() && account == no)
}

impl Act<'_> {
    /// Refuses where a ticket that this one was judged by was edited past the desk; then judges by what those tickets are, not by
    /// what their rows say that they were judged to be.
    pub(super) fn by_others(&mut self, judged: Judged) -> Result<Judged, Failure> {
        self.others_stand(&judged)?;
        let mut looks = Looks {
            desk: Gatherer::new(self.conn, self.policy, self.region())?,
            overlay: DeskOverlay::new(self.conn)?,
            seen: BTreeMap::new(),
        };
        let mut facts = self.anew(&judged.claim, &judged.facts, &mut looks)?;
        let rivals = facts.desk.others.iter().filter(|o| o.open && !o.same_claimant);
        let rivals: Vec<i64> =
            rivals.filter(|o| on_it(&facts, o.device, o.account)).map(|o| o.ticket).collect();
        for rival in rivals {
            let proofs = self.proofs_anew(rival, &mut looks)?;
            let proven = !proofs.is_empty();
            facts
                .desk
                .others
                .iter_mut()
                .filter(|o| o.ticket == rival)
                .for_each(|o| o.proofs.clone_from(&proofs));
            if proven {
                // One is enough: more of them say nothing else.
                break;
            }
        }
        let judgement = judge(&judged.claim, &facts, self.policy, self.now);
        if judgement.recommendation.strictness() <= judged.judgement.recommendation.strictness() {
            return Ok(judged);
        }
        Ok(Judged { facts, judgement, ..judged })
    }

    /// The facts of a case with every other ticket as it is by its own claim.
    fn anew(&mut self, claim: &Claim, facts: &Facts, looks: &mut Looks<'_>) -> Result<Facts, Failure> {
        let ours = links::of(claim, &facts.registry);
        let contacts = links::contacts(claim);
        let mut anew = facts.clone();
        let merged = facts.desk.merged.iter().map(|(other, _)| other);
        for other in facts.desk.others.iter().chain(merged) {
            let seen = self.seen(other.ticket, looks)?;
            let (was, is) =
                (on_it(facts, other.device, other.account), on_it(facts, seen.device, seen.account));
            if is && !was {
                anew.desk.wrong_codes.extend(&seen.wrong_codes);
                anew.desk.wrong_answers.extend(&seen.wrong_codes);
            }
            let missed = seen
                .answers
                .iter()
                .filter(|(_, said, found)| if was { *found && !said } else { is && (*found || *said) });
            anew.desk.wrong_answers.extend(missed.map(|(at, ..)| *at));
        }
        for other in &mut anew.desk.others {
            let seen = self.seen(other.ticket, looks)?;
            *other = as_seen(other, seen, &ours, &contacts);
        }
        Ok(anew)
    }

    fn seen<'l>(&mut self, id: i64, looks: &'l mut Looks<'_>) -> Result<&'l Seen, Failure> {
        if !looks.seen.contains_key(&id) {
            self.intact(id)?;
            let stored = self.stored(id, &looks.desk)?;
            let looked =
                stored.look(self.region(), false, self.now, &mut self.registry, &mut looks.overlay)?;
            let (device, account) = looked.about();
            let (claim, facts) = (looked.claim(), looked.facts(self.region()));
            let said = |item: i64| looked.evidence().iter().any(|e| e.id == item && e.wrong);
            let answers = wrong_facts(claim, &facts).into_iter().filter_map(|(item, found)| {
                let at = claim.evidence.iter().find(|e| e.id == item)?.added_at;
                Some((at, said(item), found))
            });
            let seen = Seen {
                device,
                account,
                links: looked.links().to_vec(),
                answers: answers.collect(),
                wrong_codes: looks.desk.wrong_codes(id)?,
            };
            looks.seen.insert(id, seen);
        }
        looks.seen.get(&id).ok_or_else(|| Failure::fault("A ticket was looked at and is not there."))
    }

    /// What a rival proves, by what the tickets that it is judged by are.
    fn proofs_anew(&mut self, id: i64, looks: &mut Looks<'_>) -> Result<Vec<Proof>, Failure> {
        let stored = self.stored(id, &looks.desk)?;
        let looked = stored.look(self.region(), false, self.now, &mut self.registry, &mut looks.overlay)?;
        let (rival, _) = self.judge_looked(looked, &looks.desk)?;
        let facts = self.anew(&rival.claim, &rival.facts, looks)?;
        let mut proofs = judge(&rival.claim, &facts, self.policy, self.now).proofs;
        proofs.extend(rival.judgement.proofs);
        proofs.sort_unstable();
        proofs.dedup();
        Ok(proofs)
    }

    /// Refuses where a ticket that this one was judged by was edited past the desk.
    pub(super) fn others_stand(&self, judged: &Judged) -> Result<(), Failure> {
        let refuse = |id: &'static str, ticket: i64| {
            let words = Phrase::of(id).with("ticket", ticket.to_string());
            Err(Failure::verification(words.whole()).hint(Phrase::of("hint-tampered")))
        };
        for other in &judged.facts.desk.others {
            self.intact(other.ticket)?;
            if !other.open && !self.was_closed(other.ticket)? {
                return refuse("chain-closed", other.ticket);
            }
        }
        // One that was joined to another is asked by no check: that it was is somebody's act, too.
        for (other, into) in &judged.facts.desk.merged {
            self.intact(other.ticket)?;
            if !self.was_merged(other.ticket, *into)? {
                return refuse("chain-merged", other.ticket);
            }
        }
        Ok(())
    }

    /// Whether the log says that a ticket is closed, as a rival's row does.
    fn was_closed(&self, ticket: i64) -> Result<bool, Failure> {
        self.last_move(ticket, |leaf| match (leaf.act.as_str(), leaf.text("what")) {
            ("ticket.closed", _) | ("act.undone", Some("ticket.reopened")) => Some(true),
            ("ticket.merged", _) => leaf.number("into").map(|_| true),
            ("ticket.reopened", _)
            | ("act.undone", Some("ticket.closed" | "ticket.merged" | "decision.made")) => Some(false),
            _ => None,
        })
    }

    /// Whether the log says that a ticket lives on in this one.
    fn was_merged(&self, ticket: i64, into: i64) -> Result<bool, Failure> {
        self.last_move(ticket, |leaf| match (leaf.act.as_str(), leaf.text("what")) {
            ("ticket.merged", _) => leaf.number("into").map(|said| said == into),
            ("act.undone", Some("ticket.merged")) => Some(false),
            _ => None,
        })
    }

    /// What the newest signed leaf says that says it at all.
    fn last_move(&self, ticket: i64, says: impl Fn(&Leaf) -> Option<bool>) -> Result<bool, Failure> {
        for (seq, line) in leaves::of_ticket(self.conn, ticket)? {
            if let Some(said) = Leaf::read(&line).as_ref().and_then(&says) {
                self.must_be_signed(seq, &line)?;
                return Ok(said);
            }
        }
        Ok(false)
    }
}

/// Another ticket as its own claim has it.
fn as_seen(other: &Other, seen: &Seen, ours: &[Link], contacts: &[i64]) -> Other {
    let same_claimant = seen.shares(kind::CONTACT, ours);
    let same_receipt = seen.shares(kind::RECEIPT, ours) || seen.shares(kind::RECEIPT_FILE, ours);
    Other {
        device: seen.device,
        account: seen.account,
        same_claimant,
        same_receipt,
        contacts_known: seen.of_kind(kind::CONTACT).iter().all(|contact| contacts.contains(contact)),
        receipts: if same_claimant || same_receipt { seen.of_kind(kind::RECEIPT) } else { Vec::new() },
        ..other.clone()
    }
}
