//! Files of a ticket's evidence, looked at one after the other.

use std::sync::Arc;

use super::Effect;
use super::model::{Model, Overlay};
use super::update::{ask, toast};
use crate::desk::viewer::Opened;
use crate::tui::layout;
use crate::tui::worker::Job;
use crate::tui::worker::cases::Ask;
use crate::tui::worker::picture::Shot;
use crate::words::{say, say_with};

/// A file opened over its ticket.
#[derive(Debug)]
pub struct Picture {
    pub ticket: i64,
    pub item: i64,
    /// As soon as the worker has decoded it; why it could not be read at all.
    pub shot: Option<Result<Arc<Shot>, String>>,
    /// The cells that were asked for.
    cells: (u16, u16),
}

/// Items of the ticket that have a file, in the order of the screen; then the files that mails offer, each by its number
/// below zero.
pub fn items(model: &Model) -> Vec<i64> {
    let Some(case) = model.case() else { return Vec::new() };
    let evidence = case.evidence.iter().filter(|e| e.file.is_some()).map(|e| e.id);
    let offers = case.mails.iter().flat_map(|m| &m.offers).filter(|o| o.file.is_some());
    evidence.chain(offers.map(|o| -o.id)).collect()
}

/// Opens the file of an item.
pub(super) fn open(model: &mut Model, ticket: i64, item: i64) -> Vec<Effect> {
    if !items(model).contains(&item) {
        let why = say(model.language, "picture-why-no-file");
        toast(model, false, why);
        return Vec::new();
    }
    model.toast = None;
    let cells = layout::picture(model.size);
    model.overlays.push(Overlay::Picture(Picture { ticket, item, shot: None, cells }));
    vec![ask(model, Job::Case(Ask::Picture { ticket, item, cells, easel: model.easel.clone() }))]
}

/// Opens the first file of the ticket, or of the selected item.
pub(super) fn open_first(model: &mut Model) -> Vec<Effect> {
    let selected = match model.open.as_ref().and_then(|o| o.look.at) {
        Some(super::look::Pick::Evidence(item)) => Some(item),
        Some(super::look::Pick::Offer(offer)) => Some(-offer),
        _ => None,
    };
    let items = items(model);
    let item = selected.filter(|item| items.contains(item)).or_else(|| items.first().copied());
    match (model.open.as_ref().map(|o| o.id), item) {
        (Some(ticket), Some(item)) => open(model, ticket, item),
        _ => Vec::new(),
    }
}

/// Goes to the next file, or the one before.
pub(super) fn step(model: &mut Model, forward: bool) -> Vec<Effect> {
    let Some(Overlay::Picture(now)) = model.overlays.last() else { return Vec::new() };
    let (ticket, item) = (now.ticket, now.item);
    let items = items(model);
    let count = items.len().max(1);
    let at = items.iter().position(|i| *i == item).unwrap_or(0);
    let to = (at + if forward { 1 } else { count - 1 }) % count;
    let Some(next) = items.get(to).copied().filter(|next| *next != item) else { return Vec::new() };
    model.overlays.pop();
    open(model, ticket, next)
}

/// Hands the file to the viewer of `config.toml`.
pub(super) fn open_beside(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Picture(now)) = model.overlays.last() else { return Vec::new() };
    let (ticket, item) = (now.ticket, now.item);
    vec![ask(model, Job::Case(Ask::OpenFile { ticket, item }))]
}

/// The viewer has it.
pub(super) fn opened(model: &mut Model, opened: &Opened) {
    let name = opened.name.as_str();
    let args = [("name", name.into()), ("program", opened.program.as_str().into())];
    let text = say_with(model.language, "picture-opened", &args);
    toast(model, true, text);
}

/// The worker has decoded a file.
pub(super) fn told(model: &mut Model, ticket: i64, item: i64, shot: &Result<Arc<Shot>, String>) {
    for overlay in &mut model.overlays {
        if let Overlay::Picture(picture) = overlay
            && (picture.ticket, picture.item) == (ticket, item)
        {
            picture.shot = Some(shot.clone());
        }
    }
}

/// The window has another size: the picture is made anew for it.
pub(super) fn resized(model: &mut Model) -> Vec<Effect> {
    let cells = layout::picture(model.size);
    let Some(Overlay::Picture(picture)) = model.overlays.last_mut() else { return Vec::new() };
    if picture.cells == cells {
        return Vec::new();
    }
    picture.cells = cells;
    let (ticket, item) = (picture.ticket, picture.item);
    vec![ask(model, Job::Case(Ask::Picture { ticket, item, cells, easel: model.easel.clone() }))]
}
