//! The only place that knows SQL: two SQLite files, `registry.db` (the lists as others sent them) and
//! `desk.db` (what we must never lose).

pub mod cipher;
pub mod copy;
pub mod desk;
pub mod error;
pub mod migrate;
pub mod open;
mod place;
pub mod registry;
pub mod shape;
pub mod statements;
mod steady;
pub mod whole;

pub use error::StoreError;
pub use open::{
    FileKind, Opened, Purpose, begin_view, end_view, fold_log, open, tidy_log, write_bulk_tx, write_tx,
    write_tx_if_free,
};
pub use place::network;
pub use statements::Statements;
pub use steady::Steady;

/// A connection to one of the two files; only this module knows what speaks over it.
pub type Db = rusqlite::Connection;
