//! Numbers of a policy: each by its name, with the least and the most a file may set.

use std::collections::BTreeMap;

use toml::Spanned;

use super::{PolicyError, bounds};
use crate::domain::Shown;
use crate::words::Phrase;

/// A section of numbers as a file has it.
pub(super) type Section = BTreeMap<Spanned<String>, Spanned<i64>>;

macro_rules! numbers {
    ($(#[$about:meta])* $type:ident { $($name:ident: $low:literal..=$high:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[allow(missing_docs)] // each is explained where it is set
        pub struct $type { $(pub $name: i64,)+ }

        impl $type {
            /// Each number with the least and the most a file may set.
            const RANGES: &'static [(&'static str, i64, i64)] = &[$((stringify!($name), $low, $high),)+];

            fn from_map(map: &std::collections::BTreeMap<String, i64>) -> Option<Self> {
                Some(Self { $($name: *map.get(stringify!($name))?,)+ })
            }

            /// Name and value of each.
            pub fn each(&self) -> Vec<(&'static str, i64)> {
                vec![$((stringify!($name), self.$name),)+]
            }
        }
    };
}

pub(super) use numbers;

/// Reads a section that need not be there, nor be whole; what it does not say is as shipped.
pub(super) fn read(
    section: &Section,
    ranges: &'static [(&'static str, i64, i64)],
    shipped: &[(&'static str, i64)],
    at: &impl Fn(usize, Phrase) -> PolicyError,
) -> Result<BTreeMap<String, i64>, PolicyError> {
    let mut numbers: BTreeMap<String, i64> =
        shipped.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect();
    for (name, value) in section {
        let Some((known, low, high)) = ranges.iter().find(|(known, ..)| known == name.get_ref()) else {
            let like = |a: &&(&str, i64, i64)| strsim::jaro(a.0, name.get_ref());
            let best = ranges.iter().max_by(|a, b| like(a).total_cmp(&like(b)));
            let what = Phrase::of("rule-unknown").with("name", Shown(name.get_ref()).to_string());
            return Err(at(name.span().start, what.with("best", best.map_or("", |(best, ..)| *best))));
        };
        let number = *value.get_ref();
        if !(*low..=*high).contains(&number) {
            return Err(at(value.span().start, bounds("rule-bounds", known, number, *low, *high)));
        }
        numbers.insert((*known).to_owned(), number);
    }
    Ok(numbers)
}
