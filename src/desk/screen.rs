//! All that a ticket's screen needs, in one reading.

use serde_json::Value;

use super::blobs::{Harm, harm};
use super::check::Judged;
use super::drafts::Drafts;
use super::{Desk, Failure};
use crate::domain::{Channel, Role, State, Time};
use crate::judgement::rings::Sign;
pub use crate::store::desk::acts::{Approval, Authorization, Decision};
pub use crate::store::desk::case_files::Note;
pub use crate::store::desk::evidence::{Columns, StoredEvidence};
pub use crate::store::desk::tickets::Ticket;
use crate::store::desk::{acts, case_files, codes, journal, queue, tickets};

/// The code of a channel that was sent last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastCode {
    /// Where it went.
    pub channel: Channel,
    /// Until when it can be read back.
    pub expires_at: Time,
    /// Wrong tries so far; three burn it.
    pub wrong: i64,
    /// It was read back rightly.
    pub confirmed: bool,
}

/// A judged ticket with everything that was done on it.
#[derive(Clone, Debug)]
pub struct Screen {
    /// The ticket as of now.
    pub judged: Judged,
    /// The last code of each channel.
    pub codes: Vec<LastCode>,
    /// The newest decision, cancelled ones included.
    pub decision: Option<Decision>,
    /// Second yeses to that decision.
    pub approvals: Vec<Approval>,
    /// The newest grant.
    pub authorization: Option<Authorization>,
    /// What people wrote, oldest first.
    pub notes: Vec<Note>,
    /// Mails, oldest first, with what they offer.
    pub mails: Vec<super::mail::Mail>,
    /// People who may not approve.
    pub contributors: Vec<String>,
    /// The log's leaves about the ticket, oldest first.
    pub leaves: Vec<Value>,
    /// What is worth a look.
    pub signs: Vec<Sign>,
    /// Items whose file is not what was taken in.
    pub harmed: Vec<(i64, Harm)>,
    /// When a cool-down that runs from the owner notice ends.
    pub cooldown_until: Option<Time>,
}

/// Who works at the desk, and how it was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Who acts.
    pub agent: String,
    /// What they are here, by the signed keyset.
    pub roles: Vec<Role>,
    /// Nothing here opens a real device.
    pub rehearsal: bool,
    /// Nothing can be changed.
    pub readonly: bool,
    /// Where numbers without a country code are read.
    pub region: crate::domain::Region,
    /// Hours between the owner notice and the grant, where two people decide.
    pub cooldown_hours: i64,
    /// The present at the desk.
    pub now: Time,
    /// How the screens begin.
    pub screen: crate::config::Screen,
    /// Where what is typed is kept until it is sent.
    pub drafts: Drafts,
}

impl Desk {
    /// How many tickets that are not closed stand in each state.
    pub fn standing(&self) -> Result<Vec<(State, u64)>, Failure> {
        let mut states: Vec<(State, u64)> = Vec::new();
        for (state, _, count) in queue::counts(self.db())? {
            match states.iter_mut().find(|(s, _)| *s == state) {
                Some((_, sum)) => *sum += count,
                None => states.push((state, count)),
            }
        }
        Ok(states)
    }

    /// Who acts here.
    pub fn seat(&self) -> Result<Seat, Failure> {
        let agent = self.agent()?;
        let roles = self
            .keyset
            .claims()
            .agents
            .iter()
            .rfind(|a| a.name == agent && !a.disabled)
            .map(|a| a.roles.clone())
            .unwrap_or_default();
        let drafts = Drafts::of(&self.folder, &agent);
        Ok(Seat {
            agent,
            roles,
            rehearsal: self.rehearsal,
            readonly: self.readonly,
            region: self.config.region,
            cooldown_hours: self.policy.thresholds.cooldown_hours,
            now: self.now(),
            screen: self.config.screen.clone(),
            drafts,
        })
    }

    /// A ticket as of now, with its decision, grant, notes and log.
    pub fn screen(&mut self, id: i64) -> Result<Screen, Failure> {
        let judged = self.look(id)?;
        let judged = self.tell(judged)?;
        let signs = self.signs(&judged)?;
        let db = self.db();
        let mut sent = Vec::new();
        for channel in Channel::ALL {
            if let Some(code) = codes::newest(db, id, *channel)? {
                sent.push(LastCode {
                    channel: *channel,
                    expires_at: code.expires_at,
                    wrong: code.wrong,
                    confirmed: code.confirmed,
                });
            }
        }
        let decision = acts::decision(db, id)?;
        let approvals = decision.as_ref().map(|d| acts::approvals(db, d.id)).transpose()?.unwrap_or_default();
        let hours = self.policy.thresholds.cooldown_hours;
        let files = judged.evidence.iter().filter_map(|e| Some((e.id, e.attachment.as_ref()?)));
        let harmed = files.filter_map(|(id, file)| Some((id, harm(&self.folder, file)?))).collect();
        Ok(Screen {
            signs,
            harmed,
            cooldown_until: decision.as_ref().and_then(|d| d.notified_at).map(|t| t.plus_hours(hours)),
            codes: sent,
            decision,
            approvals,
            authorization: acts::authorization_of(db, id)?,
            notes: case_files::notes(db, id)?,
            mails: self.mails(id)?,
            contributors: tickets::contributors(db, id)?,
            leaves: journal::of_ticket(db, id)?
                .iter()
                .filter_map(|line| serde_json::from_str(line).ok())
                .collect(),
            judged,
        })
    }
}
