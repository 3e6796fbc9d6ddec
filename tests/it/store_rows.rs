//! A registry to try things with, and short ways to make rows and claims.

use latchkey::domain::*;
use latchkey::judgement::facts::RegistryFacts;
use latchkey::store::registry::*;
use latchkey::store::{FileKind, Purpose, open};
use rusqlite::Connection;
use std::path::PathBuf;

pub const DAY: i64 = 86_400;

pub struct Desk {
    _dir: tempfile::TempDir,
    path: PathBuf,
    pub conn: Connection,
}

/// Imports run without the check of foreign keys: here every test of the registry makes up for it.
impl Drop for Desk {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let dangling = self.conn.prepare("PRAGMA foreign_key_check").unwrap().exists([]).unwrap();
            assert!(!dangling, "a row points at nothing");
        }
    }
}

impl Desk {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("registry.db");
        let conn = open(&path, Purpose::Create, FileKind::Registry).unwrap().conn;
        // Tests need no fsync.
        conn.pragma_update(None, "synchronous", "OFF").unwrap();
        Self { _dir: dir, path, conn }
    }

    pub fn registry(&self) -> Registry {
        Registry::new(open(&self.path, Purpose::Read, FileKind::Registry).unwrap().conn)
    }

    pub fn try_import(&self, rows: &[ListRow]) -> (Summary, Vec<&'static str>) {
        let list = rows[0].list();
        let mut import = ListImport::begin(&self.conn, list, Mode::Merge, Time(1000 * DAY)).unwrap();
        let mut problems = Vec::new();
        for (line, row) in (2..).zip(rows) {
            match import.put(line, row) {
                Ok(_) => {}
                Err(ImportError::Row(problem)) => problems.push(problem.rule),
                Err(other) => panic!("{other}"),
            }
        }
        let meta = ImportMeta { file_name: "t.csv".into(), sha256: [7; 32], actor: "clara".into() };
        (import.finish(&meta).unwrap(), problems)
    }

    pub fn import(&self, rows: &[ListRow]) -> Summary {
        let (summary, problems) = self.try_import(rows);
        assert!(problems.is_empty(), "{problems:?}");
        summary
    }

    pub fn gather(&self, claim: &Claim) -> RegistryFacts {
        self.registry().begin().unwrap().gather(claim, &mut NoOverlay).unwrap()
    }
}

pub fn imei(n: u64) -> Imei {
    Imei::from_body(35_123_456_000_000 + n).unwrap()
}

pub fn serial(text: &str) -> Serial {
    Serial::parse(text).unwrap()
}

pub fn by_imei(n: u64) -> DeviceName {
    DeviceName::Imei(imei(n))
}

pub fn by_serial(text: &str) -> DeviceName {
    DeviceName::Serial(serial(text))
}

pub fn device(imeis: &[u64], serial: Option<&str>) -> ListRow {
    ListRow::Device(DeviceRow {
        imeis: imeis.iter().copied().map(imei).collect(),
        serial: serial.map(|s| Serial::parse(s).unwrap()),
        model: Some("Nova 5".into()),
        made_on: Some(Day(100)),
        region: Some("EU".into()),
    })
}

pub fn account_row(id: &str, state: AccountState, email: Option<&str>, phone: Option<u64>) -> ListRow {
    ListRow::Account(AccountRow {
        account_id: AccountId::parse(id).unwrap(),
        email: email.map(|e| Email::parse(e).unwrap()),
        phone: phone.map(|p| Phone::from_digits(p).unwrap()),
        name: Some("Anna Ivanova".into()),
        region: None,
        language: Some("ru".into()),
        state,
        registered_at: Some(Time(50 * DAY)),
        last_sign_in_at: None,
    })
}

pub fn contact(id: &str, contact: Contact, verified: Option<i64>, replaced: Option<i64>) -> ListRow {
    ListRow::Contact(ContactRow {
        account_id: AccountId::parse(id).unwrap(),
        contact,
        verified_at: verified.map(Time),
        replaced_at: replaced.map(Time),
    })
}

pub fn email(text: &str) -> Contact {
    Contact::Email(Email::parse(text).unwrap())
}

pub fn binding(id: &str, device: DeviceName, bound_at: i64, released_at: Option<i64>) -> ListRow {
    ListRow::Binding(BindingRow {
        account_id: AccountId::parse(id).unwrap(),
        device,
        bound_at: Time(bound_at),
        released_at: released_at.map(Time),
        lost_mode_since: None,
    })
}

pub fn sighting(n: u64, iccid: Option<Iccid>, msisdn: Option<u64>, first: i32, last: i32) -> ListRow {
    ListRow::Sighting(SightingRow {
        imei: imei(n),
        iccid,
        imsi: None,
        msisdn: msisdn.map(|p| Phone::from_digits(p).unwrap()),
        first_seen: Day(first),
        last_seen: Day(last),
    })
}

pub fn sale(no: &str, device: Option<DeviceName>, sold_on: i32) -> ListRow {
    ListRow::Sale(SaleRow {
        retailer: Retailer::parse("M Video").unwrap(),
        retailer_text: "M Video".into(),
        receipt_no: ReceiptNo::parse(no).unwrap(),
        receipt_text: no.into(),
        sold_on: Day(sold_on),
        device,
        amount: Some("100.00".into()),
        currency: Some("EUR".into()),
    })
}

pub fn repair(order: &str, old: u64, new: u64, on: i32) -> ListRow {
    ListRow::Repair(RepairRow {
        order_no: order.into(),
        old_imei: imei(old),
        new_imei: imei(new),
        repaired_on: Day(on),
        centre: None,
    })
}

pub fn notice(device: DeviceName, status: NoticeStatus, reference: Option<&str>) -> ListRow {
    ListRow::Notice(NoticeRow {
        device,
        kind: NoticeKind::Stolen,
        status,
        reported_at: Time(300 * DAY),
        source: Some("police".into()),
        reference: reference.map(Into::into),
        cleared_at: None,
    })
}

pub fn claim() -> Claim {
    Claim {
        request: Request::Unbind,
        received_at: Time(900 * DAY),
        claimant: Claimant::default(),
        access: None,
        device: DeviceClaim::default(),
        account: AccountClaim::default(),
        evidence: Vec::new(),
    }
}

pub fn given_imei(text: &str) -> Option<Given<Imei>> {
    Given::read(text, Imei::parse)
}

pub fn claim_on(name: &DeviceName) -> Claim {
    let mut claim = claim();
    match name {
        DeviceName::Imei(imei) => claim.device.imei = given_imei(&imei.to_string()),
        DeviceName::Serial(serial) => claim.device.serial = Given::read(serial.as_str(), Serial::parse),
    }
    claim
}
