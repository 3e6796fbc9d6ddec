//! Taking back what was done last: acts on tickets, which the desk takes back as acts of their own, and what
//! was changed in the list. What is final says why.

use std::collections::BTreeSet;

use super::Effect;
use super::action::{Action, entry_of};
use super::columns::Columns;
use super::form::{Form, Purpose};
use super::model::{Model, Overlay};
use super::queue::{Saved, ask_anew};
use super::update::{ask, toast};
use super::{do_action, kept};
use crate::desk::board::Search;
use crate::desk::undo::Undone;
use crate::tui::terms::Term as _;
use crate::tui::theme::Tone;
use crate::tui::worker::{Act, BulkAct, Job};
use crate::words::{Language, say, say_with};

/// Steps that are remembered.
const MOST_STEPS: usize = 100;
/// Larger sets of marks are not remembered.
const MOST_MARKS: usize = 50_000;

/// Something that was done in this session.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// An act on tickets: what was said of it, and whether taking it back is asked about first.
    Acts { said: String, ids: Vec<i64>, asked: bool },
    /// What cannot be taken back: what was said of it, and the id of the reason.
    Final { said: String, why: &'static str },
    /// The list as it was before.
    List(Before),
}

/// What the list was.
#[derive(Clone, Debug, PartialEq)]
pub enum Before {
    Search(Search),
    Marks(BTreeSet<i64>),
    Columns(Columns),
    /// A saved search that was dropped.
    Saved(Saved),
}

/// Remembers a step.
fn push(model: &mut Model, step: Step) {
    let steps = &mut model.undo;
    if steps.last() == Some(&step) && matches!(step, Step::List(_)) {
        return;
    }
    if steps.len() == MOST_STEPS {
        steps.remove(0);
    }
    steps.push(step);
}

/// Remembers the list before an action changes it; one that changes nothing is passed over later.
pub fn before(model: &mut Model, action: Action) {
    let q = &model.queue;
    let before = match action {
        Action::ClearFilter | Action::MarkTo | Action::MarkAll if q.marks.len() > MOST_MARKS => return,
        // To take marks off is how one leaves them: undo goes to what was done before.
        Action::ClearFilter if !q.marks.is_empty() => return,
        Action::MarkTo | Action::MarkAll => Before::Marks(q.marks.clone()),
        Action::Filter | Action::ClearFilter | Action::Sort | Action::ReverseSort => {
            Before::Search(q.search())
        }
        Action::Columns => Before::Columns(q.columns.clone()),
        Action::DropSearch => match q.open_search().and_then(|n| q.saved.get(n)) {
            Some(saved) => Before::Saved(saved.clone()),
            None => return,
        },
        _ => return,
    };
    push(model, Step::List(before));
}

/// Why an act can never be taken back.
const fn why_final(act: &Act) -> Option<&'static str> {
    Some(match act {
        Act::SendCode { .. } => "undo-final-code",
        Act::ConfirmCode { .. } => "undo-final-answer",
        Act::Approve { .. } => "undo-final-approve",
        Act::SendBack { .. } => "undo-final-sent-back",
        Act::ConfirmNotice | Act::ClearNotice => "undo-final-notice",
        Act::Clear { .. } => "undo-final-clear",
        Act::Object { .. } => "undo-final-object",
        Act::Issue { .. } => "undo-final-issue",
        Act::Redeem | Act::Accepted { .. } => "undo-final-redeem",
        Act::ReadOut { .. } => "undo-final-read-out",
        Act::Reply(_) => "undo-final-reply",
        Act::Revoke { .. } => "undo-final-revoke",
        _ => return None,
    })
}

/// Remembers an act that was done, with what was said of it.
pub fn done(model: &mut Model, ids: Vec<i64>, act: &Act, said: String) {
    if *act == Act::Undo || ids.is_empty() {
        return;
    }
    let step = if let Some(why) = why_final(act) {
        Step::Final { said, why }
    } else {
        let asked = ids.len() > 1 || matches!(act, Act::Decide { .. } | Act::Merge { .. });
        Step::Acts { said, ids, asked }
    };
    push(model, step);
}

/// Remembers an act on many tickets.
pub fn done_to_many(model: &mut Model, action: Action, act: &BulkAct, ids: Vec<i64>) {
    let l = model.language;
    let name = entry_of(action).map_or("", |e| e.name(l));
    let said = say_with(l, "undo-many", &[("act", name.into()), ("n", ids.len().into())]);
    match act {
        BulkAct::Same(act) => done(model, ids, act, said),
        BulkAct::AsRecommended => push(model, Step::Acts { said, ids, asked: true }),
        BulkAct::Into(into) => push(model, Step::Acts { said, ids: vec![*into; ids.len()], asked: true }),
    }
}

/// Takes back the last step, or says why it cannot be.
pub fn run(model: &mut Model) -> Vec<Effect> {
    let l = model.language;
    while let Some(step) = model.undo.pop() {
        match step {
            Step::Final { said, why } => {
                let why = say(l, why);
                toast(model, false, say_with(l, "undo-final", &[("said", said.into()), ("why", why.into())]));
                return Vec::new();
            }
            Step::Acts { said, ids, asked: true } => {
                let form = question(l, &said, ids.len(), ids.first().copied().unwrap_or_default());
                model.undo.push(Step::Acts { said, ids, asked: true });
                do_action::show_form(model, form);
                return Vec::new();
            }
            Step::Acts { ids, .. } => return take_back(model, ids),
            Step::List(before) => {
                if let Some(effects) = put_back(model, before) {
                    return effects;
                }
            }
        }
    }
    toast(model, false, say(l, "undo-nothing"));
    Vec::new()
}

fn question(l: Language, said: &str, count: usize, id: i64) -> Form {
    let mut form = Form::new(Purpose::Undo, id, say(l, "undo-title"), say(l, "undo-go"))
        .say(Tone::Strong, said)
        .say(Tone::Plain, say(l, "undo-then"));
    if count > 1 {
        form = form.say(Tone::Plain, say(l, "undo-each"));
    }
    form.focus = form.cancel();
    form
}

/// The agent said yes.
pub fn submit(model: &mut Model) -> Vec<Effect> {
    model.overlays.pop_if(|o| matches!(o, Overlay::Form(f) if f.purpose == Purpose::Undo));
    match model.undo.pop() {
        Some(Step::Acts { ids, .. }) => take_back(model, ids),
        _ => Vec::new(),
    }
}

fn take_back(model: &mut Model, ids: Vec<i64>) -> Vec<Effect> {
    if let [id] = ids.as_slice() {
        return vec![ask(model, Job::Act { id: *id, act: Act::Undo })];
    }
    let act = Box::new(BulkAct::Same(Act::Undo));
    vec![ask(model, Job::Bulk { action: Action::Undo, ids, act })]
}

/// Puts the list back; nothing where it is so already.
fn put_back(model: &mut Model, before: Before) -> Option<Vec<Effect>> {
    let l = model.language;
    let (id, effects) = match before {
        Before::Search(search) => {
            // The view is where the agent went since.
            let search = Search { view: model.queue.view, everywhere: model.queue.everywhere, ..search };
            if search == model.queue.search() {
                return None;
            }
            kept::apply(model, &search);
            model.queue.typing = false;
            ("undo-search", ask_anew(model))
        }
        Before::Marks(marks) if marks == model.queue.marks => return None,
        Before::Marks(marks) => {
            model.queue.marks = marks;
            ("undo-marks", Vec::new())
        }
        Before::Columns(columns) if columns == model.queue.columns => return None,
        Before::Columns(columns) => {
            model.queue.columns = columns;
            ("undo-columns", Vec::new())
        }
        Before::Saved(saved) => ("undo-saved", kept::save(model, saved)),
    };
    toast(model, true, say(l, id));
    Some(effects)
}

/// What the desk took back.
pub fn said(l: Language, name: &str, undone: &Undone) -> String {
    let plain = |id| say_with(l, id, &[("name", name.into())]);
    match undone {
        Undone::Taken => plain("undo-take"),
        Undone::Stolen => plain("undo-steal"),
        Undone::Released => plain("undo-release"),
        Undone::Waiting(state) => {
            say_with(l, "undo-wait", &[("name", name.into()), ("state", state.said(l).into())])
        }
        Undone::Closed(state) => {
            say_with(l, "undo-close", &[("name", name.into()), ("state", state.said(l).into())])
        }
        Undone::Reopened => plain("undo-reopen"),
        Undone::Decided(word, told) => {
            let values = [("name", name.into()), ("word", word.said(l).into())];
            if *told { say_with(l, "undo-decide-told", &values) } else { say_with(l, "undo-decide", &values) }
        }
        Undone::Note => plain("undo-note"),
        Undone::EvidenceAdded(item) => {
            say_with(l, "undo-evidence-added", &[("name", name.into()), ("item", (*item).into())])
        }
        Undone::EvidenceRemoved(item) => {
            say_with(l, "undo-evidence-removed", &[("name", name.into()), ("item", (*item).into())])
        }
        Undone::Merged(from) => say_with(l, "undo-merge", &[("name", name.into()), ("from", (*from).into())]),
    }
}
