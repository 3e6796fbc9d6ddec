//! Sentences that name keys: each key is the one that its action has now, the agent's own included. In
//! `locales/*.ftl` it stands as `{ $key-NAME }`, with the action's name in `[keys]` of `config.toml`.

use super::action::{ACTIONS, Action, entry_of};
use super::key;
use super::model::Model;
use crate::words::{Value, say_with_keys};

/// A sentence with the keys that it names.
pub fn tell(model: &Model, id: &'static str, values: &[(&'static str, Value<'_>)]) -> String {
    say_with_keys(model.language, id, values, |name| {
        let entry = ACTIONS.iter().rfind(|e| e.short() == name)?;
        model.settings.keymap.keys(entry).first().map(|key| key::shown(key))
    })
}

/// The key that calls an action, as it is written on the screen; nothing where it has none.
pub fn key_of(model: &Model, action: Action) -> String {
    let entry = entry_of(action);
    let keys = entry.map(|e| model.settings.keymap.keys(e)).unwrap_or_default();
    keys.first().map(|key| key::shown(key)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_that_a_sentence_names_is_an_actions() {
        for source in [include_str!("../../../locales/en.ftl"), include_str!("../../../locales/ru.ftl")] {
            for piece in source.split("$key-").skip(1) {
                let name = piece.split([' ', '}']).next().unwrap_or_default();
                assert!(ACTIONS.iter().any(|e| e.short() == name), "{name}");
            }
        }
    }
}
