//! What the screens beside the queue ask of the desk, and what they are told.

use std::sync::Arc;

use super::import::{self, Mode};
use super::job::{Slot, Step};
use crate::desk::import::Content;
use crate::desk::lists::RegistryStanding;
use crate::desk::lookup::{Found, Lead};
use crate::desk::replay::{Replayed, policy_file};
use crate::desk::roster::{Roster, Rulebook};
use crate::desk::{Desk, Failure};
use crate::tui::data::{Batch, Listing};

/// A question of a screen.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// Everything about an identifier; in full is logged as such.
    Lookup { lead: Lead, reveal: bool },
    /// What is in a folder.
    Folder { path: String },
    /// A file is looked through, or imported.
    Import { file: String, content: Option<Content>, mode: Mode },
    /// Where the lists stand; weighing reads the whole file.
    Registry { weigh: bool },
    /// Who works here.
    Roster,
    /// The policy, taken apart.
    Rulebook,
    /// What another policy would change.
    Replay { file: String },
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
            // It is logged: never dropped in silence.
            Self::Lookup { .. } | Self::Import { .. } | Self::Replay { .. } => None,
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
        Ask::Folder { path } => Ok(Told::Folder(Arc::new(import::listing(path)))),
        Ask::Import { file, content, mode } => {
            Ok(Told::Import(Arc::new(import::import(desk, file, *content, *mode, progress)?)))
        }
        Ask::Lookup { lead, reveal } => Ok(Told::Lookup(Arc::new(desk.lookup_around(lead, *reveal)?))),
    }
}
