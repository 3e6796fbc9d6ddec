//! What is worth a look on a ticket: what it shows together with others, and how the agent who decided it works. It is
//! told to whoever looks, and decides nothing.

use std::collections::BTreeSet;

use super::check::Judged;
use super::{Desk, Failure};
use crate::domain::{Imei, ReceiptNo, Retailer, Time, mask_email, mask_tail};
use crate::judgement::Rings;
use crate::judgement::rings::{Sign, SignKind, Submitted, of_submitter, receipt_series, template};
use crate::store::Db;
use crate::store::desk::links::kind;
use crate::store::desk::report::NO_LOOK;
use crate::store::desk::rings::{self, Claimed};
use crate::store::desk::{acts, graph, heard, journal};

/// Other tickets of a claimant that are compared.
const MOST_OF_ONE: usize = 200;
/// Tickets before and after this one whose texts are compared.
const TEXTS_AROUND: i64 = 500;

/// A ticket as it is compared with others.
pub(super) fn submitted(db: &Db, claimed: &Claimed) -> Result<Submitted, Failure> {
    let imei = |column: &str| claimed.given.get(column).and_then(|text| Imei::parse(text).ok());
    let imeis = [imei("imei"), imei("imei2")].into_iter().flatten();
    let mut receipts = Vec::new();
    for (retailer, number) in rings::receipts(db, claimed.ticket)? {
        if let (Ok(retailer), Ok(number)) = (Retailer::parse(&retailer), ReceiptNo::parse(&number)) {
            receipts.extend(receipt_series(&retailer.to_string(), &number.to_string()));
        }
    }
    let mut imeis: Vec<i64> = imeis.map(|imei| imei.body().cast_signed()).collect();
    // Two slots of one device are no row.
    imeis.truncate(1);
    Ok(Submitted { ticket: claimed.ticket, at: claimed.at.0, imeis, receipts })
}

/// Who asks, masked.
pub(super) fn masked(claimed: &Claimed) -> Option<String> {
    let text = |column: &str| claimed.given.get(column).map(|t| t.trim()).filter(|t| !t.is_empty());
    text("claimant_email").map(mask_email).or_else(|| text("claimant_phone").map(|t| mask_tail(t, 2)))
}

/// Signs of one kind over the same tickets are one; those over part of them are none.
pub(super) fn distinct(mut signs: Vec<Sign>) -> Vec<Sign> {
    signs.sort_by_key(|s| (s.kind, std::cmp::Reverse(s.tickets.len())));
    let mut kept: Vec<Sign> = Vec::new();
    for sign in signs {
        let covered = kept.iter().any(|k| {
            k.kind == sign.kind && k.agent == sign.agent && sign.tickets.iter().all(|t| k.tickets.contains(t))
        });
        if !covered {
            kept.push(sign);
        }
    }
    kept
}

impl Desk {
    /// What is worth a look on a ticket.
    pub fn signs(&self, judged: &Judged) -> Result<Vec<Sign>, Failure> {
        signs(self.db(), judged, &self.policy.rings, self.now())
    }
}

fn signs(db: &Db, judged: &Judged, by: &Rings, now: Time) -> Result<Vec<Sign>, Failure> {
    let id = judged.ticket.id;
    let since = now.plus_days(-by.ring_days);
    let mut found = Vec::new();
    let mut of_one: BTreeSet<i64> = BTreeSet::new();
    let mut claimant = None;
    for link in judged.ticket.links.iter().filter(|link| link.0 == kind::CONTACT) {
        let others = graph::holders(db, *link, id, MOST_OF_ONE)?.into_iter().map(|(other, _)| other);
        let mut claims = Vec::new();
        for ticket in others.chain([id]) {
            if let Some(claimed) = rings::claimed(db, ticket)?.filter(|c| c.at >= since) {
                of_one.insert(ticket);
                claims.push(submitted(db, &claimed)?);
                if ticket == id {
                    claimant = masked(&claimed);
                }
            }
        }
        found.extend(of_submitter(&claims, by).into_iter().filter(|sign| sign.tickets.contains(&id)));
    }
    for sign in &mut found {
        sign.claimant.clone_from(&claimant);
    }
    found.extend(text(db, id, by)?);
    for link in judged.ticket.links.iter().filter(|link| is_image(link.0)) {
        let alike = graph::holders(db, *link, id, MOST_OF_ONE)?.into_iter().map(|(other, _)| other);
        let sign = Sign::over(SignKind::SameImage, alike.chain([id]));
        found.extend((sign.count >= by.same_image).then_some(sign));
    }
    let unheard = heard::unheard(db, id)?;
    if unheard > 0 {
        found.insert(0, Sign { count: unheard, ..Sign::over(SignKind::OwnerWrote, [id]) });
    }
    found.extend(decider(db, id, by, &of_one, claimant)?);
    Ok(distinct(found))
}

/// Links by pictures.
pub(super) const fn is_image(kind: i64) -> bool {
    matches!(kind, kind::RECEIPT_FILE | kind::RECEIPT_LOOK | kind::BOX_FILE | kind::BOX_LOOK)
}

/// Tickets about this one with the same text.
fn text(db: &Db, id: i64, by: &Rings) -> Result<Option<Sign>, Failure> {
    let around = rings::texts(db, (id - TEXTS_AROUND, id + TEXTS_AROUND))?;
    let own: Vec<String> =
        around.iter().filter(|(ticket, _)| *ticket == id).filter_map(|(_, text)| template(text)).collect();
    if own.is_empty() {
        return Ok(None);
    }
    let same = around.iter().filter(|(_, text)| template(text).is_some_and(|t| own.contains(&t)));
    let sign = Sign::over(SignKind::SameText, same.map(|(ticket, _)| *ticket));
    Ok((sign.count >= by.same_text).then_some(sign))
}

/// How whoever decided to grant this works.
fn decider(
    db: &Db,
    id: i64,
    by: &Rings,
    of_one: &BTreeSet<i64>,
    claimant: Option<String>,
) -> Result<Vec<Sign>, Failure> {
    let standing = acts::decision(db, id)?.filter(|d| d.cancelled_at.is_none() && d.word.grants());
    let Some(decision) = standing else { return Ok(Vec::new()) };
    let agent = Some(decision.by.clone());
    let granting = rings::granting(db, &decision.by)?;
    let others = || granting.iter().filter(|(ticket, _)| *ticket != id);
    let mut found = Vec::new();
    let nearest = others().map(|(ticket, at)| (at.since(decision.at).0.abs(), *ticket)).min();
    if let Some((seconds, other)) = nearest.filter(|(seconds, _)| *seconds <= by.grants_apart_seconds) {
        let sign = Sign::over(SignKind::GrantsApart, [other, id]);
        found.push(Sign { agent: agent.clone(), seconds: Some(seconds), ..sign });
    }
    let to_one = others().map(|(ticket, _)| *ticket).filter(|ticket| of_one.contains(ticket));
    let sign = Sign::over(SignKind::GrantsToOne, to_one.chain([id]));
    if sign.count >= by.grants_to_one {
        found.push(Sign { agent: agent.clone(), claimant, ..sign });
    }
    if !rings::any_code_read(db, id)? && !looked(db, id, &decision.by)? {
        found.push(Sign { agent, ..Sign::over(SignKind::BlindGrants, [id]) });
    }
    Ok(found)
}

/// Whether the log shows that somebody looked at a ticket.
fn looked(db: &Db, id: i64, agent: &str) -> Result<bool, Failure> {
    #[derive(serde::Deserialize)]
    struct Leaf {
        act: String,
        actor: String,
    }
    let leaves = journal::of_ticket(db, id)?;
    let leaves = leaves.iter().filter_map(|line| serde_json::from_str::<Leaf>(line).ok());
    Ok(leaves.filter(|leaf| leaf.actor == agent).any(|leaf| !NO_LOOK.contains(&leaf.act.as_str())))
}
