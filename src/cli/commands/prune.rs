//! `prune`, and `registry prune`.

use crate::cli::Done;
use crate::cli::output::Cli;
use crate::desk::Failure;

/// Let go what [retention] of config.toml says: closed tickets are emptied, old rows leave the lists
///
/// What an emptied ticket said of people goes, with its files, notes, mails and messages; its row stays for the totals,
/// and the log stays whole. Tickets that an open one is judged by, that have a notice in force or a message on its way
/// are kept until then. In small steps: agents and imports go on meanwhile, and cut off it goes on the next time. Room
/// that becomes free is used again. `registry prune` is the same.
#[derive(Debug, clap::Args)]
pub struct PruneArgs {
    /// Count what would go, change nothing
    #[arg(long)]
    pub dry_run: bool,
}

pub fn run(cli: &Cli, args: &PruneArgs) -> Result<Done, Failure> {
    let done = cli.desk()?.prune(args.dry_run, |_| true)?;
    if cli.global.json {
        cli.json(&done)?;
        return Ok(Done::Code(0));
    }
    let counts = [
        (done.desk.tickets, "closed tickets emptied"),
        (done.desk.files, "files that nobody names"),
        (done.sightings, "sightings"),
        (done.sim_changes, "changes of SIMs"),
        (done.notices, "dropped notices"),
        (done.accounts, "accounts that no list names"),
        (done.serials, "serial numbers that no list names"),
    ];
    let said: Vec<String> =
        counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    let said = if said.is_empty() { "nothing".to_owned() } else { said.join(", ") };
    let needed = match done.desk.needed {
        0 => String::new(),
        n => format!("; {n} more closed tickets are still needed"),
    };
    let dry = if args.dry_run { " (dry run: nothing was changed)" } else { "" };
    cli.text(&format!("{said} removed in {:.1} s{needed}{dry}\n", done.seconds))?;
    Ok(Done::Code(0))
}
