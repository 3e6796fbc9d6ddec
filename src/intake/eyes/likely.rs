//! The likeliest characters behind a blurred line of bars: each position is compared with every character as blur would
//! show it between its neighbours, and the best row of characters is found without trying them all (Viterbi).

use super::alphabet::{Alphabet, Glyph};

/// Values of a module.
pub const FINE: usize = 4;

/// How far the blur of a neighbour's bar is felt, in modules; farther off, all is light.
const FELT: f32 = 3.0;

/// How bars come out on the picture, in modules.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Deviation of the blur.
    pub blur: f32,
    /// How much wider a bar is than printed: ink runs, paper shines.
    pub spread: f32,
}

/// The likeliest characters of a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Likely {
    /// Their values, the start first, without the stop.
    pub values: Vec<usize>,
    /// Mean of the squares of what is left over, of a line of 0 (light) to 1 (ink).
    pub rest: f32,
    /// By how many times the mean rest of a module another character anywhere would be worse.
    pub margin: f32,
}

/// All characters of an alphabet as one look shows them.
pub struct Shapes<'a> {
    alphabet: &'a Alphabet,
    /// Values of a character.
    size: usize,
    core: Vec<Vec<f32>>,
    /// What leaks in from the character before and after, by kind.
    before: Vec<Vec<f32>>,
    after: Vec<Vec<f32>>,
    /// Which kind a character is to the one behind it, and to the one before it.
    as_before: Vec<usize>,
    as_after: Vec<usize>,
    stop: Vec<f32>,
    /// Squares of character, before and after together.
    energy: Vec<f32>,
}

/// Between light and ink, so many modules behind an edge, blurred.
fn edge(distance: f32, blur: f32) -> f32 {
    // Abramowitz and Stegun 7.1.26: the error function to seven digits.
    let x = distance / (blur.max(0.05) * std::f32::consts::SQRT_2);
    let t = 1.0 / (1.0 + 0.327_591_1 * x.abs());
    let poly =
        t * (0.254_829_6 + t * (-0.284_496_74 + t * (1.421_413_8 + t * (-1.453_152 + t * 1.061_405_4))));
    let half = 0.5 * poly * (-x * x).exp();
    if x > 0.0 { 1.0 - half } else { half }
}

impl Look {
    /// How dark the edges of bars make a place, all in modules.
    pub fn dark(self, edges: &[f32], at: f32) -> f32 {
        let reach = self.blur * 4.0 + 0.5;
        let mut dark = 0.0;
        for bar in edges.chunks_exact(2) {
            let (from, to) = (bar[0] - self.spread / 2.0, bar[1] + self.spread / 2.0);
            if from > at + reach {
                break;
            }
            if to > at - reach {
                dark += edge(at - from, self.blur) - edge(at - to, self.blur);
            }
        }
        dark
    }

    fn line(self, edges: &[f32], size: usize) -> Vec<f32> {
        (0..size).map(|n| self.dark(edges, (n as f32 + 0.5) / FINE as f32)).collect()
    }
}

/// Whether two are equal: widths are whole or half modules.
fn same(one: [f32; 2], two: [f32; 2]) -> bool {
    one.iter().zip(two).all(|(a, b)| (a - b).abs() < 0.1)
}

/// The place of each of these among the different ones, and the different ones.
fn kinds(keys: impl Iterator<Item = [f32; 2]>) -> (Vec<usize>, Vec<[f32; 2]>) {
    let mut different: Vec<[f32; 2]> = Vec::new();
    let places = keys
        .map(|key| {
            different.iter().position(|known| same(*known, key)).unwrap_or_else(|| {
                different.push(key);
                different.len() - 1
            })
        })
        .collect();
    (places, different)
}

impl<'a> Shapes<'a> {
    pub fn new(alphabet: &'a Alphabet, look: Look) -> Self {
        let size = (alphabet.width * FINE as f32).round() as usize;
        let core: Vec<Vec<f32>> = alphabet.glyphs.iter().map(|g| look.line(&g.edges, size)).collect();
        // The last is what stands before the start: light.
        let gap = |glyph: &Glyph| alphabet.width - glyph.length();
        let tail = |glyph: &Glyph| match (gap(glyph), glyph.last_bar()) {
            (gap, _) if gap >= FELT => [FELT, 0.0],
            (gap, bar) => [gap, bar.min(FELT - gap)],
        };
        let ends = alphabet.glyphs.iter().map(tail).chain([[FELT, 0.0]]);
        let (as_before, before) = kinds(ends);
        let begins = alphabet.glyphs.iter().chain([&alphabet.stop]).map(|g| [0.0, g.first_bar().min(FELT)]);
        let (as_after, after) = kinds(begins);
        let before: Vec<Vec<f32>> = before
            .into_iter()
            .map(|[gap, bar]| if bar > 0.0 { look.line(&[-gap - bar, -gap], size) } else { vec![0.0; size] })
            .collect();
        let after: Vec<Vec<f32>> = after
            .into_iter()
            .map(|[_, bar]| look.line(&[alphabet.width, alphabet.width + bar], size))
            .collect();
        let mut energy = Vec::with_capacity(core.len() * before.len() * after.len());
        for core in &core {
            for before in &before {
                for after in &after {
                    let all = core.iter().zip(before).zip(after);
                    energy.push(all.map(|((c, b), a)| (c + b + a).powi(2)).sum());
                }
            }
        }
        let stop = look.line(&alphabet.stop.edges, (alphabet.stop.length() as usize + 2) * FINE);
        Self { alphabet, size, core, before, after, as_before, as_after, stop, energy }
    }

    /// Values that a line of so many characters and the stop has.
    pub fn length(&self, characters: usize) -> usize {
        characters * self.size + self.stop.len()
    }

    /// The likeliest characters of a line of 0 (light) to 1 (ink) that starts with the first bar.
    pub fn likeliest(&self, line: &[f32], characters: usize) -> Option<Likely> {
        if characters < 3 || line.len() < self.length(characters) {
            return None;
        }
        let (body, tail) = line.split_at(characters * self.size);
        let costs: Vec<Costs> = body.chunks_exact(self.size).map(|part| Costs::of(self, part)).collect();
        let ways = Ways::of(self, &costs, &self.stop_costs(tail));
        let (values, best, margin) = ways.best(self, &costs)?;
        let used = self.length(characters) as f32;
        let rest = (best / used).max(1e-9);
        Some(Likely { values, rest, margin: margin / (rest * FINE as f32) })
    }

    /// What the stop costs behind each kind of character.
    fn stop_costs(&self, tail: &[f32]) -> Vec<f32> {
        self.before
            .iter()
            .map(|before| {
                let leak = before.iter().copied().chain(std::iter::repeat(0.0));
                tail.iter()
                    .zip(&self.stop)
                    .zip(leak)
                    .map(|((value, stop), leak)| (value - stop - leak).powi(2))
                    .sum()
            })
            .collect()
    }

    fn allowed(&self, position: usize) -> std::ops::Range<usize> {
        if position == 0 { self.alphabet.starts.clone() } else { self.alphabet.inner.clone() }
    }
}

/// What each character costs at one position, in parts that are added up.
struct Costs {
    core: Vec<f32>,
    before: Vec<f32>,
    after: Vec<f32>,
}

impl Costs {
    fn of(shapes: &Shapes, part: &[f32]) -> Self {
        let energy: f32 = part.iter().map(|v| v * v).sum();
        let dot = |shape: &Vec<f32>| part.iter().zip(shape).map(|(a, b)| a * b).sum::<f32>() * -2.0;
        Self {
            core: shapes.core.iter().map(|shape| energy + dot(shape)).collect(),
            before: shapes.before.iter().map(dot).collect(),
            after: shapes.after.iter().map(dot).collect(),
        }
    }

    /// What a character costs between two kinds of neighbours.
    fn of_one(&self, shapes: &Shapes, value: usize, before: usize, after: usize) -> f32 {
        let kinds = (shapes.before.len(), shapes.after.len());
        let energy = shapes.energy[(value * kinds.0 + before) * kinds.1 + after];
        self.core[value] + self.before[before] + self.after[after] + energy
    }
}

/// The cheapest ways to each position and on from it, by the kinds of characters on both sides of the cut.
struct Ways {
    /// By position, kind before and kind after the cut that leads to it.
    to: Vec<Vec<f32>>,
    /// The same from the cut to the end.
    on: Vec<Vec<f32>>,
}

impl Ways {
    fn of(shapes: &Shapes, costs: &[Costs], stop: &[f32]) -> Self {
        let afters = shapes.after.len();
        let cut = |before: usize, after: usize| before * afters + after;
        let empty = || vec![f32::INFINITY; shapes.before.len() * afters];
        let (last_before, stop_after) = (shapes.as_before.len() - 1, shapes.as_after.len() - 1);
        let mut to = vec![empty()];
        for value in shapes.allowed(0) {
            to[0][cut(shapes.as_before[last_before], shapes.as_after[value])] = 0.0;
        }
        for (position, cost) in costs.iter().enumerate() {
            let mut next = empty();
            for value in shapes.allowed(position) {
                for after in 0..afters {
                    let ways = (0..shapes.before.len()).map(|before| {
                        to[position][cut(before, shapes.as_after[value])]
                            + cost.of_one(shapes, value, before, after)
                    });
                    let best = ways.fold(f32::INFINITY, f32::min);
                    let way = &mut next[cut(shapes.as_before[value], after)];
                    *way = way.min(best);
                }
            }
            to.push(next);
        }
        let mut on = vec![empty()];
        for (before, cost) in stop.iter().enumerate() {
            on[0][cut(before, shapes.as_after[stop_after])] = *cost;
        }
        for (position, cost) in costs.iter().enumerate().rev() {
            let mut earlier = empty();
            let later = &on[costs.len() - 1 - position];
            for value in shapes.allowed(position) {
                for before in 0..shapes.before.len() {
                    let ways = (0..afters).map(|after| {
                        later[cut(shapes.as_before[value], after)] + cost.of_one(shapes, value, before, after)
                    });
                    let best = ways.fold(f32::INFINITY, f32::min);
                    let way = &mut earlier[cut(before, shapes.as_after[value])];
                    *way = way.min(best);
                }
            }
            on.push(earlier);
        }
        on.reverse();
        Self { to, on }
    }

    /// The best character at each position, what all cost, and how much more another one anywhere would.
    fn best(&self, shapes: &Shapes, costs: &[Costs]) -> Option<(Vec<usize>, f32, f32)> {
        let afters = shapes.after.len();
        let mut values = Vec::with_capacity(costs.len());
        let (mut least, mut margin) = (f32::INFINITY, f32::INFINITY);
        for (position, cost) in costs.iter().enumerate() {
            let through = |value: usize| {
                let (to, on) = (&self.to[position], &self.on[position + 1]);
                let pairs = (0..shapes.before.len()).flat_map(|b| (0..afters).map(move |a| (b, a)));
                let ways = pairs.map(|(before, after)| {
                    to[before * afters + shapes.as_after[value]]
                        + cost.of_one(shapes, value, before, after)
                        + on[shapes.as_before[value] * afters + after]
                });
                ways.fold(f32::INFINITY, f32::min)
            };
            let mut ways: Vec<(f32, usize)> =
                shapes.allowed(position).map(|value| (through(value), value)).collect();
            ways.sort_by(|a, b| a.0.total_cmp(&b.0));
            let (best, value) = *ways.first()?;
            if let Some((second, _)) = ways.get(1) {
                margin = margin.min(second - best);
            }
            least = least.min(best);
            values.push(value);
        }
        (least.is_finite() && margin.is_finite()).then_some((values, least, margin))
    }
}
