//! The log's signed head, sent to those who keep it: by schedule, like any other message.

use super::outbox::{Letter, Outgoing};
use super::{Desk, Failure};
use crate::domain::{Contact, MessageKind, Role};
use crate::store::desk::settings;
use crate::words::{Language, Phrase};

/// When the last one was queued, in Unix seconds.
const SETTING: &str = "head_sent_at";

impl Desk {
    /// Whether a head is to be signed and sent.
    pub fn head_is_due(&self) -> Result<bool, Failure> {
        let Some(every) = self.config.heads.every.filter(|_| !self.readonly) else { return Ok(false) };
        let last = settings::get(self.db(), SETTING)?.and_then(|text| text.parse::<i64>().ok());
        Ok(last.is_none_or(|last| last.saturating_add(every) <= self.now().0))
    }

    /// Signs the head and queues it for everybody who keeps it. Two at once queue it once.
    pub fn send_head(&mut self) -> Result<(), Failure> {
        self.require(&[Role::Agent, Role::Approver, Role::Custodian, Role::Auditor], "sign checkpoints")?;
        let whole = self.whole_log()?;
        let note = self.sign_head(&whole.head)?;
        let origin = self.origin();
        let subject = Phrase::of("head-subject")
            .with("origin", origin.as_str())
            .with("size", whole.head.size.to_string());
        let said = self.config.dispatch.language.clone();
        let language = said.as_deref().and_then(Language::of).unwrap_or_default();
        // The note alone, byte for byte: what keeps it is a program as a rule.
        let letter = Letter {
            language: language.code().to_owned(),
            subject: subject.said(language).into_owned(),
            text: note,
        };
        let to = self.config.heads.to.clone();
        self.record(|act| {
            for address in &to {
                let about = format!("checkpoint:{}:{}", whole.head.size, address.plain());
                act.queue(&Outgoing {
                    about: &about,
                    ticket: 0,
                    decision: None,
                    kind: MessageKind::Checkpoint,
                    to: &Contact::Email(address.clone()),
                    letter: &letter,
                    good_until: None,
                    code_hash: None,
                })?;
            }
            Ok(settings::set(act.conn, SETTING, &act.now.0.to_string())?)
        })
    }

    /// The same beside another act that was signed: the key is open. What goes wrong is tried again with the next.
    pub(super) fn send_head_if_due(&mut self) {
        if self.head_is_due().is_ok_and(|due| due) {
            let _ = self.send_head();
        }
    }
}
