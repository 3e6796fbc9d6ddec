//! `[people]`: how long a change of people waits before it counts for approving.

use super::PolicyError;
use super::numbers::{Section, numbers, read};
use crate::words::Phrase;

numbers! {
    /// The numbers that changes of people go by; `policy.toml` says what each is for.
    People {
        approve_after_hours: 1..=2160,
    }
}

impl Default for People {
    fn default() -> Self {
        Self { approve_after_hours: 24 }
    }
}

impl People {
    /// Reads the section; what it does not say is as shipped.
    pub(super) fn read(
        section: &Section,
        at: &impl Fn(usize, Phrase) -> PolicyError,
    ) -> Result<Self, PolicyError> {
        let numbers = read(section, Self::RANGES, &Self::default().each(), at)?;
        Ok(Self::from_map(&numbers).unwrap_or_default())
    }

    /// Seconds that a new approver waits.
    pub const fn wait(&self) -> i64 {
        self.approve_after_hours * 3600
    }
}
