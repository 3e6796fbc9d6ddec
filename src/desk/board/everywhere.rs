//! Looking beyond the board: every ticket of the desk, closed ones too, by the desk's own search.

use std::sync::Arc;

use super::search::{Page, Question};
use super::{Board, Failure};
use crate::desk::search::{Asked, Wanted};
use crate::domain::Time;
use crate::store::Statements;
use crate::store::desk::board as store;
use crate::store::desk::tickets;

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
        let (mut found, mut owner_wrote) = (Vec::with_capacity(most.min(total)), Vec::new());
        let statements = Statements::new(&self.db);
        for id in numbers.iter().skip(first).take(most) {
            found.extend(tickets::get(&statements, *id)?);
            let row = self.rows.place(*id).and_then(|place| self.rows.all.get(place as usize));
            owner_wrote.extend(row.filter(|row| row.owner_wrote).map(|row| row.id));
        }
        let also = vec![None; question.also.len()];
        let (total, complete) = (total as u64, self.is_filled());
        Ok(Some(Page { first, tickets: found, owner_wrote, kept, total, more, counts: None, also, complete }))
    }

    /// The numbers that a search finds, and whether there are more.
    pub(super) fn everywhere(
        &mut self,
        words: &str,
        now: Time,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<Option<Numbers>, Failure> {
        let version = store::data_version(&self.db)?;
        if let Some(known) =
            self.known.as_ref().filter(|known| known.version == version && known.words == words)
        {
            return Ok(Some(known.found.clone()));
        }
        let asked = Asked { text: words.to_owned(), open: false, most: MOST_EVERYWHERE };
        let hits = Wanted::of(&asked, now).find(&self.db, asked.most, go_on)?;
        if hits.stopped {
            return Ok(None);
        }
        let found = (Arc::new(hits.tickets), hits.more);
        self.known = Some(Known { words: words.to_owned(), version, found: found.clone() });
        Ok(Some(found))
    }
}
