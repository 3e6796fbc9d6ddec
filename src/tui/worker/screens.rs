//! What the screens beside the queue ask of the desk, and what they are told.

use std::sync::Arc;

use super::import::{self, Mode};
use super::job::{Slot, Step};
use crate::desk::import::Content;
use crate::desk::lookup::{Found, Lead};
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
}

impl Ask {
    /// The slot of a reading, of which only the newest counts.
    pub const fn slot(&self) -> Option<Slot> {
        match self {
            Self::Lookup { reveal: false, .. } => Some(Slot::Lookup),
            Self::Folder { .. } => Some(Slot::Folder),
            // It is logged: never dropped in silence.
            Self::Lookup { .. } | Self::Import { .. } => None,
        }
    }

    /// What the agent is told is going on.
    pub const fn doing(&self) -> &'static str {
        match self {
            Self::Lookup { .. } => "doing-lookup",
            Self::Folder { .. } => "doing-folder",
            Self::Import { mode: Mode::Dry, .. } => "doing-look-through",
            Self::Import { .. } => "doing-import",
        }
    }
}

/// The answer to an [`Ask`].
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    Lookup(Arc<Found>),
    Folder(Arc<Listing>),
    Import(Arc<Batch>),
}

pub(super) fn run(
    desk: &mut Desk,
    ask: &Ask,
    progress: &mut dyn FnMut(Step) -> bool,
) -> Result<Told, Failure> {
    match ask {
        Ask::Folder { path } => Ok(Told::Folder(Arc::new(import::listing(path)))),
        Ask::Import { file, content, mode } => {
            Ok(Told::Import(Arc::new(import::import(desk, file, *content, *mode, progress)?)))
        }
        Ask::Lookup { lead, reveal } => Ok(Told::Lookup(Arc::new(desk.lookup_around(lead, *reveal)?))),
    }
}
