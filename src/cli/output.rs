//! Results to stdout, messages to stderr.

use std::io::Write as _;

use crate::desk::Failure;

/// Prints one JSON document.
pub fn json(value: &impl serde::Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|e| Failure::internal(e.to_string()))?;
    // A closed pipe is quiet.
    let _ = writeln!(std::io::stdout(), "{text}");
    Ok(())
}

/// Prints a failure.
pub fn failure(failure: &Failure) {
    let _ = writeln!(std::io::stderr(), "error: {failure}");
}
