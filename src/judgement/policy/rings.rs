//! `[rings]`: from where on many claims, or one agent's grants, are worth a look. Nothing here refuses anybody.

use super::PolicyError;
use super::numbers::{Section, numbers, read};
use crate::words::Phrase;

numbers! {
    /// The numbers that rings and insiders are looked for by; `policy.toml` says what each is for.
    Rings {
        near_imeis: 2..=1000,
        near_imei_gap: 1..=10_000,
        near_receipts: 2..=1000,
        near_receipt_gap: 1..=10_000,
        same_text: 2..=1000,
        same_image: 2..=1000,
        burst: 2..=10_000,
        burst_hours: 1..=720,
        ring_days: 1..=365,
        grants_apart_seconds: 1..=3600,
        blind_grants: 1..=1000,
        grants_to_one: 2..=1000,
    }
}

impl Default for Rings {
    fn default() -> Self {
        Self {
            near_imeis: 3,
            near_imei_gap: 20,
            near_receipts: 3,
            near_receipt_gap: 20,
            same_text: 4,
            same_image: 4,
            burst: 10,
            burst_hours: 1,
            ring_days: 30,
            grants_apart_seconds: 60,
            blind_grants: 2,
            grants_to_one: 2,
        }
    }
}

impl Rings {
    /// Reads the section; what it does not say is as shipped.
    pub(super) fn read(
        section: &Section,
        at: &impl Fn(usize, Phrase) -> PolicyError,
    ) -> Result<Self, PolicyError> {
        let numbers = read(section, Self::RANGES, &Self::default().each(), at)?;
        Ok(Self::from_map(&numbers).unwrap_or_default())
    }
}
