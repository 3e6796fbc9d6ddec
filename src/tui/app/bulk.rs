//! One act on all marked tickets: its form, and what came of it for each.

use super::action::{Action, entry_of};
use super::enabled::on_row;
use super::form::{Choice, Field, Form, Purpose, Rule};
use super::model::{Model, Overlay};
use super::panes::Pane;
use super::update::{ask, ask_queue};
use super::{Effect, undo};
use crate::desk::CLOSED_AS;
use crate::domain::{Channel, Recommendation};
use crate::tui::terms::Term as _;
use crate::tui::theme::Tone;
use crate::tui::worker::{Act, BulkAct, Job, Outcome};
use crate::words::{say, say_with};

/// Marked tickets that are looked at before the act, to say which of them will refuse it.
const MOST_LOOKED_AT: usize = 256;

/// What came of an act on many tickets; kept until the next one.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    pub action: Action,
    pub outcomes: Vec<Outcome>,
}

impl Results {
    pub fn failed(&self) -> usize {
        self.outcomes.iter().filter(|o| o.result.is_err()).count()
    }
}

/// Whether an act can be done on the marked tickets; each may still refuse it for itself.
pub fn enabled(model: &Model, action: Action) -> Result<(), String> {
    if model.seat.as_ref().is_some_and(|s| s.readonly) {
        return Err(say(model.language, "why-readonly").to_owned());
    }
    match why_single(action) {
        Some(why) => Err(say(model.language, why).to_owned()),
        None if action == Action::Merge && model.queue.marks.len() < 2 => {
            Err(say(model.language, "queue-single-merge").to_owned())
        }
        None => Ok(()),
    }
}

/// Why an act is about one ticket alone: what is typed belongs to it, or must be read first.
const fn why_single(action: Action) -> Option<&'static str> {
    match action {
        Action::ConfirmCode => Some("queue-single-code"),
        Action::AddEvidence | Action::RemoveEvidence => Some("queue-single-evidence"),
        Action::ClearCheck => Some("queue-single-clear"),
        Action::Object => Some("queue-single-object"),
        Action::Reply => Some("queue-single-reply"),
        _ => None,
    }
}

/// Asks what is to be done on the marked tickets.
pub fn begin(model: &mut Model, action: Action) -> Vec<Effect> {
    let form = form(model, action);
    super::do_action::show_form(model, form);
    Vec::new()
}

fn choice(value: &str, label: impl Into<String>) -> Choice {
    Choice { value: value.to_owned(), label: label.into(), refused: None }
}

fn form(model: &Model, action: Action) -> Form {
    let language = model.language;
    let count = model.queue.marks.len();
    let name = entry_of(action).map_or("", |e| e.name(language));
    let title = say_with(language, "queue-bulk-title", &[("act", name.into()), ("n", count.into())]);
    let mut form = Form::new(Purpose::Bulk(action), 0, title, name);
    form = foretell(model, action, form);
    let reason = |rule| Field::text("reason", say(language, "queue-reason"), rule);
    let typed = |word: &'static str| {
        Field::text("word", say_with(language, "queue-type-word", &[("word", word.into())]), Rule::Word(word))
    };
    form = match action {
        Action::Reopen => form.say(Tone::Warn, say(language, "form-reopen-then")),
        Action::Merge => {
            let into = model.queue.marks.first().copied().unwrap_or_default();
            let name = model.queue.rows.iter().find(|r| r.id == into).map(|r| r.name.clone());
            let name = name.unwrap_or_else(|| format!("#{into}"));
            form.say(Tone::Warn, say_with(language, "queue-bulk-merge", &[("name", name.into())]))
        }
        Action::Take => form.say(Tone::Plain, say(language, "queue-bulk-take")).field(reason(Rule::Free)),
        Action::Note => form.field(Field::lines("text", say(language, "queue-note"), Rule::Needed)),
        Action::Decide => {
            let mut options = vec![choice("recommended", say(language, "queue-as-recommended"))];
            options.extend(Recommendation::ALL.iter().map(|w| choice(w.as_str(), w.said(language))));
            form.field(Field::choice("word", say(language, "queue-decision"), options))
                .field(reason(Rule::Free))
        }
        Action::SendCode => {
            let options = vec![
                choice("sim", say(language, "queue-to-sim")),
                choice("contact", say(language, "queue-to-owner")),
            ];
            form.field(Field::choice("to", say(language, "queue-to"), options))
        }
        Action::SendBack => form.field(reason(Rule::Needed)),
        Action::Revoke => form.field(reason(Rule::Needed)).field(typed("revoke")),
        Action::Redeem => form.field(typed("redeem")),
        Action::Close => {
            let options = CLOSED_AS.iter().map(|word| choice(word, *word)).collect();
            form.field(Field::choice("word", say(language, "queue-close-as"), options))
        }
        _ => form,
    };
    if form.fields.is_empty() {
        form.focus = form.cancel();
    }
    form
}

/// Says which of the marked tickets will refuse, as far as their lines are known.
fn foretell(model: &Model, action: Action, mut form: Form) -> Form {
    let rows = model.queue.rows.iter().filter(|r| model.queue.marks.contains(&r.id)).take(MOST_LOOKED_AT);
    let refused: Vec<(String, String)> =
        rows.filter_map(|row| Some((row.name.clone(), on_row(model, action, row).err()?))).collect();
    if refused.is_empty() {
        return form.say(Tone::Plain, say(model.language, "queue-bulk-each"));
    }
    form =
        form.say(Tone::Warn, say_with(model.language, "queue-bulk-refused", &[("n", refused.len().into())]));
    for (name, why) in refused.iter().take(4) {
        form = form.say(Tone::Plain, format!("{name}: {why}"));
    }
    form.say(Tone::Plain, say(model.language, "queue-bulk-others"))
}

/// The act that a filled form asks for.
fn act(form: &Form, action: Action) -> Option<BulkAct> {
    let reason = form.some("reason");
    let act = match action {
        Action::Take => Act::Take { steal: reason },
        Action::Release => Act::Release,
        Action::Note => Act::Note { text: form.value("text").to_owned() },
        Action::Decide => match form.value("word").parse() {
            Ok(word) => Act::Decide { word, reason, overrides: false },
            Err(_) => return Some(BulkAct::AsRecommended),
        },
        Action::SendCode => {
            let channel = if form.value("to") == "sim" { Channel::Sim } else { Channel::Contact };
            Act::SendCode { channel, to: None }
        }
        Action::Approve => Act::Approve { saw_number: false },
        Action::SendBack => Act::SendBack { reason: reason? },
        Action::Issue => Act::Issue { audience: None, challenge: None },
        Action::Redeem => Act::Redeem,
        Action::Revoke => Act::Revoke { reason: reason? },
        Action::Wait => Act::Wait,
        Action::Close => Act::Close { word: form.value("word").to_owned() },
        Action::ClearNotice => Act::ClearNotice,
        Action::Reopen => Act::Reopen,
        _ => return None,
    };
    Some(BulkAct::Same(act))
}

/// Sends the form on top: one request for all, which can be stopped between two tickets.
pub fn submit(model: &mut Model, action: Action) -> Vec<Effect> {
    let l = model.language;
    let Some(Overlay::Form(form)) = model.overlays.last_mut() else { return Vec::new() };
    let problem = form.fields.iter().find_map(|field| super::request::unmet(l, field));
    let act = match (action, model.queue.marks.first()) {
        (Action::Merge, Some(into)) => Some(BulkAct::Into(*into)),
        _ => act(form, action),
    };
    let act = act.filter(|_| problem.is_none());
    let Some(act) = act else {
        form.problem = problem;
        return Vec::new();
    };
    model.overlays.pop();
    let skip = usize::from(matches!(act, BulkAct::Into(_)));
    let ids = model.queue.marks.iter().copied().skip(skip).collect();
    vec![ask(model, Job::Bulk { action, ids, act: Box::new(act) })]
}

/// What came of it is shown and stays; what failed stays marked, to be tried again or looked at.
pub fn told(model: &mut Model, action: Action, act: &BulkAct, outcomes: Vec<Outcome>) -> Vec<Effect> {
    let done = outcomes.iter().filter(|o| o.result.is_ok()).map(|o| o.id).collect();
    undo::done_to_many(model, action, act, done);
    model.queue.marks = outcomes.iter().filter(|o| o.result.is_err()).map(|o| o.id).collect();
    if outcomes.iter().any(|o| o.result.is_ok()) {
        model.drafts.forget(super::form::Purpose::Bulk(action), 0);
    }
    model.results = Some(Results { action, outcomes });
    model.overlays.push(Overlay::Pane(Pane::Results { at: 0 }));
    vec![ask_queue(model)]
}
