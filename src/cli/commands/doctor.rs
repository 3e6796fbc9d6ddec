//! `doctor`.

use std::fmt::Write as _;

use serde_json::json;

use crate::cli::Done;
use crate::cli::output::Cli;
use crate::cli::style::Tone;
use crate::desk::doctor::{self, Examined};
use crate::desk::{Failure, Kind};
use crate::domain::Shown;

/// Name every problem of the desk and what to do about it; exit code 4 says that there is one
///
/// Looks at the folder (who may read it, what killed programs left, room), at both databases (SQLite's own checks), and
/// at the open desk: log and heads, every file of evidence, clock, keys, outbox, and what was begun and not finished.
#[derive(Debug, clap::Args)]
pub struct DoctorArgs {
    /// Put right what needs no decision: modes, leftovers, stray files, unfinished erasures (custodian)
    #[arg(long)]
    pub fix: bool,
}

pub fn run(cli: &Cli, args: &DoctorArgs) -> Result<Done, Failure> {
    let examined = doctor::examine(cli.options(|_| false)?, args.fix)?;
    cli.answer(&json!(examined), |_| text(cli, &examined))?;
    Ok(Done::Code(if examined.ok { 0 } else { Kind::Verification.exit_code() }))
}

fn text(cli: &Cli, examined: &Examined) -> String {
    let mut out = String::new();
    for p in &examined.problems {
        let mark =
            if p.fixed { cli.out.paint(Tone::Good, "✓ fixed ") } else { cli.out.paint(Tone::Bad, "✗ ") };
        let name = cli.out.paint(Tone::Strong, p.problem);
        let [place, what, why, next] = [&p.place, &p.what, &p.why, &p.next].map(|t| Shown(t).to_string());
        let what = what.trim_end_matches('.');
        let next = if p.fixed { String::new() } else { format!(" {next}") };
        let _ = writeln!(out, "{mark}{name}: {place}: {what}: {why}.{next}");
    }
    if examined.problems.is_empty() {
        let _ = writeln!(out, "{}", cli.out.paint(Tone::Good, "✓ nothing is wrong"));
    }
    out
}
