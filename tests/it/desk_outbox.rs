//! What leaves the house: nothing acknowledged is repeated, nothing queued is forgotten.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use latchkey::desk::import::ImportOptions;
use latchkey::desk::outbox::{Message, Wanted, why};
use latchkey::desk::{Desk, Failure, Folder, Options, init};
use latchkey::domain::{Channel, MessageKind, MessageState, Recommendation, Role, Time};
use latchkey::env::Env;
use latchkey::words::Phrase;
use serde_json::Value;

use crate::desk_rehearsal::{LISTS, noon};

/// A real desk: anna, boris and clara with passphrases, the lists of the rehearsal, messages that go to a script.
pub struct RealDesk {
    dir: tempfile::TempDir,
}

/// An owner's claim with receipt and SIM: everything but the code.
const CASE: &str = "reference,received_at,request,claimant_email,access,imei,receipt_retailer,receipt_no,receipt_date,\
    sim_msisdn,sim_iccid\nC-1,2026-11-20T07:00:00Z,unbind,claimant@post.example,none,867530900000017,DNS,DN-0000001,\
    2025-01-29,+79160000001,8970101000000000004\n";

fn template() -> &'static RealDesk {
    static MADE: OnceLock<RealDesk> = OnceLock::new();
    MADE.get_or_init(RealDesk::make)
}

pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    std::fs::set_permissions(to, std::fs::metadata(from).unwrap().permissions()).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

impl RealDesk {
    /// A desk whose `[dispatch]` runs a shell script with this body; `$0.d` is a folder of its own.
    pub fn new(script: &str) -> Self {
        let made = Self { dir: tempfile::tempdir().unwrap() };
        // Keys are slow to make, as they should be: one desk is made, and copied for each test.
        copy(&template().path("desk"), &made.path("desk"));
        std::fs::create_dir(made.path("send.d")).unwrap();
        made.script(script);
        made.config("timeout_seconds = 1\ntries = 3\nbackoff_seconds = 60");
        made
    }

    fn make() -> Self {
        let made = Self { dir: tempfile::tempdir().unwrap() };
        init::init(made.options("clara", noon().minus_days(2)), false).unwrap();
        // A new approver waits a day.
        let mut desk = made.desk_at("clara", noon().minus_days(2));
        desk.add_agent("anna", &[Role::Agent], None).unwrap();
        desk.add_agent("boris", &[Role::Approver], None).unwrap();
        let mut desk = made.desk("clara");
        for (list, text) in LISTS {
            let path = made.path(&format!("{list}.csv"));
            std::fs::write(&path, text).unwrap();
            desk.import_list(*list, &path, &ImportOptions::default(), &mut |_| true).unwrap();
        }
        let case = made.path("cases.csv");
        std::fs::write(&case, CASE).unwrap();
        made.desk("anna").import_cases(&case, &ImportOptions::default(), &mut |_| true).unwrap();
        made
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// The command's body from now on.
    pub fn script(&self, body: &str) {
        let text = format!("D={}\n{body}\n", self.path("send.d").display());
        std::fs::write(self.path("send.sh"), text).unwrap();
    }

    pub fn config(&self, more: &str) {
        let text =
            format!("[dispatch]\ncommand = [\"/bin/sh\", \"{}\"]\n{more}\n", self.path("send.sh").display());
        self.configured(&text);
    }

    /// Settings that the custodian accepted.
    pub fn configured(&self, text: &str) {
        std::fs::write(self.path("desk/config.toml"), text).unwrap();
        self.desk("clara").accept_file(latchkey::desk::Which::Config).unwrap();
    }

    fn options(&self, agent: &str, now: Time) -> Options {
        Options {
            folder: Folder::new(self.path("desk")),
            agent: Some(agent.to_owned()),
            readonly: false,
            env: Env::fixed(now),
            ask_passphrase: Box::new(|_| Ok::<_, Failure>("long and secret".to_owned().into())),
        }
    }

    pub fn desk_at(&self, agent: &str, now: Time) -> Desk {
        Desk::open(self.options(agent, now)).unwrap()
    }

    pub fn desk(&self, agent: &str) -> Desk {
        self.desk_at(agent, noon())
    }

    /// What the script was given and kept (`cat > $D/$$.json`).
    pub fn taken(&self) -> Vec<Value> {
        let mut files: Vec<_> =
            std::fs::read_dir(self.path("send.d")).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.retain(|path| path.extension().is_some_and(|e| e == "json"));
        files.sort();
        files.iter().map(|path| serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()).collect()
    }

    pub fn messages(&self) -> Vec<Message> {
        self.desk("anna").outbox(Wanted::default(), 100).unwrap()
    }

    /// Sends the code to the SIM, takes what the script got, reads it back, and decides.
    pub fn prove_and_decide(&self, word: Recommendation) {
        let mut anna = self.desk("anna");
        anna.send_code("C-1", Channel::Sim, None).unwrap();
        let code =
            self.taken().iter().find(|m| m["kind"] == "code").unwrap()["code"].as_str().unwrap().to_owned();
        assert!(anna.confirm_code("C-1", Channel::Sim, &code).unwrap().confirmed);
        anna.decide("C-1", word, Some("the customer is known here"), false).unwrap();
    }
}

/// Keeps every message under its own name, as a site's gateway would.
pub const TAKES: &str = "cat > $D/$$.json";

#[test]
fn a_code_goes_from_the_outbox_to_the_command_and_is_sent_once() {
    let world = RealDesk::new(TAKES);
    let mut anna = world.desk("anna");
    let sent = anna.send_code("C-1", Channel::Sim, None).unwrap();
    assert_eq!((sent.code, sent.to.as_str()), (None, "+***01"));
    let taken = world.taken();
    let [one] = taken.as_slice() else { panic!("{taken:?}") };
    assert_eq!(
        (&one["kind"], &one["to"], &one["attempt"]),
        (&"code".into(), &"+79160000001".into(), &1.into())
    );
    let code = one["code"].as_str().unwrap();
    assert!(one["text"].as_str().unwrap().contains(code), "{one}");
    let [message] = world.messages().try_into().unwrap();
    assert_eq!(
        (message.state, message.tries, message.mark.as_str()),
        (MessageState::Sent, 1, one["id"].as_str().unwrap())
    );
    assert!(!message.text.contains(code), "the code stands in the outbox");
    assert_eq!(anna.deliver(|_| true).unwrap(), 0, "it was sent again");
    assert!(anna.confirm_code("C-1", Channel::Sim, code).unwrap().confirmed);
    assert!(world.desk("clara").audit_verify(&[]).unwrap().ok);
}

#[test]
fn a_command_that_fails_or_hangs_is_tried_again_with_pauses_and_then_given_up() {
    for (body, why) in [
        ("echo 'gateway down, cannot reach +79160000001' >&2; exit 75", "gateway down, cannot reach +***01"),
        ("sleep 30", "took longer than 1 s"),
        ("kill -9 $$", "ended by signal 9"),
        ("sleep 30 & kill -9 $$", "ended by signal 9"),
    ] {
        let world = RealDesk::new(body);
        let begun = Instant::now();
        let refused = world.desk("anna").send_code("C-1", Channel::Sim, None).unwrap_err();
        assert!(refused.to_string().contains(why), "{body}: {refused}");
        assert!(begun.elapsed() < Duration::from_secs(10), "{body}");
        let [message] = world.messages().try_into().unwrap();
        assert_eq!(
            (message.state, message.due_at),
            (MessageState::Waiting, Some(Time(noon().0 + 60))),
            "{body}"
        );
        let mut later = world.desk_at("anna", Time(noon().0 + 59));
        assert_eq!(later.deliver(|_| true).unwrap(), 0, "too early");
        let mut later = world.desk_at("anna", Time(noon().0 + 60));
        assert_eq!(later.deliver(|_| true).unwrap(), 1);
        assert_eq!(world.messages()[0].due_at, Some(Time(noon().0 + 60 + 120)), "twice as long");
        let mut last = world.desk_at("anna", Time(noon().0 + 180));
        assert_eq!(last.deliver(|_| true).unwrap(), 1);
        let [message] = world.messages().try_into().unwrap();
        assert_eq!((message.state, message.tries), (MessageState::Failed, 3), "{body}");
        // A person looks after the gateway; the same message goes, under the same name.
        world.script(TAKES);
        last.retry_message(message.id).unwrap();
        assert_eq!(last.deliver_one(message.id).unwrap().unwrap().state, MessageState::Sent);
        assert_eq!(world.taken()[0]["id"].as_str(), Some(message.mark.as_str()));
    }
}

#[test]
fn a_refusal_for_good_is_not_tried_again() {
    let world = RealDesk::new("exit 67");
    let refused = world.desk("anna").send_code("C-1", Channel::Sim, None).unwrap_err();
    assert!(refused.to_string().starts_with("The code could not be sent: the command ended with 67."));
    assert_eq!(world.messages()[0].state, MessageState::Failed);
}

#[test]
fn a_code_that_ran_out_is_dropped_and_not_sent() {
    let world = RealDesk::new("exit 1");
    world.desk("anna").send_code("C-1", Channel::Sim, None).unwrap_err();
    world.script(TAKES);
    let mut later = world.desk_at("anna", Time(noon().0 + 600));
    later.deliver(|_| true).unwrap();
    let [message] = world.messages().try_into().unwrap();
    assert_eq!((message.state, why::of(&message)), (MessageState::Dropped, Some(Phrase::of("leaving-late"))));
    assert!(world.taken().is_empty());
    assert!(later.retry_message(message.id).is_err());
}

/// Between the command's "taken" and our row there is a moment in which only the receiver knows: it is given again
/// under the same name, and what was written down as taken is never given again.
#[test]
fn a_carrier_that_is_lost_gives_the_message_again_under_the_same_name() {
    let world = RealDesk::new("exit 1");
    world.desk("anna").send_code("C-1", Channel::Contact, None).unwrap_err();
    let [message] = world.messages().try_into().unwrap();
    // As a carrier leaves it that was killed while it carried.
    let conn = rusqlite::Connection::open(world.path("desk/desk.db")).unwrap();
    let lost = "UPDATE message SET state = 'sending', claim = 'lost', due_at = $1 WHERE id = $2";
    conn.execute(lost, rusqlite::params![noon().0 + 300, message.id]).unwrap();
    world.script(
        "read line || exit 1; id=$(echo \"$line\" | sed 's/.*\"id\":\"//; s/\".*//'); echo \"$line\" > $D/$id.json",
    );
    let mut early = world.desk_at("anna", Time(noon().0 + 299));
    assert_eq!(early.deliver(|_| true).unwrap(), 0, "its carrier may still be at it");
    let mut later = world.desk_at("boris", Time(noon().0 + 300));
    assert_eq!(later.deliver(|_| true).unwrap(), 1);
    assert_eq!(world.taken()[0]["id"].as_str(), Some(message.mark.as_str()));
    for _ in 0..3 {
        assert_eq!(world.desk_at("anna", Time(noon().0 + 9000)).deliver(|_| true).unwrap(), 0);
    }
}

/// Several desks carry at once, some of them killed at any moment: each message is acknowledged, none is given
/// again after that.
#[test]
fn nothing_is_forgotten_and_nothing_acknowledged_is_repeated_however_often_carriers_are_killed() {
    // Takes a whole message (a carrier killed while it writes leaves less than a line), now and then fails, and
    // keeps a line of every acknowledgement.
    let world = RealDesk::new(
        "read line || exit 1; id=$(echo \"$line\" | sed 's/.*\"id\":\"//; s/\".*//'); n=$(date +%N); \
         [ $((${n#0} % 4)) = 0 ] 2>/dev/null && exit 1; sleep 0.0$((${n%??????} % 5)) 2>/dev/null; echo $id >> $D/log; exit 0",
    );
    let config = "[dispatch]\ncommand = [\"/bin/sh\", \"SCRIPT\"]\ntimeout_seconds = 1\ntries = 100\nbackoff_seconds = 1\n";
    let config = config.replace("SCRIPT", world.path("send.sh").to_str().unwrap());
    world.configured(&config);
    let conn = rusqlite::Connection::open(world.path("desk/desk.db")).unwrap();
    let add = "INSERT INTO message (mark, about, ticket, kind, way, address, language, subject, text, queued_at, queued_by, state, due_at) \
               VALUES ($1, $1, 1, 'reply', 'email', 'claimant@post.example', 'en', 's', 't', 0, 'anna', 'waiting', 0)";
    for n in 0..24 {
        conn.execute(add, [format!("mark{n:02}")]).unwrap();
    }
    let carrier = || {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_latchkey"));
        command.args(["--agent", "anna", "outbox", "run"]).env("LATCHKEY_DESK", world.path("desk"));
        command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()).spawn().unwrap()
    };
    for round in 0..6_u64 {
        let mut carriers = [carrier(), carrier()];
        std::thread::sleep(Duration::from_millis(120 + 70 * round));
        for carrier in &mut carriers {
            let _ = carrier.kill();
            let _ = carrier.wait();
        }
    }
    // Whatever a killed carrier left behind is taken up once its claim has run out.
    conn.execute("UPDATE message SET due_at = 0 WHERE state = 'sending'", []).unwrap();
    let deadline = Instant::now() + Duration::from_mins(1);
    while world.desk("clara").outbox_counts().unwrap().0 > 0 {
        assert!(Instant::now() < deadline, "{:?}", world.desk("clara").outbox_counts());
        conn.execute("UPDATE message SET due_at = 0 WHERE due_at IS NOT NULL", []).unwrap();
        carrier().wait().unwrap();
    }
    let sent = world.messages();
    assert!(sent.len() == 24 && sent.iter().all(|m| m.state == MessageState::Sent));
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for id in std::fs::read_to_string(world.path("send.d/log")).unwrap().lines() {
        *seen.entry(id.to_owned()).or_default() += 1;
    }
    assert_eq!(seen.len(), 24, "acknowledged by the receiver: {seen:?}");
    // Only what was in a killed carrier's hands may have come twice: at most one for each kill.
    let repeats: usize = seen.values().map(|n| n - 1).sum();
    assert!(repeats <= 12, "{seen:?}");
    let before = std::fs::read_to_string(world.path("send.d/log")).unwrap();
    carrier().wait().unwrap();
    assert_eq!(
        std::fs::read_to_string(world.path("send.d/log")).unwrap(),
        before,
        "an acknowledged one went again"
    );
    assert!(world.desk("clara").audit_verify(&[]).unwrap().ok);
}

#[test]
fn the_cool_down_runs_from_the_first_message_to_the_owner_that_was_taken() {
    let world = RealDesk::new(TAKES);
    world.prove_and_decide(Recommendation::ApproveSecond);
    world.script("exit 1");
    let (mut anna, mut boris) = (world.desk("anna"), world.desk("boris"));
    anna.deliver(|_| true).unwrap();
    boris.approve("C-1", true).unwrap();
    let day3 = noon().plus_hours(72);
    let untold = world.desk_at("anna", day3).issue("C-1", None, None).unwrap_err();
    assert!(untold.to_string().contains("No message to the owner has left"), "{untold}");
    world.script(TAKES);
    let notices = |m: &Message| m.kind == MessageKind::OwnerNotice;
    for message in world.messages().into_iter().filter(notices) {
        let mut desk = world.desk_at("anna", day3);
        desk.retry_message(message.id).unwrap();
        assert_eq!(desk.deliver_one(message.id).unwrap().unwrap().state, MessageState::Sent);
    }
    let early = world.desk_at("anna", day3).issue("C-1", None, None).unwrap_err();
    assert!(early.to_string().contains("2026-11-26T09:00:00Z"), "{early}");
    world.desk_at("anna", day3.plus_hours(72)).issue("C-1", None, None).unwrap();
}

/// The owner's way to stop it: the code that came with the notice, to each contact another.
fn objection_codes(world: &RealDesk) -> Vec<String> {
    let taken = world.taken();
    let notices = taken.iter().filter(|m| m["kind"] == "owner-notice");
    notices.map(|m| m["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn an_objection_in_time_stops_an_authorization_that_is_out() {
    let world = RealDesk::new(TAKES);
    world.prove_and_decide(Recommendation::Approve);
    let mut anna = world.desk("anna");
    let issued = anna.issue("C-1", None, None).unwrap();
    anna.deliver_new(1).unwrap();
    let codes = objection_codes(&world);
    assert_eq!(codes.len(), 2, "one to each verified contact: {codes:?}");
    assert_ne!(codes[0], codes[1]);
    let answer = format!("From: owner@mail.example\n\nThat is not me!\n> code {}\n", codes[1].to_lowercase());
    let done = world.desk("boris").object_by_codes(&answer, None).unwrap();
    assert_eq!(serde_json::to_value(&done).unwrap()[0]["stopped"], "authorization");
    let refused = anna.redeem(&issued.token).unwrap_err();
    assert!(refused.to_string().contains("revoked"), "{refused}");
    let shown = anna.show("C-1", latchkey::desk::show::Privacy::Work).unwrap();
    assert_eq!((&shown["state"], &shown["recommendation"]), (&"open".into(), &"refuse".into()));
    // The same file again, and the other contact's code: nothing more is to be stopped.
    let again = anna.object_by_codes(&format!("{answer}{}", codes[0]), None).unwrap();
    assert!(again.len() == 1 && again[0].already);
    assert!(world.desk("clara").audit_verify(&[]).unwrap().ok);
}

#[test]
fn an_objection_that_comes_too_late_says_so_and_leaves_a_notice_on_the_device() {
    let world = RealDesk::new(TAKES);
    world.prove_and_decide(Recommendation::Approve);
    let mut anna = world.desk("anna");
    let issued = anna.issue("C-1", None, None).unwrap();
    anna.deliver_new(1).unwrap();
    anna.redeem(&issued.token).unwrap();
    let done = anna.object_by_codes(&objection_codes(&world)[0], None).unwrap();
    assert_eq!(serde_json::to_value(&done).unwrap()[0]["stopped"], "too-late");
    assert_eq!(done[0].redeemed_at, Some(noon()));
    assert_eq!(anna.show("C-1", latchkey::desk::show::Privacy::Work).unwrap()["state"], "closed");
    let conn = rusqlite::Connection::open(world.path("desk/desk.db")).unwrap();
    let notice: String =
        conn.query_row("SELECT kind || ' ' || status FROM desk_notice", [], |row| row.get(0)).unwrap();
    assert_eq!(notice, "fraud pending");
}

#[test]
fn codes_of_nobody_object_to_nothing() {
    let world = RealDesk::new(TAKES);
    assert!(
        world.desk("anna").object_by_codes("0000-0000-0000 and 7QK2-9MXD-04TR", None).unwrap().is_empty()
    );
}

#[test]
fn only_who_may_take_a_notice_from_the_owner_drops_it() {
    let world = RealDesk::new(TAKES);
    world.prove_and_decide(Recommendation::ApproveSecond);
    let notice = world.messages().into_iter().find(|m| m.kind == MessageKind::OwnerNotice).unwrap();
    assert!(world.desk("anna").drop_message(notice.id, "quietly").is_err());
    assert!(world.desk("clara").drop_message(notice.id, " ").is_err(), "a reason");
    let dropped = world.desk("clara").drop_message(notice.id, "told by telephone").unwrap();
    assert_eq!((dropped.state, dropped.why.as_deref()), (MessageState::Dropped, Some("told by telephone")));
}

#[test]
fn mail_lies_in_a_folder_whole_and_once() {
    let world = RealDesk::new("exit 1");
    let folder = world.path("mail");
    std::fs::create_dir(&folder).unwrap();
    let text = format!(
        "[dispatch]\nfolder = {folder:?}\nfrom = \"Recovery desk <desk@mail.example>\"\nlanguage = \"ru\"\n"
    );
    world.configured(&text);
    let mut anna = world.desk("anna");
    let nobody = anna.send_code("C-1", Channel::Sim, None).unwrap_err();
    assert!(nobody.to_string().contains("no way to send a message by phone"), "{nobody}");
    anna.send_code("C-1", Channel::Contact, Some("email")).unwrap();
    let conn = rusqlite::Connection::open(world.path("desk/desk.db")).unwrap();
    // As if the carrier had been killed after the file lay there.
    conn.execute("UPDATE message SET state = 'waiting', due_at = 0, ended_at = NULL", []).unwrap();
    assert_eq!(anna.deliver(|_| true).unwrap(), 1);
    let files: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    let [file] = files.as_slice() else { panic!("{files:?}") };
    let mail = std::fs::read_to_string(file).unwrap();
    for line in [
        "From: \"Recovery desk\" <desk@mail.example>",
        "To: owner@mail.example",
        "Subject: =?utf-8?b?",
        "@mail.example>",
    ] {
        assert!(mail.contains(line), "{line}: {mail}");
    }
    assert_eq!(world.messages()[0].state, MessageState::Sent);
}

/// Whoever the claimant says they are, and whatever they speak: the owner reads their own language, or two.
#[test]
fn owners_are_written_to_in_their_language_and_else_in_two() {
    const ENGLISH: &str = "Somebody asks us";
    const RUSSIAN: &str = "Нас просят";
    for (region, told, silent) in [
        ("RU", &[RUSSIAN][..], &[ENGLISH][..]),
        ("GB", &[ENGLISH], &[RUSSIAN]),
        ("Bavaria", &[ENGLISH, RUSSIAN], &[]),
    ] {
        let world = RealDesk::new("exit 1");
        let folder = world.path("mail");
        std::fs::create_dir(&folder).unwrap();
        world.configured(&format!("[dispatch]\nfolder = '{}'\n", folder.display()));
        let list = world.path("accounts.csv");
        let (_, text) = LISTS.iter().find(|(list, _)| list.as_str() == "accounts").unwrap();
        std::fs::write(&list, text.replace(",RU,", &format!(",{region},"))).unwrap();
        let mut clara = world.desk("clara");
        clara
            .import_list(latchkey::domain::List::Accounts, &list, &ImportOptions::default(), &mut |_| true)
            .unwrap();
        world.desk("anna").send_code("C-1", Channel::Contact, Some("email")).unwrap();
        let file = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
        let bytes = std::fs::read(file).unwrap();
        let mail = mailparse::parse_mail(&bytes).unwrap().get_body().unwrap();
        for words in told {
            assert!(mail.contains(words), "{region}: {words}: {mail}");
        }
        for words in silent {
            assert!(!mail.contains(words), "{region}: {words}: {mail}");
        }
    }
}

/// A mail server of its own making: answers every step, keeps what it was given, refuses nobody's mail but `no@`.
fn mail_server() -> (u16, std::sync::mpsc::Receiver<String>) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let (mut mail, mut data) = (String::new(), false);
            stream.write_all(b"220 here\r\n").unwrap();
            while let Some(Ok(line)) = lines.next() {
                if data && line != "." {
                    mail += &format!("{line}\n");
                    continue;
                }
                data = line == "DATA";
                let answer = match line.as_str() {
                    "." => {
                        tell.send(std::mem::take(&mut mail)).unwrap();
                        "250 taken"
                    }
                    "DATA" => "354 go on",
                    "QUIT" => "221 bye",
                    rcpt if rcpt.starts_with("RCPT TO:<no@") => "550 nobody of that name",
                    _ => "250 yes",
                };
                stream.write_all(format!("{answer}\r\n").as_bytes()).unwrap();
            }
        }
    });
    (port, told)
}

#[test]
fn mail_goes_through_a_server_which_may_say_no_for_good() {
    let world = RealDesk::new("exit 1");
    let (port, told) = mail_server();
    let text = format!(
        "[dispatch]\nfrom = \"desk@mail.example\"\nsmtp = {{ host = \"127.0.0.1\", port = {port}, tls = \"none\" }}\n"
    );
    world.configured(&text);
    let mut anna = world.desk("anna");
    anna.send_code("C-1", Channel::Contact, Some("email")).unwrap();
    let mail = told.recv_timeout(Duration::from_secs(10)).unwrap();
    let [message] = world.messages().try_into().unwrap();
    assert_eq!(message.state, MessageState::Sent);
    assert!(mail.contains("To: owner@mail.example") && mail.contains(&message.mark), "{mail}");
    let conn = rusqlite::Connection::open(world.path("desk/desk.db")).unwrap();
    conn.execute(
        "UPDATE message SET state = 'waiting', due_at = 0, ended_at = NULL, address = 'no@mail.example'",
        [],
    )
    .unwrap();
    anna.deliver(|_| true).unwrap();
    let [refused] = world.messages().try_into().unwrap();
    assert_eq!(refused.state, MessageState::Failed, "{refused:?}");
}
