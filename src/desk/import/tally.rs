//! How many tickets of a file have each recommendation, counted as they are judged.

use std::collections::{BTreeMap, HashSet};

use crate::domain::Recommendation;

/// The recommendations of one file's tickets.
#[derive(Debug, Default)]
pub(in crate::desk) struct Tally {
    /// The file's own tickets have this number or a higher one.
    first_new: i64,
    /// Tickets that were there before, and that the file speaks of.
    older: HashSet<i64>,
    counts: BTreeMap<&'static str, u64>,
}

impl Tally {
    pub fn new(first_new: i64) -> Self {
        Self { first_new, ..Self::default() }
    }

    /// A ticket of the file, as it was judged last; once however often the file speaks of it.
    pub fn add(&mut self, ticket: i64, judged: Option<Recommendation>) {
        if ticket >= self.first_new || self.older.insert(ticket) {
            self.count(judged, 1);
        }
    }

    /// Any ticket was judged again.
    pub fn moved(&mut self, ticket: i64, from: Option<Recommendation>, to: Recommendation) {
        if from != Some(to) && (ticket >= self.first_new || self.older.contains(&ticket)) {
            self.count(from, -1);
            self.count(Some(to), 1);
        }
    }

    /// By the words of the contract; only those that there are.
    pub fn recommendations(&self) -> BTreeMap<String, u64> {
        let some = self.counts.iter().filter(|(_, n)| **n > 0);
        some.map(|(word, n)| ((*word).to_owned(), *n)).collect()
    }

    fn count(&mut self, word: Option<Recommendation>, by: i64) {
        if let Some(word) = word {
            let count = self.counts.entry(word.as_str()).or_default();
            *count = count.saturating_add_signed(by);
        }
    }
}
