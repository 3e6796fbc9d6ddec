//! `config`.

use serde_json::json;

use crate::cli::Done;
use crate::cli::output::Cli;
use crate::config::TEMPLATE;
use crate::desk::{Failure, Which};

/// Show the settings of the desk, or a commented file with every setting
#[derive(Debug, clap::Subcommand)]
pub enum ConfigCommand {
    /// Show the settings that this desk goes by
    Show,
    /// Print a commented `config.toml` with every setting at its default
    Template,
    /// Accept `config.toml` as it is: your key signs its digest; custodians alone
    Accept,
}

pub fn run(cli: &Cli, command: &ConfigCommand) -> Result<Done, Failure> {
    match command {
        ConfigCommand::Accept => accept(cli, Which::Config)?,
        ConfigCommand::Template => cli.answer(&json!({ "template": TEMPLATE }), |_| TEMPLATE.to_owned())?,
        ConfigCommand::Show => {
            let desk = cli.desk()?;
            let (path, config) = (desk.folder.config(), &desk.config);
            let source = if path.exists() { path.display().to_string() } else { "defaults".to_owned() };
            let document = json!({
                "desk": desk.folder.path().display().to_string(),
                "id": desk.id,
                "rehearsal": desk.rehearsal,
                "source": source,
                "region": config.region.to_string(),
                "lease_minutes": config.lease_minutes,
                "origin": desk.origin(),
                "dispatch": { "command": config.dispatch.command, "timeout_seconds": config.dispatch.timeout_seconds },
            });
            cli.answer(&document, |_| {
                let command: Vec<String> =
                    config.dispatch.command.iter().map(|a| format!("{a:?}")).collect();
                format!(
                    "# {source}\nregion = {:?}\nlease_minutes = {}\norigin = {:?}\n\n[dispatch]\ncommand = [{}]\ntimeout_seconds = {}\n",
                    config.region.to_string(),
                    config.lease_minutes,
                    desk.origin(),
                    command.join(", "),
                    config.dispatch.timeout_seconds,
                )
            })?;
        }
    }
    Ok(Done::Code(0))
}

/// Accepts one of the files that are the custodian's.
pub(super) fn accept(cli: &Cli, which: Which) -> Result<(), Failure> {
    let digest = cli.desk()?.accept_file(which)?;
    cli.answer(&json!({ "accepted": which.file(), "digest": digest }), |_| {
        format!("{} is accepted: {digest}\n", which.file())
    })
}
