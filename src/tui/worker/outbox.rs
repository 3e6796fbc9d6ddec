//! What the outbox is asked, and what it tells.

use std::sync::Arc;

use super::screens::Told;
use crate::desk::outbox::Wanted;
use crate::desk::{Desk, Failure};
use crate::domain::MessageState;
use crate::tui::data::{OutLine, OutView};

/// A part of the outbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OutTab {
    /// Still to leave, or failed.
    #[default]
    Open,
    Sent,
    Dropped,
    All,
}

/// A question to the outbox.
#[derive(Clone, Debug, PartialEq)]
pub enum OutAsk {
    /// The newest messages of a part.
    List(OutTab),
    /// How many are to leave, and how many have failed.
    Counts,
    /// A message is tried again at once.
    Retry { message: i64 },
    /// A message is not to be sent any more.
    Drop { message: i64, reason: String },
}

/// Messages that a screen holds.
const MOST: usize = 500;

pub(super) fn run(desk: &mut Desk, ask: &OutAsk) -> Result<Told, Failure> {
    Ok(match ask {
        OutAsk::List(tab) => {
            let state = match tab {
                OutTab::Sent => Some(MessageState::Sent),
                OutTab::Dropped => Some(MessageState::Dropped),
                OutTab::Open | OutTab::All => None,
            };
            let wanted = Wanted { ticket: None, state, open: *tab == OutTab::Open };
            let lines = desk.outbox(wanted, MOST)?.iter().map(OutLine::from).collect();
            Told::Outbox(Arc::new(OutView { lines, counts: desk.outbox_counts()? }))
        }
        OutAsk::Counts => Told::OutCounts(desk.outbox_counts()?),
        OutAsk::Retry { message } => {
            desk.retry_message(*message)?;
            Told::OutDone(*message)
        }
        OutAsk::Drop { message, reason } => {
            desk.drop_message(*message, reason)?;
            Told::OutDone(*message)
        }
    })
}
