//! What may not get out: everything personal in the shipped lists and cases, and words of our own, each with what it is.

use std::path::Path;

use base64ct::{Base64UrlUnpadded, Encoding as _};

use crate::cli_desk::{TestDesk, fixture};

/// Kinds of canaries, and where they may show: what a claimant is called and reached by.
pub const PERSON: u8 = 1;
/// What somebody wrote or answered: notes, reasons, mails, files and their names.
pub const WORDS: u8 = 2;
/// Numbers of the claim: devices, SIMs, receipts.
pub const THINGS: u8 = 4;
/// What the lists know of people: names, contacts, numbers, receipts.
pub const OWNER: u8 = 8;
/// Numbers of devices and accounts in the lists, which `show` gives in full.
pub const DEVICE: u8 = 16;
/// Of rows that cannot land.
pub const REJECTED: u8 = 32;
pub const NONE: u8 = 0;
/// A claim as it was given.
pub const GIVEN: u8 = PERSON | WORDS | THINGS;
/// What `show` tells (CONTRACT.md §1).
pub const SHOWN: u8 = GIVEN | DEVICE;
pub const ALL: u8 = SHOWN | OWNER;

/// Words that we bring in ourselves, each by another way.
pub const OURS: [&str; 10] = [
    "marginalia",
    "oddity",
    "canary-slip",
    "inside-the-file",
    "whereupon",
    "drumlin",
    "quagmire",
    "umbrage",
    "half-typed",
    "letterbox",
];

/// A value, and every kind that it is of.
pub struct Canary {
    pub text: String,
    pub kinds: u8,
}

fn add(all: &mut Vec<Canary>, text: &str, kinds: u8) {
    let text = text.trim();
    if text.chars().count() < 5 {
        return;
    }
    match all.iter_mut().find(|canary| canary.text.eq_ignore_ascii_case(text)) {
        Some(known) => known.kinds |= kinds,
        None => all.push(Canary { text: text.to_owned(), kinds }),
    }
}

/// A number as it is written without its country, which every spelling of it holds.
fn national(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.get(digits.len().saturating_sub(10)..).unwrap_or_default().to_owned()
}

/// The columns of a file that tell of somebody, with what each holds.
fn columns(file: &str, of: &[(&str, u8)], all: &mut Vec<Canary>) {
    let mut reader = csv::Reader::from_path(fixture(file)).unwrap();
    let header = reader.headers().unwrap().clone();
    for row in reader.records() {
        let row = row.unwrap();
        for (name, kinds) in of {
            let at = header.iter().position(|h| h == *name).unwrap_or_else(|| panic!("{file}: {name}"));
            let value = row.get(at).unwrap();
            match *name {
                "claimant_phone" | "sim_msisdn" | "msisdn" | "phone" => add(all, &national(value), *kinds),
                "claimant_name" | "name" => value.split(' ').for_each(|word| add(all, word, *kinds)),
                "value" if !value.contains('@') => add(all, &national(value), *kinds),
                _ => add(all, value, *kinds),
            }
        }
    }
}

/// Everything that is looked for.
pub fn canaries() -> Vec<Canary> {
    let mut all = Vec::new();
    let claim = [
        ("claimant_name", PERSON),
        ("claimant_email", PERSON),
        ("claimant_phone", PERSON),
        ("account_email", PERSON),
        ("imei", THINGS),
        ("receipt_no", THINGS),
        ("receipt_imei", THINGS),
        ("sim_msisdn", THINGS),
        ("sim_iccid", THINGS),
        ("box_imei", THINGS),
        ("account_id", THINGS),
        ("facts", WORDS),
        ("note", WORDS),
    ];
    columns("cases.csv", &claim, &mut all);
    columns(
        "registry/accounts.csv",
        &[("account_id", DEVICE), ("email", OWNER), ("phone", OWNER), ("name", OWNER)],
        &mut all,
    );
    columns("registry/contacts.csv", &[("value", OWNER)], &mut all);
    columns("registry/devices.csv", &[("imei", DEVICE), ("imei2", DEVICE), ("serial", DEVICE)], &mut all);
    columns("registry/sightings.csv", &[("iccid", OWNER), ("msisdn", OWNER)], &mut all);
    columns("registry/sales.csv", &[("receipt_no", OWNER)], &mut all);
    for word in OURS {
        add(&mut all, word, WORDS);
    }
    for text in ["rejecta", "vestibule", "refused.example"] {
        add(&mut all, text, REJECTED);
    }
    for text in ["Quixotish", "zorro.quixot", "moon.example", "5550777"] {
        add(&mut all, text, PERSON);
    }
    for text in ["490154203237518", "DN-CANARY7", "SNIPE-SERIAL"] {
        add(&mut all, text, THINGS);
    }
    all
}

/// What of them stands in a text and may not.
pub fn told(all: &[Canary], text: &[u8], may: u8) -> Vec<String> {
    let folded = text.to_ascii_lowercase();
    let holds = |canary: &str| {
        // ASCII whatever its case, other scripts as they are written.
        let wanted = canary.to_ascii_lowercase();
        memchr::memmem::find(&folded, wanted.as_bytes()).is_some()
    };
    all.iter().filter(|c| c.kinds & may == 0 && holds(&c.text)).map(|c| c.text.clone()).collect()
}

/// What is signed is text too, behind its encoding.
pub fn opened(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    for part in text.split(['.', '"', ' ', '\n']).filter(|part| part.starts_with("eyJ")) {
        out.extend(Base64UrlUnpadded::decode_vec(part).unwrap_or_default());
    }
    out
}

/// Every file below a folder, by its way from there.
pub fn files(folder: &Path, below: &str, out: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            files(&entry.path(), &format!("{name}/"), out);
        } else {
            out.push((name, std::fs::read(entry.path()).unwrap()));
        }
    }
}

/// A claimant of our own, with a file, and the same again for a twin.
pub const CASES: &str = "reference,request,claimant_name,claimant_email,claimant_phone,access,imei,serial,receipt_retailer,\
    receipt_no,receipt_date,attachments,note\n\
    Z-1,unbind,Zorro Quixotish,zorro.quixot@moon.example,+79035550777,none,013327000005019,SNIPE-SERIAL,DNS,DN-CANARY7,\
    2024-01-02,receipt:canary-slip.pdf,An oddity\n\
    Z-2,unbind,Zorro Quixotish,zorro.quixot@moon.example,+79035550777,none,013327000005019,SNIPE-SERIAL,,,,,\n\
    Z-3,unbind,Zorro Quixotish,zorro.quixot@moon.example,+79035550777,none,013327000005019,,,,,,\n\
    Z-4,nonsense,Rejecta Person,rejecta@refused.example,,none,,,,,,,a vestibule\n";

/// What is read from a mail, and what it is answered with.
pub const MAIL: &str = "From: Zorro Quixotish <zorro.quixot@moon.example>\r\nMessage-ID: <m1@moon.example>\r\n\
    Subject: unbind my phone\r\nDate: Fri, 20 Nov 2026 10:12:00 +0300\r\n\r\n\
    Whereupon I write about IMEI 490154203237518, receipt No DN-CANARY7.\r\n";

/// The shipped desk, and files beside it to be brought in.
pub fn world() -> TestDesk {
    let desk = TestDesk::filled();
    std::fs::remove_dir_all(desk.path("desk/fixtures")).unwrap();
    desk.write("in/canary-slip.pdf", "%PDF-1.4\n% inside-the-file\n");
    desk.write("in/cases.csv", CASES);
    desk.write("in/a.eml", MAIL);
    desk.write("in/one.json", r#"{"reference":"N-1","request":"unbind","claimant_name":"Quixotish","imei":"490154203237518","note":"umbrage"}"#);
    desk.write("in/V.csv", "reference,request,received_at,claimant_email,imei\nV-1,unbind,2026-11-20T08:00:00Z,rival@moon.example,860123450006019\n");
    desk
}
