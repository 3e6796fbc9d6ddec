//! See the crate's front page.

pub mod facts;
