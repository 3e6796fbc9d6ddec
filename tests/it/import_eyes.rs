//! Barcodes on photos: a sample of the set that `cargo bench --bench photos` measures, and what is no barcode.

#[path = "../photos/mod.rs"]
pub mod photos;

use latchkey::domain::{Doubt, Seen};
use latchkey::intake::{Caps, look};
use photos::{Dice, Label, Photo, Trouble};

/// What a photo is called, how the label is printed, whether it has a QR code, and what goes wrong.
type Bend = (&'static str, u64, bool, fn(&mut Trouble));

/// A good photo of a label, small: the suite is run after every change.
pub const GOOD: Trouble = Trouble {
    width: 720,
    share: 0.92,
    tilt: 0.0,
    turns: 0,
    blur: 0.4,
    noise: 3.0,
    light: 220.0,
    shade: 0.2,
    quality: 80,
};

fn read(jpeg: &[u8]) -> Seen {
    look(jpeg, Caps::default()).unwrap()
}

#[test]
fn labels_are_read_tilted_turned_blurred_dark_and_noisy() {
    // How it is printed: 0 is Code 39 with its check character, 1 Code 128 a character a digit, 5 two digits to one.
    let bends: &[Bend] = &[
        ("tilted, with a QR code", 5, true, |t| t.tilt = 15.0),
        ("blurred, on its head", 1, false, |t| (t.blur, t.turns) = (0.9, 2)),
        ("dark, noisy and squeezed", 5, false, |t| (t.light, t.noise, t.quality) = (60.0, 5.0, 45)),
        ("Code 39", 0, false, |t| t.width = 900),
    ];
    for (number, (what, way, qr, bend)) in (3..).zip(bends) {
        let mut trouble = GOOD;
        bend(&mut trouble);
        let mut dice = Dice::new(number);
        let imeis = vec![photos::imei(&mut dice)];
        let label = Label::with(imeis, format!("31234/A{number:08}"), *way, *qr);
        let seen = read(&trouble.shoot(&label, &mut dice));
        let imeis: Vec<String> = seen.imeis.iter().map(ToString::to_string).collect();
        assert_eq!(imeis, label.imeis, "{what}: {seen}");
        assert!(seen.serials.iter().all(|serial| serial.as_str() == label.serial), "{what}: {seen}");
    }
}

#[test]
fn a_photo_of_the_set_says_its_own_imei_or_nothing() {
    for number in [3, 11] {
        let photo = Photo::of(number);
        let seen = read(&photo.jpeg);
        let wrong = seen.imeis.iter().map(ToString::to_string).find(|imei| !photo.label.imeis.contains(imei));
        assert_eq!(wrong, None, "photo {number}: {:?}", photo.trouble);
    }
}

#[test]
fn what_has_no_barcode_says_nothing() {
    let flat = image::GrayImage::from_pixel(700, 500, image::Luma([180]));
    let mut dice = Dice::new(1);
    let noise =
        image::GrayImage::from_fn(300, 200, |_, _| image::Luma([u8::try_from(dice.below(256)).unwrap()]));
    let stripes = image::GrayImage::from_fn(600, 300, |x, _| image::Luma([if x % 8 < 4 { 20 } else { 230 }]));
    // Bars of any width, as a shelf of books or a fence has them, blurred a little by their grey.
    let bars: Vec<u8> = (0..120_u8)
        .flat_map(|n| std::iter::repeat_n(40 + 160 * (n % 2), 3 + usize::try_from(dice.below(9)).unwrap()))
        .collect();
    let books = image::GrayImage::from_fn(700, 300, |x, y| {
        let ink = bars.get((x as usize).saturating_sub(60)).filter(|_| x > 60 && y > 90 && y < 210);
        image::Luma([ink.copied().unwrap_or(210)])
    });
    for (what, picture) in [("flat", flat), ("noise", noise), ("stripes", stripes), ("books", books)] {
        let mut png = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut png, image::ImageFormat::Png).unwrap();
        let seen = read(&png.into_inner());
        assert!(seen.is_empty() && seen.doubt.is_none_or(|d| d == Doubt::TookTooLong), "{what}: {seen}");
    }
    assert_eq!(look(b"no picture", Caps::default()), None);
}

#[test]
fn three_boxes_on_one_photo_are_no_reading() {
    let mut dice = Dice::new(9);
    let imeis = (0..3).map(|_| photos::imei(&mut dice)).collect();
    let label = Label::with(imeis, "31234/A00000009".into(), 5, false);
    assert_eq!(read(&Trouble { width: 900, ..GOOD }.shoot(&label, &mut dice)).to_string(), "doubt:many");
}
