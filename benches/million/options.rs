//! How the benches open a desk.

use std::path::Path;

use latchkey::desk::{Failure, Folder, Options};
use latchkey::domain::Time;
use latchkey::env::Env;

/// A rehearsal desk, at a moment that stands still.
pub fn options(folder: &Path, agent: &str, now: Time) -> Options {
    Options {
        folder: Folder::new(folder),
        agent: Some(agent.to_owned()),
        readonly: false,
        env: Env::fixed(now),
        ask_passphrase: Box::new(|_| Err(Failure::refused("a rehearsal asks for no passphrase"))),
    }
}
