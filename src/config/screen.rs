//! `[screen]` and `[keys]` of `config.toml`: how the screens begin. What is switched while they run is kept
//! elsewhere; this file is never written.

use std::collections::BTreeMap;

use toml::Spanned;

use super::Theme;
use crate::words::{Language, Phrase};

/// How the screens begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screen {
    /// What they speak; else what the locale says.
    pub language: Option<Language>,
    /// Their colours; else the terminal's own.
    pub theme: Option<Theme>,
    /// Whether clicks and the wheel are taken.
    pub mouse: bool,
    /// Minutes without a key after which the screen locks; 0 for never.
    pub lock_minutes: i64,
    /// Keys that are not the program's own.
    pub keys: Vec<Binding>,
}

/// The keys of one action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Its line, 1-based.
    pub line: usize,
    /// The action's name, as `?` and the palette know it by id: `decide`, `next-ticket`.
    pub action: String,
    /// `d`, `ctrl+d`, `f7`; none takes its keys away.
    pub keys: Vec<String>,
}

impl Default for Screen {
    fn default() -> Self {
        Self { language: None, theme: None, mouse: true, lock_minutes: 15, keys: Vec::new() }
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileScreen {
    language: Option<Spanned<String>>,
    theme: Option<Spanned<String>>,
    mouse: Option<bool>,
    lock_minutes: Option<Spanned<i64>>,
}

/// One key or several.
#[derive(serde::Deserialize)]
#[serde(untagged)]
pub(super) enum FileKeys {
    One(String),
    Several(Vec<String>),
}

/// Where something is wrong (an offset into the file), and what.
type Wrong = (usize, Phrase);

impl FileScreen {
    pub(super) fn read(self, screen: &mut Screen) -> Result<(), Wrong> {
        if let Some(language) = self.language {
            let known = Language::ALL.into_iter().find(|l| l.code() == language.get_ref());
            let wrong = || (language.span().start, Phrase::of("config-language"));
            screen.language = Some(known.ok_or_else(wrong)?);
        }
        if let Some(theme) = self.theme {
            let names: Vec<&str> = Theme::ALL.iter().map(|t| t.as_str()).collect();
            let wrong = || (theme.span().start, Phrase::of("config-theme").with("names", names.join(", ")));
            screen.theme = Some(Theme::named(theme.get_ref()).ok_or_else(wrong)?);
        }
        if let Some(mouse) = self.mouse {
            screen.mouse = mouse;
        }
        if let Some(minutes) = self.lock_minutes {
            if !(0..=1440).contains(minutes.get_ref()) {
                return Err((minutes.span().start, Phrase::of("config-lock")));
            }
            screen.lock_minutes = *minutes.get_ref();
        }
        Ok(())
    }
}

/// Reads `[keys]`; `line` tells the line of an offset. Which actions there are is the screens' to know.
pub(super) fn keys(
    file: BTreeMap<Spanned<String>, Spanned<FileKeys>>,
    line: impl Fn(usize) -> usize,
) -> Vec<Binding> {
    let mut keys: Vec<Binding> = file
        .into_iter()
        .map(|(action, keys)| Binding {
            line: line(action.span().start),
            action: action.into_inner(),
            keys: match keys.into_inner() {
                FileKeys::One(key) => vec![key],
                FileKeys::Several(keys) => keys,
            },
        })
        .collect();
    keys.sort_by_key(|binding| binding.line);
    keys
}
