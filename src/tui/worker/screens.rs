//! What the screens beside the queue ask of the desk, and what they are told.

use std::sync::Arc;

use super::job::Slot;
use crate::desk::lookup::{Found, Lead};
use crate::desk::{Desk, Failure};

/// A question of a screen.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// Everything about an identifier; in full is logged as such.
    Lookup { lead: Lead, reveal: bool },
}

impl Ask {
    /// The slot of a reading, of which only the newest counts.
    pub const fn slot(&self) -> Option<Slot> {
        match self {
            Self::Lookup { reveal: false, .. } => Some(Slot::Lookup),
            // It is logged: never dropped in silence.
            Self::Lookup { .. } => None,
        }
    }

    /// What the agent is told is going on.
    pub const fn doing(&self) -> &'static str {
        match self {
            Self::Lookup { .. } => "doing-lookup",
        }
    }
}

/// The answer to an [`Ask`].
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    Lookup(Arc<Found>),
}

pub(super) fn run(
    desk: &mut Desk,
    ask: &Ask,
    _progress: &mut dyn FnMut(usize) -> bool,
) -> Result<Told, Failure> {
    match ask {
        Ask::Lookup { lead, reveal } => Ok(Told::Lookup(Arc::new(desk.lookup_around(lead, *reveal)?))),
    }
}
