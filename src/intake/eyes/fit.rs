//! Where on a profile the modules of a symbol lie, how dark its ink is and how blurred its bars: first guessed from its
//! start and its stop, which are known, then fitted to the characters that were found.

use super::alphabet::Alphabet;
use super::likely::{FINE, Look};
use super::profile::Profile;

/// Light before the first and behind the last bar that belongs to a symbol, in modules.
const QUIET: f32 = 3.0;

/// Where the modules of a symbol lie along a profile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Where the first bar starts.
    pub from: f32,
    /// Pixels of a module.
    pub module: f32,
    /// How far the middle of the symbol lies before where it would be if all modules were alike, in modules.
    pub bow: f32,
    /// Modules of the symbol.
    pub modules: f32,
}

impl Place {
    /// The place of a module on the profile.
    fn at(&self, module: f32) -> f32 {
        let part = module / self.modules;
        self.from + self.module * (module - self.bow * 4.0 * part * (1.0 - part))
    }

    /// The module at a place of the profile.
    fn module_at(&self, at: f32) -> f32 {
        let module = (at - self.from) / self.module;
        let part = module / self.modules;
        module + self.bow * 4.0 * part * (1.0 - part)
    }
}

/// How bright paper is, and how much darker ink, at the first module and at the last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Levels {
    pub paper: (f32, f32),
    pub ink: (f32, f32),
}

impl Levels {
    /// From what lies on both sides of the symbol, and the darkest of what lies between.
    pub fn around(profile: &Profile, from: f32, to: f32, module: f32) -> Self {
        let paper =
            (profile.mean(from - 2.5 * module, 3.0 * module), profile.mean(to + 2.5 * module, 3.0 * module));
        let steps = ((to - from) / module) as usize * 2;
        let mut dark: Vec<f32> = (0..steps.max(1))
            .map(|n| {
                let part = (n as f32 + 0.5) / steps as f32;
                let light = paper.0 + (paper.1 - paper.0) * part;
                1.0 - profile.mean(from + (to - from) * part, module * 0.7) / light.max(1.0)
            })
            .collect();
        dark.sort_by(f32::total_cmp);
        let ink = dark.get(dark.len() * 96 / 100).copied().unwrap_or_default().max(0.02);
        Self { paper, ink: (paper.0 * ink, paper.1 * ink) }
    }

    /// 0 is paper, 1 ink.
    fn dark(&self, value: f32, part: f32) -> f32 {
        let paper = self.paper.0 + (self.paper.1 - self.paper.0) * part;
        let ink = self.ink.0 + (self.ink.1 - self.ink.0) * part;
        (paper - value) / ink.max(1.0)
    }
}

/// All that is known of how a symbol stands on a profile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    pub place: Place,
    pub levels: Levels,
    pub look: Look,
    /// The part of all change that the characters explain: 1 is all.
    pub share: f32,
}

impl Fit {
    /// The symbol's values, `FINE` to a module, of 0 (paper) to 1 (ink).
    pub fn line(&self, profile: &Profile, size: usize) -> Vec<f32> {
        let width = self.place.module / FINE as f32;
        (0..size)
            .map(|n| {
                let module = (n as f32 + 0.5) / FINE as f32;
                let value = profile.mean(self.place.at(module), width);
                self.levels.dark(value, module / self.place.modules)
            })
            .collect()
    }

    /// Fitted to the edges of the characters found so far (Gauss-Newton; levels are solved for outright).
    pub fn fitted(&self, profile: &Profile, edges: &[f32]) -> Self {
        let samples = Samples::of(profile, &self.place);
        let mut best = self.measured(&samples, edges);
        let mut damp = 1e-3;
        for _ in 0..8 {
            let Some(step) = best.0.step(&best.1, &samples, edges, damp) else { break };
            let next = best.0.moved(step).measured(&samples, edges);
            let gain = next.0.share - best.0.share;
            if gain > 0.0 {
                best = next;
                damp *= 0.3;
                if gain < 1e-5 {
                    break;
                }
            } else {
                damp *= 10.0;
            }
        }
        best.0
    }

    /// A fit with the best levels for its place and look, and what they leave over.
    fn measured(mut self, samples: &Samples, edges: &[f32]) -> (Self, Vec<f32>) {
        let mut normal = [[0.0_f64; 5]; 4];
        let rows: Vec<([f32; 4], f32)> = samples
            .0
            .iter()
            .map(|(at, value)| {
                let module = self.place.module_at(*at);
                let part = module / self.place.modules;
                let dark = self.look.dark(edges, module);
                ([1.0, part, dark, dark * part], *value)
            })
            .collect();
        for (row, value) in &rows {
            for (one, line) in normal.iter_mut().enumerate() {
                for (two, sum) in line.iter_mut().enumerate() {
                    *sum += f64::from(row[one]) * f64::from(*row.get(two).unwrap_or(value));
                }
            }
        }
        let Some(levels) = solve(normal) else {
            self.share = f32::NEG_INFINITY;
            return (self, Vec::new());
        };
        let levels = levels.map(|v| v as f32);
        let rest: Vec<f32> = rows
            .iter()
            .map(|(row, value)| value - row.iter().zip(levels).map(|(a, b)| a * b).sum::<f32>())
            .collect();
        let [paper, paper_slope, dark, dark_slope] = levels;
        self.levels = Levels { paper: (paper, paper + paper_slope), ink: (-dark, -dark - dark_slope) };
        let mean = samples.0.iter().map(|s| s.1).sum::<f32>() / samples.0.len().max(1) as f32;
        let all: f32 = samples.0.iter().map(|s| (s.1 - mean).powi(2)).sum();
        self.share = 1.0 - rest.iter().map(|r| r * r).sum::<f32>() / all.max(1e-3);
        (self, rest)
    }

    fn moved(mut self, by: [f32; 5]) -> Self {
        self.place.from += by[0] * self.place.module;
        // What the end moves by, in modules.
        self.place.module *= 1.0 + by[1] / self.place.modules;
        self.place.bow = (self.place.bow + by[2]).clamp(-2.0, 2.0);
        self.look.blur = (self.look.blur + by[3]).clamp(0.12, 1.4);
        self.look.spread = (self.look.spread + by[4]).clamp(-0.4, 0.4);
        self
    }

    /// Which way to move for less rest.
    fn step(&self, rest: &[f32], samples: &Samples, edges: &[f32], damp: f64) -> Option<[f32; 5]> {
        const BY: f32 = 0.02;
        let slopes: Vec<Vec<f32>> = (0..5)
            .map(|which| {
                let mut by = [0.0; 5];
                by[which] = BY;
                let moved = self.moved(by).measured(samples, edges).1;
                rest.iter().zip(&moved).map(|(a, b)| (b - a) / BY).collect()
            })
            .collect();
        let mut normal = [[0.0_f64; 6]; 5];
        for (one, line) in normal.iter_mut().enumerate() {
            for (two, sum) in line.iter_mut().enumerate() {
                let other = slopes.get(two).map_or(rest, Vec::as_slice);
                *sum = slopes[one].iter().zip(other).map(|(a, b)| f64::from(a * b)).sum();
            }
            line[one] += line[one] * damp + 1e-6;
            line[5] = -line[5];
        }
        // Half a module at once, not more: farther off other edges are meant.
        solve(normal).map(|by| by.map(|v| (v as f32).clamp(-0.5, 0.5)))
    }
}

/// Places on a profile and how bright it is there.
struct Samples(Vec<(f32, f32)>);

impl Samples {
    fn of(profile: &Profile, place: &Place) -> Self {
        const OF_MODULE: f32 = 5.0;
        let count = ((place.modules + 2.0 * QUIET) * OF_MODULE) as usize;
        let sample = |n: usize| {
            let at = place.at((n as f32 + 0.5) / OF_MODULE - QUIET);
            (at, profile.mean(at, place.module / OF_MODULE))
        };
        Self((0..count).map(sample).collect())
    }
}

/// Equations, each with its right side last, solved; `None` where they say too little.
fn solve<const N: usize, const M: usize>(mut rows: [[f64; M]; N]) -> Option<[f64; N]> {
    for at in 0..N {
        let pivot = (at..N).max_by(|a, b| rows[*a][at].abs().total_cmp(&rows[*b][at].abs()))?;
        rows.swap(at, pivot);
        let first = rows[at];
        if first[at].abs() < 1e-9 {
            return None;
        }
        for (_, row) in rows.iter_mut().enumerate().filter(|(other, _)| *other != at) {
            let times = row[at] / first[at];
            for (value, above) in row.iter_mut().zip(&first) {
                *value -= times * above;
            }
        }
    }
    let mut found = [0.0; N];
    for (at, value) in found.iter_mut().enumerate() {
        *value = rows[at][M - 1] / rows[at][at];
    }
    found.iter().all(|v| v.is_finite()).then_some(found)
}

/// How a symbol may stand on a profile.
#[derive(Clone, Debug)]
pub struct Guess {
    /// Which alphabet of those given.
    pub alphabet: usize,
    /// Characters, the start included and the stop not.
    pub characters: usize,
    pub fit: Fit,
    /// How badly its start and stop fit.
    pub cost: f32,
}

/// Blurs that are tried, in modules.
const BLURS: [f32; 4] = [0.35, 0.55, 0.75, 0.95];
/// How far the first and the last edge may be mistaken, in quarters of a module.
const OFF: i8 = 6;
/// Narrowest module that can be told, in pixels.
const NARROWEST: f32 = 0.9;

/// The ways a symbol may stand between these places, the best first.
pub fn guesses(profile: &Profile, from: f32, to: f32, alphabets: &[Alphabet], most: usize) -> Vec<Guess> {
    let mut guesses = Vec::new();
    for (alphabet, letters) in alphabets.iter().enumerate() {
        for characters in letters.lengths.clone() {
            let modules = characters as f32 * letters.width + letters.stop.length();
            let module = (to - from) / modules;
            if module < NARROWEST {
                break;
            }
            let place = Place { from, module, bow: 0.0, modules };
            guesses.extend(guess(profile, &place, letters).map(|(fit, cost)| Guess {
                alphabet,
                characters,
                fit,
                cost,
            }));
        }
    }
    guesses.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    guesses.truncate(most);
    guesses
}

/// The best place and blur near this one by start and stop alone.
fn guess(profile: &Profile, place: &Place, letters: &Alphabet) -> Option<(Fit, f32)> {
    let to = place.at(place.modules);
    let levels = Levels::around(profile, place.from, to, place.module);
    let starts: Vec<&[f32]> =
        letters.glyphs[letters.starts.clone()].iter().map(|g| g.edges.as_slice()).collect();
    // What a neighbour leaks into is left out.
    let front = (-QUIET, letters.width - 2.0);
    let back = (2.0, letters.stop.length() + QUIET);
    let first = place.modules - letters.stop.length();
    let mut best: Option<(Fit, f32)> = None;
    for blur in BLURS {
        let look = Look { blur, spread: 0.0 };
        let match_at = |edges: &[&[f32]], range: (f32, f32), base: f32| {
            let shapes: Vec<Vec<f32>> =
                edges.iter().map(|e| steps(range).map(|t| look.dark(e, t)).collect()).collect();
            (-OFF..=OFF)
                .flat_map(|off| {
                    let shift = f32::from(off) / 4.0;
                    let seen: Vec<f32> = steps(range)
                        .map(|t| {
                            let module = t + base + shift;
                            let value = profile.mean(place.at(module), place.module / 2.0);
                            levels.dark(value, module / place.modules)
                        })
                        .collect();
                    shapes
                        .iter()
                        .map(move |shape| {
                            let cost: f32 = shape.iter().zip(&seen).map(|(a, b)| (a - b).powi(2)).sum();
                            (cost / seen.len() as f32, shift)
                        })
                        .collect::<Vec<_>>()
                })
                .min_by(|a, b| a.0.total_cmp(&b.0))
        };
        let (start, stop) = (match_at(&starts, front, 0.0)?, match_at(&[&letters.stop.edges], back, first)?);
        let cost = start.0 + stop.0;
        if best.is_none_or(|best| cost < best.1) {
            let module = place.module * (1.0 + (stop.1 - start.1) / place.modules);
            let from = place.from + start.1 * place.module;
            let place = Place { from, module, ..*place };
            best = Some((Fit { place, levels, look, share: 0.0 }, cost));
        }
    }
    best
}

/// Half modules of a range.
fn steps(range: (f32, f32)) -> impl Iterator<Item = f32> {
    let count = ((range.1 - range.0) * 2.0) as usize;
    (0..count).map(move |n| range.0 + 0.25 + n as f32 * 0.5)
}
