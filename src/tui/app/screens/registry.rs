//! Registry: how old and how large each list is.

use std::sync::Arc;

use super::Effect;
use crate::desk::lists::RegistryStanding;
use crate::tui::app::action::Action;
use crate::tui::app::model::Model;
use crate::tui::app::update::ask;
use crate::tui::layout;
use crate::tui::view::screens::registry as view;
use crate::tui::worker::Job;
use crate::tui::worker::screens::Ask;

/// What the screen keeps.
#[derive(Debug, Default)]
pub struct State {
    pub standing: Option<Arc<RegistryStanding>>,
    pub top: usize,
}

pub(super) fn enter(model: &mut Model) -> Vec<Effect> {
    vec![ask(model, Job::Screen(Ask::Registry { weigh: false }))]
}

pub(super) fn run(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::RegistryWeigh => vec![ask(model, Job::Screen(Ask::Registry { weigh: true }))],
        _ => Vec::new(),
    }
}

pub(super) fn scroll(model: &mut Model, by: isize) {
    let most = view::most(model, layout::parts(model).body);
    let top = &mut model.screens.registry.top;
    *top = top.saturating_add_signed(by).min(most);
}

pub(super) fn told(model: &mut Model, standing: Arc<RegistryStanding>) -> Vec<Effect> {
    model.screens.registry.standing = Some(standing);
    Vec::new()
}
