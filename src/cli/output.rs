//! Results to stdout, messages to stderr.

use std::cell::RefCell;
use std::io::Write as _;
use std::process::ExitCode;

use serde_json::{Value, json};

use super::args::Global;
use super::passphrase;
use super::style::{Style, Tone};
use crate::desk::upgraded::Upgraded;
use crate::desk::{Desk, Failure, Folder, Kind, Options};
use crate::domain::{Shown, is_hidden};
use crate::env::Env;
use crate::words::Phrase;

/// What a command works with: the global options, and where its answers go.
pub struct Cli {
    pub global: Global,
    pub out: Style,
    pub err: Style,
    /// Said once the command is done, unless it failed: then it has said so itself.
    pub last_word: RefCell<Option<String>>,
    /// That a newer program wrote the desk, once it is open.
    pub newer: RefCell<Option<Phrase>>,
}

impl Cli {
    pub fn new(global: Global) -> Self {
        let (out, err) = (Style::stdout(global.color), Style::stderr(global.color));
        Self { global, out, err, last_word: RefCell::default(), newer: RefCell::default() }
    }

    /// What the screens speak, where the command line says.
    pub fn screen_language(&self) -> Option<crate::words::Language> {
        self.global.lang.map(Into::into)
    }

    /// The desk's folder: as named, else in the user's data folder (XDG Base Directory).
    pub fn folder(&self) -> Result<Folder, Failure> {
        if let Some(folder) = &self.global.desk {
            return Ok(Folder::new(folder));
        }
        self.data_folder().map(|data| Folder::new(data.join("latchkey/desk")))
    }

    /// Where this user's data lie (XDG Base Directory).
    #[allow(clippy::unused_self)] // as for `text`
    pub fn data_folder(&self) -> Result<std::path::PathBuf, Failure> {
        let absolute = |name: &str| {
            std::env::var_os(name).map(std::path::PathBuf::from).filter(|path| path.is_absolute())
        };
        absolute("XDG_DATA_HOME")
            .or_else(|| absolute("HOME").map(|home| home.join(".local/share")))
            .ok_or_else(|| {
                Failure::usage("Neither XDG_DATA_HOME nor HOME says where the desk's folder is.")
                    .hint("Name it with --desk DIR or LATCHKEY_DESK.")
            })
    }

    /// How a desk is opened; `new` says of which keys a passphrase is being chosen.
    pub fn options(&self, new: fn(&str) -> bool) -> Result<Options, Failure> {
        Ok(Options {
            folder: self.folder()?,
            agent: self.global.agent.clone(),
            readonly: self.global.readonly,
            env: Env::real(),
            ask_passphrase: passphrase::asker(self.global.passphrase_file.as_deref(), new)?,
        })
    }

    /// Opens the desk, and warns if it is not the one that was seen last.
    pub fn desk(&self) -> Result<Desk, Failure> {
        let desk = self.desk_as_it_is()?;
        if let Some(why) = desk.rolled_back() {
            *self.last_word.borrow_mut() =
                Some(format!("{why}; nothing can be done here until somebody has looked"));
        }
        Ok(desk)
    }

    /// Opens the desk for a command that says by itself whether it was rolled back.
    pub fn desk_as_it_is(&self) -> Result<Desk, Failure> {
        let desk = Desk::open(self.options(|_| false)?)?;
        self.upgraded(&desk.upgraded);
        if let Some(newer) = desk.newer() {
            self.warn(&newer.to_string());
            *self.newer.borrow_mut() = Some(newer.clone());
        }
        Ok(desk)
    }

    /// Says that an older program's files were brought up to date.
    pub fn upgraded(&self, files: &[Upgraded]) {
        for file in files {
            self.note(&format!(
                "An older Latchkey wrote this desk: its schema was version {} and is {} now. As it was it lies in {}; `latchkey doctor` reminds you of it.",
                file.from,
                file.to,
                file.kept.display()
            ));
        }
    }

    /// Prints one JSON document.
    pub fn json(&self, value: &impl serde::Serialize) -> Result<(), Failure> {
        let text = serde_json::to_string_pretty(value).map_err(|e| Failure::internal(e.to_string()))?;
        self.text(&(visible(&text) + "\n"))
    }

    /// Prints a document as JSON, or as the text that `human` makes of it.
    pub fn answer(&self, value: &Value, human: impl FnOnce(&Value) -> String) -> Result<(), Failure> {
        if self.global.json { self.json(value) } else { self.text(&human(value)) }
    }

    /// Prints text as it is. Text from outside has been through [`Shown`] before.
    pub fn text(&self, text: &str) -> Result<(), Failure> {
        self.bytes(text.as_bytes())
    }

    /// Writes a file as it is.
    #[allow(clippy::unused_self)] // output belongs to whoever holds the command's context
    pub fn bytes(&self, bytes: &[u8]) -> Result<(), Failure> {
        let mut out = std::io::stdout().lock();
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Ok(()) => Ok(()),
            // Whoever read has seen enough.
            Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            Err(e) => Err(Failure::state(format!("The answer cannot be written: {e}."))
                .at("standard output")
                .hint("What was done is done; only its answer is lost.")),
        }
    }

    /// Tells a person something beside the answer.
    #[allow(clippy::unused_self)] // as for `text`
    pub fn note(&self, text: &str) {
        let _ = writeln!(std::io::stderr(), "{}", Shown(text).lines());
    }

    /// Warns.
    pub fn warn(&self, text: &str) {
        let label = self.err.paint(Tone::Warn, "warning:");
        let _ = writeln!(std::io::stderr(), "{label} {}", Shown(text));
    }

    /// Prints a failure.
    pub fn failure(&self, failure: &Failure) {
        let label = self.err.paint(Tone::Bad, "error:");
        let _ = writeln!(std::io::stderr(), "{label} {}", words(failure));
    }
}

/// Prints a failure of the screens, plainly.
pub fn say(failure: &Failure) {
    let _ = writeln!(std::io::stderr(), "error: {}", words(failure));
}

/// A failure in words: where, what, and what to do next.
fn words(failure: &Failure) -> String {
    let place = failure.place.as_ref().map(|p| format!("{p}: ")).unwrap_or_default();
    let hint = failure.hint.as_ref().map(|h| format!("\nHint: {h}")).unwrap_or_default();
    format!("{place}{}{hint}", failure.what)
}

/// A failure among the results of an act on several tickets.
pub fn failure_json(failure: &Failure) -> Value {
    json!({
        "kind": kind_word(failure.kind),
        "code": failure.kind.exit_code(),
        "what": failure.what,
        "where": failure.place,
        "hint": failure.hint,
    })
}

const fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::State => "state",
        Kind::Usage => "usage",
        Kind::Partial => "partial",
        Kind::Verification => "verification",
        Kind::Refused => "refused",
        Kind::Internal => "internal",
    }
}

/// One line of JSON.
pub fn json_line(value: &impl serde::Serialize) -> Result<String, Failure> {
    serde_json::to_string(value).map(|t| visible(&t)).map_err(|e| Failure::internal(e.to_string()))
}

/// JSON in which nothing is hidden from a person who looks at it: the same document, with characters that
/// move the cursor or reorder text written as escapes.
fn visible(text: &str) -> String {
    if text.bytes().all(|b| b < 0x7F) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        // Line ends stand between values only: inside a text they are escaped already.
        if c != '\n' && is_hidden(c) {
            use std::fmt::Write as _;
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// The system's sentence without its number: `No such file or directory (os error 2)`.
pub fn io_words(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_owned()
}

/// The exit code that ends a run.
pub fn code(of: u8) -> ExitCode {
    ExitCode::from(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_hides_nothing() {
        let value = json!({ "name": "a\u{202e}b\u{9b}31m\u{e0041}Ж\n" });
        let text = json_line(&value).unwrap();
        assert_eq!(text, "{\"name\":\"a\\u202eb\\u009b31m\\udb40\\udc41Ж\\n\"}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }
}
