//! The one integration binary: every file beside this one is a module of it.

mod import_attachments;
mod import_bad_inputs;
mod import_lists;
mod import_properties;
