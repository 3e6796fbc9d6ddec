//! Types that cannot be wrong once made: no IO, no clock.

pub mod claim;
pub mod rows;
pub mod ticket;
pub(crate) mod words;

pub use claim::*;
pub use rows::*;
pub use ticket::*;
pub use words::UnknownWord;
