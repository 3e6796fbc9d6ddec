//! Which mutant is on: the number in the file beside the tree (`../active`). `cover PATH` there notes in PATH which
//! mutants are reached instead. A file, since the tests start the program with an empty environment.

use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

struct State {
    active: u32,
    cover: Option<File>,
    seen: Vec<AtomicBool>,
}

static STATE: OnceLock<State> = OnceLock::new();

fn state() -> State {
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../active")).unwrap_or_default();
    let path = text.trim().strip_prefix("cover ");
    State {
        active: text.trim().parse().unwrap_or(0),
        cover: path.and_then(|p| OpenOptions::new().append(true).create(true).open(p).ok()),
        seen: if path.is_some() { (0..10_000).map(|_| AtomicBool::new(false)).collect() } else { Vec::new() },
    }
}

/// Whether this mutant is on.
pub fn on(id: u32) -> bool {
    let state = STATE.get_or_init(state);
    if let Some(mut file) = state.cover.as_ref()
        && !state.seen[id as usize].swap(true, Ordering::Relaxed)
    {
        let _ = file.write_all(format!("{id}\n").as_bytes());
    }
    state.active == id
}
