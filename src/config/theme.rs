//! The names of the screens' colours.

/// A look for the screens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// The terminal's own sixteen colours: it follows the terminal, dark or light.
    #[default]
    Ansi,
    /// For a light background.
    Light,
    /// For a dark background.
    Dark,
    /// Black, white and the brightest colours.
    Contrast,
    /// No colours: `NO_COLOR`.
    ///
    /// crossterm 0.29 sends a coloured cell under `NO_COLOR` with an empty colour sequence, which resets
    /// reverse video too; so this theme holds no colour at all.
    Plain,
}

impl Theme {
    /// Every theme, in the order in which they are switched through.
    pub const ALL: [Self; 5] = [Self::Ansi, Self::Light, Self::Dark, Self::Contrast, Self::Plain];

    /// Its name in settings.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ansi => "terminal",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Contrast => "high-contrast",
            Self::Plain => "colourless",
        }
    }

    /// The theme of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.as_str() == name)
    }

    /// The one after it.
    #[must_use]
    pub const fn after(self) -> Self {
        match self {
            Self::Ansi => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::Contrast,
            Self::Contrast => Self::Plain,
            Self::Plain => Self::Ansi,
        }
    }
}
