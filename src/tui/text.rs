//! The only place that measures, cuts, pads and wraps text for the screen.
//!
//! Invariant: whatever comes from outside passes [`clean`] before it is measured; a cell never holds a
//! control, a bidi override or an invisible character.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_normalization::{UnicodeNormalization as _, is_nfc};
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr;

use crate::domain::{CodePoint, Shown};

/// A text made safe to draw on one line: NFC (terminals disagree about the width of decomposed letters), with
/// everything that cannot be seen made visible.
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| (0x20..0x7F).contains(&b)) {
        return Cow::Borrowed(text);
    }
    let shown = if is_nfc(text) {
        Shown(text).to_cow()
    } else {
        let composed: String = text.nfc().collect();
        Cow::Owned(Shown(&composed).to_string())
    };
    if shown.graphemes(true).all(fits_cells) {
        // A mark that was hidden behind others may stand behind a letter of ours now.
        return match shown {
            Cow::Owned(once) if matches!(Shown(&once).to_cow(), Cow::Owned(twice) if twice != once) => {
                Cow::Owned(clean(&once).into_owned())
            }
            shown => shown,
        };
    }
    let mut out = String::with_capacity(shown.len());
    for cluster in shown.graphemes(true) {
        if fits_cells(cluster) {
            out.push_str(cluster);
            continue;
        }
        // Letters that pile up without end, marks with nothing under them: each by its number.
        for c in cluster.chars() {
            if c.is_ascii() {
                out.push(c);
            } else {
                let _ = write!(out, "‹{}›", CodePoint(c));
            }
        }
    }
    // What stood beside such a cluster may now stand alone.
    Cow::Owned(clean(&out).into_owned())
}

/// Every cluster is drawn in one cell, or in two for a wide one; what takes none or more would move the rest of
/// the line away from where it is thought to be.
fn fits_cells(cluster: &str) -> bool {
    (1..=2).contains(&cluster.width())
}

/// Cells a cleaned text takes: cluster by cluster, as it is drawn.
pub fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(UnicodeWidthStr::width).sum() }
}

/// The text cut to at most `cells`, the last of them `…` where something was cut.
pub fn cut(text: &str, cells: usize) -> Cow<'_, str> {
    if width(text) <= cells {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut room = cells.saturating_sub(1);
    for cluster in text.graphemes(true) {
        let Some(left) = room.checked_sub(cluster.width()) else { break };
        room = left;
        out.push_str(cluster);
    }
    if cells > 0 {
        out.push('…');
    }
    Cow::Owned(out)
}

/// The end of the text, at most `cells` of it, the first of them `…` where something was cut.
pub fn tail(text: &str, cells: usize) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    let mut room = cells.saturating_sub(1);
    let fits = |cluster: &&str| {
        let left = room.checked_sub(cluster.width());
        room = left.unwrap_or(0);
        left.is_some()
    };
    let kept: Vec<&str> = text.graphemes(true).rev().take_while(fits).collect();
    let mut out = String::from(if cells > 0 { "…" } else { "" });
    out.extend(kept.into_iter().rev());
    out
}

/// The text cut or padded to exactly `cells`.
pub fn fit(text: &str, cells: usize) -> String {
    let mut out = cut(text, cells).into_owned();
    let used = width(&out);
    out.extend(std::iter::repeat_n(' ', cells.saturating_sub(used)));
    out
}

/// The text in lines of at most `cells`, broken between words where it can be; never empty.
pub fn wrap(text: &str, cells: usize) -> Vec<String> {
    let cells = cells.max(1);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split_inclusive(' ') {
        // Blanks at a break belong to neither line.
        let bare = width(word.trim_end());
        if used + bare > cells && used > 0 {
            lines.push(line.trim_end().to_owned());
            line.clear();
            used = 0;
        }
        if bare <= cells {
            line.push_str(word);
            used += width(word);
            continue;
        }
        // A word wider than the line: a token, a path.
        for cluster in word.graphemes(true) {
            let wide = cluster.width();
            if used + wide > cells && used > 0 {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push_str(cluster);
            used += wide;
        }
    }
    if !line.trim_end().is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// A number in at most four cells: `9999`, `12k`, `1.2M`.
pub fn count(n: u64) -> String {
    match n {
        0..10_000 => n.to_string(),
        10_000..1_000_000 => format!("{}k", n / 1000),
        1_000_000..10_000_000 => format!("{}.{}M", n / 1_000_000, n / 100_000 % 10),
        _ => format!("{}M", n / 1_000_000),
    }
}

/// A number with its thousands set apart: `1 000 000`.
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let first = digits.len() % 3;
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && place % 3 == first && digits.len() > 4 {
            out.push('\u{A0}');
        }
        out.push(digit);
    }
    out
}

/// The characters of a text in chunks of `cells`, for what must be copied letter by letter.
pub fn chunks(text: &str, cells: usize) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    chars.chunks(cells.max(1)).map(|chunk| chunk.iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_by_cells() {
        for (text, cells, expected) in [
            ("abc", 3, "abc"),
            ("abcd", 3, "ab…"),
            ("李雷韩", 6, "李雷韩"),
            ("李雷韩", 5, "李雷…"),
            ("李雷韩", 4, "李…"),
            ("é́x", 1, "…"),
            ("x", 0, ""),
        ] {
            assert_eq!(cut(text, cells), expected, "{text} {cells}");
            assert_eq!(width(&fit(text, cells)), cells);
        }
    }

    #[test]
    fn numbers_are_short_or_set_apart() {
        for (n, short, long) in [
            (0, "0", "0"),
            (9_999, "9999", "9999"),
            (12_345, "12k", "12\u{A0}345"),
            (999_999, "999k", "999\u{A0}999"),
            (1_250_000, "1.2M", "1\u{A0}250\u{A0}000"),
            (25_000_000, "25M", "25\u{A0}000\u{A0}000"),
        ] {
            assert_eq!((count(n).as_str(), number(n).as_str()), (short, long));
        }
    }

    #[test]
    fn words_are_wrapped_and_long_ones_broken() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("", 4), [""]);
        assert_eq!(wrap("a  b", 80), ["a  b"]);
        assert!(wrap("Пётр Ильин из Москвы", 6).iter().all(|l| width(l) <= 6));
    }

    #[test]
    fn hidden_characters_become_visible_and_letters_composed() {
        assert_eq!(clean("a\u{202E}b\x1b[2J"), "a‹U+202E›b‹U+001B›[2J");
        assert_eq!(clean("e\u{301}"), "é");
        let piled = format!("👨{}\u{fe0f}👨", "\u{300}".repeat(9));
        assert_eq!(clean(&clean(&piled)), clean(&piled), "what is clean stays as it is");
    }
}
