//! Which characters cannot be seen, or change how others are seen. One list for the whole house:
//! identifiers refuse them, [`super::Shown`] makes them visible.

/// A character that has no shape of its own, or reorders, hides or fakes its neighbours:
/// controls (C0, DEL, C1), bidi controls, zero-width and filler characters, line and paragraph
/// separators, tags, variation selectors, noncharacters and private use.
///
/// Follows Unicode's `Default_Ignorable_Code_Point` and `Bidi_Control`, plus the blank
/// characters of other categories (U+2800, U+FFFC) and private use.
pub fn is_hidden(c: char) -> bool {
    let n = u32::from(c);
    if n < 0x7F {
        return n < 0x20;
    }
    if n < 0x300 {
        return n <= 0x9F || n == 0xAD;
    }
    is_hidden_wide(n)
}

fn is_hidden_wide(n: u32) -> bool {
    matches!(n,
        0x034F | 0x061C | 0x115F | 0x1160 | 0x17B4 | 0x17B5
        | 0x180B..=0x180F
        | 0x200B..=0x200F
        | 0x2028..=0x202E
        | 0x2060..=0x206F
        | 0x2800 | 0x3164
        | 0xE000..=0xF8FF
        | 0xFDD0..=0xFDEF
        | 0xFE00..=0xFE0F
        | 0xFEFF | 0xFFA0
        | 0xFFF0..=0xFFFC
        | 0x1BCA0..=0x1BCA3
        | 0x1D173..=0x1D17A
        | 0xE0000..=0xE0FFF
        | 0xF0000..)
        || n & 0xFFFE == 0xFFFE
}

/// `U+202E`: how a character that cannot be printed is named in messages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CodePoint(pub char);

impl std::fmt::Display for CodePoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "U+{:04X}", u32::from(self.0))
    }
}

/// A digit of another script (Arabic-Indic, full-width, superscript, …).
pub(super) fn is_foreign_digit(c: char) -> bool {
    !c.is_ascii() && c.is_numeric()
}

/// Looks up the first hidden character of a text.
pub(super) fn first_hidden(text: &str) -> Option<char> {
    if text.bytes().all(|b| (0x20..0x7F).contains(&b)) {
        return None;
    }
    text.chars().find(|c| is_hidden(*c))
}

/// Serializes a type as the text its `Display` gives.
macro_rules! serialize_as_text {
    ($($t:ty),+) => {$(
        impl serde::Serialize for $t {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }
    )+};
}

/// `Debug` that shows the masked form only: these values reach logs and panic messages.
macro_rules! debug_masked {
    ($($t:ident),+) => {$(
        impl std::fmt::Debug for $t {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({})", stringify!($t), self.masked())
            }
        }
    )+};
}

pub(super) use {debug_masked, serialize_as_text};
