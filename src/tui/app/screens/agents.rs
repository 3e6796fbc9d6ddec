//! Agents: who works here, with which roles, and how old their keys are.

use std::sync::Arc;

use super::Effect;
use crate::desk::roster::Roster;
use crate::tui::app::model::Model;
use crate::tui::app::update::ask;
use crate::tui::layout;
use crate::tui::view::screens::agents as view;
use crate::tui::worker::Job;
use crate::tui::worker::screens::Ask;

/// What the screen keeps.
#[derive(Debug, Default)]
pub struct State {
    pub roster: Option<Arc<Roster>>,
    pub top: usize,
}

pub(super) fn enter(model: &mut Model) -> Vec<Effect> {
    vec![ask(model, Job::Screen(Ask::Roster))]
}

pub(super) fn scroll(model: &mut Model, by: isize) {
    let most = view::most(model, layout::parts(model).body);
    let top = &mut model.screens.agents.top;
    *top = top.saturating_add_signed(by).min(most);
}

pub(super) fn told(model: &mut Model, roster: Arc<Roster>) -> Vec<Effect> {
    model.screens.agents.roster = Some(roster);
    Vec::new()
}
