//! `agents`.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::authority::KeysetClaims;
use crate::authority::change::{Change, Kind};
use crate::cli::args::word;
use crate::cli::output::Cli;
use crate::cli::style::Tone;
use crate::cli::table::{Cell, FormatArgs, Listing, Table};
use crate::cli::{Done, view, when};
use crate::desk::agents::Root;
use crate::desk::{Desk, Failure};
use crate::domain::{Role, Time};

/// List, add, change or disable the desk's people; the root key signs each change
#[derive(Debug, clap::Subcommand)]
pub enum AgentsCommand {
    List(ListArgs),
    Add(AddArgs),
    Role(RoleArgs),
    Rotate(RotateArgs),
    Disable(DisableArgs),
    /// Change the passphrase of your own key
    Passphrase,
}

/// How the root comes to sign a change.
#[derive(Debug, clap::Args)]
pub struct ChangeArgs {
    /// Change nothing yet: write what the root is to sign, for `latchkey keyset sign` on another machine
    #[arg(long, value_name = "FILE")]
    pub request: Option<PathBuf>,
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
    #[command(flatten)]
    pub change: ChangeArgs,
}

/// Change what somebody may do
#[derive(Debug, clap::Args)]
pub struct RoleArgs {
    /// The name
    pub name: String,
    /// What they may do from now on (can be repeated)
    #[arg(required = true, value_parser = word!(Role), value_name = "ROLE")]
    pub roles: Vec<Role>,
    #[command(flatten)]
    pub change: ChangeArgs,
}

/// Give somebody a new key; what the old one signed stands, and an approver waits again
#[derive(Debug, clap::Args)]
pub struct RotateArgs {
    /// The name
    pub name: String,
    /// The old key is lost or stolen: disable it from now on
    #[arg(long)]
    pub lost: bool,
    /// Their own new public key (PEM), where the private one never leaves them
    #[arg(long, value_name = "FILE")]
    pub public_key: Option<PathBuf>,
    #[command(flatten)]
    pub change: ChangeArgs,
}

/// Disable somebody: nothing that their key signs is believed any more; what the log holds stands
#[derive(Debug, clap::Args)]
pub struct DisableArgs {
    /// The name
    pub name: String,
    #[command(flatten)]
    pub change: ChangeArgs,
}

const CSV: &[(&str, &str)] = &[
    ("name", "/name"),
    ("roles", "/roles"),
    ("kid", "/kid"),
    ("valid_from", "/valid_from"),
    ("valid_until", "/valid_until"),
    ("disabled", "/disabled"),
    ("key_here", "/key_here"),
    ("disabled_at", "/disabled_at"),
    ("approves_from", "/approves_from"),
];

pub fn run(cli: &Cli, command: &AgentsCommand) -> Result<Done, Failure> {
    match command {
        AgentsCommand::List(args) => return list(cli, args),
        AgentsCommand::Add(args) => {
            // Only the root's key exists already; the new one's passphrase is being chosen.
            let mut desk = Desk::open(cli.options(|name| name != "root")?)?;
            let root = args.change.root(&desk, "add agents")?;
            let next = desk.plan_add(&args.name, &args.role, args.public_key.as_deref())?;
            args.change.finish(cli, &mut desk, &next, root.as_ref())?;
        }
        AgentsCommand::Role(args) => {
            let mut desk = cli.desk()?;
            let root = args.change.root(&desk, "change roles")?;
            let next = desk.plan_roles(&args.name, &args.roles)?;
            args.change.finish(cli, &mut desk, &next, root.as_ref())?;
        }
        AgentsCommand::Rotate(args) => {
            let mut desk = Desk::open(cli.options(|name| name != "root")?)?;
            let root = args.change.root(&desk, "change keys")?;
            let next = desk.plan_rotate(&args.name, args.lost, args.public_key.as_deref())?;
            args.change.finish(cli, &mut desk, &next, root.as_ref())?;
        }
        AgentsCommand::Passphrase => {
            let mut desk = Desk::open(cli.options(|name| name.ends_with("(new)"))?)?;
            desk.change_passphrase()?;
            let name = desk.agent()?;
            cli.answer(&json!({ "name": name, "changed": true }), |_| {
                format!(
                    "The key of {name} has a new passphrase. Copies of the file still have the old one.\n"
                )
            })?;
        }
        AgentsCommand::Disable(args) => {
            let mut desk = cli.desk()?;
            let root = args.change.root(&desk, "disable agents")?;
            let next = desk.plan_disable(&args.name)?;
            args.change.finish(cli, &mut desk, &next, root.as_ref())?;
        }
    }
    Ok(Done::Code(0))
}

impl ChangeArgs {
    /// The root key, where it is to sign here.
    fn root(&self, desk: &Desk, what: &str) -> Result<Option<Root>, Failure> {
        Some(desk.open_root(what)).filter(|_| self.request.is_none()).transpose()
    }

    /// Has the root sign a change, or writes down what it is to sign.
    fn finish(
        &self,
        cli: &Cli,
        desk: &mut Desk,
        next: &KeysetClaims,
        root: Option<&Root>,
    ) -> Result<(), Failure> {
        match (root, &self.request) {
            (Some(root), _) => {
                let change = desk.sign_here(next, root)?;
                said(cli, desk, &change)
            }
            (None, Some(path)) => super::keyset::request(cli, desk, next, path),
            (None, None) => Ok(()),
        }
    }
}

/// Says what became of somebody.
pub fn said(cli: &Cli, desk: &Desk, change: &Change) -> Result<(), Failure> {
    let name = change.name.as_str();
    let version = desk.keyset.claims().version;
    let person = desk.people().into_iter().rfind(|p| p.name == name);
    let mut answer = serde_json::to_value(&person).map_err(|e| Failure::internal(e.to_string()))?;
    answer["version"] = json!(version);
    let done = match change.kind {
        Kind::Added => "added",
        Kind::Role => "changed",
        Kind::Key => "has a new key",
        Kind::Disabled => "disabled",
    };
    cli.answer(&answer, |a| {
        let roles = view::text(&a["roles"]).replace(';', ", ");
        let from = change.approves_from.and_then(|_| when::read(&a["approves_from"]));
        let waits = from.map_or_else(String::new, |from| format!(" {name} approves from {from} on."));
        format!("{name} {done}: {roles}.{waits} The keyset is version {version} now; give verifiers `latchkey keyset export`.\n")
    })
}

fn list(cli: &Cli, args: &ListArgs) -> Result<Done, Failure> {
    let desk = cli.desk()?;
    let rows: Vec<Value> =
        desk.people().iter().map(|p| serde_json::to_value(p).unwrap_or(Value::Null)).collect();
    let listing = Listing { name: "agents", rows, more: Vec::new(), csv: CSV };
    listing.print(cli, args.format.of(cli), |rows| table(rows, desk.now()).render(cli.out))?;
    Ok(Done::Code(0))
}

/// People as rows, also for `keyset show`.
pub fn table(rows: &[Value], now: Time) -> Table {
    let mut table = Table::new(&["name", "roles", "valid until", "state", "private key"], 1);
    for p in rows {
        let ended = when::read(&p["valid_until"]).is_some_and(|until| until <= now);
        let (state, tone) = match (p["disabled"] == true, ended) {
            (true, _) => ("disabled", Tone::Bad),
            (false, true) => ("ended", Tone::Dim),
            (false, false) => ("active", Tone::Good),
        };
        table.push(vec![
            Cell::new(view::text(&p["name"])),
            Cell::new(view::text(&p["roles"]).replace(';', ", ")),
            Cell::new(when::read(&p["valid_until"]).map_or_else(String::new, |t| t.day().to_string())),
            Cell::new(state).tone(tone),
            Cell::new(if p["key_here"] == true { "here" } else { "elsewhere" }),
        ]);
    }
    table
}
