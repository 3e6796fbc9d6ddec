//! `facts`.

use std::collections::BTreeMap;
use std::path::Path;

use crate::cli::output::Cli;
use crate::cli::style::{Tone, pad};
use crate::cli::{Done, view};
use crate::desk::Failure;
use crate::desk::answers::KEYS;
use crate::judgement::Answered;

/// Compare what a caller says about the account: match or no match, never the value
///
/// Keys: name, region, registered (a year or a day), email, phone, device (the model of another device on the account).
/// What is given together counts as one answer. Wrong ones count over all tickets, calls and agents; once there were
/// too many on this device or account, nothing is compared until the time that is named. `-` reads KEY=VALUE lines
/// from standard input, so that what was said stands in no list of commands.
#[derive(Debug, clap::Args)]
pub struct FactsArgs {
    /// Number or reference
    pub ticket: String,
    /// What the caller says (can be repeated)
    #[arg(required = true, value_name = "KEY=VALUE")]
    pub answers: Vec<String>,
}

pub fn run(cli: &Cli, args: &FactsArgs) -> Result<Done, Failure> {
    let piped =
        if args.answers == ["-"] { super::text_of(Path::new("-"), "answers")? } else { String::new() };
    let lines = piped.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned);
    let given: Vec<String> = if piped.is_empty() { args.answers.clone() } else { lines.collect() };
    let mut pairs = BTreeMap::new();
    for (at, pair) in given.iter().enumerate() {
        // What was said is not repeated: an error may be read by somebody else.
        let Some((key, value)) = pair.split_once('=') else {
            return Err(Failure::usage(format!("Answer {} is not KEY=VALUE.", at + 1))
                .hint(format!("Keys: {}.", KEYS.join(", "))));
        };
        let key = key.trim().to_lowercase();
        if pairs.insert(key.clone(), value.to_owned()).is_some() {
            return Err(Failure::usage(format!("`{key}` is given twice.")));
        }
    }
    let found = cli.desk()?.answer_facts(&args.ticket, &pairs)?;
    let wrong = found.answers.iter().any(|a| a.fits == Some(false));
    let value = serde_json::to_value(&found).map_err(|e| Failure::internal(e.to_string()))?;
    cli.answer(&value, |v| {
        let line = |answer: &Answered| {
            let word = match answer.fits {
                Some(true) => cli.out.paint(Tone::Good, "✓ match"),
                Some(false) => cli.out.paint(Tone::Bad, "✗ no match"),
                None => cli.out.paint(Tone::Warn, "? counts neither way"),
            };
            format!("  {}{word}\n", pad(&answer.key, 12))
        };
        let out: String = found.answers.iter().map(line).collect();
        let word = view::text(&v["recommendation"]);
        let left = match found.tries_left {
            1 => "One wrong answer is left".to_owned(),
            n => format!("{n} wrong answers are left"),
        };
        let said = cli.out.paint(Tone::of_word(&word), &word);
        format!("{out}{left} on this device and account. Recommendation: {said}\n")
    })?;
    Ok(Done::Code(u8::from(wrong)))
}
