//! Authorizations: what is out and unused, what was redeemed, revoked, or ran out.

use tui_input::Input;

use super::{Effect, open_ticket};
use crate::desk::outgoing::{GrantLine, GrantPage, GrantSearch, Stage};
use crate::domain::Role;
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
    /// The page: authorizations from the place `first` on.
    pub rows: Vec<GrantLine>,
    pub first: usize,
    /// How many there are, by where they stand.
    pub counts: [u64; 4],
    pub loaded: bool,
    /// The tab, as a place in [`TABS`].
    pub tab: usize,
    pub query: Input,
    /// The filter is being typed.
    pub typing: bool,
    /// The selected place, counted over everything that was found.
    pub at: usize,
}

/// Lines that the screen holds at once.
pub const PAGE: usize = 160;
/// Closer than this to the end of the page, the next one is asked for.
const NEAR: usize = 48;

impl State {
    /// How many stand on a tab.
    pub fn count(&self, tab: usize) -> u64 {
        match TABS.get(tab).copied().flatten() {
            Some(stage) => self.counts.get(stage as usize).copied().unwrap_or(0),
            None => self.counts.iter().sum(),
        }
    }

    /// How many stand on the open tab.
    pub fn total(&self) -> usize {
        usize::try_from(self.count(self.tab)).unwrap_or(usize::MAX)
    }

    /// The line at a place, if the page has it.
    pub fn line(&self, place: usize) -> Option<&GrantLine> {
        self.rows.get(place.checked_sub(self.first)?)
    }

    /// Whether what lies around the selected place is on the page.
    fn is_near_the_edge(&self) -> bool {
        let end = self.first + self.rows.len();
        self.at < self.first + NEAR && self.first > 0 || self.at + NEAR >= end && end < self.total()
    }
}

pub(super) fn enter(model: &mut Model) -> Vec<Effect> {
    let s = &model.screens.grants;
    let from = if s.is_near_the_edge() { s.at.saturating_sub(PAGE / 2) } else { s.first };
    let stage = TABS.get(s.tab).copied().flatten();
    let search = GrantSearch { stage, words: s.query.value().trim().to_owned(), from, most: PAGE };
    let now = model.now;
    vec![ask(model, Job::Case(Ask::Grants { search, now }))]
}

/// Something else is looked for: from the top.
fn anew(model: &mut Model) -> Vec<Effect> {
    let s = &mut model.screens.grants;
    (s.at, s.first) = (0, 0);
    enter(model)
}

/// The desk has listed them.
pub(in crate::tui::app) fn listed(model: &mut Model, page: GrantPage) -> Vec<Effect> {
    let keep = selected(model).map(|g| g.jti.clone());
    let s = &mut model.screens.grants;
    (s.first, s.rows, s.counts, s.loaded) = (page.first, page.lines, page.counts, true);
    let place = keep.and_then(|jti| s.rows.iter().position(|g| g.jti == jti)).map(|n| s.first + n);
    s.at = place.unwrap_or(s.at).min(s.total().saturating_sub(1));
    if s.is_near_the_edge() && !s.rows.is_empty() { enter(model) } else { Vec::new() }
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
    s.line(s.at)
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
        (Action::GrantsNextTab, _) => return tab(model, 1),
        (Action::GrantsPreviousTab, _) => return tab(model, TABS.len() - 1),
        _ => {}
    }
    Vec::new()
}

fn tab(model: &mut Model, by: usize) -> Vec<Effect> {
    show_tab(model, (model.screens.grants.tab + by) % TABS.len())
}

pub(super) fn show_tab(model: &mut Model, tab: usize) -> Vec<Effect> {
    let s = &mut model.screens.grants;
    s.tab = tab;
    // The lines are another tab's.
    s.rows.clear();
    s.loaded = false;
    anew(model)
}

pub(super) fn typed(model: &mut Model, key: Key) -> Option<Vec<Effect>> {
    let s = &mut model.screens.grants;
    if !s.typing {
        // The filter is taken off before the screen is left.
        if key.code == Code::Esc && !s.query.value().is_empty() {
            s.query.reset();
            return Some(anew(model));
        }
        return None;
    }
    let before = s.query.value().to_owned();
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
    let same = s.query.value() == before;
    Some(if same { Vec::new() } else { anew(model) })
}

pub(super) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let s = &mut model.screens.grants;
    s.typing = true;
    paste_into(&mut s.query, text.trim());
    anew(model)
}

pub(super) fn scroll(model: &mut Model, by: isize) -> Vec<Effect> {
    let asked = model.busy.values().any(|b| matches!(b.job, Job::Case(Ask::Grants { .. })));
    let s = &mut model.screens.grants;
    s.at = s.at.saturating_add_signed(by).min(s.total().saturating_sub(1));
    if s.is_near_the_edge() && !asked { enter(model) } else { Vec::new() }
}
