//! Gathering only what the checks of a claim can use changes no judgement, findings included.

use latchkey::desk::import::ImportOptions;
use latchkey::domain::{Channel, Claim, Contact, Email, List, Phone, Region, Request};
use latchkey::intake::{CaseColumn, CaseFields, claim_from_fields};
use latchkey::judgement::facts::{Code, DeskFacts, RegistryFacts};
use latchkey::judgement::{Facts, Policy, Wants, judge};
use latchkey::store::registry::{NoOverlay, Registry};
use latchkey::store::{FileKind, Purpose, open};

use crate::desk_rehearsal::{Rehearsal, noon};

const OPTIONS: &[&[(CaseColumn, &str)]] = &[
    &[(CaseColumn::Imei, "867530900000017")],
    &[(CaseColumn::Imei, "867530900000025"), (CaseColumn::Serial, "11111/A1")],
    &[(CaseColumn::AccountEmail, "owner@mail.example"), (CaseColumn::ClaimantEmail, "owner@mail.example")],
    &[(CaseColumn::AccountPhone, "+79031234567"), (CaseColumn::ClaimantPhone, "+79031234567")],
    // Verified only after the present.
    &[(CaseColumn::AccountPhone, "+79031234568"), (CaseColumn::ClaimantPhone, "+79031234568")],
    &[(CaseColumn::Model, "Orbit Orbit 11")],
    &[(CaseColumn::Facts, "name=Иван Петров;device=Orbit 11;registered=2024")],
    &[
        (CaseColumn::ReceiptRetailer, "DNS"),
        (CaseColumn::ReceiptNo, "DN-0000001"),
        (CaseColumn::ReceiptDate, "2025-01-29"),
    ],
    &[(CaseColumn::SimMsisdn, "+79160000001"), (CaseColumn::SimIccid, "8970101000000000004")],
];

/// Every request with every choice of what else is given.
fn claims() -> Vec<Claim> {
    let mut claims = Vec::new();
    for request in Request::ALL {
        for choice in 0..1_u32 << OPTIONS.len() {
            let mut fields = CaseFields::default();
            fields.set(CaseColumn::Request, request.as_str());
            fields.set(CaseColumn::ClaimantName, "Иван Петров");
            for (bit, columns) in OPTIONS.iter().enumerate() {
                for (column, text) in columns.iter().filter(|_| choice >> bit & 1 == 1) {
                    fields.set(*column, text);
                }
            }
            claims.push(claim_from_fields(&fields, Region::default(), noon()).unwrap().0);
        }
    }
    claims
}

/// Codes read back from every contact of the account, for whatever is asked.
fn codes() -> Vec<Code> {
    let sent_at = noon().minus_days(1);
    let to = [
        Contact::Email(Email::parse("owner@mail.example").unwrap()),
        Contact::Phone(Phone::parse("+79031234567", Region::default()).unwrap()),
    ];
    let asked = Request::ALL
        .iter()
        .flat_map(|request| [None, Some(86_753_090_000_001)].map(|device| (*request, device)));
    let code = |(request, device)| {
        to.clone().map(|to| Code {
            channel: Channel::Contact,
            to,
            account: Some(2_000_000_001),
            request,
            device,
            sent_at,
            wrong: 0,
            confirmed_at: Some(sent_at),
        })
    };
    asked.flat_map(code).collect()
}

#[test]
fn what_is_not_gathered_is_not_missed() {
    let made = Rehearsal::new();
    let lists = [
        (List::SimChanges, "msisdn,changed_at\n+79031234567,2026-11-01\n"),
        (
            List::Contacts,
            "account_id,kind,value,verified_at,replaced_at\n2000000001,phone,+79031234568,2027-01-30,\n\
             2000000001,email,older@mail.example,2024-12-30,2026-11-01\n",
        ),
    ];
    for (list, text) in lists {
        let path = made.dir.path().join(list.as_str());
        std::fs::write(&path, text).unwrap();
        made.desk("anna").import_list(list, &path, &ImportOptions::default(), &mut |_| true).unwrap();
    }
    let registry = open(&made.folder().join("registry.db"), Purpose::Read, FileKind::Registry).unwrap().conn;
    let mut registry = Registry::new(registry);
    let mut reader = registry.begin().unwrap();
    let policy = Policy::shipped();
    let (mut fewer, mut fewer_contacts) = (0, 0);
    for claim in claims() {
        for codes in [Vec::new(), codes()] {
            let wants = Wants::of(&claim, !codes.is_empty(), noon());
            let desk = DeskFacts { codes, ..DeskFacts::default() };
            let all = reader.gather(&claim, &mut NoOverlay).unwrap();
            let some = reader.gather_wanted(&claim, wants, &mut NoOverlay).unwrap();
            fewer += usize::from(all != some);
            let contacts = |facts: &RegistryFacts| facts.account.as_ref().map(|a| a.contacts.len());
            fewer_contacts += usize::from(contacts(&all) != contacts(&some));
            let all = Facts { registry: all, desk: desk.clone() };
            let some = Facts { registry: some, desk };
            assert_eq!(
                judge(&claim, &all, &policy, noon()),
                judge(&claim, &some, &policy, noon()),
                "{claim:?}"
            );
        }
    }
    assert!(fewer > 500, "only {fewer} claims were gathered with less");
    assert!(fewer_contacts > 100, "only {fewer_contacts} with fewer contacts");
}
