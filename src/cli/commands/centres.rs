//! `centres`, `speak` and `centre`: codes that are read out over the telephone.

use std::fmt::Write as _;
use std::path::PathBuf;

use serde_json::json;

use crate::cli::Done;
use crate::cli::output::{Cli, io_words};
use crate::cli::style::Tone;
use crate::cli::when;
use crate::desk::spoken::centres::Centre;
use crate::desk::spoken::service::{Answer, Challenge, Service};
use crate::desk::{Failure, Kind};
use crate::domain::Shown;
use crate::env::Env;

/// Keep the service centres that codes are read out to (docs/service-centres.md); custodians alone
#[derive(Debug, clap::Subcommand)]
pub enum CentresCommand {
    /// Make a centre, and write the file that it works with; the secret is shown nowhere again
    Add {
        /// Its name: the audience of authorizations
        name: String,
        /// Where the centre's file goes: bring it there and delete it here
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// List centres, and who can read codes out to them
    List,
    /// Let everybody who works here now read codes out to a centre
    Share {
        /// The centre
        name: String,
    },
    /// End a centre: no codes are read out to it any more
    End {
        /// The centre
        name: String,
    },
}

/// Read a code out to a service centre: it says its challenge, you say the code
///
/// The ticket's authorization must be issued and unused. What the centre reads back once it took the code goes to
/// `latchkey redeem TICKET --accepted CODE`.
#[derive(Debug, clap::Args)]
pub struct SpeakArgs {
    /// Number or reference
    pub ticket: String,
    /// The centre on the line
    #[arg(long, value_name = "NAME")]
    pub centre: String,
    /// What the centre reads out: thirteen symbols, in any grouping
    pub challenge: String,
}

/// Work at a service centre, with its file and without a desk
#[derive(Debug, clap::Args)]
pub struct CentreArgs {
    /// The centre's file, from `latchkey centres add`
    #[arg(long, global = true, value_name = "FILE")]
    pub secret: Option<PathBuf>,
    /// Where challenges are kept [default: `$XDG_DATA_HOME/latchkey/centre`]
    #[arg(long, global = true, value_name = "DIR")]
    pub state: Option<PathBuf>,
    #[command(subcommand)]
    pub command: CentreCommand,
}

#[derive(Debug, clap::Subcommand)]
pub enum CentreCommand {
    /// Make a challenge for a device, to be read out to the desk
    Challenge {
        /// An IMEI in any form, or a serial
        device: String,
    },
    /// Check the code that the desk reads out; exit code 4 says that it is wrong
    Check {
        /// The challenge that was read out
        challenge: String,
        /// The code; without it one line of standard input is read
        code: Option<String>,
    },
    /// List challenges, and what to read back of those whose code was accepted
    List,
}

pub fn centres(cli: &Cli, command: &CentresCommand) -> Result<Done, Failure> {
    let mut desk = cli.desk()?;
    let (centre, what) = match command {
        CentresCommand::List => {
            let all = desk.centres()?;
            let on = desk.policy.spoken;
            cli.answer(&json!({ "centres": all, "codes": on }), |_| listed(cli, &all, on))?;
            return Ok(Done::Code(0));
        }
        CentresCommand::Add { name, out } => {
            let centre = desk.make_centre(name, out)?;
            let what = format!(
                "Made the centre {name}. Bring {} there in person and delete it here: whoever has it can make codes \
                 for this centre.\n",
                Shown(&out.display().to_string())
            );
            (centre, what)
        }
        CentresCommand::Share { name } => (desk.share_centre(name)?, String::new()),
        CentresCommand::End { name } => (desk.end_centre(name)?, String::new()),
    };
    let value = serde_json::to_value(&centre).map_err(|e| Failure::internal(e.to_string()))?;
    cli.answer(&value, |_| what + &one(cli, &centre))?;
    Ok(Done::Code(0))
}

fn one(cli: &Cli, centre: &Centre) -> String {
    let names = |names: &[String]| if names.is_empty() { "nobody".to_owned() } else { names.join(", ") };
    if centre.ended {
        return format!("{}  {}\n", centre.name, cli.out.paint(Tone::Dim, "ended"));
    }
    let mut text = format!("{}  read out by {}\n", centre.name, names(&centre.readers));
    if !centre.without.is_empty() {
        let _ =
            writeln!(text, "  not yet by {}: latchkey centres share {}", names(&centre.without), centre.name);
    }
    text
}

fn listed(cli: &Cli, all: &[Centre], on: bool) -> String {
    let mut text: String = all.iter().map(|centre| one(cli, centre)).collect();
    if all.is_empty() {
        text.push_str("No service centres.\n");
    }
    if !on {
        text.push_str(
            "Spoken codes are off: `codes = true` under `[spoken]` in policy.toml switches them on.\n",
        );
    }
    text
}

pub fn speak(cli: &Cli, args: &SpeakArgs) -> Result<Done, Failure> {
    let mut desk = cli.desk()?;
    let code = desk.read_out(&args.ticket, &args.centre, &args.challenge)?;
    let value = serde_json::to_value(&code).map_err(|e| Failure::internal(e.to_string()))?;
    let now = desk.now();
    cli.answer(&value, |_| {
        format!(
            "{}\n{}{} on {} for {}; the centre takes it {}.\n",
            cli.out.paint(Tone::Good, &code.code),
            said(&code.code),
            code.op,
            code.sub,
            code.centre,
            when::from_now(code.until, now).replace("in ", "for "),
        )
    })?;
    Ok(Done::Code(0))
}

/// The check symbol's name, where it has one that is not itself.
fn said(code: &str) -> String {
    let name = match code.chars().last() {
        Some('*') => "star",
        Some('~') => "tilde",
        Some('$') => "dollar",
        Some('=') => "equals",
        _ => return String::new(),
    };
    format!("The last symbol is said “{name}”.\n")
}

pub fn centre(cli: &Cli, args: &CentreArgs) -> Result<Done, Failure> {
    let Some(file) = &args.secret else {
        return Err(Failure::usage("A centre works with its file.")
            .hint("--secret FILE; the desk's custodian makes one with `latchkey centres add`."));
    };
    let folder = match &args.state {
        Some(folder) => folder.clone(),
        None => cli.data_folder()?.join("latchkey/centre"),
    };
    let service = Service::open(file, &folder)?;
    let now = Env::real().now(service.rehearsal);
    if service.rehearsal {
        cli.warn("REHEARSAL: what this centre is told opens nothing real.");
    }
    match &args.command {
        CentreCommand::Challenge { device } => {
            let made = service.challenge(device, now)?;
            let value = serde_json::to_value(&made).map_err(|e| Failure::internal(e.to_string()))?;
            cli.answer(&value, |_| {
                format!(
                    "{}\n{}Read it out to the desk, and say that you are {}. Then: latchkey centre check {} CODE\n",
                    cli.out.paint(Tone::Good, &made.challenge),
                    said(&made.challenge),
                    service.centre,
                    made.challenge,
                )
            })?;
            Ok(Done::Code(0))
        }
        CentreCommand::Check { challenge, code } => {
            let code = match code {
                Some(code) => code.clone(),
                None => line_of_stdin()?,
            };
            let answer = service.check(challenge, &code, now)?;
            let value = serde_json::to_value(&answer).map_err(|e| Failure::internal(e.to_string()))?;
            cli.answer(&value, |_| answered(cli, &answer))?;
            Ok(Done::Code(if answer.accepted { 0 } else { Kind::Verification.exit_code() }))
        }
        CentreCommand::List => {
            let all = service.list(now)?;
            cli.answer(&json!({ "centre": service.centre, "challenges": all }), |_| {
                if all.is_empty() {
                    return "No challenges.\n".to_owned();
                }
                all.iter().map(|c| row(cli, c)).collect()
            })?;
            Ok(Done::Code(0))
        }
    }
}

fn line_of_stdin() -> Result<String, Failure> {
    let mut line = String::new();
    // A code is short; what is longer is no code.
    std::io::BufRead::read_line(&mut std::io::Read::take(std::io::stdin().lock(), 4096), &mut line)
        .map_err(|e| Failure::state(format!("The code cannot be read: {}.", io_words(&e))))?;
    Ok(line)
}

fn answered(cli: &Cli, answer: &Answer) -> String {
    let c = &answer.challenge;
    let (true, Some(op)) = (answer.accepted, c.op) else {
        let word = cli.out.paint(Tone::Bad, "✗ not accepted");
        let back = c.acceptance.as_ref().map(|a| format!("Read back to the desk: {a}\n")).unwrap_or_default();
        return format!("{word}: {}.\n{back}", Shown(&answer.reason));
    };
    format!(
        "{}: {op} on {}.\nRead back to the desk: {}\n",
        cli.out.paint(Tone::Good, "✓ accepted"),
        Shown(&c.device),
        c.acceptance.as_deref().unwrap_or_default(),
    )
}

fn row(cli: &Cli, c: &Challenge) -> String {
    let tone = match c.state {
        "accepted" => Tone::Good,
        "dead" => Tone::Bad,
        _ => Tone::Dim,
    };
    let after = match (&c.acceptance, c.op) {
        (Some(acceptance), Some(op)) => format!("{op}; read back {acceptance}"),
        _ => format!("{} of 3 tries left", c.tries_left),
    };
    let state = cli.out.paint(tone, &format!("{:<8}", c.state));
    format!("{}  {state}  {}  {after}\n", c.challenge, Shown(&c.device))
}
