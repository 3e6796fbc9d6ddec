//! `search`.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::cli::Done;
use crate::cli::commands::tickets::{CSV, table};
use crate::cli::output::Cli;
use crate::cli::progress::Indexing;
use crate::cli::style::Tone;
use crate::cli::table::{Format, FormatArgs, Listing};
use crate::desk::search::Asked;
use crate::desk::show::{Privacy, head};
use crate::desk::{Desk, Failure};

/// Tickets that are listed if nobody says how many.
const MOST: usize = 50;

/// Find tickets, closed ones too: words, names, the first or last characters of a number
///
/// Every WORD must be found in the claim, its evidence or a note: words and names by their beginning, whatever
/// their case (ё is е), Chinese by any characters in a row, identifiers (IMEI, serial, phone, e-mail, account,
/// receipt, ICCID, reference) by their first or, from three on, their last characters. `#17` is a ticket's number;
/// `state:closed`, `request:unbind`, `says:refuse`, `by:anna`, `by:none` and `no:17-40` look at where it stands. The
/// newest come first. Every search is logged; persons and identifiers are masked unless --reveal is given.
#[derive(Debug, clap::Args)]
pub struct SearchArgs {
    /// What to look for
    #[arg(required = true, value_name = "WORD")]
    pub words: Vec<String>,
    /// Leave closed tickets out
    #[arg(long)]
    pub open: bool,
    /// At most this many
    #[arg(long, value_name = "N", default_value_t = MOST)]
    pub limit: usize,
    /// Show personal data in full: your key signs it, and it is logged
    #[arg(long)]
    pub reveal: bool,
    #[command(flatten)]
    pub format: FormatArgs,
}

pub fn run(cli: &Cli, args: &SearchArgs) -> Result<Done, Failure> {
    let mut desk = cli.desk()?;
    catch_up(&mut desk);
    let asked = Asked { text: args.words.join(" "), open: args.open, most: args.limit };
    let found = desk.search(&asked, args.reveal)?;
    let privacy = if args.reveal { Privacy::Revealed } else { Privacy::Masked };
    let rows: Vec<Value> = match args.format.of(cli) {
        Format::Json | Format::Jsonl => desk.list_views(&found.tickets, privacy)?,
        Format::Table | Format::Csv => found.tickets.iter().map(|t| head(t, privacy)).collect(),
    };
    let (now, shown, more) = (desk.now(), rows.len(), found.more);
    let listing = Listing { name: "tickets", rows, more: vec![("more", json!(more))], csv: CSV };
    listing.print(cli, args.format.of(cli), |rows| {
        let mut text = table(rows, now).render(cli.out);
        if desk.rehearsal {
            text = format!("{}\n{text}", cli.out.paint(Tone::Warn, "REHEARSAL"));
        }
        if more {
            let _ = writeln!(text, "The newest {shown}; there are more. Another word, or --limit.");
        }
        if shown == 0 { "No ticket has all of these words.\n".to_owned() } else { text }
    })?;
    Ok(Done::Code(0))
}

/// What the index does not hold is found too, but each time anew.
fn catch_up(desk: &mut Desk) {
    let mut bar = Indexing::new();
    // A disk that is full makes the search slower and not impossible.
    let _ = desk.index(&mut |step| {
        bar.report(step.left);
        true
    });
}
