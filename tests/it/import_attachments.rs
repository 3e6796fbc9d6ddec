//! Files that a case names: only regular files below its folder, bounded, hashed.

use image::{DynamicImage, GrayImage, ImageFormat};
use latchkey::intake::{Caps, LoadedAttachment, examine, load};
use proptest::prelude::*;
use std::fs;
use std::io::Cursor;
use std::os::unix::fs::symlink;
use std::path::Path;

fn caps() -> Caps {
    Caps::default()
}

fn said(base: &Path, path: &str) -> String {
    load(base, path, caps()).map_or_else(|e| format!("{e} [{}]", e.rule), |a| format!("{} bytes", a.bytes()))
}

fn png(image: &GrayImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(image.clone()).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn named(name: &str, data: &[u8]) -> LoadedAttachment {
    examine(name, data.to_vec(), caps())
}

#[test]
fn items_71_to_80_files() {
    let base = tempfile::tempdir().unwrap();
    let outside = tempfile::tempdir().unwrap();
    let at = |name: &str| base.path().join(name);
    fs::write(outside.path().join("secret"), "s").unwrap();
    fs::create_dir(at("photos")).unwrap();
    fs::write(at("photos/1.png"), "no picture").unwrap();
    fs::write(at("empty"), "").unwrap();
    symlink(outside.path().join("secret"), at("link")).unwrap();
    symlink(outside.path(), at("folder")).unwrap();
    symlink(at("photos"), at("inside")).unwrap();
    symlink(at("loop"), at("loop")).unwrap();
    rustix::fs::mknodat(
        rustix::fs::CWD,
        at("fifo"),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::from_raw_mode(0o600),
        0,
    )
    .unwrap();
    let big = fs::File::create(at("big")).unwrap();
    big.set_len(33 << 20).unwrap();
    let link = "leads over a symbolic link, which could leave the folder of the case file; put the file itself there [attachments.path]";
    for (path, says) in [
        ("photos/1.png", "10 bytes".to_owned()),
        ("empty", "0 bytes".to_owned()),
        ("link", format!("attachment `link` {link}")),
        ("folder/secret", format!("attachment `folder/secret` {link}")),
        ("inside/1.png", format!("attachment `inside/1.png` {link}")),
        ("loop", format!("attachment `loop` {link}")),
        ("photos", "attachment `photos` is a folder or a device, not a file; name a file [attachments.kind]".to_owned()),
        ("fifo", "attachment `fifo` is a folder or a device, not a file; name a file [attachments.kind]".to_owned()),
        ("big", "attachment `big` is larger than 32 MiB; send a smaller scan or photo [attachments.size]".to_owned()),
        ("photos/2.png", "attachment `photos/2.png` cannot be read: no such file or directory; check the name; it is relative to the case file [attachments.read]".to_owned()),
        ("empty/x", "attachment `empty/x` cannot be read: not a directory; check the name; it is relative to the case file [attachments.read]".to_owned()),
        ("../x", "attachment `../x` leads out of the folder of the case file; name a file below the folder of the case file [attachments.path]".to_owned()),
        ("photos/../../x", "attachment `photos/../../x` leads out of the folder of the case file; name a file below the folder of the case file [attachments.path]".to_owned()),
        ("/etc/passwd", "attachment `/etc/passwd` is not relative to the case file; name a file below the folder of the case file [attachments.path]".to_owned()),
        ("./empty", "attachment `./empty` has an empty part or a dot between its slashes; name a file below the folder of the case file [attachments.path]".to_owned()),
        ("a\u{1b}[2J", "attachment `a‹U+001B›[2J` has a control character; name a file below the folder of the case file [attachments.path]".to_owned()),
    ] {
        assert_eq!(said(base.path(), path), says, "{path:?}");
    }
}

#[test]
fn what_is_no_picture_has_no_hash() {
    for (name, data) in [
        ("71 PDF named .png", b"%PDF-1.7\n".as_slice()),
        ("72 empty", b""),
        ("a PNG cut off", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ("a JPEG cut off", b"\xFF\xD8\xFF\xE0\0\x10JFIF"),
    ] {
        assert_eq!(named(name, data).dhash, None, "{name}");
    }
}

#[test]
fn item_74_a_huge_picture_is_not_decoded() {
    // A true header of 50,000 × 50,000 grey pixels and no pixels: 2.5 GB were it believed.
    let mut bytes = png(&GrayImage::new(1, 1));
    bytes.get_mut(16..24).unwrap().copy_from_slice(&[0, 0, 0xC3, 0x50, 0, 0, 0xC3, 0x50]);
    let crc = bytes.get(12..29).unwrap().iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { c >> 1 ^ 0xEDB8_8320 } else { c >> 1 })
    });
    bytes.get_mut(29..33).unwrap().copy_from_slice(&(!crc).to_be_bytes());
    assert_eq!(named("huge", &bytes).dhash, None);
}

/// The definition, word by word and slowly: each pixel split into 72 × its share of each cell.
fn slow_hash(image: &GrayImage) -> u64 {
    let (width, height) = (u64::from(image.width()), u64::from(image.height()));
    let share = |at: u64, cell: u64, size: u64, cells: u64| {
        let (from, to) = ((at * cells).max(cell * size), ((at + 1) * cells).min((cell + 1) * size));
        to.saturating_sub(from)
    };
    let mean = |i: u64, j: u64| -> u64 {
        let pixels = image.enumerate_pixels();
        pixels
            .map(|(x, y, p)| u64::from(p.0[0]) * share(x.into(), i, width, 9) * share(y.into(), j, height, 8))
            .sum()
    };
    (0..8)
        .flat_map(|j| (0..8).map(move |i| (i, j)))
        .fold(0, |hash, (i, j)| hash << 1 | u64::from(mean(i, j) > mean(i + 1, j)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn the_hash_is_the_definition((width, height, seed) in (1_u32..40, 1_u32..40, any::<u32>())) {
        let image = GrayImage::from_fn(width, height, |x, y| {
            let n = (x ^ seed).wrapping_mul(2_654_435_761).wrapping_add(y.wrapping_mul(40_503)) ^ seed;
            image::Luma([(n >> 13).to_le_bytes()[0]])
        });
        prop_assert_eq!(named("x.png", &png(&image)).dhash, Some(slow_hash(&image)));
    }
}

#[test]
fn the_hash_sees_the_picture_and_not_its_file() {
    let photo = |scale: u32| {
        GrayImage::from_fn(16 * scale, 16 * scale, |x, y| {
            let (x, y) = (x / scale, y / scale);
            image::Luma([(x * 97 + y * 61 + x * y * 13).to_le_bytes()[0]])
        })
    };
    let small = named("a", &png(&photo(10)));
    let large = named("b", &png(&photo(40)));
    assert_ne!(small.sha256, large.sha256);
    assert_eq!(small.dhash, large.dhash);
    let mut jpeg = Cursor::new(Vec::new());
    DynamicImage::from(photo(40)).write_to(&mut jpeg, ImageFormat::Jpeg).unwrap();
    let far = (named("c", jpeg.get_ref()).dhash.unwrap() ^ large.dhash.unwrap()).count_ones();
    assert!(far <= 4, "a JPEG of the same picture is {far} bits away");
    assert_eq!(named("flat", &png(&GrayImage::new(20, 20))).dhash, Some(0));
}
