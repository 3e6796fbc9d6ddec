//! Sixty bits as people say them to each other: twelve symbols of Crockford's base 32 and a check symbol, the number
//! modulo 37. 32 and 31 have no factor in common with 37, so one wrong symbol and two neighbours that changed places
//! are always noticed.

use std::fmt;

/// The first 32 are digits; the last five stand for the check alone.
const SYMBOLS: [char; 37] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'M',
    'N', 'P', 'Q', 'R', 'S', 'T', 'V', 'W', 'X', 'Y', 'Z', '*', '~', '$', '=', 'U',
];
/// Digits, without the check symbol.
const DIGITS: usize = 12;
/// Nobody says more; what is longer was not meant as a code.
const MOST_CHARS: usize = 64;
const MASK: u64 = (1 << 60) - 1;

/// A number of sixty bits that is read out and typed in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spoken(u64);

/// Why a text is no such code; nothing here depends on a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// Another number of symbols than thirteen.
    Length(usize),
    /// A character that no code has, or none at this place (from 1).
    Symbol(char, usize),
    /// The check fails, and fits where the symbols at this place and the next change places.
    Swap(usize),
    /// The check fails, and no such exchange mends it: a symbol is wrong, or several.
    One,
}

impl Spoken {
    /// The lowest sixty bits of a number.
    pub const fn of(number: u64) -> Self {
        Self(number & MASK)
    }

    /// The number.
    pub const fn number(self) -> u64 {
        self.0
    }

    /// Reads a code as it was heard: any case, blanks and hyphens anywhere, O for 0, I and L for 1.
    pub fn parse(text: &str) -> Result<Self, Slip> {
        let mut found = Vec::with_capacity(DIGITS + 1);
        for c in text.chars().take(MOST_CHARS).filter(|c| !is_gap(*c)) {
            let place = found.len() + 1;
            found.push(symbol(c).filter(|n| *n < 32 || place == DIGITS + 1).ok_or(Slip::Symbol(c, place))?);
        }
        if found.len() != DIGITS + 1 || text.chars().nth(MOST_CHARS).is_some() {
            return Err(Slip::Length(text.chars().filter(|c| !is_gap(*c)).count()));
        }
        match number_of(&found) {
            Some(number) => Ok(Self(number)),
            None => Err(slip(&found)),
        }
    }

    fn symbols(self) -> impl Iterator<Item = char> {
        let digits = (0..DIGITS).rev().map(move |n| (self.0 >> (5 * n)) & 31);
        digits.chain([self.0 % 37]).filter_map(|n| SYMBOLS.get(usize::try_from(n).ok()?).copied())
    }

    /// The twelve symbols without their check: how a message to be authenticated names it.
    pub fn digits(self) -> String {
        self.symbols().take(DIGITS).collect()
    }

    /// The check symbol, which has a name of its own where it is no letter or digit.
    pub fn check(self) -> char {
        self.symbols().last().unwrap_or('0')
    }
}

/// As it is written and read out: `ABCD-EFGH-JKMN-=`.
impl fmt::Display for Spoken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::with_capacity(16);
        for (n, c) in self.symbols().enumerate() {
            if n > 0 && n % 4 == 0 {
                text.push('-');
            }
            text.push(c);
        }
        f.pad(&text)
    }
}

/// A code opens something: it is printed on purpose or not at all.
impl fmt::Debug for Spoken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Spoken([REDACTED])")
    }
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn symbol(c: char) -> Option<u64> {
    let c = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        c => c,
    };
    SYMBOLS.iter().position(|s| *s == c).and_then(|n| u64::try_from(n).ok())
}

/// The number that thirteen symbols say, where the check fits.
fn number_of(symbols: &[u64]) -> Option<u64> {
    let (check, digits) = symbols.split_last()?;
    let number = digits.iter().try_fold(0_u64, |sum, n| (*n < 32).then(|| (sum << 5) | n))?;
    (number % 37 == *check).then_some(number)
}

fn slip(symbols: &[u64]) -> Slip {
    let mends = |place: &usize| {
        let mut other = symbols.to_vec();
        other.swap(*place, place + 1);
        number_of(&other).is_some()
    };
    // The check itself is not taken for a digit: people mistake what they hear in one go.
    (0..DIGITS - 1).find(mends).map_or(Slip::One, |place| Slip::Swap(place + 1))
}

#[cfg(test)]
#[path = "tests/spoken.rs"]
mod tests;
