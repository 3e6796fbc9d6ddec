//! `completions` and `man`: made from the same definition as the help.

use clap::CommandFactory as _;

use crate::cli::Done;
use crate::cli::args::Args;
use crate::cli::output::Cli;
use crate::desk::Failure;

/// Print completions for a shell
///
/// For bash: latchkey completions bash > ~/.local/share/bash-completion/completions/latchkey
#[derive(Debug, clap::Args)]
pub struct CompletionsArgs {
    /// Which shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// Print the manual page, for `man -l`
#[derive(Debug, clap::Args)]
pub struct ManArgs {}

pub fn completions(cli: &Cli, args: &CompletionsArgs) -> Result<Done, Failure> {
    let mut out = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "latchkey", &mut out);
    cli.text(&String::from_utf8_lossy(&out))?;
    Ok(Done::Code(0))
}

pub fn man(cli: &Cli, _: &ManArgs) -> Result<Done, Failure> {
    let mut out = Vec::new();
    let failed = |e: std::io::Error| Failure::internal(format!("The manual cannot be written: {e}."));
    page(&Args::command().display_name("latchkey"), &mut out).map_err(failed)?;
    cli.text(&String::from_utf8_lossy(&out))?;
    Ok(Done::Code(0))
}

/// The page of a command, then those of its subcommands as sections of it.
fn page(command: &clap::Command, out: &mut Vec<u8>) -> std::io::Result<()> {
    let man = clap_mangen::Man::new(command.clone());
    man.render(out)
}
