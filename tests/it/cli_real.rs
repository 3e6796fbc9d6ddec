//! A real desk at the command line: its agents have passphrases, and what leaves the house is received, mail in a
//! folder and text messages by a script.

use std::path::Path;
use std::sync::OnceLock;

use latchkey::desk::import::ImportOptions;
use latchkey::desk::{Desk, Failure, Folder, Options, init};
use latchkey::domain::{Role, Time};
use latchkey::env::Env;
use mailparse::MailHeaderMap as _;

use crate::cli_desk::{Ran, TestDesk};
use crate::desk_outbox::copy;
use crate::desk_rehearsal::LISTS;

pub const PASSPHRASE: &str = "long and secret";
/// What stands for the present where answers are compared: a real desk lives when it does.
const THEN: &str = "2026-11-20";

/// Anna's seat at a real desk.
pub struct RealSeat {
    desk: TestDesk,
}

/// A mail as its receiver reads it.
pub struct Mail {
    pub from: String,
    pub to: String,
    pub subject: String,
    /// Its Message-ID, without brackets.
    pub id: String,
    pub text: String,
}

impl Mail {
    /// The code that stands in it, on a line of its own.
    pub fn code(&self) -> &str {
        let is_code = |line: &&str| {
            let groups: Vec<&str> = line.split('-').collect();
            let letters = |group: &&str| group.len() == 4 && group.bytes().all(|b| b.is_ascii_alphanumeric());
            groups.len() == 3 && groups.iter().all(letters)
        };
        self.text.lines().map(str::trim).find(is_code).unwrap_or_else(|| panic!("no code: {}", self.text))
    }
}

fn now() -> Time {
    Env::real().now(false)
}

/// Keys are slow to make, as they should be: one desk is made, and copied for each test.
fn template() -> &'static Path {
    static MADE: OnceLock<tempfile::TempDir> = OnceLock::new();
    let dir = MADE.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        let options = Options {
            folder: Folder::new(dir.path().join("desk")),
            agent: Some("clara".to_owned()),
            readonly: false,
            env: Env::real(),
            ask_passphrase: Box::new(|_| Ok::<_, Failure>(PASSPHRASE.to_owned().into())),
        };
        let mut desk: Desk = init::init(options, false).unwrap();
        desk.add_agent("anna", &[Role::Agent], None).unwrap();
        for (list, text) in LISTS {
            // The SIM was in the phone until yesterday, and nobody signed in for a while.
            let day = |back: i64| now().plus_days(-back).day().to_string();
            let text = text.replace("2026-11-15", &day(1)).replace("2026-09-01", &day(80));
            // The owner reads English, by the region of their account.
            let text = text.replace(",RU,", ",GB,");
            let path = dir.path().join(format!("{list}.csv"));
            std::fs::write(&path, text).unwrap();
            desk.import_list(*list, &path, &ImportOptions::default(), &mut |_| true).unwrap();
        }
        dir
    });
    dir.path()
}

impl RealSeat {
    /// A desk whose `[dispatch]` lays mail into `mail/` and gives text messages to a script.
    pub fn new() -> Self {
        let made = Self { desk: TestDesk::bare() };
        copy(&template().join("desk"), &made.desk.path("desk"));
        std::fs::create_dir(made.desk.path("mail")).unwrap();
        std::fs::create_dir(made.desk.path("sms")).unwrap();
        let (mail, sms) = (made.desk.path("mail"), made.desk.path("sms"));
        let script = made.desk.write("sms.sh", format!("cat > '{}'/$$.json\n", sms.display()));
        let text = format!(
            "[dispatch]\nfolder = '{}'\nfrom = \"Recovery desk <desk@recovery.example>\"\n\
             command = [\"/bin/sh\", '{script}']\n",
            mail.display()
        );
        made.desk.write("desk/config.toml", text);
        made.desk.write("passphrase", PASSPHRASE);
        made.by("clara", &["config", "accept"]).ok();
        made
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        self.desk.write(name, text)
    }

    pub fn path(&self, name: &str) -> std::path::PathBuf {
        self.desk.path(name)
    }

    /// A setting of the desk.
    pub fn setting(&self, name: &str) -> String {
        let conn = rusqlite::Connection::open(self.desk.path("desk/desk.db")).unwrap();
        conn.query_row("SELECT value FROM setting WHERE name = $1", [name], |row| row.get(0)).unwrap()
    }

    /// How many leaves speak of lists.
    pub fn logged(&self) -> i64 {
        let conn = rusqlite::Connection::open(self.desk.path("desk/desk.db")).unwrap();
        conn.query_row("SELECT count(*) FROM leaf WHERE ticket = -4", [], |row| row.get(0)).unwrap()
    }

    /// The program, as anna, now.
    pub fn run(&self, args: &[&str]) -> Ran {
        self.by("anna", args)
    }

    /// The same as somebody else, with the right passphrase unless another is named.
    pub fn by(&self, agent: &str, args: &[&str]) -> Ran {
        let secret = self.desk.path("passphrase");
        let mut all = args.to_vec();
        if !args.contains(&"--passphrase-file") {
            all.extend(["--passphrase-file", secret.to_str().unwrap()]);
        }
        let mut command = self.desk.command(&all);
        self.desk.ran(command.env_remove("LATCHKEY_NOW").env("LATCHKEY_AGENT", agent))
    }

    /// The same as somebody, with a text on standard input.
    pub fn fed(&self, agent: &str, args: &[&str], input: &str) -> Ran {
        let mut command = self.desk.command(args);
        let command = command.env_remove("LATCHKEY_NOW").env("LATCHKEY_AGENT", agent);
        self.desk.ran(command.write_stdin(input))
    }

    /// The same as somebody who is not anna, and knows no passphrase.
    pub fn run_without_passphrase(&self, args: &[&str]) -> Ran {
        let mut command = self.desk.command(args);
        self.desk.ran(command.env_remove("LATCHKEY_NOW").env("LATCHKEY_AGENT", "anna"))
    }

    /// Every mail that was delivered.
    pub fn mails(&self) -> Vec<Mail> {
        let files = std::fs::read_dir(self.desk.path("mail")).unwrap().map(|e| e.unwrap().path());
        files
            .map(|path| {
                let bytes = std::fs::read(path).unwrap();
                let mail = mailparse::parse_mail(&bytes).unwrap();
                let header = |name: &str| mail.headers.get_first_value(name).unwrap();
                Mail {
                    from: header("From"),
                    to: header("To"),
                    subject: header("Subject"),
                    id: header("Message-ID").trim_matches(['<', '>']).to_owned(),
                    text: mail.get_body().unwrap().replace("\r\n", "\n"),
                }
            })
            .collect()
    }

    /// The only mail to the owner.
    pub fn owners_mail(&self) -> Mail {
        let [mail] = self.mails().try_into().unwrap_or_else(|all: Vec<Mail>| panic!("{} mails", all.len()));
        assert_eq!(mail.to, "owner@mail.example");
        mail
    }

    /// The one-time code of the last text message to the claimant.
    pub fn texted_code(&self) -> String {
        let files = std::fs::read_dir(self.desk.path("sms")).unwrap().map(|e| e.unwrap().path());
        let read = |path| serde_json::from_slice::<serde_json::Value>(&std::fs::read(path).unwrap()).unwrap();
        let codes: Vec<_> = files.map(read).filter(|message| message["kind"] == "code").collect();
        let [one] = codes.as_slice() else { panic!("{codes:?}") };
        one["code"].as_str().unwrap().to_owned()
    }
}

/// The same text at every time: moments of today and yesterday are those of the tests.
pub fn timeless(text: &str) -> String {
    let days = [0, 1].map(|back| now().plus_days(-back).day().to_string());
    let mut out = text.to_owned();
    for day in &days {
        let mut pieces = out.split(day.as_str());
        let mut steady = pieces.next().unwrap_or_default().to_owned();
        for after in pieces {
            let is = |form: &str| {
                let same = |(a, f): (u8, u8)| if f == b'0' { a.is_ascii_digit() } else { a == f };
                after.len() >= form.len() && after.bytes().zip(form.bytes()).all(same)
            };
            let (moment, length) = match (is("T00:00:00Z"), is(" 00:00")) {
                (true, _) => ("T09:00:00Z", 10),
                (_, true) => (" 09:00", 6),
                _ => ("", 0),
            };
            steady.push_str(THEN);
            steady.push_str(moment);
            steady.extend(after.chars().skip(length));
        }
        out = steady;
    }
    out
}
