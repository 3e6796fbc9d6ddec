//! Keys, free of the terminal library, and how people write them.

/// A key without its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    Char(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    F(u8),
}

/// A key press.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    pub code: Code,
    pub ctrl: bool,
    pub alt: bool,
}

const NAMED: &[(&str, Code)] = &[
    ("enter", Code::Enter),
    ("esc", Code::Esc),
    ("tab", Code::Tab),
    ("shift+tab", Code::BackTab),
    ("backspace", Code::Backspace),
    ("del", Code::Delete),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("home", Code::Home),
    ("end", Code::End),
    ("pgup", Code::PageUp),
    ("pgdn", Code::PageDown),
    ("space", Code::Char(' ')),
    ("f1", Code::F(1)),
    ("f2", Code::F(2)),
    ("f3", Code::F(3)),
    ("f4", Code::F(4)),
    ("f5", Code::F(5)),
    ("f6", Code::F(6)),
    ("f7", Code::F(7)),
    ("f8", Code::F(8)),
    ("f9", Code::F(9)),
    ("f10", Code::F(10)),
    ("f11", Code::F(11)),
    ("f12", Code::F(12)),
];

impl Key {
    /// A key without modifiers.
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false }
    }

    /// Reads a key as the action list writes it: `d`, `ctrl+p`, `pgdn`.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some((_, code)) = NAMED.iter().find(|(name, _)| *name == text) {
            return Some(Self::plain(*code));
        }
        let (ctrl, rest) = text.strip_prefix("ctrl+").map_or((false, text), |rest| (true, rest));
        let (alt, rest) = rest.strip_prefix("alt+").map_or((false, rest), |rest| (true, rest));
        let mut chars = rest.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) => Some(Self { code: Code::Char(c), ctrl, alt }),
            _ => None,
        }
    }

    /// The same key of a Latin keyboard where a Cyrillic layout (ЙЦУКЕН) is on: terminals tell the letter,
    /// not the key. Never used where text is typed.
    #[must_use]
    pub fn latin(self) -> Self {
        let Code::Char(c) = self.code else { return self };
        let lower = c.to_lowercase().next().unwrap_or(c);
        let Some((_, latin)) = LAYOUT.iter().find(|(cyrillic, _)| *cyrillic == lower) else {
            return match c {
                // The key `/` of the Russian layout.
                '.' => Self { code: Code::Char('/'), ..self },
                ',' => Self { code: Code::Char('?'), ..self },
                _ => self,
            };
        };
        let latin = if c == lower { *latin } else { shifted(*latin) };
        Self { code: Code::Char(latin), ..self }
    }
}

fn shifted(c: char) -> char {
    match c {
        ';' => ':',
        '[' => '{',
        ']' => '}',
        c => c.to_ascii_uppercase(),
    }
}

const LAYOUT: &[(char, char)] = &[
    ('й', 'q'),
    ('ц', 'w'),
    ('у', 'e'),
    ('к', 'r'),
    ('е', 't'),
    ('н', 'y'),
    ('г', 'u'),
    ('ш', 'i'),
    ('щ', 'o'),
    ('з', 'p'),
    ('х', '['),
    ('ъ', ']'),
    ('ф', 'a'),
    ('ы', 's'),
    ('в', 'd'),
    ('а', 'f'),
    ('п', 'g'),
    ('р', 'h'),
    ('о', 'j'),
    ('л', 'k'),
    ('д', 'l'),
    ('ж', ';'),
    ('я', 'z'),
    ('ч', 'x'),
    ('с', 'c'),
    ('м', 'v'),
    ('и', 'b'),
    ('т', 'n'),
    ('ь', 'm'),
];

/// How a key is written on the screen.
pub fn shown(text: &str) -> String {
    match text {
        "enter" => "Enter".into(),
        "esc" => "Esc".into(),
        "tab" => "Tab".into(),
        "shift+tab" => "Shift+Tab".into(),
        "backspace" => "Backspace".into(),
        "del" => "Del".into(),
        "up" => "↑".into(),
        "down" => "↓".into(),
        "left" => "←".into(),
        "right" => "→".into(),
        "home" => "Home".into(),
        "end" => "End".into(),
        "pgup" => "PgUp".into(),
        "pgdn" => "PgDn".into(),
        "space" => "Space".into(),
        other => match (other.strip_prefix("ctrl+"), Key::parse(other)) {
            (Some(rest), _) => format!("Ctrl+{}", rest.to_uppercase()),
            (None, Some(Key { alt: true, code: Code::Char(c), .. })) => format!("Alt+{}", c.to_uppercase()),
            (None, Some(Key { code: Code::F(n), .. })) => format!("F{n}"),
            (None, _) => other.into(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cyrillic_layout_means_the_same_keys() {
        for (cyrillic, latin) in [('в', 'd'), ('Ж', ':'), ('Ь', 'M'), ('.', '/'), (',', '?'), ('d', 'd')] {
            let key = Key::plain(Code::Char(cyrillic)).latin();
            assert_eq!(key, Key::plain(Code::Char(latin)), "{cyrillic}");
        }
        let ctrl = Key { ctrl: true, ..Key::plain(Code::Char('з')) };
        assert_eq!(Some(ctrl.latin()), Key::parse("ctrl+p"));
    }
}
