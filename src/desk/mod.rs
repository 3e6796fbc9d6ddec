//! The desk: one use-case a file, each one act (one transaction with its leaf) or one reading.

pub mod act;
pub mod agents;
pub mod answers;
mod approve;
pub mod assist;
pub mod at_rest;
pub mod attached;
mod audit;
pub mod backup;
pub mod blobs;
pub mod board;
pub mod check;
mod close;
pub mod codes;
mod decide;
pub mod demo;
mod digest;
pub mod doctor;
pub mod drafts;
pub mod due;
mod empty;
pub mod erase;
mod evidence;
pub mod export;
pub mod eyes;
pub mod failure;
mod folders;
mod granted;
mod grants;
pub mod graph;
pub mod heads;
pub mod import;
pub mod init;
pub mod issue;
pub mod kept;
mod keysets;
pub mod lease;
pub mod letters;
pub mod lists;
pub mod log;
mod login;
pub mod lookup;
pub mod mail;
pub mod merge;
mod near;
pub mod object;
pub mod offline;
mod one_view;
pub mod outbox;
pub mod outgoing;
mod owner;
pub mod people;
pub mod proofs;
pub mod prune;
pub mod queue;
pub mod reading;
mod recheck;
pub mod redeem;
mod remarks;
pub mod replay;
pub mod reply;
pub mod report;
mod reports_of_loss;
pub mod retain;
pub mod roster;
mod rotate;
mod rows;
pub mod screen;
pub mod search;
mod seen;
mod send_back;
mod settle;
pub mod show;
mod signed;
mod signs;
pub mod spoken;
mod sweep;
pub mod tiles;
mod told;
mod touched;
mod turn;
pub mod undo;
pub mod upgraded;
pub mod verify;
pub mod viewer;
pub mod witness;

use std::path::{Path, PathBuf};

pub use act::Act;
pub use audit::SignedHead;
pub use close::CLOSED_AS;
pub use failure::{Failure, Kind};
use keysets::{Own, Trusted, Waits};

use crate::authority::{AgentKey, Keyset};
use crate::config::Config;
use crate::domain::{Role, Shown, Time};
use crate::env::Env;
use crate::judgement::Policy;
use crate::store::desk::{journal::Journal, settings, tickets};
use crate::store::migrate::Upgraded;
use crate::store::registry::Registry;
use crate::store::{self, Db, FileKind, Purpose, Statements};
use crate::words::letters::Letters;
use crate::words::{Joint, Part, Phrase};

/// Newest references among which a mistyped one is looked for.
const MOST_REFERENCES: usize = 20_000;

/// Where things lie in a desk's folder.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// The desk that lies, or is to lie, there.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }
    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.0
    }
    /// Tickets, decisions, the log: what must never be lost.
    pub fn desk_db(&self) -> PathBuf {
        self.0.join(FileKind::Desk.file_name())
    }
    /// The lists as others sent them: can be rebuilt.
    pub fn registry_db(&self) -> PathBuf {
        self.0.join(FileKind::Registry.file_name())
    }
    /// Files of evidence, named by their content.
    pub fn attachments(&self) -> PathBuf {
        self.0.join("attachments")
    }
    /// Copies of files that viewers have, one folder each.
    pub fn viewing(&self) -> PathBuf {
        self.0.join("viewing")
    }
    /// What people typed and have not sent yet, one folder a person.
    pub fn drafts(&self) -> PathBuf {
        self.0.join("drafts")
    }
    /// Private keys, one PEM file a person.
    pub fn keys(&self) -> PathBuf {
        self.0.join("keys")
    }
    /// The desk's own policy; without the file, the shipped one holds.
    pub fn policy(&self) -> PathBuf {
        self.0.join("policy.toml")
    }
    /// The desk's settings; without the file, the defaults hold.
    pub fn config(&self) -> PathBuf {
        self.0.join("config.toml")
    }
    /// What the desk writes to people in its own words; without it, the shipped letters hold.
    pub fn letters(&self) -> PathBuf {
        self.0.join("letters")
    }
    /// The key file of an agent, or of `root`.
    pub fn key(&self, name: &str) -> PathBuf {
        self.keys().join(format!("{name}.pem"))
    }
}

/// Where a passphrase comes from when a key needs one.
pub type AskPassphrase = Box<dyn Fn(&str) -> Result<secrecy::SecretString, Failure> + Send>;

/// How a desk is opened.
pub struct Options {
    /// Where the desk lies.
    pub folder: Folder,
    /// Who acts; by default the only agent whose key is here.
    pub agent: Option<String>,
    /// Whether every act is refused.
    pub readonly: bool,
    /// Clock and host, real or fixed.
    pub env: Env,
    /// Asked for the name of a key, by a desk that is no rehearsal.
    pub ask_passphrase: AskPassphrase,
}

/// How much an act writes.
#[derive(Clone, Copy)]
enum Size {
    /// What a person does to some tickets.
    Small,
    /// A file of cases.
    Bulk,
}

/// An open desk.
pub struct Desk {
    /// Where it lies.
    pub folder: Folder,
    /// What it judges by.
    pub policy: Policy,
    /// Its settings.
    pub config: Config,
    /// What it writes to customers and owners.
    pub letters: Letters,
    /// Its UUID: the claim `iss` of everything signed here.
    pub id: String,
    /// What it signs opens nothing real, and nothing leaves the house.
    pub rehearsal: bool,
    /// Who may do what, by the root's signature.
    pub keyset: Keyset,
    /// Until when the log lets new approvers wait.
    waits: Waits,
    /// Whether every act is refused.
    pub readonly: bool,
    /// Files that an older program wrote, and that were brought up to date when this was opened.
    pub upgraded: Vec<Upgraded>,
    /// Why this is not the log that was seen last, if it is not: then every act is refused too.
    rolled_back: Option<Phrase>,
    /// And nobody can accept that: its people or its root key are others than the log or whoever saw it last has.
    beyond: bool,
    db: Db,
    registry: Registry,
    env: Env,
    agent: Option<String>,
    key: Option<AgentKey>,
    ask_passphrase: AskPassphrase,
}

impl Desk {
    /// Opens the desk in a folder.
    pub fn open(options: Options) -> Result<Self, Failure> {
        let folder = options.folder;
        if !folder.desk_db().exists() {
            return Err(Failure::state(
                Phrase::of("fail-no-desk").with("folder", folder.path().display().to_string()),
            )
            .hint(Phrase::of("hint-no-desk")));
        }
        let purpose = if options.readonly { Purpose::Read } else { Purpose::Write };
        let opened = store::open(&folder.desk_db(), purpose, FileKind::Desk)?;
        if let (Some(newer), false) = (&opened.newer, options.readonly) {
            return Err(Failure::state(newer.phrase()).hint(Phrase::of("hint-open-readonly")));
        }
        let db = opened.conn;
        let (registry, lists) = upgraded::open_lists(&folder, options.readonly)?;
        let policy = read_policy(&folder)?;
        let config = read_config(&folder)?;
        let letters = letters::read(&folder)?;
        let need = |name: &str| -> Result<String, Failure> {
            settings::get(&db, name)?
                .ok_or_else(|| Failure::internal(Phrase::of("fail-desk-incomplete").with("name", name)))
        };
        let id = need("desk_id")?;
        let rehearsal = need("rehearsal")? == "yes";
        let Trusted { keyset, waits, doubt } = keysets::trusted(&db, &folder, Own { id: &id, rehearsal })?;
        let mut desk = Self {
            folder,
            policy,
            config,
            letters,
            id,
            rehearsal,
            keyset,
            waits,
            readonly: options.readonly || doubt.is_some(),
            upgraded: opened.upgraded.into_iter().chain(lists).collect(),
            beyond: doubt.is_some(),
            rolled_back: doubt.map(|doubt| doubt.what),
            db,
            registry,
            env: options.env,
            agent: options.agent,
            key: None,
            ask_passphrase: options.ask_passphrase,
        };
        desk.look_for_rollback()?;
        desk.log_upgrade()?;
        desk.log_landed()?;
        desk.notice_changes()?;
        Ok(desk)
    }

    /// The same desk once more, for another thread: it can do whatever signs nothing.
    pub fn again(&self) -> Result<Self, Failure> {
        Self::open(Options {
            folder: self.folder.clone(),
            agent: self.agent.clone(),
            readonly: self.readonly,
            env: self.env.clone(),
            ask_passphrase: Box::new(|_| Err(Failure::refused(Phrase::of("fail-courier-key")))),
        })
    }

    /// The present at this desk.
    pub fn now(&self) -> Time {
        self.env.now(self.rehearsal)
    }

    /// The desk's name in its log.
    pub fn origin(&self) -> String {
        self.config.origin.clone().unwrap_or_else(|| format!("latchkey/{}", self.id))
    }

    /// The store, for readings.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// Runs one act: a transaction with whatever it writes and logs, or nothing.
    pub fn act<T>(&mut self, work: impl FnOnce(&mut Act<'_>) -> Result<T, Failure>) -> Result<T, Failure> {
        self.act_of(Size::Small, work)
    }

    /// One act as the agent who works here, of one ticket or of many.
    fn act_of<T>(
        &mut self,
        size: Size,
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
            let done = self.act_as(&actor, size, |act| match work.take() {
                Some(work) => work(act),
                None => Err(Failure::fault("An act was begun twice.")),
            });
            match done {
                // Somebody changed roles or keys between the two looks, and nothing was begun: look again.
                Err(why) if work.is_some() && why.what == people_changed() => {}
                Err(why) if why.kind == Kind::Refused => {
                    self.log_refusal(&actor, "act on a ticket");
                    return Err(why);
                }
                done => return done,
            }
        }
    }

    fn act_as<T>(
        &mut self,
        actor: &str,
        size: Size,
        work: impl FnOnce(&mut Act<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let (now, origin) = (self.now(), self.origin());
        let all = |tx: &Db| {
            // Whoever may have been disabled a moment ago is asked for again.
            if !actor.is_empty() && settings::keyset_version(tx)? != self.keyset.claims().version {
                return Err(Failure::state(people_changed()));
            }
            let mut act = Act {
                conn: tx,
                statements: Statements::new(tx),
                registry: self.registry.begin()?,
                policy: &self.policy,
                folder: &self.folder,
                config: &self.config,
                letters: &self.letters,
                keyset: &self.keyset,
                waits: &self.waits,
                now,
                actor,
                desk_id: &self.id,
                origin: &origin,
                rehearsal: self.rehearsal,
                journal: Journal::open(tx)?,
                aside: None,
                tally: None,
            };
            let done = work(&mut act)?;
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

    /// Runs an act that signs; call [`Desk::signing_key`] first, since opening a key may ask a person.
    fn sign_and_act<T>(
        &mut self,
        work: impl FnOnce(&mut Act<'_>, &AgentKey) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let key = self.key.take().ok_or_else(|| Failure::fault("The key was not opened."))?;
        let done = self.act(|act| {
            act.signs_by(&key)?;
            work(act, &key)
        });
        self.key = Some(key);
        if done.is_ok() {
            self.send_head_if_due();
        }
        done
    }

    /// Judges again whatever is out of date; a desk open read-only shows what was last found.
    pub fn settle(&mut self, mut each: impl FnMut(usize)) -> Result<usize, Failure> {
        self.settle_while(|done| {
            each(done);
            true
        })
    }

    /// The same, as long as `go_on` says so.
    pub fn settle_while(&mut self, go_on: impl FnMut(usize) -> bool) -> Result<usize, Failure> {
        if self.readonly || tickets::out_of_date(&self.db, self.now(), 1)?.is_empty() {
            return Ok(0);
        }
        // Judging again is nobody's act: it says nothing new and writes no leaf.
        self.act_as("", Size::Small, |act| act.settle_while(go_on))
    }

    /// The number of the ticket that a person names by number or reference.
    pub fn find(&self, name: &str) -> Result<i64, Failure> {
        let (marked, digits) = (name.starts_with('#'), name.strip_prefix('#').unwrap_or(name));
        let number = digits
            .parse::<i64>()
            .ok()
            .map(|n| tickets::get(&Statements::new(&self.db), n))
            .transpose()?
            .flatten();
        // References are the caller's words: one that looks like another ticket's number must not pass for it.
        match (number.map(|t| t.id), tickets::by_reference(&self.db, name)?) {
            (Some(id), Some(other)) if id != other && !marked => {
                return Err(Failure::usage(Phrase::of("fail-two-meanings").with("id", id))
                    .hint(Phrase::of("hint-two-meanings").with("id", id).with("other", other)));
            }
            (Some(id), _) | (None, Some(id)) => return Ok(id),
            (None, None) => {}
        }
        let known = tickets::references(&self.db, MOST_REFERENCES)?;
        let near = near::several(name, known.iter().map(String::as_str), 3);
        let hint = if near.is_empty() {
            Phrase::of("hint-tickets")
        } else {
            Phrase::of("hint-did-you-mean").with("names", Part::several(near, Joint::Or))
        };
        Err(Failure::state(Phrase::of("fail-no-ticket").with("name", Shown(name).clip(80))).hint(hint))
    }
}

/// Why an act was not begun: who works here has changed since it was looked at.
fn people_changed() -> Phrase {
    Phrase::of("fail-people-changed")
}

fn read_policy(folder: &Folder) -> Result<Policy, Failure> {
    let path = folder.policy();
    match std::fs::read_to_string(&path) {
        Ok(text) => Policy::parse(&text).map_err(|e| {
            Failure::state(Phrase::of("fail-policy-invalid").with("why", e.what))
                .at(format!("{}:{}", path.display(), e.line))
                .hint(Phrase::of("hint-policy-check"))
        }),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(Policy::shipped()),
        Err(e) => {
            Err(Failure::state(Phrase::of("fail-policy-unread").with("why", &e))
                .at(path.display().to_string()))
        }
    }
}

fn read_config(folder: &Folder) -> Result<Config, Failure> {
    let path = folder.config();
    match std::fs::read_to_string(&path) {
        Ok(text) => Config::parse(&text).map_err(|e| {
            Failure::state(Phrase::of("fail-config-invalid").with("why", e.what))
                .at(format!("{}:{}", path.display(), e.line))
                .hint(Phrase::of("hint-config-template"))
        }),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(Config::default()),
        Err(e) => {
            Err(Failure::state(Phrase::of("fail-config-unread").with("why", &e))
                .at(path.display().to_string()))
        }
    }
}
