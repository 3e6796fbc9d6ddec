//! Cases by mail, at the command line: what lands, what is offered, what is judged by it, and what a thief can do.

use crate::cli_desk::TestDesk;
use crate::desk_rehearsal::LISTS;

/// A desk with the lists of the rehearsal and nothing else.
pub fn desk() -> TestDesk {
    let desk = TestDesk::empty();
    for (list, text) in LISTS {
        let file = desk.write(&format!("{list}.csv"), text);
        desk.run(&["import", list.as_str(), &file]).ok();
    }
    desk
}

/// A mail of a claimant who has what it takes.
pub const MAIL: &str = "From: Иван Петров <claimant@post.example>\r\n\
    To: desk@recovery.example\r\n\
    Subject: Please unbind my phone\r\n\
    Message-ID: <a1@post.example>\r\n\
    Date: Fri, 20 Nov 2026 10:12:00 +0300\r\n\
    MIME-Version: 1.0\r\n\
    Content-Type: multipart/mixed; boundary=\"=_b\"\r\n\
    \r\n\
    --=_b\r\n\
    Content-Type: text/plain; charset=utf-8\r\n\
    \r\n\
    Hello, I forgot the password of my Orbit 11 and lost the old mailbox.\r\n\
    IMEI 86753090 000001 7, serial 11111/A1, the SIM in it is +7 916 000-00-01.\r\n\
    Bought at DNS, receipt No DN-0000001.\r\n\
    --=_b\r\n\
    Content-Type: application/pdf; name=\"receipt.pdf\"\r\n\
    Content-Disposition: attachment; filename=\"receipt.pdf\"\r\n\
    Content-Transfer-Encoding: base64\r\n\
    \r\n\
    JVBERi0xLjQKJSBhIHJlY2VpcHQK\r\n\
    --=_b\r\n\
    Content-Type: image/png; name=\"box.png\"\r\n\
    Content-Transfer-Encoding: base64\r\n\
    \r\n\
    iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==\r\n\
    --=_b--\r\n";

/// A plain mail.
fn mail(from: &str, id: &str, headers: &str, text: &str) -> String {
    format!("From: {from}\nMessage-ID: <{id}>\nDate: Fri, 20 Nov 2026 10:12:00 +0300\n{headers}\n{text}\n")
}

fn import(desk: &TestDesk, name: &str, text: &str) -> serde_json::Value {
    let file = desk.write(name, text);
    desk.run(&["--json", "import", "cases", &file]).json()
}

#[test]
fn a_mail_is_a_case_and_what_it_offers_is_judged_by_nobody() {
    let desk = desk();
    let file = desk.write("a.eml", MAIL);
    insta::assert_snapshot!("mail_dry", desk.run(&["import", "cases", &file, "--dry-run"]));
    assert_eq!(desk.run(&["--json", "tickets"]).json()["total"], 0);
    insta::assert_snapshot!("mail_import", desk.run(&["--json", "import", "cases", &file]));
    insta::assert_snapshot!("mail_show", desk.run(&["show", "1"]));
    let ticket = desk.run(&["--json", "show", "1"]).json();
    assert_eq!((&ticket["device"], &ticket["evidence"]), (&serde_json::Value::Null, &serde_json::json!([])));
    // Again, as another file: nothing changes.
    let again = import(&desk, "b.eml", &MAIL.replace("To: desk@", "Received: from x\r\nTo: desk@"));
    assert_eq!((&again["unchanged"], &again["imported"]), (&1.into(), &0.into()));
    assert_eq!(desk.run(&["--json", "tickets"]).json()["total"], 1);
}

#[test]
fn what_is_confirmed_is_evidence_of_whoever_confirmed_it() {
    let desk = desk();
    import(&desk, "a.eml", MAIL);
    insta::assert_snapshot!("mail_confirm", desk.run(&["mail", "confirm", "1", "1", "2", "3", "4"]));
    let ticket = desk.run(&["--json", "show", "1"]).json();
    assert_eq!(ticket["device"]["imeis"][0], "867530900000017");
    assert_eq!(ticket["claimed"]["serial"], "11111/A1");
    let kinds: Vec<&str> =
        ticket["evidence"].as_array().unwrap().iter().map(|e| e["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["sim", "receipt"]);
    desk.run(&["mail", "confirm", "1", "5", "--as", "receipt"]).ok();
    let ticket = desk.run(&["--json", "show", "1"]).json();
    let receipt = ticket["evidence"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&receipt["given"]["receipt_no"], &receipt["attachment"]["name"]),
        (&"DN-0000001".into(), &"receipt.pdf".into())
    );
    for args in [
        &["mail", "confirm", "1", "1"][..],
        &["mail", "confirm", "1", "99"],
        &["mail", "confirm", "1", "6", "--as", "imei"],
    ] {
        let ran = desk.run(args);
        assert!([1, 2].contains(&ran.code), "{ran}");
    }
    // A slip is taken back, and what else stands in the item stays.
    desk.run(&["mail", "dismiss", "1", "5", "1"]).ok();
    let ticket = desk.run(&["--json", "show", "1"]).json();
    assert_eq!(ticket["claimed"].get("imei"), None);
    let standing: Vec<_> =
        ticket["evidence"].as_array().unwrap().iter().filter(|e| e["removed_at"].is_null()).collect();
    let receipt = standing.iter().find(|e| e["kind"] == "receipt").unwrap();
    assert_eq!(
        (&receipt["given"]["receipt_no"], &receipt["attachment"]),
        (&"DN-0000001".into(), &serde_json::Value::Null)
    );
    desk.run(&["mail", "request", "1", "device-reset"]).ok();
    assert_eq!(desk.run(&["--json", "show", "1"]).json()["request"], "device-reset");
    assert!(desk.run(&["audit", "verify"]).code == 0);
}

#[test]
fn answers_lie_at_their_ticket_and_strangers_are_named() {
    let desk = desk();
    import(&desk, "a.eml", MAIL);
    desk.run(&["wait", "1"]).ok();
    let claimant = "claimant@post.example";
    // By what it answers; the ticket is to be worked again.
    let done = import(
        &desk,
        "b.eml",
        &mail(claimant, "b", "In-Reply-To: <a1@post.example>\n", "and 867530900000025"),
    );
    assert_eq!(
        (&done["updated"], &done["mail"]["answers"], &done["imported"]),
        (&1.into(), &1.into(), &0.into())
    );
    let ticket = desk.run(&["--json", "show", "1"]).json();
    assert_eq!((&ticket["state"], ticket["mail"].as_array().unwrap().len()), (&"open".into(), 2));
    assert_eq!(ticket["claimed"].get("imei"), None, "an answer was believed");
    // By the number in the subject, from the claimant's own address alone.
    import(&desk, "c.eml", &mail(claimant, "c", "Subject: Re: request [#1]\n", "hello"));
    let ticket = desk.run(&["--json", "show", "1"]).json();
    assert_eq!(ticket["mail"].as_array().unwrap().len(), 3);
    let file = desk.write("d.eml", mail("thief@x.example", "d", "Subject: Re: unbind #1\n", "use my phone"));
    insta::assert_snapshot!("mail_stranger_subject", desk.run(&["import", "cases", &file]));
    // Who knows the id of a mail is let in, and named.
    import(
        &desk,
        "e.eml",
        &mail("thief@x.example", "e", "References: <a1@post.example>\n", "use my phone +79160000077"),
    );
    let ticket = desk.run(&["--json", "show", "1"]).json();
    let last = ticket["mail"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["stranger"], &last["offers"][0]["state"]), (&true.into(), &"offered".into()));
    // A forged twin of a mail is not the mail.
    let file = desk.write("f.eml", mail("thief@x.example", "a1@post.example", "", "other words"));
    insta::assert_snapshot!("mail_forged", desk.run(&["import", "cases", &file]));
    // A closed ticket stays closed: the answer is a ticket that names it.
    desk.run(&["close", "1", "--as", "withdrawn"]).ok();
    let file = desk.write("g.eml", mail(claimant, "g", "In-Reply-To: <b>\nSubject: unbind\n", "again"));
    insta::assert_snapshot!("mail_closed", desk.run(&["import", "cases", &file]));
    assert_eq!(desk.run(&["--json", "show", "1"]).json()["state"], "closed");
    assert_eq!(desk.run(&["--json", "show", "3"]).json()["mail"][0]["follows"], 1);
}

#[test]
fn a_mail_that_answers_a_decided_ticket_changes_nothing_there() {
    let desk = desk();
    import(&desk, "a.eml", MAIL);
    desk.run(&["decide", "1", "ask"]).ok();
    desk.run(&["mail", "confirm", "1", "1"]).ok();
    desk.run(&["decide", "1", "refuse", "--reason", "a test"]).ok();
    let before = desk.run(&["--json", "show", "1"]).json();
    let done = import(&desk, "b.eml", &mail("x@x.example", "b", "In-Reply-To: <a1@post.example>\n", "hello"));
    let after = desk.run(&["--json", "show", "1"]).json();
    assert_eq!(done["imported"], i32::from(before["state"] == "closed"));
    for key in ["state", "decision", "findings", "recommendation", "evidence"] {
        assert_eq!(before[key], after[key], "{key}");
    }
}

/// A name of a case that is chosen to be another's.
#[test]
fn nothing_that_a_mail_says_of_itself_reaches_another_ticket() {
    let desk = desk();
    let cases = desk.write(
        "c.csv",
        "reference,request,claimant_email,imei\nC-0042,unbind,owner@mail.example,867530900000017\n",
    );
    desk.run(&["import", "cases", &cases]).ok();
    let before = desk.run(&["--json", "show", "C-0042"]).json();
    import(
        &desk,
        "a.eml",
        &mail(
            "thief@x.example",
            "C-0042",
            "Subject: C-0042 unbind\nIn-Reply-To: <C-0042>\n",
            "reference: C-0042",
        ),
    );
    let mut after = desk.run(&["--json", "show", "C-0042"]).json();
    after["history"] = before["history"].clone();
    assert_eq!(before, after);
}

#[test]
fn an_mbox_lands_as_far_as_it_can_and_the_rest_is_told() {
    let desk = desk();
    let from = |n: u32| format!("From x Thu Nov 19 12:0{n}:00 2026\n");
    let text = [
        from(0) + &mail("a@post.example", "1", "Subject: lost my phone\n", "IMEI 867530900000017") + "\n",
        from(1) + "Subject: nobody\n\nhello\n\n",
        from(2) + &mail("a@post.example", "2", "Auto-Submitted: auto-replied\n", "away") + "\n",
        from(3)
            + &mail("b@post.example", "3", "", "Здравствуйте, телефон привязан к чужой учётной записи")
            + "\n",
    ]
    .concat();
    let file = desk.write("in.mbox", text);
    insta::assert_snapshot!("mail_mbox", desk.run(&["import", "cases", &file, "--rejects", "rejects.csv"]));
    insta::assert_snapshot!("mail_rejects", std::fs::read_to_string(desk.path("rejects.csv")).unwrap());
    let tickets = desk.run(&["--json", "tickets", "--sort", "received"]).json();
    assert_eq!(tickets["total"], 2);
    assert_eq!(desk.run(&["--json", "show", "1"]).json()["request"], "lost-report");
    let second = desk.run(&["--json", "show", "2"]).json();
    assert_eq!((&second["request"], &second["claimant"]["language"]), (&"unbind".into(), &"ru".into()));
    let atomic =
        desk.write("again.mbox", from(0) + &mail("z@post.example", "9", "", "x") + "\n" + &from(1) + "x\n");
    assert_eq!(desk.run(&["import", "cases", &atomic, "--atomic"]).code, 1);
    assert_eq!(desk.run(&["--json", "tickets"]).json()["total"], 2);
    // Again: what a program wrote is told once.
    let again = desk.run(&["--json", "import", "cases", &file]).json();
    assert_eq!((&again["unchanged"], &again["rejected"]), (&3.into(), &1.into()));
    // What is said to be mail and is none.
    insta::assert_snapshot!(
        "mail_no_mbox",
        desk.run(&["import", "cases", &file.replace("in.mbox", "devices.csv"), "--format", "mbox"])
    );
}

/// What a mail merely offers is found by whoever looks it up, in any form, and is said to be offered.
#[test]
fn what_is_only_offered_is_found_and_called_so() {
    let desk = desk();
    import(&desk, "a.eml", MAIL);
    let by = |text: &str| {
        let found = desk.run(&["--json", "lookup", text]).json();
        found["tickets"][0]["by"].clone()
    };
    for text in ["86-753090-000001-7", "11111/a1", "8 916 000 00 01", "dn-0000001"] {
        assert_eq!(by(text), serde_json::json!(["offered"]), "{text}");
    }
    assert!(desk.run(&["lookup", "867530900000017"]).ok().contains("#1 is named by a mail, unconfirmed"));
    // Confirmed it is a claim like any other; put aside it is nothing.
    desk.run(&["mail", "confirm", "1", "1"]).ok();
    let confirmed = by("867530900000017");
    assert!(confirmed.as_array().unwrap().iter().all(|word| word != "offered"), "{confirmed}");
    desk.run(&["mail", "dismiss", "1", "3"]).ok();
    assert_eq!(desk.run(&["--json", "lookup", "+79160000001"]).json()["tickets"], serde_json::json!([]));
}

/// The mail itself is evidence: kept byte by byte, named in the log, given out unchanged, missed when it is gone.
#[test]
fn a_mail_is_kept_as_it_came() {
    let desk = desk();
    import(&desk, "a.eml", MAIL);
    let told = desk.run(&["--json", "mail", "show", "1"]).json()["mail"][0]["original"].clone();
    assert_eq!(told["bytes"], MAIL.len());
    let digest = told["sha256"].as_str().unwrap().to_owned();
    assert_eq!(desk.run(&["mail", "original", "1", "1"]).ok(), MAIL);
    let log = desk.run(&["log", "--json"]);
    let log = if log.code == 0 { log.stdout } else { desk.run(&["--json", "show", "1"]).stdout };
    assert!(log.contains(&digest) && log.contains("mail.given"), "{log}");
    let kept = desk.path("desk/attachments").join(digest.chars().take(2).collect::<String>()).join(&digest);
    assert_eq!(std::fs::read(&kept).unwrap(), MAIL.as_bytes());
    assert!(desk.run(&["evidence", "verify"]).ok().contains("3 files"));
    std::fs::write(&kept, MAIL.replace("lost", "sold")).unwrap();
    assert_ne!(desk.run(&["mail", "original", "1", "1"]).code, 0);
    let verdict = desk.run(&["evidence", "verify"]);
    assert!(verdict.code != 0 && verdict.stdout.contains("mail 1: changed"), "{verdict}");
    // A dry run keeps none.
    let dry = desk.write("b.eml", MAIL.replace("a1@post", "b2@post"));
    desk.run(&["import", "cases", &dry, "--dry-run"]).ok();
    assert!(desk.run(&["evidence", "verify"]).stdout.contains("3 files"));
}

#[test]
fn one_file_is_one_file() {
    let desk = desk();
    import(&desk, "a.eml", &mail("a@b.example", "x", "", "hello"));
    assert!(desk.run(&["evidence", "verify"]).ok().contains(": 1 file, "));
}

/// A mail that cannot be taken lies in the Maildir at every import: it is refused once, told each time, and stops nothing.
#[test]
fn what_cannot_be_taken_from_a_maildir_is_refused_once_and_told_each_time() {
    let desk = desk();
    desk.write("box/new/1.host", mail("a@b.example", "one", "", "hello"));
    desk.write("box/cur/2.host:2,S", "no mail at all");
    let target = desk.write("elsewhere.eml", mail("c@d.example", "two", "", "hello"));
    std::os::unix::fs::symlink(&target, desk.path("box/new/3.host")).unwrap();
    let place = desk.path("box").to_str().unwrap().to_owned();
    let first = desk.run(&["import", "cases", &place]);
    assert!(first.code == 3 && first.stdout.contains("1 imported"), "{first}");
    desk.write("box/new/4.host", mail("e@f.example", "four", "", "hello"));
    std::fs::rename(desk.path("box/new/3.host"), desk.path("box/cur/3.host:2,")).unwrap();
    let second = desk.run(&["import", "cases", &place]);
    assert!(second.code == 0 && second.stdout.contains("1 imported"), "{second}");
    assert_eq!(second.stderr.matches("move it out of the Maildir").count(), 2, "{second}");
}

/// A file that is called a mail and is none is told as one, not as a table without columns.
#[test]
fn what_is_called_a_mail_is_refused_as_a_mail() {
    let desk = TestDesk::empty();
    let bytes: Vec<u8> = (0..=255).collect();
    for (name, content) in [
        ("empty.eml", &b""[..]),
        ("words.EML", b"\n\nhello"),
        ("bytes.eml", &bytes),
        ("zeros.eml", &[0; 4096]),
    ] {
        let file = desk.write(name, content);
        let ran = desk.run(&["import", "cases", &file]);
        assert_eq!(ran.code, 3, "{ran}");
        assert!(!ran.stderr.contains("column") && !ran.stderr.contains("UTF-16"), "{ran}");
        assert!(ran.stderr.contains("no mail"), "{ran}");
    }
}
