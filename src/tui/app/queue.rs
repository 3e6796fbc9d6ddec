//! The list: which tickets it shows, in which order, and what the board is asked when that changes.
//!
//! The board holds every ticket; the screen holds one page of what was found, and where in it the agent is.

use std::collections::BTreeSet;
use std::sync::Arc;

use tui_input::Input;

use super::Effect;
use super::columns::Columns;
use super::model::Model;
use super::update::ask;
use crate::desk::board::{Question, Search, View};
use crate::desk::queue::Sort;
use crate::tui::data::QueueRow;
use crate::tui::worker::{Found, Job};
use crate::words::{say, say_with};

/// Tickets that the screen holds at once.
pub const PAGE: usize = 160;
/// Closer than this to the end of the page, the next one is asked for.
const NEAR: usize = 48;

/// A search with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    pub name: String,
    pub search: Search,
    /// Everybody at the desk has it.
    pub everybody: bool,
}

/// The list.
#[derive(Debug)]
pub struct Queue {
    /// The page: tickets from the place `first` on.
    pub rows: Arc<Vec<QueueRow>>,
    pub first: usize,
    /// Tickets that were found, on the page or not.
    pub total: usize,
    /// There are more, which were not counted.
    pub more: bool,
    /// Tickets of each view that have the filter's words.
    pub counts: Option<[u64; View::ALL.len()]>,
    /// The board has read the whole desk.
    pub complete: bool,
    pub loaded: bool,
    pub view: View,
    /// Every ticket of the desk is looked through, closed ones too, the newest first; `view` is where one goes back to.
    pub everywhere: bool,
    /// What was searched so and for how many ticks it has rested, and the words that the log has heard of.
    pub resting: (String, u8),
    pub heard: String,
    /// The agent chose the view; what the desk would begin with no longer counts.
    pub chosen: bool,
    pub sort: Sort,
    pub reverse: bool,
    pub filter: Input,
    /// The filter is being typed.
    pub typing: bool,
    /// The selected place, counted over everything that was found.
    pub at: usize,
    pub preview: bool,
    /// Lines of the preview above its top, and of which ticket.
    pub pane: (i64, usize),
    pub columns: Columns,
    /// Searches that were given a name, and how many tickets each finds, where that is quickly known.
    pub saved: Vec<Saved>,
    pub saved_counts: Vec<Option<u64>>,
    /// Tickets that acts go to, in place of the selected one.
    pub marks: BTreeSet<i64>,
    /// Where the last one was marked.
    pub marked_at: Option<usize>,
    /// The board has moved on while an answer was awaited.
    pub again: bool,
}

impl Default for Queue {
    fn default() -> Self {
        Self {
            rows: Arc::default(),
            first: 0,
            total: 0,
            more: false,
            counts: None,
            complete: false,
            loaded: false,
            view: View::ToDecide,
            everywhere: false,
            resting: (String::new(), 0),
            heard: String::new(),
            chosen: false,
            sort: Sort::Urgency,
            reverse: false,
            filter: Input::default(),
            typing: false,
            at: 0,
            preview: true,
            pane: (0, 0),
            columns: Columns::default(),
            saved: Vec::new(),
            saved_counts: Vec::new(),
            marks: BTreeSet::new(),
            marked_at: None,
            again: false,
        }
    }
}

impl Queue {
    /// The ticket at a place, if the page has it.
    pub fn row(&self, place: usize) -> Option<&QueueRow> {
        self.rows.get(place.checked_sub(self.first)?)
    }

    /// The place of a ticket on the page.
    pub fn place_of(&self, id: i64) -> Option<usize> {
        self.rows.iter().position(|r| r.id == id).map(|n| self.first + n)
    }

    /// What is looked for.
    pub fn search(&self) -> Search {
        Search {
            view: self.view,
            words: self.filter.value().trim().to_owned(),
            sort: self.sort,
            reverse: self.reverse,
            everywhere: self.everywhere,
        }
    }

    /// The saved search that is open.
    pub fn open_search(&self) -> Option<usize> {
        let open = self.search();
        self.saved.iter().position(|s| s.search == open)
    }

    /// Whether what lies around the selected place is on the page.
    fn is_near_the_edge(&self) -> bool {
        let end = self.first + self.rows.len();
        self.at < self.first + NEAR && self.first > 0 || self.at + NEAR >= end && end < self.total
    }
}

/// Orders, in the order in which they are gone through.
pub const SORTS: [Sort; 4] = [Sort::Urgency, Sort::Due, Sort::Received, Sort::Number];

/// Asks for the page around the selected place; the selected ticket stays selected wherever it is by then.
pub fn ask_again(model: &mut Model) -> Effect {
    let keep = model.selected().map(|r| r.id);
    ask_page(model, keep)
}

/// Asks for the page around the selected place, whichever tickets stand there.
fn ask_page(model: &mut Model, keep: Option<i64>) -> Effect {
    let q = &mut model.queue;
    q.again = false;
    let from = if q.is_near_the_edge() { q.at.saturating_sub(PAGE / 2) } else { q.first };
    let also = q.saved.iter().map(|s| s.search.clone()).collect();
    let question = Box::new(Question { search: q.search(), from, most: PAGE, keep, also });
    let job = Job::Queue { question, me: model.me().to_owned(), now: model.now };
    ask(model, job)
}

/// Something else is looked for: from the top.
pub fn ask_anew(model: &mut Model) -> Vec<Effect> {
    (model.queue.at, model.queue.first) = (0, 0);
    vec![ask_page(model, None)]
}

/// The board has something new.
pub fn moved(model: &mut Model) -> Vec<Effect> {
    if model.seat.is_none() {
        return Vec::new();
    }
    if is_asked(model) {
        model.queue.again = true;
        return Vec::new();
    }
    vec![ask_again(model)]
}

fn is_asked(model: &Model) -> bool {
    model.busy.values().any(|b| matches!(b.job, Job::Queue { .. }))
}

/// Moves the selection.
pub fn scroll(model: &mut Model, by: isize) -> Vec<Effect> {
    let q = &mut model.queue;
    q.at = q.at.saturating_add_signed(by).min(q.total.saturating_sub(1));
    turn_page(model)
}

/// Asks for the next page where the selection has come near the end of this one.
fn turn_page(model: &mut Model) -> Vec<Effect> {
    if model.queue.is_near_the_edge() && !is_asked(model) { vec![ask_page(model, None)] } else { Vec::new() }
}

/// Takes the first rows of an answer: they are shown while the rest is counted.
pub fn began(model: &mut Model, found: Found) {
    let Found::Queue { first, rows, total, more, .. } = found else { return };
    let q = &mut model.queue;
    (q.first, q.rows, q.total, q.more) = (first, rows, total, more);
    q.at = q.at.min(q.total.saturating_sub(1));
}

/// Takes an answer of the board.
pub fn answered(model: &mut Model, question: &Question, found: Found) -> Vec<Effect> {
    let Found::Queue { first, rows, total, more, counts, also, complete } = found else { return Vec::new() };
    let follow = model.selected().map(|r| r.id).filter(|_| question.keep.is_some());
    let q = &mut model.queue;
    let begins = !q.complete && complete;
    (q.first, q.rows, q.total) = (first, rows, total);
    (q.more, q.complete, q.loaded) = (more, complete, true);
    if let Some(counts) = counts {
        (q.counts, q.saved_counts) = (Some(*counts), also);
    }
    let place = follow.and_then(|id| q.place_of(id));
    q.at = place.unwrap_or(q.at).min(q.total.saturating_sub(1));
    // An agent who has nothing to do sees what there is instead of an empty screen.
    if begins && q.total == 0 && q.view == View::ToDecide && !q.chosen {
        q.view = View::All;
        return ask_anew(model);
    }
    if std::mem::take(&mut model.queue.again) {
        return vec![ask_again(model)];
    }
    turn_page(model)
}

/// Goes to a view; the selected ticket stays selected if the view has it.
pub fn show_view(model: &mut Model, view: View) -> Vec<Effect> {
    let keep = model.selected().map(|r| r.id);
    let effects = hear(model);
    (model.queue.view, model.queue.everywhere) = (view, false);
    model.queue.chosen = true;
    (model.queue.at, model.queue.first) = (0, 0);
    effects.into_iter().chain([ask_page(model, keep)]).collect()
}

/// Looks through every ticket of the desk, or goes back to the view; what is typed stays.
pub fn turn_everywhere(model: &mut Model) -> Vec<Effect> {
    let mut effects = hear(model);
    model.queue.everywhere = !model.queue.everywhere;
    model.queue.chosen = true;
    effects.extend(ask_anew(model));
    effects
}

/// Ticks for which words must rest: nobody is logged letter by letter.
const REST: u8 = 4;

/// The log hears of what was searched everywhere and looked at.
pub fn tick(model: &mut Model) -> Vec<Effect> {
    let asked = is_asked(model);
    let q = &mut model.queue;
    let words = q.filter.value().trim();
    if !q.everywhere || asked || words.is_empty() {
        return Vec::new();
    }
    if q.resting.0 != words {
        q.resting = (words.to_owned(), 0);
    }
    q.resting.1 = q.resting.1.saturating_add(1);
    if q.resting.1 < REST { Vec::new() } else { hear(model) }
}

/// The same, as soon as what was found is left.
pub fn hear(model: &mut Model) -> Vec<Effect> {
    let writes = model.seat.as_ref().is_some_and(|seat| !seat.readonly);
    let q = &mut model.queue;
    let words = q.filter.value().trim();
    if !q.everywhere || !writes || words.is_empty() || q.heard == words {
        return Vec::new();
    }
    q.heard = words.to_owned();
    let job = Job::Searched { tickets: q.total };
    vec![ask(model, job)]
}

/// Goes so many tabs to the right; saved searches stand behind the views.
pub fn step_view(model: &mut Model, forward: bool) -> Vec<Effect> {
    let q = &model.queue;
    let here = View::ALL.iter().position(|v| *v == q.view).unwrap_or(0);
    let here = q.open_search().map_or(here, |n| View::ALL.len() + n);
    let count = View::ALL.len() + q.saved.len();
    let to = (here + if forward { 1 } else { count - 1 }) % count;
    match to.checked_sub(View::ALL.len()) {
        None => leave_search(model, to),
        Some(saved) => show_saved(model, saved),
    }
}

/// Goes to a view by its place; what a saved search looked for is not looked for in the views.
pub fn leave_search(model: &mut Model, n: usize) -> Vec<Effect> {
    if model.queue.open_search().is_some() {
        model.queue.filter.reset();
    }
    View::ALL.get(n).map_or_else(Vec::new, |view| show_view(model, *view))
}

/// Opens a saved search.
pub fn show_saved(model: &mut Model, n: usize) -> Vec<Effect> {
    let Some(search) = model.queue.saved.get(n).map(|s| s.search.clone()) else { return Vec::new() };
    super::kept::apply(model, &search);
    ask_anew(model)
}

/// The next order.
pub fn step_sort(model: &mut Model) -> Vec<Effect> {
    let at = SORTS.iter().position(|s| *s == model.queue.sort).unwrap_or(0);
    model.queue.sort = SORTS.get((at + 1) % SORTS.len()).copied().unwrap_or_default();
    vec![ask_again(model)]
}

/// How the list is sorted.
pub fn sorted(model: &Model) -> String {
    let q = &model.queue;
    if q.everywhere {
        return say(model.language, "queue-newest").to_owned();
    }
    let by = say(model.language, sort_words(q.sort));
    if q.reverse {
        say_with(model.language, "queue-order-reverse", &[("by", by.into())])
    } else {
        say_with(model.language, "queue-order", &[("by", by.into())])
    }
}

/// The words for an order.
const fn sort_words(sort: Sort) -> &'static str {
    match sort {
        Sort::Urgency => "queue-by-urgency",
        Sort::Due => "queue-by-due",
        Sort::Received => "queue-by-age",
        Sort::Number => "queue-by-number",
    }
}

/// The words for a view.
pub const fn view_words(view: View) -> &'static str {
    match view {
        View::Mine => "queue-mine",
        View::ToDecide => "queue-to-decide",
        View::ToApprove => "queue-to-approve",
        View::Waiting => "queue-waiting",
        View::OnHold => "queue-on-hold",
        View::Fraud => "queue-fraud",
        View::Overdue => "queue-overdue",
        View::All => "queue-all",
    }
}
