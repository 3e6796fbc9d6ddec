//! Barcodes: lines across the picture in many directions and sizes, each stretch of bars handed to the decoder.

use std::time::Instant;

use rxing::oned::{Code39Reader, Code128Reader, EAN13Reader, OneDReader as _};
use rxing::{DecodeHints, RXingResult};

use super::grey::{Grey, Line, Lines};
use super::runs::{Stretch, sharpen, stretches};
use super::votes::{Symbol, Votes};

/// Tilts that are tried, in degrees; bars are read up to two degrees off.
const TILTS: [f32; 13] = [0.0, 3.0, -3.0, 6.0, -6.0, 9.0, -9.0, 12.0, -12.0, 15.0, -15.0, 18.0, -18.0];
/// Lines across the shorter side of the picture.
const LINES: f32 = 90.0;
/// How much of a module is taken off the bars, in the order in which it is tried.
const THINNER: [f32; 3] = [0.0, 0.35, -0.35];

/// What reads bars that are told from the light.
pub struct Decoders {
    code128: Code128Reader,
    code39: Code39Reader,
    ean13: EAN13Reader,
    hints: DecodeHints,
}

/// How hard a pass tries.
#[derive(Clone, Copy)]
pub struct Pass {
    /// Lines beside each other that are averaged.
    pub taps: usize,
    /// Whether blur is undone.
    pub sharper: bool,
}

/// Reads one size of a picture, `scale` times smaller than the whole; `false` where the time was over.
pub fn scan(grey: &Grey, scale: f32, pass: Pass, until: Instant, votes: &mut Votes) -> bool {
    let mut decoders = Decoders::new();
    for turn in [0.0, 90.0] {
        for tilt in TILTS {
            if Instant::now() > until {
                return false;
            }
            direction(grey, scale, turn + tilt, pass, &mut decoders, votes);
        }
    }
    true
}

/// Every line of one direction.
fn direction(grey: &Grey, scale: f32, degrees: f32, pass: Pass, decoders: &mut Decoders, votes: &mut Votes) {
    let lines = Lines::new(grey, degrees);
    let spacing = (grey.width.min(grey.height) as f32 / LINES).max(1.5);
    let apart = (spacing / 3.0).clamp(1.0, 2.0);
    let mut line = Line::default();
    let mut off = -lines.reach();
    while off < lines.reach() {
        lines.take(grey, off, pass.taps, apart, &mut line);
        if pass.sharper {
            sharpen(&mut line.values);
        }
        for stretch in stretches(&line.values, line.from) {
            if let Some((symbol, text)) = decoders.read(&stretch) {
                let (x, y) = lines.point(stretch.middle(), off);
                let along = lines.along();
                votes.add(symbol, &text, (x * scale, y * scale), stretch.length() / 2.0 * scale, along);
            }
        }
        off += spacing;
    }
}

impl Decoders {
    pub fn new() -> Self {
        Self {
            code128: Code128Reader,
            code39: Code39Reader::with_use_check_digit(true),
            ean13: EAN13Reader,
            hints: DecodeHints::default(),
        }
    }

    pub fn read(&mut self, stretch: &Stretch) -> Option<(Symbol, String)> {
        THINNER.iter().find_map(|thinner| {
            let mut bits = stretch.bits(*thinner);
            let read = self.one_way(&bits);
            read.or_else(|| {
                bits.reverse();
                self.one_way(&bits)
            })
        })
    }

    fn one_way(&mut self, bits: &rxing::common::BitArray) -> Option<(Symbol, String)> {
        let text = |result: rxing::common::Result<RXingResult>| result.ok().map(|r| r.getText().to_owned());
        let hints = &self.hints;
        if let Some(text) = text(self.code128.decode_row(0, bits, hints)) {
            return Some((Symbol::Code128, text));
        }
        if let Some(text) = text(self.ean13.decode_row(0, bits, hints)) {
            return Some((Symbol::Ean13, text));
        }
        text(self.code39.decode_row(0, bits, hints)).map(|text| (Symbol::Code39, text))
    }
}
