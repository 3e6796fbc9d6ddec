//! How pictures are put on this terminal: kitty, sixel or iTerm2 where it can, half blocks otherwise.

use ratatui_image::picker::{Picker, ProtocolType};

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
            || !var("WEZTERM_EXECUTABLE").is_empty();
        let asked = !matches!(wanted.as_str(), "off" | "halfblocks") && (known || !wanted.is_empty());
        let picker = if asked { Picker::from_query_stdio().ok() } else { None };
        let mut easel =
            Self { picker: picker.unwrap_or_else(Picker::halfblocks), deep, off: wanted == "off" };
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
