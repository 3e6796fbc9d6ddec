//! The command line: arguments in, one use-case of the desk, JSON or plain lines out.

mod args;
mod commands;
mod many;
mod output;
mod page;
mod passphrase;
mod progress;
mod style;
mod table;
mod view;
mod view_mail;
mod when;

use std::process::ExitCode;

use clap::Parser as _;

use crate::desk::newer::{self, written_by_newer};
use crate::desk::upgraded::bring_up;
use crate::desk::{AskPassphrase, Desk, Failure, Options, at_rest};
use crate::env::Env;
use crate::words::Language;
use output::Cli;

/// How a command line ended.
pub enum End {
    /// It was carried out, or refused; the program ends with this code.
    Code(ExitCode),
    /// It asks for the screens.
    Screens(Screens),
}

/// What the screens need to begin.
pub struct Screens {
    /// Opens the desk that the command line names; given what asks for a passphrase on the screen.
    pub open: Box<dyn FnMut(AskPassphrase) -> Result<Desk, Failure> + Send>,
    /// The clock.
    pub env: Env,
    /// What the screens speak, where the command line says.
    pub language: Option<Language>,
    /// Whether they have colours, where the command line says.
    pub colours: Option<bool>,
}

/// What a command came to.
enum Done {
    Code(u8),
    Screens(Screens),
}

impl From<()> for Done {
    fn from((): ()) -> Self {
        Self::Code(0)
    }
}

/// Parses the command line and carries it out.
pub fn run() -> End {
    let args = match args::Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // Help and version are answers, not failures.
            let _ = error.print();
            return End::Code(output::code(if error.use_stderr() { 2 } else { 0 }));
        }
    };
    let cli = Cli::new(args.global);
    let unlocked = match &cli.global.db_key_file {
        Some(file) => at_rest::unlock(file, cli.folder().ok().as_ref()),
        None => Ok(()),
    };
    let done = unlocked.and_then(|()| match args.command {
        Some(command) => commands::run(&cli, command),
        None => screens(&cli),
    });
    match done {
        Ok(Done::Code(code)) => {
            if let Some(word) = cli.last_word.take() {
                cli.warn(&word);
            }
            End::Code(output::code(code))
        }
        Ok(Done::Screens(screens)) => End::Screens(screens),
        Err(failure) => {
            let failure = newer::understood(cli.newer.borrow().as_ref(), failure);
            cli.failure(&failure);
            End::Code(output::code(failure.kind.exit_code()))
        }
    }
}

/// No command: the screens, where there is a terminal to draw them on.
fn screens(cli: &Cli) -> Result<Done, Failure> {
    use std::io::IsTerminal as _;
    if !(std::io::stdin().is_terminal() && std::io::stdout().is_terminal()) {
        return Err(Failure::usage("The screens need a terminal, and there is none.")
            .hint("Name a command; `latchkey help` lists them."));
    }
    // Asked for before anything is drawn: a folder that is no desk is an error of the command line.
    let options = cli.options(|_| false)?;
    let (folder, agent, readonly, env) = (options.folder, options.agent, options.readonly, options.env);
    // Said while there is still a line to say it on.
    if !readonly && folder.desk_db().exists() {
        cli.upgraded(&bring_up(&folder)?);
    }
    for newer in written_by_newer(&folder) {
        cli.warn(&newer.to_string());
    }
    let from_file = cli.global.passphrase_file.clone();
    let clock = env.clone();
    let open = Box::new(move |ask_on_screen: AskPassphrase| {
        let ask_passphrase = match &from_file {
            Some(file) => passphrase::asker(Some(file), |_| false)?,
            None => ask_on_screen,
        };
        let (folder, agent, env) = (folder.clone(), agent.clone(), env.clone());
        Desk::open(Options { folder, agent, readonly, env, ask_passphrase })
    });
    Ok(Done::Screens(Screens {
        open,
        env: clock,
        language: cli.screen_language(),
        colours: cli.global.color.on_screens(),
    }))
}

/// Says why the screens ended, once the terminal is given back.
pub fn failed(failure: &Failure) -> ExitCode {
    output::say(failure);
    output::code(failure.kind.exit_code())
}
