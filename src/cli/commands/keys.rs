//! The keys by which a command that needs no desk believes a log.

use std::path::{Path, PathBuf};

use crate::audit::VerifierKey;
use crate::cli::output::Cli;
use crate::desk::verify::read_keyset;
use crate::desk::{Failure, proofs, witness};

/// Whom to believe: with neither option, the desk's own keyset.
#[derive(Debug, clap::Args)]
pub struct KeyArgs {
    /// A verifier key of the log, or a file of such keys, one a line (can be repeated)
    #[arg(long, value_name = "KEY|FILE")]
    pub key: Vec<String>,
    /// The desk's keyset, from `latchkey keyset export`
    #[arg(long, value_name = "FILE")]
    pub keyset: Option<PathBuf>,
}

impl KeyArgs {
    /// Whether any was named.
    pub fn are_given(&self) -> bool {
        !self.key.is_empty() || self.keyset.is_some()
    }

    /// The keys. A keyset's are taken under the name of the log that `text` holds a checkpoint of: a keyset does
    /// not say what the desk calls its log.
    pub fn of(&self, cli: &Cli, text: &str) -> Result<Vec<VerifierKey>, Failure> {
        let mut keys = all(&self.key)?;
        if let Some(path) = &self.keyset {
            let keyset = read_keyset(&super::text_of(path, "keyset")?)
                .map_err(|f| if f.place.is_none() { f.at(path.display().to_string()) } else { f })?;
            keys.extend(proofs::keys_for(&keyset, text));
        }
        if !self.are_given() {
            let desk = cli.desk().map_err(|f| f.hint("Say with --key or --keyset whom to believe."))?;
            keys = desk.log_keys();
        }
        Ok(keys)
    }
}

/// Keys as people give them: each a key, or a file with one a line.
pub fn all(given: &[String]) -> Result<Vec<VerifierKey>, Failure> {
    let mut keys = Vec::new();
    for text in given {
        if !Path::new(text).is_file() {
            keys.push(witness::key_of(text)?);
            continue;
        }
        let file = super::text_of(Path::new(text), "key")?;
        for line in file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            // What `audit checkpoint` prints beside the note can be kept as it is.
            keys.push(
                witness::key_of(line.trim_start_matches("verifier key: ")).map_err(|f| f.at(text.clone()))?,
            );
        }
    }
    Ok(keys)
}
