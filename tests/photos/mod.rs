//! Photos of labels on boxes, made by a number: the same number makes the same photo. Bars and codes come from encoders
//! that know nothing of the decoder; what the photo went through is known, and so is whether a person could read it.

#![allow(
    dead_code,
    unused_imports,
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "places in a picture; not every test uses all of it"
)]

mod font;
mod label;

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder as _};
pub use label::{Label, imei};

/// Numbers that look random and are the same every time (splitmix64).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5DEE_CE66)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * (self.next() >> 40) as f32 / (1_u64 << 24) as f32
    }

    /// Around nought, one wide: four even ones added up.
    fn noise(&mut self) -> f32 {
        let word = self.next();
        let sum: i64 = (0..4).map(|i| (word >> (16 * i) & 0xffff) as i64).sum();
        (sum - 131_070) as f32 / 37_837.0
    }
}

/// What a photo goes through.
#[derive(Clone, Copy, Debug)]
pub struct Trouble {
    /// Width of the photo, in pixels.
    pub width: usize,
    /// How much of it the label takes.
    pub share: f32,
    /// Degrees.
    pub tilt: f32,
    /// Quarter turns, for a phone held otherwise.
    pub turns: u32,
    /// Deviation of the blur, in pixels.
    pub blur: f32,
    /// Deviation of the noise, in grey levels.
    pub noise: f32,
    /// How bright white paper comes out, of 255.
    pub light: f32,
    /// How much darker the far side is, 0 to 1.
    pub shade: f32,
    /// Quality of the JPEG.
    pub quality: u8,
}

pub struct Photo {
    pub label: Label,
    pub trouble: Trouble,
    pub jpeg: Vec<u8>,
}

impl Photo {
    /// The photo of this number.
    pub fn of(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let label = Label::of(&mut dice);
        let trouble = Trouble::of(&mut dice);
        let jpeg = trouble.shoot(&label, &mut dice);
        Self { label, trouble, jpeg }
    }

    /// Whether a person can read the digits: nine pixels high, blurred by less than a stroke, and ink to be told from
    /// the noise, which large digits bear more of. Set after the first hundred photos were looked at one by one,
    /// enlarged: a little beyond any of these, 8 and 0 are guessed.
    pub fn legible(&self) -> bool {
        let t = &self.trouble;
        let digit = t.digit_height(&self.label);
        let grain = t.noise / t.light / digit;
        let blur = t.blur / digit;
        digit >= 9.0
            && (blur <= 0.1 || blur <= 0.12 && grain <= 0.002)
            && t.light * (1.0 - t.shade) >= 18.0
            && grain <= 0.018
    }
}

impl Trouble {
    fn of(dice: &mut Dice) -> Self {
        let width = dice.between(800.0_f32.ln(), 4000.0_f32.ln()).exp() as usize;
        let share = dice.between(0.5, 0.95);
        let turns = [0, 0, 0, 0, 0, 0, 1, 2, 3][dice.below(9) as usize];
        // A hand shakes in proportion to what the sensor sees of it.
        let blur = dice.between(0.0, 1.0).powi(2) * 2.2 * (width as f32 / 1000.0).max(0.8);
        Self {
            width,
            share: if turns % 2 == 1 { share * 0.7 } else { share },
            tilt: dice.between(-15.0, 15.0),
            turns,
            blur,
            noise: dice.between(0.0, 1.0).powi(2) * 24.0,
            light: 255.0 * dice.between(0.18_f32.ln(), 0.0).exp(),
            shade: dice.between(0.0, 0.5),
            quality: 40 + dice.below(51) as u8,
        }
    }

    /// Pixels of the photo that a dot of the label takes.
    fn scale(&self, label: &Label) -> f32 {
        self.width as f32 * self.share / label.width as f32
    }

    pub fn digit_height(&self, label: &Label) -> f32 {
        self.scale(label) * label.digit as f32
    }

    /// Takes the photo: a label on a box on a table, and what happens on the way into the file.
    pub fn shoot(&self, label: &Label, dice: &mut Dice) -> Vec<u8> {
        let (width, height) = (self.width, self.width * 3 / 4);
        let scale = self.scale(label);
        let angle = (self.tilt + 90.0 * self.turns as f32).to_radians();
        let (sin, cos) = angle.sin_cos();
        let middle =
            (width as f32 / 2.0 + dice.between(-8.0, 8.0), height as f32 / 2.0 + dice.between(-8.0, 8.0));
        let (half_w, half_h) = (label.width as f32 / 2.0, label.height as f32 / 2.0);
        let grain = Grain::new(dice);
        // Enough samples that no bar falls between two of them.
        let fine = (1.6 / scale).ceil().clamp(2.0, 4.0) as usize;
        let mut out = vec![0.0_f32; width * height];
        for y in 0..height {
            for x in 0..width {
                let mut sum = 0.0;
                for sub in 0..fine * fine {
                    let sx = x as f32 + (sub % fine) as f32 / fine as f32 + 0.5 / fine as f32 - middle.0;
                    let sy = y as f32 + (sub / fine) as f32 / fine as f32 + 0.5 / fine as f32 - middle.1;
                    let (u, v) =
                        ((sx * cos + sy * sin) / scale + half_w, (sy * cos - sx * sin) / scale + half_h);
                    sum += label.at(u, v).map_or_else(|| grain.at(u, v), |ink| 0.06 + 0.9 * ink);
                }
                let shade =
                    1.0 - self.shade * (x as f32 / width as f32 * 0.6 + y as f32 / height as f32 * 0.4);
                out[y * width + x] = sum / (fine * fine) as f32 * self.light * shade;
            }
        }
        blur(&mut out, width, self.blur);
        let pixels: Vec<u8> =
            out.iter().map(|v| (v + dice.noise() * self.noise).round().clamp(0.0, 255.0) as u8).collect();
        let mut jpeg = Vec::new();
        JpegEncoder::new_with_quality(&mut jpeg, self.quality)
            .write_image(&pixels, width as u32, height as u32, ExtendedColorType::L8)
            .unwrap();
        jpeg
    }
}

/// What lies around the label: cardboard, other print, an edge of the table.
struct Grain {
    base: f32,
    bars: Vec<(f32, f32, f32, f32, f32)>,
}

impl Grain {
    fn new(dice: &mut Dice) -> Self {
        let base = dice.between(0.25, 0.8);
        let bars = (0..dice.below(8))
            .map(|_| {
                let (u, v) = (dice.between(-900.0, 2500.0), dice.between(-900.0, 2200.0));
                (u, v, u + dice.between(20.0, 600.0), v + dice.between(10.0, 200.0), dice.between(0.1, 0.9))
            })
            .collect();
        Self { base, bars }
    }

    fn at(&self, u: f32, v: f32) -> f32 {
        let on = |b: &&(f32, f32, f32, f32, f32)| u >= b.0 && u < b.2 && v >= b.1 && v < b.3;
        self.bars.iter().find(on).map_or(self.base, |bar| bar.4)
    }
}

/// Gaussian blur, one direction after the other.
fn blur(pixels: &mut [f32], width: usize, deviation: f32) {
    if deviation < 0.2 {
        return;
    }
    let reach = (deviation * 3.0).ceil() as isize;
    let mut kernel: Vec<f32> =
        (-reach..=reach).map(|i| (-0.5 * (i as f32 / deviation).powi(2)).exp()).collect();
    let sum: f32 = kernel.iter().sum();
    for k in &mut kernel {
        *k /= sum;
    }
    let height = pixels.len() / width;
    let before = pixels.to_vec();
    for (row, old) in pixels.chunks_exact_mut(width).zip(before.chunks_exact(width)) {
        for (x, out) in row.iter_mut().enumerate() {
            *out = kernel
                .iter()
                .enumerate()
                .map(|(i, k)| {
                    k * old[(x as isize + i as isize - reach).clamp(0, width as isize - 1) as usize]
                })
                .sum();
        }
    }
    let before = pixels.to_vec();
    for (y, row) in pixels.chunks_exact_mut(width).enumerate() {
        row.fill(0.0);
        for (i, k) in kernel.iter().enumerate() {
            let from = (y as isize + i as isize - reach).clamp(0, height as isize - 1) as usize;
            for (out, old) in row.iter_mut().zip(&before[from * width..(from + 1) * width]) {
                *out += k * old;
            }
        }
    }
}
