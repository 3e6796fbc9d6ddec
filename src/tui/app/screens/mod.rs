//! The screens beside the queue: which one is shown, what each keeps, how one is left.
//!
//! A screen is one file here (its state, and what its keys change), one in `view/screens/` (how it looks), a
//! line in [`Screen`] and in the action list. The functions below hand over to the file of the screen shown.

pub mod agents;
pub mod grants;
pub mod import;
pub mod log;
pub mod lookup;
pub mod outbox;
pub mod policy;
pub mod registry;
pub mod report;

use super::Effect;
use super::action::{Action, Place};
use super::key::{Code, Key};
use super::model::Model;
use crate::desk::Failure;
use crate::tui::worker::Job;
use crate::tui::worker::screens::{Ask, Told};

/// What the window shows. A ticket belongs to the queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Screen {
    #[default]
    Queue,
    Lookup,
    Import,
    Registry,
    Report,
    Log,
    Agents,
    Policy,
    Grants,
    Outbox,
}

impl Screen {
    pub const ALL: &'static [Self] = &[
        Self::Queue,
        Self::Lookup,
        Self::Grants,
        Self::Outbox,
        Self::Import,
        Self::Registry,
        Self::Report,
        Self::Log,
        Self::Agents,
        Self::Policy,
    ];

    /// The id of its name.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Queue => "place-queue",
            Self::Lookup => "place-lookup",
            Self::Import => "place-import",
            Self::Registry => "place-registry",
            Self::Report => "place-report",
            Self::Log => "place-log",
            Self::Agents => "place-agents",
            Self::Policy => "place-policy",
            Self::Grants => "place-grants",
            Self::Outbox => "place-outbox",
        }
    }

    /// Where keys are looked up on it.
    pub const fn places(self) -> &'static [Place] {
        match self {
            Self::Queue => &[Place::Queue, Place::Case, Place::Everywhere],
            Self::Lookup => &[Place::On(Self::Lookup), Place::Screen, Place::Everywhere],
            Self::Import => &[Place::On(Self::Import), Place::Screen, Place::Everywhere],
            Self::Registry => &[Place::On(Self::Registry), Place::Screen, Place::Everywhere],
            Self::Report => &[Place::On(Self::Report), Place::Screen, Place::Everywhere],
            Self::Log => &[Place::On(Self::Log), Place::Screen, Place::Everywhere],
            Self::Agents => &[Place::On(Self::Agents), Place::Screen, Place::Everywhere],
            Self::Policy => &[Place::On(Self::Policy), Place::Screen, Place::Everywhere],
            Self::Grants => &[Place::On(Self::Grants), Place::Screen, Place::Everywhere],
            Self::Outbox => &[Place::On(Self::Outbox), Place::Screen, Place::Everywhere],
        }
    }

    /// The letter that chooses it in the list of screens.
    pub const fn letter(self) -> char {
        match self {
            Self::Queue => 'q',
            Self::Lookup => 'l',
            Self::Import => 'i',
            Self::Registry => 'y',
            Self::Report => 'r',
            Self::Log => 'o',
            Self::Agents => 'e',
            Self::Policy => 'p',
            Self::Grants => 'a',
            Self::Outbox => 'u',
        }
    }
}

/// Which screen is shown, and what each one keeps while another is.
#[derive(Debug, Default)]
pub struct Screens {
    pub at: Screen,
    /// Where Esc leads, the last one left at the end.
    back: Vec<Screen>,
    pub lookup: lookup::State,
    pub import: import::State,
    pub registry: registry::State,
    pub report: report::State,
    pub log: log::State,
    pub agents: agents::State,
    pub policy: policy::State,
    pub grants: grants::State,
    pub outbox: outbox::State,
}

/// Goes to a screen; what is open over the present one is left, with what was typed kept.
pub fn show(model: &mut Model, screen: Screen) -> Vec<Effect> {
    let from = model.screens.at;
    if from == screen {
        return Vec::new();
    }
    // To go where one came from is to go back.
    match model.screens.back.iter().position(|s| *s == screen) {
        Some(place) => model.screens.back.truncate(place),
        None => model.screens.back.push(from),
    }
    enter(model, screen)
}

/// Goes back to where the screen was called from.
pub fn back(model: &mut Model) -> Vec<Effect> {
    let to = model.screens.back.pop().unwrap_or_default();
    model.screens.at = to;
    model.toast = None;
    Vec::new()
}

/// The ticket that a screen led to was left: back to that screen.
pub fn back_from_ticket(model: &mut Model) {
    if let Some(from) = model.screens.back.pop() {
        model.screens.at = from;
    }
}

fn enter(model: &mut Model, screen: Screen) -> Vec<Effect> {
    model.screens.at = screen;
    model.toast = None;
    refresh(model)
}

/// Opens a ticket from another screen; Esc leads back to it.
pub fn open_ticket(model: &mut Model, id: i64) -> Vec<Effect> {
    let from = model.screens.at;
    model.screens.back.retain(|s| *s != Screen::Queue);
    model.screens.back.push(from);
    model.screens.at = Screen::Queue;
    super::do_action::open_ticket(model, id)
}

/// What a ticket shares with others, on the lookup screen; Esc leads back to the ticket.
pub fn links_of(model: &mut Model, id: i64) -> Vec<Effect> {
    // What was looked up there before need not be read again.
    drop(show(model, Screen::Lookup));
    lookup::ticket(model, id)
}

/// The queue with a filter, over every view; Esc clears it.
fn queue_of(model: &mut Model, filter: &str) -> Vec<Effect> {
    model.screens.at = Screen::Queue;
    model.screens.back.clear();
    model.open = None;
    model.queue.typing = false;
    model.queue.filter = tui_input::Input::new(filter.to_owned());
    super::queue::show_view(model, crate::desk::board::View::All)
}

/// Reads what the screen shows, on entering it and on Ctrl+R.
pub fn refresh(model: &mut Model) -> Vec<Effect> {
    match model.screens.at {
        Screen::Queue => Vec::new(),
        Screen::Lookup => lookup::enter(model),
        Screen::Import => import::enter(model),
        Screen::Registry => registry::enter(model),
        Screen::Agents => agents::enter(model),
        Screen::Policy => policy::enter(model),
        Screen::Grants => grants::enter(model),
        Screen::Outbox => outbox::enter(model),
        Screen::Report => report::enter(model),
        Screen::Log => log::enter(model),
    }
}

/// Whether an action of the screen can be done now.
pub fn enabled(model: &Model, action: Action) -> Result<(), String> {
    match model.screens.at {
        Screen::Queue | Screen::Registry | Screen::Agents => Ok(()),
        Screen::Lookup => lookup::enabled(model, action),
        Screen::Import => import::enabled(model, action),
        Screen::Policy => policy::enabled(model, action),
        Screen::Grants => grants::enabled(model, action),
        Screen::Outbox => outbox::enabled(model, action),
        Screen::Report => report::enabled(model, action),
        Screen::Log => log::enabled(model, action),
    }
}

/// An action of the screen shown.
pub fn run(model: &mut Model, action: Action) -> Vec<Effect> {
    match model.screens.at {
        Screen::Queue | Screen::Agents => Vec::new(),
        Screen::Lookup => lookup::run(model, action),
        Screen::Import => import::run(model, action),
        Screen::Registry => registry::run(model, action),
        Screen::Policy => policy::run(model, action),
        Screen::Grants => grants::run(model, action),
        Screen::Outbox => outbox::run(model, action),
        Screen::Report => report::run(model, action),
        Screen::Log => log::run(model, action),
    }
}

/// The request that the screen shown waits for and that can be stopped.
fn under_way(model: &Model) -> Option<u64> {
    match model.screens.at {
        Screen::Policy => policy::progress(model).map(|(no, ..)| no),
        Screen::Report => report::progress(model).map(|(no, ..)| no),
        Screen::Log => log::progress(model).map(|(no, ..)| no),
        _ => None,
    }
}

/// A key for a field of the screen; `None` where no field takes it.
pub fn typed(model: &mut Model, key: Key) -> Option<Vec<Effect>> {
    // What is under way is stopped before the screen is left.
    if let (Code::Esc, Some(no)) = (key.code, under_way(model)) {
        return Some(vec![Effect::Cancel(no)]);
    }
    match model.screens.at {
        Screen::Queue | Screen::Registry | Screen::Agents | Screen::Report => None,
        Screen::Lookup => lookup::typed(model, key),
        Screen::Import => import::typed(model, key),
        Screen::Policy => policy::typed(model, key),
        Screen::Grants => grants::typed(model, key),
        Screen::Outbox => outbox::typed(model, key),
        Screen::Log => log::typed(model, key),
    }
}

/// Pasted text goes to the field of the screen, where there is one.
pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    match model.screens.at {
        Screen::Queue | Screen::Registry | Screen::Report | Screen::Agents | Screen::Outbox => Vec::new(),
        Screen::Lookup => lookup::paste(model, text),
        Screen::Import => import::paste(model, text),
        Screen::Policy => policy::paste(model, text),
        Screen::Grants => grants::paste(model, text),
        Screen::Log => log::paste(model, text),
    }
}

/// Moves the selection, or what is shown, by lines.
pub fn scroll(model: &mut Model, by: isize) -> Vec<Effect> {
    match model.screens.at {
        Screen::Queue => {}
        Screen::Lookup => lookup::scroll(model, by),
        Screen::Import => import::scroll(model, by),
        Screen::Registry => registry::scroll(model, by),
        Screen::Agents => agents::scroll(model, by),
        Screen::Policy => policy::scroll(model, by),
        Screen::Grants => return grants::scroll(model, by),
        Screen::Outbox => outbox::scroll(model, by),
        Screen::Report => report::scroll(model, by),
        Screen::Log => log::scroll(model, by),
    }
    Vec::new()
}

/// Something was clicked: a field that is being typed into is left, where there is something else to do.
pub fn still(model: &mut Model) {
    let s = &mut model.screens;
    s.lookup.typing &= s.at != Screen::Lookup || s.lookup.now.is_none();
    s.log.typing &= s.at != Screen::Log;
    s.grants.typing &= s.at != Screen::Grants;
    s.policy.typing &= s.at != Screen::Policy;
}

/// Goes to a tab of the screen.
pub fn tab(model: &mut Model, n: usize) -> Vec<Effect> {
    match model.screens.at {
        Screen::Grants => grants::show_tab(model, n),
        Screen::Outbox => outbox::show_tab(model, n),
        Screen::Report => report::show_tab(model, n),
        _ => Vec::new(),
    }
}

/// What the worker found for a screen, whichever is shown by now.
pub fn told(model: &mut Model, ask: &Ask, told: Told) -> Vec<Effect> {
    match (ask, told) {
        (Ask::Lookup { lead, reveal }, Told::Lookup(found)) => lookup::told(model, lead, *reveal, found),
        (Ask::Folder { .. }, Told::Folder(listing)) => import::listed(model, listing),
        (Ask::Import { .. }, Told::Import(batch)) => import::told(model, batch),
        (_, Told::Registry(standing)) => registry::told(model, standing),
        (_, Told::Roster(roster)) => agents::told(model, roster),
        (_, Told::Rulebook(book)) => policy::told(model, book),
        (_, Told::Report(found)) => report::told(model, found),
        (_, Told::Log(view)) => log::told(model, view),
        (_, Told::Verify(verdict)) => log::verified(model, verdict),
        (_, Told::Outbox(view)) => outbox::told(model, view),
        (_, Told::OutCounts(counts)) => {
            outbox::counted(model, counts);
            Vec::new()
        }
        (Ask::Outbox(asked), Told::OutDone(message)) => outbox::done(model, asked, message),
        (_, Told::Replay(replayed)) => policy::replayed(model, replayed),
        _ => Vec::new(),
    }
}

/// What a screen asked for could not be had. Says whether the screen itself tells why; else a message does.
pub fn failed(model: &mut Model, ask: &Ask, failure: &Failure) -> bool {
    match ask {
        Ask::Lookup { .. } => lookup::failed(model),
        Ask::Import { .. } => import::failed(model, failure),
        _ => false,
    }
}

/// What a screen asked for was stopped.
pub fn dropped(model: &mut Model, job: &Job) {
    if let Job::Screen(Ask::Import { .. }) = job {
        import::stopped(model);
    }
    if let Job::Screen(Ask::Lookup { .. }) = job {
        lookup::failed(model);
    }
}

/// A quarter of a second has passed.
pub fn tick(model: &mut Model) -> Vec<Effect> {
    lookup::tick(model);
    outbox::tick(model)
}

/// The letter of a screen in the list of screens.
pub fn by_letter(key: Key) -> Option<Screen> {
    let Code::Char(letter) = key.latin().code else { return None };
    Screen::ALL.iter().copied().find(|s| s.letter() == letter.to_ascii_lowercase())
}
