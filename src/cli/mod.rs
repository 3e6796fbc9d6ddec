//! The command line: arguments in, one use-case of the desk, JSON or plain lines out.

mod args;
mod commands;
mod output;

use std::process::ExitCode;

use clap::Parser as _;

/// Parses the command line, runs it, and says how it ended.
pub fn run() -> ExitCode {
    let args = match args::Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // Help and version are answers, not failures.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    match commands::run(&args) {
        Ok(code) => code,
        Err(failure) => {
            output::failure(&failure);
            ExitCode::from(failure.kind.exit_code())
        }
    }
}
