//! What one case costs: gathering what the lists say, and judging it. `cargo bench --bench judge`.
//! The lists hold one device and fit every cache: this is the price of the code, not of memory or disk.
#![allow(missing_docs, clippy::unwrap_used)]

use criterion::{Criterion, criterion_group, criterion_main};
use latchkey::desk::import::ImportOptions;
use latchkey::desk::{Desk, init};
use latchkey::domain::{List, Region, Time};
use latchkey::intake::{CaseColumn, CaseFields, claim_from_fields};
use latchkey::judgement::facts::DeskFacts;
use latchkey::judgement::{Facts, Policy, Wants, judge};
use latchkey::store::registry::{NoOverlay, Registry};
use latchkey::store::{FileKind, Purpose, open};

#[path = "million/options.rs"]
mod options;

use options::options;
use std::hint::black_box;

const LISTS: &[(List, &str)] = &[
    (List::Tacs, "tac,model\n86753090,Orbit 11\n"),
    (List::Devices, "imei,model,made_on\n867530900000017,Orbit 11,2024-12-20\n"),
    (List::Accounts, "account_id,phone,state\n2000000001,+79031234567,active\n"),
    (List::Contacts, "account_id,kind,value,verified_at\n2000000001,phone,+79031234567,2024-12-30\n"),
    (List::Bindings, "account_id,imei,bound_at\n2000000001,867530900000017,2025-02-08T09:00:00Z\n"),
    (
        List::Sightings,
        "imei,iccid,msisdn,first_seen,last_seen\n867530900000017,8970101000000000004,+79160000001,2025-03-30,2026-11-15\n",
    ),
    (List::Sales, "retailer,receipt_no,sold_on,imei\nDNS,DN-0000001,2025-01-29,867530900000017\n"),
];

const CASE: &[(CaseColumn, &str)] = &[
    (CaseColumn::Request, "unbind"),
    (CaseColumn::ClaimantPhone, "+79031234567"),
    (CaseColumn::AccountPhone, "+79031234567"),
    (CaseColumn::Access, "tried"),
    (CaseColumn::Imei, "867530900000017"),
    (CaseColumn::ReceiptRetailer, "DNS"),
    (CaseColumn::ReceiptNo, "DN-0000001"),
    (CaseColumn::ReceiptDate, "2025-01-29"),
    (CaseColumn::SimMsisdn, "+79160000001"),
    (CaseColumn::SimIccid, "8970101000000000004"),
];

fn one_case(criterion: &mut Criterion) {
    let dir = tempfile::tempdir().unwrap();
    let (folder, now) = (dir.path().join("desk"), Time::parse("2026-11-20T09:00:00Z").unwrap());
    init::init(options(&folder, "clara", now), true).unwrap();
    let mut desk = Desk::open(options(&folder, "anna", now)).unwrap();
    for (list, text) in LISTS {
        let path = dir.path().join(format!("{list}.csv"));
        std::fs::write(&path, text).unwrap();
        desk.import_list(*list, &path, &ImportOptions::default(), &mut |_| true).unwrap();
    }
    let mut fields = CaseFields::default();
    for (column, text) in CASE {
        fields.set(*column, text);
    }
    let (claim, _) = claim_from_fields(&fields, Region::default(), now).unwrap();
    let registry = open(&folder.join("registry.db"), Purpose::Read, FileKind::Registry).unwrap().conn;
    let mut registry = Registry::new(registry);
    let mut reader = registry.begin().unwrap();
    let wants = Wants::of(&claim, false, now);
    criterion.bench_function("read the columns of one case", |b| {
        b.iter(|| claim_from_fields(black_box(&fields), Region::default(), now).unwrap());
    });
    criterion.bench_function("gather what its checks can use", |b| {
        b.iter(|| reader.gather_wanted(black_box(&claim), wants, &mut NoOverlay).unwrap());
    });
    criterion.bench_function("gather everything", |b| {
        b.iter(|| reader.gather(black_box(&claim), &mut NoOverlay).unwrap());
    });
    let registry = reader.gather_wanted(&claim, wants, &mut NoOverlay).unwrap();
    let facts = Facts { registry, desk: DeskFacts::default() };
    let policy = Policy::shipped();
    criterion.bench_function("judge it", |b| b.iter(|| judge(black_box(&claim), &facts, &policy, now)));
}

criterion_group!(benches, one_case);
criterion_main!(benches);
