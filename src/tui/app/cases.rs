//! Answers for what lies over a ticket, for forms that are being filled, and for the authorizations.

use std::collections::BTreeMap;

use super::Effect;
use super::form::{Barcodes, Form, Purpose, Rule};
use super::model::{Model, Overlay};
use super::update::ask;
use super::{grant, look, picture, reply, screens};
use crate::desk::Failure;
use crate::desk::assist::Hint;
use crate::domain::{EvidenceKind, Seen};
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
        (Ask::Barcodes { ticket, path }, Told::Barcodes(seen)) => looked(model, ticket, &path, seen.as_ref()),
        (_, Told::Opened(opened)) => picture::opened(model, &opened),
        (_, Told::Grants(page)) => return screens::grants::listed(model, *page),
        (_, Told::Grant { grant, ticket }) => return screens::grants::opened(model, grant, ticket),
        (Ask::Centres { ticket }, Told::Centres(names)) => super::spoken::centres(model, ticket, &names),
        (_, Told::Reply(written, languages)) => reply::told(model, *written, &languages),
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
        // The path may be half typed; whether it can be read is said when it is sent.
        Ask::Barcodes { .. } => {
            if let Some(Overlay::Form(form)) = model.overlays.last_mut() {
                form.barcodes = None;
            }
            true
        }
        _ => false,
    }
}

/// A form has changed: the registry is asked once the fingers rest.
pub(super) fn form_changed(form: &mut Form) {
    if matches!(form.purpose, Purpose::Evidence(_) | Purpose::Reply) {
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
pub(super) fn tick(model: &mut Model) -> Vec<Effect> {
    let mut asked = Vec::new();
    if let Some(Overlay::Form(form)) = model.overlays.last_mut()
        && form.rest > 0
    {
        form.rest -= 1;
        let columns = columns(form);
        if form.rest == 0 && !columns.is_empty() {
            asked.push(Ask::Assist { ticket: form.ticket, columns });
        }
        if form.rest == 0 {
            asked.extend(reply::wanted(form));
            asked.extend(new_file(form));
        }
    }
    asked.into_iter().map(|question| ask(model, Job::Case(question))).collect()
}

/// A form names another picture of a box than the one that was read.
fn new_file(form: &mut Form) -> Option<Ask> {
    if form.purpose != Purpose::Evidence(EvidenceKind::Box) {
        return None;
    }
    let path = form.value("file").to_owned();
    if form.barcodes.as_ref().is_some_and(|(read, _)| *read == path) {
        return None;
    }
    form.barcodes = None;
    if !std::path::Path::new(&path).extension().is_some_and(picture) {
        return None;
    }
    form.barcodes = Some((path.clone(), Barcodes::Reading));
    Some(Ask::Barcodes { ticket: form.ticket, path })
}

/// What a picture's name ends in: half of a path is not worth a look.
fn picture(extension: &std::ffi::OsStr) -> bool {
    ["png", "jpg", "jpeg"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// What the barcodes say is offered: it goes where nothing is typed, for the agent to compare and send.
fn looked(model: &mut Model, ticket: i64, path: &str, seen: Option<&Seen>) {
    let Some(Overlay::Form(form)) = model.overlays.last_mut() else { return };
    if form.ticket != ticket || form.value("file") != path {
        return;
    }
    let barcodes = seen.map_or(Barcodes::NoPicture, |seen| Barcodes::Say(seen.clone()));
    form.barcodes = Some((path.to_owned(), barcodes));
    let Some(seen) = seen else { return };
    let offered = [
        ("box_imei", seen.imeis.first().map(ToString::to_string)),
        ("box_serial", seen.serials.first().map(ToString::to_string)),
    ];
    for (key, text) in offered {
        if let (Some(text), Some(field)) = (text, form.fields.iter_mut().find(|f| f.key == key))
            && field.value().trim().is_empty()
        {
            field.set(&text);
            form.rest = 1;
        }
    }
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
