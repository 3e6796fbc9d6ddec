//! The reply to the customer: read in their language, written otherwise where that is better, copied, sent.

use super::Effect;
use super::form::{Choice, Field, Form, Purpose, Rule};
use super::model::{Model, Overlay};
use super::update::{ask, toast};
use crate::desk::reply::{Read, Reply};
use crate::tui::theme::Tone;
use crate::tui::worker::cases::Ask;
use crate::tui::worker::{Act, Job};
use crate::words::{Language, say, say_with};

/// Asks for the reply; its form follows.
pub(super) fn begin(model: &mut Model, ticket: i64) -> Vec<Effect> {
    vec![ask(model, Job::Case(Ask::Reply { ticket, language: None }))]
}

/// The language that is chosen, where the desk has not written in it yet.
pub(super) fn wanted(form: &Form) -> Option<Ask> {
    let written = form.written.as_ref()?;
    let language = form.value("language").to_owned();
    (language != written.language).then_some(Ask::Reply { ticket: form.ticket, language: Some(language) })
}

/// The desk has written it.
pub(super) fn told(model: &mut Model, reply: Reply, languages: &[String]) {
    let l = model.language;
    if let Some(Overlay::Form(form)) = model.overlays.last_mut()
        && form.purpose == Purpose::Reply
        && form.ticket == reply.ticket
    {
        return anew(l, form, reply);
    }
    // Somebody has gone on to something else meanwhile.
    if model.overlays.is_empty() && model.subject() == Some(reply.ticket) {
        let form = form(model, reply, languages);
        super::do_action::show_form(model, form);
    }
}

/// The same in another language; what was typed over it stays.
fn anew(l: Language, form: &mut Form, reply: Reply) {
    let was = form.written.as_ref().map(|w| w.text.clone()).unwrap_or_default();
    form.says = head(l, &reply);
    let typed = form.fields.iter().find(|f| f.key == "text").map(|f| f.value().to_owned());
    let edited = typed.is_some_and(|text| !text.trim().is_empty() && text.trim() != was.trim());
    if edited {
        form.problem = Some(say(l, "written-edited").to_owned());
    } else if let Some(field) = form.fields.iter_mut().find(|f| f.key == "text") {
        field.set_to_read(&reply.text);
    }
    form.written = Some(Box::new(reply));
}

fn form(model: &Model, reply: Reply, languages: &[String]) -> Form {
    let l = model.language;
    let name = super::grant::name_of(model, reply.ticket);
    let title = say_with(l, "written-title", &[("name", name.into())]);
    let options = languages.iter().map(|code| {
        let known = Language::of(code).map(Language::name);
        let label = known.map_or_else(|| code.clone(), |name| format!("{name} ({code})"));
        Choice { value: code.clone(), label, refused: None }
    });
    let mut language = Field::choice("language", say(l, "written-language"), options.collect());
    language.set(&reply.language);
    let mut text = Field::lines("text", say(l, "written-text"), Rule::Needed);
    text.set_to_read(&reply.text);
    let mut form = Form::new(Purpose::Reply, reply.ticket, title, say(l, "written-send"));
    form.says = head(l, &reply);
    form = form.field(language).field(text);
    form.focus = 1;
    form.written = Some(Box::new(reply));
    form
}

/// To whom, and about what.
fn head(l: Language, reply: &Reply) -> Vec<(Tone, String)> {
    let to = match &reply.to {
        Some(to) => {
            let values = [("to", to.as_str().into()), ("subject", reply.subject.as_str().into())];
            (Tone::Plain, say_with(l, "written-to", &values))
        }
        None => (Tone::Warn, say(l, "written-nobody").to_owned()),
    };
    let waits = reply.word == crate::domain::Recommendation::Ask;
    let then = waits.then(|| (Tone::Dim, say(l, "written-waits").to_owned()));
    std::iter::once(to).chain(then).collect()
}

/// What is to be done with a form that was filled.
pub(super) fn request(l: Language, form: &Form) -> Result<Job, String> {
    let Some(written) = &form.written else { return Err(String::new()) };
    if form.value("language") != written.language {
        return Err(say(l, "written-unread").to_owned());
    }
    let text = form.fields.iter().find(|f| f.key == "text").map_or("", Field::value);
    let read =
        Read { language: written.language.clone(), written: written.text.clone(), text: text.to_owned() };
    Ok(Job::Act { id: form.ticket, act: Act::Reply(Box::new(read)) })
}

/// Copies the text of several lines that is open.
pub(super) fn copy(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Form(form)) = model.overlays.last() else { return Vec::new() };
    let text = form.fields.iter().find(|f| matches!(f.kind, super::form::Kind::Lines(_))).map(Field::value);
    let Some(text) = text.map(str::to_owned) else { return Vec::new() };
    let copied = say(model.language, "done-copied");
    let said = format!("{copied} {}", super::tell(model, "written-copied", &[]));
    toast(model, true, said);
    vec![Effect::Copy(text)]
}
