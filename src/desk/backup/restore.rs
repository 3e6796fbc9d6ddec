//! A desk from its backup: whole in its place, or nothing changed. What stood there before is kept beside it.

use std::io;
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags, renameat_with};

use super::carried::{Lists, carry_drafts, carry_keys, carry_lists};
use super::workplace::Workplace;
use super::{Backup, is_sealed, look_into, parent, sync};
use crate::audit::{Draft, Info};
use crate::authority::Unseal;
use crate::desk::folders::list;
use crate::desk::{Desk, Failure, Folder, Options};
use crate::domain::{Role, Shown};
use crate::store::copy;
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
    // The log says so before the desk stands in its place: there is no moment at which it was restored and does not.
    let mut desk = Desk::open(Options { folder: staged.clone(), ..options })?;
    let accepts = desk.rolled_back().is_some() && reason.is_some();
    if let (true, Some(reason)) = (accepts, &reason) {
        desk.log_acceptance(reason)?;
    }
    let rolled_back = desk.rolled_back().is_some();
    if !rolled_back {
        desk.log_restored(&backup, reason.as_deref().unwrap_or("into an empty folder"))?;
    }
    let has_key = desk.agent().is_ok_and(|name| desk.folder.key(&name).exists());
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
                .info("reason", Info::Text(reason))
                .info("root", Info::Text(&backup.root));
            act.log(draft, None).map(drop)
        })
    }
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

/// `FOLDER.before-1`, or the first number that is free.
fn free_name(target: &Path) -> PathBuf {
    let mut n = 1_u32;
    loop {
        let mut name = target.as_os_str().to_owned();
        name.push(format!(".before-{n}"));
        let place = PathBuf::from(name);
        if !place.exists() {
            return place;
        }
        n += 1;
    }
}
