//! `demo`.

use std::fmt::Write as _;

use std::io::IsTerminal as _;
use std::path::PathBuf;

use serde_json::json;

use crate::cli::output::Cli;
use crate::cli::style::{self, Tone};
use crate::cli::{Done, Screens};
use crate::desk::{Failure, demo};
use crate::domain::Shown;
use crate::env::Env;

/// Fill a rehearsal desk from the shipped fixtures and open it
///
/// Without a terminal, or with --json, one case is played from its evidence to its redemption, and printed.
#[derive(Debug, clap::Args)]
pub struct DemoArgs {
    /// Where the desk is made [default: a new folder among the temporary ones]
    pub dir: Option<PathBuf>,
}

pub fn run(cli: &Cli, args: &DemoArgs) -> Result<Done, Failure> {
    let folder = match &args.dir {
        Some(dir) => dir.clone(),
        None => tempfile::Builder::new()
            .prefix("latchkey-demo-")
            .tempdir()
            .map_err(|e| Failure::state(format!("No temporary folder can be made: {e}.")))?
            .keep(),
    };
    let now = demo::present();
    let cases = demo::fill(&folder, now)?;
    let terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    if terminal && !cli.global.json {
        let agent = cli.global.agent.as_deref().unwrap_or("anna");
        let (agent, folder) = (agent.to_owned(), folder);
        let open = Box::new(move |_| demo::open(&folder, &agent, now));
        return Ok(Done::Screens(Screens {
            open,
            env: Env::fixed(now),
            language: cli.screen_language(),
            colours: cli.global.color.on_screens(),
        }));
    }
    let steps = demo::play(&folder, now)?;
    let answer = json!({ "desk": folder.display().to_string(), "now": now, "cases": cases, "steps": steps });
    cli.answer(&answer, |_| {
        let place = folder.display().to_string();
        let place = Shown(&place);
        let mut text = format!("A rehearsal desk with {cases} cases in {place}\n");
        for (n, step) in steps.iter().enumerate() {
            let command = format!("latchkey --agent {} {}", step.agent, step.command);
            let _ = write!(text, "\n{:>2}. {}\n", n + 1, cli.out.paint(Tone::Strong, &command));
            text.push_str(&style::wrap(&Shown(&step.came).to_string(), cli.out.prose(), "    ", "    "));
            text.push('\n');
        }
        let _ = write!(text, "\nLook around: LATCHKEY_NOW={now} latchkey --desk {place} tickets\n");
        text
    })?;
    Ok(Done::Code(0))
}
