//! What a judgement may tell whoever looks at it, where nothing was revealed: a caller is asked for it, and an agent who
//! reads it could say it for them.

use super::check::{Judged, Verdict};
use super::codes::{may_try, too_many};
use super::{Act, Desk, Failure};
use crate::domain::{AccountId, Item, Outcome, Proof, Time};
use crate::judgement::facts::{Account, Device};
use crate::judgement::{Check, Judgement, tries_over};
use crate::store::desk::links::{self, kind};
use crate::store::desk::overlay::DeskOverlay;
use crate::store::desk::{evidence, journal};
use crate::store::{Db, Statements};

/// Other tickets on a device and account whose answers are counted.
const MOST: usize = 200;

/// Whether brand and model of a device answer no question: "which other device is on the account" is one where it was
/// ever bound to an account beside another.
fn model_is_no_answer(device: &Device, account: impl Fn(&str) -> Option<Account>) -> bool {
    device.bindings.iter().all(|binding| {
        account(&binding.account_id).is_some_and(|a| a.devices.iter().all(|d| d.device == device.id))
    })
}

impl Act<'_> {
    /// The same, with the accounts asked for.
    pub(super) fn model_is_no_answer(&mut self, device: &Device) -> Result<bool, Failure> {
        let mut accounts = Vec::new();
        for binding in &device.bindings {
            let Ok(id) = AccountId::parse(&binding.account_id) else { continue };
            let found = self.registry.account_details(&id, &mut DeskOverlay::new(self.conn)?)?;
            accounts.extend(found.and_then(|f| f.account));
        }
        Ok(model_is_no_answer(device, |id| accounts.iter().find(|a| a.account_id == id).cloned()))
    }
}

impl Judged {
    /// Whether brand and model of the device may be told: they answer no question, or the claim itself says them.
    pub fn tells_model(&self) -> bool {
        let said = self.judgement.finding(Check::DeviceModel).is_some_and(|f| f.outcome == Outcome::Pass);
        let registry = &self.facts.registry;
        let account = |id: &str| registry.account.as_ref().filter(|a| a.account_id == id).cloned();
        said || registry.device.as_ref().is_none_or(|device| model_is_no_answer(device, account))
    }
}

impl Verdict {
    /// The verdict without a word on answers about the account, once too many were wrong there.
    #[must_use]
    pub fn told(mut self) -> Self {
        let place = |check: Check| Check::ALL.iter().position(|c| *c == check);
        let letter = |at: Option<usize>| self.outcomes.chars().nth(at?);
        let (facts, tries) = (place(Check::AccountFacts), place(Check::ClaimTries));
        if letter(tries) != Some('f') || letter(facts) == Some('m') {
            return self;
        }
        self.outcomes =
            self.outcomes.char_indices().map(|(at, c)| if Some(at) == facts { 'u' } else { c }).collect();
        self.proofs.retain(|proof| *proof != Proof::Facts);
        self.cautions.retain(|check| check != Check::AccountFacts.as_str());
        self
    }
}

impl Desk {
    /// The judgement as it may be told, where it differs: whether answers fit is not, once too many were wrong.
    pub(super) fn told(&self, judged: &Judged) -> Result<Option<Judgement>, Failure> {
        if !self.withheld(judged)? {
            return Ok(None);
        }
        let judgement = judged.judgement.clone();
        Ok(Some(judgement.without_answers(&judged.claim, &judged.facts, &self.policy, self.now())))
    }

    /// The same in the judged ticket's place.
    pub fn tell(&self, mut judged: Judged) -> Result<Judged, Failure> {
        if let Some(told) = self.told(&judged)? {
            judged.judgement = told;
        }
        Ok(judged)
    }

    /// `claim.tries` counts by when a case was received, which a file says itself; here it is counted by when the
    /// answers came into this desk.
    fn withheld(&self, judged: &Judged) -> Result<bool, Failure> {
        let said = |e: &crate::domain::Evidence| matches!(e.item, Item::Facts(_));
        if !judged.claim.evidence.iter().any(said) {
            return Ok(false);
        }
        if judged.judgement.finding(Check::ClaimTries).is_some_and(|f| f.outcome == Outcome::Fail) {
            return Ok(true);
        }
        let entered = entered_wrong(self.db(), judged, true)?;
        Ok(tries_over(entered, &self.policy, self.now()).is_some())
    }
}

impl Act<'_> {
    /// Refuses further answers where too many were wrong, by when they were given or by when they came into this desk: a
    /// file that dates its guesses back gains no more of them.
    pub(super) fn may_answer(&self, judged: &Judged) -> Result<(), Failure> {
        may_try(judged)?;
        self.may_land(judged, true)
    }

    /// The same by when they came here; `own`: with what was answered on this ticket.
    pub(super) fn may_land(&self, judged: &Judged, own: bool) -> Result<(), Failure> {
        let entered = entered_wrong(self.conn, judged, own)?;
        tries_over(entered, self.policy, self.now).map_or(Ok(()), |until| Err(too_many(until)))
    }
}

/// When each wrong answer on the device and the account was entered here.
fn entered_wrong(db: &Db, judged: &Judged, own: bool) -> Result<Vec<Time>, Failure> {
    let registry = &judged.facts.registry;
    let device = registry.device.iter().map(|d| (kind::DEVICE, d.id));
    let account = registry.account.iter().map(|a| (kind::ACCOUNT, a.no));
    let id = judged.ticket.id;
    let statements = Statements::new(db);
    let mut tickets = if own { vec![id] } else { Vec::new() };
    for link in device.chain(account) {
        tickets.extend(links::sharing(&statements, link, id)?.into_iter().take(MOST));
    }
    tickets.sort_unstable();
    tickets.dedup();
    let mut times = Vec::new();
    for ticket in tickets {
        let wrong = evidence::wrong_at(db, ticket)?;
        if wrong.is_empty() {
            continue;
        }
        let entered = journal::first_of(db, ticket)?;
        let entered = entered.and_then(|line| serde_json::from_str::<serde_json::Value>(&line).ok());
        let entered = entered.and_then(|leaf| Time::parse(leaf["at"].as_str()?).ok());
        times.extend(wrong.into_iter().map(|at| entered.map_or(at, |entered| at.max(entered))));
    }
    Ok(times)
}
