//! Bytes in, typed rows or located errors out; no SQL, no knowledge of desks.
//!
//! A file passes through `source` (open), `input` (a hashed, bounded window), `split` (records and
//! physical lines), `csv` or `jsonl` (cells) and `lists` or `cases` (types). What is wrong with one row
//! is a [`Reject`], what is wrong with the file a [`FileError`].

mod attachments;
mod cases;
mod claim;
mod csv;
mod dhash;
mod error;
mod eyes;
mod input;
mod jsonl;
mod lists;
pub mod mail;
mod rejects;
mod row;
mod sort;
mod source;
mod split;
mod strict_json;
mod table;

pub use crate::domain::{CaseColumn, CaseFields};
pub use attachments::{AttachmentError, Caps, LoadedAttachment, examine, load, look};
pub use cases::{CaseReader, CaseRow, Warning};
pub use claim::{AttachmentRef, NoCase, claim_from_fields};
pub use error::{FileError, Reject, Trouble};
pub use lists::{Change, ListOptions, ListReader, Located, Order, order};
pub use rejects::RejectWriter;
pub use sort::Sorter;
pub use source::Source;
pub use table::Format;
