//! `witness`.

use std::fmt::Write as _;
use std::path::PathBuf;

use serde_json::json;

use crate::cli::Done;
use crate::cli::output::Cli;
use crate::cli::passphrase;
use crate::cli::style::Tone;
use crate::cli::view::counted;
use crate::desk::witness::{Shown as Asked, Witness};
use crate::desk::{Failure, Kind};
use crate::domain::Shown;
use crate::env::Env;

/// Watch the logs of desks from outside: keep each one's last head, and cosign a longer one that goes on from it
#[derive(Debug, clap::Args)]
pub struct WitnessArgs {
    /// The witness's folder [default: `$XDG_DATA_HOME/latchkey/witness`]
    #[arg(long, global = true, value_name = "DIR")]
    pub state: Option<PathBuf>,
    #[command(subcommand)]
    pub command: WitnessCommand,
}

#[derive(Debug, clap::Subcommand)]
pub enum WitnessCommand {
    /// Make a witness with a key of its own, and print the verifier key that others know it by
    Init {
        /// Its name in notes, such as witness.example/w1
        name: String,
    },
    /// Trust a log's keys: verifier keys, or files of them (`latchkey keyset export --log-keys`)
    Trust {
        /// The keys, each one a key or a file with one a line
        #[arg(required = true, value_name = "KEY|FILE")]
        keys: Vec<String>,
    },
    /// Cosign a head that goes on from the last one; exit code 4 says by which rule it was refused
    Cosign {
        /// What `latchkey audit export` or `latchkey audit checkpoint --since SIZE` wrote; `-` is standard input
        #[arg(value_name = "DIR|FILE")]
        head: PathBuf,
        /// Write the checkpoint with the cosignature to a file
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// List the last head of each log
    List,
}

pub fn run(cli: &Cli, args: &WitnessArgs) -> Result<Done, Failure> {
    let folder = match &args.state {
        Some(folder) => folder.clone(),
        None => cli.data_folder()?.join("latchkey/witness"),
    };
    let ask = |new: fn(&str) -> bool| passphrase::asker(cli.global.passphrase_file.as_deref(), new);
    match &args.command {
        WitnessCommand::Init { name } => {
            let key = Witness::init(&folder, name, &ask(|_| true)?)?;
            cli.answer(&json!({ "name": name, "verifier_key": key.to_string() }), |_| format!("{key}\n"))?;
        }
        WitnessCommand::Trust { keys } => {
            let keys = super::keys::all(keys)?;
            let new = Witness::open(&folder)?.trust(&keys)?;
            cli.answer(&json!({ "new": new, "given": keys.len() }), |_| {
                format!("Trusts {}, {new} of them new.\n", counted(keys.len() as u64, "key"))
            })?;
        }
        WitnessCommand::Cosign { head, out } => {
            let witness = Witness::open(&folder)?;
            let shown = if head.is_dir() {
                Asked::Folder(head.clone())
            } else {
                Asked::Text(super::text_of(head, "checkpoint")?)
            };
            let answer = witness.answer(&shown, Env::real().now(false), &ask(|_| false)?)?;
            if let (Some(path), Some(note)) = (out, &answer.note) {
                super::write_new(path, note.as_bytes())?;
            }
            let value = serde_json::to_value(&answer).map_err(|e| Failure::internal(e.to_string()))?;
            cli.answer(&value, |_| match (&answer.cosignature, answer.rule) {
                (Some(line), _) => line.clone(),
                (None, rule) => {
                    let word = cli.out.paint(Tone::Bad, "✗ not cosigned");
                    let rule = rule.map_or("form", crate::desk::witness::Rule::as_str);
                    format!("{word} (rule {rule}): {}\n", Shown(&answer.reason.to_string()))
                }
            })?;
            return Ok(Done::Code(if answer.ok { 0 } else { Kind::Verification.exit_code() }));
        }
        WitnessCommand::List => {
            let witness = Witness::open(&folder)?;
            let heads = witness.heads()?;
            let rows: Vec<_> = heads
                .iter()
                .map(|h| json!({ "origin": h.origin, "size": h.size, "root": root(h) }))
                .collect();
            cli.answer(&json!({ "name": witness.name(), "heads": rows }), |_| {
                let mut text = String::new();
                for head in &heads {
                    let _ = writeln!(text, "{}  {}  {}", head.origin, counted(head.size, "leaf"), root(head));
                }
                if text.is_empty() { "No head was seen yet.\n".to_owned() } else { text }
            })?;
        }
    }
    Ok(Done::Code(0))
}

fn root(head: &crate::audit::Checkpoint) -> String {
    use base64ct::{Base64, Encoding as _};
    Base64::encode_string(&head.root)
}
