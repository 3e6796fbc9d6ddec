//! What the claimant says about the account, against what the registry knows.

use super::super::facts::{Account, Facts};
use super::super::{Case, Check, Finding};
use crate::domain::{
    Claim, Contact, Day, Email, Item, List, Phone, Region, Shown, fold_words, good, same_person,
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    Right,
    Wrong,
    Neither,
}

/// Answers in a claim, judged against the account.
struct Answers<'a> {
    claim: &'a Claim,
    account: &'a Account,
    device: Option<i64>,
    region: Region,
}

impl Answers<'_> {
    fn judge(&self, key: &str, text: &str) -> Answer {
        let text = text.trim();
        if text.is_empty() {
            return Answer::Neither;
        }
        let compare = |known: Option<&String>, same: &dyn Fn(&str) -> bool| match known {
            Some(known) if !known.trim().is_empty() => verdict(same(known)),
            _ => Answer::Neither,
        };
        match key {
            "name" => compare(self.account.name.as_ref(), &|known| same_person(known, text)),
            "region" => compare(self.account.region.as_ref(), &|known| fold_words(known) == fold_words(text)),
            "registered" => self.registered(text),
            "email" => Email::parse(text).map_or(Answer::Neither, |e| self.contact(&Contact::Email(e))),
            "phone" => self.phone(text),
            "device" => self.device(text),
            _ => Answer::Neither,
        }
    }

    fn registered(&self, text: &str) -> Answer {
        let Some(known) = self.account.registered_at.map(crate::domain::Time::day) else {
            return Answer::Neither;
        };
        if text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) {
            return verdict(text.parse() == Ok(known.year()));
        }
        Day::parse(text).map_or(Answer::Neither, |day| verdict(day == known))
    }

    fn phone(&self, text: &str) -> Answer {
        Phone::parse(text, self.region).map_or(Answer::Neither, |p| self.contact(&Contact::Phone(p)))
    }

    /// A contact proves nothing if the claim itself shows it elsewhere.
    fn contact(&self, given: &Contact) -> Answer {
        if self.stands_elsewhere(given) {
            return Answer::Neither;
        }
        verdict(self.account.contacts.iter().any(|c| c.contact == *given))
    }

    fn stands_elsewhere(&self, given: &Contact) -> bool {
        let claim = self.claim;
        match given {
            Contact::Email(email) => [&claim.claimant.email, &claim.account.email]
                .into_iter()
                .any(|g| good(g.as_ref()) == Some(email)),
            Contact::Phone(phone) => {
                [&claim.claimant.phone, &claim.account.phone]
                    .into_iter()
                    .any(|g| good(g.as_ref()) == Some(phone))
                    || claim.sims().any(|(_, sim)| good(sim.msisdn.as_ref()) == Some(phone))
            }
        }
    }

    /// The model of another device ever bound to the account; any other is wrong.
    fn device(&self, text: &str) -> Answer {
        let wanted = fold_words(text);
        let mut others = self.account.devices.iter().filter(|d| Some(d.device) != self.device).peekable();
        if others.peek().is_none() {
            return Answer::Wrong;
        }
        let mut nameless = false;
        for other in others {
            match &other.model {
                Some(model) if fold_words(model) == wanted => return Answer::Right,
                Some(_) => {}
                None => nameless = true,
            }
        }
        if nameless { Answer::Neither } else { Answer::Wrong }
    }
}

fn verdict(same: bool) -> Answer {
    if same { Answer::Right } else { Answer::Wrong }
}

fn answers<'a>(claim: &'a Claim, facts: &'a Facts) -> Option<Answers<'a>> {
    let account = facts.registry.account.as_ref()?;
    Some(Answers {
        claim,
        account,
        device: facts.registry.device.as_ref().map(|d| d.id),
        region: facts.desk.region,
    })
}

/// Evidence number and wrongness of every facts item, removed ones included.
pub(super) fn wrong_items(claim: &Claim, facts: &Facts) -> Vec<(i64, bool)> {
    let items = claim.evidence.iter().filter_map(|e| match &e.item {
        Item::Facts(pairs) => Some((e.id, pairs)),
        _ => None,
    });
    let answers = answers(claim, facts);
    items
        .map(|(id, pairs)| {
            let wrong = answers
                .as_ref()
                .is_some_and(|a| pairs.iter().any(|(key, text)| a.judge(key, text) == Answer::Wrong));
            (id, wrong)
        })
        .collect()
}

/// What was answered in one item, and whether it fits.
pub(in crate::judgement) fn of_item(claim: &Claim, facts: &Facts, item: i64) -> Vec<(String, Option<bool>)> {
    let answers = answers(claim, facts);
    let said = claim.evidence.iter().find(|e| e.id == item);
    let Some(Item::Facts(pairs)) = said.map(|e| &e.item) else { return Vec::new() };
    let fits = |key: &str, text: &str| match answers.as_ref()?.judge(key, text) {
        Answer::Right => Some(true),
        Answer::Wrong => Some(false),
        Answer::Neither => None,
    };
    pairs.iter().map(|(key, text)| (key.clone(), fits(key, text))).collect()
}

pub(super) fn account_facts(case: &Case<'_>) -> Finding {
    let items: Vec<(i64, &Vec<(String, String)>)> = case
        .claim
        .standing()
        .filter_map(|e| match &e.item {
            Item::Facts(pairs) if !pairs.is_empty() => Some((e.id, pairs)),
            _ => None,
        })
        .collect();
    let Some((evidence, _)) = items.last() else {
        return Finding::missing(Check::AccountFacts, "finding-facts-not-asked");
    };
    let Some(answers) = answers(case.claim, case.facts) else {
        return Finding::unknown(Check::AccountFacts, "finding-facts-no-account").on(Some(*evidence));
    };
    let (mut right, mut wrong) = (Vec::new(), Vec::new());
    for (key, text) in items.iter().flat_map(|(_, pairs)| pairs.iter()) {
        let list = match answers.judge(key, text) {
            Answer::Right => &mut right,
            Answer::Wrong => &mut wrong,
            Answer::Neither => continue,
        };
        if !list.contains(&key.as_str()) {
            list.push(key.as_str());
        }
    }
    let needed = case.policy.thresholds.facts_needed;
    let count = i64::try_from(right.len()).unwrap_or(i64::MAX);
    let row = answers.account.account_id.clone();
    let finding = if !wrong.is_empty() {
        let keys = Shown(&wrong.join(", ")).to_string();
        Finding::fail(Check::AccountFacts, "finding-facts-wrong").with("keys", keys)
    } else if count >= needed {
        Finding::pass(Check::AccountFacts, "finding-facts-right").with("n", count)
    } else {
        Finding::unknown(Check::AccountFacts, "finding-facts-few").with("n", count).with("needed", needed)
    };
    finding.on(Some(*evidence)).row(List::Accounts, row)
}
