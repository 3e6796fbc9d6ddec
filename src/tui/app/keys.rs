//! Keys: to the form, the list or the filter that is open, else to the action that they call.

use super::action::{ACTIONS, Action, Entry, Place};
use super::do_action::{close_overlay, run, submit};
use super::form::{Purpose, paste as paste_into, type_key};
use super::key::{Code, Key};
use super::model::{Model, Overlay, Picker};
use super::screens::{self, Screen};
use super::{Effect, cases, drafts, forms, grant, lock, look, panes, queue, undo};
use crate::tui::layout;
use crate::tui::worker::Job;
use crate::tui::worker::screens::Ask;
use crate::words::Language;

/// One key press.
pub(super) fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    // These mean the same everywhere, also where text is typed.
    if let Some(action @ (Action::Suspend | Action::Quit | Action::Lock)) = ctrl_action(model, key) {
        return run(model, action);
    }
    if model.settings.lock.is_shut() {
        return lock::key(model, key);
    }
    // Nobody acts on what cannot be seen; what is typed waits until it can be.
    if layout::is_small(model.size) {
        let leaves = called(model, key) == Some(Action::Quit) && !model.queue.typing;
        return if leaves { run(model, Action::Quit) } else { Vec::new() };
    }
    match model.overlays.last() {
        Some(Overlay::Form(_)) => form_key(model, key),
        Some(Overlay::Help(_) | Overlay::Palette(_)) => picker_key(model, key),
        Some(Overlay::Grant(_)) => grant::key(model, key),
        Some(Overlay::Messages { .. }) => messages_key(model, key),
        Some(Overlay::Pane(_)) => panes::key(model, key),
        Some(Overlay::Finding(_) | Overlay::Event { .. } | Overlay::Acts { .. } | Overlay::Picture(_)) => {
            look::overlay_key(model, key)
        }
        Some(Overlay::Screens { .. }) => screens_key(model, key),
        None if model.screens.at == Screen::Queue && model.queue.typing => filter_key(model, key),
        None => screen_key(model, key),
    }
}

fn ctrl_action(model: &Model, key: Key) -> Option<Action> {
    if key.ctrl || key.alt { model.settings.keymap.lookup(key.latin(), &[Place::Everywhere]) } else { None }
}

/// The action of a key at the places that are open, whatever keyboard layout is on.
fn called(model: &Model, key: Key) -> Option<Action> {
    let map = &model.settings.keymap;
    map.lookup(key, model.places()).or_else(|| map.lookup(key.latin(), model.places()))
}

fn screen_key(model: &mut Model, key: Key) -> Vec<Effect> {
    // A message is taken off before Esc means anything else.
    if key.code == Code::Esc && model.trouble().is_some() {
        return run(model, Action::Dismiss);
    }
    if let Some(effects) = screens::typed(model, key) {
        return effects;
    }
    if let Some(effects) = look::typed(model, key) {
        return effects;
    }
    // From what is selected back to the case, before the case is left.
    if key.code == Code::Esc && look::let_go(model) {
        return Vec::new();
    }
    // What takes long can be stopped.
    if key.code == Code::Esc && model.open.is_none() {
        // An import goes on while other things are done; only its own screen stops it.
        let imports = |job: &Job| matches!(job, Job::Screen(Ask::Import { .. }));
        let here = model.screens.at == Screen::Import;
        let slow = model.busy.iter().filter(|(_, b)| b.ticks > 1 && (here || !imports(&b.job)));
        if let Some(no) = slow.max_by_key(|(_, busy)| (busy.step, busy.ticks)).map(|(no, _)| *no) {
            return vec![Effect::Cancel(no)];
        }
    }
    called(model, key).map_or_else(Vec::new, |action| run(model, action))
}

fn form_key(model: &mut Model, key: Key) -> Vec<Effect> {
    let Some(Overlay::Form(form)) = model.overlays.last_mut() else { return Vec::new() };
    if form.asked.is_some() {
        // What is under way cannot be edited; Esc lets it go on behind.
        if key.code == Code::Esc {
            close_overlay(model);
        }
        return Vec::new();
    }
    // Something can be looked up in the midst of a form; what was typed is kept.
    if let Some(action @ Action::Show(_)) = model.settings.keymap.lookup(key, &[Place::Everywhere])
        && form.purpose != Purpose::Passphrase
    {
        close_overlay(model);
        return run(model, action);
    }
    let (cancel, go) = (form.cancel(), form.go());
    // Letters are typed; whatever else calls an action of forms, the agent's own keys too.
    let typed = matches!(key.code, Code::Char(_)) && !key.ctrl && !key.alt;
    let action = if typed { None } else { called(model, key) };
    if let Some(action @ (Action::Submit | Action::Editor | Action::ClearForm | Action::CopyText)) = action {
        return run(model, action);
    }
    let Some(Overlay::Form(form)) = model.overlays.last_mut() else { return Vec::new() };
    match (key.code, key.ctrl) {
        (Code::Esc, _) => {
            close_overlay(model);
            return Vec::new();
        }
        (Code::Tab, _) => form.step(true),
        (Code::BackTab, _) => form.step(false),
        (Code::Enter, _) if form.focus == cancel => close_overlay(model),
        (Code::Enter, _) if form.focus == go => return submit(model),
        (Code::Char('y' | 'н'), false) if form.fields.is_empty() => return submit(model),
        (Code::Char('n' | 'т' | 'q' | 'й'), false) if form.fields.is_empty() => close_overlay(model),
        (Code::Left | Code::Right, _) if form.focus >= cancel => {
            form.focus = if form.focus == cancel { go } else { cancel };
        }
        (Code::Up, _) if form.focus >= cancel => form.focus = cancel.saturating_sub(1),
        (Code::Enter, _) if form.is_quick() && form.focus + 1 == cancel => return submit(model),
        _ if form.edit(key) => changed(model),
        (Code::Enter, _) => form.onward(),
        (Code::Down, _) => form.step(true),
        (Code::Up, _) => form.step(false),
        _ => {}
    }
    Vec::new()
}

/// A field has changed: what the form says may follow from it.
pub(super) fn changed(model: &mut Model) {
    let Some(Overlay::Form(mut form)) = model.overlays.pop() else { return };
    cases::form_changed(&mut form);
    let case = model.case().filter(|c| c.row.id == form.ticket).cloned();
    if let Some(case) = case {
        forms::retell(model, &case, &mut form);
    }
    if let Purpose::Evidence(kind) = form.purpose {
        let chosen = form.value("kind").parse().unwrap_or(kind);
        if chosen != kind {
            model.drafts.keep(&form, model.now);
            let name = model.row().map(|r| r.name.clone()).unwrap_or_default();
            let mut fresh = forms::evidence(model.language, form.ticket, &name, chosen);
            drafts::put_back(model, &mut fresh);
            *form = fresh;
        }
    }
    model.overlays.push(Overlay::Form(form));
}

fn filter_key(model: &mut Model, key: Key) -> Vec<Effect> {
    match key.code {
        Code::Enter | Code::Down => {
            model.queue.typing = false;
            Vec::new()
        }
        Code::Tab => queue::turn_everywhere(model),
        Code::Esc => run(model, Action::ClearFilter),
        _ => {
            let before = model.queue.filter.value().to_owned();
            type_key(&mut model.queue.filter, key);
            if model.queue.filter.value() == before { Vec::new() } else { queue::ask_anew(model) }
        }
    }
}

/// Pasted text goes where text is typed; elsewhere it is never taken for keys.
pub(super) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    if model.settings.lock.is_shut() {
        lock::paste(model, text);
        return Vec::new();
    }
    if layout::is_small(model.size) {
        return Vec::new();
    }
    match model.overlays.last_mut() {
        Some(Overlay::Form(form)) if form.asked.is_none() => {
            form.paste(text);
            changed(model);
        }
        Some(Overlay::Help(picker) | Overlay::Palette(picker)) => {
            paste_into(&mut picker.query, text);
            picker.at = 0;
        }
        // An identifier pasted over the list is looked for.
        None if model.screens.at != Screen::Queue => return screens::paste(model, text),
        None if model.open.is_none() => {
            undo::before(model, Action::Filter);
            model.queue.typing = true;
            paste_into(&mut model.queue.filter, text.trim());
            return queue::ask_anew(model);
        }
        _ => {}
    }
    Vec::new()
}

/// The actions that a list shows for what was typed, best first; English names are known in every language.
pub fn matching(language: Language, query: &str) -> Vec<&'static Entry> {
    let words: Vec<String> = query.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let hit = |e: &&Entry| {
        let text = format!(
            "{} {} {} {}",
            e.name(language),
            e.name(Language::English),
            e.about(language),
            e.keys.join(" ")
        )
        .to_lowercase();
        words.iter().all(|w| text.contains(w.as_str()))
    };
    let mut found: Vec<&Entry> = ACTIONS.iter().filter(hit).collect();
    // A name that begins with what was typed is what was meant.
    let typed = words.join(" ");
    if !typed.is_empty() {
        found.sort_by_key(|e| {
            let name = e.name(language).to_lowercase();
            (!name.starts_with(&typed), !name.contains(&typed))
        });
    }
    found
}

/// Actions that the palette offers: those that can be called by name.
pub fn offered(language: Language, query: &str) -> Vec<&'static Entry> {
    let by_hand = |e: &&Entry| {
        !matches!(e.place, Place::Form | Place::Grant | Place::Messages | Place::Look | Place::Picture)
    };
    matching(language, query).into_iter().filter(by_hand).collect()
}

fn picker_key(model: &mut Model, key: Key) -> Vec<Effect> {
    let language = model.language;
    let palette = matches!(model.overlays.last(), Some(Overlay::Palette(_)));
    let Some(Overlay::Help(picker) | Overlay::Palette(picker)) = model.overlays.last_mut() else {
        return Vec::new();
    };
    let count = if palette { offered(language, picker.query.value()).len() } else { usize::MAX };
    match (key.code, key.ctrl) {
        (Code::Enter, _) if palette => {
            let chosen = offered(language, picker.query.value()).get(picker.at).map(|e| e.action);
            model.overlays.pop();
            return chosen.map_or_else(Vec::new, |action| run(model, action));
        }
        (Code::Enter | Code::Esc, _) => {
            model.overlays.pop();
        }
        (Code::Down, _) | (Code::Char('n'), true) => step(picker, 1, count),
        (Code::Up, _) | (Code::Char('p'), true) => step(picker, -1, count),
        (Code::PageDown, _) => step(picker, 10, count),
        (Code::PageUp, _) => step(picker, -10, count),
        _ => {
            if type_key(&mut picker.query, key) {
                picker.at = 0;
                picker.scroll = 0;
            }
        }
    }
    Vec::new()
}

fn step(picker: &mut Picker, by: isize, count: usize) {
    picker.at = picker.at.saturating_add_signed(by).min(count.saturating_sub(1));
    picker.scroll = picker.scroll.saturating_add_signed(by);
}

fn screens_key(model: &mut Model, key: Key) -> Vec<Effect> {
    let Some(Overlay::Screens { at }) = model.overlays.last_mut() else { return Vec::new() };
    let chosen = match key.code {
        Code::Esc => None,
        Code::Enter => Screen::ALL.get(*at).copied(),
        Code::Down | Code::Tab => {
            *at = (*at + 1).min(Screen::ALL.len() - 1);
            return Vec::new();
        }
        Code::Up | Code::BackTab => {
            *at = at.saturating_sub(1);
            return Vec::new();
        }
        _ => match screens::by_letter(key) {
            Some(screen) => Some(screen),
            None => return Vec::new(),
        },
    };
    model.overlays.pop();
    chosen.map_or_else(Vec::new, |screen| run(model, Action::Show(screen)))
}

fn messages_key(model: &mut Model, key: Key) -> Vec<Effect> {
    let count = model.messages.len();
    let Some(Overlay::Messages { at }) = model.overlays.last_mut() else { return Vec::new() };
    match key.latin().code {
        Code::Esc | Code::Char('q') => close_overlay(model),
        Code::Down | Code::Char('j') => *at = (*at + 1).min(count.saturating_sub(1)),
        Code::Up | Code::Char('k') => *at = at.saturating_sub(1),
        _ => return called(model, key).map_or_else(Vec::new, |action| run(model, action)),
    }
    Vec::new()
}
