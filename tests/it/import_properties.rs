//! What holds for any bytes: no panic, no line lost, no memory without bound, the same rows however the
//! bytes arrive.

use crate::import_bad_inputs::{What, now, options, read};
use latchkey::domain::{List, ListRow, Region};
use latchkey::intake::{CaseReader, Format, ListReader, Source, Trouble};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::io::{self, Cursor, Read};

/// Physical lines, with what stands on them: `\n`, `\r\n` and `\r` end one.
fn physical(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut lines = vec![Vec::new()];
    let mut rest = bytes.iter().peekable();
    while let Some(byte) = rest.next() {
        match byte {
            b'\n' => lines.push(Vec::new()),
            b'\r' => {
                if rest.peek() == Some(&&b'\n') {
                    rest.next();
                }
                lines.push(Vec::new());
            }
            _ => lines.last_mut().unwrap().push(*byte),
        }
    }
    lines
}

/// Every line is the header's, blank, part of a row or a reject, or behind a file error.
fn every_line_is_told(bytes: &[u8]) {
    let source = Source::from_reader("any.csv", Cursor::new(bytes.to_vec()));
    let Ok(mut reader) = ListReader::open(List::Accounts, source, options()) else { return };
    let json = bytes.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'{');
    let lines = physical(bytes);
    let blank = |line: &[u8]| line.iter().all(|b| b.is_ascii_whitespace() || (!json && *b == b'\t'));
    let mut told: BTreeSet<u64> = BTreeSet::new();
    if !json {
        let header = lines.iter().position(|l| !blank(l)).unwrap() as u64 + 1;
        told.insert(header);
    }
    let mut last = 0;
    while let Some(item) = reader.next() {
        let line = match item {
            Ok(row) => row.line,
            Err(Trouble::Row(reject)) => reject.line,
            Err(Trouble::File(_)) => return,
        };
        assert!(line > last, "rows come in the order of the file");
        last = line;
        let span = physical(reader.raw()).len() as u64;
        told.extend(line..line + span);
    }
    for (number, line) in (1..).zip(&lines) {
        assert!(
            blank(line) || told.contains(&number),
            "line {number} is lost: {:?}",
            String::from_utf8_lossy(line)
        );
    }
}

/// Gives the bytes in pieces of the sizes named, over and over.
struct Drip {
    bytes: Cursor<Vec<u8>>,
    sizes: Vec<usize>,
    turn: usize,
}

impl Read for Drip {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.turn += 1;
        let size = self.sizes[self.turn % self.sizes.len()].min(buf.len());
        self.bytes.read(&mut buf[..size])
    }
}

/// A file of accounts made of pieces that like to be misread.
fn nasty() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(b"77,active,".to_vec()),
        Just(b"78,active,x\n".to_vec()),
        Just(b"\"".to_vec()),
        Just(b"\"\"".to_vec()),
        Just(b",".to_vec()),
        Just(b"\n".to_vec()),
        Just(b"\r".to_vec()),
        Just(b"\r\n".to_vec()),
        Just(b"\xEF\xBB\xBF".to_vec()),
        Just(b"\0".to_vec()),
        Just("é\u{85}\u{2028}".as_bytes().to_vec()),
        Just(b" \t".to_vec()),
        Just(b"{\"account_id\":\"7\",\"state\":\"active\"}".to_vec()),
        proptest::collection::vec(any::<u8>(), 0..4),
    ];
    let head = prop_oneof![
        Just(b"account_id,state,name\n".to_vec()),
        Just(b"account_id;state;name\r".to_vec()),
        Just(b"\"account_id\"|state|\"name\"\r\n".to_vec()),
        Just(b"{\"account_id\":\"7\",\"state\":\"active\"}\n".to_vec()),
        Just(Vec::new()),
    ];
    (head, proptest::collection::vec(piece, 0..40))
        .prop_map(|(head, pieces)| [head, pieces.concat()].concat())
}

proptest! {
    #[test]
    fn any_bytes_are_rows_or_errors(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for list in List::ALL {
            read(What::L(*list), "any.csv", bytes.clone());
            read(What::L(*list), "any.jsonl", bytes.clone());
        }
        read(What::Cases, "any.csv", bytes.clone());
        read(What::Cases, "any.jsonl", bytes);
    }

    #[test]
    fn no_line_is_lost(bytes in nasty()) {
        every_line_is_told(&bytes);
    }

    #[test]
    fn pieces_do_not_matter(bytes in nasty(), sizes in proptest::collection::vec(1_usize..9, 1..5)) {
        let whole = read(What::L(List::Accounts), "any.csv", bytes.clone());
        let drip = Drip { bytes: Cursor::new(bytes), sizes, turn: 0 };
        let source = Source::from_reader("any.csv", drip);
        let mut rows = 0;
        match ListReader::open(List::Accounts, source, options()) {
            Ok(reader) => {
                for item in reader {
                    let told = match &item {
                        Ok(row) => format!("line {}: ", row.line),
                        Err(trouble) => trouble.to_string(),
                    };
                    prop_assert!(whole.contains(&told), "{told} is not in {whole}");
                    rows += 1;
                }
                prop_assert_eq!(rows, whole.lines().filter(|l| *l != "    no rows").count());
            }
            Err(error) => prop_assert!(whole.contains(&error.to_string())),
        }
    }

    #[test]
    fn what_the_csv_writer_writes_is_read(
        names in proptest::collection::vec("[^\0\r\n]{0,12}", 1..8),
        crlf in any::<bool>(),
        delimiter in proptest::sample::select(vec![b',', b';', b'\t', b'|']),
    ) {
        let end = if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
        let mut writer = csv::WriterBuilder::new().terminator(end).delimiter(delimiter).from_writer(Vec::new());
        writer.write_record(["account_id", "name", "state"]).unwrap();
        for name in &names {
            writer.write_record(["77", name, "active"]).unwrap();
        }
        let source = Source::from_reader("x.csv", Cursor::new(writer.into_inner().unwrap()));
        let rows = ListReader::open(List::Accounts, source, options()).unwrap();
        let read: Vec<_> = rows.map(|row| match row.unwrap().row {
            ListRow::Account(account) => account.name.unwrap_or_default(),
            _ => unreachable!(),
        }).collect();
        let given: Vec<_> = names.iter().map(|n| n.trim().to_owned()).collect();
        prop_assert_eq!(read, given);
    }
}

/// A file that is made while it is read.
struct Made {
    head: &'static [u8],
    unit: &'static [u8],
    at: usize,
    left: u64,
}

impl Read for Made {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let from = if self.head.is_empty() { self.unit.get(self.at..).unwrap() } else { self.head };
        let count = from.len().min(buf.len()).min(usize::try_from(self.left).unwrap_or(usize::MAX));
        buf[..count].copy_from_slice(&from[..count]);
        self.left -= count as u64;
        if self.head.is_empty() {
            self.at = (self.at + count) % self.unit.len();
        } else {
            self.head = &self.head[count..];
        }
        Ok(count)
    }
}

#[test]
fn item_20_and_46_a_long_stream_is_read_row_by_row() {
    let made = |unit, left| Made { head: b"account_id,state,name\n", unit, at: 0, left };
    let unit = b"2000000001,active,somebody\n";
    let units = 40_000;
    let source = Source::from_reader("pipe", made(unit, 22 + units * unit.len() as u64));
    let rows = ListReader::open(List::Accounts, source, options()).unwrap();
    assert_eq!(rows.map(Result::unwrap).count() as u64, units);

    // One line of 8 MiB, quoted and not: one reject, and the end of the file is reached.
    for unit in [b"x".as_slice(), b"x,".as_slice(), b"\"\"".as_slice()] {
        let source = Source::from_reader("pipe", made(unit, 8 << 20));
        let told: Vec<_> = ListReader::open(List::Accounts, source, options()).unwrap().collect();
        assert_eq!(told.len(), 1);
        assert!(
            told[0].as_ref().is_err_and(|t| t.to_string().contains("longer than 1 MiB")),
            "{:?}",
            told[0]
        );
    }
}

#[test]
fn progress_is_told_and_the_digest_is_of_all_bytes() {
    let seen = std::sync::Arc::new(std::sync::atomic::AtomicU64::new(0));
    let told = seen.clone();
    let bytes = b"request,imei\nunbind,1\n".to_vec();
    let source = Source::from_reader("x.csv", Cursor::new(bytes.clone()))
        .on_progress(move |read| told.store(read, std::sync::atomic::Ordering::Relaxed));
    let mut reader = CaseReader::open(source, Format::Auto, Region::RU, now()).unwrap();
    assert!(reader.next().unwrap().is_ok());
    assert!(reader.next().is_none());
    assert_eq!(seen.load(std::sync::atomic::Ordering::Relaxed), bytes.len() as u64);
    let other = Source::from_reader("y.csv", Cursor::new(bytes));
    let digest = CaseReader::open(other, Format::Auto, Region::RU, now()).unwrap().digest().unwrap();
    assert_eq!(reader.digest().unwrap(), digest);
}
