//! The command line: arguments in, one use-case of the desk, JSON or plain lines out.

mod args;
mod commands;
mod output;

use std::process::ExitCode;

use clap::Parser as _;

use crate::desk::{AskPassphrase, Desk, Failure};

/// Opens the desk that the command line names.
pub type Open = Box<dyn FnMut(AskPassphrase) -> Result<Desk, Failure> + Send>;

/// How a command line ended.
pub enum End {
    /// It was carried out, or refused; the program ends with this code.
    Code(ExitCode),
    /// It asks for the screens, at this desk.
    Screens(Open),
}

/// Parses the command line and carries it out.
pub fn run() -> End {
    let args = match args::Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // Help and version are answers, not failures.
            let _ = error.print();
            return End::Code(ExitCode::from(if error.use_stderr() { 2 } else { 0 }));
        }
    };
    if args.command.is_none() {
        return End::Screens(Box::new(move |ask| {
            Desk::open(crate::desk::Options { ask_passphrase: ask, ..commands::options(&args) })
        }));
    }
    match commands::run(&args) {
        Ok(code) => End::Code(code),
        Err(failure) => End::Code(failed(&failure)),
    }
}

/// Says why nothing was done; the program ends with the code of that kind.
pub fn failed(failure: &Failure) -> ExitCode {
    output::failure(failure);
    ExitCode::from(failure.kind.exit_code())
}
