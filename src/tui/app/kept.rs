//! What the desk keeps of an agent's queue: columns, where they were, saved searches.

use std::collections::BTreeMap;

use tui_input::Input;

use super::Effect;
use super::columns::Columns;
use super::form::{Choice, Field, Form, Purpose, Rule};
use super::model::{Model, Overlay};
use super::queue::{Saved, ask_anew};
use super::settings;
use super::update::{ask, toast};
use crate::desk::board::{Search, View};
use crate::desk::kept::Kept;
use crate::desk::queue::Sort;
use crate::tui::theme::Tone;
use crate::tui::worker::Job;
use crate::words::{say, say_with};

/// Names under which the desk keeps things; saved searches stand behind the last.
const COLUMNS: &str = "queue.columns";
const SESSION: &str = "queue.session";
const SETTINGS: &str = "screen.settings";
const SEARCH: &str = "queue.search:";
/// In place of a view: every ticket.
const EVERYWHERE: &str = "everywhere";

/// What the desk has, as far as the screen knows.
#[derive(Debug, Default)]
pub struct State {
    /// The desk has told what it keeps.
    loaded: bool,
    own: BTreeMap<&'static str, String>,
}

const SORTS: [(Sort, &str); 4] =
    [(Sort::Urgency, "urgency"), (Sort::Due, "due"), (Sort::Received, "received"), (Sort::Number, "number")];

/// A search as a line: view, order, words.
fn line_of(search: &Search) -> String {
    let sort = SORTS.iter().find(|(s, _)| *s == search.sort).map_or("urgency", |(_, word)| word);
    let minus = if search.reverse { "-" } else { "" };
    let view = if search.everywhere { EVERYWHERE } else { search.view.as_str() };
    format!("{view} {minus}{sort} {}", search.words)
}

fn read_line(line: &str) -> Option<Search> {
    let mut parts = line.splitn(3, ' ');
    let view = parts.next()?;
    let everywhere = view == EVERYWHERE;
    let view = if everywhere { View::All } else { View::of_word(view)? };
    let sort = parts.next()?;
    let (reverse, sort) = sort.strip_prefix('-').map_or((false, sort), |sort| (true, sort));
    let (sort, _) = SORTS.iter().find(|(_, word)| *word == sort)?;
    Some(Search {
        view,
        words: parts.next().unwrap_or_default().to_owned(),
        sort: *sort,
        reverse,
        everywhere,
    })
}

/// What should be kept now.
fn present(model: &Model) -> [(&'static str, String); 3] {
    let q = &model.queue;
    let preview = if q.preview { "preview" } else { "plain" };
    [
        (COLUMNS, q.columns.to_line()),
        (SESSION, format!("{preview} {}", line_of(&q.search()))),
        (SETTINGS, settings::to_line(model)),
    ]
}

/// Lets the desk keep what has changed; now and then, not at every key.
pub fn keep(model: &mut Model) -> Vec<Effect> {
    let writes = model.seat.as_ref().is_some_and(|s| !s.readonly);
    if !model.kept.loaded || !writes || model.queue.typing {
        return Vec::new();
    }
    let mut effects = Vec::new();
    for (name, value) in present(model) {
        if model.kept.own.get(name) != Some(&value) {
            model.kept.own.insert(name, value.clone());
            let job = Job::Keep { everybody: false, name: name.to_owned(), value: Some(value) };
            effects.push(ask(model, job));
        }
    }
    effects
}

/// What the desk keeps: the queue is as it was left, unless the agent was faster.
pub fn told(model: &mut Model, all: &[Kept]) -> Vec<Effect> {
    let begins = !model.kept.loaded;
    model.kept.loaded = true;
    model.queue.saved = all.iter().filter_map(saved).collect();
    if !begins {
        return Vec::new();
    }
    let mut effects = Vec::new();
    for kept in all.iter().filter(|k| !k.everybody) {
        match kept.name.as_str() {
            SETTINGS => effects = settings::restore(model, &kept.value),
            COLUMNS => model.queue.columns = Columns::of_line(&kept.value),
            SESSION if !model.queue.chosen => restore(model, &kept.value),
            _ => {}
        }
    }
    model.kept.own = present(model).into_iter().collect();
    effects.extend(ask_anew(model));
    effects
}

fn saved(kept: &Kept) -> Option<Saved> {
    let name = kept.name.strip_prefix(SEARCH)?;
    let search = read_line(&kept.value)?;
    Some(Saved { name: name.to_owned(), search, everybody: kept.everybody })
}

fn restore(model: &mut Model, line: &str) {
    let Some((preview, rest)) = line.split_once(' ') else { return };
    let Some(search) = read_line(rest) else { return };
    model.queue.preview = preview == "preview";
    apply(model, &search);
}

/// Looks for what a search says.
pub fn apply(model: &mut Model, search: &Search) {
    let q = &mut model.queue;
    (q.view, q.sort, q.reverse) = (search.view, search.sort, search.reverse);
    q.everywhere = search.everywhere;
    q.filter = Input::new(search.words.clone());
    q.chosen = true;
}

/// Asks for the name under which the search is to be kept.
pub fn ask_name(model: &Model) -> Form {
    let l = model.language;
    let words = model.queue.search().words;
    let looks = if words.is_empty() { say(l, "queue-search-all").to_owned() } else { words };
    let who = |value: &str, label: &str| Choice { value: value.into(), label: label.into(), refused: None };
    let options = vec![who("me", say(l, "queue-search-me")), who("all", say(l, "queue-search-everybody"))];
    Form::new(Purpose::SaveSearch, 0, say(l, "queue-search-title"), say(l, "queue-search-save"))
        .say(Tone::Plain, say_with(l, "queue-search-says", &[("words", looks.into())]))
        .field(Field::text("name", say(l, "queue-search-name"), Rule::Needed))
        .field(Field::choice("who", say(l, "queue-search-who"), options))
}

/// Keeps the search under the name that was typed.
pub fn submit(model: &mut Model) -> Vec<Effect> {
    let search = model.queue.search();
    let l = model.language;
    let Some(Overlay::Form(form)) = model.overlays.last_mut() else { return Vec::new() };
    let name: String = form.value("name").split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > 24 {
        form.problem = Some(say(l, "queue-search-long").to_owned());
        return Vec::new();
    }
    let everybody = form.value("who") == "all";
    model.overlays.pop();
    model.drafts.forget(Purpose::SaveSearch, 0);
    model.queue.saved.retain(|s| s.name != name || s.everybody != everybody);
    let effects = save(model, Saved { name: name.clone(), search, everybody });
    toast(model, true, say_with(l, "queue-search-saved", &[("name", name.as_str().into())]));
    effects
}

/// Keeps a search under its name.
pub fn save(model: &mut Model, saved: Saved) -> Vec<Effect> {
    let value = Some(line_of(&saved.search));
    let job = Job::Keep { everybody: saved.everybody, name: format!("{SEARCH}{}", saved.name), value };
    model.queue.saved.push(saved);
    vec![ask(model, job)]
}

/// Forgets the saved search that is open.
pub fn drop_open(model: &mut Model) -> Vec<Effect> {
    let Some(n) = model.queue.open_search() else { return Vec::new() };
    let Saved { name, everybody, .. } = model.queue.saved.remove(n);
    toast(model, true, say_with(model.language, "queue-search-dropped", &[("name", name.as_str().into())]));
    vec![ask(model, Job::Keep { everybody, name: format!("{SEARCH}{name}"), value: None })]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_read_as_it_was_written() {
        for (view, words, sort, reverse, everywhere) in [
            (View::Overdue, "", Sort::Due, false, false),
            (View::All, "state:held  анна", Sort::Number, true, false),
            (View::All, "ильин 0017", Sort::Urgency, false, true),
        ] {
            let search = Search { view, words: words.to_owned(), sort, reverse, everywhere };
            assert_eq!(read_line(&line_of(&search)), Some(search));
        }
        for line in ["", "all", "nowhere due x", "all never x"] {
            assert_eq!(read_line(line), None, "{line}");
        }
    }
}
