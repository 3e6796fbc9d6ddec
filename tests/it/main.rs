//! The one integration binary: every file beside this one is a module of it.
mod store_model;
mod store_open;
mod store_registry;
mod store_repairs;
