//! What is looked at in a ticket: the selected finding, item or event, the filter of the timeline, and what is
//! opened over them.

use std::sync::Arc;

use tui_input::Input;

use super::Effect;
use super::action::{ACTIONS, Action, Entry, Place};
use super::form::type_key;
use super::key::{Code, Key};
use super::model::{Model, Overlay};
use super::update::ask;
use super::{do_action, enabled, next};
use crate::judgement::Check;
use crate::tui::data::{Event, FindingView, TicketView};
use crate::tui::worker::Job;
use crate::tui::worker::cases::Ask;
use crate::tui::{layout, view};

/// Something in a ticket that can be selected and opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    Finding(Check),
    /// Something that a mail offers.
    Offer(i64),
    Evidence(i64),
    /// By its place among the events, oldest first.
    Event(usize),
}

impl Pick {
    const fn part(self) -> u8 {
        match self {
            Self::Finding(_) => 1,
            Self::Offer(_) => 2,
            Self::Evidence(_) => 3,
            Self::Event(_) => 4,
        }
    }
}

/// Which events the timeline shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kinds {
    #[default]
    All,
    Evidence,
    Codes,
    Notes,
    Decisions,
    Owner,
    Hands,
}

impl Kinds {
    /// The id of its name.
    pub const fn words(self) -> &'static str {
        match self {
            Self::All => "look-kinds-all",
            Self::Evidence => "look-kinds-evidence",
            Self::Codes => "look-kinds-codes",
            Self::Notes => "look-kinds-notes",
            Self::Decisions => "look-kinds-decisions",
            Self::Owner => "look-kinds-owner",
            Self::Hands => "look-kinds-hands",
        }
    }

    const fn after(self) -> Self {
        match self {
            Self::All => Self::Evidence,
            Self::Evidence => Self::Codes,
            Self::Codes => Self::Notes,
            Self::Notes => Self::Decisions,
            Self::Decisions => Self::Owner,
            Self::Owner => Self::Hands,
            Self::Hands => Self::All,
        }
    }

    /// Where an act of the log belongs.
    fn of(act: &str) -> Self {
        match act.split('.').next().unwrap_or_default() {
            "evidence" | "case" | "mail" | "offer" => Self::Evidence,
            "code" => Self::Codes,
            "note" => Self::Notes,
            "owner" => Self::Owner,
            _ if matches!(act, "ticket.taken" | "ticket.stolen" | "ticket.released" | "ticket.revealed") => {
                Self::Hands
            }
            _ => Self::Decisions,
        }
    }
}

/// What is looked at in the open ticket.
#[derive(Debug, Default)]
pub struct Look {
    /// None: the case as a whole, and Enter does what it needs next.
    pub at: Option<Pick>,
    pub kinds: Kinds,
    pub query: Input,
    /// The filter is being typed.
    pub typing: bool,
}

impl Look {
    /// Whether the timeline shows an event; `said` is what stands in its line.
    pub fn shows(&self, event: &Event, said: &str) -> bool {
        let kind = self.kinds == Kinds::All || Kinds::of(&event.act) == self.kinds;
        let query = self.query.value().trim().to_lowercase();
        kind && query.split_whitespace().all(|word| said.contains(word))
    }

    /// Something is kept from the timeline.
    pub fn filters(&self) -> bool {
        self.kinds != Kinds::All || !self.query.value().trim().is_empty()
    }
}

/// A finding opened over its ticket.
#[derive(Debug)]
pub struct Opened {
    pub ticket: i64,
    pub check: Check,
    /// As soon as the desk has answered.
    pub view: Option<Arc<FindingView>>,
    pub scroll: usize,
}

fn at(model: &Model) -> Option<Pick> {
    model.open.as_ref().and_then(|o| o.look.at)
}

/// Goes on to the next part of the ticket: the case, its findings, its evidence, its timeline.
pub(super) fn next_part(model: &mut Model) {
    let picks = view::ticket::picks(model);
    let from = at(model).map_or(0, Pick::part);
    let next = picks.iter().map(|(_, _, pick)| *pick).filter(|p| p.part() > from).min_by_key(|p| p.part());
    let Some(open) = &mut model.open else { return };
    open.look.at = next;
    if next.is_none() {
        open.scroll = [0; 2];
        open.pane = 0;
    }
    show_selected(model);
}

/// Scrolls so that what is selected can be seen.
pub(super) fn show_selected(model: &mut Model) {
    let Some(selected) = at(model) else { return };
    let picks = view::ticket::picks(model);
    let height = layout::body_height(model).max(2);
    let most = layout::most_scroll(model);
    let Some(open) = &mut model.open else { return };
    let Some((pane, row, _)) = picks.into_iter().find(|(_, _, pick)| *pick == selected) else {
        // It is filtered away, or gone.
        open.look.at = None;
        return;
    };
    open.pane = pane;
    if let (Some(top), Some(most)) = (open.scroll.get_mut(pane), most.get(pane)) {
        let low = (row + 3).saturating_sub(height);
        *top = (*top).clamp(low, row.saturating_sub(1).max(low)).min(*most);
    }
}

/// Moves the selection within its part; says whether there was one to move.
pub(super) fn step(model: &mut Model, by: isize) -> bool {
    let Some(selected) = at(model) else { return false };
    let picks = view::ticket::picks(model);
    let same: Vec<Pick> =
        picks.into_iter().map(|(_, _, p)| p).filter(|p| p.part() == selected.part()).collect();
    let place = same.iter().position(|p| *p == selected).unwrap_or(0);
    let place = place.saturating_add_signed(by).min(same.len().saturating_sub(1));
    if let Some(open) = &mut model.open {
        open.look.at = same.get(place).copied();
    }
    show_selected(model);
    true
}

/// Lets the selection go; says whether there was one.
pub(super) fn let_go(model: &mut Model) -> bool {
    let Some(open) = &mut model.open else { return false };
    open.look.at.take().is_some()
}

/// Opens what is selected.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let Some(open) = &model.open else { return Vec::new() };
    let id = open.id;
    match open.look.at {
        Some(Pick::Finding(check)) => open_finding(model, id, check),
        Some(Pick::Offer(offer)) => super::mail::open(model, offer),
        Some(Pick::Evidence(item)) => super::picture::open(model, id, item),
        Some(Pick::Event(at)) => {
            model.overlays.push(Overlay::Event { at, scroll: 0 });
            Vec::new()
        }
        None => Vec::new(),
    }
}

fn open_finding(model: &mut Model, ticket: i64, check: Check) -> Vec<Effect> {
    model.toast = None;
    model.overlays.push(Overlay::Finding(Opened { ticket, check, view: None, scroll: 0 }));
    let revealed = model.open.as_ref().is_some_and(|o| o.revealed_until.is_some());
    vec![ask(model, Job::Case(Ask::Finding { ticket, check, revealed }))]
}

/// The desk has opened a finding.
pub(super) fn told(model: &mut Model, found: &Arc<FindingView>) {
    for overlay in &mut model.overlays {
        if let Overlay::Finding(opened) = overlay
            && (opened.ticket, opened.check) == (found.ticket, found.finding.check)
        {
            opened.view = Some(Arc::clone(found));
        }
    }
}

/// The findings of a ticket in the order of its screen, from the one shown on.
fn neighbour(model: &Model, check: Check, forward: bool) -> Option<Check> {
    let picks = view::ticket::picks(model);
    let checks: Vec<Check> = picks
        .into_iter()
        .filter_map(|(_, _, pick)| if let Pick::Finding(check) = pick { Some(check) } else { None })
        .collect();
    let at = checks.iter().position(|c| *c == check)?;
    let to = if forward { at + 1 } else { at.wrapping_sub(1) };
    checks.get(to).copied()
}

/// A key while a finding, an event or the list of acts lies over the ticket.
pub(super) fn overlay_key(model: &mut Model, key: Key) -> Vec<Effect> {
    if let Some(action) = model
        .settings
        .keymap
        .lookup(key, model.places())
        .or_else(|| model.settings.keymap.lookup(key.latin(), model.places()))
    {
        return do_action::run(model, action);
    }
    let acts = acts(model).len();
    let by = match key.latin().code {
        Code::Down | Code::Char('j') => 1,
        Code::Up | Code::Char('k') => -1,
        Code::PageDown | Code::Char(' ') => 10,
        Code::PageUp => -10,
        Code::Home | Code::Char('g') => isize::MIN / 2,
        Code::End | Code::Char('G') => isize::MAX / 2,
        Code::Enter => return enter(model),
        Code::Esc | Code::Char('q') => {
            model.overlays.pop();
            return Vec::new();
        }
        _ => return Vec::new(),
    };
    match model.overlays.last_mut() {
        Some(Overlay::Finding(Opened { scroll, .. }) | Overlay::Event { scroll, .. }) => {
            *scroll = scroll.saturating_add_signed(by).min(500);
        }
        Some(Overlay::Acts { at }) => *at = at.saturating_add_signed(by).min(acts.saturating_sub(1)),
        _ => {}
    }
    Vec::new()
}

/// Enter: the act that is selected; anything else is closed.
fn enter(model: &mut Model) -> Vec<Effect> {
    let chosen = match model.overlays.pop() {
        Some(Overlay::Acts { at }) => acts(model).get(at).map(|e| e.action),
        _ => None,
    };
    chosen.map_or_else(Vec::new, |action| do_action::run(model, action))
}

/// An action on what is opened.
pub(super) fn run(model: &mut Model, action: Action) -> Vec<Effect> {
    match (action, model.overlays.last()) {
        (Action::NextFinding | Action::PreviousFinding, Some(Overlay::Finding(opened))) => {
            let (ticket, check) = (opened.ticket, opened.check);
            let Some(next) = neighbour(model, check, action == Action::NextFinding) else {
                return Vec::new();
            };
            model.overlays.pop();
            if let Some(open) = &mut model.open {
                open.look.at = Some(Pick::Finding(next));
            }
            show_selected(model);
            open_finding(model, ticket, next)
        }
        (Action::OtherTicket, Some(Overlay::Finding(opened))) => {
            let other = opened.view.as_ref().and_then(|v| v.finding.tickets.first().copied());
            let Some(other) = other else { return Vec::new() };
            model.overlays.pop();
            do_action::open_ticket(model, other)
        }
        _ => Vec::new(),
    }
}

/// Whether an action on what is opened can be done; else the id of why not.
pub(super) fn why_not(model: &Model, action: Action) -> Option<&'static str> {
    let Some(Overlay::Finding(opened)) = model.overlays.last() else { return Some("look-why-no-finding") };
    match action {
        Action::OtherTicket => {
            let other = opened.view.as_ref().is_some_and(|v| !v.finding.tickets.is_empty());
            (!other).then_some("look-why-no-other")
        }
        _ => None,
    }
}

/// Every act on the ticket: first what it needs next, then what can be done, then what cannot.
pub fn acts(model: &Model) -> Vec<&'static Entry> {
    let next = next::next_step(model).and_then(|step| step.action);
    let mut acts: Vec<&Entry> = ACTIONS.iter().filter(|e| e.place == Place::Case).collect();
    acts.sort_by_key(|e| (Some(e.action) != next, enabled(model, e.action).is_err()));
    acts
}

/// A key for the filter of the timeline; `None` where it is not being typed.
pub(super) fn typed(model: &mut Model, key: Key) -> Option<Vec<Effect>> {
    let look = &mut model.open.as_mut()?.look;
    if !look.typing {
        return None;
    }
    match key.code {
        Code::Enter | Code::Tab | Code::Down => look.typing = false,
        Code::Esc => {
            look.typing = false;
            look.query.reset();
        }
        _ => {
            type_key(&mut look.query, key);
        }
    }
    let done = !look.typing;
    select_event(model, done);
    Some(Vec::new())
}

/// Begins to type the filter of the timeline.
pub(super) fn filter(model: &mut Model) {
    if let Some(open) = &mut model.open {
        open.look.typing = true;
    }
    select_event(model, true);
}

/// Shows the next kind of events.
pub(super) fn next_kind(model: &mut Model) {
    if let Some(open) = &mut model.open {
        open.look.kinds = open.look.kinds.after();
    }
    select_event(model, true);
}

/// Selects the newest event that is shown, so that the timeline is seen; the heading where there is none.
fn select_event(model: &mut Model, or_keep: bool) {
    let picks = view::ticket::picks(model);
    let shown = |pick: Pick| picks.iter().any(|(_, _, p)| *p == pick);
    if or_keep && at(model).is_some_and(|pick| matches!(pick, Pick::Event(_)) && shown(pick)) {
        return show_selected(model);
    }
    let first = picks.iter().map(|(_, _, p)| *p).find(|p| matches!(p, Pick::Event(_)));
    if let Some(open) = &mut model.open {
        open.look.at = first;
    }
    if first.is_some() {
        return show_selected(model);
    }
    let heading = view::ticket::timeline_row(model);
    if let (Some(open), Some((pane, row))) = (&mut model.open, heading) {
        open.pane = pane;
        if let Some(top) = open.scroll.get_mut(pane) {
            *top = (*top).min(row);
        }
    }
}

/// The event of an overlay.
pub fn event(case: &TicketView, at: usize) -> Option<&Event> {
    case.events.get(at)
}
