//! `backup`, `restore`.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::authority::{SealTo, Unseal};
use crate::cli::Done;
use crate::cli::output::Cli;
use crate::cli::passphrase::{self, Once};
use crate::cli::view::counted;
use crate::desk::backup::{self, Backup, Lists};
use crate::desk::{Desk, Failure, Kind, Options};
use crate::env::Env;

/// Back the desk up into one new file while others work, or verify such a file
///
/// The file is a tar archive: the desk's database, the evidence, policy, settings and letters. Private keys and the
/// registry are not in it: keep keys apart, and import the lists again. It is read back before it bears its name.
/// Encrypted, it is an `age` file that only the custodians of now open, each by the key they sign with.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct BackupArgs {
    #[command(subcommand)]
    pub command: Option<BackupCommand>,
    /// The new file
    #[arg(required = true, value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Encrypt it: only the custodians open it
    #[arg(long)]
    pub encrypt: bool,
    /// Another key that is to open it, as `age-keygen` writes it (age1…)
    #[arg(long, value_name = "KEY", requires = "encrypt")]
    pub recipient: Vec<String>,
}

#[derive(Debug, clap::Subcommand)]
pub enum BackupCommand {
    Verify(VerifyArgs),
}

/// Verify a backup without a desk: every file, the database, the log; exit code 4 says that it does not hold
///
/// An encrypted one needs a key: of who acts at the desk, or of --identity.
#[derive(Debug, clap::Args)]
pub struct VerifyArgs {
    /// The backup
    pub file: PathBuf,
    #[command(flatten)]
    pub opens: Opens,
}

/// What opens an encrypted backup.
#[derive(Debug, clap::Args)]
pub struct Opens {
    /// The key that opens an encrypted backup: a custodian's PEM file, or one of `age-keygen` [default: the key at the
    /// desk of who acts]
    #[arg(long, value_name = "FILE")]
    pub identity: Option<PathBuf>,
}

/// Restore a desk from a backup, into an empty folder or in place of the present desk, which is kept beside it
///
/// The keys of the present desk stay. If more was seen of the desk than the backup holds, the reason accepts that,
/// and the log keeps it. On another machine --identity names the key that opens an encrypted one.
#[derive(Debug, clap::Args)]
pub struct RestoreArgs {
    /// The backup
    pub file: PathBuf,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    #[command(flatten)]
    pub opens: Opens,
}

pub fn run(cli: &Cli, args: &BackupArgs) -> Result<Done, Failure> {
    match (&args.command, &args.file) {
        (Some(BackupCommand::Verify(args)), _) => verify(cli, args),
        (None, Some(file)) => {
            let more = args.recipient.iter().map(|key| recipient(key)).collect::<Result<Vec<_>, _>>()?;
            let made = cli.desk()?.backup(file, args.encrypt.then_some(&more))?;
            warn_of_lost(cli, &made);
            cli.answer(&json!(made), |_| {
                let only = format!(" Only these open it: {}.", made.readers.join(", "));
                let only = if made.encrypted { only } else { String::new() };
                format!("Backed up and read back: {}.{only}\n", holds(&made))
            })?;
            Ok(Done::Code(0))
        }
        (None, None) => Err(Failure::usage("Name the new file.")),
    }
}

fn recipient(key: &str) -> Result<SealTo, Failure> {
    SealTo::parse(key).ok_or_else(|| {
        Failure::usage("This is no key that a backup can be encrypted for.")
            .at(key.to_owned())
            .hint("Nothing was written. `age-keygen` prints one: age1 and 58 characters.")
    })
}

/// The keys that open a backup, where it needs any.
fn keys(cli: &Cli, file: &Path, opens: &Opens, ask: &Once) -> Result<Vec<Unseal>, Failure> {
    if !backup::is_sealed(file)? {
        return Ok(Vec::new());
    }
    if let Some(identity) = &opens.identity {
        return backup::read_keys(identity, &ask.for_others());
    }
    if cli.folder()?.desk_db().exists() {
        let opened = Desk::open(options(cli, ask)?).inspect(|desk| cli.upgraded(&desk.upgraded));
        let opened =
            opened.map_err(|e| e.hint("The desk here does not open: name a key with --identity FILE."));
        return Ok(vec![opened?.unseal()?]);
    }
    Err(Failure::usage("The backup is encrypted, and no desk is here whose keys could open it.")
        .at(file.display().to_string())
        .hint("Name a custodian's key, or one of `age-keygen`: --identity FILE."))
}

/// How this command asks for passphrases.
fn asking(cli: &Cli) -> Result<Once, Failure> {
    Ok(Once::new(passphrase::asker(cli.global.passphrase_file.as_deref(), |_| false)?))
}

fn options(cli: &Cli, ask: &Once) -> Result<Options, Failure> {
    Ok(Options {
        folder: cli.folder()?,
        agent: cli.global.agent.clone(),
        readonly: cli.global.readonly,
        env: Env::real(),
        ask_passphrase: ask.for_keys(),
    })
}

fn verify(cli: &Cli, args: &VerifyArgs) -> Result<Done, Failure> {
    let keys = keys(cli, &args.file, &args.opens, &asking(cli)?)?;
    match backup::verify(&args.file, &keys) {
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
    // An encrypted backup and the log of the restored desk take the same key: nobody is asked twice.
    let ask = asking(cli)?;
    let keys = keys(cli, &args.file, &args.opens, &ask)?;
    let restored = backup::restore(&args.file, &keys, options(cli, &ask)?, args.reason.as_deref())?;
    warn_of_lost(cli, &restored.backup);
    if !restored.has_key {
        cli.warn("The restored desk has no key of yours: put NAME.pem into its keys folder");
    }
    if restored.rolled_back {
        cli.warn(
            "More was seen of this desk than the backup holds: `latchkey audit accept-rollback --reason TEXT` goes on",
        );
    }
    match restored.lists {
        Lists::Kept => cli.note("The lists are those of the desk before."),
        Lists::Empty => cli.note("The registry is empty: import the lists again. Until then nothing is granted."),
        Lists::Lost => cli.warn(
            "The lists of the desk before could not be kept: import them again. Until then nothing is granted",
        ),
    }
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
