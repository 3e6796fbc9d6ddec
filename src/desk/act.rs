//! One act at the desk: one transaction, and in it the leaf that records it.

use std::cell::OnceCell;
use std::path::PathBuf;

use super::accepted::Files;
use super::failure::Failure;
use super::import::Tally;
use super::keysets::{History, Waits};
use super::places::Places;
use super::signed::MOST;
use super::{Desk, Folder, Kind};
use crate::audit::Draft;
use crate::authority::{AgentKey, Keyset};
use crate::config::Config;
use crate::domain::{Region, Role, Time};
use crate::judgement::Policy;
use crate::store::desk::journal::Journal;
use crate::store::desk::settings;
use crate::store::registry::{Registry, RegistryReader};
use crate::store::{self, Db, Statements};
use crate::words::Phrase;
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
    /// The texts of policy and settings, as the desk was opened with them.
    pub(super) files: &'a Files,
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
    /// The key of who acts, where the act takes one.
    pub(super) key: Option<&'a AgentKey>,
    pub(super) journal: Journal,
    /// The number of its first leaf.
    pub(super) first: u64,
    /// The first leaf that no statement speaks for yet.
    pub(super) unsigned: u64,
    /// Who worked here when, once somebody asked.
    pub(super) history: OnceCell<History>,
    /// Which ticket each leaf speaks of, by its line, once an act that grants asked.
    pub(super) places: OnceCell<Places>,
    /// Where that is kept.
    pub(super) places_file: Option<PathBuf>,
    /// The lists over a connection of its own, for a second thread, once one was opened.
    pub(super) aside: Option<Registry>,
    /// Who wants to hear of every ticket that is judged again.
    pub(super) tally: Option<Tally>,
}

/// How much an act writes.
#[derive(Clone, Copy)]
pub(super) enum Size {
    /// What a person does to some tickets.
    Small,
    /// A file of cases.
    Bulk,
}

/// Whether an act takes the key of who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hand {
    /// It is somebody's own, and they sign it.
    Signs,
    /// It is written down, whoever's key is open.
    Records,
}

impl Hand {
    /// Of a reading: what is revealed is signed by who looks, or it would be read in anybody's name.
    pub(super) const fn of_reading(reveal: bool) -> Self {
        if reveal { Self::Signs } else { Self::Records }
    }
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
        let leaf = self.journal.append(&self.statements, draft, self.now, ticket)?;
        if let Some(key) = self.key.filter(|_| leaf + 1 - self.unsigned >= MOST) {
            self.vouch(key)?;
        }
        Ok(leaf)
    }
}

impl Desk {
    /// Runs one act: a transaction with whatever it writes and logs, signed by who acts, or nothing. On a desk that is no
    /// rehearsal it may ask for a passphrase.
    pub fn act<T>(&mut self, work: impl FnOnce(&mut Act<'_>) -> Result<T, Failure>) -> Result<T, Failure> {
        self.act_of(Size::Small, Hand::Signs, work)
    }

    /// The same without a key: a reading leaves its trace, a message was carried, the root has signed.
    pub(super) fn record<T>(
        &mut self,
        work: impl FnOnce(&mut Act<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.act_of(Size::Small, Hand::Records, work)
    }

    /// One act as the agent who works here, of one ticket or of many.
    pub(super) fn act_of<T>(
        &mut self,
        size: Size,
        hand: Hand,
        work: impl FnOnce(&mut Act<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.not_rolled_back()?;
        if self.readonly {
            return Err(
                Failure::refused(Phrase::of("fail-readonly")).hint(Phrase::of("hint-without-readonly"))
            );
        }
        let mut work = Some(work);
        loop {
            self.refresh()?;
            let actor = self.agent()?;
            // Whatever a role may do: who is disabled, or whose key ran out, does nothing.
            self.require(Role::ALL, "act on a ticket")?;
            let key = match hand {
                Hand::Signs => Some(self.signing_key()?),
                Hand::Records => None,
            };
            let done = self.act_as(&actor, key.as_deref(), size, |act| match work.take() {
                Some(work) => work(act),
                None => Err(Failure::fault("An act was begun twice.")),
            });
            match done {
                // Somebody changed roles or keys between the two looks, and nothing was begun: look again.
                Err(why) if work.is_some() && why.what == people_changed() => {}
                Err(why) if work.is_some() => {
                    self.log_clock(&actor);
                    return Err(why);
                }
                Err(why) if why.kind == Kind::Refused => {
                    self.log_refusal(&actor, "act on a ticket");
                    return Err(why);
                }
                done => return done,
            }
        }
    }

    pub(super) fn act_as<T>(
        &mut self,
        actor: &str,
        key: Option<&AgentKey>,
        size: Size,
        work: impl FnOnce(&mut Act<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let (now, origin, places_file) = (self.now(), self.origin(), self.places_file());
        let anywhere = self.rehearsal || self.clock_accepted || actor.is_empty();
        let all = |tx: &Db| {
            // Whoever may have been disabled a moment ago is asked for again.
            if !actor.is_empty() && settings::keyset_version(tx)? != self.keyset.claims().version {
                return Err(Failure::state(people_changed()));
            }
            super::clock::stands(tx, now, anywhere)?;
            let journal = Journal::open(tx)?;
            let mut act = Act {
                conn: tx,
                statements: Statements::new(tx),
                registry: self.registry.begin()?,
                policy: &self.policy,
                folder: &self.folder,
                config: &self.config,
                files: &self.files,
                letters: &self.letters,
                keyset: &self.keyset,
                waits: &self.waits,
                now,
                actor,
                desk_id: &self.id,
                origin: &origin,
                rehearsal: self.rehearsal,
                key,
                first: journal.head().size(),
                unsigned: journal.head().size(),
                history: OnceCell::new(),
                places: OnceCell::new(),
                places_file: places_file.clone(),
                journal,
                aside: None,
                tally: None,
            };
            if let Some(key) = key {
                act.signs_by(key)?;
            }
            let done = work(&mut act)?;
            if let Some(key) = key {
                act.vouch(key)?;
            }
            let head = act.journal.head().clone();
            act.journal.close(tx)?;
            Ok::<_, Failure>((done, head))
        };
        let (done, head) = match size {
            Size::Small => store::write_tx(&self.db, |tx| all(tx)),
            Size::Bulk => store::write_bulk_tx(&self.db, |tx| all(tx)),
        }?;
        self.remember(&head);
        Ok(done)
    }

    /// Runs an act that signs more than its leaves, and before that compares whatever it builds on with the log.
    pub(super) fn sign_and_act<T>(
        &mut self,
        work: impl FnOnce(&mut Act<'_>, &AgentKey) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.read_ahead()?;
        self.sign_alone(|act, key| {
            act.sees_whole()?;
            work(act, key)
        })
    }

    /// The same where nothing is built on what the desk holds: one's own key.
    pub(super) fn sign_alone<T>(
        &mut self,
        work: impl FnOnce(&mut Act<'_>, &AgentKey) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let done = self.act(|act| {
            let key = act.key.ok_or_else(|| Failure::fault("The key was not opened."))?;
            work(act, key)
        });
        if done.is_ok() {
            self.send_head_if_due();
        }
        done
    }
}

/// Why an act was not begun: who works here has changed since it was looked at.
pub(super) fn people_changed() -> Phrase {
    Phrase::of("fail-people-changed")
}
