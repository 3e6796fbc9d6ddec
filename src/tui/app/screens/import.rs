//! Import: choose a file, see what would come of it, let it in, go on to what it brought.

use std::sync::Arc;

use tui_input::Input;

use super::{Effect, open_ticket};
use crate::desk::Failure;
use crate::desk::import::Content;
use crate::domain::{ListMode, Recommendation, Role};
use crate::tui::app::action::Action;
use crate::tui::app::form::{paste as paste_into, type_key};
use crate::tui::app::key::{Code, Key};
use crate::tui::app::model::{Busy, Model};
use crate::tui::app::update::{ask, ask_queue, toast};
use crate::tui::data::{Batch, Entry, Listing, QueueRow};
use crate::tui::layout;
use crate::tui::view::screens::import as view;
use crate::tui::worker::screens::Ask;
use crate::tui::worker::{Job, Mode};
use crate::words::say;

/// How far an import has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// A file is being chosen.
    #[default]
    Pick,
    /// It is looked through, or let in.
    Working(Mode),
    /// It was looked through.
    Looked,
    /// It is in.
    Landed,
}

/// What the screen keeps.
#[derive(Debug, Default)]
pub struct State {
    pub phase: Phase,
    /// The path as typed.
    pub path: Input,
    pub listing: Option<Arc<Listing>>,
    /// The folder that was asked for last.
    asked: Option<String>,
    /// The file that was chosen.
    pub file: String,
    /// What it holds, by its header or by choice.
    pub content: Option<Content>,
    /// What a list does to the rows that are there.
    pub list_mode: ListMode,
    pub batch: Option<Arc<Batch>>,
    /// Why nothing came of it.
    pub problem: Option<Failure>,
    /// The selected line, or the first one shown where none can be selected.
    pub at: usize,
}

impl State {
    /// The folder of what is typed, and what is typed of a name in it.
    fn split(&self) -> (String, String) {
        let text = self.path.value();
        match text.rsplit_once('/') {
            Some((folder, name)) => (format!("{folder}/"), name.to_owned()),
            None => (String::new(), text.to_owned()),
        }
    }

    /// The entries that what is typed leaves, those that begin with it first.
    pub fn entries(&self) -> Vec<&Entry> {
        let Some(listing) = &self.listing else { return Vec::new() };
        let typed = self.split().1.to_lowercase();
        let hidden = typed.starts_with('.');
        let fits = |e: &&Entry| {
            (hidden || !e.name.starts_with('.'))
                && (typed.is_empty() || e.name.to_lowercase().contains(&typed))
        };
        let mut found: Vec<&Entry> = listing.entries.iter().filter(fits).collect();
        found.sort_by_key(|e| !e.name.to_lowercase().starts_with(&typed));
        found
    }

    /// New tickets that are listed now.
    pub fn fresh(&self) -> impl Iterator<Item = &QueueRow> {
        self.batch.iter().flat_map(|b| &b.fresh)
    }

    /// Some rows are good, or there are none at all.
    fn lands(&self) -> bool {
        self.batch.as_ref().is_some_and(|b| b.added + b.updated + b.removed > 0)
    }
}

/// The request under way.
pub fn busy(model: &Model) -> Option<(u64, &Busy)> {
    let of_import = |job: &Job| matches!(job, Job::Screen(Ask::Import { .. }));
    model.busy.iter().find(|(_, b)| of_import(&b.job)).map(|(no, b)| (*no, b))
}

pub(super) fn enter(model: &mut Model) -> Vec<Effect> {
    if model.screens.import.phase != Phase::Pick {
        return Vec::new();
    }
    let folder = model.screens.import.split().0;
    list(model, folder)
}

fn list(model: &mut Model, path: String) -> Vec<Effect> {
    model.screens.import.asked = Some(path.clone());
    vec![ask(model, Job::Screen(Ask::Folder { path }))]
}

pub(super) fn listed(model: &mut Model, listing: Arc<Listing>) -> Vec<Effect> {
    let s = &mut model.screens.import;
    if s.path.value().is_empty() {
        s.path = Input::new(listing.path.clone());
        s.asked = Some(listing.path.clone());
    }
    s.listing = Some(listing);
    s.at = 0;
    Vec::new()
}

pub(super) fn enabled(model: &Model, action: Action) -> Result<(), String> {
    let s = &model.screens.import;
    let no = |why| Err(say(model.language, why).to_owned());
    let working = matches!(s.phase, Phase::Working(_));
    match action {
        Action::ImportQueue if s.batch.as_ref().is_none_or(|b| b.fresh_of == 0) => no("import-why-none"),
        Action::ImportStop if busy(model).is_none() => no("import-why-idle"),
        Action::ImportStop if busy(model).and_then(|(_, b)| b.step).is_some_and(|s| s.settling) => {
            no("import-why-settling")
        }
        Action::ImportStop => Ok(()),
        _ if working => no("import-why-working"),
        Action::ImportGo if s.phase == Phase::Looked => may_land(model),
        Action::ImportGo if s.phase == Phase::Landed && view::picks(model).is_empty() => {
            no("import-why-none")
        }
        Action::ImportNextList | Action::ImportPreviousList | Action::ImportMode
            if s.phase != Phase::Looked =>
        {
            no("import-why-no-file")
        }
        Action::ImportMode if !matches!(s.content, Some(Content::List(_))) => no("import-why-no-list"),
        _ => Ok(()),
    }
}

fn may_land(model: &Model) -> Result<(), String> {
    let s = &model.screens.import;
    let no = |why| Err(say(model.language, why).to_owned());
    let Some(seat) = &model.seat else { return no("import-why-working") };
    if seat.readonly {
        return no("import-why-readonly");
    }
    let lists = matches!(s.content, Some(Content::List(_)));
    if lists && !seat.rehearsal && !seat.roles.contains(&Role::Custodian) {
        return no("import-why-custodian");
    }
    if s.problem.is_some() || !s.lands() {
        return no("import-why-nothing");
    }
    Ok(())
}

pub(super) fn run(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::ImportFile => {
            model.screens.import.phase = Phase::Pick;
            return enter(model);
        }
        Action::ImportQueue => return to_queue(model, None),
        Action::ImportStop => {
            return busy(model).map(|(no, _)| vec![Effect::Cancel(no)]).unwrap_or_default();
        }
        Action::ImportNextList | Action::ImportPreviousList => {
            let content = model.screens.import.content.unwrap_or(Content::Cases);
            model.screens.import.content = Some(content.step(action == Action::ImportNextList));
            return work(model, Mode::Dry);
        }
        Action::ImportMode => {
            let s = &mut model.screens.import;
            s.list_mode = match s.list_mode {
                ListMode::Merge => ListMode::Replace,
                ListMode::Replace => ListMode::Delta,
                ListMode::Delta => ListMode::Merge,
            };
            return work(model, Mode::Dry);
        }
        Action::ImportGo => match model.screens.import.phase {
            Phase::Looked => {
                let rejected = model.screens.import.batch.as_ref().is_some_and(|b| b.rejected > 0);
                return work(model, if rejected { Mode::GoodRows } else { Mode::Whole });
            }
            Phase::Landed => return go(model),
            Phase::Pick | Phase::Working(_) => {}
        },
        _ => {}
    }
    Vec::new()
}

/// To a new ticket, or to those of one recommendation.
fn go(model: &mut Model) -> Vec<Effect> {
    let at = model.screens.import.at;
    match view::picks(model).into_iter().nth(at) {
        Some(view::Pick::Ticket(id)) => open_ticket(model, id),
        Some(view::Pick::Only(word)) => to_queue(model, Some(word)),
        None => Vec::new(),
    }
}

/// To the queue, with the new tickets alone, or those of one recommendation.
fn to_queue(model: &mut Model, word: Option<Recommendation>) -> Vec<Effect> {
    let Some(batch) = &model.screens.import.batch else { return Vec::new() };
    let last = batch.fresh_from + i64::try_from(batch.fresh_of).unwrap_or(0) - 1;
    let says = word.map(|w| format!(" says:{w}")).unwrap_or_default();
    super::queue_of(model, &format!("no:{}-{last}{says}", batch.fresh_from))
}

fn work(model: &mut Model, mode: Mode) -> Vec<Effect> {
    let s = &mut model.screens.import;
    s.phase = Phase::Working(mode);
    s.problem = None;
    s.at = 0;
    let (file, content, list_mode) = (s.file.clone(), s.content, s.list_mode);
    vec![ask(model, Job::Screen(Ask::Import { file, content, list_mode, mode }))]
}

pub(super) fn typed(model: &mut Model, key: Key) -> Option<Vec<Effect>> {
    match model.screens.import.phase {
        Phase::Pick => pick(model, key),
        // Esc stops what is under way before it leaves.
        Phase::Working(_) if key.code == Code::Esc => {
            if let Err(why) = enabled(model, Action::ImportStop) {
                toast(model, false, why);
                return Some(Vec::new());
            }
            Some(run(model, Action::ImportStop))
        }
        _ => None,
    }
}

fn pick(model: &mut Model, key: Key) -> Option<Vec<Effect>> {
    let s = &mut model.screens.import;
    let last = s.entries().len().saturating_sub(1);
    match key.code {
        Code::Esc => return None,
        Code::Down => s.at = (s.at + 1).min(last),
        Code::Up => s.at = s.at.saturating_sub(1),
        Code::PageDown => s.at = (s.at + 10).min(last),
        Code::PageUp => s.at = s.at.saturating_sub(10),
        Code::Tab => complete(s),
        Code::Enter => return Some(choose(model)),
        _ if type_key(&mut s.path, key) => {
            begin_anew(&mut s.path);
            s.at = 0;
        }
        _ => return None,
    }
    Some(followed(model))
}

/// Whoever types a path from its root means it whole, whatever stood there before.
fn begin_anew(path: &mut Input) {
    let text = path.value();
    let whole = text.rsplit_once("//").map(|(_, rest)| format!("/{rest}"));
    let whole = whole.or_else(|| text.rsplit_once("/~/").map(|(_, rest)| format!("~/{rest}")));
    if let Some(whole) = whole {
        *path = Input::new(whole);
    }
}

/// As much of the name as all that fit have in common; a folder is entered.
fn complete(s: &mut State) {
    let (folder, typed) = s.split();
    let begin: Vec<String> = s
        .entries()
        .iter()
        .filter(|e| e.name.to_lowercase().starts_with(&typed.to_lowercase()))
        .map(|e| if e.is_folder { format!("{}/", e.name) } else { e.name.clone() })
        .collect();
    let Some(first) = begin.first() else { return };
    let common = |name: &String| first.chars().zip(name.chars()).take_while(|(a, b)| a == b).count();
    let length = begin.iter().map(common).min().unwrap_or(0);
    let name: String = first.chars().take(length).collect();
    if name.chars().count() >= typed.chars().count() {
        s.path = Input::new(format!("{folder}{name}"));
    }
}

/// The selected entry: a folder is entered, a file looked through.
fn choose(model: &mut Model) -> Vec<Effect> {
    let s = &mut model.screens.import;
    let (folder, _) = s.split();
    let chosen = s.entries().get(s.at).map(|e| (e.name.clone(), e.is_folder));
    match chosen {
        Some((name, true)) => {
            s.path = Input::new(format!("{folder}{name}/"));
            s.at = 0;
            followed(model)
        }
        Some((name, false)) => {
            s.file = format!("{folder}{name}");
            s.path = Input::new(s.file.clone());
            s.content = None;
            s.list_mode = ListMode::Merge;
            s.batch = None;
            work(model, Mode::Dry)
        }
        None => {
            let why = say(model.language, "import-no-such");
            toast(model, false, why);
            Vec::new()
        }
    }
}

/// Where the path leads to another folder now, that is read.
fn followed(model: &mut Model) -> Vec<Effect> {
    let (folder, _) = model.screens.import.split();
    if model.screens.import.asked.as_ref() == Some(&folder) {
        return Vec::new();
    }
    list(model, folder)
}

/// A pasted path is meant whole.
pub(super) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let s = &mut model.screens.import;
    if matches!(s.phase, Phase::Working(_)) {
        return Vec::new();
    }
    s.phase = Phase::Pick;
    let text = text.trim();
    if text.starts_with(['/', '~']) {
        s.path = Input::default();
    }
    paste_into(&mut s.path, text);
    s.at = 0;
    followed(model)
}

pub(super) fn scroll(model: &mut Model, by: isize) {
    let last = match model.screens.import.phase {
        Phase::Pick => model.screens.import.entries().len().saturating_sub(1),
        Phase::Landed if !view::picks(model).is_empty() => view::picks(model).len() - 1,
        _ => view::most(model, layout::parts(model).body),
    };
    let at = &mut model.screens.import.at;
    *at = at.saturating_add_signed(by).min(last);
}

pub(super) fn told(model: &mut Model, batch: Arc<Batch>) -> Vec<Effect> {
    let s = &mut model.screens.import;
    s.content = Some(batch.content);
    s.phase = if batch.dry { Phase::Looked } else { Phase::Landed };
    s.batch = Some(batch);
    s.at = 0;
    if s.phase == Phase::Landed { vec![ask_queue(model)] } else { Vec::new() }
}

/// Nothing came of it; the screen says why.
pub(super) fn failed(model: &mut Model, failure: &Failure) -> bool {
    let s = &mut model.screens.import;
    s.problem = Some(failure.clone());
    s.batch = None;
    s.phase = Phase::Looked;
    s.at = 0;
    true
}

pub(super) fn stopped(model: &mut Model) {
    let s = &mut model.screens.import;
    // What it would come to is known as well as before.
    s.phase = if s.batch.is_some() { Phase::Looked } else { Phase::Pick };
    let text = say(model.language, "import-stopped");
    toast(model, true, text);
}
