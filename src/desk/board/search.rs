//! Looking through the board: which tickets of a view have the words, in which order, from where on.

use super::rows::{Row, Rows};
use super::views::View;
use super::words::Needle;
use super::{Board, Failure};
use crate::desk::queue::Sort;
use crate::desk::screen::Ticket;
use crate::domain::Time;
use crate::store::Statements;
use crate::store::desk::tickets;

/// Parts in which many rows are looked through: between two of them the next letter is heard.
const PARTS: usize = 12;
/// Filters whose hits are kept: what is typed is also taken back letter by letter.
const MOST_SCANS: usize = 24;

/// A view and what is looked for in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// The part of the queue.
    pub view: View,
    /// Words that every ticket must have; see the help of the filter.
    pub words: String,
    /// In which order.
    pub sort: Sort,
    /// The other way round.
    pub reverse: bool,
    /// Every ticket, closed ones too, the newest first, by the words of [`crate::desk::search`]: view and order do not
    /// count.
    pub everywhere: bool,
}

/// What is asked of the board.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// What is looked for.
    pub search: Search,
    /// The first place wanted, counted from 0.
    pub from: usize,
    /// How many tickets.
    pub most: usize,
    /// The ticket that must be among them if it is found at all; `from` is then where it would stand on the
    /// screen.
    pub keep: Option<i64>,
    /// Searches whose counts are wanted besides, where that takes no time.
    pub also: Vec<Search>,
}

/// A part of what was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The place of the first ticket.
    pub first: usize,
    /// The tickets, as the desk has them.
    pub tickets: Vec<Ticket>,
    /// Those of them on which the account's owner answered without a code, unheard.
    pub owner_wrote: Vec<i64>,
    /// The place of the ticket to be kept.
    pub kept: Option<usize>,
    /// How many there are.
    pub total: u64,
    /// There are more than [`super::MOST_EVERYWHERE`], which are not counted.
    pub more: bool,
    /// How many of every view have the words, in the order of [`View::ALL`]; not where every ticket is looked for.
    pub counts: Option<[u64; View::ALL.len()]>,
    /// How many each of the searches besides finds; none on a desk so large that it would be felt.
    pub also: Vec<Option<u64>>,
    /// Every open ticket has been read; else more may come.
    pub complete: bool,
}

/// Which rows have the words, and which of these are in each view.
pub(super) struct Scan {
    needle: Needle,
    generation: u64,
    /// How many rows have them.
    found: u64,
    /// A bit a row.
    hits: Vec<u64>,
}

/// What a look at some of the rows found.
struct Part {
    hits: Vec<u64>,
    view: Vec<u64>,
    counts: [u64; View::ALL.len()],
}

fn bit(bits: &[u64], place: usize) -> bool {
    bits.get(place / 64).is_some_and(|word| word & 1 << (place % 64) != 0)
}

/// What is looked for, the same for every row.
struct Look<'a> {
    rows: &'a Rows,
    needle: &'a Needle,
    /// Rows that an earlier, wider filter found.
    within: Option<&'a [u64]>,
    view: View,
    me: Option<u16>,
    now: i64,
    /// On both cores, part by part.
    large: bool,
}

impl Look<'_> {
    /// Whether a row has the words.
    fn has(&self, row: &Row) -> bool {
        self.needle.is_empty() || self.needle.is_in(row, self.rows.text(row), self.now)
    }

    /// Looks at the rows of `words` times 64 places.
    fn at(&self, words: std::ops::Range<usize>) -> Part {
        let mut part =
            Part { hits: vec![0; words.len()], view: vec![0; words.len()], counts: [0; View::ALL.len()] };
        let now = Time(self.now);
        let all = &self.rows.all;
        let rows = all.get(words.start * 64..(words.end * 64).min(all.len())).unwrap_or_default();
        let slots = part.hits.iter_mut().zip(&mut part.view);
        for ((word, rows), (hits, view_hits)) in words.zip(rows.chunks(64)).zip(slots) {
            let within = self.within.map_or(u64::MAX, |bits| bits.get(word).copied().unwrap_or(0));
            if within == 0 {
                continue;
            }
            for (n, row) in rows.iter().enumerate() {
                let mark = 1_u64 << n;
                if within & mark == 0 || !self.has(row) {
                    continue;
                }
                *hits |= mark;
                let standing = row.standing(self.me, self.now);
                for (view, count) in View::ALL.iter().zip(&mut part.counts) {
                    if view.holds(&standing, now) {
                        *count += 1;
                        if *view == self.view {
                            *view_hits |= mark;
                        }
                    }
                }
            }
        }
        part
    }

    fn all(&self, go_on: &mut dyn FnMut() -> bool) -> Option<Part> {
        let words = self.rows.all.len().div_ceil(64);
        if !self.large {
            return Some(self.at(0..words));
        }
        let mut all = Part { hits: Vec::new(), view: Vec::new(), counts: [0; View::ALL.len()] };
        let step = words.div_ceil(PARTS);
        for start in (0..words).step_by(step) {
            let end = (start + step).min(words);
            all.add(self.both(start, start.midpoint(end), end));
            if !go_on() {
                return None;
            }
        }
        Some(all)
    }

    /// Two neighbouring parts, each on a core.
    fn both(&self, start: usize, half: usize, end: usize) -> Part {
        let (mut first, second) = std::thread::scope(|scope| {
            let second = scope.spawn(|| self.at(half..end));
            (self.at(start..half), second.join())
        });
        // The half of a thread that broke down is looked through here.
        first.add(second.unwrap_or_else(|_| self.at(half..end)));
        first
    }
}

impl Part {
    /// Puts the part behind it.
    fn add(&mut self, next: Self) {
        self.hits.extend(next.hits);
        self.view.extend(next.view);
        self.counts.iter_mut().zip(next.counts).for_each(|(count, more)| *count += more);
    }
}

impl Board {
    /// Answers a question for an agent at a moment.
    ///
    /// # Errors
    /// The tickets found cannot be read.
    pub fn ask(&mut self, question: &Question, me: &str, now: Time) -> Result<Page, Failure> {
        self.ask_while(question, me, now, &mut || true)?.ok_or_else(|| Failure::fault("It was stopped."))
    }

    /// The same, as long as `go_on` says so; else nothing.
    ///
    /// # Errors
    /// The tickets found cannot be read.
    pub fn ask_while(
        &mut self,
        question: &Question,
        me: &str,
        now: Time,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<Option<Page>, Failure> {
        if question.search.everywhere {
            return self.ask_everywhere(question, now, go_on);
        }
        self.ask_view(question, me, now, go_on)
    }

    fn ask_view(
        &mut self,
        question: &Question,
        me: &str,
        now: Time,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<Option<Page>, Failure> {
        let also = question.also.iter().map(|search| self.count(search, me, now)).collect();
        let Some((bits, counts)) = self.find(&question.search, me, now, go_on) else { return Ok(None) };
        let total = bits.iter().map(|word| word.count_ones() as usize).sum::<usize>();
        let kept =
            question.keep.and_then(|id| self.rows.place(id)).filter(|place| bit(&bits, *place as usize));
        let kept = kept.and_then(|place| self.places_of(&question.search, &bits).position(|p| p == place));
        let most = question.most.max(1);
        let mut first = question.from.min(total.saturating_sub(1));
        if let Some(kept) = kept.filter(|kept| !(first..first + most).contains(kept)) {
            first = kept.saturating_sub(most / 2);
        }
        let (mut found, mut owner_wrote) = (Vec::with_capacity(most.min(total)), Vec::new());
        let statements = Statements::new(&self.db);
        for place in self.places_of(&question.search, &bits).skip(first).take(most) {
            let Some(row) = self.rows.all.get(place as usize) else { continue };
            found.extend(tickets::get(&statements, row.id)?);
            owner_wrote.extend(row.owner_wrote.then_some(row.id));
        }
        let complete = self.is_filled();
        let (total, counts, more) = (total as u64, Some(counts), false);
        Ok(Some(Page { first, tickets: found, owner_wrote, kept, total, more, counts, also, complete }))
    }

    pub(super) fn is_large(&self) -> bool {
        self.rows.all.len() >= self.many
    }

    fn count(&self, search: &Search, me: &str, now: Time) -> Option<u64> {
        if self.is_large() {
            return None;
        }
        let needle = Needle::of(&search.words, &self.rows.agents);
        let me = self.rows.agent(me);
        let look = Look {
            rows: &self.rows,
            needle: &needle,
            within: None,
            view: search.view,
            me,
            now: now.0,
            large: false,
        };
        let part = look.all(&mut || true)?;
        Some(part.view.iter().map(|word| u64::from(word.count_ones())).sum())
    }

    /// The numbers of every ticket of a search, in its order.
    ///
    /// # Errors
    /// The desk's file cannot be read.
    pub fn numbers(&mut self, search: &Search, me: &str, now: Time) -> Result<Vec<i64>, Failure> {
        if search.everywhere {
            let found = self.everywhere(&search.words, now, &mut || true)?;
            return Ok(found.map(|(numbers, _)| numbers.to_vec()).unwrap_or_default());
        }
        let bits = self.find(search, me, now, &mut || true).map_or_else(Vec::new, |(bits, _)| bits);
        let rows = self.places_of(search, &bits).filter_map(|p| self.rows.all.get(p as usize));
        Ok(rows.map(|r| r.id).collect())
    }

    /// The places of rows whose bits are set, in the order of a search.
    fn places_of(&self, search: &Search, bits: &[u64]) -> impl Iterator<Item = u32> {
        self.places(search).filter(|place| bit(bits, *place as usize))
    }

    /// The places of all rows in the order of a search.
    pub(super) fn places(&self, search: &Search) -> impl Iterator<Item = u32> {
        let order = self.rows.order(search.sort);
        let (ahead, back) = if search.reverse { (&[][..], order) } else { (order, &[][..]) };
        ahead.iter().chain(back.iter().rev()).copied()
    }

    fn find(
        &mut self,
        search: &Search,
        me: &str,
        now: Time,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Option<(Vec<u64>, [u64; View::ALL.len()])> {
        self.rows.settle(search.sort);
        let needle = Needle::of(&search.words, &self.rows.agents);
        let generation = self.rows.generation;
        self.scans.retain(|scan| scan.generation == generation);
        let narrower = self.scans.iter().filter(|scan| needle.narrows(&scan.needle));
        let earlier = narrower.min_by_key(|scan| scan.found);
        let look = Look {
            rows: &self.rows,
            needle: &needle,
            within: earlier.map(|scan| scan.hits.as_slice()),
            view: search.view,
            me: self.rows.agent(me),
            now: now.0,
            large: self.is_large(),
        };
        let part = look.all(go_on)?;
        if !needle.is_empty() {
            if self.scans.len() >= MOST_SCANS {
                self.scans.remove(0);
            }
            let found = part.hits.iter().map(|word| u64::from(word.count_ones())).sum();
            self.scans.push(Scan { needle, generation, hits: part.hits, found });
        }
        Some((part.view, part.counts))
    }
}
