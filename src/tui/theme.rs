//! What a piece of text means, and how that looks. Meaning never rests on colour alone: every tone that
//! matters stands beside a glyph and a word.

use ratatui::style::{Color, Modifier, Style};

pub use crate::config::Theme;

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
            Self::Light => coloured(tone, &LIGHT),
            Self::Dark => coloured(tone, &DARK),
            Self::Contrast => coloured(tone, &CONTRAST),
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

    /// Whether the environment asks for no colours: <https://no-color.org> means any value that is not empty.
    pub fn none_by_env() -> bool {
        std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty())
    }

    /// The ground that the whole screen is painted on; the terminal's own where the theme has none.
    pub const fn ground(self) -> Style {
        match self {
            Self::Ansi | Self::Plain => Style::new(),
            Self::Light => ground(&LIGHT),
            Self::Dark => ground(&DARK),
            Self::Contrast => ground(&CONTRAST),
        }
    }
}

/// The colours of a theme that has a ground of its own.
struct Palette {
    ground: Color,
    text: Color,
    dim: Color,
    good: Color,
    bad: Color,
    warn: Color,
    info: Color,
    key: Color,
    bar: (Color, Color),
    selected: (Color, Color),
}

const fn rgb(hex: u32) -> Color {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color::Rgb(red, green, blue)
}

/// Every colour of text stands at least 4.5 to 1 against its ground (WCAG 2, AA); the test below measures it.
const LIGHT: Palette = Palette {
    ground: rgb(0x00fa_faf7),
    text: rgb(0x0022_2222),
    dim: rgb(0x0066_6666),
    good: rgb(0x0017_6b2c),
    bad: rgb(0x00b0_1818),
    warn: rgb(0x008a_4b00),
    info: rgb(0x001c_4fa8),
    key: rgb(0x0000_6070),
    bar: (rgb(0x00ff_ffff), rgb(0x0034_495e)),
    selected: (rgb(0x0011_1111), rgb(0x00c9_dcf0)),
};

const DARK: Palette = Palette {
    ground: rgb(0x001b_1d21),
    text: rgb(0x00dd_dddd),
    dim: rgb(0x0099_9999),
    good: rgb(0x0078_c47f),
    bad: rgb(0x00ff_7b72),
    warn: rgb(0x00e3_b341),
    info: rgb(0x007a_b8ff),
    key: rgb(0x0056_d4dd),
    bar: (rgb(0x00ff_ffff), rgb(0x0030_4a66)),
    selected: (rgb(0x00ff_ffff), rgb(0x0038_5570)),
};

/// At least 7 to 1 (AAA).
const CONTRAST: Palette = Palette {
    ground: rgb(0),
    text: rgb(0x00ff_ffff),
    dim: rgb(0x00e0_e0e0),
    good: rgb(0x0000_ff5f),
    bad: rgb(0x00ff_9e9e),
    warn: rgb(0x00ff_ff00),
    info: rgb(0x009e_d0ff),
    key: rgb(0x0000_ffff),
    bar: (rgb(0), rgb(0x00ff_ffff)),
    selected: (rgb(0), rgb(0x00ff_ff00)),
};

const fn ground(p: &Palette) -> Style {
    Style::new().fg(p.text).bg(p.ground)
}

const fn coloured(tone: Tone, p: &Palette) -> Style {
    let style = ground(p);
    match tone {
        Tone::Plain => style,
        Tone::Dim => style.fg(p.dim),
        Tone::Strong => style.add_modifier(Modifier::BOLD),
        Tone::Good => style.fg(p.good),
        Tone::Bad => style.fg(p.bad).add_modifier(Modifier::BOLD),
        Tone::Warn => style.fg(p.warn),
        Tone::Info => style.fg(p.info).add_modifier(Modifier::BOLD),
        Tone::Key => style.fg(p.key).add_modifier(Modifier::BOLD),
        Tone::Bar => style.fg(p.bar.0).bg(p.bar.1),
        Tone::Selected => style.fg(p.selected.0).bg(p.selected.1).add_modifier(Modifier::BOLD),
        Tone::Chip => style.fg(p.ground).bg(p.key),
        Tone::Rehearsal => style.fg(p.ground).bg(p.warn).add_modifier(Modifier::BOLD),
        Tone::Input => style.add_modifier(Modifier::UNDERLINED),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance (WCAG 2).
    fn luminance(colour: Color) -> f64 {
        let Color::Rgb(r, g, b) = colour else { panic!("{colour}") };
        let part = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.039_28 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
    }

    #[test]
    fn every_tone_can_be_read_on_its_ground() {
        let tones = [
            Tone::Plain,
            Tone::Dim,
            Tone::Strong,
            Tone::Good,
            Tone::Bad,
            Tone::Warn,
            Tone::Info,
            Tone::Key,
            Tone::Bar,
            Tone::Chip,
            Tone::Rehearsal,
            Tone::Selected,
            Tone::Input,
        ];
        for (theme, least) in [(Theme::Light, 4.5), (Theme::Dark, 4.5), (Theme::Contrast, 7.0)] {
            for tone in tones {
                let style = theme.style(tone);
                let [a, b] = [style.fg.unwrap(), style.bg.unwrap()].map(luminance);
                let ratio = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                assert!(ratio >= least, "{theme:?} {tone:?}: {ratio:.1}");
            }
        }
    }
}
