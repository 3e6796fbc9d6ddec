//! `erase`.

use std::fmt::Write as _;

use serde_json::json;

use crate::cli::Done;
use crate::cli::output::Cli;
use crate::cli::style::Tone;
use crate::cli::view::counted;
use crate::desk::Failure;
use crate::desk::erase::Erased;

/// Erase one person: their tickets are emptied, and what was written to them goes
///
/// WHO is an e-mail address, a telephone number with its country code, or a ticket, which stands for its claimant. Every
/// ticket that one of these sent is emptied: claim, evidence with its files, notes, mails, messages, reasons, signed
/// texts, drafts, kept filters and the words in the search. Rows stay for the totals; the log stays whole and verifies,
/// since it holds salted commitments alone and the salts go. What others wrote of the person stays theirs, and is named.
/// Older backups, printed pages and mail folders outside the desk still hold the person: this cannot reach them.
#[derive(Debug, clap::Args)]
pub struct EraseArgs {
    /// Addresses, numbers and tickets of one person
    #[arg(required = true, value_name = "WHO")]
    pub who: Vec<String>,
    /// Out of the lists too: contacts, name, the number's sightings and changes; until a list brings them back
    #[arg(long)]
    pub lists: bool,
    /// Say what would go and what stands in the way; change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Leave writing the database anew, for which writers wait, to `doctor --fix` or the next erasure
    #[arg(long)]
    pub later: bool,
}

pub fn run(cli: &Cli, args: &EraseArgs) -> Result<Done, Failure> {
    let erased = cli.desk()?.erase(&args.who, args.lists, args.dry_run, args.later)?;
    cli.answer(&json!(erased), |_| text(cli, &erased))?;
    if !args.dry_run && !erased.rewritten {
        cli.warn(if args.later {
            "The database still has pages to be written anew: `latchkey doctor --fix` does it"
        } else {
            "Somebody else reads the database, so old pages are still in it: `latchkey doctor --fix` once they are done"
        });
    }
    Ok(Done::Code(u8::from(!erased.blocked.is_empty())))
}

fn text(cli: &Cli, e: &Erased) -> String {
    let mut out = String::new();
    let counts = [
        (e.tickets.len() as u64, "ticket"),
        (e.evidence, "item"),
        (e.files, "file"),
        (e.notes, "note"),
        (e.mails, "mail"),
        (e.messages, "message"),
        (e.elsewhere, "address on another ticket"),
        (e.drafts, "draft"),
        (e.kept, "kept filter"),
        (if e.lists_too { e.lists } else { 0 }, "row of the lists"),
    ];
    let said: Vec<String> = counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| many(*n, what)).collect();
    let said = if said.is_empty() { "nothing".to_owned() } else { said.join(", ") };
    let _ = writeln!(out, "{}: {said}.", if e.dry_run { "Would go" } else { "Erased" });
    let mut named = |what: &str, tickets: &[i64]| {
        if !tickets.is_empty() {
            let names: Vec<String> = tickets.iter().map(|id| format!("#{id}")).collect();
            let _ = writeln!(out, "{what}: {}.", names.join(", "));
        }
    };
    named("Tickets", &e.tickets);
    named("Share another contact, and stay unless you name it", &e.related);
    named("Others wrote of the person in", &e.mentioned);
    if !e.lists_too && e.lists > 0 {
        let _ = writeln!(out, "The lists have {}; --lists takes them out too.", many(e.lists, "row"));
    }
    if e.lists_too && e.lists > 0 {
        let _ =
            writeln!(out, "Whoever sends the lists must drop the person, or the next one brings them back.");
    }
    for blocked in &e.blocked {
        let why = cli.out.paint(Tone::Bad, "in the way");
        let _ = writeln!(out, "{why}: {}. {}", blocked.why, blocked.next);
    }
    out
}

fn many(n: u64, what: &str) -> String {
    match what {
        "address on another ticket" if n != 1 => format!("{n} addresses on other tickets"),
        "row of the lists" if n != 1 => format!("{n} rows of the lists"),
        _ => counted(n, what),
    }
}
