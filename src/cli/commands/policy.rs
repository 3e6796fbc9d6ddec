//! `policy`.

use std::fmt::Write as _;

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::cli::output::Cli;
use crate::cli::style::Tone;
use crate::cli::table::{Cell, FormatArgs, Listing, Table};
use crate::cli::{Done, view};
use crate::desk::replay::{policy_file, policy_view};
use crate::desk::{Failure, Which, replay};

/// Show the policy, check a policy file, or see what one would have changed
#[derive(Debug, clap::Subcommand)]
pub enum PolicyCommand {
    Show(ShowArgs),
    Check(CheckArgs),
    Replay(ReplayArgs),
    /// Accept `policy.toml` as it is: your key signs its digest; custodians alone
    Accept,
}

/// Print the policy that this desk goes by
#[derive(Debug, clap::Args)]
pub struct ShowArgs {}

/// Check a policy file; needs no desk
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// The file; `-` is standard input
    pub file: PathBuf,
}

/// Judge every closed ticket again under another policy file, and list those that would end differently
#[derive(Debug, clap::Args)]
pub struct ReplayArgs {
    /// The policy file; `-` is standard input
    pub file: PathBuf,
    #[command(flatten)]
    pub format: FormatArgs,
}

const CSV: &[(&str, &str)] = &[
    ("ticket", "/ticket"),
    ("reference", "/reference"),
    ("request", "/request"),
    ("closed_as", "/closed_as"),
    ("decided", "/decided"),
    ("from", "/from"),
    ("to", "/to"),
    ("because", "/because"),
];

pub fn run(cli: &Cli, command: &PolicyCommand) -> Result<Done, Failure> {
    match command {
        PolicyCommand::Show(_) => {
            let desk = cli.desk()?;
            let (text, source) = desk.policy_text()?;
            let mut document = policy_view(&desk.policy);
            document["source"] = json!(source);
            document["text"] = json!(text);
            cli.answer(&document, |_| format!("# {} ({source})\n{text}", desk.policy.digest))?;
        }
        PolicyCommand::Check(args) => {
            let (policy, _) = policy_file(&args.file)?;
            let mut document = policy_view(&policy);
            let changed = replay::differences(&policy);
            document["valid"] = json!(true);
            document["differs"] = json!(changed);
            cli.answer(&document, |_| {
                let mut text = format!("The policy is valid: {}\n", policy.digest);
                for line in &changed {
                    let _ = writeln!(text, "  {line}");
                }
                text
            })?;
        }
        PolicyCommand::Accept => super::config::accept(cli, Which::Policy)?,
        PolicyCommand::Replay(args) => return run_replay(cli, args),
    }
    Ok(Done::Code(0))
}

fn run_replay(cli: &Cli, args: &ReplayArgs) -> Result<Done, Failure> {
    let (policy, _) = policy_file(&args.file)?;
    let mut desk = cli.desk()?;
    let digests = (desk.policy.digest.clone(), policy.digest.clone());
    let replayed = desk.replay(policy)?;
    let rows: Vec<Value> =
        replayed.changed.iter().map(|c| serde_json::to_value(c).unwrap_or(Value::Null)).collect();
    let (judged, changed) = (replayed.judged, rows.len());
    let more = vec![("judged", json!(judged)), ("policy", json!(digests.0)), ("other", json!(digests.1))];
    let listing = Listing { name: "changed", rows, more, csv: CSV };
    listing.print(cli, args.format.of(cli), |rows| {
        let mut table = Table::new(&["ticket", "reference", "request", "from", "to", "because"], 5);
        for c in rows {
            let (from, to) = (view::text(&c["from"]), view::text(&c["to"]));
            table.push(vec![
                Cell::number(&c["ticket"]),
                Cell::new(view::text(&c["reference"])),
                Cell::new(view::text(&c["request"])),
                Cell::new(&from).tone(Tone::of_word(&from)),
                Cell::new(&to).tone(Tone::of_word(&to)),
                Cell::new(view::text(&c["because"]).replace(';', ", ")),
            ]);
        }
        let listed = if table.is_empty() { String::new() } else { table.render(cli.out) };
        format!("{listed}{changed} of {judged} closed tickets would end differently.\n")
    })?;
    Ok(Done::Code(0))
}
