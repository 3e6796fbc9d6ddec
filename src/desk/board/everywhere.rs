//! Looking beyond the board: every ticket of the desk, closed ones too, by the desk's own search.

use std::sync::Arc;

use super::search::{Page, Question};
use super::{Board, Failure};
use crate::desk::search::{Asked, Wanted};
use crate::domain::Time;
use crate::store::desk::board as store;

/// Tickets that are found at most: whoever sees so many types another letter.
pub const MOST_EVERYWHERE: usize = 1000;

/// Tickets, the newest first, and whether there are more.
type Numbers = (Arc<Vec<i64>>, bool);

/// What a search found, for as long as the file stays as it is: pages are turned without searching again.
pub(super) struct Known {
    words: String,
    version: i64,
    found: Numbers,
}

fn asked(words: &str) -> Asked {
    Asked { text: words.to_owned(), open: false, most: MOST_EVERYWHERE }
}

impl Board {
    pub(super) fn ask_everywhere(
        &mut self,
        question: &Question,
        now: Time,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<Option<Page>, Failure> {
        let Some((numbers, more)) = self.everywhere(&question.search.words, now, go_on)? else {
            return Ok(None);
        };
        let kept = question.keep.and_then(|id| numbers.iter().position(|other| *other == id));
        let (total, most) = (numbers.len(), question.most.max(1));
        let mut first = question.from.min(total.saturating_sub(1));
        if let Some(kept) = kept.filter(|kept| !(first..first + most).contains(kept)) {
            first = kept.saturating_sub(most / 2);
        }
        let shown = numbers.get(first..(first + most).min(total)).unwrap_or_default();
        let also = vec![None; question.also.len()];
        Ok(Some(Page { first, kept, total: total as u64, more, also, ..self.page_of(shown)? }))
    }

    /// The newest tickets that have the words, once there are enough of them; what is found so is all there is where there
    /// are fewer.
    pub(super) fn early_everywhere(
        &mut self,
        question: &Question,
        now: Time,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<Option<Page>, Failure> {
        let words = &question.search.words;
        let version = store::data_version(&self.db)?;
        if self.is_known(words, version) {
            return Ok(None);
        }
        let hits = Wanted::of(&asked(words), now).find(&self.db, question.most, go_on)?;
        if hits.stopped {
            return Ok(None);
        }
        if hits.more {
            return self.page_of(&hits.tickets).map(Some);
        }
        let found = (Arc::new(hits.tickets), false);
        self.known = Some(Known { words: words.clone(), version, found });
        Ok(None)
    }

    fn is_known(&self, words: &str, version: i64) -> bool {
        self.known.as_ref().is_some_and(|known| known.version == version && known.words == words)
    }

    /// The numbers that a search finds, and whether there are more.
    pub(super) fn everywhere(
        &mut self,
        words: &str,
        now: Time,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<Option<Numbers>, Failure> {
        let version = store::data_version(&self.db)?;
        if self.is_known(words, version) {
            return Ok(self.known.as_ref().map(|known| known.found.clone()));
        }
        let hits = Wanted::of(&asked(words), now).find(&self.db, MOST_EVERYWHERE, go_on)?;
        if hits.stopped {
            return Ok(None);
        }
        let found = (Arc::new(hits.tickets), hits.more);
        self.known = Some(Known { words: words.to_owned(), version, found: found.clone() });
        Ok(Some(found))
    }
}
