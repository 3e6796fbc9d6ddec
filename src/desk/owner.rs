//! The owner of the account: told of every grant, able to stop it.

use super::check::Judged;
use super::outbox::{Outgoing, Secret, code_hash};
use super::rows::TOLD;
use super::{Act, Failure, Kind};
use crate::audit::{Draft, Info};
use crate::domain::{Contact, ContactKind, MessageKind, MessageState, Time};
use crate::store::desk::acts::Decision;
use crate::store::desk::{notices, standing};
use crate::words::Phrase;

impl Act<'_> {
    /// Every verified contact of the account, those replaced a short while ago included (JUDGEMENT.md §7).
    pub(super) fn owner_contacts(&self, judged: &Judged) -> Result<Vec<Contact>, Failure> {
        let days = self.policy.thresholds.replaced_contact_days;
        let account = judged.facts.registry.account.as_ref();
        let contacts: Vec<Contact> = account
            .into_iter()
            .flat_map(|a| &a.contacts)
            .filter(|c| c.verified_at.is_some() && c.replaced_at.is_none_or(|t| t.plus_days(days) > self.now))
            .map(|c| c.contact.clone())
            .collect();
        if contacts.is_empty() {
            return Err(Failure::refused(Phrase::of("fail-no-contact")).hint(Phrase::of("hint-no-contact")));
        }
        Ok(contacts)
    }

    /// Records the owner notice, from which the cool-down runs, and queues a message to each contact, each with a
    /// code of its own by which it is answered. `hours`: until the grant.
    pub(super) fn tell_owner(
        &mut self,
        judged: &Judged,
        decision: &Decision,
        contacts: &[Contact],
        hours: i64,
    ) -> Result<(), Failure> {
        let named: Vec<String> = contacts
            .iter()
            .map(|c| match c.kind() {
                ContactKind::Email => format!("email:{}", c.plain()),
                ContactKind::Phone => format!("phone:{}", c.plain()),
            })
            .collect();
        let text = serde_json::to_string(&named).map_err(Failure::fault)?;
        notices::add_owner_notice(self.conn, decision.ticket, decision.id, self.now, &text)?;
        let secret = Secret::of(self)?;
        for (contact, name) in contacts.iter().zip(&named) {
            let about = format!("notice:{}:{name}", decision.jti);
            let code = secret.code(MessageKind::OwnerNotice, &about);
            let letter = self.owner_letter(judged, contact, hours)?;
            self.queue(&Outgoing {
                about: &about,
                ticket: decision.ticket,
                decision: Some(decision.id),
                kind: MessageKind::OwnerNotice,
                to: contact,
                letter: &letter,
                good_until: None,
                code_hash: code.as_deref().map(code_hash),
            })?;
        }
        let count = i64::try_from(contacts.len()).unwrap_or(i64::MAX);
        let queued = standing::told_of(&standing::told(self.conn, decision.ticket)?, decision.id);
        let draft = Draft::new("owner.told", self.actor)
            .commit("messages", &judged.ticket.salt, &queued)
            .info("contacts", Info::Number(count))
            .info("about", Info::Number(decision.id));
        self.log(draft, Some(decision.ticket))?;
        Ok(())
    }

    /// From when the cool-down of a decision runs: from its notice, and not before the first message of it was
    /// acknowledged. Only a message counts that went, as it was queued with the decision, to a contact of the owner's.
    pub(super) fn owner_told_at(&self, decision: &Decision) -> Result<Option<Time>, Failure> {
        let Some((told, contacts)) = notices::owner_notice(self.conn, decision.id)? else { return Ok(None) };
        let lines = self.lines_of(decision.ticket)?;
        self.lines_hold(decision.ticket, &lines, &[TOLD])?;
        if !lines.knows_told(decision.id) {
            return Ok(None);
        }
        let contacts: Vec<String> = serde_json::from_str(&contacts).unwrap_or_default();
        let messages = standing::told(self.conn, decision.ticket)?;
        let sent = messages.iter().filter(|m| {
            m.decision == Some(decision.id)
                && m.state == MessageState::Sent.as_str()
                && contacts.contains(&m.to)
                // At a rehearsal nobody carries, and it is sent as it is queued.
                && (self.rehearsal || lines.was_sent(m.id))
        });
        let sent = sent.filter_map(|m| m.ended_at).min().map(Time);
        // The row could be edited; the decision's signed moment could not, and the notice came with it.
        Ok(sent.map(|sent| told.max(sent).max(decision.at)))
    }

    /// Whether the messages to a ticket's owner are as they were queued.
    pub(super) fn told_stands(&self, ticket: i64) -> Result<bool, Failure> {
        let stands = self.lines_of(ticket).and_then(|lines| self.lines_hold(ticket, &lines, &[TOLD]));
        match stands {
            Err(failure) if failure.kind != Kind::Verification => Err(failure),
            stands => Ok(stands.is_ok()),
        }
    }
}
