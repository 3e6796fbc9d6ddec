//! `evidence`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::json;

use crate::cli::args::word;
use crate::cli::output::Cli;
use crate::cli::{Done, view};
use crate::desk::Failure;
use crate::desk::show::Privacy;
use crate::domain::EvidenceKind;
use crate::domain::reading::evidence_columns;

/// Add evidence to a ticket, or take it away
#[derive(Debug, clap::Subcommand)]
pub enum EvidenceCommand {
    Add(AddArgs),
    Remove(RemoveArgs),
}

/// Add an item of evidence; an earlier decision on the ticket falls
///
/// Columns are those of a case file, without their prefix if you like: `receipt retailer=DNS no=A-1` is
/// `receipt receipt_retailer=DNS receipt_no=A-1`.
#[derive(Debug, clap::Args)]
pub struct AddArgs {
    /// Number or reference
    pub ticket: String,
    /// What kind of evidence
    #[arg(value_parser = word!(EvidenceKind))]
    pub kind: EvidenceKind,
    /// What it says (can be repeated)
    #[arg(value_name = "COLUMN=VALUE")]
    pub columns: Vec<String>,
    /// A picture or document of it
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
}

/// Take an item away; it stays on record
#[derive(Debug, clap::Args)]
pub struct RemoveArgs {
    /// Number or reference
    pub ticket: String,
    /// The item's number, as `show` lists it
    pub item: i64,
}

pub fn run(cli: &Cli, command: &EvidenceCommand) -> Result<Done, Failure> {
    let (name, item) = match command {
        EvidenceCommand::Add(args) => {
            let columns = columns(args)?;
            let mut desk = cli.desk()?;
            (&args.ticket, desk.add_evidence(&args.ticket, args.kind, &columns, args.file.as_deref())?)
        }
        EvidenceCommand::Remove(args) => {
            cli.desk()?.remove_evidence(&args.ticket, args.item)?;
            (&args.ticket, args.item)
        }
    };
    let ticket = cli.desk()?.show(name, Privacy::Work)?;
    let mut answer = ticket.clone();
    answer["item"] = json!(item);
    let done = if matches!(command, EvidenceCommand::Add(_)) { "added" } else { "removed" };
    cli.answer(&answer, |t| format!("Evidence {item} {done}. {}", view::line(cli.out, t)))?;
    Ok(Done::Code(0))
}

/// `column=value` pairs, the kind's prefix put before columns that lack it.
fn columns(args: &AddArgs) -> Result<BTreeMap<String, String>, Failure> {
    let allowed = evidence_columns(args.kind);
    let mut columns = BTreeMap::new();
    for pair in &args.columns {
        let (column, value) = pair.split_once('=').ok_or_else(|| {
            Failure::usage(format!("`{pair}` is not COLUMN=VALUE."))
                .hint(format!("Columns: {}.", allowed.join(", ")))
        })?;
        let long = format!("{}_{column}", args.kind);
        // Facts are themselves pairs: `facts name=Иван` means `facts=name=Иван`.
        if args.kind == EvidenceKind::Facts && column != "facts" {
            let facts: &mut String = columns.entry("facts".to_owned()).or_default();
            if !facts.is_empty() {
                facts.push(';');
            }
            facts.push_str(pair);
            continue;
        }
        let name = if allowed.contains(&long.as_str()) { long } else { column.to_owned() };
        if columns.insert(name.clone(), value.to_owned()).is_some() {
            return Err(Failure::usage(format!("`{name}` is given twice.")));
        }
    }
    Ok(columns)
}
