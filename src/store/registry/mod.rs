//! The lists in `registry.db`: imported row by row, gathered as facts for one claim.

mod accounts;
mod adding;
mod bulk;
mod canon;
pub mod erase;
pub mod facts;
mod fold;
pub mod import;
mod landed;
pub mod lookup;
mod names;
#[cfg(test)]
mod plans;
mod prune;
mod put_accounts;
mod put_devices;
mod put_events;
pub mod reader;
mod remove;
mod repairs;
mod resolve;
mod row_key;
mod seals;
mod seen;
mod sims;
pub mod status;
mod sweep;
mod there;
mod zeros;

pub use facts::{NoOverlay, Overlay};
pub use import::{FileProblem, ImportError, ImportMeta, ListImport, Mode, Put, RowProblem, Summary};
pub use landed::{Landed, complete_landed, oldest_landed};
pub use lookup::{AccountDetails, DeviceDetails, PhoneDetails, RepairDetails, SaleDetails};
pub use prune::{Keep, Prune, Pruning};
pub use reader::{Registry, RegistryReader};
pub use seals::{Misfit, Root, Sealed, Sign, is_empty, seal_all, sealed, unsigned};
pub use status::{ListStatus, RegistryStatus, generation, is_same_file, status};
pub use there::Accounts;

/// A number of at most 63 bits as SQLite keeps it; ours are all far below.
pub(crate) fn int(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
