//! Log: the audit log, newest first, with a filter; and whether it holds.

use std::sync::Arc;

use tui_input::Input;

use super::{Effect, open_ticket};
use crate::audit::LogVerdict;
use crate::domain::Time;
use crate::tui::app::action::Action;
use crate::tui::app::form::{paste as paste_into, type_key};
use crate::tui::app::key::{Code, Key};
use crate::tui::app::model::Model;
use crate::tui::app::update::ask;
use crate::tui::data::{LogLine, LogView};
use crate::tui::worker::Job;
use crate::tui::worker::screens::Ask;
use crate::words::say;

/// What the screen keeps.
#[derive(Debug, Default)]
pub struct State {
    pub view: Option<Arc<LogView>>,
    pub filter: Input,
    pub typing: bool,
    /// The selected place among the lines shown.
    pub at: usize,
    /// Places in the view's lines that the filter leaves.
    pub shown: Vec<usize>,
    pub verdict: Option<(LogVerdict, Time)>,
}

impl State {
    /// The line of a place.
    pub fn line(&self, place: usize) -> Option<&LogLine> {
        let view = self.view.as_ref()?;
        self.shown.get(place).and_then(|n| view.lines.get(*n))
    }

    fn arrange(&mut self) {
        let needle = self.filter.value().trim().to_lowercase();
        let words: Vec<&str> = needle.split_whitespace().collect();
        let lines = self.view.as_ref().map_or(&[][..], |v| v.lines.as_slice());
        let fits = |line: &LogLine| words.iter().all(|w| line.haystack.contains(w));
        self.shown = (0..lines.len()).filter(|n| lines.get(*n).is_some_and(fits)).collect();
        self.at = self.at.min(self.shown.len().saturating_sub(1));
    }

    /// The filter left out lines that were not read, or the log has more.
    pub fn is_part(&self) -> bool {
        let looked_for = self.view.as_ref().map_or("", |v| v.filter.as_str());
        let complete = self.view.as_ref().is_some_and(|v| v.complete);
        !(complete && self.filter.value().trim().starts_with(looked_for))
    }
}

/// The request under way that can be stopped: its number, leaves read, of how many, and whether it verifies.
pub fn progress(model: &Model) -> Option<(u64, u64, u64, bool)> {
    let of_log = |job: &Job| matches!(job, Job::Screen(Ask::Log { .. } | Ask::Verify));
    let (no, busy) = model.busy.iter().find(|(_, b)| of_log(&b.job) && b.ticks > 0 || b.job == VERIFY)?;
    let step = busy.step.unwrap_or_default();
    Some((*no, step.done, step.of.unwrap_or(0), busy.job == VERIFY))
}

const VERIFY: Job = Job::Screen(Ask::Verify);

pub(super) fn enter(model: &mut Model) -> Vec<Effect> {
    let filter = model.screens.log.view.as_ref().map(|v| v.filter.clone()).unwrap_or_default();
    vec![ask(model, Job::Screen(Ask::Log { filter }))]
}

pub(super) fn enabled(model: &Model, action: Action) -> Result<(), String> {
    let s = &model.screens.log;
    let no = |why| Err(say(model.language, why).to_owned());
    match action {
        Action::LogOpen if s.line(s.at).and_then(|l| l.ticket).is_none() => no("log-why-open"),
        Action::LogVerify if progress(model).is_some_and(|(.., verifies)| verifies) => no("log-why-verify"),
        Action::LogClear if s.filter.value().is_empty() => no("log-why-clear"),
        _ => Ok(()),
    }
}

pub(super) fn run(model: &mut Model, action: Action) -> Vec<Effect> {
    let s = &mut model.screens.log;
    match action {
        Action::LogFilter => s.typing = true,
        Action::LogClear => {
            s.filter.reset();
            s.arrange();
            return vec![ask(model, Job::Screen(Ask::Log { filter: String::new() }))];
        }
        Action::LogVerify => return vec![ask(model, VERIFY)],
        Action::LogOpen => {
            if let Some(id) = s.line(s.at).and_then(|l| l.ticket) {
                return open_ticket(model, id);
            }
        }
        _ => {}
    }
    Vec::new()
}

pub(super) fn typed(model: &mut Model, key: Key) -> Option<Vec<Effect>> {
    let s = &mut model.screens.log;
    if !s.typing {
        return None;
    }
    match key.code {
        Code::Esc => {
            s.typing = false;
            s.filter.reset();
        }
        // The whole log is looked through; until then, what was read.
        Code::Enter => {
            s.typing = false;
            let filter = s.filter.value().trim().to_owned();
            return Some(vec![ask(model, Job::Screen(Ask::Log { filter }))]);
        }
        Code::Down | Code::Tab => s.typing = false,
        _ if type_key(&mut s.filter, key) => s.at = 0,
        _ => return None,
    }
    s.arrange();
    Some(Vec::new())
}

pub(super) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let s = &mut model.screens.log;
    s.typing = true;
    paste_into(&mut s.filter, text.trim());
    s.arrange();
    Vec::new()
}

pub(super) fn scroll(model: &mut Model, by: isize) {
    let s = &mut model.screens.log;
    s.at = s.at.saturating_add_signed(by).min(s.shown.len().saturating_sub(1));
}

pub(super) fn told(model: &mut Model, view: Arc<LogView>) -> Vec<Effect> {
    let s = &mut model.screens.log;
    s.view = Some(view);
    s.arrange();
    Vec::new()
}

pub(super) fn verified(model: &mut Model, verdict: LogVerdict) -> Vec<Effect> {
    model.screens.log.verdict = Some((verdict, model.now));
    Vec::new()
}
