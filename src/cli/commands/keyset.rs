//! `keyset`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::authority::KeysetClaims;
use crate::cli::Done;
use crate::cli::output::Cli;
use crate::cli::passphrase;
use crate::desk::offline::{Request, Signed};
use crate::desk::{Desk, Failure};
use crate::domain::Time;
use crate::env::Env;

/// Show or export the keyset: who may sign what
#[derive(Debug, clap::Subcommand)]
pub enum KeysetCommand {
    /// Show version, root, and what each key may do
    Show,
    /// Print the signed keyset for verifiers
    Export {
        /// Print the plain JWK Set for other clients, which know nothing of roles
        #[arg(long)]
        jwks: bool,
        /// Print the verifier keys of the log's checkpoints, one a line, for witnesses and Go's sumdb/note
        #[arg(long, conflicts_with = "jwks")]
        log_keys: bool,
    },
    Sign(SignArgs),
    /// Take in a keyset that the root signed elsewhere, after every check
    Apply {
        /// The signed keyset; `-` is standard input
        file: PathBuf,
    },
}

/// Sign a change of people with the root key, on a machine that needs no desk
///
/// The request comes from `latchkey agents add|role|rotate|disable … --request FILE`. What it changes is said before
/// the key's passphrase is asked for; the answer goes back to the desk: `latchkey keyset apply FILE`.
#[derive(Debug, clap::Args)]
pub struct SignArgs {
    /// The request; `-` is standard input
    pub request: PathBuf,
    /// The root's private key (root.pem)
    #[arg(long, value_name = "FILE")]
    pub root: PathBuf,
    /// Write the signed keyset to a file instead
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

pub fn run(cli: &Cli, command: &KeysetCommand) -> Result<Done, Failure> {
    if let KeysetCommand::Sign(args) = command {
        return sign(cli, args);
    }
    if let KeysetCommand::Apply { file } = command {
        let mut desk = cli.desk()?;
        let change = desk.take_keyset(super::text_of(file, "keyset")?.trim())?;
        super::agents::said(cli, &desk, &change)?;
        return Ok(Done::Code(0));
    }
    let desk = cli.desk()?;
    let claims = desk.keyset.claims();
    match command {
        KeysetCommand::Sign(_) | KeysetCommand::Apply { .. } => {}
        KeysetCommand::Show => {
            let value = serde_json::to_value(claims).map_err(|e| Failure::internal(e.to_string()))?;
            cli.answer(&value, |_| {
                let solo: Vec<String> = claims.solo.iter().map(ToString::to_string).collect();
                let mark = if claims.rehearsal { " (rehearsal)" } else { "" };
                let mut text = format!(
                    "keyset version {} of desk {}{mark}\nroot   {}\nalone  {}\n",
                    claims.version,
                    claims.iss,
                    claims.root.kid,
                    if solo.is_empty() { "nothing".to_owned() } else { solo.join(", ") },
                );
                for agent in &claims.agents {
                    let roles: Vec<String> = agent.roles.iter().map(ToString::to_string).collect();
                    let since = agent.disabled_at.map(|at| format!(" since {}", Time(at)));
                    let disabled = if agent.disabled { ", disabled" } else { "" };
                    let disabled = format!("{disabled}{}", since.unwrap_or_default());
                    let _ =
                        write!(text, "\n{}: {}{disabled}\n  {}\n", agent.name, roles.join(", "), agent.kid);
                }
                text
            })?;
        }
        KeysetCommand::Export { log_keys: true, .. } => {
            let keys: Vec<String> = desk.log_keys().iter().map(ToString::to_string).collect();
            cli.answer(&json!({ "origin": desk.origin(), "log_keys": keys }), |_| keys.join("\n") + "\n")?;
        }
        KeysetCommand::Export { jwks: true, .. } => cli.json(&desk.keyset.jwks())?,
        KeysetCommand::Export { jwks: false, .. } => {
            let text = desk.keyset_text()?;
            cli.answer(&json!({ "keyset": text }), |_| format!("{text}\n"))?;
        }
    }
    Ok(Done::Code(0))
}

/// Writes down what the root is to sign.
pub fn request(cli: &Cli, desk: &mut Desk, next: &KeysetClaims, path: &Path) -> Result<(), Failure> {
    let text = desk.request_keyset(next)?.to_text()?;
    super::write_new(path, text.as_bytes())?;
    let answer = json!({ "request": path.display().to_string(), "version": next.version });
    cli.answer(&answer, |_| {
        format!(
            "Wrote what the root is to sign to {}. Nothing has changed yet.\n\
             There: latchkey keyset sign {} --root root.pem --out keyset.jws\n\
             Here:  latchkey keyset apply keyset.jws\n",
            path.display(),
            path.display(),
        )
    })
}

fn sign(cli: &Cli, args: &SignArgs) -> Result<Done, Failure> {
    let request = Request::parse(&super::text_of(&args.request, "request")?)?;
    let ask = passphrase::asker(cli.global.passphrase_file.as_deref(), |_| false)?;
    let mut tell = |signed: &Signed| cli.note(&describe(signed));
    let signed = request.sign(&args.root, &Env::real(), &ask, &mut tell)?;
    let answer = json!({
        "keyset": signed.keyset,
        "desk": signed.desk,
        "version": signed.version,
        "agent": signed.change.name,
        "act": signed.change.kind.act(),
        "roles": signed.change.roles,
        "approves_from": signed.change.approves_from.map(Time),
        "asked_by": signed.asked_by,
    });
    match &args.out {
        None => cli.answer(&answer, |_| format!("{}\n", signed.keyset))?,
        Some(path) => {
            super::write_new(path, format!("{}\n", signed.keyset).as_bytes())?;
            cli.answer(&answer, |_| format!("Signed. Bring {} back to the desk.\n", path.display()))?;
        }
    }
    Ok(Done::Code(0))
}

/// What is going to be signed, for whoever keeps the root key.
fn describe(signed: &Signed) -> String {
    let roles: Vec<&str> = signed.change.roles.iter().map(|r| r.as_str()).collect();
    let approves = signed.change.approves_from.map(|at| format!(", approves from {} on", Time(at)));
    format!(
        "{} of desk {} asked on {}: {} {} ({}){}; keyset version {}.",
        signed.asked_by,
        signed.desk,
        signed.asked_at,
        signed.change.kind.act(),
        signed.change.name,
        roles.join(", "),
        approves.unwrap_or_default(),
        signed.version,
    )
}
