//! `code`.

use serde_json::Value;

use crate::cli::args::word;
use crate::cli::output::Cli;
use crate::cli::style::Tone;
use crate::cli::{Done, view, when};
use crate::desk::Failure;
use crate::domain::Channel;

/// Send a one-time code, or take one that was read back
#[derive(Debug, clap::Subcommand)]
pub enum CodeCommand {
    Send(SendArgs),
    Confirm(ConfirmArgs),
}

/// Send a six-digit code to the claimed number (`sim`) or to the account's owner (`contact`)
#[derive(Debug, clap::Args)]
pub struct SendArgs {
    /// Number or reference
    pub ticket: String,
    /// Where the code goes
    #[arg(value_parser = word!(Channel))]
    pub channel: Channel,
    /// Which verified contact of the account: `email`, `phone`, or one of them as it is shown
    #[arg(long, value_name = "CONTACT")]
    pub to: Option<String>,
}

/// Take a code that was read back; a wrong one counts
#[derive(Debug, clap::Args)]
pub struct ConfirmArgs {
    /// Number or reference
    pub ticket: String,
    /// Where the code went
    #[arg(value_parser = word!(Channel))]
    pub channel: Channel,
    /// The six digits
    pub code: String,
}

pub fn run(cli: &Cli, command: &CodeCommand) -> Result<Done, Failure> {
    let mut desk = cli.desk()?;
    let value = |v: Result<Value, serde_json::Error>| v.map_err(|e| Failure::internal(e.to_string()));
    match command {
        CodeCommand::Send(args) => {
            // Before it is sent: sending takes time, and ten minutes are told as ten.
            let now = desk.now();
            let sent = desk.send_code(&args.ticket, args.channel, args.to.as_deref())?;
            cli.answer(&value(serde_json::to_value(&sent))?, |_| {
                let shown = sent
                    .code
                    .as_ref()
                    .map(|code| format!(" Nothing is sent from a rehearsal desk; the code is {code}."))
                    .unwrap_or_default();
                let until = when::from_now(sent.expires_at, now);
                format!(
                    "A code for ticket {} goes to {}; it runs out {until}.{shown}\n",
                    sent.ticket, sent.to
                )
            })?;
            Ok(Done::Code(0))
        }
        CodeCommand::Confirm(args) => {
            let back = desk.confirm_code(&args.ticket, args.channel, &args.code)?;
            cli.answer(&value(serde_json::to_value(&back))?, |v| {
                let word = view::text(&v["recommendation"]);
                let said = if back.confirmed {
                    cli.out.paint(Tone::Good, "The code is right.")
                } else {
                    let left = back.tries_left;
                    cli.out.paint(Tone::Bad, &format!("The code is wrong; {left} tries are left."))
                };
                format!("{said} Recommendation: {}\n", cli.out.paint(Tone::of_word(&word), &word))
            })?;
            Ok(Done::Code(u8::from(!back.confirmed)))
        }
    }
}
