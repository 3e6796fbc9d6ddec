//! Colour, width and the cutting of text: everything that depends on where the output goes.

use std::io::IsTerminal as _;

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use super::args::When;
use crate::domain::{Outcome, Recommendation};

/// What a piece of text means; a colour only ever repeats what a word already says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Plain,
    Strong,
    Dim,
    Good,
    Bad,
    Warn,
}

impl Tone {
    const fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Strong => "1",
            Self::Dim => "2",
            Self::Good => "32",
            Self::Bad => "31",
            Self::Warn => "33",
        }
    }

    /// The tone of a recommendation or decision.
    pub fn of_word(word: &str) -> Self {
        match word.parse() {
            Ok(Recommendation::Approve) => Self::Good,
            Ok(Recommendation::Investigate | Recommendation::Refuse) => Self::Bad,
            Ok(Recommendation::ApproveSecond | Recommendation::Hold | Recommendation::Refer) => Self::Warn,
            _ => Self::Plain,
        }
    }

    /// The tone of an outcome.
    pub const fn of_outcome(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Pass => Self::Good,
            Outcome::Fail => Self::Bad,
            Outcome::Unknown => Self::Warn,
            Outcome::Missing | Outcome::Skip => Self::Dim,
        }
    }
}

/// How one stream is written to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    pub color: bool,
    /// Cells a line has; `None` where lines may be of any length (a file, a pipe).
    pub width: Option<usize>,
}

impl Style {
    /// For standard output.
    pub fn stdout(when: When) -> Self {
        let terminal = std::io::stdout().is_terminal();
        let columns = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
        let measured = || {
            let size = rustix::termios::tcgetwinsize(std::io::stdout()).ok()?;
            (size.ws_col > 0).then_some(usize::from(size.ws_col))
        };
        let width = columns.or_else(|| if terminal { measured().or(Some(80)) } else { None });
        Self { color: color(when, terminal), width }
    }

    /// For standard error.
    pub fn stderr(when: When) -> Self {
        Self { color: color(when, std::io::stderr().is_terminal()), width: None }
    }

    /// The width of running text: no longer than is read with ease.
    pub fn prose(self) -> usize {
        self.width.unwrap_or(80).clamp(40, 100)
    }

    /// The text in its tone.
    pub fn paint(self, tone: Tone, text: &str) -> String {
        if self.color && tone != Tone::Plain && !text.is_empty() {
            format!("\x1b[{}m{text}\x1b[0m", tone.code())
        } else {
            text.to_owned()
        }
    }
}

/// `--color` decides; else `NO_COLOR` (no-color.org), else `CLICOLOR_FORCE`, else the terminal.
fn color(when: When, terminal: bool) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty() && v != "0");
    match when {
        When::Always => true,
        When::Never => false,
        When::Auto if std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty()) => false,
        When::Auto if set("CLICOLOR_FORCE") => true,
        When::Auto => terminal && std::env::var_os("TERM").is_none_or(|t| t != "dumb"),
    }
}

/// Cells a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text in at most `cells` cells, `…` at its end where something was cut.
pub fn fit(text: &str, cells: usize) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for piece in text.graphemes(true) {
        used += piece.width();
        if used + 1 > cells {
            break;
        }
        out.push_str(piece);
    }
    if cells > 0 {
        out.push('…');
    }
    out
}

/// The text with blanks behind it, up to `cells`.
pub fn pad(text: &str, cells: usize) -> String {
    format!("{text}{}", " ".repeat(cells.saturating_sub(width(text))))
}

/// Running text broken between words; the first line starts after `first`, the others after `rest`.
/// A word longer than a line stands alone on one.
pub fn wrap(text: &str, cells: usize, first: &str, rest: &str) -> String {
    let mut out = String::from(first);
    let (mut used, mut fresh) = (width(first), true);
    for word in text.split_whitespace() {
        let needed = width(word) + usize::from(!fresh);
        if !fresh && used + needed > cells {
            out.push('\n');
            out.push_str(rest);
            used = width(rest);
            fresh = true;
        }
        if !fresh {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += width(word);
        fresh = false;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_by_cells_not_by_letters() {
        assert_eq!(fit("李雷 и Пётр", 6), "李雷 …");
        assert_eq!(fit("abc", 3), "abc");
        assert_eq!(fit("abcd", 3), "ab…");
        assert_eq!(fit("abcd", 0), "");
        assert_eq!(pad("李雷", 6), "李雷  ");
    }

    #[test]
    fn running_text_breaks_between_words() {
        assert_eq!(wrap("one two three", 9, "- ", "  "), "- one two\n  three");
        assert_eq!(wrap("", 9, "- ", "  "), "- ");
    }
}
