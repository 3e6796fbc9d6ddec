//! Authorizations: what is out and unused, what was redeemed, revoked, or ran out.

use std::sync::Arc;

use tui_input::Input;

use super::{Effect, open_ticket};
use crate::desk::outgoing::{GrantLine, Stage};
use crate::domain::{Role, Time};
use crate::tui::app::action::Action;
use crate::tui::app::do_action::show_form;
use crate::tui::app::form::{Purpose, paste as paste_into, type_key};
use crate::tui::app::forms;
use crate::tui::app::grant::{self, Handing};
use crate::tui::app::key::{Code, Key};
use crate::tui::app::model::Model;
use crate::tui::app::update::ask;
use crate::tui::worker::cases::Ask;
use crate::tui::worker::{Grant, Job};
use crate::words::say;

/// Tabs, in their order; none is every stage.
pub const TABS: [Option<Stage>; 5] =
    [Some(Stage::Out), Some(Stage::Redeemed), Some(Stage::Revoked), Some(Stage::Expired), None];

/// What the screen keeps.
#[derive(Debug, Default)]
pub struct State {
    pub rows: Arc<Vec<GrantLine>>,
    pub loaded: bool,
    /// The tab, as a place in [`TABS`].
    pub tab: usize,
    pub query: Input,
    /// The filter is being typed.
    pub typing: bool,
    /// The selected line.
    pub at: usize,
}

impl State {
    fn matches(&self, line: &GrantLine) -> bool {
        let all = format!(
            "{} #{} {} {} {} {} {}",
            line.reference.as_deref().unwrap_or_default(),
            line.ticket,
            line.op,
            line.sub,
            line.aud,
            line.issued_by,
            line.jti
        )
        .to_lowercase();
        self.query.value().to_lowercase().split_whitespace().all(|word| all.contains(word))
    }

    /// The lines of a tab that the filter lets through.
    pub fn of(&self, tab: usize, now: Time) -> impl Iterator<Item = &GrantLine> {
        let stage = TABS.get(tab).copied().flatten();
        self.rows.iter().filter(move |g| stage.is_none_or(|s| g.stage(now) == s) && self.matches(g))
    }

    /// The lines shown.
    pub fn shown(&self, now: Time) -> Vec<&GrantLine> {
        self.of(self.tab, now).collect()
    }
}

pub(super) fn enter(model: &mut Model) -> Vec<Effect> {
    vec![ask(model, Job::Case(Ask::Grants))]
}

/// The desk has listed them.
pub(in crate::tui::app) fn listed(model: &mut Model, rows: Arc<Vec<GrantLine>>) {
    let keep = selected(model).map(|g| g.jti.clone());
    let s = &mut model.screens.grants;
    s.rows = rows;
    s.loaded = true;
    let shown = s.shown(model.now);
    let place = keep.and_then(|jti| shown.iter().position(|g| g.jti == jti));
    let at = place.unwrap_or(s.at).min(shown.len().saturating_sub(1));
    s.at = at;
}

/// The desk gave one out with its token.
pub(in crate::tui::app) fn opened(model: &mut Model, token: Grant, ticket: i64) -> Vec<Effect> {
    let now = model.now;
    let line = model.screens.grants.rows.iter().find(|g| g.jti == token.jti);
    let stage = line.map_or(Stage::Out, |g| g.stage(now));
    let mut handing = Handing::new(token, ticket);
    handing.stage = stage;
    grant::show(model, handing)
}

fn selected(model: &Model) -> Option<&GrantLine> {
    let s = &model.screens.grants;
    s.of(s.tab, model.now).nth(s.at)
}

pub(super) fn enabled(model: &Model, action: Action) -> Result<(), String> {
    let no = |id| Err(say(model.language, id).to_owned());
    let Some(line) = selected(model) else {
        return match action {
            Action::GrantsOpen | Action::GrantsTicket | Action::GrantsRevoke | Action::GrantsRedeem => {
                no("authorizations-why-none")
            }
            _ => Ok(()),
        };
    };
    let writes = matches!(action, Action::GrantsRevoke | Action::GrantsRedeem);
    let seat = model.seat.as_ref();
    if writes && line.stage(model.now) != Stage::Out {
        return no("authorizations-why-spent");
    }
    if writes && seat.is_some_and(|s| s.readonly) {
        return no("why-readonly");
    }
    let works = |role: &Role| matches!(role, Role::Agent | Role::Approver);
    if action == Action::GrantsRedeem && seat.is_some_and(|s| !s.roles.iter().any(works)) {
        return no("authorizations-why-role");
    }
    Ok(())
}

pub(super) fn run(model: &mut Model, action: Action) -> Vec<Effect> {
    let line = selected(model).cloned();
    let l = model.language;
    match (action, line) {
        (Action::GrantsOpen, Some(line)) => return vec![ask(model, Job::Case(Ask::Grant { jti: line.jti }))],
        (Action::GrantsTicket, Some(line)) => return open_ticket(model, line.ticket),
        (Action::GrantsRevoke | Action::GrantsRedeem, Some(line)) => {
            let purpose = if action == Action::GrantsRevoke { Purpose::Revoke } else { Purpose::Redeem };
            let name = grant::name_of(model, line.ticket);
            show_form(model, forms::on_grant(l, purpose, line.ticket, &name));
        }
        (Action::GrantsFilter, _) => model.screens.grants.typing = true,
        (Action::GrantsNextTab, _) => tab(model, 1),
        (Action::GrantsPreviousTab, _) => tab(model, TABS.len() - 1),
        _ => {}
    }
    Vec::new()
}

fn tab(model: &mut Model, by: usize) {
    show_tab(model, (model.screens.grants.tab + by) % TABS.len());
}

pub(super) fn show_tab(model: &mut Model, tab: usize) {
    let s = &mut model.screens.grants;
    (s.tab, s.at) = (tab, 0);
}

pub(super) fn typed(model: &mut Model, key: Key) -> Option<Vec<Effect>> {
    let s = &mut model.screens.grants;
    if !s.typing {
        // The filter is taken off before the screen is left.
        if key.code == Code::Esc && !s.query.value().is_empty() {
            s.query.reset();
            s.at = 0;
            return Some(Vec::new());
        }
        return None;
    }
    match key.code {
        Code::Enter | Code::Tab | Code::Down => s.typing = false,
        Code::Esc => {
            s.typing = false;
            s.query.reset();
        }
        _ => {
            type_key(&mut s.query, key);
        }
    }
    s.at = 0;
    Some(Vec::new())
}

pub(super) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let s = &mut model.screens.grants;
    s.typing = true;
    s.at = 0;
    paste_into(&mut s.query, text.trim());
    Vec::new()
}

pub(super) fn scroll(model: &mut Model, by: isize) {
    let now = model.now;
    let s = &mut model.screens.grants;
    let last = s.shown(now).len().saturating_sub(1);
    s.at = s.at.saturating_add_signed(by).min(last);
}
