//! The bars of each character of Code 128 and Code 39, as places of edges.

use std::ops::Range;

use super::votes::Symbol;

/// The characters of a symbology; all are equally wide and start with a bar.
pub struct Alphabet {
    pub symbol: Symbol,
    /// Modules of a character, the gap behind it included.
    pub width: f32,
    pub glyphs: Vec<Glyph>,
    /// Which of them may stand first.
    pub starts: Range<usize>,
    /// Which may stand between the first and the stop.
    pub inner: Range<usize>,
    pub stop: Glyph,
    /// Characters between the start's first module and the stop, at least and at most.
    pub lengths: std::ops::RangeInclusive<usize>,
}

/// A character: edges from light to dark and back, in modules from its left.
#[derive(Clone, Debug, PartialEq)]
pub struct Glyph {
    pub edges: Vec<f32>,
}

impl Glyph {
    /// From the widths of bars and gaps, a bar first. The gap behind the last bar is no edge's.
    fn new(widths: impl IntoIterator<Item = f32>) -> Self {
        let mut edges = vec![0.0];
        let mut at = 0.0;
        for width in widths {
            at += width;
            edges.push(at);
        }
        edges.truncate(edges.len() / 2 * 2);
        Self { edges }
    }

    /// Modules from its first edge to its last.
    pub fn length(&self) -> f32 {
        self.edges.last().copied().unwrap_or_default()
    }

    /// Width of the first bar.
    pub fn first_bar(&self) -> f32 {
        self.edges.get(1).copied().unwrap_or_default()
    }

    /// Width of the last bar.
    pub fn last_bar(&self) -> f32 {
        match self.edges.as_slice() {
            [.., from, to] => to - from,
            _ => 0.0,
        }
    }
}

impl Alphabet {
    /// Every symbology an IMEI is printed in; Code 39 with wide bars of two, two and a half and three narrow ones.
    pub fn all() -> Vec<Self> {
        vec![Self::code128(), Self::code39(2.0), Self::code39(2.5), Self::code39(3.0)]
    }

    /// The edges of a row of characters and the stop behind it, in modules.
    pub fn edges(&self, values: &[usize]) -> Vec<f32> {
        let glyphs = values.iter().filter_map(|value| self.glyphs.get(*value)).chain([&self.stop]);
        let placed = glyphs.enumerate();
        placed.flat_map(|(n, g)| g.edges.iter().map(move |edge| edge + n as f32 * self.width)).collect()
    }

    pub fn code128() -> Self {
        let glyph = |widths: &str| Glyph::new(widths.bytes().map(|b| f32::from(b - b'0')));
        Self {
            symbol: Symbol::Code128,
            width: 11.0,
            glyphs: CODE128.split_ascii_whitespace().map(glyph).collect(),
            starts: 103..106,
            inner: 0..103,
            stop: glyph("2331112"),
            // Fifteen digits two by two, to a serial number a character each.
            lengths: 8..=30,
        }
    }

    pub fn code39(wide: f32) -> Self {
        // Nine elements of a character, the highest bit first; a one is wide.
        let glyph =
            |bits: u16| Glyph::new((0..9).rev().map(|bit| if bits >> bit & 1 == 1 { wide } else { 1.0 }));
        Self {
            symbol: Symbol::Code39,
            width: 6.0 + 3.0 * wide + 1.0,
            glyphs: CODE39.iter().copied().map(glyph).collect(),
            starts: 43..44,
            inner: 0..43,
            stop: glyph(CODE39[43]),
            lengths: 8..=26,
        }
    }
}

/// ISO/IEC 15417, table 1: widths of bars and gaps by value, the three starts last.
const CODE128: &str = "\
212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 \
113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 \
212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 \
113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 \
314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 \
241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 \
214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 \
211232";

/// ISO/IEC 16388, table 1: wide elements by value, start and stop last.
const CODE39: [u16; 44] = [
    0x034, 0x121, 0x061, 0x160, 0x031, 0x130, 0x070, 0x025, 0x124, 0x064, 0x109, 0x049, 0x148, 0x019, 0x118,
    0x058, 0x00D, 0x10C, 0x04C, 0x01C, 0x103, 0x043, 0x142, 0x013, 0x112, 0x052, 0x007, 0x106, 0x046, 0x016,
    0x181, 0x0C1, 0x1C0, 0x091, 0x190, 0x0D0, 0x085, 0x184, 0x0C4, 0x0A8, 0x0A2, 0x08A, 0x02A, 0x094,
];
