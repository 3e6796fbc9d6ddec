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
    /// Show personal data in full; this is logged
    #[arg(long)]
    pub reveal: bool,
}

pub fn run(cli: &Cli, args: &ShowArgs) -> Result<Done, Failure> {
    let privacy = if args.reveal { Privacy::Revealed } else { Privacy::Work };
    let (mut now, mut rehearsal) = (crate::domain::Time(0), false);
    let (clock, mark) = (std::cell::Cell::new(now), std::cell::Cell::new(rehearsal));
    many::each(
        cli,
        &args.tickets,
        |desk, name| {
            clock.set(desk.now());
            mark.set(desk.rehearsal);
            desk.show(name, privacy)
        },
        |ticket| {
            (now, rehearsal) = (clock.get(), mark.get());
            view::ticket(cli.out, now, rehearsal, ticket)
        },
    )
}
