//! One command after the other.

use std::process::ExitCode;

use super::args::{Args, Code, Command};
use super::output;
use crate::desk::import::ImportOptions;
use crate::desk::show::Privacy;
use crate::desk::{Desk, Failure, Folder, Options, init};
use crate::env::Env;

pub fn options(args: &Args) -> Options {
    Options {
        folder: Folder::new(args.desk.clone().unwrap_or_default()),
        agent: args.agent.clone(),
        readonly: args.readonly,
        env: Env::real(),
        ask_passphrase: Box::new(|_| Err(Failure::refused("no passphrase"))),
    }
}

pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    let Some(command) = &args.command else {
        return Ok(ExitCode::SUCCESS);
    };
    match command {
        Command::Init { rehearsal } => {
            init::init(options(args), *rehearsal)?;
        }
        Command::Import { list, files } => {
            let mut desk = Desk::open(options(args))?;
            for file in files {
                let opts = ImportOptions::default();
                if list == "cases" {
                    output::json(&desk.import_cases(file, &opts, &mut |_| true)?)?;
                } else {
                    let list = list
                        .parse()
                        .map_err(|e: crate::domain::UnknownWord| Failure::usage(e.to_string()))?;
                    output::json(&desk.import_list(list, file, &opts, &mut |_| true)?)?;
                }
            }
        }
        Command::Show { ticket } => output::json(&Desk::open(options(args))?.show(ticket, Privacy::Work)?)?,
        Command::Code { what: Code::Send { ticket, channel, to } } => {
            output::json(&Desk::open(options(args))?.send_code(ticket, *channel, to.as_deref())?)?;
        }
        Command::Code { what: Code::Confirm { ticket, channel, code } } => {
            output::json(&Desk::open(options(args))?.confirm_code(ticket, *channel, code)?)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
