//! Forty hostile mails (items 82 to 89 of the catalogue of bad inputs): what a person sees for each, word by word. Each
//! is a row of a table; its messages are in `snapshots/`, in the same order.

use std::fmt::Write as _;

use latchkey::domain::{Region, Shown};
use latchkey::intake::Caps;
use latchkey::intake::mail::{Mail, MailReader, MailShape};

use crate::import_bad_inputs::now;

/// Headers of a mail that is good so far.
const HEAD: &str =
    "From: Ann <ann@post.example>\nMessage-ID: <1@post.example>\nDate: Thu, 19 Nov 2026 12:00:00 +0300\n";

/// What a person sees of a mail.
pub fn told(bytes: &[u8]) -> String {
    let mut out = String::new();
    match Mail::read(bytes, Caps::default(), now()) {
        Err(refused) => writeln!(out, "    reject {} [{}]", refused.message.shown(), refused.rule).unwrap(),
        Ok(mail) => {
            let name = mail.sender.name.as_deref().unwrap_or_default();
            writeln!(out, "    from   {} <{}>", Shown(name).clip(60), mail.sender.address.plain()).unwrap();
            if !mail.subject.is_empty() {
                writeln!(out, "    subj   {}", Shown(&mail.subject).clip(60)).unwrap();
            }
            if let Some(at) = mail.sent_at {
                writeln!(out, "    dated  {at}").unwrap();
            }
            if mail.automatic {
                writeln!(out, "    a program wrote it").unwrap();
            }
            for line in mail.text.lines().take(4) {
                writeln!(out, "    text   {}", Shown(line).clip(60)).unwrap();
            }
            for find in mail.finds(Region::RU) {
                let damaged = if find.damaged { " (damaged)" } else { "" };
                writeln!(out, "    offer  {} {}{damaged}", find.kind, find.text).unwrap();
            }
            for file in &mail.files {
                writeln!(out, "    file   {} {} bytes", Shown(&file.name).clip(60), file.bytes()).unwrap();
            }
            for warning in mail.warnings {
                writeln!(out, "    warn   {}", warning.shown()).unwrap();
            }
        }
    }
    out
}

fn with(headers: &str, body: &[u8]) -> Vec<u8> {
    [HEAD.as_bytes(), headers.as_bytes(), b"\n", body].concat()
}

fn deep(levels: usize) -> Vec<u8> {
    let mut body = b"\n\nthe bottom".to_vec();
    for n in (0..levels).rev() {
        let start = format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n");
        body = [start.as_bytes(), &body, format!("\n--b{n}--\n").as_bytes()].concat();
    }
    [HEAD.as_bytes(), &body].concat()
}

fn mixed(parts: &[&str]) -> Vec<u8> {
    let body = parts.iter().map(|p| format!("--XX\n{p}\n")).collect::<Vec<_>>().concat() + "--XX--\n";
    with("Content-Type: multipart/mixed; boundary=\"XX\"\n", body.as_bytes())
}

const PLAIN: &str = "Content-Type: text/plain; charset=utf-8\n\nPlease unbind 867530900000017.";

fn attached(name: &str, more: &str, body: &str) -> String {
    format!(
        "Content-Type: application/octet-stream\nContent-Disposition: attachment; filename={name}\n{more}\n{body}"
    )
}

/// The forty: what is hostile about each, and its bytes.
fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    let cp1251 = b"\xcf\xf0\xe8\xe2\xe5\xf2, IMEI 867530900000017".to_vec();
    let text = |more: &str, body: &[u8]| with(&format!("Content-Type: text/plain{more}\n"), body);
    let base64 = |body: &str| {
        with("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n", body.as_bytes())
    };
    vec![
        ("82 no charset, UTF-8", text("", "Привет, отвяжите 867530900000017".as_bytes())),
        ("82 no charset, windows-1251", text("", &cp1251)),
        ("82 says UTF-8, is windows-1251", text("; charset=utf-8", &cp1251)),
        ("82 says Latin-1, is UTF-8", text("; charset=iso-8859-1", "Отвяжите, пожалуйста".as_bytes())),
        ("82 a charset that does not exist", text("; charset=klingon", b"IMEI 867530900000017 \xcf\xf0")),
        ("82 KOI8-R, as it says", text("; charset=koi8-r", b"\xf0\xd2\xc9\xd7\xc5\xd4")),
        ("82 eight bits in subject and name", {
            let head = b"From: \xc0\xed\xed\xe0 <ann@post.example>\nSubject: \xd7\xe5\xea\nMessage-ID: <1@a>\n\nhello";
            head.to_vec()
        }),
        ("82 NUL and ESC in the text", text("; charset=utf-8", b"a\0b\x1b[31mred")),
        ("83 parts nested a thousand deep", deep(1000)),
        ("83 parts nested sixteen deep", deep(16)),
        ("83 ten thousand parts", mixed(&["\n\nx"; 10_000])),
        ("83 a mail in a mail in a mail", {
            let inner = "From: b@b.example\n\nIMEI 867530900000025";
            let middle = format!("From: a@a.example\nContent-Type: message/rfc822\n\n{inner}");
            mixed(&[PLAIN, &format!("Content-Type: message/rfc822\n\n{middle}")])
        }),
        ("84 no boundary named", with("Content-Type: multipart/mixed\n", format!("--XX\n{PLAIN}\n--XX--\n").as_bytes())),
        ("84 no boundary at all", with("Content-Type: multipart/mixed; boundary=XX\n", b"Please unbind 867530900000017.")),
        ("84 the last boundary is missing", with("Content-Type: multipart/mixed; boundary=XX\n", format!("--XX\n{PLAIN}\n").as_bytes())),
        ("84 a boundary that begins another", {
            let body = format!("--X\n{PLAIN}\n--XX\nContent-Type: text/plain\n\nsecond\n--X--\n");
            with("Content-Type: multipart/mixed; boundary=X\n", body.as_bytes())
        }),
        ("85 an encoded word split in a letter", {
            let subject = "Subject: =?utf-8?B?0KfQtdC60L7Qsg==?= =?utf-8?B?0A==?= =?utf-8?B?muKElg==?=\n";
            with(subject, b"hello")
        }),
        ("85 an encoded word split in a letter, Q", with("Subject: =?utf-8?Q?=D0=A7=D0?=\n =?utf-8?Q?=B5=D0=BA?= no 1\n", b"hello")),
        ("85 an encoded word without an end", with("Subject: =?utf-8?B?0KfQtdC6 and on\n", b"hello")),
        ("85 an encoded word that hides a line end", with("Subject: =?utf-8?Q?a=0D=0ABcc:_evil@x.example?=\n", b"hello")),
        ("85 ESC and bidi in an encoded name", b"From: =?utf-8?Q?=1B[2J=E2=80=AEnnA?= <ann@post.example>\nMessage-ID: <1@a>\n\nhello".to_vec()),
        ("86 base64 with junk in it", base64("UGxlYXNl*IHVuYmlu!!ZC4=\n")),
        ("86 base64 that is cut", base64("UGxlYXNlIHVuYmluZ")),
        ("86 base64 of a file that is cut", mixed(&[PLAIN, &attached("box.jpg", "Content-Transfer-Encoding: base64\n", "/9j/4AAQSkZJR")])),
        ("86 quoted-printable with wrong escapes", with("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n", b"a=ZZb =D0=9F=D1=80 c=\nd=")),
        ("87 winmail.dat", mixed(&[PLAIN, &attached("winmail.dat", "", "TNEF")])),
        ("87 uuencode in the text", with("", b"see the photo\n\nbegin 644 box.jpg\nM_]C_X``02D9)1@`!\n`\nend\nthank you\n")),
        ("87 uuencode without an end", with("", b"begin 644 box.jpg\nwhatever\nIMEI 867530900000017\n")),
        ("87 a file name that climbs", mixed(&[PLAIN, &attached("\"../../../etc/passwd\"", "", "root")])),
        ("87 a file name of ESC and newline", mixed(&[PLAIN, &attached("\"=?utf-8?Q?a=1B[2J=0Ab.jpg?=\"", "", "x")])),
        ("87 a file without bytes or name", mixed(&[PLAIN, &attached("\"\"", "", "")])),
        ("88 two From lines", with("From: Owner <owner@mail.example>\n", b"hello")),
        ("88 no From line", b"Subject: hello\nMessage-ID: <1@a>\n\nhello".to_vec()),
        ("88 a folded header of 1 MB", with(&format!("Subject: a\n{}", " b\n".repeat(350_000)), b"hello")),
        ("88 an address as the name", b"From: \"owner@mail.example\" <thief@x.example>\nMessage-ID: <1@a>\nReply-To: third@x.example\n\nhello".to_vec()),
        ("89 dated 1970", b"From: a@post.example\nMessage-ID: <1@a>\nDate: Thu, 01 Jan 1970 00:00:00 +0000\n\nhello".to_vec()),
        ("89 dated 2099", b"From: a@post.example\nMessage-ID: <1@a>\nDate: Fri, 20 Nov 2099 09:00:00 +0300\n\nhello".to_vec()),
        ("89 dated without a zone", b"From: a@post.example\nMessage-ID: <1@a>\nDate: Thu, 19 Nov 2026 12:00:00\n\nhello".to_vec()),
        ("89 a date that is none", b"From: a@post.example\nDate: yesterday at noon\n\nhello".to_vec()),
        ("HTML alone, with what it would fetch, run and hide", with(
            "Content-Type: text/html; charset=utf-8\n",
            b"<html><head><style>p{}</style><title>t</title></head><body><script>alert(1)</script><p>My IMEI: 867530900000017&nbsp;&amp; <a href='http://x.example'>this</a><img src='http://x.example/t.gif'></p><!-- 867530900000025 --></body>",
        )),
        ("an out-of-office answer", with("Auto-Submitted: auto-replied\n", b"I am away")),
    ]
}

#[test]
fn hostile_mails_are_told_as_they_are() {
    let all = hostile();
    assert!(all.len() >= 40);
    let out: Vec<String> = all.iter().map(|(what, bytes)| format!("{what}\n{}", told(bytes))).collect();
    insta::assert_snapshot!(out.concat());
}

/// Time and memory are bounded whatever a header says: what is longer than any program writes is not looked at.
#[test]
fn headers_made_to_be_slow_are_read_at_once() {
    let begun = std::time::Instant::now();
    for body in ["=?".repeat(100_000), "=?a?B?".repeat(30_000), "<".repeat(200_000), "\"".repeat(200_000)] {
        let _ = told(&with(&format!("Subject: {body}\nReferences: {body}\n"), b"x"));
        let _ = told(format!("From: {body}\n\nx").as_bytes());
        let _ = told(&mixed(&[&format!("Content-Type: {body}\n\nx")]));
    }
    assert!(begun.elapsed() < std::time::Duration::from_secs(20), "{:?}", begun.elapsed());
}

#[test]
fn every_mail_of_an_mbox_is_found_and_none_is_made_up() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("in.mbox");
    let text = format!(
        "From ann Thu Nov 19 12:00:00 2026\n{HEAD}\nfirst\nFrom here on I write more\n\nFrom my phone\n>From the start\n\n\
         From bob Thu Nov 19 12:01:00 2026\n{HEAD}\nsecond\n\nFrom nobody Thu Nov 19 12:02:00 2026\n\n\
         From carl Thu Nov 19 12:03:00 2026\r\nFrom: c@c.example\r\n\r\nthird\r\n"
    );
    std::fs::write(&path, text).unwrap();
    assert_eq!(MailShape::of(&path), Some(MailShape::Mbox));
    let mails: Vec<_> = MailReader::open(&path, MailShape::Mbox).unwrap().map(|m| m.unwrap()).collect();
    let told: Vec<String> = mails.iter().map(|m| format!("line {}\n{}", m.line, told(&m.bytes))).collect();
    insta::assert_snapshot!(told.join(""));
}

#[test]
fn what_holds_mails_is_known_by_its_content() {
    let dir = tempfile::tempdir().unwrap();
    let shape = |name: &str, text: &str| {
        let path = dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        MailShape::of(&path)
    };
    assert_eq!(shape("a", &format!("{HEAD}\nhello")), Some(MailShape::Eml));
    assert_eq!(shape("b.eml", "X-Some: thing\n and more\nReceived: x\n\nhello"), Some(MailShape::Eml));
    assert_eq!(shape("c", "From a Thu Nov 19 12:00:00 2026\nSubject: x\n\nhello"), Some(MailShape::Mbox));
    for text in [
        "reference,request\na,unbind\n",
        "{\"request\":\"unbind\"}\n",
        "",
        "request: unbind\n\nFrom: x",
        "From here",
    ] {
        assert_eq!(shape("d.eml", text), None, "{text}");
    }
    assert_eq!(MailShape::of(dir.path()), None);
    for part in ["new", "cur", "tmp"] {
        std::fs::create_dir(dir.path().join(part)).unwrap();
    }
    assert_eq!(MailShape::of(dir.path()), Some(MailShape::Maildir));
}

#[test]
fn of_a_maildir_files_are_read_and_links_are_not() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join("box").join(name);
    for part in ["new", "cur", "tmp"] {
        std::fs::create_dir_all(at(part)).unwrap();
    }
    std::fs::write(dir.path().join("secret"), HEAD).unwrap();
    std::fs::write(at("cur/100.a.host:2,S"), format!("{HEAD}\nread")).unwrap();
    std::fs::write(at("new/090.b.host"), format!("{HEAD}\nnew")).unwrap();
    std::fs::write(at("tmp/1"), "half").unwrap();
    std::fs::create_dir(at("new/folder")).unwrap();
    std::os::unix::fs::symlink("../../secret", at("new/110.link")).unwrap();
    let reader = MailReader::open(&dir.path().join("box"), MailShape::Maildir).unwrap();
    let told: Vec<String> = reader
        .map(|m| match m {
            Ok(mail) => {
                format!("{} {}", mail.name, String::from_utf8_lossy(&mail.bytes).lines().last().unwrap())
            }
            Err(trouble) => trouble.to_string(),
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    new/090.b.host new
    cur/100.a.host:2,S read
    line 1: new/110.link: leads over a symbolic link, which could leave the folder of the case file; it was left where it is
    line 1: new/folder: is a folder or a device, not a file; it was left where it is
    ");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    /// Nothing that a mail holds stops the desk.
    #[test]
    fn no_bytes_stop_the_reader(
        bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..600),
        cut in 0_usize..2000,
        which in 0_usize..40,
    ) {
        let _ = told(&bytes);
        let _ = told(&with("Content-Type: multipart/mixed; boundary=X\n", &[b"--X\n", &bytes[..], b"\n--X\nContent-Type: text/html\n\n", &bytes].concat()));
        let all = hostile();
        let mail = &all[which].1;
        let _ = told(mail.get(..cut.min(mail.len())).unwrap());
    }
}
