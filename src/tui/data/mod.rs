//! What the screens show: plain, owned data that the worker makes out of the desk's own types.
//!
//! Invariant: what a screen may not show (persons the registry knows, until they are revealed) never
//! enters these types. Texts are as they came; the painter makes them safe.

mod compare;
mod import;
mod log;
mod outbox;
mod queue;
mod rows;
mod since;
mod ticket;

pub use compare::Mark;
pub use import::{Batch, Entry, Listing};
pub use log::{LogLine, LogView, haystack};
pub use outbox::{OutLine, OutView};
pub use queue::{Badge, QueueRow};
pub use rows::{FindingView, Item, RegistryRow};
pub use since::Change;
pub use ticket::{Event, Group, TicketView};

/// The name people use for a ticket: its reference, else its number.
pub fn ticket_name(id: i64, reference: Option<&str>) -> String {
    reference.map_or_else(|| format!("#{id}"), str::to_owned)
}
