//! `init`.

use std::fmt::Write as _;

use serde_json::json;

use crate::cli::Done;
use crate::cli::output::Cli;
use crate::desk::{Failure, init};

/// Make a desk; the first agent becomes its custodian
///
/// Makes the desk's folder, its two databases, the key of the first agent (--agent NAME) and the root key
/// that signs who may do what. Each key has its own passphrase, asked for twice. Keep a copy of the root
/// key away from this machine: it is needed only when agents change.
#[derive(Debug, clap::Args)]
pub struct InitArgs {
    /// Make a rehearsal desk: anna (agent), boris (approver) and clara (custodian) with ready keys, no
    /// passphrases, a clock that `LATCHKEY_NOW` sets, and authorizations that open nothing real
    #[arg(long)]
    pub rehearsal: bool,
}

pub fn run(cli: &Cli, args: &InitArgs) -> Result<Done, Failure> {
    let desk = init::init(cli.options(|_| true)?, args.rehearsal)?;
    let people: Vec<_> =
        desk.keyset.claims().agents.iter().map(|a| json!({ "name": a.name, "roles": a.roles })).collect();
    let answer = json!({
        "desk": desk.folder.path().display().to_string(),
        "id": desk.id,
        "rehearsal": desk.rehearsal,
        "agents": people,
    });
    cli.answer(&answer, |_| {
        let mut text = format!("Made a desk in {}.\n", desk.folder.path().display());
        for agent in &desk.keyset.claims().agents {
            let roles: Vec<String> = agent.roles.iter().map(ToString::to_string).collect();
            let _ = writeln!(text, "  {}: {}", agent.name, roles.join(", "));
        }
        text
    })?;
    if !args.rehearsal {
        cli.note(
            "Hint: copy keys/root.pem to a safe place and remove it here; `latchkey agents add` asks for it.",
        );
    }
    Ok(Done::Code(0))
}
