//! The desk: one use-case a file, each one act (one transaction with its leaf) or one reading.

mod accepted;
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
mod clock;
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
pub mod grants;
pub mod graph;
pub mod hands;
pub mod heads;
pub mod import;
pub mod init;
pub mod issue;
pub mod kept;
mod keysets;
pub mod lease;
pub mod letters;
mod lines;
pub mod lists;
pub mod log;
mod login;
pub mod lookup;
pub mod mail;
pub mod merge;
mod missing_lists;
mod near;
pub mod newer;
pub mod object;
pub mod offline;
mod one_view;
mod others;
pub mod outbox;
pub mod outgoing;
mod owner;
mod passphrase;
pub mod people;
mod places;
pub mod proofs;
pub mod prune;
pub mod queue;
pub mod reading;
mod reasons;
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
mod sealed_lists;
pub mod search;
mod seen;
mod send_back;
mod settle;
mod shared;
pub mod show;
pub mod signed;
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
use std::sync::Arc;

pub use accepted::Which;
pub use act::Act;
pub use audit::SignedHead;
pub use close::CLOSED_AS;
pub use failure::{Failure, Kind};
use keysets::{Own, Trusted, Waits};

use crate::authority::{AgentKey, Keyset};
use crate::config::Config;
use crate::domain::{Shown, Time};
use crate::env::Env;
use crate::judgement::Policy;
use crate::store::desk::{settings, tickets};
use crate::store::migrate::Upgraded;
use crate::store::registry::Registry;
use crate::store::{self, Db, FileKind, Opened, Purpose, Statements, StoreError};
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

/// An open desk.
pub struct Desk {
    /// Where it lies.
    pub folder: Folder,
    /// What it judges by.
    pub policy: Policy,
    /// Its settings.
    pub config: Config,
    /// The texts of both.
    files: accepted::Files,
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
    /// That a newer program wrote it, if one did: it is read as far as it is understood.
    newer: Option<Phrase>,
    /// Why this is not the log that was seen last, if it is not: then every act is refused too.
    rolled_back: Option<Phrase>,
    /// And nobody can accept that: its people or its root key are others than the log or whoever saw it last has.
    beyond: bool,
    /// A custodian says right now that the clock was wrong before.
    clock_accepted: bool,
    db: Db,
    registry: Registry,
    env: Env,
    agent: Option<String>,
    key: Option<Arc<AgentKey>>,
    ask_passphrase: AskPassphrase,
}

impl Desk {
    /// Opens the desk in a folder.
    pub fn open(options: Options) -> Result<Self, Failure> {
        let folder = options.folder.clone();
        if !folder.desk_db().exists() {
            return Err(Failure::state(
                Phrase::of("fail-no-desk").with("folder", folder.path().display().to_string()),
            )
            .hint(Phrase::of("hint-no-desk")));
        }
        let purpose = if options.readonly { Purpose::Read } else { Purpose::Write };
        let opened = store::open(&folder.desk_db(), purpose, FileKind::Desk).map_err(newer::refused)?;
        let newer = opened.newer.as_ref().map(StoreError::phrase);
        Self::open_by(opened, options).map_err(|why| newer::understood(newer.as_ref(), why))
    }

    fn open_by(opened: Opened, options: Options) -> Result<Self, Failure> {
        let (db, folder) = (opened.conn, options.folder);
        let (registry, lists, newer_lists) = upgraded::open_lists(&folder, options.readonly)?;
        let (policy, policy_text) = read_policy(&folder)?;
        let (config, config_text) = read_config(&folder)?;
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
            files: accepted::Files { policy: policy_text, config: config_text },
            letters,
            id,
            rehearsal,
            keyset,
            waits,
            readonly: options.readonly || doubt.is_some(),
            upgraded: opened.upgraded.into_iter().chain(lists).collect(),
            newer: opened.newer.or(newer_lists).as_ref().map(StoreError::phrase),
            beyond: doubt.is_some(),
            clock_accepted: false,
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

    /// The same desk once more, for another thread, which carries and looks: it has no key.
    pub fn again(&self) -> Result<Self, Failure> {
        Self::open(Options {
            folder: self.folder.clone(),
            agent: self.agent.clone(),
            readonly: self.readonly,
            env: self.env.clone(),
            ask_passphrase: Box::new(|_| Err(Failure::refused(Phrase::of("fail-courier-key")))),
        })
    }

    /// Works with the key that was opened elsewhere, if one was, so that nobody is asked twice.
    pub fn lend(&mut self, key: Option<Arc<AgentKey>>) {
        self.key = key;
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
        self.act_as("", None, act::Size::Small, |act| act.settle_while(go_on))
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

fn read_policy(folder: &Folder) -> Result<(Policy, String), Failure> {
    let path = folder.policy();
    match std::fs::read_to_string(&path) {
        Ok(text) => Policy::parse(&text).map(|policy| (policy, text)).map_err(|e| {
            Failure::state(Phrase::of("fail-policy-invalid").with("why", e.what))
                .at(format!("{}:{}", path.display(), e.line))
                .hint(Phrase::of("hint-policy-check"))
        }),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok((Policy::shipped(), String::new())),
        Err(e) => {
            Err(Failure::state(Phrase::of("fail-policy-unread").with("why", &e))
                .at(path.display().to_string()))
        }
    }
}

fn read_config(folder: &Folder) -> Result<(Config, String), Failure> {
    let path = folder.config();
    match std::fs::read_to_string(&path) {
        Ok(text) => Config::parse(&text).map(|config| (config, text)).map_err(|e| {
            Failure::state(Phrase::of("fail-config-invalid").with("why", e.what))
                .at(format!("{}:{}", path.display(), e.line))
                .hint(Phrase::of("hint-config-template"))
        }),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok((Config::default(), String::new())),
        Err(e) => {
            Err(Failure::state(Phrase::of("fail-config-unread").with("why", &e))
                .at(path.display().to_string()))
        }
    }
}
