//! The catalogue of bad inputs, items 71 to 81: files that lie about what they are, change while they are read, or have
//! names that no file should have. What is kept is the bytes and their digest; nothing is unpacked or believed.

use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::os::unix::ffi::OsStrExt as _;

use latchkey::domain::EvidenceKind;
use latchkey::intake::{Caps, LoadedAttachment, examine, load};

use crate::cli_desk::TestDesk;

fn examined(name: &str, data: &[u8]) -> LoadedAttachment {
    examine(name, data.to_vec(), Caps::default())
}

/// A PDF that is a ZIP as well: both readers find their end of it.
#[test]
fn item_73_a_polyglot_is_bytes() {
    let mut data = b"%PDF-1.7\n1 0 obj<<>>endobj\n".to_vec();
    data.extend(b"PK\x03\x04evil.js");
    data.extend(b"\n%%EOF\nPK\x05\x06");
    let file = examined("receipt.pdf", &data);
    assert_eq!((file.dhash, file.data), (None, data));
}

/// 42.zip in small: a header that promises four gigabytes. Nothing here unpacks.
#[test]
fn item_75_a_zip_bomb_is_bytes() {
    let mut data = b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0\x10\0\0\0".to_vec();
    data.extend(u32::MAX.to_le_bytes());
    data.resize(1 << 20, 0);
    let begun = std::time::Instant::now();
    for name in ["bomb.zip", "box.png", "receipt.pdf"] {
        let file = examined(name, &data);
        assert_eq!((file.dhash, file.bytes()), (None, 1 << 20), "{name}");
    }
    assert!(begun.elapsed() < std::time::Duration::from_secs(5));
}

#[test]
fn item_76_an_encrypted_pdf_is_bytes() {
    let data = b"%PDF-1.7\ntrailer<</Encrypt 5 0 R>>\n%%EOF";
    assert_eq!(examined("bill.pdf", data).dhash, None);
    let desk = TestDesk::filled();
    let file = desk.write("bill.pdf", data);
    desk.run(&["evidence", "add", "R-02", "document", "--file", &file]).ok();
    assert!(desk.run(&["evidence", "verify"]).ok().contains("every file is what was taken in"));
}

/// Somebody writes while it is read: what is kept is one of the things it was, with the digest of just that.
#[test]
fn item_77_a_file_that_grows_or_shrinks_is_kept_as_it_was_read() {
    use sha2::Digest as _;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("log");
    fs::write(&path, "x").unwrap();
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|threads| {
        threads.spawn(|| {
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                let mut file = fs::OpenOptions::new().append(true).open(&path).unwrap();
                for _ in 0..200 {
                    file.write_all(&[b'y'; 512]).unwrap();
                }
                file.set_len(1).unwrap();
            }
        });
        for _ in 0..200 {
            let kept = load(dir.path(), "log", Caps::default()).unwrap();
            let digest: [u8; 32] = sha2::Sha256::digest(&kept.data).into();
            assert_eq!((kept.sha256, kept.bytes()), (digest, kept.data.len() as u64));
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}

/// Names that a file system takes and no screen, shell or other system should.
#[test]
fn item_78_hostile_names_are_shown_and_do_nothing() {
    let desk = TestDesk::filled();
    let long = "n".repeat(251) + ".pdf";
    let names =
        ["-rf", "a\nb.pdf", "a\u{1b}[2J.pdf", "CON", "\u{202e}gnp.exe", &long, "'; rm -rf ~", "$(id)"];
    for name in names {
        let path = desk.path(name);
        fs::write(&path, name).unwrap();
        let added = desk.run(&["evidence", "add", "R-02", "document", "--file", path.to_str().unwrap()]);
        assert!([0, 1].contains(&added.code), "{name:?}: {added}");
        for answer in [&added.stdout, &added.stderr] {
            assert!(!answer.contains('\u{1b}') && !answer.contains('\u{202e}'), "{name:?}: {added}");
        }
    }
    let shown = desk.run(&["show", "R-02"]).ok();
    assert!(!shown.contains('\u{1b}') && !shown.contains('\u{202e}'), "{shown}");
    // A name that is no text at all.
    let odd = desk.path("").join(OsStr::from_bytes(b"a\xff\xfe.pdf"));
    fs::write(&odd, "x").unwrap();
    let mut command = desk.command(&["evidence", "add", "R-02", "document", "--file"]);
    let added = desk.ran(command.arg(&odd));
    assert!([0, 1, 2].contains(&added.code), "{added}");
    assert!(desk.run(&["audit", "verify"]).code == 0);
}

/// One file under two names, on two tickets: one blob, two links.
#[test]
fn item_81_the_same_bytes_are_kept_once() {
    let desk = TestDesk::filled();
    let blobs = || {
        let mut found = Vec::new();
        let mut todo = vec![desk.path("desk/attachments")];
        while let Some(dir) = todo.pop() {
            for entry in fs::read_dir(dir).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() { todo.push(path) } else { found.push(path) }
            }
        }
        found.len()
    };
    let before = blobs();
    for (ticket, name) in [("R-01", "one.pdf"), ("R-02", "two.pdf"), ("R-02", "three.pdf")] {
        let file = desk.write(name, "%PDF-1.7 the same");
        desk.run(&["evidence", "add", ticket, EvidenceKind::Document.as_str(), "--file", &file]).ok();
    }
    assert_eq!(blobs(), before + 1);
    let named = |ticket: &str| desk.run(&["show", ticket]).ok();
    assert!(named("R-01").contains("one.pdf") && named("R-02").contains("two.pdf"));
    assert!(named("R-02").contains("three.pdf"));
}
