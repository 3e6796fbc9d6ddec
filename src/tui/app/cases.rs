//! Answers for what lies over a ticket, for forms that are being filled, and for the authorizations.

use std::collections::BTreeMap;

use super::Effect;
use super::form::{Form, Purpose, Rule};
use super::model::{Model, Overlay};
use super::update::ask;
use super::{grant, look, picture, screens};
use crate::desk::Failure;
use crate::desk::assist::Hint;
use crate::tui::worker::Job;
use crate::tui::worker::cases::{Ask, Told};

/// The worker has answered.
pub(super) fn told(model: &mut Model, ask: Ask, told: Told) -> Vec<Effect> {
    match (ask, told) {
        (_, Told::Finding(view)) => look::told(model, &view),
        (Ask::Picture { ticket, item, .. }, Told::Picture(shot)) => {
            picture::told(model, ticket, item, &Ok(shot));
        }
        (Ask::Assist { ticket, columns }, Told::Assist(hints)) => assisted(model, ticket, &columns, &hints),
        (_, Told::Grants(page)) => return screens::grants::listed(model, *page),
        (_, Told::Grant { grant, ticket }) => return screens::grants::opened(model, grant, ticket),
        (Ask::Qr { token, .. }, Told::Qr(shot)) => grant::drawn(model, &token, shot),
        _ => {}
    }
    Vec::new()
}

/// The worker could not answer; says whether that needs no message of its own.
pub(super) fn failed(model: &mut Model, ask: &Ask, failure: &Failure) -> bool {
    match ask {
        Ask::Picture { ticket, item, .. } => {
            let why = failure.said(model.language);
            picture::told(model, *ticket, *item, &Err(why));
            true
        }
        // The field's own check has been said; nobody waits for more.
        Ask::Assist { .. } => true,
        _ => false,
    }
}

/// A form has changed: the registry is asked once the fingers rest.
pub(super) fn form_changed(form: &mut Form) {
    if matches!(form.purpose, Purpose::Evidence(_)) {
        form.rest = 1;
    }
}

/// The columns of a form as they stand.
fn columns(form: &Form) -> BTreeMap<String, String> {
    let columns = form.fields.iter().filter(|f| matches!(f.rule, Rule::Column(_)));
    let given = columns.filter(|f| !f.value().trim().is_empty());
    given.map(|f| (f.key.to_owned(), f.value().to_owned())).collect()
}

/// A quarter of a second has passed.
pub(super) fn tick(model: &mut Model) -> Option<Effect> {
    let mut asked = None;
    if let Some(Overlay::Form(form)) = model.overlays.last_mut()
        && form.rest > 0
    {
        form.rest -= 1;
        let columns = columns(form);
        if form.rest == 0 && !columns.is_empty() {
            asked = Some(Ask::Assist { ticket: form.ticket, columns });
        }
    }
    asked.map(|assist| ask(model, Job::Case(assist)))
}

/// Each answer is kept with the text it is about: what is typed by then may be another.
fn assisted(
    model: &mut Model,
    ticket: i64,
    columns: &BTreeMap<String, String>,
    hints: &BTreeMap<String, Hint>,
) {
    for overlay in &mut model.overlays {
        let Overlay::Form(form) = overlay else { continue };
        if form.ticket != ticket || !matches!(form.purpose, Purpose::Evidence(_)) {
            continue;
        }
        form.hints = hints
            .iter()
            .filter_map(|(column, hint)| Some((column.clone(), (columns.get(column)?.clone(), hint.clone()))))
            .collect();
    }
}
