//! The list of actions, walked: each is there by key, by name, and by mouse where there is something to click on.

use ratatui::layout::Rect;

use super::app::action::{ACTIONS, Action, Place};
use super::app::key::{Code, Key};
use super::app::keymap::Keymap;
use super::app::mouse::{Mouse, Spot};
use super::app::{Model, Msg, offered, update};
use super::theme::Theme;
use super::view;

/// What steps through what the mouse points at.
const KEYBOARD: &[Action] = &[Action::NextField, Action::PreviousField];

/// The palette with a name typed into it.
fn palette(name: &str) -> Model {
    let mut model = Model::new((100, 40), Theme::Ansi);
    let keys = name.chars().map(|c| Key::plain(Code::Char(c)));
    for key in Key::parse("ctrl+p").into_iter().chain(keys) {
        update(&mut model, Msg::Key(key));
    }
    model
}

/// Where the nth line of the list on top is.
fn line(model: &Model, n: isize) -> Rect {
    let spots = view::spots(model);
    spots.iter().rev().find(|(_, spot)| *spot == Spot::Item(n)).expect("the line is on the screen").0
}

#[test]
fn every_action_is_reached_by_key_by_name_and_by_mouse() {
    let map = Keymap::default();
    for entry in ACTIONS {
        let language = crate::words::Language::English;
        let name = entry.name(language);
        assert!(!entry.keys.is_empty(), "{name} has no key");
        for key in entry.keys {
            let key = Key::parse(key).expect("a key");
            assert_eq!(map.lookup(key, &[entry.place]), Some(entry.action), "{name}");
        }
        if matches!(entry.place, Place::Form | Place::Grant | Place::Messages | Place::Look | Place::Picture)
        {
            assert!(entry.bar > 0 || KEYBOARD.contains(&entry.action), "{name} is in no bar");
            continue;
        }
        let found = offered(language, name);
        let place = found.iter().position(|e| e.action == entry.action).expect("the palette offers it");
        let (mut by_keys, mut by_mouse) = (palette(name), palette(name));
        for _ in 0..place {
            update(&mut by_keys, Msg::Key(Key::plain(Code::Down)));
        }
        let pressed = update(&mut by_keys, Msg::Key(Key::plain(Code::Enter)));
        let at = line(&by_mouse, isize::try_from(place).expect("few"));
        let clicked = update(&mut by_mouse, Msg::Mouse(Mouse::Click { x: at.x, y: at.y }));
        assert_eq!(format!("{clicked:?}"), format!("{pressed:?}"), "{name}");
        assert_eq!(format!("{by_mouse:?}"), format!("{by_keys:?}"), "{name}");
    }
}

#[test]
fn what_the_bar_names_is_under_the_pointer() {
    for (width, keys) in [(200, &[][..]), (60, &[]), (120, &["f2", "esc"]), (120, &["f7"]), (120, &["f8"])] {
        let mut model = Model::new((width, 24), Theme::Ansi);
        for key in keys {
            update(&mut model, Msg::Key(Key::parse(key).expect("a key")));
        }
        let bar: Vec<(Rect, Spot)> = view::spots(&model).into_iter().filter(|(r, _)| r.y == 23).collect();
        let has = |action| bar.iter().any(|(_, spot)| *spot == Spot::Do(action));
        assert!(has(Action::Help) && has(Action::Palette), "{width} {keys:?}: {bar:?}");
        assert!(bar.iter().all(|(r, _)| !r.is_empty() && r.right() <= width), "{bar:?}");
    }
}
