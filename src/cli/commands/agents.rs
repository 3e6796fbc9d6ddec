//! `agents`.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::cli::args::word;
use crate::cli::output::Cli;
use crate::cli::style::Tone;
use crate::cli::table::{Cell, FormatArgs, Listing, Table};
use crate::cli::{Done, view, when};
use crate::desk::{Desk, Failure};
use crate::domain::Role;

/// List, add, change or disable the desk's people; the root key signs each change
#[derive(Debug, clap::Subcommand)]
pub enum AgentsCommand {
    List(ListArgs),
    Add(AddArgs),
    Role(RoleArgs),
    Disable(DisableArgs),
}

/// List everybody with roles and keys
#[derive(Debug, clap::Args)]
pub struct ListArgs {
    #[command(flatten)]
    pub format: FormatArgs,
}

/// Add somebody; a new key is written to the desk's folder under a passphrase of its own
#[derive(Debug, clap::Args)]
pub struct AddArgs {
    /// The name: a-z, 0-9, `.`, `_`, `-`
    pub name: String,
    /// What they may do (can be repeated)
    #[arg(long, required = true, value_parser = word!(Role))]
    pub role: Vec<Role>,
    /// Their own public key (PEM), where the private one never leaves them
    #[arg(long, value_name = "FILE")]
    pub public_key: Option<PathBuf>,
}

/// Change what somebody may do
#[derive(Debug, clap::Args)]
pub struct RoleArgs {
    /// The name
    pub name: String,
    /// What they may do from now on (can be repeated)
    #[arg(required = true, value_parser = word!(Role), value_name = "ROLE")]
    pub roles: Vec<Role>,
}

/// Disable somebody: nothing that their key signed is believed any more
#[derive(Debug, clap::Args)]
pub struct DisableArgs {
    /// The name
    pub name: String,
}

const CSV: &[(&str, &str)] = &[
    ("name", "/name"),
    ("roles", "/roles"),
    ("kid", "/kid"),
    ("valid_from", "/valid_from"),
    ("valid_until", "/valid_until"),
    ("disabled", "/disabled"),
    ("key_here", "/key_here"),
];

pub fn run(cli: &Cli, command: &AgentsCommand) -> Result<Done, Failure> {
    match command {
        AgentsCommand::List(args) => return list(cli, args),
        AgentsCommand::Add(args) => {
            // Only the root's key exists already; the new one's passphrase is being chosen.
            let mut desk = Desk::open(cli.options(|name| name != "root")?)?;
            desk.add_agent(&args.name, &args.role, args.public_key.as_deref())?;
            said(cli, &desk, &args.name, "added")?;
        }
        AgentsCommand::Role(args) => {
            let mut desk = cli.desk()?;
            desk.set_roles(&args.name, &args.roles)?;
            said(cli, &desk, &args.name, "changed")?;
        }
        AgentsCommand::Disable(args) => {
            let mut desk = cli.desk()?;
            desk.disable_agent(&args.name)?;
            said(cli, &desk, &args.name, "disabled")?;
        }
    }
    Ok(Done::Code(0))
}

fn said(cli: &Cli, desk: &Desk, name: &str, done: &str) -> Result<(), Failure> {
    let version = desk.keyset.claims().version;
    let person = desk.people().into_iter().rfind(|p| p.name == name);
    let mut answer = serde_json::to_value(&person).map_err(|e| Failure::internal(e.to_string()))?;
    answer["version"] = json!(version);
    cli.answer(&answer, |a| {
        let roles = view::text(&a["roles"]).replace(';', ", ");
        format!("{name} {done}: {roles}. The keyset is version {version} now; give verifiers `latchkey keyset export`.\n")
    })
}

fn list(cli: &Cli, args: &ListArgs) -> Result<Done, Failure> {
    let desk = cli.desk()?;
    let rows: Vec<Value> =
        desk.people().iter().map(|p| serde_json::to_value(p).unwrap_or(Value::Null)).collect();
    let listing = Listing { name: "agents", rows, more: Vec::new(), csv: CSV };
    listing.print(cli, args.format.of(cli), |rows| table(rows).render(cli.out))?;
    Ok(Done::Code(0))
}

/// People as rows, also for `keyset show`.
pub fn table(rows: &[Value]) -> Table {
    let mut table = Table::new(&["name", "roles", "valid until", "state", "private key"], 1);
    for p in rows {
        let disabled = p["disabled"] == true;
        table.push(vec![
            Cell::new(view::text(&p["name"])),
            Cell::new(view::text(&p["roles"]).replace(';', ", ")),
            Cell::new(when::read(&p["valid_until"]).map_or_else(String::new, |t| t.day().to_string())),
            Cell::new(if disabled { "disabled" } else { "active" }).tone(if disabled {
                Tone::Bad
            } else {
                Tone::Good
            }),
            Cell::new(if p["key_here"] == true { "here" } else { "elsewhere" }),
        ]);
    }
    table
}
