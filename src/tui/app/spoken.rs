//! A code that is read out to a service centre, and what the centre reads back once it took it.

use super::Effect;
use super::do_action::show_form;
use super::form::{Choice, Field, Form, Purpose, Rule};
use super::forms::named;
use super::grant::name_of;
use super::model::{Model, Overlay};
use super::update::{ask, toast};
use crate::desk::spoken::ReadOut;
use crate::tui::theme::Tone;
use crate::tui::worker::cases::Ask;
use crate::tui::worker::{Act, Job};
use crate::words::{Language, say};

/// Which centres there are decides what the form asks.
pub(super) fn begin(model: &mut Model, ticket: i64) -> Vec<Effect> {
    vec![ask(model, Job::Case(Ask::Centres { ticket }))]
}

/// The desk has named its centres.
pub(super) fn centres(model: &mut Model, ticket: i64, centres: &[String]) {
    let l = model.language;
    let in_hand = matches!(model.overlays.last(), Some(Overlay::Grant(h)) if h.ticket == ticket);
    if centres.is_empty() {
        toast(model, false, say(l, "spoken-no-centre"));
    } else if in_hand {
        let name = name_of(model, ticket);
        show_form(model, form(l, ticket, &name, centres));
    }
}

fn form(l: Language, ticket: i64, name: &str, centres: &[String]) -> Form {
    let choice = |name: &String| Choice { value: name.clone(), label: name.clone(), refused: None };
    Form::new(Purpose::ReadOut, ticket, named(l, "spoken-title", name), say(l, "spoken-go"))
        .say(Tone::Plain, say(l, "spoken-then"))
        .field(Field::choice("centre", say(l, "spoken-centre"), centres.iter().map(choice).collect()))
        .field(Field::text("challenge", say(l, "spoken-challenge"), Rule::Spoken))
}

/// The form for what a centre reads back.
pub(super) fn back(l: Language, ticket: i64, name: &str) -> Form {
    Form::new(Purpose::ReadBack, ticket, named(l, "spoken-back-title", name), say(l, "form-redeem"))
        .say(Tone::Plain, say(l, "spoken-back-then"))
        .say(Tone::Plain, say(l, "form-final"))
        .field(Field::text("code", say(l, "spoken-back"), Rule::Spoken))
}

/// What a form of these asks the desk to do.
pub(super) fn act(form: &Form) -> Act {
    let value = |name| form.value(name).to_owned();
    if form.purpose == Purpose::ReadOut {
        Act::ReadOut { centre: value("centre"), challenge: value("challenge") }
    } else {
        Act::Accepted { code: value("code") }
    }
}

/// The code is there: it lies over the authorization until Esc.
pub(super) fn shown(model: &mut Model, code: ReadOut) {
    let handing = model.overlays.iter_mut().rev().find_map(|o| match o {
        Overlay::Grant(handing) if handing.ticket == code.ticket => Some(handing),
        _ => None,
    });
    if let Some(handing) = handing {
        (handing.spoken, handing.scroll) = (Some(code), 0);
    }
}
