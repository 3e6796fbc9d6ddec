//! The second person's no: the form of it, and who may give it.

use super::form::{Field, Form, Purpose, Rule};
use super::model::Model;
use crate::domain::Role;
use crate::tui::data::TicketView;
use crate::tui::theme::Tone;
use crate::words::{say, say_with};

/// Whether the decision can be sent back by who sits here.
pub fn enabled(model: &Model, case: &TicketView) -> Result<(), String> {
    let l = model.language;
    if !model.seat.as_ref().is_some_and(|s| s.roles.contains(&Role::Approver)) {
        return Err(say_with(l, "why-approver", &[("agent", model.me().into())]));
    }
    match case.standing() {
        None => Err(say(l, "why-not-decided").to_owned()),
        Some(d) if d.by == model.me() => Err(say(l, "approver-own").to_owned()),
        Some(_) => Ok(()),
    }
}

/// Asks why a decision goes back.
pub fn send_back(model: &Model, case: &TicketView) -> Form {
    let l = model.language;
    let name = case.row.name.as_str();
    let by = case.standing().map_or("", |d| d.by.as_str());
    Form::new(
        Purpose::SendBack,
        case.row.id,
        say_with(l, "approver-back-title", &[("name", name.into())]),
        say(l, "approver-back-go"),
    )
    .say(Tone::Plain, say_with(l, "approver-back-says", &[("who", by.into())]))
    .field(Field::text("reason", say(l, "queue-reason"), Rule::Needed))
}
