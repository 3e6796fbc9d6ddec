//! A case from a mail with two files to a redeemed authorization, with the owner's objection in time and too late. The
//! commands and their answers are those of `docs/case-by-mail.md`: this test compares them, word by word.

use std::fmt::Write as _;
use std::path::Path;

use base64ct::{Base64, Encoding as _};

use latchkey::desk::Folder;
use latchkey::desk::board::{Board, Question};
use latchkey::domain::Time;

use crate::cli_desk::steady;
use crate::cli_real::{Mail, RealSeat, timeless};
use crate::import_eyes::GOOD;
use crate::import_eyes::photos::{Dice, Label, Trouble};

const IMEI: &str = "867530900000017";

/// The customer's mail: a scanned receipt, and a photo of the box.
fn mail(id: &str) -> String {
    let label = Label::with(vec![IMEI.into()], "11111/A1".into(), 5, false);
    let photo =
        Base64::encode_string(&Trouble { tilt: 4.0, width: 800, ..GOOD }.shoot(&label, &mut Dice::new(11)));
    let scan = Base64::encode_string(b"%PDF-1.4\n% a scanned receipt\n");
    let text = Base64::encode_string(
        "Hello, I forgot the password of my Orbit 11, and the mailbox is gone.\n\
         IMEI 86753090 000001 7, the SIM in it is 8 (916) 000-00-01.\n\
         Bought at DNS on 29 January 2025, receipt No DN-0000001. Scan and photo attached."
            .as_bytes(),
    );
    format!(
        "Return-Path: <claimant@post.example>\n\
         From: =?utf-8?B?0JjQstCw0L0g0J/QtdGC0YDQvtCy?= <claimant@post.example>\n\
         Subject: Please unlink my phone\nMessage-ID: <{id}@post.example>\n\
         Date: Fri, 20 Nov 2026 10:12:00 +0300\nMIME-Version: 1.0\n\
         Content-Type: multipart/mixed; boundary=\"=_x\"\n\n\
         --=_x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{text}\n\
         --=_x\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=\"receipt.pdf\"\n\
         Content-Transfer-Encoding: base64\n\n{scan}\n\
         --=_x\nContent-Type: image/jpeg; name=\"box.jpg\"\nContent-Transfer-Encoding: base64\n\n{photo}\n--=_x--\n"
    )
}

/// What the owner's telephone sends when they answer what they got: HTML alone, in base64, the code in what it quotes.
fn objection(got: &Mail) -> String {
    let quoted = got.text.replace('-', "&#8209;").replace('\n', "<br>");
    let html = format!(
        "<html><body><p>That is <b>not me</b>! Stop it.</p><blockquote>{quoted}</blockquote></body></html>"
    );
    let html = Base64::encode_string(html.as_bytes());
    let lines: Vec<&str> = html.as_bytes().chunks(76).map(|c| std::str::from_utf8(c).unwrap()).collect();
    format!(
        "From: {}\nTo: {}\nSubject: Re: {}\nMessage-ID: <own@mail.example>\nIn-Reply-To: <{}>\n\
         Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{}\n",
        got.to,
        got.from,
        got.subject,
        got.id,
        lines.join("\n")
    )
}

/// Commands as they are typed, and what they answer.
struct Transcript<'a> {
    desk: &'a RealSeat,
    out: String,
}

impl Transcript<'_> {
    fn run(&mut self, line: &str) -> &mut Self {
        self.typed(line, line)
    }

    /// The same where what is typed is different each time.
    fn typed(&mut self, line: &str, shown: &str) -> &mut Self {
        let (line, to) = line.split_once(" > ").map_or((line, None), |(line, to)| (line, Some(to)));
        let args: Vec<&str> = line.split(' ').map(|w| w.trim_matches('"')).collect();
        let ran = self.desk.run(&args);
        let mut said = ran.stderr.clone();
        match to {
            Some(file) => {
                self.desk.write(file, &ran.stdout);
            }
            None => said = format!("{}{said}", ran.stdout),
        }
        let _ = writeln!(self.out, "$ latchkey {shown}\n{}", timeless(&steady(&said)).trim_end());
        self.out.push('\n');
        self
    }
}

/// From the mail to the authorization.
fn granted(desk: &RealSeat, id: &str) -> String {
    desk.write("customer.eml", mail(id));
    let mut t = Transcript { desk, out: String::new() };
    t.run("import cases customer.eml");
    t.run("mail show 1");
    t.run("mail confirm 1 1 2 3");
    t.run("mail confirm 1 4 --as receipt");
    t.run("mail confirm 1 5 --as box");
    t.run("evidence add 1 receipt retailer=DNS no=DN-0000001 date=2025-01-29");
    t.run("code send 1 sim");
    let code = desk.texted_code();
    t.typed(&format!("code confirm 1 sim {code}"), "code confirm 1 sim 123456");
    t.run("decide 1 approve");
    t.run("issue 1 > token").run("outbox list --all");
    t.out
}

/// The delivered mail as its reader sees it; the code is another one each time.
fn shown(mail: &Mail) -> String {
    let text = mail.text.replace(mail.code(), "Q86C-R3W6-9NJ6");
    format!("From: {}\nTo: {}\nSubject: {}\n\n{}", mail.from, mail.to, mail.subject, text.trim_end())
}

fn in_time() -> String {
    let desk = RealSeat::new();
    let mut out = granted(&desk, "a1");
    let got = desk.owners_mail();
    let _ = write!(out, "{CUT}{}", shown(&got));
    desk.write("owner.eml", objection(&got));
    let mut t = Transcript { desk: &desk, out: String::new() };
    t.run("import cases owner.eml").run("redeem token").run("object --replies owner.eml");
    let shown = desk.run(&["--json", "show", "1"]).json();
    assert_eq!((&shown["state"], &shown["recommendation"]), (&"open".into(), &"refuse".into()), "{shown}");
    // The owner's words lie at the ticket, and nothing in them is offered.
    let owner = &shown["mail"][1];
    assert_eq!((&owner["answers_owner_notice"], &owner["offers"]), (&true.into(), &serde_json::json!([])));
    assert!(owner["text"].as_str().unwrap().starts_with("That is not me! Stop it."), "{owner}");
    assert_eq!(desk.run(&["audit", "verify"]).code, 0);
    out.push_str(CUT);
    out + &t.out
}

fn too_late() -> String {
    let desk = RealSeat::new();
    granted(&desk, "a1");
    let mut t = Transcript { desk: &desk, out: String::new() };
    t.run("redeem token");
    desk.write("owner.eml", objection(&desk.owners_mail()));
    t.run("object --replies owner.eml").run("redeem token").run("import cases owner.eml");
    let shown = desk.run(&["--json", "show", "1"]).json();
    assert_eq!(shown["state"], "closed", "{shown}");
    // Whatever is asked for the device next meets the notice.
    desk.write("next.eml", "From: next@x.example\nMessage-ID: <n>\nSubject: unbind\n\n867530900000017\n");
    desk.run(&["import", "cases", "next.eml"]).ok();
    desk.run(&["mail", "confirm", "2", "6"]).ok();
    let next = desk.run(&["--json", "show", "2"]).json();
    let notice = next["findings"].as_array().unwrap().iter().find(|f| f["check"] == "device.notice").unwrap();
    assert_eq!(notice["outcome"], "unknown", "{notice}");
    t.out
}

/// Where one run ends and what is different in the other begins.
const CUT: &str = "@@@";

#[test]
fn a_case_goes_from_a_mail_to_an_authorization_and_the_owner_objects_in_time_or_too_late() {
    let first = in_time();
    let [granted, got, objected] = first.split(CUT).collect::<Vec<_>>().try_into().unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/case-by-mail.md");
    let doc = std::fs::read_to_string(&path).unwrap();
    let mut said = String::new();
    let mut blocks = [granted, got, objected, &too_late()].map(str::to_owned).into_iter();
    // The text between the fences is the program's; what stands around it is ours.
    for (n, piece) in doc.split("```\n").enumerate() {
        if n % 2 == 0 {
            said.push_str(piece);
        } else {
            let block = blocks.next().expect("a block more than there are runs");
            let _ = write!(said, "```\n{}\n```\n", block.trim_end());
        }
    }
    assert_eq!(blocks.next(), None, "a run that the paper does not tell");
    if std::env::var("INSTA_UPDATE").is_ok_and(|v| v == "always") {
        std::fs::write(&path, &said).unwrap();
    }
    assert!(doc == said || std::env::var("INSTA_UPDATE").is_ok_and(|v| v == "always"), "{said}");
}

/// A report that our message could not be delivered quotes the code, and is no objection; nor is an answer to
/// everybody from a mailbox on holiday.
#[test]
fn a_bounce_that_quotes_the_code_is_no_objection() {
    let desk = RealSeat::new();
    granted(&desk, "a1");
    let got = desk.owners_mail();
    let code = got.code();
    for (name, headers) in [
        (
            "bounce.eml",
            "From: MAILER-DAEMON@mail.example\nReturn-Path: <>\nContent-Type: multipart/report; boundary=b\n",
        ),
        ("away.eml", "From: owner@mail.example\nAuto-Submitted: auto-replied\n"),
    ] {
        let file = desk.write(name, format!("{headers}Message-ID: <{name}>\n\n--b\n\n{code}\n--b--\n"));
        let ran = desk.run(&["object", "--replies", &file]);
        assert!(ran.code == 1 && ran.stderr.contains("written by no person"), "{ran}");
        let ran = desk.run(&["import", "cases", &file]);
        assert!(ran.code == 3 && ran.stderr.contains("ticket 1, which may not have been read"), "{ran}");
    }
    assert_eq!(desk.run(&["--json", "show", "1"]).json()["state"], "issued");
}

/// An answer to the owner notice without its code, and one of the claimant's, lie at the issued ticket: the first is
/// told from the second, and neither changes what was decided.
#[test]
fn an_answer_without_the_code_is_read_and_does_nothing_by_itself() {
    let desk = RealSeat::new();
    granted(&desk, "a1");
    let mark = desk.owners_mail().id;
    for (name, answers) in [("owner.eml", format!("<{mark}>")), ("more.eml", "<a1@post.example>".to_owned())]
    {
        let text = format!(
            "From: somebody@mail.example\nMessage-ID: <{name}>\nIn-Reply-To: {answers}\n\nNot me! 867530900000025\n"
        );
        let file = desk.write(name, text);
        let ran = desk.run(&["import", "cases", &file]);
        let wanted = if name == "owner.eml" {
            "it answers a message to the owner on ticket 1"
        } else {
            "it answers ticket 1 (issued)"
        };
        assert!(ran.code == 0 && ran.stderr.contains(wanted), "{ran}");
    }
    let shown = desk.run(&["--json", "show", "1"]).json();
    assert_eq!(
        (&shown["state"], &shown["authorization"]["revoked_at"]),
        (&"issued".into(), &serde_json::Value::Null)
    );
    // It stops nothing, and nobody can overlook it: a sign on the ticket, which stands first until somebody has read it.
    assert_eq!((&shown["signs"][0]["kind"], &shown["signs"][0]["count"]), (&"owner-wrote".into(), &1.into()));
    let board = || {
        let mut board = Board::open(&Folder::new(desk.path("desk"))).unwrap();
        while !board.is_filled() {
            board.catch_up().unwrap();
        }
        let page = board.ask(&Question { most: 9, ..Question::default() }, "anna", Time(0)).unwrap();
        (page.tickets.iter().map(|t| t.id).collect::<Vec<_>>(), page.owner_wrote)
    };
    desk.write("other.eml", "From: next@x.example\nMessage-ID: <n>\nSubject: unbind\n\nhello\n");
    desk.run(&["import", "cases", "other.eml"]).ok();
    assert_eq!(board(), (vec![1, 2], vec![1]), "an issued ticket before an open one");
    let listed = |more: &[&str]| {
        let listed = desk.run(&[&["--json", "tickets"], more].concat()).json();
        let tickets = listed["tickets"].as_array().unwrap().iter().map(|t| t["ticket"].as_i64().unwrap());
        (tickets.collect::<Vec<_>>(), listed["total"].as_i64().unwrap())
    };
    // Two with one receipt: they are to be investigated, which comes before everything but this.
    let rows = "request,claimant_email,imei,receipt_retailer,receipt_no\n\
                unbind,x@post.example,867530900000017,DNS,ZZ-1\nunbind,y@post.example,867530900000025,DNS,ZZ-1\n";
    let file = desk.write("two.csv", rows);
    desk.run(&["import", "cases", &file]).ok();
    assert_eq!(listed(&[]), (vec![1, 3, 4, 2], 4));
    assert_eq!(listed(&["--limit", "2"]), (vec![1, 3], 4));
    assert_eq!(listed(&["--sort", "number"]).0, [1, 2, 3, 4], "any other order is as it says");
    desk.run(&["mail", "heard", "1"]).ok();
    assert_eq!(board(), (vec![3, 4, 2], vec![]));
    assert_eq!(listed(&[]).0, [3, 4, 1, 2]);
    assert_eq!(desk.run(&["mail", "heard", "1"]).code, 1, "once");
    let shown = desk.run(&["--json", "show", "1"]).json();
    assert_eq!((&shown["mail"][1]["heard_by"], &shown["signs"]), (&"anna".into(), &serde_json::json!([])));
    assert_eq!(shown["mail"][1]["offers"], serde_json::json!([]));
    assert_eq!(shown["mail"][2]["offers"][0]["state"], "offered");
}

#[test]
fn objections_are_found_in_an_mbox_and_a_maildir() {
    for shape in ["mbox", "maildir"] {
        let desk = RealSeat::new();
        granted(&desk, "a1");
        let mail = objection(&desk.owners_mail());
        let place = if shape == "mbox" {
            desk.write("in.mbox", format!("From x Thu Nov 19 12:00:00 2026\nFrom: a@b.example\n\nhello\n\nFrom y Thu Nov 19 12:00:00 2026\n{mail}"))
        } else {
            desk.write("box/cur/1", "no mail at all");
            desk.write("box/new/2", mail);
            desk.path("box").to_str().unwrap().to_owned()
        };
        let said = desk.run(&["object", "--replies", &place]).ok();
        assert!(said.contains("its authorization is stopped"), "{shape}: {said}");
    }
}
