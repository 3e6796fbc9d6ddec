//! `audit`.

use std::path::PathBuf;

use serde_json::json;

use crate::cli::Done;
use crate::cli::output::Cli;
use crate::cli::style::Tone;
use crate::cli::view::counted;
use crate::desk::{Failure, Kind};
use crate::domain::Shown;

/// Verify the log, or sign its head
#[derive(Debug, clap::Subcommand)]
pub enum AuditCommand {
    Verify(VerifyArgs),
    /// Sign the log's head and print it: a C2SP signed note, to keep outside the desk
    Checkpoint,
}

/// Verify the whole log and every signed row; exit code 4 says that something was changed
#[derive(Debug, clap::Args)]
pub struct VerifyArgs {
    /// A checkpoint kept elsewhere that the log must still meet (can be repeated)
    #[arg(long, value_name = "CHECKPOINT")]
    pub against: Vec<PathBuf>,
}

pub fn run(cli: &Cli, command: &AuditCommand) -> Result<Done, Failure> {
    match command {
        AuditCommand::Verify(args) => {
            let notes: Vec<String> =
                args.against.iter().map(|p| super::text_of(p, "checkpoint")).collect::<Result<_, _>>()?;
            let verdict = cli.desk()?.audit_verify(&notes)?;
            let value = json!({
                "ok": verdict.ok,
                "size": verdict.size,
                "root": verdict.root,
                "first_bad": verdict.first_bad,
                "reason": verdict.reason,
            });
            cli.answer(&value, |_| {
                if verdict.ok {
                    let word = cli.out.paint(Tone::Good, "✓ the log holds");
                    format!("{word}: {}, root {}\n", counted(verdict.size, "leaf"), verdict.root)
                } else {
                    let word = cli.out.paint(Tone::Bad, "✗ the log does not hold");
                    let at = verdict.first_bad.map(|n| format!(" at leaf {n}")).unwrap_or_default();
                    format!("{word}{at}: {}\n", Shown(&verdict.reason.to_string()))
                }
            })?;
            Ok(Done::Code(if verdict.ok { 0 } else { Kind::Verification.exit_code() }))
        }
        AuditCommand::Checkpoint => {
            let head = cli.desk()?.audit_checkpoint()?;
            // The note itself, byte for byte, whatever the format: verifiers read nothing else.
            cli.text(&head.note)?;
            cli.note(&format!("verifier key: {}", head.verifier_key));
            Ok(Done::Code(0))
        }
    }
}
