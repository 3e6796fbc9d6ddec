//! What is typed into the filter, made ready to be looked for.

use memchr::memmem::Finder;

use super::rows::Row;
use crate::domain::{Recommendation, Request, State};

/// One word of a filter: it is looked for in what the ticket says, and among the words for where it stands.
struct Word {
    text: Option<Finder<'static>>,
    states: u16,
    requests: u16,
    recommendations: u16,
    /// By the number of the agent's name; one past the last stands for nobody.
    holders: Vec<bool>,
    /// Ticket numbers, where they are looked for.
    numbers: Option<std::ops::RangeInclusive<i64>>,
}

/// A filter: a ticket must have every word. `state:`, `request:`, `says:` (the recommendation) and `by:` (who
/// holds it; `by:none` for nobody) look at one thing alone, `no:17` and `no:17-40` at the ticket's number.
#[derive(Default)]
pub(super) struct Needle {
    words: Vec<Word>,
    source: String,
}

/// `17` or `17-40`.
fn numbers(text: &str) -> Option<std::ops::RangeInclusive<i64>> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    Some(first.parse().ok()?..=last.parse().ok()?)
}

fn mask(all: impl Iterator<Item = &'static str>, word: &str) -> u16 {
    all.enumerate().filter(|(_, name)| name.contains(word)).fold(0, |mask, (n, _)| mask | 1 << n)
}

impl Word {
    fn of(word: &str, agents: &[String]) -> Self {
        let (field, value) = match word.split_once(':') {
            Some((field @ ("state" | "request" | "says" | "by" | "no"), value)) if !value.is_empty() => {
                (field, value)
            }
            _ => ("", word),
        };
        let when = |name: &str, mask: u16| if field.is_empty() || field == name { mask } else { 0 };
        // `says:approve` is not `approve-second`.
        let says = Recommendation::ALL.iter().position(|r| field == "says" && r.as_str() == value);
        let says = says.map(|n| 1 << n);
        let held = field.is_empty() || field == "by";
        let mut holders: Vec<bool> =
            agents.iter().map(|a| held && a.to_lowercase().contains(value)).collect();
        holders.push(field == "by" && value == "none");
        Self {
            text: field.is_empty().then(|| Finder::new(value).into_owned()),
            states: when("state", mask(State::ALL.iter().map(|s| s.as_str()), value)),
            requests: when("request", mask(Request::ALL.iter().map(|r| r.as_str()), value)),
            recommendations: says
                .unwrap_or_else(|| when("says", mask(Recommendation::ALL.iter().map(|r| r.as_str()), value))),
            numbers: if field == "no" { numbers(value) } else { None },
            holders,
        }
    }

    fn is_in(&self, row: &Row, text: &[u8], now: i64) -> bool {
        let nobody = self.holders.len() - 1;
        let holder = if row.lease_until > now { usize::from(row.holder) } else { nobody };
        let held = self.holders.get(holder).is_some_and(|held| *held);
        self.states & 1 << row.state as u16 != 0
            || self.requests & 1 << row.request as u16 != 0
            || row.recommendation.is_some_and(|r| self.recommendations & 1 << r as u16 != 0)
            || held
            || self.numbers.as_ref().is_some_and(|numbers| numbers.contains(&row.id))
            || self.text.as_ref().is_some_and(|f| f.find(text).is_some())
    }
}

impl Needle {
    pub fn of(source: &str, agents: &[String]) -> Self {
        let source = source.trim().to_lowercase();
        let words = source.split_whitespace().map(|w| Word::of(w, agents)).collect();
        Self { words, source }
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// What matches this also matched `other`, so that only that need be looked through.
    pub fn narrows(&self, other: &Self) -> bool {
        !other.source.contains(':')
            && !self.source.contains(':')
            && self.source.starts_with(&other.source)
            && !other.words.is_empty()
    }

    pub fn is_in(&self, row: &Row, text: &[u8], now: i64) -> bool {
        self.words.iter().all(|w| w.is_in(row, text, now))
    }
}
