//! What the screens beside the queue ask of the desk, and what they are told.

use std::sync::Arc;

use super::import::{self, Mode};
use super::job::{Slot, Step};
use super::outbox::OutAsk;
use crate::audit::LogVerdict;
use crate::desk::import::Content;
use crate::desk::lists::RegistryStanding;
use crate::desk::lookup::{Found, Lead};
use crate::desk::replay::{Replayed, policy_file};
use crate::desk::report::{Period, Report};
use crate::desk::roster::{Roster, Rulebook};
use crate::desk::{Desk, Failure};
use crate::domain::ListMode;
use crate::tui::data::{Batch, Listing, LogView, OutView, haystack};

/// A question of a screen.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// Everything about an identifier; in full is logged as such.
    Lookup { lead: Lead, reveal: bool },
    /// What is in a folder.
    Folder { path: String },
    /// A file is looked through, or imported.
    Import { file: String, content: Option<Content>, list_mode: ListMode, mode: Mode },
    /// Where the lists stand; weighing reads the whole file.
    Registry { weigh: bool },
    /// Who works here.
    Roster,
    /// The policy, taken apart.
    Rulebook,
    /// What another policy would change.
    Replay { file: String },
    /// A report about the last days.
    Report { days: i32 },
    /// The newest leaves of the log with these words in them.
    Log { filter: String },
    /// Whether the log holds.
    Verify,
    /// The outbox.
    Outbox(OutAsk),
}

impl Ask {
    /// The slot of a reading, of which only the newest counts.
    pub const fn slot(&self) -> Option<Slot> {
        match self {
            Self::Lookup { reveal: false, .. } => Some(Slot::Lookup),
            Self::Folder { .. } => Some(Slot::Folder),
            Self::Registry { .. } => Some(Slot::Registry),
            Self::Roster => Some(Slot::Roster),
            Self::Rulebook => Some(Slot::Rulebook),
            Self::Report { .. } => Some(Slot::Report),
            Self::Log { .. } => Some(Slot::Log),
            Self::Outbox(OutAsk::List(_)) => Some(Slot::Outbox),
            Self::Outbox(OutAsk::Counts) => Some(Slot::OutCounts),
            // It is logged: never dropped in silence.
            Self::Lookup { .. }
            | Self::Import { .. }
            | Self::Replay { .. }
            | Self::Verify
            | Self::Outbox(_) => None,
        }
    }

    /// What the agent is told is going on.
    pub const fn doing(&self) -> &'static str {
        match self {
            Self::Lookup { .. } => "doing-lookup",
            Self::Folder { .. } => "doing-folder",
            Self::Import { mode: Mode::Dry, .. } => "doing-look-through",
            Self::Import { .. } => "doing-import",
            Self::Registry { weigh: true } => "doing-weigh",
            Self::Registry { .. } => "doing-registry",
            Self::Roster => "doing-roster",
            Self::Rulebook => "doing-rulebook",
            Self::Replay { .. } => "doing-replay",
            Self::Report { .. } => "doing-report",
            Self::Log { .. } => "doing-log",
            Self::Verify => "doing-verify",
            Self::Outbox(OutAsk::List(_) | OutAsk::Counts) => "doing-outbox",
            Self::Outbox(OutAsk::Retry { .. }) => "doing-retry",
            Self::Outbox(OutAsk::Drop { .. }) => "doing-drop",
        }
    }
}

/// The answer to an [`Ask`].
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    Lookup(Arc<Found>),
    Folder(Arc<Listing>),
    Import(Arc<Batch>),
    Registry(Arc<RegistryStanding>),
    Roster(Arc<Roster>),
    Rulebook(Arc<Rulebook>),
    Replay(Arc<Replayed>),
    Report(Arc<Report>),
    Log(Arc<LogView>),
    Verify(LogVerdict),
    Outbox(Arc<OutView>),
    OutCounts((i64, i64)),
    /// It was done with this message.
    OutDone(i64),
}

pub(super) fn run(
    desk: &mut Desk,
    ask: &Ask,
    progress: &mut dyn FnMut(Step) -> bool,
) -> Result<Told, Failure> {
    match ask {
        Ask::Registry { weigh } => Ok(Told::Registry(Arc::new(desk.registry_status(*weigh)?))),
        Ask::Roster => Ok(Told::Roster(Arc::new(desk.roster()))),
        Ask::Rulebook => Ok(Told::Rulebook(Arc::new(desk.rulebook()?))),
        Ask::Replay { file } => {
            let (policy, _) = policy_file(&import::expand(file))?;
            let mut step = |done: usize, of: usize| {
                let of = u64::try_from(of).ok();
                progress(Step { of, ..Step::tickets(done) })
            };
            Ok(Told::Replay(Arc::new(desk.replay_while(policy, &mut step)?)))
        }
        Ask::Report { days } => {
            let period = Period::last_days(desk.now(), &desk.config.calendar, *days);
            let mut step =
                |done: u64, of: u64| progress(Step { done, of: Some(of), rows: done, settling: false });
            Ok(Told::Report(Arc::new(desk.report(period, &mut step)?)))
        }
        Ask::Log { filter } => Ok(Told::Log(Arc::new(log(desk, filter, progress)?))),
        Ask::Verify => {
            let all = desk.log_page(0, |_, _| true, &mut |_, _| true)?.all;
            let mut step = |done: u64| progress(Step { done, of: Some(all), rows: done, settling: false });
            Ok(Told::Verify(desk.audit_verify_while(&[], &mut step)?))
        }
        Ask::Outbox(ask) => super::outbox::run(desk, ask),
        Ask::Folder { path } => Ok(Told::Folder(Arc::new(import::listing(path)))),
        Ask::Import { file, content, list_mode, mode } => {
            let how = (*list_mode, *mode);
            Ok(Told::Import(Arc::new(import::import(desk, file, *content, how, &|_| {}, progress)?)))
        }
        Ask::Lookup { lead, reveal } => {
            let mut go_on = |done, of| progress(part(done, of));
            Ok(Told::Lookup(Arc::new(desk.lookup_around(lead, *reveal, &mut go_on)?)))
        }
    }
}

/// So many tickets of so many.
pub(super) fn part(done: u64, of: u64) -> Step {
    Step { done, of: Some(of), rows: done, settling: false }
}

/// The newest leaves with every word of a filter in them.
fn log(desk: &Desk, filter: &str, progress: &mut dyn FnMut(Step) -> bool) -> Result<LogView, Failure> {
    let needle = filter.to_lowercase();
    let words: Vec<&str> = needle.split_whitespace().collect();
    // Most leaves fit no filter; only those that may are taken apart.
    let keep = |ticket: Option<i64>, line: &str| {
        words.is_empty() || {
            let lower = line.to_lowercase();
            let may = words.iter().all(|w| w.starts_with('#') || lower.contains(w));
            may && serde_json::from_str(line).is_ok_and(|leaf| {
                let text = haystack(ticket, &leaf);
                words.iter().all(|w| text.contains(w))
            })
        }
    };
    let mut step = |done: u64, of: u64| progress(Step { done, of: Some(of), rows: done, settling: false });
    Ok(LogView::of(&desk.log_page(MOST_LEAVES, keep, &mut step)?, filter))
}

/// Leaves that a screen holds.
const MOST_LEAVES: usize = 5_000;
