//! What the screen of imports shows: files to choose from, and what an import did or would do.

use std::path::PathBuf;

use super::QueueRow;
use crate::desk::import::{CaseSummary, Content, ListSummary, Outcome};
use crate::domain::{Recommendation, Time};
use crate::intake::Reject;
use crate::words::Phrase;

/// A folder as it is now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The folder as it was asked for; empty for where the program was started.
    pub asked: String,
    /// Its path, with a slash at the end.
    pub path: String,
    pub entries: Vec<Entry>,
    /// Why it cannot be read.
    pub problem: Option<Phrase>,
}

/// A line of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    pub is_folder: bool,
    /// By its name it can be imported.
    pub fits: bool,
    pub bytes: u64,
    pub modified: Option<Time>,
}

/// A row that cannot land.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub line: u64,
    pub column: String,
    pub rule: String,
    pub message: Phrase,
}

impl Problem {
    fn of(reject: &Reject) -> Self {
        Self {
            line: reject.line,
            column: reject.column.clone().unwrap_or_default(),
            rule: reject.rule.clone(),
            message: reject.message.clone(),
        }
    }
}

/// What an import did, or would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    pub content: Content,
    pub dry: bool,
    pub rows: u64,
    pub added: u64,
    pub updated: u64,
    pub unchanged: u64,
    pub removed: u64,
    pub rejected: u64,
    pub recommendations: Vec<(Recommendation, u64)>,
    /// The first ones.
    pub problems: Vec<Problem>,
    /// Line and what was read around there.
    pub warnings: Vec<(u64, Phrase)>,
    pub seconds: f64,
    /// Where the rejected rows were written.
    pub rejects: Option<PathBuf>,
    /// Tickets that it made, as many as are listed.
    pub fresh: Vec<QueueRow>,
    pub fresh_of: u64,
    /// The number of the first of them.
    pub fresh_from: i64,
}

impl Batch {
    pub fn of(outcome: &Outcome, dry: bool) -> Self {
        match outcome {
            Outcome::Cases(s) => Self::of_cases(s, dry),
            Outcome::List(s) => Self::of_list(s, dry),
        }
    }

    fn of_cases(s: &CaseSummary, dry: bool) -> Self {
        let word = |(word, n): (&String, &u64)| Some((word.parse().ok()?, *n));
        let mut recommendations: Vec<(Recommendation, u64)> =
            s.recommendations.iter().filter_map(word).collect();
        recommendations.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        Self {
            content: Content::Cases,
            dry,
            rows: s.rows,
            added: s.imported,
            updated: s.updated,
            unchanged: s.unchanged,
            removed: 0,
            rejected: s.rejected,
            recommendations,
            problems: s.rejects.iter().map(Problem::of).collect(),
            warnings: s.warnings.iter().map(|(line, w)| (*line, w.message.clone())).collect(),
            seconds: s.seconds,
            rejects: None,
            fresh: Vec::new(),
            fresh_of: 0,
            fresh_from: 0,
        }
    }

    fn of_list(s: &ListSummary, dry: bool) -> Self {
        Self {
            content: Content::List(s.list),
            dry,
            rows: s.rows,
            added: s.added,
            updated: s.updated,
            unchanged: s.unchanged,
            removed: s.removed,
            rejected: s.rejected,
            recommendations: Vec::new(),
            problems: s.rejects.iter().map(Problem::of).collect(),
            warnings: Vec::new(),
            seconds: s.seconds,
            rejects: None,
            fresh: Vec::new(),
            fresh_of: 0,
            fresh_from: 0,
        }
    }
}
