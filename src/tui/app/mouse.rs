//! Clicks and the wheel. What is drawn says itself what a click on it means ([`Spot`]); each means a key or an
//! action that there is anyway.

use ratatui::layout::Position;

use super::action::Action;
use super::do_action::run;
use super::form::Kind;
use super::key::{Code, Key};
use super::look::{self, Pick};
use super::model::{Model, Overlay};
use super::screens::{self, Screen};
use super::update::toast;
use super::{Effect, enabled, keys, queue, undo};
use crate::desk::board::View;
use crate::desk::queue::Sort;
use crate::tui::{layout, view};

/// What the mouse did, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mouse {
    Click { x: u16, y: u16 },
    Wheel { x: u16, y: u16, down: bool },
}

/// What a click on a part of the screen means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    Do(Action),
    /// A line of the list on top, so many below the selected one.
    Item(isize),
    /// A tab, by its place.
    Tab(usize),
    /// A column by which the queue can be sorted.
    Sort(Sort),
    /// A field of the form.
    Field(usize),
    /// A text of a field: the line of it that is here, and its first character here.
    Caret {
        field: usize,
        line: usize,
        from: usize,
    },
    /// A choice of a field.
    Choice(usize, usize),
    /// Something in the open ticket.
    Pick(Pick),
    /// A pane of the open ticket.
    Pane(usize),
    /// What only tells something: the preview.
    Text,
    /// What lies over the screen; nothing below it is meant.
    Box,
}

impl Spot {
    /// The nth line of a list with a selected one.
    pub fn below(n: usize, selected: usize) -> Self {
        Self::Item(isize::try_from(n).unwrap_or(0) - isize::try_from(selected).unwrap_or(0))
    }
}

/// Lines of one turn of the wheel.
const TURN: isize = 3;

pub(super) fn mouse(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    model.settings.lock.touched();
    if model.settings.lock.is_shut() || layout::is_small(model.size) {
        return Vec::new();
    }
    let (Mouse::Click { x, y } | Mouse::Wheel { x, y, .. }) = mouse;
    let spots = view::spots(model);
    let here = spots.iter().rev().filter(|(area, _)| area.contains(Position { x, y }));
    let here: Vec<Spot> = here.map(|(_, spot)| *spot).take_while(|spot| *spot != Spot::Box).collect();
    let inside = model.overlays.is_empty()
        || spots
            .iter()
            .rfind(|(_, spot)| *spot == Spot::Box)
            .is_some_and(|(area, _)| area.contains(Position { x, y }));
    match mouse {
        Mouse::Wheel { down, .. } => wheel(model, &here, inside, if down { TURN } else { -TURN }),
        // What is said at the bottom, and the bar of keys, are those of what lies on top.
        Mouse::Click { .. } if inside || y >= layout::parts(model).status.y => {
            let left = spots.iter().rev().find(|(area, _)| area.contains(Position { x, y }));
            let cells = left.map_or(0, |(area, _)| usize::from(x - area.x));
            match here.first() {
                Some(Spot::Caret { field, line, from }) => caret(model, (*field, *line, *from), cells),
                Some(spot) => click(model, *spot),
                None => Vec::new(),
            }
        }
        Mouse::Click { .. } => aside(model),
    }
}

fn wheel(model: &mut Model, here: &[Spot], inside: bool, by: isize) -> Vec<Effect> {
    // In a form every key writes or chooses: the wheel only shows more of it.
    if let Some(Overlay::Form(form)) = model.overlays.last() {
        let long = view::form::is_long(model, form);
        if let (true, Some(Overlay::Form(form))) = (inside, model.overlays.last_mut()) {
            form.turn(by, long);
        }
        return Vec::new();
    }
    if inside && model.overlays.is_empty() && here.contains(&Spot::Text) {
        let action = if by > 0 { Action::PaneDown } else { Action::PaneUp };
        return if enabled(model, action).is_ok() { run(model, action) } else { Vec::new() };
    }
    // Beside a box nothing is turned.
    if !inside || here.contains(&Spot::Text) {
        return Vec::new();
    }
    let pane = here.iter().find_map(|spot| if let Spot::Pane(n) = spot { Some(*n) } else { None });
    if let Some(pane) = pane {
        let most = layout::most_scroll(model);
        if let Some(open) = &mut model.open
            && let (Some(top), Some(most)) = (open.scroll.get_mut(pane), most.get(pane))
        {
            *top = top.saturating_add_signed(by).min(*most);
        }
        return Vec::new();
    }
    step(model, by)
}

/// Moves the selection of what lies on top.
fn step(model: &mut Model, by: isize) -> Vec<Effect> {
    if !model.overlays.is_empty() {
        let key = Key::plain(if by > 0 { Code::Down } else { Code::Up });
        return (0..by.unsigned_abs()).flat_map(|_| keys::key(model, key)).collect();
    }
    if model.screens.at != Screen::Queue {
        return screens::scroll(model, by);
    }
    if model.open.is_none() { queue::scroll(model, by) } else { Vec::new() }
}

/// A click beside what is only looked at takes it off; a form stays.
fn aside(model: &mut Model) -> Vec<Effect> {
    match model.overlays.last() {
        Some(Overlay::Form(_) | Overlay::Grant(_)) | None => Vec::new(),
        Some(_) => keys::key(model, Key::plain(Code::Esc)),
    }
}

fn click(model: &mut Model, spot: Spot) -> Vec<Effect> {
    match spot {
        Spot::Do(action) => {
            // The step that is clicked on is meant, not what is selected below it.
            if action == Action::Next {
                look::let_go(model);
            }
            run(model, action)
        }
        Spot::Item(below) => item(model, below),
        Spot::Tab(n) => tab(model, n),
        Spot::Sort(sort) => {
            if model.queue.sort == sort {
                return run(model, Action::ReverseSort);
            }
            undo::before(model, Action::Sort);
            (model.queue.sort, model.queue.reverse) = (sort, false);
            let text = queue::sorted(model);
            toast(model, true, text);
            queue::ask_anew(model)
        }
        Spot::Field(n) | Spot::Caret { field: n, .. } => field(model, n, None),
        Spot::Choice(n, choice) => field(model, n, Some(choice)),
        Spot::Pick(pick) => {
            let Some(open) = &mut model.open else { return Vec::new() };
            if open.look.at.replace(pick) == Some(pick) {
                return look::open(model);
            }
            look::show_selected(model);
            Vec::new()
        }
        Spot::Pane(n) => {
            if let Some(open) = &mut model.open {
                open.pane = n;
            }
            Vec::new()
        }
        Spot::Text | Spot::Box => Vec::new(),
    }
}

/// The first click chooses, the second opens; of what is there to be chosen from, the first does both.
fn item(model: &mut Model, below: isize) -> Vec<Effect> {
    let menu = matches!(
        model.overlays.last(),
        Some(Overlay::Palette(_) | Overlay::Screens { .. } | Overlay::Acts { .. })
    );
    if model.overlays.is_empty() {
        model.queue.typing = false;
        screens::still(model);
    }
    let mut effects = step(model, below);
    if below == 0 || menu {
        effects.extend(keys::key(model, Key::plain(Code::Enter)));
    }
    effects
}

fn tab(model: &mut Model, n: usize) -> Vec<Effect> {
    if model.screens.at != Screen::Queue {
        return screens::tab(model, n);
    }
    match n.checked_sub(View::ALL.len()) {
        Some(saved) => queue::show_saved(model, saved),
        None => queue::leave_search(model, n),
    }
}

/// Puts the cursor of a text where it was clicked: so many cells behind a character of a line.
fn caret(model: &mut Model, (field, line, from): (usize, usize, usize), cells: usize) -> Vec<Effect> {
    if let Some(Overlay::Form(form)) = model.overlays.last_mut()
        && form.asked.is_none()
    {
        form.focus = field;
        if let Some(field) = form.fields.get_mut(field) {
            field.put_cursor(line, from, cells);
        }
    }
    Vec::new()
}

/// Goes to a field; a choice is chosen, a switch switched.
fn field(model: &mut Model, n: usize, choice: Option<usize>) -> Vec<Effect> {
    let Some(Overlay::Form(form)) = model.overlays.last_mut() else { return Vec::new() };
    if form.asked.is_some() {
        return Vec::new();
    }
    form.focus = n;
    let Some(field) = form.fields.get_mut(n) else { return Vec::new() };
    match (&mut field.kind, choice) {
        (Kind::Choice { options, at }, Some(choice))
            if options.get(choice).is_some_and(|o| o.refused.is_none()) =>
        {
            *at = choice;
        }
        (Kind::Switch(on), _) => *on = !*on,
        _ => return Vec::new(),
    }
    form.problem = None;
    keys::changed(model);
    Vec::new()
}
