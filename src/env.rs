//! Clock and host: real, or fixed for a rehearsal and for tests.

use std::path::PathBuf;

use crate::domain::Time;

/// What the program takes from the world around it.
#[derive(Clone, Debug)]
pub struct Env {
    fixed_now: Option<Time>,
    rehearsal_now: Option<Time>,
    state: Option<PathBuf>,
}

impl Env {
    /// The process's own environment. `LATCHKEY_NOW` is read here and used by rehearsal desks only.
    pub fn real() -> Self {
        Self { fixed_now: None, rehearsal_now: Self::rehearsal_now(), state: state_folder() }
    }

    /// `LATCHKEY_NOW`, where it is set.
    pub fn rehearsal_now() -> Option<Time> {
        std::env::var("LATCHKEY_NOW").ok().and_then(|text| Time::parse(&text).ok())
    }

    /// A world that stands still at `now`.
    pub const fn fixed(now: Time) -> Self {
        Self { fixed_now: Some(now), rehearsal_now: None, state: None }
    }

    /// Where this user's programs keep what is theirs alone (XDG Base Directory); none where nothing says.
    pub fn state_folder(&self) -> Option<PathBuf> {
        self.state.clone()
    }

    /// The present; a rehearsal desk may live at another time.
    pub fn now(&self, rehearsal: bool) -> Time {
        let moved = if rehearsal { self.rehearsal_now } else { None };
        self.fixed_now.or(moved).unwrap_or_else(|| Time(chrono::Utc::now().timestamp()))
    }
}

fn state_folder() -> Option<PathBuf> {
    let absolute = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    absolute("XDG_STATE_HOME").or_else(|| absolute("HOME").map(|home| home.join(".local/state")))
}
