//! A token as a QR code: in half blocks on the screen, as SVG in a file.

use qrcode::{Color, EcLevel, QrCode};

/// Modules of white around the code (ISO/IEC 18004 asks for four).
const QUIET: usize = 4;

fn code(token: &str) -> Option<QrCode> {
    QrCode::with_error_correction_level(token.as_bytes(), EcLevel::L).ok()
}

/// Columns and lines that the code of a token takes on the screen.
pub fn size(token: &str) -> Option<(usize, usize)> {
    let side = code(token)?.width() + 2 * QUIET;
    Some((side, side.div_ceil(2)))
}

/// The code in half blocks, one character for two modules; to be drawn dark on light.
pub fn half_blocks(token: &str) -> Option<Vec<String>> {
    let code = code(token)?;
    let (width, colours) = (code.width(), code.to_colors());
    let dark = |x: usize, y: usize| {
        let (Some(x), Some(y)) = (x.checked_sub(QUIET), y.checked_sub(QUIET)) else { return false };
        x < width && y < width && colours.get(y * width + x) == Some(&Color::Dark)
    };
    let side = width + 2 * QUIET;
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

/// The code as an SVG picture.
pub fn svg(token: &str) -> Option<String> {
    Some(code(token)?.render::<qrcode::render::svg::Color<'_>>().min_dimensions(400, 400).build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_as_wide_as_the_code() {
        let token = "a".repeat(900);
        let lines = half_blocks(&token).unwrap_or_default();
        assert_eq!(size(&token), Some((lines[0].chars().count(), lines.len())));
        assert!(lines.iter().all(|l| l.chars().count() == lines[0].chars().count()));
        assert!(svg(&token).is_some_and(|s| s.contains("<svg")));
    }
}
