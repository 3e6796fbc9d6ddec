//! Report: the queue and its pace, recommendations against decisions, and what an insider would leave behind.

use std::sync::Arc;

use super::{Effect, open_ticket};
use crate::desk::report::Report;
use crate::tui::app::action::Action;
use crate::tui::app::model::Model;
use crate::tui::app::update::{ask, toast};
use crate::tui::layout;
use crate::tui::view::screens::report as view;
use crate::tui::worker::Job;
use crate::tui::worker::screens::Ask;
use crate::words::say;

/// Lengths of time that can be chosen, in days.
const SPANS: [i32; 4] = [7, 30, 90, 365];

/// A part of the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    #[default]
    Work,
    Decisions,
    Insider,
}

impl Tab {
    pub const ALL: &'static [Self] = &[Self::Work, Self::Decisions, Self::Insider];

    fn step(self, forward: bool) -> Self {
        let at = Self::ALL.iter().position(|t| *t == self).unwrap_or(0);
        let to = (at + if forward { 1 } else { Self::ALL.len() - 1 }) % Self::ALL.len();
        Self::ALL.get(to).copied().unwrap_or_default()
    }
}

/// What the screen keeps.
#[derive(Debug)]
pub struct State {
    pub report: Option<Arc<Report>>,
    pub tab: Tab,
    pub days: i32,
    /// The selected line, or the first one.
    pub at: usize,
}

impl Default for State {
    fn default() -> Self {
        Self { report: None, tab: Tab::Work, days: SPANS[1], at: 0 }
    }
}

/// The request under way: its number, leaves read, of how many.
pub fn progress(model: &Model) -> Option<(u64, u64, u64)> {
    let of_report = |job: &Job| matches!(job, Job::Screen(Ask::Report { .. }));
    let (no, busy) = model.busy.iter().find(|(_, b)| of_report(&b.job))?;
    let step = busy.step.unwrap_or_default();
    Some((*no, step.done, step.of.unwrap_or(0)))
}

pub(super) fn enter(model: &mut Model) -> Vec<Effect> {
    let days = model.screens.report.days;
    vec![ask(model, Job::Screen(Ask::Report { days }))]
}

pub(super) fn enabled(model: &Model, action: Action) -> Result<(), String> {
    match action {
        Action::ReportOpen if view::picks(model).is_empty() => {
            Err(say(model.language, "report-why-open").to_owned())
        }
        _ => Ok(()),
    }
}

pub(super) fn show_tab(model: &mut Model, n: usize) -> Vec<Effect> {
    let s = &mut model.screens.report;
    (s.tab, s.at) = (Tab::ALL.get(n).copied().unwrap_or_default(), 0);
    Vec::new()
}

pub(super) fn run(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::ReportNext | Action::ReportPrevious => {
            let s = &mut model.screens.report;
            s.tab = s.tab.step(action == Action::ReportNext);
            s.at = 0;
        }
        Action::ReportLonger | Action::ReportShorter => {
            let s = &mut model.screens.report;
            let at = SPANS.iter().position(|d| *d == s.days).unwrap_or(1);
            let to = if action == Action::ReportLonger { at + 1 } else { at.wrapping_sub(1) };
            let Some(days) = SPANS.get(to) else {
                let text = say(model.language, "report-no-more");
                toast(model, false, text);
                return Vec::new();
            };
            s.days = *days;
            return enter(model);
        }
        Action::ReportOpen => {
            let at = model.screens.report.at;
            if let Some(id) = view::picks(model).into_iter().nth(at) {
                return open_ticket(model, id);
            }
        }
        _ => {}
    }
    Vec::new()
}

pub(super) fn scroll(model: &mut Model, by: isize) {
    let last = match view::picks(model).len() {
        0 => view::most(model, layout::parts(model).body),
        n => n - 1,
    };
    let at = &mut model.screens.report.at;
    *at = at.saturating_add_signed(by).min(last);
}

pub(super) fn told(model: &mut Model, report: Arc<Report>) -> Vec<Effect> {
    model.screens.report.report = Some(report);
    scroll(model, 0);
    Vec::new()
}
