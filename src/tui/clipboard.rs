//! What is known of the terminal's clipboard. No terminal says whether it took a text (OSC 52), so nothing is
//! ever claimed; but of some it is known what they do.

/// What a text sent to the clipboard may come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clipboard {
    #[default]
    Unknown,
    /// Usually taken here.
    Usual,
    /// tmux passes it on only if it is told to.
    Tmux,
    /// GNU screen does not pass it on.
    Screen,
    /// This terminal has no such thing.
    Never,
}

impl Clipboard {
    /// By the environment's words.
    pub fn detect() -> Self {
        let var = |name: &str| std::env::var(name).unwrap_or_default().to_lowercase();
        let term = var("TERM");
        let program = var("TERM_PROGRAM");
        let usual = ["kitty", "ghostty", "foot", "wezterm", "alacritty", "iterm", "contour", "rio"];
        if !var("TMUX").is_empty() {
            Self::Tmux
        } else if !var("STY").is_empty() || term.starts_with("screen") {
            Self::Screen
        } else if program == "apple_terminal" || term == "linux" || !var("VTE_VERSION").is_empty() {
            Self::Never
        } else if usual.iter().any(|name| term.contains(name) || program.contains(name)) {
            Self::Usual
        } else {
            Self::Unknown
        }
    }

    /// The id of what is to be said besides that nobody can tell.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Unknown => "authorizations-copy-unknown",
            Self::Usual => "authorizations-copy-usual",
            Self::Tmux => "authorizations-copy-tmux",
            Self::Screen => "authorizations-copy-screen",
            Self::Never => "authorizations-copy-never",
        }
    }
}
