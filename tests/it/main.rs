//! The one integration binary: every file beside this one is a module of it.
// A test that cannot go on stops.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod store_model;
mod store_open;
mod store_registry;
mod store_repairs;
