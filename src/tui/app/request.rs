//! From a filled form to the request it asks for.

use std::path::PathBuf;

use super::form::{Field, Form, Purpose, Rule};
use super::forms::overrides;
use crate::domain::{Channel, Recommendation};
use crate::tui::data::TicketView;
use crate::tui::worker::outbox::OutAsk;
use crate::tui::worker::screens::Ask;
use crate::tui::worker::{Act, Job};
use crate::words::{Language, say, say_with};

/// What a field still needs before anything can be asked for.
pub(super) fn unmet(l: Language, field: &Field) -> Option<String> {
    let text = field.value().trim();
    match field.rule {
        Rule::Needed if text.is_empty() => {
            Some(say_with(l, "form-is-needed", &[("what", field.label.as_str().into())]))
        }
        Rule::Ticked if text != "yes" => {
            Some(say_with(l, "form-tick-first", &[("what", field.label.as_str().into())]))
        }
        Rule::Word(word) if text != word => Some(say_with(l, "form-type-word", &[("word", word.into())])),
        _ => None,
    }
}

/// The request that a filled form asks for, or what is still missing.
pub fn request(
    l: Language,
    form: &Form,
    case: Option<&TicketView>,
    text: Result<(String, String), &'static str>,
) -> Result<Job, String> {
    let act = |act| Ok(Job::Act { id: form.ticket, act });
    if let Some(unmet) = form.fields.iter().find_map(|field| unmet(l, field)) {
        return Err(unmet);
    }
    match form.purpose {
        Purpose::Decide => {
            let word: Recommendation =
                form.value("word").parse().map_err(|_| say(l, "form-choose-decision").to_owned())?;
            let overrides = case.is_some_and(|case| overrides(case, word));
            act(Act::Decide { word, reason: form.some("reason"), overrides })
        }
        Purpose::SendCode => match form.value("to").split_once(' ') {
            None => act(Act::SendCode { channel: Channel::Sim, to: None }),
            Some((_, to)) => act(Act::SendCode { channel: Channel::Contact, to: Some(to.to_owned()) }),
        },
        Purpose::ConfirmCode(channel) => {
            let code: String = form.value("code").chars().filter(char::is_ascii_digit).collect();
            if code.len() != 6 {
                return Err(say(l, "form-six-digits").into());
            }
            act(Act::ConfirmCode { channel, code })
        }
        Purpose::Evidence(kind) => {
            let texts = form.fields.iter().filter(|f| matches!(f.rule, Rule::Column(_)));
            let columns = texts
                .filter(|f| !f.value().trim().is_empty())
                .map(|f| (f.key.to_owned(), f.value().trim().to_owned()))
                .collect::<std::collections::BTreeMap<_, _>>();
            let file = form.some("file").map(PathBuf::from);
            if columns.is_empty() && file.is_none() {
                return Err(say(l, "form-nothing-given").into());
            }
            act(Act::AddEvidence { kind, columns, file })
        }
        Purpose::RemoveEvidence => {
            let item = form.value("item").parse().map_err(|_| say(l, "form-choose-item").to_owned())?;
            act(Act::RemoveEvidence { item })
        }
        Purpose::Reply => super::reply::request(l, form),
        Purpose::Offer(offer) => act(super::mail::act(form, offer)),
        Purpose::AskedFor => act(super::mail::asked(l, form)?),
        Purpose::Note => act(Act::Note { text: form.value("text").to_owned() }),
        Purpose::Approve => act(Act::Approve { saw_number: form.value("saw") == "yes" }),
        Purpose::SendBack => act(Act::SendBack { reason: form.value("reason").to_owned() }),
        Purpose::Issue => {
            act(Act::Issue { audience: form.some("audience"), challenge: form.some("challenge") })
        }
        Purpose::Revoke => act(Act::Revoke { reason: form.value("reason").to_owned() }),
        Purpose::Redeem => act(Act::Redeem),
        Purpose::ReadOut | Purpose::ReadBack => act(super::spoken::act(form)),
        Purpose::ConfirmNotice => act(Act::ConfirmNotice),
        Purpose::ClearNotice => act(Act::ClearNotice),
        Purpose::Merge => {
            let from = form.value("from").parse().map_err(|_| say(l, "form-choose-ticket").to_owned())?;
            Ok(Job::Merged { into: form.ticket, from })
        }
        Purpose::ClearCheck => {
            let (check, other) = form.value("pair").split_once(' ').ok_or(say(l, "form-choose-check"))?;
            let check = check.parse().map_err(|_| say(l, "form-choose-check").to_owned())?;
            let other = other.parse().map_err(|_| say(l, "form-choose-ticket").to_owned())?;
            act(Act::Clear { check, other, reason: form.value("reason").to_owned() })
        }
        Purpose::Object => act(Act::Object { reason: form.some("reason") }),
        Purpose::Wait => act(Act::Wait),
        Purpose::Close => act(Act::Close { word: form.value("word").to_owned() }),
        Purpose::Reopen => act(Act::Reopen),
        Purpose::Steal => act(Act::Take { steal: form.some("reason") }),
        Purpose::Release => act(Act::Release),
        Purpose::HearOwner => act(Act::HearOwner),
        Purpose::Reveal => Ok(Job::Reveal { id: form.ticket }),
        Purpose::SaveToken | Purpose::SaveQr | Purpose::SavePage => {
            let (text, jti) = text.map_err(|id| say(l, id))?;
            Ok(Job::Save { path: PathBuf::from(form.value("path")), text, jti })
        }
        Purpose::DropMessage(message) => {
            let reason = form.value("reason").to_owned();
            Ok(Job::Screen(Ask::Outbox(OutAsk::Drop { message, reason })))
        }
        Purpose::Bulk(_) | Purpose::SaveSearch | Purpose::Undo | Purpose::Passphrase => Err(String::new()),
    }
}
