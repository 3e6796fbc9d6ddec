//! Everything the screen knows. Changed by `update` alone, drawn by `view` alone.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use tui_input::Input;

use super::action::{Action, Place};
use super::cases::Watch;
use super::drafts::Drafts;
use super::form::Form;
use super::look::{Look, Opened};
use super::picture::Picture;
use super::screens::{Screen, Screens};
use crate::desk::Failure;
use crate::desk::screen::Seat;
use crate::domain::{State, Time};
use crate::tui::data::{QueueRow, TicketView};
use crate::tui::graphics::Easel;
use crate::tui::theme::Theme;
use crate::tui::worker::{Grant, Job, Slot};
use crate::words::{Language, say};

/// Tickets that are read at most; a filter looks through all of them in the desk.
pub const MOST_ROWS: usize = 5_000;

/// A named part of the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    ToDo,
    ToApprove,
    Waiting,
    Issued,
    Mine,
    All,
}

impl View {
    pub const ALL: [Self; 6] =
        [Self::ToDo, Self::ToApprove, Self::Waiting, Self::Issued, Self::Mine, Self::All];

    pub fn title(self, language: Language) -> &'static str {
        let id = match self {
            Self::ToDo => "queue-to-do",
            Self::ToApprove => "queue-to-approve",
            Self::Waiting => "queue-waiting",
            Self::Issued => "queue-issued",
            Self::Mine => "queue-mine",
            Self::All => "queue-all",
        };
        say(language, id)
    }

    /// The states its tickets may be in; empty for every one.
    pub const fn states(self) -> &'static [State] {
        match self {
            Self::ToDo => &[State::Open, State::Held, State::Approved],
            Self::ToApprove => &[State::Decided],
            Self::Waiting => &[State::Waiting, State::Held, State::Approved],
            Self::Issued => &[State::Issued],
            Self::Mine | Self::All => &[],
        }
    }

    /// Whether a ticket belongs to it.
    pub fn holds(self, row: &QueueRow, me: &str, now: Time) -> bool {
        match self {
            Self::ToDo => row.state == State::Open || row.wakes(now),
            Self::ToApprove => row.state == State::Decided,
            Self::Waiting => {
                matches!(row.state, State::Waiting | State::Held | State::Approved) && !row.wakes(now)
            }
            Self::Issued => row.state == State::Issued,
            Self::Mine => row.holder(now).is_some_and(|(who, _)| who == me),
            Self::All => true,
        }
    }
}

impl QueueRow {
    /// Nothing that the screens show has changed.
    pub fn same(&self, other: &Self) -> bool {
        self == other
    }

    /// A hold or a cool-down that has ended: to be worked again.
    pub fn wakes(&self, now: Time) -> bool {
        match self.state {
            State::Held => self.until.is_some_and(|until| until <= now),
            State::Approved => self.until.is_none_or(|until| until <= now),
            _ => false,
        }
    }
}

/// Orders of the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Urgency,
    Due,
    Age,
    Number,
}

impl Order {
    pub fn title(self, language: Language) -> &'static str {
        let id = match self {
            Self::Urgency => "queue-by-urgency",
            Self::Due => "queue-by-due",
            Self::Age => "queue-by-age",
            Self::Number => "queue-by-number",
        };
        say(language, id)
    }

    pub const fn after(self) -> Self {
        match self {
            Self::Urgency => Self::Due,
            Self::Due => Self::Age,
            Self::Age => Self::Number,
            Self::Number => Self::Urgency,
        }
    }
}

/// The list.
#[derive(Debug)]
pub struct Queue {
    /// As the desk sent them.
    pub rows: Arc<Vec<QueueRow>>,
    pub total: u64,
    /// Tickets in each state, over the whole desk.
    pub standing: Vec<(State, u64)>,
    pub loaded: bool,
    pub view: View,
    /// The agent chose the view; what the desk would begin with no longer counts.
    pub chosen: bool,
    pub order: Order,
    pub filter: Input,
    /// The filter is being typed.
    pub typing: bool,
    /// Places in `rows`, in the order shown.
    pub shown: Vec<usize>,
    /// Tickets of each view, in the order of [`View::ALL`]; none where the desk was not asked.
    pub counts: [Option<u64>; 6],
    /// The selected place in `shown`.
    pub at: usize,
    /// The first place on the screen.
    pub top: usize,
    pub preview: bool,
}

impl Queue {
    /// The desk holds more than the list: each view and filter is asked for by itself.
    pub fn is_beyond(&self) -> bool {
        self.standing.iter().map(|(_, count)| count).sum::<u64>() > MOST_ROWS as u64
    }

    /// A view's count where the desk holds more than the list. Holds that end by now are the desk's to tell
    /// only when its view is open.
    fn count_beyond(&self, view: View, unfiltered: bool) -> Option<u64> {
        if view == self.view {
            return Some(self.total);
        }
        let of = |states: &[State]| {
            self.standing.iter().filter(|(s, _)| states.contains(s)).map(|(_, count)| count).sum()
        };
        match view {
            _ if !unfiltered => None,
            View::Mine => None,
            View::All => Some(of(State::ALL)),
            View::ToDo => Some(of(&[State::Open])),
            View::ToApprove | View::Waiting | View::Issued => Some(of(view.states())),
        }
    }
}

/// The open ticket.
#[derive(Debug)]
pub struct Open {
    pub id: i64,
    pub view: Option<Arc<TicketView>>,
    /// Lines above the screen, by pane.
    pub scroll: [usize; 2],
    pub pane: usize,
    pub all_checks: bool,
    /// Revealed until then.
    pub revealed_until: Option<Time>,
    /// What is selected in it.
    pub look: Look,
}

/// What lies over the screen.
#[derive(Debug)]
pub enum Overlay {
    Form(Box<Form>),
    Help(Picker),
    Palette(Picker),
    Grant {
        grant: Grant,
        ticket: i64,
        scroll: usize,
    },
    Messages {
        at: usize,
    },
    /// A finding of the open ticket, with the rows and the rule it rests on.
    Finding(Opened),
    /// An event of the open ticket.
    Event {
        at: usize,
        scroll: usize,
    },
    /// Every act on the ticket.
    Acts {
        at: usize,
    },
    /// A file of the evidence.
    Picture(Picture),
    /// The screens to go to.
    Screens {
        at: usize,
    },
}

/// A list to choose from by typing.
#[derive(Debug, Default)]
pub struct Picker {
    pub query: Input,
    pub at: usize,
    pub scroll: usize,
}

/// Something that went wrong; stays until it is dismissed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub at: Time,
    pub failure: Failure,
    pub dismissed: bool,
}

/// A line that goes by itself: something went well, or a key did nothing and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    pub text: String,
    pub good: bool,
    /// Ticks it stays.
    pub ticks: u8,
}

/// A request under way.
#[derive(Clone, Debug, PartialEq)]
pub struct Busy {
    pub job: Job,
    /// Ticks since it was asked.
    pub ticks: u32,
    pub done: Option<usize>,
}

/// The screen.
#[derive(Debug)]
pub struct Model {
    pub seat: Option<Seat>,
    pub now: Time,
    pub size: (u16, u16),
    pub theme: Theme,
    /// What the screens speak.
    pub language: Language,
    pub queue: Queue,
    /// The screens beside the queue.
    pub screens: Screens,
    pub open: Option<Open>,
    /// The ticket last read for the selected line.
    pub peek: Option<Arc<TicketView>>,
    /// The line for which a ticket was last read ahead.
    pub peeked: Option<(i64, QueueRow)>,
    pub overlays: Vec<Overlay>,
    pub toast: Option<Toast>,
    pub messages: VecDeque<Message>,
    pub busy: BTreeMap<u64, Busy>,
    /// The newest request of each slot.
    pub newest: BTreeMap<Slot, u64>,
    /// The number of the last request.
    pub last: u64,
    /// An action that waits for its ticket to be read.
    pub pending: Option<(i64, Action)>,
    /// What was typed in forms that were left.
    pub drafts: Drafts,
    /// Others' writes, as they were last heard of.
    pub watch: Watch,
    /// What pictures are drawn with.
    pub easel: Easel,
    /// Ticks since the queue was last read.
    pub stale_for: u32,
    /// Whether the last message changed anything that is seen.
    pub dirty: bool,
    /// A passphrase was asked for and not given.
    pub refuse_passphrase: bool,
    /// The desk is shut for good: why.
    pub closed: Option<Failure>,
}

impl Model {
    pub fn new(size: (u16, u16), theme: Theme) -> Self {
        Self {
            seat: None,
            now: Time(0),
            size,
            theme,
            language: Language::default(),
            queue: Queue {
                rows: Arc::default(),
                total: 0,
                standing: Vec::new(),
                loaded: false,
                view: View::ToDo,
                chosen: false,
                order: Order::Urgency,
                filter: Input::default(),
                typing: false,
                shown: Vec::new(),
                counts: [Some(0); 6],
                at: 0,
                top: 0,
                preview: true,
            },
            screens: Screens::default(),
            open: None,
            peek: None,
            peeked: None,
            overlays: Vec::new(),
            toast: None,
            messages: VecDeque::new(),
            busy: BTreeMap::new(),
            newest: BTreeMap::new(),
            last: 0,
            pending: None,
            drafts: Drafts::default(),
            watch: Watch::default(),
            easel: Easel::default(),
            stale_for: 0,
            dirty: true,
            refuse_passphrase: false,
            closed: None,
        }
    }

    pub fn me(&self) -> &str {
        self.seat.as_ref().map_or("", |s| s.agent.as_str())
    }

    /// The selected line of the queue.
    pub fn selected(&self) -> Option<&QueueRow> {
        self.queue.shown.get(self.queue.at).and_then(|i| self.queue.rows.get(*i))
    }

    /// The ticket that an act would be on.
    pub fn subject(&self) -> Option<i64> {
        if self.screens.at != Screen::Queue {
            return None;
        }
        self.open.as_ref().map(|o| o.id).or_else(|| self.selected().map(|r| r.id))
    }

    /// What is known of the ticket that an act would be on.
    pub fn case(&self) -> Option<&Arc<TicketView>> {
        let id = self.subject()?;
        let open = self.open.as_ref().and_then(|o| o.view.as_ref());
        open.or(self.peek.as_ref()).filter(|v| v.row.id == id)
    }

    /// The line of the ticket that an act would be on.
    pub fn row(&self) -> Option<&QueueRow> {
        let id = self.subject()?;
        match self.case() {
            Some(view) => Some(&view.row),
            None => self.queue.rows.iter().find(|r| r.id == id),
        }
    }

    /// Where keys are looked up now.
    pub fn places(&self) -> &'static [Place] {
        match self.overlays.last() {
            Some(Overlay::Form(_)) => &[Place::Form],
            Some(Overlay::Grant { .. }) => &[Place::Grant],
            Some(Overlay::Messages { .. }) => &[Place::Messages],
            Some(Overlay::Finding(_) | Overlay::Event { .. } | Overlay::Acts { .. }) => &[Place::Look],
            Some(Overlay::Picture(_)) => &[Place::Picture],
            Some(Overlay::Help(_) | Overlay::Palette(_) | Overlay::Screens { .. }) => &[],
            None if self.screens.at != Screen::Queue => self.screens.at.places(),
            None if self.open.is_some() => &[Place::Ticket, Place::Case, Place::Everywhere],
            None => &[Place::Queue, Place::Case, Place::Everywhere],
        }
    }

    /// The newest message that was not dismissed.
    pub fn trouble(&self) -> Option<&Message> {
        self.messages.iter().find(|m| !m.dismissed)
    }

    /// Sorts and filters the lines anew; the ticket `keep` stays selected, or else the place.
    pub fn arrange(&mut self, keep: Option<i64>) {
        let me = self.me().to_owned();
        let now = self.now;
        let q = &mut self.queue;
        let needle = q.filter.value().trim().to_lowercase();
        let words: Vec<&str> = needle.split_whitespace().collect();
        let rows = Arc::clone(&q.rows);
        let matches = |row: &QueueRow| words.iter().all(|w| row.haystack.contains(w));
        q.counts = if q.is_beyond() {
            View::ALL.map(|v| q.count_beyond(v, needle.is_empty()))
        } else {
            View::ALL.map(|v| {
                let here = rows.iter().filter(|r| v.holds(r, &me, now) && matches(r));
                u64::try_from(here.count()).ok()
            })
        };
        q.shown = (0..rows.len())
            .filter(|i| rows.get(*i).is_some_and(|r| q.view.holds(r, &me, now) && matches(r)))
            .collect();
        let key = |i: &usize| {
            let row = rows.get(*i);
            row.map(|r| match q.order {
                // Ready to be issued before all else; the desk's own order is kept within.
                Order::Urgency => (i64::from(r.state != State::Approved), 0),
                Order::Due => (r.due_at.0, r.id),
                Order::Age => (r.received_at.0, r.id),
                Order::Number => (r.id, 0),
            })
        };
        q.shown.sort_by_key(key);
        let place = keep.and_then(|id| q.shown.iter().position(|i| rows.get(*i).is_some_and(|r| r.id == id)));
        q.at = place.unwrap_or(q.at).min(q.shown.len().saturating_sub(1));
    }
}
