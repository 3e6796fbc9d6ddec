//! `registry`.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::cli::commands::prune::{self, PruneArgs};
use crate::cli::output::Cli;
use crate::cli::style::Tone;
use crate::cli::table::{Cell, FormatArgs, Listing, Table};
use crate::cli::{Done, view, when};
use crate::desk::Failure;
use crate::domain::Time;

/// Look at the registry
#[derive(Debug, clap::Subcommand)]
pub enum RegistryCommand {
    Status(StatusArgs),
    Prune(PruneArgs),
    Seal(SealArgs),
}

/// Show rows, size, last import and age of every list
#[derive(Debug, clap::Args)]
pub struct StatusArgs {
    /// Count the bytes of each list too, which reads the whole file
    #[arg(long)]
    pub size: bool,
    #[command(flatten)]
    pub format: FormatArgs,
}

/// Sign for the lists as they are now
///
/// Whoever imports signs for the lists; what somebody changed in them past the program is named by `audit verify`, and no
/// grant comes of it. This takes all that is there for true, changed or not, and tells the first thing that was: look
/// before. The other way out is an empty registry.db (move it away, `latchkey doctor --fix`) and all lists once more.
#[derive(Debug, clap::Args)]
pub struct SealArgs {}

fn seal(cli: &Cli) -> Result<Done, Failure> {
    let differed = cli.desk()?.seal_lists()?.map(|why| why.to_string());
    if cli.global.json {
        cli.json(&json!({ "sealed": true, "differed": differed }))?;
        return Ok(Done::Code(0));
    }
    let before = match differed {
        Some(why) => format!("Before, they were not what was signed for: {why}.\n"),
        None => String::new(),
    };
    cli.text(&format!("{before}The lists are signed for as they are.\n"))?;
    Ok(Done::Code(0))
}

const CSV: &[(&str, &str)] = &[
    ("list", "/list"),
    ("rows", "/rows"),
    ("bytes", "/bytes"),
    ("imported_at", "/imported_at"),
    ("age_seconds", "/age_seconds"),
    ("stale", "/stale"),
    ("file", "/file"),
];

pub fn run(cli: &Cli, command: &RegistryCommand) -> Result<Done, Failure> {
    let args = match command {
        RegistryCommand::Status(args) => args,
        RegistryCommand::Prune(args) => return prune::run(cli, args),
        RegistryCommand::Seal(SealArgs {}) => return seal(cli),
    };
    let mut desk = cli.desk()?;
    let status = desk.registry_status(args.size)?;
    let (bytes, generation) = (status.bytes, status.generation);
    let rows = status.lists.iter().map(|l| serde_json::to_value(l).unwrap_or(Value::Null)).collect();
    let more = vec![("bytes", json!(bytes)), ("generation", json!(generation))];
    let listing = Listing { name: "lists", rows, more, csv: CSV };
    let now = desk.now();
    listing.print(cli, args.format.of(cli), |rows| {
        let mut text = table(rows, now).render(cli.out);
        let _ = writeln!(text, "{} on disk", size(bytes));
        text
    })?;
    Ok(Done::Code(0))
}

fn table(rows: &[Value], now: Time) -> Table {
    let mut table = Table::new(&["list", "rows", "size", "imported", "age", "file"], 5);
    for l in rows {
        let at = when::read(&l["imported_at"]);
        let age = match at {
            None => "never imported".to_owned(),
            Some(at) if l["stale"] == true => format!("{}, stale", when::length(now.0 - at.0)),
            Some(at) => when::length(now.0 - at.0),
        };
        table.push(vec![
            Cell::new(view::text(&l["list"])),
            Cell::number(&l["rows"]),
            Cell::number(&l["bytes"].as_u64().map(size).unwrap_or_default()),
            Cell::new(at.map(when::minute).unwrap_or_default()),
            Cell::new(age).tone(if l["stale"] == true { Tone::Warn } else { Tone::Plain }),
            Cell::new(view::text(&l["file"])),
        ]);
    }
    table
}

/// Bytes for people.
pub fn size(bytes: u64) -> String {
    let units = ["B", "KiB", "MiB", "GiB", "TiB"];
    let (mut whole, mut rest, mut unit) = (bytes, 0, 0);
    while whole >= 1024 && unit + 1 < units.len() {
        (rest, whole) = (whole % 1024, whole / 1024);
        unit += 1;
    }
    if unit == 0 { format!("{whole} B") } else { format!("{whole}.{} {}", rest * 10 / 1024, units[unit]) }
}
