//! From the values along a line to runs of dark and light, and to the stretches that may be barcodes.

use rxing::common::BitArray;

/// Fewest and most bars and gaps of a stretch that may be a barcode.
const RUNS: std::ops::RangeInclusive<usize> = 40..=420;
/// Bits that the narrowest bars get.
const MODULE: f32 = 6.0;
/// Most bits of a stretch.
const MOST_BITS: f32 = 12_000.0;

/// A stretch of a line that may be a barcode: places of its edges, from dark to light and back, dark first.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    pub edges: Vec<f32>,
}

impl Stretch {
    pub fn middle(&self) -> f32 {
        f32::midpoint(self.start(), self.end())
    }

    pub fn length(&self) -> f32 {
        self.end() - self.start()
    }

    fn start(&self) -> f32 {
        self.edges.first().copied().unwrap_or_default()
    }

    fn end(&self) -> f32 {
        self.edges.last().copied().unwrap_or_default()
    }

    /// The bars in bits, with a quiet zone on both sides. `thinner` takes so much of a module off each bar (ink that
    /// ran, or a threshold that lies too high).
    pub fn bits(&self, thinner: f32) -> BitArray {
        let mut runs: Vec<f32> = self.edges.windows(2).map(|pair| pair[1] - pair[0]).collect();
        runs.sort_by(f32::total_cmp);
        let narrow = runs.get(runs.len() / 4).copied().unwrap_or(1.0).max(0.5);
        let scale = (MODULE / narrow).min(MOST_BITS / self.length().max(1.0));
        let quiet = (MODULE * 14.0) as usize;
        let size = (self.length() * scale) as usize + 2 * quiet + 2;
        let mut bits = BitArray::with_size(size);
        let shift = thinner * narrow / 2.0;
        for bar in self.edges.chunks_exact(2) {
            let from = (bar[0] + shift - self.start()) * scale;
            let to = (bar[1] - shift - self.start()) * scale;
            for bit in quiet + from.round() as usize..quiet + to.round() as usize {
                if bit < size {
                    bits.set(bit);
                }
            }
        }
        bits
    }
}

/// The stretches of a line. `from` is where its first value stands.
pub fn stretches(values: &[f32], from: f32) -> Vec<Stretch> {
    let (dark_first, edges) = edges(values);
    let mut found = Vec::new();
    // The first edge leads into the dark.
    let mut at = usize::from(dark_first);
    while at < edges.len() {
        let end = quiet_after(&edges, at);
        if RUNS.contains(&(end - at)) {
            found.push(Stretch { edges: edges[at..=end].iter().map(|edge| edge + from).collect() });
        }
        at = end + 1;
    }
    found
}

/// The edge, starting from an edge into the dark, behind which it stays light for long: the end of a barcode. It is
/// always an edge into the light.
fn quiet_after(edges: &[f32], from: usize) -> usize {
    let mut end = from + 1;
    while end + 2 < edges.len() {
        let gap = edges[end + 1] - edges[end];
        let bar = edges[end] - edges[end - 1];
        let start = end.saturating_sub(16).max(from);
        let around = (edges[end] - edges[start]) / (end - start) as f32;
        // In Code 128 a run is 1.8 modules wide on average and none wider than 4; a quiet zone has 10.
        let wide = if end - start < 8 { 5.0 } else { 3.2 };
        if gap > around * wide || bar > around * (wide + 1.3) {
            return end;
        }
        end += 2;
    }
    end.min(edges.len().saturating_sub(1))
}

/// Undoes some of the blur: what lies above its surroundings is raised, what lies below is lowered, in steps so that
/// nothing swings (van Cittert).
pub fn sharpen(values: &mut [f32]) {
    let blurred = values.to_vec();
    let mut smooth = blurred.clone();
    for _ in 0..6 {
        smooth.copy_from_slice(values);
        for _ in 0..3 {
            soften(&mut smooth);
        }
        for ((value, blurred), smooth) in values.iter_mut().zip(&blurred).zip(&smooth) {
            *value += blurred - smooth;
        }
    }
}

/// A step of blur: a quarter of each neighbour.
fn soften(values: &mut [f32]) {
    let mut before = values.first().copied().unwrap_or_default();
    for at in 0..values.len() {
        let here = values[at];
        let after = values.get(at + 1).copied().unwrap_or(here);
        values[at] = (before + 2.0 * here + after) / 4.0;
        before = here;
    }
}

/// Places where dark and light change, and whether the line starts dark. A change is where the value crosses the
/// middle between a hill and the next valley, so that neither blur nor a shadow moves it far.
fn edges(values: &[f32]) -> (bool, Vec<f32>) {
    let least = ranges(values);
    let Some(&first) = values.first() else { return (false, Vec::new()) };
    // Extremes, alternating: place and value.
    let mut turns: Vec<(usize, f32)> = Vec::new();
    let (mut high, mut low) = ((0, first), (0, first));
    let mut rising: Option<bool> = None;
    for (at, &value) in values.iter().enumerate() {
        let least = least[at / BLOCK];
        if value > high.1 {
            high = (at, value);
        }
        if value < low.1 {
            low = (at, value);
        }
        if rising != Some(false) && high.1 - value > least {
            turns.push(high);
            (rising, low) = (Some(false), (at, value));
        } else if rising != Some(true) && value - low.1 > least {
            turns.push(low);
            (rising, high) = (Some(true), (at, value));
        }
        if rising == Some(true) {
            low = (at, value);
        } else if rising == Some(false) {
            high = (at, value);
        }
    }
    match rising {
        Some(true) => turns.push(high),
        Some(false) => turns.push(low),
        None => {}
    }
    let dark_first = turns.windows(2).next().is_some_and(|pair| pair[0].1 < pair[1].1);
    let edges = turns.windows(2).map(|pair| crossing(values, pair[0], pair[1])).collect();
    (dark_first, edges)
}

/// Where the values between two turns cross the middle.
fn crossing(values: &[f32], from: (usize, f32), to: (usize, f32)) -> f32 {
    let middle = f32::midpoint(from.1, to.1);
    let side = |value: f32| value > middle;
    let start = side(from.1);
    for at in from.0..to.0 {
        let (a, b) = (values[at], values[at + 1]);
        if side(b) != start {
            return at as f32 + (middle - a) / (b - a);
        }
    }
    to.0 as f32
}

/// Values that share one estimate of the contrast.
const BLOCK: usize = 24;

/// The least change that counts as one, for each block: a part of the contrast around it, and of the line's.
fn ranges(values: &[f32]) -> Vec<f32> {
    let blocks: Vec<(f32, f32)> = values
        .chunks(BLOCK)
        .map(|block| block.iter().fold((f32::MAX, f32::MIN), |(low, high), v| (low.min(*v), high.max(*v))))
        .collect();
    let whole = blocks.iter().fold((f32::MAX, f32::MIN), |a, b| (a.0.min(b.0), a.1.max(b.1)));
    let least = ((whole.1 - whole.0) * 0.1).max(4.0);
    (0..blocks.len())
        .map(|at| {
            let near = &blocks[at.saturating_sub(2)..(at + 3).min(blocks.len())];
            let (low, high) = near.iter().fold((f32::MAX, f32::MIN), |a, b| (a.0.min(b.0), a.1.max(b.1)));
            ((high - low) * 0.16).max(least)
        })
        .collect()
}
