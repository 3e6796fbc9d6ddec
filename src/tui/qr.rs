//! A token as a QR code: in half blocks or pixels on the screen, as SVG in a file.

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

/// Columns and lines that the code of a token takes on the screen.
pub fn size(token: &str) -> Option<(usize, usize)> {
    let side = code(token)?.width() + 2 * QUIET_ON_SCREEN;
    Some((side, side.div_ceil(2)))
}

/// Whether a module is dark, with so many of quiet around the code.
fn dark(code: &QrCode, colours: &[Color], quiet: usize, x: usize, y: usize) -> bool {
    let (Some(x), Some(y)) = (x.checked_sub(quiet), y.checked_sub(quiet)) else { return false };
    let width = code.width();
    x < width && y < width && colours.get(y * width + x) == Some(&Color::Dark)
}

/// The code in half blocks, one character for two modules; to be drawn dark on light, or `inverted` where
/// nothing but the terminal's own light on dark is to be had.
pub fn half_blocks(token: &str, inverted: bool) -> Option<Vec<String>> {
    let code = best(token)?;
    let colours = code.to_colors();
    let side = code.width() + 2 * QUIET_ON_SCREEN;
    let dark = |x: usize, y: usize| {
        // Below the last line of an odd number there is quiet, too.
        dark(&code, &colours, QUIET_ON_SCREEN, x, y) != inverted
    };
    let lines = (0..side).step_by(2).map(|y| {
        (0..side)
            .map(|x| match (dark(x, y), dark(x, y + 1)) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            })
            .collect()
    });
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
        let lines = half_blocks(&token, false).unwrap_or_default();
        assert_eq!(size(&token), Some((lines[0].chars().count(), lines.len())));
        assert!(lines.iter().all(|l| l.chars().count() == lines[0].chars().count()));
        assert!(svg(&token).is_some_and(|s| s.contains("<svg")));
    }

    #[test]
    fn a_code_is_as_small_as_it_can_be_and_inverted_as_a_whole() {
        let token = "eyJhbGciOiJFZERTQSJ9.e30.AAAA";
        let (width, lines) = size(token).unwrap();
        assert_eq!((width, lines), (29, 15), "version 2, 25 modules and 2 of quiet around");
        let (plain, inverted) = (half_blocks(token, false).unwrap(), half_blocks(token, true).unwrap());
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
}
