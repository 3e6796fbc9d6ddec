//! Clock and host: real, or fixed for a rehearsal and for tests.

use crate::domain::Time;

/// What the program takes from the world around it.
#[derive(Clone, Debug)]
pub struct Env {
    fixed_now: Option<Time>,
    rehearsal_now: Option<Time>,
}

impl Env {
    /// The process's own environment. `LATCHKEY_NOW` is read here and used by rehearsal desks only.
    pub fn real() -> Self {
        Self { fixed_now: None, rehearsal_now: Self::rehearsal_now() }
    }

    /// `LATCHKEY_NOW`, where it is set.
    pub fn rehearsal_now() -> Option<Time> {
        std::env::var("LATCHKEY_NOW").ok().and_then(|text| Time::parse(&text).ok())
    }

    /// A world that stands still at `now`.
    pub const fn fixed(now: Time) -> Self {
        Self { fixed_now: Some(now), rehearsal_now: None }
    }

    /// The present; a rehearsal desk may live at another time.
    pub fn now(&self, rehearsal: bool) -> Time {
        let moved = if rehearsal { self.rehearsal_now } else { None };
        self.fixed_now.or(moved).unwrap_or_else(|| Time(chrono::Utc::now().timestamp()))
    }
}
