//! A token as a QR code: in half blocks or pixels on the screen, as SVG in a file.
//!
//! A grant of one person is some 900 bytes: version 21 with the least correction, 101 modules square. In sixths and with
//! two modules of quiet that is 53 columns and 35 lines. No character holds more than four modules one above the other, so
//! the 24 lines of a small window end at 96: there the window says what it needs, and the code is saved as a picture.

use image::{GrayImage, Luma};
use qrcode::{Color, EcLevel, QrCode};

/// Modules of white around the code in a picture (ISO/IEC 18004 asks for four).
const QUIET: usize = 4;
/// Around one on the screen, where every line counts; scanners do with two.
const QUIET_ON_SCREEN: usize = 2;
/// Pixels of a module, at least: finer ones cannot be told apart from a screen.
const LEAST_PIXELS: u32 = 2;

/// The code of a token with the least correction, which makes it smallest.
fn code(token: &str) -> Option<QrCode> {
    QrCode::with_error_correction_level(token.as_bytes(), EcLevel::L).ok()
}

/// The code with as much correction as does not make it larger.
fn best(token: &str) -> Option<QrCode> {
    let least = code(token)?;
    let better = [EcLevel::H, EcLevel::Q, EcLevel::M].into_iter();
    let mut better = better.filter_map(|ec| QrCode::with_error_correction_level(token.as_bytes(), ec).ok());
    better.find(|code| code.width() == least.width()).or(Some(least))
}

/// How a code is drawn in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// Two modules a character, which every font has.
    Half,
    /// Six, in the sextants of Unicode 13, which most terminals draw themselves.
    Sixth,
}

impl Grain {
    /// Modules across and down a character.
    const fn modules(self) -> (usize, usize) {
        match self {
            Self::Half => (1, 2),
            Self::Sixth => (2, 3),
        }
    }

    /// The character whose parts are dark, from the top left to the bottom right.
    fn glyph(self, parts: u32) -> char {
        match (self, parts) {
            (_, 0) => ' ',
            (Self::Half, 1) => '▀',
            (Self::Half, 2) => '▄',
            (Self::Half, 3..) | (Self::Sixth, 63) => '█',
            // Two of them stood in Unicode before, elsewhere.
            (Self::Sixth, 21) => '▌',
            (Self::Sixth, 42) => '▐',
            (Self::Sixth, n) => {
                char::from_u32(0x1_FB00 + n - 1 - u32::from(n > 21) - u32::from(n > 42)).unwrap_or(' ')
            }
        }
    }
}

/// Columns and lines that the code of a token takes on the screen.
pub fn size(token: &str, grain: Grain) -> Option<(usize, usize)> {
    let side = code(token)?.width() + 2 * QUIET_ON_SCREEN;
    let (across, down) = grain.modules();
    Some((side.div_ceil(across), side.div_ceil(down)))
}

/// The coarsest way of drawing the code that fits into so many columns and lines.
pub fn fitting(token: &str, width: usize, height: usize) -> Option<Grain> {
    let fits = |grain: &Grain| size(token, *grain).is_some_and(|(w, h)| w <= width && h <= height);
    [Grain::Half, Grain::Sixth].into_iter().find(fits)
}

/// Whether a module is dark, with so many of quiet around the code.
fn dark(code: &QrCode, colours: &[Color], quiet: usize, x: usize, y: usize) -> bool {
    let (Some(x), Some(y)) = (x.checked_sub(quiet), y.checked_sub(quiet)) else { return false };
    let width = code.width();
    x < width && y < width && colours.get(y * width + x) == Some(&Color::Dark)
}

/// The code in characters; to be drawn dark on light, or `inverted` where nothing but the terminal's own light on
/// dark is to be had.
pub fn blocks(token: &str, grain: Grain, inverted: bool) -> Option<Vec<String>> {
    let code = best(token)?;
    let colours = code.to_colors();
    let side = code.width() + 2 * QUIET_ON_SCREEN;
    let dark = |x: usize, y: usize| {
        // Below the last line of an odd number there is quiet, too.
        dark(&code, &colours, QUIET_ON_SCREEN, x, y) != inverted
    };
    let (across, down) = grain.modules();
    let glyph = |x: usize, y: usize| {
        let places = (0..down).flat_map(|dy| (0..across).map(move |dx| (x + dx, y + dy)));
        let parts = places.enumerate().map(|(n, (x, y))| u32::from(dark(x, y)) << n).sum();
        grain.glyph(parts)
    };
    let lines = (0..side).step_by(down).map(|y| (0..side).step_by(across).map(|x| glyph(x, y)).collect());
    Some(lines.collect())
}

/// The code as a picture of at most so many pixels, each module a whole number of them; `None` where they would
/// be too fine.
pub fn picture(token: &str, most: u32) -> Option<GrayImage> {
    let code = best(token)?;
    let colours = code.to_colors();
    let side = code.width() + 2 * QUIET;
    let each = most / u32::try_from(side).ok()?;
    if each < LEAST_PIXELS {
        return None;
    }
    let pixels = each * u32::try_from(side).ok()?;
    let module = |n: u32| usize::try_from(n / each).unwrap_or(0);
    Some(GrayImage::from_fn(pixels, pixels, |x, y| {
        Luma([if dark(&code, &colours, QUIET, module(x), module(y)) { 0 } else { 255 }])
    }))
}

/// The code as an SVG picture.
pub fn svg(token: &str) -> Option<String> {
    Some(best(token)?.render::<qrcode::render::svg::Color<'_>>().min_dimensions(400, 400).build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_as_wide_as_the_code() {
        let token = "a".repeat(900);
        let lines = blocks(&token, Grain::Half, false).unwrap_or_default();
        assert_eq!(size(&token, Grain::Half), Some((lines[0].chars().count(), lines.len())));
        assert!(lines.iter().all(|l| l.chars().count() == lines[0].chars().count()));
        assert!(svg(&token).is_some_and(|s| s.contains("<svg")));
    }

    #[test]
    fn a_code_is_as_small_as_it_can_be_and_inverted_as_a_whole() {
        let token = "eyJhbGciOiJFZERTQSJ9.e30.AAAA";
        let (width, lines) = size(token, Grain::Half).unwrap();
        assert_eq!((width, lines), (29, 15), "version 2, 25 modules and 2 of quiet around");
        let (plain, inverted) =
            (blocks(token, Grain::Half, false).unwrap(), blocks(token, Grain::Half, true).unwrap());
        for (a, b) in plain.iter().zip(&inverted) {
            for (a, b) in a.chars().zip(b.chars()) {
                let other = match a {
                    '█' => ' ',
                    ' ' => '█',
                    '▀' => '▄',
                    _ => '▀',
                };
                assert_eq!(b, other);
            }
        }
        let picture = picture(token, 100).unwrap();
        assert_eq!(picture.dimensions(), (99, 99), "33 modules of 3 pixels");
        assert_eq!(picture.get_pixel(0, 0), &Luma([255]));
        assert_eq!(picture.get_pixel(12, 12), &Luma([0]), "the corner of a finder");
        assert!(super::picture(token, 50).is_none());
    }

    /// What the characters show, taken apart into modules again, is the code.
    #[test]
    fn sixths_show_the_same_modules_as_halves() {
        let token = "eyJhbGciOiJFZERTQSJ9.".repeat(40);
        let modules = |grain: Grain| {
            let (across, down) = grain.modules();
            let all: Vec<u32> = (0..1 << (across * down)).collect();
            let lines = blocks(&token, grain, false).unwrap();
            let mut dark = std::collections::BTreeSet::new();
            for (y, line) in lines.iter().enumerate() {
                for (x, c) in line.chars().enumerate() {
                    let parts = *all.iter().find(|n| grain.glyph(**n) == c).unwrap();
                    for n in (0..across * down).filter(|n| parts & 1 << n != 0) {
                        dark.insert((x * across + n % across, y * down + n / across));
                    }
                }
            }
            dark
        };
        assert_eq!(modules(Grain::Half), modules(Grain::Sixth));
        assert_eq!(Grain::Sixth.glyph(62), '\u{1fb3b}');
        let (w, h) = size(&token, Grain::Sixth).unwrap();
        assert_eq!(fitting(&token, 2 * w, 200), Some(Grain::Half));
        assert_eq!(fitting(&token, w, h), Some(Grain::Sixth));
        assert_eq!(fitting(&token, w, h - 1), None);
    }
}
