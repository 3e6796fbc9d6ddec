//! Rows of grey pixels, and smaller copies of them.

/// A grey picture.
#[derive(Clone)]
pub struct Grey {
    pub width: usize,
    pub height: usize,
    /// Row after row, 0 is black.
    pub pixels: Vec<u8>,
}

impl Grey {
    /// `None` where the pixels do not fill the rows.
    pub fn new(width: usize, height: usize, pixels: Vec<u8>) -> Option<Self> {
        (width > 0 && height > 0 && pixels.len() == width * height).then_some(Self { width, height, pixels })
    }

    /// The longer side, in pixels.
    pub fn longest(&self) -> usize {
        self.width.max(self.height)
    }

    /// Averaged down by a whole number.
    pub fn smaller(&self, by: usize) -> Self {
        let (width, height) = (self.width / by, self.height / by);
        let mut pixels = Vec::with_capacity(width * height);
        let mut sums = vec![0_u32; width];
        let area = u32::try_from(by * by).unwrap_or(u32::MAX);
        for rows in self.pixels.chunks_exact(self.width * by) {
            sums.fill(0);
            for row in rows.chunks_exact(self.width) {
                for (sum, part) in sums.iter_mut().zip(row.chunks_exact(by)) {
                    *sum += part.iter().map(|p| u32::from(*p)).sum::<u32>();
                }
            }
            pixels.extend(sums.iter().map(|sum| u8::try_from(sum / area).unwrap_or(u8::MAX)));
        }
        Self { width, height, pixels }
    }

    /// Paints a part white.
    pub fn blank(&mut self, from: (f32, f32), to: (f32, f32)) {
        let (left, right) = (from.0.max(0.0) as usize, (to.0.max(0.0) as usize).min(self.width));
        for row in self
            .pixels
            .chunks_exact_mut(self.width)
            .take(to.1.max(0.0) as usize)
            .skip(from.1.max(0.0) as usize)
        {
            if let Some(part) = row.get_mut(left..right) {
                part.fill(u8::MAX);
            }
        }
    }

    /// Between four pixels; the place must lie inside.
    fn between(&self, x: f32, y: f32) -> f32 {
        let (left, top) = (x as usize, y as usize);
        let (fx, fy) = (x - left as f32, y - top as f32);
        let at = top * self.width + left;
        let below = at + self.width;
        let row = |at: usize| match self.pixels.get(at..at + 2) {
            Some([a, b]) => f32::from(*a) + (f32::from(*b) - f32::from(*a)) * fx,
            _ => 0.0,
        };
        let (upper, lower) = (row(at), row(below));
        upper + (lower - upper) * fy
    }
}

/// Lines across a picture in one direction.
#[derive(Clone, Copy)]
pub struct Lines {
    /// Along the lines; of length one.
    along: (f32, f32),
    centre: (f32, f32),
    /// The corner farthest from the centre.
    reach: f32,
}

/// Values along one line.
#[derive(Default)]
pub struct Line {
    /// Where it starts, from the middle of the picture.
    pub from: f32,
    /// One value a pixel.
    pub values: Vec<f32>,
}

impl Lines {
    pub fn new(grey: &Grey, degrees: f32) -> Self {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let centre = (grey.width as f32 / 2.0, grey.height as f32 / 2.0);
        Self { along: (cos, sin), centre, reach: centre.0.hypot(centre.1) }
    }

    /// How far from the middle a line may lie.
    pub fn reach(&self) -> f32 {
        self.reach
    }

    /// The direction of the lines; of length one.
    pub fn along(&self) -> (f32, f32) {
        self.along
    }

    /// The point so far along the line that lies so far off the middle.
    pub fn point(&self, along: f32, off: f32) -> (f32, f32) {
        let (dx, dy) = self.along;
        (self.centre.0 + along * dx - off * dy, self.centre.1 + along * dy + off * dx)
    }

    /// How far along its line a point lies, and how far off the middle: the reverse of `point`.
    pub fn place(&self, x: f32, y: f32) -> (f32, f32) {
        let (dx, dy) = self.along;
        let (x, y) = (x - self.centre.0, y - self.centre.1);
        (x * dx + y * dy, y * dx - x * dy)
    }

    /// The values along the line that lies `off` the middle, each the mean of `taps` beside each other, `apart`
    /// pixels from one to the next: bars are long, noise is not.
    pub fn take(&self, grey: &Grey, off: f32, taps: usize, apart: f32, line: &mut Line) {
        line.values.clear();
        let half = (taps.saturating_sub(1)) as f32 / 2.0 * apart;
        let Some((from, to)) = self.inside(grey, off, half) else { return };
        line.from = from;
        let steps = (to - from) as usize;
        for step in 0..steps {
            let along = from + step as f32;
            let sum: f32 = (0..taps)
                .map(|tap| {
                    let (x, y) = self.point(along, off - half + tap as f32 * apart);
                    grey.between(x, y)
                })
                .sum();
            line.values.push(sum / taps as f32);
        }
    }

    /// From where to where the line, and as much on both sides, lies inside the picture.
    fn inside(&self, grey: &Grey, off: f32, half: f32) -> Option<(f32, f32)> {
        let mut range = (-self.reach, self.reach);
        for off in [off - half, off + half] {
            let start = self.point(0.0, off);
            let sides = [(start.0, self.along.0, grey.width), (start.1, self.along.1, grey.height)];
            for (start, slope, length) in sides {
                let last = length as f32 - 2.0;
                if slope.abs() < 1e-4 {
                    if start < 0.0 || start > last {
                        return None;
                    }
                    continue;
                }
                let (a, b) = (-start / slope, (last - start) / slope);
                range = (range.0.max(a.min(b)), range.1.min(a.max(b)));
            }
        }
        let range = (range.0 + 0.5, range.1 - 0.5);
        (range.1 - range.0 > 40.0).then_some(range)
    }
}
