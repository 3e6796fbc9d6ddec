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

/// The page of the program, then a section for each command that does something.
fn page(command: &clap::Command, out: &mut Vec<u8>) -> std::io::Result<()> {
    clap_mangen::Man::new(command.clone()).render(out)?;
    let mut built = command.clone();
    built.build();
    sections(&built, "latchkey", out)
}

fn sections(command: &clap::Command, path: &str, out: &mut Vec<u8>) -> std::io::Result<()> {
    for below in command.get_subcommands().filter(|c| c.get_name() != "help") {
        let path = format!("{path} {}", below.get_name());
        if below.has_subcommands() {
            sections(below, &path, out)?;
            continue;
        }
        // Global options stand on the program's own page.
        let own = below.clone().mut_args(|arg| if arg.is_global_set() { arg.hide(true) } else { arg });
        let man = clap_mangen::Man::new(own);
        let mut section = Vec::new();
        man.render_synopsis_section(&mut section)?;
        man.render_description_section(&mut section)?;
        man.render_options_section(&mut section)?;
        let text = String::from_utf8_lossy(&section).replace("\n.SH ", "\n.SS ");
        let text = text.strip_prefix(".SH ").map_or(text.clone(), |rest| format!(".SS {rest}"));
        out.extend_from_slice(format!(".SH \"{}\"\n{text}", path.to_uppercase()).as_bytes());
    }
    Ok(())
}
