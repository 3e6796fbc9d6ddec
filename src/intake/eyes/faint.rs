//! Barcodes whose bars are too blurred or too noisy for their edges to be measured: bands of bars are found by
//! direction, averaged over their height, and the likeliest characters are asked for instead of edges. The decoder then
//! reads those characters as if they had been printed: their checksum is its own to see.

use std::time::Instant;

use super::alphabet::Alphabet;
use super::bands::bands;
use super::fit::{Fit, Guess, guesses};
use super::grey::Grey;
use super::likely::{Likely, Shapes};
use super::profile::{Profile, Profiles, profiles};
use super::runs::{Stretch, stretches};
use super::scan::Decoders;
use super::texts::has_imei;
use super::votes::{Symbol, Votes};

/// Steps over a profile in which the light around bars is looked for: in few steps noise does not look like bars.
const PITCHES: [f32; 3] = [900.0, 500.0, 300.0];
/// Ways to stand that are followed up.
const GUESSES: usize = 6;
/// Times that characters are looked for and their place is fitted to them.
const ROUNDS: usize = 5;
/// The part of all change that must be explained after the first round, and at last.
const HOPEFUL: f32 = 0.6;
const EXPLAINED: f32 = 0.85;
/// By how many times the rest of a module any other character must be worse.
const MARGIN: f32 = 8.0;

/// Characters on a profile, and how they stand there.
#[derive(Clone, Debug)]
struct Found {
    fit: Fit,
    likely: Likely,
}

impl Found {
    /// Whether next to nothing is left over, and no other character would do anywhere.
    fn is_certain(&self) -> bool {
        self.fit.share >= EXPLAINED && self.likely.margin >= MARGIN
    }
}

/// Reads what the bands of a picture say, those that nothing was read on; `false` where the time was over.
pub fn scan(whole: &Grey, until: Instant, votes: &mut Votes) -> bool {
    let mut reader = Reader::new(until);
    for band in bands(whole) {
        if Instant::now() > until {
            return false;
        }
        let Some(profiles) = profiles(whole, &band) else { continue };
        for (from, to) in spans(&profiles.whole) {
            let (x, y) = profiles.lines.point(f32::midpoint(from, to), profiles.middle());
            if votes.near((x, y)) {
                continue;
            }
            let Some((symbol, text)) = reader.either_way(&profiles, (from, to)) else { continue };
            // Two lines that agree, as everywhere: the halves share no pixel.
            for off in profiles.off {
                let at = profiles.lines.point(f32::midpoint(from, to), off);
                votes.add(symbol, &text, at, (to - from) / 2.0, profiles.lines.along());
            }
        }
    }
    true
}

/// From where to where something on a profile may be a barcode; no more than a few ways to see it.
fn spans(profile: &Profile) -> Vec<(f32, f32)> {
    let length = profile.step * profile.values.len() as f32;
    let mut spans: Vec<(f32, f32)> = Vec::new();
    for pitch in PITCHES.map(|part| (length / part).max(1.0)) {
        let count = (length / pitch) as usize;
        let values: Vec<f32> =
            (0..count).map(|n| profile.mean(profile.from + n as f32 * pitch, pitch * 1.5)).collect();
        for Stretch { edges } in stretches(&values, 0.0) {
            let (Some(first), Some(last)) = (edges.first(), edges.last()) else { continue };
            let span = (profile.from + first * pitch, profile.from + last * pitch);
            // A guess moves both ends by more than this.
            let near = |other: &&(f32, f32)| {
                (other.0 - span.0).abs().max((other.1 - span.1).abs()) < (span.1 - span.0) * 0.004
            };
            if !spans.iter().any(|other| near(&other)) {
                spans.push(span);
            }
        }
    }
    spans
}

/// Reads profiles until the time is over.
struct Reader {
    alphabets: Vec<Alphabet>,
    decoders: Decoders,
    until: Instant,
}

impl Reader {
    fn new(until: Instant) -> Self {
        Self { alphabets: Alphabet::all(), decoders: Decoders::new(), until }
    }

    /// The text between two places, from left to right or from right to left.
    fn either_way(&mut self, profiles: &Profiles, (from, to): (f32, f32)) -> Option<(Symbol, String)> {
        self.read(profiles, (from, to)).or_else(|| self.read(&profiles.reversed(), (-to, -from)))
    }

    /// The text between two places, if the whole height of the bars and both halves of it, each for itself, say the
    /// same.
    fn read(&mut self, profiles: &Profiles, span: (f32, f32)) -> Option<(Symbol, String)> {
        for guess in guesses(&profiles.whole, span.0, span.1, &self.alphabets, GUESSES) {
            if Instant::now() > self.until {
                return None;
            }
            let alphabet = self.alphabets.get(guess.alphabet)?;
            let found = settle(&profiles.whole, &guess, alphabet).filter(Found::is_certain);
            let Some(found) = found else { continue };
            let agrees = profiles.halves.iter().all(|half| {
                let guess = Guess { fit: found.fit, ..guess.clone() };
                let here = settle(half, &guess, alphabet).filter(Found::is_certain);
                here.is_some_and(|here| here.likely.values == found.likely.values)
            });
            if agrees {
                let stretch = Stretch { edges: alphabet.edges(&found.likely.values) };
                return self.decoders.read(&stretch).filter(|(symbol, text)| {
                    // Code 39 from behind is a row of other characters that fits nearly as well; no digit is among them.
                    *symbol == alphabet.symbol && (*symbol != Symbol::Code39 || has_imei(text))
                });
            }
        }
        None
    }
}

/// Characters and their place, each found by the other in turns.
fn settle(profile: &Profile, guess: &Guess, alphabet: &Alphabet) -> Option<Found> {
    let mut fit = guess.fit;
    let mut last: Option<Likely> = None;
    for round in 0..ROUNDS {
        let shapes = Shapes::new(alphabet, fit.look);
        let likely =
            shapes.likeliest(&fit.line(profile, shapes.length(guess.characters)), guess.characters)?;
        if last.as_ref().is_some_and(|last| last.values == likely.values) {
            return Some(Found { fit, likely });
        }
        fit = fit.fitted(profile, &alphabet.edges(&likely.values));
        if fit.share < HOPEFUL + 0.05 * round as f32 {
            return None;
        }
        last = Some(likely);
    }
    None
}

#[cfg(test)]
mod tests {
    use barcoders::sym::code39::Code39;
    use barcoders::sym::code128::Code128;

    use super::super::grey::Lines;
    use super::*;

    /// What a profile goes through: pixels of a module, blur in modules, noise of the averaged line (of 255), how much
    /// darker the far end is, how much wider each module is than the one before it.
    #[derive(Clone, Copy)]
    struct Bend {
        module: f32,
        blur: f32,
        noise: f32,
        shade: f32,
        wider: f32,
    }

    const CLEAR: Bend = Bend { module: 2.0, blur: 0.5, noise: 0.0, shade: 0.0, wider: 0.0 };

    /// Around nought, one wide; the same for the same numbers.
    fn noise(seed: u64, n: usize) -> f32 {
        let mut word = (seed << 32 | n as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut sum = 0.0;
        for _ in 0..4 {
            word = (word ^ (word >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            sum += (word >> 40) as f32 / (1_u64 << 24) as f32 - 0.5;
        }
        sum * 1.73
    }

    /// A line over modules (1 is ink) with light around them, drawn without the model that reads it: ink is laid down
    /// in fine dots and each dot is smeared.
    fn drawn(modules: &[u8], bend: Bend, seed: u64) -> Profile {
        const DOTS: usize = 20;
        let quiet = 14 * DOTS;
        let ink: Vec<f32> = (0..modules.len() * DOTS + 2 * quiet)
            .map(|dot| {
                dot.checked_sub(quiet).and_then(|d| modules.get(d / DOTS)).map_or(0.0, |m| f32::from(*m))
            })
            .collect();
        let reach = (bend.blur * 4.0 * DOTS as f32) as usize;
        let weight = |by: usize| (-0.5 * (by as f32 / DOTS as f32 / bend.blur).powi(2)).exp();
        let weights: Vec<f32> = (0..=2 * reach).map(|n| weight(n.abs_diff(reach))).collect();
        let total: f32 = weights.iter().sum();
        let length = ink.len() as f32;
        let pixels = (length / DOTS as f32 * bend.module) as usize;
        let fell: Vec<(f32, f32)> = (0..pixels)
            .map(|pixel| {
                let part = (pixel as f32 + 0.5) / pixels as f32;
                let dot = (part + bend.wider * part * (1.0 - part)) * length;
                let near = (dot as usize).saturating_sub(reach);
                let smeared: f32 =
                    weights.iter().enumerate().map(|(n, w)| w * ink.get(near + n).unwrap_or(&0.0)).sum();
                let light = 200.0 * (1.0 - bend.shade * part);
                (1.0, light * (1.0 - 0.9 * smeared / total) + bend.noise * noise(seed, pixel))
            })
            .collect();
        Profile::new(0.0, 1.0, &fell).unwrap()
    }

    /// What is read off two halves of a band.
    fn said(upper: &Profile, lower: &Profile) -> Option<String> {
        let both: Vec<(f32, f32)> =
            upper.values.iter().zip(&lower.values).map(|(a, b)| (2.0, a + b)).collect();
        let lines = Lines::new(&Grey::new(9, 9, vec![0; 81]).unwrap(), 0.0);
        let whole = Profile::new(upper.from, upper.step, &both).unwrap();
        let profiles = Profiles { lines, off: [0.0, 5.0], whole, halves: [upper.clone(), lower.clone()] };
        let mut reader = Reader::new(Instant::now() + std::time::Duration::from_mins(10));
        let spans = spans(&profiles.whole);
        spans.into_iter().find_map(|span| reader.either_way(&profiles, span)).map(|read| read.1)
    }

    fn dense(imei: &str) -> Vec<u8> {
        let (pairs, last) = imei.split_at(14);
        Code128::new(format!("Ć{pairs}Ɓ{last}")).unwrap().encode()
    }

    /// The modules of characters and the stop.
    fn printed(alphabet: &Alphabet, values: &[usize]) -> Vec<u8> {
        let edges = alphabet.edges(values);
        let end = edges.last().copied().unwrap() as usize;
        (0..end).map(|m| u8::from(edges.iter().filter(|e| **e <= m as f32).count() % 2 == 1)).collect()
    }

    #[test]
    fn blurred_lines_say_their_digits() {
        let plain = |text: &str| Code128::new(format!("Ɓ{text}")).unwrap().encode();
        let code39 = Code39::with_checksum("867530900000017").unwrap().encode();
        for (what, modules, text, bend) in [
            ("clear", dense("867530900000017"), "867530900000017", CLEAR),
            ("blurred", dense("354178032086684"), "354178032086684", Bend { blur: 0.85, ..CLEAR }),
            ("noisy", dense("869547049549165"), "869547049549165", Bend { blur: 0.7, noise: 5.0, ..CLEAR }),
            ("small", dense("867530908305145"), "867530908305145", Bend { module: 1.3, blur: 0.7, ..CLEAR }),
            ("large", dense("867530908305145"), "867530908305145", Bend { module: 9.0, blur: 0.8, ..CLEAR }),
            ("shaded", dense("867530900000017"), "867530900000017", Bend { shade: 0.4, blur: 0.8, ..CLEAR }),
            ("askew", dense("867530900000017"), "867530900000017", Bend { wider: 0.01, ..CLEAR }),
            ("a digit each", plain("867530900000025"), "867530900000025", Bend { blur: 0.85, ..CLEAR }),
            ("a serial number", plain("31234/A00000001"), "31234/A00000001", Bend { blur: 0.8, ..CLEAR }),
            ("Code 39", code39, "867530900000017", Bend { blur: 0.75, noise: 2.0, ..CLEAR }),
        ] {
            let (upper, lower) = (drawn(&modules, bend, 1), drawn(&modules, bend, 2));
            assert_eq!(said(&upper, &lower).as_deref(), Some(text), "{what}");
        }
        let backwards: Vec<u8> = dense("867530900000017").into_iter().rev().collect();
        let bend = Bend { blur: 0.8, ..CLEAR };
        let halves = (drawn(&backwards, bend, 3), drawn(&backwards, bend, 4));
        assert_eq!(said(&halves.0, &halves.1).as_deref(), Some("867530900000017"), "upside down");
    }

    #[test]
    fn noise_and_bars_that_mean_nothing_say_nothing() {
        for seed in 0..2 {
            let only_noise: Vec<Profile> =
                [0, 100].map(|s| drawn(&[0; 134], Bend { noise: 40.0, ..CLEAR }, seed + s)).into();
            assert_eq!(said(&only_noise[0], &only_noise[1]), None, "noise {seed}");
            // Bars of one to four modules, as many as an IMEI has.
            let mut bars = Vec::new();
            while bars.len() < 134 {
                let width = 1 + (noise(seed, bars.len()).abs() * 2.0) as usize % 4;
                bars.extend(std::iter::repeat_n(u8::from(bars.last() != Some(&1)), width));
            }
            let bend = Bend { blur: 0.8, noise: 1.0, ..CLEAR };
            assert_eq!(said(&drawn(&bars, bend, seed), &drawn(&bars, bend, seed + 50)), None, "bars {seed}");
        }
    }

    #[test]
    fn a_wrong_character_is_refused() {
        let alphabet = Alphabet::code128();
        // 867530900000017: the start of digits in pairs, seven pairs, a change of code, a digit, the checksum.
        let mut values = vec![105, 86, 75, 30, 90, 0, 0, 1, 100, 23];
        let sum = values.iter().enumerate().map(|(n, v)| v * n.max(1)).sum::<usize>() % 103;
        values.push(sum);
        let bend = Bend { blur: 0.8, ..CLEAR };
        let line = |values: &[usize]| drawn(&printed(&alphabet, values), bend, 1);
        assert_eq!(said(&line(&values), &line(&values)).as_deref(), Some("867530900000017"));
        for at in [6, 10] {
            let mut wrong = values.clone();
            wrong[at] = (wrong[at] + 1 + at * 7) % 99;
            assert_eq!(said(&line(&wrong), &line(&wrong)), None, "character {at}");
            assert_eq!(said(&line(&values), &line(&wrong)), None, "character {at} of the lower half");
        }
    }

    #[test]
    fn halves_that_differ_are_no_reading() {
        let half = |imei: &str| drawn(&dense(imei), CLEAR, 1);
        assert_eq!(said(&half("867530900000017"), &half("867530900000025")), None);
    }
}
