//! The registry: lists in any order, one device of many records, and facts that say what the lists say.

use super::store_rows::*;
use latchkey::domain::*;
use latchkey::store::registry::*;

fn evidence(id: i64, item: Item) -> Evidence {
    Evidence { id, item, attachment: None, added_at: Time(0), removed: false }
}

fn iccid(n: u64) -> Iccid {
    // Nineteen digits with the check digit that fits.
    (0..10).find_map(|check| Iccid::parse(&format!("8970101{n:011}{check}")).ok()).unwrap()
}

fn one_of_each() -> Vec<ListRow> {
    vec![
        ListRow::Tac(TacRow {
            tac: imei(1).into(),
            brand: Some("Nova".into()),
            model: "Nova Five".into(),
            device_type: None,
            imei_slots: Some(2),
            allocated_on: Some(Day(90)),
        }),
        device(&[1, 2], Some("SN0001")),
        account_row("A-1", AccountState::Active, Some("a@example.com"), Some(79_001_112_233)),
        contact("A-1", email("b@example.com"), Some(5), None),
        binding("A-1", by_imei(1), 120 * DAY, None),
        sighting(2, Some(iccid(5)), Some(79_001_112_233), 130, 200),
        ListRow::SimChange(SimChangeRow {
            msisdn: Phone::from_digits(79_001_112_233).unwrap(),
            changed_at: Time(125 * DAY),
            iccid: Some(iccid(5)),
        }),
        sale("MV-17", Some(by_serial("SN0001")), 119),
        repair("R1", 9, 1, 118),
        notice(by_imei(2), NoticeStatus::Confirmed, None),
    ]
}

#[test]
fn the_same_rows_again_change_nothing() {
    let desk = Desk::new();
    for row in one_of_each() {
        assert_eq!(desk.import(std::slice::from_ref(&row)).added, 1, "{row:?}");
    }
    assert_eq!(generation(&desk.conn).unwrap(), 10);
    for row in one_of_each() {
        let twice = [row.clone(), row];
        assert_eq!(desk.import(&twice), Summary { unchanged: 2, ..Summary::default() });
    }
    assert_eq!(generation(&desk.conn).unwrap(), 10, "nothing changed");
    let status = status(&desk.conn, true).unwrap();
    for list in &status.lists {
        assert_eq!((list.rows, list.age(Time(1003 * DAY))), (1, Some(Span::days(3))), "{list:?}");
        assert!(list.bytes.unwrap() > 0);
    }
    assert!(is_same_file(&desk.conn, List::Sales, Mode::Merge, &[7; 32]).unwrap());
    assert!(!is_same_file(&desk.conn, List::Sales, Mode::Merge, &[8; 32]).unwrap());
}

#[test]
fn facts_of_a_whole_case() {
    let desk = Desk::new();
    for row in one_of_each() {
        desk.import(&[row]);
    }
    let mut claim = claim_on(&by_serial("sn0001"));
    claim.account.email = Given::read("B@example.com", Email::parse);
    claim.evidence.push(evidence(
        4,
        Item::Receipt(Receipt {
            retailer: Given::read("m  VIDEO", Retailer::parse),
            number: Given::read("mv17", ReceiptNo::parse),
            ..Receipt::default()
        }),
    ));
    let sim = Sim { msisdn: None, iccid: Given::read(&iccid(5).to_string(), Iccid::parse) };
    claim.evidence.push(evidence(5, Item::Sim(sim)));
    let facts = desk.gather(&claim);
    let device = facts.device.as_ref().unwrap();
    assert_eq!(device.id, DeviceKey::from(imei(1)).0);
    assert_eq!(device.imeis, [imei(1), imei(2), imei(9)], "the old IMEI of a carrying repair too");
    assert_eq!(device.serials, ["SN0001"]);
    assert_eq!(
        (device.models.as_slice(), device.tac_models.as_slice()),
        (&["Nova 5".to_owned()][..], &["Nova Five".to_owned()][..])
    );
    assert_eq!(
        (device.made_on, device.allocated_on, device.brand.as_deref()),
        (Some(Day(100)), Some(Day(90)), Some("Nova"))
    );
    assert_eq!((device.bindings.len(), device.sightings.len(), device.notices.len()), (1, 1, 1));
    assert_eq!(device.notices[0].on, by_imei(2));
    assert_eq!(device.notices[0].source.as_deref(), Some("police"));
    let account = facts.account.unwrap();
    assert_eq!((account.account_id.as_str(), account.contacts.len(), account.devices.len()), ("A-1", 3, 1));
    assert_eq!(account.devices[0].name, Some(by_imei(1)));
    assert_eq!(account.devices[0].model.as_deref(), Some("Nova 5"));
    let phone = account.contacts.iter().find(|c| c.contact.kind() == ContactKind::Phone).unwrap();
    assert_eq!((phone.verified_at, phone.sim_changed_at), (None, Some(Time(125 * DAY))));
    assert_eq!(facts.claimed.unwrap().account, Some(account.no));
    let receipt = facts.receipt.unwrap();
    assert!(receipt.feed);
    assert_eq!(receipt.sales.len(), 1);
    assert_eq!(
        (&receipt.sales[0].names, receipt.sales[0].device),
        (&Some(by_serial("SN0001")), Some(device.id))
    );
    let sim = &facts.sims[0];
    assert_eq!(sim.number.map(Phone::digits), Some(79_001_112_233));
    assert_eq!((sim.evidence, sim.last_change, sim.sightings.len()), (5, Some(Time(125 * DAY)), 1));
}

#[test]
fn lookups_find_the_same_rows() {
    let desk = Desk::new();
    for row in one_of_each() {
        desk.import(&[row]);
    }
    let mut registry = desk.registry();
    let mut reader = registry.begin().unwrap();
    let none = &mut NoOverlay;
    let found = reader.device_details(&by_imei(2), none).unwrap();
    assert!(found.known && found.sales.len() == 1 && found.repairs.len() == 1 && found.repairs[0].carries);
    assert_eq!(found.regions, ["EU"]);
    assert!(!reader.device_details(&by_imei(77), none).unwrap().known);
    let id = |t| AccountId::parse(t).unwrap();
    assert!(reader.account_details(&id("A-1"), none).unwrap().unwrap().account.is_some());
    assert!(reader.account_details(&id("A-2"), none).unwrap().is_none());
    let phone = reader.phone_details(Phone::from_digits(79_001_112_233).unwrap(), none).unwrap();
    assert_eq!((phone.accounts.len(), phone.changes.len(), phone.sim.iccid), (1, 1, Some(iccid(5))));
    assert_eq!(reader.accounts_by_contact(&email("b@example.com"), none).unwrap().len(), 1);
    assert_eq!(reader.iccid_details(iccid(5)).unwrap().sightings.len(), 1);
    let sales = reader
        .receipt_details(&Retailer::parse("m video").unwrap(), &ReceiptNo::parse("MV 17").unwrap())
        .unwrap();
    assert_eq!((sales.len(), sales[0].currency.as_deref()), (1, Some("EUR")));
}

#[test]
fn one_key_twice_and_identifiers_of_others_are_refused_and_the_rest_lands() {
    let desk = Desk::new();
    let other = |model: &str, imeis: &[u64]| match device(imeis, None) {
        ListRow::Device(row) => ListRow::Device(DeviceRow { model: Some(model.into()), ..row }),
        row => row,
    };
    let (summary, problems) = desk.try_import(&[
        device(&[1, 2], Some("SN1")),
        device(&[1, 2], Some("SN1")),
        other("Other", &[1, 2]),
        device(&[2], None),
        device(&[3, 1], None),
        device(&[4], Some("SN1")),
        device(&[], Some("SN1")),
        device(&[5, 5], None),
    ]);
    assert_eq!(
        problems,
        ["key.twice", "identifier.taken", "identifier.taken", "identifier.taken", "identifier.taken"]
    );
    assert_eq!((summary.added, summary.unchanged), (2, 1));
    // Another file may change the row; and a second row for it in that file may not.
    let (summary, problems) = desk.try_import(&[device(&[1], None), other("Other", &[1])]);
    assert_eq!((summary.updated, problems.as_slice()), (1, &["key.twice"][..]));
    // Unchanged rows count as given too.
    let (_, problems) = desk.try_import(&[device(&[1], None), other("Other", &[1])]);
    assert_eq!(problems, ["key.twice"]);
    // The dropped identifiers are free again.
    assert_eq!(desk.import(&[device(&[2], Some("SN1"))]).added, 1);
}

#[test]
fn an_import_that_is_dropped_leaves_nothing() {
    let desk = Desk::new();
    let mut import = ListImport::begin(&desk.conn, List::Devices, Mode::Merge, Time(0)).unwrap();
    import.put(2, &device(&[1], None)).unwrap();
    let wrong = import.put(3, &sale("1", None, 3)).unwrap_err();
    assert!(matches!(wrong, ImportError::Row(RowProblem { line: 3, rule: "list.other", .. })));
    drop(import);
    assert_eq!(desk.conn.query_row("SELECT count(*) FROM device", [], |r| r.get::<_, i64>(0)).unwrap(), 0);
    assert_eq!(generation(&desk.conn).unwrap(), 0);
}

#[test]
fn lost_leading_zeros_fail_the_file() {
    let desk = Desk::new();
    let real: Vec<Imei> = (0..5).map(|n| Imei::from_body(1_234_567_000_000 + n).unwrap()).collect();
    desk.import(&[ListRow::Tac(TacRow {
        tac: real[0].into(),
        brand: None,
        model: "M".into(),
        device_type: None,
        imei_slots: None,
        allocated_on: None,
    })]);
    let row = |imei| {
        ListRow::Device(DeviceRow {
            imeis: vec![imei],
            serial: None,
            model: None,
            made_on: None,
            region: None,
        })
    };
    // What a spreadsheet leaves of them reads as fourteen digits.
    let lost = real.iter().map(|i| Imei::parse(i.to_string().trim_start_matches('0')).unwrap());
    let mut import = ListImport::begin(&desk.conn, List::Devices, Mode::Merge, Time(0)).unwrap();
    for imei in lost {
        import.put(2, &row(imei)).unwrap();
    }
    let meta = ImportMeta { file_name: "x".into(), sha256: [0; 32], actor: "clara".into() };
    let refused = import.finish(&meta).unwrap_err();
    assert!(matches!(&refused, ImportError::File(p) if p.rule == "imei.zeros"), "{refused}");
    let good: Vec<ListRow> = real.into_iter().map(row).collect();
    assert_eq!(desk.import(&good).added, 5);
}

#[test]
fn a_notice_cleared_without_a_date_keeps_the_day_it_was_first_heard() {
    let desk = Desk::new();
    let row = notice(by_imei(1), NoticeStatus::Cleared, Some("K-7"));
    desk.import(std::slice::from_ref(&row));
    let mut import = ListImport::begin(&desk.conn, List::Notices, Mode::Merge, Time(2000 * DAY)).unwrap();
    assert_eq!(import.put(2, &row).unwrap(), Put::Unchanged);
    drop(import);
    let facts = desk.gather(&claim_on(&by_imei(1)));
    assert_eq!(facts.stray_notices[0].cleared_at, Some(Time(1000 * DAY)));
    assert!(facts.device.is_none());
}

#[test]
fn late_devices_take_up_what_came_before_them_and_give_it_back() {
    let rows = [
        account_row("7", AccountState::Active, None, None),
        binding("7", by_imei(2), 120 * DAY, None),
        sighting(2, None, Some(79_001_112_233), 130, 200),
        sale("MV-1", Some(by_serial("SN1")), 119),
        notice(by_serial("SN1"), NoticeStatus::Pending, Some("K-1")),
    ];
    let devices = device(&[1, 2], Some("SN1"));
    let (early, late) = (Desk::new(), Desk::new());
    early.import(std::slice::from_ref(&devices));
    for row in &rows {
        early.import(std::slice::from_ref(row));
        late.import(std::slice::from_ref(row));
    }
    let before = late.gather(&claim_on(&by_serial("SN1")));
    assert_eq!((before.device, before.stray_notices.len()), (None, 1));
    late.import(&[devices]);
    for name in [by_imei(1), by_imei(2), by_serial("SN1")] {
        let (a, b) = (early.gather(&claim_on(&name)), late.gather(&claim_on(&name)));
        assert_eq!(a, b);
        let device = a.device.unwrap();
        assert_eq!((device.bindings.len(), device.sightings.len(), device.notices.len()), (1, 1, 1));
        assert_eq!(a.account.unwrap().devices[0].name, Some(by_imei(1)));
    }
    // The next list says that only the first IMEI is this device's.
    late.import(&[device(&[1], None)]);
    let after = late.gather(&claim_on(&by_imei(1))).device.unwrap();
    assert!(after.bindings.is_empty() && after.sightings.is_empty() && after.notices.is_empty());
    assert_eq!(late.gather(&claim_on(&by_serial("SN1"))).stray_notices.len(), 1);
}

#[test]
fn a_damaged_imei_lists_its_neighbours() {
    let desk = Desk::new();
    desk.import(&[device(&[1, 2], None)]);
    let mut damaged = claim();
    let text = imei(2).to_string();
    damaged.device.imei = given_imei(&text.replacen("351", "531", 1));
    assert!(damaged.device.imei.as_ref().unwrap().good().is_none());
    assert_eq!(desk.gather(&damaged).near, [imei(2)]);
}

#[test]
fn an_accounts_own_contacts_follow_its_row_and_yield_to_the_contacts_list() {
    let desk = Desk::new();
    desk.import(&[account_row("7", AccountState::Active, Some("a@example.com"), None)]);
    let found = |text: &str| {
        let mut claim = claim();
        claim.account.email = Given::read(text, Email::parse);
        desk.gather(&claim).claimed.unwrap().account
    };
    assert_eq!(found("a@example.com"), Some(7));
    desk.import(&[account_row("7", AccountState::Active, Some("b@example.com"), None)]);
    assert_eq!((found("a@example.com"), found("b@example.com")), (None, Some(7)));
    // Replaced, says the contacts list.
    desk.import(&[contact("7", email("b@example.com"), Some(1), Some(2))]);
    assert_eq!(found("b@example.com"), None);
    // An account that only bindings name leads nowhere.
    desk.import(&[contact("8", email("c@example.com"), Some(1), None)]);
    assert_eq!(found("c@example.com"), None);
    assert_eq!(desk.import(&[account_row("8", AccountState::Pending, None, None)]).added, 1);
    assert_eq!(found("c@example.com"), Some(8));
}

#[test]
fn the_account_of_the_case_depends_on_the_request() {
    let desk = Desk::new();
    desk.import(&[device(&[1], None), device(&[2], None)]);
    desk.import(&[
        account_row("7", AccountState::Active, None, None),
        account_row("8", AccountState::Active, None, None),
    ]);
    desk.import(&[
        binding("7", by_imei(1), 120 * DAY, None),
        binding("8", by_imei(2), 120 * DAY, Some(130 * DAY)),
    ]);
    let account = |request, imei, id: Option<&str>| {
        let mut claim = claim_on(&by_imei(imei));
        claim.request = request;
        claim.account.id = id.and_then(|i| Given::read(i, AccountId::parse));
        desk.gather(&claim).account.map(|a| a.no)
    };
    for (request, imei, id, expected) in [
        (Request::Unbind, 1, Some("8"), Some(7)),
        (Request::Unbind, 2, Some("8"), Some(8)),
        (Request::Unbind, 2, None, None),
        (Request::PasswordReset, 1, Some("8"), Some(8)),
        (Request::PasswordReset, 1, Some("99"), None),
        (Request::PasswordReset, 1, None, Some(7)),
    ] {
        assert_eq!(account(request, imei, id), expected, "{request} {imei} {id:?}");
    }
}
