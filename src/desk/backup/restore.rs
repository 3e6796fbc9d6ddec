//! A desk from its backup: whole in its place, or nothing changed. What stood there before is kept beside it.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rustix::fs::{CWD, RenameFlags, renameat_with};

use super::carried::{Lists, carry_drafts, carry_keys, carry_lists};
use super::workplace::Workplace;
use super::{Backup, is_sealed, look_into, parent, sync};
use crate::audit::{Draft, Info};
use crate::authority::{AgentKey, Unseal};
use crate::desk::folders::list;
use crate::desk::{AskPassphrase, Desk, Failure, Folder, Kind, Options};
use crate::domain::{Role, Shown};
use crate::store::desk::journal::Journal;
use crate::store::{self, FileKind, Purpose, copy};
use crate::words::Phrase;

/// Characters of a reason that stand in the log.
const MOST_REASON: usize = 200;

/// What was restored.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Restored {
    /// What the backup holds.
    #[serde(flatten)]
    pub backup: Backup,
    /// Where the desk that stood there before is kept.
    pub kept: Option<PathBuf>,
    /// Whether more had been seen of the desk than the backup holds, and that was accepted.
    pub rollback_accepted: bool,
    /// Whether the desk refuses every act until somebody accepts that it was rolled back.
    pub rolled_back: bool,
    /// Whether the restored desk has a key of who restored it.
    pub has_key: bool,
    /// What became of the lists, which no backup holds.
    pub lists: Lists,
}

/// Restores a backup into the options' folder. A folder that holds a desk needs a reason, and what is encrypted a key.
pub fn restore(
    file: &Path,
    keys: &[Unseal],
    options: Options,
    reason: Option<&str>,
) -> Result<Restored, Failure> {
    let reason = reason.map(str::trim).filter(|r| !r.is_empty()).map(|r| Shown(r).clip(MOST_REASON));
    let target = options.folder.path().to_path_buf();
    let fail = |e: &io::Error| {
        Failure::state(format!("The desk cannot be restored: {e}.")).at(target.display().to_string())
    };
    if options.readonly {
        return Err(Failure::refused(Phrase::of("fail-readonly")).hint(Phrase::of("hint-without-readonly")));
    }
    let there = occupied(&target).map_err(|e| fail(&e))?;
    let replaces = options.folder.desk_db().exists();
    if there && !replaces {
        return Err(Failure::state("The folder holds something that is no desk.")
            .at(target.display().to_string())
            .hint("Nothing was changed. Name an empty folder with --desk."));
    }
    if replaces && reason.is_none() {
        return Err(Failure::usage("There is a desk in this folder: say why it is to be replaced.")
            .at(target.display().to_string())
            .hint("--reason TEXT; the log keeps it, and the present desk is kept beside the restored one."));
    }
    std::fs::create_dir_all(parent(&target)).map_err(|e| fail(&e))?;
    let beside = Workplace::new_in(parent(&target)).map_err(|e| fail(&e))?;
    let read = look_into(file, beside.path(), true, keys)?;
    let backup = Backup { encrypted: is_sealed(file)?, ..Backup::of(read) };
    let staged = Folder::new(beside.path().join("desk"));
    std::fs::create_dir_all(staged.attachments()).map_err(|e| fail(&e))?;
    if replaces {
        carry_keys(&options.folder, &staged)?;
    }
    require_custodian(&staged, &options)?;
    if replaces && matches!(copy::close_for_all(&options.folder.desk_db()), Ok(false)) {
        return Err(Failure::state("Somebody has the desk open.")
            .at(target.display().to_string())
            .hint("Nothing was changed. Close its screens and try again."));
    }
    let lists = if replaces { carry_lists(&options.folder, &staged)? } else { Lists::Empty };
    if replaces {
        carry_drafts(&options.folder, &staged);
    }
    let (options, present) = twice(options);
    // The log says so before the desk stands in its place: there is no moment at which it was restored and does not.
    let mut desk = Desk::open(Options { folder: staged.clone(), ..options })?;
    let has_key = desk.agent().is_ok_and(|name| desk.folder.key(&name).exists());
    let accepts = desk.rolled_back().is_some() && reason.is_some();
    if let (true, Some(reason)) = (accepts, &reason) {
        if !has_key {
            return Err(no_key_to_accept_by(&desk, &target));
        }
        let was = present.folder.clone();
        desk.lend(key_at(present)?);
        desk.log_acceptance(reason, leaves_of(&was))?;
    }
    let rolled_back = desk.rolled_back().is_some();
    if !rolled_back {
        desk.log_restored(&backup, reason.as_deref().unwrap_or("into an empty folder"))?;
    }
    let remember = desk.put_down()?;
    let outlast =
        || flush(staged.path()).and_then(|()| sync(beside.path())).and_then(|()| sync(parent(&target)));
    outlast().map_err(|e| fail(&e))?;
    let kept = if replaces {
        // One step: there is never a moment without a desk, or with half of one. Before it, the new one gets the name
        // that the old one is to have: whatever kills us, the old one never lies among what is swept up.
        let kept = free_name(&target);
        std::fs::rename(staged.path(), &kept).map_err(|e| fail(&e))?;
        if let Err(e) = renameat_with(CWD, &kept, CWD, &target, RenameFlags::EXCHANGE) {
            let _ = std::fs::rename(&kept, staged.path());
            return Err(fail(&e.into()));
        }
        remember();
        Some(kept)
    } else {
        std::fs::rename(staged.path(), &target).map_err(|e| fail(&e))?;
        remember();
        None
    };
    sync(beside.path()).and_then(|()| sync(parent(&target))).map_err(|e| fail(&e))?;
    Ok(Restored { backup, kept, rollback_accepted: accepts, rolled_back, has_key, lists })
}

/// That a desk goes back is signed like every act, or whoever may write here could cut its log short.
fn no_key_to_accept_by(desk: &Desk, target: &Path) -> Failure {
    let name = desk.agent().unwrap_or_default();
    let keys = Folder::new(target).keys();
    Failure::refused(format!(
        "More was seen of this desk than the backup holds: {name} signs that it goes back, and no key of {name} is here."
    ))
    .at(keys.display().to_string())
    .hint(format!(
        "Nothing was changed. Put {name}.pem there and try again; into an empty folder (--desk) it goes without."
    ))
}

/// Everything in a folder outlives a power cut.
fn flush(folder: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() { flush(&entry.path())? } else { sync(&entry.path())? }
    }
    sync(folder)
}

impl Desk {
    fn log_restored(&mut self, backup: &Backup, reason: &str) -> Result<(), Failure> {
        self.record(|act| {
            let draft = Draft::new("desk.restored", act.actor)
                .info("leaves", Info::Number(i64::try_from(backup.leaves).unwrap_or(i64::MAX)))
                .info("root", Info::Text(&backup.root));
            act.log_reasoned(draft, reason).map(drop)
        })
    }
}

/// Options for two desks that ask in one way.
fn twice(options: Options) -> (Options, Options) {
    let ask = Arc::new(Mutex::new(options.ask_passphrase));
    let asks = || -> AskPassphrase {
        let ask = Arc::clone(&ask);
        Box::new(move |name| (ask.lock().unwrap_or_else(PoisonError::into_inner))(name))
    };
    let present = Options {
        folder: options.folder.clone(),
        agent: options.agent.clone(),
        readonly: options.readonly,
        env: options.env.clone(),
        ask_passphrase: asks(),
    };
    (Options { ask_passphrase: asks(), ..options }, present)
}

/// The key of who restores, opened at the desk that is replaced: a wrong try counts there and is written down, since it
/// is the desk that stays. Who was a custodian once and is none there any more has no say. `None` where that desk is too
/// damaged to be asked, or nobody's to be believed.
fn key_at(present: Options) -> Result<Option<Arc<AgentKey>>, Failure> {
    let Some(mut desk) = Desk::open(present).ok().filter(|desk| !desk.beyond) else { return Ok(None) };
    let opened = desk.require(&[Role::Custodian], "restore a desk").and_then(|()| desk.signing_key());
    match opened {
        Ok(key) => Ok(Some(key)),
        Err(why) if matches!(why.kind, Kind::Refused | Kind::Usage) => Err(why),
        Err(_) => Ok(None),
    }
}

/// How many leaves the log of a desk has, where it can be read: what comes after may be missed by those who saw it.
fn leaves_of(folder: &Folder) -> u64 {
    let opened = store::open(&folder.desk_db(), Purpose::Read, FileKind::Desk);
    opened.ok().and_then(|desk| Some(Journal::open(&desk.conn).ok()?.head().size())).unwrap_or(0)
}

/// Whether the folder holds anything.
fn occupied(folder: &Path) -> io::Result<bool> {
    Ok(!list(folder)?.is_empty())
}

/// Who restores is a custodian by the backup's own keyset.
fn require_custodian(staged: &Folder, options: &Options) -> Result<(), Failure> {
    let desk = Desk::open(Options {
        folder: staged.clone(),
        agent: options.agent.clone(),
        readonly: true,
        env: options.env.clone(),
        ask_passphrase: Box::new(|_| Err(Failure::fault("Nothing is signed here."))),
    })?;
    desk.require(&[Role::Custodian], "restore a desk")
}

/// `FOLDER.before-N`: what a restore replaced.
fn before(target: &Path, n: u32) -> PathBuf {
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(format!(".before-{n}"));
    target.with_file_name(name)
}

/// `FOLDER.before-1`, or the first number that is free.
fn free_name(target: &Path) -> PathBuf {
    let mut n = 1;
    while before(target, n).exists() {
        n += 1;
    }
    before(target, n)
}

/// The highest number that is looked for.
const MOST_REPLACED: u32 = 99;

/// The folders that restores replaced in this place and nobody took away. Each is asked for by its name: who works here may
/// not be let to list what lies beside the desk.
pub(in crate::desk) fn replaced(target: &Path) -> Vec<PathBuf> {
    let target = std::path::absolute(target).unwrap_or_else(|_| target.to_path_buf());
    (1..=MOST_REPLACED).map(|n| before(&target, n)).filter(|path| path.is_dir()).collect()
}
