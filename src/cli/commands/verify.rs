//! `verify`: the offline check, which needs no desk.

use std::path::PathBuf;

use serde_json::Value;

use crate::authority::Verdict;
use crate::cli::Done;
use crate::cli::output::Cli;
use crate::cli::style::Tone;
use crate::desk::verify::{Verify, check, read_keyset};
use crate::desk::{Failure, Kind};
use crate::domain::{Shown, Time};
use crate::env::Env;

/// Verify an authorization offline; exit code 4 says that it does not hold
///
/// With --keyset no desk is needed. Without it the desk's own keyset is used, and the desk also says
/// whether the authorization was used or withdrawn.
#[derive(Debug, clap::Args)]
pub struct VerifyArgs {
    /// The token, a file that holds it, or `-` for standard input
    pub token: String,
    /// The keyset, from `latchkey keyset export`; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub keyset: Option<PathBuf>,
    /// The device at hand: an IMEI in any form, or a serial
    #[arg(long, value_name = "ID")]
    pub device: Option<String>,
    /// Which service centre verifies
    #[arg(long, value_name = "CENTRE")]
    pub audience: Option<String>,
    /// The challenge that the device shows, in hexadecimal
    #[arg(long, value_name = "HEX")]
    pub challenge: Option<String>,
    /// Withdrawn authorizations, from `latchkey revocations export`
    #[arg(long, value_name = "FILE")]
    pub revoked: Option<PathBuf>,
}

pub fn run(cli: &Cli, args: &VerifyArgs) -> Result<Done, Failure> {
    let question = Verify {
        token: super::token_of(&args.token)?,
        device: args.device.clone(),
        audience: args.audience.clone(),
        challenge: args.challenge.clone(),
        revoked: args.revoked.as_ref().map(|p| super::text_of(p, "revocation list")).transpose()?,
        rehearsal_allowed: false,
        keyset_floor: 0,
    };
    let verdict = match &args.keyset {
        Some(path) => {
            let keyset = read_keyset(&super::text_of(path, "keyset")?)
                .map_err(|f| if f.place.is_none() { f.at(path.display().to_string()) } else { f })?;
            let rehearsal_allowed = rehearsal_desk(cli);
            let now: Time = Env::real().now(rehearsal_allowed);
            check(&Verify { rehearsal_allowed, ..question }, &keyset, now, &|_| false, &|_| false)?
        }
        None => cli
            .desk()
            .map_err(|f| match f.kind {
                Kind::State if f.hint.is_some() => {
                    f.hint("Give the keyset with --keyset FILE, or the desk with --desk DIR.")
                }
                _ => f,
            })?
            .verify(&question)?,
    };
    let value = serde_json::to_value(&verdict).map_err(|e| Failure::internal(e.to_string()))?;
    cli.answer(&value, |v| human(cli, &verdict, v))?;
    Ok(Done::Code(if verdict.valid { 0 } else { Kind::Verification.exit_code() }))
}

/// A rehearsal's token passes only where `--desk` is itself a rehearsal desk.
fn rehearsal_desk(cli: &Cli) -> bool {
    cli.global.desk.is_some()
        && cli
            .options(|_| false)
            .and_then(|options| crate::desk::Desk::open(crate::desk::Options { readonly: true, ..options }))
            .is_ok_and(|desk| desk.rehearsal)
}

fn human(cli: &Cli, verdict: &Verdict, value: &Value) -> String {
    if !verdict.valid {
        let rule = verdict.rule.map_or("form", crate::authority::Rule::as_str);
        let word = cli.out.paint(Tone::Bad, "✗ not valid");
        return format!("{word} (rule {rule}): {}\n", Shown(&verdict.reason.to_string()));
    }
    let c = &value["claims"];
    let text = |key: &str| super::super::view::text(&c[key]);
    let until = c["exp"].as_i64().map(|s| Time(s).to_string()).unwrap_or_default();
    let word = cli.out.paint(Tone::Good, "✓ valid");
    format!(
        "{word}: {} on {}, for {}, until {until}\n  id {}, ticket {}\n",
        text("op"),
        text("sub"),
        text("aud"),
        text("jti"),
        text("ticket")
    )
}
