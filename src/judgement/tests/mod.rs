//! One honest case, and tables of what each line of JUDGEMENT.md makes of it when it is bent.

mod answers;
mod edges;
mod guides;
mod lines;
mod outcomes;
mod pictures;
mod policies;
mod proofs;
mod queue;
mod replies;
mod times;

use super::facts::{
    Account, AccountContact, Binding, BoundDevice, ClaimedAccount, Code, DeskFacts, Device, Facts, Lead,
    Notice, Other, ReceiptFacts, RegistryFacts, Sale, Sighting, SimFacts,
};
use super::{Check, Judgement, Policy, judge, may_change};
use crate::domain::{
    AccountClaim, AccountState, Attachment, BoxLabel, Channel, Claim, Claimant, Contact, Day, DeviceClaim,
    DeviceName, Email, Evidence, Given, Iccid, Imei, Imsi, Item, NoticeKind, NoticeStatus, Outcome, Phone,
    Receipt, Recommendation, Region, Request, Retailer, Sim, Time,
};

const DEVICE: i64 = 11;
const OTHER_DEVICE: i64 = 2;
const ACCOUNT: i64 = 7;
const IMEI: &str = "35417803123456";
const NUMBER: &str = "+79161234567";
const CARD: &str = "8970101561415025357";
const OWNER_MAIL: &str = "owner@mail.example";
const OWNER_PHONE: &str = "+79035550000";

const RECEIPT: i64 = 1;
const SIM: i64 = 2;
const BOX: i64 = 3;
const FACTS: i64 = 4;

type Bend = fn(&mut Claim, &mut Facts);

fn now() -> Time {
    time("2026-11-20T09:00:00Z")
}

fn time(text: &str) -> Time {
    Time::parse(text).unwrap()
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn ago(days: i64) -> Time {
    now().minus_days(days)
}

fn imei(text: &str) -> Imei {
    Imei::parse(text).unwrap()
}

fn phone(text: &str) -> Phone {
    Phone::parse(text, Region::RU).unwrap()
}

fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

fn iccid(at: u64) -> Iccid {
    let body = format!("89701011{at:010}");
    (0..10).find_map(|digit| Iccid::parse(&format!("{body}{digit}")).ok()).unwrap()
}

fn given<T, E: Into<crate::domain::Damage>>(text: &str, parse: fn(&str) -> Result<T, E>) -> Option<Given<T>> {
    Given::read(text, parse)
}

fn given_phone(text: &str) -> Option<Given<Phone>> {
    Given::read(text, |t| Phone::parse(t, Region::RU))
}

fn evidence(id: i64, item: Item) -> Evidence {
    Evidence { id, item, attachment: None, added_at: ago(1), removed: false }
}

fn picture(sha: u8) -> Attachment {
    Attachment { name: "box.png".into(), bytes: 1, sha256: [sha; 32], dhash: Some(0), seen: None }
}

fn paper(number: &str) -> Receipt {
    Receipt {
        retailer: given("DNS", Retailer::parse),
        number: given(number, crate::domain::ReceiptNo::parse),
        date: given("2025-01-29", Day::parse),
        ..Receipt::default()
    }
}

fn sighting(first: &str, last: &str) -> Sighting {
    Sighting {
        imei: imei(IMEI),
        iccid: Iccid::parse(CARD).ok(),
        imsi: None,
        msisdn: Some(phone(NUMBER)),
        first_seen: day(first),
        last_seen: day(last),
    }
}

fn notice(status: NoticeStatus) -> Notice {
    Notice {
        on: DeviceName::Imei(imei(IMEI)),
        kind: NoticeKind::Stolen,
        status,
        reported_at: ago(50),
        cleared_at: None,
        lapses_at: None,
        source: Some("police".into()),
        reference: None,
    }
}

fn code(channel: Channel, to: Contact) -> Code {
    Code {
        channel,
        to,
        account: Some(ACCOUNT),
        request: Request::Unbind,
        device: Some(DEVICE),
        sent_at: ago(1),
        wrong: 0,
        confirmed_at: Some(ago(1)),
    }
}

fn other(device: Option<i64>) -> Other {
    Other {
        ticket: 9,
        reference: "C-9".into(),
        open: true,
        received_at: ago(2),
        device,
        account: Some(ACCOUNT),
        same_claimant: false,
        contacts_known: false,
        same_receipt: false,
        same_picture: None,
        alike_receipt: None,
        receipts: Vec::new(),
        proofs: Vec::new(),
        cleared: Vec::new(),
    }
}

/// An owner with receipt, SIM and its code: approved by one agent. Box and right facts are there too, removed.
fn owner() -> (Claim, Facts) {
    let mut label = evidence(BOX, Item::Box(BoxLabel { imei: given(IMEI, Imei::parse), serial: None }));
    label.attachment = Some(picture(3));
    label.removed = true;
    let answers = [("name", "Иван Петров"), ("region", "RU"), ("registered", "2025")];
    let pairs = answers.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    let mut facts = evidence(FACTS, Item::Facts(pairs));
    facts.removed = true;
    let sim = Sim { msisdn: given_phone(NUMBER), iccid: given(CARD, Iccid::parse) };
    let claim = Claim {
        request: Request::Unbind,
        received_at: now().minus_hours(2),
        claimant: Claimant {
            name: Some("Иван Петров".into()),
            email: given("claimant@post.example", Email::parse),
            ..Claimant::default()
        },
        access: None,
        device: DeviceClaim { imei: given(IMEI, Imei::parse), ..DeviceClaim::default() },
        account: AccountClaim::default(),
        evidence: vec![
            evidence(RECEIPT, Item::Receipt(paper("DN-1"))),
            evidence(SIM, Item::Sim(sim)),
            label,
            facts,
        ],
    };
    let contact = |contact| AccountContact {
        contact,
        verified_at: Some(ago(690)),
        replaced_at: None,
        sim_changed_at: None,
    };
    let device = Device {
        id: DEVICE,
        imeis: vec![imei(IMEI)],
        models: vec!["Orbit Note 10".into()],
        made_on: Some(day("2024-12-20")),
        bindings: vec![Binding {
            account: ACCOUNT,
            account_id: "2000000007".into(),
            record: DEVICE,
            bound_at: ago(650),
            released_at: None,
            lost_mode_since: None,
        }],
        sightings: vec![sighting("2025-03-30", "2026-11-15")],
        ..Device::default()
    };
    let registry = RegistryFacts {
        leads: leads(&claim),
        device: Some(device),
        account: Some(Account {
            no: ACCOUNT,
            account_id: "2000000007".into(),
            name: Some("Петров Иван Сергеевич".into()),
            region: Some("RU".into()),
            state: AccountState::Active,
            registered_at: Some(time("2025-01-01T10:00:00Z")),
            last_sign_in_at: Some(ago(60)),
            contacts: vec![
                contact(Contact::Email(email(OWNER_MAIL))),
                contact(Contact::Phone(phone(OWNER_PHONE))),
            ],
            devices: Vec::new(),
        }),
        receipt: Some(ReceiptFacts {
            feed: true,
            sales: vec![Sale {
                sold_on: day("2025-01-29"),
                names: Some(DeviceName::Imei(imei(IMEI))),
                device: Some(DEVICE),
            }],
        }),
        sims: vec![sim_facts(SIM, NUMBER, CARD)],
        ..RegistryFacts::default()
    };
    let desk =
        DeskFacts { codes: vec![code(Channel::Sim, Contact::Phone(phone(NUMBER)))], ..DeskFacts::default() };
    (claim, Facts { registry, desk })
}

/// What the lists say of a SIM that was always in the phone.
fn sim_facts(evidence: i64, number: &str, card: &str) -> SimFacts {
    let sighting = Sighting {
        msisdn: Some(phone(number)),
        iccid: Iccid::parse(card).ok(),
        ..sighting("2025-03-30", "2026-11-15")
    };
    SimFacts {
        evidence,
        number: Some(phone(number)),
        iccid: Iccid::parse(card).ok(),
        last_change: None,
        sightings: vec![sighting],
    }
}

/// Every identifier leads to the device.
fn leads(claim: &Claim) -> Vec<Lead> {
    claim.identifiers().into_iter().map(|identifier| Lead { identifier, device: Some(DEVICE) }).collect()
}

fn restore(claim: &mut Claim, facts: &mut Facts, id: i64) {
    item(claim, id).removed = false;
    facts.registry.leads = leads(claim);
}

fn item(claim: &mut Claim, id: i64) -> &mut Evidence {
    claim.evidence.iter_mut().find(|e| e.id == id).unwrap()
}

fn device(facts: &mut Facts) -> &mut Device {
    facts.registry.device.as_mut().unwrap()
}

fn account(facts: &mut Facts) -> &mut Account {
    facts.registry.account.as_mut().unwrap()
}

fn judged(bend: Bend) -> Judgement {
    let (mut claim, mut facts) = owner();
    bend(&mut claim, &mut facts);
    judge(&claim, &facts, &Policy::shipped(), now())
}

fn outcome(judgement: &Judgement, check: Check) -> Outcome {
    judgement.finding(check).unwrap().outcome
}

/// Runs rows of: what the line says, how the case is bent, the check's outcome, the recommendation.
fn table(check: Check, rows: &[(&str, Bend, Outcome, Recommendation)]) {
    for (line, bend, expected, recommendation) in rows {
        let judgement = judged(*bend);
        assert_eq!(outcome(&judgement, check), *expected, "{check}: {line}");
        assert_eq!(judgement.recommendation, *recommendation, "{check}: {line}: {:?}", judgement.because);
    }
}
