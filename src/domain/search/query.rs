//! What is typed to find tickets.

use super::{End, Range, Sort, fold_search, tokens, words};

/// Fewer characters are nobody's last ones.
const LAST: usize = 3;
/// From so many digits on, groups of them are one number: `+7 903 555 12 34`.
const NUMBER: usize = 7;
/// Words that are looked for; who types more has found it.
const MOST_WORDS: usize = 12;

/// One word: a ticket has it if any of the ways finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// Each way: beginnings (or ends, backwards) that the ticket must all have.
    pub ways: Vec<Vec<(End, String)>>,
}

/// What is looked for: a ticket must have every word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The words, those that say most first.
    pub words: Vec<Typed>,
    /// The only word is a ticket's number.
    pub number: Option<i64>,
}

impl Query {
    /// Reads what was typed; a text without letters and digits looks for nothing.
    pub fn parse(text: &str) -> Self {
        let folded = fold_search(text);
        let number = number(&folded);
        let mut words = Vec::new();
        if is_one_number(&folded) {
            words.extend(Typed::of(&folded));
        } else {
            words.extend(folded.split_whitespace().filter_map(Typed::of).take(MOST_WORDS));
        }
        words.sort_by_key(|word: &Typed| std::cmp::Reverse(word.length()));
        words.dedup();
        if folded.trim_start().starts_with('#') && number.is_some() {
            words.clear();
        }
        Self { words, number }
    }

    /// Nothing is looked for.
    pub const fn is_empty(&self) -> bool {
        self.words.is_empty() && self.number.is_none()
    }

    /// Whether a ticket of these texts has every word.
    pub fn finds(&self, texts: &[(Sort, &str)]) -> bool {
        let mut missing: Vec<Vec<Vec<(End, &str)>>> = self.words.iter().map(Typed::wanted).collect();
        for (sort, text) in texts {
            tokens(*sort, text, &mut |end, token| {
                for way in missing.iter_mut().flatten() {
                    way.retain(|(wanted, start)| *wanted != end || !token.starts_with(start));
                }
            });
        }
        !missing.is_empty() && missing.iter().all(|ways| ways.iter().any(Vec::is_empty))
    }
}

/// `17` or `#17`.
fn number(folded: &str) -> Option<i64> {
    let word = folded.trim();
    let digits = word.strip_prefix('#').unwrap_or(word);
    let is_number = (1..=18).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number)
}

fn is_one_number(folded: &str) -> bool {
    let digits = folded.bytes().filter(u8::is_ascii_digit).count();
    digits >= NUMBER && folded.chars().all(|c| c.is_ascii_digit() || " +-()./".contains(c))
}

impl Typed {
    fn of(word: &str) -> Option<Self> {
        let mut runs = Vec::new();
        words(word, |run| runs.push((End::First, run.to_owned())));
        if runs.is_empty() {
            return None;
        }
        // What says most is looked for first, and nothing more where nobody has it.
        runs.sort_by_key(|(_, run)| std::cmp::Reverse(run.len()));
        let whole: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
        let mut ways = Vec::with_capacity(3);
        let ends = whole.chars().count() >= LAST && whole.chars().any(|c| c.is_ascii_digit());
        if ends {
            ways.push(vec![(End::Last, whole.chars().rev().collect())]);
        }
        if runs.len() > 1 {
            ways.push(vec![(End::First, whole)]);
        }
        ways.push(runs);
        Some(Self { ways })
    }

    fn wanted(&self) -> Vec<Vec<(End, &str)>> {
        self.ways.iter().map(|way| way.iter().map(|(end, text)| (*end, text.as_str())).collect()).collect()
    }

    fn length(&self) -> usize {
        self.ways.first().map_or(0, |way| way.iter().map(|(_, text)| text.len()).sum())
    }

    /// The terms that each way asks for.
    pub fn ranges(&self) -> impl Iterator<Item = Vec<Range>> {
        self.ways.iter().map(|way| way.iter().map(|(end, text)| Range::of(*end, text)).collect())
    }
}
