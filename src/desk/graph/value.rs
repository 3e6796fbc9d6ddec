//! What a link stands for, masked, as the claim or the registry has it.

use crate::desk::check::Judged;
use crate::domain::{DeviceKey, Item, Shown, good, mask_email, mask_tail, stable_hash};
use crate::store::desk::links::{self, Link, file_key, kind};

/// Characters of a file's name.
const MOST_NAME: usize = 40;

/// What a link of this ticket stands for; nothing where it cannot be told.
pub(super) fn of(judged: &Judged, link: Link) -> String {
    let (what, key) = link;
    let found = match what {
        kind::DEVICE | kind::NAMED => device(judged, key),
        kind::ACCOUNT => {
            let account = judged.facts.registry.account.as_ref().filter(|a| a.no == key);
            account.map(|a| mask_tail(&a.account_id, 4))
        }
        kind::CONTACT => contact(judged, key),
        kind::SIM => sim(judged, key),
        kind::RECEIPT => receipt(judged, key),
        _ => file(judged, link),
    };
    found.unwrap_or_default()
}

fn device(judged: &Judged, key: i64) -> Option<String> {
    let leads = &judged.facts.registry.leads;
    let led = leads.iter().find(|l| l.device == Some(key) || DeviceKey::from(&l.identifier.name).0 == key);
    let ours = || judged.facts.registry.device.as_ref().filter(|d| d.id == key);
    let imei = || Some(ours()?.imeis.first()?.masked());
    led.map(|l| l.identifier.name.masked()).or_else(imei)
}

fn contact(judged: &Judged, key: i64) -> Option<String> {
    let who = &judged.claim.claimant;
    let email = good(who.email.as_ref()).filter(|e| stable_hash(&["email", e.plain()]) == key);
    let phone = good(who.phone.as_ref()).filter(|p| stable_hash(&["phone", &p.plain()]) == key);
    email.map(|e| mask_email(e.plain())).or_else(|| phone.map(|p| p.masked()))
}

fn sim(judged: &Judged, key: i64) -> Option<String> {
    judged.claim.sims().find_map(|(_, sim)| {
        let number = good(sim.msisdn.as_ref()).filter(|p| stable_hash(&["phone", &p.plain()]) == key);
        let card = good(sim.iccid.as_ref()).filter(|c| links::card_key(c) == key);
        number.map(|p| p.masked()).or_else(|| card.map(|c| c.masked()))
    })
}

fn receipt(judged: &Judged, key: i64) -> Option<String> {
    judged.claim.evidence.iter().find_map(|e| match &e.item {
        Item::Receipt(receipt) if receipt.fold_key() == Some(key) => {
            let (retailer, number) = (receipt.retailer.as_ref()?, receipt.number.as_ref()?);
            Some(format!("{} {}", Shown(&retailer.text).clip(MOST_NAME), mask_tail(&number.text, 4)))
        }
        _ => None,
    })
}

fn file(judged: &Judged, (what, key): Link) -> Option<String> {
    let files = judged.claim.evidence.iter().filter_map(|e| e.attachment.as_ref());
    let mut fits = files.filter(|file| match what {
        kind::RECEIPT_FILE | kind::BOX_FILE => file_key(&file.sha256) == key,
        _ => file.dhash.map(u64::cast_signed) == Some(key),
    });
    fits.next().map(|file| Shown(&file.name).clip(MOST_NAME))
}
