//! What codes and owner notices say.

use super::super::check::Judged;
use super::super::{Act, Failure};
use crate::domain::{Channel, Contact, ContactKind};
use crate::judgement::facts::Device;
use crate::words::Value;

/// What a message says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::desk) struct Letter {
    /// The language it is written in; of two, the first.
    pub language: String,
    /// Its subject.
    pub subject: String,
    /// Its text; `{code}` stands for the code.
    pub text: String,
}

/// Stands for the code until the message is carried.
pub(super) const CODE: &str = "{code}";

/// What stands around a model until the message is carried: the owner knows which device is meant, the agent who reads
/// the outbox may be on the line with somebody who is asked for it.
const MODEL: (&str, &str) = ("{model:", "}");

/// The text with its models told, or masked.
pub(super) fn with_models(text: &str, told: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(MODEL.0) {
        out.push_str(before);
        let (model, after) = after.split_once(MODEL.1).unwrap_or((after, ""));
        out.push_str(if told { model } else { "…" });
        rest = after;
    }
    out.push_str(rest);
    out
}

/// What stands between two languages of one message.
const BETWEEN: &str = "\n\n—\n\n";

impl Act<'_> {
    /// The same letter in each language, one below the other.
    fn letter(
        &self,
        languages: &[String],
        subject: &'static str,
        text: &'static str,
        values: &[(&'static str, Value<'_>)],
    ) -> Letter {
        let say = |id| languages.iter().map(|l| self.letters.say(l, id, values)).collect::<Vec<_>>();
        Letter {
            language: languages.first().cloned().unwrap_or_default(),
            subject: say(subject).join(" / "),
            text: say(text).join(BETWEEN),
        }
    }

    /// A one-time code: to the claimed number, or to the owner, who says yes to exactly this.
    pub(in crate::desk) fn code_letter(
        &self,
        judged: &Judged,
        channel: Channel,
        to: &Contact,
        minutes: i64,
    ) -> Result<Letter, Failure> {
        let device = device_words(judged.facts.registry.device.as_ref());
        let values = [
            ("code", CODE.into()),
            ("minutes", minutes.into()),
            ("device", device.as_str().into()),
            ("request", judged.claim.request.as_str().into()),
        ];
        let (subject, text) = match (channel, to.kind()) {
            (Channel::Sim, _) => ("code-sim-subject", "code-sim-text"),
            (Channel::Contact, ContactKind::Email) => ("code-owner-subject", "code-owner-text"),
            (Channel::Contact, ContactKind::Phone) => ("code-owner-subject", "code-owner-text-phone"),
        };
        let languages = match channel {
            Channel::Sim => {
                let claimant = judged.claim.claimant.language.as_deref();
                vec![self.letters.language(claimant, self.config.dispatch.language.as_deref())]
            }
            Channel::Contact => self.owner_languages(judged.facts.registry.account.as_ref(), to)?,
        };
        Ok(self.letter(&languages, subject, text, &values))
    }

    /// The message to the owner: what is asked, and the code by which it is stopped.
    pub(in crate::desk) fn owner_letter(
        &self,
        judged: &Judged,
        to: &Contact,
        hours: i64,
    ) -> Result<Letter, Failure> {
        let device = device_words(judged.facts.registry.device.as_ref());
        let values = [
            ("code", CODE.into()),
            ("hours", hours.into()),
            ("device", device.as_str().into()),
            ("request", judged.claim.request.as_str().into()),
            ("ticket", judged.ticket.id.to_string().into()),
        ];
        let text = if to.kind() == ContactKind::Email { "owner-text" } else { "owner-text-phone" };
        let languages = self.owner_languages(judged.facts.registry.account.as_ref(), to)?;
        Ok(self.letter(&languages, "owner-subject", text, &values))
    }
}

/// A device to somebody who may know it: its model, and the end of a number.
fn device_words(device: Option<&Device>) -> String {
    let Some(device) = device else { return "…".to_owned() };
    let model = device.models.first().or_else(|| device.tac_models.first());
    let number = match (device.imeis.first(), device.serials.first()) {
        (Some(imei), _) => Some(format!("IMEI {}", imei.masked())),
        (None, Some(serial)) => Some(crate::domain::mask_tail(serial, 4)),
        (None, None) => None,
    };
    let model = model.map(|model| format!("{}{}{}", MODEL.0, model.replace(['{', '}'], "?"), MODEL.1));
    let parts: Vec<&str> = model.as_deref().into_iter().chain(number.as_deref()).collect();
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::with_models;

    #[test]
    fn a_model_is_told_to_who_gets_the_letter_alone() {
        for (text, told, masked) in [
            ("none", "none", "none"),
            ("{model:Orbit 11}, IMEI …0017", "Orbit 11, IMEI …0017", "…, IMEI …0017"),
            ("a {model:X} b {model:Ы} {code}", "a X b Ы {code}", "a … b … {code}"),
            ("cut {model:X", "cut X", "cut …"),
        ] {
            assert_eq!((with_models(text, true), with_models(text, false)), (told.into(), masked.into()));
        }
    }
}
