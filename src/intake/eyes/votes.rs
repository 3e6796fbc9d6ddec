//! What was read where, how often, and what of it counts.

/// A kind of symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Symbol {
    Code128,
    /// With its check character.
    Code39,
    Ean13,
    Qr,
}

/// A text that a symbol says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    pub symbol: Symbol,
    pub text: String,
    /// Where it stands, in pixels from the left and the top.
    pub at: (i32, i32),
}

/// All that was read from a picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Readings {
    /// What counts, from the top down.
    pub certain: Vec<Reading>,
    /// Texts of one and the same symbol that differ.
    pub doubtful: Vec<Reading>,
    /// The time was over before everything was tried.
    pub late: bool,
}

/// One line on which a text was read.
struct Vote {
    symbol: Symbol,
    text: String,
    /// In pixels of the whole picture.
    at: (f32, f32),
    /// Half of the symbol's length along the line.
    half: f32,
    /// Unit vector along the line.
    along: (f32, f32),
}

/// Lines that must agree before a text counts: the checksum of Code 128 lets one in a hundred errors through.
const ENOUGH: usize = 2;

/// Bars are at most so many times as high as half their length.
const NEAR: f32 = 0.15;

#[derive(Default)]
pub struct Votes(Vec<Vote>);

impl Votes {
    pub fn add(&mut self, symbol: Symbol, text: &str, at: (f32, f32), half: f32, along: (f32, f32)) {
        self.0.push(Vote { symbol, text: text.to_owned(), at, half, along });
    }

    /// Whether something that counts was read so near.
    pub fn near(&self, at: (f32, f32)) -> bool {
        let texts = self.texts();
        self.0.iter().filter(|v| texts.contains(&(v.symbol, v.text.as_str()))).any(|vote| {
            let (x, y) = (at.0 - vote.at.0, at.1 - vote.at.1);
            let (dx, dy) = vote.along;
            (x * dx + y * dy).abs() < vote.half && (y * dx - x * dy).abs() < vote.half * NEAR
        })
    }

    /// Texts that so many lines agree on.
    fn texts(&self) -> Vec<(Symbol, &str)> {
        let mut texts: Vec<(Symbol, &str)> = self.0.iter().map(|v| (v.symbol, v.text.as_str())).collect();
        texts.sort_unstable();
        let counted = texts.chunk_by(|a, b| a == b);
        counted
            .filter(|same| same.len() >= ENOUGH || same[0].0 == Symbol::Qr)
            .filter_map(|same| same.first().copied())
            .collect()
    }

    /// Whether so many lines agree on a text of this kind.
    pub fn have(&self, wanted: &dyn Fn(&str) -> bool) -> bool {
        self.texts().iter().any(|(_, text)| wanted(text))
    }

    pub fn count(self, late: bool) -> Readings {
        let texts = self.texts();
        let of = |text: &(Symbol, &str)| -> Vec<&Vote> {
            self.0.iter().filter(|v| (v.symbol, v.text.as_str()) == *text).collect()
        };
        let mut readings = Readings { late, ..Readings::default() };
        for text in &texts {
            let votes = of(text);
            let rival = |other: &&(Symbol, &str)| *other != text && same_place(&votes, &of(other));
            let count = votes.len().max(1) as f32;
            let mean = |pick: fn(&Vote) -> f32| votes.iter().map(|v| pick(v)).sum::<f32>() / count;
            let at = (mean(|v| v.at.0) as i32, mean(|v| v.at.1) as i32);
            let reading = Reading { symbol: text.0, text: text.1.to_owned(), at };
            if texts.iter().any(|other| rival(&other)) {
                readings.doubtful.push(reading);
            } else {
                readings.certain.push(reading);
            }
        }
        readings.certain.sort_by_key(|r| (r.at.1, r.at.0));
        readings
    }
}

/// Whether two texts were read off one symbol: some line of the one runs between lines of the other, over the same
/// bars. Codes that stand above each other do not.
fn same_place(one: &[&Vote], two: &[&Vote]) -> bool {
    between(one, two) || between(two, one)
}

fn between(one: &[&Vote], two: &[&Vote]) -> bool {
    one.iter().any(|vote| {
        let (dx, dy) = vote.along;
        // Other lines over the same bars, and how far off this one they run.
        let off = two.iter().filter_map(|other| {
            let (x, y) = (other.at.0 - vote.at.0, other.at.1 - vote.at.1);
            ((x * dx + y * dy).abs() < vote.half.max(other.half)).then_some(y * dx - x * dy)
        });
        let range = off.fold(None, |range: Option<(f32, f32)>, off| {
            Some(range.map_or((off, off), |(low, high)| (low.min(off), high.max(off))))
        });
        range.is_some_and(|(low, high)| low <= 1.0 && high >= -1.0)
    })
}
