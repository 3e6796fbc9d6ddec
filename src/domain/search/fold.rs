//! Letters as people mean them when they search: without case, width, accents on Latin letters and dots on ё.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use crate::domain::chars::is_hidden;

/// NFKC (full width becomes narrow, ligatures fall apart), case folded, ё as е, Latin letters without their accents;
/// what cannot be seen is left out. Applied twice it changes nothing more.
pub fn fold_search(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    if text.chars().all(|c| c.is_ascii() || simple(c).is_some()) {
        out.extend(text.chars().map(|c| simple(c).unwrap_or(c.to_ascii_lowercase())));
        return out;
    }
    let lower = text.nfkc().filter(|c| !is_hidden(*c)).flat_map(char::to_lowercase);
    // By way of upper case, so that ß meets SS and ς meets σ.
    let folded: String = lower.flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfkc().collect();
    out.extend(folded.chars().map(bare).filter(|c| !is_combining_mark(*c)));
    out
}

/// Russian letters, which are most of what is folded here.
const fn simple(c: char) -> Option<char> {
    match c {
        'а'..='я' => Some(c),
        'А'..='Я' => char::from_u32(c as u32 + 0x20),
        'ё' | 'Ё' => Some('е'),
        _ => None,
    }
}

/// A Latin letter without its accent.
fn bare(c: char) -> char {
    if c == 'ё' {
        return 'е';
    }
    let mut first = None;
    if !c.is_ascii() {
        decompose_canonical(c, |part| first = first.or(Some(part)));
    }
    first.filter(char::is_ascii_alphabetic).unwrap_or(c)
}

/// Scripts that write words without blanks between them: each letter may begin one.
pub(super) const fn has_no_blanks(c: char) -> bool {
    matches!(c as u32,
        0x0E00..=0x0EFF | 0x1780..=0x17FF | 0x2E80..=0x312F | 0x31A0..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}
