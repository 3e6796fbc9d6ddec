//! The first tickets of an answer, for a desk so large that looking through all of it would be felt between two keys.
//!
//! What most tickets have is found among the first few thousand of the order; what few have is not, and then there is
//! nothing early to be said: the whole answer comes alone.

use super::search::{Page, Question};
use super::words::Needle;
use super::{Board, Failure};
use crate::domain::Time;
use crate::store::Statements;
use crate::store::desk::tickets;

/// Tickets of the order that are looked at.
const AHEAD: usize = 8192;

impl Board {
    /// The tickets at the top of what a question asks for, not counted yet; nothing where [`Board::ask_while`] is as quick, or
    /// where they are not found within a moment.
    ///
    /// # Errors
    /// The desk cannot be read.
    pub fn early(
        &mut self,
        question: &Question,
        me: &str,
        now: Time,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<Option<Page>, Failure> {
        let from_the_top = question.from == 0 && question.keep.is_none();
        if !from_the_top || !self.is_large() {
            return Ok(None);
        }
        if question.search.everywhere {
            return self.early_everywhere(question, now, go_on);
        }
        if question.search.words.trim().is_empty() {
            return Ok(None);
        }
        let ids = self.top(question, me, now);
        if ids.len() < question.most {
            return Ok(None);
        }
        self.page_of(&ids).map(Some)
    }

    /// The first numbers of a search's order that are found, as many as are wanted.
    fn top(&mut self, question: &Question, me: &str, now: Time) -> Vec<i64> {
        let search = &question.search;
        self.rows.settle(search.sort);
        let needle = Needle::of(&search.words, &self.rows.agents);
        let me = self.rows.agent(me);
        let rows = self.places(search).take(AHEAD).filter_map(|place| self.rows.all.get(place as usize));
        let found = rows.filter(|row| {
            search.view.holds(&row.standing(me, now.0), now) && needle.is_in(row, self.rows.text(row), now.0)
        });
        found.map(|row| row.id).take(question.most).collect()
    }

    /// Tickets by their numbers, as the first of more.
    pub(super) fn page_of(&self, ids: &[i64]) -> Result<Page, Failure> {
        let statements = Statements::new(&self.db);
        let mut page = Page { more: true, complete: self.is_filled(), ..Page::default() };
        for id in ids {
            page.tickets.extend(tickets::get(&statements, *id)?);
        }
        page.owner_wrote = self.owners_wrote(ids);
        page.total = page.tickets.len() as u64;
        Ok(page)
    }

    /// Those of some tickets on which the account's owner answered, unheard.
    pub(super) fn owners_wrote(&self, ids: &[i64]) -> Vec<i64> {
        let row = |id: &i64| self.rows.place(*id).and_then(|place| self.rows.all.get(place as usize));
        ids.iter().filter_map(row).filter(|row| row.owner_wrote).map(|row| row.id).collect()
    }
}
