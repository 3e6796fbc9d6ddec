//! Text from outside, made safe to look at: on screens, in errors, in logs, in spreadsheets.

use super::chars::{CodePoint, is_hidden};
use std::borrow::Cow;
use std::fmt::{self, Display, Write};
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// Marks one letter may carry; real writing stays under it, Zalgo text does not.
const MOST_MARKS: usize = 8;

/// A text on one line. Displayed, its controls, bidi controls, invisible characters, tags,
/// noncharacters, private use and stray variation selectors become `‹U+202E›`, line ends `⏎`,
/// tabs `⇥`, and marks above 8 on one letter a count. Everything else stays: names from right to
/// left, emoji and their joiners, CJK variants.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Shown<'a>(pub &'a str);

/// The same with its line ends kept; see [`Shown::lines`].
#[derive(Clone, Copy, Debug)]
pub struct ShownLines<'a>(&'a str);

impl<'a> Shown<'a> {
    /// The text on several lines: LF and CRLF stay line ends.
    pub const fn lines(self) -> ShownLines<'a> {
        ShownLines(self.0)
    }

    /// Nothing in it needs to be made visible.
    pub fn is_clean(self) -> bool {
        self.0.bytes().all(|b| (0x20..0x7F).contains(&b)) || self.cow_slow().is_none()
    }

    /// The shown text, borrowed where it is the text itself.
    pub fn to_cow(self) -> Cow<'a, str> {
        if self.0.bytes().all(|b| (0x20..0x7F).contains(&b)) {
            return Cow::Borrowed(self.0);
        }
        self.cow_slow().map_or(Cow::Borrowed(self.0), Cow::Owned)
    }

    /// `None` when showing changes nothing.
    fn cow_slow(self) -> Option<String> {
        let mut out = Bounded { text: String::new(), room: usize::MAX };
        // A Bounded of endless room cannot fail.
        let _ = write_shown(self.0, true, &mut out);
        (out.text != self.0).then_some(out.text)
    }

    /// The shown text cut to at most `most` characters as people count them (grapheme clusters,
    /// UAX #29), the last of them `…` where something was cut. Reads no more of a long text than
    /// it needs.
    pub fn clip(self, most: usize) -> String {
        // Printable ASCII is shown as it is, one character a byte: what most references and numbers are.
        if self.0.len() <= most && self.0.bytes().all(|b| (0x20..0x7F).contains(&b)) {
            return self.0.to_owned();
        }
        // One cluster may be a letter with 8 marks, or a family of emoji.
        let room = most.saturating_add(1).saturating_mul(64);
        let mut out = Bounded { text: String::new(), room };
        let cut = write_shown(self.0, true, &mut out).is_err();
        let mut starts = out.text.grapheme_indices(true).map(|(at, _)| at);
        let last = starts.nth(most.saturating_sub(1));
        let more = starts.next().is_some();
        match last {
            _ if most == 0 => String::new(),
            Some(last) if cut || more => {
                let mut text = out.text;
                text.truncate(last);
                text.push('…');
                text
            }
            _ if cut => {
                out.text.push('…');
                out.text
            }
            _ => out.text,
        }
    }
}

impl Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.width().is_some() || f.precision().is_some() {
            return f.pad(&self.to_cow());
        }
        write_shown(self.0, true, f)
    }
}

impl Display for ShownLines<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_shown(self.0, false, f)
    }
}

/// A string that takes no more than `room` bytes.
struct Bounded {
    text: String,
    room: usize,
}

impl Write for Bounded {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        for c in s.chars() {
            self.room = self.room.checked_sub(c.len_utf8()).ok_or(fmt::Error)?;
            self.text.push(c);
        }
        Ok(())
    }
}

fn write_shown(text: &str, single: bool, out: &mut impl Write) -> fmt::Result {
    if text.bytes().all(|b| (0x20..0x7F).contains(&b)) {
        return out.write_str(text);
    }
    // `clean` is where the run of characters shown as they are began.
    let (mut clean, mut previous, mut marks) = (0, None, 0_usize);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        if is_mark(c) {
            marks += 1;
            if marks <= MOST_MARKS && previous.is_some() {
                continue;
            }
        } else {
            marks = 0;
        }
        if marks == 0 && shown_as_is(c, previous, next, single) {
            previous = Some(c);
            continue;
        }
        out.write_str(text.get(clean..at).unwrap_or_default())?;
        clean = at + c.len_utf8();
        if marks > 0 {
            // A mark too many, or one with nothing to stand on.
            let mut more = 1;
            while chars.next_if(|(_, c)| is_mark(*c)).is_some_and(|(at, c)| {
                clean = at + c.len_utf8();
                true
            }) {
                more += 1;
            }
            write!(out, "‹+{more} mark{}›", if more == 1 { "" } else { "s" })?;
            continue;
        }
        previous = None;
        write_visible(c, next, single, out)?;
    }
    out.write_str(text.get(clean..).unwrap_or_default())
}

/// A mark that stacks on its letter; variation selectors are judged by what they follow.
fn is_mark(c: char) -> bool {
    u32::from(c) >= 0x300 && is_combining_mark(c) && !is_hidden(c)
}

fn write_visible(c: char, next: Option<char>, single: bool, out: &mut impl Write) -> fmt::Result {
    match c {
        // One sign for CRLF; in several lines the LF that follows ends the line.
        '\r' if next == Some('\n') => Ok(()),
        '\n' if single => out.write_char('⏎'),
        '\t' => out.write_char('⇥'),
        c => write!(out, "‹{}›", CodePoint(c)),
    }
}

fn shown_as_is(c: char, previous: Option<char>, next: Option<char>, single: bool) -> bool {
    if !is_hidden(c) {
        return true;
    }
    match c {
        '\n' => !single,
        // Zero-width joiner: part of an emoji only between emoji.
        '\u{200D}' => previous.is_some_and(joins_emoji) && next.is_some_and(is_emoji),
        '\u{FE0E}' | '\u{FE0F}' => {
            previous.is_some_and(|p| is_emoji(p) || p.is_ascii_digit() || matches!(p, '#' | '*'))
        }
        '\u{FE00}'..='\u{FE0D}' | '\u{E0100}'..='\u{E01EF}' => previous.is_some_and(is_ideograph),
        '\u{180B}'..='\u{180D}' | '\u{180F}' => {
            previous.is_some_and(|p| ('\u{1820}'..='\u{18AA}').contains(&p))
        }
        _ => false,
    }
}

/// Emoji, by the blocks they live in (Unicode's `Extended_Pictographic`, somewhat wider).
fn is_emoji(c: char) -> bool {
    matches!(u32::from(c),
        0xA9 | 0xAE | 0x203C | 0x2049 | 0x2122 | 0x2139 | 0x2190..=0x21FF | 0x2300..=0x23FF
        | 0x24C2 | 0x25A0..=0x27BF | 0x2900..=0x297F | 0x2B00..=0x2BFF | 0x3030 | 0x303D | 0x3297 | 0x3299
        | 0x1F000..=0x1FAFF)
}

/// An emoji, or the variation selector that stands between it and a joiner.
fn joins_emoji(c: char) -> bool {
    is_emoji(c) || c == '\u{FE0F}'
}

fn is_ideograph(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x323AF)
}

/// A field for a CSV export that no spreadsheet runs as a formula: `'` before a leading `=`, `+`,
/// `-`, `@` (also full-width, also behind spaces), tab or line end (OWASP, CSV injection).
pub fn csv_safe(text: &str) -> Cow<'_, str> {
    let risky = |c: char| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\t' | '\r' | '\n');
    let first = text.chars().find(|c| !c.is_whitespace() || risky(*c));
    if first.is_some_and(risky) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
#[path = "tests/shown.rs"]
mod tests;
