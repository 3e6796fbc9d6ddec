//! The catalogue of bad inputs (items 1 to 70): what a person sees for each, word by word. Every item
//! is a row of a table; its messages are in `snapshots/`, in the same order.

use latchkey::domain::{Damage, Given, List, ListRow, Region, Shown, Time};
use latchkey::intake::{CaseReader, Format, ListOptions, ListReader, Source, Trouble};
use std::fmt::Write;

const A: &str = "869547046530697";
const B: &str = "867530906410871";

pub fn now() -> Time {
    Time::parse("2026-11-20T09:00:00Z").unwrap()
}

pub fn options() -> ListOptions {
    ListOptions { region: Region::RU, now: now(), delta: false, format: Format::Auto }
}

/// What is read: a list, or cases.
#[derive(Clone, Copy)]
pub enum What {
    L(List),
    Cases,
}
use What::{Cases, L};

/// Every row and message of a file, one a line.
pub fn read(what: What, name: &str, bytes: Vec<u8>) -> String {
    let source = Source::from_reader(name, std::io::Cursor::new(bytes));
    let mut out = String::new();
    match what {
        L(list) => match ListReader::open(list, source, options()) {
            Ok(reader) => {
                for item in reader {
                    tell(&mut out, item.map(|row| format!("line {}: {}", row.line, row_words(&row.row))));
                }
            }
            Err(error) => tell(&mut out, Err(error.into())),
        },
        Cases => match CaseReader::open(source, Format::Auto, Region::RU, now()) {
            Ok(reader) => {
                for item in reader {
                    tell(&mut out, item.map(|case| case_words(&case)));
                }
            }
            Err(error) => tell(&mut out, Err(error.into())),
        },
    }
    if out.is_empty() {
        out.push_str("    no rows\n");
    }
    out
}

fn tell(out: &mut String, item: Result<String, Trouble>) {
    match item {
        Ok(row) => writeln!(out, "    row    {}", Shown(&row)),
        Err(Trouble::Row(reject)) => writeln!(out, "    reject {reject} [{}]", reject.rule),
        Err(Trouble::File(error)) => writeln!(out, "    FILE   {error} [{}]", error.rule),
    }
    .unwrap();
}

fn row_words(row: &ListRow) -> String {
    match row {
        ListRow::Device(d) => {
            let imeis: Vec<_> = d.imeis.iter().map(ToString::to_string).collect();
            let serial = d.serial.as_ref().map_or("-", |s| s.as_str());
            format!("{} {serial} {}", imeis.join("+"), d.model.as_deref().unwrap_or("-"))
        }
        ListRow::Account(a) => format!("{:?} {}", a.account_id, a.name.as_deref().unwrap_or("-")),
        ListRow::Tac(t) => format!("{t:?}"),
        other => format!("{other:?}"),
    }
}

fn case_words(case: &latchkey::intake::CaseRow) -> String {
    let mut words = format!("line {}: {}", case.line, case.claim.request);
    let mut say = |name: &str, why: Option<String>| {
        if let Some(why) = why {
            write!(words, "; {name}: {why}").unwrap();
        }
    };
    let c = &case.claim;
    let mut damage = |name: &str, why: Option<Damage>| say(name, why.map(|w| w.to_string()));
    damage("imei", c.device.imei.as_ref().and_then(Given::damage));
    damage("serial", c.device.serial.as_ref().and_then(Given::damage));
    damage("email", c.claimant.email.as_ref().and_then(Given::damage));
    damage("phone", c.claimant.phone.as_ref().and_then(Given::damage));
    damage("receipt", c.receipt().and_then(|(_, r)| r.date.as_ref()).and_then(Given::damage));
    say("name", c.claimant.name.clone().filter(|n| n.len() < 100));
    for warning in &case.warnings {
        say("warning", Some(warning.message.to_string()));
    }
    words
}

/// Reads every row of a table, under its name.
fn tell_all(table: &[(&str, What, Vec<u8>)]) -> String {
    let mut out = String::new();
    for (name, what, bytes) in table {
        let file = if name.contains("JSON") { "list.jsonl" } else { "list.csv" };
        writeln!(out, "{name}\n{}", read(*what, file, bytes.clone()).trim_end()).unwrap();
    }
    out
}

fn utf16(text: &str, little: bool, bom: bool) -> Vec<u8> {
    let units = bom.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
    units.flat_map(|u: u16| if little { u.to_le_bytes() } else { u.to_be_bytes() }).collect()
}

fn s(text: impl Into<String>) -> Vec<u8> {
    text.into().into_bytes()
}

#[test]
#[allow(clippy::too_many_lines)] // a table
fn csv_01_to_30() {
    let d = L(List::Devices);
    let lines = |count: usize| "x\n".repeat(count);
    let table: Vec<(&str, What, Vec<u8>)> = vec![
        ("01 UTF-8 BOM", d, s(format!("\u{FEFF}imei,model\n{A},Orbit\n"))),
        ("02 UTF-16 LE with BOM", d, utf16("imei,model\n1,2\n", true, true)),
        ("02 UTF-16 BE with BOM", d, utf16("imei,model\n1,2\n", false, true)),
        ("02 UTF-16 LE without BOM", d, utf16("imei,model\n1,2\n", true, false)),
        (
            "03 Latin-1 byte in a row",
            d,
            [s(format!("imei,model\n{A},ok\n{B},caf")), vec![0xE9, b'\n']].concat(),
        ),
        ("03 Latin-1 byte in the header", d, vec![b'i', b'm', 0xE9, b'i', b'\n']),
        ("04 NUL in a field", d, s(format!("imei,model\n{A},Or\0bit\n{B},ok\n"))),
        ("05 CR-only line ends", d, s(format!("imei,model\r{A},one\r{B},two\r"))),
        ("06 mixed line ends", d, s(format!("imei,model\r\n{A},one\n\r\n{B},two\r{A},three"))),
        ("07 unclosed quote to the end", d, s(format!("imei,model\n{A},\"Orbit 11\n{B},two\n"))),
        (
            "07 unclosed quote that meets another",
            d,
            s(format!("imei,model\n{A},\"Orbit\n{B},\"two\"\n{A},3\n")),
        ),
        ("07 unclosed quote over 100 lines", d, s(format!("imei,model\n{A},\"Orbit\n{}\"\n", lines(101)))),
        (
            "07 a quoted field of 100 lines",
            d,
            s(format!("imei,model\n{A},\"Or\n{}\"\nx,y\n", "\n".repeat(99))),
        ),
        (
            "07 unclosed quote closed by a stray one",
            d,
            s(format!("imei,model,region\n{A},\"Orbit,RU\n{B},Tab 5\",RU\n")),
        ),
        (
            "07 the same in a note",
            Cases,
            s(format!(
                "request,imei,imei2,serial,model,language,access,note\nunbind,{A},,,,,,\"hm\nunbind,{B},,,,,,tv 5\"\nunbind,{A},,,,,,\n"
            )),
        ),
        ("07 a note of 300 lines", Cases, s(format!("request,imei,note\nunbind,{A},\"{}\"\n", lines(300)))),
        (
            "07 unclosed quote in a note",
            Cases,
            s(format!("request,imei,note\nunbind,{A},\"hm\n{}", lines(300))),
        ),
        ("07 unclosed quote in the header", d, s(format!("imei,\"model\n{A},Orbit\n"))),
        ("08 quote in mid-field", d, s(format!("imei,model\n{A},Tab 10\" LTE\n{B},\"a \"\"b\"\" c\"\n"))),
        ("09 semicolons", d, s(format!("imei;model\n{A};Orbit, red\n"))),
        ("09 tabs", d, s(format!("imei\tmodel\n{A}\tOrbit\n"))),
        ("09 bars", d, s(format!("imei|model\n{A}|Orbit\n"))),
        ("10 short row", d, s(format!("imei,model\n{A}\n{B},ok\n"))),
        ("11 long row", d, s(format!("imei,model\n{A},Orbit, red\n{B},ok\n"))),
        ("12 empty file", d, s("")),
        ("12 only blank lines", d, s("\n \n\r\n")),
        ("13 header only", d, s("imei,model\n")),
        ("14 duplicate header", d, s(format!("imei,model,IMEI\n{A},x,{B}\n"))),
        ("15 unknown header", d, s(format!("imei,modle\n{A},x\n"))),
        ("15 unknown header, nothing near", d, s(format!("imei,price\n{A},x\n"))),
        ("15 nameless header", d, s(format!("imei,\n{A},x\n"))),
        ("15 a delta without --mode delta", d, s(format!("imei,change_type\n{A},add\n"))),
        ("16 missing required header", L(List::Bindings), s(format!("account_id,imei\n1,{A}\n"))),
        ("16 neither of two", d, s("model\nOrbit\n")),
        ("16 none of three", L(List::Sightings), s("imei,first_seen,last_seen\n")),
        ("17 header with blanks and case", d, s(format!(" IMEI ,Made On,\"Model\"\n{A},2024-01-31,x\n"))),
        ("18 10 MB field", d, s(format!("imei,model\n{A},{}\n{B},ok\n", "x".repeat(10 << 20)))),
        ("18 10 MB quoted field", d, s(format!("imei,model\n{A},\"{}\"\n{B},ok\n", "x".repeat(10 << 20)))),
        ("18 70 KB field", d, s(format!("imei,model\n{A},{}\n{B},ok\n", "x".repeat(70 << 10)))),
        ("19 100,000 columns in the header", d, s("imei,".repeat(100_000))),
        ("19 100,000 columns in a row", d, s(format!("imei,model\n{}\n{B},ok\n", "1,".repeat(100_000)))),
        ("21 blank lines inside", d, s(format!("\nimei,model\n\n{A},one\n\n\n{B},two\n\n"))),
        ("22 NEL and U+2028 in a field", d, s(format!("imei,model\n{A},a\u{85}b\u{2028}c\n"))),
        ("23 formula cells are data", d, s(format!("imei,model\n{A},=1+1\n"))),
        ("24 IMEI as 8.69547E+14", d, s("imei,model\n8.69547E+14,Orbit\n")),
        ("25 leading zero lost", d, s("imei,model\n13327008888881,Orbit\n1332700888888,Orbit\n")),
        ("26 leading apostrophe", d, s(format!("imei,model\n'{A},Orbit\n"))),
        ("27 date 03/04/2026", d, s(format!("imei,made_on\n{A},03/04/2026\n"))),
        ("27 date 2026-02-30", d, s(format!("imei,made_on\n{A},2026-02-30\n{A},19000229\n"))),
        ("28 thousand separators", d, s("imei,model\n\"869,547,046,530,697\",x\n")),
        ("29 file cut in mid-row", d, s(format!("imei,model\n{A},Orbit\n8675309"))),
        ("29 file cut in a quote", d, s(format!("imei,model\n{A},\"Orb"))),
        ("a workbook", d, s("PK\u{3}\u{4}xl/workbook")),
        (
            "order: released before bound",
            L(List::Bindings),
            s(format!("account_id,imei,bound_at,released_at\n7,{A},2024-01-02,2024-01-01\n")),
        ),
        (
            "order: last before first",
            L(List::Sightings),
            s(format!("imei,first_seen,last_seen,imsi\n{A},2024-01-02,2024-01-01,250011234567890\n")),
        ),
        (
            "no SIM in a sighting",
            L(List::Sightings),
            s(format!("imei,first_seen,last_seen,imsi\n{A},2024-01-02,2024-01-02,\n")),
        ),
        ("neither imei nor serial", d, s("imei,serial,model\n,,Orbit\n")),
        ("a word of no vocabulary", L(List::Accounts), s("account_id,state\n77,activ\n78,Active\n")),
    ];
    insta::assert_snapshot!("csv", tell_all(&table));
}

#[test]
fn item_30_the_same_bytes_have_the_same_digest() {
    let digest = |text: &str| {
        let source = Source::from_reader("x", std::io::Cursor::new(s(text)));
        ListReader::open(List::Devices, source, options()).unwrap().digest().unwrap()
    };
    assert_eq!(digest("imei\n1\n"), digest("imei\n1\n"), "read or not, the digest is the file's");
    assert_ne!(digest("imei\n1\n"), digest("imei\n2\n"));
    assert_eq!(
        digest("imei\n").iter().fold(String::new(), |h, b| h + &format!("{b:02x}")),
        "d138fe6bd603e63854698168494e5f55a5aa4fdefbf5882d0c427b1977d6b148"
    );
}

#[test]
fn json_31_to_47() {
    let d = L(List::Devices);
    let ok = format!("{{\"imei\":\"{A}\"}}\n");
    let row = |text: &str| s(format!("{text}\n{ok}"));
    let deep = |n: usize| format!("{{\"imei\":{}{}}}", "[".repeat(n), "]".repeat(n));
    let mut broken = s(ok.repeat(9_998));
    broken.extend_from_slice(b"{\"model\":\"caf\xE9\"}\n");
    broken.extend_from_slice(ok.as_bytes());
    let table: Vec<(&str, What, Vec<u8>)> = vec![
        ("31 JSON duplicate key", d, row(&format!("{{\"imei\":\"{A}\",\"imei\":\"{B}\"}}"))),
        (
            "31 JSON duplicate key, spelled otherwise",
            d,
            row(&format!("{{\"imei\":\"{A}\",\"\\u0069mei\":null}}")),
        ),
        ("32 JSON depth 100", d, row(&deep(100))),
        ("32 JSON depth 100,000", d, row(&deep(100_000))),
        ("33 JSON lone surrogate", d, row("{\"model\":\"\\ud800\"}")),
        ("34 JSON 1e400", d, row("{\"imei\":1e400}")),
        ("35 JSON IMEI as number", d, row(&format!("{{\"imei\":{A}}}"))),
        ("35 JSON IMEI as float", d, row("{\"imei\":8.69547046530697e14}")),
        (
            "35 JSON number where it counts",
            L(List::Tacs),
            s("{\"tac\":\"86753090\",\"model\":\"Orbit\",\"imei_slots\":2}"),
        ),
        ("36 JSON NaN", d, row("{\"imei\":NaN}")),
        ("37 JSON BOM", d, s(format!("\u{FEFF}{ok}"))),
        ("38 JSON {}{}", d, row(&format!("{}{}", ok.trim(), ok.trim()))),
        ("39 JSON escaped ESC in a list", d, row(&format!("{{\"imei\":\"{A}\",\"model\":\"\\u001b[2J\"}}"))),
        (
            "39 JSON escaped ESC in a case",
            Cases,
            s("{\"request\":\"unbind\",\"claimant_name\":\"\\u001b[2J\"}"),
        ),
        ("39 JSON escaped NUL", d, row(&format!("{{\"imei\":\"{A}\",\"model\":\"\\u0000\"}}"))),
        ("40 JSON blank and comment lines", d, row("\n# comment\n  \n// comment")),
        ("41 JSON CRLF", d, s(format!("{}\r\n{}\r\n", ok.trim(), ok.trim()))),
        ("42 JSON last line without newline", d, s(format!("{ok}{}", ok.trim()))),
        ("43 JSON array instead of lines", d, s(format!("[\n{}\n]\n", ok.trim()))),
        ("43 JSON array on a later line", d, s(format!("{ok}[1]\n"))),
        ("43 JSON spread over lines", d, s(format!("{{\n\"imei\":\n\"{A}\"\n}}\n"))),
        ("44 JSON unknown field", d, row(&format!("{{\"imei\":\"{A}\",\"modle\":\"x\"}}"))),
        (
            "44 JSON unknown field, nothing near",
            d,
            row(&format!("{{\"imei\":\"{A}\",\"\\u001b[2J\":\"x\"}}")),
        ),
        ("45 JSON null for required", d, row("{\"imei\":null}")),
        ("45 JSON required left out", L(List::Accounts), s("{\"account_id\":\"77\"}")),
        ("46 JSON 20 MB single line", d, row(&format!("{{\"model\":\"{}\"}}", "x".repeat(20 << 20)))),
        ("JSON values of other kinds", d, row("{\"imei\":true}\n{\"imei\":{}}\n{\"model\":1}\n\"text\"\n12")),
        ("JSON empty file", d, s("")),
    ];
    let mut out = tell_all(&table);
    let told = read(d, "list.jsonl", broken);
    let (rows, rest): (Vec<_>, Vec<_>) = told.lines().partition(|l| l.starts_with("    row"));
    writeln!(out, "47 JSON invalid UTF-8 in line 9,999\n    {} rows\n{}", rows.len(), rest.join("\n"))
        .unwrap();
    insta::assert_snapshot!("json", out);
}

#[test]
#[allow(clippy::too_many_lines)] // a table
fn identifiers_and_text_48_to_70() {
    let d = L(List::Devices);
    let imei = |text: &str| s(format!("request,claimant_name,imei\nunbind,x,\"{text}\"\n"));
    let serial = |text: &str| s(format!("request,claimant_name,serial\nunbind,x,\"{text}\"\n"));
    let named = |text: &str| s(format!("request,claimant_name\nunbind,\"{}\"\n", text.replace('"', "\"\"")));
    let email = |text: &str| s(format!("request,claimant_email\nunbind,\"{}\"\n", text.replace('"', "\"\"")));
    let phone = |text: &str| s(format!("request,claimant_phone\nunbind,{text}\n"));
    let table: Vec<(&str, What, Vec<u8>)> = vec![
        ("48 IMEI wrong Luhn, a case", Cases, imei("869547046530690")),
        ("48 IMEI wrong Luhn, a list", d, s("imei\n869547046530690\n")),
        ("49 14 digits", Cases, imei("86954704653069")),
        ("49 16 digits (IMEISV)", Cases, imei("8695470465306901")),
        ("49 17 digits", Cases, imei("86954704653069012")),
        ("50 spaces, dashes, slash", Cases, imei("86-954704 653069/7")),
        ("51 Arabic-Indic digits", Cases, imei("٨٦٩٥٤٧٠٤٦٥٣٠٦٩٧")),
        ("51 full-width digits", Cases, imei("８６９５４７０４６５３０６９７")),
        ("52 all zeros", Cases, imei("000000000000000")),
        ("52 counting", Cases, imei("123456789012345")),
        ("52 test TAC", Cases, imei("004402134567894")),
        ("53 two IMEIs in one cell", Cases, imei(&format!("{A} / {B}"))),
        ("54 serial with O/0 and I/1", Cases, serial("OI01")),
        ("55 Cyrillic а in a name", Cases, named("Pаul")),
        ("56 U+202E in a name", Cases, named("Paul\u{202E}gnp")),
        ("57 zero-width space in a serial", Cases, serial("AB\u{200B}12")),
        ("58 NFD name", Cases, named("Zoe\u{308}")),
        ("59 ligature", Cases, named("ﬁnn")),
        ("60 10,000 combining marks", Cases, named(&format!("Z{}", "\u{308}".repeat(10_000)))),
        ("60 40,000 combining marks", Cases, named(&format!("Z{}", "\u{308}".repeat(40_000)))),
        ("61 emoji family", Cases, named("👨‍👩‍👧‍👦")),
        ("62 name from right to left", Cases, named("محمد")),
        ("63 noncharacter, private use, tag", Cases, named("a\u{FFFE}b\u{E000}c\u{E0041}")),
        ("64 C1 U+009B in a case", Cases, named("a\u{9B}31m")),
        ("65 unterminated OSC in a case", Cases, named("a\u{1B}]0;title")),
        ("65 unterminated OSC in a list", d, s(format!("imei,model\n{A},\u{1B}]0;title\n"))),
        ("66 quoted mail address", Cases, email("\"john doe\"@mail.example")),
        ("66 IDN mail address", Cases, email("иван@почта.рф")),
        ("66 mail address of 320 characters", Cases, email(&format!("{}@mail.example", "x".repeat(307)))),
        ("67 phone with extension", Cases, phone("+7 916 123-45-67 ext. 12")),
        ("67 phone with + in the middle", Cases, phone("7916+1234567")),
        ("67 phone with letters", Cases, phone("8-800-FLOWERS")),
        ("68 name null", Cases, named("null")),
        ("68 name NaN", Cases, named("NaN")),
        ("68 name -", Cases, named("-")),
        ("68 name O'Brien", Cases, named("O'Brien")),
        ("68 name Robert", Cases, named("Robert'); DROP TABLE tickets;--")),
        (
            "69 1 MB description",
            Cases,
            s(format!("request,claimant_name,note\nunbind,x,{}\nunbind,y,\n", "n".repeat(1 << 20))),
        ),
        (
            "69 100 KB note",
            Cases,
            s(format!("request,claimant_name,note\nunbind,x,{}\n", "n".repeat(100 << 10))),
        ),
        ("70 only whitespace", Cases, s("request,claimant_name,imei\nunbind,  ,\u{A0}\n   ,x,\n")),
        ("case: unknown request", Cases, s("request,imei\nunbnd,1\nplease,1\n,1\n")),
        ("case: unreadable received_at", Cases, s("request,imei,received_at\nunbind,1,yesterday\n")),
        (
            "case: unknown access, a fact without =",
            Cases,
            s("request,imei,access,facts\nunbind,1,sometimes,name Ivan;region=RU\n"),
        ),
        ("case: tab outside the note", Cases, s("request,imei\nunbind,1\t\n")),
        ("case: line end in the note", Cases, s("request,imei,note\nunbind,1,\"a\tb\nc\"\n")),
        ("case: line end outside the note", Cases, s("request,imei\nunbind,\"1\n2\"\nunbind,3\n")),
        (
            "case: attachments out of the folder",
            Cases,
            s(
                "request,imei,attachments\nunbind,1,box:../x.png\nunbind,1,box:/etc/passwd\nunbind,1,box:C:/x\nunbind,1,box:a\\b\nunbind,1,box:\nunbind,1,photo:x.png\nunbind,1,x.png\n",
            ),
        ),
        ("case: receipt date 03/04/2026", Cases, s("request,imei,receipt_date\nunbind,1,03/04/2026\n")),
        ("case: no request column", Cases, s("imei\n1\n")),
    ];
    insta::assert_snapshot!("text", tell_all(&table));
}
