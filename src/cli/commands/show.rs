//! `show`.

use crate::cli::output::Cli;
use crate::cli::{Done, many, view};
use crate::desk::Failure;
use crate::desk::show::Privacy;

/// Show a ticket: claim, recommendation and why, findings, evidence, decision and history
#[derive(Debug, clap::Args)]
pub struct ShowArgs {
    /// Number or reference (can be repeated)
    #[arg(required = true, value_name = "TICKET")]
    pub tickets: Vec<String>,
    /// Show personal data in full: your key signs it, and it is logged
    #[arg(long)]
    pub reveal: bool,
}

pub fn run(cli: &Cli, args: &ShowArgs) -> Result<Done, Failure> {
    let privacy = if args.reveal { Privacy::Revealed } else { Privacy::Work };
    many::each(
        cli,
        &args.tickets,
        |desk, name| desk.show(name, privacy),
        |desk, ticket| view::ticket(cli.out, desk.now(), desk.rehearsal, ticket),
    )
}
