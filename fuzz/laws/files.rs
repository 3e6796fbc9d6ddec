//! Files that others send: lists, cases, mails, and a database that somebody else may have written on.

use std::io::{Cursor, Read};

use latchkey::domain::{List, ListRow, Region};
use latchkey::intake::mail::{Mail, MailReader, MailShape};
use latchkey::intake::{Caps, CaseReader, Format, ListOptions, ListReader, Source, Trouble};
use latchkey::store::{self, FileKind, Purpose};

use super::{NOW, luhn};

/// Bytes that come as a slow pipe gives them: few at a time.
struct Drops(Cursor<Vec<u8>>, usize);

impl Read for Drops {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        let most = to.len().min(self.1);
        self.0.read(&mut to[..most])
    }
}

fn source(data: &[u8], slow: bool) -> Source {
    let piece = if slow { 3 } else { usize::MAX };
    Source::from_reader("fuzz", Drops(Cursor::new(data.to_vec()), piece))
}

/// What a file came to: rows as they were understood, and what was said of the others.
fn read_list(list: List, options: ListOptions, data: &[u8], slow: bool) -> (Vec<String>, [u8; 32]) {
    let mut reader = match ListReader::open(list, source(data, slow), options) {
        Ok(reader) => reader,
        Err(error) => return (vec![error.to_string()], [0; 32]),
    };
    let mut told = Vec::new();
    for row in reader.by_ref() {
        match row {
            Ok(row) => {
                assert!(row.line >= 1);
                checked(&row.row);
                told.push(format!("{row:?}"));
            }
            Err(Trouble::Row(reject)) => told.push(format!("{reject:?}")),
            Err(Trouble::File(error)) => told.push(error.to_string()),
        }
    }
    let digest = reader.digest().unwrap_or([1; 32]);
    (told, digest)
}

/// A row that exists is well formed.
fn checked(row: &ListRow) {
    if let ListRow::Device(device) = row {
        assert!(device.imeis.iter().all(|imei| luhn(&imei.to_string())));
        assert!(device.imeis.len() <= 5);
    }
}

/// Lists in their own and in foreign forms, merged or as a delta: the same rows whether the bytes come at once or in
/// drops.
pub fn lists(data: &[u8]) {
    let Some((kind, data)) = data.split_first() else { return };
    let list = List::ALL[usize::from(*kind & 0x0F) % List::ALL.len()];
    let format = if kind & 0x20 == 0 { Format::Csv } else { Format::Jsonl };
    let options = ListOptions { region: Region::RU, now: NOW, delta: kind & 0x10 != 0, format };
    let whole = read_list(list, options, data, false);
    assert_eq!(whole, read_list(list, options, data, true));
}

fn read_cases(format: Format, data: &[u8], slow: bool) -> Vec<String> {
    let mut reader = match CaseReader::open(source(data, slow), format, Region::RU, NOW) {
        Ok(reader) => reader,
        Err(error) => return vec![error.to_string()],
    };
    let mut told = Vec::new();
    for row in reader.by_ref() {
        told.push(match row {
            Ok(case) => {
                assert!(case.line >= 1);
                let claim = format!("{:?}", case.claim);
                format!("{} {claim} {:?} {:?}", case.line, case.reference(), case.note())
            }
            Err(Trouble::Row(reject)) => format!("{reject:?}"),
            Err(Trouble::File(error)) => error.to_string(),
        });
    }
    told
}

/// Cases as CSV or JSON lines: the same whether the bytes come at once or in drops.
pub fn cases(data: &[u8]) {
    let Some((kind, data)) = data.split_first() else { return };
    let format = if kind & 1 == 0 { Format::Csv } else { Format::Jsonl };
    assert_eq!(read_cases(format, data, false), read_cases(format, data, true));
}

/// A mail or an mbox of them: bounded text, and what is offered as an IMEI and sound has its check digit.
pub fn mails(data: &[u8]) {
    let Some((kind, data)) = data.split_first() else { return };
    let shape = if kind & 1 == 0 { MailShape::Eml } else { MailShape::Mbox };
    let _ = MailShape::of_head(data);
    let caps = Caps { bytes: 1 << 20, pixels: 1 << 16, memory: 1 << 22 };
    let mut sums = Vec::new();
    for slow in [false, true] {
        let mut digests = Vec::new();
        for mail in MailReader::of_source(source(data, slow), shape).take(100).flatten() {
            let Ok(read) = Mail::read(&mail.bytes, caps, NOW) else { continue };
            assert!(read.text.len() <= 64 << 10);
            digests.push(read.digest());
            for find in read.finds(Region::RU) {
                let imei = find.text.len() == 15 && find.text.bytes().all(|b| b.is_ascii_digit());
                let called = format!("{:?}", find.kind).eq_ignore_ascii_case("imei");
                assert!(!(imei && called) || find.damaged || luhn(&find.text), "{find:?}");
            }
        }
        sums.push(digests);
    }
    assert_eq!(sums[0], sums[1], "a mail is the same however slowly it comes");
}

/// A registry as it is made, once.
fn registry() -> &'static [u8] {
    static MADE: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
    MADE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("registry.db");
        let made = store::open(&path, Purpose::Create, FileKind::Registry).unwrap();
        store::fold_log(&made.conn).unwrap();
        drop(made);
        std::fs::read(&path).unwrap()
    })
}

/// The header of a database, and the page behind it: opened, or refused in a sentence.
pub fn database(data: &[u8]) {
    static PLACE: std::sync::OnceLock<tempfile::TempDir> = std::sync::OnceLock::new();
    let Some((kind, data)) = data.split_first() else { return };
    let memory = std::path::Path::new("/dev/shm");
    let place = PLACE.get_or_init(|| {
        if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap()
    });
    let path = place.path().join("registry.db");
    for end in ["", "-wal", "-shm", "-journal"] {
        let _ = std::fs::remove_file(place.path().join(format!("registry.db{end}")));
    }
    // From where on the bytes stand instead of the real ones: the header, or the cells of the first page.
    let from = if kind & 2 == 0 { 0 } else { 100 };
    let mut bytes = registry().to_vec();
    for (at, byte) in data.iter().take(4096).enumerate() {
        bytes[from + at] = *byte;
    }
    if kind & 4 != 0 {
        bytes.truncate(from + data.len());
    }
    std::fs::write(&path, bytes).unwrap();
    let purpose = if kind & 1 == 0 { Purpose::Read } else { Purpose::Write };
    match store::open(&path, purpose, FileKind::Registry) {
        Ok(opened) => drop(opened),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
