//! What the agent sets: language, colours, mouse, keys, the lock. Where it begins: what the command line says,
//! else what was set last time, else `config.toml`, else the environment.

use super::Effect;
use super::keymap::Keymap;
use super::lock::Lock;
use super::model::Model;
use super::update::{toast, trouble};
use crate::config::{Screen, Theme};
use crate::desk::Failure;
use crate::words::{Language, Phrase, say, say_with};

/// What is set, but for language and colours, which every view asks for.
#[derive(Debug, Default)]
pub struct Settings {
    /// `--color never` or `NO_COLOR`: no colours, whatever else says so.
    pub colourless: bool,
    /// The command line chose the language.
    pub language_given: bool,
    /// Clicks and the wheel are taken.
    pub mouse: bool,
    pub keymap: Keymap,
    pub lock: Lock,
    /// What the agent switched, now or last time; it stands above `config.toml`.
    switched: Switched,
}

#[derive(Clone, Copy, Debug, Default)]
struct Switched {
    language: Option<Language>,
    theme: Option<Theme>,
    mouse: Option<bool>,
}

/// What was switched, as a line that is kept.
pub fn to_line(model: &Model) -> String {
    let s = model.settings.switched;
    let words = [
        s.language.map(|l| format!("language={}", l.code())),
        s.theme.map(|t| format!("theme={}", t.as_str())),
        s.mouse.map(|on| format!("mouse={}", if on { "on" } else { "off" })),
    ];
    words.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What was switched last time; what the command line or the environment says comes first.
pub fn restore(model: &mut Model, line: &str) -> Vec<Effect> {
    let mut effects = Vec::new();
    for (name, value) in line.split(' ').filter_map(|word| word.split_once('=')) {
        let switched = &mut model.settings.switched;
        match name {
            "language" => {
                switched.language = Language::of(value);
                if let Some(language) = switched.language.filter(|_| !model.settings.language_given) {
                    model.language = language;
                }
            }
            "theme" => {
                switched.theme = Theme::named(value);
                if let Some(theme) = switched.theme.filter(|_| !model.settings.colourless) {
                    model.theme = theme;
                }
            }
            "mouse" => {
                switched.mouse = Some(value == "on");
                effects = set_mouse(model, value == "on");
            }
            _ => {}
        }
    }
    effects
}

/// Begins as the desk's `config.toml` says.
pub(super) fn begin(model: &mut Model, config: &Screen) -> Vec<Effect> {
    if let Some(language) = config.language.filter(|_| !model.settings.language_given) {
        model.language = language;
    }
    if let Some(theme) = config.theme.filter(|_| !model.settings.colourless) {
        model.theme = theme;
    }
    model.settings.lock.minutes = config.lock_minutes;
    let (keymap, problems) = Keymap::of(&config.keys);
    model.settings.keymap = keymap;
    for p in problems.into_iter().rev() {
        let text = match p.id {
            "set-keys-unknown-action" => Phrase::of("set-keys-unknown-action").with("other", p.other),
            "set-keys-unknown-key" => Phrase::of("set-keys-unknown-key").with("key", p.key),
            "set-keys-typed" => Phrase::of("set-keys-typed").with("key", p.key),
            _ => Phrase::of("set-keys-conflict").with("key", p.key).with("other", p.other),
        };
        let text = text.with("action", p.action);
        trouble(model, Failure::state(text).at(format!("config.toml:{}", p.line)));
    }
    set_mouse(model, config.mouse)
}

/// Speaks the next language.
pub(super) fn next_language(model: &mut Model) {
    model.language = model.language.after();
    model.settings.switched.language = Some(model.language);
    toast(model, true, say(model.language, "set-language-is"));
}

/// Shows the next colours.
pub(super) fn next_theme(model: &mut Model) {
    if model.settings.colourless {
        toast(model, false, say(model.language, "set-no-color"));
        return;
    }
    model.theme = model.theme.after();
    model.settings.switched.theme = Some(model.theme);
    let theme = theme_name(model.language, model.theme);
    let text = say_with(model.language, "set-theme-is", &[("theme", theme.into())]);
    toast(model, true, text);
}

fn theme_name(language: Language, theme: Theme) -> &'static str {
    let id = match theme {
        Theme::Ansi => "set-theme-terminal",
        Theme::Light => "set-theme-light",
        Theme::Dark => "set-theme-dark",
        Theme::Contrast => "set-theme-contrast",
        Theme::Plain => "set-theme-plain",
    };
    say(language, id)
}

/// Takes the mouse, or leaves it to the terminal.
pub(super) fn next_mouse(model: &mut Model) -> Vec<Effect> {
    let on = !model.settings.mouse;
    model.settings.switched.mouse = Some(on);
    toast(model, true, say(model.language, if on { "set-mouse-on" } else { "set-mouse-off" }));
    set_mouse(model, on)
}

pub(super) fn set_mouse(model: &mut Model, on: bool) -> Vec<Effect> {
    if std::mem::replace(&mut model.settings.mouse, on) == on {
        return Vec::new();
    }
    vec![Effect::Mouse(on)]
}
