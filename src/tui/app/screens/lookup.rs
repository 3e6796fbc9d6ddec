//! Lookup: any identifier in, everything that is known of it out; from each finding on to the next.

use std::sync::Arc;

use tui_input::Input;

use super::{Effect, open_ticket};
use crate::desk::lookup::{Found, Lead};
use crate::domain::Time;
use crate::tui::app::action::Action;
use crate::tui::app::form::{paste as paste_into, type_key};
use crate::tui::app::key::{Code, Key};
use crate::tui::app::model::Model;
use crate::tui::app::update::{ask, toast};
use crate::tui::view::screens::lookup::{Pick, picks};
use crate::tui::worker::Job;
use crate::tui::worker::screens::Ask;
use crate::words::say;

/// Seconds that identifiers and persons stay in full.
const REVEALED: i64 = 60;
/// Lookups that Backspace leads back through.
const MOST_BACK: usize = 50;

/// What the screen keeps.
#[derive(Debug, Default)]
pub struct State {
    pub field: Input,
    /// The field takes the keys.
    pub typing: bool,
    /// What is shown, and what it was asked for.
    pub now: Option<Page>,
    /// What was asked for before that.
    past: Vec<Lead>,
    /// What the worker was asked last.
    asked: Option<Lead>,
    /// The selected one of what can be gone to.
    pub at: usize,
    /// The worker is being asked.
    pub waiting: bool,
}

/// One answer.
#[derive(Debug)]
pub struct Page {
    lead: Lead,
    masked: Arc<Found>,
    /// In full, until then.
    revealed: Option<(Arc<Found>, Time)>,
}

impl Page {
    /// What may be shown now.
    pub fn found(&self) -> &Found {
        self.revealed.as_ref().map_or(&self.masked, |(found, _)| found)
    }

    /// Until when it is shown in full.
    pub fn revealed_until(&self) -> Option<Time> {
        self.revealed.as_ref().map(|(_, until)| *until)
    }
}

pub(super) fn enter(model: &mut Model) -> Vec<Effect> {
    let s = &mut model.screens.lookup;
    // What was found before is read again.
    if let Some(lead) = s.now.as_ref().map(|page| page.lead.clone()) {
        return look(model, lead);
    }
    s.typing = true;
    Vec::new()
}

/// Asks for everything about an identifier.
fn look(model: &mut Model, lead: Lead) -> Vec<Effect> {
    let s = &mut model.screens.lookup;
    s.asked = Some(lead.clone());
    s.waiting = true;
    vec![ask(model, Job::Screen(Ask::Lookup { lead, reveal: false }))]
}

/// What a ticket shares with others.
pub(super) fn ticket(model: &mut Model, id: i64) -> Vec<Effect> {
    model.screens.lookup.typing = false;
    follow(model, Lead::typed(&format!("#{id}")))
}

pub(super) fn enabled(model: &Model, action: Action) -> Result<(), String> {
    let s = &model.screens.lookup;
    let no = |why| Err(say(model.language, why).to_owned());
    match action {
        Action::LookupGo if picks(model).get(s.at).is_none() => no("lookup-why-go"),
        Action::LookupBack if s.past.is_empty() => no("lookup-why-first"),
        Action::LookupReveal if s.now.is_none() => no("lookup-why-nothing"),
        Action::LookupReveal if model.seat.as_ref().is_some_and(|seat| seat.readonly) => {
            no("lookup-why-readonly")
        }
        _ => Ok(()),
    }
}

pub(super) fn run(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::LookupType => {
            let s = &mut model.screens.lookup;
            s.field.reset();
            s.typing = true;
        }
        Action::LookupGo => {
            return match picks(model).into_iter().nth(model.screens.lookup.at) {
                Some(Pick::Ticket(id)) => open_ticket(model, id),
                Some(Pick::Lead(lead)) => follow(model, lead),
                None => Vec::new(),
            };
        }
        Action::LookupBack => {
            if let Some(lead) = model.screens.lookup.past.pop() {
                // What is left now is not where Backspace leads next.
                model.screens.lookup.now = None;
                return look(model, lead);
            }
        }
        Action::LookupReveal => {
            let s = &mut model.screens.lookup;
            let Some(page) = &mut s.now else { return Vec::new() };
            if page.revealed.take().is_some() {
                let text = say(model.language, "lookup-masked-again");
                toast(model, true, text);
                return Vec::new();
            }
            let lead = page.lead.clone();
            return vec![ask(model, Job::Screen(Ask::Lookup { lead, reveal: true }))];
        }
        _ => {}
    }
    Vec::new()
}

fn follow(model: &mut Model, lead: Lead) -> Vec<Effect> {
    model.screens.lookup.field.reset();
    look(model, lead)
}

pub(super) fn typed(model: &mut Model, key: Key) -> Option<Vec<Effect>> {
    let s = &mut model.screens.lookup;
    if !s.typing {
        return None;
    }
    match key.code {
        Code::Esc | Code::Down | Code::Tab if s.now.is_some() => s.typing = false,
        Code::Esc => return None,
        Code::Enter => {
            let text = s.field.value().trim().to_owned();
            if !text.is_empty() {
                return Some(look(model, Lead::typed(&text)));
            }
            s.typing = s.now.is_none();
        }
        _ if type_key(&mut s.field, key) => {}
        _ => return None,
    }
    Some(Vec::new())
}

/// What is pasted is looked up at once, whatever stood there before.
pub(super) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let s = &mut model.screens.lookup;
    let pasted = text.trim();
    if !s.typing || pasted.lines().count() == 1 {
        s.field.reset();
    }
    paste_into(&mut s.field, pasted);
    let text = s.field.value().trim().to_owned();
    if text.is_empty() {
        s.typing = true;
        return Vec::new();
    }
    look(model, Lead::typed(&text))
}

pub(super) fn scroll(model: &mut Model, by: isize) {
    let last = picks(model).len().saturating_sub(1);
    let at = &mut model.screens.lookup.at;
    *at = at.saturating_add_signed(by).min(last);
}

pub(super) fn told(model: &mut Model, asked: &Lead, reveal: bool, found: Arc<Found>) -> Vec<Effect> {
    let until = Time(model.now.0 + REVEALED);
    let s = &mut model.screens.lookup;
    if reveal {
        if let Some(page) = s.now.as_mut().filter(|page| page.lead == *asked) {
            page.revealed = Some((found, until));
            let text = say(model.language, "lookup-revealed");
            toast(model, true, text);
        }
        return Vec::new();
    }
    s.waiting = false;
    let Some(lead) = s.asked.take() else { return Vec::new() };
    let again = s.now.as_ref().is_some_and(|page| page.lead == lead);
    let before = s.now.replace(Page { lead, masked: found, revealed: None });
    if again {
        let last = picks(model).len().saturating_sub(1);
        model.screens.lookup.at = model.screens.lookup.at.min(last);
        return Vec::new();
    }
    if let Some(page) = before {
        s.past.push(page.lead);
        if s.past.len() > MOST_BACK {
            s.past.remove(0);
        }
    }
    s.at = 0;
    s.typing = false;
    Vec::new()
}

pub(super) fn failed(model: &mut Model) -> bool {
    model.screens.lookup.waiting = false;
    model.screens.lookup.asked = None;
    false
}

/// What was revealed is masked when its time is over.
pub(super) fn tick(model: &mut Model) {
    let now = model.now;
    if let Some(page) = &mut model.screens.lookup.now {
        page.revealed.take_if(|(_, until)| *until <= now);
    }
}
