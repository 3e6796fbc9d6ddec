//! Everything the screen knows. Changed by `update` alone, drawn by `view` alone.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use tui_input::Input;

use super::action::{Action, Place};
use super::bulk::Results;
use super::drafts::Drafts;
use super::form::Form;
use super::grant::Handing;
use super::look::{Look, Opened};
use super::panes::Pane;
use super::picture::Picture;
use super::screens::{Screen, Screens};
use super::settings::Settings;
use crate::desk::Failure;
use crate::desk::screen::Seat;
use crate::domain::Time;
use crate::tui::clipboard::Clipboard;
use crate::tui::data::{QueueRow, TicketView};
use crate::tui::graphics::Easel;
use crate::tui::theme::Theme;
use crate::tui::worker::{Job, Slot, Step};
use crate::words::Language;

pub use super::queue::Queue;

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
    Grant(Box<Handing>),
    Messages {
        at: usize,
    },
    Pane(Pane),
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
    pub step: Option<Step>,
    /// It waits for the import that is under way.
    pub waits: bool,
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
    pub settings: Settings,
    pub queue: Queue,
    /// The screens beside the queue.
    pub screens: Screens,
    pub open: Option<Open>,
    /// The ticket last read for the selected line.
    pub peek: Option<Arc<TicketView>>,
    /// The ticket that could not be read last, and why.
    pub unread: Option<(i64, Failure)>,
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
    /// What is known of the terminal's clipboard.
    pub clipboard: Clipboard,
    /// What came of the last act on many tickets.
    pub results: Option<Results>,
    /// What was done in this session, for undo.
    pub undo: Vec<super::undo::Step>,
    /// What the desk keeps of the queue.
    pub kept: super::kept::State,
    /// What pictures are drawn with.
    pub easel: Easel,
    /// Ticks since the desk was last asked to judge again what is out of date.
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
            settings: Settings::default(),
            queue: Queue::default(),
            screens: Screens::default(),
            open: None,
            peek: None,
            unread: None,
            peeked: None,
            overlays: Vec::new(),
            toast: None,
            messages: VecDeque::new(),
            busy: BTreeMap::new(),
            newest: BTreeMap::new(),
            last: 0,
            pending: None,
            drafts: Drafts::default(),
            clipboard: Clipboard::default(),
            results: None,
            undo: Vec::new(),
            kept: super::kept::State::default(),
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
        self.queue.row(self.queue.at)
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

    /// Why the ticket that an act would be on is not known.
    pub fn unread(&self) -> Option<&Failure> {
        let id = self.subject()?;
        self.unread.as_ref().filter(|(of, _)| *of == id && self.case().is_none()).map(|(_, failure)| failure)
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
            Some(Overlay::Grant(_)) => &[Place::Grant],
            Some(Overlay::Messages { .. }) => &[Place::Messages],
            Some(Overlay::Finding(_) | Overlay::Event { .. } | Overlay::Acts { .. }) => &[Place::Look],
            Some(Overlay::Picture(_)) => &[Place::Picture],
            Some(Overlay::Pane(_) | Overlay::Help(_) | Overlay::Palette(_) | Overlay::Screens { .. }) => &[],
            None if self.screens.at != Screen::Queue => self.screens.at.places(),
            None if self.open.is_some() => &[Place::Ticket, Place::Case, Place::Everywhere],
            None => &[Place::Queue, Place::Case, Place::Everywhere],
        }
    }

    /// The newest message that was not dismissed.
    pub fn trouble(&self) -> Option<&Message> {
        self.messages.iter().find(|m| !m.dismissed)
    }
}
