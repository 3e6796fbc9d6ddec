//! Numbers of a policy: each by its name, with the least and the most a file may set.

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
