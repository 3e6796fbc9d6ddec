//! `backup`, `restore`.

use std::path::PathBuf;

use serde_json::json;

use crate::cli::Done;
use crate::cli::output::Cli;
use crate::cli::view::counted;
use crate::desk::backup::{self, Backup};
use crate::desk::{Failure, Kind};

/// Back the desk up into one new file while others work, or verify such a file
///
/// The file is a tar archive: the desk's database, the evidence, policy, settings and letters. Private keys and the
/// registry are not in it: keep keys apart, and import the lists again. It is read back before it bears its name.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct BackupArgs {
    #[command(subcommand)]
    pub command: Option<BackupCommand>,
    /// The new file
    #[arg(required = true, value_name = "FILE")]
    pub file: Option<PathBuf>,
}

#[derive(Debug, clap::Subcommand)]
pub enum BackupCommand {
    Verify(VerifyArgs),
}

/// Verify a backup without a desk: every file, the database, the log; exit code 4 says that it does not hold
#[derive(Debug, clap::Args)]
pub struct VerifyArgs {
    /// The backup
    pub file: PathBuf,
}

/// Restore a desk from a backup, into an empty folder or in place of the present desk, which is kept beside it
///
/// The keys of the present desk stay. If more was seen of the desk than the backup holds, the reason accepts that,
/// and the log keeps it.
#[derive(Debug, clap::Args)]
pub struct RestoreArgs {
    /// The backup
    pub file: PathBuf,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
}

pub fn run(cli: &Cli, args: &BackupArgs) -> Result<Done, Failure> {
    match (&args.command, &args.file) {
        (Some(BackupCommand::Verify(args)), _) => verify(cli, args),
        (None, Some(file)) => {
            let made = cli.desk()?.backup(file)?;
            warn_of_lost(cli, &made);
            cli.answer(&json!(made), |_| format!("Backed up and read back: {}.\n", holds(&made)))?;
            Ok(Done::Code(0))
        }
        (None, None) => Err(Failure::usage("Name the new file.")),
    }
}

fn verify(cli: &Cli, args: &VerifyArgs) -> Result<Done, Failure> {
    match backup::verify(&args.file) {
        Ok(found) => {
            warn_of_lost(cli, &found);
            cli.answer(&json!(found), |_| {
                format!("The backup of {} holds: {}.\n", found.made_at, holds(&found))
            })?;
            Ok(Done::Code(0))
        }
        Err(failure) if cli.global.json && failure.kind == Kind::Verification => {
            cli.json(&json!({ "ok": false, "reason": failure.what }))?;
            Ok(Done::Code(failure.kind.exit_code()))
        }
        Err(failure) => Err(failure),
    }
}

pub fn restore(cli: &Cli, args: &RestoreArgs) -> Result<Done, Failure> {
    let options = cli.options(|_| false)?;
    let restored = backup::restore(&args.file, options, args.reason.as_deref())?;
    warn_of_lost(cli, &restored.backup);
    if !restored.has_key {
        cli.warn("The restored desk has no key of yours: put NAME.pem into its keys folder");
    }
    if restored.rolled_back {
        cli.warn(
            "More was seen of this desk than the backup holds: `latchkey audit accept-rollback --reason TEXT` goes on",
        );
    }
    cli.note("The registry is empty: import the lists again.");
    cli.answer(&json!(restored), |_| {
        let kept =
            restored.kept.as_ref().map(|path| format!("The desk before it lies in {}.\n", path.display()));
        format!("Restored: {}.\n{}", holds(&restored.backup), kept.unwrap_or_default())
    })?;
    Ok(Done::Code(0))
}

fn warn_of_lost(cli: &Cli, backup: &Backup) {
    if !backup.lost.is_empty() {
        let lost = counted(backup.lost.len() as u64, "attachment");
        cli.warn(&format!(
            "{lost} had been lost or changed before the backup; `latchkey evidence verify` names them"
        ));
    }
}

fn holds(backup: &Backup) -> String {
    format!("{}, {}", counted(backup.leaves, "leaf"), counted(backup.files, "file"))
}
