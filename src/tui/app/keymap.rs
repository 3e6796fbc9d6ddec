//! Which key calls which action: the action list's own keys, and those of `config.toml` instead.

use super::action::{ACTIONS, Action, Entry, Place};
use super::key::{Code, Key};
use super::screens::Screen;
use crate::config::Binding;

/// Keys that stand in `config.toml`, by the action's id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keymap {
    own: Vec<(&'static str, Vec<String>)>,
}

/// A line of `[keys]` that cannot be followed; the action keeps its keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub line: usize,
    /// The id of the sentence.
    pub id: &'static str,
    /// What it speaks of: the action, the key, the other action.
    pub action: String,
    pub key: String,
    pub other: String,
}

/// Places whose keys are known at the same time.
fn together() -> Vec<Vec<Place>> {
    let mut sets = vec![
        vec![Place::Ticket, Place::Case, Place::Everywhere],
        vec![Place::Grant],
        vec![Place::Form],
        vec![Place::Messages],
    ];
    sets.extend(Screen::ALL.iter().map(|screen| screen.places().to_vec()));
    sets
}

impl Keymap {
    /// Reads `[keys]`, and what of it cannot be followed.
    pub fn of(bindings: &[Binding]) -> (Self, Vec<Problem>) {
        let mut map = Self::default();
        let mut problems = Vec::new();
        for binding in bindings {
            if let Err(problem) = map.bind(binding) {
                problems.push(problem);
            }
        }
        (map, problems)
    }

    fn bind(&mut self, binding: &Binding) -> Result<(), Problem> {
        let problem = |id, key: &str, other: &str| Problem {
            line: binding.line,
            id,
            action: binding.action.clone(),
            key: key.to_owned(),
            other: other.to_owned(),
        };
        let named = |e: &&Entry| e.short() == binding.action;
        let Some(entry) = ACTIONS.iter().find(named) else {
            let nearest = ACTIONS.iter().map(Entry::short).max_by(|a, b| {
                let like = |name| strsim::jaro_winkler(name, &binding.action);
                like(a).total_cmp(&like(b))
            });
            return Err(problem("set-keys-unknown-action", "", nearest.unwrap_or_default()));
        };
        for text in &binding.keys {
            let Some(key) = Key::parse(text) else { return Err(problem("set-keys-unknown-key", text, "")) };
            let typed =
                entry.place == Place::Form && matches!(key.code, Code::Char(_)) && !key.ctrl && !key.alt;
            if typed {
                return Err(problem("set-keys-typed", text, ""));
            }
        }
        let before = self.own.clone();
        self.own.retain(|(id, _)| *id != entry.words);
        self.own.push((entry.words, binding.keys.clone()));
        if let Some((key, other)) = self.conflict(entry.words) {
            self.own = before;
            return Err(problem("set-keys-conflict", &key, &other));
        }
        Ok(())
    }

    /// A key of an action that another action has at the same place.
    fn conflict(&self, id: &str) -> Option<(String, String)> {
        for places in together() {
            let mut here = ACTIONS.iter().filter(|e| places.contains(&e.place));
            let Some(mine) = here.find(|e| e.words == id) else { continue };
            for key in self.keys(mine) {
                let parsed = Key::parse(key);
                let other = ACTIONS
                    .iter()
                    .filter(|e| places.contains(&e.place) && e.words != id)
                    .find(|e| self.keys(e).iter().any(|k| Key::parse(k) == parsed));
                if let Some(other) = other {
                    return Some((key.to_owned(), other.short().to_owned()));
                }
            }
        }
        None
    }

    /// The keys of an action; the first is the one that is shown.
    pub fn keys(&self, entry: &Entry) -> Vec<&str> {
        match self.own.iter().find(|(id, _)| *id == entry.words) {
            Some((_, keys)) => keys.iter().map(String::as_str).collect(),
            None => entry.keys.to_vec(),
        }
    }

    /// The action that a key calls at a place; an act on a ticket before what holds everywhere.
    pub fn lookup(&self, key: Key, places: &[Place]) -> Option<Action> {
        places.iter().find_map(|place| {
            let mut here = ACTIONS.iter().filter(|e| e.place == *place);
            here.find(|e| self.keys(e).iter().any(|k| Key::parse(k) == Some(key))).map(|e| e.action)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn binding(line: usize, action: &str, keys: &[&str]) -> Binding {
        Binding { line, action: action.into(), keys: keys.iter().map(ToString::to_string).collect() }
    }

    #[test]
    fn an_action_can_have_other_keys() {
        let (map, problems) = Keymap::of(&[binding(3, "decide", &["alt+9", "D"])]);
        assert_eq!(problems, []);
        let places = Screen::Queue.places();
        for (key, action) in [("D", Some(Action::Decide)), ("alt+9", Some(Action::Decide)), ("d", None)] {
            assert_eq!(map.lookup(Key::parse(key).unwrap(), places), action, "{key}");
        }
    }

    #[test]
    fn what_does_not_fit_is_named_by_its_line_and_changes_nothing() {
        for (action, keys, id) in [
            ("decode", &["D"][..], "set-keys-unknown-action"),
            ("decide", &["hyper+d"], "set-keys-unknown-key"),
            ("decide", &["x"], "set-keys-conflict"),
            ("submit", &["s"], "set-keys-typed"),
        ] {
            let (map, problems) = Keymap::of(&[binding(7, action, keys)]);
            assert_eq!(problems.iter().map(|p| (p.line, p.id)).collect::<Vec<_>>(), [(7, id)], "{action}");
            assert_eq!(map, Keymap::default());
        }
        // Two that swap their keys stand in each other's way only until both are read.
        let (_, problems) = Keymap::of(&[binding(1, "close", &[]), binding(2, "decide", &["x"])]);
        assert_eq!(problems, []);
    }
}
