//! The screen as a pure machine: [`update`] takes what happened and changes the model; what is to be done
//! about it comes back as data. No clock, no disk, no terminal in here.

pub mod action;
mod answers;
mod approver;
pub mod area;
pub mod bulk;
pub mod cases;
mod check;
pub mod columns;
mod do_action;
pub mod drafts;
mod enabled;
pub mod form;
mod form_decide;
mod forms;
pub mod grant;
pub mod kept;
pub mod key;
pub mod keymap;
mod keys;
pub mod lock;
pub mod look;
pub mod marks;
pub mod model;
pub mod mouse;
mod msg;
mod next;
pub mod panes;
pub mod picture;
pub mod queue;
mod request;
pub mod screens;
pub mod settings;
mod tell;
pub mod undo;
mod update;

pub use check::{Verdict, check};
pub use drafts::last_words;
pub use enabled::enabled;
pub use forms::sentence;
pub use keys::{matching, offered};
pub use model::Model;
pub use msg::{Effect, Msg};
pub use next::next_step;
pub use tell::{key_of, tell};
pub use update::update;
