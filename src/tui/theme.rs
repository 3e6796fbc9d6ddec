//! What a piece of text means, and how that looks. Meaning never rests on colour alone: every tone that
//! matters stands beside a glyph and a word.

use ratatui::style::{Color, Modifier, Style};

/// The meaning of a piece of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Plain,
    /// Less important than what stands beside it.
    Dim,
    /// A heading, a name.
    Strong,
    Good,
    Bad,
    Warn,
    Info,
    /// A key to press.
    Key,
    /// The title bar.
    Bar,
    /// A filter or a mode that is on.
    Chip,
    /// The word that keeps a rehearsal from being taken for the real desk.
    Rehearsal,
    /// The selected row, the focused button.
    Selected,
    /// What is typed.
    Input,
}

/// A look for every tone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// The terminal's own sixteen colours; readable on dark and on light.
    Ansi,
    /// No colours: `NO_COLOR`.
    ///
    /// crossterm 0.29 sends a coloured cell under `NO_COLOR` with an empty colour sequence, which resets
    /// reverse video too; so this theme holds no colour at all.
    Plain,
}

impl Theme {
    /// The look of a tone.
    pub const fn style(self, tone: Tone) -> Style {
        let style = Style::new();
        match self {
            Self::Ansi => match tone {
                Tone::Plain => style,
                Tone::Dim => style.add_modifier(Modifier::DIM),
                Tone::Strong => style.add_modifier(Modifier::BOLD),
                Tone::Good => style.fg(Color::Green),
                Tone::Bad => style.fg(Color::Red).add_modifier(Modifier::BOLD),
                // Yellow cannot be read on a light background.
                Tone::Warn => style.fg(Color::Magenta),
                Tone::Info => style.fg(Color::Blue).add_modifier(Modifier::BOLD),
                Tone::Key => style.fg(Color::Cyan).add_modifier(Modifier::BOLD),
                Tone::Bar | Tone::Selected => style.add_modifier(Modifier::REVERSED),
                Tone::Chip => style.fg(Color::Black).bg(Color::Cyan),
                // It stands in the reversed bar and must not be reversed itself.
                Tone::Rehearsal => style
                    .fg(Color::Black)
                    .bg(Color::Yellow)
                    .add_modifier(Modifier::BOLD)
                    .remove_modifier(Modifier::REVERSED),
                Tone::Input => style.add_modifier(Modifier::UNDERLINED),
            },
            Self::Plain => match tone {
                Tone::Plain | Tone::Good | Tone::Dim => style,
                Tone::Strong | Tone::Info | Tone::Key | Tone::Warn | Tone::Bad => {
                    style.add_modifier(Modifier::BOLD)
                }
                Tone::Bar | Tone::Selected | Tone::Chip => style.add_modifier(Modifier::REVERSED),
                Tone::Rehearsal => style.add_modifier(Modifier::BOLD).remove_modifier(Modifier::REVERSED),
                Tone::Input => style.add_modifier(Modifier::UNDERLINED),
            },
        }
    }

    /// Whether it has colours at all.
    pub const fn has_colours(self) -> bool {
        !matches!(self, Self::Plain)
    }

    /// The theme that the environment asks for: <https://no-color.org> means any value that is not empty.
    pub fn from_env() -> Self {
        let plain = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
        if plain { Self::Plain } else { Self::Ansi }
    }
}
