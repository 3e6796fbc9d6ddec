//! Where bars stand, and how they lean: places where all that changes, changes in one direction. Blur takes the narrow
//! bars away before the eye and before an edge; the direction of what is left stays.

use super::grey::{Grey, Lines};

/// Longest side of the picture in which bands are looked for: noise goes, and wide bars stay.
const SIZE: usize = 1600;
/// Side of the squares in which a direction is measured, in pixels.
const SQUARE: usize = 16;
/// A cell in which bars are told from text, in pixels across and along the bars.
const CELL: (f32, f32) = (12.0, 6.0);
/// Cells side by side that a band has at least.
const SHORTEST: usize = 7;
/// Directions that are tried: two boxes may lie on one photo.
const DIRECTIONS: usize = 2;
/// Bands of a picture that are looked at.
const MOST: usize = 12;

/// A place on the whole picture where bars seem to stand, seen along lines across them.
#[derive(Clone, Copy, Debug)]
pub struct Band {
    /// Direction of the lines, in degrees.
    pub degrees: f32,
    /// From where to where along the lines, in pixels from the middle of the picture.
    pub along: (f32, f32),
    /// From where to where across the lines.
    pub off: (f32, f32),
}

/// How much the brightness changes to the right and downwards, pixel by pixel.
struct Slopes {
    width: usize,
    height: usize,
    pixels: Vec<(f32, f32)>,
}

/// Sums over the slopes of a place: of squares to the right, downwards, and of products.
#[derive(Clone, Copy, Default)]
struct Sums {
    right: f32,
    down: f32,
    both: f32,
}

impl Sums {
    /// How strongly one direction prevails, and twice its angle.
    fn direction(self) -> (f32, f32) {
        let (x, y) = (self.right - self.down, 2.0 * self.both);
        (x.hypot(y), y.atan2(x))
    }
}

/// The bands of a picture, the longest first.
pub fn bands(whole: &Grey) -> Vec<Band> {
    let by = whole.longest().div_ceil(SIZE).max(1);
    let small = whole.smaller(by);
    let slopes = Slopes::of(&small);
    let mut bands: Vec<Band> = Vec::new();
    for degrees in slopes.directions() {
        let cells = Cells::of(&small, &slopes, degrees);
        bands.extend(cells.bands().into_iter().map(|(along, off)| {
            let scale = |range: (f32, f32)| (range.0 * by as f32, range.1 * by as f32);
            Band { degrees, along: scale(along), off: scale(off) }
        }));
    }
    bands.sort_by(|a, b| (b.along.1 - b.along.0).total_cmp(&(a.along.1 - a.along.0)));
    bands.truncate(MOST);
    bands
}

impl Slopes {
    fn of(grey: &Grey) -> Self {
        let (width, height) = (grey.width, grey.height);
        let mut slopes = vec![(0.0, 0.0); width * height];
        let rows = grey.pixels.windows(2 * width + 3.min(width));
        for (at, window) in rows.enumerate() {
            // A window starts at the pixel to the left above.
            let value = |at: usize| window.get(at).map_or(0.0, |v| f32::from(*v));
            if at % width + 2 >= width {
                continue;
            }
            let (upper, middle, lower) = (0, width, 2 * width);
            let right = 3.0 * (value(upper + 2) - value(upper) + value(lower + 2) - value(lower))
                + 10.0 * (value(middle + 2) - value(middle));
            let down = 3.0 * (value(lower) - value(upper) + value(lower + 2) - value(upper + 2))
                + 10.0 * (value(lower + 1) - value(upper + 1));
            if let Some(slope) = slopes.get_mut(at + width + 1) {
                *slope = (right / 32.0, down / 32.0);
            }
        }
        Self { width, height, pixels: slopes }
    }

    /// The directions that most squares share, in degrees.
    fn directions(&self) -> Vec<f32> {
        let squares: Vec<(f32, f32, f32)> = self
            .squares()
            .into_iter()
            .filter_map(|sums| {
                let (strength, twice) = sums.direction();
                let share = strength / (sums.right + sums.down).max(1.0);
                (share > 0.3).then_some((strength, twice, share))
            })
            .collect();
        let mut strengths: Vec<f32> = squares.iter().map(|s| s.0).collect();
        strengths.sort_by(f32::total_cmp);
        let strong = strengths.get(strengths.len() * 9 / 10).copied().unwrap_or_default() * 0.1;
        // Bins of two degrees over half a turn.
        let mut bins = [0.0_f32; 90];
        let bin = |twice: f32| (twice.to_degrees() / 2.0).rem_euclid(180.0) as usize / 2 % 90;
        for (strength, twice, share) in &squares {
            if *strength >= strong {
                bins[bin(*twice)] += share * share;
            }
        }
        let mut found = Vec::new();
        let mut first = 0.0;
        for _ in 0..DIRECTIONS {
            let near = |at: usize, by: usize| (0..=2 * by).map(move |n| (at + 90 + n - by) % 90);
            let sum = |at: usize| near(at, 1).map(|n| bins[n]).sum::<f32>();
            let Some(peak) = (0..90).max_by(|a, b| sum(*a).total_cmp(&sum(*b))) else { break };
            if sum(peak) <= first * 0.25 || sum(peak) <= 0.0 {
                break;
            }
            first = sum(peak).max(first);
            let close: Vec<usize> = near(peak, 2).collect();
            let (mut x, mut y) = (0.0, 0.0);
            for (strength, twice, share) in
                squares.iter().filter(|s| s.0 >= strong && close.contains(&bin(s.1)))
            {
                let weight = share * strength.sqrt();
                (x, y) = (x + weight * twice.cos(), y + weight * twice.sin());
            }
            found.push(y.atan2(x).to_degrees() / 2.0);
            for at in near(peak, 4) {
                bins[at] = 0.0;
            }
        }
        found
    }

    fn squares(&self) -> Vec<Sums> {
        let columns = self.width / SQUARE;
        let mut all = Vec::new();
        for rows in self.pixels.chunks_exact(self.width * SQUARE) {
            let mut sums = vec![Sums::default(); columns];
            for row in rows.chunks_exact(self.width) {
                for (sum, part) in sums.iter_mut().zip(row.chunks_exact(SQUARE)) {
                    for (right, down) in part {
                        sum.right += right * right;
                        sum.down += down * down;
                        sum.both += right * down;
                    }
                }
            }
            all.append(&mut sums);
        }
        all
    }
}

/// What changes along and across the lines of one direction, cell by cell.
struct Cells {
    columns: usize,
    /// Place of the first cell, from the middle of the picture.
    first: (f32, f32),
    /// Row after row: changes along the lines, and across them.
    changes: Vec<(f32, f32)>,
}

/// Columns and rows of cells: from, and one past the end.
type Part = (usize, usize);

impl Cells {
    fn of(grey: &Grey, slopes: &Slopes, degrees: f32) -> Self {
        let lines = Lines::new(grey, degrees);
        let (cos, sin) = lines.along();
        let side = |cell: f32| (2.0 * lines.reach() / cell) as usize + 2;
        let (columns, rows) = (side(CELL.0), side(CELL.1));
        let mut changes = vec![(0.0, 0.0); columns * rows];
        let first = (-lines.reach(), -lines.reach());
        for (y, row) in slopes.pixels.chunks_exact(slopes.width).enumerate().take(slopes.height) {
            let (mut along, mut off) = lines.place(0.5, y as f32 + 0.5);
            (along, off) = (along - first.0, off - first.1);
            for (right, down) in row {
                let at = (off.max(0.0) / CELL.1) as usize * columns + (along.max(0.0) / CELL.0) as usize;
                if let Some(change) = changes.get_mut(at) {
                    let (with, across) = (right * cos + down * sin, down * cos - right * sin);
                    change.0 += with * with;
                    change.1 += across * across;
                }
                (along, off) = (along + cos, off - sin);
            }
        }
        Self { columns, first, changes }
    }

    /// The bands, from where to where along and across the lines.
    fn bands(&self) -> Vec<((f32, f32), (f32, f32))> {
        let least = self.least();
        let mut open: Vec<(Part, Part)> = Vec::new();
        let mut done = Vec::new();
        for (row, cells) in self.changes.chunks_exact(self.columns).enumerate() {
            for run in runs(cells, least) {
                let joins = |band: &&mut (Part, Part)| band.1.1 + 2 > row && same(band.0, run);
                match open.iter_mut().find(joins) {
                    Some(band) => *band = ((band.0.0.min(run.0), band.0.1.max(run.1)), (band.1.0, row + 1)),
                    None => open.push((run, (row, row + 1))),
                }
            }
            let (still, over) = open.into_iter().partition(|band| band.1.1 + 2 > row);
            open = still;
            done.extend::<Vec<_>>(over);
        }
        done.append(&mut open);
        done.into_iter()
            .filter(|(_, rows)| rows.1 - rows.0 >= 2)
            .map(|(columns, rows)| {
                let place = |part: Part, first: f32, cell: f32| {
                    (first + part.0 as f32 * cell, first + part.1 as f32 * cell)
                };
                (place(columns, self.first.0, CELL.0), place(rows, self.first.1, CELL.1))
            })
            .collect()
    }

    /// The least change that counts: a part of what the strongest cells have.
    fn least(&self) -> f32 {
        let mut strong: Vec<f32> = self.changes.iter().map(|c| c.0 - c.1).filter(|d| *d > 0.0).collect();
        strong.sort_by(f32::total_cmp);
        strong.get(strong.len() * 98 / 100).copied().unwrap_or_default() * 0.03
    }
}

/// Cells side by side in which bars seem to stand.
fn runs(cells: &[(f32, f32)], least: f32) -> Vec<Part> {
    let bars = |at: usize| {
        let near = cells.get(at.saturating_sub(1)..(at + 2).min(cells.len())).unwrap_or_default();
        let (with, across) = near.iter().fold((0.0, 0.0), |sum, c| (sum.0 + c.0, sum.1 + c.1));
        with > 2.0 * across && with - across > least * near.len() as f32
    };
    let mut found: Vec<Part> = Vec::new();
    for at in (0..cells.len()).filter(|at| bars(*at)) {
        match found.last_mut() {
            Some(run) if run.1 + 1 >= at => run.1 = at + 1,
            _ => found.push((at, at + 1)),
        }
    }
    found.retain(|run| run.1 - run.0 >= SHORTEST);
    found
}

/// Whether two runs lie over each other and are about as long.
fn same(one: Part, two: Part) -> bool {
    let shared = one.1.min(two.1).saturating_sub(one.0.max(two.0));
    shared * 10 >= (one.1 - one.0).max(two.1 - two.0) * 6
}
