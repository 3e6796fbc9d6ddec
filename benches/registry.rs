//! How fast the registry takes lists in and gives facts out: `cargo bench --bench registry -- [DEVICES]`.
//! Plain timings of one run, over random data made here; the figures to compare are of one machine and one run.
#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::wildcard_imports,
    clippy::too_many_lines
)]

use latchkey::domain::*;
use latchkey::store::registry::{ImportMeta, ListImport, Mode, NoOverlay, Registry, status};
use latchkey::store::{FileKind, Purpose, open};
use std::time::Instant;

/// `SplitMix64`: enough for data, and the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % n
    }
}

fn imei(n: u64) -> Imei {
    Imei::from_body(35_000_000_000_000 + (n / 1000) * 1_000_000 + n % 1000 * 997).unwrap()
}

fn phone(n: u64) -> Phone {
    Phone::from_digits(79_000_000_000 + n).unwrap()
}

fn account(n: u64) -> AccountId {
    AccountId::parse(&(1_000_000 + n).to_string()).unwrap()
}

fn main() {
    let devices: u64 = std::env::args().skip(1).find_map(|a| a.parse().ok()).unwrap_or(1_000_000);
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("registry.db");
    let conn = open(&path, Purpose::Create, FileKind::Registry).unwrap().conn;
    let import = |name: &str, list: List, rows: u64, make: &dyn Fn(u64, &mut Random) -> ListRow| {
        let mut random = Random(rows);
        let start = Instant::now();
        let mut import = ListImport::begin(&conn, list, Mode::Merge, Time(1_700_000_000)).unwrap();
        for n in 0..rows {
            import.put(n + 2, &make(n, &mut random)).unwrap();
        }
        import
            .finish(&ImportMeta { file_name: name.into(), sha256: [0; 32], actor: "clara".into() })
            .unwrap();
        let took = start.elapsed().as_secs_f64();
        println!("{name:<34} {rows:>9} rows {:>9.0} rows/s", rows as f64 / took);
    };
    let device = |n: u64, second: bool, serial: bool| {
        let mut imeis = vec![imei(n)];
        imeis.extend(second.then(|| Imei::from_body(imei(n).body() + 1).unwrap()));
        ListRow::Device(DeviceRow {
            imeis,
            serial: serial.then(|| Serial::parse(&format!("SN{n:010}")).unwrap()),
            model: Some(format!("Model {}", n / 1000 % 200)),
            made_on: Some(Day(19_000 + i32::try_from(n % 700).unwrap())),
            region: Some("RU".into()),
        })
    };
    import("tacs", List::Tacs, devices / 1000, &|n, _| {
        ListRow::Tac(TacRow {
            tac: imei(n * 1000).into(),
            brand: Some("Nova".into()),
            model: format!("Model {}", n % 200),
            device_type: None,
            imei_slots: None,
            allocated_on: Some(Day(18_000)),
        })
    });
    let plain = |n: u64, _: &mut Random| device(n, false, false);
    import("devices, sorted", List::Devices, devices, &plain);
    import("devices, again", List::Devices, devices, &plain);
    import("accounts", List::Accounts, devices / 2, &|n, _| {
        ListRow::Account(AccountRow {
            account_id: account(n),
            email: Some(Email::parse(&format!("user{n}@example.com")).unwrap()),
            phone: Some(phone(n)),
            name: Some(format!("Name {n}")),
            region: Some("RU".into()),
            language: Some("ru".into()),
            state: AccountState::Active,
            registered_at: Some(Time(1_600_000_000)),
            last_sign_in_at: Some(Time(1_690_000_000)),
        })
    });
    import("bindings, sorted by device", List::Bindings, devices, &|n, r| {
        ListRow::Binding(BindingRow {
            account_id: account(r.below(devices / 2)),
            device: DeviceName::Imei(imei(n)),
            bound_at: Time(1_650_000_000 + i64::try_from(n % 1_000_000).unwrap()),
            released_at: None,
            lost_mode_since: None,
        })
    });
    import("sightings, sorted by device", List::Sightings, devices, &|n, r| {
        ListRow::Sighting(SightingRow {
            imei: imei(n),
            iccid: Iccid::parse(&format!("8970101{:011}0", r.below(devices))).ok(),
            imsi: None,
            msisdn: Some(phone(r.below(devices / 2))),
            first_seen: Day(19_300),
            last_seen: Day(19_600),
        })
    });
    import("sales, random receipts", List::Sales, devices, &|n, _| {
        ListRow::Sale(SaleRow {
            retailer: Retailer::parse("Shop").unwrap(),
            retailer_text: "Shop".into(),
            receipt_no: ReceiptNo::parse(&format!("R-{n}")).unwrap(),
            receipt_text: format!("R-{n}"),
            sold_on: Day(19_200),
            device: Some(DeviceName::Imei(imei(n))),
            amount: Some("19990.00".into()),
            currency: Some("RUB".into()),
        })
    });
    import("notices, random devices", List::Notices, devices / 50, &|n, r| {
        ListRow::Notice(NoticeRow {
            device: DeviceName::Imei(imei(r.below(devices))),
            kind: NoticeKind::Stolen,
            status: NoticeStatus::Confirmed,
            reported_at: Time(1_680_000_000),
            source: Some("police".into()),
            reference: Some(format!("K-{n}")),
            cleared_at: None,
        })
    });
    for list in status(&conn, true).unwrap().lists.iter().filter(|l| l.rows > 0) {
        println!(
            "{:<34} {:>9.1} bytes/row",
            list.list.as_str(),
            list.bytes.unwrap() as f64 / list.rows as f64
        );
    }
    gather(&path, devices, "no repairs");
    import("repairs", List::Repairs, devices / 100, &|n, _| {
        ListRow::Repair(RepairRow {
            order_no: format!("O{n}"),
            old_imei: imei(n * 50 + 1),
            new_imei: imei(n * 50 + 2),
            repaired_on: Day(19_400),
            centre: None,
        })
    });
    gather(&path, devices, "with repairs");
    drop(conn);
    other_layouts(devices, &device);
}

fn gather(path: &std::path::Path, devices: u64, what: &str) {
    let conn = open(path, Purpose::Read, FileKind::Registry).unwrap().conn;
    let mut registry = Registry::new(conn);
    let mut random = Random(42);
    let cases: Vec<Claim> = (0..100_000).map(|_| case(random.below(devices))).collect();
    for round in ["cold", "warm"] {
        let start = Instant::now();
        let mut known = 0_u64;
        let mut reader = registry.begin().unwrap();
        for claim in &cases {
            known += u64::from(reader.gather(claim, &mut NoOverlay).unwrap().account.is_some());
        }
        let rate = cases.len() as f64 / start.elapsed().as_secs_f64();
        println!("gather, {what}, {round:<8} {rate:>30.0} cases/s ({known} with an account)");
    }
}

fn case(n: u64) -> Claim {
    let receipt = Receipt {
        retailer: Given::read("shop", Retailer::parse),
        number: Given::read(&format!("R{n}"), ReceiptNo::parse),
        ..Receipt::default()
    };
    let sim =
        Sim { msisdn: Given::read(&phone(n / 2).plain(), |t| Phone::parse(t, Region::RU)), iccid: None };
    let item = |id, item| Evidence { id, item, attachment: None, added_at: Time(0), removed: false };
    Claim {
        request: Request::Unbind,
        received_at: Time(1_700_000_000),
        claimant: Claimant::default(),
        access: None,
        device: DeviceClaim {
            imei: Given::read(&imei(n).to_string(), Imei::parse),
            ..DeviceClaim::default()
        },
        account: AccountClaim {
            email: Given::read(&format!("user{}@example.com", n / 2), Email::parse),
            ..AccountClaim::default()
        },
        evidence: vec![item(1, Item::Receipt(receipt)), item(2, Item::Sim(sim))],
    }
}

/// Rates and sizes of the devices list alone, in other orders and with more identifiers.
fn other_layouts(devices: u64, device: &dyn Fn(u64, bool, bool) -> ListRow) {
    for (name, shuffled, second, serial) in [
        ("shuffled", true, false, false),
        ("with imei2", false, true, false),
        ("with serials", false, false, true),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("registry.db");
        let conn = open(&path, Purpose::Create, FileKind::Registry).unwrap().conn;
        let mut order: Vec<u64> = (0..devices).collect();
        let mut random = Random(7);
        for at in (1..order.len()).rev().filter(|_| shuffled) {
            order.swap(at, usize::try_from(random.below(at as u64 + 1)).unwrap());
        }
        let start = Instant::now();
        let mut import = ListImport::begin(&conn, List::Devices, Mode::Merge, Time(0)).unwrap();
        for (line, n) in (2..).zip(order) {
            import.put(line, &device(n, second, serial)).unwrap();
        }
        import
            .finish(&ImportMeta { file_name: name.into(), sha256: [0; 32], actor: "clara".into() })
            .unwrap();
        let rate = devices as f64 / start.elapsed().as_secs_f64();
        let found = status(&conn, true).unwrap();
        let bytes = found.lists.iter().find(|l| l.list == List::Devices).unwrap().bytes.unwrap();
        println!("devices {name:<26} {rate:>9.0} rows/s {:>9.1} bytes/row", bytes as f64 / devices as f64);
    }
}
