//! Marked tickets: what an act in the queue is done on, in place of the selected one.

use super::Effect;
use super::action::Action;
use super::model::Model;
use super::queue::scroll;
use super::screens::Screen;
use super::update::ask;
use crate::tui::worker::Job;

/// Whether acts go to the marked tickets.
pub fn active(model: &Model) -> bool {
    model.open.is_none() && model.screens.at == Screen::Queue && !model.queue.marks.is_empty()
}

pub fn run(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Mark => {
            let Some(id) = model.selected().map(|r| r.id) else { return Vec::new() };
            if !model.queue.marks.remove(&id) {
                model.queue.marks.insert(id);
            }
            model.queue.marked_at = Some(model.queue.at);
            scroll(model, 1)
        }
        Action::MarkTo => mark_to(model),
        Action::MarkAll => vec![ask_numbers(model, None)],
        _ => Vec::new(),
    }
}

/// From the ticket marked last to the selected one.
fn mark_to(model: &mut Model) -> Vec<Effect> {
    let at = model.queue.at;
    let from = model.queue.marked_at.unwrap_or(at);
    let (low, high) = (from.min(at), from.max(at));
    let known = |place: usize| model.queue.row(place).map(|r| r.id);
    let ids: Vec<i64> = (low..=high).map_while(known).collect();
    if ids.len() <= high - low {
        // Some lie beyond the page.
        return vec![ask_numbers(model, Some((low, high)))];
    }
    model.queue.marks.extend(ids);
    model.queue.marked_at = Some(at);
    Vec::new()
}

fn ask_numbers(model: &mut Model, places: Option<(usize, usize)>) -> Effect {
    let search = Box::new(model.queue.search());
    let job = Job::Numbers { search, places, me: model.me().to_owned(), now: model.now };
    ask(model, job)
}

/// The numbers that were asked for: a range is marked; everything is marked, or nothing if it was already.
pub fn told(model: &mut Model, places: Option<(usize, usize)>, ids: &[i64]) {
    if let Some((low, high)) = places {
        model.queue.marks.extend(ids.iter().skip(low).take(high + 1 - low));
        model.queue.marked_at = Some(model.queue.at);
    } else if ids.iter().all(|id| model.queue.marks.contains(id)) {
        model.queue.marks.clear();
    } else {
        model.queue.marks.extend(ids);
    }
}
