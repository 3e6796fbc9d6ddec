//! Rings and insiders in a report: many claims of one submitter in a row, one template over many, and agents whose grants
//! are worth a look.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;

use super::{Insider, Period};
use crate::desk::Failure;
use crate::desk::signs::{distinct, is_image, masked, submitted};
use crate::judgement::Rings;
use crate::judgement::rings::{Sign, SignKind, Submitted, of_submitter, template};
use crate::store::Db;
use crate::store::desk::links::kind;
use crate::store::desk::looks::{Sheet, nearest};
use crate::store::desk::rings;

/// Tickets that are compared, the newest ones; with more, a report says that it saw part.
const MOST_READ: usize = 200_000;
/// Signs that are named.
const MOST_SIGNS: usize = 200;
/// Look-alikes of one picture.
const MOST_ALIKE: usize = 50;

/// One claimant's tickets.
#[derive(Default)]
struct OfOne {
    claims: Vec<Submitted>,
    shown: Option<String>,
}

/// Signs of a time, and whether every ticket of it was compared.
pub fn read(db: &Db, period: Period, by: &Rings, insider: &Insider) -> Result<(Vec<Sign>, bool), Failure> {
    let mut claimants: HashMap<i64, OfOne> = HashMap::new();
    let mut images: BTreeMap<(i64, i64), Vec<i64>> = BTreeMap::new();
    let mut texts: HashMap<String, Vec<i64>> = HashMap::new();
    let (mut seen, mut failed, mut range) = (0, None, None::<(i64, i64)>);
    rings::each_claimed(db, (period.from, period.to), |claimed| {
        seen += 1;
        let (low, high) = range.unwrap_or((claimed.ticket, claimed.ticket));
        range = Some((low.min(claimed.ticket), high.max(claimed.ticket)));
        let claim = match submitted(db, &claimed) {
            Ok(claim) => claim,
            Err(e) => {
                failed = Some(e);
                return ControlFlow::Break(());
            }
        };
        for link in &claimed.links {
            if link.0 == kind::CONTACT {
                let one = claimants.entry(link.1).or_default();
                one.shown = masked(&claimed);
                one.claims.push(claim.clone());
            } else if is_image(link.0) {
                images.entry(*link).or_default().push(claimed.ticket);
            }
        }
        if seen >= MOST_READ { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    if let Some(failure) = failed {
        return Err(failure);
    }
    let mut signs = of_agents(insider, by);
    for one in claimants.values().filter(|one| one.claims.len() > 1) {
        let of_one = of_submitter(&one.claims, by);
        signs.extend(of_one.into_iter().map(|sign| Sign { claimant: one.shown.clone(), ..sign }));
    }
    for (ticket, text) in rings::texts(db, range.unwrap_or_default())? {
        if let Some(template) = template(&text) {
            texts.entry(template).or_default().push(ticket);
        }
    }
    signs.extend(texts.into_values().map(|tickets| Sign::over(SignKind::SameText, tickets)));
    for (link, mut tickets) in images {
        if let Some(sheet) = Sheet::of(link) {
            let near = nearest(db, sheet, (link.1.cast_unsigned(), 0), MOST_ALIKE)?;
            tickets.extend(near.into_iter().map(|(ticket, _)| ticket));
        }
        signs.push(Sign::over(SignKind::SameImage, tickets));
    }
    signs.retain(|sign| match sign.kind {
        SignKind::SameText => sign.count >= by.same_text,
        SignKind::SameImage => sign.count >= by.same_image,
        _ => true,
    });
    let mut signs = distinct(signs);
    signs.sort_by_key(|sign| (std::cmp::Reverse(sign.count), sign.kind));
    signs.truncate(MOST_SIGNS);
    Ok((signs, seen < MOST_READ))
}

/// What the counts of each agent say.
fn of_agents(insider: &Insider, by: &Rings) -> Vec<Sign> {
    let close = insider.close.iter().map(|pair| Sign {
        agent: Some(pair.agent.clone()),
        seconds: Some(pair.seconds),
        ..Sign::over(SignKind::GrantsApart, [pair.first, pair.second])
    });
    let to_one = insider.pairs.iter().map(|pair| Sign {
        agent: Some(pair.agent.clone()),
        claimant: Some(pair.claimant.clone()),
        ..Sign::over(SignKind::GrantsToOne, pair.tickets.iter().copied())
    });
    let least = u64::try_from(by.blind_grants).unwrap_or(0);
    let blind = insider.agents.iter().filter(|agent| agent.without_both >= least).map(|agent| Sign {
        agent: Some(agent.agent.clone()),
        count: i64::try_from(agent.without_both).unwrap_or(i64::MAX),
        ..Sign::over(SignKind::BlindGrants, agent.blind.iter().copied())
    });
    close.chain(to_one).chain(blind).collect()
}
