//! The one integration binary: every file beside this one is a module of it.

// Helpers of tests stand outside `#[test]` functions; in both, a panic is the answer wanted.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod import_attachments;
mod import_bad_inputs;
mod import_lists;
mod import_properties;
