//! `keyset`.

use std::fmt::Write as _;

use serde_json::json;

use crate::cli::Done;
use crate::cli::output::Cli;
use crate::desk::Failure;

/// Show or export the keyset: who may sign what
#[derive(Debug, clap::Subcommand)]
pub enum KeysetCommand {
    /// Show version, root, and what each key may do
    Show,
    /// Print the signed keyset for verifiers
    Export {
        /// Print the plain JWK Set for other clients, which know nothing of roles
        #[arg(long)]
        jwks: bool,
        /// Print the verifier keys of the log's checkpoints, one a line, for witnesses and Go's sumdb/note
        #[arg(long, conflicts_with = "jwks")]
        log_keys: bool,
    },
}

pub fn run(cli: &Cli, command: &KeysetCommand) -> Result<Done, Failure> {
    let desk = cli.desk()?;
    let claims = desk.keyset.claims();
    match command {
        KeysetCommand::Show => {
            let value = serde_json::to_value(claims).map_err(|e| Failure::internal(e.to_string()))?;
            cli.answer(&value, |_| {
                let solo: Vec<String> = claims.solo.iter().map(ToString::to_string).collect();
                let mark = if claims.rehearsal { " (rehearsal)" } else { "" };
                let mut text = format!(
                    "keyset version {} of desk {}{mark}\nroot   {}\nalone  {}\n",
                    claims.version,
                    claims.iss,
                    claims.root.kid,
                    if solo.is_empty() { "nothing".to_owned() } else { solo.join(", ") },
                );
                for agent in &claims.agents {
                    let roles: Vec<String> = agent.roles.iter().map(ToString::to_string).collect();
                    let disabled = if agent.disabled { ", disabled" } else { "" };
                    let _ =
                        write!(text, "\n{}: {}{disabled}\n  {}\n", agent.name, roles.join(", "), agent.kid);
                }
                text
            })?;
        }
        KeysetCommand::Export { log_keys: true, .. } => {
            let keys: Vec<String> = desk.log_keys().iter().map(ToString::to_string).collect();
            cli.answer(&json!({ "origin": desk.origin(), "log_keys": keys }), |_| keys.join("\n") + "\n")?;
        }
        KeysetCommand::Export { jwks: true, .. } => cli.json(&desk.keyset.jwks())?,
        KeysetCommand::Export { jwks: false, .. } => {
            let text = desk.keyset_text()?;
            cli.answer(&json!({ "keyset": text }), |_| format!("{text}\n"))?;
        }
    }
    Ok(Done::Code(0))
}
