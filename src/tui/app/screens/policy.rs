//! Policy: each line with what it does, and what a changed file would have done to closed tickets.

use std::sync::Arc;

use tui_input::Input;

use super::{Effect, open_ticket};
use crate::desk::replay::Replayed;
use crate::desk::roster::Rulebook;
use crate::tui::app::action::Action;
use crate::tui::app::form::{paste as paste_into, type_key};
use crate::tui::app::key::{Code, Key};
use crate::tui::app::model::Model;
use crate::tui::app::update::ask;
use crate::tui::layout;
use crate::tui::view::screens::policy as view;
use crate::tui::worker::Job;
use crate::tui::worker::screens::Ask;
use crate::words::say;

/// What the screen keeps.
#[derive(Debug, Default)]
pub struct State {
    pub rulebook: Option<Arc<Rulebook>>,
    /// The first line, or the selected ticket of a replay.
    pub at: usize,
    pub path: Input,
    pub typing: bool,
    /// The file that is replayed, and what it would change.
    pub file: String,
    pub replayed: Option<Arc<Replayed>>,
}

/// How many tickets of the replay under way are judged.
pub fn progress(model: &Model) -> Option<(u64, u64, Option<u64>)> {
    let of_replay = |job: &Job| matches!(job, Job::Screen(Ask::Replay { .. }));
    let (no, busy) = model.busy.iter().find(|(_, b)| of_replay(&b.job))?;
    Some((*no, busy.step.map_or(0, |s| s.done), busy.step.and_then(|s| s.of)))
}

pub(super) fn enter(model: &mut Model) -> Vec<Effect> {
    vec![ask(model, Job::Screen(Ask::Rulebook))]
}

pub(super) fn enabled(model: &Model, action: Action) -> Result<(), String> {
    let s = &model.screens.policy;
    let no = |why| Err(say(model.language, why).to_owned());
    match action {
        Action::PolicyReplay if progress(model).is_some() => no("policy-why-working"),
        Action::PolicyRules if s.replayed.is_none() => no("policy-why-rules"),
        Action::PolicyOpen if view::picks(model).is_empty() => no("policy-why-open"),
        _ => Ok(()),
    }
}

pub(super) fn run(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::PolicyReplay => model.screens.policy.typing = true,
        Action::PolicyRules => {
            model.screens.policy.replayed = None;
            model.screens.policy.at = 0;
        }
        Action::PolicyOpen => {
            let at = model.screens.policy.at;
            if let Some(id) = view::picks(model).into_iter().nth(at) {
                return open_ticket(model, id);
            }
        }
        _ => {}
    }
    Vec::new()
}

pub(super) fn typed(model: &mut Model, key: Key) -> Option<Vec<Effect>> {
    let s = &mut model.screens.policy;
    if !s.typing {
        return None;
    }
    match key.code {
        Code::Esc => s.typing = false,
        Code::Enter => {
            let file = s.path.value().trim().to_owned();
            s.typing = false;
            if !file.is_empty() {
                s.file.clone_from(&file);
                return Some(vec![ask(model, Job::Screen(Ask::Replay { file }))]);
            }
        }
        _ if type_key(&mut s.path, key) => {}
        _ => return None,
    }
    Some(Vec::new())
}

pub(super) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let s = &mut model.screens.policy;
    s.typing = true;
    paste_into(&mut s.path, text.trim());
    Vec::new()
}

pub(super) fn scroll(model: &mut Model, by: isize) {
    let last = match view::picks(model).len() {
        0 => view::most(model, layout::parts(model).body),
        n => n - 1,
    };
    let at = &mut model.screens.policy.at;
    *at = at.saturating_add_signed(by).min(last);
}

pub(super) fn told(model: &mut Model, rulebook: Arc<Rulebook>) -> Vec<Effect> {
    model.screens.policy.rulebook = Some(rulebook);
    Vec::new()
}

pub(super) fn replayed(model: &mut Model, replayed: Arc<Replayed>) -> Vec<Effect> {
    model.screens.policy.replayed = Some(replayed);
    model.screens.policy.at = 0;
    Vec::new()
}
