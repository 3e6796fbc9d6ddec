//! `reply`, `letters`.

use std::path::PathBuf;

use serde_json::json;

use super::outbox::carry_new;
use crate::cli::Done;
use crate::cli::output::Cli;
use crate::cli::style::Tone;
use crate::desk::{Failure, letters, reply};
use crate::domain::Shown;

/// Write to the customer what the case comes to: what is missing, what is wrong, what to do; --send sends it
///
/// The reply names no registry fact that the claimant has not proven. Sent where the customer is asked for
/// something, the ticket waits from then on.
#[derive(Debug, clap::Args)]
pub struct ReplyArgs {
    /// Number or reference
    pub ticket: String,
    /// In this language (`en`, `ru`, or one of the desk's own) in place of --lang's or the customer's
    #[arg(long = "in", value_name = "LANGUAGE")]
    pub language: Option<String>,
    /// Send it to the contact that the claim names
    #[arg(long)]
    pub send: bool,
}

/// What is written to customers and owners
#[derive(Debug, clap::Subcommand)]
pub enum LettersCommand {
    /// Print the letters that hold in a language, to be changed and laid into the desk's `letters` folder
    Show {
        /// `en`, `ru`, or one of the desk's own
        language: String,
    },
    /// Say what is wrong with a file of letters
    Check {
        /// A file named by its language, like `ru.ftl`
        file: PathBuf,
    },
}

pub fn reply(cli: &Cli, args: &ReplyArgs) -> Result<Done, Failure> {
    let mut desk = cli.desk()?;
    let asked = cli.global.lang.map(|language| crate::words::Language::from(language).code());
    let language = args.language.as_deref().or(asked);
    let written = if args.send {
        let (written, _) = desk.queue_reply(&args.ticket, language)?;
        carry_new(cli, &mut desk, &args.ticket);
        written
    } else {
        desk.reply(&args.ticket, language)?
    };
    cli.answer(&reply::view(&written, args.send), |_| {
        let to = written.to.as_deref().unwrap_or("nobody: the claim names no contact");
        let head = format!("To:      {to}\nSubject: {}\n", written.subject);
        let sent = if args.send { "\nQueued; `latchkey outbox list` says what became of it.\n" } else { "" };
        format!("{}\n{}{sent}", cli.out.paint(Tone::Dim, &head), Shown(&written.text).lines())
    })?;
    Ok(Done::Code(0))
}

pub fn letters(cli: &Cli, command: &LettersCommand) -> Result<Done, Failure> {
    match command {
        LettersCommand::Show { language } => {
            let text = letters::text(&cli.folder()?, language)?;
            cli.answer(&json!({ "language": language, "letters": text }), |_| text.clone())?;
        }
        LettersCommand::Check { file } => {
            letters::check(file)?;
            let answer = json!({ "file": file.display().to_string(), "valid": true });
            cli.answer(&answer, |_| "The letters are valid.\n".to_owned())?;
        }
    }
    Ok(Done::Code(0))
}
