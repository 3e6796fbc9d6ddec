//! One act at the desk: one transaction, and in it the leaf that records it.

use super::Folder;
use super::failure::Failure;
use super::import::Tally;
use super::keysets::Waits;
use crate::audit::Draft;
use crate::authority::Keyset;
use crate::config::Config;
use crate::domain::{Region, Time};
use crate::judgement::Policy;
use crate::store::desk::journal::Journal;
use crate::store::registry::{Registry, RegistryReader};
use crate::store::{Db, Statements};
use crate::words::letters::Letters;

/// What an act works with; it ends in one commit or in nothing.
pub struct Act<'a> {
    /// `desk.db`, within the act's transaction.
    pub conn: &'a Db,
    /// Its statements that are said again and again.
    pub statements: Statements<'a>,
    /// `registry.db`, within one read transaction.
    pub registry: RegistryReader<'a>,
    /// What the desk judges by.
    pub policy: &'a Policy,
    /// Where the desk lies.
    pub folder: &'a Folder,
    /// The desk's settings.
    pub config: &'a Config,
    /// What it writes to customers and owners.
    pub letters: &'a Letters,
    /// Who may do what, by the root's signature.
    pub keyset: &'a Keyset,
    /// Until when the log lets new approvers wait.
    pub(super) waits: &'a Waits,
    /// The present, the same for the whole act.
    pub now: Time,
    /// Who acts.
    pub actor: &'a str,
    /// Whose desk: the claim `iss` of everything signed.
    pub desk_id: &'a str,
    /// The name of the log in checkpoints and tokens.
    pub origin: &'a str,
    /// What is signed here opens nothing real, and nothing leaves the house.
    pub rehearsal: bool,
    pub(super) journal: Journal,
    /// The lists over a connection of its own, for a second thread, once one was opened.
    pub(super) aside: Option<Registry>,
    /// Who wants to hear of every ticket that is judged again.
    pub(super) tally: Option<Tally>,
}

impl Act<'_> {
    /// Where numbers without a country code are read.
    pub fn region(&self) -> Region {
        self.config.region
    }

    /// Appends a leaf and returns its index. Of an act that changes rows about a ticket it is written after them: it
    /// commits to what they are now (`rows::commit`).
    pub fn log(&mut self, draft: Draft<'_>, ticket: Option<i64>) -> Result<u64, Failure> {
        let number = ticket.and_then(|t| u64::try_from(t).ok());
        let draft = match number {
            Some(number) => draft.ticket(number),
            None => draft,
        };
        let draft = match ticket {
            Some(id) => super::rows::commit(self.conn, draft, id)?,
            None => draft,
        };
        Ok(self.journal.append(&self.statements, draft, self.now, ticket)?)
    }
}
