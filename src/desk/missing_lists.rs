//! Lists that the log took in and that are not there: after a restore into an empty folder, or once `registry.db` was made
//! anew. What cannot be judged without them, and cannot be taken back, waits until they are.

use super::signed::Leaf;
use super::{Act, Failure};
use crate::domain::List;
use crate::store::desk::{leaves, settings};
use crate::words::{Joint, Part, Phrase};

/// Which lists the log took in, and how many of its leaves were looked through for that.
const KNOWN: &str = "lists_known";
/// Leaves that are looked through at a time.
const PAGE: u64 = 512;

impl Act<'_> {
    /// Refuses what goes by the lists while one of them is missing.
    pub(super) fn lists_are_there(&self) -> Result<(), Failure> {
        let there = self.registry.there()?;
        if there.len() == List::ALL.len() {
            return Ok(());
        }
        let missing: Vec<List> = self.lists_known()?.into_iter().filter(|l| !there.contains(l)).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let names = Part::several(missing.iter().map(|list| list.as_str()), Joint::And);
        Err(Failure::state(Phrase::of("fail-lists-missing").with("lists", names))
            .hint(Phrase::of("hint-lists-missing")))
    }

    /// The lists that the log took in. Only leaves that came since the last look are read.
    fn lists_known(&self) -> Result<Vec<List>, Failure> {
        let before = settings::get(self.conn, KNOWN)?.unwrap_or_default();
        let mut words = before.split(' ');
        let mut next = words.next().and_then(|n| n.parse::<u64>().ok()).unwrap_or(0);
        let mut known: Vec<List> = words.filter_map(|name| name.parse().ok()).collect();
        let end = self.journal.head().size();
        while next < end {
            let lines = leaves::lines(self.conn, next, end.min(next + PAGE))?;
            let took = lines.iter().filter(|line| line.starts_with(b"{\"act\":\"list.imported\""));
            for leaf in took.filter_map(|line| Leaf::read(std::str::from_utf8(line).ok()?)) {
                known.extend(leaf.text("list").and_then(|name| name.parse::<List>().ok()));
            }
            next = (next + PAGE).min(end);
        }
        known.sort_unstable_by_key(|list| list.as_str());
        known.dedup();
        let words: Vec<String> =
            [end.to_string()].into_iter().chain(known.iter().map(ToString::to_string)).collect();
        settings::set(self.conn, KNOWN, &words.join(" "))?;
        Ok(known)
    }
}
