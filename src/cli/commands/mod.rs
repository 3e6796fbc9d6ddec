//! One file a command, or a small family of them: its arguments, whose doc comments are its help, and the
//! call of its use-case.

pub mod code;
pub mod completions;
pub mod config;
pub mod import;
pub mod init;
pub mod policy;
pub mod registry;
pub mod show;
pub mod tickets;

use super::Done;
use super::args::Command;
use super::output::Cli;
use crate::desk::Failure;

/// Carries a command out.
pub fn run(cli: &Cli, command: Command) -> Result<Done, Failure> {
    match command {
        Command::Init(args) => init::run(cli, &args),
        Command::Import(args) => import::run(cli, &args),
        Command::Registry(command) => registry::run(cli, &command),
        Command::Tickets(args) => tickets::run(cli, &args),
        Command::Show(args) => show::run(cli, &args),
        Command::Code(command) => code::run(cli, &command),
        Command::Policy(command) => policy::run(cli, &command),
        Command::Config(command) => config::run(cli, &command),
        Command::Completions(args) => completions::completions(cli, &args),
        Command::Man(args) => completions::man(cli, &args),
    }
}
