//! How bright it is along a band, averaged over the height of its bars: noise goes, and since the pixels of a tilted
//! band fall between each other, steps finer than a pixel can be told.

use super::bands::Band;
use super::grey::{Grey, Lines};

/// Steps of a profile over the length of the band, if they are not finer than this, in pixels.
const STEPS: f32 = 1400.0;
const FINEST: f32 = 0.25;
/// How much longer than the band the profile is on each side: the light before the first bar belongs to it.
const MARGIN: f32 = 0.12;
/// Tilts around the band's that are compared, in degrees.
const TURNS: std::ops::RangeInclusive<i8> = -6..=6;
const TURN: f32 = 0.25;
/// Slices of a band that are compared with each other, to find where the bars end.
const SLICES: usize = 14;

/// Brightness along a band.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// Where the first step stands, in pixels along the line from the middle of the picture.
    pub from: f32,
    /// Pixels from one step to the next.
    pub step: f32,
    /// One value a step; what no pixel fell on lies between its neighbours.
    pub values: Vec<f32>,
    /// Sums up to each step: of weights, and of weighted values.
    sums: Vec<(f64, f64)>,
}

/// The profile of a band, and those of its halves, which share no pixel.
pub struct Profiles {
    pub lines: Lines,
    /// How far off the middle of the picture the middle of each runs.
    pub off: [f32; 2],
    pub whole: Profile,
    pub halves: [Profile; 2],
}

impl Profile {
    /// From the sums of what fell on each step; `None` where that is too little.
    pub fn new(from: f32, step: f32, fell: &[(f32, f32)]) -> Option<Self> {
        let mut values = Vec::with_capacity(fell.len());
        let mut sums = Vec::with_capacity(fell.len() + 1);
        let (mut weights, mut total) = (0.0, 0.0);
        sums.push((0.0, 0.0));
        for (weight, sum) in fell {
            weights += f64::from(*weight);
            total += f64::from(*sum);
            sums.push((weights, total));
        }
        let known = |(at, (weight, sum)): (usize, &(f32, f32))| (*weight > 1e-3).then(|| (at, sum / weight));
        let mut before = fell.iter().enumerate().find_map(known)?;
        values.resize(before.0, before.1);
        for here in fell.iter().enumerate().filter_map(known) {
            for at in values.len()..=here.0 {
                let part = (at - before.0) as f32 / (here.0 - before.0).max(1) as f32;
                values.push(before.1 + (here.1 - before.1) * part);
            }
            before = here;
        }
        values.resize(fell.len(), before.1);
        Some(Self { from, step, values, sums })
    }

    /// The mean around a place, over so many pixels.
    pub fn mean(&self, at: f32, width: f32) -> f32 {
        let place = |at: f32| ((at - self.from) / self.step + 0.5).clamp(0.0, self.values.len() as f32);
        let (low, high) = (place(at - width / 2.0), place(at + width / 2.0));
        let ((w1, s1), (w2, s2)) = (self.sum(low), self.sum(high));
        // Where next to nothing fell, what lies around it says more.
        if w2 - w1 > 0.5 {
            return ((s2 - s1) / (w2 - w1)) as f32;
        }
        let at = ((at - self.from) / self.step).max(0.0);
        let (low, part) = (at as usize, at.fract());
        let value = |at: usize| self.values.get(at).or(self.values.last()).copied().unwrap_or_default();
        value(low) + (value(low + 1) - value(low)) * part
    }

    /// The sums up to a place between two steps.
    fn sum(&self, at: f32) -> (f64, f64) {
        let (low, part) = (at as usize, f64::from(at.fract()));
        let sum = |at: usize| self.sums.get(at).or(self.sums.last()).copied().unwrap_or_default();
        let (a, b) = (sum(low), sum(low + 1));
        (a.0 + (b.0 - a.0) * part, a.1 + (b.1 - a.1) * part)
    }

    /// The same from the other end: a place `at` stands at `-at`.
    pub fn reversed(&self) -> Self {
        let last = self.from + (self.values.len().max(1) - 1) as f32 * self.step;
        let total = self.sums.last().copied().unwrap_or_default();
        Self {
            from: -last,
            step: self.step,
            values: self.values.iter().rev().copied().collect(),
            sums: self.sums.iter().rev().map(|s| (total.0 - s.0, total.1 - s.1)).collect(),
        }
    }
}

impl Profiles {
    /// How far off the middle of the picture the middle of the bars lies.
    pub fn middle(&self) -> f32 {
        f32::midpoint(self.off[0], self.off[1])
    }

    /// The same from the other end: a place `at` stands at `-at`.
    pub fn reversed(&self) -> Self {
        let halves = [self.halves[0].reversed(), self.halves[1].reversed()];
        Self { lines: self.lines, off: self.off, whole: self.whole.reversed(), halves }
    }
}

/// The profiles of a band of the whole picture.
pub fn profiles(grey: &Grey, band: &Band) -> Option<Profiles> {
    let length = band.along.1 - band.along.0;
    let along = (band.along.0 - length * MARGIN, band.along.1 + length * MARGIN);
    let band = &Band { along, ..*band };
    let (lines, band) = upright(grey, band);
    let along = band.along;
    let off = bars(grey, &lines, &band)?;
    let middle = f32::midpoint(off.0, off.1);
    let step = (length / STEPS).max(FINEST);
    let upper = gather(grey, &lines, along, (off.0, middle), step);
    let lower = gather(grey, &lines, along, (middle, off.1), step);
    let both: Vec<(f32, f32)> = upper.iter().zip(&lower).map(|(a, b)| (a.0 + b.0, a.1 + b.1)).collect();
    Some(Profiles {
        lines,
        off: [f32::midpoint(off.0, middle), f32::midpoint(middle, off.1)],
        whole: Profile::new(along.0, step, &both)?,
        halves: [Profile::new(along.0, step, &upper)?, Profile::new(along.0, step, &lower)?],
    })
}

/// What falls on each step between two lines: each pixel on the two steps it lies between.
fn gather(grey: &Grey, lines: &Lines, along: (f32, f32), off: (f32, f32), step: f32) -> Vec<(f32, f32)> {
    let mut fell = vec![(0.0_f32, 0.0_f32); ((along.1 - along.0) / step) as usize + 2];
    each(grey, lines, along, off, |at, _, value| {
        let place = (at - along.0) / step;
        let (low, part) = (place as usize, place.fract());
        if let Some([a, b]) = fell.get_mut(low..low + 2) {
            *a = (a.0 + 1.0 - part, a.1 + (1.0 - part) * value);
            *b = (b.0 + part, b.1 + part * value);
        }
    });
    fell
}

/// Calls for each pixel of a part: how far along, how far off, and its value.
fn each(grey: &Grey, lines: &Lines, along: (f32, f32), off: (f32, f32), mut call: impl FnMut(f32, f32, f32)) {
    let corners = [(along.0, off.0), (along.1, off.0), (along.0, off.1), (along.1, off.1)];
    let corners = corners.map(|(along, off)| lines.point(along, off));
    let bound = |pick: fn(&(f32, f32)) -> f32, most: usize| {
        let (low, high) =
            corners.iter().map(pick).fold((f32::MAX, f32::MIN), |(l, h), v| (l.min(v), h.max(v)));
        (low.max(0.0) as usize, ((high + 1.0).max(0.0) as usize).min(most))
    };
    let (left, right) = bound(|c| c.0, grey.width);
    let (top, bottom) = bound(|c| c.1, grey.height);
    let (cos, sin) = lines.along();
    for (y, row) in grey.pixels.chunks_exact(grey.width).enumerate().take(bottom).skip(top) {
        let (mut at, mut aside) = lines.place(left as f32 + 0.5, y as f32 + 0.5);
        for value in row.get(left..right).unwrap_or_default() {
            if aside >= off.0 && aside < off.1 && at >= along.0 && at < along.1 {
                call(at, aside, f32::from(*value));
            }
            (at, aside) = (at + cos, aside - sin);
        }
    }
}

/// The lines that run straight across the bars: those along which the averaged profile changes most;
/// and the band as it lies on them.
fn upright(grey: &Grey, band: &Band) -> (Lines, Band) {
    let step = ((band.along.1 - band.along.0) / 500.0).max(1.0);
    let centre = (f32::midpoint(band.along.0, band.along.1), f32::midpoint(band.off.0, band.off.1));
    let mut pixels = Vec::new();
    let lines = Lines::new(grey, band.degrees);
    each(grey, &lines, band.along, band.off, |at, off, value| {
        pixels.push((at - centre.0, off - centre.1, value));
    });
    // No more than needed.
    let every = pixels.len().div_ceil(60_000).max(1);
    let size = ((band.along.1 - band.along.0) / step) as usize + 2;
    let sharp: Vec<f32> = TURNS
        .map(|turn| {
            let slant = (f32::from(turn) * TURN).to_radians().tan();
            let mut fell = vec![(0.0_f32, 0.0_f32); size];
            for (at, off, value) in pixels.iter().step_by(every) {
                let place = ((at + off * slant - band.along.0 + centre.0) / step).max(0.0) as usize;
                if let Some(sum) = fell.get_mut(place) {
                    *sum = (sum.0 + 1.0, sum.1 + value);
                }
            }
            let values: Vec<f32> = fell.iter().filter(|f| f.0 > 0.5).map(|f| f.1 / f.0).collect();
            values.windows(3).map(|w| (w[2] - w[0]).powi(2)).sum()
        })
        .collect();
    let best = (0..sharp.len()).max_by(|a, b| sharp[*a].total_cmp(&sharp[*b])).unwrap_or(0);
    let around = |by: isize| sharp.get(best.wrapping_add_signed(by)).copied();
    let between = match (around(-1), around(0), around(1)) {
        (Some(a), Some(b), Some(c)) if 2.0 * b - a - c > 0.0 => (c - a) / (2.0 * (2.0 * b - a - c)),
        _ => 0.0,
    };
    let turn = best as f32 + f32::from(*TURNS.start()) + between;
    let degrees = band.degrees + turn * TURN;
    let turned = Lines::new(grey, degrees);
    let (x, y) = lines.point(centre.0, centre.1);
    let place = turned.place(x, y);
    let moved = |range: (f32, f32), by: f32| (range.0 + by, range.1 + by);
    let along = moved(band.along, place.0 - centre.0);
    (turned, Band { degrees, along, off: moved(band.off, place.1 - centre.1) })
}

/// From where to where off the middle the bars reach: slices that look like those in the middle of the band.
fn bars(grey: &Grey, lines: &Lines, band: &Band) -> Option<(f32, f32)> {
    let margin = (band.off.1 - band.off.0) * 0.3;
    let (top, bottom) = (band.off.0 - margin, band.off.1 + margin);
    let thick = (bottom - top) / SLICES as f32;
    let step = ((band.along.1 - band.along.0) / 300.0).max(1.5);
    let size = ((band.along.1 - band.along.0) / step) as usize + 1;
    let mut fell = vec![vec![(0.0_f32, 0.0_f32); size]; SLICES];
    each(grey, lines, band.along, (top, bottom), |at, off, value| {
        let (slice, place) = (((off - top) / thick) as usize, ((at - band.along.0) / step) as usize);
        if let Some(sum) = fell.get_mut(slice).and_then(|slice| slice.get_mut(place)) {
            *sum = (sum.0 + 1.0, sum.1 + value);
        }
    });
    let slices: Vec<Vec<f32>> =
        fell.iter().map(|fell| Profile::new(0.0, step, fell).map(|p| p.values)).collect::<Option<_>>()?;
    let middle: Vec<f32> =
        (0..size).map(|at| slices[SLICES / 2 - 2..SLICES / 2 + 2].iter().map(|s| s[at]).sum()).collect();
    let alike: Vec<f32> = slices.iter().map(|slice| likeness(slice, &middle)).collect();
    let least = alike[SLICES / 2].min(alike[SLICES / 2 - 1]) * 0.75;
    if least < 0.1 {
        return None;
    }
    let first = (0..SLICES / 2).rev().take_while(|n| alike[*n] >= least).last()?;
    let last = (SLICES / 2..SLICES).take_while(|n| alike[*n] >= least).last()?;
    // The outermost slices hold the ends of the bars.
    Some((top + (first as f32 + 0.3) * thick, top + (last as f32 + 0.7) * thick))
}

/// How far two lines rise and fall together: 1 is always.
fn likeness(one: &[f32], two: &[f32]) -> f32 {
    let count = one.len().max(1) as f32;
    let mean = |values: &[f32]| values.iter().sum::<f32>() / count;
    let (m1, m2) = (mean(one), mean(two));
    let (mut both, mut first, mut second) = (0.0, 0.0, 0.0);
    for (a, b) in one.iter().zip(two) {
        let (a, b) = (a - m1, b - m2);
        (both, first, second) = (both + a * b, first + a * a, second + b * b);
    }
    both / (first * second).sqrt().max(1e-6)
}
