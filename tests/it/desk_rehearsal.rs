//! A rehearsal desk for tests that speak to the desk itself, not through the command line.

use std::path::Path;

use latchkey::desk::import::ImportOptions;
use latchkey::desk::{Desk, Failure, Folder, Options, init};
use latchkey::domain::{List, Time};
use latchkey::env::Env;

/// 2026-11-20T09:00:00Z, when every case of these tests is judged.
pub fn noon() -> Time {
    Time::parse("2026-11-20T09:00:00Z").unwrap()
}

pub struct Rehearsal {
    pub dir: tempfile::TempDir,
}

/// One device (IMEI 867530900000010) bound to account 1, sold by DNS, with one SIM seen for long.
pub const LISTS: &[(List, &str)] = &[
    (List::Tacs, "tac,brand,model,allocated_on\n86753090,Orbit,Orbit 11,2021-02-01\n"),
    (
        List::Devices,
        "imei,serial,model,made_on\n867530900000017,11111/A1,Orbit 11,2024-12-20\n867530900000025,22222/A2,Orbit 11,2024-12-20\n",
    ),
    (
        List::Accounts,
        "account_id,email,phone,name,region,state,registered_at,last_sign_in_at\n\
         2000000001,owner@mail.example,+79031234567,Иван Петров,RU,active,2024-12-30,2026-09-01\n",
    ),
    (
        List::Contacts,
        "account_id,kind,value,verified_at\n2000000001,email,owner@mail.example,2024-12-30\n2000000001,phone,+79031234567,2024-12-30\n",
    ),
    (List::Bindings, "account_id,imei,bound_at\n2000000001,867530900000017,2025-02-08T09:00:00Z\n"),
    (
        List::Sightings,
        "imei,iccid,msisdn,first_seen,last_seen\n867530900000017,8970101000000000004,+79160000001,2025-03-30,2026-11-15\n",
    ),
    (List::Sales, "retailer,receipt_no,sold_on,imei\nDNS,DN-0000001,2025-01-29,867530900000017\n"),
];

impl Rehearsal {
    pub fn new() -> Self {
        let made = Self { dir: tempfile::tempdir().unwrap() };
        init::init(made.options("clara", noon()), true).unwrap();
        let mut desk = made.desk("anna");
        for (list, text) in LISTS {
            let path = made.dir.path().join(format!("{list}.csv"));
            std::fs::write(&path, text).unwrap();
            let done = desk.import_list(*list, &path, &ImportOptions::default(), &mut |_| true).unwrap();
            assert_eq!(done.rejected, 0, "{list}");
        }
        made
    }

    /// Imports one more list, by its name.
    pub fn list(&self, list: &str, text: &str) {
        let path = self.dir.path().join(format!("more-{list}.csv"));
        std::fs::write(&path, text).unwrap();
        let list = list.parse().unwrap();
        let done =
            self.desk("anna").import_list(list, &path, &ImportOptions::default(), &mut |_| true).unwrap();
        assert_eq!(done.rejected, 0, "{list}");
    }

    pub fn folder(&self) -> std::path::PathBuf {
        self.dir.path().join("desk")
    }

    fn options(&self, agent: &str, now: Time) -> Options {
        Options {
            folder: Folder::new(self.folder()),
            agent: Some(agent.to_owned()),
            readonly: false,
            env: Env::fixed(now),
            ask_passphrase: Box::new(|_| Err(Failure::refused("a rehearsal asks for no passphrase"))),
        }
    }

    pub fn desk(&self, agent: &str) -> Desk {
        self.desk_at(agent, noon())
    }

    pub fn desk_readonly(&self, agent: &str) -> Desk {
        Desk::open(Options { readonly: true, ..self.options(agent, noon()) }).unwrap()
    }

    pub fn desk_at(&self, agent: &str, now: Time) -> Desk {
        self.try_desk(agent, now).unwrap()
    }

    pub fn try_desk(&self, agent: &str, now: Time) -> Result<Desk, Failure> {
        Desk::open(self.options(agent, now))
    }

    /// Imports case columns, one case.
    pub fn case(&self, reference: &str, columns: &[(&str, &str)]) {
        let mut head = "reference,received_at".to_owned();
        let mut row = format!("{reference},2026-11-20T07:00:00Z");
        for (column, text) in columns {
            head += ",";
            head += column;
            row += ",";
            row += text;
        }
        let path = self.dir.path().join("case.csv");
        std::fs::write(&path, format!("{head}\n{row}\n")).unwrap();
        let done = self.desk("anna").import_cases(&path, &ImportOptions::default(), &mut |_| true).unwrap();
        assert_eq!((done.rows, done.rejected), (1, 0), "{reference}");
    }

    /// A file with one case that is not imported yet.
    pub fn case_file(&self) {
        let text = "reference,request,claimant_email\nZ-1,login-recovery,z@post.example\n";
        std::fs::write(self.dir.path().join("case.csv"), text).unwrap();
    }

    /// An owner's claim with receipt and SIM: everything but the code.
    pub fn owner_case(&self, reference: &str) {
        self.case(
            reference,
            &[
                ("request", "unbind"),
                ("claimant_email", "claimant@post.example"),
                ("access", "none"),
                ("imei", "867530900000017"),
                ("receipt_retailer", "DNS"),
                ("receipt_no", "DN-0000001"),
                ("receipt_date", "2025-01-29"),
                ("sim_msisdn", "+79160000001"),
                ("sim_iccid", "8970101000000000004"),
            ],
        );
    }

    /// Somebody else's claim to the owner's device, with the same receipt.
    pub fn rival_case(&self, reference: &str) {
        let columns = [
            ("request", "unbind"),
            ("claimant_email", "rival@post.example"),
            ("access", "none"),
            ("imei", "867530900000017"),
            ("receipt_retailer", "DNS"),
            ("receipt_no", "DN-0000001"),
            ("receipt_date", "2025-01-29"),
        ];
        self.case(reference, &columns);
    }

    /// A stranger's case, on an account of its own, so that several do not stand in each other's way.
    pub fn stranger(&self, n: u32) {
        let columns = [
            ("request", "login-recovery"),
            ("claimant_name", "Пётр Ильин"),
            ("claimant_email", &format!("someone{n}@post.example")),
            ("access", "none"),
            ("account_id", &format!("30000000{n:02}")),
        ];
        self.case(&format!("A-{n:02}"), &columns);
    }

    /// Sends a code and reads it back.
    pub fn prove(&self, reference: &str, channel: latchkey::domain::Channel) {
        let mut desk = self.desk("anna");
        let code = desk.send_code(reference, channel, None).unwrap().code.unwrap();
        assert!(desk.confirm_code(reference, channel, &code).unwrap().confirmed);
    }

    /// An owner's case proven, decided and granted; the token.
    pub fn granted(&self, reference: &str) -> String {
        self.owner_case(reference);
        self.prove(reference, latchkey::domain::Channel::Sim);
        let mut desk = self.desk("anna");
        desk.decide(reference, latchkey::domain::Recommendation::Approve, None, false).unwrap();
        desk.issue(reference, None, None).unwrap().token
    }

    /// Where a ticket stands.
    pub fn state(&self, name: &str) -> String {
        let shown = self.desk("clara").show(name, latchkey::desk::show::Privacy::Work).unwrap();
        shown["state"].as_str().unwrap().to_owned()
    }

    /// Runs SQL on a file of the desk, as somebody with the `sqlite3` shell would.
    pub fn tamper(&self, file: &str, sql: &str) {
        let conn = rusqlite::Connection::open(self.folder().join(file)).unwrap();
        assert!(conn.execute(sql, []).unwrap() > 0, "{sql} changed nothing");
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }
}
