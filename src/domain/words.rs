//! Fixed vocabularies: an enum whose variants are the words of CONTRACT.md, letter by letter.

/// Defines an enum of literal words with `as_str`, `ALL`, `FromStr`, `Display` and serde.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* #[doc = concat!("`", $word, "`")] $variant,)+ }

        impl $name {
            /// Every word, in the order of the contract.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word as files, tokens and screens spell it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::domain::words::UnknownWord;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($crate::domain::words::UnknownWord::new(text, &[$($word),+])),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(from)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use words;

/// A word that is in none of the places it may stand in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is none of {allowed}")]
pub struct UnknownWord {
    given: String,
    allowed: String,
}

impl UnknownWord {
    /// The word as it was given, visible.
    pub fn given(&self) -> &str {
        &self.given
    }

    /// The words that may stand there, with commas.
    pub fn allowed(&self) -> &str {
        &self.allowed
    }

    pub(crate) fn new(given: &str, allowed: &[&str]) -> Self {
        Self { given: super::shown::Shown(given).to_string(), allowed: allowed.join(", ") }
    }
}

/// Reads a word of a vocabulary; blanks around it and its case are forgiven.
pub(crate) fn word<T: std::str::FromStr<Err = UnknownWord>>(text: &str) -> Result<T, UnknownWord> {
    let text = text.trim();
    text.parse().or_else(|e| {
        let lower = text.to_ascii_lowercase();
        if lower == text { Err(e) } else { lower.parse().map_err(|_| e) }
    })
}
