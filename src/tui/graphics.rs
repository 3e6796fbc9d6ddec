//! How pictures are put on this terminal: kitty, sixel or iTerm2 where it can, half blocks otherwise.

use std::io::Write as _;
use std::time::{Duration, Instant};

use ratatui_image::picker::{Picker, ProtocolType};
use rustix::event::{PollFd, PollFlags, Timespec, poll};

/// Terminals known for pictures, as they call themselves in `TERM`, `TERM_PROGRAM` or `LC_TERMINAL`. Only they
/// are asked: one that does not answer would swallow the first keys.
const KNOWN: &[&str] = &[
    "kitty", "ghostty", "foot", "wezterm", "mlterm", "contour", "iterm", "konsole", "rio", "vscode", "yaft",
    "sixel", "warp",
];

/// What pictures are drawn with.
#[derive(Clone, Debug)]
pub struct Easel {
    pub picker: Picker,
    /// The terminal knows all colours; else the nearest of 256 are used.
    pub deep: bool,
    /// No picture is wanted.
    pub off: bool,
}

impl PartialEq for Easel {
    fn eq(&self, other: &Self) -> bool {
        self.off == other.off
            && self.deep == other.deep
            && self.picker.protocol_type() == other.picker.protocol_type()
    }
}

impl Default for Easel {
    fn default() -> Self {
        Self { picker: Picker::halfblocks(), deep: true, off: false }
    }
}

impl Easel {
    /// Asks the environment and, where it is known for pictures, the terminal itself. To be called on the
    /// alternate screen and before any key is read. `LATCHKEY_IMAGES` decides instead where it is set: `off`,
    /// `halfblocks`, `kitty`, `sixel`, `iterm2`.
    pub fn detect() -> Self {
        let var = |name: &str| std::env::var(name).unwrap_or_default().to_lowercase();
        let deep = ["truecolor", "24bit"].contains(&var("COLORTERM").as_str());
        let wanted = var("LATCHKEY_IMAGES");
        let named = ["TERM", "TERM_PROGRAM", "LC_TERMINAL"].map(var);
        let known = named.iter().any(|name| KNOWN.iter().any(|k| name.contains(k)))
            || !var("KITTY_WINDOW_ID").is_empty()
            || var("TERM").starts_with("xterm") && !var("XTERM_VERSION").is_empty()
            || !var("WEZTERM_EXECUTABLE").is_empty()
            || !var("KONSOLE_VERSION").is_empty();
        let asked = !matches!(wanted.as_str(), "off" | "halfblocks") && (known || !wanted.is_empty());
        let picker = if asked { Picker::from_query_stdio().ok() } else { None };
        let mut easel =
            Self { picker: picker.unwrap_or_else(Picker::halfblocks), deep, off: wanted == "off" };
        if easel.picker.protocol_type() == ProtocolType::Kitty && terminal_name().is_some_and(|n| is_old(&n))
        {
            easel.deep = true;
            easel.picker.set_protocol_type(ProtocolType::Halfblocks);
        }
        // Konsole draws this kind well from 22.04 on, and does not say so.
        if asked && !easel.has_pixels() && var("KONSOLE_VERSION").parse().unwrap_or(0) >= 220_400 {
            easel.picker.set_protocol_type(ProtocolType::Iterm2);
        }
        match wanted.as_str() {
            "kitty" => easel.picker.set_protocol_type(ProtocolType::Kitty),
            "sixel" => easel.picker.set_protocol_type(ProtocolType::Sixel),
            "iterm2" => easel.picker.set_protocol_type(ProtocolType::Iterm2),
            _ => {}
        }
        easel.deep |= easel.has_pixels();
        easel
    }

    /// Pictures have pixels of their own here, finer than half a letter.
    pub fn has_pixels(&self) -> bool {
        self.picker.protocol_type() != ProtocolType::Halfblocks
    }

    /// Pixels of so many cells.
    pub fn pixels(&self, cells: (u16, u16)) -> (u32, u32) {
        let font = self.picker.font_size();
        (u32::from(cells.0) * u32::from(font.width), u32::from(cells.1) * u32::from(font.height))
    }
}

/// Longest that a terminal is waited for when it is asked for its name.
const PATIENCE: Duration = Duration::from_millis(500);

/// What the terminal calls itself (XTVERSION). The question after it is one that every terminal answers, so that no
/// answer takes no time.
fn terminal_name() -> Option<String> {
    let mut out = std::io::stdout();
    out.write_all(b"\x1b[>q\x1b[c").and_then(|()| out.flush()).ok()?;
    let until = Instant::now() + PATIENCE;
    let mut answer = Vec::new();
    // What it is (DA1) comes last: `ESC [ ? … c`.
    while !(answer.ends_with(b"c") && answer.windows(3).any(|w| w == b"\x1b[?")) {
        let stdin = rustix::stdio::stdin();
        let left = Timespec::try_from(until.checked_duration_since(Instant::now())?).ok()?;
        if poll(&mut [PollFd::new(&stdin, PollFlags::IN)], Some(&left)).ok()? == 0 {
            return None;
        }
        let mut bytes = [0; 256];
        let count = rustix::io::read(stdin, &mut bytes).ok().filter(|n| *n > 0)?;
        answer.extend_from_slice(bytes.get(..count)?);
    }
    Some(String::from_utf8_lossy(&answer).into_owned())
}

/// A kitty that shows pictures and not where they stand in a text (placeholders came with 0.28): it would show boxes.
fn is_old(name: &str) -> bool {
    let Some((_, version)) = name.split_once("kitty(") else { return false };
    let mut numbers = version.split(['.', ')']).map(|n| n.parse::<u32>().unwrap_or(0));
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)) < (0, 28)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kitty_without_placeholders_is_known() {
        for (name, old) in [
            ("\x1bP>|kitty(0.26.5)\x1b\\\x1b[?62;c", true),
            ("\x1bP>|kitty(0.21.2)\x1b\\\x1b[?62;c", true),
            ("\x1bP>|kitty(0.28.0)\x1b\\\x1b[?62;c", false),
            ("\x1bP>|kitty(0.43.1)\x1b\\\x1b[?62;c", false),
            ("\x1bP>|kitty(1.0)\x1b\\\x1b[?62;c", false),
            ("\x1bP>|ghostty 1.2\x1b\\\x1b[?62;c", false),
            ("\x1bP>|tmux 3.4\x1b\\\x1b[?1;2c", false),
        ] {
            assert_eq!(is_old(name), old, "{name:?}");
        }
    }
}
