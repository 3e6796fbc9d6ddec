//! QR codes.

use rxing::common::HybridBinarizer;
use rxing::qrcode::QRCodeReader;
use rxing::{BinaryBitmap, DecodeHints, Luma8LuminanceSource, RXingResult, Reader as _};

use super::grey::Grey;
use super::votes::{Symbol, Votes};

/// Codes that are looked for on one picture.
const MOST: usize = 4;

/// Reads the QR codes of one size of a picture; each one found is painted over and the next one looked for.
pub fn scan(grey: &Grey, scale: f32, votes: &mut Votes) {
    let mut rest = grey.clone();
    for _ in 0..MOST {
        let Some(result) = read(&rest) else { return };
        let points: Vec<(f32, f32)> = result.getPoints().iter().map(|p| (p.x, p.y)).collect();
        if points.len() < 3 {
            return;
        }
        let bounds = |pick: fn(&(f32, f32)) -> f32| {
            let (low, high) =
                points.iter().map(pick).fold((f32::MAX, f32::MIN), |(l, h), v| (l.min(v), h.max(v)));
            (low, high)
        };
        let ((left, right), (top, bottom)) = (bounds(|p| p.0), bounds(|p| p.1));
        let middle = (f32::midpoint(left, right) * scale, f32::midpoint(top, bottom) * scale);
        votes.add(Symbol::Qr, result.getText(), middle, (right - left) / 2.0 * scale, (1.0, 0.0));
        // The points are the middles of the corner marks, a sixth of the code from its edge.
        let edge = (right - left).max(bottom - top) * 0.3;
        rest.blank((left - edge, top - edge), (right + edge, bottom + edge));
    }
}

fn read(grey: &Grey) -> Option<RXingResult> {
    let (width, height) = (u32::try_from(grey.width).ok()?, u32::try_from(grey.height).ok()?);
    let source = Luma8LuminanceSource::new(grey.pixels.clone(), width, height).ok()?;
    let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
    let hints = DecodeHints { TryHarder: Some(true), ..DecodeHints::default() };
    QRCodeReader.decode_with_hints(&mut bitmap, &hints).ok()
}
