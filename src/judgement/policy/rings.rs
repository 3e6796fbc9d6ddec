//! `[rings]`: from where on many claims, or one agent's grants, are worth a look. Nothing here refuses anybody.

use std::collections::BTreeMap;

use toml::Spanned;

use super::{PolicyError, bounds};
use crate::domain::Shown;
use crate::words::Phrase;

macro_rules! rings {
    ($($name:ident: $shipped:literal in $low:literal..=$high:literal,)+) => {
        /// The numbers that rings and insiders are looked for by; `policy.toml` says what each is for.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[allow(missing_docs)] // each is explained where it is set
        pub struct Rings { $(pub $name: i64,)+ }

        impl Default for Rings {
            fn default() -> Self {
                Self { $($name: $shipped,)+ }
            }
        }

        impl Rings {
            const RANGES: &'static [(&'static str, i64, i64)] = &[$((stringify!($name), $low, $high),)+];

            fn set(&mut self, name: &str, value: i64) {
                match name {
                    $(stringify!($name) => self.$name = value,)+
                    _ => {}
                }
            }

            /// Name and value of each.
            pub fn each(&self) -> Vec<(&'static str, i64)> {
                vec![$((stringify!($name), self.$name),)+]
            }
        }
    };
}

rings! {
    near_imeis: 3 in 2..=1000,
    near_imei_gap: 20 in 1..=10_000,
    near_receipts: 3 in 2..=1000,
    near_receipt_gap: 20 in 1..=10_000,
    same_text: 4 in 2..=1000,
    same_image: 4 in 2..=1000,
    burst: 10 in 2..=10_000,
    burst_hours: 1 in 1..=720,
    ring_days: 30 in 1..=365,
    grants_apart_seconds: 60 in 1..=3600,
    blind_grants: 2 in 1..=1000,
    grants_to_one: 2 in 2..=1000,
}

impl Rings {
    /// Reads the section; what it does not say is as shipped.
    pub(super) fn read(
        section: &BTreeMap<Spanned<String>, Spanned<i64>>,
        at: &impl Fn(usize, Phrase) -> PolicyError,
    ) -> Result<Self, PolicyError> {
        let mut rings = Self::default();
        for (name, value) in section {
            let known = Self::RANGES.iter().find(|(known, ..)| known == name.get_ref());
            let Some((known, low, high)) = known else {
                let like = |a: &&(&str, i64, i64)| strsim::jaro(a.0, name.get_ref());
                let best = Self::RANGES.iter().max_by(|a, b| like(a).total_cmp(&like(b)));
                let what = Phrase::of("rule-unknown").with("name", Shown(name.get_ref()).to_string());
                return Err(at(name.span().start, what.with("best", best.map_or("", |(best, ..)| *best))));
            };
            let number = *value.get_ref();
            if !(*low..=*high).contains(&number) {
                return Err(at(value.span().start, bounds("rule-bounds", known, number, *low, *high)));
            }
            rings.set(known, number);
        }
        Ok(rings)
    }
}
