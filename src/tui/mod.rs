//! The screen.

mod data;
mod text;
mod theme;
mod worker;
