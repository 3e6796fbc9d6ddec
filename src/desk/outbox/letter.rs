//! What codes and owner notices say.

use super::super::Act;
use super::super::check::Judged;
use crate::domain::{Channel, ContactKind};
use crate::judgement::facts::Device;

/// What a message says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::desk) struct Letter {
    /// The language it is written in.
    pub language: String,
    /// Its subject.
    pub subject: String,
    /// Its text; `{code}` stands for the code.
    pub text: String,
}

/// Stands for the code until the message is carried.
pub(super) const CODE: &str = "{code}";

impl Act<'_> {
    /// The language for the account's owner: the account's own, else the desk's.
    fn owner_language(&self) -> String {
        self.letters.language(None, self.config.dispatch.language.as_deref())
    }

    /// A one-time code: to the claimed number, or to the owner, who says yes to exactly this.
    pub(in crate::desk) fn code_letter(
        &self,
        judged: &Judged,
        channel: Channel,
        to: ContactKind,
        minutes: i64,
    ) -> Letter {
        let claimant = judged.claim.claimant.language.as_deref();
        let language = self.letters.language(claimant, self.config.dispatch.language.as_deref());
        let device = device_words(judged.facts.registry.device.as_ref());
        let values = [
            ("code", CODE.into()),
            ("minutes", minutes.into()),
            ("device", device.as_str().into()),
            ("request", judged.claim.request.as_str().into()),
        ];
        let (subject, text) = match (channel, to) {
            (Channel::Sim, _) => ("code-sim-subject", "code-sim-text"),
            (Channel::Contact, ContactKind::Email) => ("code-owner-subject", "code-owner-text"),
            (Channel::Contact, ContactKind::Phone) => ("code-owner-subject", "code-owner-text-phone"),
        };
        Letter {
            subject: self.letters.say(&language, subject, &values),
            text: self.letters.say(&language, text, &values),
            language,
        }
    }

    /// The message to the owner: what is asked, and the code by which it is stopped.
    pub(in crate::desk) fn owner_letter(&self, judged: &Judged, to: ContactKind, hours: i64) -> Letter {
        let language = self.owner_language();
        let device = device_words(judged.facts.registry.device.as_ref());
        let values = [
            ("code", CODE.into()),
            ("hours", hours.into()),
            ("device", device.as_str().into()),
            ("request", judged.claim.request.as_str().into()),
            ("ticket", judged.ticket.id.to_string().into()),
        ];
        let text = if to == ContactKind::Email { "owner-text" } else { "owner-text-phone" };
        Letter {
            subject: self.letters.say(&language, "owner-subject", &values),
            text: self.letters.say(&language, text, &values),
            language,
        }
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
    let parts: Vec<&str> = model.into_iter().map(String::as_str).chain(number.as_deref()).collect();
    parts.join(", ")
}
